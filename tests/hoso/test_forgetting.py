"""FAULTS.md 41, second half: private mail of no concern is kept as a digest alone after the days of the settings."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text, update
from support.dossier_mail import IN_TIME, mail, over_another_way
from support.office import Office
from support.service import Site
from support.waiting import wait_until

from hoso.forgetting import forget_other_mail
from store import verification
from store.blob_check import check_blobs
from store.engine import Store
from store.ledger import Outcome
from store.schema.mail import ledger

DAYS = 365
DAY = timedelta(days=1)
_SECRET = "Thư riêng gửi chị Hoa: kết quả khám"
"""In subject, text and sender of what nobody here has any business with."""


def private(name: str = "rieng") -> bytes:
    return mail("BVDN", {}, name=name, sender="hoa.rieng@nha.example", subject=_SECRET, words=f"{_SECRET} của cháu.")


def automatic() -> bytes:
    return b"Auto-Submitted: auto-generated\r\n" + private("may")


def forget(office: Office, days: int | None = DAYS) -> int:
    return forget_other_mail(office.store, days, lambda: office.now, threading.Event())


def traces(store: Store, folder: Path) -> list[str]:
    """Where anything of the private mail still stands: columns of the database, files."""
    with store.reading() as conn:
        tables = [row[0] for row in conn.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))]
        held = [f"{table}: {row}" for table in tables for row in conn.execute(text(f'SELECT * FROM "{table}"'))]
    marks = ("hoa.rieng", "chị Hoa", "nha.example")
    found = [row[:200] for row in held if any(mark in row for mark in marks)]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return found + [path.name for path in files if any(mark.encode() in path.read_bytes() for mark in marks)]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_fault_41_private_mail_is_kept_as_a_digest_alone_after_the_days_and_dossiers_as_they_came(
    store: Store, tmp_path: Path
) -> None:
    office = Office(store)
    for content in (private(), mail("BVDN"), automatic()):
        office.receives(content, IN_TIME)
    office.judges()
    first, dossier, machine = office.entries()
    assert [one.outcome for one in (first, dossier, machine)] == [
        Outcome.CORRESPONDENCE,
        Outcome.JOINED,
        Outcome.IGNORED,
    ]
    office.passes(DAYS * DAY - timedelta(seconds=1))
    assert forget(office) == 0, "through the last second"
    assert store.blobs.get(first.sha256) == private()
    office.passes(timedelta(seconds=1))
    assert forget(office) == 2
    assert list(store.blobs.iterate()) == [dossier.sha256]
    assert traces(store, tmp_path) == []
    kept = office.entries()
    assert [(one.sha256, one.outcome, one.arrived_at) for one in kept] == [
        (one.sha256, one.outcome, one.arrived_at) for one in (first, dossier, machine)
    ]
    with store.reading() as conn:
        assert verification.verify(conn).broken is None
        assert list(verification.verify_records(conn)) == []
        assert list(check_blobs(conn, store.blobs)) == []
        told = conn.execute(text("SELECT count(*) FROM events WHERE kind = 'message-erased'")).scalar_one()
    assert told == 2
    assert forget(office) == 0, "once"


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_fault_41_where_no_days_are_set_everything_is_kept(store: Store) -> None:
    office = Office(store)
    office.receives(private())
    office.judges()
    office.passes(4000 * DAY)
    assert forget(office, None) == 0
    assert store.blobs.get(office.entries()[0].sha256) == private()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("same_bytes", [True, False], ids=["the same bytes", "over another way"])
def test_fault_41_private_mail_that_comes_again_is_forgotten_too(
    store: Store, tmp_path: Path, same_bytes: bool
) -> None:
    """A copy counts from its own coming; one that comes after all was forgotten is gone at the next turn."""
    office = Office(store)
    copy = private() if same_bytes else over_another_way(private(), IN_TIME)
    office.receives(private(), IN_TIME)
    office.judges()
    office.passes(300 * DAY)
    office.receives(copy, IN_TIME)
    office.judges()
    assert office.outcomes() == ["correspondence", "duplicate-of"]
    office.passes(100 * DAY)
    assert forget(office) == 0, "the copy came 100 days ago"
    office.passes(300 * DAY)
    assert forget(office) == 1
    assert traces(store, tmp_path) == []
    office.passes(DAY)
    office.receives(private(), IN_TIME)
    with store.reading() as conn:
        assert list(check_blobs(conn, store.blobs)) == [], "it came again: no break"
    office.judges()
    forget(office)
    assert traces(store, tmp_path) == []
    assert list(store.blobs.iterate()) == []
    with store.reading() as conn:
        assert list(verification.verify_records(conn)) == []


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_fault_41_what_a_kill_left_between_record_and_bytes_is_removed_at_the_next_turn(store: Store) -> None:
    office = Office(store)
    office.receives(private(), IN_TIME)
    office.judges()
    office.passes((DAYS + 1) * DAY)
    forget(office)
    store.blobs.put(private())  # as if the bytes had not gone yet
    assert forget(office) == 0
    assert list(store.blobs.iterate()) == []


@pytest.mark.dovecot
def test_fault_41_the_service_forgets_of_its_own_accord(site: Site) -> None:
    site.deliver(private(), IN_TIME)
    site.once()
    (entry,) = site.entries()
    assert entry.outcome in (Outcome.CORRESPONDENCE, Outcome.RECORDED_ONLY)
    with site.store.writing() as tx:
        tx.execute(update(ledger).values(arrived_at=entry.arrived_at - (DAYS + 1) * DAY))
    running = site.start("run")
    try:
        wait_until(lambda: not list(site.store.blobs.iterate()))
    finally:
        running.terminate()
    assert running.wait().status == 0
