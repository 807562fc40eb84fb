"""What each kind of database needs to keep the promises: settings of a connection, and one writer at a time."""

import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, select
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.exc import ArgumentError
from typing_extensions import override

from store.errors import PermanentStoreError
from store.schema.history import chain_head

WAIT_SECONDS = 30
"""How long a writer waits for another one before the error is a TemporaryStoreError."""
_TRIES_A_SECOND = 20
_BEGIN = "hoso_begin"


class _WithHints(SQLiteCompiler):
    """Writes what `with_hint` says of a table (INDEXED BY …), which SQLAlchemy leaves out for SQLite."""

    @override
    def get_from_hint_text(self, table: Any, text: Any) -> Any:
        return text


def parse_url(url: str) -> URL:
    """`sqlite:///PATH` or `postgresql://USER:PASSWORD@HOST/NAME`, which no error quotes. Raises PermanentStoreError."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise PermanentStoreError(
            "the store's URL cannot be read: write sqlite:///PATH or postgresql://USER@HOST/NAME"
        ) from None
    kind = parsed.drivername.partition("+")[0]
    if kind in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    if kind == "sqlite" and parsed.database not in {None, "", ":memory:"}:
        return parsed.set(drivername="sqlite")
    raise PermanentStoreError(
        f"the store cannot be on {kind!r} (or in memory): write sqlite:///PATH or postgresql://USER@HOST/NAME"
    )


def make_engine(url: URL) -> Engine:
    """An engine that opens nothing yet. Values never stand in its errors (P12)."""
    if url.drivername == "sqlite":
        engine = create_engine(url, hide_parameters=True, connect_args={"timeout": WAIT_SECONDS})
        engine.dialect.statement_compiler = _WithHints
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(
            url, hide_parameters=True, pool_pre_ping=True, connect_args={"connect_timeout": WAIT_SECONDS}
        )
        event.listen(engine, "connect", _set_up_postgresql)
    return engine


def read_only_engine(file: Path) -> Engine:
    """For a copy that nobody writes to: not a byte of it, nor a file beside it, is changed by looking."""

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)

    return create_engine("sqlite://", creator=connect, hide_parameters=True)


def writer(engine: Engine) -> Engine:
    """The same engine for transactions that write: on SQLite they take the lock at once, so none fails half-way."""
    return engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})


def reader(engine: Engine) -> Engine:
    """The same engine for transactions that read one state of the whole store."""
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def take_turn(tx: Connection) -> None:
    """Wait until no other transaction writes: the event chain and the number series have one writer at a time.

    SQLite's BEGIN IMMEDIATE has seen to it already. Raises PermanentStoreError where the store was never set up.
    """
    if tx.dialect.name != "sqlite":
        row = tx.execute(select(chain_head.c.seq).where(chain_head.c.id == 1).with_for_update()).one_or_none()
        if row is None:
            raise PermanentStoreError("the head of the chain is gone: restore the latest backup")


def sqlite_file(url: URL) -> Path | None:
    """Where the database lies; None for a server."""
    return Path(url.database) if url.drivername == "sqlite" and url.database else None


def _set_up_sqlite(connection: sqlite3.Connection, record: object) -> None:
    del record
    connection.isolation_level = None  # transactions begin where _begin_sqlite says, not at the driver's guess
    connection.execute(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}")
    _log_ahead(connection)
    for pragma in (
        "synchronous = FULL",  # a commit is on the disk when it returns (P1, P6)
        "foreign_keys = ON",
        "journal_size_limit = 67108864",  # a long read lets the log grow; afterwards it is cut back to this
        "cache_size = -32768",  # KiB; indexes of digests are hit at random, and 2 MiB is too little for a million
    ):
        connection.execute(f"PRAGMA {pragma}")


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Write-ahead logging. Whoever opens a new file while another changes it so is refused at once, without waiting."""
    for _ in range(WAIT_SECONDS * _TRIES_A_SECOND):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(1 / _TRIES_A_SECOND)
        else:
            return
    connection.execute("PRAGMA journal_mode = WAL")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN"))


def _set_up_postgresql(connection: Any, record: object) -> None:
    del record
    settings = {
        "synchronous_commit": "on",  # whatever the server's default is (P1, P6)
        "lock_timeout": f"{WAIT_SECONDS}s",
        "idle_in_transaction_session_timeout": "5min",  # a machine that vanished gives its turn back
        "timezone": "UTC",
    }
    with connection.cursor() as cursor:
        for name, value in settings.items():
            cursor.execute("SELECT set_config(%s, %s, false)", (name, value))
    connection.commit()
