"""DOC, RTF and ODT read through a conversion; what is the file's own fault is proven before."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.attachments import attachment
from support.legacy import MEMO, stored
from support.word import cell, paragraph, row, run, table, with_part, word_file
from support.word_documents import needs_antiword, needs_office, odt, rtf, written_by_office

from dossier.model import Problem
from hoso.campaigns import example_campaign
from parsers.content import Content, Grid, Line
from parsers.conversion import Convert, Converted, Form, WordKind, no_conversion
from parsers.document import interpret
from parsers.docx import read_docx
from parsers.legacy_tables import Encoding
from parsers.limits import OfficeLimits
from parsers.office import Office
from parsers.office_programs import Programs, installed
from parsers.problem import UnreadableError
from parsers.word_documents import read_word

DOC, TABLE = attachment("d07"), attachment("d07", 1)
TYPES = b"""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
FORMATS = pytest.mark.parametrize(
    ("kind", "file_filter"),
    [(WordKind.DOC, "MS Word 97"), (WordKind.RTF, "Rich Text Format"), (WordKind.ODT, "writer8")],
)


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    with Office(OfficeLimits(seconds=60)) as opened:
        yield opened


def lines(content: Content) -> list[str]:
    return [block.text for block in content.blocks if isinstance(block, Line)]


def as_text(kind: WordKind, content: bytes) -> Converted:
    return Converted(Form.TEXT, b"converted")


def refusing(kind: WordKind, content: bytes) -> Converted:
    raise UnreadableError(Problem.NOT_READ, "could not load the document")


def problem(content: bytes, kind: WordKind, convert: Convert = as_text) -> Problem:
    with pytest.raises(UnreadableError) as raised:
        read_word(content, kind, convert)
    return raised.value.problem


@needs_office
def test_a_memo_of_word_97_is_read_whole(office: Office) -> None:
    content = read_word(DOC, WordKind.DOC, office.convert)
    found = interpret(content, example_campaign())
    assert content.read_by == "doc"
    assert found.doubts == ()
    assert found.memo is not None
    assert (found.memo.number, found.memo.signer) == ("51/TTr-CĐCS", "Võ Thị Ngọc Ánh")


@needs_office
@FORMATS
def test_a_table_is_read_alike_from_every_format(kind: WordKind, file_filter: str, office: Office) -> None:
    docx = attachment("d01", 1)
    expected = interpret(read_docx(docx), example_campaign()).table
    content = read_word(written_by_office(docx, kind.value, file_filter), kind, office.convert)
    found = interpret(content, example_campaign())
    assert expected is not None
    assert found.table is not None
    assert [row.cells for row in found.table.rows] == [row.cells for row in expected.rows]
    assert (content.read_by, found.doubts) == (kind.value, ())


@needs_office
@FORMATS
def test_merged_cells_and_legacy_fonts_come_through(kind: WordKind, file_filter: str, office: Office) -> None:
    font = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
    width = '<w:tcW w:w="3000" w:type="dxa"/>'
    first, more = f'{width}<w:vMerge w:val="restart"/>', f"{width}<w:vMerge/>"
    body = table(
        row(cell(paragraph(run("Tªn s¸ng kiÕn", font)), properties=first), cell("Công đoàn", properties=width)),
        row(cell(properties=more), cell("Số 2", properties=width)),
    )
    docx = word_file(body + paragraph(run(stored(MEMO, Encoding.TCVN3), font)) + paragraph("có là"))
    docx = with_part(docx, "[Content_Types].xml", TYPES)
    content = read_word(written_by_office(docx, kind.value, file_filter), kind, office.convert)
    assert lines(content) == [MEMO, "có là"]
    found, expected = content.blocks[0], read_docx(docx).blocks[0]
    assert isinstance(found, Grid)
    assert isinstance(expected, Grid)
    assert found.rows == expected.rows
    assert content.converted == ("TCVN3 by its font .VnTime",)


@needs_office
def test_an_rtf_that_was_cut_off_is_read_as_far_as_it_goes_and_doubted(office: Office) -> None:
    whole = rtf("Tờ trình\\par Kính gửi")
    assert read_word(whole, WordKind.RTF, office.convert).doubts == ()
    cut = read_word(whole[:-1], WordKind.RTF, office.convert)
    assert cut.doubts == ("the end of the file is missing",)
    assert lines(cut)[0] == "Tờ trình"


