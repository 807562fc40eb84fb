"""What a migration does row by row: in parts, told as they are done, so that a large store does not look hung."""

import time
from collections.abc import Mapping
from typing import Any

import structlog
from sqlalchemy import Connection, text

_log = structlog.stdlib.get_logger(__name__)
_PART = 10_000
"""Keys of one statement."""
_SECONDS = 5.0
"""Between two lines."""


def in_parts(connection: Connection, table: str, key: str, statement: str, what: str, **given: Any) -> None:
    """Run it for all keys of the table, from :first up to :last each time; what is done so far goes to the log."""
    lowest, highest = connection.execute(text(f"SELECT min({key}), max({key}) FROM {table}")).one()  # noqa: S608
    if lowest is None:
        return
    told, asked = time.monotonic(), text(statement)
    if highest - lowest >= _PART:
        step(what)
    for first in range(lowest, highest + 1, _PART):
        part: Mapping[str, Any] = {**given, "first": first, "last": first + _PART - 1}
        connection.execute(asked, part)
        if first + _PART <= highest and time.monotonic() - told >= _SECONDS:
            step(what, f"{100 * (first + _PART - lowest) // (highest + 1 - lowest)}%")
            told = time.monotonic()


def begins(connection: Connection, table: str, what: str) -> None:
    """Say so, where the table is long: what the database does in one statement nobody can be told the progress of."""
    rows = connection.execute(text(f"SELECT count(*) FROM (SELECT FROM {table} LIMIT {_PART}) AS one")).scalar_one()  # noqa: S608
    if rows >= _PART:
        step(what)


def step(what: str, done: str = "begins") -> None:
    """One line of what an upgrade does just now."""
    _log.info("upgrading the records", step=what, done=done)
