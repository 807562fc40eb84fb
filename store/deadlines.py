"""Decisions that move a campaign's deadline (gia hạn). None is overwritten; `dossier.deadline` says which holds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from dossier.deadline import Extension
from dossier.decisions import Extended, Span
from store import events
from store.schema.people import extensions

_OF_CAMPAIGN = select(extensions).where(extensions.c.campaign == bindparam("key")).order_by(extensions.c.id)
_IN_FORCE = _OF_CAMPAIGN.where(extensions.c.withdrawn_at.is_(None))


@dataclass(frozen=True, slots=True)
class StoredExtension:
    """An extension on record, withdrawn ones too."""

    number: int
    extended: Extended
    by: str


def extend(tx: Connection, campaign: str, extension: Extension, now: datetime, *, by: str) -> None:
    """Record an extension, for all unions or for one."""
    values = {
        "campaign": campaign,
        "union_code": extension.union,
        "until": extension.until,
        "decided_by": by,
        "reason": extension.reason,
        "decided_at": now,
    }
    tx.execute(insert(extensions).values(values))
    facts: dict[str, events.Fact] = {
        "campaign": campaign,
        "union": extension.union,
        "until": events.moment_text(extension.until),
    }
    events.append(tx, events.Event("deadline-extended", now, facts=facts, by=by, reason=extension.reason))


def withdraw(tx: Connection, campaign: str, number: int, now: datetime, *, by: str, reason: str) -> bool:
    """The extension holds no more. False where the campaign has none of this number that stands."""
    mine = (extensions.c.id == number) & (extensions.c.campaign == campaign) & extensions.c.withdrawn_at.is_(None)
    row = tx.execute(update(extensions).where(mine).values(withdrawn_at=now).returning(*extensions.c)).one_or_none()
    if row is None:
        return False
    facts: dict[str, events.Fact] = {
        "campaign": campaign,
        "union": row.union_code,
        "until": events.moment_text(row.until),
        "extension": number,
    }
    events.append(tx, events.Event("extension-withdrawn", now, facts=facts, by=by, reason=reason))
    return True


def in_campaign(conn: Connection, campaign: str) -> tuple[Extension, ...]:
    """All that stand, in the order of the decisions."""
    return tuple(_extension(row) for row in conn.execute(_IN_FORCE, {"key": campaign}))


def history(conn: Connection, campaign: str) -> tuple[StoredExtension, ...]:
    """All of the campaign in the order of the decisions, withdrawn ones too."""
    rows = conn.execute(_OF_CAMPAIGN, {"key": campaign})
    return tuple(
        StoredExtension(row.id, Extended(_extension(row), Span(row.decided_at, row.withdrawn_at)), row.decided_by)
        for row in rows
    )


def _extension(row: Row[Any]) -> Extension:
    return Extension(row.until, row.reason, row.union_code, row.decided_at)
