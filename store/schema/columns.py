"""Kinds of columns that every table is made of."""

import re
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    CursorResult,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Text,
)
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
LargeInteger = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows itself only in an INTEGER column


def storable(text: str) -> str:
    """NUL and lone surrogates, which PostgreSQL and UTF-8 cannot hold, as U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text)


def indexable(text: str) -> str:
    """The beginning of a text from outside: PostgreSQL refuses entries over 2,704 bytes in an index."""
    return text[:500]


class Moment(TypeDecorator[datetime]):
    """A time in UTC to the microsecond; a naive one is refused (P3)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"no time zone: {value!r}")
        return value.astimezone(UTC)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text that may come from outside: what cannot be stored is replaced, nothing else is changed."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


def identity() -> Column[int]:
    """The row's number; never given again, since the history speaks of it."""
    return Column("id", LargeInteger, primary_key=True, autoincrement=True)


def refers(name: str, target: str, *, nullable: bool = False, index: bool = False) -> Column[int]:
    """The number of a row of another table: "messages.id"."""
    return Column(name, LargeInteger, ForeignKey(target), nullable=nullable, index=index)


def words(name: str, *, nullable: bool = False, unique: bool = False, index: bool = False) -> Column[str]:
    return Column(name, Words, nullable=nullable, unique=unique or None, index=index)


def moment(name: str, *, nullable: bool = False) -> Column[datetime]:
    return Column(name, Moment, nullable=nullable)


def day(name: str, *, nullable: bool = False) -> Column[date]:
    return Column(name, Date, nullable=nullable)


def number(name: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, LargeInteger, nullable=nullable)


def truth(name: str, *, nullable: bool = False) -> Column[bool]:
    return Column(name, Boolean, nullable=nullable)


def octets(name: str) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=False)


def new_id(inserted: CursorResult[Any]) -> int:
    """The number that the database gave to the one row of an insert."""
    key = inserted.inserted_primary_key
    if key is None:
        raise ValueError("not the insert of one row")
    return int(key[0])
