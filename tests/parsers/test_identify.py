"""Exactly one answer for a file, by its content."""

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.attachments import all_attachments, attachment
from support.hostile import huge_png, zipped

from dossier.model import Problem
from parsers.identify import DOCX, XLSX, Opener, identify

TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


@pytest.mark.parametrize(
    ("suffix", "opener"),
    [(".docx", Opener.DOCX), (".pdf", Opener.PDF), (".xlsx", Opener.SPREADSHEET), (".zip", Opener.ARCHIVE)],
)
def test_every_whole_file_of_the_corpus_is_told_under_any_name(suffix: str, opener: Opener) -> None:
    found = {name: content for name, content in all_attachments(suffix).items() if not name.startswith("d26/Bang")}
    assert found
    for content in found.values():
        for name in ("", "x.bin", "x.jpg"):
            assert identify(content, name).opener is opener
            assert identify(content, name).problem is None


def test_a_document_that_was_cut_off_is_proven_broken() -> None:
    assert identify(attachment("d26", 1), "Bang.docx").problem is Problem.CORRUPT
    assert identify(attachment("d01")[:-1000], "To trinh.docx").problem is Problem.CORRUPT
    assert identify(attachment("d05", 1)[:3000], "Bang.xlsx").problem is Problem.CORRUPT


def test_documents_that_are_converted_are_known_by_their_content() -> None:
    text = zipped(("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<x/>"))
    for content, opener in ((attachment("d07"), Opener.DOC), (b"{\\rtf1 x}", Opener.RTF), (text, Opener.ODT)):
        for name in ("", "To trinh.doc", "x.txt"):
            assert identify(content, name).opener is opener
    assert identify(attachment("d07")).media_type == "application/msword"
    assert identify(attachment("d07")[:9000], "To trinh.doc").problem is Problem.CORRUPT


def test_a_photo_is_known_by_its_content_however_large() -> None:
    assert identify(attachment("d34"), "a.doc").opener is Opener.PICTURE
    assert identify(huge_png(100_000)).opener is Opener.PICTURE


@pytest.mark.parametrize(
    ("parts", "media_type"),
    [(("word/document.xml", "word/vbaProject.bin"), DOCX), (("xl/workbook.xml", "xl/vbaProject.bin"), XLSX)],
)
def test_a_file_with_macros_is_refused_under_any_name(parts: tuple[str, ...], media_type: str) -> None:
    content = zipped(("[Content_Types].xml", TYPES), *((part, b"x") for part in parts))
    for name in ("x.docm", "x.docx", "x"):
        identity = identify(content, name)
        assert (identity.problem, identity.media_type) == (Problem.REFUSED, media_type)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ\x90\0\x03\0\0\0", "hoso.docx"),
        (b"\x7fELF\x02\x01\x01\0", "x"),
        (b"#!/bin/sh\nrm -rf /\n", "x.txt"),
        (b"WScript.Echo 1", "hoso.vbs"),
        (b"@echo off", "hoso.bat"),
        (b"[InternetShortcut]", "hoso.url"),
        (zipped(("META-INF/MANIFEST.MF", b"x"), ("A.class", b"y")), "x.jar"),
    ],
)
def test_programs_are_refused(content: bytes, name: str) -> None:
    assert identify(content, name).problem is Problem.REFUSED


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"BEGIN:VCARD\r\nFN:x", "text/vcard"),
        (b"BEGIN:VCALENDAR\r\n", "text/calendar"),
        (b"ID3\x03\0song", "audio/mpeg"),
        (b"\0\0\0\x18ftypmp42\0\0film", "video/x-unknown"),
        (b"\0\0\0\x01Bud1\0", "application/x-ds-store"),
    ],
)
def test_other_things_are_what_they_are_and_no_problem(content: bytes, media_type: str) -> None:
    identity = identify(content, "x")
    assert (identity.media_type, identity.opener, identity.problem) == (media_type, Opener.NOBODY, None)


@pytest.mark.parametrize(
    ("content", "opener"),
    [
        (b"Kinh gui", Opener.TEXT),
        ("Kính gửi".encode("utf-16"), Opener.TEXT),
        (b"<!DOCTYPE html><html>", Opener.MARKUP),
        (b"\xef\xbb\xbf<html>", Opener.MARKUP),
    ],
)
def test_texts_are_read(content: bytes, opener: Opener) -> None:
    for name in ("", "x", "to trinh.txt"):
        assert (identify(content, name).opener, identify(content, name).problem) == (opener, None)


@pytest.mark.parametrize(
    ("content", "name"),
    [(bytes(range(1, 256)), "x"), (bytes(range(1, 256)), "bao cao.dat"), (b"P", "bao cao.dat"), (b"P\n", "bao cao")],
)
def test_what_nobody_can_tell_is_for_a_person(content: bytes, name: str) -> None:
    assert identify(content, name).problem is Problem.NOT_READ


def test_a_signature_in_a_file_of_its_own_is_no_document() -> None:
    assert identify(b"\x30\x82\x01\x02\0\0\0\1\xff", "smime.p7s").problem is None
    assert identify(b"\x99\x82\x01\x02\0\0\0\1\xff", "smime.p7s").problem is Problem.NOT_READ


def test_a_message_saved_as_a_file_is_opened() -> None:
    content = b"Received: by x\r\nFrom: a@b.example\r\nSubject: x\r\n\r\nbody"
    assert identify(content, "thu.eml").opener is Opener.MESSAGE
    assert identify(b"Tu: a\nDen: b\n\nbody").opener is Opener.TEXT


