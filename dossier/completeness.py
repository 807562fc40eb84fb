"""What is missing or doubtful in documents (corpus/README.md, "Findings"). Every defect is collected first."""

import re
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise

from dossier.campaign import APPLIED, TITLE, Campaign, Column, RequiredDocument
from dossier.findings import (
    APPLIED_OUTSIDE_WINDOW,
    APPLIED_UNCLEAR,
    COLUMN_MISSING,
    COUNT_DIFFERS,
    EMPTY_SUMMARY_TABLE,
    INCOMPLETE_ROW,
    LAYOUT,
    LINKED_NOT_ATTACHED,
    LOW_CONFIDENCE,
    MISSING_MEMO,
    MISSING_SUMMARY_TABLE,
    NO_ELIGIBLE_INITIATIVE,
    NOT_READ,
    NOTHING_ATTACHED,
    PASSWORD_PROTECTED,
    REFUSED_KIND,
    SIGNATURE,
    SUMMARY_TOO_LONG,
    UNREADABLE_ATTACHMENT,
    finding,
)
from dossier.folding import fold, nfc
from dossier.model import Document, Finding, Kind, Problem, Row, Severity, Submission, SummaryTable
from dossier.perhaps import PERHAPS, PERHAPS_TABLE
from dossier.periods import Applied, applied, none_inside
from dossier.selection import OCR, attachments

_MISSING: Mapping[Kind, str] = {Kind.MEMO: MISSING_MEMO, Kind.SUMMARY_TABLE: MISSING_SUMMARY_TABLE}
_PROBLEM: Mapping[Problem, str] = {
    Problem.CORRUPT: UNREADABLE_ATTACHMENT,
    Problem.PASSWORD: PASSWORD_PROTECTED,
    Problem.REFUSED: REFUSED_KIND,
    Problem.NOT_READ: NOT_READ,
}
_ARCHIVES = frozenset({"application/vnd.rar", "application/x-7z-compressed", "application/zip"})
"""Files that the sender can take apart or pack otherwise, where ours is the limit."""
_ANNOUNCED = re.compile(r"dinh kem|gui kem|kem theo|\bfiles?\b|\battach(?:ed|ment|ments)?\b")
_DECISIVE_PARTS: Mapping[str, str] = {
    "national-title": LAYOUT,
    "addressee": LAYOUT,
    "authority": LAYOUT,
    "signer": SIGNATURE,
}
"""Parts of a memo whose absence is worth a word; number and date are often left blank or written by hand (FORMS.md)."""


# --- The message as a whole --------------------------------------------------------------------------------------


def announcement(submission: Submission) -> str:
    """The line of the sender's own words that announces an attachment; '' where there is none.

    Mail programs break lines at about 76 characters (RFC 3676, 4.2), also between the words that announce it.
    """
    lines = [line.strip() for line in submission.own_words.splitlines()]
    broken = [f"{line} {after}" for line, after in pairwise(lines) if line and after]
    return next((words for words in (*lines, *broken) if _ANNOUNCED.search(fold(words))), "")


def is_correspondence(submission: Submission) -> bool:
    """Thanks and questions: no attachment, no link to a drive, none announced, and nothing that could not be read."""
    brings = attachments(submission.documents) or submission.drive_links or submission.problems
    return not brings and not announcement(submission)


def message_findings(submission: Submission, lacking: bool) -> tuple[Finding, ...]:
    """What the message itself tells of files that did not come with it. `lacking`: a required document is missing."""
    if submission.drive_links:
        link = submission.drive_links[0]
        return (finding(LINKED_NOT_ATTACHED, detail=link, values={"link": link}),) if lacking else ()
    words = announcement(submission)
    if words and not attachments(submission.documents):
        return (finding(NOTHING_ATTACHED, detail=words, severity=None if lacking else Severity.WARNING),)
    return ()


def limits_met(submission: Submission) -> tuple[Finding, ...]:
    """Parts of the message itself that could not be read: our limit, for a person."""
    return tuple(finding(NOT_READ, detail=problem) for problem in submission.problems)


