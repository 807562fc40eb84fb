"""A table too wide for its page, drawn as two: its first columns, then the others beside the rows' numbers again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from dossier.campaign import AUTHOR, NO, TITLE
from parsers.columns import ColumnNames
from parsers.content import Cell, Grid
from parsers.row_numbers import with_numbers
from parsers.summary_table_header import Header, find_headers
from parsers.summary_table_rows import View, view
from parsers.wording import letters_of

_LEAST_ROWS = 2
_AGAIN = (NO, TITLE, AUTHOR)
"""What may stand in both parts."""


@dataclass(frozen=True, slots=True)
class Joined:
    grids: Mapping[int, Grid]
    """By place; a second part is left out."""
    parts: Mapping[int, int]
    """Place of a grid that took a second part → the second's place."""


@dataclass(frozen=True, slots=True)
class _Part:
    place: int
    header: Header
    rows: tuple[View, ...]


def joined_in_width(grids: Mapping[int, Grid], names: ColumnNames) -> Joined:
    """The grids with parts that belong beside each other joined: other columns of the very same rows."""
    places = list(grids)
    for one, other in pairwise(places):
        if _begin_alike(grids[one], grids[other]):
            kept = {place: grid for place, grid in grids.items() if place != other}
            kept[one] = replace(
                grids[one],
                rows=tuple((*row, *more[1:]) for row, more in zip(grids[one].rows, grids[other].rows, strict=True)),
            )
            return Joined(kept, {one: other})
    parts = [part for place, grid in grids.items() for part in _parts(place, grid, names)]
    if len(parts) != 2:
        return Joined(grids, {})
    first, second = parts
    if not _are_of_one(first, second, names):
        return Joined(grids, {})
    kept = {place: grid for place, grid in grids.items() if place != second.place}
    kept[first.place] = _joined(grids[first.place], first, second)
    return Joined(kept, {first.place: second.place})


def _begin_alike(one: Grid, other: Grid) -> bool:
    """Whether all rows of two tables begin with the same texts, their headers too, and nothing else is headed alike."""
    firsts = [[letters_of(row[0].text) if row else "" for row in grid.rows] for grid in (one, other)]
    if len(one.rows) < _LEAST_ROWS or firsts[0] != firsts[1] or len({*firsts[0]}) < _LEAST_ROWS or not all(firsts[0]):
        return False
    heads = [{letters_of(cell.text) for cell in grid.rows[0][1:]} - {""} for grid in (one, other)]
    return all(heads) and heads[0].isdisjoint(heads[1])


def _parts(place: int, grid: Grid, names: ColumnNames) -> list[_Part]:
    headers = list(find_headers(grid, names))
    ends = [*(header.first for header in headers[1:]), len(grid.rows)]
    found = []
    for header, end in zip(headers, ends, strict=False):  # without a header there is no part
        own = replace(grid, rows=grid.rows[:end])
        told = with_numbers(header, own)
        rows = (view(told, row) for row in own.rows[header.last + 1 :])
        found.append(_Part(place, told, tuple(row for row in rows if len(row.content) > 1)))
    return found


def _are_of_one(first: _Part, second: _Part, names: ColumnNames) -> bool:
    """Whether both tell the same rows in the same order, and neither alone all that is asked."""
    mine, other = first.header.keys, second.header.keys
    both = (mine | other) & names.mandatory
    if (mine & other) - {*_AGAIN} or names.mandatory in (mine & names.mandatory, other & names.mandatory):
        return False
    if len(both) <= max(len(mine & names.mandatory), len(other & names.mandatory)):
        return False
    for key in (key for key in _AGAIN if key in mine & other):
        told = [[letters_of(row.text(key)) for row in part.rows] for part in (first, second)]
        if told[0] and told[0] == told[1] and all(told[0]):
            return True
    return False


def _joined(grid: Grid, first: _Part, second: _Part) -> Grid:
    more = [place for place, leaf in enumerate(second.header.leaves) if leaf.key not in _AGAIN and leaf.texts]
    head = [Cell(leaf.label) for leaf in first.header.leaves]
    head += [Cell(second.header.leaves[place].label) for place in more]
    rows = [
        (*one.cells, *(other.cells[place] for place in more))
        for one, other in zip(first.rows, second.rows, strict=True)
    ]
    return replace(grid, rows=(tuple(head), *map(tuple, rows)))
