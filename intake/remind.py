"""Remind: a letter before the deadline to each union that sent nothing, or has something to mend; once a day each."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import Connection

from dossier.campaign import Campaign, Union
from dossier.deadline import Extension, deadline_in_force, in_time
from dossier.findings import MISSING_MEMO, MISSING_SUMMARY_TABLE, finding
from dossier.letter import LetterFacts, LetterKind
from dossier.limits import over_its_own, sender_key
from dossier.model import Assessment, Kind, Reply, Verdict
from dossier.reminders import Need, Plan, Slot, Upcoming, ahead, due, missing, need_of, slots
from intake.answer import message_id_of, token_of
from intake.dispatch import DAY
from intake.policy import WritingPolicy
from intake.union_addresses import known_addresses, writable
from notifier.letters import render
from notifier.mime import compose
from store import closings, deadlines, dossiers, letter_counts, outbox, paper, reminders, revisions
from store.dossiers import Dossier
from store.engine import Store
from store.outbox import NewLetter, OutgoingLetter
from store.reminders import NewReminder
from store.revisions import Revision

_log = structlog.stdlib.get_logger(__name__)
_PART = 100
"""Unions that are asked for together, one statement of each kind."""
_MISSING = {Kind.MEMO: MISSING_MEMO, Kind.SUMMARY_TABLE: MISSING_SUMMARY_TABLE}


@dataclass(frozen=True, slots=True)
class Owed:
    """A union that is to be reminded, as its dossier stands now."""

    union: Union
    addresses: tuple[str, ...]
    slot: Slot
    need: Need
    deadline: datetime
    """In force for the union."""
    assessment: Assessment
    """Of its dossier; of one that nothing came for, where it is silent."""
    dossier: Dossier | None = None
    paper: bool = False
    """A paper copy is here that was found complete: the letter asks for none."""

    @property
    def upcoming(self) -> Upcoming:
        codes = dict.fromkeys(one.code for one in missing(self.assessment))
        return Upcoming(self.union.code, self.union.name, self.need, tuple(codes), self.addresses, self.slot)


@dataclass(frozen=True, slots=True)
class _Planned:
    """When a union is to be reminded, if it has to do anything."""

    union: Union
    slot: Slot
    deadline: datetime


@dataclass(frozen=True, slots=True)
class Reminded:
    union: str
    letters: tuple[OutgoingLetter, ...]


def owed_now(conn: Connection, campaign: Campaign, plan: Plan, now: datetime) -> list[Owed]:
    """Who is to be reminded at this moment and was not yet, in the order of the roster."""
    planned = (
        _Planned(union, slot, deadline)
        for union, deadline, days in _unions(conn, campaign, plan)
        if (slot := due(days, now, deadline)) is not None
    )
    found = []
    for part in _parts(planned):
        days = {one.slot.day for one in part}
        told = reminders.of_days(conn, campaign.key, [one.union.code for one in part], days)
        found += _owed(conn, campaign, [one for one in part if (one.union.code, one.slot.day) not in told])
    return found


def upcoming(conn: Connection, campaign: Campaign, plan: Plan, now: datetime, days: int = 1) -> tuple[Upcoming, ...]:
    """Who would be reminded next, today or within `days`, by how things stand now; what is due already, too."""
    zone = ZoneInfo(campaign.zone)
    found = owed_now(conn, campaign, plan, now)
    seen = {one.union.code for one in found}
    planned = (
        _Planned(union, slot, deadline)
        for union, deadline, days_of in _unions(conn, campaign, plan)
        if union.code not in seen and (slot := ahead(days_of, now, zone, days)) is not None
    )
    for part in _parts(planned):
        found += _owed(conn, campaign, part)
    return tuple(one.upcoming for one in found)


def remind(
    store: Store, campaigns: Iterable[Campaign], plan: Plan, writing: WritingPolicy, clock: Callable[[], datetime]
) -> list[Reminded]:
    """Write what is due, each union in a transaction of its own: with two services, and after a crash, once.

    Raises StoreError, LetterTemplateError.
    """
    written = []
    for campaign in campaigns:
        with store.reading() as conn:
            codes = [one.union.code for one in owed_now(conn, campaign, plan, clock()) if one.addresses]
        for code in codes:
            with store.writing() as tx:
                written += _remind(tx, campaign, plan, code, writing, clock())
    for one in written:
        _log.info("union reminded", union=one.union, letters=len(one.letters))
    return written


def out_of_date(tx: Connection, letter: OutgoingLetter, campaigns: Iterable[Campaign], now: datetime) -> str:
    """Why a reminder must not go out any more, where it waited; '' where it may, and for every other letter."""
    if letter.kind != LetterKind.REMINDER.value:
        return ""
    about = reminders.get(tx, int(letter.key.split("/")[1]))
    campaign = next((one for one in campaigns if about is not None and one.key == about.campaign), None)
    if about is None or campaign is None:
        return "its campaign is not in the settings any more"
    deadline = deadline_in_force(campaign, deadlines.in_campaign(tx, campaign.key), about.union).at
    if not in_time(now, deadline):
        return "the deadline has passed"
    if closings.is_closed(tx, campaign.key):
        return "the campaign is closed"
    dossier = dossiers.of_union(tx, campaign.key, about.union)
    judged = revisions.latest_of(tx, [dossier.id] if dossier is not None else [])
    if need_of(_standing(judged, dossier)) is None:
        return "nothing is missing any more"
    later = [one for one in reminders.since(tx, campaign.key, about.day) if one.union == about.union]
    return "a newer reminder says it too" if later[-1].id != about.id else ""


def _unions(conn: Connection, campaign: Campaign, plan: Plan) -> Iterator[tuple[Union, datetime, tuple[Slot, ...]]]:
    """Each union with its own deadline and the days on which it may be reminded; none of a campaign that is closed."""
    if not plan.days_before or closings.is_closed(conn, campaign.key):
        return
    extended = deadlines.in_campaign(conn, campaign.key)
    planned: dict[datetime, tuple[Slot, ...]] = {}
    for union in campaign.roster.unions:
        deadline = _deadline(campaign, extended, union)
        if deadline not in planned:
            planned[deadline] = slots(plan, deadline, campaign.opens_at, ZoneInfo(campaign.zone))
        yield union, deadline, planned[deadline]


def _deadline(campaign: Campaign, extended: tuple[Extension, ...], union: Union) -> datetime:
    return deadline_in_force(campaign, extended, union.code).at


def _parts(planned: Iterator[_Planned]) -> Iterator[list[_Planned]]:
    while part := list(islice(planned, _PART)):
        yield part


def _owed(conn: Connection, campaign: Campaign, planned: Sequence[_Planned]) -> list[Owed]:
    """Those of at most a hundred that have something to do, in their order."""
    known = dossiers.of_unions(conn, campaign.key, [one.union.code for one in planned])
    judged = revisions.latest_of(conn, [one.id for one in known.values()])
    needs = [(one, need) for one in planned if (need := need_of(_standing(judged, known.get(one.union.code))))]
    addresses = known_addresses(conn, campaign, [one.union for one, _ in needs])
    here = paper.received_of(conn, [known[one.union.code].id for one, _ in needs if one.union.code in known])
    found = []
    for one, need in needs:
        dossier = known.get(one.union.code)
        stood = _standing(judged, dossier)
        told = replace(stood, deadline=one.deadline) if stood else _nothing(campaign, one.union, one.deadline)
        to, on_paper = writable(addresses[one.union.code]), dossier is not None and dossier.id in here
        found.append(Owed(one.union, to, one.slot, need, one.deadline, told, dossier if stood else None, on_paper))
    return found


def _standing(judged: Mapping[int, Revision], dossier: Dossier | None) -> Assessment | None:
    """None where nothing of the union was judged: paper may have come before any email."""
    revised = judged.get(dossier.id) if dossier is not None else None
    return revised.assessment if revised is not None else None


def _nothing(campaign: Campaign, union: Union, deadline: datetime) -> Assessment:
    """What a union that sent nothing still has to send: every document that the campaign asks for."""
    found = tuple(
        finding(_MISSING[one.kind], detail=one.label, values={"kind": one.kind.value, "label": one.label})
        for one in campaign.required
    )
    return Assessment(
        verdict=Verdict.DEFICIENT,
        reply=Reply.DEFICIENCY,
        union=union.code,
        complete=False,
        in_time=None,
        findings=found,
        received_at=None,
        deadline=deadline,
        rules="",
        known_sender=True,
    )


def _remind(
    tx: Connection, campaign: Campaign, plan: Plan, code: str, writing: WritingPolicy, now: datetime
) -> list[Reminded]:
    """As it stands within the transaction: another service may have been first, the dossier may be complete now."""
    union = next(one for one in campaign.roster.unions if one.code == code)
    alone = replace(campaign, roster=replace(campaign.roster, unions=(union,)))
    found = owed_now(tx, alone, plan, now)
    if not found:
        return []
    [owed] = found
    about = NewReminder(campaign.key, code, owed.slot.day, owed.slot.days_before, owed.deadline)
    dossier_id = owed.dossier.id if owed.dossier is not None else None
    made = reminders.record(tx, about, now, letters=len(owed.addresses), dossier_id=dossier_id)
    written = [
        outbox.enqueue(tx, _letter(tx, f"reminder/{made}/{number}", owed, campaign, address, writing, now), now)
        for number, address in enumerate(owed.addresses, 1)
    ]
    return [Reminded(code, tuple(written))]


def _letter(
    tx: Connection, key: str, owed: Owed, campaign: Campaign, to: str, writing: WritingPolicy, now: datetime
) -> NewLetter:
    """Counted in the limits like any letter: where it goes over one it is held."""
    form = writing.blank_forms.get(campaign.key)
    dossier_id = owed.dossier.id if owed.dossier is not None else None
    letter = render(_facts(owed, campaign, to, now), writing.templates, writing.locale, (form,) if form else ())
    counts = letter_counts.counts(tx, sender_key(to), dossier_id, now - DAY)
    over = over_its_own(counts.sender, counts.dossier, True, False, writing.limits)
    message_id = message_id_of(token_of(f"{campaign.key}/{key}"), writing)
    return NewLetter(
        key=key,
        message_id=message_id,
        kind=letter.kind.value,
        recipient=letter.recipient,
        subject=letter.subject,
        mime=compose(letter, writing.identity, message_id, now),
        dossier_id=dossier_id,
        revision=owed.dossier.revision if owed.dossier is not None else None,
        held=over is not None,
        reason=over.value if over is not None else "",
        sender_key=sender_key(to),
    )


def _facts(owed: Owed, campaign: Campaign, to: str, now: datetime) -> LetterFacts:
    dossier = owed.dossier
    return LetterFacts(
        kind=LetterKind.REMINDER,
        campaign=campaign,
        assessment=replace(owed.assessment, findings=missing(owed.assessment)),
        recipient=to,
        union=owed.union,
        dossier_code=dossier.code if dossier is not None else None,
        arrival_number=None,
        revision=None,
        message_received_at=now,  # what is left until the deadline counts from here
        dossier_received_at=None,
        documents=(),
        documents_in_force=(),
        late_supplement=False,
        original_message_id=None,
        original_references=(),
        original_subject="",
        written_at=now,
        paper_received=owed.paper,
    )
