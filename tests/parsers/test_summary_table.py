"""The shapes of FORMS.md, each as content made by hand."""

import pytest
from support.campaigns import forms_campaign
from support.contents import ABOVE, HEADER, LEFT, MEMO, ROWS, TITLE_LINE, content, grid

from dossier.model import Kind, Row, SummaryTable
from hoso.campaigns import example_campaign
from parsers.content import Content
from parsers.document import Interpretation, interpret

TITLES = ["Xe đẩy thuốc hai tầng", "Bảng kiểm trước mổ dán tại phòng"]


@pytest.fixture(params=[example_campaign, forms_campaign], ids=["shipped", "forms"])
def read(request: pytest.FixtureRequest):
    campaign = request.param()

    def interpreted(*blocks: object, given: Content | None = None) -> Interpretation:
        return interpret(given if given is not None else content(*blocks), campaign)

    return interpreted


def table_of(read: Interpretation, doubts: int = 0) -> SummaryTable:
    assert Kind.SUMMARY_TABLE in read.kinds
    assert len(read.doubts) == doubts, read.doubts
    assert read.table is not None
    return read.table


def titles(table: SummaryTable) -> list[str]:
    return [row.cells["title"] for row in table.rows]


def row(number: str, title: str = "", **changes: str) -> tuple[str, ...]:
    cells = dict(zip(range(8), ROWS[0], strict=True)) | {0: number, 3: title or f"Sáng kiến thứ {number}"}
    cells |= {int(place.removeprefix("c")): text for place, text in changes.items()}
    return tuple(cells.values())


def test_a_plain_table_is_read_cell_by_cell(read) -> None:
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


def test_columns_may_stand_in_any_order_and_unknown_ones_are_kept(read) -> None:
    order = (7, 5, 3, 0, 1, 6)
    header = (*(HEADER[place] for place in order), "Minh chứng kèm theo")
    rows = [(*(cells[place] for place in order), f"Ảnh {cells[0]}") for cells in ROWS]
    table = table_of(read(grid(header, *rows)))
    assert titles(table) == TITLES
    assert [dict(found.extra) for found in table.rows] == [
        {"Minh chứng kèm theo": "Ảnh 1"},
        {"Minh chứng kèm theo": "Ảnh 2"},
    ]


def test_a_header_of_two_rows_with_merged_cells_is_one_header(read) -> None:
    upper = ("STT", "Tác giả", LEFT, "Tên sáng kiến", "Tóm tắt nội dung", "Thời gian áp dụng")
    lower = (ABOVE, "Họ và tên", "Chức vụ, đơn vị", ABOVE, ABOVE, ABOVE)
    table = table_of(read(grid(upper, lower, ("1", "Lâm Thị Hân", "Điều dưỡng", "Xe đẩy", "Hàn thêm tầng", "3/2021"))))
    assert len(table.rows) == 1
    assert table.rows[0].cells["author"] == "Lâm Thị Hân"
    assert table.rows[0].cells["position"] == "Điều dưỡng"
    assert table.columns["position"] == "Tác giả / Chức vụ, đơn vị"


def test_the_lower_row_alone_may_not_say_what_it_is_about(read) -> None:
    upper = ("TT", "Sáng kiến", LEFT, LEFT, "Tác giả", "Hiệu quả", LEFT)
    lower = (ABOVE, "Tên", "Tóm tắt", "Thời gian áp dụng", ABOVE, "Kinh tế", "Xã hội")
    cells = ("1", "Xe đẩy", "Hàn thêm tầng", "3/2021", "Lâm Thị Hân", "9 triệu đồng", "Đỡ mệt")
    found = table_of(read(grid(upper, lower, cells))).rows[0]
    assert found.cells["title"] == "Xe đẩy"
    assert found.cells["benefit"] == "9 triệu đồng; Đỡ mệt"
    assert dict(found.extra) == {}


