"""Words that were read from a picture put together to lines, in reading order, with their place on the page.

Tesseract's own lines are the start: it sometimes runs two columns into one, and tears one line in two.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from operator import attrgetter
from statistics import median

from parsers.content import Box, Line
from parsers.ocr_engine import Word
from parsers.ocr_wording import mended

_WIDE_GAP = 1.0
"""Of the line's height: a gap between two columns, if it is also much wider than the others of its line …"""
_WIDER = 2.2
"""… by this factor."""
_HUGE_GAP = 2.5
"""Of the line's height: always another column."""
_TORN_GAP = 0.9
"""Of the line's height: two pieces so near each other are one line."""
_SAME_HEIGHT = 0.6
"""Share of the lower of two pieces that the other one covers, where they are of one line."""
_CENTRED = 0.04
_STRAY = 0.35
"""Confidence below which a sign that stands alone is dirt, or a piece of a stamp."""
_LONE_SIGN = 0.5
"""The same, for one that is a line of its own."""
_LOOSE_SIGN = 0.8
"""The same, for one without a letter or digit, and for a letter that is lower than letters are."""
_LOW = 0.6
"""Of the usual height."""
_NO_WORD = 0.25
"""Confidence below which a word that stands alone is an ornament."""
FEW_LETTERS = 20
"""A page number or a scanner's mark are fewer."""
_SURE = 0.6
_SURE_SHARE = 0.6
"""Of the letters: below it the page lies wrong, or is too poor."""

Piece = list[Word]
"""Words that stand side by side, left to right."""


def lines_of(words: Iterable[Word], page: int, scale: float, beside: Iterable[Box] = ()) -> tuple[Line, ...]:
    """From top to bottom, pieces of one height from left to right; places in points. `scale`: pixels in a point.

    `beside`: what else stands on the page, and is as wide as its text.
    """
    kept = [word for word in words if not is_stray(word)]
    pieces = _joined([piece for row in _tesseract_lines(kept) for piece in cut_at_gaps(row)])
    usual = _height(kept) if kept else 0.0
    pieces = [piece for piece in pieces if not _is_dirt(piece, usual)]
    if not pieces:
        return ()
    boxes = [*(word.box for word in kept), *beside]
    sides = min(box.x0 for box in boxes), max(box.x1 for box in boxes)
    ordered = [piece for row in _rows(pieces) for piece in row]
    return tuple(_line(piece, page, scale, sides, alone=_is_alone(piece, pieces)) for piece in ordered)


def _is_dirt(piece: Piece, usual: float) -> bool:
    """What stands alone and is no word: an ornament, or a mark that came off its letter. `usual`: height of letters."""
    text = "".join(word.text for word in piece)
    letters, confidence = sum(map(str.isalnum, text)), confidence_of(piece)
    if letters > 1:
        return len(piece) == 1 and confidence < _NO_WORD and mended(text) == text
    loose = not letters or (not text.isdigit() and _height(piece) < _LOW * usual)
    return confidence < (_LOOSE_SIGN if loose else _LONE_SIGN)


def is_stray(word: Word) -> bool:
    """Dirt, or a piece of a stamp or a pen: one sign that nobody is sure of."""
    return sum(char.isalnum() for char in word.text) <= 1 and word.confidence < _STRAY


def confidence_of(words: Sequence[Word]) -> float:
    """The mean over their letters; 0 without any."""
    letters = [max(len(word.text), 1) for word in words]
    weighed = sum(word.confidence * count for word, count in zip(words, letters, strict=True))
    return weighed / sum(letters) if letters else 0.0


def sure_letters(words: Sequence[Word]) -> int:
    """Letters and digits of the words that Tesseract is sure of."""
    return sum(letters_in(word) for word in words if word.confidence >= _SURE)


def letters_in(word: Word) -> int:
    return sum(map(str.isalnum, word.text))


