"""A table without ruling lines, told from the columns that its rows keep.

Taken for a table only where nothing else explains it: rows of several columns with white between them all the way down,
and rows of the table that are told apart (pdf_column_rows). All else stays lines.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from parsers.content import Cell, Grid, Origin
from parsers.pdf_column_rows import TextLine, rows_of_table
from parsers.pdf_lines import Row, box_of, cell_of

MIN_COLUMNS = 4

_GUTTER, _LEAST_GUTTER = 1.5, 0.2
"""Points of white between two columns, all the way down: spaces between words are as wide, and do not line up. Less,
and of the letters' size, where a sheet was made smaller to fit its paper."""
_GLUED = re.compile(r"(\d{1,4})([^\W\d_].*)")
_NUMBER, _COUNTING = re.compile(r"\d{1,4}"), 0.8
"""A number, and the part of a page's numbers that count on."""
_LEAST_GLUED = 5
_NEAR = 3.0
"""Heights of a letter between two rows of one table."""
_CLOSE = 0.8
"""The same between lines of one header."""
_GAP, _WIDER, _HUGE_GAP = 0.7, 1.8, 3.0
"""Of the letters' size: a gap between columns, if so many times as wide as the least one of its row; always one."""
_SPACE = 0.6
"""Of the letters' size: narrower white that lines up may be that between words, where too many columns are told."""
_SEVERAL = 3
"""Columns that a row shows, by which the columns are told."""
_KEPT = 0.7
"""Part of the white between two columns that a row leaves: less, and its words run over them."""
_MOST_WIDE = 2
"""Lines over several columns, one under the other, amid a table: the name of a section."""

Column = tuple[float, float]
"""Left and right end on the page."""


def column_table(rows: Sequence[Row], page: int) -> tuple[int, int, Grid] | None:
    """The first of these rows that is part of a table, the first that no longer is, and the table; None without one."""
    rows = _with_numbers_apart(rows)
    parts = [_parts(row) for row in rows]
    start = 0
    while start < len(rows):
        if parts[start] < MIN_COLUMNS:
            start += 1
            continue
        end = _end(rows, start)
        columns = _columns(rows, parts, start, end)
        first = _above(rows, start, columns)
        lines = [_line(row, columns) for row in rows[first:end]]
        table = rows_of_table(lines[: _reach(lines)]) if len(columns) >= MIN_COLUMNS else ()
        if table:
            cells = tuple(_row(rows[first:end], lines, one) for one in table)
            return first, first + table[-1][-1] + 1, Grid(cells, page=page, ruled=False)
        start = end
    return None


def _with_numbers_apart(rows: Sequence[Row]) -> Sequence[Row]:
    """Numbers that touch the text of the next column, "1Trần", parted from it where they count on down the page."""
    glued = {place: found for place, row in enumerate(rows) if row and (found := _GLUED.fullmatch(row[0].text))}
    numbers = [int(found[1]) for found in glued.values()]
    if len(glued) < _LEAST_GLUED or any(other != one + 1 for one, other in pairwise(numbers)):
        return rows
    parted = list(rows)
    for place, found in glued.items():
        first, *others = rows[place]
        box = first.box
        middle = box.x0 + (box.x1 - box.x0) * len(found[1]) / len(first.text)
        left = replace(first, text=found[1], box=replace(box, x1=max(box.x0, middle - 2 * _GUTTER)))
        right = replace(first, text=found[2], box=replace(box, x0=middle))
        parted[place] = [left, right, *others]
    return parted


def _counting(rows: Sequence[Row]) -> float | None:
    """The left edge of what stands behind numbers that count on down the page; None where nothing counts."""
    numbered = [row for row in rows if len(row) > 1 and _NUMBER.fullmatch(row[0].text)]
    numbers = [int(row[0].text) for row in numbered]
    on = sum(other == one + 1 for one, other in pairwise(numbers))
    if on < _LEAST_GLUED - 1 or on < _COUNTING * (len(numbers) - 1):
        return None
    return min(row[1].box.x0 for row in numbered)


def _parts(row: Row) -> int:
    """How many columns a row shows by itself."""
    gaps = [right.box.x0 - left.box.x1 for left, right in pairwise(row)]
    least, size = min(gaps, default=0.0), max((word.size for word in row), default=0.0)
    return 1 + sum(gap > _HUGE_GAP * size or gap > max(_GAP * size, _WIDER * least) for gap in gaps) if row else 0


def _end(rows: Sequence[Row], start: int) -> int:
    """The first row below that does not stand near the one above it."""
    end = start + 1
    while end < len(rows) and _distance(rows[end - 1], rows[end]) <= _NEAR:
        end += 1
    return end