def test_a_two_row_header_in_a_sheet_without_merged_cells_is_one_header(read) -> None:
    upper = ("STT", "Tác giả", "", "Tên sáng kiến", "Tóm tắt nội dung", "Thời gian áp dụng")
    lower = ("", "Họ và tên", "Chức vụ, đơn vị", "", "", "")
    table = table_of(read(grid(upper, lower, ("1", "Lâm Thị Hân", "Điều dưỡng", "Xe đẩy", "Hàn", "3/2021"), sheet="A")))
    assert [found.cells["author"] for found in table.rows] == ["Lâm Thị Hân"]
    assert table.rows[0].cells["position"] == "Điều dưỡng"


@pytest.mark.parametrize(
    "numbers",
    [
        ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"),
        ("1", "2", "3", "4", "5", "6", "7", "8"),
        ("A", "B", "1", "2", "3", "4", "5", "6=4x5"),
        ("[1]", "[2]", "[3]", "[4]", "[5]", "[6]", "[7]", ""),
    ],
)
def test_a_row_that_numbers_the_columns_is_no_initiative(read, numbers) -> None:
    assert titles(table_of(read(grid(HEADER, numbers, *ROWS)))) == TITLES


@pytest.mark.parametrize(
    "section",
    [
        ("I. Khối lâm sàng", *[LEFT] * 7),
        ("I", "Khối lâm sàng", *[LEFT] * 6),
        ("I", "", "", "Khối lâm sàng"),
        ("I", "Khối lâm sàng"),
        ("A.", "", "", "LĨNH VỰC Y TẾ"),
        ("", "", "", "II. Khối hành chính"),
        ("", "Khối hành chính"),
        ("1", "Khối lâm sàng", *[LEFT] * 6),
    ],
)
def test_a_section_row_is_no_initiative(read, section) -> None:
    assert titles(table_of(read(grid(HEADER, section, ROWS[0], section, ROWS[1])))) == TITLES


def test_initiatives_may_be_numbered_in_roman(read) -> None:
    rows = [("I", *ROWS[0][1:]), ("II", *ROWS[1][1:])]
    table = table_of(read(grid(HEADER, *rows)))
    assert [found.cells["no"] for found in table.rows] == ["I", "II"]


@pytest.mark.parametrize(
    ("total", "count"),
    [
        (("Tổng cộng: 02 sáng kiến", *[LEFT] * 7), 2),
        (("", "Tổng cộng: 02 sáng kiến"), 2),
        (("", "", "", "Tổng cộng 02 (hai) sáng kiến"), 2),
        (("Tổng cộng", LEFT, LEFT, "02 sáng kiến", "", "", "", "159.000.000 đồng"), 2),
        (("", "Tổng số", "", "2"), 2),
        (("Cộng", "", "", "", "", "", "", "159.000.000"), None),
        (("", "TỔNG: 2"), 2),
    ],
)
def test_a_total_is_no_initiative_and_says_how_many(read, total, count) -> None:
    table = table_of(read(grid(HEADER, *ROWS, total)))
    assert titles(table) == TITLES
    assert table.stated_total == count


def test_a_line_under_the_table_may_state_the_total(read) -> None:
    assert table_of(read(grid(HEADER, *ROWS), "(Danh sách này có 02 sáng kiến)")).stated_total == 2


def test_subtotals_of_sections_do_not_end_the_table(read) -> None:
    rows = (("I. Khối A", *[LEFT] * 7), row("1"), ("", "Cộng: 1 sáng kiến"), ("II. Khối B", *[LEFT] * 7), row("2"))
    table = table_of(read(grid(HEADER, *rows, ("", "Tổng cộng: 2 sáng kiến"))))
    assert len(table.rows) == 2
    assert table.stated_total == 2


def test_an_author_merged_downwards_stands_in_each_row_it_covers(read) -> None:
    second = ("2", ABOVE, ABOVE, *ROWS[1][3:])
    table = table_of(read(grid(HEADER, ROWS[0], second)))
    assert [found.cells["author"] for found in table.rows] == ["Lâm Thị Ngọc Hân"] * 2
    assert titles(table) == TITLES


def test_a_row_that_is_wholly_merged_with_the_one_above_is_no_initiative(read) -> None:
    assert titles(table_of(read(grid(HEADER, ROWS[0], (ABOVE,) * 8, ROWS[1])))) == TITLES


