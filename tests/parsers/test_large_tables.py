"""Tables of hundreds of rows are read whole, within the limits of the reading process, in time that grows with them."""

import io
import time

import openpyxl
from support.contents import HEADER
from support.raw_mail import with_files
from support.word import cell, paragraph, row, run, table, with_part, word_file

from dossier.model import Document, Kind
from hoso.campaigns import example_campaign
from parsers.document import interpret
from parsers.docx import read_docx
from parsers.sandbox import Sandbox

_ROWS = 1_200


def _cells(number: int) -> tuple[str, ...]:
    summary = f"Nội dung tóm tắt của sáng kiến thứ {number}, viết đủ dài để ô có vài dòng. " * 5
    title = f"Cải tiến số {number} trong quy trình khám"
    return (
        str(number),
        f"Lâm Thị Hân {number}",
        "Điều dưỡng khoa Nội",
        title,
        "Sản phẩm mới",
        summary,
        "3/2021",
        "9 triệu",
    )


def _word(count: int) -> bytes:
    rows = [HEADER, *map(_cells, range(1, count + 1))]
    drawn = (row(*(cell(paragraph(run(text))) for text in texts)) for texts in rows)
    file = word_file(paragraph(run("BẢNG TỔNG HỢP TÓM TẮT SÁNG KIẾN")) + table(*drawn))
    return with_part(file, "[Content_Types].xml", b"<Types/>")


def _workbook(count: int) -> bytes:
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("Sheet1")
    for texts in (HEADER, *map(_cells, range(1, count + 1))):
        sheet.append(texts)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _titles(document: Document) -> list[str]:
    assert (document.problem, document.detail, document.doubts) == (None, "", ())
    assert document.kinds == (Kind.SUMMARY_TABLE,)
    assert document.table is not None
    return [found.cells["title"] for found in document.table.rows]


def test_a_thousand_rows_are_read_within_the_limits_of_the_reading_process() -> None:
    wanted = [_cells(number)[3] for number in range(1, _ROWS + 1)]
    with Sandbox((example_campaign(),)) as sandbox:
        message = with_files(("bang.docx", _word(_ROWS)), ("bang.xlsx", _workbook(800)))
        word, workbook = sandbox.read(message).documents
    assert _titles(word) == wanted
    assert _titles(workbook) == wanted[:800]


def test_reading_takes_time_that_grows_with_the_rows_and_not_with_their_square() -> None:
    """Eight times the rows take eight times as long; a square would take 64 times, and the bar is half-way."""
    few, many = (min(_seconds(content) for _ in range(2)) for content in (_word(60), _word(480)))
    assert many < 30 * few


def _seconds(content: bytes) -> float:
    began = time.process_time()
    interpret(read_docx(content), example_campaign())
    return time.process_time() - began
