"""Random tampering with the history of a store, as somebody with the owner's rights would do it, each from its seed."""

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, text

from dossier.history import next_hash
from store import events
from store.events import Recorded


@dataclass(frozen=True, slots=True)
class Tampering:
    """What was done, and where the first broken place is: between `first` and `last`."""

    kind: str
    first: int
    last: int
    needs_head: bool = False


def unguarded(tx: Connection) -> None:
    """As someone with the rights of the owner would begin."""
    if tx.dialect.name == "sqlite":
        for change in ("update", "delete"):
            tx.execute(text(f"DROP TRIGGER IF EXISTS events_no_{change}"))
        tx.execute(text("PRAGMA defer_foreign_keys = ON"))
    else:
        tx.execute(text("DROP TRIGGER IF EXISTS events_append_only ON events"))
    # what refers to events would only be in the way
    tx.execute(text("DELETE FROM event_notes"))
    tx.execute(text("DELETE FROM event_salts"))


def tamper(tx: Connection, seed: int, length: int) -> Tampering:
    """One act upon a history of events 1 … `length`."""
    draw = random.Random(seed)
    unguarded(tx)
    return draw.choice(list(_ACTS.values()))(tx, draw, length)


def _edit(tx: Connection, draw: random.Random, length: int) -> Tampering:
    """One column of one event; nothing else is mended."""
    seq = draw.randint(1, length)
    column, value = draw.choice(_columns(draw))
    before = tx.execute(text(f"SELECT {column} FROM events WHERE seq = :seq"), {"seq": seq}).scalar()
    if str(value) == str(before):
        value = None if column.endswith("_id") else f"{value}x"
    tx.execute(text(f"UPDATE events SET {column} = :value WHERE seq = :seq"), {"value": value, "seq": seq})
    return Tampering(f"edit of {column}", seq, seq)


def _columns(draw: random.Random) -> list[tuple[str, Any]]:
    number = draw.randint(1000, 10**9)
    moment = f"20{draw.randint(10, 99)}-01-0{draw.randint(1, 9)} 00:00:00.{draw.randint(0, 999999):06}"
    return [
        ("kind", f"forged-{number}"),
        ("facts", json.dumps({"n": number})),
        ("digests", json.dumps({"by": f"{number:064}"})),
        ("at", moment),
        ("message_id", number),
        ("dossier_id", number),
        ("letter_id", number),
        ("hash", f"{number:064}"),
        ("previous", f"{number:064}"),
    ]


def _edit_mended(tx: Connection, draw: random.Random, length: int) -> Tampering:
    """One event with its own hash made to fit: the next does not follow any more; at the end, the head tells."""
    seq = draw.randint(1, length)
    event = next(one for one in events.history(tx, after=seq - 1, limit=1))
    forged = replace(event, kind=f"forged-{draw.random()}")
    _write(tx, replace(forged, hash=next_hash(event.previous, events.payload(forged))))
    return Tampering("edit with its hash", seq, seq + 1)


def _delete(tx: Connection, draw: random.Random, length: int) -> Tampering:
    first = draw.randint(1, length)
    count = min(draw.randint(1, 5), length - first + 1)
    tx.execute(text("DELETE FROM events WHERE seq BETWEEN :a AND :b"), {"a": first, "b": first + count - 1})
    return Tampering("deletion", first, first)


def _delete_and_move_up(tx: Connection, draw: random.Random, length: int) -> Tampering:
    seq = draw.randint(1, length - 1)
    tx.execute(text("DELETE FROM events WHERE seq = :seq"), {"seq": seq})
    _renumber(tx, {number: number - 1 for number in range(seq + 1, length + 1)})
    return Tampering("deletion, the rest moved up", seq, seq)


def _reorder(tx: Connection, draw: random.Random, length: int) -> Tampering:
    one, other = sorted(draw.sample(range(1, length + 1), 2))
    _renumber(tx, {one: other, other: one})
    return Tampering("two swapped", one, one)


