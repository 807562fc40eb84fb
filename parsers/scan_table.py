"""Tables of a page that is a picture: their grid from the ruling lines, their text by Tesseract, cell by cell."""

from collections.abc import Iterable
from dataclasses import dataclass

from parsers.content import Box, Cell, Grid, Origin
from parsers.ocr_engine import read_words as read_with_tesseract
from parsers.picture import Grey
from parsers.ruling_grid import Span
from parsers.ruling_table import RuledTable, find_tables
from parsers.scan_table_again import ReadWords
from parsers.scan_table_cells import read_cells
from parsers.scan_table_paper import table_picture


@dataclass(frozen=True, slots=True)
class ScannedTable:
    box: Box
    """What it takes of the picture, in pixels."""
    grid: Grid
    """A cell with ink in which nothing was read is '' with confidence 0; one without ink is '' with confidence 1."""


def read_tables(
    image: Grey, dpi: float, page: int, read_words: ReadWords = read_with_tesseract
) -> tuple[ScannedTable, ...]:
    """The ruled tables of a page, from top to bottom. `image` is black on white, upright, at most 2° askew.

    Raises UnreadableError (NOT_READ) where Tesseract is missing or takes too long.
    """
    return tuple(read_table(image, dpi, page, table, read_words) for table in find_tables(image, dpi))


def read_table(
    image: Grey, dpi: float, page: int, table: RuledTable, read_words: ReadWords = read_with_tesseract
) -> ScannedTable:
    """One table that `find_tables` found."""
    texts = read_cells(table_picture(image, dpi, table), read_words)
    rows: list[list[Cell]] = [[Cell("")] * (len(table.lefts) - 1) for _ in table.tops[1:]]
    for cell, found in texts.items():
        for row, column, origin in _fields(cell):
            rows[row][column] = Cell(found.text, origin, found.confidence)
    return ScannedTable(table.box, Grid(tuple(map(tuple, rows)), page=page))


def _fields(cell: Span) -> Iterable[tuple[int, int, Origin]]:
    """Every place of the grid that a cell covers; a merged one repeats its text."""
    for row in range(cell.row, cell.row + cell.rows):
        for column in range(cell.column, cell.column + cell.columns):
            beside, below = column > cell.column, row > cell.row
            yield row, column, Origin.LEFT if beside else Origin.ABOVE if below else Origin.OWN
