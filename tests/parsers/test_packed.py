"""RAR, 7z and winmail.dat: their files and names, and what stops those that are made to harm."""

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.archives import (
    needs_libarchive,
    rar4,
    rar5,
    rar5_with_locked_names,
    sample,
    seven_zip,
    tnef,
)
from support.attachments import attachment
from support.hostile import zipped
from support.raw_mail import with_files

from dossier.model import Kind, Problem
from hoso.campaigns import example_campaign
from parsers.archive import read_archive
from parsers.identify import Opener, identify
from parsers.libarchive import load
from parsers.limits import ArchiveLimits
from parsers.problem import UnreadableError
from parsers.reader import read_message

MEMO, TABLE = attachment("d01"), attachment("d01", 1)
FILES = (("Hồ sơ/Tờ trình.docx", MEMO), ("Hồ sơ/Bảng.docx", TABLE))
LOGO = b"GIF89a" + bytes(20)


def names(content: bytes) -> list[str]:
    return [entry.name for entry in read_archive(content)]


def problems(content: bytes) -> set[Problem | None]:
    """Of the archive as a whole, else of its files."""
    try:
        return {entry.problem for entry in read_archive(content)}
    except UnreadableError as error:
        return {error.problem}


def problem(content: bytes, limits: ArchiveLimits | None = None) -> Problem:
    with pytest.raises(UnreadableError) as raised:
        read_archive(content, limits or ArchiveLimits())
    assert raised.value.detail
    return raised.value.problem


@needs_libarchive
@pytest.mark.parametrize(
    "content",
    [
        rar4(*FILES),
        rar5(*FILES),
        tnef(("TOTRIN~1.DOC", "Tờ trình.docx", MEMO), ("BANG~1.DOC", "Bảng.docx", TABLE)),
    ],
    ids=["RAR 4", "RAR 5", "winmail.dat"],
)
def test_the_files_of_an_archive_are_read_without_folders(content: bytes) -> None:
    found = read_archive(content)
    assert [(entry.name, entry.content, entry.problem) for entry in found] == [
        ("Tờ trình.docx", MEMO, None),
        ("Bảng.docx", TABLE, None),
    ]


@needs_libarchive
@pytest.mark.parametrize("method", ["store", "deflate", "bzip2", "lzma1", "lzma2", "ppmd"])
def test_every_method_of_7z_is_read(method: str) -> None:
    content = seven_zip(("a/", b""), *FILES, method=method)
    assert identify(content, "x.txt").opener is Opener.ARCHIVE
    assert [(entry.name, entry.content) for entry in read_archive(content)] == [
        ("Tờ trình.docx", MEMO),
        ("Bảng.docx", TABLE),
    ]


@needs_libarchive
@pytest.mark.parametrize(
    "packed", [rar4(*FILES), rar5(*FILES), tnef(("a.doc", "To trinh.docx", MEMO), ("b.doc", "Bang.docx", TABLE))]
)
def test_a_dossier_in_an_archive_in_an_archive_is_read(packed: bytes) -> None:
    mail = with_files(("Ho so.zip", zipped(("trong.dat", packed))))
    found = read_message(mail, (example_campaign(),)).documents
    assert [(one.kinds, one.containers) for one in found] == [
        ((Kind.MEMO,), ("Ho so.zip", "trong.dat")),
        ((Kind.SUMMARY_TABLE,), ("Ho so.zip", "trong.dat")),
    ]


@needs_libarchive
def test_what_file_managers_leave_is_left_out_and_names_are_cleaned() -> None:
    files = (("__MACOSX/._a", b"1"), ("../../etc/b.txt", b"2"), ("C:\\x\\Thumbs.db", b"3"), ("c\u202etxt.exe", b"4"))
    for content in (rar4(*files), rar5(*files), seven_zip(*files)):
        assert [entry.name for entry in read_archive(content)] == ["b.txt", "ctxt.exe"]


@needs_libarchive
def test_names_of_vietnamese_windows_are_read_in_rar_4() -> None:
    assert names(rar4(("Bảng.txt".encode("cp1258", "ignore"), b"1")))[0].endswith(".txt")


