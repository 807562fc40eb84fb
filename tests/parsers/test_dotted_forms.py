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


AROUND = [
    "{0}: ………… {1} …………",
    "{0}:.......... {1}",
    "{0}: _ _ _ _ {1} _ _ _ _",
    "{0} . . . . . {1} . . . .",
    "{0}..........{1}",
]


@pytest.mark.parametrize("form", AROUND)
def test_dots_may_stand_before_and_around_the_answer_and_in_place_of_the_colon(form: str) -> None:
    told = [form.format(HEADER[place], row[place].rstrip(".")) for row in ROWS for place in range(1, 8)]
    table = table_of(read(TITLE_LINE, *told))
    assert [row.cells["author"] for row in table.rows] == [row[1] for row in ROWS]
    assert [row.cells["summary"] for row in table.rows] == [row[5].rstrip(".") for row in ROWS]
    assert [row.cells["applied"] for row in table.rows] == [row[6] for row in ROWS]


def test_a_dotted_line_under_the_answer_is_none_and_an_answer_may_go_on_on_the_next_one() -> None:
    row = ROWS[0]
    told = [text for place in (1, 3, 6) for text in (f"{HEADER[place]}: {row[place]}", "………………………………")]
    summary = [f"{HEADER[5]}: ………Hàn khung thép,………", "………sơn tĩnh điện,………", "hai tầng có khóa bánh.………"]
    table = table_of(read(TITLE_LINE, *told[:4], *summary, *told[4:]))
    assert titles(table) == [row[3]]
    assert table.rows[0].cells["summary"] == "Hàn khung thép, sơn tĩnh điện, hai tầng có khóa bánh."


def test_the_end_of_a_dotted_line_ends_the_answer_before_a_question_in_words_that_nobody_knows() -> None:
    told = [
        text
        for row in ROWS
        for text in (
            "PHIẾU ĐĂNG KÝ",
            *(f"{HEADER[place]}: {row[place]} ……" for place in (1, 3, 4)),
            f"Diễn giải ý tưởng: {row[5]}",
            "Làm trong ba tuần. ……",
            f"{HEADER[6]}: {row[6]} ……",
        )
    ]
    table = table_of(read(TITLE_LINE, *told))
    assert [row.cells["field"] for row in table.rows] == [row[4] for row in ROWS]
    assert [row.cells["summary"] for row in table.rows] == [f"{row[5]} Làm trong ba tuần." for row in ROWS]


def test_names_behind_dots_tell_a_question_in_unknown_words() -> None:
    told = [line.replace(HEADER[1], "Người lao động") for line in lines("……")]
    table = table_of(read(TITLE_LINE, *told))
    assert [row.cells["author"] for row in table.rows] == [row[1] for row in ROWS]


@pytest.mark.parametrize("between", ["\t", "; ", " ", "      ", " ………… "])
def test_a_second_question_on_the_line_is_told_by_its_name(between: str) -> None:
    row = ROWS[0]
    told = [
        f"{HEADER[1]}: {row[1]}{between}{HEADER[2]}: {row[2]}",
        f"{HEADER[3]}: {row[3]}",
        f"{HEADER[6]}: {row[6]}{between}{HEADER[4]}: {row[4]}",
        f"{HEADER[5]}: {row[5]} Kết quả: tốt.",
    ]
    table = table_of(read(TITLE_LINE, *told))
    wanted = {"author": row[1], "position": row[2], "title": row[3], "applied": row[6], "field": row[4]}
    assert {key: table.rows[0].cells[key] for key in wanted} == wanted
    assert table.rows[0].cells["summary"] == f"{row[5]} Kết quả: tốt.", "an answer in sentences is not cut"


def test_a_question_glued_to_an_answer_is_told_by_the_other_forms() -> None:
    asked = [(1, 3, 4), (5, 6)]
    told = [
        text
        for number, row in enumerate((*ROWS, ROWS[0]))
        for places in asked
        for text in ["".join(f"{HEADER[place]}: {row[place]}" for place in places)] * (number == 2)
        + [f"{HEADER[place]}: {row[place]}" for place in places] * (number < 2)
    ]
    table = table_of(read(TITLE_LINE, *told))
    assert [row.cells["field"] for row in table.rows] == [ROWS[0][4], ROWS[1][4], ROWS[0][4]]
    assert titles(table) == [ROWS[0][3], ROWS[1][3], ROWS[0][3]]


def test_questions_beside_each_other_are_none_of_those_with_bullets() -> None:
    told = [
        text
        for row in ROWS
        for text in (
            "ĐƠN ĐĂNG KÝ",
            f"Đưa vào sử dụng từ: {row[6]}\tƯớc tính làm lợi: {row[7]}",
            f"Chốn mưu sinh: {row[2]}",
            *(f"- {HEADER[place]}: {row[place]}" for place in (1, 3, 5)),
        )
    ]
    table = table_of(read(TITLE_LINE, *told))
    assert [row.cells["applied"] for row in table.rows] == [row[6] for row in ROWS]
    assert [row.cells["benefit"] for row in table.rows] == [row[7] for row in ROWS]
    assert [row.cells["position"] for row in table.rows] == [row[2] for row in ROWS]


def test_a_question_with_a_colon_within_is_told_by_all_answers_beginning_so() -> None:
    told = [
        text
        for row in ROWS
        for text in (
            *(f"{HEADER[place]}: {row[place]}" for place in (1, 3, 6)),
            f"Mô tả: vấn đề, cách giải quyết: {row[5]}",
        )
    ]
    table = table_of(read(TITLE_LINE, *told))
    assert [row.cells["summary"] for row in table.rows] == [row[5] for row in ROWS]
    assert table.columns["summary"] == "Mô tả: vấn đề, cách giải quyết"
