"""Turns what a database driver raises into a StoreError that says what to do.

Values of rows never reach the text: PostgreSQL's DETAIL lines, which quote them, are left out (P12).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from store.errors import PermanentStoreError, StoreError, TemporaryStoreError

# https://www.sqlite.org/rescode.html, primary codes
_SQLITE_TEMPORARY = {
    sqlite3.SQLITE_BUSY: "another process holds the database: try again",
    sqlite3.SQLITE_LOCKED: "another connection holds the table: try again",
    sqlite3.SQLITE_FULL: "the disk is full: free space and try again",
    sqlite3.SQLITE_IOERR: "the disk failed to read or write: look at it, then try again",
    sqlite3.SQLITE_NOMEM: "out of memory: try again",
}
_SQLITE_PERMANENT = {
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: check that its folder exists and belongs to this user",
    sqlite3.SQLITE_READONLY: "cannot be written, or a file beside it: check the owner of both and the mount. To look "
    "alone needs that, too; who may only look takes a backup",
    sqlite3.SQLITE_PERM: "may not be used: check its owner",
    sqlite3.SQLITE_CORRUPT: "is damaged: stop the service and restore the latest backup",
    sqlite3.SQLITE_NOTADB: "is no database: check the URL",
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html: whole codes first, then classes
_POSTGRESQL_TEMPORARY = {
    "55P03": "another process holds the row: try again",
    "57014": "the statement took too long: try again",
    "40": "two transactions met: try again",
    "08": "the connection was lost: try again",
    "53": "the server is out of disk, memory or connections: free some and try again",
    "58": "the server's disk failed to read or write: look at it, then try again",
    "57": "the server is stopping or starting: try again",
    "25P03": "the transaction stood idle too long: try again",
}
_POSTGRESQL_PERMANENT = {
    "28": "the server refuses this user: check name and password in the URL",
    "25006": "the server takes no writes: let the URL name the one that does, not a copy of it",
    "3D": "there is no such database: create it, or check the URL",
    "42P01": "the tables are not there: run the upgrade of the store",
    "42501": "this user may not do that: grant it the rights on its schema",
}
_REFUSED_AT_LOGIN = {
    "authentication failed": _POSTGRESQL_PERMANENT["28"],
    "no password supplied": _POSTGRESQL_PERMANENT["28"],
    "no pg_hba.conf entry": _POSTGRESQL_PERMANENT["28"],
    "not permitted to log in": _POSTGRESQL_PERMANENT["28"],
    'role "': _POSTGRESQL_PERMANENT["28"],
    'database "': _POSTGRESQL_PERMANENT["3D"],
    "invalid connection option": "the URL cannot be used: check what stands in it after the question mark",
}
"""What the server says before there is a connection comes as words alone, without a code."""


@contextmanager
def translated(file: Path | None = None) -> Iterator[None]:
    """Raise StoreError in place of any SQLAlchemy error within; `file`: the database, where it is one of SQLite."""
    try:
        yield
    except PoolTimeoutError:
        raise TemporaryStoreError("every connection to the store is in use: try again") from None
    except DBAPIError as error:
        raise store_error(error, file) from None
    except SQLAlchemyError as error:
        raise PermanentStoreError(f"the store was used wrongly: {type(error).__name__}: {error}") from error


def store_error(error: DBAPIError, file: Path | None = None) -> StoreError:
    """The StoreError for what the driver raised; the statement, without its values, is added as a note."""
    told = _sqlite(error.orig, file) if isinstance(error.orig, sqlite3.Error) else _postgresql(error)
    if error.statement:
        told.add_note(f"statement: {error.statement}")
    return told


def _sqlite(orig: sqlite3.Error, file: Path | None) -> StoreError:
    code = getattr(orig, "sqlite_errorcode", 0) & 0xFF
    if code in _SQLITE_TEMPORARY:
        return TemporaryStoreError(f"{_SQLITE_TEMPORARY[code]} ({orig})")
    if code in _SQLITE_PERMANENT:
        return PermanentStoreError(f"the database {file or 'file'} {_SQLITE_PERMANENT[code]} ({orig})")
    if "no such table" in str(orig):
        return PermanentStoreError(f"the tables are not there: run the upgrade of the store ({orig})")
    return PermanentStoreError(f"the database refused: {orig}")


def _postgresql(error: DBAPIError) -> StoreError:
    code = getattr(error.orig, "sqlstate", None) or ""
    primary = _primary(error)
    for known, advice in _POSTGRESQL_TEMPORARY.items():
        if code.startswith(known):
            return TemporaryStoreError(f"{advice} ({primary})")
    for known, advice in _POSTGRESQL_PERMANENT.items():
        if code.startswith(known):
            return PermanentStoreError(f"{advice} ({primary})")
    if error.connection_invalidated:
        return TemporaryStoreError(f"the connection to the database was lost: try again ({primary})")
    if not code:
        return _not_connected(primary)
    return PermanentStoreError(f"the database refused: {primary} [{code}]")


def _not_connected(primary: str) -> StoreError:
    for words, advice in _REFUSED_AT_LOGIN.items():
        if words in primary:
            return PermanentStoreError(f"{advice} ({primary})")
    return TemporaryStoreError(
        f"the database cannot be reached: see that it runs and that the URL names it, then try again ({primary})"
    )


def _primary(error: DBAPIError) -> str:
    diagnosis = getattr(error.orig, "diag", None)
    message = getattr(diagnosis, "message_primary", None) or str(error.orig)
    return message.strip().splitlines()[0] if message.strip() else type(error.orig).__name__
