"""Points that examiners gave. A row is of the event with its number; a later one takes the place of an earlier one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select

from dossier.examination import plain
from dossier.history import canonical
from dossier.same_initiative import Known
from store import events
from store.json_text import mapping_of
from store.schema.columns import storable
from store.schema.examination import scores
from store.schema.history import event_notes
from store.schema.history import events as event_table

RECORDED = "score-recorded"
_NEW = insert(scores)
_BATCH = 500
_OF_DOSSIERS = (
    select(scores, event_table.c.at, event_notes.c.by, event_notes.c.reason)
    .join(event_table, event_table.c.seq == scores.c.seq)
    .outerjoin(event_notes, event_notes.c.seq == scores.c.seq)
    .where(scores.c.campaign == bindparam("key"), scores.c.dossier_id.in_(bindparam("dossiers", expanding=True)))
    .order_by(scores.c.seq)
)


@dataclass(frozen=True, slots=True)
class NewScore:
    campaign: str
    dossier_id: int
    initiative: Known
    examiner: str
    points: Mapping[str, Decimal]
    """Criterion → points; none: the examiner's points are withdrawn."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """As it was recorded; whether a later one stands in its place is told by `in_force`."""

    seq: int
    """Number of its event."""
    campaign: str
    dossier_id: int
    initiative: Known
    """As it stood then."""
    examiner: str
    points: Mapping[str, Decimal] = field(default_factory=dict)
    note: str = ""
    at: datetime | None = None
    by: str = ""
    """Who entered it."""
    reason: str = ""


def add(tx: Connection, new: NewScore, now: datetime, *, by: str, reason: str) -> int:
    """Append; returns the number of its event."""
    known, points = new.initiative, canonical({key: plain(value) for key, value in new.points.items()}).decode()
    facts: dict[str, events.Fact] = {"campaign": new.campaign, "row": known.row, "withdrawn": not new.points}
    sealed = {
        "title": known.title,
        "author": known.author,
        "content": known.content,
        "examiner": storable(new.examiner),
        "points": points,
        "note": storable(new.note),
    }
    told = events.Event(RECORDED, now, dossier_id=new.dossier_id, facts=facts, sealed=sealed, by=by, reason=reason)
    seq = events.append(tx, told).seq
    values = {"seq": seq, "campaign": new.campaign, "dossier_id": new.dossier_id, "row": known.row} | sealed
    tx.execute(_NEW, values)
    return seq


def of_dossier(conn: Connection, campaign: str, dossier_id: int) -> list[Score]:
    """All that were ever given to initiatives of a dossier, in order."""
    return of_dossiers(conn, campaign, [dossier_id])


def of_dossiers(conn: Connection, campaign: str, dossier_ids: Sequence[int]) -> list[Score]:
    """The same of several dossiers; at most some hundreds."""
    return [_score(row) for row in conn.execute(_OF_DOSSIERS, {"key": campaign, "dossiers": list(dossier_ids)})]


def scored_dossiers(conn: Connection, campaign: str) -> Iterator[int]:
    """Numbers of the dossiers of which an initiative has points, ascending."""
    asked = select(scores.c.dossier_id).where(scores.c.campaign == campaign).distinct().order_by(scores.c.dossier_id)
    last = 0
    while part := conn.execute(asked.where(scores.c.dossier_id > last).limit(_BATCH)).scalars().all():
        yield from part
        last = part[-1]


def examiners(conn: Connection, campaign: str) -> list[str]:
    """Names of everyone who ever gave points, in order."""
    asked = select(scores.c.examiner).where(scores.c.campaign == campaign, scores.c.examiner != "").distinct()
    return sorted(conn.execute(asked).scalars())


def count(conn: Connection, campaign: str) -> int:
    """How many were recorded, replaced ones too."""
    return int(conn.execute(select(func.count()).where(scores.c.campaign == campaign)).scalar_one())


def _score(row: Row[Any]) -> Score:
    return Score(
        seq=row.seq,
        campaign=row.campaign,
        dossier_id=row.dossier_id,
        initiative=Known(row.row, row.title, row.author, row.content),
        examiner=row.examiner,
        points={key: Decimal(value) for key, value in mapping_of(row.points).items()},
        note=row.note,
        at=row.at,
        by=row.by or "",
        reason=row.reason or "",
    )
