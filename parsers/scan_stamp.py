"""Stamps of ink taken off a grey picture: in a scan without colour nothing else parts them from the text.

The rings are found as circles and erased where no letter crosses them; what is printed within them stays.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.picture import Grey

_DARK = 160
_LEAST, _MOST = 34.0, 70.0
"""Points: radius of a stamp, 36 mm across by decree 99/2016, and some are 42."""
_SEARCHED = 1.5
"""Pixels in a point, for the search."""
_ANGLES = 360
_DRAWN = 0.5
"""Share of a circle that is dark where a ring is drawn, whatever crosses it."""
_INNERMOST, _OUTERMOST = 0.45, 1.25
"""Of the radius found, which may be that of the second ring."""
_THICKEST = 5.0
"""Points: thicker than a ring is the printing between two."""
_BLUR = 2.0
"""Pixels by which a ring is drawn wider than it is dark."""
_BESIDE = 1.2
"""Points to either side of a ring at which a stroke that crosses it is seen."""

Circle = tuple[float, float, float]
"""Middle (x, y) and radius."""


@dataclass(frozen=True, slots=True)
class _Rings:
    """Dark shares around a middle."""

    x: float
    y: float
    radii: NDArray[np.float64]
    dark: NDArray[np.bool_]
    """Radius by angle."""


def without_rings(block: Grey, circle: Circle, scale: float) -> Grey:
    """The block without the rings of this stamp."""
    rings = _around(block, circle)
    cleaned = block.copy()
    rows, columns = np.indices(block.shape)
    radius = np.hypot(columns - rings.x, rows - rings.y)
    angle = ((np.arctan2(rows - rings.y, columns - rings.x) / (2 * np.pi) * _ANGLES).astype(int)) % _ANGLES
    for inner, outer in _bands(rings, scale):
        crossed = _is_dark(rings, inner - _BESIDE * scale) & _is_dark(rings, outer + _BESIDE * scale)
        cleaned[(radius >= inner - _BLUR) & (radius <= outer + _BLUR) & ~crossed[angle]] = 255
    return cleaned


def find_stamp(block: Grey, scale: float) -> Circle | None:
    """The outermost ring of a stamp; None where there is none. `scale`: pixels in a point."""
    factor = _SEARCHED / scale
    small = cv2.GaussianBlur(cv2.resize(block, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), (0, 0), 1)
    found = cv2.HoughCircles(
        small,
        cv2.HOUGH_GRADIENT,
        dp=1.5,
        minDist=small.shape[0],
        param1=120,
        param2=25,
        minRadius=round(_LEAST * _SEARCHED),
        maxRadius=round(_MOST * _SEARCHED),
    )
    if found is None:
        return None
    rough = np.asarray(found, dtype=np.float64).reshape(-1, 3)[0] / factor
    x, y, radius = _refined(block, (float(rough[0]), float(rough[1]), float(rough[2])), scale)
    share = float(_samples(block, x, y, np.array([radius])).mean())
    return (x, y, radius) if share >= _DRAWN else None


def _refined(block: Grey, rough: Circle, scale: float) -> Circle:
    """The middle and radius around which most of the circle is dark: coarsely, then finely."""
    circle = rough
    for reach, step in ((4.0, 0.7), (0.7, 0.25)):
        circle = _best_near(block, circle, reach * scale, step * scale)
    return circle


def _best_near(block: Grey, rough: Circle, reach: float, step: float) -> Circle:
    best, circle = -1.0, rough
    shifts = np.arange(-reach, reach + step / 2, step)
    radii = np.asarray(rough[2] + shifts, dtype=np.float64)
    for shift_x in shifts:
        for shift_y in shifts:
            shares = _samples(block, rough[0] + shift_x, rough[1] + shift_y, radii).mean(axis=1)
            place = int(np.argmax(shares))
            if shares[place] > best:
                best = float(shares[place])
                circle = (float(rough[0] + shift_x), float(rough[1] + shift_y), float(radii[place]))
    return circle


def _around(block: Grey, circle: Circle) -> _Rings:
    x, y, radius = circle
    radii = np.arange(_INNERMOST * radius, _OUTERMOST * radius, 0.5)
    return _Rings(x, y, radii, _samples(block, x, y, radii))


def _samples(block: Grey, x: float, y: float, radii: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether it is dark, radius by angle; beyond the block it is not."""
    angles = np.arange(_ANGLES) * 2 * np.pi / _ANGLES
    columns = np.rint(x + radii[:, None] * np.cos(angles)).astype(int)
    rows = np.rint(y + radii[:, None] * np.sin(angles)).astype(int)
    height, width = block.shape
    within = (columns >= 0) & (columns < width) & (rows >= 0) & (rows < height)
    values = block[rows.clip(0, height - 1), columns.clip(0, width - 1)]
    return np.asarray((values < _DARK) & within, dtype=np.bool_)


def _bands(rings: _Rings, scale: float) -> list[tuple[float, float]]:
    """Inner and outer radius of every ring; a band much thicker than one is printing."""
    near = rings.dark | np.roll(rings.dark, 2, axis=0) | np.roll(rings.dark, -2, axis=0)  # no ring is quite round
    drawn = near.mean(axis=1) >= _DRAWN
    edges = np.flatnonzero(np.diff(np.concatenate([[0], drawn.astype(int), [0]])))
    spans = [(float(rings.radii[start]), float(rings.radii[end - 1])) for start, end in edges.reshape(-1, 2)]
    return [(inner, outer) for inner, outer in spans if outer - inner <= _THICKEST * scale]


def _is_dark(rings: _Rings, radius: float) -> NDArray[np.bool_]:
    place = int(np.clip(np.searchsorted(rings.radii, radius), 0, len(rings.radii) - 1))
    return np.asarray(rings.dark[place], dtype=np.bool_)
