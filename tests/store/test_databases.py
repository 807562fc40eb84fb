"""The settings that the promises stand on, and errors that say who can mend them (P1, P12)."""

from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from support.postgresql import Server

from store import mailboxes
from store.engine import Store, open_store
from store.errors import PermanentStoreError, StoreError, TemporaryStoreError


def test_sqlite_is_durable_waits_its_turn_and_checks_references(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/hoso.db", tmp_path / "blobs")
    store.upgrade()
    with store.reading() as conn:
        found = {
            name: conn.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30000}
    store.close()


@pytest.mark.postgresql
def test_postgresql_is_durable_whatever_the_server_says(postgresql: Server, tmp_path: Path) -> None:
    database = "hoso_settings"
    url = postgresql.create(database, "hoso_template")
    with psycopg.connect(f"host={postgresql.folder} user=hoso dbname={database}", autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{database}" SET synchronous_commit = off')
    store = open_store(url, tmp_path / "blobs")
    with store.writing() as tx:
        assert tx.execute(text("SHOW synchronous_commit")).scalar_one() == "on"
        assert tx.execute(text("SHOW lock_timeout")).scalar_one() == "30s"
    store.close()
    postgresql.drop(database)


@pytest.mark.postgresql
def test_a_lost_connection_is_told_and_the_next_step_works(postgresql: Server, tmp_path: Path) -> None:
    database = "hoso_lost"
    store = open_store(postgresql.create(database, "hoso_template"), tmp_path / "blobs")

    def cut_off() -> None:
        with store.writing() as tx:
            tx.execute(text("SELECT 1"))
            with psycopg.connect(f"host={postgresql.folder} user=hoso dbname=postgres", autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [database])
            tx.execute(text("SELECT 1"))

    with pytest.raises(TemporaryStoreError, match="try again"):
        cut_off()
    with store.writing() as tx:
        assert tx.execute(text("SELECT 1")).scalar_one() == 1
    store.close()
    postgresql.drop(database)


@pytest.mark.postgresql
def test_a_database_that_is_not_there_is_no_matter_of_trying_again(postgresql: Server, tmp_path: Path) -> None:
    store = open_store(postgresql.url("absent"), tmp_path / "blobs")
    with pytest.raises(PermanentStoreError, match="check the URL"):
        store.version()


def test_a_server_that_does_not_answer_may_come_back_and_no_password_is_shown(tmp_path: Path) -> None:
    store = open_store(f"postgresql://hoso:hunter2@/hoso?host={tmp_path}", tmp_path / "blobs")
    with pytest.raises(TemporaryStoreError) as told:
        store.version()
    assert "hunter2" not in f"{told.value} {told.value.__notes__ if hasattr(told.value, '__notes__') else ''}"


@pytest.mark.parametrize(
    "url",
    ["mysql://hoso:hunter2@db/x", "sqlite://", "sqlite:///:memory:", "hunter2", "postgresql://a:hunter2@h:port/x"],
)
def test_another_url_is_refused_with_what_to_write_and_never_quoted(url: str, tmp_path: Path) -> None:
    with pytest.raises(PermanentStoreError, match="write sqlite:///PATH or postgresql://") as told:
        open_store(url, tmp_path)
    assert "hunter2" not in str(told.value)


def test_a_full_disk_is_told_and_nothing_is_half_written(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/hoso.db", tmp_path / "blobs")
    store.upgrade()

    def fill() -> None:
        with store.writing() as tx:
            tx.exec_driver_sql("PRAGMA max_page_count = 1")  # SQLite then says what it says on a full disk
            for n in range(5000):
                tx.execute(text("INSERT INTO series (name, last) VALUES (:name, 1)"), {"name": f"{n}" * 50})

    with pytest.raises(TemporaryStoreError, match="disk is full"):
        fill()
    store.close()
    with store.writing() as tx:
        assert tx.execute(text("SELECT count(*) FROM series")).scalar_one() == 0
    store.close()


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "hoso.db").write_bytes(b"not a database at all" * 100)
    store = open_store(f"sqlite:///{tmp_path}/hoso.db", tmp_path / "blobs")
    with pytest.raises(PermanentStoreError, match="is no database"):
        store.upgrade()
    store.close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = open_store(f"sqlite:///{tmp_path}/file/hoso.db", tmp_path / "blobs")
    with pytest.raises(PermanentStoreError, match="check its owner"):
        store.upgrade()


def test_the_database_is_for_its_owner_alone(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/var/hoso.db", tmp_path / "var" / "blobs")
    store.upgrade()
    store.blobs.put(b"private")
    store.close()
    assert (tmp_path / "var").stat().st_mode & 0o077 == 0
    assert (tmp_path / "var" / "blobs").stat().st_mode & 0o077 == 0


def test_a_naive_time_is_refused(store: Store) -> None:
    with pytest.raises(StoreError), store.writing() as tx:
        mailboxes.enter(tx, "a", "b", 1, datetime(2021, 4, 19))  # noqa: DTZ001 - what is tested
