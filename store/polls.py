"""When each folder was last looked into, and what the newest messages tell of the server's clock (FAULTS.md 19)."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from dossier.health import ClockWindow
from store.mailboxes import Mailbox
from store.schema.mail import ledger
from store.schema.operations import polls

_KEPT = 2
"""Messages whose times are kept: the newest two have to agree that the server's clock is behind."""


def note(tx: Connection, source: str, box: Mailbox | None, started: datetime) -> None:
    """A look that began at `started` went well. Messages that came since the one before tell of the server's clock.

    Where our clock stands before the last look it was set back, and what was known of it is forgotten.
    """
    row = tx.execute(select(polls).where(polls.c.source == source)).one_or_none()
    before = None if row is None or row.polled_at > started else row.polled_at
    known = () if row is None or before is None else clocks_in(row.clocks)
    fresh = () if box is None else _fresh(tx, box, started, before, [one.uid for one in known])
    values = {"polled_at": started, "clocks": _text((*known, *fresh)[-_KEPT:])}
    if row is None:
        tx.execute(insert(polls), {"source": source, **values})
    else:
        tx.execute(update(polls).where(polls.c.source == source).values(values))


def latest(conn: Connection, source: str) -> tuple[datetime, tuple[ClockWindow, ...]] | None:
    row = conn.execute(select(polls).where(polls.c.source == source)).one_or_none()
    return None if row is None else (row.polled_at, clocks_in(row.clocks))


def _fresh(
    tx: Connection, box: Mailbox, started: datetime, before: datetime | None, known: Collection[int]
) -> tuple[ClockWindow, ...]:
    """Of messages that this look fetched; those that were in the mailbox at the first one tell nothing."""
    mine = (ledger.c.mailbox_id == box.id, ledger.c.uid > box.backlog_through, ledger.c.uid.not_in(known))
    asked = select(ledger.c.uid, ledger.c.internal_date, ledger.c.arrived_at).where(
        *mine, ledger.c.arrived_at >= started, ledger.c.internal_date.is_not(None)
    )
    rows = tx.execute(asked.order_by(ledger.c.uid.desc()).limit(_KEPT)).all()
    return tuple(
        ClockWindow(
            row.uid,
            (row.internal_date - row.arrived_at).total_seconds(),
            None if before is None else (row.internal_date - before).total_seconds(),
        )
        for row in reversed(rows)
    )


def _text(windows: tuple[ClockWindow, ...]) -> str:
    return " ".join(f"{one.uid}:{one.low:.0f}:{'' if one.high is None else f'{one.high:.0f}'}" for one in windows)


def clocks_in(text: str) -> tuple[ClockWindow, ...]:
    parts = [one.split(":") for one in text.split()]
    return tuple(ClockWindow(int(uid), float(low), float(high) if high else None) for uid, low, high in parts)
