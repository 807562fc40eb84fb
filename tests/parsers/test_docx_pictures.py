"""Pictures in Word files: one that may be the table is told."""

import io

import docx
import pytest
from docx.shared import Cm
from support.word import paragraph, row, story, table, word_file

from parsers.docx import read_docx

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
