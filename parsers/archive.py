"""Archives, each opened by its own reader: ZIP here (PKWARE APPNOTE 6.3.9); see `packed`, `tnef` and `outlook`.

Real bytes are counted, never the sizes that an archive claims (FAULTS.md 31).
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise

from dossier.model import Problem
from parsers import ole
from parsers.archive_entries import Budget, Entry, is_litter
from parsers.limits import ArchiveLimits
from parsers.names import archived_name, clean_name
from parsers.outlook import read_outlook
from parsers.packed import SEVEN_ZIP, read_packed
from parsers.problem import UnreadableError
from parsers.rar_headers import RAR
from parsers.tnef import SIGNATURE as TNEF
from parsers.tnef import read_tnef

_ENCRYPTED = 0x1
_UTF8 = 0x800
_LOCAL_HEADER = 30
_CENTRAL_SIGNATURE = b"PK\x01\x02"
_UNICODE_PATH = 0x7075
_CHUNK = 256 << 10


_DEFAULT = ArchiveLimits()


def read_archive(content: bytes, limits: ArchiveLimits = _DEFAULT) -> tuple[Entry, ...]:
    """The files of a ZIP, RAR, 7z, winmail.dat or Outlook message, folders and the litter of file managers left out.

    A file that is encrypted or broken is an Entry with a problem. Raises UnreadableError: CORRUPT for a broken or empty
    archive, PASSWORD where every file is encrypted, NOT_READ above the limits and for sizes that lie.
    """
    if content.startswith((RAR, SEVEN_ZIP)):
        return read_packed(content, limits)
    if content.startswith(TNEF):
        return read_tnef(content, limits)
    if content.startswith(ole.SIGNATURE):
        return read_outlook(content, limits)
    opened = open_archive(content, limits)
    wanted = [info for info in opened.infolist() if not is_litter(info.filename)]
    if not wanted:
        raise UnreadableError(Problem.CORRUPT, "an archive without files")
    if all(info.flag_bits & _ENCRYPTED for info in wanted):
        raise UnreadableError(Problem.PASSWORD, "every file in the archive is encrypted")
    budget = Budget(limits, len(content))
    return tuple(_entry(opened, content, info, budget) for info in wanted)


def check_container(
    content: bytes, limits: ArchiveLimits = _DEFAULT, *, counting: bool = True
) -> tuple[zipfile.ZipInfo, ...]:
    """The directory of a document that is a ZIP (OOXML, ODF), once what comes out of it was found within the limits.

    `counting` inflates everything to count real bytes, for readers that do not; without it the claimed ones are added
    up. Raises UnreadableError: CORRUPT for a broken file, PASSWORD for an encrypted entry, NOT_READ above the limits.
    """
    opened = open_archive(content, limits)
    budget = Budget(limits, len(content))
    for info in opened.infolist():
        if info.flag_bits & _ENCRYPTED:
            raise UnreadableError(Problem.PASSWORD, "encrypted with a password")
        if not counting:
            budget.take(info.file_size)
            continue
        for _ in _inflated(opened, content, info, budget):
            pass
    return tuple(opened.infolist())


def start_of_entry(opened: zipfile.ZipFile, name: str, length: int) -> bytes:
    """The first bytes of one entry, its name told without regard to case; b'' where it cannot be read."""
    for info in opened.infolist():
        if info.filename.lower() == name and not info.flag_bits & _ENCRYPTED:
            try:
                with opened.open(info) as stream:
                    return stream.read(length)
            except (NotImplementedError, zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError):
                return b""
    return b""


def open_archive(content: bytes, limits: ArchiveLimits = _DEFAULT) -> zipfile.ZipFile:
    """The directory of a ZIP, checked: raises UnreadableError as `read_archive` does; nothing is inflated yet."""
    if content.count(_CENTRAL_SIGNATURE) > 4 * limits.entries:  # before the directory is read into memory
        raise UnreadableError(Problem.NOT_READ, f"more than {limits.entries} entries")
    try:
        opened = zipfile.ZipFile(io.BytesIO(content))
    except NotImplementedError as error:
        raise UnreadableError(Problem.NOT_READ, f"archive: {error}") from error
    except (zipfile.BadZipFile, struct.error, EOFError, OSError, ValueError, OverflowError) as error:
        raise UnreadableError(Problem.CORRUPT, f"broken archive: {error}") from error
    if len(opened.infolist()) > limits.entries:
        raise UnreadableError(Problem.NOT_READ, f"more than {limits.entries} entries")
    _refuse_overlaps(opened.infolist())
    return opened


def _entry(opened: zipfile.ZipFile, content: bytes, info: zipfile.ZipInfo, budget: Budget) -> Entry:
    name = clean_name(_shown_path(info))
    if info.flag_bits & _ENCRYPTED:
        return Entry(name, b"", Problem.PASSWORD, "encrypted with a password")
    try:
        return Entry(name, b"".join(_inflated(opened, content, info, budget)))
    except UnreadableError as error:
        if error.problem is not Problem.CORRUPT:
            raise
        return Entry(name, b"", error.problem, error.detail)


def _inflated(opened: zipfile.ZipFile, content: bytes, info: zipfile.ZipInfo, budget: Budget) -> Iterator[bytes]:
    """The real bytes of an entry in pieces; its checksum and its size are held against the directory's."""
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        yield from _by_library(opened, info, budget)
        return
    crc = size = 0
    for piece in _pieces(_packed(content, info), info.compress_type):
        size += len(piece)
        budget.take(len(piece))
        crc = zlib.crc32(piece, crc)
        yield piece
    if size > info.file_size:
        raise UnreadableError(Problem.NOT_READ, "sizes in the archive lie")
    if size != info.file_size or crc != info.CRC:
        raise UnreadableError(Problem.CORRUPT, "a file in the archive is damaged")


