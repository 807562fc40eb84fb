"""FETCH: which messages go together, and what an answer must hold to count as the message.

An answer that holds less is "not done": the message is told as unfetched, never taken for an empty one (FAULTS.md, 28).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from enum import StrEnum
from typing import Any

SIZE = "RFC822.SIZE"
DATE = "INTERNALDATE"
WHOLE = "BODY.PEEK[]"


class Why(StrEnum):
    """Why a message was not fetched."""

    GONE = "gone"
    """No longer in the folder: a person moved or deleted it."""
    EMPTY = "empty"
    """The server answered without its content."""
    REFUSED = "refused"
    """The server answered NO."""


@dataclass(frozen=True, slots=True)
class Unfetched:
    """A message that was asked for and did not come: it must be asked for again, or be accounted for as gone (P5)."""

    uid: int
    why: Why
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """The content as the server holds it, and when the server received it."""

    uid: int
    content: bytes
    internal_date: datetime | None


def batches(sizes: Mapping[int, int], most_messages: int, most_bytes: int) -> Iterator[tuple[int, ...]]:
    """Groups of UIDs, in ascending order, within both limits; a message beyond the limit of bytes stands alone."""
    batch: list[int] = []
    total = 0
    for uid in sorted(sizes):
        if batch and (len(batch) >= most_messages or total + sizes[uid] > most_bytes):
            yield tuple(batch)
            batch, total = [], 0
        batch.append(uid)
        total += sizes[uid]
    if batch:
        yield tuple(batch)


def chunks(uids: Iterable[int], length: int) -> Iterator[Sequence[int]]:
    """UIDs in ascending order, each once, in pieces that fit into one command line."""
    ordered = sorted(set(uids))
    for start in range(0, len(ordered), length):
        yield ordered[start : start + length]


def size_in(answer: Mapping[bytes, Any]) -> int | None:
    """RFC822.SIZE in bytes, where the answer holds one."""
    size = answer.get(b"RFC822.SIZE")
    return size if isinstance(size, int) and size >= 0 else None


def part_in(answer: Mapping[bytes, Any], start: int) -> bytes | None:
    """The content of `BODY[]<start>`; fewer bytes than were asked for mean the end of the message."""
    part = answer.get(b"BODY[]<%d>" % start)
    return part if isinstance(part, bytes) else None


def message_in(uid: int, answer: Mapping[bytes, Any]) -> Fetched | None:
    """The message, where the answer holds all of it.

    The stated size is not compared with the real one: Exchange counts before it converts. But a message whose size is
    stated and whose content is empty did not come.
    """
    content = answer.get(b"BODY[]")
    if not isinstance(content, bytes) or (not content and size_in(answer) != 0):
        return None
    return Fetched(uid, content, date_in(answer))


def date_in(answer: Mapping[bytes, Any]) -> datetime | None:
    """INTERNALDATE with the offset that the server gave (RFC 9051, 6.4.5); None where it cannot be read."""
    moment = answer.get(b"INTERNALDATE")
    if not isinstance(moment, datetime):
        return None
    try:
        offset = moment.utcoffset()
        return None if offset is None else moment.replace(tzinfo=timezone(offset))
    except ValueError:  # an offset of a day or more
        return None