# --- The files ----------------------------------------------------------------------------------------------------


def may_be(document: Document, kind: Kind) -> bool:
    """Whether a file that was not read, or not with certainty, may hold the kind: our limit is not the sender's."""
    if document.inline or kind in document.kinds:
        return not document.inline and document.problem is Problem.NOT_READ
    told = set(document.kinds) - {Kind.OTHER, Kind.UNREADABLE}
    if told or document.problem is not None:
        likely = document.problem is None and any(PERHAPS.get(doubt) is kind for doubt in document.doubts)
        return likely or (not told and document.problem is Problem.NOT_READ)
    return any(PERHAPS.get(doubt, kind) is kind for doubt in document.doubts)


def missing_documents(
    in_force: Collection[Kind], documents: Iterable[Document], campaign: Campaign
) -> tuple[Finding, ...]:
    """One finding for each required document that is not there and that no unread file may be."""
    files = tuple(documents)
    return tuple(
        _missing(required)
        for required in campaign.required
        if required.kind not in in_force and not any(may_be(document, required.kind) for document in files)
    )


def _missing(required: RequiredDocument) -> Finding:
    values = {"kind": required.kind.value, "label": required.label}
    return finding(_MISSING[required.kind], detail=required.label, values=values)


def file_findings(
    document: Document, all_there: bool, doubts_matter: bool = True, there: Collection[Kind] = ()
) -> tuple[Finding, ...]:
    """Why a file was not read, and what in it is in doubt.

    `all_there`: every required document is, in other files. `there`: the kinds that are.
    """
    if document.inline:
        return ()
    if document.problem is not None:
        lighter = document.problem is Problem.CORRUPT and all_there
        severity = Severity.WARNING if lighter else None
        code, packed = _PROBLEM[document.problem], document.media_type in _ARCHIVES
        values = {"kind": "archive"} if packed and code == NOT_READ else {}
        return (finding(code, document=document.file, detail=document.detail, severity=severity, values=values),)
    told_apart = PERHAPS_TABLE if all_there and Kind.MEMO in document.kinds else frozenset()
    doubts = [
        doubt
        for doubt in (document.doubts if doubts_matter else ())
        if doubt not in told_apart and PERHAPS.get(doubt) not in there
    ]
    return tuple(finding(LOW_CONFIDENCE, document=document.file, detail=doubt) for doubt in doubts)


# --- What is in force ----------------------------------------------------------------------------------------------


def content_findings(
    in_force: Mapping[Kind, Document], campaign: Campaign, others: Iterable[Document] = ()
) -> tuple[Finding, ...]:
    """Everything that is found within the documents that count.

    `others`: files beside them; where no memo counts, the number in a covering paper is held against the table.
    """
    memo, table = in_force.get(Kind.MEMO), in_force.get(Kind.SUMMARY_TABLE)
    found: list[Finding] = []
    if memo is not None:
        found += _layout(memo)
    if table is not None and table.table is not None:
        found += _columns(table.file, table.table, campaign)
        found += _rows(table.file, table.table, campaign)
        found += _counts(memo, table, () if memo is not None else others)
    return tuple(found)


def _layout(document: Document) -> Iterable[Finding]:
    """Only of digital files: what OCR does not find may well be there."""
    missing = document.memo.missing if document.memo is not None and document.read_by != OCR else ()
    for code in (LAYOUT, SIGNATURE):
        parts = ", ".join(part for part in missing if _DECISIVE_PARTS.get(part) == code)
        if parts:
            yield finding(code, document=document.file, detail=parts, values={"parts": parts})


def has_column(table: SummaryTable, key: str) -> bool:
    return key in table.columns or any(not is_blank(row.cells.get(key, "")) for row in table.rows)


def is_blank(text: str) -> bool:
    """No letter and no digit: dots and dashes to be filled in are an empty cell."""
    return not any(char.isalnum() for char in text)


