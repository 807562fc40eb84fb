"""What the tables of decisions share: a row is numbered by the event that made it, and ends by another (P9).

Who decided and why stand in the notes of the two events.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, insert, select, update

from dossier.decisions import Span
from store import events
from store.row_seals import END, ROW, end_text, made_text
from store.schema.decisions import corrections, objections, paper_copies, rulings
from store.schema.history import event_notes

_WORDS: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (paper_copies, ("received_by", "note")),
    (objections, ("initiative", "author", "title", "raised_by")),
    (rulings, ("settled",)),
    (corrections, ("document", "anchor", "reading", "value")),
)
"""Tables of decisions → columns that may hold a person's words (store.personal)."""


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
    row = {**values, "recorded_at": happened.at}
    told = events.append(tx, replace(happened, sealed={**happened.sealed, ROW: made_text(table, row)}))
    tx.execute(insert(table), {**row, "event": told.seq})
    return told.seq


def end(tx: Connection, table: Table, number: int, happened: events.Event, **values: Any) -> bool:
    """Append the event that ends a decision; False, and nothing is written, where it does not stand."""
    open_row = select(table.c.event).where(table.c.event == number, table.c.ended_at.is_(None))
    if tx.execute(open_row).one_or_none() is None:
        return False
    text = end_text(table, {"event": number, "ended_at": happened.at, **values})
    told = events.append(tx, replace(happened, sealed={**happened.sealed, END: text}))
    ended = update(table).where(table.c.event == number)
    tx.execute(ended.values(ended_event=told.seq, ended_at=happened.at, **values))
    return True


def bare_decisions(tx: Connection, *, event: int | None = None, of_dossier: int | None = None) -> None:
    """Take out the words of one decision, or of all of a dossier; that it was made, and when, stays."""
    for table, columns in _WORDS:
        mine = table.c.event == event if event is not None else table.c.dossier_id == of_dossier
        tx.execute(update(table).where(mine).values(dict.fromkeys(columns, "")))


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
