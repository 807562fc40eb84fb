"""A database that fails at one of its writes: the n-th statement, or the n-th commit, refused or unanswered."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import psycopg
from sqlalchemy import event

from store.engine import Store


class Fault(StrEnum):
    FULL = "full"
    """The disk is full: the statement or the commit is refused."""
    BROKEN = "broken"
    """The disk fails: the same."""
    UNANSWERED = "unanswered"
    """A commit is made, and its answer is lost; a statement is refused."""


class _Refused(sqlite3.OperationalError):
    """As the module raises it: with the code that the class itself does not take."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(words)
        self.sqlite_errorcode = code


_ERRORS: dict[tuple[str, Fault], Exception] = {
    ("sqlite", Fault.FULL): _Refused(sqlite3.SQLITE_FULL, "database or disk is full"),
    ("sqlite", Fault.BROKEN): _Refused(sqlite3.SQLITE_IOERR, "disk I/O error"),
    ("sqlite", Fault.UNANSWERED): _Refused(sqlite3.SQLITE_IOERR | 4 << 8, "disk I/O error"),  # SQLITE_IOERR_FSYNC
    ("postgresql", Fault.FULL): psycopg.errors.DiskFull("could not extend file: No space left on device"),
    ("postgresql", Fault.BROKEN): psycopg.errors.IoError("could not write block: Input/output error"),
    ("postgresql", Fault.UNANSWERED): psycopg.errors.AdminShutdown("terminating connection"),
}
_WRITES = ("INSERT", "UPDATE", "DELETE", "BEGIN", "LOCK", "SELECT pg_advisory")


@dataclass
class Failing:
    """Counts writes while it is armed; the one that is meant fails, once."""

    dialect: str
    fault: Fault = Fault.FULL
    left: int = 0
    """Of how many writes the last one fails."""
    fired: str = ""
    """What failed."""
    seen: list[str] = field(default_factory=list)

    def arm(self, nth: int, fault: Fault) -> None:
        self.left, self.fault, self.fired = nth, fault, ""

    def at(self, what: str) -> bool:
        """Whether this write is the one."""
        if self.left <= 0:
            return False
        self.left -= 1
        self.fired = what if self.left == 0 else ""
        return self.left == 0

    def refuse(self, what: str) -> None:
        if self.at(what):
            raise _ERRORS[self.dialect, self.fault]


@contextmanager
def failing(store: Store) -> Iterator[Failing]:
    """The store's database may fail as it is told."""
    engine = store._engine
    fails = Failing(engine.dialect.name)

    def statement(cursor: object, words: str, *rest: object) -> None:
        del cursor, rest
        if words.lstrip().startswith(_WRITES):
            fails.refuse(" ".join(words.split()[:4]))

    commit = engine.dialect.do_commit

    def do_commit(connection: Any) -> None:
        if fails.left == 1 and fails.fault is Fault.UNANSWERED:
            commit(connection)
        fails.refuse("COMMIT")
        commit(connection)

    names = ("do_execute", "do_executemany", "do_execute_no_params")
    for name in names:
        event.listen(engine, name, statement)
    engine.dialect.do_commit = do_commit  # type: ignore[method-assign]
    try:
        yield fails
    finally:
        for name in names:
            event.remove(engine, name, statement)
        engine.dialect.do_commit = commit  # type: ignore[method-assign]
