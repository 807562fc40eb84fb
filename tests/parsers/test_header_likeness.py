"""Headers without a synonym of the campaign's: their nouns and their cells tell them, and what is doubtful is said."""

import pytest
from support.contents import HEADER, LEFT, ROWS, TITLE_LINE, content, grid
from support.interpreting import read, table_of

from dossier.model import Kind
from hoso.campaigns import example_campaign
from parsers.columns import ColumnNames
from parsers.form_lines import pairs_of_lines
from parsers.header_likeness import speaks_of

NAMES = ColumnNames.of(example_campaign())
LABELS = HEADER[1:]


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Kỹ sư thực hiện", "author"),
        ("Tên công nhân", "author"),
        ("Thuộc xưởng, đội", "position"),
        ("Nhan đề công trình", "title"),
        ("Hạng mục", "field"),
        ("Các bước đã làm", "summary"),
        ("Ngày vận hành", "applied"),
        ("Tác động mang lại", "benefit"),
        ("Sáng kiến gồm những gì", "summary"),
        ("Giải pháp như thế nào?", "summary"),
        ("Chi phí giảm được", "benefit"),
        ("Ngày đưa vào sản xuất", "applied"),
    ],
)
def test_a_header_is_told_by_its_nouns(label: str, key: str) -> None:
    assert speaks_of(label, key)


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Người thẩm định", "author"),
        ("Thành viên Hội đồng", "author"),
        ("Ngày đưa vào danh sách xét", "applied"),
        ("Mã nhân viên", "author"),
        ("Đơn vị tính", "position"),
        ("Nơi đã áp dụng", "position"),
        ("Tên người lao động", "title"),
        ("Ngày vào ngành", "applied"),
        ("Ngày công nhận", "applied"),
        ("Chi phí, hiệu quả", "benefit"),
        ("Tên biện pháp", "summary"),
        ("Sáng kiến gồm những gì", "title"),
        ("Sáng kiến có tên là gì?", "summary"),
        ("Ngày sản xuất", "applied"),
    ],
)
def test_what_only_sounds_alike_is_not(label: str, key: str) -> None:
    assert not speaks_of(label, key)


def test_a_code_of_members_is_no_author_and_a_name_of_a_measure_no_summary() -> None:
    assert NAMES.matches("Mã số đoàn viên") == ()
    assert "summary" not in {match.key for match in NAMES.matches("Tên biện pháp kỹ thuật")}


def test_a_table_without_a_synonym_for_its_author_and_time_is_read_without_doubt() -> None:
    head = (
        "STT",
        "Công nhân viên",
        "Xưởng",
        "Tên sáng kiến",
        "Hạng mục",
        "Các bước tiến hành",
        "Ngày vận hành",
        "Ý nghĩa",
    )
    found = read(TITLE_LINE, grid(head, *ROWS))
    assert [list(row.cells.values()) for row in table_of(found).rows] == [list(cells) for cells in ROWS]
    assert found.doubts == ()


@pytest.mark.parametrize("other", ["Người thẩm định", "Mã số đoàn viên"])
def test_an_author_that_is_missing_is_not_made_of_another_column(other: str) -> None:
    cells = {"Người thẩm định": "Trần Thị Thẩm", "Mã số đoàn viên": "CD0123"}
    rows = [(row[0], cells[other], *row[2:]) for row in ROWS]
    found = read(TITLE_LINE, grid((HEADER[0], other, *HEADER[2:]), *rows))
    assert found.doubts or "author" not in table_of(found).columns


@pytest.mark.parametrize("header", ["Xưởng vận hành", "Ngày kết nạp"])
def test_dates_under_a_header_that_does_not_ask_for_them_are_for_a_person(header: str) -> None:
    found = read(TITLE_LINE, grid((*HEADER[:6], header, HEADER[7]), *ROWS))
    assert found.doubts == (f"the column “{header}” was told by what stands in it alone",)


@pytest.mark.parametrize("at", ["Tháng 3/2021", "Sau khi được duyệt"])
def test_other_peoples_names_and_other_dates_do_not_take_the_place_of_the_right_ones(at: str) -> None:
    head = (
        "STT",
        "Người thẩm định",
        "Ngày công nhận",
        "Kỹ sư",
        "Tên sáng kiến",
        "Tóm tắt nội dung",
        "Đưa vào vận hành",
    )
    rows = [(row[0], "Trần Thị Thẩm", "15/01/2021", row[1], row[3], row[5], at) for row in ROWS]
    table = table_of(read(TITLE_LINE, grid(head, *rows)))
    assert [(row.cells["author"], row.cells["applied"]) for row in table.rows] == [(row[1], at) for row in ROWS]


def test_codes_that_count_on_are_the_rows_numbers() -> None:
    rows = [(f"SK{number:02d}", *row[1:]) for number, row in enumerate(ROWS, 1)]
    table = table_of(read(TITLE_LINE, grid(("Ký hiệu", *HEADER[1:]), *rows)))
    assert [row.cells["no"] for row in table.rows] == ["SK01", "SK02"]