def _distance(above: Row, below: Row) -> float:
    """White between two rows, in heights of the upper one's letters."""
    upper, lower = box_of(above), box_of(below)
    return (lower.top - upper.bottom) / max(upper.bottom - upper.top, 1.0)


def _columns(rows: Sequence[Row], parts: Sequence[int], start: int, end: int) -> list[Column]:
    """What the rows of several columns have in common. Numbers that count on are a column, however near the next."""
    edge = _counting(rows[start:end])
    if edge is None:
        return _columns_of(
            [row for row, count in zip(rows[start:end], parts[start:end], strict=True) if count >= _SEVERAL]
        )
    numbers = [word.box for row in rows[start:end] for word in row if word.box.x1 <= edge]
    rest = [[word for word in row if word.box.x1 > edge] for row in rows[start:end]]
    columns = _columns_of([row for row in rest if _parts(row) >= _SEVERAL])
    return [(min(box.x0 for box in numbers), max(box.x1 for box in numbers)), *columns]


def _columns_of(rows: Sequence[Row]) -> list[Column]:
    columns: list[Column] = []
    wanted, size = 0, max((word.size for row in rows[:1] for word in row), default=0.0)
    for row in rows:
        wider = _joined(columns, row, min(_GUTTER, _LEAST_GUTTER * size))
        if columns and len(wider) < min(MIN_COLUMNS, wanted):
            break  # another table, or text
        columns, wanted = wider, max(wanted, _parts(row))
    while len(columns) > wanted:  # spaces between words that happen to stand above one another
        gaps = [right[0] - left[1] for left, right in pairwise(columns)]
        place = gaps.index(min(gaps))
        if gaps[place] >= _SPACE * size:
            break
        columns[place : place + 2] = [(columns[place][0], columns[place + 1][1])]
    return columns


def _joined(columns: list[Column], row: Row, gutter: float) -> list[Column]:
    """The columns once the words of a row are in them: what has no gutter between is one column."""
    spans = sorted([*columns, *((word.box.x0, word.box.x1) for word in row)])
    joined = spans[:1]
    for left, right in spans[1:]:
        if left - joined[-1][1] < gutter:
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        else:
            joined.append((left, right))
    return joined


def _above(rows: Sequence[Row], start: int, columns: list[Column]) -> int:
    """The first line of the header that line `start` is of, or of what goes on from the page before.

    Above the table's middle line a header of cells in the middle has lines of few columns, in the same type.
    """
    first = start
    while first and _line(rows[first - 1], columns) is not None:
        above, below = rows[first - 1], rows[first]
        if _distance(above, below) > _CLOSE or _is_bold(above) != _is_bold(below):
            break
        first -= 1
    return first


def _is_bold(row: Row) -> bool:
    return all(word.bold for word in row)


def _line(row: Row, columns: list[Column]) -> TextLine | None:
    """The words of a row, column by column; None where they run over the white between two columns."""
    line = TextLine(tuple([] for _ in columns), tuple(columns))
    before: tuple[int, float] | None = None
    for word in row:
        middle = (word.box.x0 + word.box.x1) / 2
        place = min(range(len(columns)), key=lambda one: _away(columns[one], middle))
        if before is not None and place != before[0]:
            white = columns[place][0] - columns[place - 1][1]
            if place < before[0] or word.box.x0 - before[1] < _KEPT * white:
                return None
        line.cells[place].append(word)
        before = place, word.box.x1
    return line


def _away(column: Column, x: float) -> float:
    return max(column[0] - x, x - column[1], 0.0)


def _reach(lines: Sequence[TextLine | None]) -> int:
    """How many lines may be a table's: no more than a section's name stands amid them over several columns."""
    last = 0
    for number, line in enumerate(lines):
        if line is not None:
            last = number + 1
        elif number + 1 - last > _MOST_WIDE:
            break
    return last


def _row(rows: Sequence[Row], lines: Sequence[TextLine | None], numbers: Sequence[int]) -> tuple[Cell, ...]:
    """One row of the table; a line over several columns is one cell over them all."""
    told = [line for number in numbers if (line := lines[number]) is not None]
    if told:
        return tuple(
            _boxed([words for words in cells if words]) for cells in zip(*(line.cells for line in told), strict=True)
        )
    over = _boxed([rows[number] for number in numbers])
    width = next(len(line.cells) for line in lines if line is not None)
    return (over, *([Cell(over.text, Origin.LEFT)] * (width - 1)))


def _boxed(rows: Sequence[Row]) -> Cell:
    words = [word for row in rows for word in row]
    return replace(cell_of(rows), box=box_of(words) if words else None)
