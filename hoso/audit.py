"""What `hoso audit` does: prints the head of the history, and proves that nothing was changed behind it (P9)."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path

from store import events
from store.blob_check import check_blobs
from store.carried_head import CarriedHead, HeadTextError, carried_heads, carry
from store.engine import Store
from store.signing import PublicKey, SigningKey
from store.verification import Broken, Removed, Verified, check_records, verify

_MOST = 1000
"""Broken places that are told; the first one is what matters."""


Progress = Callable[[str, int, int], None]
"""Hears what is checked, how many events there are (0: not known), and how many of them are checked."""


def _untold(what: str, whole: int, done: int) -> None:
    del what, whole, done


class Signatures(StrEnum):
    HELD = "all hold"
    NOT_CHECKED = "not checked (give --public-key)"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Carried:
    """Heads from outside this machine."""

    heads: tuple[CarriedHead, ...]
    signatures: Signatures


@dataclass(frozen=True, slots=True)
class Proof:
    chain: Verified
    broken: tuple[Broken, ...]
    """The first place of the chain; or, where that is whole, records that are not what it saw."""
    damaged: tuple[str, ...]
    """Stored messages that are not what they were, in words."""
    removed: Mapping[str, int]
    """Day → of how many events the sealed texts were removed on purpose."""

    @property
    def sound(self) -> bool:
        return not self.broken and not self.damaged


def head_now(store: Store, key: SigningKey | None, at: datetime) -> CarriedHead:
    """Where the history ends now, signed where there is a key; `CarriedHead.text` is the block to keep."""
    with store.reading() as conn:
        return carry(events.head(conn), at, key)


def read_heads(given: Sequence[str], key: PublicKey | None) -> Carried:
    """Each is a file that holds heads, or a head itself. With a key every one has to be signed by it.

    Raises HeadTextError, also for a signature that does not hold.
    """
    heads = tuple(head for text in given for head in _heads(text))
    if key is None:
        return Carried(heads, Signatures.NOT_CHECKED if any(head.signature for head in heads) else Signatures.NONE)
    for head in heads:
        if not head.is_signed_by(key):
            why = "is not signed" if not head.signature else "was changed, or is signed by another key"
            raise HeadTextError(f"the head of event {head.head.seq} {why}: do not trust it")
    return Carried(heads, Signatures.HELD if heads else Signatures.NONE)


def prove(store: Store, carried: Carried, *, blobs: bool, progress: Progress = _untold) -> Proof:
    """Walk the chain, then the records, then the bytes. Changes nothing. Raises StoreError."""
    broken, removed, damaged = list[Broken](), Counter[str](), list[str]()
    with store.reading() as conn:
        whole = events.head(conn).seq
        chain = verify(conn, [one.head for one in carried.heads], partial(progress, "chain", whole))
        records = partial(progress, "records", whole)
        for one in (chain.broken,) if chain.broken else check_records(conn, records):
            if isinstance(one, Removed):
                removed[one.at.date().isoformat()] += 1
            elif len(broken) < _MOST:
                broken.append(one)
        if blobs:
            progress("stored messages", 0, 0)
            damaged += check_blobs(conn, store.blobs)
    return Proof(chain, tuple(broken), tuple(damaged), dict(sorted(removed.items())))


def _heads(given: str) -> list[CarriedHead]:
    try:
        return carried_heads(_text(given))
    except HeadTextError as error:
        where = f"{given} holds no head" if Path(given).is_file() else f"{given[:80]} is no head, and no file"
        raise HeadTextError(f"{where}: {error}") from None


def _text(given: str) -> str:
    """What a file holds; a text that names no file is the head itself."""
    try:
        return Path(given).read_text(encoding="utf-8", errors="replace") if Path(given).is_file() else given
    except OSError as error:
        raise HeadTextError(f"{given[:200]!r} cannot be read: {error.strerror or error}") from None
