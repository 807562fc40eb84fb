"""Glyphs put together to words, rows and lines.

By their baselines: one line of Vietnamese may mix two fonts, and "Ủ" reaches higher than "C", so that midpoints and
tops tear "CHỦ TỊCH" apart; the baseline is the same for all of them.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from parsers.content import Box, Cell, Line
from parsers.legacy_fonts import may_be_legacy
from parsers.legacy_tables import capitals_completed
from parsers.pdf_page import Glyph
from parsers.printed import printed

_SAME_ROW = 0.4
"""Of the letters' size: how far baselines of one row may differ (raised figures included)."""
_WORD_GAP = 0.25
"""Of the letters' size: a gap between two words where no space is drawn."""
_TIGHT_GAP, _VOID, _PARTED = 0.12, 0.08, 0.4
"""The same, at the least, in a row without drawn spaces whose gaps are of two kinds with nothing between (the void):
justified text is tight in places. At most so many gaps of a row part words: where more are wide, letters are spaced.
"""
_NUMBER_GAP = 0.12
"""The same behind a number on the right of its cell, before the text on the left of the next."""
_WIDE_GAP = 1.0
"""Of the letters' size: a gap between two columns, if it is also much wider than the others of its row …"""
_WIDER = 2.2
"""… by this factor (a justified line has wide gaps too, all alike)."""
_DOUBLED = 0.12
_DOTS, _LEAST_DOTS = frozenset(".…_·"), 4
"""What dotted lines are drawn with, and so many under the letters of an answer."""
_ABUTS = 0.03
"""Of the letters' size: a full stop stands so near its word."""
_HUGE_GAP = 3.0
"""Of the letters' size: always another column."""
_CENTRED = 0.04
_MOSTLY = 0.75
"""Of a line's letters."""
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\ufb05": "st", "ﬆ": "st"})


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    box: Box
    size: float
    bold: bool
    original: str = ""
    """As it is stored, where that is in the codes of a legacy font."""


Row = list[Word]
"""Words of one height on the page, left to right."""


def rows_of(glyphs: Iterable[Glyph]) -> list[Row]:
    """Rows from top to bottom."""
    rows = (_words(_without_dots_below(row)) for row in _by_baseline(_without_doubles(list(glyphs))))
    return [row for row in rows if row]


def cell_of(rows: Sequence[Row]) -> Cell:
    """A cell with the text of these rows, parted by line feeds."""
    originals = [row_original(row) for row in rows]
    return Cell("\n".join(map(row_text, rows)), original="\n".join(filter(None, originals)))


def row_text(row: Sequence[Word]) -> str:
    text = " ".join(word.text for word in row)
    return capitals_completed(text) if any(word.original for word in row) else text


def row_original(row: Sequence[Word]) -> str:
    """As it is stored; '' where nothing of it was converted."""
    return " ".join(word.original or word.text for word in row) if any(word.original for word in row) else ""


def segments(row: Row) -> list[Row]:
    """A row cut where its gaps say that another column begins."""
    if not row:
        return []
    gaps = [right.box.x0 - left.box.x1 for left, right in pairwise(row)]
    usual = median(gaps) if len(gaps) > 2 else 0.0
    parts = [[row[0]]]
    for gap, word in zip(gaps, row[1:], strict=True):
        size = max(word.size, parts[-1][-1].size)
        if gap > _HUGE_GAP * size or (gap > _WIDE_GAP * size and gap > _WIDER * usual):
            parts.append([])
        parts[-1].append(word)
    return parts


def box_of(words: Sequence[Word]) -> Box:
    boxes = [word.box for word in words]
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )


def lines_of(rows: Sequence[Row], page: int, sides: tuple[float, float]) -> Iterator[tuple[float, Line]]:
    """Place from the top and Line, for every segment of every row. `sides`: where the page's text begins and ends."""
    for row in rows:
        parts, whole = segments(row), box_of(row)
        for part in parts:
            centred = len(parts) == 1 and _is_centred(whole, *sides)
            bold = sum(len(word.text) for word in part if word.bold) >= _MOSTLY * sum(len(word.text) for word in part)
            text, original = row_text(part), row_original(part)
            yield whole.top, Line(text, page=page, box=box_of(part), bold=bold, centred=centred, original=original)


def _is_centred(box: Box, left: float, right: float) -> bool:
    slack = _CENTRED * (right - left)
    before, after = box.x0 - left, right - box.x1
    return min(before, after) > slack and abs(before - after) <= 2 * slack


