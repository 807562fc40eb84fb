"""Messages by what they are: their SHA-256, and the digest of their content (P2, P3)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, select, update

from dossier.deadline import Receipt
from store import events
from store.schema.history import event_notes, event_salts
from store.schema.history import events as event_table
from store.schema.mail import messages, readings

_BY_CONTENT = select(messages).where(messages.c.content_digest == bindparam("digest")).order_by(messages.c.id)
_BY_ID = select(messages).where(messages.c.id == bindparam("message"))
_KEEP_EARLIER = update(messages).where(
    messages.c.id == bindparam("message"),
    messages.c.received_at.is_(None) | (messages.c.received_at > bindparam("at")),
)


@dataclass(frozen=True, slots=True)
class Message:
    id: int
    sha256: str
    size: int
    content_digest: str | None
    """None until it was read."""
    first_seen_at: datetime
    receipt: Receipt
    """Of the copy that counts, the one received first; `at` is None until that was decided."""
    erased_at: datetime | None


def get(conn: Connection, message_id: int) -> Message | None:
    row = conn.execute(select(messages).where(messages.c.id == message_id)).one_or_none()
    return None if row is None else _message(row)


def find_by_sha(conn: Connection, sha256: str) -> Message | None:
    row = conn.execute(select(messages).where(messages.c.sha256 == sha256)).one_or_none()
    return None if row is None else _message(row)


def find_by_content_digest(conn: Connection, digest: str) -> list[Message]:
    """Every message with this content, the one seen first first: more than one are copies over other ways."""
    return [_message(row) for row in conn.execute(_BY_CONTENT, {"digest": digest})]


def keep_receipt(tx: Connection, message_id: int, receipt: Receipt) -> bool:
    """Keep when the message was received; True where that changed something. The earliest stays (P2, P3)."""
    if receipt.at is None:
        return False
    values = {
        "received_at": receipt.at,
        "server_time": receipt.server_time,
        "header_time": receipt.header_time,
        "times_apart": receipt.apart,
    }
    return tx.execute(_KEEP_EARLIER, values | {"message": message_id, "at": receipt.at}).rowcount == 1


def receipt_facts(conn: Connection, message_id: int) -> dict[str, events.Fact]:
    """When the message counts as received, as an event tells it."""
    receipt = receipt_of(conn.execute(_BY_ID, {"message": message_id}).one())
    times = {"received_at": receipt.at, "server_time": receipt.server_time, "header_time": receipt.header_time}
    told: dict[str, events.Fact] = {name: None if at is None else events.moment_text(at) for name, at in times.items()}
    return told | {"times_apart": receipt.apart}


def erase(tx: Connection, message_id: int, now: datetime, *, by: str = "", reason: str = "") -> str | None:
    """Erase what was read in the message and every salt of its events; returns the SHA-256 of the blob to remove.

    Its digest, its places and the chain stay. None where there is no such message.
    """
    message = get(tx, message_id)
    if message is None:
        return None
    seqs = select(event_table.c.seq).where(event_table.c.message_id == message_id)
    tx.execute(delete(event_salts).where(event_salts.c.seq.in_(seqs)))
    tx.execute(delete(event_notes).where(event_notes.c.seq.in_(seqs)))
    tx.execute(delete(readings).where(readings.c.message_id == message_id))
    tx.execute(update(messages).where(messages.c.id == message_id).values(erased_at=now))
    events.append(tx, events.Event("message-erased", now, message_id=message_id, by=by, reason=reason))
    return message.sha256


def receipt_of(row: Row[Any]) -> Receipt:
    """From the four columns of `messages`."""
    return Receipt(row.received_at, row.server_time, row.header_time, row.times_apart)


def _message(row: Row[Any]) -> Message:
    return Message(
        id=row.id,
        sha256=row.sha256,
        size=row.size,
        content_digest=row.content_digest,
        first_seen_at=row.first_seen_at,
        receipt=receipt_of(row),
        erased_at=row.erased_at,
    )
