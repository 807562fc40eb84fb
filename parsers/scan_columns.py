"""A table without ruling lines on a page that is a picture, told from the columns that its words keep."""

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.content import Box, Cell, Grid, Line
from parsers.ocr_engine import Word
from parsers.pdf_columns import MIN_COLUMNS, column_table
from parsers.pdf_lines import Row, box_of, segments
from parsers.pdf_lines import Word as Printed
from parsers.scan_lines import confidence_of, rows_of

_NUMBERS = re.compile(r"(?:s|số|so)?\.?tt")


def with_columns(
    lines: Sequence[Line], words: Sequence[Word], number: int, scale: float
) -> tuple[tuple[Line | Grid, ...], bool]:
    """The blocks of page `number`, and whether some of its lines were a table. `scale`: pixels in a point."""
    in_points = [replace(word, box=_scaled(word.box, scale)) for word in words]
    rows: list[Row] = [[_printed(word) for word in row] for row in rows_of(in_points)]
    found = column_table(rows, number)
    if found is None:
        return tuple(lines), False
    start, end, grid = found
    box = box_of([word for row in rows[start:end] for word in row])
    above = [line for line in lines if _middle(line) < box.top]
    below = [line for line in lines if _middle(line) > box.bottom]
    told = replace(grid, rows=tuple(tuple(_told(cell, in_points) for cell in row) for row in grid.rows))
    return (*above, told, *below), True


def has_number_column(words: Sequence[Word]) -> bool:
    """Whether a row of several columns begins with the name of a column that numbers rows."""
    rows = ([_printed(word) for word in row] for row in rows_of(words))
    return any(
        _NUMBERS.fullmatch("".join(word.text for word in segment[0]).casefold())
        for row in rows
        if len(segment := segments(row)) >= MIN_COLUMNS
    )


def _scaled(box: Box, scale: float) -> Box:
    return Box(*(round(side / scale, 1) for side in (box.x0, box.top, box.x1, box.bottom)))


def _printed(word: Word) -> Printed:
    return Printed(word.text, word.box, word.box.bottom - word.box.top, bold=False)


def _middle(line: Line) -> float:
    return (line.box.top + line.box.bottom) / 2 if line.box is not None else 0.0


def _told(cell: Cell, words: Sequence[Word]) -> Cell:
    """With the confidence of the words that it holds."""
    box = cell.box
    if box is None:
        return cell
    inside = [word for word in words if _holds(box, word.box)]
    return replace(cell, confidence=round(confidence_of(inside), 3))


def _holds(box: Box, word: Box) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom
