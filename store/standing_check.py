"""Do rows that change say what the last event of them said? Ledger, letters, what waits, dossiers, receipts (P9).

Each table is walked in batches, with the events of its rows by their index: memory does not grow with either.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, func, or_, select

from store.events import moment_text
from store.schema.history import event_salts, events
from store.schema.letters import letters
from store.schema.mail import ledger, messages
from store.schema.record import dossiers, revisions, waiting
from store.seals import seal

_BATCH = 200
_UNTOLD = {"sending", "data-started"}
"""States of a letter in hand: no event tells of them, the next one tells how it ended."""
_RECEIPT = ("received_at", "server_time", "header_time", "times_apart")
Found = Iterator[tuple[int, str]]


def standing(conn: Connection) -> Found:
    """(Number of the event, what is wrong), table by table."""
    for table, check in _CHECKS:
        for rows in _walked(conn, table):
            yield from check(conn, rows)


def _walked(conn: Connection, table: Table) -> Iterator[Sequence[Row[Any]]]:
    last = 0
    while rows := conn.execute(select(table).where(table.c.id > last).order_by(table.c.id).limit(_BATCH)).all():
        yield rows
        last = rows[-1].id


def _last(conn: Connection, column: Any, ids: Sequence[int], kinds: Sequence[str], of: str) -> dict[int, Any]:
    """Number of a row, as the fact `of` (or the column, where it is '') names it → the last of these events."""
    asked = select(events).where(column.in_(ids), events.c.kind.in_(kinds)).order_by(events.c.seq)
    found = {}
    for event in conn.execute(asked):
        facts = json.loads(event.facts)
        found[facts[of] if of else getattr(event, column.name)] = event
    return found


def _ledger(conn: Connection, rows: Sequence[Row[Any]]) -> Found:
    kinds = ("message-arrived", "message-settled", "message-reopened")
    ids = sorted({row.message_id for row in rows})
    told = _last(conn, events.c.message_id, ids, kinds, "entry")
    gone = _last(conn, events.c.message_id, ids, ("message-gone", "message-returned"), "entry")
    salts = _salts(conn, [event.seq for event in told.values()])
    for row in rows:
        event = told.get(row.id)
        if event is None:
            yield 0, f"ledger {row.id} stands there, and no event tells of it"
            continue
        settled = event.kind == "message-settled"
        facts = json.loads(event.facts) if settled else {}
        said: dict[str, Any] = {
            "state": "settled" if settled else "received",
            "outcome": facts.get("outcome"),
            "duplicate_of": facts.get("duplicate_of"),
            "settled_at": event.at if settled else None,
            "order_at": row.internal_date or row.arrived_at,
        }
        if settled:
            said |= {"attempts": facts["attempts"], "dossier_id": event.dossier_id}
        yield from _unlike("ledger", event, row, said)
        yield from _unsealed("ledger", event, row, salts, ("detail", "error") if settled else ())
        missed = gone.get(row.id)
        at = missed.at if missed is not None and missed.kind == "message-gone" else None
        if row.gone_at != at:
            yield (missed or event).seq, f"ledger.gone_at of entry {row.id} was changed"


def _letters(conn: Connection, rows: Sequence[Row[Any]]) -> Found:
    kinds = [
        f"letter-{state}" for state in ("queued", "held", "sent", "failed", "unknown", "undelivered", "superseded")
    ]
    told = _last(conn, events.c.letter_id, [row.id for row in rows], kinds, "")
    for row in rows:
        event = told.get(row.id)
        if event is None:
            yield 0, f"letters {row.id} stands there, and no event tells of it"
            continue
        state = event.kind.removeprefix("letter-")
        if row.state != state and not (row.state in _UNTOLD and state == "queued"):
            yield event.seq, f"letters.state of event {event.seq} ({event.kind}) was changed"
        attempts = json.loads(event.facts).get("attempts", 0)
        if row.state == state and row.attempts != attempts:
            yield event.seq, f"letters.attempts of event {event.seq} ({event.kind}) was changed"
        if state == "sent" and row.sent_at != event.at:
            yield event.seq, f"letters.sent_at of event {event.seq} ({event.kind}) was changed"


def _waiting(conn: Connection, rows: Sequence[Row[Any]]) -> Found:
    kinds = ("submission-resolved", "submission-waits-again")
    told = _last(conn, events.c.message_id, sorted({row.message_id for row in rows}), kinds, "waiting")
    for row in rows:
        event = told.get(row.id)
        resolved = event is not None and event.kind == "submission-resolved"
        said = json.loads(event.facts)["resolution"] if event is not None and resolved else None
        at = event.at if event is not None and resolved else None
        if (row.resolution, row.resolved_at) != (said, at):
            where = f"of event {event.seq} ({event.kind})" if event is not None else "which no event tells of"
            yield event.seq if event is not None else 0, f"waiting.resolution of row {row.id}, {where}, was changed"


def _dossiers(conn: Connection, rows: Sequence[Row[Any]]) -> Found:
    """The columns that repeat the revision in force, which is the newest."""
    ids = [row.id for row in rows]
    counted = select(revisions.c.dossier_id, func.max(revisions.c.number)).where(revisions.c.dossier_id.in_(ids))
    newest = dict(tuple(row) for row in conn.execute(counted.group_by(revisions.c.dossier_id)))
    joined = (revisions.c.dossier_id == dossiers.c.id) & (revisions.c.number == dossiers.c.revision)
    asked = select(revisions).join(dossiers, joined).where(dossiers.c.id.in_(ids))
    in_force = {row.dossier_id: row for row in conn.execute(asked)}
    for row in rows:
        for name in _unlike_revision(row, in_force.get(row.id), newest.get(row.id, 0)):
            event = _seq_of(conn, events.c.dossier_id == row.id)
            yield event, f"dossiers.{name} of dossier {row.code} was changed"


def _unlike_revision(row: Row[Any], stands: Row[Any] | None, newest: int) -> Iterator[str]:
    if row.revision != newest:
        yield "revision"
        return
    for name in ("verdict", "complete", "in_time", "received_at"):
        if getattr(row, name) != (getattr(stands, name) if stands is not None else None):
            yield name
    if stands is not None and row.updated_at != stands.recorded_at:
        yield "updated_at"


def _messages(conn: Connection, rows: Sequence[Row[Any]]) -> Found:
    """The receipt that counts, by the last message that was settled as this one or a copy of it."""
    ids = [row.id for row in rows]
    asked = select(ledger.c.message_id).where(or_(ledger.c.message_id.in_(ids), ledger.c.duplicate_of.in_(ids)))
    places = sorted(set(conn.execute(asked).scalars()))
    settled = select(events).where(events.c.message_id.in_(places), events.c.kind == "message-settled")
    last = dict[int, Any]()
    for event in conn.execute(settled.order_by(events.c.seq)):
        facts = json.loads(event.facts)
        if "times_apart" in facts:
            last[facts.get("duplicate_of") or event.message_id] = event
    for row in rows:
        if row.id in last:
            facts = json.loads(last[row.id].facts)
            yield from _unlike("messages", last[row.id], row, {name: facts[name] for name in _RECEIPT})


def _unlike(table: str, event: Any, row: Row[Any], said: Mapping[str, Any]) -> Found:
    for name, value in said.items():
        stands, told = (moment_text(one) if isinstance(one, datetime) else one for one in (getattr(row, name), value))
        if stands != told:
            yield event.seq, f"{table}.{name} of event {event.seq} ({event.kind}) was changed"


def _unsealed(table: str, event: Any, row: Row[Any], salts: Mapping[int, bytes], names: Sequence[str]) -> Found:
    digests, salt = json.loads(event.digests), salts.get(event.seq)
    for name in names:
        if name in digests and salt is not None and seal(salt, name, getattr(row, name) or "") != digests[name]:
            yield event.seq, f"{table}.{name} of event {event.seq} ({event.kind}) was changed"


def _salts(conn: Connection, seqs: Sequence[int]) -> dict[int, bytes]:
    asked = select(event_salts).where(event_salts.c.seq.in_(seqs))
    return {row.seq: bytes(row.salt) for row in conn.execute(asked)} if seqs else {}


def _seq_of(conn: Connection, which: Any) -> int:
    return int(conn.execute(select(func.max(events.c.seq)).where(which)).scalar() or 0)


_CHECKS: tuple[tuple[Table, Callable[[Connection, Sequence[Row[Any]]], Found]], ...] = (
    (ledger, _ledger),
    (messages, _messages),
    (letters, _letters),
    (waiting, _waiting),
    (dossiers, _dossiers),
)
