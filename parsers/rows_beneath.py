"""Tables with two rows for each initiative: its short cells, and under them one text over the rest of the width.

The header does likewise: "STT | Tác giả | Tên sáng kiến | …", under it "Tóm tắt nội dung" over all but the first. Such
a text is put beside its row, as a last column, so that the row is read as any other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dossier.campaign import BENEFIT, SUMMARY
from parsers.columns import ColumnNames
from parsers.content import Cell, Grid, Origin
from parsers.header_likeness import speaks_of
from parsers.wording import is_arabic_ordinal

_LEAST_LABELS = 3
_FIRST_ROWS = 8
_MOST_BEFORE = 2
"""Columns before the text beneath: those of the number."""
_ALONE = "{}: nothing stands under a row as under the others"


@dataclass(frozen=True, slots=True)
class Beside:
    grids: Mapping[int, Grid]
    doubts: tuple[str, ...] = ()


def beside_their_rows(grids: Mapping[int, Grid], names: ColumnNames) -> Beside:
    """The grids with what stands beneath every row put beside it; grids without such rows as they are."""
    changed: dict[int, Grid] = {}
    doubts: list[str] = []
    start, width = -1, 0
    for place, grid in grids.items():
        found = _header(grid, names)
        if found is not None:
            start, width = _start(grid, found), len(grid.rows[0])
        elif start < 0 or len(grid.rows[0]) != width or not _goes_on(grid, start):
            changed[place] = grid
            continue
        rows, alone = _joined(grid, start, found)
        changed[place] = replace(grid, rows=rows)
        if alone:
            doubts.append(_ALONE.format(grid.sheet or f"page {grid.page}" if grid.page or grid.sheet else "table"))
    return Beside(changed, tuple(doubts))


def _start(grid: Grid, header: int) -> int:
    """The column at which the text beneath begins."""
    return next(at for at, cell in enumerate(grid.rows[header + 1]) if cell.origin is Origin.OWN and cell.text.strip())


def _header(grid: Grid, names: ColumnNames) -> int | None:
    """The upper of the two header rows; None where the grid is no such table."""
    for number in range(min(_FIRST_ROWS, len(grid.rows) - 2)):
        labels = {cell.text for cell in grid.rows[number] if cell.origin is Origin.OWN and cell.text.strip()}
        lower = grid.rows[number + 1]
        start = next((at for at in range(_MOST_BEFORE + 1) if _is_beneath(lower, at)), None)
        if start is None or len(labels) < _LEAST_LABELS or not _asks(lower[start].text, names):
            continue
        if not any(is_arabic_ordinal(cell.text) for cell in grid.rows[number]) and _goes_on(grid, start, number + 2):
            return number
    return None


def _asks(label: str, names: ColumnNames) -> bool:
    keys = (SUMMARY, BENEFIT)
    matches = names.matches(label)
    return matches[0].key in keys if matches else any(speaks_of(label, key) for key in keys)


def _is_beneath(row: Sequence[Cell], start: int) -> bool:
    """Whether a row is one cell from `start` on to its end, and nothing of its own before that."""
    before, rest = row[:start], row[start + 1 :]
    if len(rest) + 1 < _LEAST_LABELS or row[start].origin is not Origin.OWN:
        return False
    free = all(cell.origin is not Origin.OWN or not cell.text.strip() for cell in before)
    return free and all(cell.origin is Origin.LEFT for cell in rest)


def _goes_on(grid: Grid, start: int, first: int = 0) -> bool:
    """Whether under most rows of several cells stands such a text; under the last one a page may end."""
    rows = grid.rows[first:]
    full = [number for number, row in enumerate(rows[:-1]) if _is_full(row)]
    under = sum(_is_beneath(rows[number + 1], start) for number in full)
    return bool(full) and under * 4 >= len(full) * 3


def _is_full(row: Sequence[Cell]) -> bool:
    return sum(cell.origin is Origin.OWN and bool(cell.text.strip()) for cell in row) >= _LEAST_LABELS


def _joined(grid: Grid, start: int, header: int | None) -> tuple[tuple[tuple[Cell, ...], ...], bool]:
    """The rows with a column more, and whether a full one has nothing beneath; a text put beside leaves a blank row."""
    rows: list[tuple[Cell, ...]] = []
    alone = False
    first = 0 if header is None else header
    for number, row in enumerate(grid.rows):
        above = grid.rows[number - 1] if number else ()
        below = grid.rows[number + 1] if number + 1 < len(grid.rows) else ()
        if number >= first and _is_full(row) and below and _is_beneath(below, start):
            rows.append((*row, below[start]))
        elif number > first and _is_beneath(row, start) and _is_full(above):
            rows.append(tuple(replace(cell, origin=Origin.ABOVE) for cell in rows[-1]))
        elif number == 0 and header is None and _is_beneath(row, start):
            rows.append((*(Cell("") for _ in row), row[start]))  # its row ends the page before
        else:
            alone = alone or (number > first and _is_full(row) and bool(below))
            rows.append((*row, replace(row[-1], origin=Origin.LEFT) if _is_wide(row) else Cell("")))
    return tuple(rows), alone


def _is_wide(row: Sequence[Cell]) -> bool:
    return row[-1].origin is Origin.LEFT
