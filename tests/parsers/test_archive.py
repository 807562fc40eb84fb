"""ZIP archives: their files and names, and what stops those that are made to harm."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.attachments import attachment
from support.hostile import lying_zip, overlapping_zip, zipped

from dossier.model import Problem
from parsers.archive import check_container, read_archive
from parsers.limits import ArchiveLimits
from parsers.problem import UnreadableError


def test_the_files_of_an_archive_are_read_without_folders() -> None:
    files = [(entry.name, entry.content) for entry in read_archive(attachment("d19"))]
    assert [name for name, _ in files] == ["Tờ trình.docx", "Bảng tổng hợp.docx"]
    assert all(content.startswith(b"PK") for _, content in files)


def test_what_file_managers_leave_is_left_out() -> None:
    content = zipped(
        ("Ho so/", b""),
        ("Ho so/To trinh.docx", b"1"),
        ("__MACOSX/Ho so/._To trinh.docx", b"2"),
        ("Ho so/._x.docx", b"3"),
        ("Ho so/Thumbs.db", b"4"),
        ("Ho so/.DS_Store", b"5"),
        ("Ho so/~$ trinh.docx", b"6"),
    )
    assert [(entry.name, entry.content) for entry in read_archive(content)] == [("To trinh.docx", b"1")]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_every_common_method_of_packing_is_read(method: int) -> None:
    (entry,) = read_archive(zipped(("a.txt", b"x" * 10_000), method=method))
    assert entry.content == b"x" * 10_000


def test_an_archive_without_files_or_cut_off_is_proven_broken() -> None:
    for content in (zipped(("folder/", b"")), attachment("d19")[:-100], b"PK\x03\x04" + bytes(100), b""):
        with pytest.raises(UnreadableError) as raised:
            read_archive(content)
        assert raised.value.problem is Problem.CORRUPT


def _flip(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]


def test_a_damaged_file_in_an_archive_leaves_the_others_readable() -> None:
    content = zipped(("a.txt", b"first"), ("b.txt", b"second"), method=zipfile.ZIP_STORED)
    first, second = read_archive(_flip(content, content.index(b"first")))
    assert (first.problem, second.problem) == (Problem.CORRUPT, None)
    assert second.content == b"second"


def _encrypted(content: bytes, name: bytes) -> bytes:
    """With the flag of encryption set for one entry, in its local header and in the directory."""
    local = (
        content.index(b"PK\x03\x04")
        if content.index(name) == 30
        else content.rindex(name, 0, content.index(b"PK\x01\x02")) - 30
    )
    central = content.index(name, content.index(b"PK\x01\x02")) - 46
    out = bytearray(content)
    out[local + 6] |= 1
    out[central + 8] |= 1
    return bytes(out)


def test_an_archive_with_a_password_is_told() -> None:
    content = zipped(("a.txt", b"first"), ("b.txt", b"second"))
    half = _encrypted(content, b"a.txt")
    assert [entry.problem for entry in read_archive(half)] == [Problem.PASSWORD, None]
    with pytest.raises(UnreadableError) as raised:
        read_archive(_encrypted(half, b"b.txt"))
    assert raised.value.problem is Problem.PASSWORD


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (lying_zip(1000), "lie"),
        (lying_zip(40 << 20), "200 to 1"),
        (overlapping_zip(50), "overlap"),
        (zipped(*((f"{number}.txt", b"") for number in range(600))), "entries"),
        (zipped(*((f"{number}.txt", b"") for number in range(3000))), "entries"),
        (zipped(*((f"{number}.txt", bytes(range(256)) * 4096 * 20) for number in range(7))), "more than 134217728"),
    ],
    ids=["lying", "bomb", "overlapping", "600 entries", "3,000 entries", "140 MiB"],
)
def test_fault_31_a_bomb_is_our_limit_and_not_the_senders_fault(content: bytes, word: str) -> None:
    with pytest.raises(UnreadableError, match=word) as raised:
        read_archive(content, ArchiveLimits(ratio=400) if word.startswith("more") else ArchiveLimits())
    assert raised.value.problem is Problem.NOT_READ


def test_a_document_that_is_a_zip_is_checked_before_its_reader_opens_it() -> None:
    names = [info.filename for info in check_container(attachment("d01"))]
    assert "word/document.xml" in names
    with pytest.raises(UnreadableError):
        check_container(lying_zip(1000))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 400), st.integers(0, 400))
def test_any_damage_is_told_and_never_raises_else(noise: bytes, start: int, length: int) -> None:
    content = zipped(("a.txt", b"first" * 20), ("b.txt", b"second" * 20))
    damaged = content[:start] + noise + content[start + length :]
    try:
        entries = read_archive(damaged)
    except UnreadableError as error:
        told = [error.detail]
    else:
        told = [entry.detail or "read" for entry in entries if entry.problem or entry.content]
    assert told
    assert all(told)


def test_an_archive_is_read_behind_bytes_that_are_not_its_own() -> None:
    behind = io.BytesIO()
    behind.write(b"PK\x03\x04 no archive yet ")
    behind.write(zipped(("a.txt", b"first")))
    assert [entry.name for entry in read_archive(behind.getvalue())] == ["a.txt"]
