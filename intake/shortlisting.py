"""The shortlist: how it stands, what people put in and take out, and freezing it for the proposal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection

from dossier.campaign import Campaign
from dossier.moments import require_zone
from dossier.same_initiative import locate
from dossier.shortlist import ON_THE_LIST, Candidate, Placed, State, propose
from dossier.validity import Validity, validity
from intake.examine import (
    By,
    Examined,
    NotExaminedError,
    Standing,
    examination_of,
    examined_together,
    expected,
    find,
    known,
    require_open,
)
from store import dossiers, scores, shortlists, stories
from store.dossiers import Dossier
from store.engine import Store
from store.scores import Score
from store.shortlists import Choice, Decision, Entry, Frozen

_BATCH = 100


@dataclass(frozen=True, slots=True)
class Eligible:
    """Whether a dossier is valid (hợp lệ) as of a moment."""

    valid: bool
    why: tuple[str, ...] = ()
    """Parts that do not hold, or that a person has to decide on, in codes."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One initiative with its place in the choice."""

    standing: Standing
    placed: Placed
    eligible: Eligible
    decision: Decision | None
    """In force."""


@dataclass(frozen=True, slots=True)
class Shortlist:
    """How it stands now, or stood when it was frozen."""

    at: datetime
    """As of when dossiers are valid."""
    size: int
    rows: tuple[Listed, ...]
    """Scored initiatives and those of a decision, by falling average."""
    lost: tuple[Score, ...]
    """Points on initiatives that are in no table any more."""
    lost_decisions: tuple[Decision, ...]

    @property
    def chosen(self) -> tuple[Listed, ...]:
        return tuple(one for one in self.rows if one.placed.state in ON_THE_LIST)

    @property
    def tied(self) -> tuple[Listed, ...]:
        return tuple(one for one in self.rows if one.placed.state is State.TIED)


def eligible(conn: Connection, campaign: Campaign, dossier: Dossier, at: datetime) -> Eligible:
    """Whether one dossier is valid as of a moment."""
    (found,) = eligible_together(conn, campaign, [dossier], at)
    return found


def eligible_together(
    conn: Connection, campaign: Campaign, part: Sequence[Dossier], at: datetime
) -> Iterator[Eligible]:
    """The one place where selection asks whether dossiers (at most some hundreds) are valid as of a moment."""
    return (_eligible(validity(story, campaign, at)) for _, story in stories.stories_of(conn, campaign.key, part))


def _eligible(found: Validity) -> Eligible:
    why = tuple(
        part.part.value if part.holds is False else f"{part.part.value}?" for part in found.parts if not part.holds
    )
    return Eligible(found.valid is True, why)


def shortlist(conn: Connection, campaign: Campaign, at: datetime) -> Shortlist:
    """As it stands by the points of now, from dossiers valid as of `at`. Raises NotExaminedError."""
    require_zone(at=at)
    examination = examination_of(campaign)
    names, decided = expected(conn, campaign), _in_force(shortlists.decisions(conn, campaign.key))
    held: list[tuple[Standing, Eligible, Decision | None]] = []
    lost: list[Score] = []
    lost_decisions: list[Decision] = []
    for here, state in _of_interest(conn, campaign, {*scores.scored_dossiers(conn, campaign.key), *decided}, names, at):
        mine, gone = _placed_decisions(here.standings, decided.get(here.dossier.id, []))
        lost += here.lost
        lost_decisions += gone
        held += [
            (one, state, mine.get(one.initiative.row))
            for one in here.standings
            if one.given or one.initiative.row in mine
        ]
    candidates = [_candidate(*each) for each in held]
    placed = propose(candidates, examination.shortlist, examination.quota_of)
    by_key = {one.key: (one, state, decision) for one, state, decision in held}
    rows = tuple(Listed(by_key[one.candidate.key][0], one, *by_key[one.candidate.key][1:]) for one in placed)
    return Shortlist(at, examination.shortlist, rows, tuple(lost), tuple(lost_decisions))


def _of_interest(
    conn: Connection, campaign: Campaign, numbers: Iterable[int], names: Sequence[str], at: datetime
) -> Iterator[tuple[Examined, Eligible]]:
    """Those dossiers by number, and whether they are valid."""
    every = iter(sorted(numbers))
    while some := list(islice(every, _BATCH)):
        part = dossiers.several(conn, some)
        here = examined_together(conn, campaign, part, names)
        yield from zip(here, eligible_together(conn, campaign, part, at), strict=True)


def decide(
    store: Store, campaign: Campaign, dossier: str, row: int, choice: Choice, by: By, now: datetime, at: datetime
) -> None:
    """Put an initiative in, take it out, or undo that. Raises NotExaminedError, StoreError."""
    with store.writing() as tx:
        require_open(tx, campaign)
        found, initiative = find(tx, campaign, dossier, row)
        listed = next((one for one in shortlist(tx, campaign, at).rows if one.standing.key == (found.id, row)), None)
        before = None if listed is None else listed.decision
        if choice is Choice.UNDONE and before is None:
            raise NotExaminedError(f"nobody decided on {found.code}/{row}: there is nothing to undo")
        if choice is not Choice.UNDONE and before is not None and before.choice is choice:
            raise NotExaminedError(f"that was decided on {found.code}/{row} before, by {before.by or 'somebody'}")
        state = eligible(tx, campaign, found, at)
        if choice is Choice.IN and not state.valid:
            raise NotExaminedError(f"{found.code} is not valid ({', '.join(state.why)}): it cannot be put forward")
        shortlists.decide(tx, campaign.key, found.id, known(initiative), choice, now, by=by.name, reason=by.reason)