def test_authors_on_rows_of_their_own_under_one_merged_title_are_one_initiative(read) -> None:
    second = (ABOVE, "Quách Văn Kỳ", "Hộ lý khoa Nhi", ABOVE, ABOVE, ABOVE, ABOVE, ABOVE)
    table = table_of(read(grid(HEADER, ROWS[0], second, ROWS[1])))
    assert titles(table) == TITLES
    assert table.rows[0].cells["author"] == "Lâm Thị Ngọc Hân Quách Văn Kỳ"
    assert table.rows[0].cells["summary"] == ROWS[0][5]


def test_authors_on_unmerged_rows_of_their_own_are_joined_and_a_person_is_told(read) -> None:
    table = table_of(read(grid(HEADER, ROWS[0], ("", "Quách Văn Kỳ", "Hộ lý"), ROWS[1])), doubts=1)
    assert titles(table) == TITLES
    assert table.rows[0].cells["author"] == "Lâm Thị Ngọc Hân Quách Văn Kỳ"


def test_co_authors_on_several_lines_of_one_cell_are_joined(read) -> None:
    table = table_of(read(grid(HEADER, row("1", c1="Lâm Thị Hân\nTạ Quang Hiển"))))
    assert table.rows[0].cells["author"] == "Lâm Thị Hân Tạ Quang Hiển"


def test_a_word_broken_at_its_hyphen_is_whole_again_and_a_dash_keeps_its_space(read) -> None:
    found = table_of(read(grid(HEADER, row("1", c3="Sàng lọc Covid-\n19", c2="Phòng Kế hoạch -\nNghiệp vụ")))).rows[0]
    assert found.cells["title"] == "Sàng lọc Covid-19"
    assert found.cells["position"] == "Phòng Kế hoạch - Nghiệp vụ"


def test_a_row_split_over_two_pages_is_one_initiative(read) -> None:
    first = grid(HEADER, row("1", c5="Hàn thêm tầng\ndưới cho", c1="Lâm Thị\nNgọc"), page=1)
    rest = ("", "Hân", "", "", "", "xe đẩy thuốc.", "", "")
    table = table_of(read(first, grid(HEADER, rest, row("2"), page=2)))
    assert len(table.rows) == 2
    assert table.rows[0].cells["summary"] == "Hàn thêm tầng dưới cho xe đẩy thuốc."
    assert table.rows[0].cells["author"] == "Lâm Thị Ngọc Hân"
    assert table.rows[0].cells["title"] == "Sáng kiến thứ 1"


def test_a_table_without_numbers_goes_on_over_the_page_where_the_title_is_empty(read) -> None:
    header, cells = HEADER[1:], [cells[1:] for cells in ROWS]
    split = grid(header, cells[0], page=1), grid(header, ("", "", "", "", "và dưới.", "", ""), cells[1], page=2)
    table = table_of(read(*split))
    assert titles(table) == TITLES
    assert table.rows[0].cells["summary"] == f"{ROWS[0][5]} và dưới."
    whole = table_of(read(grid(header, cells[0], page=1), grid(header, cells[1], page=2)))
    assert titles(whole) == TITLES


def test_a_page_without_the_header_goes_on_with_the_table(read) -> None:
    table = table_of(read(grid(HEADER, row("1"), page=1), "2", grid(row("2"), row("3"), page=2)))
    assert [found.cells["no"] for found in table.rows] == ["1", "2", "3"]
    assert table.rows[2].place == "trang 2"


def test_a_signature_or_another_table_behind_does_not_go_on_with_the_table(read) -> None:
    signature = grid(("NGƯỜI LẬP BIỂU\n\nLâm Thị Hân", "TM. BAN CHẤP HÀNH\nCHỦ TỊCH\n\nVương Thế Lữ"), ruled=False)
    contacts = grid(
        ("STT", "Họ và tên", "Điện thoại", "Email"), ("1", "Lâm Thị Hân", "0900 000 000", "han@cdcs.example")
    )
    assert titles(table_of(read(grid(HEADER, *ROWS), signature, contacts))) == TITLES


