"""Join: what becomes of a message that is judged: it joins a dossier, waits for a person, or is put aside (P6, P8)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from dossier.campaign import Campaign
from dossier.composition import compose
from dossier.corrections import corrected
from dossier.deadline import Receipt
from dossier.model import Assessment, Severity, Submission
from dossier.replacement import Contribution
from intake import answer, known
from intake.composing import brings_new_files, compose_dossier, contributions, deadline_of
from intake.crosschecks import Checked, cross_check
from intake.machines import mark_undelivered, sound_alarm
from intake.policy import WritingPolicy
from intake.rejudging import tell_union
from store import corrections, dossiers, ledger, paper, revisions, senders, waiting
from store.assignments import Assignment
from store.ledger import LedgerEntry, Outcome
from store.outbox import OutgoingLetter
from store.revisions import Cause, NewRevision
from store.waiting import Resolution

CAMPAIGN_CLOSED = "campaign-closed"
"""Why a message of a union's own address waits: nothing is judged into a dossier any more without a person."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one message."""

    entry: LedgerEntry
    outcome: Outcome
    assessment: Assessment | None = None
    """Of the dossier where the message joined one, else of the message alone."""
    campaign: str | None = None
    dossier_code: str | None = None
    letter: OutgoingLetter | None = None

    @property
    def union(self) -> str | None:
        return self.assessment.union if self.assessment else None


@dataclass(frozen=True, slots=True)
class Case:
    """One message on the desk, with all that its judgement rests on."""

    entry: LedgerEntry
    submission: Submission
    receipt: Receipt
    campaign: Campaign
    alone: Assessment
    now: datetime
    forged: bool = False
    """See answer.Ground."""


def ignored(tx: Connection, case: Case, writing: WritingPolicy) -> Recorded:
    """A machine's mail; one that reports on a letter of ours marks that letter (FAULTS.md 3)."""
    mark_undelivered(tx, case.submission, writing, case.now)
    detail = sound_alarm(tx, case.entry.message_id, case.alone, case.now)
    outcome = Outcome.DELIVERY_REPORT if case.submission.report is not None else Outcome.IGNORED
    return settled(tx, case.entry, outcome, case.now, assessment=case.alone, detail=detail)


def join(tx: Connection, case: Case, writing: WritingPolicy, assigned: Assignment | None = None) -> Recorded:
    """The union's dossier grows by a revision, and is judged anew as a whole.

    `assigned`: a person said whose it is; its sender is answered only where the address is that union's own.
    """
    union = assigned.union if assigned else case.alone.union or ""
    dossier = dossiers.lock_or_create(tx, case.campaign, union, case.now)
    earlier = [one for one in contributions(tx, dossier) if one.message != case.submission.sha256]
    arrival = max((one.arrival for one in earlier), default=0) + 1
    read = corrected(case.submission, corrections.in_force(tx, dossier.id))
    this = Contribution(read, case.receipt, arrival, accepted=assigned is not None)
    deadline = deadline_of(tx, case.campaign, union)
    checked = cross_check(tx, dossier, compose((*earlier, this), case.campaign, deadline, union))
    state = checked.state
    cause = _cause(tx, case, dossier.id, assigned)
    revised = revisions.add(tx, dossier, new_revision(checked, cause, case), case.now)
    ground = answer.Ground(
        submission=case.submission,
        message_id=case.entry.message_id,
        received_at=case.receipt.at,
        alone=case.alone,
        campaign=case.campaign,
        backlog=known.is_backlog(tx, case.entry),
        dossier=dossier,
        revision=revised,
        state=state,
        new_files=brings_new_files(case.submission, tuple(earlier)),
        paper=paper.is_received(tx, dossier.id),
    )
    letter = None
    if assigned is None or (case.alone.known_sender and case.alone.union == union):
        letter = answer.answer(tx, ground, writing, case.now)
    elif state.assessment.verdict is not dossier.verdict:
        letter = tell_union(tx, dossier, revised, state, case.campaign, writing, case.now)
    settled(tx, case.entry, Outcome.JOINED, case.now, dossier_id=dossier.id)
    return Recorded(case.entry, Outcome.JOINED, state.assessment, case.campaign.key, dossier.code, letter)


def _cause(tx: Connection, case: Case, dossier_id: int, assigned: Assignment | None) -> Cause:
    """Why the dossier grows; a message joins it once, and comes back by a person's decision alone (P2)."""
    waited = _wait_is_over(tx, case, assigned)
    if any(one.dossier_id == dossier_id for one in revisions.of_message(tx, case.entry.message_id)):
        return Cause.DECISION
    if assigned is not None:
        return Cause.ASSIGNED
    return Cause.CONFIRMED if waited else Cause.MESSAGE


