"""A backup holds all of one moment, or is not there; what is restored from it is what was (P1, P9)."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from support.postgresql import Server
from support.store_samples import arrived, judged, letter

from store import backup, backup_runs, events, outbox
from store.backup import BackupError
from store.backup_runs import BackupRun
from store.blob_check import check_blobs
from store.engine import Store, open_store, reading_file
from store.errors import PermanentStoreError, StoreError
from store.events import Event, Head
from store.schema import metadata
from store.verification import verify, verify_records


@pytest.fixture
def filled(store: Store, now: datetime) -> Store:
    """Two messages of a union, and two letters of which one replaces the other."""
    for number in (1, 2):
        store.blobs.put(b"message %d" % number)
        with store.writing() as tx:
            judged(tx, b"message %d" % number, now, uid=number)
    with store.writing() as tx:
        first, second = outbox.enqueue(tx, letter("1"), now), outbox.enqueue(tx, letter("2"), now)
        outbox.supersede(tx, first.id, now, reason="said again", superseded_by=second.id)
    return store


def made(store: Store, to: Path, now: datetime) -> backup.Backup:
    return backup.make(store, to, now, {"settings.yaml": b"a: 1\n", "đợt/campaign.yaml": b"b: 2\n"}, str)


def everything(store: Store) -> dict[str, list[object]]:
    """Every row of every table."""
    with store.reading() as conn:
        return {
            table.name: [tuple(row) for row in conn.execute(select(table).order_by(*table.primary_key.columns))]
            for table in metadata.sorted_tables
        }


def test_a_backup_is_whole_and_opens_with_its_head(filled: Store, tmp_path: Path, now: datetime) -> None:
    done = made(filled, tmp_path / "to", now)
    assert done.folder.name == "hoso-20210419T083015Z"
    assert backup.check(done.folder, filled) == done
    with filled.reading() as conn:
        assert events.head(conn) == done.head
    with reading_file(done.database) as conn:
        assert verify(conn, done.head).broken is None
        assert list(verify_records(conn)) == []
        assert list(check_blobs(conn, done.blobs)) == []
    assert (done.folder / "config/đợt/campaign.yaml").read_bytes() == b"b: 2\n"
    assert [path.name for path in (tmp_path / "to").iterdir()] == [done.folder.name]
    sums = subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=done.folder, capture_output=True)
    assert (sums.returncode, sums.stdout) == (0, b"")


def test_bytes_that_the_one_before_has_are_not_written_again(filled: Store, tmp_path: Path, now: datetime) -> None:
    one = made(filled, tmp_path / "to", now)
    filled.blobs.put(b"new")
    two = made(filled, tmp_path / "to", now + timedelta(days=1))

    def links(of: backup.Backup) -> list[int]:
        return sorted(path.stat().st_nlink for path in (of.folder / "blobs").rglob("*") if path.is_file())

    assert (links(one), links(two)) == ([2, 2], [1, 2, 2])
    assert all(path.stat().st_nlink == 1 for path in (tmp_path / "blobs").rglob("*") if path.is_file())
    backup.remove(one.folder)
    assert backup.check(two.folder) == two
    assert backup.backups_in(tmp_path / "to") == [two.folder]


def test_what_is_damaged_in_the_one_before_is_copied_anew(sqlite_filled: Store, tmp_path: Path, now: datetime) -> None:
    one = made(sqlite_filled, tmp_path / "to", now)
    next(path for path in (one.folder / "blobs").rglob("*") if path.is_file()).write_bytes(b"other")
    two = made(sqlite_filled, tmp_path / "to", now + timedelta(days=1))
    assert backup.check(two.folder, sqlite_filled) == two
    with pytest.raises(BackupError, match="damaged"):
        backup.check(one.folder)


def test_one_made_under_load_holds_one_moment(store: Store, tmp_path: Path, now: datetime) -> None:
    stop = threading.Event()

    def load() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            store.blobs.put(b"%d" % number)
            with store.writing() as tx:
                arrived(tx, b"%d" % number, now, uid=number)

    thread = threading.Thread(target=load)
    thread.start()
    try:
        backups = [made(store, tmp_path / "to", now + timedelta(seconds=n)) for n in range(3)]
    finally:
        stop.set()
        thread.join()
    for one in backups:
        assert backup.check(one.folder, store) == one


@pytest.mark.parametrize("what", ["database.sqlite", "SHA256SUMS", "config/settings.yaml", "head.txt", "blob"])
@pytest.mark.parametrize("how", ["changed", "gone"])
def test_whatever_is_damaged_in_a_backup_is_found(
    sqlite_filled: Store, tmp_path: Path, now: datetime, what: str, how: str
) -> None:
    done = made(sqlite_filled, tmp_path / "to", now)
    found = next(path for path in (done.folder / "blobs").rglob("*") if path.is_file())
    path = found if what == "blob" else done.folder / what
    if how == "gone":
        path.unlink()
    else:
        content = path.read_bytes()
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(BackupError):
        backup.check(done.folder)


def test_a_backup_of_another_history_is_found(sqlite_filled: Store, tmp_path: Path, now: datetime) -> None:
    done = made(sqlite_filled, tmp_path / "to", now)
    other = open_store(f"sqlite:///{tmp_path}/other.sqlite", tmp_path / "other")
    other.upgrade()
    with other.writing() as tx:
        events.append_many(tx, [Event("x", now)] * 40)
    with pytest.raises(BackupError, match="another history"):
        backup.check(done.folder, other)
    other.close()


def test_a_message_whose_bytes_are_gone_makes_no_backup_that_looks_whole(
    sqlite_filled: Store, tmp_path: Path, now: datetime
) -> None:
    sqlite_filled.blobs.remove(next(sqlite_filled.blobs.iterate()))
    with pytest.raises(BackupError, match="is gone"):
        made(sqlite_filled, tmp_path / "to", now)
    assert list((tmp_path / "to").iterdir()) == []


_KILLED = """
import os, sys, signal
from datetime import datetime, timezone
from pathlib import Path
from store import backup
from store.engine import open_store

