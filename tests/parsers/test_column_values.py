"""Columns told by what stands in them, where a union words a header as nobody did before."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.contents import HEADER, LEFT, ROWS, TITLE_LINE, content, grid

from hoso.campaigns import example_campaign
from parsers.column_holders import Told
from parsers.column_values import settled
from parsers.columns import ColumnNames
from parsers.document import Interpretation, interpret

NAMES = ColumnNames.of(example_campaign())
FIELDS = ("sáng kiến tạo ra sản phẩm mới", "sáng kiến vì cộng đồng trong các lĩnh vực y tế")


def read(*blocks: object) -> Interpretation:
    return interpret(content(*blocks), example_campaign())


def table(headers: dict[int, str], *, field: tuple[str, ...] = FIELDS) -> Interpretation:
    """The usual table with other headers."""
    head = tuple(headers.get(place, text) for place, text in enumerate(HEADER))
    return read(TITLE_LINE, grid(head, *((*row[:4], one, *row[5:]) for row, one in zip(ROWS, field, strict=True))))


@pytest.mark.parametrize(
    ("place", "header", "key"),
    [
        (1, "Người yêu cầu công nhận sáng kiến", "author"),
        (1, "Ông (bà)", "author"),
        (2, "Nhiệm vụ được giao", "position"),
        (3, "Tên việc làm sáng tạo", "title"),
        (4, "Phân loại", "field"),
        (4, "Loại giải pháp", "field"),
        (6, "Ngày sáng kiến được áp dụng lần đầu", "applied"),
    ],
)
def test_a_header_that_nobody_knows_is_told_by_its_cells(place: int, header: str, key: str) -> None:
    found = table({place: header})
    assert found.doubts == ()
    assert found.table is not None
    assert [row.cells[key] for row in found.table.rows] == (
        list(FIELDS) if key == "field" else [r[place] for r in ROWS]
    )


@pytest.mark.parametrize(
    ("place", "header", "key"),
    [(6, "Mốc", "applied"), (5, "Cột sáu", "summary"), (1, "Người xác nhận", "author")],
)
def test_a_mandatory_column_told_by_its_cells_alone_is_for_a_person(place: int, header: str, key: str) -> None:
    found = table({place: header})
    assert found.table is not None
    assert [row.cells[key] for row in found.table.rows] == [row[place] for row in ROWS]
    assert found.doubts == (f"the column “{header}” was told by what stands in it alone",)


@pytest.mark.parametrize("header", ["Người xác nhận", "Thủ trưởng đơn vị"])
def test_who_confirms_is_not_taken_for_the_author_without_a_word(header: str) -> None:
    assert len(table({1: header}).doubts) == 1


@pytest.mark.parametrize(
    ("header", "cells"),
    [("Thời gian công tác", ("12 năm", "Từ 2008")), ("Ngày, tháng, năm sinh", ("02/9/1984", "1988"))],
)
def test_years_of_service_and_birthdays_are_no_time_of_application(header: str, cells: tuple[str, ...]) -> None:
    rows = [(*row[:6], cell, row[7]) for row, cell in zip(ROWS, cells, strict=True)]
    found = read(TITLE_LINE, grid((*HEADER[:6], header, HEADER[7]), *rows))
    assert found.table is not None
    assert "applied" not in found.table.columns
    assert [row.extra[header] for row in found.table.rows] == list(cells)


@pytest.mark.parametrize("header", ["Ngày công nhận", "Ngày họp Hội đồng", "Ngày vào ngành"])
def test_another_date_is_never_taken_for_that_of_application_without_a_word(header: str) -> None:
    found = table({6: header})
    assert found.table is not None
    assert "applied" not in found.table.columns or len(found.doubts) == 1


@pytest.mark.parametrize("header", ["Điều kiện cần thiết để thực hiện", "Lý do đề nghị"])
def test_another_long_text_is_never_taken_for_the_summary_without_a_word(header: str) -> None:
    found = table({5: header})
    assert found.table is not None
    assert "summary" not in found.table.columns or len(found.doubts) == 1


def test_a_unit_of_measure_is_no_position() -> None:
    rows = [(*row[:2], unit, *row[3:]) for row, unit in zip(ROWS, ("Cái", "Quy trình"), strict=True)]
    found = read(TITLE_LINE, grid((*HEADER[:2], "Đơn vị tính", *HEADER[3:]), *rows))
    assert found.table is not None
    assert "position" not in found.table.columns


def test_names_posts_and_shares_under_one_header_are_columns_of_their_own() -> None:
    top = ("TT", "Thông tin về tác giả", LEFT, LEFT, *HEADER[3:])
    head = ("TT", "Họ, chữ đệm và tên", "Nhiệm vụ được giao", "Tỷ lệ đóng góp (%)", *HEADER[3:])
    rows = [(*row[:3], share, *row[3:]) for row, share in zip(ROWS, ("100", "60"), strict=True)]
    found = read(TITLE_LINE, grid(top, head, *rows))
    assert found.table is not None
    assert [(row.cells["author"], row.cells["position"]) for row in found.table.rows] == [row[1:3] for row in ROWS]


def test_a_result_of_examination_is_no_benefit_where_another_column_says_so() -> None:
    rows = [("Đạt", *row[1:]) for row in ROWS]
    found = read(TITLE_LINE, grid(("Kết quả chấm của Hội đồng", *HEADER[1:7], "Tính hiệu quả"), *rows))
    assert found.table is not None
    assert [row.cells["benefit"] for row in found.table.rows] == [row[7] for row in ROWS]


def test_a_column_without_a_header_is_left_alone() -> None:
    found = table({6: ""})
    assert found.table is not None
    assert "applied" not in found.table.columns


@given(st.lists(st.tuples(st.text(max_size=20), st.lists(st.text(max_size=30), max_size=4)), max_size=6))
@settings(max_examples=60)
def test_whatever_stands_there_each_key_is_given_once(columns: list[tuple[str, list[str]]]) -> None:
    keys = settled([Told(label, tuple(texts)) for label, texts in columns], NAMES).keys
    given_ = [key for key in keys if key is not None]
    assert len(keys) == len(columns)
    assert len(given_) == len(set(given_))


def test_the_effect_is_told_by_gains_in_words_and_costs_are_none() -> None:
    head = (*HEADER[:7], "Đóng góp cho đơn vị", "Kinh phí")
    rows = [
        (*row[:7], gain, cost)
        for row, gain, cost in zip(ROWS, ("Bớt 5 giờ", "Giảm 12%"), ("2 triệu", "0 đồng"), strict=True)
    ]
    found = read(TITLE_LINE, grid(head, *rows))
    assert found.table is not None
    assert [row.cells["benefit"] for row in found.table.rows] == ["Bớt 5 giờ", "Giảm 12%"]
    assert found.doubts == ()


def test_sums_alone_under_unknown_words_are_no_effect() -> None:
    found = read(TITLE_LINE, grid((*HEADER[:7], "Dự toán"), *((*row[:7], "5.000.000 đồng") for row in ROWS)))
    assert found.table is not None
    assert "benefit" not in found.table.columns


@pytest.mark.parametrize("header", ["Họ tên, chức vụ", "Tác giả, chức danh, nơi công tác"])
def test_names_with_posts_under_them_are_the_authors(header: str) -> None:
    head = (HEADER[0], header, *HEADER[3:], "Quản lý trực tiếp")
    rows = [(row[0], f"{row[1]}\n{row[2]}", *row[3:], "Phan Chí Toàn") for row in ROWS]
    found = read(TITLE_LINE, grid(head, *rows))
    assert found.doubts == ()
    assert found.table is not None
    assert [row.cells["author"] for row in found.table.rows] == [f"{row[1]} {row[2]}" for row in ROWS]
    assert "position" not in found.table.columns


def test_a_group_is_no_field_where_another_column_holds_the_campaigns_fields() -> None:
    head = ("Nhóm", *HEADER[:4], "Loại hình giải pháp", *HEADER[5:])
    rows = [("Khối phục vụ", *row[:4], field, *row[5:]) for row, field in zip(ROWS, FIELDS, strict=True)]
    found = read(TITLE_LINE, grid(head, *rows))
    assert found.table is not None
    assert [row.cells["field"] for row in found.table.rows] == list(FIELDS)


def test_what_an_initiative_consists_of_is_its_summary_and_no_title() -> None:
    head = (*HEADER[:3], "Đề tài cải tiến", HEADER[4], "Sáng kiến gồm những gì", *HEADER[6:])
    found = read(TITLE_LINE, grid(head, *ROWS))
    assert found.table is not None
    assert [row.cells["title"] for row in found.table.rows] == [row[3] for row in ROWS]
    assert [row.cells["summary"] for row in found.table.rows] == [row[5] for row in ROWS]
    assert found.doubts == ()


@pytest.mark.parametrize("name", ["H'Hen Niê", "Y Bhiốt Êban", "H' Blơ Niê"])
def test_names_of_the_highlands_are_names(name: str) -> None:
    head = tuple("Thợ cả" if place == 1 else text for place, text in enumerate(HEADER))
    found = read(TITLE_LINE, grid(head, *((row[0], name, *row[2:]) for row in ROWS)))
    assert found.table is not None
    assert [row.cells["author"] for row in found.table.rows] == [name, name]


def test_a_time_of_something_else_is_not_asked_for_where_the_right_one_stands_beside_it() -> None:
    head = (*HEADER[:6], "Mốc áp dụng", HEADER[7], "Thời gian hoàn thành")
    found = read(TITLE_LINE, grid(head, *((*row, "12/2020") for row in ROWS)))
    assert found.doubts == ()
    assert found.table is not None
    assert [row.cells["applied"] for row in found.table.rows] == [row[6] for row in ROWS]


@pytest.mark.parametrize(
    "label",
    [
        "Áp dụng vào thời gian nào",
        "Sáng kiến được áp dụng khi nào?",
        "Thời gian đưa vào dạy học, công tác",
        "Bao giờ áp dụng",
    ],
)
def test_a_question_for_the_time_of_use_asks_for_no_other_time(label: str) -> None:
    found = read(TITLE_LINE, grid((*HEADER[:6], label, HEADER[7]), *ROWS))
    assert found.doubts == ()
    assert found.table is not None
    assert [row.cells["applied"] for row in found.table.rows] == [row[6] for row in ROWS]


def test_a_time_of_something_else_alone_is_for_a_person() -> None:
    head = (*HEADER[:6], "Thời gian hoàn thành", HEADER[7])
    found = read(TITLE_LINE, grid(head, *((*row[:6], "12/2020", row[7]) for row in ROWS)))
    assert found.doubts == ("“Thời gian hoàn thành” may ask for another time",)


def test_shares_of_something_are_no_post() -> None:
    head = (*HEADER[:2], *HEADER[3:7], "Đóng góp cho đơn vị")
    gains = ("55% lượng dầu được thu hồi", "Giảm 40% vải vụn")
    rows = [(*row[:2], *row[3:7], gain) for row, gain in zip(ROWS, gains, strict=True)]
    found = read(TITLE_LINE, grid(head, *rows))
    assert found.table is not None
    assert [row.cells["benefit"] for row in found.table.rows] == list(gains)


def test_what_heads_the_answers_of_a_form_is_no_effect() -> None:
    asked = [*(zip(HEADER[1:7], ROWS[0][1:7], strict=True)), ("Sáng kiến mang lại hiệu quả gì?", "Bớt 5 giờ")]
    found = read(TITLE_LINE, grid(("Câu hỏi", "Trả lời"), *asked))
    assert found.table is not None
    assert found.table.rows[0].cells["benefit"] == "Bớt 5 giờ"


def test_an_empty_time_of_application_is_not_filled_by_another_time() -> None:
    rows = [(*ROWS[0], "12/2020"), (*ROWS[1][:6], "", ROWS[1][7], "01/2021")]
    found = read(TITLE_LINE, grid((*HEADER, "Thời gian hoàn thành"), *rows))
    assert found.table is not None
    assert [row.cells["applied"] for row in found.table.rows] == [ROWS[0][6], ""]


def test_a_title_in_capitals_that_is_broken_in_its_cell_is_no_name_with_a_post() -> None:
    title = "CỌC TRUYỀN THẤP\nLẮP VÀO XE LĂN\nỞ KHOA NHI"
    head = (*HEADER[:3], "Tên sáng kiến đề nghị công nhận", *HEADER[4:])
    found = read(TITLE_LINE, grid(head, (*ROWS[0][:3], title, *ROWS[0][4:])))
    assert found.table is not None
    assert found.table.rows[0].cells["title"] == title.replace("\n", " ")
