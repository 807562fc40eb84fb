"""Names of attachments, as programs write them and as people may see them."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.names import MAX_NAME, archived_name, attachment_name, clean_name, extension_of, neutral_name
from parsers.structure import parse

DISPOSITION = b"Content-Disposition: attachment; "


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (DISPOSITION + b'filename="To trinh BVDN.docx"', "To trinh BVDN.docx"),
        (DISPOSITION + b"filename=Bang.xlsx", "Bang.xlsx"),
        (DISPOSITION + b"filename*=utf-8''To%CC%9B%CC%80%20tri%CC%80nh.docx", "Tờ trình.docx"),
        (
            DISPOSITION + b"filename*0*=UTF-8''T%E1%BB%9D;\r\n filename*1*=%20tr%C3%AC; filename*2=\"nh.docx\"",
            "Tờ trình.docx",
        ),
        (DISPOSITION + b"filename=\"To trinh.docx\"; filename*=UTF-8''T%E1%BB%9D%20tr%C3%ACnh.docx", "Tờ trình.docx"),
        (DISPOSITION + b'filename="=?utf-8?B?VOG7nSB0csOs?=\r\n =?utf-8?B?bmguZG9jeA==?="', "Tờ trình.docx"),
        (b'Content-Type: application/pdf; name="=?UTF-8?Q?T=E1=BB=9D_tr=C3=ACnh.pdf?="', "Tờ trình.pdf"),
        (DISPOSITION + b'filename="T\xe1\xbb\x9d tr\xc3\xacnh.docx"', "Tờ trình.docx"),
        (DISPOSITION + b'filename="T\xf5\xcc tri\xccnh.docx"', "Tờ trình.docx"),
        (DISPOSITION + b'filename="r\xe9sum\xe9 \xdf.docx"', "résumé ß.docx"),
        (DISPOSITION + b'filename="T%E1%BB%9D%20tr%C3%ACnh.docx"', "Tờ trình.docx"),
        (DISPOSITION + b'filename="100%.docx"', "100%.docx"),
        (b"Content-Type: application/pdf", ""),
    ],
)
def test_a_name_is_read_however_it_is_written(header: bytes, name: str) -> None:
    assert attachment_name(parse(header + b"\r\n\r\n")[0]) == name


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("../../etc/x.docx", "x.docx"),
        ("C:\\Users\\Ha\\To trinh.docx", "To trinh.docx"),
        ("a\0b.docx", "ab.docx"),
        ("\u200b.htaccess", "htaccess"),
        ("bang\u202excod.exe", "bangxcod.exe"),
        ("..", ""),
        (" \t", ""),
        ("a\r\nBcc: x.docx", "a Bcc: x.docx"),
        ("\ud800x.docx", "x.docx"),
    ],
)
def test_fault_30_a_name_is_never_a_path_and_is_shown_clean(given_name: str, shown: str) -> None:
    assert clean_name(given_name) == shown


def test_fault_30_a_name_of_4_kilobytes_is_cut_and_keeps_its_extension() -> None:
    name = clean_name("a" * 4096 + ".docx")
    assert len(name) <= MAX_NAME
    assert name.endswith("….docx")


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(codec=None), max_size=300))
def test_any_name_comes_out_short_clean_and_without_folders(name: str) -> None:
    cleaned = clean_name(name)
    assert len(cleaned) <= MAX_NAME
    assert not set(cleaned) & set("/\\\0\n\r")
    assert all(unicodedata.category(char) not in ("Cc", "Cf", "Cs") for char in cleaned)
    assert not cleaned.startswith(".")
    assert clean_name(cleaned) == cleaned


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Tờ trình.docx".encode(), "Tờ trình.docx"),
        (unicodedata.normalize("NFD", "Bảng tổng hợp.docx").encode(), "Bảng tổng hợp.docx"),
        (b"Ba\xd2ng t\xf4\xd2ng h\xf5\xf2p.docx", "Bảng tổng hợp.docx"),
        ("résumé.docx".encode("cp437"), "résumé.docx"),
    ],
)
def test_the_name_of_an_archived_file_is_told_in_its_charset(raw: bytes, name: str) -> None:
    assert archived_name(raw.decode("cp437"), is_utf8=False, unicode_path=None) == name


def test_the_unicode_path_of_an_archive_settles_the_name() -> None:
    assert archived_name("T_ tr_nh.docx", is_utf8=False, unicode_path="Tờ trình.docx".encode()) == "Tờ trình.docx"


def test_what_has_no_name_gets_one_by_place_and_kind() -> None:
    assert neutral_name("2", "application/pdf") == "tep-2.pdf"
    assert neutral_name("3.1", "application/octet-stream") == "tep-3.1"


def test_an_extension_is_told_without_regard_to_case() -> None:
    assert [extension_of(name) for name in ("A.DOCX", "a.b.Pdf ", "none", "")] == ["docx", "pdf", "", ""]
