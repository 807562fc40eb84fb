"""A backup: records and bytes as they stood at one moment, in a folder that is whole or is not there (P1, P9).

It is made under a name that begins with a dot, checked, and renamed: what bears a backup's name is whole. The database
is one SQLite file, whichever kind the store is on; bytes that the backup before has are further names of its files.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from sqlalchemy import text

from store import events
from store.blob_check import check_blobs
from store.blobs import Blobs
from store.engine import Store, reading_file, version_of_file
from store.errors import PermanentStoreError, TemporaryStoreError
from store.events import Head
from store.verification import verify

MANIFEST, DATABASE, BLOBS, SUMS = "manifest.json", "database.sqlite", "blobs", "SHA256SUMS"
_PREFIX, _UNFINISHED, _GOING = "hoso-", ".unfinished-", ".going-"
_FORMAT = 1
_CHUNK = 1 << 20


class BackupError(PermanentStoreError):
    """No backup, or one that is not whole; the text says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Backup:
    folder: Path
    made_at: datetime
    head: Head
    """Of the history in it."""
    version: str
    """Of the tables."""
    bytes: int
    """Of all of its files, shared ones included."""

    @property
    def database(self) -> Path:
        return self.folder / DATABASE

    @property
    def blobs(self) -> Blobs:
        return Blobs(self.folder / BLOBS)


def make(store: Store, to: Path, now: datetime, files: Mapping[str, bytes], head_text: Callable[[Head], str]) -> Backup:
    """A new backup in the folder `to`, checked. `files` are further ones, by their names within `config/`.

    `head_text` makes the lines that go beside it as head.txt. Raises StoreError; then nothing is left that looks whole.
    """
    name = f"{_PREFIX}{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    if (to / name).exists():
        raise TemporaryStoreError(f"there is a backup {name} already: wait a second")
    with _told(to):
        to.mkdir(parents=True, exist_ok=True, mode=0o700)
        clear(to)
        earlier = backups_in(to)[-1:]
        unfinished = to / f"{_UNFINISHED}{name}-{os.getpid()}"
        unfinished.mkdir(mode=0o700)
        try:
            _fill(store, unfinished, now, files, head_text, Blobs(earlier[0] / BLOBS) if earlier else None)
            check(unfinished, store)
            unfinished.rename(to / name)
            _sync(to)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    return describe(to / name)


