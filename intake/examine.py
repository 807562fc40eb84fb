"""Examine (chấm điểm): what one examiner gives an initiative, and how all initiatives stand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from difflib import get_close_matches

from sqlalchemy import Connection

from dossier import examination as rules
from dossier.campaign import Campaign
from dossier.examination import Examination, Result
from dossier.folding import fold, squeeze
from dossier.same_initiative import Known, content_digest, locate
from store import contents, dossiers, scores, shortlists
from store.dossiers import Dossier
from store.engine import Store
from store.initiative_row import Initiative
from store.scores import NewScore, Score

ANEW = "write a new sheet"


class NotExaminedError(Exception):
    """What a person asked for cannot be done; the text says why and what to do. For that person to mend."""


@dataclass(frozen=True, slots=True)
class By:
    """Who enters it, and why: both go into the history."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Giving:
    """What one examiner gives one initiative."""

    dossier: str
    """Dossier code or union code."""
    row: int
    points: Mapping[str, Decimal]
    """Criterion → points; none: what the examiner gave is withdrawn."""
    note: str = ""
    check: str = ""
    """`content_digest` of what the examiner saw, where it is known: the initiative has to be the same still."""


@dataclass(frozen=True, slots=True)
class Given:
    """An examiner's points in force."""

    score: Score
    total: Decimal | None
    """None where they do not fit the criteria of today."""
    changed: bool
    """The initiative was changed after they were given."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an initiative stands."""

    dossier: Dossier
    initiative: Initiative
    given: tuple[Given, ...]
    """By name of the examiner."""
    result: Result
    missing: tuple[str, ...]
    """Examiners who were expected to give points and have not."""
    authors: tuple[str, ...] = ()
    """Examiners, expected or with points in force, who bear the name of an author of it: none is expected to."""

    @property
    def key(self) -> tuple[int, int]:
        return self.dossier.id, self.initiative.row


@dataclass(frozen=True, slots=True)
class Examined:
    """The initiatives of one dossier."""

    dossier: Dossier
    standings: tuple[Standing, ...]
    lost: tuple[Score, ...]
    """Points in force on initiatives that its table does not hold (any more)."""


@dataclass(frozen=True, slots=True)
class Done:
    new: int = 0
    changed: int = 0
    """Other points stood there before."""
    same: int = 0


def examination_of(campaign: Campaign) -> Examination:
    """Raises NotExaminedError where the campaign names no criteria."""
    if campaign.examination is None:
        raise NotExaminedError(
            f"the campaign {campaign.key} names no criteria: add the group examination to its file, as in the example"
        )
    return campaign.examination


def known(initiative: Initiative) -> Known:
    return Known(initiative.row, initiative.title, initiative.author, content_digest(initiative.cells))


def find(conn: Connection, campaign: Campaign, dossier: str, row: int) -> tuple[Dossier, Initiative]:
    """By the code of a dossier or of a union, and the initiative's place in the table. Raises NotExaminedError."""
    found = dossiers.called(conn, campaign.key, dossier)
    if found is None or found.campaign != campaign.key:
        raise NotExaminedError(f"{campaign.key} has no dossier {dossier}: see `hoso dossiers` for the codes")
    rows = contents.initiatives_of(conn, found.id)
    initiative = next((one for one in rows if one.row == row), None)
    if initiative is None:
        held = f"its initiatives are 1 to {len(rows)}" if rows else "it holds none"
        raise NotExaminedError(f"{found.code} has no initiative {row}: {held}")
    return found, initiative


def give(store: Store, campaign: Campaign, examiner: str, given: Sequence[Giving], by: By, now: datetime) -> Done:
    """Record the points of one examiner, all or none, each an event; what stands there already is left alone.

    Raises NotExaminedError, StoreError.
    """
    examination = examination_of(campaign)
    done = Done()
    with store.writing() as tx:
        require_open(tx, campaign)
        name = examiner_named(tx, campaign, examiner)
        for one in given:
            dossier, initiative = find(tx, campaign, one.dossier, one.row)
            _check(examination, dossier, one)
            if one.check and one.check != content_digest(initiative.cells):
                raise NotExaminedError(f"{dossier.code}/{one.row} was changed since the sheet was written: {ANEW}")
            done = _give(tx, campaign, name, (dossier, initiative), one, by, now, done)
    return done


def require_open(conn: Connection, campaign: Campaign) -> None:
    """Raises NotExaminedError while the shortlist is frozen."""
    if shortlists.in_force(conn, campaign.key) is not None:
        raise NotExaminedError("the shortlist is frozen: `hoso shortlist-reopen` first, with the reason")


def examiner_named(conn: Connection, campaign: Campaign, name: str) -> str:
    """The examiner as the campaign or the record spells the name. Raises NotExaminedError."""
    asked, examination = squeeze(name), examination_of(campaign)
    if not asked:
        raise NotExaminedError("an examiner has a name: give one")
    among = examination.examiners or tuple(scores.examiners(conn, campaign.key))
    same = next((one for one in among if fold(one) == fold(asked)), None)
    if same is None and examination.examiners:
        near = get_close_matches(fold(asked), [fold(one) for one in among], 1, 0.6)
        meant = next((one for one in among if near and fold(one) == near[0]), None)
        hint = f"did you mean {meant}?" if meant else f"they are {', '.join(among)}"
        raise NotExaminedError(f"{asked} is no examiner of {campaign.key}: {hint}")
    return same or asked


