"""Documents of office programs that are texts: XML told by what it names, web archives, values and plain lines."""

import re

from dossier.model import Problem
from parsers.ole_kinds import OleKind

_ODF = "application/vnd.oasis.opendocument."
_KINDS = (
    (b"urn:schemas-microsoft-com:office:spreadsheet", OleKind("application/vnd.ms-excel", "sheet-xml")),
    (b"schemas.microsoft.com/office/word/2003/wordml", OleKind("application/msword", "word-xml")),
    (b"schemas.microsoft.com/office/2006/xmlPackage", OleKind("application/msword", "word-xml")),
    (b"vnd.oasis.opendocument.text", OleKind(f"{_ODF}text-flat-xml", "flat-odt")),
    (
        b"vnd.oasis.opendocument.spreadsheet",
        OleKind(f"{_ODF}spreadsheet-flat-xml", problem=Problem.NOT_READ, detail="a flat sheet is not read yet"),
    ),
)
IWORK = frozenset({"index/document.iwa", "index.zip", "index.apxl", "quicklook/preview.pdf"})
"""Parts of Apple's documents (Pages, Numbers, Keynote), of 2013 and of 2009."""
_MACROS = (b'macrosPresent="yes"', b"vbaProject.bin", b"<script:module")
_HEAD = 4096
_WORD_NAMES = frozenset({"doc", "wps"})
_WEB_NAMES = frozenset({"doc", "xls", "mht", "mhtml"})
_ATTACHED = re.compile(rb"^content-disposition:\s*attachment", re.IGNORECASE | re.MULTILINE)
_MEMO = 400
"""Bytes: a text of fewer is a note that something was removed, say, and no memo."""
_ROWS, _VALUES = 2, 6
_PARTED = re.compile(rb"[\t;,]")


def office_text(content: bytes, kind: str, extension: str) -> OleKind | None:
    """What a text is and who opens it; None for what is none of these. `kind`: as `identify` told it by its head.

    Raises nothing for any bytes.
    """
    if kind == "message/rfc822" and extension in _WEB_NAMES:
        is_mail = _ATTACHED.search(content) is not None  # mail programs save messages so, too
        return OleKind(kind, "message") if is_mail else OleKind("multipart/related", "web-archive")
    if content[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _xml(content)
    if kind != "text/plain":
        return None
    if extension in _WORD_NAMES and len(content) >= _MEMO:
        return OleKind(kind, "text")
    head = content[:_HEAD]
    is_table = head.count(b"\n") >= _ROWS and len(_PARTED.findall(head)) >= _VALUES
    return OleKind("text/csv", "values") if extension == "xls" and is_table else None


def _xml(content: bytes) -> OleKind | None:
    head = content[:_HEAD]
    told = next((kind for word, kind in _KINDS if word in head), None)
    if told is not None and any(word in content for word in _MACROS):
        return OleKind(told.media_type, problem=Problem.REFUSED, detail="a file with macros")
    return told
