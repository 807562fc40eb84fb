"""The ink in each cell of a scanned table, and how much of it words account for.

Ink that nobody read is never an empty cell: it lowers the confidence, to 0 where nothing was read (P11).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from parsers.content import Box
from parsers.ocr_engine import Word
from parsers.picture import Grey
from parsers.ruling import pixels
from parsers.ruling_grid import Span
from parsers.scan_lines import confidence_of
from parsers.scan_table_paper import DPI, TablePicture

POOR = 0.55
"""Confidence of a word below which its cell is read once more."""

_SHRUNK = 2
"""Ink is looked at in a picture this many times smaller."""
_DARK = 185
"""Of 255, there: a thin stroke is mixed with paper."""
_LETTER = pixels(1.1, DPI)
"""Side of the smallest ink that has to be read: a comma and dirt are smaller."""
_INSET = pixels(0.6, DPI)
"""Inside of a cell's walls: what is nearer belongs to a rule."""
_MARKS = pixels(0.8, DPI)
"""How far a dot, a comma or a tone stands from the letters."""
_AROUND = 2
_UNREAD_SHARE = 0.12
_LOST = 1.2
"""Letters: of a long text a short word on a line of its own ("5S") is a small share. Seen in 1 of 100 cells."""


@dataclass(frozen=True, slots=True)
class Ink:
    """The ink of one cell that has to be read."""

    box: Box
    """The cell within its walls, in whole pixels of the table's picture."""
    mask: Grey
    """Of that box, _SHRUNK times smaller."""

    @property
    def bounds(self) -> Box | None:
        """Around the ink with the marks of its letters, in the table's picture; None without any."""
        down, across = (np.nonzero(self.mask.any(axis=axis))[0] * _SHRUNK for axis in (1, 0))
        if not down.size:
            return None
        x, y, box = self.box.x0, self.box.top, self.box
        return Box(
            max(x + int(across[0]) - _MARKS, box.x0),
            max(y + int(down[0]) - _MARKS, box.top),
            min(x + int(across[-1]) + _SHRUNK + _MARKS, box.x1),
            min(y + int(down[-1]) + _SHRUNK + _MARKS, box.bottom),
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one cell; places are in pixels of the table's picture."""

    words: tuple[Word, ...]
    unread: float
    """Share of the cell's ink that lies in none of its words."""

    @classmethod
    def of(cls, words: Sequence[Word], ink: Ink) -> "Reading":
        return cls(tuple(words), _unread_share(words, ink))

    @property
    def confidence(self) -> float:
        """0 to 1: the mean over its letters, less the share of ink that was not read; 1 for a cell without ink."""
        return confidence_of(self.words) * (1 - self.unread) if self.words else 1 - self.unread

    @property
    def letters(self) -> str:
        """All that was read, without spaces."""
        return "".join(word.text for word in self.words)

    def at_most(self, confidence: float) -> "Reading":
        return replace(
            self, words=tuple(replace(word, confidence=min(word.confidence, confidence)) for word in self.words)
        )

    @property
    def is_doubtful(self) -> bool:
        return self.unread >= _UNREAD_SHARE or self.loses or any(word.confidence < POOR for word in self.words)

    @property
    def loses(self) -> bool:
        """Whether ink of a letter and more lies in none of its words."""
        read = 1 - self.unread
        return bool(self.words) and (read <= 0 or self.unread / read * len(self.letters) >= _LOST)


@dataclass(frozen=True, slots=True)
class CellText:
    text: str
    """NFC; lines parted by a line feed."""
    confidence: float
    """0 to 1; 0 for ink in which nothing was read, 1 for a cell without ink."""
    words: tuple[Word, ...] = ()


def inks(table: TablePicture) -> Iterator[tuple[Span, Ink]]:
    """The ink of every cell: pieces as large as letters, away from the rules."""
    small = cv2.resize(table.picture, None, fx=1 / _SHRUNK, fy=1 / _SHRUNK, interpolation=cv2.INTER_AREA)
    _, dark = cv2.threshold(small, _DARK, 255, cv2.THRESH_BINARY_INV)
    # this way of numbering takes half the time of the usual one
    count, labels, boxes, _ = cv2.connectedComponentsWithStatsWithAlgorithm(dark, 8, cv2.CV_32S, cv2.CCL_BBDT)
    large = np.zeros(count, np.uint8)
    large[1:] = 255 * (boxes[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1) >= _LETTER // _SHRUNK)
    mask = large[labels]
    for cell in table.cells:
        box = table.box(cell)
        inside = Box(box.x0 + _INSET, box.top + _INSET, box.x1 - _INSET, box.bottom - _INSET)
        yield cell, Ink(inside, part(mask, Box(*(side // _SHRUNK for side in _sides(inside)))))


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.x0, box.top, box.x1, box.bottom


def part(image: Grey, box: Box) -> Grey:
    """What lies in a box, as far as the image reaches."""
    return image[max(0, int(box.top)) : max(0, int(box.bottom)), max(0, int(box.x0)) : max(0, int(box.x1))]


def _unread_share(words: Sequence[Word], ink: Ink) -> float:
    total = cv2.countNonZero(ink.mask) if ink.mask.size else 0
    if not total:
        return 0.0
    left = ink.mask.copy()
    for word in words:
        part(left, _around(word.box, ink.box))[...] = 0
    return cv2.countNonZero(left) / total


def _around(box: Box, origin: Box) -> Box:
    """A box in a mask that begins at another's corner, a little larger: Tesseract's boxes are tight."""
    x, y = origin.x0, origin.top
    first = ((box.x0 - x - _AROUND) // _SHRUNK, (box.top - y - _AROUND) // _SHRUNK)
    return Box(*first, (box.x1 - x + _AROUND) // _SHRUNK + 1, (box.bottom - y + _AROUND) // _SHRUNK + 1)
