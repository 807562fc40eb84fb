"""Tables of a page that is a picture: their grid from the ruling lines, their text by Tesseract, cell by cell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from parsers.content import Box, Cell, Grid, Origin
from parsers.ocr_engine import Word
from parsers.ocr_engine import read_words as read_with_tesseract
from parsers.picture import Grey
from parsers.ruling import pixels
from parsers.ruling_grid import Span
from parsers.ruling_table import RuledTable, boxed, find_tables
from parsers.scan_table_again import ReadWords
from parsers.scan_table_cells import read_cells
from parsers.scan_table_paper import DPI, PAPER, table_picture

_POINTS_PER_INCH = 72
_BESIDE = 0.6
"""Millimetres around a table that are its rules' own."""
_CORNERS = 16
"""Points along each edge of a table by which its bent outline is followed."""


@dataclass(frozen=True, slots=True)
class ScannedTable:
    box: Box
    """What it takes of the picture, in pixels."""
    grid: Grid
    """A cell with ink in which nothing was read is '' with confidence 0; one without ink is '' with confidence 1."""
    words: tuple[Word, ...]
    """All that was read in it, in pixels of a picture of its own."""
    scale: float = DPI / _POINTS_PER_INCH
    """Pixels of that picture in a point of the page."""


def read_tables(
    image: Grey, dpi: float, page: int, read_words: ReadWords = read_with_tesseract, *, two_levels: bool = False
) -> tuple[ScannedTable, ...]:
    """The ruled tables of a page, from top to bottom. `image` is black on white, upright, at most 2° askew.

    Raises UnreadableError (NOT_READ) where Tesseract is missing or takes too long.
    """
    tables = find_tables(image, dpi)
    return tuple(read_table(image, dpi, page, table, read_words, two_levels=two_levels) for table in tables)


def read_table(
    image: Grey,
    dpi: float,
    page: int,
    table: RuledTable,
    read_words: ReadWords = read_with_tesseract,
    *,
    two_levels: bool = False,
    scale: float | None = None,
) -> ScannedTable:
    """One table that `find_tables` found. Boxes of its cells are in points of the page.

    `scale`: pixels in a point, where the page is larger than its letters are small (PagePicture.print_size).
    """
    in_point = scale or dpi / _POINTS_PER_INCH
    texts = read_cells(table_picture(image, dpi, table, two_levels=two_levels), read_words)
    rows: list[list[Cell]] = [[Cell("")] * (len(table.lefts) - 1) for _ in table.tops[1:]]
    for (cell, found), box in zip(texts.items(), _on_page(table, texts, in_point), strict=True):
        for row, column, origin in _fields(cell):
            own = origin is Origin.OWN
            rows[row][column] = Cell(found.text, origin, found.confidence, box=box if own else None)
    words = tuple(word for found in texts.values() for word in found.words)
    return ScannedTable(table.box, Grid(tuple(map(tuple, rows)), page=page), words, DPI / dpi * in_point)


def without_tables(image: Grey, dpi: float, tables: Sequence[RuledTable]) -> Grey:
    """The page with white paper where the tables stand."""
    if not tables:
        return image
    paper = image.copy()
    for table in tables:
        cv2.fillPoly(paper, [_outline(table, pixels(_BESIDE, dpi))], PAPER)
    return paper


def _outline(table: RuledTable, beside: int) -> "np.ndarray[tuple[int, ...], np.dtype[np.int32]]":
    box = table.straight_box
    x = np.linspace(box.x0 - beside, box.x1 + beside, _CORNERS)
    y = np.linspace(box.top - beside, box.bottom + beside, _CORNERS)
    around_x = np.concatenate([x, np.full(_CORNERS, x[-1]), x[::-1], np.full(_CORNERS, x[0])])
    around_y = np.concatenate([np.full(_CORNERS, y[0]), y, np.full(_CORNERS, y[-1]), y[::-1]])
    return np.stack(table.warp.source(around_x, around_y), axis=1).round().astype(np.int32)


def _on_page(table: RuledTable, cells: Iterable[Span], scale: float) -> list[Box]:
    """Where each cell stands, in points; all at once: one by one takes ten times as long."""
    straight = [
        Box(
            table.lefts[cell.column],
            table.tops[cell.row],
            table.lefts[cell.column + cell.columns],
            table.tops[cell.row + cell.rows],
        )
        for cell in cells
    ]
    return [
        Box(*(round(side / scale, 1) for side in (box.x0, box.top, box.x1, box.bottom)))
        for box in boxed(table.warp, straight)
    ]


def _fields(cell: Span) -> Iterable[tuple[int, int, Origin]]:
    """Every place of the grid that a cell covers; a merged one repeats its text."""
    for row in range(cell.row, cell.row + cell.rows):
        for column in range(cell.column, cell.column + cell.columns):
            beside, below = column > cell.column, row > cell.row
            yield row, column, Origin.LEFT if beside else Origin.ABOVE if below else Origin.OWN
