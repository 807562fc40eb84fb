"""A second look at a signature that a stamp lies over (FORMS.md, "Traps": it helps, and also invents names).

Taken only where the first reading found no signer or no position; what it gives has low confidence.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np

from parsers.content import Box, Content, Line
from parsers.memo_layout import segments
from parsers.memo_signature import read_signature
from parsers.ocr_engine import Word, read_words
from parsers.ocr_wording import mended
from parsers.picture import Grey
from parsers.scan_lines import box_of, confidence_of, is_stray
from parsers.scan_page import PagePicture
from parsers.scan_stamp import Circle, find_stamp, without_rings
from parsers.wording import plain

MOST_CONFIDENT = 0.5
"""Of a second look."""
_SIGNS = re.compile(r"(?:t/?m|k/?t|t/?l|tuq|q)\s*[.:]\s*[a-z]{2}|(?:pho )?chu tich$|truong ban$")
_POSITION = re.compile(r"(?:pho )?chu tich$|truong ban$")
_ABOVE, _BELOW, _ASIDE = 2.0, 170.0, 160.0
"""Points around the lower end of the authority: where position, stamp and name stand."""
_LINE = 7
"""Tesseract's page segmentation mode."""
_NAME = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*")
_SURE = 0.3
"""Confidence below which a word is no part of a name; with such a one beside it the rest is none either."""
_DARK = 160
_PALER = 70.0
"""Of 255: what is so much paler than the darkest is not print."""
_WHITE = 200
_TWO_LEVELS = 0.9
"""Share of pure black in the ink from which a scan has no greys."""
_NAME_WORDS = range(2, 7)


