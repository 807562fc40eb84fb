"""Names of attachments and of files in archives, cleaned for showing; never used as a path (FAULTS.md 30)."""

import re
import unicodedata
from email.message import Message
from urllib.parse import unquote_to_bytes

from dossier.folding import nfc
from parsers.charset import labelled, printable, raw_header, unlabelled, windows_1258
from parsers.headers import decoded, one_line, values

MAX_NAME = 120
"""Characters; the longest name that fits a line of a letter."""
_MAX_EXTENSION = 12
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2}){2,}")
_EXTENSIONS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "application/pdf": "pdf",
    "application/zip": "zip",
    "application/rtf": "rtf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/tiff": "tif",
    "text/plain": "txt",
    "text/html": "html",
    "message/rfc822": "eml",
}


def attachment_name(part: Message) -> str:
    """The name a part is given by its headers, cleaned; '' where it has none.

    RFC 2231 goes before the plain parameter (RFC 6266, 4.3); encoded words within quotes, raw 8-bit and percent-encoded
    bytes are against the rules and common.
    """
    for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        found = [value for key, value in _parameters(part, header) if key.lower() == parameter]
        extended = [value for value in found if isinstance(value, tuple)]
        plain = [value for value in found if isinstance(value, str)]
        for name in (*map(_extended, extended), *map(_plain, plain)):
            cleaned = clean_name(name)
            if cleaned:
                return cleaned
    return ""


def clean_name(name: str) -> str:
    """NFC on one line, without folders, control, bidirectional or zero-width characters, at most MAX_NAME long."""
    shown = "".join(char for char in name[: MAX_NAME * 40] if printable(char) or char.isspace())
    last = re.split(r"[/\\]", one_line(shown, MAX_NAME * 40))[-1].strip(" .")
    if len(last) <= MAX_NAME:
        return last
    stem, dot, extension = last.rpartition(".")
    if not dot or len(extension) > _MAX_EXTENSION:
        return last[:MAX_NAME].rstrip()
    return f"{stem[: MAX_NAME - len(extension) - 2].rstrip()}….{extension}"


def neutral_name(place: str, media_type: str) -> str:
    """A name for what has none: its place in the message and, where it is told, its kind."""
    extension = _EXTENSIONS.get(media_type)
    return f"tep-{place}.{extension}" if extension else f"tep-{place}"


def archived_name(name: str, *, is_utf8: bool, unicode_path: bytes | None) -> str:
    """The path of a file in a ZIP as text, folders included.

    `name` is what `zipfile` made of it. Without the UTF-8 flag the bytes may still be UTF-8 (macOS), Windows-1258
    (Vietnamese Windows) or cp437 (the format's own); `unicode_path` is Info-ZIP's extra field 0x7075, which settles it.
    """
    if unicode_path is not None:
        return nfc(unicode_path.decode("utf-8", "replace"))
    if is_utf8 or name.isascii():
        return nfc(name)
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return nfc(name)
    try:
        return nfc(raw.decode("utf-8"))
    except UnicodeDecodeError:
        vietnamese = windows_1258(raw)
    return nfc(name) if vietnamese is None else vietnamese


def _parameters(part: Message, header: str) -> list[tuple[str, object]]:
    """The parameters of a header, its raw 8-bit bytes made text first: the standard library would lose them."""
    found = values(part, header)
    if not found:
        return []
    view = Message()
    view["content-disposition"] = raw_header(found[0])
    return [(key, value) for key, value in view.get_params([], header="content-disposition")]


def _extended(value: tuple[str | None, str | None, str]) -> str:
    """RFC 2231: (charset, language, text), the text holding one character for each byte."""
    charset, _, text = value
    try:
        data = text.encode("latin-1")
    except UnicodeEncodeError:
        return text
    return labelled(data, charset) if charset else unlabelled(data)


def _plain(value: str) -> str:
    name = decoded(value)
    if _PERCENT.search(name) and name.isascii():
        data = unquote_to_bytes(name)
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return name
    return name


def extension_of(name: str) -> str:
    """Lower case, without the dot; '' where there is none."""
    _, dot, extension = unicodedata.normalize("NFKC", name).lower().rpartition(".")
    return extension.strip() if dot else ""