@needs_libarchive
@pytest.mark.parametrize(
    "content",
    [
        rar4(("a", b"1"), ("b", b"2"), locked=True),
        rar4(("a", b"1"), main_flags=0x80),
        rar5(("a", b"1"), ("b", b"2"), locked=True),
        rar5_with_locked_names(),
        sample("khoa.7z"),
        sample("khoa-ten.7z"),
    ],
    ids=["RAR 4", "RAR 4, names", "RAR 5", "RAR 5, names", "7z", "7z, names"],
)
def test_an_archive_with_a_password_is_told(content: bytes) -> None:
    assert problem(content) is Problem.PASSWORD


@needs_libarchive
@pytest.mark.parametrize(
    "content",
    [
        rar5()[:12],
        rar4()[:9],
        rar4(("a.txt", b"x" * 500))[:200],
        rar5(("a.txt", b"x" * 500))[:200],
        rar5(),
        seven_zip(("a.txt", bytes(range(256)) * 20))[:-30],
        seven_zip(("a.txt", b"x"))[:20],
        tnef(("a", "a.txt", b"x" * 500))[:300],
        tnef(("a", "a.txt", b"x"))[:-20],
        tnef(("a", "a.txt", b"x"))[:6] + bytes(200),
    ],
)
def test_an_archive_that_is_cut_off_or_empty_is_proven_broken(content: bytes) -> None:
    assert problems(content) == {Problem.CORRUPT}


@needs_libarchive
def test_a_damaged_file_in_an_archive_leaves_the_others_readable() -> None:
    for make in (rar4, rar5, partial(seven_zip, method="store")):
        damaged = make(("a.txt", b"first"), ("b.txt", b"second")).replace(b"first", b"fXrst")
        first, second = read_archive(damaged)
        assert (first.problem, first.content) == (Problem.CORRUPT, b"")
        assert second.content == b"second"


@pytest.mark.parametrize("content", [rar4(("a", b"1"), main_flags=1), rar5(("a", b"1"), volume=True)])
def test_one_volume_of_several_is_not_read_and_no_fault_is_proven(content: bytes) -> None:
    assert problem(content) is Problem.NOT_READ


def test_a_solid_rar_4_is_not_read_says_so_and_is_no_fault() -> None:
    """LHD_SOLID: a file that is packed by means of the one before it; libarchive gives up there."""
    whole = bytearray(rar4(("a.txt", b"first"), ("b.txt", b"second"), main_flags=8))
    second = whole.index(b"b.txt") - 32
    whole[second + 3] |= 0x10
    with pytest.raises(UnreadableError, match="solid RAR 4") as raised:
        read_archive(bytes(whole))
    assert raised.value.problem is Problem.NOT_READ
    assert [entry.content for entry in read_archive(rar4(("a", b"1"), ("b", b"2"), main_flags=8))] == [b"1", b"2"]


@pytest.mark.parametrize("name", ["Ho so.7z.001", "Ho so.7z.002", "Ho so.zip.01", "Ho so.r00", "Ho so.z01"])
def test_volumes_are_told_by_their_names(name: str) -> None:
    for content in (b"7z\xbc\xaf\x27\x1c" + bytes(50), bytes(range(256))):
        assert identify(content, name).problem is Problem.NOT_READ


@needs_libarchive
@pytest.mark.parametrize(
    ("content", "limits"),
    [
        (seven_zip(("a", bytes(30 << 20))), ArchiveLimits()),
        (seven_zip(*((f"{number}", b"x") for number in range(30))), ArchiveLimits(entries=20)),
        (rar5(*((f"{number}", b"x") for number in range(30))), ArchiveLimits(entries=20)),
        (tnef(*((f"{number}", "", b"x") for number in range(30))), ArchiveLimits(entries=20)),
        (rar4(("a", bytes(2000)), ("b", bytes(2000))), ArchiveLimits(total=3000)),
        (tnef(("a", "", bytes(2000)), ("b", "", bytes(2000))), ArchiveLimits(total=3000)),
    ],
    ids=["7z bomb", "7z of many", "RAR of many", "winmail.dat of many", "RAR too large", "winmail.dat too large"],
)
def test_fault_31_a_bomb_is_our_limit_and_not_the_senders_fault(content: bytes, limits: ArchiveLimits) -> None:
    assert problem(content, limits) is Problem.NOT_READ


