"""One line of the register of incoming documents (sổ đăng ký văn bản đến, Decree 30/2020): what is known, no more.

What was not read, or was read from a picture where people write by hand, stays empty: a person fills it in.
"""

import re
from dataclasses import dataclass
from datetime import date

from dossier.model import Document, Kind
from dossier.selection import OCR

_NUMBER = re.compile(r"\s*(?P<number>[^/]*?)\s*/\s*(?P<symbol>\S.*?)\s*")


@dataclass(frozen=True, slots=True)
class Paper:
    """How a paper copy came."""

    way: str
    postmarked_on: date | None
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Incoming:
    number: int
    """Số đến."""
    arrived_on: date | None
    dossier: str
    union: str
    """Its name in the roster."""
    issuer: str = ""
    """Tác giả, as the document says it; the union where it was not read."""
    written_number: str = ""
    """Số, as "12"; '' where it was not read for certain."""
    symbol: str = ""
    """Ký hiệu, as "TTr-CĐCS"."""
    written_on: date | None = None
    kinds: tuple[Kind, ...] = ()
    """Of the documents that came."""
    subject: str = ""
    """Trích yếu, as the memo says it."""
    pages: int | None = None
    signer: str = ""
    signer_title: str = ""
    recipient: str = ""
    """Đơn vị hoặc người nhận."""
    paper: Paper | None = None
    """None: it came by email."""
    campaign: str = ""


def memo_of(documents: tuple[Document, ...]) -> Document | None:
    """The memo that the line is written from: the first, and rather one that is no picture."""
    memos = [one for one in documents if one.memo is not None and Kind.MEMO in one.kinds]
    return min(memos, key=lambda one: one.read_by == OCR, default=None)


def number_and_symbol(document: Document) -> tuple[str, str]:
    """("12", "TTr-CĐCS"). Of a picture neither: numbers written by hand are read confidently wrong (FORMS.md)."""
    written = document.memo.number if document.memo is not None else None
    if not written or document.read_by == OCR:
        return "", ""
    parts = _NUMBER.fullmatch(written)
    if parts is None:
        return ("", written.strip()) if not written.strip().isdecimal() else (written.strip(), "")
    number = parts["number"]
    return (number if any(char.isdigit() for char in number) else "", parts["symbol"])


def date_of(document: Document) -> date | None:
    """The day that it bears; of a picture none, as above."""
    return None if document.memo is None or document.read_by == OCR else document.memo.date
