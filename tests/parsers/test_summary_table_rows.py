"""Which rows are initiatives, over pages, sheets, sections and totals; each as content made by hand."""

import pytest
from support.contents import ABOVE, HEADER, LEFT, MEMO, ROWS, TITLE_LINE, grid
from support.interpreting import TITLES, read, row, table_of, titles

from dossier.model import Kind


def test_a_two_row_header_in_a_sheet_without_merged_cells_is_one_header() -> None:
    upper = ("STT", "Tác giả", "", "Tên sáng kiến", "Tóm tắt nội dung", "Thời gian áp dụng")
    lower = ("", "Họ và tên", "Chức vụ, đơn vị", "", "", "")
    table = table_of(read(grid(upper, lower, ("1", "Lâm Thị Hân", "Điều dưỡng", "Xe đẩy", "Hàn", "3/2021"), sheet="A")))
    assert [found.cells["author"] for found in table.rows] == ["Lâm Thị Hân"]
    assert table.rows[0].cells["position"] == "Điều dưỡng"


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
        ("HỊ", "Các trạm y tế", *[LEFT] * 6),
    ],
)
def test_a_section_row_is_no_initiative(section) -> None:
    assert titles(table_of(read(grid(HEADER, section, ROWS[0], section, ROWS[1])))) == TITLES


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
def test_a_total_is_no_initiative_and_says_how_many(total, count) -> None:
    table = table_of(read(grid(HEADER, *ROWS, total)))
    assert titles(table) == TITLES
    assert table.stated_total == count


def test_numbers_of_columns_are_told_where_one_of_them_was_printed_over() -> None:
    index = ("(1)", "(2)", "(3)", "(4)", "d(ẫ5n))", "(6)", "(7)", "(8)")
    assert titles(table_of(read(grid(HEADER, index, *ROWS)))) == TITLES


def _example(mark: str, author: str) -> tuple[str, ...]:
    return (mark, author, "Chức vụ", "Tên sáng kiến X", "Nêu cách làm", "03/2021", "…", "10.000.000đ")


@pytest.mark.parametrize("mark", ["VD", "Ví dụ:", "(ví dụ)", "Mẫu", "VD 1"])
def test_the_example_of_the_blank_form_is_no_initiative(mark: str) -> None:
    found = read(grid(HEADER, _example(mark, "Nguyễn Văn A"), *ROWS))
    assert titles(table_of(found)) == TITLES
    assert found.doubts == ()


def test_an_example_that_names_somebody_may_be_an_initiative_and_a_person_is_told() -> None:
    found = read(grid(HEADER, _example("VD", "Lâm Thị Hân"), *ROWS))
    assert titles(table_of(found, doubts=1)) == TITLES
    assert any("not certain whether this row is an initiative" in doubt for doubt in found.doubts)


def test_somebody_who_is_told_by_a_letter_may_have_an_initiative() -> None:
    assert titles(table_of(read(grid(HEADER, row("1", c1="Nguyễn Văn A"))))) == ["Sáng kiến thứ 1"]


def test_a_line_under_the_table_may_state_the_total() -> None:
    assert table_of(read(grid(HEADER, *ROWS), "(Danh sách này có 02 sáng kiến)")).stated_total == 2


def test_subtotals_of_sections_do_not_end_the_table() -> None:
    rows = (("I. Khối A", *[LEFT] * 7), row("1"), ("", "Cộng: 1 sáng kiến"), ("II. Khối B", *[LEFT] * 7), row("2"))
    table = table_of(read(grid(HEADER, *rows, ("", "Tổng cộng: 2 sáng kiến"))))
    assert len(table.rows) == 2
    assert table.stated_total == 2


def test_a_row_split_over_two_pages_is_one_initiative() -> None:
    first = grid(HEADER, row("1", c5="Hàn thêm tầng\ndưới cho", c1="Lâm Thị\nNgọc"), page=1)
    rest = ("", "Hân", "", "", "", "xe đẩy thuốc.", "", "")
    table = table_of(read(first, grid(HEADER, rest, row("2"), page=2)))
    assert len(table.rows) == 2
    assert table.rows[0].cells["summary"] == "Hàn thêm tầng dưới cho xe đẩy thuốc."
    assert table.rows[0].cells["author"] == "Lâm Thị Ngọc Hân"
    assert table.rows[0].cells["title"] == "Sáng kiến thứ 1"


def test_a_table_without_numbers_goes_on_over_the_page_where_the_title_is_empty() -> None:
    header, cells = HEADER[1:], [cells[1:] for cells in ROWS]
    split = grid(header, cells[0], page=1), grid(header, ("", "", "", "", "và dưới.", "", ""), cells[1], page=2)
    table = table_of(read(*split))
    assert titles(table) == TITLES
    assert table.rows[0].cells["summary"] == f"{ROWS[0][5]} và dưới."
    whole = table_of(read(grid(header, cells[0], page=1), grid(header, cells[1], page=2)))
    assert titles(whole) == TITLES


