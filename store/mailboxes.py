"""Where reading stands in each folder, and whether its old mail may be answered (P5, P7).

No part of this is needed to avoid doubles: the ledger's keys do that. It tells where to go on and what was there first.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, insert, select, update

from store import events
from store.schema.columns import new_id
from store.schema.mail import ledger, mailboxes

_BATCH = 500
_FIND = select(mailboxes).where(
    mailboxes.c.account == bindparam("name"),
    mailboxes.c.folder == bindparam("of"),
    mailboxes.c.uidvalidity == bindparam("validity"),
)


class Backlog(StrEnum):
    """What a person's settings said of the mail that was there at the first poll."""

    RECORD = "record"
    """Recorded, never answered."""
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One folder under one UIDVALIDITY (RFC 9051, 2.3.1.1)."""

    id: int
    account: str
    folder: str
    uidvalidity: int
    highest_uid: int
    """Every UID up to it is in the ledger, or was looked for and is gone."""
    first_seen_at: datetime
    backlog: Backlog | None
    """None until the first poll decided."""
    backlog_through: int
    """UIDs up to it were there at the first poll; 0 while not decided."""
    new: bool = False
    """This call made it: nothing was known of this UIDVALIDITY before."""


def enter(tx: Connection, account: str, folder: str, uidvalidity: int, now: datetime) -> Mailbox:
    """The mailbox, made where it is not known yet."""
    known = find(tx, account, folder, uidvalidity)
    if known is not None:
        return known
    values = {"account": account, "folder": folder, "uidvalidity": uidvalidity, "highest_uid": 0, "first_seen_at": now}
    made = new_id(tx.execute(insert(mailboxes), values))
    return Mailbox(made, account, folder, uidvalidity, 0, now, None, 0, new=True)


def find(conn: Connection, account: str, folder: str, uidvalidity: int) -> Mailbox | None:
    row = conn.execute(_FIND, {"name": account, "of": folder, "validity": uidvalidity}).one_or_none()
    return None if row is None else _mailbox(row)


def generations(conn: Connection, account: str, folder: str) -> list[Mailbox]:
    """Every UIDVALIDITY that this folder had, the first seen first: more than one means that UIDs were given anew."""
    return [_mailbox(row) for row in conn.execute(_folder(account, folder).order_by(mailboxes.c.id))]


def advance(tx: Connection, mailbox_id: int, uid: int) -> None:
    """Reading goes on after this UID; never moves back."""
    asked = update(mailboxes).where(mailboxes.c.id == mailbox_id, mailboxes.c.highest_uid < uid)
    tx.execute(asked.values(highest_uid=uid))


def decide_backlog(tx: Connection, mailbox_id: int, backlog: Backlog, through: int, now: datetime) -> bool:
    """Keep what was decided of the UIDs up to `through`; False where it was decided before, and that stays."""
    asked = update(mailboxes).where(mailboxes.c.id == mailbox_id, mailboxes.c.backlog.is_(None))
    if tx.execute(asked.values(backlog=backlog.value, backlog_through=through)).rowcount != 1:
        return False
    facts: dict[str, events.Fact] = {"mailbox": mailbox_id, "backlog": backlog.value, "through": through}
    events.append(tx, events.Event("backlog-decided", now, facts=facts))
    return True


def answer_backlog(tx: Connection, now: datetime) -> int:
    """What was there at the first poll of any mailbox may be answered from now on; returns of how many that is new."""
    asked = update(mailboxes).where(mailboxes.c.backlog == Backlog.RECORD.value)
    changed = tx.execute(asked.values(backlog=Backlog.ANSWER.value).returning(mailboxes.c.id)).scalars().all()
    for mailbox_id in sorted(changed):
        facts: dict[str, events.Fact] = {"mailbox": mailbox_id, "backlog": Backlog.ANSWER.value}
        events.append(tx, events.Event("backlog-decided", now, facts=facts))
    return len(changed)


def known_uids(conn: Connection, mailbox_id: int, uids: Collection[int]) -> frozenset[int]:
    """Which of these UIDs are in the ledger."""
    found: set[int] = set()
    wanted = sorted(uids)
    for start in range(0, len(wanted), _BATCH):
        part = wanted[start : start + _BATCH]
        asked = select(ledger.c.uid).where(ledger.c.mailbox_id == mailbox_id, ledger.c.uid.in_(part))
        found.update(conn.execute(asked).scalars())
    return frozenset(found)


def latest_receipt(conn: Connection, mailbox_id: int) -> datetime | None:
    """Of the newest message that the ledger knows of this mailbox; None where it knows none."""
    asked = select(ledger.c.order_at).where(ledger.c.mailbox_id == mailbox_id)
    return conn.execute(asked.order_by(ledger.c.order_at.desc()).limit(1)).scalar_one_or_none()


def every_uid(conn: Connection, mailbox_id: int) -> Iterator[int]:
    """All UIDs of the ledger for this mailbox, rising, for reconciliation; memory does not grow with them."""
    last = 0
    while True:
        asked = select(ledger.c.uid).where(and_(ledger.c.mailbox_id == mailbox_id, ledger.c.uid > last))
        part = list(conn.execute(asked.order_by(ledger.c.uid).limit(_BATCH)).scalars())
        yield from part
        if len(part) < _BATCH:
            return
        last = part[-1]


def _folder(account: str, folder: str) -> Any:
    return select(mailboxes).where(mailboxes.c.account == account, mailboxes.c.folder == folder)


def _mailbox(row: Row[Any]) -> Mailbox:
    backlog = Backlog(row.backlog) if row.backlog else None
    return Mailbox(
        id=row.id,
        account=row.account,
        folder=row.folder,
        uidvalidity=row.uidvalidity,
        highest_uid=row.highest_uid,
        first_seen_at=row.first_seen_at,
        backlog=backlog,
        backlog_through=row.backlog_through or 0,
    )
