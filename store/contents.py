"""What a dossier holds, row by row: documents, initiatives and findings, for lists, reports and search.

The record itself is the reading of each message and the assessment of each revision; these rows are drawn from them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select

from dossier.campaign import AUTHOR, TITLE
from dossier.co_authors import on_one_line
from dossier.folding import fold
from dossier.initiatives import Drawn
from dossier.model import Document, Finding, Kind, Problem, Severity
from dossier.signatures import Signature
from store.initiative_row import Initiative, initiative_of, select_initiatives
from store.json_text import mapping_of, mapping_text, signatures_of, signatures_text
from store.row_seals import rows_text
from store.schema.columns import indexable
from store.schema.record import documents, dossiers, findings, initiative_marks, initiatives, revisions
from store.search_words import initiative_text

_BATCH = 100
_NEW_DOCUMENT, _NEW_INITIATIVE = insert(documents), insert(initiatives)
_NEW_FINDING, _NEW_MARK = insert(findings), insert(initiative_marks)
_CLEAR = delete(initiatives).where(initiatives.c.dossier_id == bindparam("dossier"))
DRAWN_FOR_SEARCH = ("campaign", "author_folded", "title_folded", "text_folded")
_CLEAR_MARKS = delete(initiative_marks).where(initiative_marks.c.dossier_id == bindparam("dossier"))


@dataclass(frozen=True, slots=True)
class StoredDocument:
    id: int
    dossier_id: int
    revision: int
    """With which it came."""
    message_id: int
    part: str
    file: str
    sha256: str
    size: int
    media_type: str
    kinds: tuple[Kind, ...]
    read_by: str | None
    problem: Problem | None
    pages: int | None
    signatures: tuple[Signature, ...]


def keep_documents(
    tx: Connection, dossier_id: int, revision_id: int, message_id: int, files: Iterable[Document]
) -> str:
    """The files of a message; returns what the rows say, for the event (`documents_text`)."""
    values = [
        {
            "dossier_id": dossier_id,
            "revision_id": revision_id,
            "message_id": message_id,
            "part": file.part,
            "file": file.file,
            "sha256": file.sha256,
            "size": file.size,
            "media_type": file.media_type,
            "kinds": " ".join(file.kinds),
            "read_by": file.read_by,
            "problem": None if file.problem is None else file.problem.value,
            "pages": file.pages,
            "signatures": signatures_text(file.signatures),
        }
        for file in files
    ]
    if values:
        tx.execute(_NEW_DOCUMENT, values)
    return documents_text(values)


def documents_text(rows: Iterable[Mapping[str, Any]]) -> str:
    """What the documents of one revision say, whatever their order."""
    return rows_text(documents, rows, leave=("id", "revision_id"))


def initiatives_text(rows: Iterable[Mapping[str, Any]]) -> str:
    """What the initiatives in force of a dossier say, but for what is drawn for search: one day otherwise, perhaps."""
    return rows_text(initiatives, rows, leave=("id", "revision_id", *DRAWN_FOR_SEARCH))


def replace_initiatives(
    tx: Connection, dossier_id: int, made: int, document: str, drawn: Sequence[Drawn], campaign: str, came_at: datetime
) -> str:
    """The initiatives in force, in place of those of the revision before; returns what the rows say, for the event."""
    values = [
        {"dossier_id": dossier_id, "revision_id": made, "row": place, "document": document}
        | _cells_of(one, campaign, came_at)
        | figures_of(one)
        for place, one in enumerate(drawn, start=1)
    ]
    tx.execute(_CLEAR_MARKS, {"dossier": dossier_id})
    tx.execute(_CLEAR, {"dossier": dossier_id})
    if values:
        tx.execute(_NEW_INITIATIVE, values)
    marked = [
        {"dossier_id": dossier_id, "row": place, "mark": mark}
        for place, one in enumerate(drawn, start=1)
        for mark in one.marks
    ]
    if marked:
        tx.execute(_NEW_MARK, marked)
    return initiatives_text(values)


def _cells_of(drawn: Drawn, campaign: str, came_at: datetime) -> dict[str, object]:
    row = drawn.row
    return {
        "place": row.place,
        "author": on_one_line(row.cells.get(AUTHOR, "")),
        "title": row.cells.get(TITLE, ""),
        "author_folded": fold(row.cells.get(AUTHOR, "")),
        "title_folded": indexable(fold(row.cells.get(TITLE, ""))),
        "campaign": campaign,
        "text_folded": initiative_text(campaign, row.cells, row.extra, came_at),
        "cells": mapping_text(row.cells),
        "extra": mapping_text(row.extra),
    }


def figures_of(drawn: Drawn) -> dict[str, object]:
    """What is stored of dates and money, by column."""
    applied, benefit = drawn.applied, drawn.benefit
    return {
        "applied_first": applied.first if applied else None,
        "applied_last": applied.last if applied else None,
        "applied_until": applied.until if applied else None,
        "benefit_worth": benefit.worth.value,
        "benefit_low": benefit.low,
        "benefit_high": benefit.high,
        "benefit_per": benefit.per,
        "benefit_approximate": benefit.approximate,
    }


def keep_findings(tx: Connection, dossier_id: int, revision_id: int, found: Iterable[Finding]) -> None:
    values = [finding_row(dossier_id, revision_id, finding) for finding in found]
    if values:
        tx.execute(_NEW_FINDING, values)


def finding_row(dossier_id: int, revision_id: int, finding: Finding) -> dict[str, Any]:
    return {
        "dossier_id": dossier_id,
        "revision_id": revision_id,
        "code": finding.code,
        "severity": finding.severity.value,
        "document": finding.document,
        "row": finding.row,
        "detail": finding.detail,
        "field_values": mapping_text(finding.values),
    }


def findings_text(rows: Iterable[Mapping[str, Any]]) -> str:
    """What the findings of one revision say, whatever their order."""
    return rows_text(findings, rows, leave=("id",))


def documents_of(conn: Connection, dossier_id: int) -> list[StoredDocument]:
    """Every file that came, in order; which of them counts is said by the assessment's `in_force`."""
    asked = (
        select(documents, revisions.c.number)
        .join(revisions, revisions.c.id == documents.c.revision_id)
        .where(documents.c.dossier_id == dossier_id)
        .order_by(documents.c.id)
    )
    return [_document(row) for row in conn.execute(asked)]


