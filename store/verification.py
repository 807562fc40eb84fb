"""Does the history still say what it said, and do the records still say what the history saw? (P9)"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Column, ColumnElement, Connection, select

from dossier.history import GENESIS, next_hash
from store import events
from store.events import Head, Recorded
from store.schema.history import event_notes, event_salts
from store.schema.letters import letters
from store.schema.mail import messages
from store.schema.record import revisions, waiting
from store.seals import seal

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where the history, or a record, is not what it was."""

    seq: int
    """Number of the event."""
    reason: str


@dataclass(frozen=True, slots=True)
class Verified:
    events: int
    """How many are sound, from the first on."""
    head: Head
    """The last sound one."""
    broken: Broken | None


def verify(conn: Connection, carried: Head | None = None) -> Verified:
    """Walk the whole chain. `carried` is a head that was carried out of the machine earlier: without one, a history
    that was cut or rewritten as a whole, with its head, cannot be told from a true one.
    """
    last = Head(0, GENESIS)
    try:
        for event in events.walk(conn):
            broken = _link(last, event) or _against(carried, event)
            if broken is not None:
                return Verified(last.seq, last, broken)
            last = Head(event.seq, event.hash)
    except (ValueError, AttributeError, TypeError) as error:  # a column that holds what was never written there
        return Verified(last.seq, last, Broken(last.seq + 1, f"cannot be read: {type(error).__name__}"))
    return Verified(last.seq, last, _end(last, events.head(conn), carried))


def verify_records(conn: Connection) -> Iterator[Broken]:
    """Every record that is gone, or is not what its event sealed; those whose salt was erased are left out.

    To be asked after `verify` found the chain whole.
    """
    walked = events.walk(conn)
    while part := list(islice(walked, _BATCH)):
        seqs = [event.seq for event in part if event.digests]
        asked = select(event_salts).where(event_salts.c.seq.in_(seqs))
        salts = {row.seq: bytes(row.salt) for row in conn.execute(asked)}
        for event in part:
            if event.seq in salts:
                yield from _unlike(conn, event, salts[event.seq])


def _link(last: Head, event: Recorded) -> Broken | None:
    if event.seq != last.seq + 1:
        return Broken(last.seq + 1, f"event {last.seq + 1} is missing: the next is {event.seq}")
    if event.previous != last.hash:
        return Broken(event.seq, f"event {event.seq} does not follow the one before it")
    if event.hash != next_hash(last.hash, events.payload(event)):
        return Broken(event.seq, f"event {event.seq} was changed")
    return None


def _against(carried: Head | None, event: Recorded) -> Broken | None:
    if carried is not None and carried.seq == event.seq and carried.hash != event.hash:
        return Broken(event.seq, f"the history up to event {event.seq} was rewritten after its head was carried out")
    return None


def _end(last: Head, stored: Head, carried: Head | None) -> Broken | None:
    if stored != last:
        return Broken(last.seq + 1, f"the history ends at event {last.seq}, its head is at {stored.seq}: it was cut")
    if carried is not None and carried.seq > last.seq:
        return Broken(last.seq + 1, f"the history ends at event {last.seq}, the head carried out is at {carried.seq}")
    return None


def _unlike(conn: Connection, event: Recorded, salt: bytes) -> Iterator[Broken]:
    for name, digest in event.digests.items():
        source = _source(event, name)
        if source is None:
            continue
        column, where = source
        text = conn.execute(select(column).where(where)).scalar_one_or_none()
        what = f"{column.table.name}.{column.name} of event {event.seq} ({event.kind})"
        if text is None:
            yield Broken(event.seq, f"{what} is gone")
        elif seal(salt, name, text) != digest:
            yield Broken(event.seq, f"{what} was changed")


def _source(event: Recorded, name: str) -> tuple[Column[str], ColumnElement[bool]] | None:
    """Where the text that an event sealed stands; None where it stands nowhere else."""
    if name in {"by", "reason"}:
        return event_notes.c[name], event_notes.c.seq == event.seq
    if (event.kind, name) == ("message-arrived", "message"):
        return messages.c.sha256, messages.c.id == event.message_id
    if (event.kind, name) == ("revision-recorded", "assessment"):
        number = event.facts.get("revision")
        return revisions.c.assessment, (revisions.c.dossier_id == event.dossier_id) & (revisions.c.number == number)
    if (event.kind, name) == ("submission-waits", "assessment"):
        here = (waiting.c.message_id == event.message_id) & (waiting.c.campaign == event.facts.get("campaign"))
        return waiting.c.assessment, here
    letter_columns = {
        "mime": letters.c.mime_sha256,
        "recipient": letters.c.recipient,
        "message_id": letters.c.message_id,
    }
    if event.kind in {"letter-queued", "letter-held"} and name in letter_columns:
        return letter_columns[name], letters.c.id == event.letter_id
    return None
