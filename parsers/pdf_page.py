"""What is on one page of a PDF: glyphs, ruling lines and pictures, in points from the top left corner.

Taken from pdfplumber's layout tree and not from its lists of objects: making a dict of each character costs as much as
reading the page (docs/decisions/0011-readers.md).
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from pdfminer.layout import LTChar, LTComponent, LTCurve, LTFigure, LTImage, LTLine, LTPage, LTRect
from pdfminer.pdftypes import PDFStream

from dossier.model import Problem
from parsers.content import Box
from parsers.problem import UnreadableError

MAX_OBJECTS = 200_000
"""Characters, lines and pictures of one page."""

_LEAST_BEYOND, _MOST_BEYOND = 3, 500
_WORD, _LINE = 0.6, 0.2
"""Of the letters' size: what parts two letters of a line at most, and the baselines of a line."""
_THIN = 3.0
"""Points: Word and LibreOffice draw borders as filled rectangles up to this width; wider ones are shading."""
_STRAIGHT = 0.5
_NEAR = 0.3
"""Of a letter's height: a mark is drawn where the letter ends, or back over it."""
_SHORTEST = 1.0
_PALE = 0.9
"""Of white: letters in such a grey or colour are seen on something darker alone."""
_WHITE = frozenset({1, (1,), (1, 1, 1), (0, 0, 0, 0)})


class Glyph(NamedTuple):
    """One character as it is drawn. `baseline` grows downwards and is the same for all characters of a line."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    font: str
    stored: str = ""
    """In the codes of a legacy font, where `text` was made from it."""


class Edge(NamedTuple):
    """A ruling line, horizontal or vertical."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def is_horizontal(self) -> bool:
        return self.x1 - self.x0 > self.bottom - self.top


class Sideways(NamedTuple):
    """A character turned by a quarter: the middle of its place on the page, and itself as on the page set upright."""

    x: float
    y: float
    glyph: Glyph


@dataclass(slots=True)
class PageParts:
    """Everything on a page that is read."""

    width: float
    height: float
    glyphs: list[Glyph]
    sideways: list[Sideways]
    edges: list[Edge]
    pictures: list[Box]
    drawings: int = 0
    """Curves and shapes that are no ruling lines: outlines of letters, where a page has many of them and no text."""
    images: list[PDFStream] = field(default_factory=list)
    """The pictures as the file holds them."""
    upside_down: int = 0
    """Characters that stand on their heads."""
    beyond: list[Glyph] = field(default_factory=list)
    """Characters on the left or the right of the paper."""
    pale: int = 0
    """Characters in white, or nearly."""


def page_parts(layout: LTPage) -> PageParts:
    """Raises UnreadableError (NOT_READ) for a page with more objects than people put on one."""
    parts = PageParts(layout.width, layout.height, [], [], [], [])
    for count, item in enumerate(_items(layout)):
        if count > MAX_OBJECTS:
            raise UnreadableError(Problem.NOT_READ, f"more than {MAX_OBJECTS} objects on one page")
        if isinstance(item, LTChar):
            _add_glyph(parts, item)
        elif isinstance(item, LTCurve):
            found = list(_edges(item, layout.height))
            parts.edges += found
            parts.drawings += not found
        elif isinstance(item, LTImage):
            parts.pictures.append(_box(item, layout))
            parts.images.append(item.stream)
    return parts


def runs_off(parts: PageParts) -> bool:
    """Whether text goes on beyond the paper's side, as that of a table does that is too wide for its page."""
    if len(parts.beyond) < _LEAST_BEYOND:
        return False
    near = [one for one in parts.glyphs if one.text.strip() and (one.x0 < one.size or one.x1 > parts.width - one.size)]
    crossing = (  # of the first ones: a page may be full of them
        max(one.x0 - other.x1, other.x0 - one.x1) < _WORD * one.size
        and abs(one.baseline - other.baseline) < _LINE * one.size
        for one in parts.beyond
        for other in near[:_MOST_BEYOND]
    )
    return any(crossing)


def covered(parts: PageParts) -> float:
    """Share of the page, 0 to 1, that the largest picture covers."""
    areas = ((box.x1 - box.x0) * (box.bottom - box.top) for box in parts.pictures)
    return max(areas, default=0.0) / max(parts.width * parts.height, 1.0)


def covered_together(parts: PageParts) -> float:
    """The same of all pictures: some scanners cut a page into strips, or lay letters over their background."""
    areas = ((box.x1 - box.x0) * (box.bottom - box.top) for box in parts.pictures)
    return min(1.0, sum(map(abs, areas)) / max(parts.width * parts.height, 1.0))


