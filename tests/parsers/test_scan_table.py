"""Scanned tables read into their grid: first with words that are told, then by Tesseract itself."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from support.drawn_tables import DrawnTable
from support.ocr import needs_ocr
from support.scanner import Colour, Condition, stamped, taken

from dossier.folding import fold
from parsers.content import Box, Grid, Origin
from parsers.ocr_engine import Word, read_words
from parsers.paper import as_paper, is_of_two_levels
from parsers.picture import Grey
from parsers.ruling_grid import Span
from parsers.ruling_table import find_tables
from parsers.scan_table import read_tables
from parsers.scan_table_paper import table_picture

LEFTS = [12.0, 24.0, 68.0, 110.0, 160.0, 198.0]
TOPS = [20.0, 32.0, 58.0, 84.0, 110.0]
TEXTS = {
    (0, 0): "STT",
    (0, 1): "Tac gia",
    (0, 2): "Ten sang kien",
    (0, 3): "Noi dung",
    (0, 4): "Thoi gian",
    (1, 0): "1",
    (1, 1): "Tran Van An\nLe Thi Binh",
    (1, 2): "So do kho thuoc\ntheo nhom",
    (1, 3): "Kho thuoc co so do\nde tim cho nhanh",
    (1, 4): "01/3/2021",
    (2, 0): "2",
    (2, 1): "Pham Minh Hoang",
    (2, 2): "Khung tap di",
    (2, 3): "Lam khung tap di\ncho nguoi benh",
    (2, 4): "15/02/2021",
    (3, 0): "3",
    (3, 1): "Ngo Gia Bao",
    (3, 2): "Phieu tra loi",
    (3, 3): "Tra loi nguoi benh\nqua dien thoai",
    (3, 4): "22/4/2021",
}


def table(**changes: object) -> DrawnTable:
    return replace(DrawnTable(LEFTS, TOPS, dict(TEXTS), dpi=200), **changes)


def read(picture: Colour, dpi: int, words: Callable[..., tuple[Word, ...]] | None = None) -> Grid:
    (found,) = read_tables(
        as_paper(picture), dpi, 3, words or read_words, two_levels=words is None and is_of_two_levels(picture)
    )
    return found.grid


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


def word(text: str, place: tuple[float, float, float, float], dpi: int, line: int = 1) -> Word:
    """A word at that place of the sheet, in millimetres, in a picture of the table alone."""
    x0, top, x1, bottom = (side / 25.4 * dpi for side in place)
    left, above = ((edge - 1.5) / 25.4 * dpi for edge in (LEFTS[0], TOPS[0]))
    return Word(text, Box(x0 - left, top - above, x1 - left, bottom - above), 0.95, 1, line)


def nothing(image: Grey, *, psm: int, dpi: int) -> tuple[Word, ...]:
    return ()


def test_ink_that_nobody_read_is_doubt_and_no_empty_cell() -> None:
    grid = read(table(texts={(1, 1): "Tran Van An", (2, 0): "2"}).sheet(), 200, nothing)
    assert grid.rows[1][1].text == ""
    assert grid.rows[1][1].confidence == 0
    assert grid.rows[2][0].confidence == 0
    assert grid.rows[2][1].text == ""
    assert grid.rows[2][1].confidence == 1


def test_dirt_is_no_ink() -> None:
    picture = table(texts={}).sheet().copy()
    picture[400:404, 300:304] = 0
    assert all(cell.confidence == 1 for row in read(picture, 200, nothing).rows for cell in row)


def test_a_word_stands_in_the_cell_where_its_middle_is() -> None:
    def words(image: Grey, *, psm: int, dpi: int) -> tuple[Word, ...]:
        if psm != 11:
            return ()
        return (
            word("sau", (30, 28, 35, 31), dpi, line=2),
            word("hai", (37, 22, 42, 25), dpi),
            word("mot", (30, 22, 35, 25), dpi),
        )

    grid = read(table(texts={}).sheet(), 200, words)
    assert grid.rows[0][1].text == "mot hai\nsau"
    assert [row for row in texts(grid)[1:] if any(row)] == []


def test_a_word_read_over_a_wall_makes_its_cell_doubtful() -> None:
    def words(image: Grey, *, psm: int, dpi: int) -> tuple[Word, ...]:
        return (word("AnSo", (63, 22, 73, 25), dpi),) if psm == 11 else ()

    grid = read(table(texts={(0, 1): "x", (0, 2): "x"}).sheet(), 200, words)
    assert max(cell.confidence for cell in grid.rows[0][1:3]) < 0.5


def test_a_merged_cell_repeats_its_text_and_says_where_it_is_from() -> None:
    def words(image: Grey, *, psm: int, dpi: int) -> tuple[Word, ...]:
        return (word("chung", (27, 52, 36, 55), dpi),) if psm == 11 else ()

    grid = read(table(texts={}, merged=[Span(1, 1, 2, 2)]).sheet(), 200, words)
    origins = [[grid.rows[row][column].origin for column in (1, 2)] for row in (1, 2)]
    assert origins == [[Origin.OWN, Origin.LEFT], [Origin.ABOVE, Origin.LEFT]]
    assert {grid.rows[row][column].text for row in (1, 2) for column in (1, 2)} == {"chung"}
    assert grid.page == 3


def test_a_page_without_a_table_asks_for_no_reading() -> None:
    def words(image: Grey, *, psm: int, dpi: int) -> tuple[Word, ...]:
        raise AssertionError("nothing is to be read")

    assert read_tables(as_paper(DrawnTable([70], [140]).sheet()), 300, 1, words) == ()


def test_letters_close_to_a_rule_keep_their_feet_and_tails() -> None:
    sheet = table(texts={}).sheet().copy()
    mm = 200 / 25.4
    top, left = round((TOPS[2] - 1.2) * mm), round((LEFTS[1] + 4) * mm)
    sheet[top : top + 2, left : left + round(7 * mm)] = 0  # feet that touch each other
    for tail in range(6):
        x = left + round((1 + tail) * mm)
        sheet[top - 10 : top + 5, x : x + 2] = 0
    (found,) = find_tables(as_paper(sheet), 200)
    picture = table_picture(as_paper(sheet), 200, found)
    (cell,) = (cell for cell in picture.cells if (cell.row, cell.column) == (1, 1))
    box = picture.box(cell)
    foot = picture.picture[int(box.bottom) - 20 : int(box.bottom) - 2, int(box.x0) : int(box.x1)]
    assert (foot.min(axis=0) < 128).sum() >= 6.5 / 25.4 * 300


@needs_ocr
@pytest.mark.parametrize(
    "condition",
    [
        Condition(),
        Condition(skew=1.2, noise=6, blur=0.7),
        Condition(skew=-0.9, noise=6, blur=0.5, one_bit=True),
        Condition(perspective=3, shade=0.34, noise=4, blur=0.5),
    ],
    ids=["clean", "noise", "one-bit", "phone"],
)
def test_every_cell_is_read_whatever_the_scanner_did(condition: Condition) -> None:
    grid = read(taken(table().sheet(), condition, seed=4), 200)
    right = [fold(grid.rows[row][column].text) == fold(text) for (row, column), text in TEXTS.items()]
    assert sum(right) >= 17  # letters without their Vietnamese marks are read worse than real words
    assert [row[0] for row in texts(grid)[1:]] == ["1", "2", "3"]
    assert [row[4] for row in texts(grid)[1:]] == ["01/3/2021", "15/02/2021", "22/4/2021"]


@needs_ocr
def test_the_columns_are_numbered_in_a_row_of_their_own() -> None:
    numbers = {(1, column): f"({column + 1})" for column in range(5)}
    first = {place: text for place, text in TEXTS.items() if place[0] == 0}
    grid = read(table(tops=[20.0, 32.0, 40.0], texts={**first, **numbers}).sheet(), 200)
    assert texts(grid)[1] == ["(1)", "(2)", "(3)", "(4)", "(5)"]


@needs_ocr
def test_a_stamp_over_a_cell_costs_confidence_or_nothing() -> None:
    clean = read(table().sheet(), 200)
    grid = read(stamped(table().sheet(), 130 / 25.4 * 72, 70 / 25.4 * 72, 200), 200)
    for row, wanted in zip(grid.rows, clean.rows, strict=True):
        for cell, want in zip(row, wanted, strict=True):
            assert cell.text == want.text or cell.confidence < 0.8


@needs_ocr
def test_text_beside_the_table_is_not_in_it() -> None:
    outside = [(60.0, 8.0, "BANG TONG HOP SANG KIEN"), (130.0, 118.0, "TM. BAN CHAP HANH")]
    grid = read(table(outside=outside).sheet(), 200)
    assert "TONG" not in str(texts(grid))
    assert "HANH" not in str(texts(grid))
