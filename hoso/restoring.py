"""A backup becomes an installation again: into a new folder, or the records into the empty store of a settings file."""

import shutil
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from store import backup
from store.backup import Backup, BackupError
from store.engine import Store, open_store

_CONFIG = "config"


@dataclass(frozen=True, slots=True)
class Restored:
    backup: Backup
    files: tuple[str, ...]
    """Settings, campaigns, templates, by their names in the new folder."""
    events: int


def restore_folder(folder: Path, to: Path) -> Restored:
    """Everything into the new folder `to`: settings, campaigns, `var/hoso.sqlite` and `var/blobs`.

    Raises BackupError where the backup is not whole, or where anything lies in `to`; StoreError.
    """
    told = backup.check(folder)
    if to.exists() and any(to.iterdir()):
        raise BackupError(f"{to} is not empty: nothing is overwritten")
    store = open_store(f"sqlite:///{to.resolve() / 'var' / 'hoso.sqlite'}", to / "var" / "blobs")
    try:
        count = _fill(store, told)
    finally:
        store.close()
    return Restored(told, tuple(_place(folder, to)), count)


def restore_records(folder: Path, store: Store) -> Restored:
    """The records into a store that is empty, on whichever kind of database. Raises BackupError, StoreError."""
    told = backup.check(folder)
    if next(store.blobs.iterate(), None) is not None:
        raise BackupError("the folder of blobs is not empty: nothing is overwritten")
    return Restored(told, (), _fill(store, told))


def _fill(store: Store, told: Backup) -> int:
    """An older backup is brought to the version of this program on a copy: the backup itself is never written to."""
    with TemporaryDirectory(prefix="hoso-restore-") as scratch:
        copy = Path(scratch) / told.database.name
        shutil.copyfile(told.database, copy)
        upgraded = open_store(f"sqlite:///{copy}", Path(scratch) / "blobs")
        try:
            upgraded.upgrade()
        finally:
            upgraded.close()
        store.upgrade()
        for sha256 in told.blobs.iterate():
            store.blobs.take_over(sha256, None, told.blobs)
        store.fill_from(copy)
    return told.head.seq


def _place(folder: Path, to: Path) -> list[str]:
    """The further files; a name that would lead out of the folder is refused."""
    placed = []
    for file in sorted(path for path in (folder / _CONFIG).rglob("*") if path.is_file() and not path.is_symlink()):
        name = PurePosixPath(file.relative_to(folder / _CONFIG))
        target = to / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as new:
            new.write(file.read_bytes())
        placed.append(str(name))
    return placed
