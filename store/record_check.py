"""Do the records still say what the history saw? Every sealed text, every stated fact, every letter's bytes (P9).

What was removed on purpose is told apart from what is gone: a text without its salt is right only where a later event
says who removed it.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, func, select, tuple_

from store import decision_checks, events
from store.content_check import contents_of
from store.events import Recorded, moment_text
from store.people_check import people_told
from store.record_sources import FURTHER, NOTES, SOURCES, TOLD, Source
from store.row_check import whole_rows
from store.schema.history import event_salts
from store.schema.history import events as event_table
from store.schema.letters import letter_bodies, letters
from store.seals import seal
from store.standing_check import standing

_BATCH = 500
ERASING = {"message-erased": "message_id", "dossier-erased": "dossier_id", "letter-erased": "letter_id"}
"""Kind of an event that tells of a removal → the column by which it names what it was of."""
DECISION_ERASED = "decision-erased"
"""Names the event whose note was removed as its fact "event"."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where the history, or a record, is not what it was."""

    seq: int
    """Number of the event."""
    reason: str
    since: int = 0
    """Where only a stretch is known, its first event; it ends with `seq`. 0: it is `seq` itself."""


@dataclass(frozen=True, slots=True)
class Removed:
    """What an event sealed was removed on purpose."""

    seq: int
    at: datetime
    """When."""
    told_by: int
    """Number of the event that says so."""


def _untold(events_checked: int) -> None:
    del events_checked


def verify_records(conn: Connection) -> Iterator[Broken]:
    """Every record that is gone, or is not what its event saw. To be asked after `verify` found the chain whole."""
    return (one for one in check_records(conn) if isinstance(one, Broken))


def check_records(conn: Connection, done: Callable[[int], None] = _untold) -> Iterator[Broken | Removed]:
    """In the order of the events, then table by table; memory does not grow with them.

    `done` hears how many events are checked.
    """
    counted, walked, last = Counter[str](), events.walk(conn), 0
    while part := list(islice(walked, _BATCH)):
        yield from sorted(_part(conn, part), key=lambda one: one.seq)
        counted.update(TOLD[event.kind].name for event in part if event.kind in TOLD)
        last = part[-1].seq
        done(last)
    yield from _letter_bodies(conn)
    yield from (Broken(seq, reason) for seq, reason in decision_checks.broken(conn))
    yield from (Broken(seq, reason) for seq, reason in people_told(conn))
    yield from (Broken(seq, reason) for seq, reason in standing(conn))
    for table in {table.name: table for table in TOLD.values()}.values():
        rows = conn.execute(select(func.count()).select_from(table)).scalar_one()
        if rows != counted[table.name]:
            kinds = ", ".join(kind for kind, one in TOLD.items() if one is table)
            told = f"{table.name} has {rows} rows, the history tells of {counted[table.name]} ({kinds})"
            yield Broken(last, told, since=1)


def _part(conn: Connection, part: Sequence[Recorded]) -> Iterator[Broken | Removed]:
    salts = _salts(conn, [event.seq for event in part if event.digests])
    unsalted = [event for event in part if event.digests and event.seq not in salts]
    removed = _removed(conn, unsalted)
    for event in unsalted:
        found = removed.get(event.seq)
        gone = f"the salt of event {event.seq} ({event.kind}) is gone, and no later event tells of its removal"
        yield Removed(event.seq, found.at, found.seq) if found else Broken(event.seq, gone)
    known = [event for event in part if event.seq not in removed]
    noted = [event for event in known if "by" in event.digests]
    yield from _against(conn, NOTES, noted, salts)
    for sources in (SOURCES, FURTHER):
        for source in {id(one): one for one in sources.values()}.values():
            yield from _against(conn, source, [event for event in known if sources.get(event.kind) is source], salts)
    for check in (whole_rows, contents_of):
        yield from (Broken(seq, reason) for seq, reason in check(conn, known, salts))


def _salts(conn: Connection, seqs: Sequence[int]) -> dict[int, bytes]:
    asked = select(event_salts).where(event_salts.c.seq.in_(seqs))
    return {row.seq: bytes(row.salt) for row in conn.execute(asked)} if seqs else {}


def _removed(conn: Connection, unsalted: Sequence[Recorded]) -> dict[int, Any]:
    """Number of an event without its salt → the later event that tells of the removal."""
    found = dict[int, Any]()
    for kind, column in ERASING.items():
        ids = {getattr(event, column) for event in unsalted} - {None}
        told = _erasing(conn, kind, event_table.c[column], ids)
        for event in unsalted:
            row = told.get(getattr(event, column))
            if row is not None and row.seq >= event.seq:
                found.setdefault(event.seq, row)
    if any(event.seq not in found for event in unsalted):
        for event in events.history_of_kind(conn, DECISION_ERASED):
            asked = select(event_table.c.seq, event_table.c.at).where(event_table.c.seq == event.seq)
            found.setdefault(int(event.facts.get("event") or 0), conn.execute(asked).one())
    return found


