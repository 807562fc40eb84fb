"""What came since a moment: for the digest."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from store.schema.mail import ledger


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
