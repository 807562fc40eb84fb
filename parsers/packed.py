"""RAR and 7z archives, by the system's libarchive; real bytes are counted as for ZIP (FAULTS.md 31)."""

import struct
import zlib

from dossier.folding import nfc
from dossier.model import Problem
from parsers.archive_entries import Budget, Entry, is_litter
from parsers.charset import windows_1258
from parsers.libarchive import Archive, Format, Member, opened
from parsers.limits import ArchiveLimits
from parsers.names import clean_name
from parsers.problem import UnreadableError
from parsers.rar_headers import RAR4, RAR5, Stated, check_rar4, check_rar5

SEVEN_ZIP = b"7z\xbc\xaf\x27\x1c"
_FORMATS = ((RAR5, Format.RAR5), (RAR4, Format.RAR4), (SEVEN_ZIP, Format.SEVEN_ZIP))
_CHUNK = 256 << 10
_START_HEADER = 32


def read_packed(content: bytes, limits: ArchiveLimits) -> tuple[Entry, ...]:
    """The files of a RAR or 7z, folders and the litter of file managers left out; as `read_archive` for ZIP.

    A file that is encrypted or broken is an Entry with a problem. Raises UnreadableError: CORRUPT for a broken or empty
    archive, PASSWORD where every file or its list is encrypted, NOT_READ above the limits, for one volume of several,
    and without libarchive.
    """
    form = next((form for magic, form in _FORMATS if content.startswith(magic)), None)
    if form is None:
        raise UnreadableError(Problem.NOT_READ, "an archive of an unknown version")
    stated = _checked(content, form)
    try:
        with opened(content, form) as archive:
            entries = _entries(archive, stated, Budget(limits, len(content)))
    except UnreadableError as error:
        raise _excused(error, any(each.is_old for each in stated)) from error
    if not entries:
        raise UnreadableError(Problem.CORRUPT, "an archive without files")
    if all(entry.problem is Problem.PASSWORD for entry in entries):
        raise UnreadableError(Problem.PASSWORD, "every file in the archive is encrypted")
    return tuple(entries)


def _checked(content: bytes, form: Format) -> tuple[Stated, ...]:
    """What is proven before libarchive looks: its words for it differ from version to version."""
    if form is Format.RAR5:
        return check_rar5(content)
    if form is Format.RAR4:
        return check_rar4(content)
    _check_seven_zip(content)
    return ()


def _entries(archive: Archive, stated: tuple[Stated, ...], budget: Budget) -> list[Entry]:
    found: list[Entry] = []
    for count, member in enumerate(archive.members(), start=1):
        if count > budget.limits.entries:
            raise UnreadableError(Problem.NOT_READ, f"more than {budget.limits.entries} entries")
        path = _path(member.path)
        header = stated[member.place] if member.place < len(stated) else Stated()
        entry = _entry(archive, member, header, clean_name(path), budget)
        if not is_litter(path):
            found.append(entry)
    return found


def _entry(archive: Archive, member: Member, stated: Stated, name: str, budget: Budget) -> Entry:
    if member.encrypted or stated.encrypted:
        return Entry(name, b"", Problem.PASSWORD, "encrypted with a password")
    if stated.is_reference:
        return Entry(name, b"", Problem.NOT_READ, "a reference to another file of the archive")
    pieces = []
    try:
        for piece in archive.pieces(_CHUNK):
            budget.take(len(piece))
            pieces.append(piece)
    except UnreadableError as error:
        if budget.is_spent:
            raise
        told = _excused(error, stated.is_old)
        return Entry(name, b"", told.problem, told.detail)
    content = b"".join(pieces)
    if stated.checksum is not None and zlib.crc32(content) != stated.checksum:
        told = _excused(UnreadableError(Problem.CORRUPT, "a file in the archive is damaged"), stated.is_old)
        return Entry(name, b"", told.problem, told.detail)
    return Entry(name, content)


def _excused(error: UnreadableError, is_old: bool) -> UnreadableError:
    """What libarchive says of an archive that is older than what it knows proves nothing against the file."""
    if is_old and error.problem is Problem.CORRUPT:
        return UnreadableError(Problem.NOT_READ, "packed by a RAR before 2.9")
    return error


def _path(raw: bytes) -> str:
    try:
        return nfc(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return windows_1258(raw) or nfc(raw.decode("cp437"))


def _check_seven_zip(content: bytes) -> None:
    """The start header (7zFormat.txt): where the list of files lies, held against its own checksum."""
    if len(content) < _START_HEADER:
        raise UnreadableError(Problem.CORRUPT, "the end of the archive is missing")
    checksum, start, size = struct.unpack_from("<I2Q", content, 8)
    if checksum == zlib.crc32(content[12:_START_HEADER]) and _START_HEADER + start + size > len(content):
        raise UnreadableError(Problem.CORRUPT, "the end of the archive is missing")
