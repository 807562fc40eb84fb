"""What the evidence of a dossier says of each thing in it, as JSON values; moments in UTC."""

import hashlib
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import NoResultFound

from dossier.campaign import Campaign
from dossier.deadline import Extension
from dossier.decisions import Span
from dossier.model import Finding
from intake.decision_rows import decision_rows
from store import deadlines, events, outbox, senders
from store.contents import StoredDocument
from store.dossiers import Dossier
from store.events import Recorded
from store.messages import Message
from store.revisions import Contribution, Revision

_ENDINGS: Mapping[str, str] = {
    "application/pdf": "pdf",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "application/rtf": "rtf",
    "application/zip": "zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/tiff": "tif",
    "image/heic": "heic",
    "text/plain": "txt",
    "text/csv": "csv",
}
"""Told from the content; all others are `bin`, which no program opens by itself."""


def about(conn: Connection, campaign: Campaign, dossier: Dossier) -> dict[str, Any]:
    """The dossier itself, and what persons decided of it."""
    union = campaign.roster.by_code(dossier.union)
    told = deadlines.history(conn, dossier.campaign)
    return {
        "id": dossier.id,
        "code": dossier.code,
        "campaign": dossier.campaign,
        "union": dossier.union,
        "union_name": union.name if union else dossier.union,
        "arrival": f"{dossier.arrival_number}/{dossier.arrival_year}",
        "opened_at": events.moment_text(dossier.created_at),
        "deadline": events.moment_text(campaign.deadline),
        "extensions": [
            _extension(one.extended.extension, one.extended.span, one.by)
            for one in told
            if one.extended.extension.union in (None, dossier.union)
        ],
        **{kind: [_plain(row) for row in rows] for kind, rows in decision_rows(conn, dossier.id).items()},
        "senders": [
            {
                "address": one.address,
                "at": _at(one.confirmed_at),
                "by": one.confirmed_by,
                "reason": one.reason,
                "withdrawn_at": _at(one.withdrawn_at),
            }
            for one in senders.of_union(conn, dossier.campaign, dossier.union)
        ],
    }


def message(one: Message, joined: Contribution | None, path: str | None) -> dict[str, Any]:
    read = joined.submission if joined else None
    return {
        "number": one.id,
        "sha256": one.sha256,
        "size": one.size,
        "path": path,
        "erased_at": _at(one.erased_at),
        "received_at": _at(one.receipt.at),
        "server_time": _at(one.receipt.server_time),
        "header_time": _at(one.receipt.header_time),
        "recorded_at": _at(one.first_seen_at),
        "revision": joined.revision if joined else None,
        "supplement": joined.supplement if joined else None,
        "sender": read.sender.address if read else None,
        "subject": read.subject if read else None,
        "date_claimed": _at(read.date) if read else None,
    }


def document_path(one: StoredDocument) -> str:
    return f"documents/{one.sha256}.{_ENDINGS.get(one.media_type, 'bin')}"


def document(one: StoredDocument, path: str | None) -> dict[str, Any]:
    return {
        "revision": one.revision,
        "message": one.message_id,
        "part": one.part,
        "file": one.file,
        "sha256": one.sha256,
        "size": one.size,
        "kinds": [kind.value for kind in one.kinds],
        "read_by": one.read_by,
        "problem": one.problem.value if one.problem else None,
        "path": path,
        "signatures": [
            {
                "signer": told.signer,
                "organisation": told.organisation,
                "signed_at": _at(told.signed_at),
                "since": told.since.value,
                "trusted": told.trusted,
                "doubt": told.doubt,
            }
            for told in one.signatures
        ],
    }


def letters(conn: Connection, ids: Collection[int], add: Callable[[str, bytes], str]) -> list[dict[str, Any]]:
    """Each as it went out, with its state; of one that was erased the state alone."""
    made = []
    for number in sorted(ids):
        one = outbox.get(conn, number)
        if one is None:
            continue
        try:
            content = outbox.mime(conn, number)
        except NoResultFound:
            content = None
        path = f"letters/letter-{number}.eml" if content is not None else None
        if path is not None and content is not None:
            add(path, content)
        made.append(
            {
                "number": number,
                "kind": one.kind,
                "to": one.recipient,
                "subject": one.subject,
                "state": one.state.value,
                "written_at": _at(one.created_at),
                "sent_at": _at(one.sent_at),
                "reply": one.reply,
                "reason": one.reason,
                "revision": one.revision,
                "path": path,
                "sha256": hashlib.sha256(content).hexdigest() if content is not None else None,
            }
        )
    return made


def revision(one: Revision, event: Recorded | None, path: str | None, sha256: str | None) -> dict[str, Any]:
    judged = one.assessment
    return {
        "number": one.number,
        "event": event.seq if event else None,
        "cause": one.cause.value,
        "message": one.message_id,
        "supplement": one.supplement,
        "recorded_at": _at(one.recorded_at),
        "verdict": judged.verdict.value,
        "complete": judged.complete,
        "in_time": judged.in_time,
        "received_at": _at(judged.received_at),
        "deadline": _at(judged.deadline),
        "rules": judged.rules,
        "in_force": dict(judged.in_force),
        "findings": [_finding(found) for found in judged.findings],
        "path": path,
        "sha256": sha256,
    }


def told(one: Recorded, texts: Mapping[str, str]) -> dict[str, Any]:
    """An event for people to read; `texts`: what it sealed."""
    return {
        "event": one.seq,
        "at": _at(one.at),
        "kind": one.kind,
        "facts": dict(one.facts),
        "by": texts.get("by", ""),
        "reason": texts.get("reason", ""),
    }


def _finding(one: Finding) -> dict[str, Any]:
    where = {"document": one.document, "row": one.row, "detail": one.detail, "values": dict(one.values)}
    return {"code": one.code, "severity": one.severity.value, **where}


def _extension(one: Extension, span: Span, by: str) -> dict[str, Any]:
    said = {"until": _at(one.until), "union": one.union, "reason": one.reason, "by": by}
    return said | {"at": _at(span.start), "withdrawn_at": _at(span.end)}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Moments in UTC, days as ISO 8601."""
    return {name: _written(value) for name, value in row.items()}


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return _at(value)
    return value.isoformat() if isinstance(value, date) else value


def _at(moment: datetime | None) -> str | None:
    return events.moment_text(moment) if moment else None
