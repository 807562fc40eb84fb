"""The shapes of FORMS.md, each as content made by hand: headers, cells and rows."""

import pytest
from support.campaigns import forms_campaign
from support.contents import ABOVE, HEADER, LEFT, ROWS, TITLE_LINE, content, grid
from support.interpreting import TITLES, read, row, table_of, titles

from dossier.campaign import Campaign
from dossier.model import Row
from hoso.campaigns import example_campaign
from parsers.document import interpret


def test_a_plain_table_is_read_cell_by_cell() -> None:
    table = table_of(read(TITLE_LINE, grid(HEADER, *ROWS)))
    assert dict(table.rows[1].cells) == {
        "no": "2",
        "author": "Tạ Quang Hiển",
        "position": "Bác sĩ khoa Ngoại",
        "title": "Bảng kiểm trước mổ dán tại phòng",
        "field": "Cải cách hành chính",
        "summary": "In bảng kiểm khổ lớn, ký trước khi rạch da.",
        "applied": "01/3/2021",
        "benefit": "Không tính được bằng tiền",
    }
    assert table.columns["applied"] == "Thời gian áp dụng"
    assert table.rows[1].place == "bảng 1, dòng 3"


def test_rows_on_the_next_page_whose_first_number_was_misread_are_more_of_the_table() -> None:
    row = ("Ninh Tường Quý", "Chuyên viên khoa Mắt", "Hệ thống thu nước ngưng máy lạnh tưới cây", *ROWS[1][4:])
    more = [("II", "Khối lâm sàng", *[LEFT] * 6), ("II 3", *row), ("4", *row)]
    found = interpret(content(TITLE_LINE, grid(HEADER, *ROWS, page=1), grid(*more, page=2)), forms_campaign())
    assert found.table is not None
    assert len(found.table.rows) == len(ROWS) + 2


def test_rows_on_the_next_page_that_count_from_elsewhere_are_for_a_person() -> None:
    more = [("7", *ROWS[0][1:]), ("8", *ROWS[1][1:])]
    found = interpret(content(TITLE_LINE, grid(HEADER, *ROWS, page=1), grid(*more, page=2)), forms_campaign())
    assert found.table is not None
    assert len(found.table.rows) == len(ROWS)
    assert any("more of the table" in doubt for doubt in found.doubts)


def test_columns_may_stand_in_any_order_and_unknown_ones_are_kept() -> None:
    order = (7, 5, 3, 0, 1, 6)
    header = (*(HEADER[place] for place in order), "Minh chứng kèm theo")
    rows = [(*(cells[place] for place in order), f"Ảnh {cells[0]}") for cells in ROWS]
    table = table_of(read(grid(header, *rows)))
    assert titles(table) == TITLES
    assert [dict(found.extra) for found in table.rows] == [
        {"Minh chứng kèm theo": "Ảnh 1"},
        {"Minh chứng kèm theo": "Ảnh 2"},
    ]


def test_a_header_of_two_rows_with_merged_cells_is_one_header() -> None:
    upper = ("STT", "Tác giả", LEFT, "Tên sáng kiến", "Tóm tắt nội dung", "Thời gian áp dụng")
    lower = (ABOVE, "Họ và tên", "Chức vụ, đơn vị", ABOVE, ABOVE, ABOVE)
    table = table_of(read(grid(upper, lower, ("1", "Lâm Thị Hân", "Điều dưỡng", "Xe đẩy", "Hàn thêm tầng", "3/2021"))))
    assert len(table.rows) == 1
    assert table.rows[0].cells["author"] == "Lâm Thị Hân"
    assert table.rows[0].cells["position"] == "Điều dưỡng"
    assert table.columns["position"] == "Tác giả / Chức vụ, đơn vị"


