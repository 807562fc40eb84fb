"""P9: what is changed in a record behind the program's back is named, column by column, or said here to be untold."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import zip_longest
from typing import Any, NoReturn

import pytest
from sqlalchemy import Column, Connection, delete, func, select, text, update
from support.store_full import fill

from store.engine import Store
from store.errors import PermanentStoreError
from store.record_check import verify_records
from store.record_sources import TOLD
from store.schema.columns import metadata
from store.verification import verify

_CHAIN = "of the chain itself: tests/store/test_history.py and test_forgery.py change each of its columns"
_WORKING = "what the service works with from one minute to the next; nothing is decided by it later"
UNTOLD: dict[str, dict[str, str]] = {
    **{name: {"*": _CHAIN} for name in ("events", "event_salts", "chain_head", "series")},
    **{name: {"*": _WORKING} for name in ("alarms", "alarm_mails", "polls", "backup_runs", "mailboxes")},
    "reconciliations": {"*": "a report of what was compared; what it found has events of its own"},
    "initiative_marks": {"*": "an index, drawn anew from the initiatives"},
    "dossier_words": {"*": "an index, drawn anew from documents and initiatives"},
    "messages": {
        "size": "of bytes whose SHA-256 is checked",
        "content_digest": "drawn from the reading, which is checked",
        "first_seen_at": "the arrival is an event of its own, with its time",
        "erased_at": "the removal is an event; without it the bytes are looked for",
    },
    "ledger": {
        "flagged_at": "whether a flag was set on the server; lost, it is set again",
        "failed_under": "which program failed: it is tried again under another",
    },
    "readings": {
        "reader": "stands in the reading itself, too, which is checked",
        "read_at": "the settling is an event of its own, with its time",
    },
    "letters": {
        "key": "keeps the same letter from being written twice; a letter more has no event",
        "sender_key": "counts letters of a day; drawn from the recipient",
        **dict.fromkeys(("stranger", "by_hand", "owner", "lease_until", "next_attempt_at"), _WORKING),
        "subject": "stands in the letter itself, whose bytes are checked",
        "reason": "said in words of a relay; the state is checked",
        "reply": "said in words of a relay; the state is checked",
        "created_at": "the letter's queueing is an event of its own, with its time",
        "superseded_by": "which letter says it instead; the state is checked",
    },
    "dossiers": {"came_at": "for sorting; drawn from received_at and created_at"},
    "initiatives": dict.fromkeys(
        ("campaign", "author_folded", "title_folded", "text_folded"), "for search; drawn anew from the cells"
    ),
    "waiting": {"address": "for looking up; stands in the reading of the message, which is checked"},
    "confirmed_senders": {},
    "digests": {"slot": "when it was due; since, until are checked"},
    "reminders": {"day": "the event is of that day", "at": "the event has the time"},
    "snapshot_rows": {},
    "snapshots": {"recorded_at": "the event has the time"},
}
"""Table → column → why no event tells of it. "*": the whole table."""
_NUMBERED = {"id", "seq", "event"}
"""What a row is known by: without it there is another row, and one is missing."""
_ALSO_NAMED = {"letter_bodies": "the bytes of letter", "snapshot_rows": "the rows of snapshot"}


class _UndoError(Exception):
    """Ends a transaction that was only tried."""


@pytest.fixture
def full(store: Store, now: datetime) -> Store:
    with store.writing() as tx:
        fill(tx, now)
    return store


def told(column: Column[Any]) -> bool:
    untold = UNTOLD.get(column.table.name, {})
    return "*" not in untold and column.name not in untold and column.name not in _NUMBERED


def other(tx: Connection, column: Column[Any], value: Any) -> Any:
    """A value that the database takes in place of this one."""
    for key in column.foreign_keys:
        of = key.column
        found = tx.execute(select(of).where(of != (0 if value is None else value)).order_by(of.desc()).limit(1))
        return found.scalar_one_or_none()
    kind = column.type.python_type if value is None else type(value)
    changes: dict[type, Any] = {
        bool: not value,
        int: (value or 0) + 10_007 if not isinstance(value, str | bytes | date) else None,
        str: str(value).replace("true", "false") if "true" in str(value) else f"{value or ''} ",
        bytes: b"x",
        datetime: value + timedelta(seconds=1)
        if isinstance(value, datetime)
        else datetime.fromisoformat("2021-01-01T00:00Z"),
        date: value + timedelta(days=1) if isinstance(value, date) else date(2021, 1, 1),
    }
    return changes.get(kind, changes[str])


def _undo() -> NoReturn:
    raise _UndoError


@contextmanager
def tried(store: Store) -> Iterator[Connection]:
    """A transaction of somebody else, which is taken back."""
    try:
        with store.writing() as tx:
            yield tx
            _undo()
    except _UndoError:
        return


def changed(tx: Connection, column: Column[Any]) -> None:
    """The first row of the table that has a value there has another one."""
    table = column.table
    key = list(table.primary_key.columns)
    row = tx.execute(select(table).order_by(column.is_(None), *key).limit(1)).mappings().one()
    mine = [one == row[one.name] for one in key]
    tx.execute(update(table).where(*mine).values({column.name: other(tx, column, row[column.name])}))


def missed(store: Store, columns: Sequence[Column[Any]]) -> list[Column[Any]]:
    """Of these columns, changed together, those of tables that are not named; what the database refuses is found."""
    try:
        with tried(store) as tx:
            for column in columns:
                changed(tx, column)
            found = [one.reason for one in verify_records(tx)]
    except PermanentStoreError:
        return [] if len(columns) == 1 else list(columns)
    names = {column: _ALSO_NAMED.get(column.table.name, column.table.name) for column in columns}
    return [column for column in columns if not any(names[column] in reason for reason in found)]


def test_the_store_that_is_tampered_with_is_sound_before(full: Store) -> None:
    with full.reading() as conn:
        assert verify(conn).broken is None
        assert list(verify_records(conn)) == []


def test_every_table_that_is_told_of_has_rows_to_tamper_with(full: Store) -> None:
    with full.reading() as conn:
        for table in metadata.sorted_tables:
            if any(map(told, table.columns)):
                assert conn.execute(select(func.count()).select_from(table)).scalar_one(), table.name


def test_every_column_of_every_record_is_checked_or_said_not_to_be(full: Store) -> None:
    together = zip_longest(*([*filter(told, table.columns)] for table in metadata.sorted_tables))
    left = [column for columns in together for column in missed(full, [one for one in columns if one is not None])]
    assert [f"{column.table.name}.{column.name}" for column in left if missed(full, [column])] == []


def test_a_row_that_is_gone_is_found(full: Store) -> None:
    for table in {table.name: table for table in TOLD.values()}.values():
        with tried(full) as tx:
            if tx.dialect.name == "sqlite":
                tx.execute(text("PRAGMA defer_foreign_keys = ON"))
            else:
                tx.execute(text("SET session_replication_role = replica"))
            first, *_ = table.primary_key.columns
            tx.execute(delete(table).where(first == select(func.max(first)).scalar_subquery()))
            assert any(table.name in one.reason for one in verify_records(tx)), table.name
