"""A file that bears its name only when it is whole."""

import errno
import os
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.whole_file import whole_file


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def fill(file: BinaryIO) -> None:
    file.write(b"half")
    raise OSError(errno.ENOSPC, "No space left on device")


def test_it_has_its_name_once_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with whole_file(path) as file:
        file.write(b"first")
        assert not path.exists()
    assert path.read_bytes() == b"first"
    assert names(tmp_path) == ["a.csv"]


@pytest.mark.parametrize("replace", [True, False])
def test_what_fails_leaves_nothing_half_and_an_older_file_as_it_was(tmp_path: Path, replace: bool) -> None:
    path = tmp_path / "a.csv"
    if replace:
        path.write_bytes(b"older")
    with pytest.raises(OSError, match="No space"), whole_file(path, replace=replace) as file:
        fill(file)
    assert names(tmp_path) == (["a.csv"] if replace else [])
    assert not replace or path.read_bytes() == b"older"


def test_a_file_that_is_there_is_never_overwritten_also_one_made_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"older")
    with pytest.raises(FileExistsError), whole_file(path) as file:
        file.write(b"new")
    path.unlink()
    with pytest.raises(FileExistsError), whole_file(path):
        path.write_bytes(b"another's")
    assert path.read_bytes() == b"another's"
    assert names(tmp_path) == ["a.csv"]


def test_a_link_to_nothing_counts_as_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError), whole_file(tmp_path / "a.csv") as file:
        file.write(b"new")
    assert not (tmp_path / "elsewhere").exists()


def test_where_files_have_one_name_only_it_is_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path, target: Path) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refused)  # as on a memory stick (FAT)
    with whole_file(tmp_path / "a.csv") as file:
        file.write(b"new")
    assert (tmp_path / "a.csv").read_bytes() == b"new"
    with pytest.raises(FileExistsError), whole_file(tmp_path / "b.csv"):
        (tmp_path / "b.csv").write_bytes(b"another's")
    assert names(tmp_path) == ["a.csv", "b.csv"]


@given(mode=st.sampled_from([0o600, 0o640, 0o666]))
@settings(max_examples=3, deadline=None)
def test_only_who_may_read_it_can(tmp_path_factory: pytest.TempPathFactory, mode: int) -> None:
    path = tmp_path_factory.mktemp("m") / "a.zip"
    before = os.umask(0o022)
    try:
        with whole_file(path, mode=mode) as file:
            file.write(b"x")
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == mode & ~0o022
