"""Messages that a person assigned to a union's dossier, whoever sent them; the sender does not become known by it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from store import decided, events
from store.decided import Decided
from store.schema.decisions import assignments


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
    mine = (assignments.c.message_id == message_id) & (assignments.c.campaign == campaign)
    asked = decided.with_notes(assignments).where(mine, assignments.c.ended_at.is_(None))
    row = conn.execute(asked).one_or_none()
    return None if row is None else _assignment(row)


def of_messages(conn: Connection, message_ids: Collection[int], campaign: str) -> dict[int, bool]:
    """Which of these messages were ever assigned in the campaign → whether they are now."""
    asked = select(assignments.c.message_id, assignments.c.ended_at).where(
        assignments.c.message_id.in_(sorted(message_ids)), assignments.c.campaign == campaign
    )
    found: dict[int, bool] = {}
    for row in conn.execute(asked) if message_ids else ():
        found[row.message_id] = found.get(row.message_id, False) or row.ended_at is None
    return found


def of_message(conn: Connection, message_id: int) -> list[Assignment]:
    """All of a message in order, withdrawn ones too."""
    asked = decided.with_notes(assignments).where(assignments.c.message_id == message_id)
    return [_assignment(row) for row in conn.execute(asked)]


def _assignment(row: Row[Any]) -> Assignment:
    return Assignment(decided.decided(row), row.message_id, row.campaign, row.union_code)
