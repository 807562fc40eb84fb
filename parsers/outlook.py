"""An Outlook message in a file, `.msg` ([MS-OXMSG]): the files attached to it and to the messages within it."""

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import olefile

from dossier.folding import nfc
from dossier.model import Problem
from parsers import ole
from parsers.archive_entries import Budget, Entry
from parsers.charset import printable, unlabelled
from parsers.limits import ArchiveLimits
from parsers.mail_pictures import is_page, picture_type
from parsers.names import clean_name
from parsers.problem import UnreadableError

PROPERTIES = "__properties_version1.0"
"""The stream that every message and attachment has (2.4)."""
BROKEN = (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, struct.error, RecursionError)
"""What olefile raises for directories that lie."""

_ATTACHMENT = "__attach_version1.0_#"
_VALUE = "__substg1.0_"
_DATA, _MESSAGE, _METHOD, _HIDDEN = "37010102", "3701000D", 0x37050003, 0x7FFE000B
"""PidTagAttachDataBinary, PidTagAttachDataObject, PidTagAttachMethod, PidTagAttachmentHidden ([MS-OXPROPS])."""
_NAMES = ("3707", "3704", "3001")
"""PidTagAttachLongFilename, PidTagAttachFilename, PidTagDisplayName: the first that is there."""
_SHOWN_BY = "3712"
"""PidTagAttachContentId."""
_PAGE, _WORDS = "1013", "1000"
"""PidTagHtml (in bytes or text), PidTagBody."""
_HEAD, _ENTRY = 8, 16
"""Of the properties of an attachment, and of each of them (2.4.1.3, 2.4.2)."""
_COUNT = 20
"""Of its attachments, in the head of the properties of a message (2.4.1.1, 2.4.1.2)."""
_BY_VALUE = (0, 1)
_DEEPEST = 8
"""Messages within messages; beyond, a person looks."""
_UNNAMED, _TEXT = "tệp đính kèm", "Nội dung thư"

Path = tuple[str, ...]


class _Storages(Protocol):
    """What is asked of an opened file of storages and streams."""

    def exists(self, filename: list[str]) -> bool: ...
    def get_size(self, filename: list[str]) -> int: ...
    def openstream(self, filename: list[str]) -> io.BytesIO: ...
    def listdir(self, streams: bool = True, storages: bool = False) -> list[list[str]]: ...


@dataclass(slots=True)
class _Opened:
    file: _Storages
    within: dict[Path, list[str]]
    """A storage → names of the attachments in it, in the order of their numbers."""
    budget: Budget
    count: int = 0

    def bytes_of(self, path: Path) -> bytes | None:
        """None where there is no such stream. Raises UnreadableError above the limits, before anything is read."""
        if not self.file.exists(list(path)):
            return None
        self.budget.take(self.file.get_size(list(path)))
        return self.file.openstream(list(path)).read()

    def text_of(self, path: Path, number: str) -> str:
        """A property in Unicode or in the bytes of a code page; '' where there is none."""
        wide = self.bytes_of((*path, f"{_VALUE}{number}001F"))
        if wide is not None:
            return wide.decode("utf-16-le", "replace").split("\0", 1)[0]
        return unlabelled((self.bytes_of((*path, f"{_VALUE}{number}001E")) or b"").split(b"\0", 1)[0])


def read_outlook(content: bytes, limits: ArchiveLimits) -> tuple[Entry, ...]:
    """The files of a message, those of messages within it among them; of one without files its text, as a file.

    A file that is not in it (a link, an object of another program) is an Entry with a problem. Raises UnreadableError:
    CORRUPT where it was cut off, NOT_READ above the limits and where its directory lies.
    """
    if ole.is_truncated(content):
        raise UnreadableError(Problem.CORRUPT, "the end of the Outlook message is missing")
    with _told_broken(), olefile.OleFileIO(io.BytesIO(content)) as file:
        opened = _Opened(file, _attachments(file), Budget(limits, len(content)))
        found = tuple(_files(opened, ())) or tuple(_text(opened))
    if not found:
        raise UnreadableError(Problem.NOT_READ, "an Outlook message in which nothing was found")
    return found


@contextmanager
def _told_broken() -> Iterator[None]:
    try:
        yield
    except BROKEN as error:
        detail = f"an Outlook message whose directory cannot be read: {type(error).__name__}"
        raise UnreadableError(Problem.NOT_READ, detail) from error


def _attachments(file: _Storages) -> dict[Path, list[str]]:
    found: dict[Path, list[str]] = {}
    for path in file.listdir(streams=False, storages=True):
        if path[-1].startswith(_ATTACHMENT):
            found.setdefault(tuple(path[:-1]), []).append(path[-1])
    return {path: sorted(names) for path, names in found.items()}


def _files(opened: _Opened, message: Path) -> Iterator[Entry]:
    names = opened.within.get(message, ())
    for name in names:
        opened.count += 1
        if opened.count > opened.budget.limits.entries:
            raise UnreadableError(Problem.NOT_READ, f"more than {opened.budget.limits.entries} entries")
        place = (*message, name)
        inner = (*place, f"{_VALUE}{_MESSAGE}")
        if not opened.file.exists([*inner, PROPERTIES]):
            yield from _file(opened, place)
        elif len(inner) <= 2 * _DEEPEST:
            yield from _files(opened, inner)
        else:
            yield Entry(_UNNAMED, b"", Problem.NOT_READ, "messages nested too deep")
    told = (opened.bytes_of((*message, PROPERTIES)) or b"")[_COUNT : _COUNT + 4]
    if int.from_bytes(told, "little") > len(names):
        yield Entry(_UNNAMED, b"", Problem.NOT_READ, "the Outlook message tells of more files than were found in it")


def _file(opened: _Opened, place: Path) -> Iterator[Entry]:
    """One file; nothing for a picture that the text shows (a logo)."""
    properties = opened.bytes_of((*place, PROPERTIES)) or b""
    told = (opened.text_of(place, number) for number in _NAMES)
    name = clean_name("".join(filter(printable, nfc(next(filter(None, told), ""))))) or _UNNAMED
    method = _fixed(properties, _METHOD)
    data = opened.bytes_of((*place, f"{_VALUE}{_DATA}"))
    if data is None or method not in _BY_VALUE:
        yield Entry(name, b"", Problem.NOT_READ, "the Outlook message only refers to it, or another program made it")
    elif not (_is_of_body(opened, place, properties) and picture_type(data) and not is_page(data)):
        yield Entry(name, data)


def _is_of_body(opened: _Opened, place: Path, properties: bytes) -> bool:
    """Whether it is hidden from the list of files, or has a name by which the text shows it."""
    return bool(_fixed(properties, _HIDDEN)) or bool(opened.text_of(place, _SHOWN_BY))


def _text(opened: _Opened) -> Iterator[Entry]:
    """A memo or table may be pasted into it."""
    page = opened.bytes_of((f"{_VALUE}{_PAGE}0102",)) or opened.text_of((), _PAGE).encode()
    words = opened.text_of((), _WORDS).strip().encode("utf-8", "replace")
    if page.strip() and len(page) > len(words):
        yield Entry(f"{_TEXT}.html", page)
    elif words:
        yield Entry(f"{_TEXT}.txt", words)


def _fixed(properties: bytes, tag: int) -> int:
    """The value of a property that is a number (2.4.2.1); 0 where there is none."""
    for place in range(_HEAD, len(properties) - _ENTRY + 1, _ENTRY):
        found, _, value = struct.unpack_from("<III", properties, place)
        if found == tag:
            return int(value)
    return 0