def backups_in(folder: Path) -> list[Path]:
    """The whole ones, the oldest first."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.name.startswith(_PREFIX) and (path / MANIFEST).is_file())


def describe(folder: Path) -> Backup:
    """What its manifest says. Raises BackupError."""
    try:
        told = json.loads((folder / MANIFEST).read_text("utf-8"))
        if told["format"] != _FORMAT:
            raise BackupError(f"{folder} is of format {told['format']}: this program reads {_FORMAT}")
        made_at = datetime.fromisoformat(told["made_at"])
        return Backup(folder, made_at, Head.parse(told["head"]), str(told["version"]), int(told["bytes"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        what = f"there is no {MANIFEST} in it" if isinstance(error, FileNotFoundError) else f"its {MANIFEST} is damaged"
        why = error.strerror if isinstance(error, PermissionError) else what
        raise BackupError(f"{folder} is no backup that can be read: {why}") from None


def check(folder: Path, store: Store | None = None) -> Backup:
    """Open it and read all of it: every byte is what it was, the history is whole and ends with its head.

    With `store` that head is also found in the history that goes on there. Changes nothing. Raises BackupError.
    """
    told = describe(folder)
    for path, digest in _sums(folder):
        if not path.is_file() or _digest(path) != digest:
            raise BackupError(f"{path.relative_to(folder)} of the backup {folder.name} is damaged or gone")
    if version_of_file(told.database) != told.version:
        raise BackupError(f"the database of the backup {folder.name} is of another version than its manifest says")
    with reading_file(told.database) as conn:
        if conn.execute(text("PRAGMA quick_check")).scalar() != "ok":
            raise BackupError(f"the database of the backup {folder.name} is damaged")
        chain = verify(conn, told.head)
        wrong = [chain.broken.reason] if chain.broken else list(check_blobs(conn, told.blobs, read=False))
    if wrong or chain.head != told.head:
        why = wrong[0] if wrong else "it does not end with the head of its manifest"
        raise BackupError(f"the backup {folder.name} is not whole: {why}")
    if store is not None:
        with store.reading() as live:
            passed = events.history(live, after=told.head.seq - 1, limit=1)
        if told.head.seq and (not passed or passed[0].hash != told.head.hash):
            raise BackupError(f"the backup {folder.name} holds another history than the store")
    return told


def remove(folder: Path) -> None:
    """Renamed first, so that half of it is never taken for a whole one."""
    with _told(folder.parent):
        going = folder.with_name(f"{_GOING}{folder.name}")
        folder.rename(going)
        shutil.rmtree(going)


def clear(to: Path) -> None:
    """What a crash left behind of making or removing one; those of processes that are at work are left alone."""
    for path in to.iterdir() if to.is_dir() else ():
        process = path.name.rpartition("-")[2]
        at_work = process.isdecimal() and Path(f"/proc/{process}").exists() and int(process) != os.getpid()
        if path.name.startswith(_GOING) or (path.name.startswith(_UNFINISHED) and not at_work):
            shutil.rmtree(path, ignore_errors=True)


def _fill(
    store: Store,
    folder: Path,
    now: datetime,
    files: Mapping[str, bytes],
    head_text: Callable[[Head], str],
    earlier: Blobs | None,
) -> None:
    database = folder / DATABASE
    store.copy_database(database)  # before the bytes: those of every row in it were there before the row
    with reading_file(database) as conn:
        head = events.head(conn)
    blobs, size = Blobs(folder / BLOBS), 0
    (folder / BLOBS).mkdir(mode=0o700)
    written = {f"config/{name}": content for name, content in files.items()} | {"head.txt": head_text(head).encode()}
    for name, content in written.items():
        path = folder / PurePosixPath(name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_bytes(content)
    with (folder / SUMS).open("w", encoding="utf-8") as sums:
        for name in (DATABASE, *written):
            sums.write(f"{_digest(folder / name)}  {name}\n")
            size += (folder / name).stat().st_size
        for sha256 in store.blobs.iterate():
            blobs.take_over(sha256, earlier, store.blobs)
            sums.write(f"{sha256}  {BLOBS}/{sha256[:2]}/{sha256[2:4]}/{sha256}\n")
            size += blobs.size(sha256)
    told = {
        "format": _FORMAT,
        "made_at": now.astimezone(UTC).isoformat(),
        "head": str(head),
        "version": store.expected_version(),
        "sums_sha256": _digest(folder / SUMS),
        "bytes": size,
    }
    (folder / MANIFEST).write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    shutil.rmtree(folder / BLOBS / "incoming", ignore_errors=True)
    for path in (path for path in folder.rglob("*") if BLOBS not in path.relative_to(folder).parts or path.is_dir()):
        _sync(path)
    _sync(folder)


def _sums(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every file of the backup with its SHA-256; those of the bytes are checked as such."""
    told = json.loads((folder / MANIFEST).read_text("utf-8"))
    if _digest(folder / SUMS) != told.get("sums_sha256"):
        raise BackupError(f"{SUMS} of the backup {folder.name} is damaged or gone")
    with (folder / SUMS).open(encoding="utf-8") as lines:
        for line in lines:
            digest, _, name = line.rstrip("\n").partition("  ")
            yield folder / PurePosixPath(name), digest


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            digest = hashlib.sha256()
            while part := file.read(_CHUNK):
                digest.update(part)
    except FileNotFoundError:
        return ""
    return digest.hexdigest()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise TemporaryStoreError(
            f"the folder {folder} of the backups cannot be used: {error.strerror or error}"
        ) from None