def _items(layout: Iterable[LTComponent]) -> Iterator[LTComponent]:
    open_figures = [iter(layout)]
    while open_figures:
        for item in open_figures[-1]:
            if isinstance(item, LTFigure):
                open_figures.append(iter(item))
                break
            yield item
        else:
            open_figures.pop()


def _add_glyph(parts: PageParts, char: LTChar) -> None:
    a, b, _, _, e, f = char.matrix
    x0, x1, top, bottom = char.x0, char.x1, parts.height - char.y1, parts.height - char.y0
    if not (0 <= (x0 + x1) / 2 <= parts.width and 0 <= (top + bottom) / 2 <= parts.height):
        if (
            len(parts.beyond) < _MOST_BEYOND
            and char.get_text().strip()
            and 0 <= (top + bottom) / 2 <= parts.height
            and abs(a) >= abs(b)
        ):
            glyph = Glyph(char.get_text(), x0, top, x1, bottom, parts.height - f, bottom - top, char.fontname)
            parts.beyond.append(glyph)
        return  # drawn outside of the paper
    text, font = char.get_text(), char.fontname
    parts.pale += _is_pale(char.graphicstate.ncolor)
    parts.upside_down += a < 0 and abs(a) >= abs(b)
    if abs(a) >= abs(b):
        if not text.isascii() and _stands_on(text, x0, parts.height - f, parts.glyphs[-1:]):
            letter = parts.glyphs[-1]
            parts.glyphs[-1] = letter._replace(text=letter.text + text, x1=max(letter.x1, x1))
            return
        parts.glyphs.append(Glyph(text, x0, top, x1, bottom, parts.height - f, bottom - top, font))
        return
    if b > 0:  # read from the bottom to the top
        turned = Glyph(text, -bottom, x0, -top, x1, e, x1 - x0, font)
    else:
        turned = Glyph(text, top, -x1, bottom, -x0, -e, x1 - x0, font)
    parts.sideways.append(Sideways((x0 + x1) / 2, (top + bottom) / 2, turned))


def _stands_on(text: str, x0: float, baseline: float, before: Sequence[Glyph]) -> bool:
    """Whether it is a mark over the letter drawn just before it: having no width, it may sort behind the next one."""
    if len(text) != 1 or not unicodedata.combining(text):
        return False
    return any(one.x0 <= x0 <= one.x1 + _NEAR * one.size and one.baseline == baseline for one in before)


def _edges(curve: LTCurve, height: float) -> Iterator[Edge]:
    x0, x1, top, bottom = curve.x0, curve.x1, height - curve.y1, height - curve.y0
    if isinstance(curve, LTLine) or x1 - x0 <= _THIN or bottom - top <= _THIN:
        if not (curve.stroke and not curve.fill and _is_white(curve.stroking_color)):
            yield from _straight(x0, top, x1, bottom)
    elif curve.stroke and not _is_white(curve.stroking_color):
        corners = [(x, height - y) for x, y in curve.pts]
        if isinstance(curve, LTRect):
            corners = [(x0, top), (x1, top), (x1, bottom), (x0, bottom), (x0, top)]
        for (ax, ay), (bx, by) in pairwise(corners):
            yield from _straight(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def _straight(x0: float, top: float, x1: float, bottom: float) -> Iterator[Edge]:
    """The line in the middle of something long and thin."""
    wide, high = x1 - x0, bottom - top
    if max(wide, high) < _SHORTEST:
        return
    if high <= _THIN and wide > high:
        middle = (top + bottom) / 2
        yield Edge(x0, middle, x1, middle)
    elif wide <= _THIN:
        middle = (x0 + x1) / 2
        yield Edge(middle, top, middle, bottom)


def _is_white(colour: object) -> bool:
    if isinstance(colour, list):
        colour = tuple(colour)
    return isinstance(colour, int | float | tuple) and colour in _WHITE


def _is_pale(colour: object) -> bool:
    """Of a grey or of red, green and blue; other spaces count from dark to light too seldom to be told here."""
    parts = colour if isinstance(colour, list | tuple) else (colour,)
    return len(parts) in (1, 3) and all(isinstance(part, int | float) and part >= _PALE for part in parts)


def _box(item: LTComponent, layout: LTPage) -> Box:
    """The part of it that lies on the page."""
    return Box(
        max(item.x0, 0.0),
        max(layout.height - item.y1, 0.0),
        min(item.x1, layout.width),
        min(layout.height - item.y0, layout.height),
    )
