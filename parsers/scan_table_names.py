"""Names of persons in a scanned table, read at a second resolution: nothing in a name tells that a mark is wrong.

"VĂN" was read as "VAN" with a confidence of 0.97, and what Tesseract is sure of at one resolution it reads otherwise at
the next. Cells that look like names are few letters of a table: they are read again, and where the readings differ once
more. The first one stays, since of readings cut out of their page more are wrong; it is not sure any more.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import cv2
import numpy as np

from parsers.content import Box
from parsers.ocr_engine import Word
from parsers.picture import Grey
from parsers.ruling_grid import Span
from parsers.scan_lines import is_stray
from parsers.scan_table_again import SCATTERED, ReadWords
from parsers.scan_table_ink import Ink, Reading
from parsers.scan_table_paper import DPI, PAPER, TablePicture

AGREED = 0.69
"""Most confidence of a name that one further reading of two bears out: staff see that it is not sure."""
NOT_AGREED = 0.6
"""The same, where neither does."""
_WORDS = range(2, 7)
_SYLLABLE = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.,;-])*")
_LONGEST = 40
_BEYOND = 6
"""Pixels around the ink of a cell."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a table is read: drawn at so many dots an inch, blurred by so many pixels of its picture before."""

    dpi: int
    softened: float = 0.0


GREY = (Manner(200), Manner(DPI), Manner(200, 1.2))
TWO_LEVELS = (Manner(DPI, 0.9), Manner(200, 1.2), Manner(DPI))
"""The first is that of the whole table.

At 300 dots an inch 92.3 % of 713 fields of scanned tables were read right, at 200 98.0 %. What was scanned in black and
white stays at 300: without greys "5" becomes "8". It is blurred: of 553 fields 11 were misread without it, 4 with it
(at 0.7 and 1.2 ten). Turned by parts of a degree, its edges are steps that seem marks of letters ("Tông", "chỉ").
"""


def manners(table: TablePicture) -> tuple[Manner, Manner, Manner]:
    return TWO_LEVELS if table.two_levels else GREY


def read_in(manner: Manner, picture: Grey, read_words: ReadWords) -> Iterator[Word]:
    """All words of a table's picture, in its pixels. Raises what `read_words` raises."""
    if manner.softened:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), manner.softened), dtype=np.uint8)
    if manner.dpi == DPI:
        yield from read_words(picture, psm=SCATTERED, dpi=DPI)
        return
    factor = manner.dpi / DPI
    small = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    for word in read_words(np.asarray(small, dtype=np.uint8), psm=SCATTERED, dpi=manner.dpi):
        sides = (side / factor for side in (word.box.x0, word.box.top, word.box.x1, word.box.bottom))
        yield replace(word, box=Box(*sides))


def with_names_agreed(
    table: TablePicture, inks: Mapping[Span, Ink], readings: Mapping[Span, Reading], read_words: ReadWords
) -> dict[Span, Reading]:
    """The readings, those of names as sure as further ones bear them out. Raises what `read_words` raises."""
    better = dict(readings)
    _, second, third = manners(table)
    named = {cell: box for cell, reading in readings.items() if _is_name(reading) and (box := inks[cell].bounds)}
    again = _read_again(table, named, inks, second, read_words)
    other = {cell: box for cell, box in named.items() if _letters(again[cell]) != _letters(readings[cell])}
    last = _read_again(table, other, inks, third, read_words)
    for cell in other:
        borne_out = _letters(last[cell]) == _letters(readings[cell])
        better[cell] = readings[cell].at_most(AGREED if borne_out else NOT_AGREED)
    return better


def _letters(reading: Reading) -> list[str]:
    """With their marks, in no order: which line Tesseract takes first, and specks between words, are no other name."""
    return sorted(letter for letter in reading.letters if letter.isalpha())


def _is_name(reading: Reading) -> bool:
    """Some words, each with a capital and without digits."""
    words = [word.text for word in reading.words]
    if len(words) not in _WORDS or sum(map(len, words)) > _LONGEST:
        return False
    return all(word[0].isupper() and _SYLLABLE.fullmatch(word) for word in words)


def _read_again(
    table: TablePicture, cells: Mapping[Span, Box], inks: Mapping[Span, Ink], manner: Manner, read_words: ReadWords
) -> dict[Span, Reading]:
    """These cells alone, all of them in one pass, each where it stands."""
    if not cells:
        return {}
    boxes = {cell: _grown(box, inks[cell].box) for cell, box in cells.items()}
    left, top = (int(min(getattr(box, side) for box in boxes.values())) for side in ("x0", "top"))
    right, bottom = (int(max(getattr(box, side) for box in boxes.values())) for side in ("x1", "bottom"))
    alone = np.full((bottom - top, right - left), PAPER, np.uint8)
    for box in boxes.values():
        x0, y0, x1, y1 = (int(side) for side in (box.x0, box.top, box.x1, box.bottom))
        alone[y0 - top : y1 - top, x0 - left : x1 - left] = table.picture[y0:y1, x0:x1]
    words: dict[Span, list[Word]] = {cell: [] for cell in cells}
    for word in read_in(manner, alone, read_words):
        moved = replace(word, box=_moved(word.box, left, top))
        owner = next((cell for cell, box in boxes.items() if _holds(box, moved.box)), None)
        if owner is not None and not is_stray(word):
            words[owner].append(moved)
    return {cell: Reading.of(own, inks[cell]) for cell, own in words.items()}


def _grown(box: Box, within: Box) -> Box:
    """A little larger, and no larger than the cell; in whole pixels."""
    return Box(
        max(int(box.x0) - _BEYOND, int(within.x0), 0),
        max(int(box.top) - _BEYOND, int(within.top), 0),
        min(int(box.x1) + _BEYOND, int(within.x1)),
        min(int(box.bottom) + _BEYOND, int(within.bottom)),
    )


def _moved(box: Box, right: float, down: float) -> Box:
    return Box(box.x0 + right, box.top + down, box.x1 + right, box.bottom + down)


def _holds(box: Box, word: Box) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom
