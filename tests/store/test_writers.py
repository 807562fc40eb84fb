"""Many writers at once, in threads and processes: nothing doubled, the chain unbroken (P2, P6, P9)."""

import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import text
from support.postgresql import Server
from support.store_samples import arrived, campaign, judged, letter

from store import databases, dossiers, ledger, outbox, revisions, series
from store.engine import Store, open_store
from store.errors import PermanentStoreError, TemporaryStoreError
from store.verification import verify, verify_records

NOW = datetime(2021, 4, 19, 8, 0, tzinfo=UTC)
LEASE = timedelta(minutes=10)
T = TypeVar("T")


def work(url: str, blobs: str, worker: int, done: "multiprocessing.Queue[list[object]]") -> None:
    """What a service does: messages of shared unions, each with its letter, and some of the letters sent."""
    store = open_store(url, Path(blobs))
    claimed: list[object] = []
    for n in range(12):
        content = f"{worker}/{n}".encode()
        store.blobs.put(content)
        with store.writing() as tx:
            judged(tx, content, NOW, union=f"U{n % 5}", uid=worker * 100 + n)
            outbox.enqueue(tx, letter(content.decode()), NOW)
        with store.writing() as tx:
            claimed += [one.key for one in outbox.claim(tx, NOW, f"worker-{worker}", LEASE, limit=2)]
    store.close()
    done.put(claimed)


def run_processes(url: str, blobs: Path) -> list[object]:
    context = multiprocessing.get_context("spawn")
    done = context.Queue()
    processes = [context.Process(target=work, args=(url, str(blobs), worker, done)) for worker in (1, 2)]
    for process in processes:
        process.start()
    claimed = [key for _ in processes for key in done.get(timeout=90)]
    for process in processes:
        process.join(30)
        assert process.exitcode == 0
    return claimed


def test_two_processes_write_one_unbroken_history_and_double_nothing(url: str, tmp_path: Path) -> None:
    claimed = run_processes(url, tmp_path / "blobs")
    assert len(claimed) == len(set(claimed)) == 24
    store = open_store(url, tmp_path / "blobs")
    with store.reading() as conn:
        assert verify(conn).broken is None
        assert list(verify_records(conn)) == []
        listed = dossiers.listed(conn, "sk39")
        assert sorted(one.code for one in listed) == [f"SK39-{n:03d}" for n in range(1, 6)]
        assert sorted(one.arrival_number for one in listed) == [1, 2, 3, 4, 5]
        for dossier in listed:
            numbers = [revision.number for revision in revisions.every(conn, dossier.id)]
            assert numbers == list(range(1, dossier.revision + 1))
        assert sum(dossier.revision for dossier in listed) == 24
    assert list(store.blobs.verify()) == []
    store.close()


def in_threads(act: Callable[[int], T], count: int) -> list[T]:
    ready = threading.Barrier(count)

    def together(n: int) -> T:
        ready.wait(10)
        return act(n)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(together, range(count)))


def test_numbers_of_a_series_are_given_once_and_without_gaps(store: Store) -> None:
    def take(n: int) -> list[int]:
        taken = []
        for _ in range(10):
            with store.writing() as tx:
                taken.append(series.next_number(tx, "arrival:2021"))
        return taken

    taken = in_threads(take, 4)
    assert sorted(number for part in taken for number in part) == list(range(1, 41))


def test_one_of_many_settles_a_message(store: Store) -> None:
    with store.writing() as tx:
        entry = arrived(tx, b"one", NOW)

    def settle(n: int) -> bool:
        with store.writing() as tx:
            if not ledger.settle(tx, entry.id, ledger.Outcome.JOINED, NOW):
                return False
            dossiers.lock_or_create(tx, campaign(), f"U{n}", NOW)
            return True

    assert sorted(in_threads(settle, 4)) == [False, False, False, True]
    with store.reading() as conn:
        assert len(dossiers.listed(conn, "sk39")) == 1


def test_one_of_many_claims_a_letter(store: Store) -> None:
    with store.writing() as tx:
        for n in range(3):
            outbox.enqueue(tx, letter(str(n)), NOW)

    def claim(n: int) -> list[str]:
        with store.writing() as tx:
            return [one.key for one in outbox.claim(tx, NOW, f"owner-{n}", LEASE, limit=2)]

    claimed = sorted(key for part in in_threads(claim, 4) for key in part)
    assert claimed == ["0", "1", "2"]


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_services_that_start_together_set_the_store_up_once(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path}/new/hoso.db"
    if kind == "postgresql":
        server: Server = request.getfixturevalue("postgresql")
        url = server.create("hoso_starting")

    def set_up(n: int) -> str | None:
        store = open_store(url, tmp_path / "blobs")
        store.upgrade()
        version = store.version()
        store.close()
        return version

    assert len(set(in_threads(set_up, 4))) == 1


def test_a_reader_waits_for_no_writer_and_sees_one_state(store: Store) -> None:
    with store.writing() as tx:
        outbox.enqueue(tx, letter("1"), NOW)
    with store.reading() as conn:
        before = outbox.listed(conn)
        with store.writing() as tx:
            outbox.enqueue(tx, letter("2"), NOW)
        assert outbox.listed(conn) == before
    with store.reading() as conn:
        assert len(outbox.listed(conn)) == 2


def test_who_waits_too_long_for_another_writer_is_told_to_try_again(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "WAIT_SECONDS", 1)
    store = open_store(url, tmp_path / "blobs")

    def second() -> None:
        with store.writing() as tx:
            series.next_number(tx, "x")

    with store.writing() as tx:
        series.next_number(tx, "x")
        with ThreadPoolExecutor(1) as pool, pytest.raises(TemporaryStoreError, match="try again"):
            pool.submit(second).result(20)
    second()
    with store.reading() as conn:
        assert conn.execute(text("SELECT last FROM series")).scalar_one() == 2
    store.close()


def test_a_wrong_statement_is_no_matter_of_trying_again_and_quotes_no_value(store: Store) -> None:
    statement = text("INSERT INTO series (name, last) VALUES (:name, :last)")
    rows = [{"name": "secret@a.example", "last": 1}, {"name": "secret@a.example", "last": 2}]
    with pytest.raises(PermanentStoreError) as told, store.writing() as tx:
        tx.execute(statement, rows)
    shown = "\n".join([str(told.value), *told.value.__notes__])
    assert "INSERT INTO series" in shown
    assert "secret@a.example" not in shown
    assert told.value.__cause__ is None
