"""Send: letters from the outbox to the relay, each known to be sent, not sent, or of unknown outcome (P6)."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from dossier.limits import DAILY_LIMITS, DailyLimits
from intake.answer import MESSAGE_ID_PREFIX
from intake.dispatch import OutOfDate, Rewrite, pick, release_held
from intake.steps import Step, Steps, no_steps
from notifier.envelope import Envelope, MailIdentity, return_address
from notifier.outcomes import Cause, Delivery, Permanent, Sent, Temporary
from notifier.redirect import redirected
from notifier.retry import next_try
from notifier.smtp import Sender
from store import outbox
from store.engine import Store
from store.outbox import OutgoingLetter

_log = structlog.stdlib.get_logger(__name__)
LEASE = timedelta(minutes=30)
"""Longer than the longest talk with the relay: after it a letter is taken for left behind."""
RELAY_IS_AWAY = frozenset({Cause.CONNECTION, Cause.SETTINGS})
"""No letter is to blame: the others wait for the next round rather than each for a time-out of its own."""


class LeaseLostError(Exception):
    """Another process took the letter while this one was at it."""


@dataclass(frozen=True, slots=True)
class Post:
    """What it takes to send letters."""

    store: Store
    sender: Sender
    identity: MailIdentity
    owner: str
    """Of this process and no other."""
    clock: Callable[[], datetime]
    jitter: Callable[[], float]
    """From 0 to 1: spreads the next tries."""
    redirect_to: str | None = None
    """Test mode: every letter goes to this address alone, and says for whom it was."""
    limits: DailyLimits = DAILY_LIMITS
    rewrite: Rewrite = lambda tx, letter, now: None
    """Writes a letter anew that was put off while its dossier went on."""
    out_of_date: OutOfDate = lambda tx, letter, now: ""
    """Tells what must not go out any more: a reminder of a dossier that is complete meanwhile."""
    steps: Steps = no_steps
    delivered: Callable[[OutgoingLetter, Delivery], None] = lambda letter, outcome: None


def send_due(post: Post, stop: threading.Event) -> int:
    """Send every letter that is due; returns how many the relay took.

    Ends after the letter in hand where `stop` is set, or where the relay cannot be reached. Raises StoreError.
    """
    with post.store.writing() as tx:
        left = outbox.recover(tx, post.clock())
    for letter_id in left.unknown:
        _log.error("letter of unknown outcome", letter=letter_id)
    release_held(post.store, post.limits, post.clock())
    sent = 0
    while not stop.is_set():
        with post.store.writing() as tx:
            picked = pick(tx, post.limits, post.rewrite, post.out_of_date, post.owner, LEASE, post.clock())
        if picked.letter is None:
            if picked.more:
                continue
            break
        post.steps(Step.LETTER_CLAIMED)
        outcome = _send(post, picked.letter)
        sent += isinstance(outcome, Sent)
        if outcome is not None:
            post.delivered(picked.letter, outcome)
        if isinstance(outcome, Temporary) and outcome.cause in RELAY_IS_AWAY:
            break
    post.sender.close()
    return sent


def take_back(post: Post, is_gone: Callable[[str], bool]) -> None:
    """At the start of the service: letters that a process which is gone had in hand need not wait for their lease."""
    with post.store.writing() as tx:
        for owner in outbox.owners(tx):
            if is_gone(owner):
                outbox.end_lease(tx, owner, post.clock())


def _send(post: Post, letter: OutgoingLetter) -> Delivery | None:
    """None where the letter went into other hands meanwhile."""
    with post.store.reading() as conn:
        content = outbox.mime(conn, letter.id)
    token = letter.message_id.removeprefix(f"<{MESSAGE_ID_PREFIX}").partition("@")[0]
    envelope = Envelope(return_address(post.identity, token), post.redirect_to or letter.recipient)
    if post.redirect_to:
        content = redirected(content, letter.recipient, post.redirect_to)
        _log.warning("TEST MODE: the letter goes to the test address and not to the sender", letter=letter.id)
    try:
        outcome = post.sender.deliver(content, envelope, lambda: _data_started(post, letter))
    except LeaseLostError as lost:
        _log.warning("lease lost", letter=letter.id, detail=str(lost))
        return None
    if isinstance(outcome, Sent):
        post.steps(Step.LETTER_DELIVERED)
    _keep(post, letter, outcome)
    post.steps(Step.LETTER_RECORDED)
    _log.info("letter", letter=letter.id, kind=letter.kind, outcome=type(outcome).__name__.lower())
    return outcome


def _data_started(post: Post, letter: OutgoingLetter) -> None:
    with post.store.writing() as tx:
        mine = outbox.data_started(tx, letter.id, post.owner, post.clock())
    if not mine:
        raise LeaseLostError(f"letter {letter.id} is in other hands")
    post.steps(Step.DATA_STARTED)


def _keep(post: Post, letter: OutgoingLetter, outcome: Delivery) -> None:
    now, reply = post.clock(), outcome.reply.words()
    with post.store.writing() as tx:
        if isinstance(outcome, Sent):
            special = f"test mode: went to {post.redirect_to} alone" if post.redirect_to else ""
            outbox.sent(tx, letter.id, post.owner, reply, now, reason=special)
        elif isinstance(outcome, Permanent):
            outbox.permanent_failure(tx, letter.id, post.owner, reply, now)
        elif isinstance(outcome, Temporary):
            again = next_try(letter.attempts, outcome.cause, letter.created_at, now, post.jitter())
            if again is None:
                outbox.permanent_failure(tx, letter.id, post.owner, reply, now)
            else:
                outbox.temporary_failure(tx, letter.id, post.owner, reply, again, now)
        else:
            outbox.no_answer(tx, letter.id, post.owner, reply, now)
