"""Ruled tables of a page: pdfplumber finds the cells from the lines, the glyphs are dealt out to them once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Any

from pdfplumber.page import Page
from pdfplumber.table import TableFinder, merge_edges

from dossier.model import Problem
from parsers.content import Box, Cell, Grid, Origin
from parsers.pdf_lines import cell_of, rows_of
from parsers.pdf_page import Edge, Glyph, Sideways
from parsers.problem import UnreadableError

MAX_CROSSINGS = 150_000
"""Of horizontal and vertical lines of one page, once the pieces of one line are joined."""

_TOLERANCE = 3.0
_COLUMNS_CUT, _OPEN = 3, 8.0
"""So many columns end together with no rule nearer than this: a page cut their row."""
_EMPTY = Cell("")


@dataclass(frozen=True, slots=True)
class RuledTable:
    """Rows of cells, each with the box it is drawn in; None where none begins: part of a merged one, or a hole."""

    rows: tuple[tuple[Box | None, ...], ...]
    boxes: tuple[Box, ...]

    @property
    def top(self) -> float:
        return min(box.top for box in self.boxes)

    @property
    def bottom(self) -> float:
        return max(box.bottom for box in self.boxes)

    @property
    def area(self) -> float:
        return sum((box.x1 - box.x0) * (box.bottom - box.top) for box in self.boxes)


def ruled_tables(page: Page, edges: Sequence[Edge]) -> list[RuledTable]:
    """Tables of more than one cell, the smaller before the larger: a frame around the page's text is no table.

    Raises UnreadableError (NOT_READ) for a page of more lines than any that people draw.
    """
    tolerances = (_TOLERANCE, _TOLERANCE, _TOLERANCE, _TOLERANCE)
    merged = merge_edges([_as_dict(edge) for edge in edges], *tolerances)
    across = [edge for edge in merged if edge["orientation"] == "h"]
    down = [edge for edge in merged if edge["orientation"] == "v"]
    across += _closing(across, down)
    if min(len(across), len(down)) < 2:
        return []
    if len(across) * len(down) > MAX_CROSSINGS:
        raise UnreadableError(Problem.NOT_READ, f"{len(across) + len(down)} ruling lines on one page")
    settings = {
        "horizontal_strategy": "explicit",
        "vertical_strategy": "explicit",
        "explicit_horizontal_lines": across,
        "explicit_vertical_lines": down,
    }
    found = TableFinder(page, settings).tables
    tables = [_table([row.cells for row in table.rows]) for table in found if len(table.cells) > 1]
    return sorted(tables, key=lambda table: table.area)


def _closing(across: Sequence[Mapping[str, Any]], down: Sequence[Mapping[str, Any]]) -> list[dict[str, object]]:
    """Rules where a page cuts a row that goes on: a browser draws none there, and all columns end at one height."""
    found = []
    for end in ("top", "bottom"):
        for _, group in groupby(sorted(down, key=itemgetter(end)), key=lambda edge: round(edge[end])):
            ends = list(group)
            x0, x1, y = min(edge["x0"] for edge in ends), max(edge["x1"] for edge in ends), ends[0][end]
            near = any(edge["x0"] < x1 and edge["x1"] > x0 and abs(edge["top"] - y) < _OPEN for edge in across)
            if len(ends) >= _COLUMNS_CUT and not near:
                found.append(_as_dict(Edge(x0, y, x1, y)))
    return found


def read_tables(
    tables: Sequence[RuledTable], glyphs: Iterable[Glyph], sideways: Iterable[Sideways], page: int
) -> tuple[list[tuple[float, Grid]], list[Glyph]]:
    """Place from the top and Grid of every table, and the glyphs that stand in no cell."""
    boxes = [box for table in tables for box in table.boxes]
    dealt, rest = _deal_out(glyphs, boxes, {box for box in boxes if _holds_another(box, tables)})
    cells = {box: cell_of(rows_of(inside)) for box, inside in dealt.items()}
    turned: dict[Box, list[Glyph]] = {}
    for each in sideways:
        box = next((box for box in boxes if _holds(box, each.x, each.y)), None)
        if box is not None:
            turned.setdefault(box, []).append(each.glyph)
    for box, inside in turned.items():
        upright, across = cells.get(box, _EMPTY), cell_of(rows_of(inside))
        text = "\n".join(filter(None, (upright.text, across.text)))
        cells[box] = Cell(text, original=upright.original or across.original)
    return [(table.top, _grid(table, cells, page)) for table in tables], rest


def _table(rows: list[list[tuple[float, float, float, float] | None]]) -> RuledTable:
    boxes = tuple(tuple(None if cell is None else Box(*cell) for cell in row) for row in rows)
    return RuledTable(boxes, tuple(box for row in boxes for box in row if box is not None))


def _as_dict(edge: Edge) -> dict[str, object]:
    return {
        **edge._asdict(),
        "width": edge.x1 - edge.x0,
        "height": edge.bottom - edge.top,
        "orientation": "h" if edge.is_horizontal else "v",
        "object_type": "rect_edge",
    }


def _deal_out(
    glyphs: Iterable[Glyph], boxes: Sequence[Box], hollow: set[Box]
) -> tuple[dict[Box, list[Glyph]], list[Glyph]]:
    """The glyphs of each box, the earlier box before the later one, and those in none. A hollow box holds others."""
    dealt: dict[Box, list[Glyph]] = {}
    rest: list[Glyph] = []
    last: Box | None = None
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        if last is None or last in hollow or not _holds(last, x, y):
            last = next((box for box in boxes if _holds(box, x, y)), None)
        if last is None:
            rest.append(glyph)
        else:
            dealt.setdefault(last, []).append(glyph)
    return dealt, rest


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x0 <= x < box.x1 and box.top <= y < box.bottom


def _holds_another(box: Box, tables: Sequence[RuledTable]) -> bool:
    return any(box not in table.boxes and _holds(box, table.boxes[0].x0, table.boxes[0].top) for table in tables)


def _grid(table: RuledTable, cells: dict[Box, Cell], page: int) -> Grid:
    lefts = sorted({box.x0 for box in table.boxes})
    rows = []
    for boxes in table.rows:
        top = next(box.top for box in boxes if box is not None)
        rows.append(tuple(_cell(table, box, cells, (left, top)) for box, left in zip(boxes, lefts, strict=True)))
    return Grid(tuple(rows), page=page)


def _cell(table: RuledTable, box: Box | None, cells: dict[Box, Cell], corner: tuple[float, float]) -> Cell:
    """The cell that begins at a corner; where none does, the merged one that reaches over it."""
    if box is not None:
        return replace(cells.get(box, _EMPTY), box=box)
    merged = next((each for each in table.boxes if _holds(each, *corner)), None)
    if merged is None:
        return _EMPTY
    return Cell(cells.get(merged, _EMPTY).text, Origin.ABOVE if merged.x0 == corner[0] else Origin.LEFT)
