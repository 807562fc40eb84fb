"""Tables in the picture of a page, found by their ruling lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from parsers.content import Box
from parsers.picture import Grey
from parsers.ruling import MM_PER_INCH, Numbers, Rule, pixels, trace
from parsers.ruling_grid import RuledGrid, Span, Stretch, grid_of, groups_of
from parsers.ruling_warp import Warp, fit_warp

_SEARCHED_AT = 150
"""Dots an inch: rules are found as well as in a finer picture, and four times faster than at 300."""
_HALF, _NEARLY = 0.5, 0.005
_SQUARE = 8
"""Pixels: what stands on a page is looked for in a picture so many times smaller."""
_DARKER = 0.5
"""Of 255, in the mean of a row or a column: the noise of a scan leaves less."""
_AROUND = 3.0
"""Millimetres."""
_SHORTEST = 4.0
"""Millimetres: the height of one line of text."""
_TELLING = 12.0
"""From this length a rule tells how the page is bent."""
_WAVER = 0.13
"""Of a short rule on the straightened page."""
_MANY = 3
_LEAST_ACROSS, _LEAST_DOWN = 21.0, 15.0
"""Longer than the strokes of letters, run together by noise."""


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table's grid on the straightened page; places are in pixels of the picture."""

    tops: tuple[float, ...]
    """Of the level rules, one more than there are rows."""
    lefts: tuple[float, ...]
    cells: tuple[Span, ...]
    """In reading order; together they cover the grid."""
    warp: Warp

    @property
    def straight_box(self) -> Box:
        """On the straightened page."""
        return Box(self.lefts[0], self.tops[0], self.lefts[-1], self.tops[-1])

    @property
    def box(self) -> Box:
        """What the table takes of the picture."""
        return boxed(self.warp, [self.straight_box])[0]


@dataclass(frozen=True, slots=True)
class Rules:
    """The ruling lines of a page, in pixels of its picture."""

    level: tuple[Rule, ...]
    """Looked for only where there are upright ones."""
    upright: tuple[Rule, ...]

    def are_many(self, dpi: float) -> bool:
        """As many, and as long, as a table has, whether or not they make one."""
        across = sum(rule.length >= pixels(_LEAST_ACROSS, dpi) for rule in self.level)
        down = sum(rule.length >= pixels(_LEAST_DOWN, dpi) for rule in self.upright)
        return min(across, down) >= _MANY


def find_tables(image: Grey, dpi: float) -> tuple[RuledTable, ...]:
    """Ruled tables of more than one cell, from top to bottom: no frame of a page, no table within a table."""
    return tables_of(read_rules(image, dpi), image, dpi)


def read_rules(image: Grey, dpi: float) -> Rules:
    """A page of running text has no upright rules: it is not searched for level ones, which takes as long again."""
    factor = _halved(min(1.0, _SEARCHED_AT / dpi))
    left, top, right, bottom = _printed(image, pixels(_AROUND, dpi))
    part = image[top:bottom, left:right]
    # averaged by area: quicker ways move a rule by parts of a pixel, and single digits beside it are then misread
    small = cv2.resize(part, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA) if factor < 1 else part
    level, upright = trace(np.asarray(small, dtype=np.uint8), dpi * factor, _SHORTEST)
    return Rules(
        tuple(Rule(rule.along / factor + left, rule.across / factor + top) for rule in level),
        tuple(Rule(rule.along / factor + top, rule.across / factor + left) for rule in upright),
    )


def _halved(factor: float) -> float:
    """A half for what is all but a half: A4 is 841.9 points long, and nobody says so.

    By shares that are no whole parts the means drift along the page, and a rule in them by a third of a pixel.
    """
    return _HALF if abs(factor - _HALF) < _NEARLY else factor