def test_a_sum_of_money_under_the_rows_is_no_initiative() -> None:
    total = ("Tổng giá trị làm lợi", *[LEFT] * 6, "9 triệu đồng")
    assert len(table_of(read(TITLE_LINE, grid(HEADER, *ROWS, total))).rows) == 2


def test_questions_and_answers_may_stand_one_under_the_other() -> None:
    cells = [text for pair in zip(LABELS, ROWS[0][1:], strict=True) for text in pair]
    numbered = [f"{place // 2 + 1}. {text}" if place % 2 == 0 else text for place, text in enumerate(cells)]
    for each in (cells, numbered):
        (row,) = table_of(read(TITLE_LINE, grid(*((text,) for text in each)))).rows
        assert list(row.cells.values()) == list(ROWS[0][1:])


def test_question_and_answer_may_share_a_cell() -> None:
    told = [((f"{label}: {text}",) for label, text in zip(LABELS, cells[1:], strict=True)) for cells in ROWS]
    table = table_of(read(TITLE_LINE, *(grid(*rows) for rows in told)))
    assert [list(row.cells.values()) for row in table.rows] == [list(cells[1:]) for cells in ROWS]


def test_a_bulleted_question_in_unknown_words_ends_the_answer_before_it() -> None:
    labels = ("Họ và tên tác giả", "Nơi cư ngụ", "Tóm tắt nội dung", "Thời gian áp dụng")
    lines = [
        f"- {label}: {text} {number}"
        for number in (1, 2)
        for label, text in zip(labels, ("Lâm Hân", "Ấp", "Hàn", "3"), strict=True)
    ]
    pairs = pairs_of_lines(content(*lines), NAMES).pairs
    assert [pair.value for pair in pairs] == [line.split(": ")[1] for line in lines]


def test_a_part_of_an_answer_behind_a_bullet_is_no_question() -> None:
    lines = ("- Hiệu quả: tốt", "- Kinh tế: 3 triệu", "- Xã hội: tốt")
    pairs = pairs_of_lines(content(*lines), NAMES).pairs
    assert [(pair.label, pair.value) for pair in pairs] == [("Hiệu quả", "tốt"), ("", lines[1]), ("", lines[2])]


def test_a_form_of_questions_and_answers_is_a_summary_table() -> None:
    rows = [(text,) for pair in zip(LABELS, ROWS[1][1:], strict=True) for text in pair]
    assert read(TITLE_LINE, grid(*rows)).kinds == (Kind.SUMMARY_TABLE,)


def test_a_summary_may_stand_under_its_row_over_the_whole_width() -> None:
    head = [text for text in HEADER if text != "Tóm tắt nội dung sáng kiến"]
    short = [[text for place, text in enumerate(row) if place != 5] for row in ROWS]
    below = [(f"Thuyết minh tóm tắt: {row[5]}", *[LEFT] * 6) for row in ROWS]
    found = read(TITLE_LINE, grid(head, short[0], below[0], short[1], below[1]))
    assert [row.cells["summary"] for row in table_of(found).rows] == [row[5] for row in ROWS]
    assert found.doubts == ()
    (doubt,) = read(TITLE_LINE, grid(head, short[0], below[0], short[1])).doubts
    assert "no summary was found under this row" in doubt


def test_a_section_with_a_colon_is_no_summary() -> None:
    section = ("Nhóm sáng kiến: loại A", *[LEFT] * 7)
    assert len(table_of(read(TITLE_LINE, grid(HEADER, section, *ROWS))).rows) == 2


@pytest.mark.parametrize("apart", [True, False])
def test_a_table_too_wide_for_its_page_is_put_together(apart: bool) -> None:
    left = [row[:4] for row in (HEADER, *ROWS)]
    right = [(row[0], *row[4:]) for row in (HEADER, *ROWS)]
    blocks = (grid(*left), grid(*right)) if apart else (grid(*left, [""], *right),)
    found = read(TITLE_LINE, *blocks)
    assert [row.cells for row in table_of(found).rows] == [
        row.cells for row in table_of(read(TITLE_LINE, grid(HEADER, *ROWS))).rows
    ]
    assert found.doubts == ()


def test_of_a_wide_table_one_part_may_be_too_narrow_to_be_told_alone() -> None:
    left = [(row[0], row[3]) for row in (HEADER, *ROWS)]
    right = [(row[0], row[1], row[2], *row[5:]) for row in (HEADER, *ROWS)]
    found = read(TITLE_LINE, grid(*left), grid(*right))
    assert [(row.cells["title"], row.cells["summary"]) for row in table_of(found).rows] == [(r[3], r[5]) for r in ROWS]


def test_parts_whose_rows_differ_are_not_put_together() -> None:
    left = [row[:4] for row in (HEADER, *ROWS)]
    right = [(number, *row[4:]) for number, row in zip(("STT", "2", "1"), (HEADER, *ROWS), strict=True)]
    found = read(TITLE_LINE, grid(*left), grid(*right))
    assert found.doubts
    assert found.table is not None
    assert not any(row.cells.get("summary") and row.cells.get("author") for row in found.table.rows)
