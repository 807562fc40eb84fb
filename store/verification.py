"""Does the history still say what it said? (P9) Whether the records do, too: `store.record_check`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from dossier.history import GENESIS, next_hash
from store import events
from store.events import Head, Recorded
from store.record_check import Broken, Removed, check_records, verify_records

__all__ = ["Broken", "Removed", "Verified", "check_records", "verify", "verify_records"]


_TOLD_EVERY = 500


@dataclass(frozen=True, slots=True)
class Verified:
    events: int
    """How many are sound, from the first on."""
    head: Head
    """The last sound one."""
    broken: Broken | None
    """The first place where it does not hold."""


def _untold(events_checked: int) -> None:
    del events_checked


def verify(
    conn: Connection, carried: Head | Sequence[Head] | None = None, done: Callable[[int], None] = _untold
) -> Verified:
    """Walk the whole chain; memory does not grow with it. `done` hears now and then how many events are checked.

    `carried` are heads that were carried out of the machine earlier: without one, a history that was cut or rewritten
    as a whole, with its head, cannot be told from a true one. The more there are, the nearer the place is named.
    """
    heads = _by_number(carried)
    last, held = Head(0, GENESIS), 0
    try:
        for event in events.walk(conn):
            broken = _link(last, event) or _against(heads.get(event.seq, set()), event, held)
            if broken is not None:
                return Verified(last.seq, last, broken)
            last = Head(event.seq, event.hash)
            held = event.seq if event.seq in heads else held
            if event.seq % _TOLD_EVERY == 0:
                done(event.seq)
    except (
        ValueError,
        AttributeError,
        TypeError,
        RecursionError,
    ) as error:  # a column that holds what was never written there
        return Verified(last.seq, last, Broken(last.seq + 1, f"cannot be read: {type(error).__name__}"))
    return Verified(last.seq, last, _end(last, events.head(conn), max(heads, default=0)))


def _by_number(carried: Head | Sequence[Head] | None) -> dict[int, set[str]]:
    given = [] if carried is None else [carried] if isinstance(carried, Head) else carried
    heads: dict[int, set[str]] = {}
    for head in given:
        heads.setdefault(head.seq, set()).add(head.hash)
    return heads


def _link(last: Head, event: Recorded) -> Broken | None:
    if event.seq != last.seq + 1:
        return Broken(last.seq + 1, f"event {last.seq + 1} is missing: the next is {event.seq}")
    if event.previous != last.hash:
        return Broken(event.seq, f"event {event.seq} does not follow the one before it")
    if event.hash != next_hash(last.hash, events.payload(event)):
        return Broken(event.seq, f"event {event.seq} was changed")
    return None


def _against(carried: set[str], event: Recorded, held: int) -> Broken | None:
    """`held` is the last event whose head was carried out and is still the same."""
    if carried <= {event.hash}:
        return None
    reason = f"the history up to event {event.seq} was rewritten after its head was carried out"
    return Broken(event.seq, reason, since=held + 1)


def _end(last: Head, stored: Head, carried: int) -> Broken | None:
    if stored != last:
        return Broken(last.seq + 1, f"the history ends at event {last.seq}, its head is at {stored.seq}: it was cut")
    if carried > last.seq:
        return Broken(last.seq + 1, f"the history ends at event {last.seq}, the head carried out is at {carried}")
    return None