def test_the_header_repeated_on_every_page_is_no_initiative(read) -> None:
    table = table_of(read(grid(HEADER, ROWS[0], HEADER, ROWS[1]), grid(HEADER, row("3"))))
    assert titles(table) == [*TITLES, "Sáng kiến thứ 3"]


def test_the_lower_header_row_repeated_alone_is_no_initiative(read) -> None:
    upper = ("STT", "Tác giả", LEFT, "Tên sáng kiến", "Tóm tắt nội dung", "Thời gian áp dụng")
    lower = (ABOVE, "Họ và tên", "Chức vụ, đơn vị", ABOVE, ABOVE, ABOVE)
    cells = ("1", "Lâm Thị Hân", "Điều dưỡng", "Xe đẩy", "Hàn", "3/2021")
    repeated = ("", "Họ và tên", "Chức vụ, đơn vị", "", "", "")
    assert len(table_of(read(grid(upper, lower, cells, repeated, ("2", *cells[1:])))).rows) == 2


def test_tables_for_each_block_are_one_table(read) -> None:
    blocks = ("I. KHỐI LÂM SÀNG", grid(HEADER, row("1")), "II. KHỐI HÀNH CHÍNH", grid(HEADER, row("1", "Kho lạnh")))
    assert titles(table_of(read(TITLE_LINE, *blocks))) == ["Sáng kiến thứ 1", "Kho lạnh"]


def test_an_unrelated_table_before_it_is_passed_over(read) -> None:
    contacts = grid(("STT", "Họ và tên", "Chức vụ", "Điện thoại"), ("1", "Vương Thế Lữ", "Chủ tịch", "0900 000 000"))
    assert titles(table_of(read(contacts, TITLE_LINE, grid(HEADER, *ROWS)))) == TITLES


def test_a_list_of_people_alone_is_no_summary_table(read) -> None:
    contacts = grid(("STT", "Họ và tên", "Chức vụ", "Điện thoại"), ("1", "Vương Thế Lữ", "Chủ tịch", "0900 000 000"))
    assert read(contacts).kinds == (Kind.OTHER,)
    assert read(contacts).doubts == ()


def test_a_sheet_may_have_letterhead_header_total_and_signature(read) -> None:
    rows = (
        ("CĐCS BỆNH VIỆN MẮT SÔNG PHỐ",),
        (TITLE_LINE, *[LEFT] * 7),
        ("(Kèm theo Tờ trình số 12/TTr-CĐCS)", *[LEFT] * 7),
        (),
        HEADER,
        *ROWS,
        ("", "Tổng cộng: 02 sáng kiến"),
        (),
        ("", "", "", "", "", "Biên Hòa, ngày 14 tháng 4 năm 2021"),
        ("", "NGƯỜI LẬP BIỂU", "", "", "", "TM. BAN CHẤP HÀNH"),
        ("", "", "", "", "", "CHỦ TỊCH"),
        (),
        ("", "Lâm Thị Ngọc Hân", "", "", "", "Vương Thế Lữ"),
    )
    read_ = read(grid(*rows, sheet="Tong hop"))
    assert read_.kinds == (Kind.SUMMARY_TABLE,)
    table = table_of(read_)
    assert titles(table) == TITLES
    assert table.rows[0].place == "Tong hop, dòng 6"
    assert table.stated_total == 2


def test_several_sheets_are_one_table_and_a_copied_sheet_adds_nothing(read) -> None:
    sheets = grid(HEADER, row("1"), sheet="Lam sang"), grid(HEADER, row("1", "Kho lạnh"), sheet="Hanh chinh")
    assert titles(table_of(read(*sheets))) == ["Sáng kiến thứ 1", "Kho lạnh"]
    copied = grid(HEADER, *ROWS, sheet="Sheet1"), grid(HEADER, *ROWS, sheet="Sheet1 (2)")
    assert titles(table_of(read(*copied))) == TITLES


