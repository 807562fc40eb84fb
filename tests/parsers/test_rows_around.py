"""Rows of a summary table that are no initiatives and say something of those under them."""

import pytest
from support.contents import ABOVE, HEADER, LEFT, ROWS, TITLE_LINE, grid
from support.interpreting import TITLES, read, table_of, titles

WITHOUT_AUTHOR = (HEADER[0], *HEADER[2:])
WIDE = (LEFT,) * 6


def without_author(cells: tuple[str, ...]) -> tuple[str, ...]:
    return (cells[0], *cells[2:])


def test_a_row_over_the_whole_width_names_the_author_of_the_initiatives_under_it() -> None:
    first, second = map(without_author, ROWS)
    third = ("3", *second[1:2], "Hộp đựng sổ", *second[3:])
    rows = [("Tác giả: Lâm Thị Ngọc Hân", *WIDE), first, second, ("Tác giả: Tạ Quang Hiển", *WIDE), third]
    table = table_of(read(TITLE_LINE, grid(WITHOUT_AUTHOR, *rows)))
    assert [row.cells["author"] for row in table.rows] == ["Lâm Thị Ngọc Hân", "Lâm Thị Ngọc Hân", "Tạ Quang Hiển"]
    assert table.columns["author"] == "Tác giả"


@pytest.mark.parametrize("text", ["Người lập: Lâm Thị Ngọc Hân", "Tác giả: đông đủ các khoa", "I. Khối lâm sàng: 02"])
def test_a_row_that_names_no_author_is_a_section(text: str) -> None:
    table = table_of(read(TITLE_LINE, grid(WITHOUT_AUTHOR, (text, *WIDE), *map(without_author, ROWS))))
    assert titles(table) == TITLES
    assert "author" not in table.columns


def test_a_row_names_no_author_where_a_column_holds_them() -> None:
    wide = ("Tác giả: Phan Minh Tú", *(LEFT,) * 7)
    table = table_of(read(TITLE_LINE, grid(HEADER, wide, *ROWS)))
    assert [row.cells["author"] for row in table.rows] == [cells[1] for cells in ROWS]


def test_a_number_under_which_rows_count_on_is_a_section() -> None:
    blank = ("",) * 6
    rows = [
        ("1", "Khối lâm sàng", *blank),
        ("1.1", *ROWS[0][1:]),
        ("2", "Khối dự phòng", *blank),
        ("2.1", *ROWS[1][1:]),
    ]
    table = table_of(read(TITLE_LINE, grid(HEADER, *rows)))
    assert titles(table) == TITLES
    assert [row.cells["no"] for row in table.rows] == ["1.1", "2.1"]


def test_a_row_with_a_number_and_little_else_stays_an_initiative_that_lacks_something() -> None:
    table = table_of(read(TITLE_LINE, grid(HEADER, ("1", "Lâm Thị Ngọc Hân", *("",) * 6), ("2", *ROWS[1][1:]))))
    assert len(table.rows) == 2


@pytest.mark.parametrize(("sheets", "page"), [((None, None), None), (("Sheet1", "Tiếp 1"), None), ((None, None), 1)])
def test_a_header_left_without_rows_is_that_of_the_rows_on_the_next_page_or_sheet(
    sheets: tuple[str | None, str | None], page: int | None
) -> None:
    odd = (*HEADER[:6], "Mốc", HEADER[7])  # told by the dates under it
    head = grid(odd, page=page, sheet=sheets[0])
    below = grid(*ROWS, page=page and page + 1, sheet=sheets[1])
    table = table_of(read(TITLE_LINE, head, below), doubts=1)
    assert titles(table) == TITLES
    assert [row.cells["applied"] for row in table.rows] == [cells[6] for cells in ROWS]


def test_two_tables_side_by_side_with_their_columns_in_another_order_are_for_a_person() -> None:
    order = (0, 3, 1, 2, *range(4, len(HEADER)))
    both = [(*left, "", *(right[place] for place in order)) for left, right in ((HEADER, HEADER), ROWS)]
    assert any("side by side" in doubt for doubt in read(TITLE_LINE, grid(*both)).doubts)


def test_merged_cells_under_a_number_are_no_section() -> None:
    rows = [("1", *ROWS[0][1:]), ("1.1", *(ABOVE,) * 7), ("2", *ROWS[1][1:])]
    assert titles(table_of(read(TITLE_LINE, grid(HEADER, *rows))))[0] == TITLES[0]


def test_a_row_that_hardly_names_people_takes_the_place_of_the_author_before_and_is_told() -> None:
    first, second = map(without_author, ROWS)
    rows = [("Tác giả: Lâm Thị Ngọc Hân", *WIDE), first, ("Tác giả: tập thể khoa Nội (12 người)", *WIDE), second]
    table = table_of(read(TITLE_LINE, grid(WITHOUT_AUTHOR, *rows)), doubts=1)
    assert [row.cells["author"] for row in table.rows] == ["Lâm Thị Ngọc Hân", "tập thể khoa Nội (12 người)"]


def test_several_authors_each_with_a_degree_may_stand_over_their_initiatives() -> None:
    rows = [("Tác giả: • ThS. Lâm Thị Hân • BS. Tạ Quang Hiển", *WIDE), *map(without_author, ROWS)]
    table = table_of(read(TITLE_LINE, grid(WITHOUT_AUTHOR, *rows)))
    assert {row.cells["author"] for row in table.rows} == {"• ThS. Lâm Thị Hân • BS. Tạ Quang Hiển"}
