"""P1: the raw bytes are durable before anything reads them, and never change."""

import errno
import hashlib
import os
from pathlib import Path

import pytest

from store.blobs import Blobs
from store.errors import BlobDamagedError, BlobMissingError, PermanentStoreError, TemporaryStoreError


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "blobs")


def stored_file(tmp_path: Path, sha256: str) -> Path:
    return tmp_path / "blobs" / sha256[:2] / sha256[2:4] / sha256


def test_what_was_put_comes_back_byte_for_byte(blobs: Blobs) -> None:
    contents = [b"", b"\x00\r\n\xff" * 1000, b"a"]
    names = blobs.put_many(contents)
    assert names == [hashlib.sha256(content).hexdigest() for content in contents]
    assert [blobs.get(name) for name in names] == contents
    assert list(blobs.iterate()) == sorted(names)
    assert list(blobs.verify()) == []


def test_the_same_bytes_twice_in_a_batch_and_again_are_one_blob(blobs: Blobs) -> None:
    names = blobs.put_many([b"same", b"same"])
    assert [blobs.put(b"same"), *names] == [names[0]] * 3
    assert list(blobs.iterate()) == [names[0]]


def test_bytes_and_names_are_on_the_disk_before_put_returns(blobs: Blobs, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    real = os.fsync

    def watched(descriptor: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    name = blobs.put(b"durable")
    assert any(f"/incoming/{name}." in path for path in synced)
    assert {"blobs", name[:2], name[2:4]} <= {Path(path).name for path in synced}
    synced.clear()
    blobs.put(b"durable")
    assert [Path(path).name for path in synced] == [name[2:4]], "the name may come from a process that died before"


def test_a_batch_that_fails_leaves_nothing_half_written(
    blobs: Blobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int, data: memoryview) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(TemporaryStoreError, match="full: free space and try again"):
        blobs.put_many([b"one", b"two"])
    monkeypatch.undo()
    assert list(blobs.iterate()) == []
    assert list((tmp_path / "blobs" / "incoming").iterdir()) == []


def test_a_folder_that_cannot_be_used_is_no_matter_of_trying_again(tmp_path: Path) -> None:
    (tmp_path / "blobs").write_text("a file where the folder should be")
    with pytest.raises(PermanentStoreError, match="check its owner"):
        Blobs(tmp_path / "blobs").put(b"x")


def test_damage_is_found_and_mended_when_the_bytes_come_again(blobs: Blobs, tmp_path: Path) -> None:
    name = blobs.put(b"the raw message")
    stored_file(tmp_path, name).write_bytes(b"the raw messagE")
    with pytest.raises(BlobDamagedError):
        blobs.get(name)
    assert list(blobs.verify()) == [name]
    blobs.put(b"the raw message")
    assert blobs.get(name) == b"the raw message"


def test_a_missing_blob_is_told_and_a_removed_one_is_gone(blobs: Blobs) -> None:
    name = blobs.put(b"private")
    assert blobs.remove(name)
    assert not blobs.remove(name)
    assert not blobs.has(name)
    with pytest.raises(BlobMissingError):
        blobs.get(name)
    assert list(blobs.verify([name])) == [name]


@pytest.mark.parametrize("name", ["../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n", ""])
def test_only_a_digest_becomes_a_path(blobs: Blobs, name: str) -> None:
    with pytest.raises(ValueError, match="no SHA-256"):
        blobs.get(name)


def test_what_a_crash_left_behind_is_no_blob_and_is_swept_away(blobs: Blobs, tmp_path: Path) -> None:
    name = blobs.put(b"whole")
    left = tmp_path / "blobs" / "incoming" / f"{name}.0123"
    left.write_bytes(b"who")
    assert list(blobs.iterate()) == [name]
    assert blobs.sweep(older_than_seconds=3600) == 0
    os.utime(left, (0, 0))
    assert blobs.sweep(older_than_seconds=3600) == 1
    assert blobs.get(name) == b"whole"