def test_a_row_split_over_two_pages_is_one_though_nothing_is_numbered_and_its_title_goes_on() -> None:
    bare = [cells[1:] for cells in (HEADER, *ROWS)]
    rest = ("", "", "hai tầng có khóa", "sản phẩm mới", "và sơn chống gỉ.", "", "")
    table = table_of(read(grid(*bare[:2], page=1), grid(bare[0], rest, *bare[2:], page=2)))
    assert titles(table) == [f"{TITLES[0]} hai tầng có khóa", TITLES[1]]


def test_a_cell_merged_over_the_end_of_a_page_stands_in_the_rows_of_the_next() -> None:
    first = grid(HEADER, row("1"), row("2", c1="Tạ Quang Hiển"), page=1)
    rest = grid(("", "", "", "", "", "phần còn lại.", "", ""), row("3", c1=ABOVE, c2=ABOVE), row("4"), page=2)
    table = table_of(read(first, rest))
    assert [found.cells["author"] for found in table.rows[1:]] == ["Tạ Quang Hiển", "Tạ Quang Hiển", ROWS[0][1]]
    assert table.rows[1].cells["summary"].endswith("phần còn lại.")
    assert table.rows[2].cells["position"] == ROWS[0][2]


def test_an_empty_author_at_the_head_of_a_page_may_be_merged_and_a_person_is_told() -> None:
    first, second = grid(HEADER, row("1"), page=1), grid(HEADER, row("2", c1=""), row("3", c1=""), page=2)
    table = table_of(read(first, second), doubts=1)
    assert [found.cells["author"] for found in table.rows] == [ROWS[0][1], ROWS[0][1], ""]


def test_an_empty_cell_below_the_head_of_a_page_is_empty() -> None:
    rest = ("", "", "", "", "", "phần còn lại.", "", "")
    table = table_of(read(grid(HEADER, row("1"), page=1), grid(rest, row("2", c1=""), page=2)))
    assert table.rows[1].cells["author"] == ""


def test_an_initiative_whose_cells_begin_as_headers_do_is_none() -> None:
    odd = ("2", "Kiều Thị Yến", "Sáng kiến tạo ra sản phẩm mới", "Giàn phơi", "Nội dung dài", "Bắt đầu từ 25/03/2021")
    header = ("STT", "Tác giả", "Lĩnh vực", "Đề tài, sáng kiến", "Nội dung chính", "Thời gian áp dụng")
    first = ("1", "Đinh Thị Huệ", "Cộng đồng", "Góc đọc sách", "Vận động", "03/2021")
    for cut in (0, 1):
        rows = [one[cut:] for one in (header, first, odd, first)]
        assert len(table_of(read(grid(*rows))).rows) == 3


def test_a_section_without_a_column_for_numbers_is_a_section() -> None:
    bare = [cells[1:] for cells in (HEADER, *ROWS)]
    section = ("II", "Lĩnh vực quản lý", *[LEFT] * 5)
    assert titles(table_of(read(grid(*bare[:2], section, *bare[2:])))) == TITLES


def test_a_page_without_the_header_goes_on_with_the_table() -> None:
    table = table_of(read(grid(HEADER, row("1"), page=1), "2", grid(row("2"), row("3"), page=2)))
    assert [found.cells["no"] for found in table.rows] == ["1", "2", "3"]
    assert table.rows[2].place == "trang 2"


def test_a_signature_or_another_table_behind_does_not_go_on_with_the_table() -> None:
    signature = grid(("NGƯỜI LẬP BIỂU\n\nLâm Thị Hân", "TM. BAN CHẤP HÀNH\nCHỦ TỊCH\n\nVương Thế Lữ"), ruled=False)
    contacts = grid(
        ("STT", "Họ và tên", "Điện thoại", "Email"), ("1", "Lâm Thị Hân", "0900 000 000", "han@cdcs.example")
    )
    assert titles(table_of(read(grid(HEADER, *ROWS), signature, contacts))) == TITLES


def test_the_header_repeated_on_every_page_is_no_initiative() -> None:
    table = table_of(read(grid(HEADER, ROWS[0], HEADER, ROWS[1]), grid(HEADER, row("3"))))
    assert titles(table) == [*TITLES, "Sáng kiến thứ 3"]


def test_the_lower_header_row_repeated_alone_is_no_initiative() -> None:
    upper = ("STT", "Tác giả", LEFT, "Tên sáng kiến", "Tóm tắt nội dung", "Thời gian áp dụng")
    lower = (ABOVE, "Họ và tên", "Chức vụ, đơn vị", ABOVE, ABOVE, ABOVE)
    cells = ("1", "Lâm Thị Hân", "Điều dưỡng", "Xe đẩy", "Hàn", "3/2021")
    repeated = ("", "Họ và tên", "Chức vụ, đơn vị", "", "", "")
    assert len(table_of(read(grid(upper, lower, cells, repeated, ("2", *cells[1:])))).rows) == 2


def test_an_unrelated_table_before_it_is_passed_over() -> None:
    contacts = grid(("STT", "Họ và tên", "Chức vụ", "Điện thoại"), ("1", "Vương Thế Lữ", "Chủ tịch", "0900 000 000"))
    assert titles(table_of(read(contacts, TITLE_LINE, grid(HEADER, *ROWS)))) == TITLES


