"""Values that persons corrected; what was read stays beside each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam

from dossier.corrections import Correction
from store import decided, events
from store.decided import Decided
from store.schema.decisions import corrections

_ALL = decided.with_notes(corrections)
_OF_DOSSIER = _ALL.where(corrections.c.dossier_id == bindparam("dossier"))


@dataclass(frozen=True, slots=True)
class NewCorrection:
    document: str
    """"SHA256-of-message/part"."""
    field: str
    value: str
    reading: str
    row: int | None = None
    rows: int | None = None
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class StoredCorrection:
    """A correction on record, withdrawn ones too."""

    decided: Decided
    dossier_id: int
    correction: Correction
    """As the rules want it."""
    reading: str
    """What was read then."""


def correct(
    tx: Connection, dossier_id: int, new: NewCorrection, now: datetime, *, by: str, reason: str
) -> StoredCorrection:
    """Record a correction; one of the same value that stands is withdrawn by it."""
    for one in of_dossier(tx, dossier_id):
        known = one.correction
        same = (known.document, known.field, known.row) == (new.document, new.field, new.row)
        if same and one.decided.stands:
            withdraw(tx, one.decided.number, now, by=by, reason=reason)
    facts: dict[str, events.Fact] = {"field": new.field, "row": new.row}
    sealed = {"document": new.document, "anchor": new.anchor, "reading": new.reading, "value": new.value}
    happened = events.Event(
        "value-corrected", now, dossier_id=dossier_id, facts=facts, sealed=sealed, by=by, reason=reason
    )
    values = sealed | {"dossier_id": dossier_id, "field": new.field, "row": new.row, "rows": new.rows}
    made = decided.record(tx, corrections, happened, values)
    return _correction(tx.execute(_ALL.where(corrections.c.event == made)).one())


def withdraw(tx: Connection, number: int, now: datetime, *, by: str, reason: str) -> bool:
    """What was read counts again. False where there is none that stands."""
    known = get(tx, number)
    happened = events.Event(
        "correction-withdrawn",
        now,
        dossier_id=known.dossier_id if known else None,
        facts={"correction": number},
        by=by,
        reason=reason,
    )
    return decided.end(tx, corrections, number, happened)


def get(conn: Connection, number: int) -> StoredCorrection | None:
    row = conn.execute(_ALL.where(corrections.c.event == number)).one_or_none()
    return None if row is None else _correction(row)


def of_dossier(conn: Connection, dossier_id: int) -> list[StoredCorrection]:
    """All of a dossier in order, withdrawn ones too."""
    return [_correction(row) for row in conn.execute(_OF_DOSSIER, {"dossier": dossier_id})]


def in_force(conn: Connection, dossier_id: int) -> tuple[Correction, ...]:
    """Those that hold now, in order."""
    return tuple(one.correction for one in of_dossier(conn, dossier_id) if one.decided.stands)


def _correction(row: Row[Any]) -> StoredCorrection:
    who = decided.decided(row)
    return StoredCorrection(
        decided=who,
        dossier_id=row.dossier_id,
        correction=Correction(
            number=row.event,
            span=who.span,
            document=row.document,
            field=row.field,
            value=row.value,
            row=row.row,
            rows=row.rows,
            anchor=row.anchor,
        ),
        reading=row.reading,
    )
