"""The few functions of libarchive (BSD; the system's own) that reading RAR and 7z takes, called in this process.

libarchive-c was looked at: it starts programs to find the library, opens every format, and does not tell which files
are encrypted (docs/decisions/0043-archives.md).
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from itertools import count

from dossier.model import Problem
from parsers.problem import UnreadableError

LIBRARY = "libarchive.so.13"
INSTALL = "install the Debian package libarchive-tools"

_OK, _END, _WARN = 0, 1, -20
_NO_MEMORY = 12
_REGULAR, _TYPE_MASK = 0o100000, 0o170000
_DAMAGED = ("crc", "checksum", "truncated", "damaged", "corrupt", "premature", "bad rar", "invalid end")
_LOCKED = ("encrypt", "passphrase", "password", "crypto")


class Format(StrEnum):
    """The value is libarchive's word for it."""

    RAR4 = "rar"
    RAR5 = "rar5"
    SEVEN_ZIP = "7zip"


@dataclass(frozen=True, slots=True)
class Member:
    """The file that comes next in an archive."""

    place: int
    """Among all files and folders, from 0."""
    path: bytes
    """UTF-8, or whatever the archive holds."""
    encrypted: bool


_Pointer = ctypes.c_void_p
_FUNCTIONS: tuple[tuple[str, object, tuple[object, ...]], ...] = (
    ("read_new", _Pointer, ()),
    ("read_free", ctypes.c_int, (_Pointer,)),
    ("read_open_memory", ctypes.c_int, (_Pointer, ctypes.c_char_p, ctypes.c_size_t)),
    ("read_next_header", ctypes.c_int, (_Pointer, ctypes.POINTER(_Pointer))),
    ("read_data", ctypes.c_ssize_t, (_Pointer, ctypes.c_char_p, ctypes.c_size_t)),
    ("read_has_encrypted_entries", ctypes.c_int, (_Pointer,)),
    ("entry_pathname_utf8", ctypes.c_char_p, (_Pointer,)),
    ("entry_pathname", ctypes.c_char_p, (_Pointer,)),
    ("entry_filetype", ctypes.c_uint, (_Pointer,)),
    ("entry_is_encrypted", ctypes.c_int, (_Pointer,)),
    ("errno", ctypes.c_int, (_Pointer,)),
    ("error_string", ctypes.c_char_p, (_Pointer,)),
    *((f"read_support_format_{each.value}", ctypes.c_int, (_Pointer,)) for each in Format),
)
"""Name without "archive_", result, arguments."""


def load(name: str = LIBRARY) -> ctypes.CDLL:
    """Raises UnreadableError (NOT_READ) where it is not installed."""
    try:
        library = ctypes.CDLL(name)
        for function, result, arguments in _FUNCTIONS:
            found = getattr(library, f"archive_{function}")
            found.restype, found.argtypes = result, arguments
    except (OSError, AttributeError) as error:
        raise UnreadableError(Problem.NOT_READ, f"libarchive is missing: {INSTALL}") from error
    return library


class Archive:
    """One archive in memory, gone through once from its start to its end; see `opened`."""

    def __init__(self, library: ctypes.CDLL, handle: int) -> None:
        self._library = library
        self._handle = handle

    def members(self) -> Iterator[Member]:
        """Its plain files; the content of each is read by `pieces` before the next one is asked for.

        Raises UnreadableError: PASSWORD where even the names are encrypted, CORRUPT for what is told to be damaged.
        """
        entry = _Pointer()
        for place in count():
            status = self._library.archive_read_next_header(self._handle, ctypes.byref(entry))
            if status == _END:
                return
            if status < _WARN:
                raise self._error()
            if self._library.archive_entry_filetype(entry) & _TYPE_MASK == _REGULAR:
                path = self._library.archive_entry_pathname_utf8(entry) or self._library.archive_entry_pathname(entry)
                yield Member(place, path or b"", bool(self._library.archive_entry_is_encrypted(entry)))

    def pieces(self, length: int) -> Iterator[bytes]:
        """The content of the member that came last. Raises UnreadableError as `members` does."""
        buffer = ctypes.create_string_buffer(length)
        while True:
            size = self._library.archive_read_data(self._handle, buffer, length)
            if size < 0:
                raise self._error()
            if size == 0:
                return
            yield buffer.raw[:size]

    def _error(self) -> UnreadableError:
        text = (self._library.archive_error_string(self._handle) or b"").decode("utf-8", "replace")
        words = text.lower()
        if self._library.archive_errno(self._handle) == _NO_MEMORY:
            problem = Problem.NOT_READ
        elif self._library.archive_read_has_encrypted_entries(self._handle) > 0 or any(w in words for w in _LOCKED):
            problem = Problem.PASSWORD
        else:
            problem = Problem.CORRUPT if any(word in words for word in _DAMAGED) else Problem.NOT_READ
        return UnreadableError(problem, f"archive: {text or 'it cannot be read'}")


@contextmanager
def opened(content: bytes, form: Format) -> Iterator[Archive]:
    """Raises UnreadableError: NOT_READ without the library, as `Archive.members` for the archive."""
    library = load()
    handle = library.archive_read_new()
    if not handle:
        raise MemoryError
    try:
        getattr(library, f"archive_read_support_format_{form.value}")(handle)
        archive = Archive(library, handle)
        if library.archive_read_open_memory(handle, content, len(content)) < _WARN:
            raise archive._error()
        yield archive
    finally:
        library.archive_read_free(handle)
