"""One row for each place where a message was seen, and one outcome for each row (P1, P2, P5).

received → settled; a person (or a retry) may open a settled row again. The event is written with every step.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, select, update

from store import events, messages
from store.arrivals import arrive, arrive_many
from store.ledger_entry import Arrival, LedgerEntry, Outcome, State, all_entries, select_entries
from store.schema.mail import ledger, readings

__all__ = [
    "Arrival",
    "LedgerEntry",
    "Outcome",
    "State",
    "arrive",
    "arrive_many",
    "entries",
    "entry",
    "every",
    "mark_flagged",
    "pending",
    "pending_before",
    "pending_since",
    "places",
    "quarantine",
    "requeue",
    "settle",
    "unflagged",
]

_BY_ID = select_entries().where(ledger.c.id == bindparam("entry"))
_PLACES = select_entries().where(ledger.c.message_id == bindparam("message")).order_by(ledger.c.id)
_SETTLE = (
    update(ledger)
    .where(ledger.c.id == bindparam("entry"), ledger.c.state == State.RECEIVED.value)
    .values(attempts=ledger.c.attempts + bindparam("failed"))
    .returning(ledger.c.message_id, ledger.c.attempts)
)

_READ = (
    select(readings.c.id, readings.c.submission)
    .where(readings.c.message_id == bindparam("message"))
    .order_by(readings.c.id.desc())
    .limit(1)
)
"""What was read last: the event holds its digest, for all that is judged from now on rests on it."""


def settle(
    tx: Connection,
    entry_id: int,
    outcome: Outcome,
    now: datetime,
    *,
    duplicate_of: int | None = None,
    dossier_id: int | None = None,
    detail: str = "",
) -> bool:
    """Give the row its outcome; False where another process was first: then nothing else of the step may be written."""
    values = {"duplicate_of": duplicate_of, "dossier_id": dossier_id, "detail": detail, "error": None}
    return _settle(tx, entry_id, outcome, now, values)


def quarantine(tx: Connection, entry_id: int, error: str, now: datetime, *, under: str = "") -> bool:
    """It failed: kept with the error, out of the way of the next (P4). False where another process settled it.

    `under` names the program, readers and rules included: what was mended since may be tried again.
    """
    return _settle(tx, entry_id, Outcome.QUARANTINED, now, {"error": error, "failed_under": under}, failed=1)


def requeue(tx: Connection, entry_id: int, now: datetime, *, by: str = "", reason: str = "") -> bool:
    """Open a settled row again, so that it is read and judged anew; False where it is open."""
    before = entry(tx, entry_id)
    if before is None or before.state is not State.SETTLED:
        return False
    emptied = {"state": State.RECEIVED.value, "outcome": None, "settled_at": None, "duplicate_of": None}
    tx.execute(update(ledger).where(ledger.c.id == entry_id).values(emptied))
    facts: dict[str, events.Fact] = {"entry": entry_id, "outcome": before.outcome.value if before.outcome else None}
    happened = events.Event("message-reopened", now, message_id=before.message_id, facts=facts, by=by, reason=reason)
    events.append(tx, happened)
    return True


def pending(conn: Connection, limit: int) -> list[LedgerEntry]:
    """What is received and not settled, the oldest receipt first."""
    asked = select_entries().where(ledger.c.state == State.RECEIVED.value)
    return all_entries(conn, asked.order_by(ledger.c.order_at, ledger.c.id).limit(limit))


def pending_since(conn: Connection, since: datetime, limit: int) -> list[LedgerEntry]:
    """What is received and not settled, of receipts from `since` on, the oldest first."""
    asked = select_entries().where(ledger.c.state == State.RECEIVED.value, ledger.c.order_at >= since)
    return all_entries(conn, asked.order_by(ledger.c.order_at, ledger.c.id).limit(limit))


def pending_before(conn: Connection, before: datetime, limit: int) -> list[LedgerEntry]:
    """The same of receipts before that time, the newest first."""
    asked = select_entries().where(ledger.c.state == State.RECEIVED.value, ledger.c.order_at < before)
    return all_entries(conn, asked.order_by(ledger.c.order_at.desc(), ledger.c.id.desc()).limit(limit))


def entry(conn: Connection, entry_id: int) -> LedgerEntry | None:
    found = all_entries(conn, _BY_ID, {"entry": entry_id})
    return found[0] if found else None


def places(conn: Connection, message_id: int) -> list[LedgerEntry]:
    """Every row of a message, the first first."""
    return all_entries(conn, _PLACES, {"message": message_id})


def entries(
    conn: Connection,
    *,
    outcome: Outcome | None = None,
    message_id: int | None = None,
    dossier_id: int | None = None,
    after: int = 0,
    newest_first: bool = False,
    limit: int = 1000,
) -> list[LedgerEntry]:
    """Rows by number, those after `after` (before it, where the newest come first and it is not 0)."""
    asked = select_entries()
    filters = {"outcome": outcome.value if outcome else None, "message_id": message_id, "dossier_id": dossier_id}
    for name, value in filters.items():
        if value is not None:
            asked = asked.where(ledger.c[name] == value)
    if newest_first:
        asked = asked.where(ledger.c.id < after) if after else asked
        return all_entries(conn, asked.order_by(ledger.c.id.desc()).limit(limit))
    return all_entries(conn, asked.where(ledger.c.id > after).order_by(ledger.c.id).limit(limit))


def every(conn: Connection, outcome: Outcome) -> Iterator[LedgerEntry]:
    """All rows with this outcome, by number; memory does not grow with them."""
    after = 0
    while part := entries(conn, outcome=outcome, after=after):
        yield from part
        after = part[-1].id


def unflagged(conn: Connection, mailbox_id: int, limit: int) -> list[LedgerEntry]:
    """Settled rows of the mailbox whose flag on the server is not known to be set, by UID."""
    mine = and_(ledger.c.mailbox_id == mailbox_id, ledger.c.state == State.SETTLED.value)
    asked = select_entries().where(mine, ledger.c.flagged_at.is_(None)).order_by(ledger.c.uid).limit(limit)
    return all_entries(conn, asked)


def mark_flagged(tx: Connection, entry_ids: Collection[int], now: datetime) -> None:
    """The server has confirmed the flag. Written last; when it is lost, the flag is simply set again."""
    if entry_ids:
        tx.execute(update(ledger).where(ledger.c.id.in_(sorted(entry_ids))).values(flagged_at=now))


def _settle(
    tx: Connection, entry_id: int, outcome: Outcome, now: datetime, values: dict[str, Any], failed: int = 0
) -> bool:
    done = {"state": State.SETTLED.value, "outcome": outcome.value, "settled_at": now}
    row = tx.execute(_SETTLE, values | done | {"entry": entry_id, "failed": failed}).one_or_none()
    if row is None:
        return False
    facts: dict[str, events.Fact] = {
        "entry": entry_id,
        "outcome": outcome.value,
        "duplicate_of": values.get("duplicate_of"),
        "attempts": row.attempts,
    }
    if under := values.get("failed_under"):
        facts["under"] = under
    read = tx.execute(_READ, {"message": row.message_id}).one_or_none()
    sealed = {name: values.get(name) or "" for name in ("detail", "error")}
    if read is not None:
        facts["reading"], sealed["reading"] = read.id, read.submission
    facts |= messages.receipt_facts(tx, values.get("duplicate_of") or row.message_id)
    happened = events.Event(
        "message-settled",
        now,
        message_id=row.message_id,
        dossier_id=values.get("dossier_id"),
        facts=facts,
        sealed=sealed,
    )
    events.append(tx, happened)
    return True
