"""Pages with ruled tables for tests of scans, drawn with Pillow's own letters: no font of the machine is needed."""

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from parsers.ruling_grid import Span
from support.scanner import Colour

_MM = 25.4


@dataclass
class DrawnTable:
    """A sheet with one table; lengths are millimetres, cells are counted from 0."""

    lefts: list[float]
    tops: list[float]
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    """By row and column; lines parted by line feeds, letters without Vietnamese marks."""
    merged: list[Span] = field(default_factory=list)
    thickness: float = 0.25
    double: bool = False
    grey: int = 0
    """Of its rules."""
    size: float = 4.2
    """Of its letters."""
    open_sides: bool = False
    """Without rules at its left and right."""
    outside: list[tuple[float, float, str]] = field(default_factory=list)
    """Text at (x, y)."""
    dpi: int = 300

    @property
    def cells(self) -> tuple[Span, ...]:
        covered = {
            (row, column): span
            for span in self.merged
            for row in range(span.row, span.row + span.rows)
            for column in range(span.column, span.column + span.columns)
        }
        places = [(row, column) for row in range(len(self.tops) - 1) for column in range(len(self.lefts) - 1)]
        spans = [covered.get((row, column), Span(row, column)) for row, column in places]
        return tuple(dict.fromkeys(spans))

    def sheet(self, width: float = 210, height: float = 148) -> Colour:
        image = Image.new("L", (self._at(width), self._at(height)), 255)
        self.draw_on(image)
        return np.asarray(image.convert("RGB"))

    def draw_on(self, image: Image.Image) -> None:
        draw, font = ImageDraw.Draw(image), ImageFont.load_default(self.size * self.dpi / _MM)
        for cell in self.cells:
            self._frame(draw, cell)
        for (row, column), text in self.texts.items():
            self._text(draw, font, self.lefts[column] + 1.5, self.tops[row] + 0.8, text)
        for x, y, text in self.outside:
            self._text(draw, font, x, y, text)

    def _frame(self, draw: ImageDraw.ImageDraw, cell: Span) -> None:
        left, right = self.lefts[cell.column], self.lefts[cell.column + cell.columns]
        top, bottom = self.tops[cell.row], self.tops[cell.row + cell.rows]
        corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        for (x0, y0), (x1, y1) in pairwise(corners):
            if self.open_sides and x0 == x1 and x0 in (self.lefts[0], self.lefts[-1]):
                continue
            for shift in (0.0, 0.8) if self.double else (0.0,):
                sideways = shift if x0 == x1 else 0.0
                self._line(draw, x0 + sideways, y0 + shift - sideways, x1 + sideways, y1 + shift - sideways)

    def _line(self, draw: ImageDraw.ImageDraw, x0: float, y0: float, x1: float, y1: float) -> None:
        width = max(1, self._at(self.thickness))
        draw.line([self._at(x0), self._at(y0), self._at(x1), self._at(y1)], fill=self.grey, width=width)

    def _text(self, draw: ImageDraw.ImageDraw, font: ImageFont.FreeTypeFont, x: float, y: float, text: str) -> None:
        for number, line in enumerate(text.split("\n")):
            draw.text((self._at(x), self._at(y + 1.25 * self.size * number)), line, fill=0, font=font)

    def _at(self, mm: float) -> int:
        return round(mm * self.dpi / _MM)