def test_a_list_of_people_alone_is_no_summary_table() -> None:
    contacts = grid(("STT", "Họ và tên", "Chức vụ", "Điện thoại"), ("1", "Vương Thế Lữ", "Chủ tịch", "0900 000 000"))
    assert read(contacts).kinds == (Kind.OTHER,)
    assert read(contacts).doubts == ()


def test_a_sheet_may_have_letterhead_header_total_and_signature() -> None:
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


def test_several_sheets_are_one_table_and_a_copied_sheet_adds_nothing() -> None:
    sheets = grid(HEADER, row("1"), sheet="Lam sang"), grid(HEADER, row("1", "Kho lạnh"), sheet="Hanh chinh")
    assert titles(table_of(read(*sheets))) == ["Sáng kiến thứ 1", "Kho lạnh"]
    copied = grid(HEADER, *ROWS, sheet="Sheet1"), grid(HEADER, *ROWS, sheet="Sheet1 (2)")
    assert titles(table_of(read(*copied))) == TITLES


def test_a_sheet_without_a_header_goes_on_where_its_numbers_do_and_else_a_person_is_told() -> None:
    going_on = grid(HEADER, row("1"), sheet="Sheet1"), grid(row("2", "Kho lạnh"), sheet="Sheet2")
    assert titles(table_of(read(*going_on))) == ["Sáng kiến thứ 1", "Kho lạnh"]
    unclear = grid(HEADER, row("1"), sheet="Sheet1"), grid(row("1", "Kho lạnh"), (), ("CHỦ TỊCH",), sheet="Sheet2")
    assert titles(table_of(read(*unclear), doubts=1)) == ["Sáng kiến thứ 1"]
    narrow = grid(HEADER, row("1"), sheet="Sheet1"), grid(("1", "Khoa Nhi"), ("2", "Khoa Ngoại"), sheet="Danh muc")
    assert titles(table_of(read(*narrow))) == ["Sáng kiến thứ 1"]


def test_a_section_line_over_the_header_of_a_sheet_is_no_part_of_it() -> None:
    section = ("I. Khối cận lâm sàng",)
    table = table_of(read(grid((TITLE_LINE,), section, HEADER, *ROWS, sheet="TH")))
    assert table.columns["no"] == "STT"
    assert "block" not in table.columns


def test_a_table_behind_the_memo_in_one_file_is_both() -> None:
    found = read(*MEMO, TITLE_LINE, "(Kèm theo Tờ trình)", grid(HEADER, *ROWS))
    assert found.kinds == (Kind.MEMO, Kind.SUMMARY_TABLE)
    assert found.memo is not None
    assert found.memo.signer == "Vương Thế Lữ"
    assert titles(table_of(found)) == TITLES


def test_a_table_inside_the_memo_is_both() -> None:
    *before, signature = MEMO
    found = read(*before, grid(HEADER, *ROWS), signature)
    assert found.kinds == (Kind.MEMO, Kind.SUMMARY_TABLE)
    assert found.memo is not None
    assert found.memo.signer == "Vương Thế Lữ"


@pytest.mark.parametrize("blank", [[], [("1",), ("2",), ("3",)], [("",) * 8, ("1.", " ", "\n")], [("…",) * 0]])
def test_a_table_without_initiatives_is_an_empty_one(blank) -> None:
    assert table_of(read(TITLE_LINE, grid(HEADER, *blank))).rows == ()


@pytest.mark.parametrize("missing", [1, 3, 5, 6])
def test_a_missing_mandatory_column_leaves_a_summary_table(missing) -> None:
    cut = [tuple(text for place, text in enumerate(cells) if place != missing) for cells in (HEADER, *ROWS)]
    table = table_of(read(grid(*cut)))
    assert len(table.rows) == 2
    key = {1: "author", 3: "title", 5: "summary", 6: "applied"}[missing]
    assert key not in table.columns
    assert all(key not in found.cells for found in table.rows)


def test_a_header_that_names_one_mandatory_column_is_doubtful_never_guessed() -> None:
    few = grid(("STT", "Họ và tên", "Đơn vị", "Hiệu quả"), ("1", "Lâm Thị Hân", "Khoa Nhi", "Tốt"))
    assert len(read(TITLE_LINE, few).doubts) == 1
    assert read(few).kinds == (Kind.OTHER,)


@pytest.mark.parametrize("title", [TITLE_LINE, TITLE_LINE.capitalize()])
def test_a_title_over_no_table_is_doubtful(title: str) -> None:
    found = read(title, "(Kèm theo Tờ trình số 12/TTr-CĐCS)")
    assert found.kinds == (Kind.OTHER,)
    assert len(found.doubts) == 1


def test_a_memo_may_speak_of_the_table_in_a_line_of_its_own() -> None:
    *before, signature = MEMO
    assert read(*before, "Bảng tổng hợp sáng kiến gửi kèm.", signature).doubts == ()
