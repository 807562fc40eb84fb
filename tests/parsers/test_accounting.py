"""Nothing that stands in a summary table is lost or mixed in silence (P11): other tables under it, rows of several."""

import io
from collections.abc import Sequence

import pytest
from docx import Document
from openpyxl import Workbook
from support.contents import ABOVE, HEADER, LEFT, ROWS, TITLE_LINE, content, grid, printed

from dossier.model import Row, SummaryTable
from hoso.campaigns import example_campaign
from parsers.accounting import lines_within, lost_in
from parsers.content import Box, Cell, Grid, Line
from parsers.document import Interpretation, interpret
from parsers.docx import read_docx
from parsers.spreadsheet import read_spreadsheet

CONTACTS = (
    ("STT", "Họ và tên", "Chức vụ", "Số điện thoại", "Email"),
    ("1", "Cao Thị Mến", "Văn thư", "0900123456", "vanthu@benhvien.example"),
    ("2", "Vũ Văn Lữ", "Kế toán", "0900123457", "ketoan@benhvien.example"),
)
OTHER_HEADER = ("STT", "Tên sáng kiến", "Họ tên tác giả", "Thời gian áp dụng", "Tóm tắt")
OTHER_ROWS = (
    ("1", "Máy rửa tay tự động", "Lê Văn Bình", "Tháng 2/2021", "Dùng cảm biến mở nước khi đưa tay vào."),
    ("2", "Sổ bàn giao điện tử", "Vũ Thị Lan", "Tháng 4/2021", "Ghi bàn giao trên máy thay cho sổ tay cũ."),
)


def read(*blocks: Line | Grid | str) -> Interpretation:
    return interpret(content(TITLE_LINE, *blocks), example_campaign())


def told(found: Interpretation) -> list[str]:
    assert found.table is not None
    return [row.cells["title"] for row in found.table.rows]


def sheet(*rows: Sequence[object]) -> Interpretation:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return interpret(read_spreadsheet(out.getvalue()), example_campaign())


def word(*rows: Sequence[str]) -> Interpretation:
    document = Document()
    document.add_paragraph(TITLE_LINE)
    table = document.add_table(0, max(map(len, rows)))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=False):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return interpret(read_docx(out.getvalue()), example_campaign())


TITLES = [row[3] for row in ROWS]


@pytest.mark.parametrize("between", [((), ("Đầu mối liên hệ",)), ()], ids=["under a heading", "at once"])
def test_contacts_under_the_table_are_no_initiatives(between: tuple[tuple[str, ...], ...]) -> None:
    found = sheet((TITLE_LINE,), HEADER, *ROWS, *between, *CONTACTS)
    assert told(found) == TITLES
    assert found.doubts == ()


def test_contacts_under_the_table_of_a_word_file_are_no_initiatives() -> None:
    assert told(word(HEADER, *ROWS, *CONTACTS)) == TITLES


def test_a_second_list_with_other_columns_under_the_first_is_read_by_its_own_header() -> None:
    found = sheet((TITLE_LINE,), HEADER, *ROWS, (), OTHER_HEADER, *OTHER_ROWS)
    assert told(found) == [*TITLES, "Máy rửa tay tự động", "Sổ bàn giao điện tử"]
    assert found.table is not None
    assert found.table.rows[2].cells["author"] == "Lê Văn Bình"
    assert found.doubts == ()


def test_a_second_list_that_may_be_more_of_the_table_is_for_a_person() -> None:
    found = sheet((TITLE_LINE,), HEADER, *ROWS, (), ("STT", "Tên sáng kiến", "Tác giả"), ("3", "Kho lạnh", "Lê Bình"))
    assert told(found) == TITLES
    assert any("more of the summary table" in doubt for doubt in found.doubts)


def test_the_same_header_again_goes_on_with_the_table() -> None:
    more = tuple((str(number), *row[1:]) for number, row in enumerate(ROWS, start=3))
    assert told(sheet((TITLE_LINE,), HEADER, *ROWS, HEADER, *more)) == [*TITLES, *TITLES]


def test_several_initiatives_in_the_lines_of_one_row_are_for_a_person() -> None:
    found = word(HEADER, tuple(f"{one}\n{other}" for one, other in zip(*ROWS, strict=True)))
    assert any("several initiatives" in doubt for doubt in found.doubts)


def test_a_number_of_several_parts_is_one_initiative() -> None:
    assert word(HEADER, ("1.1", *ROWS[0][1:]), ("1.2", *ROWS[1][1:])).doubts == ()


