"""What a mailbox held when it was compared with the ledger (P5); each run is a row and an event."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from store import events
from store.ledger_entry import State
from store.schema.columns import new_id
from store.schema.mail import ledger, mailboxes
from store.schema.operations import reconciliations

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the ledger, as the comparison needs it."""

    entry: int
    message_id: int
    uid: int
    settled: bool
    flagged: bool
    gone: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """One folder under one UIDVALIDITY, compared with the ledger."""

    messages: int
    """In the folder, by the server."""
    accounted: int
    """Of these, how many the ledger holds."""
    unsettled: int
    """Of those, how many have no outcome yet."""
    missing: tuple[int, ...] = ()
    """UIDs that the ledger should have held and did not; they were asked for then."""
    unfetched: tuple[int, ...] = ()
    """UIDs that the server did not give."""
    gone: tuple[int, ...] = ()
    """UIDs that a person moved or deleted since the last run; their rows stay."""
    returned: tuple[int, ...] = ()
    """UIDs that were gone and are there again."""

    @property
    def is_sound(self) -> bool:
        return not self.missing and self.accounted == self.messages


@dataclass(frozen=True, slots=True)
class Run:
    """A comparison on record."""

    id: int
    account: str
    folder: str
    uidvalidity: int
    at: datetime
    counted: Counted


def places(conn: Connection, mailbox_id: int) -> Iterator[Place]:
    """Every row of the mailbox, by UID; memory does not grow with them."""
    last = 0
    columns = (ledger.c.id, ledger.c.message_id, ledger.c.uid, ledger.c.state, ledger.c.flagged_at, ledger.c.gone_at)
    while True:
        asked = select(*columns).where(ledger.c.mailbox_id == mailbox_id, ledger.c.uid > last)
        part = conn.execute(asked.order_by(ledger.c.uid).limit(_BATCH)).all()
        for row in part:
            settled = row.state == State.SETTLED.value
            yield Place(row.id, row.message_id, row.uid, settled, row.flagged_at is not None, row.gone_at is not None)
        if len(part) < _BATCH:
            return
        last = part[-1].uid


def mark(tx: Connection, found: Sequence[Place], now: datetime, *, gone: bool) -> None:
    """These rows' messages are no longer on the server, or are again; the rows stay, and each has its event."""
    for start in range(0, len(found), _BATCH):
        part = found[start : start + _BATCH]
        asked = update(ledger).where(ledger.c.id.in_([one.entry for one in part]))
        tx.execute(asked.values(gone_at=now if gone else None))
        kind = "message-gone" if gone else "message-returned"
        told = [
            events.Event(kind, now, message_id=one.message_id, facts={"entry": one.entry, "uid": one.uid})
            for one in part
        ]
        events.append_many(tx, told)


def keep(tx: Connection, mailbox_id: int, counted: Counted, now: datetime) -> int:
    """Record a run; returns its number."""
    lists = {name: _text(getattr(counted, name)) for name in ("missing", "unfetched", "gone", "returned")}
    numbers = {"messages": counted.messages, "accounted": counted.accounted, "unsettled": counted.unsettled}
    made = new_id(tx.execute(insert(reconciliations), {"mailbox_id": mailbox_id, "at": now, **numbers, **lists}))
    facts: dict[str, events.Fact] = {"mailbox": mailbox_id, "run": made, **numbers}
    facts |= {name: len(getattr(counted, name)) for name in lists}
    events.append(tx, events.Event("mailbox-reconciled", now, facts=facts))
    return made


def latest(conn: Connection, mailbox_id: int) -> Run | None:
    found = conn.execute(_runs().where(reconciliations.c.mailbox_id == mailbox_id).limit(1)).one_or_none()
    return None if found is None else _run(found)


def listed(conn: Connection, limit: int = 100) -> list[Run]:
    """The newest first: for the digest."""
    return [_run(row) for row in conn.execute(_runs().limit(limit))]


def _runs() -> Any:
    box = mailboxes.c
    joined = reconciliations.join(mailboxes, box.id == reconciliations.c.mailbox_id)
    asked = select(reconciliations, box.account, box.folder, box.uidvalidity).select_from(joined)
    return asked.order_by(reconciliations.c.id.desc())


def _run(row: Row[Any]) -> Run:
    lists = {name: _uids(getattr(row, name)) for name in ("missing", "unfetched", "gone", "returned")}
    counted = Counted(row.messages, row.accounted, row.unsettled, **lists)
    return Run(row.id, row.account, row.folder, row.uidvalidity, row.at, counted)


def _text(uids: Collection[int]) -> str:
    return " ".join(map(str, sorted(uids)))


def _uids(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split()))
