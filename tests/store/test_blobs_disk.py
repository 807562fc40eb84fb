"""Every call that writes a blob fails once, with a full disk and with a failing one (P1; fault 40)."""

import errno
import os
from pathlib import Path

import pytest

from store.blobs import Blobs
from store.errors import TemporaryStoreError

_CALLS = ("write", "fsync", "rename", "mkdir", "open")
_CONTENTS = [b"first" * 100, b"second" * 100]


class _FailsOnce:
    """The n-th call fails; those before and after are the system's own."""

    def __init__(self, name: str, code: int, nth: int) -> None:
        self.name, self.code, self.left = name, code, nth
        self.real = getattr(os, name)

    def __call__(self, *arguments: object, **named: object) -> object:
        self.left -= 1
        if self.left == 0:
            raise OSError(self.code, os.strerror(self.code))
        return self.real(*arguments, **named)


@pytest.mark.parametrize("nth", [1, 2, 3])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EDQUOT], ids=errno.errorcode.get)
@pytest.mark.parametrize("call", _CALLS)
def test_fault_40_a_write_that_fails_is_told_leaves_nothing_half_and_succeeds_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int, nth: int
) -> None:
    blobs = Blobs(tmp_path / "blobs")
    (old,) = blobs.put_many([b"what was there before"])
    failing = _FailsOnce(call, code, nth)
    monkeypatch.setattr(os, call, failing)
    try:
        blobs.put_many(_CONTENTS)
        failed = False
    except TemporaryStoreError:
        failed = True
    monkeypatch.undo()
    assert failed == (failing.left <= 0), "a failure is never passed over"
    assert list(blobs.verify()) == [], "no name holds half a content"
    assert [blobs.get(name) for name in blobs.put_many(_CONTENTS)] == _CONTENTS
    assert blobs.get(old) == b"what was there before"


@pytest.mark.parametrize("written", [0, 1, 100])
def test_a_disk_that_takes_fewer_bytes_at_a_time_still_gets_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, bytes(data)[: written or None]))
    blobs = Blobs(tmp_path / "blobs")
    assert [blobs.get(name) for name in blobs.put_many(_CONTENTS)] == _CONTENTS
