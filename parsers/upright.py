"""A page set upright: which way its lines run, and by how much they are askew."""

import cv2
import numpy as np

from parsers.picture import Grey

MOST_ASKEW = 5.0
"""Degrees to either side."""

_COARSE_SIDE, _FINE_SIDE = 600, 1000
"""Pixels along the longer side: lines of text are still apart."""
_COARSE, _FINE = 0.6, 0.1
_REACH = 0.4
_WORTH_TURNING = 0.2
"""Degrees: below it turning costs more sharpness than it gains."""
_STRIPS = 12


def set_upright(page: Grey) -> Grey:
    """The page with lines that run across and are level; it may still stand on its head."""
    ink = _ink(page, _COARSE_SIDE)
    if _run_down(ink):
        page, ink = turned(page, 1), turned(ink, 1)
    return _level(page, _skew(page, ink))


def lines_run_down(page: Grey) -> bool:
    """Whether the page lies on its side."""
    return _run_down(_ink(page, _COARSE_SIDE))


def skew(page: Grey) -> float:
    """Degrees, clockwise, by which the lines are askew; 0 where they cannot be told."""
    return _skew(page, _ink(page, _COARSE_SIDE))


def straightened(page: Grey) -> Grey:
    """The page with its lines level."""
    return _level(page, skew(page))


def turned(page: Grey, quarters: int) -> Grey:
    """Turned clockwise by quarters of a circle."""
    return np.ascontiguousarray(np.rot90(page, -quarters)) if quarters % 4 else page


def _run_down(ink: Grey) -> bool:
    """Told by the page as a whole and by its strips: in a table the lines of one cell lie beside the gaps of another,
    and in a list whose lines are alike their letters stand above each other.
    """
    lying = turned(ink, 1)
    return _lined(lying, 1) * _lined(lying, _STRIPS) > _lined(ink, 1) * _lined(ink, _STRIPS)


def _lined(ink: Grey, strips: int) -> float:
    """How clearly lines and gaps alternate, strip by strip."""
    height, width = ink.shape
    wide = max(1, width // strips)
    rows = ink[:, : width - width % wide].reshape(height, -1, wide).mean(axis=2)
    return float(np.square(np.diff(rows, axis=0)).mean())


def _skew(page: Grey, ink: Grey) -> float:
    _, coarse = _clearest(ink, _angles(0.0, MOST_ASKEW + _REACH, _COARSE))
    _, fine = _clearest(_ink(page, _FINE_SIDE), _angles(coarse, _REACH, _FINE))
    return fine


def _level(page: Grey, angle: float) -> Grey:
    if abs(angle) < _WORTH_TURNING:
        return page
    height, width = page.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    level = cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255.0)
    return np.asarray(level, dtype=np.uint8)


def _ink(page: Grey, side: int) -> Grey:
    """Letters white on black, small; what is larger than letters (stamps, rules, pictures) is left out."""
    factor = min(1.0, side / max(page.shape))
    small = cv2.resize(page, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    _, ink = cv2.threshold(cv2.bitwise_not(small), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(np.asarray(ink, dtype=np.uint8))
    large = np.zeros(count, bool)
    large[1:] = boxes[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1) > side // 8
    ink[large[labels]] = 0
    return np.asarray(ink, dtype=np.uint8)


def _angles(middle: float, reach: float, step: float) -> list[float]:
    count = round(reach / step)
    return [middle + step * number for number in range(-count, count + 1)]


def _clearest(ink: Grey, angles: list[float]) -> tuple[float, float]:
    """How clearly lines and the gaps between them show at the best of these angles, and that angle."""
    height, width = ink.shape
    best = (-1.0, 0.0)
    for angle in sorted(angles, key=abs):
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
        rows = cv2.warpAffine(ink, matrix, (width, height), flags=cv2.INTER_NEAREST).mean(axis=1)
        clearness = float(np.square(np.diff(rows)).sum()) / width
        if clearness > best[0]:
            best = (clearness, angle)
    return best
