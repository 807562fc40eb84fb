"""Record: one message's place in the dossier, its outcome, its event and its letter, in one transaction (P6, P8)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from dossier.assessment import JudgingContext, joins_by_itself, judge_alone
from dossier.authentication import Authentication, authentication
from dossier.campaign import Campaign
from dossier.composition import compose
from dossier.deadline import Receipt, deadline_in_force, receipt
from dossier.model import Assessment, Severity, Submission, Verdict
from dossier.recognition import candidates, is_known
from dossier.replacement import Contribution
from intake import answer, known
from intake.composing import brings_new_files, compose_dossier, contributions, joined_before
from intake.crosschecks import Checked, cross_check
from intake.machines import mark_undelivered, sound_alarm
from intake.policy import JudgingPolicy, WritingPolicy
from store import deadlines, dossiers, ledger, messages, readings, revisions, senders, waiting
from store.ledger import LedgerEntry, Outcome, State
from store.outbox import OutgoingLetter
from store.revisions import Cause, NewRevision
from store.waiting import Resolution


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
class _Case:
    """One message on the desk, with all that its judgement rests on."""

    entry: LedgerEntry
    submission: Submission
    receipt: Receipt
    campaign: Campaign
    alone: Assessment
    now: datetime
    forged: bool = False
    """See answer.Ground."""


def record(
    tx: Connection,
    entry: LedgerEntry,
    submission: Submission | None,
    judging: JudgingPolicy,
    writing: WritingPolicy,
    now: datetime,
) -> Recorded | None:
    """Settle one message; None where another process did, or where it has to be read after all.

    `submission` is None where `needs_no_reading` said so.
    """
    fresh = ledger.entry(tx, entry.id)
    if fresh is None or fresh.state is not State.RECEIVED:
        return None
    if known.is_older_mail(tx, entry, judging):
        return _settled(tx, entry, Outcome.BEFORE_CAMPAIGN, now)
    copy_of = known.settled_copy(tx, entry)
    if copy_of is not None:
        return _duplicate(tx, entry, copy_of.message_id, judging, writing, now)
    if submission is None:
        return None
    readings.save(tx, entry.message_id, submission, now)
    twin = known.twin_of(tx, entry, submission)
    if twin is not None:
        return _duplicate(tx, entry, twin, judging, writing, now)
    return _judge(tx, entry, submission, judging, writing, now)


# --- Copies --------------------------------------------------------------------------------------------------------


def _duplicate(
    tx: Connection, entry: LedgerEntry, original: int, judging: JudgingPolicy, writing: WritingPolicy, now: datetime
) -> Recorded:
    """The earliest trusted receipt counts: where this copy came first, the dossier is judged again."""
    read = readings.latest(tx, entry.message_id) or readings.latest(tx, original)
    if read is not None and entry.position is not None:
        moved = messages.keep_receipt(tx, original, _receipt(entry, read.submission, judging))
        if moved:
            _judge_again(tx, original, judging, writing, now, backlog=known.is_backlog(tx, entry))
    return _settled(tx, entry, Outcome.DUPLICATE, now, duplicate_of=original)


def _judge_again(
    tx: Connection, message_id: int, judging: JudgingPolicy, writing: WritingPolicy, now: datetime, *, backlog: bool
) -> None:
    joined = joined_before(tx, message_id, judging.campaigns)
    if joined is None:
        return
    dossier, campaign = joined
    checked = cross_check(tx, dossier, compose_dossier(tx, dossier, campaign))
    state = checked.state
    revised = revisions.add(tx, dossier, _new_revision(checked, Cause.REREAD, None), now)
    if state.assessment.verdict is not dossier.verdict:
        answer.verdict_changed(tx, message_id, dossier, revised, state, campaign, writing, now, backlog=backlog)


# --- Judging -------------------------------------------------------------------------------------------------------


def _receipt(entry: LedgerEntry, submission: Submission, judging: JudgingPolicy) -> Receipt:
    return receipt(entry.internal_date, submission.received, judging.received_hosts, judging.tolerance)


def _judge(
    tx: Connection,
    entry: LedgerEntry,
    submission: Submission,
    judging: JudgingPolicy,
    writing: WritingPolicy,
    now: datetime,
) -> Recorded | None:
    received = _receipt(entry, submission, judging)
    messages.keep_receipt(tx, entry.message_id, received)
    joined = joined_before(tx, entry.message_id, judging.campaigns)
    if joined is not None:
        dossier, campaign = joined
        alone = judge_alone(submission, received, campaign, context_of(tx, submission, (campaign,), judging))
        return _reread(tx, _Case(entry, submission, received, campaign, alone, now), dossier, writing)
    meant = candidates(submission, judging.campaigns, received.at)
    running = tuple(one for one in meant if _may_be_for(received, one))
    if not running:
        return _settled(tx, entry, Outcome.BEFORE_CAMPAIGN, now)
    campaign = running[0]
    context = context_of(tx, submission, running, judging)
    alone = judge_alone(submission, received, campaign, context)
    forged = context.authentication is Authentication.FAIL and not is_known(campaign, submission.sender.address)
    case = _Case(entry, submission, received, campaign, alone, now, forged)
    if alone.verdict is Verdict.IGNORED:
        return _ignored(tx, case, writing)
    if alone.verdict is Verdict.CORRESPONDENCE:
        return _settled(tx, entry, Outcome.CORRESPONDENCE, now, assessment=alone, campaign=campaign.key)
    if joins_by_itself(alone):
        return _join(tx, case, writing)
    return _wait(tx, case, writing)


def _may_be_for(received: Receipt, campaign: Campaign) -> bool:
    """Not from before it. Where the server's two times disagree a person decides, so either of them will do."""
    told = [received.at, received.header_time if received.apart else None]
    return received.at is None or any(at is not None and at >= campaign.opens_at for at in told)


