"""A sheet that is wider than the paper is printed over several pages across: its columns are put side by side again.

The pieces are told by their rows, which stand at the same heights on every page, while their headers differ. Excel
prints down and then across, or across and then down.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from parsers.content import Content, Grid, Line

_MOST_ACROSS = 8
_TOLERANCE = 2.0
"""Points between the tops of one row on two pages."""
_LEAST_ROWS = 2


def joined_across(content: Content) -> Content:
    """The same content where nothing tells that its pages belong side by side."""
    places = [place for place, block in enumerate(content.blocks) if isinstance(block, Grid)]
    grids = [block for block in content.blocks if isinstance(block, Grid)]
    if len({grid.page for grid in grids}) != len(grids) or len(grids) < _LEAST_ROWS:
        return content
    if any(grid.page is None or not grid.ruled for grid in grids):
        return content
    order = next((order for order in _orders(len(grids)) if _fits(grids, order)), None)
    if order is None:
        return content
    joined = {places[row[0]]: _side_by_side([grids[number] for number in row]) for row in order}
    blocks: list[Line | Grid] = []
    for place, block in enumerate(content.blocks):
        if isinstance(block, Line):
            blocks.append(block)
        elif place in joined:
            blocks.append(joined[place])
    return replace(content, blocks=tuple(blocks))


def _orders(count: int) -> Iterator[list[list[int]]]:
    """The grids that may stand side by side, each row from left to right."""
    for across in range(min(count, _MOST_ACROSS), 1, -1):
        if count % across == 0:
            down = count // across
            yield [[row + down * column for column in range(across)] for row in range(down)]
            yield [[across * row + column for column in range(across)] for row in range(down)]


def _fits(grids: Sequence[Grid], order: Sequence[Sequence[int]]) -> bool:
    return all(_same_rows(grids[row[0]], grids[other]) for row in order for other in row[1:])


def _same_rows(one: Grid, other: Grid) -> bool:
    tops, others = _tops(one), _tops(other)
    if len(one.rows) < _LEAST_ROWS or len(tops) != len(others) or one.rows[0] == other.rows[0]:
        return False
    known = [(top, beside) for top, beside in zip(tops, others, strict=True) if top is not None and beside is not None]
    return len(known) >= _LEAST_ROWS and all(abs(top - beside) <= _TOLERANCE for top, beside in known)


def _tops(grid: Grid) -> list[float | None]:
    return [next((cell.box.top for cell in row if cell.box is not None), None) for row in grid.rows]


def _side_by_side(grids: Sequence[Grid]) -> Grid:
    """Cells of later pages have no place on the first one's."""
    first, *others = grids
    rows = tuple(
        (*row, *(replace(cell, box=None) for other in others for cell in other.rows[number]))
        for number, row in enumerate(first.rows)
    )
    return replace(first, rows=rows)
