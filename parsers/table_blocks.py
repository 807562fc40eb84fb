"""The tables that stand in grids: several in one sheet, one under the other; one that goes on on the next page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from parsers.content import Cell, Grid, Origin
from parsers.wording import is_arabic_ordinal, letters_of, number_in

_LEAST_COLUMNS = 2
_EMPTY = Cell("")

Rows = tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class TableBlock:
    """Rows that follow each other, the first of them perhaps a header."""

    place: int
    """Of the grid."""
    first: int
    """Row of the grid where it begins."""
    rows: Rows
    """As wide as what stands in them."""
    places: frozenset[int]
    """Of all grids that it was put together from."""
    taken: int
    """Rows of the grid at `place` that it takes."""


def blocks_of(grids: Mapping[int, Grid]) -> list[TableBlock]:
    """Every table, from top to bottom."""
    found: list[TableBlock] = []
    last: Grid | None = None
    for place, grid in grids.items():
        if grid.sheet is not None:
            found += _in_sheet(place, grid)
            continue
        if found and last is not None and (rows := _gone_on(found[-1].rows, last, grid)):
            found[-1] = replace(found[-1], rows=rows, places=found[-1].places | {place})
        else:
            found.append(TableBlock(place, 0, grid.rows, frozenset((place,)), len(grid.rows)))
        last = grid
    return found


def _in_sheet(place: int, grid: Grid) -> Iterator[TableBlock]:
    """Runs of rows of several cells; what stands alone in a row is a title, a remark."""
    first: int | None = None
    for number in range(len(grid.rows) + 1):
        inside = number < len(grid.rows) and _filled(grid.rows[number]) >= _LEAST_COLUMNS
        if inside and first is None:
            first = number
        elif not inside and first is not None:
            rows = grid.rows[first:number]
            width = max(_width(row) for row in rows)
            trimmed = tuple(row[:width] for row in rows)
            yield TableBlock(place, first, trimmed, frozenset((place,)), len(rows))
            first = None


def _filled(row: Sequence[Cell]) -> int:
    return sum(cell.origin is not Origin.LEFT and bool(cell.text.strip()) for cell in row)


def _width(row: Sequence[Cell]) -> int:
    return max((place + 1 for place, cell in enumerate(row) if cell.text.strip()), default=0)


def _gone_on(rows: Rows, before: Grid, grid: Grid) -> Rows:
    """The rows with those of a grid on the next page that counts on or begins amid a row; () where it does not."""
    if before.page is None or grid.page != before.page + 1 or len(rows[0]) != len(grid.rows[0]) or not rows[0]:
        return ()
    more = grid.rows[1:] if _letters(grid.rows[0]) == _letters(rows[0]) else grid.rows
    last = next((row[0].text for row in reversed(rows) if is_arabic_ordinal(row[0].text)), "")
    if not more or not last:
        return ()
    if not more[0][0].text.strip():
        rows, more = (*rows[:-1], tuple(map(_with_rest, rows[-1], more[0]))), more[1:]
    first = next((row[0].text for row in more if is_arabic_ordinal(row[0].text)), "")
    return (*rows, *more) if not first or number_in(first) == number_in(last) + 1 else ()


def _letters(row: Sequence[Cell]) -> list[str]:
    return [letters_of(cell.text) for cell in row]


def _with_rest(cell: Cell, rest: Cell) -> Cell:
    return replace(cell, text=f"{cell.text}\n{rest.text}") if rest.text.strip() else cell


def replaced(grid: Grid, block: TableBlock, rows: Rows, others: Sequence[TableBlock]) -> Grid:
    """The grid with `rows` in place of a block's, without the other blocks in it; all rows of one width."""
    left_out = {number for one in others for number in range(one.first, one.first + one.taken)}
    after = block.first + block.taken
    below = [row for number, row in enumerate(grid.rows) if number >= after and number not in left_out]
    together = (*grid.rows[: block.first], *rows, *below)
    width = max(map(len, together), default=0)
    return replace(grid, rows=tuple((*row, *([_EMPTY] * (width - len(row)))) for row in together))
