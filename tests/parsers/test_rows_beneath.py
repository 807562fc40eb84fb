"""Tables with two rows for each initiative, the lower one a single text, as content made by hand."""

import pytest
from support.contents import ABOVE, HEADER, LEFT, MEMO, ROWS, TITLE_LINE, grid
from support.interpreting import TITLES, read, table_of, titles

_SUMMARY = HEADER.index("Tóm tắt nội dung sáng kiến")
_SHORT = [place for place in range(len(HEADER)) if place != _SUMMARY]
SUMMARIES = [cells[_SUMMARY] for cells in ROWS]


def _two_rows(cells: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The short cells, and the summary under all but the first."""
    return [tuple(cells[place] for place in _SHORT), (ABOVE, cells[_SUMMARY], *[LEFT] * (len(_SHORT) - 2))]


def _drawn(*cells: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [row for one in cells for row in _two_rows(one)]


def _more(number: int) -> tuple[str, ...]:
    return (str(number), *ROWS[0][1:3], f"Xe thứ {number}", *ROWS[0][4:])


def test_a_text_under_its_row_is_that_rows() -> None:
    table = table_of(read(TITLE_LINE, grid(*_drawn(HEADER, *ROWS))))
    assert titles(table) == TITLES
    assert [row.cells["summary"] for row in table.rows] == SUMMARIES
    assert [row.cells["author"] for row in table.rows] == [cells[1] for cells in ROWS]


@pytest.mark.parametrize("cut", [4, 5, 6])
def test_a_page_may_end_between_initiatives_or_between_a_row_and_its_text(cut: int) -> None:
    drawn = _drawn(HEADER, *ROWS, _more(3))
    first, *rest = drawn[cut:]
    top = ("" if first[0] == ABOVE else first[0], *first[1:])
    found = read(TITLE_LINE, grid(*drawn[:cut], page=1), grid(top, *rest, page=2))
    table = table_of(found, doubts=len(found.doubts))
    assert titles(table) == [*TITLES, "Xe thứ 3"]
    assert [row.cells["summary"] for row in table.rows] == [*SUMMARIES, SUMMARIES[0]]


def test_sections_and_a_total_stay_what_they_are() -> None:
    wide = [LEFT] * (len(_SHORT) - 1)
    drawn = [*_drawn(HEADER), ("I. Khối lâm sàng", *wide), *_drawn(ROWS[0]), ("II. Khối hành chính", *wide)]
    table = table_of(read(TITLE_LINE, grid(*drawn, *_drawn(ROWS[1]), ("Tổng cộng: 02 sáng kiến", *wide))))
    assert titles(table) == TITLES
    assert table.stated_total == 2


def test_a_row_without_a_text_beneath_is_for_a_person() -> None:
    drawn = [*_drawn(HEADER, *ROWS, _more(3)), _two_rows(_more(4))[0], *_drawn(_more(5))]
    assert read(TITLE_LINE, grid(*drawn)).doubts == ("table: nothing stands under a row as under the others",)


def test_a_table_with_sections_is_no_such_table() -> None:
    rows = [("1", "Khối lâm sàng", *[LEFT] * 6), ROWS[0], ("2", "Khối hành chính", *[LEFT] * 6), ROWS[1]]
    assert titles(table_of(read(*MEMO, grid(HEADER, *rows)))) == TITLES