count, stop = 0, int(sys.argv[3])

def step(frame, event, argument):
    global count
    if event == "call" and "/store/" in frame.f_code.co_filename:
        count += 1
        if count == stop:
            os.kill(os.getpid(), signal.SIGKILL)

store = open_store(sys.argv[1], Path(sys.argv[2]) / "blobs")
sys.setprofile(step)
backup.make(store, Path(sys.argv[2]) / "to", datetime(2021, 4, 19, tzinfo=timezone.utc), {"a": b"b"}, str)
sys.setprofile(None)
print(count)
"""


def killed_at(step: int, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", _KILLED, f"sqlite:///{folder}/hoso.db", str(folder), str(step)]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": "."})


def test_killed_anywhere_it_leaves_nothing_that_looks_whole_and_is_not(
    sqlite_filled: Store, tmp_path: Path, now: datetime
) -> None:
    calls = int(killed_at(-1, tmp_path).stdout)
    [whole] = backup.backups_in(tmp_path / "to")
    backup.remove(whole)
    for step in sorted({calls // 4, calls // 2, 3 * calls // 4, calls - 1}):
        assert killed_at(step, tmp_path).returncode == -signal.SIGKILL
        for folder in backup.backups_in(tmp_path / "to"):
            backup.remove(backup.check(folder, sqlite_filled).folder)
    done = made(sqlite_filled, tmp_path / "to", now)
    assert [path.name for path in (tmp_path / "to").iterdir()] == [done.folder.name], "what was left is cleared away"


@pytest.fixture
def sqlite_filled(sqlite_template: Path, tmp_path: Path, now: datetime) -> Iterator[Store]:
    (tmp_path / "hoso.db").write_bytes(sqlite_template.read_bytes())
    opened = open_store(f"sqlite:///{tmp_path}/hoso.db", tmp_path / "blobs")
    for number in (1, 2):
        opened.blobs.put(b"message %d" % number)
        with opened.writing() as tx:
            judged(tx, b"message %d" % number, now, uid=number)
    yield opened
    opened.close()


def test_a_store_filled_from_a_backup_is_the_same_row_by_row_and_goes_on(
    filled: Store, tmp_path: Path, now: datetime
) -> None:
    done = made(filled, tmp_path / "to", now)
    target = open_store(f"sqlite:///{tmp_path}/restored.sqlite", tmp_path / "restored")
    target.upgrade()
    target.fill_from(done.database)
    assert everything(target) == everything(filled)
    with target.writing() as tx:
        judged(tx, b"later", now, uid=9)
    with target.reading() as conn:
        assert verify(conn, done.head).broken is None
    with pytest.raises(PermanentStoreError, match="nothing is overwritten"):
        target.fill_from(done.database)
    target.close()


@pytest.mark.postgresql
def test_a_backup_of_sqlite_is_restored_to_postgresql_and_goes_on(
    sqlite_filled: Store, postgresql_url: str, postgresql: Server, tmp_path: Path, now: datetime
) -> None:
    done = made(sqlite_filled, tmp_path / "to", now)
    target = open_store(postgresql_url, tmp_path / "restored")
    target.fill_from(done.database)
    assert everything(target) == everything(sqlite_filled)
    with target.writing() as tx:
        judged(tx, b"later", now, uid=9)
    with target.reading() as conn:
        assert verify(conn, done.head).broken is None
        assert list(verify_records(conn)) == []
    target.close()


def test_what_became_of_backups_is_on_record(store: Store, now: datetime) -> None:
    good = BackupRun(now, now + timedelta(seconds=3), "hoso-1", Head(7, "a" * 64), 12345)
    bad = BackupRun(now + timedelta(days=1), now + timedelta(days=1), "hoso-2", None, None, "the disk is full")
    with store.writing() as tx:
        assert backup_runs.latest(tx) is None
        backup_runs.record(tx, good)
        backup_runs.record(tx, bad)
    with store.reading() as conn:
        assert backup_runs.latest(conn) == backup_runs.latest(conn, sound=False) == bad
        assert backup_runs.latest(conn, sound=True) == good
    assert (good.sound, bad.sound) == (True, False)


def test_a_folder_that_cannot_be_used_is_told(store: Store, tmp_path: Path, now: datetime) -> None:
    (tmp_path / "to").write_text("a file")
    with pytest.raises(StoreError, match="cannot be used"):
        made(store, tmp_path / "to", now)
