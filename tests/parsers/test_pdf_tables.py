"""Tables on PDF pages, ruled and not."""

from support.attachments import attachment
from support.paper import Paper, pdf_file

from parsers.content import Cell, Content, Grid, Line, Origin
from parsers.pdf import read_pdf

HEADER = ["STT", "Họ và tên", "Tên sáng kiến", "Tóm tắt"]
LEFTS = [50.0, 90.0, 200.0, 350.0, 550.0]


def read(*papers: Paper) -> Content:
    return read_pdf(pdf_file(*papers))


def grids(content: Content) -> list[Grid]:
    return [block for block in content.blocks if isinstance(block, Grid)]


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


def test_a_ruled_table_is_a_grid_and_its_words_are_no_lines() -> None:
    paper = Paper()
    paper.text(200, 40, "BẢNG TỔNG HỢP")
    bottom = paper.table([HEADER, ["1", "Lê An", "Giá treo\ndịch truyền", ""]], LEFTS, 80)
    paper.text(60, bottom + 20, "Nơi nhận:")
    content = read(paper)
    assert [type(block) for block in content.blocks] == [Line, Grid, Line]
    assert texts(grids(content)[0]) == [HEADER, ["1", "Lê An", "Giá treo\ndịch truyền", ""]]
    assert (grids(content)[0].page, grids(content)[0].ruled) == (1, True)


def test_borders_drawn_as_thin_bars_and_shaded_headers_make_the_same_table() -> None:
    paper = Paper()
    paper.bar(52, 82, 548, 108, grey=0.9)
    for top in (80, 110, 140):
        paper.bar(50, top, 550, top + 0.5)
    for left in LEFTS:
        paper.bar(left, 80, left + 0.5, 140.5)
    for left, text in zip(LEFTS, HEADER, strict=False):
        paper.text(left + 3, 84, text, size=10)
        paper.text(left + 3, 114, f"{text} 1", size=10)
    (grid,) = grids(read(paper))
    assert texts(grid) == [HEADER, [f"{text} 1" for text in HEADER]]


def test_merged_cells_are_filled_from_above_and_from_the_left() -> None:
    paper = Paper()
    for top in (80, 140):
        paper.line(50, top, 350, top)
    paper.line(150, 110, 350, 110)
    for left in (50, 150, 350):
        paper.line(left, 80, left, 140)
    paper.line(250, 110, 250, 140)
    for x, top, text in ((60, 85, "STT"), (160, 85, "Tác giả"), (160, 115, "Họ tên"), (260, 115, "Chức vụ")):
        paper.text(x, top, text, size=10)
    (grid,) = grids(read(paper))
    assert grid.rows == (
        (Cell("STT"), Cell("Tác giả"), Cell("Tác giả", Origin.LEFT)),
        (Cell("STT", Origin.ABOVE), Cell("Họ tên"), Cell("Chức vụ")),
    )


def test_words_close_to_a_rule_stay_in_their_cells() -> None:
    paper = Paper()
    paper.table([["", ""], ["", ""]], [50, 100, 200], 80, row_height=14)
    paper.text(70.5, 81, "12345", size=11.6)
    paper.text(100.2, 81, "Nguyễn", size=11.6)
    (grid,) = grids(read(paper))
    assert texts(grid) == [["12345", "Nguyễn"], ["", ""]]


def test_a_frame_around_the_page_is_no_table() -> None:
    paper = Paper()
    paper.table([["TỜ TRÌNH"]], [20, 570], 20, row_height=700)
    paper.table([HEADER, ["1", "a", "b", "c"]], LEFTS, 100)
    content = read(paper)
    assert [block.text for block in content.blocks if isinstance(block, Line)] == ["TỜ TRÌNH"]
    assert [texts(grid) for grid in grids(content)] == [[HEADER, ["1", "a", "b", "c"]]]


def test_headings_turned_by_a_quarter_are_read_in_their_cells() -> None:
    paper = Paper()
    paper.table([["", "Tên"], ["1", "a"]], [50, 80, 200], 80, row_height=60)
    paper.text(70, 118, "Số tt", size=10, matrix="0 1 -1 0")
    (grid,) = grids(read(paper))
    assert texts(grid) == [["Số tt", "Tên"], ["1", "a"]]


def test_a_row_that_the_end_of_a_page_cuts_is_in_its_cells_though_no_rule_is_drawn_there() -> None:
    """So browsers print; the rest stands on the next page, without a rule above."""
    first, second = Paper(), Paper()
    bottom = first.table([HEADER], LEFTS, 80)
    for paper, top, end in ((first, bottom, 700), (second, 60, 110)):
        for left in LEFTS:
            paper.line(left, top, left, end)
    for left, text in zip(LEFTS, ("1", "Lê An", "Giá treo"), strict=False):
        first.text(left + 3, bottom + 10, text, size=10)
    second.text(LEFTS[2] + 3, 70, "dịch truyền", size=10)
    second.line(50, 110, 550, 110)
    one, other = grids(read(first, second))
    assert [row[:3] for row in texts(one)] == [HEADER[:3], ["1", "Lê An", "Giá treo"]]
    assert texts(other)[0][2] == "dịch truyền"


