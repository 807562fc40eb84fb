"""Word files that are broken or meant to do harm (FAULTS.md 31-33)."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.attachments import all_attachments, attachment
from support.word import cell, paragraph, row, story, table, with_part, word_file, zipped

from dossier.model import Problem
from parsers.docx import MAX_NESTING, read_docx
from parsers.ooxml import MAX_NODES, MAX_PART_BYTES
from parsers.problem import UnreadableError

SMALL = word_file(paragraph("Tờ trình") + table(row("STT", "Tên"), row("1", "a")))
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'


def problem(content: bytes) -> Problem:
    with pytest.raises(UnreadableError) as caught:
        read_docx(content)
    return caught.value.problem


def outcome(content: bytes) -> str:
    """ "read", or the problem; any other error is the test's failure."""
    try:
        return "read" if read_docx(content).read_by == "docx" else "?"
    except UnreadableError as error:
        return error.problem


def with_doctype(xml: str) -> str:
    return xml.replace("?>", "?>" + LAUGHS, 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "docProps/core.xml"])
def test_a_doctype_in_any_part_is_not_read(part: str, encoding: str) -> None:
    xml = with_doctype(story("document", f"<w:body>{paragraph('&b;')}</w:body>")).replace("UTF-8", encoding)
    assert problem(with_part(SMALL, part, xml.encode(encoding))) is Problem.NOT_READ


def test_a_doctype_behind_a_long_comment_is_not_read() -> None:
    xml = story("document", "<w:body/>").replace("?>", f"?><!--{'x' * 5000}-->{LAUGHS}", 1)
    assert problem(with_part(SMALL, "word/document.xml", xml.encode())) is Problem.NOT_READ


def test_an_entity_that_is_not_declared_is_a_broken_file() -> None:
    assert problem(word_file(paragraph("&khong;"))) is Problem.CORRUPT


def test_the_truncated_file_of_the_corpus_is_corrupt() -> None:
    assert problem(attachment("d26", 1)) is Problem.CORRUPT


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"x" * 500, SMALL[: len(SMALL) // 2]])
def test_what_is_no_archive_is_corrupt(content: bytes) -> None:
    assert problem(content) is Problem.CORRUPT


def test_broken_xml_is_corrupt() -> None:
    assert problem(with_part(SMALL, "word/document.xml", b"<w:document><w:body>")) is Problem.CORRUPT


def test_a_package_without_its_document_is_corrupt() -> None:
    assert problem(zipped({"[Content_Types].xml": b"<Types/>"})) is Problem.CORRUPT


def test_a_package_of_another_kind_is_not_read() -> None:
    assert problem(with_part(SMALL, "word/document.xml", b"<workbook/>")) is Problem.NOT_READ


def test_an_encrypted_office_file_asks_for_its_password() -> None:
    assert (
        problem(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le"))
        is Problem.PASSWORD
    )


def test_an_encrypted_entry_asks_for_its_password() -> None:
    encrypted = bytearray(SMALL)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = encrypted.find(signature)
        while start >= 0:
            encrypted[start + offset] |= 1
            start = encrypted.find(signature, start + 4)
    assert problem(bytes(encrypted)) is Problem.PASSWORD


def test_a_part_that_inflates_beyond_the_limit_is_not_read() -> None:
    huge = story("document", f"<w:body>{paragraph(' ' * (MAX_PART_BYTES + 1))}</w:body>")
    assert problem(with_part(SMALL, "word/document.xml", huge.encode())) is Problem.NOT_READ


def test_a_part_of_too_many_elements_is_not_read() -> None:
    assert problem(word_file("<w:p/>" * MAX_NODES)) is Problem.NOT_READ


def test_a_size_that_lies_is_found_out() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/document.xml", story("document", f"<w:body>{paragraph('a' * 1000)}</w:body>"))
    lying = out.getvalue().replace(b"aaaa", b"bbbb", 1)  # the checksum no longer fits
    assert problem(lying) is Problem.CORRUPT


def test_tables_nested_without_end_are_not_read() -> None:
    body = paragraph("x")
    for _ in range(MAX_NESTING + 1):
        body = table(row(cell(body), "y"), row("z", "z"))
    assert problem(word_file(body)) is Problem.NOT_READ


def test_elements_nested_beyond_what_the_parser_takes_are_not_read() -> None:
    assert problem(word_file("<w:sdt>" * 5000 + "</w:sdt>" * 5000)) is Problem.NOT_READ


@pytest.mark.parametrize("name", sorted(all_attachments(".docx")))
def test_every_whole_word_file_of_the_corpus_has_content(name: str) -> None:
    if name != "d26/Bang tong hop.docx":
        assert read_docx(all_attachments(".docx")[name]).blocks


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_damaged_file_is_read_or_unreadable_and_nothing_else(data: st.DataObject) -> None:
    damaged = bytearray(SMALL)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    assert outcome(bytes(damaged)) in {"read", *Problem}


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_damaged_xml_is_read_or_unreadable_and_nothing_else(data: st.DataObject) -> None:
    xml = story("document", f"<w:body>{paragraph('Tờ trình')}{table(row('1', '2'))}</w:body>").encode()
    start = data.draw(st.integers(0, len(xml) - 1))
    damaged = xml[:start] + data.draw(st.binary(max_size=6)) + xml[start + data.draw(st.integers(0, 6)) :]
    assert outcome(with_part(SMALL, "word/document.xml", damaged)) in {"read", Problem.CORRUPT, Problem.NOT_READ}
