"""Ruling lines of a grey picture: found as strokes that are thin across and long along, and followed where they bend.

Lengths are millimetres on paper: the same table is found at any resolution.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.picture import Grey

Numbers = NDArray[np.float64]

MM_PER_INCH = 25.4
_THICKEST = 1.3
"""A rule, double ones included; what is thicker is shading or a stamp."""
_SMEAR = 0.5
"""Along the rule: noise is averaged, and the smallest gaps close."""
_FAINTEST = 14
"""Of 255: how much darker than the paper beside it."""
_SHARE = 0.3
"""Of what the picture's own rules are darker than paper."""
_UNBROKEN_LEVEL = 7.0
_UNBROKEN_UPRIGHT = 4.2
"""Shorter strokes belong to letters: along a line of text they touch each other more often than from line to line."""
_GAP_LEVEL = 2.5
_GAP_UPRIGHT = 0.8
"""Of paper within one rule; in a low row a letter may stand between two upright rules, close to both."""
_STANDING = 6.0
"""The height of a row; letters that stand above each other make shorter strokes."""
_STEP = 1.5
"""Between the points at which a rule is followed."""
_COVERED = 0.55
"""Share of a rule that has to be drawn."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One ruling line, or a piece of one, as points along it."""

    along: Numbers
    """Pixels, rising: x of a level rule, y of an upright one."""
    across: Numbers

    @property
    def start(self) -> float:
        return float(self.along[0])

    @property
    def end(self) -> float:
        return float(self.along[-1])

    @property
    def length(self) -> float:
        return self.end - self.start

    @property
    def place(self) -> float:
        """Where it runs, across."""
        return float(np.median(self.across))


def pixels(mm: float, dpi: float) -> int:
    return max(1, round(mm * dpi / MM_PER_INCH))


def trace(image: Grey, dpi: float, shortest: float) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """Level and upright rules of at least `shortest` millimetres, up to 2° askew.

    Level ones are looked for only where two upright ones are as high as a row: in running text there are none.
    """
    strokes = level_strokes(transposed(image), dpi, _UNBROKEN_UPRIGHT)
    upright = _level_rules(strokes, dpi, shortest, _GAP_UPRIGHT)
    if sum(rule.length >= pixels(_STANDING, dpi) for rule in upright) < 2:
        return (), upright
    return _level_rules(level_strokes(image, dpi, _UNBROKEN_LEVEL), dpi, shortest, _GAP_LEVEL), upright


def without_rules(image: Grey, dpi: float) -> Grey:
    """The picture with level and upright rules painted over, and with them what crosses them."""
    level = level_strokes(image, dpi, _UNBROKEN_LEVEL)
    upright = transposed(level_strokes(transposed(image), dpi, _UNBROKEN_UPRIGHT))
    return np.asarray(np.where((level | upright) > 0, 255, image), dtype=np.uint8)


def transposed(image: Grey) -> Grey:
    """Level becomes upright: what is written for level rules serves both."""
    return np.ascontiguousarray(cv2.transpose(image), dtype=np.uint8)


def level_strokes(image: Grey, dpi: float, unbroken: float) -> Grey:
    """Mask of level strokes that run on for `unbroken` millimetres, a pixel wider than they are."""
    thick = pixels(_THICKEST, dpi)
    hat = cv2.morphologyEx(image, cv2.MORPH_BLACKHAT, np.ones((thick, 1), np.uint8))
    cv2.blur(hat, (pixels(_SMEAR, dpi), 1), dst=hat)
    # a rule that is askew steps from line to line: three lines together hold it without a break
    cv2.dilate(hat, np.ones((3, 1), np.uint8), dst=hat)
    long = cv2.morphologyEx(hat, cv2.MORPH_OPEN, np.ones((1, pixels(unbroken, dpi)), np.uint8), dst=hat)
    darkness = np.asarray(long, dtype=np.uint8)
    _, mask = cv2.threshold(darkness, _threshold(darkness), 255, cv2.THRESH_BINARY, dst=darkness)
    return np.asarray(mask, dtype=np.uint8)


def _threshold(darkness: Grey) -> float:
    """Rules of one table are about equally dark: what is far fainter than most is a shadow or a fold."""
    drawn = darkness[darkness >= _FAINTEST]
    return max(_FAINTEST, _SHARE * float(np.median(drawn)) if drawn.size else 0)


def _level_rules(mask: Grey, dpi: float, shortest: float, gap: float) -> tuple[Rule, ...]:
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((3, pixels(gap, dpi)), np.uint8))
    least = pixels(shortest, dpi)
    found = (
        _follow(mask[inside], own, pixels(_STEP, dpi), inside[1].start, inside[0].start)
        for inside, own in _wide_parts(np.asarray(joined, dtype=np.uint8), least)
    )
    return tuple(rule for rule in found if rule is not None and rule.length >= least)


def _wide_parts(joined: Grey, least: int) -> Iterator[tuple[tuple[slice, slice], NDArray[np.bool_]]]:
    """What hangs together and is at least so wide: where it stands, and which of the pixels there are its own.

    Told outline by outline: to number all that stands on a page takes thirty times as long.
    """
    outlines, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for outline in outlines:
        left, top, width, height = cv2.boundingRect(outline)
        if width < least:
            continue
        within = np.zeros((height, width), np.uint8)
        cv2.drawContours(within, [outline], 0, 1, cv2.FILLED, offset=(-left, -top))
        within &= joined[top : top + height, left : left + width]
        count, labels, boxes, _ = cv2.connectedComponentsWithStats(within, connectivity=8)
        for label in range(1, count):
            x, y, wide, tall = (int(number) for number in boxes[label][:4])
            if wide >= least:
                place = (slice(top + y, top + y + tall), slice(left + x, left + x + wide))
                yield place, labels[y : y + tall, x : x + wide] == label


def _follow(mask: Grey, own: NDArray[np.bool_], step: int, left: int, top: int) -> Rule | None:
    """Middle of the stroke in each step along it; None where too little of it is drawn."""
    rows, columns = np.nonzero((mask > 0) & own)
    if not rows.size:
        return None
    bins = columns // step
    counts = np.bincount(bins)
    drawn = counts > 0
    if drawn.mean() < _COVERED:
        return None
    middles = np.bincount(bins, rows)[drawn] / counts[drawn]
    places = np.nonzero(drawn)[0] * step + step / 2
    places[0], places[-1] = columns.min(), columns.max()
    return Rule(np.asarray(places + left, np.float64), np.asarray(middles + top, np.float64))
