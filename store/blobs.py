"""Raw bytes by their SHA-256: durable before anything reads them, never changed (P1).

The only place that knows local paths. A blob lies at `ab/cd/abcd…`; it is written to `incoming/`, fsynced, renamed
into place, and its folders are fsynced, so a name in place always holds the whole content. A crash leaves at most a
blob that no row speaks of, or a file in `incoming/`: both harmless.
"""

import errno
import hashlib
import os
import re
import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from store.errors import BlobDamagedError, BlobMissingError, PermanentStoreError, TemporaryStoreError

_NAME = re.compile(r"[0-9a-f]{64}")
_ALONE = 4  # so few are not worth threads
_SYNC_THREADS = 8  # fsyncs that wait together share one commit of the file system's journal
_Item = TypeVar("_Item")
_FULL = {errno.ENOSPC, errno.EDQUOT}
_PASSING = {errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EINTR, errno.EAGAIN}


@dataclass(frozen=True, slots=True)
class _Written:
    sha256: str
    temporary: Path
    descriptor: int


class Blobs:
    """Content-addressed bytes under one folder. Every method raises TemporaryStoreError for a full or failing disk."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._incoming = root / "incoming"

    @property
    def root(self) -> Path:
        return self._root

    def put(self, content: bytes) -> str:
        """Make the bytes durable; returns their SHA-256. The same bytes again are compared with what lies there."""
        return self.put_many([content])[0]

    def put_many(self, contents: Sequence[bytes]) -> list[str]:
        """Like `put` for each, in order; all are durable when it returns, and the waiting for the disk is shared."""
        names = [hashlib.sha256(content).hexdigest() for content in contents]
        with _told(self._root):
            self._make_incoming()
            wanted = dict(zip(names, contents, strict=True))
            new = {name: content for name, content in wanted.items() if not self._holds(name, content)}
            touched = set(self._place(new))
            # A blob found in place may have been renamed by a process that died before it made the name durable.
            touched |= {self._path(name).parent for name in wanted.keys() - new.keys()}
            _each(_sync_folder, sorted(touched))
        return names

    def get(self, sha256: str) -> bytes:
        """The bytes, checked. Raises BlobMissingError, BlobDamagedError."""
        path = self._path(sha256)
        with _told(self._root):
            try:
                content = path.read_bytes()
            except FileNotFoundError:
                raise BlobMissingError(f"no blob {sha256}: restore it from a backup") from None
        if hashlib.sha256(content).hexdigest() != sha256:
            raise BlobDamagedError(f"blob {sha256} is damaged: restore it from a backup")
        return content

    def has(self, sha256: str) -> bool:
        return self._path(sha256).is_file()

    def iterate(self) -> Iterator[str]:
        """Every SHA-256 that is stored, in order; memory does not grow with their number."""
        for first in _folders(self._root):
            for second in _folders(first):
                yield from sorted(entry.name for entry in os.scandir(second) if _NAME.fullmatch(entry.name))

    def verify(self, names: Iterable[str] | None = None) -> Iterator[str]:
        """Each SHA-256 (of those named, or of all that lie here) whose bytes are missing or damaged."""
        for name in self.iterate() if names is None else names:
            try:
                self.get(name)
            except (BlobMissingError, BlobDamagedError):
                yield name

    def remove(self, sha256: str) -> bool:
        """Erase personal data; False where nothing was there. The row that speaks of it is the caller's."""
        path = self._path(sha256)
        with _told(self._root):
            try:
                path.unlink()
            except FileNotFoundError:
                return False
            _sync_folder(path.parent)
        return True

    def size(self, sha256: str) -> int:
        """In bytes. Raises BlobMissingError."""
        try:
            return self._path(sha256).stat().st_size
        except FileNotFoundError:
            raise BlobMissingError(f"no blob {sha256}") from None

    def take_over(self, sha256: str, earlier: "Blobs | None", source: "Blobs") -> None:
        """Have the blob of `source`, by a further name of the file of `earlier` where that is whole, else copied.

        A file of `source` itself is never shared: what damages the one would damage the other. Raises as `get`.
        """
        target = self._path(sha256)
        with _told(self._root):
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if earlier is not None and not any(earlier.verify([sha256])):
                try:
                    target.hardlink_to(earlier._path(sha256))
                except OSError:  # another file system, or one that has no links
                    self.put(source.get(sha256))
            else:
                self.put(source.get(sha256))

    def sweep(self, older_than_seconds: float) -> int:
        """Remove what crashes left in `incoming/`; returns how many."""
        count, limit = 0, time.time() - older_than_seconds
        with _told(self._root):
            for path in list(self._incoming.glob("*")) if self._incoming.is_dir() else []:
                if path.stat().st_mtime < limit:
                    path.unlink(missing_ok=True)
                    count += 1
        return count

    def _path(self, sha256: str) -> Path:
        if not _NAME.fullmatch(sha256):
            raise ValueError(f"no SHA-256 in lower-case hex: {sha256[:80]!r}")
        return self._root / sha256[:2] / sha256[2:4] / sha256

    def _make_incoming(self) -> None:
        if not self._incoming.is_dir():
            self._root.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._incoming.mkdir(exist_ok=True, mode=0o700)
            _sync_folder(self._root.parent)
            _sync_folder(self._root)

    def _holds(self, name: str, content: bytes) -> bool:
        """Whether it lies there whole; a damaged one is written anew."""
        path = self._path(name)
        try:
            return path.stat().st_size == len(content) and path.read_bytes() == content
        except FileNotFoundError:
            return False

    def _place(self, new: dict[str, bytes]) -> Iterator[Path]:
        """Write, make durable, rename; yields the folders whose entries changed."""
        written: list[_Written] = []
        try:
            for name, content in new.items():
                written.append(self._write(name, content))
            _each(lambda item: os.fsync(item.descriptor), written)
            for item in written:
                yield from self._rename(item)
        finally:
            for item in written:
                os.close(item.descriptor)
                item.temporary.unlink(missing_ok=True)

    def _write(self, name: str, content: bytes) -> _Written:
        temporary = self._incoming / f"{name}.{secrets.token_hex(8)}"
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
        except OSError:
            os.close(descriptor)
            temporary.unlink(missing_ok=True)
            raise
        return _Written(name, temporary, descriptor)

    def _rename(self, item: _Written) -> Iterator[Path]:
        target = self._path(item.sha256)
        for folder in (target.parent.parent, target.parent):
            if not folder.is_dir():
                folder.mkdir(exist_ok=True, mode=0o700)
                yield folder.parent
        item.temporary.rename(target)
        yield target.parent


def _folders(parent: Path) -> list[Path]:
    if not parent.is_dir():
        return []
    return sorted(Path(entry.path) for entry in os.scandir(parent) if entry.is_dir() and len(entry.name) == 2)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _each(act: Callable[[_Item], None], items: Sequence[_Item]) -> None:
    if len(items) <= _ALONE:
        for item in items:
            act(item)
        return
    with ThreadPoolExecutor(min(_SYNC_THREADS, len(items))) as pool:
        for _ in pool.map(act, items):
            pass


@contextmanager
def _told(root: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise TemporaryStoreError(f"the disk of {root} is full: free space and try again") from error
        if error.errno in _PASSING:
            raise TemporaryStoreError(f"the disk of {root} failed: look at it, then try again ({error})") from error
        raise PermanentStoreError(f"{root} cannot be used: check its owner and the mount ({error})") from error