def _by_baseline(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Sorted so that a row is complete before the next one begins; the order of drawing is kept within it."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.baseline):
        first = rows[-1][0] if rows else None
        if first is not None and glyph.baseline - first.baseline <= _SAME_ROW * max(first.size, glyph.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return rows


def _words(row: list[Glyph]) -> Row:
    words: Row = []
    part: list[Glyph] = []
    ordered = sorted(row, key=lambda glyph: glyph.x0)
    least = _word_gap(ordered)
    for glyph in ordered:
        blank = not glyph.text.strip()
        if part and (blank or glyph.x0 - part[-1].x1 > _gap(part, glyph, least) * max(glyph.size, part[-1].size)):
            words.append(_word(part))
            part = []
        if not blank:
            part.append(glyph)
    if part:
        words.append(_word(part))
    return [word for word in words if word.text]


def _gap(part: list[Glyph], glyph: Glyph, least: float) -> float:
    """Least gap before the next word, of the letters' size."""
    numbered = glyph.text.isupper() and part[-1].text.isdigit() and all(one.text.isdigit() for one in part)
    return min(_NUMBER_GAP, least) if numbered else least


def _word_gap(row: Sequence[Glyph]) -> float:
    """The same of a row, left to right."""
    if any(not glyph.text.strip() for glyph in row):
        return _WORD_GAP
    gaps = [(right.x0 - left.x1) / max(left.size, right.size, 1.0) for left, right in pairwise(row)]
    wide = [gap for gap in gaps if gap > _TIGHT_GAP]
    low, high = max((gap for gap in gaps if gap <= _TIGHT_GAP), default=0.0), min(wide, default=_WORD_GAP)
    if high > _WORD_GAP or high - low < _VOID or len(wide) > _PARTED * len(gaps):
        return _WORD_GAP
    return (low + high) / 2


def _word(glyphs: list[Glyph]) -> Word:
    text = "".join([glyph.text for glyph in glyphs]).translate(_LIGATURES)
    box = Box(
        glyphs[0].x0,
        min([glyph.top for glyph in glyphs]),
        max([glyph.x1 for glyph in glyphs]),
        max([glyph.bottom for glyph in glyphs]),
    )
    # letters that a bold font lacks are drawn by another one
    fonts = {glyph.font: _BOLD.search(glyph.font) is not None for glyph in glyphs}
    bold = sum(fonts[glyph.font] for glyph in glyphs) * 2 >= len(glyphs)
    size = max([glyph.size for glyph in glyphs])
    original = (
        "".join([glyph.stored or glyph.text for glyph in glyphs]) if any(glyph.stored for glyph in glyphs) else ""
    )
    return Word(printed(text, keep_soft_hyphens=may_be_legacy(text)).strip(), box, size, bold, original)


def _without_dots_below(row: list[Glyph]) -> list[Glyph]:
    """Without the dots of a printed form that an answer was typed over: they stand amid its letters."""
    dots = [glyph for glyph in row if glyph.text in _DOTS]
    if len(dots) < _LEAST_DOTS:
        return row
    letters = sorted((glyph.x0, glyph.x1) for glyph in row if glyph.text not in _DOTS and glyph.text.strip())
    starts = [x0 for x0, _ in letters]
    under: list[float] = []
    own: set[int] = set()
    for dot in dots:
        place = bisect_right(starts, (dot.x0 + dot.x1) / 2) - 1
        end = letters[place][1] if place >= 0 else dot.x0 - dot.size
        if (dot.x0 + dot.x1) / 2 < end:
            under.append(dot.x0)
        elif abs(dot.x0 - end) < _ABUTS * dot.size:
            own.add(id(dot))
    if len(under) < _LEAST_DOTS:
        return row
    first, last = min(under), max(under)
    return [one for one in row if one.text not in _DOTS or id(one) in own or not first <= one.x0 <= last]


def _without_doubles(glyphs: list[Glyph]) -> list[Glyph]:
    """Bold may be drawn as the same letter twice, a hair apart: the second one is left out."""
    kept: list[Glyph] = []
    seen: dict[tuple[str, int, int], float] = {}
    for glyph in glyphs:
        row, place = round(glyph.baseline), int(glyph.x0)
        near = (seen.get((glyph.text, row, column), -9.0) for column in (place - 1, place, place + 1))
        if any(abs(other - glyph.x0) < _DOUBLED * glyph.size for other in near) and glyph.text.strip():
            continue
        seen[glyph.text, row, place] = glyph.x0
        kept.append(glyph)
    return kept