def test_a_table_behind_the_memo_in_one_file_is_both(read) -> None:
    found = read(*MEMO, TITLE_LINE, "(Kèm theo Tờ trình)", grid(HEADER, *ROWS))
    assert found.kinds == (Kind.MEMO, Kind.SUMMARY_TABLE)
    assert found.memo is not None
    assert found.memo.signer == "Vương Thế Lữ"
    assert titles(table_of(found)) == TITLES


def test_a_table_inside_the_memo_is_both(read) -> None:
    *before, signature = MEMO
    found = read(*before, grid(HEADER, *ROWS), signature)
    assert found.kinds == (Kind.MEMO, Kind.SUMMARY_TABLE)
    assert found.memo is not None
    assert found.memo.signer == "Vương Thế Lữ"


@pytest.mark.parametrize("blank", [[], [("1",), ("2",), ("3",)], [("",) * 8, ("1.", " ", "\n")], [("…",) * 0]])
def test_a_table_without_initiatives_is_an_empty_one(read, blank) -> None:
    assert table_of(read(TITLE_LINE, grid(HEADER, *blank))).rows == ()


@pytest.mark.parametrize("empty", [1, 2, 3, 4, 5, 6, 7])
def test_an_initiative_with_an_empty_cell_remains_an_initiative(read, empty) -> None:
    table = table_of(read(grid(HEADER, row("1", **{f"c{empty}": ""}), ROWS[1])))
    assert len(table.rows) == 2
    assert list(table.rows[0].cells.values()).count("") == 1


def test_an_initiative_kept_secret_gives_only_its_name(read) -> None:
    table = table_of(read(grid(HEADER, ROWS[0], ("2", "", "", "Quy trình bào chế cao lỏng"))))
    assert titles(table) == [TITLES[0], "Quy trình bào chế cao lỏng"]


@pytest.mark.parametrize("missing", [1, 3, 5, 6])
def test_a_missing_mandatory_column_leaves_a_summary_table(read, missing) -> None:
    cut = [tuple(text for place, text in enumerate(cells) if place != missing) for cells in (HEADER, *ROWS)]
    table = table_of(read(grid(*cut)))
    assert len(table.rows) == 2
    key = {1: "author", 3: "title", 5: "summary", 6: "applied"}[missing]
    assert key not in table.columns
    assert all(key not in found.cells for found in table.rows)


def test_a_header_that_names_one_mandatory_column_is_doubtful_never_guessed(read) -> None:
    few = grid(("STT", "Họ và tên", "Đơn vị", "Hiệu quả"), ("1", "Lâm Thị Hân", "Khoa Nhi", "Tốt"))
    assert len(read(TITLE_LINE, few).doubts) == 1
    assert read(few).kinds == (Kind.OTHER,)


def test_a_title_over_no_table_is_doubtful(read) -> None:
    found = read(TITLE_LINE, "(Kèm theo Tờ trình số 12/TTr-CĐCS)")
    assert found.kinds == (Kind.OTHER,)
    assert len(found.doubts) == 1


def test_two_columns_for_one_thing_lose_no_text(read) -> None:
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
    found = table_of(read(grid(header, cells, ("2", *cells[1:2], "", *cells[3:])))).rows
    assert {found[0].cells["position"], *found[0].extra.values()} == {"Điều dưỡng", "Khoa Nhi"}
    assert found[1].cells["position"] == "Khoa Nhi"
    assert dict(found[1].extra) == {}


def test_a_column_without_a_name_that_counts_is_the_number(read) -> None:
    table = table_of(read(grid(("", *HEADER[1:]), *ROWS)))
    assert [found.cells["no"] for found in table.rows] == ["1", "2"]
    assert all(dict(found.extra) == {} for found in table.rows)


def test_word_rows_whose_edges_differ_by_a_hair_are_laid_under_the_header_in_their_order(read) -> None:
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


def test_text_that_was_not_nfc_is_nfc(read) -> None:
    decomposed = "Bảng kiểm"
    found = table_of(read(grid(HEADER, row("1", c3=decomposed)))).rows[0]
    assert found.cells["title"] == "Bảng kiểm"
