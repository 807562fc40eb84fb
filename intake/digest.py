"""Gather the digest: how the campaign stands and what came, out of the store, in one view of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from dossier.arrivals import Arrivals, arrivals
from dossier.autoreply import OwnIdentity, answerability
from dossier.campaign import Campaign
from dossier.deadline import deadline_in_force
from dossier.decisions import RulingKind
from dossier.digest import BY_RULING, Comparison, Digest, Entry, Group, Section, Silent
from dossier.health import Complaint
from dossier.model import Verdict
from dossier.reminders import Plan
from intake.remind import upcoming
from intake.targets import standings_now
from intake.union_addresses import known_addresses
from store import deadlines, dossiers, ledger, outbox, readings, recent, reconciliations, revisions, rulings, waiting
from store.engine import Store
from store.ledger import Outcome
from store.letter_row import LetterState, OutgoingLetter

MOST = 50
"""Entries of one section: a digest is read, the rest is a command away."""
_STANDING = {Verdict.REVIEW: Group.DOUBTFUL, Verdict.LATE: Group.LATE}
_CHANGED = {Verdict.ACCEPTED: Group.ACCEPTED, Verdict.DEFICIENT: Group.DEFICIENT}
_OF_MACHINES = (Outcome.IGNORED, Outcome.DELIVERY_REPORT)
_LETTERS = (LetterState.UNKNOWN, LetterState.UNDELIVERED, LetterState.FAILED)


@dataclass(frozen=True, slots=True)
class _Span:
    conn: Connection
    campaign: Campaign
    since: datetime
    until: datetime

    def fresh(self, at: datetime) -> bool:
        return self.since < at <= self.until


@dataclass(frozen=True, slots=True)
class Beside:
    """What a digest tells beside the records."""

    head: str = ""
    """The block of `hoso audit head`."""
    complaints: tuple[Complaint, ...] = ()
    plan: Plan | None = None
    """Of the reminders."""


def digest(store: Store, campaign: Campaign, since: datetime, until: datetime, beside: Beside | None = None) -> Digest:
    """What came after `since`, through `until`, and what stands now. Raises StoreError.

    Messages, letters and reconciliations are those of the whole store: a mailbox serves all campaigns.
    """
    beside = beside or Beside()
    with store.reading() as conn:
        span = _Span(conn, campaign, since, until)
        found = dossiers.listed(conn, campaign.key, limit=max(1000, 2 * len(campaign.roster.unions)))
        sent = {one.union for one in found}
        gathered = {group: gather(span, found) for group, gather in _GATHER.items()}
        deadline = deadline_in_force(campaign, deadlines.in_campaign(conn, campaign.key)).at
        mailed = {one.union for one in found if one.revision}
        silent = tuple(one for one in campaign.roster.unions if one.code not in mailed)
        known = known_addresses(conn, campaign, silent)
        return Digest(
            campaign=campaign.name,
            organisation=campaign.organisation,
            zone=campaign.zone,
            since=since,
            until=until,
            deadline=deadline,
            sections=tuple(_section(group, gathered[group]) for group in Group if gathered[group]),
            messages=recent.arrivals(conn, since, until),
            asked=len(campaign.roster.unions),
            silent=tuple(Silent(one.code, one.name, known[one.code], paper=one.code in sent) for one in silent),
            comparisons=_comparisons(conn),
            head=beside.head,
            targets=standings_now(conn, campaign, until),
            upcoming=upcoming(conn, campaign, beside.plan, until) if beside.plan is not None else (),
            complaints=beside.complaints,
            arrivals=_arrivals(span, found, deadline),
            held_back=_held_back(span),
        )


def _held_back(span: _Span) -> int:
    """Messages that nothing was written to since a machine sent them, or they asked for no answer (FAULTS.md 1-9)."""
    came = recent.settled(span.conn, span.since, span.until)
    machines = sum(outcome in _OF_MACHINES for _, outcome in came)
    perhaps = [number for number, outcome in came if outcome in (Outcome.JOINED, Outcome.WAITING)]
    read = readings.latest_of(span.conn, perhaps)
    own = OwnIdentity()
    return machines + sum(not answerability(one.submission, own).may_answer for one in read.values())


def _arrivals(span: _Span, found: Iterable[dossiers.Dossier], deadline: datetime) -> Arrivals:
    """A dossier is complete from the time of receipt on that counts for it."""
    return arrivals(
        recent.first_receipts(span.conn, span.campaign.key),
        [one.received_at for one in found if one.complete and one.received_at is not None],
        asked=len(span.campaign.roster.unions),
        opens_at=span.campaign.opens_at,
        deadline=deadline,
        zone=ZoneInfo(span.campaign.zone),
        now=span.until,
    )


def _section(group: Group, entries: list[Entry]) -> Section:
    """The new ones first, each in the order in which they were found; before all letters of unknown outcome (P6)."""
    unknown = LetterState.UNKNOWN.value
    first = sorted(entries, key=lambda one: (group is not Group.LETTERS or unknown not in one.why[:1], not one.fresh))
    return Section(group, tuple(first[:MOST]), more=len(first) > MOST)


def _of_verdict(span: _Span, found: Iterable[dossiers.Dossier], group: Group) -> list[Entry]:
    entries = []
    for one in found:
        if one.verdict is None or group not in (_STANDING.get(one.verdict), _CHANGED.get(one.verdict)):
            continue
        if span.fresh(one.updated_at) or (one.verdict in _STANDING and not _is_refused(span, one)):
            entries.append(_dossier(span, one))
    return entries


def _is_refused(span: _Span, one: dossiers.Dossier) -> bool:
    """A person has looked at it and decided: it waits for nobody any more."""
    ruling = rulings.in_force(span.conn, one.id)
    return ruling is not None and ruling.ruling.kind is RulingKind.REFUSE


def _dossier(span: _Span, one: dossiers.Dossier) -> Entry:
    union = span.campaign.roster.by_code(one.union)
    judged = revisions.latest(span.conn, one.id)
    assessment = judged.assessment if judged else None
    codes = dict.fromkeys(finding.code for finding in assessment.findings) if assessment else {}
    name = union.name if union else one.union
    ruled = (BY_RULING,) if one.verdict is Verdict.ACCEPTED and assessment and assessment.by_rules else ()
    return Entry(one.code, name, (*ruled, *codes), one.received_at, span.fresh(one.updated_at))


def _doubtful(span: _Span, found: list[dossiers.Dossier]) -> list[Entry]:
    waits = waiting.unresolved(span.conn, campaign=span.campaign.key, limit=MOST + 1)
    strangers = [
        Entry(f"#{one.message_id}", one.address or "", (one.reason,), one.since, span.fresh(one.since)) for one in waits
    ]
    return _of_verdict(span, found, Group.DOUBTFUL) + strangers


def _quarantined(span: _Span, found: list[dossiers.Dossier]) -> list[Entry]:
    del found
    entries = ledger.entries(span.conn, outcome=Outcome.QUARANTINED, newest_first=True, limit=MOST + 1)
    read = readings.latest_of(span.conn, [one.message_id for one in entries])
    made = []
    for one in entries:
        reading = read.get(one.message_id)
        who = (reading.submission.sender.address if reading else None) or one.source
        made.append(Entry(f"#{one.id}", who, (one.error or "",), one.arrived_at, span.fresh(one.arrived_at)))
    return made


def _letters(span: _Span, *states: LetterState) -> list[Entry]:
    return [_letter(span, one) for state in states for one in outbox.listed(span.conn, state=state, limit=MOST + 1)]


def _letter(span: _Span, one: OutgoingLetter) -> Entry:
    at = one.sent_at or one.created_at
    why = one.reason or one.reply or ""
    return Entry(f"#{one.id}", one.recipient, (one.state.value, *([why] if why else [])), at, span.fresh(at))


def _comparisons(conn: Connection) -> tuple[Comparison, ...]:
    """The latest of each folder."""
    latest: dict[str, Comparison] = {}
    for run in reconciliations.listed(conn):
        folder = f"{run.account}/{run.folder}"
        latest.setdefault(folder, Comparison(folder, run.at, run.counted.messages, run.counted.accounted))
    return tuple(latest[folder] for folder in sorted(latest))


_GATHER: dict[Group, Callable[[_Span, list[dossiers.Dossier]], list[Entry]]] = {
    Group.DOUBTFUL: _doubtful,
    Group.QUARANTINED: _quarantined,
    Group.LETTERS: lambda span, found: _letters(span, *_LETTERS),
    Group.LATE: lambda span, found: _of_verdict(span, found, Group.LATE),
    Group.HELD: lambda span, found: _letters(span, LetterState.HELD),
    Group.ACCEPTED: lambda span, found: _of_verdict(span, found, Group.ACCEPTED),
    Group.DEFICIENT: lambda span, found: _of_verdict(span, found, Group.DEFICIENT),
}