def with_second_look(page: PagePicture, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines of a page; where a stamp hides who signs, with what a second look finds there."""
    anchor = _anchor(lines)
    if anchor is None:
        return lines
    first = read_signature(segments(Content(lines, "ocr")))
    if first.signer is not None and first.title is not None:
        return lines
    area = _area(page, anchor)
    block = _cut(page, area)
    stamp = find_stamp(block, page.scale)
    if stamp is None:
        return lines
    clean = without_rings(block, stamp, page.scale)
    height = (anchor.bottom - anchor.top) * page.scale
    print_alone = _print_alone(block)
    rows = _rows(clean, height, stamp) if print_alone is None else _rows(print_alone, height)
    blocks = [each for each in (clean, block, print_alone) if each is not None]
    found = [_line(words, page, area) for words in _signature(blocks, rows, page.dpi)]
    return _merged(lines, found)


def _anchor(lines: Sequence[Line]) -> Box | None:
    """The lowest line that says for whom, or as what, somebody signs."""
    signing = [line.box for line in lines if line.text.isupper() and _SIGNS.match(plain(line.text)) and line.box]
    return max(signing, key=lambda box: box.top, default=None)


def _area(page: PagePicture, anchor: Box) -> Box:
    middle = (anchor.x0 + anchor.x1) / 2
    height, width = (side / page.scale for side in page.grey.shape)
    return Box(
        max(middle - _ASIDE, 0.0),
        max(min(anchor.bottom - _ABOVE, height - 1), 0.0),
        min(middle + _ASIDE, width),
        min(anchor.bottom + _BELOW, height),
    )


def _cut(page: PagePicture, area: Box) -> Grey:
    left, top, right, bottom = (round(side * page.scale) for side in (area.x0, area.top, area.x1, area.bottom))
    return page.grey[top:bottom, left:right]


def _print_alone(block: Grey) -> Grey | None:
    """The darkest ink: in a grey scan stamps are paler than print. None for a scan of black and white alone."""
    inked = block[block < _WHITE]
    if not inked.size or (inked == 0).mean() > _TWO_LEVELS:
        return None
    darkest = float(np.percentile(block, 0.2))
    return np.asarray(np.clip((block.astype(np.float32) - darkest) * (255 / _PALER), 0, 255), dtype=np.uint8)


def _signature(blocks: Sequence[Grey], rows: Iterable[tuple[int, int]], dpi: int) -> Iterator[Sequence[Word]]:
    """Position and name, as far as they can be read: of the block without and with its rings what is surer."""
    for top, bottom in rows:
        readings = [_lowered(read_words(block[top:bottom], psm=_LINE, dpi=dpi), top) for block in blocks]
        readings = [_without_marks([word for word in words if not is_stray(word)]) for words in readings]
        positions = [words for words in readings if _POSITION.match(plain(_text(words)))]
        names = [name for name in map(_name, readings) if name]
        if positions:
            yield max(positions, key=confidence_of)
        elif names:
            yield max(names, key=lambda words: min(word.confidence for word in words))
            return


def _lowered(words: Iterable[Word], by: int) -> list[Word]:
    boxes = ((word, word.box) for word in words)
    return [replace(word, box=Box(box.x0, box.top + by, box.x1, box.bottom + by)) for word, box in boxes]


def _text(words: Iterable[Word]) -> str:
    return mended(" ".join(word.text for word in words))


def _rows(clean: Grey, height: float, stamp: Circle = (0.0, 0.0, 0.0)) -> Iterator[tuple[int, int]]:
    """Where lines of text stand, told by the letters that lie outside of the stamp: top and bottom, downwards."""
    ink = np.asarray((clean < 160) * 255, dtype=np.uint8)
    _, _, boxes, middles = cv2.connectedComponentsWithStats(ink)
    outside = np.hypot(middles[:, 0] - stamp[0], middles[:, 1] - stamp[1]) > stamp[2]
    tall, wide = boxes[:, cv2.CC_STAT_HEIGHT], boxes[:, cv2.CC_STAT_WIDTH]
    letters = boxes[outside & (tall > 0.35 * height) & (tall < 1.4 * height) & (wide < 3 * height)]
    filled = np.zeros(clean.shape[0])
    for top, high, across in letters[:, [cv2.CC_STAT_TOP, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_WIDTH]]:
        filled[top : top + high] += across
    edges = np.flatnonzero(np.diff(np.concatenate([[0], (filled > height / 2).astype(int), [0]])))
    for top, bottom in edges.reshape(-1, 2):
        if bottom - top >= 0.4 * height:
            yield max(0, int(top - 0.5 * height)), min(clean.shape[0], int(bottom + 0.35 * height))


def _name(words: Sequence[Word]) -> Sequence[Word]:
    """The words, if they may be a name; else none."""
    named = all(
        _NAME.fullmatch(word.text) and word.text[:1].isupper() and len(word.text) > 1 and word.confidence >= _SURE
        for word in words
    )
    spelt = len(words) in _NAME_WORDS and not all(word.text.isupper() for word in words)
    return words if named and spelt else []


def _without_marks(words: list[Word]) -> list[Word]:
    """Without single signs at either end: the ring is seen there."""
    whole = [place for place, word in enumerate(words) if sum(map(str.isalpha, word.text)) > 1]
    return words[whole[0] : whole[-1] + 1] if whole else []


def _line(words: Sequence[Word], page: PagePicture, area: Box) -> Line:
    box = box_of(words)
    x, y = area.x0, area.top
    places = (x + box.x0 / page.scale, y + box.top / page.scale, x + box.x1 / page.scale, y + box.bottom / page.scale)
    return Line(
        _text(words),
        page=page.number,
        box=Box(*(round(place, 1) for place in places)),
        confidence=round(min(confidence_of(words), MOST_CONFIDENT), 3),
    )


def _merged(lines: Sequence[Line], found: Sequence[Line]) -> tuple[Line, ...]:
    """The found lines in place of what was read at the same places before."""
    kept = [line for line in lines if not any(_same_place(line, other) for other in found)]
    return tuple(sorted((*kept, *found), key=lambda line: line.box.top if line.box else 0.0))


def _same_place(line: Line, other: Line) -> bool:
    if line.box is None or other.box is None:
        return False
    shared = min(line.box.bottom, other.box.bottom) - max(line.box.top, other.box.top)
    beside = min(line.box.x1, other.box.x1) - max(line.box.x0, other.box.x0)
    return beside > 0 and shared > 0.4 * min(line.box.bottom - line.box.top, other.box.bottom - other.box.top)
