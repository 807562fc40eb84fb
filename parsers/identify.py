"""What a file is, told from its content; exactly one answer for a file, and its name decides only between texts.

The order of the questions is fixed: magic numbers first, then what lies inside a container, then text.
"""

import re
import zipfile
from dataclasses import dataclass
from enum import StrEnum

from dossier.model import Problem
from parsers.archive import check_container, open_archive, start_of_entry
from parsers.limits import ArchiveLimits
from parsers.mail_pictures import picture_type
from parsers.names import extension_of
from parsers.office_text import IWORK, office_text
from parsers.ole_kinds import OleKind, ole_kind
from parsers.problem import UnreadableError


class Opener(StrEnum):
    """Who opens a file of this kind."""

    DOCX = "docx"
    DOC = "doc"
    RTF = "rtf"
    ODT = "odt"
    FLAT_ODT = "flat-odt"
    WORD_XML = "word-xml"
    SHEET_XML = "sheet-xml"
    WEB_ARCHIVE = "web-archive"
    """A web page with its pictures in one MIME file: Word's "single file web page"."""
    SPREADSHEET = "spreadsheet"
    PDF = "pdf"
    PICTURE = "picture"
    ARCHIVE = "archive"
    MESSAGE = "message"
    TEXT = "text"
    VALUES = "values"
    MARKUP = "markup"
    """A web page; programs write such "workbooks"."""
    NOBODY = "nobody"
    """It is what it is: a picture of the body, a contact card, a film; or it has a problem."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a file is and who opens it, or why nobody does."""

    media_type: str
    opener: Opener = Opener.NOBODY
    problem: Problem | None = None
    detail: str = ""


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSB = "application/vnd.ms-excel.sheet.binary"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_OFFICE = (
    ("word/", b"wordprocessingml.document.main", DOCX),
    ("xl/", b"spreadsheetml.sheet.main", XLSX),
    ("ppt/", b"presentationml", PPTX),
)
"""(folder of its parts, word in [Content_Types].xml, media type)."""
_TYPES = 64 << 10
_ODF = "application/vnd.oasis.opendocument."
_OPEN_DOCUMENTS = {"spreadsheet": Opener.SPREADSHEET, "text": Opener.ODT}
_ODF_MACRO = re.compile(r"scripts/.|basic/[^/]+/(?!script-l[bc]\.xml$).")
"""A script, or a module of Basic; empty libraries are in many files."""
_BINARY = "application/octet-stream"

_DRAWINGS = ("image/wmf",)


def _not_read(media_type: str, what: str) -> Identity:
    return Identity(media_type, problem=Problem.NOT_READ, detail=f"{what} is not read yet")


_BY_MAGIC = (
    (b"{\\rtf", Identity("application/rtf", Opener.RTF)),
    (b"Rar!\x1a\x07", Identity("application/vnd.rar", Opener.ARCHIVE)),
    (b"7z\xbc\xaf\x27\x1c", Identity("application/x-7z-compressed", Opener.ARCHIVE)),
    (b"\x78\x9f\x3e\x22", Identity("application/ms-tnef", Opener.ARCHIVE)),
    (b"\x1f\x8b\x08", _not_read("application/gzip", "a gzip archive")),
    (b"BZh", _not_read("application/x-bzip2", "a bzip2 archive")),
    (b"\xfd7zXZ\0", _not_read("application/x-xz", "an xz archive")),
    (b"MSCF", _not_read("application/vnd.ms-cab-compressed", "a CAB archive")),
    (b"AT&TFORM", _not_read("image/vnd.djvu", "DjVu")),
    (b"%!PS", _not_read("application/postscript", "PostScript")),
    (b"ID3", Identity("audio/mpeg")),
    (b"OggS", Identity("audio/ogg")),
    (b"\x1aE\xdf\xa3", Identity("video/x-matroska")),
    (b"\0\x01\0\0\0", Identity("font/ttf")),
    (b"OTTO", Identity("font/otf")),
    (b"\0\0\0\x01Bud1", Identity("application/x-ds-store")),
    (b"\0\x05\x16\x07", Identity("application/applefile")),
)
"""What a file is by its first bytes alone. Kinds that may hold a dossier and that nothing here reads are our limit."""
_PROGRAMS = (
    (b"MZ", "application/vnd.microsoft.portable-executable"),
    (b"\x7fELF", "application/x-elf"),
    (b"\xcf\xfa\xed\xfe", "application/x-mach-binary"),
    (b"\xce\xfa\xed\xfe", "application/x-mach-binary"),
    (b"\xca\xfe\xba\xbe", "application/java-vm"),
    (b"L\0\0\0\x01\x14\x02\0", "application/x-ms-shortcut"),
    (b"ITSF", "application/vnd.ms-htmlhelp"),
    (b"#!", "text/x-script"),
)
_SCRIPTS = frozenset(
    {"bat", "cmd", "com", "cpl", "exe", "hta", "inf", "jar", "js", "jse", "lnk", "msc", "msi", "msp", "pif", "ps1"}
    | {"psm1", "py", "reg", "scr", "sct", "sh", "url", "vb", "vbe", "vbs", "ws", "wsc", "wsf", "wsh", "apk", "dll"}
)
_SIGNED = frozenset({"docx", "docm", "dotx", "xlsx", "xlsm", "xlsb", "pptx", "pdf", "odt", "ods", "zip", "rar", "7z"})
"""Files of these names always begin with their own signature: without it the file is damaged, whatever it holds."""
_LOOSE = frozenset({"doc", "dot", "xls", "rtf", "wps"})
"""Under these names programs also write web pages, XML and plain text."""
_VALUES = frozenset({"csv", "tsv", "mht", "mhtml", "xml"})
_PICTURE_NAMES = frozenset({"jpg", "jpeg", "png", "tif", "tiff", "heic", "heif", "bmp", "webp", "jfif"})
_TEXT_NAMES = frozenset(
    {"", "txt", "text", "md", "log", "ini", "asc", "json", "css", "htm", "html", "vcf", "ics", "eml"}
)
"""Names under which a text is nothing strange."""
_BLANK_TEXTS = frozenset({"txt", "text", "htm", "html"})
"""Under these names servers add texts of a line feed ("ATT00001.txt"): there is nothing in them, and nothing broken."""
_FILMS = re.compile(rb"(?:....ftyp|RIFF....(?:AVI |WAVE)|FLV\x01|\x30\x26\xb2\x75)", re.DOTALL)
_WORD = re.compile(rb"(?:[A-Za-z\x80-\xff][^A-Za-z\x80-\xff]*){3}")
"""Letters that a text has in any charset, and a few bytes that are left of something else have not."""
_SIGNATURE_NAMES = frozenset({"p7s", "sig"})
_MARKUP = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|table)\b", re.IGNORECASE | re.DOTALL
)
_MAIL = re.compile(rb"(?:[!-9;-~]{1,60}:[^\n]{0,998}\n(?:[ \t][^\n]*\n)*){2,}", re.ASCII)
_MAIL_HEADERS = re.compile(
    rb"^(?:from|received|message-id|mime-version|return-path|delivered-to):", re.IGNORECASE | re.MULTILINE
)
_CARDS = ((b"BEGIN:VCARD", "text/vcard"), (b"BEGIN:VCALENDAR", "text/calendar"))
_VOLUME = re.compile(r"\.(?:7z|zip|rar)\.\d{2,3}$|\.[rz]\d\d$", re.IGNORECASE)
_HEAD = 4096