def initiatives_of(conn: Connection, dossier_id: int) -> list[Initiative]:
    """In the order of the table in force."""
    return initiatives_of_each(conn, [dossier_id])[dossier_id]


def initiatives_of_each(conn: Connection, dossier_ids: Sequence[int]) -> dict[int, list[Initiative]]:
    """The same of several dossiers (at most some hundreds), by number of the dossier."""
    asked = select_initiatives().where(initiatives.c.dossier_id.in_(dossier_ids))
    found: dict[int, list[Initiative]] = {one: [] for one in dossier_ids}
    for row in conn.execute(asked.order_by(initiatives.c.dossier_id, initiatives.c.row)):
        found[row.dossier_id].append(initiative_of(row))
    return found


def same_title(conn: Connection, campaign: str, title: str, limit: int = 20) -> list[Initiative]:
    """Initiatives of the campaign whose title is the same but for marks, case and spaces."""
    asked = select_initiatives().where(
        initiatives.c.title_folded == indexable(fold(title)), initiatives.c.campaign == campaign
    )
    return [initiative_of(row) for row in conn.execute(asked.order_by(initiatives.c.id).limit(limit))]


def every_initiative(conn: Connection, campaign: str) -> Iterator[Initiative]:
    """All of a campaign, dossier by dossier; memory does not grow with them."""
    union = ""
    while True:
        asked = select(dossiers.c.id, dossiers.c.union_code).where(
            dossiers.c.campaign == campaign, dossiers.c.union_code > union
        )
        part = conn.execute(asked.order_by(dossiers.c.union_code).limit(_BATCH)).all()
        for held in initiatives_of_each(conn, [dossier.id for dossier in part]).values():
            yield from held
        if len(part) < _BATCH:
            return
        union = part[-1].union_code


def findings_of(conn: Connection, revision_id: int) -> list[Finding]:
    asked = select(findings).where(findings.c.revision_id == revision_id).order_by(findings.c.id)
    return [
        Finding(row.code, Severity(row.severity), row.document, row.row, row.detail, mapping_of(row.field_values))
        for row in conn.execute(asked)
    ]


def _document(row: Row[Any]) -> StoredDocument:
    return StoredDocument(
        id=row.id,
        dossier_id=row.dossier_id,
        revision=row.number,
        message_id=row.message_id,
        part=row.part,
        file=row.file,
        sha256=row.sha256,
        size=row.size,
        media_type=row.media_type,
        kinds=tuple(Kind(kind) for kind in row.kinds.split()),
        read_by=row.read_by,
        problem=Problem(row.problem) if row.problem else None,
        pages=row.pages,
        signatures=signatures_of(row.signatures),
    )
