"""Which digests were written, and what they covered: each slot once, in the transaction of its letters (P6)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from dossier.moments import require_zone
from store import events
from store.schema.columns import new_id
from store.schema.notices import digests


@dataclass(frozen=True, slots=True)
class NewDigest:
    campaign: str
    slot: datetime
    """When it was due; for one that a person asked for, when it was written."""
    since: datetime
    until: datetime
    """It tells what came after `since`, through `until`: when it was written."""
    scheduled: bool = True

    def __post_init__(self) -> None:
        require_zone(slot=self.slot, since=self.since, until=self.until)


@dataclass(frozen=True, slots=True)
class WrittenDigest:
    id: int
    campaign: str
    slot: datetime
    since: datetime
    until: datetime
    scheduled: bool


def record(tx: Connection, new: NewDigest, recipients: int, *, by: str = "") -> int:
    """Its number. Raises PermanentStoreError (when the transaction ends) where the slot has one."""
    values = {name: getattr(new, name) for name in ("campaign", "slot", "since", "until", "scheduled")}
    made = new_id(tx.execute(insert(digests), values))
    facts: dict[str, events.Fact] = {
        "digest": made,
        "campaign": new.campaign,
        "since": events.moment_text(new.since),
        "until": events.moment_text(new.until),
        "scheduled": new.scheduled,
        "recipients": recipients,
    }
    events.append(tx, events.Event("digest-written", new.until, facts=facts, by=by))
    return made


def latest(conn: Connection, campaign: str, now: datetime) -> WrittenDigest | None:
    """The last that was due and written by `now`: one of a clock that ran ahead for a while keeps no other back."""
    asked = select(digests).where(digests.c.campaign == campaign, digests.c.scheduled.is_(True), digests.c.until <= now)
    row = conn.execute(asked.order_by(digests.c.until.desc(), digests.c.id.desc()).limit(1)).one_or_none()
    return None if row is None else _written(row)


def has(conn: Connection, campaign: str, slot: datetime) -> bool:
    asked = select(digests.c.id).where(digests.c.campaign == campaign, digests.c.slot == slot)
    return conn.execute(asked.limit(1)).one_or_none() is not None


def listed(conn: Connection, campaign: str, limit: int = 100) -> list[WrittenDigest]:
    """The newest first."""
    asked = select(digests).where(digests.c.campaign == campaign).order_by(digests.c.id.desc()).limit(limit)
    return [_written(row) for row in conn.execute(asked)]


def _written(row: Row[Any]) -> WrittenDigest:
    return WrittenDigest(row.id, row.campaign, row.slot, row.since, row.until, row.scheduled)
