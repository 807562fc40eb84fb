"""One page that is a picture: made paper, set upright, read. Places are those of the upright page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from statistics import median

import cv2
import numpy as np

from parsers.content import Box
from parsers.ocr_engine import Word, read_words
from parsers.paper import as_paper, evened, is_of_two_levels, luminance
from parsers.picture import Colour, Grey, is_strip
from parsers.ruling import without_rules
from parsers.ruling_table import read_rules, tables_of
from parsers.scan_lines import FEW_LETTERS, confidence_of, is_plausible, letters_in, sure_letters
from parsers.scan_print import print_of
from parsers.scan_table import ScannedTable, read_table, without_tables
from parsers.upright import set_upright, straightened, turned

POINTS_PER_INCH = 72
A4_LONG = 842.0
"""Points: what a picture that tells no size is taken for."""

_PAGE = 3
_BLOCK = 6
"""Tesseract's page segmentation modes."""
_MOST_DPI = 320.0
_KEPT_AT = 300.0
_READ_FROM = 250.0
_READ_AT = 200.0
"""Running text reads better at 200 dots an inch than at 300, in two thirds of the time; enlarging spoils it."""
_SEVERAL = 3
_ENOUGH_WORDS = 10
_USUAL_PRINT = 9.0
_SMALL_PRINT = 5.6
_SMALL = _SMALL_PRINT / _USUAL_PRINT
"""Points: height of words, marks included. Below it the page is larger than was thought: part of a panorama, or far
away before the camera. At the resolution that it seems to have its letters would be made smaller still."""
_STRIP = 0.1
"""Share of a page that tells which way up it is."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as it was read: black on white, upright and straight."""

    number: int
    grey: Grey
    scale: float
    """Pixels in a point."""
    two_levels: bool = False
    """Scanned in black and white alone."""
    print_size: float = 1.0
    """Of its letters to those that paper of its size has."""

    @property
    def dpi(self) -> int:
        return round(self.exact_dpi)

    @property
    def exact_dpi(self) -> float:
        """By the size of its letters: what reading goes by."""
        return self.scale * self.print_size * POINTS_PER_INCH


@dataclass(frozen=True, slots=True)
class PageWords:
    """What was read on it."""

    page: PagePicture
    words: tuple[Word, ...]
    """Those outside of its tables."""
    tables: tuple[ScannedTable, ...] = ()
    loose_rules: bool = False
    """As many ruling lines as a table has stand on it, and make none."""
    came_at: float = 0.0
    """Pixels in a point of the picture as it came."""
    letters: float | None = None
    """Height of its words there, in pixels, by its ink alone: of an odd page that has letters."""

    @property
    def print_height(self) -> float | None:
        """Of a word with its marks, in points, the median: of the tables where there are any; None for a few words."""
        in_tables = [_heights(table.words, table.scale) for table in self.tables]
        together = [height for heights in in_tables for height in heights]
        found = together if len(together) >= _ENOUGH_WORDS else _heights(self.words, self.page.scale)
        return median(found) if len(found) >= _ENOUGH_WORDS else None

    @property
    def letter_pixels(self) -> float | None:
        """Height of its words with their marks, in pixels of the picture as it came; None for a few words."""
        height = self.print_height
        return height * self.came_at if height is not None and self.came_at else self.letters

    @property
    def all_words(self) -> tuple[Word, ...]:
        return (*self.words, *(word for table in self.tables for word in table.words))

    @property
    def confidence(self) -> float:
        """Mean over the letters, 0 to 1."""
        return confidence_of(self.all_words)

    @property
    def is_plausible(self) -> bool:
        """Whether most of what was read is language."""
        return is_plausible(self.all_words)


def read_page(picture: Colour, number: int, long_side: float = A4_LONG) -> PageWords:
    """Upright and read. `long_side`: of the page, in points. Raises UnreadableError (NOT_READ) without Tesseract."""
    scale = max(picture.shape[:2]) / long_side
    read = replace(_read_picture(picture, number, scale), came_at=scale)
    if not _is_odd(read, picture):
        return read
    seen = print_of(set_upright(as_paper(picture)))
    if not seen.is_some:
        return read
    small = min(seen.height / scale, read.print_height or inf) / _USUAL_PRINT
    if small < _SMALL:
        read = max(read, _read_picture(picture, number, scale, small), key=_sure_letters)
    return replace(read, came_at=scale, letters=seen.height)


def _is_odd(read: PageWords, picture: Colour) -> bool:
    """Whether the page may be larger than was thought, by its shape, its words, or because they make no language."""
    height = read.print_height
    return is_strip(picture.shape[1], picture.shape[0]) or not read.is_plausible or (height or inf) < _SMALL_PRINT