def _pieces(packed: bytes, method: int) -> Iterator[bytes]:
    if method == zipfile.ZIP_STORED:
        yield packed
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while packed and not inflater.eof:
            yield inflater.decompress(packed, _CHUNK)
            packed = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error as error:
        raise UnreadableError(Problem.CORRUPT, f"a file in the archive is damaged: {error}") from error


def _by_library(opened: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> Iterator[bytes]:
    """bzip2 and LZMA; other methods (deflate64, zstd) are not known here."""
    try:
        with opened.open(info) as stream:
            while piece := stream.read(_CHUNK):
                budget.take(len(piece))
                yield piece
    except NotImplementedError as error:
        raise UnreadableError(Problem.NOT_READ, f"archive: {error}") from error
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError) as error:
        raise UnreadableError(Problem.CORRUPT, f"a file in the archive is damaged: {error}") from error


def _packed(content: bytes, info: zipfile.ZipInfo) -> bytes:
    """The bytes of an entry as they lie in the file; its local header may name another length of extra fields."""
    header = content[info.header_offset : info.header_offset + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
        raise UnreadableError(Problem.CORRUPT, "an entry of the archive is missing")
    name, extra = struct.unpack_from("<HH", header, 26)
    start = info.header_offset + _LOCAL_HEADER + name + extra
    return content[start : start + info.compress_size]


def _refuse_overlaps(infos: list[zipfile.ZipInfo]) -> None:
    """Entries that share their bytes are how a small archive claims petabytes (CVE-2019-13232, CVE-2024-0450)."""
    spans = sorted((info.header_offset, info.header_offset + _LOCAL_HEADER + info.compress_size) for info in infos)
    for (_, end), (start, _) in pairwise(spans):
        if start < end:
            raise UnreadableError(Problem.NOT_READ, "entries of the archive overlap")


def _shown_path(info: zipfile.ZipInfo) -> str:
    raw = getattr(info, "orig_filename", info.filename)
    return archived_name(raw, is_utf8=bool(info.flag_bits & _UTF8), unicode_path=_unicode_path(info.extra))


def _unicode_path(extra: bytes) -> bytes | None:
    """Info-ZIP's extra field 0x7075 (APPNOTE 4.6.9): version, checksum of the other name, name in UTF-8."""
    place = 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, place)
        if kind == _UNICODE_PATH and length > 5 and extra[place + 4] == 1:
            return extra[place + 9 : place + 4 + length]
        place += 4 + length
    return None