def test_the_lower_row_alone_may_not_say_what_it_is_about() -> None:
    upper = ("TT", "Sáng kiến", LEFT, LEFT, "Tác giả", "Hiệu quả", LEFT)
    lower = (ABOVE, "Tên", "Tóm tắt", "Thời gian áp dụng", ABOVE, "Kinh tế", "Xã hội")
    cells = ("1", "Xe đẩy", "Hàn thêm tầng", "3/2021", "Lâm Thị Hân", "9 triệu đồng", "Đỡ mệt")
    found = table_of(read(grid(upper, lower, cells))).rows[0]
    assert found.cells["title"] == "Xe đẩy"
    assert found.cells["benefit"] == "9 triệu đồng; Đỡ mệt"
    assert dict(found.extra) == {}


@pytest.mark.parametrize(
    "numbers",
    [
        ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"),
        ("1", "2", "3", "4", "5", "6", "7", "8"),
        ("A", "B", "1", "2", "3", "4", "5", "6=4x5"),
        ("[1]", "[2]", "[3]", "[4]", "[5]", "[6]", "[7]", ""),
    ],
)
def test_a_row_that_numbers_the_columns_is_no_initiative(numbers) -> None:
    assert titles(table_of(read(grid(HEADER, numbers, *ROWS)))) == TITLES


def test_initiatives_may_be_numbered_in_roman() -> None:
    rows = [("I", *ROWS[0][1:]), ("II", *ROWS[1][1:])]
    table = table_of(read(grid(HEADER, *rows)))
    assert [found.cells["no"] for found in table.rows] == ["I", "II"]


def test_an_author_merged_downwards_stands_in_each_row_it_covers() -> None:
    second = ("2", ABOVE, ABOVE, *ROWS[1][3:])
    table = table_of(read(grid(HEADER, ROWS[0], second)))
    assert [found.cells["author"] for found in table.rows] == ["Lâm Thị Ngọc Hân"] * 2
    assert titles(table) == TITLES


def test_a_row_that_is_wholly_merged_with_the_one_above_is_no_initiative() -> None:
    assert titles(table_of(read(grid(HEADER, ROWS[0], (ABOVE,) * 8, ROWS[1])))) == TITLES


def test_authors_on_rows_of_their_own_under_one_merged_title_are_one_initiative() -> None:
    second = (ABOVE, "Quách Văn Kỳ", "Hộ lý khoa Nhi", ABOVE, ABOVE, ABOVE, ABOVE, ABOVE)
    table = table_of(read(grid(HEADER, ROWS[0], second, ROWS[1])))
    assert titles(table) == TITLES
    assert table.rows[0].cells["author"] == "Lâm Thị Ngọc Hân\nQuách Văn Kỳ"
    assert table.rows[0].cells["summary"] == ROWS[0][5]


def test_authors_on_unmerged_rows_of_their_own_stay_apart_and_a_person_is_told() -> None:
    table = table_of(read(grid(HEADER, ROWS[0], ("", "Quách Văn Kỳ", "Hộ lý"), ROWS[1])), doubts=1)
    assert titles(table) == TITLES
    assert table.rows[0].cells["author"] == "Lâm Thị Ngọc Hân\nQuách Văn Kỳ"


def test_co_authors_on_several_lines_of_one_cell_stay_apart() -> None:
    table = table_of(read(grid(HEADER, row("1", c1="Lâm Thị Hân\nTạ Quang Hiển"))))
    assert table.rows[0].cells["author"] == "Lâm Thị Hân\nTạ Quang Hiển"


def test_a_word_broken_at_its_hyphen_is_whole_again_and_a_dash_keeps_its_space() -> None:
    found = table_of(read(grid(HEADER, row("1", c3="Sàng lọc Covid-\n19", c2="Phòng Kế hoạch -\nNghiệp vụ")))).rows[0]
    assert found.cells["title"] == "Sàng lọc Covid-19"
    assert found.cells["position"] == "Phòng Kế hoạch - Nghiệp vụ"


def test_tables_for_each_block_are_one_table() -> None:
    blocks = ("I. KHỐI LÂM SÀNG", grid(HEADER, row("1")), "II. KHỐI HÀNH CHÍNH", grid(HEADER, row("1", "Kho lạnh")))
    assert titles(table_of(read(TITLE_LINE, *blocks))) == ["Sáng kiến thứ 1", "Kho lạnh"]


