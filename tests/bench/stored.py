"""A store that holds many dossiers already: those of a real run, copied row by row under other keys.

What the daily work looks up by (digests, numbers, unions, states) is of the right kind; the bodies of letters and
readings are left out of the copies, and the copied events form no chain.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Column, Table

from store.schema import metadata

_AS_THEY_ARE = {"mailboxes", "chain_head", "series", "confirmed_senders", "extensions"}
_PAYLOAD = {"readings": {"submission": "'{}'"}, "letter_bodies": {"mime": "x''"}}
_MOVED = {
    "events": ("seq", "message_id", "dossier_id", "letter_id"),
    "dossiers": ("arrival_number",),
    "ledger": ("uid",),
}
"""Numbers beyond keys and references that must differ from copy to copy."""
_STEP = 1_000_000


def multiply(database: Path, copies: int) -> None:
    """Add `copies` copies of all that is recorded; number series and the head of the chain go on behind them."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        for copy in range(1, copies + 1):
            for table in metadata.sorted_tables:
                if table.name not in _AS_THEY_ARE:
                    connection.execute(_copying(table), {"copy": copy, "shift": copy * _STEP})
        beyond = (copies + 1) * _STEP
        connection.execute("UPDATE series SET last = last + ?", (beyond,))
        connection.execute("UPDATE chain_head SET seq = seq + ?", (beyond,))
        connection.execute("COMMIT")
        connection.execute("ANALYZE")


def _copying(table: Table) -> str:
    # ids below _STEP are those of the real run
    key = next(iter(table.primary_key.columns)).name
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    values = ", ".join(_copied(table, column) for column in table.columns)
    return f'INSERT INTO "{table.name}" ({names}) SELECT {values} FROM "{table.name}" WHERE "{key}" < {_STEP}'


def _copied(table: Table, column: "Column[object]") -> str:
    name = column.name
    if replaced := _PAYLOAD.get(table.name, {}).get(name):
        return replaced
    if (table.name, name) == ("dossiers", "campaign"):
        return "'earlier-' || :copy"
    refers = {each.target_fullname for each in column.foreign_keys} - {"mailboxes.id"}
    if refers or column.primary_key or name in _MOVED.get(table.name, ()):
        return f'"{name}" + :shift'
    return "lower(hex(randomblob(32)))" if column.unique or name == "content_digest" else f'"{name}"'
