"""Two forms beside each other: in the columns of a table, in its cells, and on a page."""

from support.contents import HEADER, ROWS, TITLE_LINE, content, grid, printed
from support.interpreting import read, table_of, titles

from hoso.campaigns import example_campaign
from parsers.content import Line
from parsers.document import interpret

PLACES = range(1, 8)
WANTED = [row[3] for row in ROWS]


def test_a_table_may_hold_labels_and_answers_twice_side_by_side() -> None:
    rows = [(HEADER[place], ROWS[0][place], HEADER[place], ROWS[1][place]) for place in PLACES]
    for told in (rows, [("PHIẾU ĐĂNG KÝ SÁNG KIẾN", "<", "<", "<"), *rows]):
        assert titles(table_of(read(TITLE_LINE, grid(*told)))) == WANTED
    table = table_of(read(TITLE_LINE, grid(*rows)))
    assert [row.cells["author"] for row in table.rows] == [row[1] for row in ROWS]


def test_a_label_merged_over_several_columns_is_no_second_form() -> None:
    rows = [(HEADER[place], "<", "<", ROWS[0][place]) for place in PLACES]
    assert titles(table_of(read(TITLE_LINE, grid(*rows)))) == WANTED[:1]


def test_each_cell_may_hold_a_question_with_its_answer() -> None:
    rows = [tuple(f"{HEADER[place]}: {row[place]}" for row in ROWS) for place in PLACES]
    for told in (grid(*rows), grid(("PHIẾU SỐ 1", "PHIẾU SỐ 2"), *rows)):
        table = table_of(read(TITLE_LINE, told))
        assert titles(table) == WANTED
        assert [row.cells["benefit"] for row in table.rows] == [row[7] for row in ROWS]


def test_each_cell_may_hold_a_whole_form() -> None:
    cells = ["\n".join(f"{HEADER[place]}: {row[place]}" for place in PLACES) for row in ROWS]
    table = table_of(read(TITLE_LINE, grid(cells)))
    assert titles(table) == WANTED
    assert [row.cells["summary"] for row in table.rows] == [row[5] for row in ROWS]


def test_the_cells_of_one_form_are_read_row_by_row() -> None:
    row = ROWS[0]
    asked = [(1, 2), (3, 4), (6, 7)]
    rows = [tuple(f"{HEADER[place]}: {row[place]}" for place in pair) for pair in asked]
    table = table_of(read(TITLE_LINE, grid(*rows), f"{HEADER[5]}: {row[5]}"))
    assert table.rows[0].cells == dict(
        zip(("author", "position", "title", "field", "summary", "applied", "benefit"), row[1:], strict=True)
    )


def page(*columns: tuple[float, list[str]]) -> list[Line]:
    """Lines of a page from top to bottom, column beside column."""
    rows = max(len(lines) for _, lines in columns)
    return [
        printed(lines[number], left, 100 + 18 * number)
        for number in range(rows)
        for left, lines in columns
        if number < len(lines) and lines[number]
    ]


def test_two_forms_on_a_page_are_read_one_after_the_other() -> None:
    forms = [[f"{HEADER[place]}: {row[place]}" for place in PLACES] for row in ROWS]
    told = interpret(content(Line(TITLE_LINE), *page((60, forms[0]), (320, forms[1]))), example_campaign())
    assert titles(table_of(told)) == WANTED


def test_what_goes_on_under_two_questions_stands_under_its_own() -> None:
    row = ROWS[0]
    left = [f"{HEADER[1]}: Lâm Thị", "Ngọc Hân"]
    right = [f"Chốn mưu sinh: {row[2]}", "tầng hai"]
    rest = [f"{HEADER[place]}: {row[place]}" for place in (3, 5, 6)]
    lines = [*page((60, left), (320, right)), *(printed(text, 60, 160 + 18 * at) for at, text in enumerate(rest))]
    told = interpret(content(Line(TITLE_LINE), *lines), example_campaign())
    table = table_of(told)
    assert table.rows[0].cells["author"] == "Lâm Thị Ngọc Hân"
    assert table.rows[0].cells["position"] == f"{row[2]} tầng hai"


def test_a_line_over_a_form_in_a_sheet_asks_for_nothing() -> None:
    asked = ("Công chức có sáng kiến", *HEADER[2:])
    rows = [("của đoàn viên công đoàn", "")]
    for number, row in enumerate(ROWS, 1):
        rows += [(f"{number}.", ""), *zip(asked, row[1:], strict=True), ("", "")]
    table = table_of(read(TITLE_LINE, grid(*rows, sheet="TH")))
    assert [row.cells["author"] for row in table.rows] == [row[1] for row in ROWS]