@pytest.mark.parametrize("empty", [1, 2, 3, 4, 5, 6, 7])
def test_an_initiative_with_an_empty_cell_remains_an_initiative(empty) -> None:
    table = table_of(read(grid(HEADER, row("1", **{f"c{empty}": ""}), ROWS[1])))
    assert len(table.rows) == 2
    assert list(table.rows[0].cells.values()).count("") == 1


def test_an_initiative_kept_secret_gives_only_its_name() -> None:
    table = table_of(read(grid(HEADER, ROWS[0], ("2", "", "", "Quy trình bào chế cao lỏng"))))
    assert titles(table) == [TITLES[0], "Quy trình bào chế cao lỏng"]


@pytest.mark.parametrize("campaign", [example_campaign(), forms_campaign()], ids=["shipped", "forms"])
def test_two_columns_for_one_thing_lose_no_text(campaign: Campaign) -> None:
    header = (
        "STT",
        "Họ và tên",
        "Chức vụ",
        "Đơn vị công tác",
        "Tên sáng kiến",
        "Tóm tắt nội dung",
        "Thời gian áp dụng",
    )
    cells = ("1", "Lâm Thị Hân", "Điều dưỡng", "Khoa Nhi", "Xe đẩy", "Hàn thêm tầng", "3/2021")
    table = grid(header, cells, ("2", *cells[1:2], "", *cells[3:]))
    found = table_of(interpret(content(table), campaign)).rows
    assert {found[0].cells["position"], *found[0].extra.values()} == {"Điều dưỡng", "Khoa Nhi"}
    assert found[1].cells["position"] == "Khoa Nhi"
    assert dict(found[1].extra) == {}


def test_a_column_without_a_name_that_counts_is_the_number() -> None:
    table = table_of(read(grid(("", *HEADER[1:]), *ROWS)))
    assert [found.cells["no"] for found in table.rows] == ["1", "2"]
    assert all(dict(found.extra) == {} for found in table.rows)


def test_word_rows_whose_edges_differ_by_a_hair_are_laid_under_the_header_in_their_order() -> None:
    header = ("STT", "Tác giả", LEFT, "Tên sáng kiến", "Tóm tắt nội dung", "Thời gian áp dụng")
    cells = ("1", "Lâm Thị Hân", "Xe đẩy", LEFT, "Hàn thêm tầng", "3/2021")
    found: Row = table_of(read(grid(header, cells))).rows[0]
    assert dict(found.cells) == {
        "no": "1",
        "author": "Lâm Thị Hân",
        "title": "Xe đẩy",
        "summary": "Hàn thêm tầng",
        "applied": "3/2021",
    }


def test_text_that_was_not_nfc_is_nfc() -> None:
    decomposed = "Bảng kiểm"
    found = table_of(read(grid(HEADER, row("1", c3=decomposed)))).rows[0]
    assert found.cells["title"] == "Bảng kiểm"


def test_rows_of_a_blank_form_that_nobody_filled_in_are_no_initiatives() -> None:
    dots = ("…", *("……",) * 7)
    assert titles(table_of(read(grid(HEADER, *ROWS, ("3", *("...",) * 7), dots)))) == TITLES


def test_a_row_with_neither_number_nor_author_is_for_a_person_to_look_at() -> None:
    found = read(TITLE_LINE, grid(HEADER, ROWS[0], ("", "", "", *ROWS[1][3:])))
    assert titles(table_of(found, doubts=1)) == TITLES
    assert any("neither number nor author" in doubt for doubt in found.doubts)


def test_headers_are_told_when_they_are_abbreviated() -> None:
    header = ("TT", "Họ tên TG", "Tên SK", "ND tóm tắt", "TG áp dụng")
    found = interpret(
        content(grid(header, ("1", "Lâm Thị Hân", "Xe đẩy", "Hàn thêm tầng", "3/2021"))), example_campaign()
    )
    assert dict(table_of(found).rows[0].cells) == {
        "no": "1", "author": "Lâm Thị Hân", "title": "Xe đẩy", "summary": "Hàn thêm tầng", "applied": "3/2021"
    }  # fmt: skip
