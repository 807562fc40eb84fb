"""Tables of Word files as grids."""

import io

import docx
import pytest
from support.attachments import attachment
from support.word import cell, paragraph, row, story, table, word_file

from dossier.model import Problem
from parsers.content import Cell, Grid, Line, Origin
from parsers.docx import read_docx
from parsers.problem import UnreadableError


def grids(body: str) -> list[Grid]:
    return [block for block in read_docx(word_file(body)).blocks if isinstance(block, Grid)]


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


def test_lines_within_a_cell_are_kept() -> None:
    (grid,) = grids(
        table(row(cell(paragraph("Lê An"), "<w:p/>", paragraph("Vũ Bình", "<w:r><w:br/></w:r>", "Đỗ Chi")), "b"))
    )
    assert grid.rows == ((Cell("Lê An\nVũ Bình\nĐỗ Chi"), Cell("b")),)


def test_cells_merged_by_python_docx_repeat_their_text_and_say_where_it_comes_from() -> None:
    made = docx.Document()
    tbl = made.add_table(3, 4, style="Table Grid")
    for r in range(3):
        for c in range(4):
            tbl.cell(r, c).text = (
                f"{r}{c}" if (r, c) in {(0, 0), (0, 3), (1, 3), (2, 0), (2, 1), (2, 2), (2, 3)} else ""
            )
    tbl.cell(0, 0).merge(tbl.cell(1, 2))
    out = io.BytesIO()
    made.save(out)
    (grid,) = [block for block in read_docx(out.getvalue()).blocks if isinstance(block, Grid)]
    left, above = Origin.LEFT, Origin.ABOVE
    assert grid.rows == (
        (Cell("00"), Cell("00", left), Cell("00", left), Cell("03")),
        (Cell("00", above), Cell("00", left), Cell("00", left), Cell("13")),
        (Cell("20"), Cell("21"), Cell("22"), Cell("23")),
    )
    assert grid.ruled


def test_a_cell_merged_with_nothing_above_is_its_own() -> None:
    (grid,) = grids(table(row(cell("a", properties="<w:vMerge/>"), "b"), row("c", "d")))
    assert texts(grid) == [["a", "b"], ["c", "d"]]


def test_a_merge_begun_again_is_a_new_cell() -> None:
    begun = '<w:vMerge w:val="restart"/>'
    (grid,) = grids(
        table(
            *(
                row(cell(text, properties=merge), "x")
                for text, merge in [("1", begun), ("", "<w:vMerge/>"), ("2", begun)]
            )
        )
    )
    assert [(line[0].text, line[0].origin) for line in grid.rows] == [
        ("1", Origin.OWN),
        ("1", Origin.ABOVE),
        ("2", Origin.OWN),
    ]


def test_the_horizontal_merge_of_word_97_is_read() -> None:
    (grid,) = grids(
        table(row(cell("a", properties='<w:hMerge w:val="restart"/>'), cell(properties="<w:hMerge/>")), row("b", "c"))
    )
    assert grid.rows[0] == (Cell("a"), Cell("a", Origin.LEFT))


def test_rows_of_uneven_cells_and_columns_skipped_become_rows_of_one_width() -> None:
    before = '<w:gridBefore w:val="1"/>'
    (grid,) = grids(table(row("a", "b", "c"), row("d"), row("e", properties=before)))
    assert texts(grid) == [["a", "b", "c"], ["d", "", ""], ["", "e", ""]]


def test_a_deleted_row_is_gone_and_an_inserted_one_is_there() -> None:
    (grid,) = grids(table(row("a", "b"), row("c", "d", properties="<w:del/>"), row("e", "f", properties="<w:ins/>")))
    assert texts(grid) == [["a", "b"], ["e", "f"]]


def test_rows_and_cells_in_content_controls_are_read_and_unfilled_ones_are_empty() -> None:
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    (grid,) = grids(
        table(
            row("a", control.format("", cell("b")), control.format("<w:showingPlcHdr/>", cell("Bấm vào đây"))),
            control.format("", row("c", "d", "e")),
        )
    )
    assert texts(grid) == [["a", "b", ""], ["c", "d", "e"]]


