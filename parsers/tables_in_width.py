"""A table too wide for its page, drawn as two: its first columns, then the others beside the rows' numbers again."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from dossier.campaign import AUTHOR, NO, TITLE
from parsers.columns import ColumnNames
from parsers.content import Cell, Grid
from parsers.row_numbers import with_numbers
from parsers.summary_table_header import Header
from parsers.summary_table_headers import find_headers
from parsers.summary_table_rows import View, view
from parsers.table_blocks import Rows, TableBlock, blocks_of, replaced
from parsers.tables_by_column import UNSURE, laid_by_column, may_be_beside
from parsers.wording import is_arabic_ordinal, letters_of

_LEAST_ROWS = 2
_NUMBERED = "two tables whose rows have the same numbers were read as one that was too wide"
_UNNUMBERED = "two tables of as many rows, which nothing numbers, were read as one that was too wide"
_AGAIN = (NO, TITLE, AUTHOR)
"""What may stand in both parts."""


@dataclass(frozen=True, slots=True)
class Joined:
    grids: Mapping[int, Grid]
    """By place; what a second part came from is left out."""
    parts: Mapping[int, frozenset[int]]
    """Place of a grid that took a second part → the places of all that it was put together from."""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    place: int
    header: Header
    rows: tuple[View, ...]


def joined_in_width(grids: Mapping[int, Grid], names: ColumnNames, lines: Collection[int] = ()) -> Joined:
    """The grids with parts that belong beside each other joined: other columns of the very same rows.

    `lines`: places of the text between them: a table with a heading of its own may be another one.
    """
    blocks = blocks_of(grids)
    for one, other in pairwise(blocks):
        if _begin_alike(one.rows, other.rows):
            whole = max(_mandatory(part.rows, names) for part in (one, other)) + 1 >= len(names.mandatory)
            whole = whole and _are_apart(one, other, grids, lines)
            return _together(grids, one, other, 1, (_NUMBERED,) if whole else ())
    for one, other in pairwise(blocks):
        if _may_be_of_one(one.rows, other.rows, names):
            return _together(grids, one, other, 0, (_UNNUMBERED,))
    parts = [part for place, grid in grids.items() for part in _parts(place, grid, names)]
    if len(parts) != 2:
        return Joined(grids, {})
    first, second = parts
    if not _are_of_one(first, second, names):
        return Joined(grids, {})
    kept = {place: grid for place, grid in grids.items() if place != second.place}
    kept[first.place] = _joined(grids[first.place], first, second)
    return Joined(kept, {first.place: frozenset((first.place, second.place))})


def joined_by_column(grids: Mapping[int, Grid]) -> Joined:
    """The same for a part that begins with what stands in any column of the other, such as the title."""
    found = laid_by_column(grids)
    if found is None:
        return Joined(grids, {}, (UNSURE,) if may_be_beside(grids) else ())
    taken = {*found.first, *found.second}
    kept = {place: grid for place, grid in grids.items() if place not in taken}
    kept[found.first[0]] = replace(grids[found.first[0]], rows=found.rows)
    return Joined(dict(sorted(kept.items())), {found.first[0]: frozenset(taken)})


def joined_by_number(grids: Mapping[int, Grid], names: ColumnNames) -> Joined:
    """Parts of which one alone has all that is asked: what the other adds may be of other rows, so a person is told."""
    for one, other in pairwise(blocks_of(grids)):
        pages = [grids[part.place].page for part in (one, other)]
        if (
            None not in pages
            and pages[0] != pages[1]
            and _begin_alike(one.rows, other.rows)
            and _adds(one.rows, other.rows, names)
        ):
            return _together(grids, one, other, 1, (_NUMBERED,))
    return Joined(grids, {})


def _adds(one: Rows, other: Rows, names: ColumnNames) -> bool:
    """Whether each of two parts has columns of the campaign besides the one that both begin with, and no two alike."""
    told = [
        {matches[0].key for cell in rows[0][1:] if (matches := names.matches(cell.text))} - {NO}
        for rows in (one, other)
    ]
    return all(told) and told[0].isdisjoint(told[1])


def _together(
    grids: Mapping[int, Grid], one: TableBlock, other: TableBlock, again: int, doubts: tuple[str, ...]
) -> Joined:
    """`again`: columns of the first part that the second begins with."""
    rows = tuple((*row, *more[again:]) for row, more in zip(one.rows, other.rows, strict=True))
    places = one.places | other.places
    kept = {place: grid for place, grid in grids.items() if place not in places or place == one.place}
    if other.place in places - one.places:  # what else stands in the second sheet stays
        rest = replaced(grids[other.place], other, (), ())
        if any(cell.text.strip() for row in rest.rows for cell in row):
            kept[other.place] = rest
    kept[one.place] = replaced(grids[one.place], one, rows, [other] if other.place == one.place else [])
    return Joined(dict(sorted(kept.items())), {one.place: places}, doubts)


def _are_apart(one: TableBlock, other: TableBlock, grids: Mapping[int, Grid], lines: Collection[int]) -> bool:
    """Whether text stands between two tables."""
    if one.place != other.place:
        over = grids[other.place].rows[: other.first]
        return any(max(one.places) < place < other.place for place in lines) or any(
            cell.text.strip() for row in over for cell in row
        )
    between = grids[one.place].rows[one.first + one.taken : other.first]
    return any(cell.text.strip() for row in between for cell in row)


def _begin_alike(one: Rows, other: Rows) -> bool:
    """Whether all rows of two tables begin with the same texts, their headers too, and nothing else is headed alike."""
    firsts = [[letters_of(row[0].text) if row else "" for row in rows] for rows in (one, other)]
    if len(one) < _LEAST_ROWS or firsts[0] != firsts[1] or len({*firsts[0]}) < _LEAST_ROWS or not all(firsts[0]):
        return False
    return _headed_otherwise(one, other, 1)


def _headed_otherwise(one: Rows, other: Rows, first: int) -> bool:
    heads = [{letters_of(cell.text) for cell in rows[0][first:]} - {""} for rows in (one, other)]
    return all(heads) and heads[0].isdisjoint(heads[1])


def _may_be_of_one(one: Rows, other: Rows, names: ColumnNames) -> bool:
    """Whether two tables of as many rows, that nothing numbers, ask together what neither asks alone."""
    if len(one) != len(other) or len(one) <= _LEAST_ROWS or not _headed_otherwise(one, other, 0):
        return False
    if any(is_arabic_ordinal(rows[-1][0].text) for rows in (one, other)):
        return False
    together = tuple((*row, *more) for row, more in zip(one, other, strict=True))
    told = [_mandatory(rows, names) for rows in (one, other, together)]
    return told[2] > max(told[:2]) and told[2] + 1 >= len(names.mandatory)


def _mandatory(rows: Rows, names: ColumnNames) -> int:
    return max((header.strength[0] for header in find_headers(Grid(rows), names)), default=0)


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
