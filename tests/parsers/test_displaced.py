"""Cells that stand in each other's columns are for a person, whatever put them there (P11)."""

import pytest
from support.contents import HEADER, ROWS, TITLE_LINE, content, grid

from dossier.model import Row, SummaryTable
from hoso.campaigns import example_campaign
from parsers.content import Grid
from parsers.displaced import displaced_in
from parsers.document import interpret

NO, AUTHOR, POSITION, TITLE, FIELD, SUMMARY, APPLIED, BENEFIT = ROWS[1]


def doubts(*grids: Grid) -> tuple[str, ...]:
    return interpret(content(TITLE_LINE, *grids), example_campaign()).doubts


@pytest.mark.parametrize(
    ("row", "there", "here"),
    [
        ((NO, POSITION, TITLE, FIELD, SUMMARY, APPLIED, BENEFIT), "summary", "applied"),
        ((NO, TITLE, POSITION, AUTHOR, FIELD, SUMMARY, APPLIED, BENEFIT), "title", "author"),
        ((NO, AUTHOR, POSITION, TITLE, FIELD, SUMMARY, BENEFIT, APPLIED), "benefit", "applied"),
        ((NO, "", AUTHOR, POSITION, TITLE, SUMMARY, APPLIED, BENEFIT), "position", "author"),
    ],
    ids=["a cell is missing", "name and title", "time and effect", "a cell too many"],
)
def test_a_row_whose_cells_are_displaced_is_told(row: tuple[str, ...], there: str, here: str) -> None:
    assert f"bảng 1, dòng 3: what stands in {there} may belong in {here}" in doubts(grid(HEADER, ROWS[0], row))


def test_a_second_grid_in_another_order_is_told() -> None:
    order = (0, 3, 1, 2, 5, 4, 6, 7)
    more = [(str(number), *(row[place] for place in order[1:])) for number, row in enumerate(ROWS, start=3)]
    assert doubts(grid(HEADER, *ROWS), grid(*more))


def test_a_second_grid_in_the_same_order_is_not() -> None:
    assert doubts(grid(HEADER, *ROWS), grid(*((str(number), *row[1:]) for number, row in enumerate(ROWS, 3)))) == ()


@pytest.mark.parametrize(
    "cells",
    [
        {"author": "Tập thể khoa Nội", "title": "Hồ sơ bệnh án treo đầu giường", "applied": "Tháng 3/2021"},
        {"author": "Tập thể khoa Nội", "title": "Hồ Sơ", "applied": "Ngay sau khi được duyệt", "benefit": "12 phút"},
        {
            "author": "Lâm Thị Ngọc Hân",
            "position": "Mai Thị Hoa",
            "applied": "",
            "summary": "Đẩy thuốc từ tháng 3/2021 bằng xe hai tầng.",
        },
    ],
)
def test_titles_and_answers_that_only_look_like_names_or_hold_a_time_are_not_displaced(cells: dict[str, str]) -> None:
    assert displaced_in(SummaryTable({}, (Row(cells),))) == ()