def _printed(image: Grey, around: int) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what stands on the page, with as much around it: its margins are not searched.

    Told by the mean of each row and column, in which even a faint rule shows as soon as it is long. The part begins
    with a whole square: made smaller, it has the same pixels as in the picture of the whole page.
    """
    height, width = image.shape
    if min(height, width) < _SQUARE:
        return 0, 0, width, height
    small = cv2.resize(image, None, fx=1 / _SQUARE, fy=1 / _SQUARE, interpolation=cv2.INTER_AREA)
    left, right = _inked(small.mean(axis=0), width, around)
    top, bottom = _inked(small.mean(axis=1), height, around)
    return left, top, right, bottom


def _inked(means: Numbers, whole: int, around: int) -> tuple[int, int]:
    """Start and end, in pixels, of where it is darker than the emptiest of these rows or columns."""
    dark = np.flatnonzero(means < means.max() - _DARKER)
    if not dark.size:
        return 0, whole
    return max(0, int(dark[0]) - around // _SQUARE - 1) * _SQUARE, min(whole, (int(dark[-1]) + 1) * _SQUARE + around)


def tables_of(rules: Rules, image: Grey, dpi: float) -> tuple[RuledTable, ...]:
    """The tables that the rules of a page make."""
    level, upright = rules.level, rules.upright
    if len(level) < 2 or len(upright) < 2:
        return ()
    height, width = image.shape
    warp = fit_warp(_telling(level, dpi), _telling(upright, dpi), (height, width), dpi)
    mm = MM_PER_INCH / dpi
    x, y = warp.target(_joined(rule.along for rule in level), _joined(rule.across for rule in level))
    across = _stretches(_parted(x, level), _parted(y, level), mm)
    x, y = warp.target(_joined(rule.across for rule in upright), _joined(rule.along for rule in upright))
    down = _stretches(_parted(y, upright), _parted(x, upright), mm)
    grids = [grid for group in groups_of(across, down) if (grid := grid_of(*group)) is not None]
    tables = [
        RuledTable(_in_pixels(grid.tops, mm), _in_pixels(grid.lefts, mm), grid.cells, warp) for grid in _apart(grids)
    ]
    return tuple(sorted(tables, key=lambda table: table.tops[0]))


def boxed(warp: Warp, boxes: Sequence[Box]) -> list[Box]:
    """The upright box around each box of the straightened page, in the picture."""
    corners_x = np.array([(box.x0, box.x1, box.x0, box.x1) for box in boxes])
    corners_y = np.array([(box.top, box.top, box.bottom, box.bottom) for box in boxes])
    x, y = warp.source(corners_x, corners_y)
    sides = np.stack([x.min(axis=1), y.min(axis=1), x.max(axis=1), y.max(axis=1)], axis=1)
    return [Box(*each) for each in sides.tolist()]


def _telling(rules: Sequence[Rule], dpi: float) -> list[Rule]:
    return [rule for rule in rules if rule.length * MM_PER_INCH / dpi >= _TELLING]


def _joined(points: Iterable[Numbers]) -> Numbers:
    """Of all rules at once: one by one they take ten times as long to straighten."""
    return np.concatenate(list(points))


def _parted(points: Numbers, rules: Sequence[Rule]) -> list[Numbers]:
    return np.split(points, np.cumsum([len(rule.along) for rule in rules])[:-1])


def _stretches(alongs: Sequence[Numbers], acrosses: Sequence[Numbers], mm: float) -> list[Stretch]:
    """Of straightened rules; a short one that still wavers is no rule: letters stand above each other."""
    return [
        Stretch(float(np.median(across)) * mm, float(along[0]) * mm, float(along[-1]) * mm)
        for along, across in zip(alongs, acrosses, strict=True)
        if (along[-1] - along[0]) * mm >= _TELLING or float(across.std()) * mm <= _WAVER
    ]


def _in_pixels(places: Sequence[float], mm: float) -> tuple[float, ...]:
    return tuple(place / mm for place in places)


def _apart(grids: Sequence[RuledGrid]) -> list[RuledGrid]:
    """Without the grids that lie within another one's."""
    return [grid for grid in grids if not any(_within(grid, other) for other in grids if other is not grid)]


def _within(inner: RuledGrid, outer: RuledGrid) -> bool:
    return (
        outer.tops[0] <= inner.tops[0]
        and inner.tops[-1] <= outer.tops[-1]
        and outer.lefts[0] <= inner.lefts[0]
        and inner.lefts[-1] <= outer.lefts[-1]
    )
