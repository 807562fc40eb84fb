"""What `hoso inspect --json` prints for one message: the contract that the corpus is scored by."""

from datetime import datetime
from typing import TypedDict
from zoneinfo import ZoneInfo

from dossier.findings import NOT_READ, finding
from dossier.model import Assessment, Document, Finding, Memo, Reply, Submission, Verdict
from hoso.signatures import SignatureView, signature_view


class FindingView(TypedDict):
    code: str
    severity: str
    document: str | None
    row: int | None
    detail: str


class DocumentView(TypedDict, total=False):
    file: str
    kinds: list[str]
    read_by: str | None
    signatures: list[SignatureView]
    memo: dict[str, str | None]
    rows: list[dict[str, str | None]]


class InspectionView(TypedDict):
    file: str
    message_id: str | None
    sender: str | None
    received_at: str | None
    union: str | None
    complete: bool | None
    in_time: bool | None
    verdict: str
    reply: str
    findings: list[FindingView]
    documents: list[DocumentView]


_MEMO_FIELDS = ("issuer", "number", "place", "subject", "addressee", "signer", "signer_title")


def inspection_view(file: str, submission: Submission, assessment: Assessment, zone: str) -> InspectionView:
    """One JSON object: what was read in the message `file` and what was made of it, times in the campaign's `zone`."""
    return {
        "file": file,
        "message_id": submission.message_id,
        "sender": submission.sender.address,
        "received_at": _in_zone(assessment.received_at, zone),
        "union": assessment.union,
        "complete": assessment.complete,
        "in_time": assessment.in_time,
        "verdict": assessment.verdict.value,
        "reply": assessment.reply.value,
        "findings": [_finding(finding) for finding in assessment.findings],
        "documents": [_document(document, zone) for document in submission.documents],
    }


def unread_view(file: str, detail: str) -> InspectionView:
    """For a message that could not be read at all: a person has to look at it, and nobody is answered (P4, P11)."""
    return {
        "file": file,
        "message_id": None,
        "sender": None,
        "received_at": None,
        "union": None,
        "complete": None,
        "in_time": None,
        "verdict": Verdict.REVIEW.value,
        "reply": Reply.NONE.value,
        "findings": [_finding(finding(NOT_READ, detail=detail))],
        "documents": [],
    }


def _in_zone(moment: datetime | None, zone: str) -> str | None:
    return moment.astimezone(ZoneInfo(zone)).isoformat() if moment else None


def _finding(finding: Finding) -> FindingView:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "document": finding.document,
        "row": finding.row,
        "detail": finding.detail,
    }


def _document(document: Document, zone: str) -> DocumentView:
    view: DocumentView = {
        "file": document.file,
        "kinds": [kind.value for kind in document.kinds],
        "read_by": document.read_by,
    }
    if document.signatures:
        view["signatures"] = [signature_view(one, zone) for one in document.signatures]
    if document.memo is not None:
        view["memo"] = _memo(document.memo)
    if document.table is not None:
        view["rows"] = [
            {"no": None, **{key: text or None for key, text in row.cells.items()}} for row in document.table.rows
        ]
    return view


def _memo(memo: Memo) -> dict[str, str | None]:
    fields: dict[str, str | None] = {name: getattr(memo, name) for name in _MEMO_FIELDS}
    return fields | {"date": memo.date.isoformat() if memo.date else None}
