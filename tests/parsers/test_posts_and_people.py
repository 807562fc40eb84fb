"""Columns whose cells are on no list of posts, places or families, and columns with crosses under a common header."""

import pytest
from support.contents import ABOVE, HEADER, LEFT, ROWS, TITLE_LINE, content, grid

from dossier.campaign import AUTHOR, FIELD, NO, POSITION
from dossier.model import SummaryTable
from hoso.campaigns import example_campaign
from parsers.column_holders import Told
from parsers.column_values import settled
from parsers.columns import ColumnNames
from parsers.content import Grid
from parsers.document import interpret
from parsers.header_likeness import speaks_of
from parsers.posts_and_people import asks_for_post

PLACES = ("Kho K862", "NV kho", "Vườn ươm", "Khối lớp 4")


def table_of(*grids: Grid) -> SummaryTable:
    found = interpret(content(TITLE_LINE, *grids), example_campaign())
    assert found.table is not None
    assert found.doubts == ()
    return found.table


def headed(place: int, label: str, *texts: str) -> Grid:
    """The table with another header over a column, and other cells under it."""
    bodies = (ROWS[number % len(ROWS)] for number in range(len(texts)))
    rows = (
        tuple(text if n == place else cell for n, cell in enumerate(row))
        for text, row in zip(texts, bodies, strict=True)
    )
    return grid(tuple(label if n == place else name for n, name in enumerate(HEADER)), *rows)


def key_of(label: str, *texts: str) -> str | None:
    return settled([Told(label, texts)], ColumnNames.of(example_campaign())).keys[0]


@pytest.mark.parametrize(
    "label", ["Điểm trường/tổ", "Đội/Trạm/Bến", "Thuộc phòng", "Bộ phận/chuyền", "Cấp bậc, chức vụ"]
)
def test_a_place_of_work_is_told_by_its_header_whatever_it_is_called(label: str) -> None:
    table = table_of(headed(2, label, *PLACES))
    assert [row.cells[POSITION] for row in table.rows] == list(PLACES)


@pytest.mark.parametrize(
    "label",
    ["Đơn vị tính", "Nơi áp dụng", "Đơn vị công nhận", "Trình độ chuyên môn", "Nội dung minh chứng", "Số quyết định"],
)
def test_other_short_columns_are_no_places_of_work(label: str) -> None:
    assert not asks_for_post(label)
    assert key_of(label, *PLACES) != POSITION


def test_a_header_of_posts_over_dates_is_still_none() -> None:
    assert key_of("Đơn vị", "Tháng 3/2021", "Tháng 4/2021") != POSITION


@pytest.mark.parametrize(
    "names",
    [
        ("KHA VĨNH DƠ", "MOONG THỊ LẢ", "TẤT MẾN", "CHAMALÉA TẤN ĐÀO"),
        ("Út", "Ông Lộc", "Quách Hoàng Tiên -\nDanh Chí Phụng", "A Ngọc Nhất"),
    ],
    ids=["in capitals, of any family", "of one syllable"],
)
@pytest.mark.parametrize("label", ["Thành viên thực hiện", "CBCC, VC, NLĐ", "Người có giải pháp"])
def test_names_are_told_where_the_header_asks_for_people(label: str, names: tuple[str, ...]) -> None:
    assert key_of(label, *names) == AUTHOR


def test_names_that_tell_themselves_go_before_words_in_capitals_under_such_a_header() -> None:
    told = [Told("Thành viên tham gia", ("HỘI", "TỔ")), Told("Chủ đề tài", ("Lâm Thị Ngọc Hân", "Tạ Quang Hiển"))]
    assert settled(told, ColumnNames.of(example_campaign())).keys == (None, AUTHOR)


def test_the_number_three_asks_for_no_woman() -> None:
    assert key_of("Lần thứ ba", "ĐẠT", "KHÁ", "GIỎI") != AUTHOR


def test_posts_under_such_a_header_are_no_names() -> None:
    assert key_of("Người lao động", "Điều dưỡng trưởng khoa", "Bác sĩ khoa Nhi", "Văn thư", "Lái xe") != AUTHOR


def test_titles_in_capitals_under_another_header_are_no_names() -> None:
    assert key_of("Kết quả nghiên cứu", "CỌC TRUYỀN THẤP", "XE LĂN GẤP GỌN", "VAN XẢ CẶN", "BÀN LÀ HƠI") != AUTHOR


@pytest.mark.parametrize("label", ["Xếp loại cấp cơ sở", "Trình độ chuyên môn", "Xếp loại"])
def test_marks_and_schooling_are_no_field(label: str) -> None:
    assert not speaks_of(label, FIELD)


def test_the_other_spelling_of_a_field_is_one() -> None:
    label = "Thuộc lãnh vực"
    assert [row.cells[FIELD] for row in table_of(headed(4, label, "Chuyên môn", "Nghiệp vụ")).rows][:1] == [
        "Chuyên môn"
    ]


def test_a_single_code_numbers_its_row_under_numbers_of_columns() -> None:
    index = tuple(f"({number})" for number in range(1, 9))
    table = table_of(grid(("Số", *HEADER[1:]), index, ("SK-1", *ROWS[0][1:])))
    assert [row.cells[NO] for row in table.rows] == ["SK-1"]


def test_the_header_of_numbers_again_over_every_initiative_is_no_number() -> None:
    header = ("Số", *HEADER[1:])
    parts = (line for number, row in enumerate(ROWS * 2, 1) for line in (header, (str(number), *row[1:])))
    assert [row.cells[NO] for row in table_of(grid(*parts)).rows] == ["1", "2", "3", "4"]


TICKED = (
    (*HEADER[:4], "Lĩnh vực", LEFT, LEFT, *HEADER[5:]),
    (*[ABOVE] * 4, "Quản lý", "Kỹ thuật", "Chuyên môn", *[ABOVE] * 3),
)


@pytest.mark.parametrize("mark", ["X", "x", "✓", "√"])
def test_a_cross_says_what_its_header_says(mark: str) -> None:
    crosses = (("", mark, ""), (mark, "", mark))
    rows = ((*row[:4], *cross, *row[5:]) for row, cross in zip(ROWS, crosses, strict=True))
    table = table_of(grid(*TICKED, *rows))
    assert [row.cells[FIELD] for row in table.rows] == ["Kỹ thuật", "Quản lý; Chuyên môn"]


def test_words_instead_of_crosses_stay_as_they_are() -> None:
    rows = ((*row[:4], "", "Điện", "", *row[5:]) for row in ROWS)
    assert [row.cells[FIELD] for row in table_of(grid(*TICKED, *rows)).rows] == ["Điện", "Điện"]
