"""Are documents, initiatives, findings and readings what they were when their events were written? (P8, P9)

Documents, initiatives and readings by the digests in the events; findings are drawn anew from the assessment, which
has a digest itself. Events from before these digests were kept tell nothing of documents, initiatives and readings.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, Table, select, tuple_

from dossier.model import Finding
from store.contents import documents_text, finding_row, findings_text, initiatives_text
from store.events import Recorded
from store.json_text import assessment_of
from store.revisions import JOINING
from store.schema.mail import readings
from store.schema.record import documents, dossiers, findings, initiatives, revisions
from store.seals import seal

_BATCH = 50
"""Revisions whose rows are held at once: each may have hundreds."""
_REVISION = (revisions.c.id, revisions.c.dossier_id, revisions.c.number, revisions.c.cause, revisions.c.joins)


def contents_of(conn: Connection, told: Sequence[Recorded], salts: Mapping[int, bytes]) -> Iterator[tuple[int, str]]:
    """(Number of the event, what is wrong) for these events; `salts` of those that were not removed."""
    revised = [event for event in told if event.kind == "revision-recorded"]
    for start in range(0, len(revised), _BATCH):
        yield from _revisions(conn, revised[start : start + _BATCH], salts)
    settled = (event for event in told if event.kind == "message-settled")
    read = [event for event in settled if "reading" in event.digests and event.seq in salts]
    for start in range(0, len(read), _BATCH):
        yield from _readings(conn, read[start : start + _BATCH], salts)


def _revisions(conn: Connection, told: Sequence[Recorded], salts: Mapping[int, bytes]) -> Iterator[tuple[int, str]]:
    keys = sorted({(event.dossier_id, event.facts["revision"]) for event in told}, key=str)
    asked = select(*_REVISION, revisions.c.assessment, revisions.c.reply, dossiers.c.revision.label("in_force"))
    joined = asked.join(dossiers, dossiers.c.id == revisions.c.dossier_id)
    mine = joined.where(tuple_(revisions.c.dossier_id, revisions.c.number).in_(keys))
    rows = {(row.dossier_id, row.number): row for row in conn.execute(mine)}
    ids = [row.id for row in rows.values()]
    found = _by_revision(conn, findings, ids)
    files = _by_revision(conn, documents, ids)
    held = _by_revision(conn, initiatives, ids)
    for event in told:
        row = rows.get((event.dossier_id, event.facts["revision"]))
        if row is None:
            continue  # that it is gone is said where its own columns are compared
        of = f"of event {event.seq} ({event.kind})"
        if (wrong := _unlike_assessment(row, found.get(row.id, []))) is not None:
            yield event.seq, f"{wrong} {of} was changed"
        salt = salts.get(event.seq)
        if salt is None:
            continue
        if "documents" in event.digests and _differs(event, salt, "documents", documents_text(files.get(row.id, []))):
            yield event.seq, f"documents {of} were changed"
        rows_held = held.get(row.id, [])
        if row.number != row.in_force:  # replaced by those of a later revision
            if rows_held:
                yield event.seq, f"initiatives {of} stand there still, though a later revision is in force"
        elif "initiatives" in event.digests and _differs(event, salt, "initiatives", initiatives_text(rows_held)):
            yield event.seq, f"initiatives {of} were changed"


def _differs(event: Recorded, salt: bytes, name: str, text: str) -> bool:
    return seal(salt, name, text) != event.digests[name]


def _unlike_assessment(row: Any, found: Sequence[Mapping[str, Any]]) -> str | None:
    """The name of what does not say what the assessment of its revision says."""
    try:
        assessment = assessment_of(row.assessment)
    except ValidationError:
        return None  # its digest tells that it was changed
    if findings_text(found) != findings_text(_rows_of(assessment.findings, row)):
        return "findings"
    if row.reply != assessment.reply.value:
        return "revisions.reply"
    return None if row.joins == (row.cause in JOINING) else "revisions.joins"


def _rows_of(found: Sequence[Finding], row: Any) -> list[dict[str, Any]]:
    return [finding_row(row.dossier_id, row.id, one) for one in found]


def _by_revision(conn: Connection, table: Table, ids: Sequence[int]) -> dict[int, list[Mapping[str, Any]]]:
    found: dict[int, list[Mapping[str, Any]]] = {}
    for row in conn.execute(select(table).where(table.c.revision_id.in_(ids))):
        found.setdefault(row.revision_id, []).append(row._asdict())
    return found


def _readings(conn: Connection, told: Sequence[Recorded], salts: Mapping[int, bytes]) -> Iterator[tuple[int, str]]:
    ids = {event.facts["reading"] for event in told}
    asked = select(readings.c.id, readings.c.message_id, readings.c.submission).where(readings.c.id.in_(ids))
    rows = {row.id: row for row in conn.execute(asked)}
    for event in told:
        row, of = rows.get(event.facts["reading"]), f"of event {event.seq} ({event.kind})"
        if row is None:
            yield event.seq, f"readings.submission {of} is gone"
        elif row.message_id != event.message_id or _differs(event, salts[event.seq], "reading", row.submission):
            yield event.seq, f"readings.submission {of} was changed"
