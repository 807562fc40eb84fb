"""Snapshots: which dossiers were valid as of a day of selection, kept as it was computed then and never changed.

The event holds the digest of all rows, so that a change of any of them shows.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select

from dossier.history import canonical
from dossier.validity import Validity
from store import events
from store.events import moment_text
from store.schema.decisions import snapshot_rows, snapshots
from store.schema.history import event_notes

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Snapshot:
    number: int
    """Of its event."""
    campaign: str
    as_of: datetime
    taken_at: datetime
    by: str
    reason: str
    digest: str
    """SHA-256 of its rows."""


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """One dossier."""

    dossier_id: int
    union: str
    valid: bool | None
    revision: int
    """In force at that moment; 0 before the first."""
    parts: tuple[dict[str, Any], ...]
    """As `parts_of` gives them."""


def parts_of(found: Validity) -> list[dict[str, Any]]:
    """As JSON values: part, holds, evidence, since."""
    return [
        {
            "part": one.part.value,
            "holds": one.holds,
            "evidence": list(one.evidence),
            "since": moment_text(one.since) if one.since else None,
        }
        for one in found.parts
    ]


def keep(
    tx: Connection,
    campaign: str,
    as_of: datetime,
    rows: Iterable[SnapshotRow],
    now: datetime,
    *,
    by: str,
    reason: str,
) -> Snapshot:
    """Record what was computed; a wrong one is answered by a further snapshot."""
    kept = sorted(rows, key=lambda one: one.dossier_id)
    digest = _digest(kept)
    facts: dict[str, events.Fact] = {
        "campaign": campaign,
        "as_of": moment_text(as_of),
        "dossiers": len(kept),
        "valid": sum(one.valid is True for one in kept),
        "rows": digest,
    }
    told = events.append(tx, events.Event("snapshot-taken", now, facts=facts, by=by, reason=reason))
    values = {"event": told.seq, "campaign": campaign, "as_of": as_of, "recorded_at": now, "digest": digest}
    tx.execute(insert(snapshots).values(values))
    for start in range(0, len(kept), _BATCH):
        tx.execute(insert(snapshot_rows), [_columns(told.seq, one) for one in kept[start : start + _BATCH]])
    return Snapshot(told.seq, campaign, as_of, now, by, reason, digest)


def listed(conn: Connection, campaign: str) -> list[Snapshot]:
    """All of a campaign, the first first."""
    return [_snapshot(row) for row in conn.execute(_noted().where(snapshots.c.campaign == campaign))]


def get(conn: Connection, number: int) -> Snapshot | None:
    row = conn.execute(_noted().where(snapshots.c.event == number)).one_or_none()
    return None if row is None else _snapshot(row)


def rows_of(conn: Connection, number: int) -> list[SnapshotRow]:
    """In the order of the dossiers' numbers."""
    asked = select(snapshot_rows).where(snapshot_rows.c.snapshot == number).order_by(snapshot_rows.c.dossier_id)
    return [
        SnapshotRow(row.dossier_id, row.union_code, row.valid, row.revision, tuple(json.loads(row.parts)))
        for row in conn.execute(asked)
    ]


def changed(conn: Connection) -> Iterator[int]:
    """Numbers of snapshots whose rows are not those that were kept."""
    for row in conn.execute(select(snapshots.c.event, snapshots.c.digest).order_by(snapshots.c.event)).all():
        if _digest(rows_of(conn, row.event)) != row.digest:
            yield row.event


def _digest(rows: list[SnapshotRow]) -> str:
    text = hashlib.sha256()
    for one in rows:
        told = {"dossier": one.dossier_id, "union": one.union, "valid": one.valid, "revision": one.revision}
        text.update(canonical({**told, "parts": list(one.parts)}) + b"\n")
    return text.hexdigest()


def _columns(number: int, one: SnapshotRow) -> dict[str, Any]:
    return {
        "snapshot": number,
        "dossier_id": one.dossier_id,
        "union_code": one.union,
        "valid": one.valid,
        "revision": one.revision,
        "parts": json.dumps(list(one.parts), ensure_ascii=False, sort_keys=True),
    }


def _noted() -> Select[Any]:
    joined = snapshots.outerjoin(event_notes, event_notes.c.seq == snapshots.c.event)
    return select(snapshots, event_notes.c.by, event_notes.c.reason).select_from(joined).order_by(snapshots.c.event)


def _snapshot(row: Row[Any]) -> Snapshot:
    return Snapshot(row.event, row.campaign, row.as_of, row.recorded_at, row.by or "", row.reason or "", row.digest)