def _insert(tx: Connection, draw: random.Random, length: int) -> Tampering:
    """An event more in the middle, the rest moved down."""
    seq = draw.randint(1, length)
    _renumber(tx, {number: number + 1 for number in range(seq, length + 1)})
    [after] = events.history(tx, after=seq, limit=1)
    forged = replace(after, seq=seq, kind=f"forged-{draw.random()}")
    fresh = replace(forged, hash=next_hash(after.previous, events.payload(forged)))
    tx.execute(
        text(
            "INSERT INTO events (seq, at, kind, facts, digests, previous, hash)"
            " SELECT :seq, at, :kind, facts, digests, previous, :hash FROM events WHERE seq = :after"
        ),
        {"seq": seq, "kind": fresh.kind, "hash": fresh.hash, "after": seq + 1},
    )
    return Tampering("insertion", seq, seq + 1)


def _cut(tx: Connection, draw: random.Random, length: int) -> Tampering:
    """The end is gone, and the head says so, too."""
    last = draw.randint(0, length - 1)
    tx.execute(text("DELETE FROM events WHERE seq > :last"), {"last": last})
    _move_head(tx, last)
    return Tampering("cut", last + 1, last + 1, needs_head=True)


def _rewrite(tx: Connection, draw: random.Random, length: int) -> Tampering:
    """One event is another, and every hash from there on is made to fit, the head, too."""
    first = draw.randint(1, length)
    _chain(tx, first, draw)
    return Tampering("rewriting", first, length, needs_head=True)


def _cut_and_go_on(tx: Connection, draw: random.Random, length: int) -> Tampering:
    """The end is gone, and others stand in its place: more of them, or fewer."""
    kept = draw.randint(0, length - 1)
    tx.execute(text("DELETE FROM events WHERE seq > :last"), {"last": kept})
    _move_head(tx, kept)
    count = draw.randint(1, 2 * (length - kept))
    at = datetime(2021, 4, 1, tzinfo=UTC)
    events.append_many(tx, [events.Event(f"forged-{draw.random()}", at) for _ in range(count)])
    return Tampering("cut, with others in its place", kept + 1, length, needs_head=True)


_ACTS: Mapping[str, Callable[[Connection, random.Random, int], Tampering]] = {
    act.__name__: act
    for act in (
        _edit,
        _edit_mended,
        _delete,
        _delete_and_move_up,
        _reorder,
        _insert,
        _cut,
        _rewrite,
        _cut_and_go_on,
    )
}


def _chain(tx: Connection, first: int, draw: random.Random) -> None:
    """Another event at `first`; all that follow are hashed anew."""
    previous = ""
    for event in list(events.walk(tx)):
        if event.seq < first:
            continue
        forged = replace(event, kind=f"forged-{draw.random()}") if event.seq == first else event
        before = event.previous if event.seq == first else previous
        fresh = replace(forged, previous=before, hash=next_hash(before, events.payload(forged)))
        _write(tx, fresh)
        previous = fresh.hash
    _move_head(tx)


def _write(tx: Connection, event: Recorded) -> None:
    values = {"seq": event.seq, "kind": event.kind, "previous": event.previous, "hash": event.hash}
    tx.execute(text("UPDATE events SET kind = :kind, previous = :previous, hash = :hash WHERE seq = :seq"), values)


def _move_head(tx: Connection, seq: int | None = None) -> None:
    rows = list(events.walk(tx))
    last = rows[-1] if rows else None
    values = {"seq": last.seq if last else 0, "hash": last.hash if last else "0" * 64}
    assert seq is None or values["seq"] == seq
    tx.execute(text("UPDATE chain_head SET seq = :seq, hash = :hash WHERE id = 1"), values)


def _renumber(tx: Connection, moves: Mapping[int, int]) -> None:
    for old in moves:
        tx.execute(text("UPDATE events SET seq = -seq WHERE seq = :old"), {"old": old})
    for old, new in moves.items():
        tx.execute(text("UPDATE events SET seq = :new WHERE seq = :old"), {"new": new, "old": -old})
