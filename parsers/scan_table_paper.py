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
"""Of a table's places, whatever its picture has."""
READ_AT = 200
"""As running text: of 713 fields of scanned tables 92.3 % were read right at 300 dots an inch, 98.0 % at 200. Single
cells are read at 300, and so is what was scanned in black and white: without greys "5" becomes "8"."""
_LEAST_ALIKE, _MOST_ALIKE = 175.0, 225.0
"""Dots an inch of a page that is drawn as it is read: enlarged for its rules, it would only be made small again."""
PAPER = 255
DARK = 150
"""Of 255: ink is darker."""

_MARGIN = 1.5
"""Millimetres around the table."""
_BESIDE = 1.3
"""Millimetres to either side of a rule's place in which it is drawn."""
_UNBROKEN = 5.0
_LONG = 12.0
_WAVER = 0.5
"""By so much may pieces of a rule lie above or below it on the straightened page."""
_NEXT = 0.17
"""From a rule to what would be a letter's stroke that crosses it."""


@dataclass(frozen=True, slots=True)
class TablePicture:
    """Places are in pixels at 300 dots an inch."""

    picture: Grey
    dpi: int
    tops: tuple[int, ...]
    lefts: tuple[int, ...]
    cells: tuple[Span, ...]
    two_levels: bool = False
    """Scanned in black and white alone."""

    def cut(self, box: Box) -> Grey:
        """What stands in a box, at 300 dots an inch."""
        if self.dpi == DPI:
            return part(self.picture, box)
        size = (int(box.x1) - max(0, int(box.x0)), int(box.bottom) - max(0, int(box.top)))
        factor = self.dpi / DPI
        own = part(self.picture, Box(*(round(side * factor) for side in (box.x0, box.top, box.x1, box.bottom))))
        return np.asarray(cv2.resize(own, size, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)

    def box(self, cell: Span) -> Box:
        return Box(
            self.lefts[cell.column],
            self.tops[cell.row],
            self.lefts[cell.column + cell.columns],
            self.tops[cell.row + cell.rows],
        )


def table_picture(page: Grey, dpi: float, table: RuledTable, *, two_levels: bool = False) -> TablePicture:
    """The table as it is read; `page` is black on white, `two_levels` of a page scanned without greys."""
    drawn_at = READ_AT if _LEAST_ALIKE <= dpi <= _MOST_ALIKE and not two_levels else DPI
    margin, enlarged = pixels(_MARGIN, dpi), drawn_at / dpi
    whole = table.straight_box
    box = Box(whole.x0 - margin, whole.top - margin, whole.x1 + margin, whole.bottom + margin)
    picture = straighten(page, table.warp, box, enlarged)
    tops = tuple(round((top - box.top) * enlarged) for top in table.tops)
    lefts = tuple(round((left - box.x0) * enlarged) for left in table.lefts)
    _erase(picture, drawn_at, tops, lefts, _walls(table.cells, len(tops), len(lefts)))
    turned = transposed(picture)
    swapped = [Span(cell.column, cell.row, cell.columns, cell.rows) for cell in table.cells]
    _erase(turned, drawn_at, lefts, tops, _walls(swapped, len(lefts), len(tops)))
    picture = transposed(turned)
    _clear_around(picture, tops, lefts)
    tops, lefts = (tuple(round(each * DPI / drawn_at) for each in lines) for lines in (tops, lefts))
    return TablePicture(picture, drawn_at, tops, lefts, table.cells, two_levels)


def part(image: Grey, box: Box) -> Grey:
    """What lies in a box, as far as the image reaches."""
    return image[max(0, int(box.top)) : max(0, int(box.bottom)), max(0, int(box.x0)) : max(0, int(box.x1))]


def _walls(cells: Sequence[Span], lines: int, crossings: int) -> NDArray[np.bool_]:
    """Whether each level line parts two cells, or is the table's edge, from each crossing to the next."""
    walls = np.zeros((lines, crossings - 1), dtype=np.bool_)
    for cell in cells:
        columns = slice(cell.column, cell.column + cell.columns)
        walls[cell.row, columns] = walls[cell.row + cell.rows, columns] = True
    return walls


def _erase(picture: Grey, dpi: int, lines: Sequence[int], crossings: Sequence[int], walls: NDArray[np.bool_]) -> None:
    """Paint the level rules over, in place."""
    beside = pixels(_BESIDE, dpi)
    for line, sides in zip(lines, walls, strict=True):
        wide = slice(max(0, line - 2 * beside), line + 2 * beside + 1)
        strokes = level_strokes(picture[wide], dpi, _UNBROKEN)
        strokes[: max(0, line - beside - wide.start)] = 0
        strokes[line + beside + 1 - wide.start :] = 0
        for side, (start, end) in zip(sides, pairwise(crossings), strict=True):
            if not side:
                strokes[:, start + beside : end - beside] = 0
        _paint_over(picture[wide], _rule_among(strokes, dpi), pixels(_NEXT, dpi))


def _rule_among(strokes: Grey, dpi: int) -> NDArray[np.bool_]:
    """Those that are the rule: long ones, and pieces that lie at their height.

    The letters of a row that is set close to its rule touch each other and seem strokes, too: what is painted over with
    them is the tails of g and the heads of d.
    """
    high, waver = np.flatnonzero(strokes.any(axis=1)), pixels(_WAVER, dpi)
    if not high.size or high[-1] - high[0] <= waver:  # nothing but the rule, as mostly
        return np.asarray(strokes > 0, dtype=np.bool_)
    count, labels, boxes, middles = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    lengths = boxes[:, cv2.CC_STAT_WIDTH].copy()
    lengths[0] = 0  # what is no stroke
    if count < 3 or lengths.max() < pixels(_LONG, dpi):
        return np.asarray(strokes > 0, dtype=np.bool_)
    heights = middles[:, 1]
    long = lengths >= 0.5 * lengths.max()
    rule = (lengths > 0) & (np.abs(heights - np.median(heights[long])) <= waver) | long
    return np.asarray(rule[labels], dtype=np.bool_)


def _paint_over(strip: Grey, strokes: NDArray[np.bool_], beyond: int) -> None:
    """A letter's stroke that goes on at both sides of the rule keeps its part of it."""
    high = np.flatnonzero(strokes.any(axis=1))
    if high.size:  # the few lines that matter
        near = slice(max(0, high[0] - beyond), high[-1] + beyond + 1)
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
    above = dark[np.maximum(first - beyond, 0), places]
    below = dark[np.minimum(last + beyond, height - 1), places]
    rows = np.arange(height)[:, None]
    erased = (rows >= first - beyond + 1) & (rows <= last + beyond - 1) & ~(above & below)
    part = strip[:, drawn]
    part[erased] = PAPER
    strip[:, drawn] = part


def _clear_around(picture: Grey, tops: Sequence[int], lefts: Sequence[int]) -> None:
    """What stands beside the table is not the table's."""
    picture[: tops[0]] = picture[tops[-1] + 1 :] = PAPER
    picture[:, : lefts[0]] = picture[:, lefts[-1] + 1 :] = PAPER
