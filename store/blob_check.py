"""Are the bytes of every recorded message there, whole, and those of every removed one gone? (P1, P9)"""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from store.blobs import Blobs
from store.errors import BlobDamagedError, BlobMissingError
from store.schema.history import events
from store.schema.mail import ledger, messages

_BATCH = 500


def check_blobs(conn: Connection, blobs: Blobs, *, read: bool = True) -> Iterator[str]:
    """What is wrong, in words, message by message; memory does not grow with them. `read` the bytes, or only look."""
    asked, last = select(messages.c.id, messages.c.sha256, messages.c.erased_at).order_by(messages.c.id), 0
    while part := conn.execute(asked.where(messages.c.id > last).limit(_BATCH)).all():
        last = part[-1].id
        erased = [row.id for row in part if row.erased_at is not None]
        told = select(events.c.message_id).where(events.c.message_id.in_(erased), events.c.kind == "message-erased")
        known = set(conn.execute(told).scalars())
        again = select(ledger.c.message_id).join(messages, messages.c.id == ledger.c.message_id)
        again = again.where(ledger.c.message_id.in_(erased), ledger.c.arrived_at > messages.c.erased_at)
        returned = set(conn.execute(again).scalars())  # the same mail came once more: its bytes go at the next turn
        for row in part:
            if row.erased_at is None:
                yield from _whole(blobs, row.sha256) if read else _there(blobs, row.sha256)
            elif row.id not in known:
                yield f"message {row.sha256} is marked as removed, and no event tells of it"
            elif row.id not in returned and blobs.has(row.sha256):
                yield f"message {row.sha256} was removed, and its bytes are still there"


def _whole(blobs: Blobs, sha256: str) -> Iterator[str]:
    try:
        blobs.get(sha256)
    except BlobMissingError:
        yield f"message {sha256} is gone"
    except BlobDamagedError:
        yield f"message {sha256} is damaged"
    except ValueError:
        yield f"message {sha256[:80]!r} is named by no digest"


def _there(blobs: Blobs, sha256: str) -> Iterator[str]:
    if not blobs.has(sha256):
        yield f"message {sha256} is gone"