def test_a_table_in_a_cell_of_data_is_text_of_that_cell() -> None:
    inner = table(row("Trước", "10"), row("Sau", "5"))
    (grid,) = grids(table(row("1", cell(paragraph("So sánh"), inner)), row("2", "b")))
    assert grid.rows[0][1].text == "So sánh\nTrước 10\nSau 5"


def test_a_table_in_a_layout_without_borders_is_a_grid_of_its_own() -> None:
    outer, inner = grids(
        table(row("Trái", cell(paragraph("Phải"), table(row("1", "2"), row("3", "4")))), row("", ""), properties="")
    )
    assert texts(outer) == [["Trái", "Phải"], ["", ""]]
    assert texts(inner) == [["1", "2"], ["3", "4"]]


def test_a_frame_of_one_cell_is_no_table() -> None:
    blocks = read_docx(word_file(table(row(cell(paragraph("TỜ TRÌNH"), table(row("1", "2"))))))).blocks
    assert isinstance(blocks[0], Line)
    assert isinstance(blocks[1], Grid)


NO_BORDERS = (
    "<w:tblBorders>" + "".join(f'<w:{e} w:val="none"/>' for e in ("top", "insideH", "insideV")) + "</w:tblBorders>"
)
BORDERS = '<w:tblBorders><w:insideH w:val="single"/><w:insideV w:val="single"/></w:tblBorders>'
STYLES = story(
    "styles",
    f'<w:style w:type="table" w:styleId="Luoi"><w:name w:val="Lưới"/><w:tblPr>{BORDERS}</w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="Con"><w:basedOn w:val="Luoi"/></w:style>'
    '<w:style w:type="table" w:styleId="Trang"><w:tblPr/></w:style>',
)


@pytest.mark.parametrize(
    ("properties", "ruled"),
    [
        ("", False),
        (NO_BORDERS, False),
        (BORDERS, True),
        ('<w:tblStyle w:val="TableGrid"/>', True),
        ('<w:tblStyle w:val="TableGrid"/>' + NO_BORDERS, False),
        ('<w:tblStyle w:val="Con"/>', True),
        ('<w:tblStyle w:val="Trang"/>', False),
        ('<w:tblStyle w:val="Không có"/>', False),
    ],
)
def test_a_table_says_whether_it_is_ruled(properties: str, ruled: bool) -> None:
    package = word_file(
        table(row("a", "b"), row("c", "d"), properties=properties), (("s", "styles", "styles.xml"),), styles=STYLES
    )
    (grid,) = read_docx(package).blocks
    assert isinstance(grid, Grid)
    assert grid.ruled is ruled


def test_borders_on_the_cells_alone_rule_a_table_and_a_line_under_one_cell_does_not() -> None:
    edges = "<w:tcBorders>{}</w:tcBorders>"
    drawn = edges.format("".join(f'<w:{e} w:val="single"/>' for e in ("top", "start", "bottom")))
    under = edges.format('<w:bottom w:val="single"/>')
    (framed,) = grids(table(row(cell("a", properties=drawn), cell("b", properties=drawn)), properties=""))
    (letterhead,) = grids(table(row(cell("a", properties=under), cell("b")), properties=""))
    assert (framed.ruled, letterhead.ruled) == (True, False)


@pytest.mark.parametrize("span", ["1000000000", "256"])
def test_a_table_wider_than_any_that_people_write_is_not_read(span: str) -> None:
    body = table(row(cell("a", properties=f'<w:gridSpan w:val="{span}"/>')), row("b"))
    with pytest.raises(UnreadableError) as caught:
        read_docx(word_file(body))
    assert caught.value.problem is Problem.NOT_READ


def test_the_letterhead_and_the_signature_of_the_corpus_are_layouts_and_its_table_is_ruled() -> None:
    blocks = read_docx(attachment("d18")).blocks
    assert [(len(b.rows), len(b.rows[0]), b.ruled) for b in blocks if isinstance(b, Grid)] == [
        (2, 2, False),
        (1, 2, False),
        (4, 8, True),
    ]


def test_an_author_of_two_initiatives_stands_in_both_rows_of_the_corpus() -> None:
    (grid,) = [block for block in read_docx(attachment("d32", 1)).blocks if isinstance(block, Grid)]
    assert grid.rows[2][2] == Cell(grid.rows[1][2].text, Origin.ABOVE)
