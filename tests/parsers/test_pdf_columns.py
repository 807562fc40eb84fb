"""Tables without ruling lines in a PDF: their columns, and which lines are one row."""

import pytest
from support.paper import Paper, pdf_file

from parsers.content import Grid, Line
from parsers.pdf import read_pdf

LEFTS = (60, 110, 220, 380)
HEADER = ("TT", "Họ tên", "Tên sáng kiến", "Nội dung")


def told(*papers: Paper) -> tuple[list[list[list[str]]], list[str]]:
    """The grids' texts, and the lines beside them."""
    blocks = read_pdf(pdf_file(*papers)).blocks
    grids = [[[cell.text for cell in row] for row in block.rows] for block in blocks if isinstance(block, Grid)]
    return grids, [block.text for block in blocks if isinstance(block, Line)]


def page(*lines: tuple[str, ...] | str, bold: int = 1) -> Paper:
    """Lines of four columns, or over the whole width; the first `bold` of them in bold."""
    paper = Paper()
    for number, line in enumerate(lines):
        texts = zip(LEFTS, line, strict=True) if isinstance(line, tuple) else [(LEFTS[0], line)]
        for left, text in texts:
            paper.text(left, 80 + number * 14, text, size=10, font="Bold" if number < bold else "Serif")
    return paper


ROWS = (
    ("{0}", "Lê An", "Giá treo dịch", "Treo dịch truyền bằng"),
    ("", "", "truyền", "ống thép, có bánh"),
    ("", "", "", "xe"),
    ("{1}", "Vũ Bình", "Phiếu màu", "Theo dõi"),
)
READ = [["Lê An", "Giá treo dịch\ntruyền", "Treo dịch truyền bằng\nống thép, có bánh\nxe"]]
READ += [["Vũ Bình", "Phiếu màu", "Theo dõi"]]


@pytest.mark.parametrize(
    "numbers", [("SK01", "SK02"), ("1-", "2-"), ("(1)", "(2)"), ("01)", "02)"), ("7.", "8."), ("", "")]
)
def test_rows_are_told_however_they_are_counted_or_not_counted(numbers) -> None:
    rows = [tuple(text.format(*numbers) for text in row) for row in ROWS]
    if not numbers[0]:
        rows.append(("", "", "", "bằng phiếu"))
    header = HEADER if numbers[0] else ("Khoa", *HEADER[1:])
    (grid,), _ = told(page(header, *rows))
    below = [[row[:2], row[2], row[3].removesuffix("\nbằng phiếu")] for row in ([*one] for one in grid[1:])]
    assert [[first[1], title, text] for first, title, text in below] == READ
    assert [row[0] for row in grid[1:]] == list(numbers)


def test_one_initiative_is_a_table_where_its_lines_go_on_below() -> None:
    rows = [tuple(text.format("1") for text in row) for row in ROWS[:3]] + [("", "", "", "đẩy")]
    (grid,), _ = told(page(HEADER, *rows))
    assert len(grid) == 2


def test_a_row_that_goes_on_under_the_header_repeated_on_a_page_is_no_part_of_it() -> None:
    first = page(HEADER, *(tuple(text.format("1", "2") for text in row) for row in ROWS))
    rest = ("", "", "", "bằng ba màu."), ("3", "Hồ Cát", "Xe đẩy", "Đẩy thuốc"), ("4", "Tạ Đan", "Tủ", "Cất thuốc")
    (_, grid), _ = told(first, page(HEADER, *rest))
    assert grid[0] == list(HEADER)
    assert grid[1] == ["", "", "", "bằng ba màu."]
    assert grid[2][:2] == ["3", "Hồ Cát"]


def test_the_name_of_a_section_amid_the_rows_ends_no_table_and_takes_no_column() -> None:
    rows = [tuple(text.format("1", "2") for text in row) for row in ROWS]
    section = "II. Khối các phòng ban và các trạm y tế xã, phường"
    (grid,), _ = told(page(HEADER, *rows, section, ("3", "Hồ Cát", "Xe đẩy", "Đẩy thuốc")))
    assert grid[3] == [section] * 4
    assert grid[4] == ["3", "Hồ Cát", "Xe đẩy", "Đẩy thuốc"]


def test_a_signature_right_under_the_table_is_in_none_of_its_cells() -> None:
    rows = [tuple(text.format("1", "2") for text in row) for row in ROWS]
    paper = page(HEADER, *rows)
    for number, text in enumerate(("TM. BAN CHẤP HÀNH", "CHỦ TỊCH")):
        paper.text(385, 80 + 14 * (len(rows) + 1 + number), text, size=10, font="Bold")
    (grid,), lines = told(paper)
    assert grid[-1] == ["2", *READ[1]]
    assert lines == ["TM. BAN CHẤP HÀNH", "CHỦ TỊCH"]


def test_a_header_of_cells_set_in_the_middle_is_whole() -> None:
    rows = [tuple(text.format("1", "2") for text in row) for row in ROWS]
    head = [("", "", "", "Nội dung chủ"), ("TT", "Họ tên", "Tên sáng kiến", "yếu của sáng"), ("", "", "", "kiến")]
    (grid,), _ = told(page(*head, *rows, bold=3))
    assert grid[0] == ["TT", "Họ tên", "Tên sáng kiến", "Nội dung chủ\nyếu của sáng\nkiến"]
    assert len(grid) == 3


def test_text_that_only_happens_to_leave_white_is_no_table() -> None:
    grids, lines = told(
        page(
            "Kính gửi:  Công đoàn ngành",
            ("Nơi nhận:", "", "", "TM. BAN CHẤP HÀNH"),
            ("- Như trên;", "", "", "CHỦ TỊCH"),
        )
    )
    assert grids == []
    assert "TM. BAN CHẤP HÀNH" in lines


@pytest.mark.parametrize("gap", [0.0, 1.3])
def test_numbers_on_the_right_of_their_cells_are_parted_from_the_names_that_they_touch(gap: float) -> None:
    names = ["Trần An", "Lê Thị Bình", "Võ Chi", "Đỗ Dung", "Lý Em", "Hà Giang", "Bùi Hoa"]
    paper = Paper()
    for left, text in zip((60, 100, 220, 380), HEADER, strict=True):
        paper.text(left, 80, text, size=6, font="Bold")
    for number, name in enumerate(names, 8):
        section = number - 8 == 4
        top = 80 + (number - 7 + (number > 11)) * 9
        if section:
            paper.text(60, top - 9, "II", size=6)
            paper.text(100, top - 9, "Khối hành chính", size=6)
        paper.text(100 - gap - 3 * len(str(number)), top, str(number), size=6)
        for left, text in ((100, name), (220, "Giá treo"), (380, "Ống thép, có bánh")):
            paper.text(left, top, text, size=6)
    (grid,), _ = told(paper)
    assert [row[:2] for row in grid[1:] if row[2]] == [[str(number), name] for number, name in enumerate(names, 8)]
    assert ["II", "Khối hành chính", "", ""] in grid, "a section is no part of the row above it"


def test_the_dots_that_an_answer_was_typed_over_are_no_part_of_it() -> None:
    paper = Paper()
    paper.text(60, 80, "Tên: " + "." * 40, size=12)
    paper.text(90.5, 79, "Giá treo 1.250 đ", size=12)
    (_, (line,)) = told(paper)
    assert line.rstrip(". ") == "Tên: Giá treo 1.250 đ"