@needs_libarchive
def test_an_archive_of_an_old_rar_that_libarchive_cannot_unpack_is_not_called_damaged() -> None:
    whole = rar4(("a.txt", b"first"), ("b.txt", b"second"), version=20)
    assert [entry.content for entry in read_archive(whole)] == [b"first", b"second"]
    assert problems(whole.replace(b"first", b"fXrst")) == {Problem.NOT_READ, None}
    name = whole.index(b"a.txt")
    assert problems(whole[:name] + b"X" + whole[name + 1 :]) == {Problem.NOT_READ}


@needs_libarchive
def test_a_file_that_only_refers_to_another_is_not_taken_for_an_empty_one() -> None:
    first, second = read_archive(rar5(("a.txt", b"first"), ("b.txt", b"first"), reference=True))
    assert (first.content, first.problem) == (b"first", None)
    assert (second.content, second.problem) == (b"", Problem.NOT_READ)


def test_without_libarchive_it_is_said_what_to_install() -> None:
    with pytest.raises(UnreadableError, match="libarchive-tools") as raised:
        load("libarchive-that-is-not-there.so.13")
    assert raised.value.problem is Problem.NOT_READ


def test_a_library_of_that_name_without_its_functions_is_none() -> None:
    with pytest.raises(UnreadableError, match="libarchive-tools"):
        load("libc.so.6")


def test_a_message_within_winmail_dat_is_opened_too() -> None:
    inner = tnef(("a", "To trinh.docx", MEMO))
    mail = with_files(("winmail.dat", tnef(("b", "Bang.docx", TABLE), embedded=inner)))
    found = read_message(mail, (example_campaign(),)).documents
    assert [one.kinds for one in found] == [(Kind.SUMMARY_TABLE,), (Kind.MEMO,)]


def test_winmail_dat_without_files_is_nothing_and_its_logos_are_left_out() -> None:
    assert read_archive(tnef()) == ()
    assert names(tnef(("logo.gif", "", LOGO), hidden=True)) == []
    assert names(tnef(("logo.gif", "", LOGO))) == ["logo.gif"]
    assert names(tnef(("a.txt", "", b"x"), hidden=True)) == ["a.txt"]


def test_what_stands_behind_the_end_of_winmail_dat_is_no_fault() -> None:
    whole = tnef(("a", "a.txt", b"x"))
    for behind in (b"\r\n", bytes(9), b"\r\n-- \r\nx"):
        assert names(whole + behind) == ["a.txt"]


def test_a_file_of_winmail_dat_that_is_damaged_before_another_is_not_passed_over() -> None:
    whole = tnef(("a", "a.txt", b"x" * 500), ("b", "b.txt", b"y"))
    assert problem(whole.replace(b"x" * 500, b"x" * 499)) is Problem.CORRUPT


def test_content_of_winmail_dat_may_lie_among_the_properties() -> None:
    (entry,) = read_archive(tnef(("a", "To trinh.docx", MEMO), among_properties=True))
    assert (entry.name, entry.content) == ("To trinh.docx", MEMO)


def test_names_in_winmail_dat_are_the_long_ones_else_the_short_ones() -> None:
    assert names(tnef(("TOTRIN~1.DOC", "../Tờ trình.doc", b"x"), ("Bang.doc", "", b"y"))) == [
        "Tờ trình.doc",
        "Bang.doc",
    ]


@needs_libarchive
@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["rar4", "rar5", "7z", "tnef"]), st.binary(max_size=40), st.integers(0, 300), st.integers(0, 60))
def test_any_damage_is_told_and_never_raises_else(kind: str, noise: bytes, start: int, length: int) -> None:
    files = (("a.txt", b"first" * 9), ("b.txt", b"second" * 9))
    whole = {
        "rar4": lambda: rar4(*files),
        "rar5": lambda: rar5(*files),
        "7z": lambda: seven_zip(*files),
        "tnef": lambda: tnef(*(("x", name, content) for name, content in files)),
    }[kind]()
    try:
        entries = read_archive(whole[:start] + noise + whole[start + length :])
    except UnreadableError as error:
        assert error.detail  # noqa: PT017 - either outcome is right
    else:
        assert all(bool(entry.problem) == bool(entry.detail) for entry in entries)
