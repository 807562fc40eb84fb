"""Which document of each kind counts, of those that came in one message (corpus/README.md, "Findings").

Two of one kind that agree are one: the digital one is read. Two that disagree are put before a person.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dossier.findings import COPIES_DIFFER, finding
from dossier.likeness import rows_of, same_rows, tells_of_others
from dossier.model import Document, Finding, Kind, Memo, Row

OCR = "ocr"


@dataclass(frozen=True, slots=True)
class Selection:
    """What counts of one message."""

    in_force: Mapping[Kind, Document]
    findings: tuple[Finding, ...] = ()
    copies: tuple[str, ...] = ()
    """Parts of the documents that merely repeat one in force: what is doubtful in them does not matter."""


def attachments(documents: Iterable[Document]) -> tuple[Document, ...]:
    """Without the pictures of the mail's own body: those are no attachments to the rules."""
    return tuple(document for document in documents if not document.inline)


def is_readable(document: Document, kind: Kind) -> bool:
    """Whether the file was told to be of this kind and read as such."""
    content = document.memo if kind is Kind.MEMO else document.table
    return kind in document.kinds and document.problem is None and content is not None


def initiatives(document: Document) -> int:
    """Rows of its table."""
    return len(document.table.rows) if document.table is not None else 0


def select(documents: Iterable[Document]) -> Selection:
    """The document in force of each kind, the copies that agree with it, and a finding for each that does not."""
    files = attachments(documents)
    in_force: dict[Kind, Document] = {}
    found: list[Finding] = []
    copies: list[str] = []
    for kind in (Kind.MEMO, Kind.SUMMARY_TABLE):
        same_kind = _filled([document for document in files if is_readable(document, kind)], kind)
        if not same_kind:
            continue
        chosen = min(same_kind, key=_preference)
        in_force[kind] = chosen
        for other in same_kind:
            if other is chosen:
                continue
            if agree(kind, chosen, other):
                copies.append(other.part)
            else:
                found.append(_differ(kind, chosen, other))
    return Selection(in_force, tuple(found), tuple(copies))


def _filled(documents: list[Document], kind: Kind) -> list[Document]:
    """A blank form beside a table that holds initiatives is no copy of it, nor is a description of one of them."""
    if kind is Kind.SUMMARY_TABLE and any(initiatives(document) for document in documents):
        filled = [document for document in documents if initiatives(document)]
        tables = [document for document in filled if not document.description]
        held = rows_of(*tables)
        more = [one for one in filled if one.description and tells_of_others(rows_of(one), held)]
        return [document for document in filled if document in (*tables, *more)] if tables else filled
    return documents


def _preference(document: Document) -> tuple[bool, int]:
    """Digital before OCR, certain before doubtful; `min` keeps the order of the message between equals."""
    return document.read_by == OCR, len(document.doubts)


def agree(kind: Kind, one: Document, other: Document) -> bool:
    """Whether two documents of one kind are copies of one: number of initiatives, titles and authors."""
    by_ocr = OCR in (one.read_by, other.read_by)
    if kind is Kind.SUMMARY_TABLE:
        return same_rows(_rows(one), _rows(other), by_ocr)
    return _same_memo(one.memo or Memo(), other.memo or Memo(), by_ocr)


def _rows(document: Document) -> tuple[Row, ...]:
    return document.table.rows if document.table is not None else ()


def _same_memo(one: Memo, other: Memo, by_ocr: bool) -> bool:
    """Memos hold no rows: the number of initiatives they speak of, and between digital ones the running number.

    Numbers written by hand are read confidently wrong (FORMS.md), so OCR's are not compared.
    """
    if None not in (one.stated_count, other.stated_count) and one.stated_count != other.stated_count:
        return False
    numbers = [_running_number(memo.number) for memo in (one, other)]
    return by_ocr or "" in numbers or numbers[0] == numbers[1]


def _running_number(number: str | None) -> str:
    digits = re.match(r"\D*(\d+)", (number or "").partition("/")[0])
    return digits[1].lstrip("0") if digits else ""


def _differ(kind: Kind, chosen: Document, other: Document) -> Finding:
    values = {"kind": kind.value, "other": other.file}
    if kind is Kind.SUMMARY_TABLE:
        values |= {"count": str(initiatives(chosen)), "other_count": str(initiatives(other))}
    return finding(COPIES_DIFFER, document=chosen.file, detail=other.file, values=values)
