"""One row for each place where a message was seen, and one outcome for each row (P1, P2, P5).

received → settled; a person (or a retry) may open a settled row again. The event is written with every step.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, insert, select, update

from store import events, mailboxes
from store.ledger_entry import Arrival, LedgerEntry, Outcome, State, all_entries, select_entries
from store.schema.mail import ledger, messages

__all__ = [
    "Arrival",
    "LedgerEntry",
    "Outcome",
    "State",
    "arrive",
    "arrive_many",
    "entries",
    "entry",
    "mark_flagged",
    "pending",
    "quarantine",
    "requeue",
    "settle",
    "unflagged",
]


def arrive(tx: Connection, arrival: Arrival) -> LedgerEntry:
    """Record that a message was seen at a place; the same place again gives the same row."""
    return arrive_many(tx, [arrival])[0]


def arrive_many(tx: Connection, arrivals: Sequence[Arrival]) -> list[LedgerEntry]:
    """`arrive` for each, in order, with one event for each row that is new."""
    happened: list[events.Event] = []
    entries = [_arrive(tx, arrival, happened) for arrival in arrivals]
    events.append_many(tx, happened)
    return entries


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


def quarantine(tx: Connection, entry_id: int, error: str, now: datetime) -> bool:
    """It failed: kept with the error, out of the way of the next (P4). False where another process settled it."""
    return _settle(tx, entry_id, Outcome.QUARANTINED, now, {"error": error, "attempts": ledger.c.attempts + 1})


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


def entry(conn: Connection, entry_id: int) -> LedgerEntry | None:
    found = all_entries(conn, select_entries().where(ledger.c.id == entry_id))
    return found[0] if found else None


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


def unflagged(conn: Connection, mailbox_id: int, limit: int) -> list[LedgerEntry]:
    """Settled rows of the mailbox whose flag on the server is not known to be set, by UID."""
    mine = and_(ledger.c.mailbox_id == mailbox_id, ledger.c.state == State.SETTLED.value)
    asked = select_entries().where(mine, ledger.c.flagged_at.is_(None)).order_by(ledger.c.uid).limit(limit)
    return all_entries(conn, asked)


def mark_flagged(tx: Connection, entry_ids: Collection[int], now: datetime) -> None:
    """The server has confirmed the flag. Written last; when it is lost, the flag is simply set again."""
    if entry_ids:
        tx.execute(update(ledger).where(ledger.c.id.in_(sorted(entry_ids))).values(flagged_at=now))


def _arrive(tx: Connection, arrival: Arrival, happened: list[events.Event]) -> LedgerEntry:
    message_id = _message_of(tx, arrival)
    values: dict[str, Any] = {"message_id": message_id, "source": arrival.source, "detail": ""}
    place = ledger.c.mailbox_id.is_(None) & (ledger.c.message_id == message_id) & (ledger.c.source == arrival.source)
    if arrival.position is not None:
        at = arrival.position
        mailbox = mailboxes.enter(tx, at.account, at.folder, at.uidvalidity, arrival.fetched_at)
        here = (ledger.c.mailbox_id == mailbox.id) & (ledger.c.uid == at.uid)
        known = tx.execute(select(ledger.c.id, ledger.c.message_id).where(here)).one_or_none()
        if known is None or known.message_id == message_id:
            place, values = here, values | {"mailbox_id": mailbox.id, "uid": at.uid}
        else:  # the server gave the UID to other bytes (FAULTS 40): both are kept, the place stays with the first
            values |= {"source": f"{arrival.source} (UID {at.uid} used again)", "detail": "uid-used-again"}
            place = ledger.c.mailbox_id.is_(None) & (ledger.c.message_id == message_id)
            place &= ledger.c.source == values["source"]
    found = all_entries(tx, select_entries().where(place))
    return found[0] if found else _insert(tx, arrival, values, happened)


def _insert(tx: Connection, arrival: Arrival, values: dict[str, Any], happened: list[events.Event]) -> LedgerEntry:
    values |= {
        "internal_date": arrival.internal_date,
        "arrived_at": arrival.fetched_at,
        "order_at": arrival.internal_date or arrival.fetched_at,
        "state": State.RECEIVED.value,
        "attempts": 0,
    }
    made = tx.execute(insert(ledger).values(values).returning(ledger.c.id)).scalar_one()
    facts: dict[str, events.Fact] = {
        "entry": made,
        "mailbox": values.get("mailbox_id"),
        "uid": values.get("uid"),
        "internal_date": None if arrival.internal_date is None else events.moment_text(arrival.internal_date),
    }
    sealed = {"message": arrival.sha256, "source": values["source"]}
    happened.append(
        events.Event("message-arrived", arrival.fetched_at, message_id=values["message_id"], facts=facts, sealed=sealed)
    )
    return LedgerEntry(
        id=made,
        message_id=values["message_id"],
        sha256=arrival.sha256,
        size=arrival.size,
        position=arrival.position if "mailbox_id" in values else None,
        source=values["source"],
        internal_date=arrival.internal_date,
        arrived_at=arrival.fetched_at,
        state=State.RECEIVED,
        outcome=None,
        duplicate_of=None,
        dossier_id=None,
        detail=values["detail"],
        error=None,
        attempts=0,
        settled_at=None,
        flagged_at=None,
        new=True,
    )


def _message_of(tx: Connection, arrival: Arrival) -> int:
    known = tx.execute(select(messages.c.id).where(messages.c.sha256 == arrival.sha256)).scalar_one_or_none()
    if known is not None:
        return int(known)
    values = {"sha256": arrival.sha256, "size": arrival.size, "first_seen_at": arrival.fetched_at, "times_apart": False}
    return int(tx.execute(insert(messages).values(values).returning(messages.c.id)).scalar_one())


def _settle(tx: Connection, entry_id: int, outcome: Outcome, now: datetime, values: dict[str, Any]) -> bool:
    asked = (
        update(ledger)
        .where(ledger.c.id == entry_id, ledger.c.state == State.RECEIVED.value)
        .values(state=State.SETTLED.value, outcome=outcome.value, settled_at=now, **values)
        .returning(ledger.c.message_id, ledger.c.attempts)
    )
    row = tx.execute(asked).one_or_none()
    if row is None:
        return False
    facts: dict[str, events.Fact] = {
        "entry": entry_id,
        "outcome": outcome.value,
        "duplicate_of": values.get("duplicate_of"),
        "attempts": row.attempts,
    }
    happened = events.Event(
        "message-settled", now, message_id=row.message_id, dossier_id=values.get("dossier_id"), facts=facts
    )
    events.append(tx, happened)
    return True
