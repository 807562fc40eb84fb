"""The grid that ruling lines make: rows, columns, and the cells that are merged because a rule is missing between them.

All lengths are millimetres, in the straightened page; a rule is a stretch of a level or an upright line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, product
from statistics import median

NEAREST = 1.8
"""Two parallel rules closer than this are one, drawn double."""
_ALIGNED = 0.7
_BREAK = 8.0
"""Pieces of one rule lie so close to one line, and to each other."""
_REACH = 2.5
"""How far a rule may end before or behind the one that it meets."""
_MOST = 0.4
"""Share of the table's extent from which a rule needs to meet none."""
_DRAWN = 0.7
"""Share of a cell's side that has to be drawn."""
_DRAWN_STRONG = 0.35
"""Where the same line is drawn beside most other cells."""
_CORNER = 0.45
"""A side is drawn into both of its corners; underlined text keeps the margins of its cell."""
_LOW = 8.0
"""Up to this a letter can fill most of a side."""
_LETTER = 6.5
"""A line no longer than letters with their marks divides nothing, where the other lines are longer."""
_NARROWEST = 25.0
"""A table; text set close together seems to make grids that are smaller."""
_OVERHANG = 4.0
"""Where rules go on this far beyond the last one that crosses them, the table has an edge that is not drawn."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A straight piece of a rule."""

    place: float
    start: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Span:
    """A cell, counted in rows and columns of the grid."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class RuledGrid:
    tops: tuple[float, ...]
    """One more than there are rows."""
    lefts: tuple[float, ...]
    cells: tuple[Span, ...]
    """In reading order; together they cover the grid."""


def groups_of(level: Sequence[Stretch], upright: Sequence[Stretch]) -> list[tuple[list[Stretch], list[Stretch]]]:
    """Rules that meet, group by group: each may be a table."""
    parents = list(range(len(level) + len(upright)))
    for across, down in product(range(len(level)), range(len(upright))):
        if _meet(level[across], upright[down]):
            parents[_root(parents, across)] = _root(parents, len(level) + down)
    for first, stretches in ((0, level), (len(level), upright)):
        for one, other in _broken(stretches):
            parents[_root(parents, first + one)] = _root(parents, first + other)
    groups: dict[int, tuple[list[Stretch], list[Stretch]]] = {}
    for place, stretch in enumerate((*level, *upright)):
        group = groups.setdefault(_root(parents, place), ([], []))
        group[place >= len(level)].append(stretch)
    return list(groups.values())


def grid_of(level: Sequence[Stretch], upright: Sequence[Stretch]) -> RuledGrid | None:
    """The grid of rules that belong together; None where they part fewer than two cells."""
    level, upright = _meeting(level, upright), _meeting(upright, level)
    level, upright = _meeting(level, upright), _meeting(upright, level)
    across, down = _lines(level, upright), _lines(upright, level)
    while True:
        if len(across) < 2 or len(down) < 2 or down[-1].place - down[0].place < _NARROWEST:
            return None
        tops, lefts = [line.place for line in across], [line.place for line in down]
        below = [_sides(line, lefts) for line in across]
        beside = [_sides(line, tops) for line in down]
        kept_across = [line for line, sides in zip(across, below, strict=True) if any(sides)]
        kept_down = [line for line, sides in zip(down, beside, strict=True) if any(sides)]
        if len(kept_across) == len(across) and len(kept_down) == len(down):
            cells = _cells(below, beside)
            drawn = tops[-1] - tops[0] > _LETTER or all(_is_whole(line, lefts) for line in (across[0], across[-1]))
            return RuledGrid(tuple(tops), tuple(lefts), cells) if drawn and len(cells) > 1 else None
        across, down = kept_across, kept_down


@dataclass(frozen=True, slots=True)
class _Line:
    """All stretches that lie on one line."""

    place: float
    stretches: tuple[Stretch, ...]
    edge: bool = False
    """Not drawn: where the other rules end."""


def _meet(level: Stretch, upright: Stretch) -> bool:
    return (
        level.start - _REACH <= upright.place <= level.end + _REACH
        and upright.start - _REACH <= level.place <= upright.end + _REACH
    )


def _broken(stretches: Sequence[Stretch]) -> Iterator[tuple[int, int]]:
    """Pairs that lie on one line, end to end: a rule that was broken."""
    order = sorted(range(len(stretches)), key=lambda place: stretches[place].place)
    for number, one in enumerate(order):
        for other in islice(order, number + 1, None):
            if stretches[other].place - stretches[one].place > _ALIGNED:
                break
            first, last = sorted((stretches[one], stretches[other]), key=lambda each: each.start)
            if last.start - first.end <= _BREAK:
                yield one, other


def _root(parents: list[int], place: int) -> int:
    while parents[place] != place:
        parents[place] = parents[parents[place]]
        place = parents[place]
    return place


def _meeting(stretches: Sequence[Stretch], others: Sequence[Stretch]) -> list[Stretch]:
    """Stretches that run from one of the others to another, or lie on a long line: the rest are strokes of letters."""
    if not stretches or not others:
        return []
    extent = max(each.end for each in stretches) - min(each.start for each in stretches)
    return [
        each
        for each in stretches
        if (_ends_at(each, each.start, others) and _ends_at(each, each.end, others))
        or sum(other.length for other in stretches if abs(other.place - each.place) <= _ALIGNED) >= _MOST * extent
    ]


def _ends_at(stretch: Stretch, end: float, others: Sequence[Stretch]) -> bool:
    return any(
        abs(other.place - end) <= _REACH and other.start - _REACH <= stretch.place <= other.end + _REACH
        for other in others
    )


def _lines(stretches: Sequence[Stretch], others: Sequence[Stretch]) -> list[_Line]:
    """Stretches that lie on one line, put together, with the edges of the table that are not drawn."""
    if not stretches or not others:
        return []
    lines: list[list[Stretch]] = []
    for stretch in sorted(stretches, key=lambda each: each.place):
        if lines and stretch.place - _middle(lines[-1]) < NEAREST:
            lines[-1].append(stretch)
        else:
            lines.append([stretch])
    found = [_Line(_middle(line), tuple(line)) for line in lines]
    long = [line for line in found if max(each.length for each in line.stretches) > _LETTER]
    found = long if len(long) > 1 else found
    first, last = _overhang(found[0].place, others, -1), _overhang(found[-1].place, others, 1)
    before = [] if first is None else [_Line(first, (), edge=True)]
    return [*before, *found, *([] if last is None else [_Line(last, (), edge=True)])]


def _overhang(outermost: float, others: Sequence[Stretch], way: int) -> float | None:
    """Where the others end beyond the outermost line, if most of those that cross it do."""
    crossing = [other for other in others if other.start - _REACH <= outermost <= other.end + _REACH]
    beyond = [
        end for other in crossing if ((end := other.end if way > 0 else other.start) - outermost) * way > _OVERHANG
    ]
    return median(beyond) if len(beyond) * 2 > len(crossing) and len(beyond) > 1 else None


def _middle(line: Sequence[Stretch]) -> float:
    return sum(each.place * each.length for each in line) / sum(each.length for each in line)


def _sides(line: _Line, crossings: Sequence[float]) -> list[bool]:
    """Whether the line is drawn from each crossing to the next."""
    if line.edge:
        return [True] * (len(crossings) - 1)
    drawn = [_drawn(line, start, end) for start, end in pairwise(crossings)]
    sizes = [end - start for start, end in pairwise(crossings)]
    strong = sum(share * size for share, size in zip(drawn, sizes, strict=True)) * 2 > sum(sizes)
    return [
        share >= _DRAWN_STRONG
        if strong and end - start > _LOW
        else share >= _DRAWN and _drawn(line, start, start + _CORNER) > 0 and _drawn(line, end - _CORNER, end) > 0
        for share, (start, end) in zip(drawn, pairwise(crossings), strict=True)
    ]


def _drawn(line: _Line, start: float, end: float) -> float:
    """Share of the way from start to end."""
    reached, drawn = start, 0.0
    for each in sorted(line.stretches, key=lambda each: each.start):
        if each.end > reached:
            drawn += max(0.0, min(each.end, end) - max(each.start, reached))
            reached = each.end
    return drawn / (end - start)


def _is_whole(line: _Line, crossings: Sequence[float]) -> bool:
    """Whether a line is drawn without a break: one that capitals seem to make is not."""
    return line.edge or any(
        each.start <= crossings[0] + _REACH and each.end >= crossings[-1] - _REACH for each in line.stretches
    )


def _cells(below: Sequence[Sequence[bool]], beside: Sequence[Sequence[bool]]) -> tuple[Span, ...]:
    """Fields with no rule between them are one cell; where those make no rectangle, as few cells as their rows allow.

    `below[i][c]`: line i is drawn over column c; `beside[j][r]`: line j is drawn along row r.
    """
    rows, columns = len(below) - 1, len(beside) - 1
    parents = list(range(rows * columns))
    for row, column in product(range(rows), range(columns)):
        place = row * columns + column
        if column + 1 < columns and not beside[column + 1][row]:
            parents[_root(parents, place)] = _root(parents, place + 1)
        if row + 1 < rows and not below[row + 1][column]:
            parents[_root(parents, place)] = _root(parents, place + columns)
    spans: list[Span] = []
    for row in range(rows):
        roots = [_root(parents, row * columns + column) for column in range(columns)]
        start = 0
        for column in range(1, columns + 1):
            if column == columns or roots[column] != roots[start]:
                spans.append(Span(row, start, 1, column - start))
                start = column
    return _joined(spans, below)


def _joined(runs: Sequence[Span], below: Sequence[Sequence[bool]]) -> tuple[Span, ...]:
    """Runs of one width above each other with no rule between them become one cell."""
    cells: list[Span] = []
    open_: dict[tuple[int, int], int] = {}
    for run in runs:
        above = open_.get((run.column, run.columns))
        columns = range(run.column, run.column + run.columns)
        if (
            above is not None
            and cells[above].row + cells[above].rows == run.row
            and not any(below[run.row][column] for column in columns)
        ):
            cells[above] = Span(cells[above].row, run.column, cells[above].rows + 1, run.columns)
        else:
            open_[run.column, run.columns] = len(cells)
            cells.append(run)
    return tuple(cells)