def context_of(
    conn: Connection, submission: Submission, meant: tuple[Campaign, ...], judging: JudgingPolicy
) -> JudgingContext:
    """What persons decided and our servers said, as far as it bears on this message."""
    key, address = meant[0].key, submission.sender.address
    return JudgingContext(
        own=judging.own,
        confirmed=senders.confirmed(conn, key, [address] if address else []),
        authentication=authentication(submission.headers, judging.authentication_hosts, address),
        extensions=deadlines.in_campaign(conn, key),
        meant=tuple(campaign.name for campaign in meant),
    )


def _ignored(tx: Connection, case: _Case, writing: WritingPolicy) -> Recorded:
    """A machine's mail; one that reports on a letter of ours marks that letter (FAULTS.md 3)."""
    mark_undelivered(tx, case.submission, writing, case.now)
    detail = sound_alarm(tx, case.entry.message_id, case.alone, case.now)
    outcome = Outcome.DELIVERY_REPORT if case.submission.report is not None else Outcome.IGNORED
    return _settled(tx, case.entry, outcome, case.now, assessment=case.alone, detail=detail)


def _join(tx: Connection, case: _Case, writing: WritingPolicy) -> Recorded:
    """The union's dossier grows by a revision, and is judged anew as a whole."""
    union = case.alone.union or ""
    dossier = dossiers.lock_or_create(tx, case.campaign, union, case.now)
    earlier = contributions(tx, dossier.id)
    arrival = max((one.arrival for one in earlier), default=0) + 1
    this = Contribution(case.submission, case.receipt, arrival)
    deadline = deadline_in_force(case.campaign, deadlines.in_campaign(tx, case.campaign.key), union)
    checked = cross_check(tx, dossier, compose((*earlier, this), case.campaign, deadline, union))
    state = checked.state
    cause = Cause.CONFIRMED if _wait_is_over(tx, case) else Cause.MESSAGE
    revised = revisions.add(tx, dossier, _new_revision(checked, cause, case), case.now)
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
        new_files=brings_new_files(case.submission, earlier),
    )
    letter = answer.answer(tx, ground, writing, case.now)
    settled = _settled(tx, case.entry, Outcome.JOINED, case.now, dossier_id=dossier.id)
    return Recorded(settled.entry, Outcome.JOINED, state.assessment, case.campaign.key, dossier.code, letter)


def _wait_is_over(tx: Connection, case: _Case) -> bool:
    """Whether the message waited for a person until its sender was known (DESIGN.md, "The rules")."""
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


def _reread(tx: Connection, case: _Case, dossier: dossiers.Dossier, writing: WritingPolicy) -> Recorded:
    """A message that joined before was opened again: its dossier is judged anew with what is read in it now.

    It stays where it joined, whoever its sender is today; a letter goes out only where that changes the verdict.
    """
    checked = cross_check(tx, dossier, compose_dossier(tx, dossier, case.campaign))
    state = checked.state
    revised = revisions.add(tx, dossier, _new_revision(checked, Cause.REREAD, case), case.now)
    letter = None
    if state.assessment.verdict is not dossier.verdict:
        number, campaign, now, backlog = (
            case.entry.message_id,
            case.campaign,
            case.now,
            known.is_backlog(tx, case.entry),
        )
        letter = answer.verdict_changed(tx, number, dossier, revised, state, campaign, writing, now, backlog=backlog)
    settled = _settled(tx, case.entry, Outcome.JOINED, case.now, dossier_id=dossier.id)
    return Recorded(settled.entry, Outcome.JOINED, state.assessment, case.campaign.key, dossier.code, letter)


def _wait(tx: Connection, case: _Case, writing: WritingPolicy) -> Recorded:
    """A stranger's, a machine's with a dossier, one of no clear union or campaign: a person decides."""
    reasons = [found.code for found in case.alone.findings if found.severity is Severity.REVIEW]
    new = waiting.NewWaiting(
        campaign=case.campaign.key,
        message_id=case.entry.message_id,
        assessment=case.alone,
        address=case.submission.sender.address,
        union=case.alone.union,
        reason=reasons[0] if reasons else "no-known-sender",
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
    letter = answer.answer(tx, ground, writing, case.now)
    mark_undelivered(tx, case.submission, writing, case.now)
    _settled(tx, case.entry, Outcome.WAITING, case.now, detail=sound_alarm(tx, new.message_id, case.alone, case.now))
    return Recorded(case.entry, Outcome.WAITING, case.alone, case.campaign.key, None, letter)


def _new_revision(checked: Checked, cause: Cause, case: _Case | None) -> NewRevision:
    state = checked.state
    return NewRevision(
        assessment=state.assessment,
        cause=cause,
        message_id=case.entry.message_id if case else None,
        documents=case.submission.documents if case else (),
        initiatives=checked.initiatives,
        supplement=bool(case) and case is not None and case.submission.sha256 in state.late_supplements,
    )


def _settled(
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
