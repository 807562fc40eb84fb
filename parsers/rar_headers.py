"""What the headers of RAR archives say before libarchive looks (the format's public descriptions, RAR 4 and RAR 5).

Its older versions tell neither that a file of RAR 5 is encrypted nor that its checksum is wrong: they give garbage.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from dossier.model import Problem
from parsers.problem import UnreadableError

RAR, RAR4, RAR5 = b"Rar!\x1a\x07", b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00"
_BLOCK = struct.Struct("<2xBHH")
"""HEAD_CRC, HEAD_TYPE, HEAD_FLAGS, HEAD_SIZE of RAR 4."""
_MAIN_OF_RAR4, _FILE_OF_RAR4, _END_OF_RAR4 = 0x73, 0x74, 0x7B
_VOLUME, _LOCKED_NAMES = 0x0001, 0x0080
_ENCRYPTED_IN_RAR4, _CONTINUES, _LONG_BLOCK = 0x0004, 0x0010, 0x8000
SOLID = "a solid RAR 4 archive: its files are packed as one, which libarchive cannot unpack"
_CHECKSUM, _FIXED_PART = 16, 32
"""In the header of a file: where its FILE_CRC stands, and how long it is without its name."""
_MAIN, _FILE, _ENCRYPTION = 1, 2, 4
_HAS_EXTRA, _HAS_DATA = 0x0001, 0x0002
_HAS_TIME, _HAS_SUM = 0x0002, 0x0004
_ENCRYPTED_FILE, _REDIRECTION = 1, 5
"""Types of records in a file's extra area."""
_VERSION, _OLDEST_VERSION = 24, 29
"""Where the header of a file in RAR 4 says which RAR it takes to unpack it; libarchive reads from 2.9 on."""
_LARGEST_HEADER = 2 << 20
_MOST_HEADERS = 10_000


@dataclass(frozen=True, slots=True)
class Stated:
    """What the header of one file or folder says."""

    encrypted: bool = False
    checksum: int | None = None
    """CRC-32 of its content."""
    is_reference: bool = False
    """To another file of the archive that has the same content, which stands there once."""
    is_old: bool = False
    """Packed by a RAR before 2.9, which libarchive calls damaged where it cannot unpack it."""


def check_rar4(content: bytes) -> tuple[Stated, ...]:
    """Of every file and folder, in their order.

    Raises UnreadableError: CORRUPT where the archive is cut off, PASSWORD where even its names are encrypted, NOT_READ
    for one volume of several and where a file is packed by means of the one before it.
    """
    found: list[Stated] = []
    place = len(RAR4)
    for _ in range(_MOST_HEADERS):
        if place == len(content) and found:
            break
        if place + _BLOCK.size > len(content):
            raise UnreadableError(Problem.CORRUPT, "the end of the archive is missing")
        kind, flags, size = _BLOCK.unpack_from(content, place)
        if kind == _MAIN_OF_RAR4:
            _refuse(locked=bool(flags & _LOCKED_NAMES), volume=bool(flags & _VOLUME))
        if kind == _FILE_OF_RAR4 and place + _FIXED_PART <= len(content):
            (checksum,) = struct.unpack_from("<I", content, place + _CHECKSUM)
            is_old = content[place + _VERSION] < _OLDEST_VERSION
            if flags & _CONTINUES and found:
                raise UnreadableError(Problem.NOT_READ, SOLID)
            found.append(Stated(bool(flags & _ENCRYPTED_IN_RAR4), checksum, is_old=is_old))
        if kind == _END_OF_RAR4 or size < _BLOCK.size:
            break
        place += size
        if flags & _LONG_BLOCK:
            place += int.from_bytes(content[place - size + 7 : place - size + 11], "little")
    return tuple(found)


def _refuse(*, locked: bool, volume: bool) -> None:
    if locked:
        raise UnreadableError(Problem.PASSWORD, "even the names in the archive are encrypted")
    if volume:
        raise UnreadableError(Problem.NOT_READ, "one volume of an archive of several")


def check_rar5(content: bytes) -> tuple[Stated, ...]:
    """Of every file and folder, in their order. Raises UnreadableError as `check_rar4`."""
    found = []
    for header in _headers(content):
        try:
            is_volume = header.kind == _MAIN and bool(header.number() & _VOLUME)
        except IndexError:
            raise UnreadableError(Problem.CORRUPT, "the header of the archive is cut short") from None
        _refuse(locked=header.kind == _ENCRYPTION, volume=is_volume)
        if header.kind == _FILE:
            found.append(_stated(header))
    return tuple(found)


@dataclass(slots=True)
class _Header:
    """One header of RAR 5, its fields read one after the other."""

    data: bytes
    place: int = 0
    kind: int = 0
    extra: bytes = b""

    def number(self) -> int:
        """Seven bits a byte, the lowest first. Raises IndexError behind the end."""
        number = shift = 0
        while True:
            byte = self.data[self.place]
            self.place += 1
            number |= (byte & 0x7F) << shift
            if not byte & 0x80 or shift > 63:
                return number
            shift += 7


def _headers(content: bytes) -> Iterator[_Header]:
    place = len(RAR5)
    for _ in range(_MOST_HEADERS):
        if place >= len(content):
            return
        start = _Header(content[place + 4 : place + 14])
        try:
            size = start.number()
            header = _Header(content[place + 4 + start.place : place + 4 + start.place + size])
            header.kind = header.number()
            flags = header.number()
            extra = header.number() if flags & _HAS_EXTRA else 0
            data = header.number() if flags & _HAS_DATA else 0
        except IndexError:
            raise UnreadableError(Problem.CORRUPT, "the end of the archive is missing") from None
        if size > _LARGEST_HEADER or len(header.data) < size:
            raise UnreadableError(Problem.CORRUPT, "the end of the archive is missing")
        header.extra = header.data[len(header.data) - extra :] if extra else b""
        yield header
        place += 4 + start.place + size + data


def _stated(header: _Header) -> Stated:
    try:
        flags = header.number()
        _size, _attributes = header.number(), header.number()
        header.place += 4 if flags & _HAS_TIME else 0
        checksum = struct.unpack_from("<I", header.data, header.place)[0] if flags & _HAS_SUM else None
        records = set(_records(header.extra))
    except (IndexError, struct.error):
        return Stated()
    return Stated(_ENCRYPTED_FILE in records, checksum, is_reference=_REDIRECTION in records)


def _records(extra: bytes) -> Iterator[int]:
    """The types of the records in an extra area."""
    reader = _Header(extra)
    while reader.place < len(extra):
        size = reader.number()
        end = reader.place + size
        yield reader.number()
        reader.place = max(end, reader.place)
