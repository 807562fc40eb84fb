"""Decisions that move a campaign's deadline (gia hạn). None is overwritten; `dossier.deadline` says which holds."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from dossier.deadline import Extension
from store import events
from store.schema.people import extensions

_OF_CAMPAIGN = select(extensions).where(extensions.c.campaign == bindparam("key")).order_by(extensions.c.id)


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


def in_campaign(conn: Connection, campaign: str) -> tuple[Extension, ...]:
    """All of them, in the order of the decisions."""
    rows = conn.execute(_OF_CAMPAIGN, {"key": campaign})
    return tuple(Extension(row.until, row.reason, row.union_code) for row in rows)
