"""Workbooks as grids: what people see in the cells."""

import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell import Cell as WorkbookCell
from openpyxl.styles import Font
from support.attachments import attachment
from support.word import with_part, zipped

from dossier.folding import nfc
from dossier.model import Problem
from parsers.content import Cell, Content, Grid, Origin
from parsers.number_formats import shown
from parsers.problem import UnreadableError
from parsers.spreadsheet import read_spreadsheet

SAMPLES = Path(__file__).parent / "samples"


def saved(workbook: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def workbook_of(*rows: list[object]) -> openpyxl.Workbook:
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.worksheets[0].append(row)
    return workbook


def cell_at(workbook: openpyxl.Workbook, place: str) -> WorkbookCell:
    cell = workbook.worksheets[0][place]
    assert isinstance(cell, WorkbookCell)
    return cell


def only_grid(content: Content) -> Grid:
    (grid,) = content.blocks
    assert isinstance(grid, Grid)
    return grid


def texts(content: Content) -> list[list[str]]:
    return [[cell.text for cell in row] for row in only_grid(content).rows]


def problem(content: bytes) -> Problem:
    with pytest.raises(UnreadableError) as caught:
        read_spreadsheet(content)
    return caught.value.problem


def test_the_corpus_table_keeps_its_title_header_and_numbers_as_people_see_them() -> None:
    grid = only_grid(read_spreadsheet(attachment("d05", 1)))
    assert (grid.sheet, grid.first_row, len(grid.rows), len(grid.rows[0])) == ("Tong hop", 1, 11, 8)
    assert [row[0].text for row in grid.rows[3:6]] == ["TT", "1", "2"]


def test_empty_rows_and_columns_around_the_table_are_cut_and_its_first_row_is_told() -> None:
    workbook = openpyxl.Workbook()
    cell_at(workbook, "C4").value = "STT"
    cell_at(workbook, "E6").value = "x"
    cell_at(workbook, "K40").value = "  "
    cell_at(workbook, "M50").font = Font(bold=True)
    content = read_spreadsheet(saved(workbook))
    assert only_grid(content).first_row == 4
    assert texts(content) == [["STT", "", ""], ["", "", ""], ["", "", "x"]]


def test_hidden_and_empty_sheets_are_left_out_and_others_keep_their_names() -> None:
    workbook = workbook_of(["a"])
    workbook.worksheets[0].title = "Bảng 1"
    workbook.create_sheet("Ẩn").append(["b"])
    workbook["Ẩn"].sheet_state = "hidden"
    workbook.create_sheet("Trống")
    workbook.create_sheet("Bảng 2").append(["c"])
    grids = [block for block in read_spreadsheet(saved(workbook)).blocks if isinstance(block, Grid)]
    assert [(grid.sheet, grid.rows[0][0].text) for grid in grids] == [("Bảng 1", "a"), ("Bảng 2", "c")]


@pytest.mark.parametrize("name", ["bang.xls", "bang.ods"])
def test_merged_cells_are_filled_in_the_other_formats_too(name: str) -> None:
    rows = only_grid(read_spreadsheet((SAMPLES / name).read_bytes())).rows
    assert rows[0][:2] == (Cell("CĐCS BỆNH VIỆN THỬ NGHIỆM"), Cell("CĐCS BỆNH VIỆN THỬ NGHIỆM", Origin.LEFT))
    assert (rows[3][1], rows[4][1]) == (Cell("Trịnh Thử Một"), Cell("Trịnh Thử Một", Origin.ABOVE))
    assert rows[3][3].text == "Dòng một\nDòng hai"
    assert [row[0].text for row in rows[2:]] == ["STT", "1", "2"]


def test_merged_cells_repeat_their_text_and_say_where_it_comes_from() -> None:
    workbook = workbook_of(["a", None, "c"], [None, None, "d"])
    workbook.worksheets[0].merge_cells("A1:B2")
    rows = only_grid(read_spreadsheet(saved(workbook))).rows
    assert rows == (
        (Cell("a"), Cell("a", Origin.LEFT), Cell("c")),
        (Cell("a", Origin.ABOVE), Cell("a", Origin.LEFT), Cell("d")),
    )


def test_cells_show_what_their_number_format_shows() -> None:
    workbook = workbook_of([1, 0.35, 15_000_000, dt.date(2021, 2, 1), dt.date(2021, 3, 4), 7, True])
    for place, code in {"B1": "0%", "C1": '#,##0 "đồng"', "D1": "mm/yyyy", "E1": "d/m/yyyy", "F1": "00"}.items():
        cell_at(workbook, place).number_format = code
    assert texts(read_spreadsheet(saved(workbook))) == [
        ["1", "35%", "15.000.000 đồng", "02/2021", "04/03/2021", "07", "TRUE"]
    ]


def test_cells_of_an_old_workbook_show_what_their_number_format_shows() -> None:
    """The sample was written by LibreOffice: numbers, dates and a formula under formats of their own."""
    assert texts(read_spreadsheet((SAMPLES / "dinh-dang.xls").read_bytes()))[1:] == [
        ["01", "03/2021", "1.200.000 đồng", "25%", "7", "003"],
        ["02", "04/2021", "4.500.001 đồng", "50%", "12", ""],
    ]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (1.0, "", "1"),
        (0.1 + 0.2, "", "0.3"),
        (912345678.0, "", "912345678"),
        (1e300, "#,##0", "1e+300"),
        (1234567.5, "#,##0.00", "1.234.567,50"),
        (2.5, "0", "3"),
        (-1200.0, "#,##0;(#,##0)", "-1.200"),
        (1.25, "0.0#%", "125,0%"),
        (12.0, "_(* #,##0_);_(* (#,##0)", "12"),
        (3.0, "# ?/?", "3"),
        (5.0, "0.00E+00", "5"),
        (2021.0, '"Năm "0', "Năm 2021"),
        (dt.date(2021, 2, 1), '"Tháng "mm/yyyy', "Tháng 02/2021"),
        (dt.date(2021, 2, 1), 'mm"/"yyyy', "02/2021"),
        (dt.datetime(2021, 2, 1, 8, 30), "dd/mm/yyyy hh:mm", "01/02/2021 08:30"),  # noqa: DTZ001 - a cell has no zone
        (dt.date(2021, 2, 1), "[$-42A]mmmm yyyy", "02/2021"),
        (dt.date(2021, 2, 1), "yyyy", "2021"),
        (dt.time(7, 5), "h:mm", "07:05"),
        (dt.timedelta(hours=30), "[h]:mm", "30:00"),
        ("'=1+1", "0%", "'=1+1"),
    ],
)
def test_a_value_is_shown_by_its_format(value: float | str | dt.date, code: str, text: str) -> None:
    assert shown(value, code) == text