def _erasing(conn: Connection, kind: str, column: Column[int], ids: set[int]) -> dict[int, Any]:
    asked = select(event_table.c.seq, event_table.c.at, column.label("of"))
    mine = asked.where(column.in_(sorted(ids)), event_table.c.kind == kind).order_by(event_table.c.seq)
    return {row.of: row for row in conn.execute(mine)} if ids else {}


def _against(
    conn: Connection, source: Source, told: Sequence[Recorded], salts: Mapping[int, bytes]
) -> Iterator[Broken]:
    if not told:
        return
    key = [source.table.c[name] for name in source.key]
    parts = (part for column in source.facts.values() for part in column.split("/"))
    columns = {name: source.table.c[name] for name in (*source.sealed.values(), *parts, *source.ids.values())}
    wanted = sorted({source.of(event) for event in told} - {(None,)}, key=str)
    asked = select(*key, *columns.values()).where(tuple_(*key).in_(wanted))
    rows = {tuple(row[: len(key)]): dict(zip([*source.key, *columns], row, strict=True)) for row in conn.execute(asked)}
    for event in told:
        row = rows.get(source.of(event))
        yield from _unlike(source, event, row, salts.get(event.seq))


def _unlike(source: Source, event: Recorded, row: Mapping[str, Any] | None, salt: bytes | None) -> Iterator[Broken]:
    of = f"of event {event.seq} ({event.kind})"
    for name, digest in event.digests.items():
        column = source.sealed.get(name)
        if column is None or salt is None:
            continue
        text = row[column] if row else None
        if text is None:
            yield Broken(event.seq, f"{source.table.name}.{column} {of} is gone")
        elif seal(salt, name, text) != digest:
            yield Broken(event.seq, f"{source.table.name}.{column} {of} was changed")
    if row is None:
        if not set(event.digests) & set(source.sealed):
            yield Broken(event.seq, f"{source.table.name} {of} is gone")
        return
    yield from _untrue(source, event, row, of)


def _untrue(source: Source, event: Recorded, row: Mapping[str, Any], of: str) -> Iterator[Broken]:
    for name, column in source.facts.items():
        if name in event.facts and event.facts[name] != _said(row, column):
            yield Broken(event.seq, f"{source.table.name}.{column} {of} was changed")
    for name, column in source.ids.items():
        if getattr(event, name) != row[column]:
            yield Broken(event.seq, f"{source.table.name}.{column} {of} was changed")


def _said(row: Mapping[str, Any], column: str) -> object:
    """As facts of events spell it; of two columns with a stroke between."""
    return "/".join(str(row[name]) for name in column.split("/")) if "/" in column else _as_told(row[column])


def salt_of(conn: Connection, event: Recorded) -> bytes | None:
    return _salts(conn, [event.seq]).get(event.seq)


def removed_by(conn: Connection, event: Recorded) -> int | None:
    """Number of the later event that tells why its salt is gone; None where none does."""
    row = _removed(conn, [event]).get(event.seq)
    return None if row is None else int(row.seq)


def _as_told(value: object) -> object:
    """As facts of events spell it."""
    if isinstance(value, datetime):
        return moment_text(value)
    return value.isoformat() if isinstance(value, date) else value


def _letter_bodies(conn: Connection) -> Iterator[Broken]:
    """The bytes that went out; one at a time, since they are the largest rows of all."""
    sealed = select(letters.c.id, letters.c.mime_sha256).order_by(letters.c.id)
    last = 0
    while part := conn.execute(sealed.where(letters.c.id > last).limit(_BATCH)).all():
        last = part[-1].id
        bodies = select(letter_bodies).where(letter_bodies.c.letter_id.in_([row.id for row in part]))
        held = {row.letter_id: hashlib.sha256(bytes(row.mime)).hexdigest() for row in conn.execute(bodies)}
        unlike = [row.id for row in part if held.get(row.id, "") != row.mime_sha256]
        erased = _erasing(conn, "letter-erased", event_table.c.letter_id, {one for one in unlike if one not in held})
        for letter_id in unlike:
            if letter_id not in erased:
                seq = conn.execute(
                    select(func.min(event_table.c.seq)).where(event_table.c.letter_id == letter_id)
                ).scalar()
                yield Broken(int(seq or 0), f"the bytes of letter {letter_id} were changed, or are gone")
