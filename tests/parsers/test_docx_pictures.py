"""Pictures in Word files: one that may be a page or the table is told, and read."""

import io

import docx
import pytest
from docx.shared import Cm
from support.attachments import attachment
from support.campaigns import forms_campaign
from support.drawn_tables import DrawnTable
from support.ocr import needs_ocr
from support.scanner import as_jpeg
from support.word import paragraph, row, story, table, word_file

from dossier.model import Kind
from parsers.content import Content, Grid
from parsers.document import interpret
from parsers.docx import read_docx
from parsers.pictured import read_any_docx

DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c63680000008200817d0d1c380000000049454e44ae426082"
)
TOLD = "the document has a picture as large as a table"


def with_picture(width: Cm, height: Cm, rows: int = 0) -> bytes:
    made = docx.Document()
    made.add_paragraph("BẢNG TỔNG HỢP TÓM TẮT SÁNG KIẾN")
    made.add_picture(io.BytesIO(DOT), width, height)
    if rows:
        made.add_table(rows, 4, style="Table Grid")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_picture_as_large_as_a_table_is_told() -> None:
    content = read_docx(with_picture(Cm(16), Cm(9)))
    assert content.unread == TOLD
    assert len(content.blocks) == 1


def test_a_stamp_and_an_illustration_beside_a_table_are_not() -> None:
    assert read_docx(with_picture(Cm(4), Cm(4))).unread == ""
    assert read_docx(with_picture(Cm(16), Cm(9), rows=3)).unread == ""


def vml(style: str) -> str:
    return f'<w:r><w:pict><v:shape style="{style}"><v:imagedata r:id="x"/></v:shape></w:pict></w:r>'


@pytest.mark.parametrize(
    ("style", "told"),
    [
        ("width:450pt;height:300pt", TOLD),
        ("position:absolute; width: 16cm; height:12.5cm", TOLD),
        ("width:100pt;height:100pt", ""),
        ("width:450pt", ""),
        ("width:1.2.3pt;height:..pt", ""),
    ],
)
def test_pictures_of_older_word_files_are_measured_too(style: str, told: str) -> None:
    assert read_docx(word_file(paragraph("Bảng", vml(style)))).unread == told


def test_a_picture_in_the_page_header_is_a_logo() -> None:
    body = paragraph("Thân") + '<w:sectPr><w:headerReference w:type="default" r:id="h1"/></w:sectPr>'
    header = story("hdr", paragraph("Đầu trang", vml("width:450pt;height:300pt")))
    assert read_docx(word_file(body, (("h1", "header", "header1.xml"),), header1=header)).unread == ""


def test_a_file_embedded_in_the_document_is_told() -> None:
    body = paragraph("Thân") + '<w:altChunk r:id="x"/>' + table(row("a", "b"), row("c", "d"))
    assert read_docx(word_file(body)).unread == "part of the document is another file embedded in it"


def of_pictures(*pictures: bytes, text: str = "") -> Content:
    made = docx.Document()
    if text:
        made.add_paragraph(text)
    for picture in pictures:
        made.add_picture(io.BytesIO(picture), Cm(16))
    out = io.BytesIO()
    made.save(out)
    return read_any_docx(out.getvalue())


def pasted_table() -> bytes:
    header = ("STT", "Ho va ten", "Ten sang kien", "Tom tat noi dung", "Thoi gian ap dung")
    rows = [
        ("1", "Tran Van An", "So do kho", "Kho co so do", "01/3/2021"),
        ("2", "Le Binh", "Tu", "Tu co khoa", "4/2021"),
    ]
    texts = {(y, x): text for y, cells in enumerate((header, *rows)) for x, text in enumerate(cells)}
    drawn = DrawnTable([12.0, 26.0, 70.0, 112.0, 160.0, 198.0], [40.0, 54.0, 68.0, 82.0], texts, dpi=200, size=3.6)
    return as_jpeg(drawn.sheet(210, 297))


@needs_ocr
def test_a_document_that_holds_only_photos_is_read_as_the_photos_are() -> None:
    content = of_pictures(attachment("d34"), pasted_table())
    assert (content.read_by, content.pages, content.unread) == ("ocr", 2, "")
    found = interpret(content, forms_campaign())
    assert found.kinds == (Kind.MEMO, Kind.SUMMARY_TABLE)
    assert found.memo is not None
    assert (found.memo.number, found.memo.signer) == ("07/TTr-CĐCS", "Phan Văn Hậu")
    assert found.table is not None
    assert [row.cells["author"] for row in found.table.rows] == ["Tran Van An", "Le Binh"]


@needs_ocr
def test_a_table_pasted_as_a_picture_is_read_behind_the_text() -> None:
    content = of_pictures(pasted_table(), text="Nội dung của văn bản. " * 40)
    assert (content.read_by, content.unread) == ("docx", "")
    assert isinstance(content.blocks[-1], Grid)
    assert [cell.text for cell in content.blocks[-1].rows[1]][:2] == ["1", "Tran Van An"]


@needs_ocr
def test_a_picture_in_which_nothing_can_be_read_is_still_told() -> None:
    assert "the document has a picture as large as a table" in read_any_docx(word_file(paragraph("Bảng", VML))).unread


VML = '<w:r><w:pict><v:shape style="width:450pt;height:300pt"><v:imagedata r:id="x"/></v:shape></w:pict></w:r>'
