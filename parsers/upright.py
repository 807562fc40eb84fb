"""A page set upright: which way its lines run, and by how much they are askew."""

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.paper import shrunk, shrunk_by_halves
from parsers.picture import Grey

Places = NDArray[np.float32]

MOST_ASKEW = 5.0
"""Degrees to either side."""

_SIDE = 1000
"""Pixels along the longer side: lines of text are still apart, and may be half as far."""
_LARGE = _SIDE // 8
_COARSE, _FINE = 0.6, 0.1
_REACH = 0.4
_HALF = 0.5
_WORTH_TURNING = 0.2
"""Degrees: below it turning costs more sharpness than it gains."""
_STRIPS = 12
_SMALL = 8
_PAPER = 242
"""Of 255: where the page is darker something stands, in a picture that many times smaller."""


def set_upright(page: Grey) -> Grey:
    """The page with lines that run across and are level; it may still stand on its head."""
    ink = _ink(page)
    if _run_down(ink):
        page, ink = turned(page, 1), turned(ink, 1)
    return _level(page, _skew(ink))


def lines_run_down(page: Grey) -> bool:
    """Whether the page lies on its side."""
    return _run_down(_ink(page))


def skew(page: Grey) -> float:
    """Degrees, clockwise, by which the lines are askew; 0 where they cannot be told."""
    return _skew(_ink(page))


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
    ink = np.asarray(cv2.resize(ink, None, fx=_HALF, fy=_HALF, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    lying = turned(ink, 1)
    return _lined(lying, 1) * _lined(lying, _STRIPS) > _lined(ink, 1) * _lined(ink, _STRIPS)


def _lined(ink: Grey, strips: int) -> float:
    """How clearly lines and gaps alternate, strip by strip."""
    height, width = ink.shape
    wide = max(1, width // strips)
    rows = ink[:, : width - width % wide].reshape(height, -1, wide).mean(axis=2)
    return float(np.square(np.diff(rows, axis=0)).mean())


def _skew(ink: Grey) -> float:
    height, _ = ink.shape
    rows, columns = (
        places.astype(np.float32) - side / 2 for places, side in zip(np.nonzero(ink), ink.shape, strict=True)
    )
    coarse = _clearest(rows * _HALF, columns * _HALF, height * _HALF, _angles(0.0, MOST_ASKEW + _REACH, _COARSE))
    return _clearest(rows, columns, height, _angles(coarse, _REACH, _FINE))


def _level(page: Grey, angle: float) -> Grey:
    if abs(angle) < _WORTH_TURNING:
        return page
    height, width = page.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    level = np.full_like(page, 255)
    left, top, right, bottom = _printed_part(page, abs(angle))
    matrix[:, 2] -= (left, top)
    size = (right - left, bottom - top)
    part = cv2.warpAffine(page, matrix, size, flags=cv2.INTER_CUBIC, borderValue=255.0)
    level[top:bottom, left:right] = part
    return level


def _printed_part(page: Grey, askew: float) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what stands on the page, wherever it comes to stand when it is turned so much."""
    height, width = page.shape
    small = cv2.resize(page, None, fx=1 / _SMALL, fy=1 / _SMALL, interpolation=cv2.INTER_AREA)
    _, dark = cv2.threshold(small, _PAPER, 255, cv2.THRESH_BINARY_INV)
    x, y, wide, tall = cv2.boundingRect(dark)
    beside = _SMALL + round(np.tan(np.radians(askew)) * max(height, width))
    return (
        max(0, x * _SMALL - beside),
        max(0, y * _SMALL - beside),
        min(width, (x + wide) * _SMALL + beside),
        min(height, (y + tall) * _SMALL + beside),
    )


def _ink(page: Grey) -> Grey:
    """Letters white on black, small; what is larger than letters (stamps, rules, pictures) is left out."""
    page = shrunk_by_halves(page, _SIDE / max(page.shape))
    small = shrunk(page, _SIDE / max(page.shape))
    _, ink = cv2.threshold(cv2.bitwise_not(small), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    letters = np.asarray(ink, dtype=np.uint8)
    outlines, _ = cv2.findContours(letters, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for left, top, wide, tall in map(cv2.boundingRect, outlines):
        if max(wide, tall) > _LARGE:
            _leave_out_large(letters[top : top + tall, left : left + wide])
    return letters


def _leave_out_large(ink: Grey) -> None:
    """In place; what lies within the frame of a table or of a stamp stays. Told where something large stands alone."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(ink)
    large = np.zeros(count, bool)
    large[1:] = boxes[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1) > _LARGE
    ink[large[labels]] = 0


def _angles(middle: float, reach: float, step: float) -> list[float]:
    count = round(reach / step)
    return [middle + step * number for number in range(-count, count + 1)]


def _clearest(rows: Places, columns: Places, height: float, angles: list[float]) -> float:
    """The angle at which lines and the gaps between them show most clearly; the least of those that are alike.

    Only the points of ink are turned, which are few. Their places are counted from the middle of the page.
    """

    def clearness(angle: float) -> float:
        turn = np.radians(angle)
        turned_rows = (rows * np.cos(turn) - columns * np.sin(turn) + height / 2).astype(np.int32)
        sums = np.bincount(turned_rows[(turned_rows >= 0) & (turned_rows < height)])
        return float(np.square(np.diff(sums.astype(np.float64))).sum())

    return max(sorted(angles, key=abs), key=clearness)