@given(st.floats(allow_nan=False, allow_infinity=False), st.text(alphabet='0#?,.%"; -đE@[]\\_*', max_size=12))
@settings(max_examples=150, deadline=None)
def test_any_number_under_any_format_has_some_text(value: float, code: str) -> None:
    assert shown(value, code).strip()


def test_a_workbook_with_pictures_and_no_table_says_so() -> None:
    titled, full = workbook_of(["BẢNG TỔNG HỢP"]), workbook_of(["STT", "Tên"], [1, "a"])
    assert read_spreadsheet(with_part(saved(titled), "xl/media/image1.png", b"x")).unread
    assert not read_spreadsheet(with_part(saved(full), "xl/media/image1.png", b"x")).unread
    assert not read_spreadsheet(saved(titled)).unread


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
SMALL = saved(workbook_of(["STT", "Tên"], [1, "a"]))


def with_sheet(rows: str) -> bytes:
    return with_part(SMALL, "xl/worksheets/sheet1.xml", SHEET.format(rows).encode())


def test_a_value_in_the_last_cell_of_a_sheet_is_not_read() -> None:
    assert problem(with_sheet('<row r="1"><c r="A1"><v>1</v></c></row><row><c r="XFD1048576"><v>1</v></c></row>')) is (
        Problem.NOT_READ
    )


def test_a_million_empty_rows_are_nothing() -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}"/></row>' for row in range(2, 100_000))
    assert texts(read_spreadsheet(with_sheet('<row r="1"><c r="A1"><v>1</v></c></row>' + rows))) == [["1"]]


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"])
@pytest.mark.parametrize("before", ["", f"<!--{'x' * 3000}-->"])
def test_a_doctype_in_a_workbook_is_not_read(part: str, before: str) -> None:
    assert problem(with_part(SMALL, part, f'{before}<!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode())) is Problem.NOT_READ


def test_a_repetition_without_end_in_an_open_document_is_not_read() -> None:
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    cell = '<table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>'
    sheet = f'<table:table><table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row></table:table>'
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    content = f"<office:document-content {names}>{body}</office:document-content>".encode()
    assert problem(zipped({"content.xml": content})) is Problem.NOT_READ


def test_encrypted_workbooks_ask_for_their_password() -> None:
    manifest = b"<manifest><file-entry><encryption-data/></file-entry></manifest>"
    opened = zipped({"content.xml": b"\x00\x01", "META-INF/manifest.xml": manifest})
    xls = (SAMPLES / "bang.xls").read_bytes()
    begin = xls.index(bytes.fromhex("0908100000060500"))  # [MS-XLS] 2.4.21; the record behind it becomes 2.4.117
    locked = xls[: begin + 20] + bytes.fromhex("2f00") + xls[begin + 22 :]
    package = xls[:512] + "EncryptedPackage".encode("utf-16-le") + xls[544:]
    assert [problem(content) for content in (opened, locked, package)] == [Problem.PASSWORD] * 3


@pytest.mark.parametrize("kept", [1000, 4000, 6000])
def test_a_workbook_cut_off_is_corrupt(kept: int) -> None:
    assert problem((SAMPLES / "bang.xls").read_bytes()[:kept]) is Problem.CORRUPT
    assert problem(SMALL[: kept // 2]) is Problem.CORRUPT


def test_what_is_no_workbook_is_not_read_and_an_empty_file_is_corrupt() -> None:
    others = (b"STT;T\xc3\xaan", attachment("d01"), attachment("d07"))
    assert [problem(content) for content in others] == [Problem.NOT_READ] * 3
    assert problem(b"") is Problem.CORRUPT


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_a_damaged_workbook_is_read_or_unreadable_and_nothing_else(data: st.DataObject) -> None:
    damaged = bytearray(SMALL)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        outcome: str = read_spreadsheet(bytes(damaged)).read_by
    except UnreadableError as error:
        outcome = error.problem
    assert outcome in {"spreadsheet", *Problem}


WORDS = st.text(st.sampled_from("aĐờ\u01a1\u03001.-x"), min_size=1, max_size=6)


@given(st.lists(st.lists(WORDS, min_size=2, max_size=2), min_size=1, max_size=5))
@settings(max_examples=40, deadline=None)
def test_every_text_of_a_sheet_stands_in_its_cell(rows: list[list[str]]) -> None:
    content = read_spreadsheet(saved(workbook_of(*(list(row) for row in rows))))
    assert texts(content) == [[nfc(text) for text in row] for row in rows]
