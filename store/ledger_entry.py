"""What a row of the ledger says, and how it is read from the tables (P5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from dossier.model import Position, RawMessage
from dossier.moments import require_zone
from store.schema.mail import ledger, mailboxes, messages


class State(StrEnum):
    RECEIVED = "received"
    SETTLED = "settled"


class Outcome(StrEnum):
    """What became of a message. Every one of the mailbox has exactly one (P5)."""

    JOINED = "joined"
    """Made or changed a dossier, or was kept as its late supplement."""
    WAITING = "waiting"
    """A stranger's, or of no clear campaign: it waits for a person."""
    IGNORED = "ignored"
    """A machine's, with nothing dossier-like."""
    CORRESPONDENCE = "correspondence"
    DELIVERY_REPORT = "delivery-report"
    """Tells of a letter of ours that did not arrive."""
    DUPLICATE = "duplicate-of"
    """The same bytes, or the same mail over another way: see `duplicate_of`."""
    BEFORE_CAMPAIGN = "before-campaign"
    RECORDED_ONLY = "recorded-only"
    """Was there at the first poll of a mailbox that was not to be answered (P7)."""
    QUARANTINED = "quarantined"
    """It failed; see `error`. It can be tried again (P4)."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """The facts of a message whose bytes are durable."""

    sha256: str
    size: int
    source: str
    fetched_at: datetime
    position: Position | None = None
    internal_date: datetime | None = None

    def __post_init__(self) -> None:
        require_zone(fetched_at=self.fetched_at, internal_date=self.internal_date)

    @classmethod
    def of(cls, raw: RawMessage, sha256: str) -> "Arrival":
        """`sha256` is what `Blobs.put` returned: the proof that the bytes are stored."""
        return cls(sha256, len(raw.content), raw.source, raw.fetched_at, raw.position, raw.internal_date)


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    id: int
    message_id: int
    sha256: str
    size: int
    position: Position | None
    source: str
    internal_date: datetime | None
    """Of this place; another copy of the message may have another."""
    arrived_at: datetime
    state: State
    outcome: Outcome | None
    duplicate_of: int | None
    """Number of the message that counts instead."""
    dossier_id: int | None
    detail: str
    error: str | None
    attempts: int
    """How often it failed."""
    settled_at: datetime | None
    flagged_at: datetime | None
    """When it was recorded that the server's flag is set."""
    failed_under: str | None = None
    """The program that it failed under: what was mended since may read it."""
    gone_at: datetime | None = None
    """When it was first missed on the server: a person moved or deleted it. It stays on record."""
    new: bool = False
    """This call made the row."""


def select_entries() -> Select[Any]:
    joined = ledger.join(messages, messages.c.id == ledger.c.message_id).outerjoin(
        mailboxes, mailboxes.c.id == ledger.c.mailbox_id
    )
    box = mailboxes.c
    return select(ledger, messages.c.sha256, messages.c.size, box.account, box.folder, box.uidvalidity).select_from(
        joined
    )


def all_entries(
    conn: Connection, asked: Select[Any], values: Mapping[str, Any] = MappingProxyType({})
) -> list[LedgerEntry]:
    return [_entry(row) for row in conn.execute(asked, values)]


def _entry(row: Row[Any]) -> LedgerEntry:
    placed = row.mailbox_id is not None
    return LedgerEntry(
        id=row.id,
        message_id=row.message_id,
        sha256=row.sha256,
        size=row.size,
        position=Position(row.account, row.folder, row.uidvalidity, row.uid) if placed else None,
        source=row.source,
        internal_date=row.internal_date,
        arrived_at=row.arrived_at,
        state=State(row.state),
        outcome=Outcome(row.outcome) if row.outcome else None,
        duplicate_of=row.duplicate_of,
        dossier_id=row.dossier_id,
        detail=row.detail,
        error=row.error,
        attempts=row.attempts,
        settled_at=row.settled_at,
        flagged_at=row.flagged_at,
        failed_under=row.failed_under,
        gone_at=row.gone_at,
    )
