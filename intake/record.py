"""Record: one message's place in the dossier, its outcome, its event and its letter, in one transaction (P6, P8)."""

from datetime import datetime

from sqlalchemy import Connection

from dossier.assessment import JudgingContext, joins_by_itself, judge_alone
from dossier.authentication import Authentication, authentication
from dossier.campaign import Campaign
from dossier.deadline import Receipt, receipt
from dossier.model import Submission, Verdict
from dossier.recognition import candidates, is_known
from intake import answer, known
from intake.composing import compose_dossier, joined_before
from intake.crosschecks import cross_check
from intake.joining import Case, Recorded, ignored, join, new_revision, reread, settled, wait
from intake.policy import JudgingPolicy, WritingPolicy
from store import assignments, closings, deadlines, ledger, messages, readings, revisions, senders
from store.assignments import Assignment
from store.ledger import LedgerEntry, Outcome, State
from store.revisions import Cause

__all__ = ["Recorded", "context_of", "record"]


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
        return settled(tx, entry, Outcome.BEFORE_CAMPAIGN, now)
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
    return settled(tx, entry, Outcome.DUPLICATE, now, duplicate_of=original)


def _judge_again(
    tx: Connection, message_id: int, judging: JudgingPolicy, writing: WritingPolicy, now: datetime, *, backlog: bool
) -> None:
    joined = joined_before(tx, message_id, judging.campaigns)
    if joined is None:
        return
    dossier, campaign = joined
    if closings.is_closed(tx, campaign.key):
        return  # the receipt is kept, and counts with the next judgement that a person asks for
    checked = cross_check(tx, dossier, compose_dossier(tx, dossier, campaign))
    state = checked.state
    revised = revisions.add(tx, dossier, new_revision(checked, Cause.REREAD, None), now)
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
    assigned = _assigned(tx, entry.message_id, judging.campaigns)
    joined = None if assigned else joined_before(tx, entry.message_id, judging.campaigns)
    if joined is not None:
        dossier, campaign = joined
        alone = judge_alone(submission, received, campaign, context_of(tx, submission, (campaign,), judging))
        return reread(tx, Case(entry, submission, received, campaign, alone, now), dossier, writing)
    if assigned is not None:
        one, campaign = assigned
        alone = judge_alone(submission, received, campaign, context_of(tx, submission, (campaign,), judging))
        return join(tx, Case(entry, submission, received, campaign, alone, now), writing, one)
    meant = candidates(submission, judging.campaigns, received.at)
    running = tuple(one for one in meant if _may_be_for(received, one))
    still_open = tuple(one for one in running if not closings.is_closed(tx, one.key))
    running = still_open or running
    if not running:
        return settled(tx, entry, Outcome.BEFORE_CAMPAIGN, now)
    campaign = running[0]
    context = context_of(tx, submission, running, judging)
    alone = judge_alone(submission, received, campaign, context)
    forged = context.authentication is Authentication.FAIL and not is_known(campaign, submission.sender.address)
    case = Case(entry, submission, received, campaign, alone, now, forged)
    if alone.verdict is Verdict.IGNORED:
        return ignored(tx, case, writing)
    if alone.verdict is Verdict.CORRESPONDENCE:
        return settled(tx, entry, Outcome.CORRESPONDENCE, now, assessment=alone, campaign=campaign.key)
    if joins_by_itself(alone):
        return join(tx, case, writing) if still_open else wait(tx, case, writing, closed=True)
    return wait(tx, case, writing)


def _assigned(tx: Connection, message_id: int, campaigns: tuple[Campaign, ...]) -> tuple[Assignment, Campaign] | None:
    """To which union a person assigned the message, where its campaign is still in the settings."""
    for campaign in campaigns:
        found = assignments.in_force(tx, message_id, campaign.key)
        if found is not None:
            return found, campaign
    return None


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
