"""Submissions that wait for a person: of strangers, or of no clear union or campaign (P11)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from dossier.model import Assessment
from store import events
from store.json_text import assessment_of, assessment_text
from store.schema.columns import indexable
from store.schema.record import waiting


class Resolution(StrEnum):
    JOINED = "joined"
    """The sender was confirmed; the message counts with its original time of receipt."""
    SET_ASIDE = "set-aside"


@dataclass(frozen=True, slots=True)
class NewWaiting:
    campaign: str
    message_id: int
    assessment: Assessment
    """Of the message judged alone."""
    address: str | None
    """Of the sender, lower case."""
    union: str | None
    """Which union it may be of, where anything says so."""
    reason: str
    """A code: "unverified-sender", "campaign-unclear" …"""


@dataclass(frozen=True, slots=True)
class Waiting:
    id: int
    campaign: str
    message_id: int
    assessment: Assessment
    address: str | None
    union: str | None
    reason: str
    since: datetime
    resolution: Resolution | None
    resolved_at: datetime | None


def add(tx: Connection, new: NewWaiting, now: datetime) -> Waiting:
    """Let it wait; a message that waits (or has waited) in the campaign gives the row that is there."""
    here = (waiting.c.message_id == new.message_id) & (waiting.c.campaign == new.campaign)
    known = tx.execute(select(waiting).where(here)).one_or_none()
    if known is not None:
        return _waiting(known)
    text = assessment_text(new.assessment)
    values = {
        "campaign": new.campaign,
        "message_id": new.message_id,
        "union_code": new.union,
        "address": None if new.address is None else indexable(new.address),
        "reason": new.reason,
        "assessment": text,
        "since": now,
    }
    row = tx.execute(insert(waiting).values(values).returning(*waiting.c)).one()
    facts: dict[str, events.Fact] = {
        "campaign": new.campaign,
        "union": new.union,
        "reason": new.reason,
        "verdict": new.assessment.verdict.value,
        "rules": new.assessment.rules,
    }
    sealed = {"assessment": text}
    events.append(tx, events.Event("submission-waits", now, message_id=new.message_id, facts=facts, sealed=sealed))
    return _waiting(row)


def get(conn: Connection, waiting_id: int) -> Waiting | None:
    row = conn.execute(select(waiting).where(waiting.c.id == waiting_id)).one_or_none()
    return None if row is None else _waiting(row)


def of_message(conn: Connection, campaign: str, message_id: int) -> Waiting | None:
    """Where a message waits, or has waited, in a campaign."""
    here = (waiting.c.message_id == message_id) & (waiting.c.campaign == campaign)
    row = conn.execute(select(waiting).where(here)).one_or_none()
    return None if row is None else _waiting(row)


def every_of_message(conn: Connection, message_id: int) -> list[Waiting]:
    """Wherever a message waits, or has waited: which campaign it is for may be what a person has to say."""
    asked = select(waiting).where(waiting.c.message_id == message_id).order_by(waiting.c.id)
    return [_waiting(row) for row in conn.execute(asked)]


def unresolved(
    conn: Connection, *, campaign: str | None = None, address: str | None = None, after: int = 0, limit: int = 1000
) -> list[Waiting]:
    """What waits now, the longest first; of one campaign or one sender where asked."""
    asked = select(waiting).where(waiting.c.resolution.is_(None), waiting.c.id > after)
    if campaign is not None:
        asked = asked.where(waiting.c.campaign == campaign)
    if address is not None:
        asked = asked.where(waiting.c.address == address)
    return [_waiting(row) for row in conn.execute(asked.order_by(waiting.c.id).limit(limit))]


def resolve(tx: Connection, waiting_id: int, resolution: Resolution, now: datetime, *, by: str, reason: str) -> bool:
    """A person's decision; False where it was resolved before."""
    asked = update(waiting).where(waiting.c.id == waiting_id, waiting.c.resolution.is_(None))
    values = {"resolution": resolution.value, "resolved_at": now}
    row = tx.execute(asked.values(values).returning(waiting.c.message_id)).one_or_none()
    if row is None:
        return False
    facts: dict[str, events.Fact] = {"waiting": waiting_id, "resolution": resolution.value}
    happened = events.Event("submission-resolved", now, message_id=row.message_id, facts=facts, by=by, reason=reason)
    events.append(tx, happened)
    return True


def reopen(tx: Connection, waiting_id: int, now: datetime, *, by: str, reason: str) -> bool:
    """Undo a decision: it waits again. False where it waits."""
    asked = update(waiting).where(waiting.c.id == waiting_id, waiting.c.resolution.is_not(None))
    values = {"resolution": None, "resolved_at": None}
    row = tx.execute(asked.values(values).returning(waiting.c.message_id)).one_or_none()
    if row is None:
        return False
    facts: dict[str, events.Fact] = {"waiting": waiting_id}
    happened = events.Event("submission-waits-again", now, message_id=row.message_id, facts=facts, by=by, reason=reason)
    events.append(tx, happened)
    return True


def _waiting(row: Row[Any]) -> Waiting:
    return Waiting(
        id=row.id,
        campaign=row.campaign,
        message_id=row.message_id,
        assessment=assessment_of(row.assessment),
        address=row.address,
        union=row.union_code,
        reason=row.reason,
        since=row.since,
        resolution=Resolution(row.resolution) if row.resolution else None,
        resolved_at=row.resolved_at,
    )
