"""A picture of a page made into grey paper: the sheet cut out, colours of stamps and pens dropped, its light evened.

Every step was measured against leaving it out: docs/decisions/0013-pictures.md.
"""

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.picture import Colour, Grey

_COLOURED = 0.8
"""How far a colour counts as light: a red stamp and a blue pen become paper, black ink has none."""
_ROWS = 32
"""Looked at together: what is in between stays in the processor's cache, where the page's pictures do not fit."""
_SMALL = 8
"""The light is looked at in a picture this many times smaller."""
_LETTERS = 7
_LIGHT = 21
"""In that picture: wider than strokes, and than letters."""

_SAMPLED = 9
_INK = 200
_DARK = 64
_LITTLE_LIGHT = 0.03
"""Share of a negative that is light over more than a stroke: a picture, a shaded cell."""
_SOME_LIGHT = 0.002
"""Share of a negative that is writing: without, it is a black picture."""
_EXTREMES, _BLACK = 0.9, 0.4
"""Shares of black and white in a page without greys, and of black in its ink: packed as JPEG it gets some."""

_SEARCHED = 640
"""Pixels along the longer side, for finding the sheet."""
_AVERAGED = 0.55
"""Pixels: a seventh of each neighbour, to both sides alike, so that nothing is moved aside."""
_LEAST_SHEET = 0.3
_WHOLE_FRAME = 0.97
_FILLED = 0.93
"""Share of the four-cornered shape that is sheet, and of the sheet that is in the shape."""
_DARKER = 0.8
"""The desk around it, of the sheet's own brightness."""
_EDGE = 12.0
"""Of 255: how much darker it is just outside of an edge than just inside."""
_ROUGHNESS = (0.01, 0.02, 0.03, 0.05, 0.08)


def as_paper(picture: Colour) -> Grey:
    """Black on white, as evenly lit as a scan."""
    if is_negative(picture):
        picture = np.asarray(cv2.bitwise_not(picture), dtype=np.uint8)
    sheet = find_sheet(picture)
    return evened(uncoloured(picture if sheet is None else cut_out(picture, sheet)))


