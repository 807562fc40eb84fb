"""Letters printed over each other, as programs print cells too small for their text. Nobody reads such a line right.

Bold that is drawn twice is the same letter twice; a watermark is larger than what it lies under; marks are no letters.
"""

from collections.abc import Iterable

from parsers.pdf_page import Glyph

_MOST_APART = 1.8
"""Of their sizes."""
_SHARED = 0.5
"""Of the smaller one's width and height."""
_LEAST = 4
"""Such pairs, before a page is told of: a kerned ligature, a corrected letter."""
_SPOT = 16.0
"""Points: width and height of the squares in which pairs are looked for."""
_MOST_NEAR = 100
"""Letters of one square: a file may put all of its own in one place."""


def printed_over(glyphs: Iterable[Glyph]) -> bool:
    """Whether different letters of like size lie over each other in several places."""
    squares: dict[tuple[int, int], list[Glyph]] = {}
    pairs = 0
    for glyph in glyphs:
        if not glyph.text[:1].isalnum():
            continue
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        column, row = int(x // _SPOT), int(y // _SPOT)
        near = squares.setdefault((column, row), [])
        pairs += any(_lie_over(glyph, other) for other in near)
        if pairs >= _LEAST:
            return True
        if len(near) < _MOST_NEAR:
            near.append(glyph)
    return False


def _lie_over(one: Glyph, other: Glyph) -> bool:
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    if wide <= _SHARED * min(one.x1 - one.x0, other.x1 - other.x0) or one.text == other.text:
        return False
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    sizes = sorted((one.bottom - one.top, other.bottom - other.top))
    return high > _SHARED * sizes[0] and sizes[1] < _MOST_APART * sizes[0]