@pytest.mark.parametrize("magic", [b"Rar!\x1a\x07\x00", b"7z\xbc\xaf\x27\x1c", b"\x78\x9f\x3e\x22"])
def test_an_archive_that_holds_a_pdf_as_it_is_stays_an_archive(magic: bytes) -> None:
    assert identify(magic + b"\0" * 90 + b"%PDF-1.4\n%%EOF", "ho so").opener is Opener.ARCHIVE


@pytest.mark.parametrize("content", [b"", b"\0\0\0\0", b" \r\n"])
def test_an_empty_file_is_proven_broken(content: bytes) -> None:
    assert identify(content, "To trinh.docx").problem is Problem.CORRUPT


@pytest.mark.parametrize("name", ["ATT00001.txt", "ATT00002.htm"])
def test_a_blank_text_that_a_server_added_is_whole_and_an_empty_one_is_not(name: str) -> None:
    assert identify(b"\r\n", name).problem is None
    assert identify(b"", name).problem is identify(b"\0\0", name).problem is Problem.CORRUPT


@pytest.mark.parametrize("name", ["To trinh.docx", "bang.xlsx", "x.pdf", "x.zip"])
@pytest.mark.parametrize("content", [b"not a document", bytes(range(256)), b"<html>x</html>"])
def test_a_name_that_promises_a_signature_which_is_not_there_is_broken(name: str, content: bytes) -> None:
    assert identify(content, name).problem is Problem.CORRUPT


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?>", "to trinh.doc"),
        (b"Kinh gui", "to trinh.doc"),
        (b"This file was removed.\n", "bang.xls"),
        (b"\x1f\x8b\x08\0", "ho so.tar.gz"),
        (b"MSCF\0\0\0\0", "ho so.cab"),
    ],
)
def test_what_may_be_a_dossier_and_is_not_read_yet_is_our_limit(content: bytes, name: str) -> None:
    assert identify(content, name).problem is Problem.NOT_READ


@pytest.mark.parametrize(
    ("part", "problem"),
    [
        ("Basic/Standard/Module1.xml", Problem.REFUSED),
        ("Scripts/python/x.py", Problem.REFUSED),
        ("Basic/Standard/script-lb.xml", None),
        ("Basic/script-lc.xml", None),
        ("Configurations2/x.xml", None),
    ],
)
def test_an_open_document_with_macros_is_refused(part: str, problem: Problem | None) -> None:
    for kind in (b"text", b"spreadsheet"):
        files = (("mimetype", b"application/vnd.oasis.opendocument." + kind), ("content.xml", b"<x/>"), (part, b"x"))
        assert identify(zipped(*files), "x.odt").problem is problem


def test_an_open_document_sheet_is_read() -> None:
    content = zipped(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"<x/>"))
    assert identify(content, "bang.ods").opener is Opener.SPREADSHEET


def test_a_document_that_lost_its_main_part_is_broken() -> None:
    assert identify(zipped(("docProps/app.xml", b"x")), "To trinh.docx").problem is Problem.CORRUPT
    assert identify(zipped(("[Content_Types].xml", TYPES)), "To trinh.docx").problem is Problem.CORRUPT


def _ole(stream: str, content: bytes) -> bytes:
    """The smallest OLE2 file with one stream of at least 4,096 bytes ([MS-CFB])."""
    content = content.ljust(4096, b"\0")
    sectors = len(content) // 512
    fat = [0xFFFFFFFD, 0xFFFFFFFE, *(number + 3 for number in range(sectors - 1)), 0xFFFFFFFE]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<5I", 1, 1, 0, 4096, 0xFFFFFFFE) + struct.pack("<3I", 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<128I", *fat, *[0xFFFFFFFF] * (128 - len(fat)))
    entries = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry(stream, 2, 0xFFFFFFFF, 2, len(content)) + bytes(256)
    return head + table + entries + content


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    none = 0xFFFFFFFF
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<H2B3I", len(encoded), kind, 1, none, none, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


@pytest.mark.parametrize(
    ("stream", "content", "problem", "opener"),
    [
        ("EncryptedPackage", b"", Problem.PASSWORD, Opener.NOBODY),
        ("WordDocument", struct.pack("<5HH", 0xA5EC, 0xC1, 0, 0, 0, 0x0100), Problem.PASSWORD, Opener.NOBODY),
        ("WordDocument", struct.pack("<5HH", 0xA5EC, 0xC1, 0, 0, 0, 0), None, Opener.DOC),
        ("Workbook", struct.pack("<4H", 0x809, 4, 0x600, 5), None, Opener.SPREADSHEET),
        ("Workbook", struct.pack("<4H2H", 0x809, 4, 0x600, 5, 0x2F, 0), Problem.PASSWORD, Opener.NOBODY),
        ("__properties_version1.0", b"", None, Opener.ARCHIVE),
        ("_VBA_PROJECT_CUR", b"", Problem.REFUSED, Opener.NOBODY),
        ("PowerPoint Document", b"", None, Opener.NOBODY),
        ("Unknown", b"", Problem.NOT_READ, Opener.NOBODY),
    ],
)
def test_old_office_files_are_told_by_their_streams(
    stream: str, content: bytes, problem: Problem | None, opener: Opener
) -> None:
    identity = identify(_ole(stream, content), "x")
    assert (identity.problem, identity.opener) == (problem, opener)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-", b"\xff\xd8\xff", b"BM"]),
    st.binary(max_size=700),
    st.sampled_from(["", "x.docx", "x.doc", "x.csv", "x.jpg"]),
)
def test_whatever_the_bytes_there_is_one_answer(magic: bytes, content: bytes, name: str) -> None:
    identity = identify(magic + content, name)
    assert identity.opener is Opener.NOBODY or identity.problem is None
    assert identity.media_type
    assert bool(identity.problem) == bool(identity.detail)