def expected(conn: Connection, campaign: Campaign) -> tuple[str, ...]:
    """Those whom the campaign names, else everyone whose points are in force somewhere."""
    examination = examination_of(campaign)
    return examination.examiners or tuple(scores.examiners(conn, campaign.key))


def every_examined(conn: Connection, campaign: Campaign, names: Sequence[str], union: str = "") -> Iterator[Examined]:
    """How every dossier of the campaign stands (or one union's), by union code; memory does not grow with them."""
    for part in dossiers.in_parts(conn, campaign.key):
        yield from examined_together(conn, campaign, [one for one in part if union in ("", one.union)], names)


def examined(conn: Connection, campaign: Campaign, dossier: Dossier, names: Sequence[str]) -> Examined:
    """How the initiatives of one dossier stand; `names` are the examiners that are expected."""
    (found,) = examined_together(conn, campaign, [dossier], names)
    return found


def examined_together(
    conn: Connection, campaign: Campaign, part: Sequence[Dossier], names: Sequence[str]
) -> Iterator[Examined]:
    """The same of several dossiers, at most some hundreds: one query of each kind for all of them."""
    ids, given = [one.id for one in part], dict[int, list[Score]]()
    for score in scores.of_dossiers(conn, campaign.key, ids):
        given.setdefault(score.dossier_id, []).append(score)
    rows = contents.initiatives_of_each(conn, ids)
    return (_examined(campaign, one, rows[one.id], given.get(one.id, ()), names) for one in part)


def _examined(
    campaign: Campaign, dossier: Dossier, rows: Sequence[Initiative], scored: Iterable[Score], names: Sequence[str]
) -> Examined:
    examination = examination_of(campaign)
    held = [known(one) for one in rows]
    placed: dict[int, dict[str, Given]] = {one.row: {} for one in rows}
    lost: dict[tuple[str, str], Score] = {}
    for score in scored:
        match = locate(score.initiative, held)
        who = fold(score.examiner)
        if match is None:
            lost[who, fold(score.initiative.title)] = score
            continue
        placed[match.row].pop(who, None)
        if score.points:
            total = rules.total(examination, score.points)
            placed[match.row][who] = Given(score, total, match.changed)
    standings = (_standing(examination, dossier, one, placed[one.row].values(), names) for one in rows)
    return Examined(dossier, tuple(standings), tuple(one for one in lost.values() if one.points))


def _standing(
    examination: Examination,
    dossier: Dossier,
    initiative: Initiative,
    given: Iterable[Given],
    names: Sequence[str],
) -> Standing:
    in_force = tuple(sorted(given, key=lambda one: fold(one.score.examiner)))
    result = rules.result(examination, [one.score.points for one in in_force])
    counting = [one.score.examiner for one in in_force if one.total is not None]
    whoever = dict.fromkeys((*names, *(one.score.examiner for one in in_force)))
    authors = tuple(one for one in whoever if rules.bears_name(one, initiative.author))
    missing = rules.missing((one for one in names if one not in authors), counting)
    return Standing(dossier, initiative, in_force, result, missing, authors)


def _check(examination: Examination, dossier: Dossier, one: Giving) -> None:
    """Raises NotExaminedError with all that is wrong with the points."""
    if not one.points:
        return
    known_keys = [criterion.key for criterion in examination.criteria]
    wrong = [f"{key} is no criterion: they are {', '.join(known_keys)}" for key in one.points if key not in known_keys]
    for criterion in examination.criteria:
        given = one.points.get(criterion.key)
        if given is None:
            wrong.append(f"points for {criterion.key} (“{criterion.label}”) are missing")
        elif (problem := rules.wrong_points(criterion, given, examination.step)) is not None:
            wrong.append(f"{criterion.key}: {problem}")
    if wrong:
        raise NotExaminedError(f"{dossier.code}/{one.row}: {'; '.join(wrong)}")


def _give(
    tx: Connection,
    campaign: Campaign,
    name: str,
    at: tuple[Dossier, Initiative],
    one: Giving,
    by: By,
    now: datetime,
    done: Done,
) -> Done:
    dossier, initiative = at
    standing = next(
        each for each in examined(tx, campaign, dossier, ()).standings if each.initiative.row == initiative.row
    )
    before = next((each for each in standing.given if fold(each.score.examiner) == fold(name)), None)
    if before is None and not one.points:
        raise NotExaminedError(f"{name} has given {dossier.code}/{one.row} no points: there is nothing to withdraw")
    if before and not before.changed and (before.score.points, before.score.note) == (dict(one.points), one.note):
        return Done(done.new, done.changed, done.same + 1)
    new = NewScore(campaign.key, dossier.id, known(initiative), name, one.points, one.note)
    scores.add(tx, new, now, by=by.name, reason=by.reason)
    return Done(done.new + (before is None), done.changed + (before is not None), done.same)