def identify(content: bytes, name: str = "", limits: ArchiveLimits | None = None) -> Identity:
    """Tells one file; `name` is cleaned, and only a hint. Raises nothing for any bytes."""
    limits = limits or ArchiveLimits()
    if not content.strip(b"\0 \t\r\n"):
        if content and b"\0" not in content and extension_of(name) in _BLANK_TEXTS:
            return Identity("text/plain", Opener.TEXT)
        return Identity(_BINARY, problem=Problem.CORRUPT, detail="an empty file")
    if _VOLUME.search(name):
        return Identity(_BINARY, problem=Problem.NOT_READ, detail="one volume of an archive of several")
    try:
        return _by_magic(content, name, limits) or _by_text(content, name)
    except UnreadableError as error:
        return Identity(_container_type(name), problem=error.problem, detail=error.detail)


def _by_magic(content: bytes, name: str, limits: ArchiveLimits) -> Identity | None:
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK\x03\x04")):
        return _zip(content, name, limits)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _of_office(ole_kind(content))
    known = next((identity for magic, identity in _BY_MAGIC if content.startswith(magic)), None)
    if known is None and b"%PDF-" in content[:1024]:  # an archive may hold one as it is, close to its begin
        return Identity("application/pdf", Opener.PDF)
    picture = picture_type(content)
    if picture:
        if picture in _DRAWINGS:
            return Identity(picture, problem=Problem.NOT_READ, detail="a drawing (WMF): it is not read")
        return Identity(picture, Opener.PICTURE)
    if known is not None or _FILMS.match(content):
        return known or Identity("video/x-unknown")
    for magic, kind in _PROGRAMS:
        if content.startswith(magic) and (b"\0" in content[:_HEAD] or magic == b"#!"):
            return Identity(kind, problem=Problem.REFUSED, detail="a program")
    return None


def _of_office(told: OleKind) -> Identity:
    return Identity(told.media_type, Opener(told.opener), told.problem, told.detail)


def _zip(content: bytes, name: str, limits: ArchiveLimits) -> Identity:
    """A plain archive, or a document that is one: told by the part that every such document must have."""
    opened = open_archive(content, limits)
    names = {info.filename.replace("\\", "/").lstrip("/").lower() for info in opened.infolist()}
    if "[content_types].xml" in names:
        if any(part.endswith("vbaproject.bin") for part in names):
            return Identity(_office_type(opened, names), problem=Problem.REFUSED, detail="a file with macros")
        return _office(content, _office_type(opened, names), name, limits)
    if "mimetype" in names and "content.xml" in names:
        return _open_document(content, start_of_entry(opened, "mimetype", 100), names, limits)
    if not IWORK.isdisjoint(names):
        return _not_read("application/vnd.apple.iwork", "a document of Pages, Numbers or Keynote")
    if "meta-inf/manifest.mf" in names or "androidmanifest.xml" in names:
        return Identity("application/java-archive", problem=Problem.REFUSED, detail="a program")
    if extension_of(name) in _SIGNED - {"zip"}:
        return Identity("application/zip", problem=Problem.CORRUPT, detail="the parts of the document are missing")
    return Identity("application/zip", Opener.ARCHIVE)


