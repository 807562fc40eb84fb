"""Complaints and disputes against single initiatives, each with its end and outcome.

An objection is tied to what the initiative is (its author and title), not to its row: the table may be replaced.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from dossier.campaign import AUTHOR, TITLE
from dossier.decisions import Objection, ObjectionKind, Outcome, initiative_key
from store import contents, decided, events
from store.decided import Decided
from store.initiative_row import Initiative
from store.schema.decisions import objections
from store.schema.record import dossiers


@dataclass(frozen=True, slots=True)
class StoredObjection:
    """An objection on record, ended ones too."""

    decided: Decided
    dossier_id: int
    objection: Objection
    """As the rules want it."""
    author: str
    title: str
    """Of the initiative, as they were then; '' where they were removed."""
    row: int
    """Where it stood in the table then."""
    raised_by: str
    raised_on: date
    reopens: int | None
    """The number of the ended objection that this one takes up again."""


def add(
    tx: Connection,
    initiative: Initiative,
    kind: ObjectionKind,
    raised_on: date,
    now: datetime,
    *,
    raised_by: str,
    by: str,
    reason: str,
) -> StoredObjection:
    """Record an objection to an initiative that is in force now."""
    values: dict[str, Any] = {
        "dossier_id": initiative.dossier_id,
        "kind": kind.value,
        "initiative": initiative_key({AUTHOR: initiative.author, TITLE: initiative.title}),
        "author": initiative.author,
        "title": initiative.title,
        "row": initiative.row,
        "raised_by": raised_by,
        "raised_on": raised_on,
    }
    return _record(tx, values, now, by=by, reason=reason)


def reopen(tx: Connection, number: int, now: datetime, *, by: str, reason: str) -> StoredObjection | None:
    """Undo the end of an objection: a further one takes it up. None where it has not ended, or was taken up before."""
    ended = get(tx, number)
    taken_up = select(objections.c.event).where(objections.c.reopens == number)
    if ended is None or ended.decided.stands or tx.execute(taken_up).first() is not None:
        return None
    values: dict[str, Any] = {
        "dossier_id": ended.dossier_id,
        "kind": ended.objection.kind.value,
        "initiative": ended.objection.initiative,
        "author": ended.author,
        "title": ended.title,
        "row": ended.row,
        "raised_by": ended.raised_by,
        "raised_on": ended.raised_on,
        "reopens": number,
    }
    return _record(tx, values, now, by=by, reason=reason)


def end(tx: Connection, number: int, outcome: Outcome, now: datetime, *, by: str, reason: str) -> bool:
    """It is over, with this outcome. False where there is none that stands."""
    known = get(tx, number)
    happened = events.Event(
        "objection-ended",
        now,
        dossier_id=known.dossier_id if known else None,
        facts={"objection": number, "outcome": outcome.value},
        by=by,
        reason=reason,
    )
    return decided.end(tx, objections, number, happened, outcome=outcome.value)


def get(conn: Connection, number: int) -> StoredObjection | None:
    row = conn.execute(_all().where(objections.c.event == number)).one_or_none()
    return None if row is None else _objection(row)


def of_dossier(conn: Connection, dossier_id: int) -> list[StoredObjection]:
    """All of a dossier in the order of their recording, ended ones too."""
    return of_dossiers(conn, [dossier_id])


def of_dossiers(conn: Connection, dossier_ids: Sequence[int]) -> list[StoredObjection]:
    """As `of_dossier`, of several at once; at most some hundreds."""
    return [_objection(row) for row in conn.execute(_all().where(objections.c.dossier_id.in_(dossier_ids)))]


def of_campaign(conn: Connection, campaign: str) -> list[StoredObjection]:
    """All of a campaign in the order of their recording, ended ones too."""
    mine = objections.c.dossier_id.in_(select(dossiers.c.id).where(dossiers.c.campaign == campaign))
    return [_objection(row) for row in conn.execute(_all().where(mine))]


def row_now(conn: Connection, one: StoredObjection) -> int | None:
    """Where its initiative stands in the table in force now; None where the table does not hold it any more."""
    for initiative in contents.initiatives_of(conn, one.dossier_id):
        if initiative_key({AUTHOR: initiative.author, TITLE: initiative.title}) == one.objection.initiative:
            return initiative.row
    return None


def _record(tx: Connection, values: dict[str, Any], now: datetime, *, by: str, reason: str) -> StoredObjection:
    told = ("kind", "row", "reopens")
    facts: dict[str, events.Fact] = {name: values[name] for name in told if name in values}
    facts["raised_on"] = values["raised_on"].isoformat()
    sealed = {name: values[name] for name in ("initiative", "author", "title", "raised_by")}
    happened = events.Event(
        "objection-raised", now, dossier_id=values["dossier_id"], facts=facts, sealed=sealed, by=by, reason=reason
    )
    made = decided.record(tx, objections, happened, values)
    return _objection(tx.execute(_all().where(objections.c.event == made)).one())


def _all() -> Select[Any]:
    return decided.with_notes(objections)


def _objection(row: Row[Any]) -> StoredObjection:
    who = decided.decided(row)
    return StoredObjection(
        decided=who,
        dossier_id=row.dossier_id,
        objection=Objection(
            number=row.event,
            span=who.span,
            kind=ObjectionKind(row.kind),
            initiative=row.initiative,
            outcome=Outcome(row.outcome) if row.outcome else None,
        ),
        author=row.author,
        title=row.title,
        row=row.row,
        raised_by=row.raised_by,
        raised_on=row.raised_on,
        reopens=row.reopens,
    )
