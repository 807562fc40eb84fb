"""What was read in a message, by which version of the readers (P8). Nothing is overwritten: the latest counts."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select, update

from dossier.model import Submission
from store.json_text import submission_of, submission_text
from store.schema.columns import new_id
from store.schema.mail import messages, readings

_BATCH = 500
_NEW = insert(readings)
_DIGEST = update(messages).where(messages.c.id == bindparam("message"))


@dataclass(frozen=True, slots=True)
class Reading:
    id: int
    message_id: int
    reader: str
    read_at: datetime
    submission: Submission


def save(tx: Connection, message_id: int, submission: Submission, now: datetime) -> int:
    """Keep a reading, and the content digest by which doubles of the message are found; returns its number."""
    values = {
        "message_id": message_id,
        "reader": submission.reader,
        "read_at": now,
        "submission": submission_text(submission),
    }
    tx.execute(_DIGEST, {"message": message_id, "content_digest": submission.content_digest})
    return new_id(tx.execute(_NEW, values))


def latest(conn: Connection, message_id: int) -> Reading | None:
    """The newest reading; None where it was never read, or was erased."""
    return latest_of(conn, [message_id]).get(message_id)


def latest_of(conn: Connection, message_ids: Collection[int]) -> dict[int, Reading]:
    """The newest reading of each message that has one."""
    found: dict[int, Reading] = {}
    wanted = sorted(set(message_ids))
    for start in range(0, len(wanted), _BATCH):
        part = wanted[start : start + _BATCH]
        newest = select(func.max(readings.c.id)).where(readings.c.message_id.in_(part)).group_by(readings.c.message_id)
        for row in conn.execute(select(readings).where(readings.c.id.in_(newest))):
            submission = submission_of(row.submission)
            found[row.message_id] = Reading(row.id, row.message_id, row.reader, row.read_at, submission)
    return found


def text_of(reading: Reading) -> object:
    """As plain JSON values, for handing out."""
    return json.loads(submission_text(reading.submission))
