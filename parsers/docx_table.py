"""The tables of a Word document as grids (ECMA-376, part 1, 17.4): merged cells filled, rows of one width."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from dossier.model import Problem
from parsers.content import Cell, Grid, Origin
from parsers.docx_styles import Styles, W, visible_edges
from parsers.docx_text import chosen, is_alternate
from parsers.problem import UnreadableError

MAX_COLUMNS = 255
MAX_CELLS = 300_000
"""Of one table. Word itself stops at 63 columns; 2,000 initiatives of 12 columns are 24,000 cells."""

_THROUGH = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_EMPTY = Cell("")
_CELL_PROPERTIES, _SPAN = f"{W}tcPr", f"{W}gridSpan"
_DOWN, _BESIDE = f"{W}vMerge", f"{W}hMerge"


@dataclass(frozen=True, slots=True)
class _Stored:
    """One w:tc: where it begins, how wide it is and what it says about being merged."""

    element: "etree._Element"
    column: int
    span: int
    below: bool
    """It goes on with the cell above (w:vMerge without "restart")."""
    beside: bool
    """It goes on with the cell to the left (w:hMerge, of Word 97)."""


def members(parent: "etree._Element", tag: str) -> "Iterator[etree._Element]":
    """Rows of a table or cells of a row, those in content controls and tracked insertions too, not those deleted."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _THROUGH:
            yield from members(child, tag)
        elif is_alternate(child.tag):
            branch = chosen(child)
            if branch is not None:
                yield from members(branch, tag)


def table_rows(table: "etree._Element") -> "list[etree._Element]":
    return [row for row in members(table, f"{W}tr") if row.find(f"{W}trPr/{W}del") is None]


def rules_cells(table: "etree._Element", cells: "Iterable[etree._Element]", styles: Styles) -> bool:
    """Whether lines are drawn between the cells; a letterhead laid out as a table has none, or one under a cell."""
    style = table.find(f"{W}tblPr/{W}tblStyle")
    edges = visible_edges(table.find(f"{W}tblPr/{W}tblBorders"))
    if style is not None and not {"insideH", "insideV"} <= edges.keys():
        edges = {**styles.borders(style.get(f"{W}val", "")), **edges}
    if edges.get("insideH") or edges.get("insideV"):
        return True
    framed = [_framed(cell) for cell in cells]
    return bool(framed) and sum(framed) * 2 >= len(framed)


def read_table(table: "etree._Element", read_cell: "Callable[[etree._Element], Cell]", *, ruled: bool) -> Grid | None:
    """None for a table without cells. `read_cell` gives what is printed in one w:tc.

    Raises UnreadableError (NOT_READ) for a table larger than any that people write.
    """
    stored = [list(_cells(row)) for row in table_rows(table)]
    width = max((cells[-1].column + cells[-1].span for cells in stored if cells), default=0)
    _check_size(len(stored), width)
    if not width:
        return None
    rows: list[list[Cell]] = []
    for cells in stored:
        rows.append(_row(cells, rows[-1] if rows else None, width, read_cell))
    return Grid(tuple(tuple(row) for row in rows), ruled=ruled)


def squared(rows: list[list[Cell]], *, ruled: bool) -> Grid | None:
    """Rows of a table without merged cells as a grid; None for one without cells. Raises UnreadableError as above."""
    width = max(map(len, rows), default=0)
    _check_size(len(rows), width)
    if not width:
        return None
    return Grid(tuple(tuple(row) if len(row) == width else _widened(row, width) for row in rows), ruled=ruled)


def _widened(row: list[Cell], width: int) -> tuple[Cell, ...]:
    return (*row, *([_EMPTY] * (width - len(row))))


def _check_size(rows: int, width: int) -> None:
    if width > MAX_COLUMNS or width * rows > MAX_CELLS:
        raise UnreadableError(Problem.NOT_READ, f"a table of {rows} rows and {width} columns")


def _cells(row: "etree._Element") -> Iterator[_Stored]:
    column = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
    for element in members(row, f"{W}tc"):
        said = {each.tag: each for properties in element.iterchildren(_CELL_PROPERTIES) for each in properties}
        span = _number(said.get(_SPAN), 1)
        yield _Stored(element, column, span, _goes_on(said.get(_DOWN)), _goes_on(said.get(_BESIDE)))
        column += span


def _row(
    cells: list[_Stored], above: list[Cell] | None, width: int, read_cell: "Callable[[etree._Element], Cell]"
) -> list[Cell]:
    row = [_EMPTY] * width
    for cell in cells:
        if cell.below and above is not None:
            first = Cell(above[cell.column].text, Origin.ABOVE)
        elif cell.beside and cell.column:
            first = Cell(row[cell.column - 1].text, Origin.LEFT)
        else:
            first = read_cell(cell.element)
        row[cell.column] = first
        for column in range(cell.column + 1, cell.column + cell.span):
            row[column] = Cell(first.text, Origin.LEFT)
    return row


def _goes_on(merge: "etree._Element | None") -> bool:
    return merge is not None and merge.get(f"{W}val", "continue") != "restart"


def _number(element: "etree._Element | None", default: int) -> int:
    text = "" if element is None else element.get(f"{W}val", "").strip()
    return min(int(text), MAX_COLUMNS + 1) if text.isascii() and text.isdigit() and int(text[:9]) else default


def _framed(cell: "etree._Element") -> bool:
    drawn = visible_edges(cell.find(f"{W}tcPr/{W}tcBorders"))
    return sum(drawn.values()) >= 2
