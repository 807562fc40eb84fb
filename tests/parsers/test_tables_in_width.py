"""A table too wide for its page or sheet, drawn as two."""

import io

from openpyxl import Workbook
from support.contents import HEADER, ROWS, TITLE_LINE, grid
from support.interpreting import read, table_of

from dossier.model import Kind
from hoso.campaigns import example_campaign
from parsers.document import interpret
from parsers.spreadsheet import read_spreadsheet

FIRST, SECOND = range(4), (0, *range(4, 8))
MORE = ("3", "Tạ Quang Hiển", "Khoa Nhi", "Bảng màu", "Cải cách hành chính", "Dán bảng màu", "3/2021", "Giảm chờ")
ALL = (*ROWS, MORE)


def part(columns, *rows):
    return [tuple(row[place] for place in columns) for row in rows]


def whole(table) -> list[list[str]]:
    keys = ("author", "position", "title", "field", "summary", "applied", "benefit")
    return [[row.cells[key] for key in keys] for row in table.rows]


ALL_CELLS = [list(row[1:]) for row in ALL]


def sheets(*pages: list[list[tuple[str, ...]]]):
    book = Workbook()
    book.remove(book.worksheets[0])
    for page in pages:
        sheet = book.create_sheet()
        for rows in page:
            for row in rows:
                sheet.append(row)
            sheet.append([])
    out = io.BytesIO()
    book.save(out)
    return interpret(read_spreadsheet(out.getvalue()), example_campaign())


def test_two_tables_on_one_sheet_or_on_two_are_one() -> None:
    title = [("BẢNG TỔNG HỢP TÓM TẮT SÁNG KIẾN",)]
    parts = [part(columns, HEADER, *ALL) for columns in (FIRST, SECOND)]
    for read_ in (sheets([title, *parts]), sheets([title, parts[0]], [parts[1]])):
        assert whole(table_of(read_)) == ALL_CELLS


def test_the_second_part_may_go_on_over_the_page() -> None:
    second = part(SECOND, HEADER, *ROWS)
    rest = [("", "", "và dưới.", "", ""), *part(SECOND, MORE)]
    blocks = grid(*part(FIRST, HEADER, *ALL), page=1), grid(*second, page=2), grid(*rest, page=3)
    found = whole(table_of(read(TITLE_LINE, *blocks)))
    assert found[0] == ALL_CELLS[0]
    assert found[1][4] == f"{ROWS[1][5]} và dưới."
    assert found[2] == ALL_CELLS[2]


def test_tables_of_as_many_rows_that_nothing_numbers_are_one_and_a_person_is_told() -> None:
    left, right = [part(columns, HEADER, *ALL) for columns in ((4, 6, 7), (1, 2, 3, 5))]
    found = table_of(read(TITLE_LINE, grid(*left), grid(*right)), doubts=1)
    assert whole(found) == ALL_CELLS


def test_numbers_that_are_the_same_by_chance_under_a_heading_of_their_own_are_a_doubt() -> None:
    contacts = grid(
        ("STT", "Họ và tên", "Điện thoại"), *((str(n), "Lý Văn Tám", "0912 000 00" + str(n)) for n in (1, 2))
    )
    rows = part((0, 2, 3, 4, 5, 6, 7), HEADER, *ROWS)
    found = read(contacts, TITLE_LINE, grid(*rows))
    assert found.kinds == (Kind.SUMMARY_TABLE,)
    assert found.doubts