def _wait_is_over(tx: Connection, case: Case, assigned: Assignment | None) -> bool:
    """Whether the message waited for a person until its sender was known (DESIGN.md, "The rules")."""
    if assigned is not None:
        by, reason = assigned.decided.by, assigned.decided.reason
        held = [one.id for one in waiting.every_of_message(tx, case.entry.message_id) if one.resolution is None]
        for number in held:
            waiting.resolve(tx, number, Resolution.JOINED, case.now, by=by, reason=reason)
        return bool(held)
    waited = waiting.of_message(tx, case.campaign.key, case.entry.message_id)
    if waited is None or waited.resolution is not None:
        return False
    address = case.submission.sender.address or ""
    decided = [
        one
        for one in senders.of_union(tx, case.campaign.key, case.alone.union or "")
        if one.address == address and one.withdrawn_at is None
    ]
    by, reason = (decided[-1].confirmed_by, decided[-1].reason) if decided else ("", "its sender is known now")
    return waiting.resolve(tx, waited.id, Resolution.JOINED, case.now, by=by, reason=reason)


def reread(tx: Connection, case: Case, dossier: dossiers.Dossier, writing: WritingPolicy) -> Recorded:
    """A message that joined before was opened again: its dossier is judged anew with what is read in it now.

    It stays where it joined, whoever its sender is today; a letter goes out only where that changes the verdict.
    """
    checked = cross_check(tx, dossier, compose_dossier(tx, dossier, case.campaign))
    state = checked.state
    revised = revisions.add(tx, dossier, new_revision(checked, Cause.REREAD, case), case.now)
    letter = None
    if state.assessment.verdict is not dossier.verdict:
        number, campaign, now, backlog = (
            case.entry.message_id,
            case.campaign,
            case.now,
            known.is_backlog(tx, case.entry),
        )
        letter = answer.verdict_changed(tx, number, dossier, revised, state, campaign, writing, now, backlog=backlog)
    settled(tx, case.entry, Outcome.JOINED, case.now, dossier_id=dossier.id)
    return Recorded(case.entry, Outcome.JOINED, state.assessment, case.campaign.key, dossier.code, letter)


def wait(tx: Connection, case: Case, writing: WritingPolicy, *, closed: bool = False) -> Recorded:
    """A stranger's, a machine's with a dossier, one of no clear union or campaign: a person decides.

    `closed`: a union's own, for a campaign that is closed; what to answer is for the person to say.
    """
    reasons = [found.code for found in case.alone.findings if found.severity is Severity.REVIEW]
    new = waiting.NewWaiting(
        campaign=case.campaign.key,
        message_id=case.entry.message_id,
        assessment=case.alone,
        address=case.submission.sender.address,
        union=case.alone.union,
        reason=CAMPAIGN_CLOSED if closed else reasons[0] if reasons else "no-known-sender",
    )
    waiting.add(tx, new, case.now)
    ground = answer.Ground(
        submission=case.submission,
        message_id=case.entry.message_id,
        received_at=case.receipt.at,
        alone=case.alone,
        campaign=case.campaign,
        backlog=known.is_backlog(tx, case.entry),
        forged=case.forged,
    )
    letter = None if closed else answer.answer(tx, ground, writing, case.now)
    mark_undelivered(tx, case.submission, writing, case.now)
    settled(tx, case.entry, Outcome.WAITING, case.now, detail=sound_alarm(tx, new.message_id, case.alone, case.now))
    return Recorded(case.entry, Outcome.WAITING, case.alone, case.campaign.key, None, letter)


def new_revision(checked: Checked, cause: Cause, case: Case | None) -> NewRevision:
    state = checked.state
    return NewRevision(
        assessment=state.assessment,
        cause=cause,
        message_id=case.entry.message_id if case else None,
        documents=case.submission.documents if case else (),
        initiatives=checked.initiatives,
        supplement=bool(case) and case is not None and case.submission.sha256 in state.late_supplements,
    )


def settled(
    tx: Connection,
    entry: LedgerEntry,
    outcome: Outcome,
    now: datetime,
    *,
    assessment: Assessment | None = None,
    campaign: str | None = None,
    duplicate_of: int | None = None,
    dossier_id: int | None = None,
    detail: str = "",
) -> Recorded:
    ledger.settle(tx, entry.id, outcome, now, duplicate_of=duplicate_of, dossier_id=dossier_id, detail=detail)
    return Recorded(entry, outcome, assessment, campaign)
