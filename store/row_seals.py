"""What a row says, as one text: its digest in an event ties the row to what the history saw (P9, decision 0055).

A column without a value is left out of the text, so a column that is added later leaves older rows as they were.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table

from dossier.history import canonical
from store.events import moment_text
from store.schema.columns import storable

ROW, END = "row", "end"
"""Names of the digests: of a row as it was made, and of what its end wrote into it."""
ENDING = frozenset({"ended_event", "ended_at", "outcome"})
"""Columns that are written by the event that ends a decision (`store.decided`)."""


def row_text(table: Table, row: Mapping[str, Any], leave: Collection[str] = ()) -> str:
    """The columns of the table that have a value, but for those in `leave`; one spelling for equal rows."""
    names = (column.name for column in table.columns if column.name not in leave)
    return canonical({name: _plain(row[name]) for name in names if row.get(name) is not None}).decode()


def rows_text(table: Table, rows: Iterable[Mapping[str, Any]], leave: Collection[str] = ()) -> str:
    """The same of several rows, whatever their order."""
    return "\n".join(sorted(row_text(table, row, leave) for row in rows))


def made_text(table: Table, row: Mapping[str, Any]) -> str:
    """A decision's row as it was made: without its number, which is the event's, and without its end."""
    return row_text(table, row, leave={"event", *ENDING})


def end_text(table: Table, row: Mapping[str, Any]) -> str:
    """What the end of a decision wrote, and into which row."""
    left = {column.name for column in table.columns} - {"event", "ended_at", "outcome"}
    return row_text(table, row, leave=left)


def _plain(value: Any) -> str | int | bool:
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return storable(value) if isinstance(value, str) else value
