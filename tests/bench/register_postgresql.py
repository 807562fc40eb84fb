"""The store of the register bench on PostgreSQL: the same rows, copied out of the SQLite file."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Boolean, Column, Table
from support.postgresql import Server

from store.engine import Store, open_store
from store.schema import metadata
from store.schema.columns import Moment


def processor(store: Store) -> Callable[[], float]:
    """Seconds of processor that the server has spent so far on the store's connection; none on SQLite."""
    with store.reading() as conn:
        if conn.dialect.name == "sqlite":
            return lambda: 0.0
        pid = conn.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    told = Path(f"/proc/{pid}/schedstat")
    return lambda: int(told.read_text().split()[0]) / 1e9


def copied(server: Server, file: Path, name: str, tell: Callable[[str], None]) -> Store:
    """A new database with the records of the file; indexes are built at the end, the planner's statistics after that.

    The blobs are the file's own.
    """
    url = server.create(name)
    store = open_store(url, file.with_suffix(".blobs"))
    store.upgrade()
    with psycopg.connect(f"host={server.folder} user=hoso dbname={name}", autocommit=True) as target:
        target.execute("SET session_replication_role = replica")  # no triggers, no foreign keys meanwhile
        target.execute("SET maintenance_work_mem = '512MB'")
        later = _set_aside(target)
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as source:
            for table in metadata.sorted_tables:
                tell(f"PostgreSQL, {name}: {table.name}")
                _copy(source, target, table)
        for place, statement in enumerate(later, start=1):
            tell(f"PostgreSQL, {name}: index {place} of {len(later)}")
            target.execute(statement)
        # parallel workers are processes of their own, whose time nobody would count
        alone = sql.SQL("ALTER DATABASE {} SET max_parallel_workers_per_gather = 0")
        target.execute(alone.format(sql.Identifier(name)))
        target.execute("VACUUM (ANALYZE)")
    return store


def _set_aside(target: psycopg.Connection[Any]) -> list[Any]:
    """Indexes that are no constraint are dropped; returns what makes them again."""
    rows = target.execute(
        "SELECT i.indexname, i.indexdef FROM pg_indexes i WHERE i.schemaname = 'public'"
        " AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conname = i.indexname)"
    ).fetchall()
    for name, _ in rows:
        target.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    return [made for _, made in rows]


def _copy(source: sqlite3.Connection, target: psycopg.Connection[Any], table: Table) -> None:
    names = [column.name for column in table.columns]
    quoted = ", ".join(f'"{name}"' for name in names)
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    target.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table.name)))  # what the migrations put there
    with target.cursor().copy(into) as rows:
        for row in source.execute(f'SELECT {quoted} FROM "{table.name}"'):
            rows.write_row(list(_values(table, row)))


def _values(table: Table, row: tuple[Any, ...]) -> Iterator[Any]:
    for column, value in zip(table.columns, row, strict=True):
        yield _value(column, value)


def _value(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, Boolean):
        return bool(value)
    if isinstance(column.type, Moment):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return value