def is_plausible(words: Sequence[Word]) -> bool:
    """Whether most of what was read is language."""
    return sure_letters(words) >= max(FEW_LETTERS, _SURE_SHARE * sum(map(letters_in, words)))


def box_of(words: Sequence[Word]) -> Box:
    """Around all of them."""
    boxes = [word.box for word in words]
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )


def cut_at_gaps(row: Sequence[Word]) -> Iterator[Piece]:
    """A line cut where its gaps say that another column begins."""
    gaps = [right.box.x0 - left.box.x1 for left, right in pairwise(row)]
    usual, size = (median(gaps) if len(gaps) > 2 else 0.0), _height(row)
    piece = [row[0]]
    for gap, word in zip(gaps, row[1:], strict=True):
        if gap > _HUGE_GAP * size or (gap > _WIDE_GAP * size and gap > _WIDER * usual):
            yield piece
            piece = []
        piece.append(word)
    yield piece


def rows_of(words: Iterable[Word]) -> list[Piece]:
    """Words of one height as one row, whatever column they stand in; rows from top to bottom."""
    pieces = list(_tesseract_lines([word for word in words if not is_stray(word)]))
    joined = ([word for piece in row for word in piece] for row in _rows(pieces)) if pieces else ()
    return [sorted(row, key=lambda word: word.box.x0) for row in joined]


def _tesseract_lines(words: Sequence[Word]) -> Iterator[Piece]:
    for _, row in groupby(sorted(words, key=attrgetter("line")), key=attrgetter("line")):
        yield sorted(row, key=lambda word: word.box.x0)


def _height(words: Sequence[Word]) -> float:
    """Of a line's letters, marks included: one word alone may have none."""
    return max(median(word.box.bottom - word.box.top for word in words), 1.0)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Pieces that stand side by side on one line without a gap, put together."""
    joined: list[Piece] = []
    for piece in sorted(pieces, key=lambda each: box_of(each).x0):
        before = next((other for other in reversed(joined) if _continues(other, piece)), None)
        if before is None:
            joined.append(list(piece))
        else:
            before.extend(piece)
    return joined


def _continues(left: Piece, right: Piece) -> bool:
    gap = right[0].box.x0 - left[-1].box.x1
    size = min(_height(left), _height(right))
    return -0.5 * size <= gap <= _TORN_GAP * size and _overlap(box_of(left[-3:]), box_of(right[:3])) >= _SAME_HEIGHT


def _overlap(one: Box, other: Box) -> float:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared / max(min(one.bottom - one.top, other.bottom - other.top), 1.0)


def _rows(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Pieces of one height, left to right."""
    row: list[Piece] = []
    for piece in sorted(pieces, key=lambda each: _middle(box_of(each))):
        if row and _middle(box_of(piece)) - _middle(box_of(row[0])) > 0.5 * _height(row[0]):
            yield sorted(row, key=lambda each: each[0].box.x0)
            row = []
        row.append(piece)
    yield sorted(row, key=lambda each: each[0].box.x0)


def _middle(box: Box) -> float:
    return (box.top + box.bottom) / 2


def _is_alone(piece: Piece, pieces: Iterable[Piece]) -> bool:
    box = box_of(piece)
    return not any(other is not piece and _overlap(box, box_of(other)) >= _SAME_HEIGHT for other in pieces)


def _line(piece: Piece, page: int, scale: float, sides: tuple[float, float], *, alone: bool) -> Line:
    box = box_of(piece)
    slack = _CENTRED * (sides[1] - sides[0])
    before, after = box.x0 - sides[0], sides[1] - box.x1
    return Line(
        mended(" ".join(word.text for word in piece)),
        page=page,
        box=Box(*(round(side / scale, 1) for side in (box.x0, box.top, box.x1, box.bottom))),
        centred=alone and min(before, after) > slack and abs(before - after) <= 2 * slack,
        confidence=round(confidence_of(piece), 3),
    )
