"""A message is seen at a place: the ledger's rows come into being (P1, P2). The same place is never recorded twice."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from store import events, mailboxes
from store.ledger_entry import Arrival, LedgerEntry, State, all_entries, select_entries
from store.schema.columns import indexable, new_id
from store.schema.mail import ledger, messages

# Statements are made once: building one costs more than running it.
_NEW, _NEW_MESSAGE = insert(ledger), insert(messages)
_MESSAGE = select(messages.c.id).where(messages.c.sha256 == bindparam("sha"))
_AT = select(ledger.c.id, ledger.c.message_id).where(
    ledger.c.mailbox_id == bindparam("mailbox"), ledger.c.uid == bindparam("place")
)
_FROM_FILE = select(ledger.c.id).where(
    ledger.c.mailbox_id.is_(None), ledger.c.message_id == bindparam("message"), ledger.c.source == bindparam("file")
)
_ENTRY = select_entries().where(ledger.c.id == bindparam("entry"))


def arrive(tx: Connection, arrival: Arrival) -> LedgerEntry:
    """Record that a message was seen at a place; the same place again gives the same row."""
    return arrive_many(tx, [arrival])[0]


def arrive_many(tx: Connection, arrivals: Sequence[Arrival]) -> list[LedgerEntry]:
    """`arrive` for each, in order, with one event for each row that is new."""
    boxes = {(at.account, at.folder, at.uidvalidity): 0 for at in (one.position for one in arrivals) if at is not None}
    for place in boxes:
        boxes[place] = mailboxes.enter(tx, *place, arrivals[0].fetched_at).id
    happened: list[events.Event] = []
    entries = [_arrive(tx, arrival, boxes, happened) for arrival in arrivals]
    events.append_many(tx, happened)
    return entries


def _arrive(
    tx: Connection, arrival: Arrival, boxes: dict[tuple[str, str, int], int], happened: list[events.Event]
) -> LedgerEntry:
    message_id = _message_of(tx, arrival)
    at, source, placed, detail = arrival.position, indexable(arrival.source), dict[str, int](), ""
    if at is not None:
        mailbox_id = boxes[at.account, at.folder, at.uidvalidity]
        known = tx.execute(_AT, {"mailbox": mailbox_id, "place": at.uid}).one_or_none()
        if known is not None and known.message_id == message_id:
            return _entry(tx, known.id)
        if known is None:
            placed = {"mailbox_id": mailbox_id, "uid": at.uid}
        else:  # the server gave the UID to other bytes (FAULTS 40): both are kept, the place stays with the first
            source, detail = f"{source} (UID {at.uid} used again)", "uid-used-again"
    if not placed:
        file = tx.execute(_FROM_FILE, {"message": message_id, "file": source}).scalar_one_or_none()
        if file is not None:
            return _entry(tx, file)
    values = {"message_id": message_id, "source": source, "detail": detail} | placed
    return _insert(tx, arrival, values, happened)


def _entry(tx: Connection, entry_id: int) -> LedgerEntry:
    return all_entries(tx, _ENTRY, {"entry": entry_id})[0]


def _insert(tx: Connection, arrival: Arrival, values: dict[str, Any], happened: list[events.Event]) -> LedgerEntry:
    times = {
        "internal_date": arrival.internal_date,
        "arrived_at": arrival.fetched_at,
        "order_at": arrival.internal_date or arrival.fetched_at,
    }
    made = new_id(tx.execute(_NEW, values | times | {"state": State.RECEIVED.value, "attempts": 0}))
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
    known = tx.execute(_MESSAGE, {"sha": arrival.sha256}).scalar_one_or_none()
    if known is not None:
        return int(known)
    values = {"sha256": arrival.sha256, "size": arrival.size, "first_seen_at": arrival.fetched_at, "times_apart": False}
    return new_id(tx.execute(_NEW_MESSAGE, values))