def _read_picture(picture: Colour, number: int, scale: float, print_size: float = 1.0) -> PageWords:
    two_levels = is_of_two_levels(picture)
    page = _fitted(PagePicture(number, set_upright(as_paper(picture)), scale, two_levels, print_size))
    first = _not_sideways(_read(page))
    if first.is_plausible:
        return first
    best = _turned_right(first)
    if best.is_plausible or picture.ndim == 2:
        return best
    plain = _fitted(PagePicture(number, set_upright(evened(luminance(picture))), scale, print_size=print_size))
    return max(best, _turned_right(_read(plain)), key=_sure_letters)


def _heights(words: Sequence[Word], scale: float) -> list[float]:
    """In points, of words of several letters. `scale`: pixels in a point."""
    return [(word.box.bottom - word.box.top) / scale for word in words if letters_in(word) >= _SEVERAL]


def _not_sideways(read: PageWords) -> PageWords:
    """The page, turned once more where its words run upwards or downwards.

    Of a cut of a few lines nobody can tell by its ink which way they run, and Tesseract reads lines that stand upright
    word by word, surely, and in the wrong order.
    """
    if not lies_on_side(read.all_words):
        return read
    for quarters in (3, 1):  # what was turned wrongly is turned back
        turned_page = replace(read.page, grey=straightened(turned(read.page.grey, quarters)))
        again = _read(turned_page)
        if again.is_plausible and not lies_on_side(again.all_words):
            return again
    return replace(read, words=(), tables=())


def lies_on_side(words: Sequence[Word]) -> bool:
    """Whether most words of several letters are higher than they are wide."""
    long = [word.box for word in words if letters_in(word) >= _SEVERAL]
    return sum(box.bottom - box.top > box.x1 - box.x0 for box in long) * 2 > len(long)


def _sure_letters(read: PageWords) -> int:
    return sure_letters(read.all_words)


def _fitted(page: PagePicture) -> PagePicture:
    """At the resolution that reads best: finer ones cost time and read no better."""
    if page.dpi <= _MOST_DPI:
        return page
    factor = _KEPT_AT / page.dpi
    return replace(page, grey=_shrunk(page.grey, factor), scale=page.scale * factor)


def _shrunk(grey: Grey, factor: float) -> Grey:
    return np.asarray(cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _read(page: PagePicture) -> PageWords:
    """The tables of a page and the words around them, with their boxes in pixels of its picture."""
    dpi = page.exact_dpi
    rules = read_rules(page.grey, dpi)
    ruled = tables_of(rules, page.grey, dpi)
    words = _read_text(without_tables(page.grey, dpi, ruled), page.dpi, _PAGE)
    scale = page.scale
    tables = tuple(
        read_table(page.grey, dpi, page.number, table, two_levels=page.two_levels, scale=scale) for table in ruled
    )
    return PageWords(page, words, tables, loose_rules=not ruled and rules.are_many(dpi))


def read_as_block(page: PagePicture) -> tuple[Word, ...]:
    """The words of a page line by line right across it: numbers that stand in a column of their own are read so."""
    return _read_text(page.grey, page.dpi, _BLOCK)


def _read_text(grey: Grey, dpi: int, psm: int) -> tuple[Word, ...]:
    if dpi <= _READ_FROM:
        return read_words(grey, psm=psm, dpi=dpi)
    factor = _READ_AT / dpi
    words = read_words(_shrunk(grey, factor), psm=psm, dpi=round(_READ_AT))
    return tuple(replace(word, box=_enlarged(word.box, 1 / factor)) for word in words)


def _enlarged(box: Box, factor: float) -> Box:
    return Box(box.x0 * factor, box.top * factor, box.x1 * factor, box.bottom * factor)


def _turned_right(first: PageWords) -> PageWords:
    """The turn with the most confident words, told from a strip of the page; the first reading where none is better."""
    page = first.page
    strip = _inked_strip(page.grey)
    if first.tables or first.loose_rules:
        strip = without_rules(strip, page.dpi)
    sure = [0, 0, 0, 0]
    for quarters in (0, 2, 1, 3):
        words = read_words(turned(strip, quarters), psm=_BLOCK, dpi=page.dpi)
        sure[quarters] = sure_letters(words)
        if quarters and is_plausible(words):
            break
    best = max(range(4), key=lambda quarters: sure[quarters])
    if best == 0 or sure[best] < FEW_LETTERS:
        return first
    right = replace(page, grey=straightened(turned(page.grey, best)))
    return max(first, _read(right), key=_sure_letters)


def _inked_strip(grey: Grey) -> Grey:
    """The part of the page, as wide as it is, with the most ink."""
    height = grey.shape[0]
    tall = max(1, round(height * _STRIP))
    ink = np.concatenate([[0.0], np.cumsum(255.0 - grey.mean(axis=1))])
    top = int(np.argmax(ink[tall:] - ink[:-tall]))
    return grey[top : top + tall]