def _columns(file: str, table: SummaryTable, campaign: Campaign) -> Iterable[Finding]:
    for column in campaign.mandatory:
        if not has_column(table, column.key):
            values = {"column": column.key, "label": column.label}
            yield finding(COLUMN_MISSING, document=file, detail=column.label, values=values)


def _rows(file: str, table: SummaryTable, campaign: Campaign) -> Iterable[Finding]:
    if not table.rows:
        yield finding(EMPTY_SUMMARY_TABLE, document=file)
        return
    judged: list[Applied | None] = []
    for number, row in enumerate(table.rows, 1):
        yield from _empty_cells(file, number, row, table, campaign)
        yield from _long_cells(file, number, row, campaign)
        judged.append(_applied(row, campaign))
        yield from _outside(file, number, row, judged[-1], campaign)
    if none_inside(one if one is not None else Applied.UNCLEAR for one in judged):
        dates = "; ".join(dict.fromkeys(row.cells.get(APPLIED, "") for row in table.rows))
        values = _window(campaign) | {"count": str(len(table.rows))}
        yield finding(NO_ELIGIBLE_INITIATIVE, document=file, detail=dates, values=values)


def _empty_cells(file: str, number: int, row: Row, table: SummaryTable, campaign: Campaign) -> Iterable[Finding]:
    empty = [
        column.label
        for column in campaign.mandatory
        if has_column(table, column.key) and is_blank(row.cells.get(column.key, ""))
    ]
    if empty:
        labels = "; ".join(empty)
        values = {"columns": labels, "title": row.cells.get(TITLE, "")}
        yield finding(INCOMPLETE_ROW, document=file, row=number, detail=labels, values=values)


def _long_cells(file: str, number: int, row: Row, campaign: Campaign) -> Iterable[Finding]:
    for column in campaign.columns:
        length = len(nfc(row.cells.get(column.key, "")))
        if column.limit is not None and length > column.limit:
            yield _too_long(file, number, row, column, length)


def _too_long(file: str, number: int, row: Row, column: Column, length: int) -> Finding:
    values = {"column": column.key, "label": column.label, "length": str(length), "limit": str(column.limit)}
    values["title"] = row.cells.get(TITLE, "")
    detail = f"{length} > {column.limit}"
    return finding(SUMMARY_TOO_LONG, document=file, row=number, detail=detail, values=values)


def _applied(row: Row, campaign: Campaign) -> Applied | None:
    text = row.cells.get(APPLIED, "")
    return None if campaign.window is None or is_blank(text) else applied(text, campaign.window)


_APPLIED: Mapping[Applied, str] = {Applied.OUTSIDE: APPLIED_OUTSIDE_WINDOW, Applied.UNCLEAR: APPLIED_UNCLEAR}


def _outside(file: str, number: int, row: Row, judged: Applied | None, campaign: Campaign) -> Iterable[Finding]:
    code = _APPLIED.get(judged) if judged is not None else None
    if code is not None:
        values = _window(campaign) | {"title": row.cells.get(TITLE, "")}
        yield finding(code, document=file, row=number, detail=row.cells.get(APPLIED, ""), values=values)


def _window(campaign: Campaign) -> dict[str, str]:
    window = campaign.window
    return {} if window is None else {"first": window.first.isoformat(), "last": window.last.isoformat()}


def _counts(memo: Document | None, table: Document, others: Iterable[Document]) -> Iterable[Finding]:
    """Against what the memo and the table's own total speak of; an empty table has a finding of its own.

    A "BÁO CÁO" or an official letter may have been sent in the memo's place: a person decides, and sees the numbers.
    """
    if table.table is None or not table.table.rows:
        return
    counted = len(table.table.rows)
    stated_by = {
        "memo": memo.memo.stated_count if memo is not None and memo.memo is not None else None,
        "paper": next((one.stated_count for one in others if one.stated_count is not None), None),
        "total": table.table.stated_total,
    }
    for source, stated in stated_by.items():
        if stated is not None and stated != counted:
            values = {"stated": str(stated), "counted": str(counted), "by": source}
            yield finding(COUNT_DIFFERS, document=table.file, detail=f"{stated} / {counted}", values=values)
