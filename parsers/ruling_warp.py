"""Straightens what rules show to be bent: skew, perspective and the curl of paper, as one smooth shift of the page.

The shift is a polynomial in x and y, fitted so that each rule runs level or upright wherever it lies: no rule needs to
be matched with another, so that broken ones count as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.content import Box
from parsers.picture import Grey
from parsers.ruling import MM_PER_INCH, Numbers, Rule

_POWERS = ((1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (3, 0))
"""Of (along, across) in each term of `_terms`: a term without `along` moves a whole rule, and bends none."""
_RIDGE = 1e-3
_ROUNDS = 4
_TOLERANCE = 0.5
"""Millimetres that a rule may stray from the fit: a stroke of a letter or a signature strays further."""
_COARSE = 16
"""Pixels between the points at which the shift is worked out; between them it is straight."""
_LEAST_POINTS = 8
_BAND = 64
"""Rows that are straightened at a time, whole blocks: where each pixel comes from takes eight bytes, and a band's stay
in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Warp:
    """Where a point of the straightened page lies in the picture, in pixels of the picture."""

    width: int
    height: int
    level: Numbers
    """Factors of _POWERS for the shift of y along x; distances in units of half the page."""
    upright: Numbers

    def source(self, x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
        """Points of the picture for points of the straightened page."""
        at_x, at_y = x, y
        for _ in range(3):  # the shift is small and smooth: this settles at once
            at_x, at_y = x - self._shift(self.upright, at_y, at_x), y - self._shift(self.level, at_x, at_y)
        return at_x, at_y

    def target(self, x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
        """Points of the straightened page for points of the picture."""
        return x + self._shift(self.upright, y, x), y + self._shift(self.level, x, y)

    def _shift(self, factors: Numbers, along: Numbers, across: Numbers) -> Numbers:
        terms = _terms(along, across, max(self.width, self.height))
        return np.asarray(sum(factor * term for factor, term in zip(factors, terms, strict=True)), dtype=np.float64)


def fit_warp(level: Sequence[Rule], upright: Sequence[Rule], size: tuple[int, int], dpi: float) -> Warp:
    """The shift that straightens these rules; `size` is the picture's (height, width)."""
    height, width = size
    scale = max(width, height)
    tolerance = _TOLERANCE * dpi / MM_PER_INCH
    return Warp(width, height, _fit(level, scale, tolerance), _fit(upright, scale, tolerance))


def straighten(image: Grey, warp: Warp, box: Box, enlarged: float) -> Grey:
    """The part of the straightened page in `box`, `enlarged` times."""
    width, height = round((box.x1 - box.x0) * enlarged), round((box.bottom - box.top) * enlarged)
    straight = np.empty((height, width), np.uint8)
    x, y = _middles(width) / enlarged + box.x0 - 0.5, _middles(height) / enlarged + box.top - 0.5
    sources = warp.source(*(np.asarray(each, np.float64) for each in np.meshgrid(x, y)))
    rooms = np.empty((2, _BAND + 2 * _COARSE, len(x) * _COARSE), np.float32)  # for every band the same
    for top in range(0, height, _BAND):
        band = straight[top : top + _BAND]
        blocks = slice(top // _COARSE, -(-(top + len(band)) // _COARSE) + 2)
        maps = [_fine(source[blocks], room, band.shape) for source, room in zip(sources, rooms, strict=True)]
        cv2.remap(image, maps[0], maps[1], cv2.INTER_CUBIC, dst=band, borderMode=cv2.BORDER_REPLICATE)
    return straight


def _middles(size: int) -> Numbers:
    """Middles of blocks of _COARSE pixels, with one block more at either end."""
    return (np.arange(-1, -(-size // _COARSE) + 1, dtype=np.float64) + 0.5) * _COARSE


def _fine(coarse: Numbers, room: NDArray[np.float32], size: tuple[int, ...]) -> NDArray[np.float32]:
    """A map that is known in the middle of each block, in every pixel; `room` is written over."""
    whole = (coarse.shape[1] * _COARSE, coarse.shape[0] * _COARSE)
    fine = cv2.resize(coarse.astype(np.float32), whole, dst=room[: whole[1]], interpolation=cv2.INTER_LINEAR)
    return np.asarray(fine[_COARSE : _COARSE + size[0], _COARSE : _COARSE + size[1]], dtype=np.float32)


def _terms(along: Numbers, across: Numbers, scale: float) -> list[Numbers]:
    """Each term of the polynomial, in pixels; multiplied out: NumPy's own powers take five times as long."""
    a, b = along / scale * 2, across / scale * 2
    first = scale / 2 * a
    second = first * a
    return [first, first * b, first * b * b, second, second * b, second * a]


def _fit(rules: Sequence[Rule], scale: float, tolerance: float) -> Numbers:
    """Least squares over all rules, each free to lie where it will; then again without those that stray."""
    factors = np.zeros(len(_POWERS))
    parts = [_Part.of(rule, scale) for rule in rules if len(rule.along) >= _LEAST_POINTS]
    kept = parts
    for _ in range(_ROUNDS):
        if not kept:
            return factors
        terms = np.concatenate([part.terms for part in kept])
        shifts = np.concatenate([part.shifts for part in kept])
        ridge = _RIDGE * len(terms) * np.eye(len(_POWERS)) * (scale / 2) ** 2 / 100
        factors = np.linalg.solve(terms.T @ terms + ridge, terms.T @ shifts)
        strays = [part.stray(factors) for part in parts]
        limit = max(tolerance, 2 * float(np.median(strays)))
        left = [part for part, stray in zip(parts, strays, strict=True) if stray <= limit]
        if len(left) == len(kept):
            break
        kept = left
    return factors


@dataclass(frozen=True, slots=True)
class _Part:
    terms: Numbers
    shifts: Numbers

    @classmethod
    def of(cls, rule: Rule, scale: float) -> "_Part":
        terms = np.stack(_terms(rule.along, rule.across, scale), axis=1)
        return cls(terms - terms.mean(axis=0), rule.across.mean() - rule.across)

    def stray(self, factors: Numbers) -> float:
        return float(np.sqrt(np.mean((self.terms @ factors - self.shifts) ** 2)))
