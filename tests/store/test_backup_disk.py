"""Every call that writes a backup fails once, and the disk is full at any size: no half backup looks whole (P1)."""

import errno
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from support.store_samples import judged

from store import backup
from store.engine import Store
from store.errors import StoreError

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
_MOST = 100
"""More calls than a backup of three messages takes."""


class _FailsOnce:
    """The n-th call fails; those before and after are the system's own."""

    def __init__(self, name: str, nth: int) -> None:
        self.left = nth
        self.real = getattr(os, name)

    def __call__(self, *arguments: object, **named: object) -> object:
        self.left -= 1
        if self.left == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return self.real(*arguments, **named)


@pytest.fixture
def filled(store: Store, now: datetime) -> Store:
    for number in range(1, 4):
        store.blobs.put(b"message %d" % number)
        with store.writing() as tx:
            judged(tx, b"message %d" % number, now, uid=number)
    return store


@contextmanager
def full_at(size: int) -> Iterator[None]:
    """No file grows above so many bytes: what writes further gets an error, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def made(store: Store, to: Path, now: datetime) -> bool:
    """Whether it was said to be made; whatever bears the name of a backup is whole either way."""
    try:
        backup.make(store, to, now, {"settings.yaml": b"a: 1\n"}, str)
        said = True
    except StoreError:
        said = False
    for folder in backup.backups_in(to)[-1:]:
        backup.check(folder, store)
    return said


@pytest.mark.parametrize("call", ["fsync", "rename", "mkdir", "open"])
def test_fault_40_a_call_that_fails_leaves_no_backup_that_looks_whole(
    filled: Store, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    to, failed = tmp_path / "to", 0
    for nth in range(1, _MOST):
        failing = _FailsOnce(call, nth)
        with monkeypatch.context() as patched:
            patched.setattr(os, call, failing)
            whole = made(filled, to, now + timedelta(minutes=nth))
        if failing.left > 0:
            assert whole
            break
        failed += not whole
    assert failed, "a failure is told"
    assert made(filled, to, now + timedelta(minutes=_MOST)), "the next one is made"
    assert [path.name for path in to.iterdir() if path.name.startswith(".")] == [], "nothing half is left"


def test_fault_40_a_disk_that_is_full_at_any_size_leaves_no_backup_that_looks_whole(
    filled: Store, tmp_path: Path, now: datetime
) -> None:
    to, outcomes = tmp_path / "to", []
    for number, size in enumerate((0, 10, 100, 1_000, 10_000, 100_000, 10_000_000)):
        with full_at(size):
            outcomes.append(made(filled, to, now + timedelta(minutes=number)))
    assert (outcomes[0], outcomes[-1]) == (False, True)
    assert outcomes == sorted(outcomes)
    assert [path.name for path in to.iterdir() if path.name.startswith(".")] == []
