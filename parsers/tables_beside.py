"""Two tables side by side in one grid, headed alike, as those who save paper lay them: one is put under the other."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from parsers.content import Cell, Grid, Origin
from parsers.wording import letters_of

_LEAST_LABELS = 3
_FIRST_ROWS = 12
"""In which the header stands."""
_NUMBER = re.compile(r"([^\W\d_]{0,4}[ ./-]?)0*(\d{1,4})[.)/]?")
_UNSURE = "two tables side by side, which do not count on, were read one after the other"


_Numbered = tuple[int, tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Unfolded:
    grids: Mapping[int, Grid]
    doubts: tuple[str, ...] = ()


def unfolded(grids: Mapping[int, Grid]) -> Unfolded:
    """The grids, rows of a second table put under those of the first; a person is told where they do not count on."""
    put: dict[int, Grid] = {}
    doubts: list[str] = []
    for place, grid in grids.items():
        found = next((at for number in range(min(_FIRST_ROWS, len(grid.rows))) if (at := _split(grid, number))), None)
        if found is None:
            put[place] = grid
            continue
        header, start = found
        put[place] = _one_after_the_other(grid, header, start)
        if not _count_on(grid.rows[header + 1 :], start):
            doubts.append(_UNSURE)
    return Unfolded(put, tuple(doubts))


def _split(grid: Grid, number: int) -> tuple[int, int] | None:
    """The row and the column at which the same labels in the same order begin again; nothing else is headed."""
    labels = [
        (place, letters)
        for place, cell in enumerate(grid.rows[number])
        if cell.origin is Origin.OWN and (letters := letters_of(cell.text))
    ]
    half = len(labels) // 2
    first, second = labels[:half], labels[half:]
    words = [letters for _, letters in first]
    if half < _LEAST_LABELS or len(set(words)) < half or words != [letters for _, letters in second]:
        return None
    start = second[0][0]
    steps = {there - here for (here, _), (there, _) in zip(first, second, strict=True)}
    free = all(not row[start].text.strip() or row[start].origin is not Origin.LEFT for row in grid.rows[number:])
    return (number, start) if len(steps) == 1 and free else None


def _one_after_the_other(grid: Grid, header: int, start: int) -> Grid:
    """What stands over the header stays; a row that is empty on one side is one of the other alone."""
    left: list[_Numbered] = []
    right: list[_Numbered] = []
    for number in range(header + 1, len(grid.rows)):
        row = grid.rows[number]
        for side, cells in ((left, row[:start]), (right, row[start : 2 * start])):
            if any(cell.text.strip() for cell in cells):
                side.append((number, (*cells, *[Cell("")] * (start - len(cells)))))
    above = [(number, row[:start]) for number, row in enumerate(grid.rows[: header + 1])]
    moved = [*above, *left, *right]
    return replace(
        grid,
        rows=tuple(row for _, row in moved),
        numbers=tuple(grid.first_row + number for number, _ in moved),
    )


def _count_on(rows: Sequence[Sequence[Cell]], start: int) -> bool:
    """Whether the rows of the second table are numbered on from the last of the first: "SK-2" and "SK-3"."""
    numbered = [(_NUMBER.fullmatch(row[0].text.strip()), _NUMBER.fullmatch(row[start].text.strip())) for row in rows]
    left = [found for found, _ in numbered if found is not None]
    right = [found for _, found in numbered if found is not None]
    return bool(left and right) and right[0][1] == left[-1][1] and int(right[0][2]) == int(left[-1][2]) + 1
