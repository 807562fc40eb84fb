"""Messages that a person assigned to a union's dossier, whoever sent them; the sender does not become known by it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from store import decided, events
from store.decided import Decided
from store.schema.decisions import assignments

_BATCH = 500
# Asked with every message: building a statement costs more than running it.
_STANDING = decided.with_notes(assignments).where(
    assignments.c.message_id == bindparam("message"),
    assignments.c.campaign == bindparam("key"),
    assignments.c.ended_at.is_(None),
)
_EVER = (
    select(assignments.c.message_id, assignments.c.union_code, assignments.c.ended_at)
    .where(
        assignments.c.message_id.in_(bindparam("messages", expanding=True)), assignments.c.campaign == bindparam("key")
    )
    .order_by(assignments.c.event)
)


@dataclass(frozen=True, slots=True)
class Assignment:
    decided: Decided
    message_id: int
    campaign: str
    union: str


def assign(tx: Connection, message_id: int, campaign: str, union: str, now: datetime, *, by: str, reason: str) -> bool:
    """False where it is assigned already, to whichever union of the campaign."""
    if in_force(tx, message_id, campaign) is not None:
        return False
    facts: dict[str, events.Fact] = {"campaign": campaign, "union": union}
    happened = events.Event("message-assigned", now, message_id=message_id, facts=facts, by=by, reason=reason)
    values = {"message_id": message_id, "campaign": campaign, "union_code": union}
    decided.record(tx, assignments, happened, values)
    return True


def withdraw(tx: Connection, message_id: int, campaign: str, now: datetime, *, by: str, reason: str) -> bool:
    """It belongs to that dossier no more. False where it is not assigned."""
    standing = in_force(tx, message_id, campaign)
    if standing is None:
        return False
    facts: dict[str, events.Fact] = {"campaign": campaign, "assignment": standing.decided.number}
    happened = events.Event("assignment-withdrawn", now, message_id=message_id, facts=facts, by=by, reason=reason)
    return decided.end(tx, assignments, standing.decided.number, happened)


def in_force(conn: Connection, message_id: int, campaign: str) -> Assignment | None:
    """Where it is assigned now."""
    row = conn.execute(_STANDING, {"message": message_id, "key": campaign}).one_or_none()
    return None if row is None else _assignment(row)


def of_messages(conn: Connection, message_ids: Collection[int], campaign: str) -> dict[int, str | None]:
    """Which of these messages were ever assigned in the campaign → the union that they are assigned to now."""
    found: dict[int, str | None] = {}
    wanted = sorted(message_ids)
    for start in range(0, len(wanted), _BATCH):
        for row in conn.execute(_EVER, {"messages": wanted[start : start + _BATCH], "key": campaign}):
            found[row.message_id] = row.union_code if row.ended_at is None else None
    return found


def of_message(conn: Connection, message_id: int) -> list[Assignment]:
    """All of a message in order, withdrawn ones too."""
    asked = decided.with_notes(assignments).where(assignments.c.message_id == message_id)
    return [_assignment(row) for row in conn.execute(asked)]


def _assignment(row: Row[Any]) -> Assignment:
    return Assignment(decided.decided(row), row.message_id, row.campaign, row.union_code)