def freeze(store: Store, campaign: Campaign, at: datetime, by: By, now: datetime) -> Frozen:
    """Keep the list with the figures of now: what the proposal is written from. Raises NotExaminedError, StoreError."""
    with store.writing() as tx:
        require_open(tx, campaign)
        found = shortlist(tx, campaign, at)
        _check_freezable(found)
        entries = [entry(place, one) for place, one in enumerate(found.chosen, start=1)]
        figures = figures_of(tx, campaign, at)
        shortlists.freeze(tx, campaign.key, at, figures, entries, now, by=by.name, reason=by.reason)
        frozen = shortlists.in_force(tx, campaign.key)
    if frozen is None:
        raise NotExaminedError("the list that was frozen is not there: run `hoso audit verify`")
    return frozen


def reopen(store: Store, campaign: Campaign, by: By, now: datetime) -> None:
    """The frozen list holds no longer; it stays on record. Raises NotExaminedError, StoreError."""
    with store.writing() as tx:
        if shortlists.in_force(tx, campaign.key) is None:
            raise NotExaminedError("the shortlist is not frozen: there is nothing to reopen")
        shortlists.reopen(tx, campaign.key, now, by=by.name, reason=by.reason)


def draft(conn: Connection, campaign: Campaign, at: datetime, now: datetime) -> Frozen:
    """The list as it would be frozen now, ties left out."""
    found = shortlist(conn, campaign, at)
    entries = tuple(entry(place, one) for place, one in enumerate(found.chosen, start=1))
    return Frozen(0, campaign.key, now, at, figures_of(conn, campaign, at), entries, "", "")


def entry(place: int, listed: Listed) -> Entry:
    standing, benefit = listed.standing, listed.standing.initiative.benefit
    stated = benefit.low is not None or benefit.high is not None
    average = standing.result.average
    return Entry(
        place=place,
        dossier_id=standing.dossier.id,
        dossier_code=standing.dossier.code,
        union=standing.dossier.union,
        row=standing.initiative.row,
        average=None if average is None else str(average),
        examiners=len([one for one in standing.given if one.total is not None]),
        decision=Choice.IN.value if listed.placed.state is State.PUT_IN else "",
        cells=standing.initiative.cells,
        benefit=(benefit.low, benefit.high) if stated else None,
        per=benefit.per,
        approximate=benefit.approximate,
    )


def figures_of(conn: Connection, campaign: Campaign, at: datetime) -> dict[str, int]:
    """Unions asked and taking part, dossiers and valid ones, initiatives of all and of valid dossiers, scored ones."""
    figures = dict.fromkeys(("dossiers", "valid", "initiatives", "of_valid", "scored"), 0)
    names: tuple[str, ...] = ()
    for part in dossiers.in_parts(conn, campaign.key):
        every = examined_together(conn, campaign, part, names)
        for here, state in zip(every, eligible_together(conn, campaign, part, at), strict=True):
            figures["dossiers"] += 1
            figures["valid"] += state.valid
            figures["initiatives"] += len(here.standings)
            figures["of_valid"] += len(here.standings) if state.valid else 0
            figures["scored"] += sum(one.result.average is not None for one in here.standings)
    return figures | {"unions": len(campaign.roster.unions)}


def _in_force(decided: Sequence[Decision]) -> Mapping[int, list[Decision]]:
    """By number of the dossier, in order."""
    found: dict[int, list[Decision]] = {}
    for one in decided:
        found.setdefault(one.dossier_id, []).append(one)
    return found


def _placed_decisions(
    standings: Sequence[Standing], decided: Sequence[Decision]
) -> tuple[dict[int, Decision], list[Decision]]:
    """Row → decision in force; and those on what the table does not hold any more."""
    held = [known(one.initiative) for one in standings]
    placed: dict[int, Decision] = {}
    gone: dict[str, Decision] = {}
    for one in decided:
        match = locate(one.initiative, held)
        if match is None:
            gone[one.initiative.title] = one
        elif one.choice is Choice.UNDONE:
            placed.pop(match.row, None)
        else:
            placed[match.row] = one
    return placed, [one for one in gone.values() if one.choice is not Choice.UNDONE]


def _candidate(standing: Standing, state: Eligible, decision: Decision | None) -> Candidate:
    choice = None if decision is None else decision.choice
    return Candidate(
        standing.key,
        standing.dossier.union,
        standing.result.average,
        state.valid,
        put_in=choice is Choice.IN,
        taken_out=choice is Choice.OUT,
    )


def _check_freezable(found: Shortlist) -> None:
    """Raises NotExaminedError while something is open that a person has to decide."""
    if found.tied:
        tied = ", ".join(_code(one) for one in found.tied)
        raise NotExaminedError(f"a tie is open ({tied}): put in or take out with `hoso shortlist-in`, `shortlist-out`")
    if wrong := [_code(one) for one in found.chosen if one.placed.not_valid]:
        raise NotExaminedError(f"not valid any more: {', '.join(wrong)}: take it out, or mend what is missing")
    if not found.chosen:
        raise NotExaminedError("nothing is on the shortlist: give points first, or put an initiative in")


def _code(listed: Listed) -> str:
    return f"{listed.standing.dossier.code}/{listed.standing.initiative.row}"