def test_lines_under_words_are_no_table() -> None:
    paper = Paper()
    paper.text(60, 50, "CĐCS BỆNH VIỆN")
    paper.line(80, 66, 120, 66)
    paper.line(300, 66, 380, 66)
    assert grids(read(paper)) == []


def test_a_column_without_its_outer_border_is_a_doubt() -> None:
    paper = Paper()
    paper.table([["Tên", "Tóm tắt"], ["Giá treo", "a"]], [100, 200, 400], 80)
    paper.text(60, 112, "1", size=10)
    paper.text(60, 300, "Nơi nhận:")
    content = read(paper)
    assert content.doubts == ("page 1 has text beside a table, as of a column without its border",)
    assert [block.text for block in content.blocks if isinstance(block, Line)] == ["1", "Nơi nhận:"]


def unruled(paper: Paper, rows: list[list[str]], top: float, pitch: float = 16) -> None:
    for number, row in enumerate(rows):
        for left, text in zip(LEFTS, row, strict=False):
            paper.text(left, top + number * pitch, text, size=10)


def test_a_table_without_lines_is_told_from_columns_that_count() -> None:
    paper = Paper()
    paper.text(200, 40, "BẢNG TỔNG HỢP")
    unruled(
        paper,
        [
            HEADER,
            ["", "tác giả", "", "nội dung"],
            ["1", "Lê An", "Giá treo", "Treo dịch truyền bằng"],
            ["", "", "dịch truyền", "ống thép"],
            ["2", "Vũ Bình", "Phiếu màu", "Theo dõi bằng màu"],
        ],
        80,
    )
    paper.text(60, 260, "Nơi nhận:")
    content = read(paper)
    (grid,) = grids(content)
    assert texts(grid) == [
        ["STT", "Họ và tên\ntác giả", "Tên sáng kiến", "Tóm tắt\nnội dung"],
        ["1", "Lê An", "Giá treo\ndịch truyền", "Treo dịch truyền bằng\nống thép"],
        ["2", "Vũ Bình", "Phiếu màu", "Theo dõi bằng màu"],
    ]
    assert not grid.ruled
    assert content.doubts == ("page 1 has a table without lines, told from its columns",)
    assert [block.text for block in content.blocks if isinstance(block, Line)] == ["BẢNG TỔNG HỢP", "Nơi nhận:"]


def test_columns_that_come_close_in_one_row_stay_apart() -> None:
    paper = Paper()
    unruled(
        paper,
        [
            HEADER,
            ["1", "Lê An", "Giá treo dịch truyền di động", "Treo dịch truyền"],
            ["", "", "bằng ống thép", "bằng ống thép"],
            ["2", "Vũ Bình", "Phiếu màu", "Theo dõi"],
        ],
        80,
    )
    (grid,) = grids(read(paper))
    assert texts(grid)[1] == [
        "1",
        "Lê An",
        "Giá treo dịch truyền di động\nbằng ống thép",
        "Treo dịch truyền\nbằng ống thép",
    ]


def test_columns_that_count_nothing_stay_lines() -> None:
    paper = Paper()
    unruled(paper, [["Kính", "gửi", "các", "ông"], ["a", "b", "c", "d"], ["e", "f", "g", "h"]], 80)
    content = read(paper)
    assert grids(content) == []
    words = [word for block in content.blocks if isinstance(block, Line) for word in block.text.split()]
    assert words == ["Kính", "gửi", "các", "ông", *"abcdefgh"]


def test_the_tables_of_the_corpus_have_their_rows_on_every_page() -> None:
    shapes = [(grid.page, len(grid.rows), len(grid.rows[0])) for grid in grids(read_pdf(attachment("d08", 1)))]
    assert shapes == [(1, 5, 8), (2, 6, 8), (3, 5, 8)]


def test_the_two_row_header_of_the_corpus_is_filled() -> None:
    (grid,) = grids(read_pdf(attachment("d04", 1)))
    assert [cell.text for cell in grid.rows[0][:4]] == ["STT", "Tác giả", "Tác giả", "Tên sáng kiến"]
    assert [cell.text for cell in grid.rows[1][:4]] == ["STT", "Họ và tên", "Chức vụ, đơn vị", "Tên sáng kiến"]


def test_cells_whose_letters_come_from_two_fonts_are_read_whole() -> None:
    (grid,) = grids(read_pdf(attachment("d29", 1)))
    assert [row[1].text.replace("\n", " ") for row in grid.rows[1:]] == [
        "Lý Thị Thanh Tuyền",
        "Bùi Thị Kim Thoa",
        "Võ Thị Ngọc Ánh",
    ]


def test_text_that_runs_off_the_paper_is_told() -> None:
    paper = Paper()
    paper.table([["Tên sáng kiến", "Giá treo dịch", "Xe đẩy thuốc"]] * 3, [60, 250, 550, 700], 100)
    assert read_pdf(pdf_file(paper)).doubts == ("page 1 has text that runs off the paper",)
    beside = Paper()
    beside.table([["Tên sáng kiến", "Giá treo dịch"]] * 3, [60, 250, 550], 100)
    beside.text(610, 105, "MARK 1/4")
    assert read_pdf(pdf_file(beside)).doubts == (), "printers' marks stand outside, and go on with nothing"