@pytest.mark.parametrize(
    "content",
    [
        DOC[:9000],
        DOC.replace("1Table".encode("utf-16-le"), "9Table".encode("utf-16-le")),
        DOC.replace("WordDocument".encode("utf-16-le"), "WordDocumenX".encode("utf-16-le")),
        DOC[:8] + bytes(3000),
    ],
    ids=["cut off", "no table stream", "no text stream", "no directory"],
)
def test_a_doc_without_its_parts_is_proven_broken(content: bytes) -> None:
    assert content != DOC
    assert problem(content, WordKind.DOC) is Problem.CORRUPT


def test_a_doc_whose_text_is_shorter_than_it_says_is_proven_broken() -> None:
    place = DOC.index(b"\xec\xa5") + 0x40
    assert problem(DOC[:place] + (1 << 24).to_bytes(4, "little") + DOC[place + 4 :], WordKind.DOC) is Problem.CORRUPT


def test_a_conversion_that_fails_proves_nothing_against_a_whole_file() -> None:
    for content, kind in ((DOC, WordKind.DOC), (rtf("a"), WordKind.RTF), (odt("<text:p>a</text:p>"), WordKind.ODT)):
        assert problem(content, kind, refusing) is Problem.NOT_READ


def test_a_broken_result_of_a_conversion_is_no_fault_of_the_sender() -> None:
    with pytest.raises(UnreadableError, match="as converted") as raised:
        read_word(DOC, WordKind.DOC, lambda kind, content: Converted(Form.DOCX, b"PK\x03\x04 and no more"))
    assert raised.value.problem is Problem.NOT_READ


def test_an_odt_with_a_password_or_broken_inside_is_told() -> None:
    assert problem(odt("<text:p/>", of_content="<encryption-data/>"), WordKind.ODT) is Problem.PASSWORD
    assert problem(odt("<text:p>"), WordKind.ODT) is Problem.CORRUPT
    assert problem(odt("<text:p/>")[:-30], WordKind.ODT) is Problem.CORRUPT
    assert problem(odt("<!DOCTYPE a []><text:p/>"), WordKind.ODT) is Problem.NOT_READ


@needs_antiword
def test_antiword_reads_a_memo_and_says_that_it_keeps_no_tables() -> None:
    with Office(programs=Programs(None, installed().antiword)) as office:
        content = read_word(DOC, WordKind.DOC, office.convert)
        found = interpret(content, example_campaign())
        assert (content.read_by, content.unread) == ("doc (antiword)", "")
        assert found.memo is not None
        assert found.memo.number == "51/TTr-CĐCS"
        assert "read by antiword, which keeps no tables" in found.doubts
        table_of_antiword = read_word(TABLE, WordKind.DOC, office.convert)
    assert "libreoffice-writer-nogui" in table_of_antiword.unread
    assert interpret(table_of_antiword, example_campaign()).table is None


def test_without_a_program_nothing_is_read_and_it_is_said_what_to_install() -> None:
    with pytest.raises(UnreadableError, match="libreoffice-writer-nogui") as raised:
        read_word(DOC, WordKind.DOC, no_conversion)
    assert raised.value.problem is Problem.NOT_READ


def test_text_in_a_charset_that_the_file_does_not_name_is_a_doubt() -> None:
    read_as = "Cãn cýì Kêì hoaòch cuÒa Công ðoàn ngành Y têì vêÌ viêòc triêÒn khai, công ðoàn cõ sõÒ"

    def antiword(text: str) -> Convert:
        return lambda kind, content: Converted(Form.TEXT, text.encode())

    assert "Windows-1258" in " ".join(read_word(DOC, WordKind.DOC, antiword(read_as)).doubts)
    right = "Căn cứ Kế hoạch của Công đoàn ngành Y tế về việc triển khai, ì ạch, òa, kìa, đìa"
    assert "Windows-1258" not in " ".join(read_word(DOC, WordKind.DOC, antiword(right)).doubts)


READ_HERE = [kind for kind in WordKind if kind is not WordKind.HEIC]
FLAT = b"<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'/>"


@given(st.sampled_from(READ_HERE), st.binary(max_size=300), st.integers(0, 4000), st.integers(0, 300))
@settings(max_examples=120, deadline=None)
def test_any_damage_is_told_and_never_raises_else(kind: WordKind, noise: bytes, start: int, length: int) -> None:
    others = {WordKind.DOC: DOC, WordKind.RTF: rtf("Tờ trình"), WordKind.ODT: odt("<text:p>a</text:p>")}
    whole = others.get(kind, FLAT)
    damaged = whole[:start] + noise + whole[start + length :]
    with suppress(UnreadableError):
        assert lines(read_word(damaged, kind, as_text)) == ["converted"]
