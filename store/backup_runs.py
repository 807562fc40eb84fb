"""What became of each backup."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from store.events import Head
from store.schema.backups import backup_runs


@dataclass(frozen=True, slots=True)
class BackupRun:
    started_at: datetime
    ended_at: datetime
    name: str
    """Of its folder: "hoso-20261123T020000Z"."""
    head: Head | None
    """Of the copy; None where there is none."""
    bytes: int | None
    """All of its files together."""
    problem: str = ""
    """Why it failed, and what to do; '' where it was made and checked."""

    @property
    def sound(self) -> bool:
        return not self.problem


def record(tx: Connection, run: BackupRun) -> None:
    values = {
        "started_at": run.started_at,
        "ended_at": run.ended_at,
        "name": run.name,
        "sound": run.sound,
        "problem": run.problem,
        "head_seq": run.head.seq if run.head else None,
        "head_hash": run.head.hash if run.head else None,
        "bytes": run.bytes,
    }
    tx.execute(insert(backup_runs), values)


def latest(conn: Connection, *, sound: bool | None = None) -> BackupRun | None:
    """The last one; with `sound` the last that was made, or the last that failed. For alarms and the timetable."""
    asked = select(backup_runs).order_by(backup_runs.c.id.desc()).limit(1)
    row = conn.execute(asked if sound is None else asked.where(backup_runs.c.sound == sound)).one_or_none()
    if row is None:
        return None
    head = None if row.head_seq is None else Head(row.head_seq, row.head_hash)
    return BackupRun(row.started_at, row.ended_at, row.name, head, row.bytes, row.problem)
