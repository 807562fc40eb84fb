"""A mark that Tesseract's Vietnamese data does not know: the dot under a y ("Mỵ", "kỵ", "lỵ"), which it reads as none.

Its alphabet has no "ỵ", so that no reading of a page has one; the dot itself is plain to see.
"""

import re

import cv2
import numpy as np

from parsers.content import Box
from parsers.picture import Grey
from parsers.syllables import is_syllable

_BARE = re.compile(r"\W*([^\W\d_]*[bcdđghklmnpqrstuvxA-ZĐ]y)\W*")
"""In "ay" and "ây" the tone stands on the other letter; between lines in capitals there is no room to tell one."""
_BELOW, _BESIDE = 0.45, 0.2
"""Of a word's height: how far below and beside its box is looked."""
_TALL = 0.45
"""Of the highest letter: what is lower is a mark or a sign."""
_ABOVE_BASELINE = 0.06
_FURTHEST = 0.42
_SMALLEST, _LARGEST = 0.08, 0.3
"""All of a capital's height: where a dot stands, and how large it is."""
_ROUND = 0.5
_FILLED = 0.55

_Part = tuple[int, int, int, int, int]
"""Left, top, width, height and area of what hangs together."""


def with_dotted_y(text: str, box: Box, image: Grey) -> str:
    """A word that was read in that box of a picture, its y dotted where it has no tone and a dot stands under it."""
    found = _BARE.fullmatch(text)
    if found is None:
        return text
    place = found.end(1) - 1
    meant = text[:place] + "ỵ" + text[place + 1 :]
    return meant if is_syllable(meant[found.start(1) : place + 1]) and _has_dot(box, image) else text


def _has_dot(box: Box, image: Grey) -> bool:
    """Whether a single dot stands under the last letter of a word, apart from it."""
    height = box.bottom - box.top
    left, top = max(0, int(box.x0) - 1), max(0, int(box.top) - 1)
    part = image[top : int(box.bottom + _BELOW * height), left : int(box.x1 + _BESIDE * height)]
    if part.size == 0:
        return False
    parts = _parts(part)
    highest = max((each[3] for each in parts), default=0)
    letters = [each for each in parts if each[3] >= _TALL * highest]
    if len(letters) < 2:
        return False
    *others, last = letters
    baseline = min(each[1] + each[3] for each in others)
    capital = baseline - min(each[1] for each in letters)
    return sum(_is_dot(each, last, baseline, capital) for each in parts) == 1


def _parts(part: Grey) -> list[_Part]:
    """What hangs together, from left to right."""
    _, ink = cv2.threshold(cv2.bitwise_not(part), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    _, _, boxes, _ = cv2.connectedComponentsWithStats(np.asarray(ink, dtype=np.uint8), connectivity=8)
    found: list[list[int]] = boxes[1:].tolist()
    return sorted((x, y, wide, high, area) for x, y, wide, high, area in found)


def _is_dot(part: _Part, letter: _Part, baseline: int, capital: int) -> bool:
    x, y, wide, high, area = part
    middle = x + wide / 2
    return (
        letter[0] <= middle <= letter[0] + letter[2] + _SMALLEST * capital
        and y >= baseline - _ABOVE_BASELINE * capital
        and y + high <= baseline + _FURTHEST * capital
        and _SMALLEST * capital <= min(wide, high)
        and max(wide, high) <= _LARGEST * capital
        and min(wide, high) >= _ROUND * max(wide, high)
        and area >= _FILLED * wide * high
    )
