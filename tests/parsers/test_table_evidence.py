"""How sure the cells of a table are that was read in a picture, and when a person has to look."""

from dataclasses import replace

from support.campaigns import forms_campaign

from dossier.model import Kind
from dossier.perhaps import LIKE_TABLE
from parsers.content import Box, Cell, Content, Grid, Line
from parsers.document import Interpretation, interpret

HEADER = ("STT", "Họ và tên", "Tên sáng kiến", "Tóm tắt nội dung", "Thời gian áp dụng")
ROWS = (
    ("1", "Võ Thị Ngọc Ánh", "Khung tập phục hồi", "Làm khung tập bằng ống nước", "01/3/2021"),
    ("2", "Mai Xuân Trường", "Sắp xếp kho thuốc", "Sơ đồ kho theo nhóm thuốc", "Tháng 02/2021"),
    ("3", "Huỳnh Thị Bích", "Số hóa hồ sơ", "Nhập hồ sơ của toàn huyện", "Tháng 3/2021"),
)


def grid(*changes: tuple[int, int, Cell], rows: tuple[tuple[str, ...], ...] = ROWS) -> Grid:
    """Read from a picture; `changes` are (row, column, cell)."""
    cells = [
        [Cell(text, confidence=0.9, box=Box(50 * x, 30 * y, 50 * x + 50, 30 * y + 30)) for x, text in enumerate(row)]
        for y, row in enumerate((HEADER, *rows))
    ]
    for row, column, cell in changes:
        cells[row][column] = replace(cell, box=cells[row][column].box)
    return Grid(tuple(map(tuple, cells)), page=1)


def told(table: Grid) -> Interpretation:
    heading = Line("BẢNG TỔNG HỢP TÓM TẮT SÁNG KIẾN", page=1, box=Box(0, -30, 200, -10), confidence=0.9)
    return interpret(Content((heading, table), "ocr", pages=1), forms_campaign())


def test_every_cell_keeps_its_confidence_and_place() -> None:
    found = told(grid((2, 2, Cell("Sắp xếp kho thuốc", confidence=0.61))))
    assert found.table is not None
    assert found.doubts == ()
    row = found.table.rows[1]
    assert (row.confidence["title"], row.confidence["author"]) == (0.61, 0.9)
    assert (row.spots["title"].page, row.spots["title"].x0, row.spots["title"].top) == (1, 100, 60)


def test_ink_that_was_not_read_in_a_mandatory_cell_is_for_a_person() -> None:
    (doubt,) = told(grid((2, 3, Cell("", confidence=0.0)))).doubts
    assert doubt.startswith("page 1, row 2: a cell with ink")


def test_an_empty_mandatory_cell_without_ink_is_no_doubt() -> None:
    assert told(grid((2, 3, Cell("", confidence=1.0)))).doubts == ()


def test_ink_beside_full_mandatory_cells_is_no_doubt() -> None:
    assert told(grid((2, 0, Cell("", confidence=0.0)))).doubts == ()


def test_a_few_letters_that_nobody_is_sure_of_fill_no_mandatory_cell() -> None:
    (doubt,) = told(grid((1, 3, Cell("ly", confidence=0.3)))).doubts
    assert "row 1" in doubt
    assert "summary" in doubt


def test_a_number_that_is_left_out_is_for_a_person() -> None:
    (doubt,) = told(grid(rows=(ROWS[0], ROWS[2]))).doubts
    assert "count on" in doubt


def test_a_picture_with_a_table_whose_header_is_misread_is_no_other_document() -> None:
    unknown = Grid(tuple(tuple(replace(cell, text="Ghỉ xỳ") for cell in row) for row in grid().rows), page=1)
    found = interpret(Content((unknown,), "ocr", pages=1), forms_campaign())
    assert found.kinds == (Kind.OTHER,)
    assert found.doubts == (LIKE_TABLE, "page 1 has a table that was not recognised")


def test_what_a_form_without_rules_lacks_is_for_a_person() -> None:
    """In a ruled table no ink is no text; lines of a scan may have been read as the answer to another question."""
    answers = {"Họ và tên": "Trần Văn An", "Tên sáng kiến": "", "Tóm tắt": "Sơ đồ kho", "Thời gian áp dụng": "3/2021"}
    lines = ["BẢN ĐĂNG KÝ SÁNG KIẾN", *(f"{label}: {answer}" for label, answer in answers.items())]

    def read_with(read_by: str, **changes: str) -> Interpretation:
        texts = [changes.get(line.split(":")[0].replace(" ", "_"), line) for line in lines]
        boxes = [Box(60, 60 + 20 * place, 400, 72 + 20 * place) for place in range(len(texts))]
        blocks = tuple(Line(text, 1, box, confidence=0.95) for text, box in zip(texts, boxes, strict=True))
        return interpret(Content(blocks, read_by, pages=1), forms_campaign())

    lacking = "row 1: what it lacks may have been read as the answer to another question"
    assert lacking in read_with("ocr").doubts
    assert lacking not in read_with("ocr", Tên_sáng_kiến="Tên sáng kiến: Sơ đồ kho thuốc").doubts
    assert lacking not in read_with("pdf").doubts
