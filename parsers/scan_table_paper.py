"""The picture of one table made ready for reading: straight, at the resolution that reads best, its rules erased.

With rules left in, Tesseract reads a seventh of the cells (DESIGN.md, "Choices").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.content import Box
from parsers.picture import Grey
from parsers.ruling import level_strokes, pixels, transposed
from parsers.ruling_grid import Span
from parsers.ruling_table import RuledTable
from parsers.ruling_warp import straighten

DPI = 300
PAPER = 255
DARK = 150
"""Of 255: ink is darker."""

_MARGIN = 1.5
"""Millimetres around the table."""
_BESIDE = 1.3
"""Millimetres to either side of a rule's place in which it is drawn."""
_UNBROKEN = 5.0
_LONG = pixels(12.0, DPI)
_WAVER = pixels(0.5, DPI)
"""By so much may pieces of a rule lie above or below it on the straightened page."""
_NEXT = 2
"""Pixels from a rule to what would be a letter's stroke that crosses it."""


@dataclass(frozen=True, slots=True)
class TablePicture:
    """Places are in pixels of `picture`."""

    picture: Grey
    tops: tuple[int, ...]
    lefts: tuple[int, ...]
    cells: tuple[Span, ...]
    two_levels: bool = False
    """Scanned in black and white alone."""

    def box(self, cell: Span) -> Box:
        return Box(
            self.lefts[cell.column],
            self.tops[cell.row],
            self.lefts[cell.column + cell.columns],
            self.tops[cell.row + cell.rows],
        )


def table_picture(page: Grey, dpi: float, table: RuledTable, *, two_levels: bool = False) -> TablePicture:
    """The table as it is read; `page` is black on white, `two_levels` of a page scanned without greys."""
    margin, enlarged = pixels(_MARGIN, dpi), DPI / dpi
    whole = table.straight_box
    box = Box(whole.x0 - margin, whole.top - margin, whole.x1 + margin, whole.bottom + margin)
    picture = straighten(page, table.warp, box, enlarged)
    tops = tuple(round((top - box.top) * enlarged) for top in table.tops)
    lefts = tuple(round((left - box.x0) * enlarged) for left in table.lefts)
    _erase(picture, tops, lefts, _walls(table.cells, len(tops), len(lefts)))
    turned = transposed(picture)
    swapped = [Span(cell.column, cell.row, cell.columns, cell.rows) for cell in table.cells]
    _erase(turned, lefts, tops, _walls(swapped, len(lefts), len(tops)))
    picture = transposed(turned)
    _clear_around(picture, tops, lefts)
    return TablePicture(picture, tops, lefts, table.cells, two_levels)


def _walls(cells: Sequence[Span], lines: int, crossings: int) -> NDArray[np.bool_]:
    """Whether each level line parts two cells, or is the table's edge, from each crossing to the next."""
    walls = np.zeros((lines, crossings - 1), dtype=np.bool_)
    for cell in cells:
        columns = slice(cell.column, cell.column + cell.columns)
        walls[cell.row, columns] = walls[cell.row + cell.rows, columns] = True
    return walls


def _erase(picture: Grey, lines: Sequence[int], crossings: Sequence[int], walls: NDArray[np.bool_]) -> None:
    """Paint the level rules over, in place."""
    beside = pixels(_BESIDE, DPI)
    for line, sides in zip(lines, walls, strict=True):
        wide = slice(max(0, line - 2 * beside), line + 2 * beside + 1)
        strokes = level_strokes(picture[wide], DPI, _UNBROKEN)
        strokes[: max(0, line - beside - wide.start)] = 0
        strokes[line + beside + 1 - wide.start :] = 0
        for side, (start, end) in zip(sides, pairwise(crossings), strict=True):
            if not side:
                strokes[:, start + beside : end - beside] = 0
        _paint_over(picture[wide], _rule_among(strokes))


def _rule_among(strokes: Grey) -> NDArray[np.bool_]:
    """Those that are the rule: long ones, and pieces that lie at their height.

    The letters of a row that is set close to its rule touch each other and seem strokes, too: what is painted over with
    them is the tails of g and the heads of d.
    """
    high = np.flatnonzero(strokes.any(axis=1))
    if not high.size or high[-1] - high[0] <= _WAVER:  # nothing but the rule, as mostly
        return np.asarray(strokes > 0, dtype=np.bool_)
    count, labels, boxes, middles = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    lengths = boxes[:, cv2.CC_STAT_WIDTH].copy()
    lengths[0] = 0  # what is no stroke
    if count < 3 or lengths.max() < _LONG:
        return np.asarray(strokes > 0, dtype=np.bool_)
    heights = middles[:, 1]
    long = lengths >= 0.5 * lengths.max()
    rule = (lengths > 0) & (np.abs(heights - np.median(heights[long])) <= _WAVER) | long
    return np.asarray(rule[labels], dtype=np.bool_)


def _paint_over(strip: Grey, strokes: NDArray[np.bool_]) -> None:
    """A letter's stroke that goes on at both sides of the rule keeps its part of it."""
    high = np.flatnonzero(strokes.any(axis=1))
    if high.size:  # the few lines that matter
        near = slice(max(0, high[0] - _NEXT), high[-1] + _NEXT + 1)
        strip, strokes = strip[near], strokes[near]
    height = len(strip)
    drawn = np.nonzero(strokes.any(axis=0))[0]
    if not drawn.size:
        return
    strokes = strokes[:, drawn]
    first = np.argmax(strokes, axis=0)
    last = height - 1 - np.argmax(strokes[::-1], axis=0)
    dark = strip[:, drawn] < DARK
    places = np.arange(drawn.size)
    above = dark[np.maximum(first - _NEXT, 0), places]
    below = dark[np.minimum(last + _NEXT, height - 1), places]
    rows = np.arange(height)[:, None]
    erased = (rows >= first - 1) & (rows <= last + 1) & ~(above & below)
    part = strip[:, drawn]
    part[erased] = PAPER
    strip[:, drawn] = part


def _clear_around(picture: Grey, tops: Sequence[int], lefts: Sequence[int]) -> None:
    """What stands beside the table is not the table's."""
    picture[: tops[0]] = picture[tops[-1] + 1 :] = PAPER
    picture[:, : lefts[0]] = picture[:, lefts[-1] + 1 :] = PAPER
