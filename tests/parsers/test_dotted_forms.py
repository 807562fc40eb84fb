"""Printed forms that were filled in on a computer: dotted lines, two questions on a line."""

import pytest
from support.contents import HEADER, ROWS, TITLE_LINE
from support.interpreting import read, table_of, titles

ASKED = [place for place in range(1, 8) if place != 2]
DOTS = ["......", "……", "………………", "____"]


def lines(dots: str, unknown: str = "Tổ, chuyền") -> list[str]:
    """A form for each row; its second question is in words that nobody knows."""
    return [
        line
        for number, row in enumerate(ROWS, 1)
        for line in (
            f"PHIẾU SỐ {number}",
            f"{HEADER[1]}: {row[1]} {dots}",
            f"{unknown}: {row[2]} {dots}",
            *(f"{HEADER[place]}: {row[place]} {dots}" for place in ASKED[1:]),
        )
    ]


@pytest.mark.parametrize("dots", DOTS)
def test_what_is_left_of_a_dotted_line_is_no_part_of_the_answer(dots: str) -> None:
    table = table_of(read(TITLE_LINE, *lines(dots)))
    assert [row.cells["author"] for row in table.rows] == [row[1] for row in ROWS]
    assert [row.cells["summary"] for row in table.rows] == [row[5] for row in ROWS]


def test_a_dotted_line_tells_a_question_in_words_that_nobody_knows() -> None:
    table = table_of(read(TITLE_LINE, *lines("……", "Chốn mưu sinh")))
    assert titles(table) == [row[3] for row in ROWS]
    assert {**table.rows[0].cells, **table.rows[0].extra}.get("Chốn mưu sinh", table.rows[0].cells.get("position")) == (
        ROWS[0][2]
    )


def test_an_answer_that_was_left_dotted_is_empty() -> None:
    blank = [line.replace(ROWS[0][5], "") for line in lines("………………")]
    table = table_of(read(TITLE_LINE, *blank))
    assert table.rows[0].cells["summary"] == ""
    assert table.rows[1].cells["summary"] == ROWS[1][5]


def test_a_tab_parts_two_questions_of_one_line() -> None:
    row = ROWS[0]
    short = f"{HEADER[1]}: {row[1]}\tTổ, chuyền: {row[2]}"
    told = [f"{HEADER[place]}: {row[place]}" for place in (3, 5, 6)]
    table = table_of(read(TITLE_LINE, short, *told))
    assert table.rows[0].cells["author"] == row[1]


def test_an_answer_that_runs_into_another_question_is_for_a_person() -> None:
    row = ROWS[0]
    told = [f"{HEADER[place]}: {row[place]}" for place in (3, 5, 6)]
    read_ = read(TITLE_LINE, f"{HEADER[1]}: {row[1]}", "Chốn mưu sinh: nhà máy nước", *told)
    assert read_.doubts == ("form 1: the answer for author may hold another question",)
