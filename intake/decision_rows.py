"""What persons decided of one dossier, as rows: for its story at a terminal, and for its evidence."""

from typing import Any

from sqlalchemy import Connection

from store import corrections, objections, paper, rulings
from store.decided import Decided

Rows = dict[str, list[dict[str, Any]]]


def decision_rows(conn: Connection, dossier_id: int) -> Rows:
    """papers, objections, rulings, corrections, each with who, when and why, ended ones too; moments as they are."""
    return {
        "papers": [_paper(one) for one in paper.of_dossier(conn, dossier_id)],
        "objections": [_objection(one) for one in objections.of_dossier(conn, dossier_id)],
        "rulings": [
            {"kind": one.ruling.kind.value, "about": one.ruling.about.value, **_decided(one.decided)}
            for one in rulings.of_dossier(conn, dossier_id)
        ],
        "corrections": [
            {
                "field": one.correction.field,
                "row": one.correction.row,
                "value": one.correction.value,
                "reading": one.reading,
                **_decided(one.decided),
            }
            for one in corrections.of_dossier(conn, dossier_id)
        ],
    }


def _paper(one: paper.StoredPaper) -> dict[str, Any]:
    copy = one.paper
    return {
        "arrival": one.arrival,
        "way": copy.way.value,
        "arrived_at": copy.arrived_at,
        "postmarked_on": copy.postmarked_on,
        "holds": [kind.value for kind in copy.holds],
        "complete": copy.complete,
        "received_by": one.received_by,
        "note": one.note,
        **_decided(one.decided),
    }


def _objection(one: objections.StoredObjection) -> dict[str, Any]:
    raised = one.objection
    return {
        "kind": raised.kind.value,
        "row": one.row,
        "title": one.title,
        "author": one.author,
        "raised_by": one.raised_by,
        "raised_on": one.raised_on,
        "outcome": raised.outcome.value if raised.outcome else None,
        **_decided(one.decided),
    }


def _decided(one: Decided) -> dict[str, Any]:
    said = {"event": one.number, "at": one.at, "by": one.by, "reason": one.reason}
    return said | {"ended_at": one.ended_at, "ended_by": one.ended_by, "ended_reason": one.ended_reason}
