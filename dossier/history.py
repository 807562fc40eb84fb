"""An append-only history chained by hash (P9): any edit, deletion or reordering breaks it, and a known head any cut.

Pure: events are JSON values, the store keeps them with their hashes.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

GENESIS = "0" * 64
"""What stands before the first event."""


class HistoryError(ValueError):
    """An event that has no canonical form: the caller has to make it of texts, whole numbers, lists and objects."""


def canonical(event: Mapping[str, object]) -> bytes:
    """One spelling for equal events (in the manner of RFC 8785): sorted keys, no white space, UTF-8.

    Raises HistoryError for anything but str, int, bool, None, lists and objects with text keys: a float or a time has
    more than one spelling.
    """
    _check(event)
    try:
        return json.dumps(event, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError as error:
        raise HistoryError(f"an event holds text that is no Unicode: {error}") from error


def _check(value: object) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise HistoryError(f"an event's keys are texts, not {key!r}")
            _check(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check(inner)
    elif value is not None and not isinstance(value, str | int):
        raise HistoryError(f"an event holds texts and whole numbers, not {type(value).__name__}: {value!r}")


def next_hash(previous_hash: str, event: Mapping[str, object]) -> str:
    """SHA-256, in hex, of the hash before and the event: 64 digits, a line feed, the canonical event."""
    if len(previous_hash) != len(GENESIS) or set(previous_hash) - set("0123456789abcdef"):
        raise HistoryError(f"not a hash of this history: {previous_hash!r}")
    return hashlib.sha256(previous_hash.encode() + b"\n" + canonical(event)).hexdigest()


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where the history does not hold."""

    place: int
    """Number of the event, from 1; one past the last where the head is another."""
    expected: str
    found: str


def verify(events: Iterable[tuple[Mapping[str, object], str]], head: str | None = None) -> Break | None:
    """Check (event, its recorded hash) from the first on; None where all holds.

    `head` is the last hash as carried out of the machine: the history has to end with it, or to pass through it where
    events came since.
    """
    previous, place, passed = GENESIS, 0, head is None or head == GENESIS
    for place, (event, recorded) in enumerate(events, 1):
        expected = next_hash(previous, event)
        if expected != recorded:
            return Break(place, expected, recorded)
        previous = recorded
        passed = passed or recorded == head
    return None if passed else Break(place + 1, head or GENESIS, previous)
