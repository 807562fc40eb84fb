"""Cells of sheets that people fill in or copy from: ruled, wrapped, and what was received is text (FAULTS.md, 39)."""

import math

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from reports.tables import cell_text

SHADE = PatternFill("solid", fgColor="FFEDEFF2")
LINE_POINTS, TALLEST = 14.5, 400
"""Height of a line of 11 points, and the most that a row may have."""
_THIN = Side(style="thin", color="FF808080")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_FONT = "Times New Roman"


def put(
    page: Worksheet,
    row: int,
    column: int,
    text: str,
    *,
    bold: bool = False,
    size: int = 11,
    centred: bool = False,
    grid: bool = True,
) -> None:
    """A cell of text, also where it looks like a formula (FAULTS.md, 39)."""
    cell = page.cell(row, column)
    cell.value = cell_text(text)
    if text:
        cell.data_type = "s"
    style(page, row, column, bold=bold, size=size, centred=centred, grid=grid)


def style(
    page: Worksheet,
    row: int,
    column: int,
    *,
    bold: bool = False,
    size: int = 11,
    centred: bool = False,
    grid: bool = True,
    wrapped: bool = False,
) -> None:
    """How a cell looks; without `grid` its text runs on over the next ones, unless it is `wrapped`."""
    cell = page.cell(row, column)
    cell.font = Font(name=_FONT, size=size, bold=bold)
    cell.alignment = Alignment(
        wrap_text=grid or wrapped, vertical="center" if centred else "top", horizontal="center" if centred else None
    )
    if grid:
        cell.border = _GRID


def lines_of(text: str, width: float) -> int:
    """That a text takes in a column of that width: no program sets the height of a row when it opens the file."""
    return max(1, math.ceil(len(text) / (width * 1.05)))
