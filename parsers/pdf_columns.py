"""A table without ruling lines, told from the columns that its rows keep.

Taken for a table only where nothing else explains it: a header of several columns, below it rows that keep to them, and
the first column counts 1, 2, 3. All else stays lines.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from parsers.content import Cell, Grid
from parsers.pdf_lines import Row, box_of, cell_of, row_text, segments

MIN_COLUMNS = 4
MIN_ROWS = 2
"""Below the header, its number in the first column."""

_GUTTER = 1.5
"""Points of white between two columns, all the way down: spaces between words are as wide, and do not line up."""
_NEAR = 3.0
"""Heights of a letter between two rows of one table."""

Column = tuple[float, float]
"""Left and right end on the page."""


def column_table(rows: Sequence[Row], page: int) -> tuple[int, int, Grid] | None:
    """The first of these rows that is part of a table, the first that no longer is, and the table; None without one."""
    for start, row in enumerate(rows):
        if len(segments(row)) >= MIN_COLUMNS:
            end, columns = _reach(rows, start)
            grid = _grid(rows[start:end], columns, page)
            if grid is not None:
                return start, end, grid
    return None


def _reach(rows: Sequence[Row], start: int) -> tuple[int, list[Column]]:
    """How far down rows keep the columns of the row `start`, and what these columns are."""
    columns = _joined([], rows[start])
    wanted = len(segments(rows[start]))
    end = start + 1
    while end < len(rows):
        above, below = box_of(rows[end - 1]), box_of(rows[end])
        if below.top - above.bottom > _NEAR * (above.bottom - above.top):
            break
        wider = _joined(columns, rows[end])
        if len(wider) < wanted:
            break
        columns, end = wider, end + 1
        wanted = max(wanted, min(len(segments(rows[end - 1])), len(wider)))
    while len(columns) > wanted:  # spaces between words that happen to stand above one another
        gaps = [right[0] - left[1] for left, right in pairwise(columns)]
        place = gaps.index(min(gaps))
        columns[place : place + 2] = [(columns[place][0], columns[place + 1][1])]
    return end, columns


def _joined(columns: list[Column], row: Row) -> list[Column]:
    """The columns once the words of a row are in them: what has no gutter between is one column."""
    spans = sorted([*columns, *((word.box.x0, word.box.x1) for word in row)])
    joined = spans[:1]
    for left, right in spans[1:]:
        if left - joined[-1][1] < _GUTTER:
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        else:
            joined.append((left, right))
    return joined


def _grid(rows: Sequence[Row], columns: list[Column], page: int) -> Grid | None:
    """A row of the table begins where its first column counts on; what stands above the first of them is the header."""
    lines: list[list[list[Row]]] = [[[] for _ in columns]]
    last: int | None = None
    counted = 0
    for row in rows:
        cells = [[word for word in row if left <= (word.box.x0 + word.box.x1) / 2 <= right] for left, right in columns]
        number = row_text(cells[0]).rstrip(".")
        if number.isdecimal() and int(number) == (last + 1 if last is not None else int(number)):
            last, counted = int(number), counted + 1
            lines.append([[] for _ in columns])
        for cell, words in zip(lines[-1], cells, strict=True):
            if words:
                cell.append(words)
    if counted < MIN_ROWS:
        return None
    filled = [line for line in lines if any(line)]  # a table that goes on from the page before has no header
    return Grid(tuple(tuple(map(_boxed, line)) for line in filled), page=page, ruled=False)


def _boxed(rows: Sequence[Row]) -> Cell:
    words = [word for row in rows for word in row]
    return replace(cell_of(rows), box=box_of(words) if words else None)
