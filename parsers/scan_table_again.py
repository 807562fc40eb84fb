"""Cells that the reading of the whole table left in doubt, read by themselves.

Tesseract passes over single digits among scattered words, and reads one that stands alone worse than one in a line: the
short cells of a table (numbers of rows, mostly) are set side by side and read as one line of text. A single letter has
no other letters to bear it out: it is believed where two readings agree.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from parsers.content import Box
from parsers.ocr_engine import Word
from parsers.picture import Grey
from parsers.ruling import pixels
from parsers.ruling_grid import Span
from parsers.scan_lines import is_stray
from parsers.scan_table_ink import Ink, Reading, part
from parsers.scan_table_paper import DPI, PAPER

SCATTERED = 11
_BLOCK = 6
_LINE = 7
_WORD = 8
"""Tesseract's page segmentation modes."""

_SHORT = pixels(6.5, DPI)
"""Width of a cell's ink: three digits at most."""
_ONE_LINE = pixels(6.5, DPI)
_GAP = 34
"""Pixels between cells on one line: wider than between words."""
_ALONG = 24
"""Cells on one line."""
_PADDING = 10
_SURE = 0.8
_LOST = 0.69
"""At most so sure is a text beside which the first reading left ink unread: what it lost is read alone, and worse."""
_DISAGREED = 0.5
"""At most so sure is one of several readings of a short cell that all differ."""


class ReadWords(Protocol):
    """`parsers.ocr_engine.read_words`."""

    def __call__(self, image: Grey, *, psm: int, dpi: int) -> tuple[Word, ...]: ...


def improved(
    picture: Grey, inks: Mapping[Span, Ink], readings: Mapping[Span, Reading], read_words: ReadWords
) -> dict[Span, Reading]:
    """The best reading of each cell, after further ones where they are needed. Raises what `read_words` raises."""
    better = dict(readings)
    bounds = {cell: box for cell, ink in inks.items() if (box := ink.bounds) is not None}
    short = [cell for cell, box in bounds.items() if _is_short(box)]
    in_line = dict(_read_in_lines(picture, short, bounds, read_words))
    for cell, box in bounds.items():
        first = readings[cell]
        if cell in in_line:
            candidates = [first, in_line[cell]]
            if not _agree(candidates):
                candidates += _read_alone(picture, inks[cell], box, read_words)
            better[cell] = _agreed(candidates)
        elif first.is_doubtful:
            alone = _read_alone(picture, inks[cell], box, read_words)
            best = max((first, *alone), key=lambda each: each.confidence)
            better[cell] = best.at_most(_LOST) if first.loses else best
    return better


def _agree(readings: Sequence[Reading]) -> bool:
    """Whether there are two that read the same."""
    texts = [reading.letters for reading in readings if reading.words]
    return len(set(texts)) < len(texts)


def _agreed(readings: Sequence[Reading]) -> Reading:
    """The one that most readings say, the surest of them; where none says the same, it is not sure."""
    texts = [reading.letters for reading in readings if reading.words]
    best = max(readings, key=lambda each: (texts.count(each.letters) if each.words else 0, each.confidence))
    return best if texts.count(best.letters) > 1 or not texts else best.at_most(_DISAGREED)


def _is_short(box: Box) -> bool:
    return box.x1 - box.x0 <= _SHORT and box.bottom - box.top <= _ONE_LINE


def _read_in_lines(
    picture: Grey, cells: Sequence[Span], bounds: Mapping[Span, Box], read_words: ReadWords
) -> Iterator[tuple[Span, Reading]]:
    for start in range(0, len(cells), _ALONG):
        along = cells[start : start + _ALONG]
        words = _read_in_line(picture, [bounds[cell] for cell in along], read_words)
        yield from ((cell, Reading(tuple(own), 0.0 if own else 1.0)) for cell, own in zip(along, words, strict=True))


def _read_in_line(picture: Grey, boxes: Sequence[Box], read_words: ReadWords) -> list[list[Word]]:
    """The words of each box, read as one line."""
    pieces = [part(picture, box) for box in boxes]
    height = max(len(piece) for piece in pieces) + 2 * _PADDING
    line = np.full((height, sum(piece.shape[1] + _GAP for piece in pieces) + _GAP), PAPER, np.uint8)
    starts, x = [], _GAP
    for piece in pieces:
        line[height - _PADDING - len(piece) : height - _PADDING, x : x + piece.shape[1]] = piece
        starts.append(x)
        x += piece.shape[1] + _GAP
    ends = [start - _GAP / 2 for start in starts[1:]]
    words: list[list[Word]] = [[] for _ in boxes]
    for word in read_words(line, psm=_LINE, dpi=DPI):
        place = int(np.searchsorted(ends, (word.box.x0 + word.box.x1) / 2))
        words[place].append(replace(word, box=boxes[place]))
    return words


def _read_alone(picture: Grey, ink: Ink, bounds: Box, read_words: ReadWords) -> list[Reading]:
    """Cut to its ink, in one mode after the other until one is sure."""
    box = _grown(bounds, _PADDING)
    cut = part(picture, ink.box)
    alone = np.full((int(box.bottom - box.top), int(box.x1 - box.x0)), PAPER, np.uint8)
    top, left = int(bounds.top - ink.box.top), int(bounds.x0 - ink.box.x0)
    height, width = int(bounds.bottom - bounds.top), int(bounds.x1 - bounds.x0)
    alone[_PADDING : _PADDING + height, _PADDING : _PADDING + width] = cut[top : top + height, left : left + width]
    readings: list[Reading] = []
    for psm in (_BLOCK, _WORD) if height <= _ONE_LINE else (_BLOCK,):
        words = [_moved(word, box) for word in read_words(alone, psm=psm, dpi=DPI) if not is_stray(word)]
        readings.append(Reading.of(words, ink))
        if words and readings[-1].confidence >= _SURE:
            break
    return readings


def _grown(box: Box, by: float) -> Box:
    return Box(box.x0 - by, box.top - by, box.x1 + by, box.bottom + by)


def _moved(word: Word, to: Box) -> Word:
    box = word.box
    return replace(word, box=Box(box.x0 + to.x0, box.top + to.top, box.x1 + to.x0, box.bottom + to.top))
