"""Campaigns that a person closed: mail is recorded, nothing is judged into a dossier without a person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from store import decided, events
from store.decided import Decided
from store.schema.decisions import closings

_CLOSED = select(closings.c.event).where(closings.c.campaign == bindparam("key"), closings.c.ended_at.is_(None))


@dataclass(frozen=True, slots=True)
class Closing:
    decided: Decided
    """It ends where the campaign is opened again."""
    campaign: str


def close(tx: Connection, campaign: str, now: datetime, *, by: str, reason: str) -> bool:
    """False where it is closed already."""
    if is_closed(tx, campaign):
        return False
    facts: dict[str, events.Fact] = {"campaign": campaign}
    happened = events.Event("campaign-closed", now, facts=facts, by=by, reason=reason)
    decided.record(tx, closings, happened, {"campaign": campaign})
    return True


def reopen(tx: Connection, campaign: str, now: datetime, *, by: str, reason: str) -> bool:
    """False where it is not closed."""
    number = tx.execute(_CLOSED, {"key": campaign}).scalar_one_or_none()
    if number is None:
        return False
    facts: dict[str, events.Fact] = {"campaign": campaign, "closing": number}
    happened = events.Event("campaign-reopened", now, facts=facts, by=by, reason=reason)
    return decided.end(tx, closings, number, happened)


def is_closed(conn: Connection, campaign: str) -> bool:
    """Now."""
    return conn.execute(_CLOSED, {"key": campaign}).scalar_one_or_none() is not None


def of_campaign(conn: Connection, campaign: str) -> list[Closing]:
    """Every closing in order, with when the campaign was opened again."""
    return [_closing(row) for row in conn.execute(decided.with_notes(closings).where(closings.c.campaign == campaign))]


def _closing(row: Row[Any]) -> Closing:
    return Closing(decided.decided(row), row.campaign)
