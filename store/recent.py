"""What came since a moment: for the digest."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from store.ledger_entry import Outcome
from store.schema.mail import ledger, messages
from store.schema.record import dossiers, revisions


def arrivals(conn: Connection, after: datetime, until: datetime) -> int:
    """Messages recorded after the one moment, through the other; each place counted.

    Rows are numbered as they are recorded, so the count begins behind the newest that is too old: it takes as long as
    there is something to count, however much was recorded before.
    """
    older = select(ledger.c.id).where(ledger.c.arrived_at <= after).order_by(ledger.c.id.desc()).limit(1)
    begin = func.coalesce(older.scalar_subquery(), 0)
    asked = select(func.count()).select_from(ledger)
    asked = asked.where(ledger.c.id > begin, ledger.c.arrived_at > after, ledger.c.arrived_at <= until)
    return int(conn.execute(asked).scalar_one())


def settled(conn: Connection, after: datetime, until: datetime) -> list[tuple[int, Outcome]]:
    """Number and outcome of the messages that `arrivals` counts, of those that are settled."""
    older = select(ledger.c.id).where(ledger.c.arrived_at <= after).order_by(ledger.c.id.desc()).limit(1)
    begin = func.coalesce(older.scalar_subquery(), 0)
    asked = select(ledger.c.message_id, ledger.c.outcome).where(
        ledger.c.id > begin, ledger.c.arrived_at > after, ledger.c.arrived_at <= until, ledger.c.outcome.is_not(None)
    )
    return [(row.message_id, Outcome(row.outcome)) for row in conn.execute(asked)]


def first_receipts(conn: Connection, campaign: str) -> list[datetime]:
    """For each dossier of the campaign when the first message that joined it was received."""
    first = func.min(messages.c.received_at)
    asked = (
        select(first)
        .select_from(dossiers)
        .join(revisions, revisions.c.dossier_id == dossiers.c.id)
        .join(messages, messages.c.id == revisions.c.message_id)
        .where(dossiers.c.campaign == campaign, revisions.c.joins, messages.c.received_at.is_not(None))
        .group_by(dossiers.c.id)
    )
    return list(conn.execute(asked).scalars())
