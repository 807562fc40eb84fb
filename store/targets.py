"""What staff recorded of each union for the plan's targets, and the figures of the register that the others need.

None is overwritten: the last row of a union and target holds, and each is of an event that says who and why.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, select

from dossier.breakdown import Worded
from dossier.model import Verdict
from dossier.targets import Held, Mark
from store import events
from store.contents import every_initiative
from store.schema.history import event_notes
from store.schema.record import dossiers, initiatives
from store.schema.targets import target_marks

RECORDED = "target-recorded"
"""Kind of the event."""
_NEW = insert(target_marks)
_HELD = (
    select(
        dossiers.c.code,
        dossiers.c.union_code,
        dossiers.c.verdict,
        select(func.count())
        .select_from(initiatives)
        .where(initiatives.c.dossier_id == dossiers.c.id)
        .scalar_subquery()
        .label("in_force"),
    )
    .where(dossiers.c.campaign == bindparam("key"))
    .order_by(dossiers.c.union_code)
)


def record(
    tx: Connection,
    campaign: str,
    target: str,
    union: str,
    met: bool | None,
    now: datetime,
    *,
    by: str,
    reason: str,
    on: date | None = None,
) -> Mark:
    """From now on this holds of the union; `met` None takes back what was recorded."""
    facts: dict[str, events.Fact] = {
        "campaign": campaign,
        "target": target,
        "union": union,
        "met": met,
        "on": on.isoformat() if on else None,
    }
    made = events.append(tx, events.Event(RECORDED, now, facts=facts, by=by, reason=reason))
    values = {
        "event": made.seq,
        "campaign": campaign,
        "target": target,
        "union_code": union,
        "met": met,
        "on_day": on,
        "recorded_at": now,
    }
    tx.execute(_NEW, values)
    return Mark(union, met, made.seq, now, on, by, reason)


def standing(conn: Connection, campaign: str) -> Mapping[str, Mapping[str, Mark]]:
    """Key of a target → union → what was recorded last."""
    newest = select(func.max(target_marks.c.event)).where(target_marks.c.campaign == campaign)
    last = newest.group_by(target_marks.c.target, target_marks.c.union_code)
    marks: dict[str, dict[str, Mark]] = {}
    for row in conn.execute(_marks().where(target_marks.c.event.in_(last))):
        marks.setdefault(row.target, {})[row.union_code] = _mark(row)
    return marks


def of_union(conn: Connection, campaign: str, target: str, union: str) -> list[Mark]:
    """Everything that was recorded, in order; the last holds."""
    mine = (target_marks.c.campaign == campaign) & (target_marks.c.target == target)
    return [_mark(row) for row in conn.execute(_marks().where(mine, target_marks.c.union_code == union))]


def held(conn: Connection, campaign: str) -> tuple[Held, ...]:
    """Every dossier of the campaign with the number of its initiatives in force, by union."""
    rows = conn.execute(_HELD, {"key": campaign})
    return tuple(Held(row.code, row.union_code, row.in_force, row.verdict == Verdict.ACCEPTED.value) for row in rows)


def worded(conn: Connection, campaign: str) -> Iterator[Worded]:
    """Every initiative in force; memory does not grow with them."""
    return (Worded(one.union, one.cells, one.benefit) for one in every_initiative(conn, campaign))


def _marks() -> Select[Any]:
    return (
        select(target_marks, event_notes.c.by, event_notes.c.reason)
        .outerjoin(event_notes, event_notes.c.seq == target_marks.c.event)
        .order_by(target_marks.c.event)
    )


def _mark(row: Row[Any]) -> Mark:
    return Mark(row.union_code, row.met, row.event, row.recorded_at, row.on_day, row.by or "", row.reason or "")
