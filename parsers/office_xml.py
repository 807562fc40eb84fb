"""Documents of office programs in XML, whatever their names: told by what they name at their beginning."""

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


def office_xml(content: bytes) -> OleKind | None:
    """What it is and who opens it; None for anything else. Raises nothing for any bytes."""
    head = content[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(b"<"):
        return None
    told = next((kind for word, kind in _KINDS if word in head), None)
    if told is not None and any(word in content for word in _MACROS):
        return OleKind(told.media_type, problem=Problem.REFUSED, detail="a file with macros")
    return told