def is_negative(picture: Colour) -> bool:
    """Whether it is light writing on black: most of it dark, and what is light no wider than strokes."""
    some = luminance(np.ascontiguousarray(picture[::_SAMPLED, ::_SAMPLED]))
    if np.median(some) > _DARK:
        return False
    grey = luminance(picture)
    size = (max(1, grey.shape[1] // _SMALL), max(1, grey.shape[0] // _SMALL))
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    wide = cv2.erode(small, np.ones((3, 3), np.uint8))
    return bool((wide > _INK).mean() < _LITTLE_LIGHT and (small > _DARK).mean() > _SOME_LIGHT)


def uncoloured(picture: Colour) -> Grey:
    """Grey in which what has a colour is nearly paper."""
    if picture.ndim == 2:
        return picture
    grey = np.empty(picture.shape[:2], np.uint8)
    for top in range(0, len(grey), _ROWS):
        channels = cv2.split(picture[top : top + _ROWS])
        lightest = cv2.max(cv2.max(channels[0], channels[1]), channels[2])
        darkest = cv2.min(cv2.min(channels[0], channels[1]), channels[2])
        colour = cv2.convertScaleAbs(cv2.subtract(lightest, darkest), alpha=_COLOURED)
        cv2.add(lightest, colour, dst=grey[top : top + _ROWS])
    return grey


def is_of_two_levels(picture: Colour) -> bool:
    """Whether a page was scanned in black and white alone."""
    some = np.ascontiguousarray(picture[::_SAMPLED, ::_SAMPLED])
    ink = some[some < _INK]
    return bool(((some == 0) | (some == 255)).mean() >= _EXTREMES and ink.size and (ink == 0).mean() >= _BLACK)


def luminance(picture: Colour) -> Grey:
    """Plain grey: for a page that is printed in colour."""
    return picture if picture.ndim == 2 else np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def evened(grey: Grey) -> Grey:
    """Divided by its own light: shadows and the fall of light go, shaded cells become paper."""
    height, width = grey.shape
    size = (max(1, width // _SMALL), max(1, height // _SMALL))
    light = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    light = cv2.dilate(light, np.ones((_LETTERS, _LETTERS), np.uint8))
    light = cv2.medianBlur(light, _LIGHT)
    light = cv2.resize(light, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, light, dst=light, scale=255), dtype=np.uint8)


def find_sheet(picture: Colour) -> NDArray[np.float32] | None:
    """Corners of the sheet of paper in a photo, from the top left clockwise; None where it fills the picture.

    Only a sheet that stands out from what is around it on all sides that show: a wrong cut would lose text.
    """
    height, width = picture.shape[:2]
    factor = _SEARCHED / max(height, width)
    if factor >= 1:
        return None
    half = shrunk_by_halves(picture, factor)
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    small = np.asarray(cv2.resize(half, size, interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
    bright = _least_of_channels(small)  # paper is bright and has no colour: a desk lacks one
    bright = np.asarray(cv2.GaussianBlur(bright, (0, 0), 2), dtype=np.uint8)
    _, mask = cv2.threshold(bright, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return None
    largest = np.asarray(max(contours, key=cv2.contourArea), dtype=np.int32)
    corners = _four_corners(largest, mask.shape)
    if corners is None or not _stands_out(np.asarray(bright, dtype=np.uint8), corners):
        return None
    return np.asarray(corners / factor, dtype=np.float32)


def shrunk_by_halves(picture: Colour, factor: float) -> Colour:
    """Halved as often as it stays larger than `factor` of itself: other shares take five times as long."""
    while factor <= 0.5 and min(picture.shape[:2]) > 1:
        height, width = picture.shape[0] // 2, picture.shape[1] // 2
        whole = picture[: height * 2, : width * 2]  # with an odd row or column the means take ten times as long
        picture = np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
        factor *= 2
    return picture


def shrunk(grey: Grey, factor: float) -> Grey:
    """`factor` from a half to 1: what is averaged first loses no thin line to the pixels that are left out.

    OpenCV's own way of averaging by area takes three times as long where the factor is no whole part.
    """
    if factor >= 1:
        return grey
    averaged = cv2.GaussianBlur(grey, (3, 3), _AVERAGED)
    return np.asarray(cv2.resize(averaged, None, fx=factor, fy=factor, interpolation=cv2.INTER_LINEAR), dtype=np.uint8)


def _least_of_channels(picture: Colour) -> Grey:
    if picture.ndim == 2:
        return picture
    red, green, blue = cv2.split(picture)
    return np.asarray(cv2.min(cv2.min(red, green), blue), dtype=np.uint8)


def cut_out(picture: Colour, corners: NDArray[np.float32]) -> Colour:
    """The sheet alone, seen from straight above."""
    top, right, bottom, left = (float(np.linalg.norm(a - b)) for a, b in pairwise([*corners, corners[0]]))
    width, height = round(max(top, bottom)), round(max(left, right))
    flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, flat)
    seen = cv2.warpPerspective(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(seen, dtype=np.uint8)


def _four_corners(contour: NDArray[np.int32], size: tuple[int, ...]) -> NDArray[np.float32] | None:
    area, frame = cv2.contourArea(contour), size[0] * size[1]
    hull = cv2.convexHull(contour)
    if not _LEAST_SHEET * frame <= area or area < _FILLED * cv2.contourArea(hull):
        return None
    around = cv2.arcLength(hull, True)
    for roughness in _ROUGHNESS:
        found = cv2.approxPolyDP(hull, roughness * around, True)
        if len(found) <= 4:
            break
    if len(found) != 4 or not _FILLED <= area / max(cv2.contourArea(found), 1.0) <= 1 / _FILLED:
        return None
    if cv2.contourArea(found) > _WHOLE_FRAME * frame:
        return None
    return _clockwise(np.asarray(found.reshape(4, 2), dtype=np.float32))


def _clockwise(corners: NDArray[np.float32]) -> NDArray[np.float32]:
    """From the top left on."""
    middle = corners.mean(axis=0)
    angles = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    ordered = corners[np.argsort(angles)]
    return np.roll(ordered, -int(np.argmin(ordered.sum(axis=1))), axis=0)


def _stands_out(bright: Grey, corners: NDArray[np.float32]) -> bool:
    inside = np.zeros(bright.shape, np.uint8)
    cv2.fillConvexPoly(inside, corners.astype(np.int32), 255)
    near = np.ones((9, 9), np.uint8)
    out, within = cv2.bitwise_not(cv2.dilate(inside, near)), cv2.erode(inside, near)
    if not out.any() or np.median(bright[out > 0]) > _DARKER * np.median(bright[within > 0]):
        return False
    middle = corners.mean(axis=0)
    sides = zip(corners, np.roll(corners, -1, axis=0), strict=True)
    return all(_has_edge(bright, start, end, middle) for start, end in sides)


def _has_edge(bright: Grey, start: NDArray[np.float32], end: NDArray[np.float32], middle: NDArray[np.float32]) -> bool:
    """Whether it is darker outside along one side; a side at the picture's own border has no outside."""
    points = start + np.linspace(0.1, 0.9, 40)[:, None] * (end - start)
    inwards = (middle - points) / np.linalg.norm(middle - points, axis=1)[:, None]
    outer, inner = points - 8 * inwards, points + 8 * inwards
    height, width = bright.shape
    shown = (outer[:, 0] >= 0) & (outer[:, 0] < width) & (outer[:, 1] >= 0) & (outer[:, 1] < height)
    if shown.mean() < 0.5:
        return True
    steps = _values(bright, inner[shown]) - _values(bright, outer[shown])
    return float(np.median(steps)) >= _EDGE


def _values(bright: Grey, points: NDArray[np.float32]) -> NDArray[np.float32]:
    places = points.astype(int)
    return np.asarray(bright[places[:, 1], places[:, 0]], dtype=np.float32)
