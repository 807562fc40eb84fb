"""A table too wide for its page whose second part begins with a column that stands anywhere in the first, often the
title: the same texts in the same order are the same rows. Each part may go on over several pages.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from parsers.content import Grid
from parsers.table_blocks import Rows
from parsers.wording import is_ordinal, letters_of

_MOST_PAGES = 4
_LEAST_ROWS = 2
"""And columns: forms have one."""
_HALF = 0.5
UNSURE = "a table on a later page names initiatives of the one before it and could not be laid beside it"


@dataclass(frozen=True, slots=True)
class Beside:
    """Two parts of one table, each from the grids at its places."""

    first: tuple[int, ...]
    second: tuple[int, ...]
    rows: Rows
    """Of both together: the second's without the column that is there already."""


@dataclass(frozen=True, slots=True)
class _Run:
    places: tuple[int, ...]
    rows: Rows


def laid_by_column(grids: Mapping[int, Grid]) -> Beside | None:
    """The first two parts that are one table; None where there are none."""
    for one, other in _pairs(grids):
        column = _again(one.rows, other.rows)
        if column is None or len(one.rows) != len(other.rows):
            continue
        if _texts(one.rows, column) == _texts(other.rows, 0) and all(_texts(one.rows, column)):
            rows = tuple((*row, *more[1:]) for row, more in zip(one.rows, other.rows, strict=True))
            return Beside(one.places, other.places, rows)
    return None


def may_be_beside(grids: Mapping[int, Grid]) -> bool:
    """Whether half of what a part begins with stands in a column of the part before it, headed alike."""
    for one, other in _pairs(grids):
        column = _again(one.rows, other.rows)
        if column is not None:
            there, told = set(_texts(one.rows, column)[1:]), [text for text in _texts(other.rows, 0)[1:] if text]
            if told and sum(text in there for text in told) >= _HALF * len(told):
                return True
    return False


def _pairs(grids: Mapping[int, Grid]) -> Iterator[tuple[_Run, _Run]]:
    """Runs of pages that follow each other."""
    paged = [(place, grid) for place, grid in grids.items() if grid.page is not None]
    for start in range(len(paged)):
        for end in range(start + 1, min(start + _MOST_PAGES, len(paged))):
            for stop in range(end + 1, min(end + _MOST_PAGES, len(paged)) + 1):
                one, other = _run(paged[start:end]), _run(paged[end:stop])
                if one is not None and other is not None:
                    yield one, other


def _run(paged: Sequence[tuple[int, Grid]]) -> _Run | None:
    """The rows of one part; its header may stand on every page."""
    rows = paged[0][1].rows
    for (_, before), (_, grid) in pairwise(paged):
        if grid.page == before.page or len(grid.rows[0]) != len(before.rows[0]):
            return None
        rows += grid.rows[1:] if _letters(grid.rows[:1]) == _letters(rows[:1]) else grid.rows
    return _Run(tuple(place for place, _ in paged), rows)


def _again(one: Rows, other: Rows) -> int | None:
    """The column of the first part that the second begins with, where that holds texts and nothing else is alike."""
    heads = [[letters_of(cell.text) for cell in rows[0]] for rows in (one, other)]
    again = heads[1][0] if heads[1] else ""
    if min(len(one), len(other), *map(len, heads)) < _LEAST_ROWS or not again or heads[0].count(again) != 1:
        return None
    told = [row[0].text for row in other[1:] if row[0].text.strip()]  # a row that a page cuts has no number
    if {*heads[0]} & {*heads[1][1:]} - {""} or all(map(is_ordinal, told)):
        return None
    return heads[0].index(again)


def _texts(rows: Rows, column: int) -> list[str]:
    return [letters_of(row[column].text) for row in rows]


def _letters(rows: Rows) -> list[list[str]]:
    return [[letters_of(cell.text) for cell in row] for row in rows]
