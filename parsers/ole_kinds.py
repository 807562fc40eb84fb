"""What an OLE2 file is ([MS-CFB]): old Office documents, encrypted new ones, Outlook messages; told by its streams."""

import io
import struct
from dataclasses import dataclass

import olefile

from dossier.model import Problem
from parsers import ole
from parsers.outlook import BROKEN, PROPERTIES

_MACROS = (["Macros"], ["_VBA_PROJECT_CUR"], ["VBA"])
_FILEPASS = 0x2F
_BOF = 0x809
_WORD_ENCRYPTED = 0x0100


@dataclass(frozen=True, slots=True)
class OleKind:
    """The answer; `opener` is the value of an `identify.Opener`."""

    media_type: str
    opener: str = "nobody"
    problem: Problem | None = None
    detail: str = ""


_UNKNOWN = "application/x-ole-storage"


def ole_kind(content: bytes) -> OleKind:
    """Tells one OLE2 file; raises nothing for any bytes."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as opened:
            return _told(opened)
    except BROKEN as error:
        if ole.is_truncated(content):
            return OleKind(_UNKNOWN, problem=Problem.CORRUPT, detail="an Office file that was cut off")
        detail = f"an Office file whose directory cannot be read: {type(error).__name__}"
        return OleKind(_UNKNOWN, problem=Problem.CORRUPT, detail=detail)


def _told(opened: "olefile.OleFileIO") -> OleKind:
    if opened.exists("EncryptedPackage") or opened.exists("EncryptionInfo"):
        return OleKind(_UNKNOWN, problem=Problem.PASSWORD, detail="an Office file encrypted with a password")
    if opened.exists(PROPERTIES):
        return OleKind("application/vnd.ms-outlook", "archive")
    kind, encrypted = _document(opened)
    if encrypted:
        return OleKind(kind, problem=Problem.PASSWORD, detail="encrypted with a password")
    if any(opened.exists(storage) for storage in _MACROS):
        return OleKind(kind, problem=Problem.REFUSED, detail="a file with macros")
    if kind == "application/vnd.ms-excel":
        return OleKind(kind, "spreadsheet")
    if kind == "application/msword":
        return OleKind(kind, "doc")
    if kind == "application/x-msi":
        return OleKind(kind, problem=Problem.REFUSED, detail="a program")
    return OleKind(kind) if kind != _UNKNOWN else OleKind(kind, problem=Problem.NOT_READ, detail="an unknown OLE file")


def _document(opened: "olefile.OleFileIO") -> tuple[str, bool]:
    """(media type, whether its text is encrypted)."""
    if opened.exists("WordDocument"):
        start = _start_of(opened, "WordDocument", 12)
        flags = struct.unpack_from("<H", start, 10)[0] if len(start) >= 12 else 0
        return "application/msword", bool(flags & _WORD_ENCRYPTED)  # [MS-DOC] 2.5.2, fEncrypted
    for stream in ("Workbook", "Book"):
        if opened.exists(stream):
            return "application/vnd.ms-excel", _has_filepass(_start_of(opened, stream, 4096))
    if opened.exists("PowerPoint Document"):
        return "application/vnd.ms-powerpoint", False
    if any(name and ord(name[0][0]) > 0x3800 and ord(name[0][0]) < 0x4900 for name in opened.listdir()):
        return "application/x-msi", False  # names of its tables are packed into that range
    return _UNKNOWN, False


def _start_of(opened: "olefile.OleFileIO", stream: str, length: int) -> bytes:
    found: bytes = opened.openstream(stream).read(length)
    return found


def _has_filepass(start: bytes) -> bool:
    """[MS-XLS] 2.4.117: FILEPASS stands among the first records of an encrypted workbook."""
    place = 0
    while place + 4 <= len(start):
        kind, length = struct.unpack_from("<HH", start, place)
        if kind == _FILEPASS:
            return True
        place += 4 + length
    return False