def test_an_initiative_over_the_header_is_told_and_contacts_over_it_are_not() -> None:
    assert sheet((TITLE_LINE,), ("1", "Lữ Văn Ba", "Kho lạnh", "Dùng đá khô"), HEADER, *ROWS).doubts
    found = sheet((TITLE_LINE,), *CONTACTS, (), HEADER, *ROWS)
    assert told(found) == TITLES
    assert found.doubts == ()


def test_what_stands_in_a_grid_and_in_no_row_is_told() -> None:
    table = SummaryTable(dict(zip("abc", HEADER, strict=False)), (Row(dict(zip("abc", ROWS[0], strict=False))),))
    whole = grid(HEADER[:3], ROWS[0][:3], sheet="TH")
    assert lost_in([whole], table) == ()
    partly = grid((*HEADER[:3], ""), (*ROWS[0][:3], "Đã áp dụng tại ba khoa"), sheet="TH")
    assert lost_in([partly], table) == ("TH, row 2: a cell of this row is in no column",)
    unread = grid(HEADER[:3], ROWS[0][:3], ("Lữ Văn Ba", "Kho lạnh", "Lái xe"), page=2)
    assert lost_in([unread], table) == ("page 2, row 3 of its table: a row of which nothing was read",)


def test_titles_sections_totals_and_signatures_are_lost_in_no_table() -> None:
    rows = (
        HEADER,
        tuple(f"({number})" for number in range(1, 9)),
        ("", "(ghi đầy đủ)", "", "(viết gọn)", "", "(không quá 1.000 ký tự)", "", ""),
        ("I. Khối lâm sàng", *[LEFT] * 7),
        ("VD", "Nguyễn Văn A", "Khoa X", "Cải tiến quy trình", "", "Nêu ngắn gọn cách làm", "3/2021", ""),
        *ROWS,
        ("Tổng cộng: 02 sáng kiến", *[LEFT] * 7),
        ("", "NGƯỜI LẬP", "", "", "", "TM. BAN CHẤP HÀNH"),
        ("", "Lâm Thị Ngọc Hân", "", "", "", "Vương Thế Lữ"),
    )
    assert read(grid(*rows)).doubts == ()


def test_empty_columns_of_a_form_are_lost_in_no_table() -> None:
    header = (*HEADER, "Ký tên", "Điểm chấm")
    assert read(grid(header, *((*row, "", "") for row in ROWS))).doubts == ()


def boxed(texts: Sequence[str], top: float) -> tuple[Cell, ...]:
    return tuple(Cell(text, box=Box(60 * n, top, 60 * n + 60, top + 40)) for n, text in enumerate(texts))


def test_text_printed_amid_the_cells_of_a_table_is_told() -> None:
    table = Grid((boxed(HEADER, 100), boxed(ROWS[0], 140), boxed(ROWS[1], 180)), page=1)
    between, below = printed("đã cấp giấy khen", 200, 165), printed("Biên Hòa, ngày 14", 200, 240)
    assert lines_within(content(table, below), {0}) == ()
    assert lines_within(content(table, below, between), {0}) == (
        "page 1: text amid the table stands in none of its cells",
    )


@pytest.mark.parametrize(
    ("over", "cells"),
    [("Nội dung", ("Toàn viện", "Cơ sở")), ("Sáng kiến", ("SKA", "Xe đẩy"))],
    ids=["a summary", "a title"],
)
def test_short_columns_of_unknown_words_under_a_merged_header_are_for_a_person(
    over: str, cells: tuple[str, str]
) -> None:
    other = ("Tên sáng kiến", "Xe đẩy thuốc hai tầng") if over == "Nội dung" else ("Tóm tắt", ROWS[0][5])
    upper = ("STT", "Tác giả", other[0], "Thời gian áp dụng", over, LEFT)
    lower = (ABOVE, ABOVE, ABOVE, ABOVE, "Cột giữa", "Cột cuối")
    found = read(grid(upper, lower, ("1", ROWS[0][1], other[1], "Tháng 3/2021", *cells)))
    assert found.doubts == (f"the column “{over} / Cột giữa” was told by the header over it alone",)


def test_what_was_before_and_after_under_a_merged_header_is_one_summary() -> None:
    upper = ("STT", "Tác giả", "Tên sáng kiến", "Thời gian áp dụng", "Nội dung", LEFT)
    lower = (ABOVE, ABOVE, ABOVE, ABOVE, "Trước", "Sau")
    texts = ("Khuân từng thùng thuốc lên tầng ba bằng tay.", "Đẩy một lượt bằng xe hai tầng, không phải khuân.")
    found = read(grid(upper, lower, ("1", ROWS[0][1], ROWS[0][3], "Tháng 3/2021", *texts)))
    assert found.doubts == ()
    assert found.table is not None
    assert found.table.rows[0].cells["summary"] == "; ".join(texts)
