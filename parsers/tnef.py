"""winmail.dat: the files that Outlook packs into one ([MS-OXTNEF]); nothing in it is compressed."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from dossier.folding import nfc
from dossier.model import Problem
from parsers.archive_entries import Budget, Entry
from parsers.charset import printable, unlabelled
from parsers.limits import ArchiveLimits
from parsers.mail_pictures import is_page, picture_type
from parsers.names import clean_name
from parsers.problem import UnreadableError

SIGNATURE = b"\x78\x9f\x3e\x22"
_KEY = 2
_ATTRIBUTE = struct.Struct("<BII")
_CHECKSUM = 2
_LEVELS = (1, 2)
"""Of the message, of an attachment (2.1.2): anything else stands behind the end."""
_NEW, _TITLE, _DATA, _PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
"""attAttachRendData, attAttachTitle, attAttachData, attAttachment (2.1.3.4)."""
_NEXT_FILE = struct.pack("<BI", 2, _NEW)
_LONG_NAME, _SHORT_NAME, _SHOWN_NAME, _OBJECT, _HIDDEN = 0x3707, 0x3704, 0x3001, 0x3701, 0x7FFE
_FIXED = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0xA: 4, 0xB: 4, 0x14: 8, 0x40: 8, 0x48: 16}
"""Type of a property → bytes of its value (2.1.3.4.2)."""
_VARIABLE = frozenset({0x0D, 0x1E, 0x1F, 0x102})
_MANY = 0x1000
_NAMED_FROM = 0x8000
_MOST_PROPERTIES = 2_000
_OBJECT_TYPE, _INTERFACE = 0x0D, 16
"""PtypObject; the identifier before its content, which plain bytes (PtypBinary) of the same property do not have."""
_MESSAGE = "thư đính kèm"


@dataclass(slots=True)
class _File:
    name: str = ""
    content: bytes = b""
    embedded: bytes = b""
    hidden: bool = False


def read_tnef(content: bytes, limits: ArchiveLimits) -> tuple[Entry, ...]:
    """The files in it; a message within it is itself such a file. May be empty: Outlook sends it for its fonts alone.

    Raises UnreadableError: CORRUPT where it was cut off, NOT_READ above the limits.
    """
    files: list[_File] = []
    for kind, data in _attributes(content):
        if kind == _NEW:
            files.append(_File())
            if len(files) > limits.entries:
                raise UnreadableError(Problem.NOT_READ, f"more than {limits.entries} entries")
        elif not files:
            continue
        elif kind == _TITLE:
            files[-1].name = files[-1].name or unlabelled(data.split(b"\0", 1)[0])
        elif kind == _DATA:
            files[-1].content = data
        elif kind == _PROPERTIES:
            _take_properties(files[-1], data)
    budget = Budget(limits, len(content))
    return tuple(_entry(file, budget) for file in files if not _is_of_body(file))


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Those of attachments and of the message: what each is, and its data."""
    place = begin = len(SIGNATURE) + _KEY
    while place < len(content):
        if content[place] not in _LEVELS and _NEXT_FILE not in content[place:]:  # padding, line ends of a relay
            if place == begin:
                raise UnreadableError(Problem.CORRUPT, "winmail.dat holds nothing that can be read")
            return
        if place + _ATTRIBUTE.size > len(content):
            raise UnreadableError(Problem.CORRUPT, "the end of winmail.dat is missing")
        _, kind, length = _ATTRIBUTE.unpack_from(content, place)
        place += _ATTRIBUTE.size
        if place + length > len(content):
            raise UnreadableError(Problem.CORRUPT, "the end of winmail.dat is missing")
        yield kind, content[place : place + length]
        place += length + _CHECKSUM


def _take_properties(file: _File, data: bytes) -> None:
    """Names and content of MAPI go before those of the attributes: they are longer, and in Unicode."""
    names: dict[int, str] = {}
    try:
        for number, kind, value in _properties(data):
            if number in (_LONG_NAME, _SHORT_NAME, _SHOWN_NAME) and kind in (0x1E, 0x1F):
                names[number] = value.decode("utf-16-le", "replace") if kind == 0x1F else unlabelled(value)
            elif number == _OBJECT and kind == _OBJECT_TYPE:
                file.embedded = value[_INTERFACE:]
            elif number == _OBJECT:
                file.content = file.content or value
            elif number == _HIDDEN:
                file.hidden = bool(value[:1].strip(b"\0"))
    except struct.error:  # what was read before stands
        pass
    named = next((names[each] for each in (_LONG_NAME, _SHORT_NAME, _SHOWN_NAME) if names.get(each)), "")
    file.name = named.split("\0", 1)[0] or file.name


def _properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Identifier, type and first value of each. Raises struct.error where the data ends before."""
    (count,) = struct.unpack_from("<I", data)
    place = 4
    for _ in range(min(count, _MOST_PROPERTIES)):
        kind, number = struct.unpack_from("<HH", data, place)
        place += 4
        if number >= _NAMED_FROM:
            place = _behind_name(data, place)
        many, kind = kind & _MANY, kind & ~_MANY
        values = 1
        if many or kind in _VARIABLE:
            (values,) = struct.unpack_from("<I", data, place)
            place += 4
        first = b""
        for index in range(min(values, _MOST_PROPERTIES)):
            value, place = _value(data, place, kind)
            first = value if index == 0 else first
        yield number, kind, first


def _behind_name(data: bytes, place: int) -> int:
    """The place behind the name of a named property (2.1.3.4.1)."""
    (by_text,) = struct.unpack_from("<I", data, place + 16)
    (number_or_length,) = struct.unpack_from("<I", data, place + 20)
    return place + 24 + (_padded(number_or_length) if by_text else 0)


def _value(data: bytes, place: int, kind: int) -> tuple[bytes, int]:
    if kind in _FIXED:
        length = _FIXED[kind]
    elif kind in _VARIABLE:
        (length,) = struct.unpack_from("<I", data, place)
        place += 4
    else:
        raise struct.error(f"a property of type {kind:#x}")
    if place + length > len(data):
        raise struct.error("a value that ends behind the data")
    return data[place : place + length], place + _padded(length)


def _padded(length: int) -> int:
    return (length + 3) & ~3


def _is_of_body(file: _File) -> bool:
    """A picture that the text shows (a logo): Outlook hides it from the list of files."""
    return file.hidden and bool(picture_type(file.content)) and not is_page(file.content)


def _entry(file: _File, budget: Budget) -> Entry:
    content, name = file.content, clean_name("".join(filter(printable, nfc(file.name))))
    if file.embedded and not content:
        content, name = file.embedded, name or _MESSAGE
    budget.take(len(content))
    return Entry(name, content)
