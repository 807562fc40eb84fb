"""How large the letters of a page are, told by its ink alone: of a panorama, or of a page far away before the camera,
nobody tells the size, and what is taken for A4 is read at a resolution at which its letters are lost."""

from dataclasses import dataclass

import cv2
import numpy as np

from parsers.picture import Grey

_DARK = 160
_LEAST, _LEAST_ACROSS, _LEAST_AREA = 4, 2, 6
"""Pixels: what is smaller is noise or a mark."""
_FLAT, _THIN = 4.0, 3.0
"""Wider or higher than that, for its height or width, is a rule."""
_WITH_MARKS = 1.5
"""Height of a word with its marks, of that of its letters."""
_ENOUGH = 120
"""Fewer may be dust on the blank back of a page."""


@dataclass(frozen=True, slots=True)
class Print:
    """What looks like letters."""

    count: int
    height: float
    """Of a word with its marks, in pixels, about."""

    @property
    def is_some(self) -> bool:
        return self.count >= _ENOUGH


def print_of(grey: Grey) -> Print:
    """`grey`: black on white, upright. The median over all letters, the higher ones counting for more."""
    _, dark = cv2.threshold(grey, _DARK, 255, cv2.THRESH_BINARY_INV)
    _, _, boxes, _ = cv2.connectedComponentsWithStatsWithAlgorithm(dark, 8, cv2.CV_32S, cv2.CCL_BBDT)
    across, down, area = (boxes[1:, place] for place in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA))
    large = (down >= _LEAST) & (across >= _LEAST_ACROSS) & (area >= _LEAST_AREA)
    heights = np.sort(down[large & (across < _FLAT * down) & (down < _THIN * (across + 1))])
    if not heights.size:
        return Print(0, 0.0)
    middle = int(np.searchsorted(np.cumsum(heights), heights.sum() / 2))
    return Print(int(heights.size), float(heights[middle]) * _WITH_MARKS)
