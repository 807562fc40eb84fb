"""What the tables of decisions share: a row is numbered by the event that made it, and ends by another (P9).

Who decided and why stand in the notes of the two events.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, insert, select, update

from dossier.decisions import Span
from store import events
from store.schema.history import event_notes


@dataclass(frozen=True, slots=True)
class Decided:
    """Who, when and why; and the same of its end, where it has ended. '' where the note was removed."""

    number: int
    """Of the event."""
    at: datetime
    by: str
    reason: str
    ended_number: int | None = None
    ended_at: datetime | None = None
    ended_by: str = ""
    ended_reason: str = ""

    @property
    def span(self) -> Span:
        return Span(self.at, self.ended_at)

    @property
    def stands(self) -> bool:
        """Now: it has not ended."""
        return self.ended_at is None


def record(tx: Connection, table: Table, happened: events.Event, values: dict[str, Any]) -> int:
    """Append the event and the row that it makes; returns their number."""
    told = events.append(tx, happened)
    tx.execute(insert(table), {**values, "event": told.seq, "recorded_at": happened.at})
    return told.seq


def end(tx: Connection, table: Table, number: int, happened: events.Event, **values: Any) -> bool:
    """Append the event that ends a decision; False, and nothing is written, where it does not stand."""
    open_row = select(table.c.event).where(table.c.event == number, table.c.ended_at.is_(None))
    if tx.execute(open_row).one_or_none() is None:
        return False
    told = events.append(tx, happened)
    ended = update(table).where(table.c.event == number)
    tx.execute(ended.values(ended_event=told.seq, ended_at=happened.at, **values))
    return True


def with_notes(table: Table) -> Select[Any]:
    """The rows in order, with who and why of both events, as `decided` takes them."""
    made, ended = event_notes.alias(), event_notes.alias()
    joined = table.outerjoin(made, made.c.seq == table.c.event).outerjoin(ended, ended.c.seq == table.c.ended_event)
    noted = (made.c.by, made.c.reason, ended.c.by.label("ended_by"), ended.c.reason.label("ended_reason"))
    return select(table, *noted).select_from(joined).order_by(table.c.event)


def decided(row: Row[Any]) -> Decided:
    return Decided(
        number=row.event,
        at=row.recorded_at,
        by=row.by or "",
        reason=row.reason or "",
        ended_number=row.ended_event,
        ended_at=row.ended_at,
        ended_by=row.ended_by or "",
        ended_reason=row.ended_reason or "",
    )
