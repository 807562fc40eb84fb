"""Dispatch: which letter goes out next, which waits, which is out of date: decided in the claiming transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection

from dossier.letter import LetterKind
from dossier.limits import DailyLimits, Limit, over_all, over_its_own
from store import dossiers, letter_counts, outbox
from store.engine import Store
from store.letter_row import GONE
from store.outbox import LetterState, OutgoingLetter

_log = structlog.stdlib.get_logger(__name__)
DAY = timedelta(days=1)
_AT_ONCE = 50
_SAYS_IT_TOO = "a newer letter says how the dossier stands"

Rewrite = Callable[[Connection, OutgoingLetter, datetime], OutgoingLetter | None]
"""Writes a letter anew with what is true now; None where nothing is to be said any more."""
OutOfDate = Callable[[Connection, OutgoingLetter, datetime], str]
"""Why a letter must not go out any more; '' where it may."""


@dataclass(frozen=True, slots=True)
class Picked:
    letter: OutgoingLetter | None
    """Claimed, and to be sent."""
    more: bool
    """Letters were put aside, and others may be due behind them."""


def pick(
    tx: Connection,
    limits: DailyLimits,
    rewrite: Rewrite,
    out_of_date: OutOfDate,
    owner: str,
    lease: timedelta,
    now: datetime,
) -> Picked:
    """Claim the next letter that may go; hold those over a limit, replace those whose facts are out of date.

    What a person sends off, and the digest to staff, is held by no limit of all letters.
    """
    waiting = outbox.due(tx, now, _AT_ONCE)
    sent = letter_counts.sendings(tx, now - DAY, limits.all) if waiting else None
    for letter in waiting:
        free = letter.by_hand or letter.kind == LetterKind.DIGEST.value
        over = over_all(sent.all, sent.strangers, letter.stranger, limits) if sent and not free else None
        late = out_of_date(tx, letter, now)
        if late:
            outbox.supersede(tx, letter.id, now, reason=late)
            _log.info("letter out of date", letter=letter.id, reason=late)
        elif over is not None:
            outbox.hold(tx, letter.id, now, reason=over.value)
            _log.warning("letter held", letter=letter.id, reason=over.value)
        elif not _replaced(tx, letter, rewrite, now):
            taken = outbox.take(tx, [letter.id], now, owner, lease)
            return Picked(taken[0] if taken else None, more=True)
    return Picked(None, more=bool(waiting))


def _replaced(tx: Connection, letter: OutgoingLetter, rewrite: Rewrite, now: datetime) -> bool:
    """A letter that was put off and tells how its dossier stood before gives way to one that tells how it stands."""
    dossier = dossiers.get(tx, letter.dossier_id) if letter.dossier_id is not None and letter.was_put_off else None
    if dossier is None or letter.revision is None or letter.revision >= dossier.revision:
        return False
    listed = outbox.listed(tx, dossier_id=dossier.id, recipient=letter.recipient, limit=_AT_ONCE)
    newest = next((one for one in listed if one.revision is not None), letter)  # one by hand tells no verdict
    if newest.id == letter.id or not _tells_it(newest):
        fresh = rewrite(tx, letter, now)
        if fresh is None:
            return False
        newest = fresh
    elif newest.state is LetterState.HELD:
        outbox.release(tx, newest.id, now, reason="in the place of an older letter")
    outbox.supersede(tx, letter.id, now, reason=_SAYS_IT_TOO, superseded_by=newest.id)
    _log.info("letter out of date", letter=letter.id, superseded_by=newest.id)
    return True


def _tells_it(newer: OutgoingLetter) -> bool:
    """It went out, goes out, or waits for a limit alone."""
    if newer.state is LetterState.HELD:
        return newer.reason in set(Limit)
    return newer.state in GONE | {LetterState.QUEUED, LetterState.SENDING}


def release_held(store: Store, limits: DailyLimits, now: datetime) -> int:
    """Letters that a limit held go out when it has room again: those to unions first, then the longest waiting."""
    released = 0
    for stranger in (False, True):
        with store.reading() as conn:
            room = _room(conn, limits, stranger, now)
            waiting = (one for one in outbox.every(conn, LetterState.HELD) if room and one.stranger is stranger)
            held = sorted((one for one in waiting if one.reason in set(Limit)), key=lambda one: one.id)
        full: set[str | int | None] = set()
        for letter in held:
            if room <= 0:
                break
            if full & {letter.sender_key, letter.dossier_id}:
                continue
            with store.writing() as tx:
                over = _over_its_own(tx, letter, limits, now)
                if over is None and outbox.release(tx, letter.id, now, reason="the day's limit is over"):
                    room, released = room - 1, released + 1
            if over is not None:
                full.add(letter.sender_key if over is Limit.SENDER else letter.dossier_id)
    return released


def _room(conn: Connection, limits: DailyLimits, stranger: bool, now: datetime) -> int:
    """How many more letters the limits of all let out, those that are queued already counted in."""
    sent = letter_counts.sendings(conn, now - DAY, limits.all)
    left = limits.all - sent.all
    if stranger:
        left = min(left, limits.strangers - sent.strangers)
    return left - len(outbox.listed(conn, state=LetterState.QUEUED, limit=left)) if left > 0 else 0


def _over_its_own(tx: Connection, letter: OutgoingLetter, limits: DailyLimits, now: datetime) -> Limit | None:
    counts = letter_counts.counts(tx, letter.sender_key, letter.dossier_id, now - DAY)
    return over_its_own(counts.sender, counts.dossier, False, False, limits)