def _office(content: bytes, kind: str, name: str, limits: ArchiveLimits) -> Identity:
    if kind == DOCX:
        check_container(content, limits, counting=False)  # its reader counts real bytes itself, part by part
        return Identity(DOCX, Opener.DOCX)
    if kind in (XLSX, XLSB):
        check_container(content, limits)
        return Identity(kind, Opener.SPREADSHEET)
    if kind != PPTX and extension_of(name) in _SIGNED:
        return Identity(kind, problem=Problem.CORRUPT, detail="the main part of the document is missing")
    return Identity(kind)


def _office_type(opened: zipfile.ZipFile, names: set[str]) -> str:
    types = start_of_entry(opened, "[content_types].xml", _TYPES)
    for prefix, word, kind in _OFFICE:
        if any(part.startswith(prefix) for part in names) or word in types:
            return XLSB if "xl/workbook.bin" in names and kind == XLSX else kind
    return "application/vnd.openxmlformats-package"


def _open_document(content: bytes, kind: bytes, names: set[str], limits: ArchiveLimits) -> Identity:
    told = next((word for word in ("spreadsheet", "text") if f"opendocument.{word}".encode() in kind), "")
    media_type = f"{_ODF}{told}" if told else _ODF.rstrip(".")
    if any(_ODF_MACRO.match(name) for name in names):
        return Identity(media_type, problem=Problem.REFUSED, detail="a file with macros")
    check_container(content, limits)
    return Identity(media_type, _OPEN_DOCUMENTS.get(told, Opener.NOBODY))


def _by_text(content: bytes, name: str) -> Identity:
    extension, head = extension_of(name), content[:_HEAD]
    if extension in _SCRIPTS:
        return Identity("text/x-script", problem=Problem.REFUSED, detail=f"a program (.{extension})")
    if extension in _SIGNED:
        return Identity(_container_type(name), problem=Problem.CORRUPT, detail=f"not a .{extension} file inside")
    kind = _text_type(head)
    if kind == _BINARY or (kind == "text/plain" and not extension and not _WORD.search(content)):
        return _undecided(content, extension)
    if kind == "text/html":
        return Identity(kind, Opener.MARKUP)
    told = office_text(content, kind, extension)
    return _by_text_name(kind, extension) if told is None else _of_office(told)


def _by_text_name(kind: str, extension: str) -> Identity:
    """A text by its name: what nobody would call so is damaged, or something that is not known."""
    if extension in ("csv", "tsv"):
        return Identity("text/csv", Opener.VALUES)
    if extension in _LOOSE | _VALUES:
        return Identity(kind, problem=Problem.NOT_READ, detail=f"{kind} under the name of .{extension} is not read yet")
    if extension in _PICTURE_NAMES:
        return Identity(kind, problem=Problem.NOT_READ, detail="a picture of a kind that is not known")
    if kind == "message/rfc822":
        return Identity(kind, Opener.MESSAGE)
    if kind != "text/plain":
        return Identity(kind)
    if extension not in _TEXT_NAMES:
        return Identity(
            kind, problem=Problem.NOT_READ, detail=f"text under the name of .{extension}: its kind is not known"
        )
    return Identity(kind, Opener.TEXT)


def _undecided(content: bytes, extension: str) -> Identity:
    """Bytes of no kind that is known: damaged, or our limit. Nobody knows what they were meant to be (promise P11)."""
    if extension in _LOOSE:
        return Identity(_BINARY, problem=Problem.CORRUPT, detail=f"not a .{extension} file inside")
    if extension in _PICTURE_NAMES:
        return Identity(_BINARY, problem=Problem.NOT_READ, detail="a picture of a kind that is not known")
    if extension in _SIGNATURE_NAMES and content[:1] == b"\x30":
        return Identity("application/pkcs7-signature")
    return Identity(_BINARY, problem=Problem.NOT_READ, detail="bytes of no kind that is known")


def _text_type(head: bytes) -> str:
    bare = head.removeprefix(b"\xef\xbb\xbf")
    for magic, kind in _CARDS:
        if bare.lstrip().upper().startswith(magic):
            return kind
    if _MARKUP.match(bare):
        return "text/html"
    if _MAIL.match(bare) and _MAIL_HEADERS.search(bare):
        return "message/rfc822"
    return "text/plain" if _is_text(head) else _BINARY


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\0" not in head and sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head) * 50 < len(head)


def _container_type(name: str) -> str:
    """For a container that is broken its name is all there is."""
    return {"docx": DOCX, "xlsx": XLSX, "zip": "application/zip"}.get(extension_of(name), _BINARY)
