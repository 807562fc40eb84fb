"""A file's running text as segments in reading order, each with the column of the page it stands in.

The letterhead and the signature of a Vietnamese document stand in two columns (Decree 30/2020, annex I): as a table
without lines, with tabs, as lines with boxes on a page, or side by side with nothing but blanks between them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from parsers.content import Box, Content, Grid, Line, Origin
from parsers.wording import lines_of, plain

_LAYOUT_COLUMNS = 4
_MOST_SEGMENTS = 5_000
_LONGEST_NOISE, _SHORTEST_WORD, _LETTERS_IN_NOISE = 24, 4, 0.65
"""Characters; letters; part of the characters that are letters or digits."""
_WORD = re.compile(r"[^\W_]+")
_BEGINNING = 400
"""Characters; no line of a letterhead or a signature is longer."""

NATIONAL_TITLE = re.compile(r"cong\s*h(?:oa|ao)\s*xa\s*hoi(?:\s*chu\s*nghia(?:\s*viet\s*nam)?)?")
MOTTO = re.compile(r"doc\s*lap\s*[-–—_.,]*\s*tu\s*do(?:\s*[-–—_.,]*\s*hanh\s*phuc)?")
_NUMBER_THEN_PLACE = re.compile(
    r"\bso\s*[:;.]?\s*[\d.…_ ]{0,12}/\s*[a-z0-9đ]+(?:\s?[-–/.]\s?[a-z0-9]+)*(?=\s+[^\d]{2,40}?,?\s*ngay\b)"
)


class Side(Enum):
    LEFT = auto()
    RIGHT = auto()
    WHOLE = auto()
    """The whole width, or nobody can tell."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of one line, in NFC with its white space collapsed."""

    text: str
    side: Side = Side.WHOLE
    page: int | None = None
    confidence: float = 1.0

    @property
    def plain(self) -> str:
        """Its beginning folded, character by character: the parts of a memo are told by how their lines begin."""
        return plain(self.text[:_BEGINNING])


def segments(content: Content, without: frozenset[int] = frozenset()) -> tuple[Segment, ...]:
    """The text of a file without the blocks at those places."""
    margins = _margins(content)
    found: list[Segment] = []
    for place, block in enumerate(content.blocks):
        if place in without:
            continue
        here = _of_grid(block) if isinstance(block, Grid) else _of_line(block, content.blocks, place, margins)
        found.extend(segment for segment in here if not _is_noise(segment))
        if len(found) > _MOST_SEGMENTS:
            break
    return tuple(found)


def _is_noise(segment: Segment) -> bool:
    """What OCR makes of a line drawn with signs ("***", "-----"): few letters, and no word among them."""
    if segment.confidence >= 1 or len(segment.text) > _LONGEST_NOISE:
        return False
    words = _WORD.findall(segment.text)
    signs = [char for char in segment.text if not char.isspace()]
    return sum(map(len, words)) <= _LETTERS_IN_NOISE * len(signs) and max(map(len, words), default=0) < _SHORTEST_WORD


def _of_grid(grid: Grid) -> Iterator[Segment]:
    for row in grid.rows:
        width = len(row)
        for place, cell in enumerate(row):
            if cell.origin is not Origin.OWN:
                continue
            end = place + 1
            while end < width and row[end].origin is Origin.LEFT:
                end += 1
            side = _side_of(place, end, width)
            for text in lines_of(cell.text):
                yield from _cut(text, side, grid.page, cell.confidence)


def _side_of(start: int, end: int, width: int) -> Side:
    if width > _LAYOUT_COLUMNS or end - start == width:
        return Side.WHOLE
    middle = start + end
    return Side.WHOLE if middle == width else Side.LEFT if middle < width else Side.RIGHT


def _of_line(
    line: Line, blocks: Sequence[Line | Grid], place: int, margins: Mapping[int | None, tuple[float, float]]
) -> Iterator[Segment]:
    for text in line.text.split("\n"):
        parts = [" ".join(part.split()) for part in text.split("\t") if part.strip()]
        if line.box is not None and len(parts) == 1:
            side = _side_on_page(line.box, margins[line.page], _beside(line, line.box, blocks, place))
            yield from _cut(parts[0], side, line.page, line.confidence)
        elif len(parts) == 1:
            yield from _cut(parts[0], Side.WHOLE, line.page, line.confidence)
        else:
            for number, part in enumerate(parts):
                yield from _cut(part, Side.RIGHT if number else Side.LEFT, line.page, line.confidence)


def _cut(text: str, side: Side, page: int | None, confidence: float) -> Iterator[Segment]:
    """Part what stands side by side on one line: the issuing body and the national title, the number and the date."""
    if side is Side.WHOLE and len(text) <= _BEGINNING:
        folded = plain(text)
        for pattern in (NATIONAL_TITLE, MOTTO):
            found = pattern.search(folded)
            if found is not None and found.start() > 0:
                yield from _two(text, found.start(), page, confidence)
                return
        found = _NUMBER_THEN_PLACE.search(folded)
        if found is not None and found.start() <= 1:
            yield from _two(text, found.end(), page, confidence)
            return
    yield Segment(text, side, page, confidence)


def _two(text: str, at: int, page: int | None, confidence: float) -> Iterator[Segment]:
    for part, side in ((text[:at].strip(), Side.LEFT), (text[at:].strip(), Side.RIGHT)):
        if part:
            yield Segment(part, side, page, confidence)


def _margins(content: Content) -> dict[int | None, tuple[float, float]]:
    """Where the text of each page begins and ends, across."""
    margins: dict[int | None, tuple[float, float]] = {}
    for block in content.blocks:
        if isinstance(block, Line) and block.box is not None:
            first, last = margins.get(block.page, (block.box.x0, block.box.x1))
            margins[block.page] = min(first, block.box.x0), max(last, block.box.x1)
    return margins


_NEAR = 6
"""Lines before and after a line that may stand beside it."""


def _beside(line: Line, box: Box, blocks: Sequence[Line | Grid], place: int) -> Side | None:
    """The side of a line that has another one beside it."""
    for other in blocks[max(0, place - _NEAR) : place + _NEAR + 1]:
        if not isinstance(other, Line) or other is line or other.box is None or other.page != line.page:
            continue
        shared = min(box.bottom, other.box.bottom) - max(box.top, other.box.top)
        if shared * 2 > min(box.bottom - box.top, other.box.bottom - other.box.top):
            if other.box.x0 >= box.x1:
                return Side.LEFT
            if other.box.x1 <= box.x0:
                return Side.RIGHT
    return None


def _side_on_page(box: Box, margins: tuple[float, float], beside: Side | None) -> Side:
    middle = sum(margins) / 2
    if box.x1 <= middle or (beside is Side.LEFT and box.x0 + box.x1 < 2 * middle):
        return Side.LEFT
    if box.x0 >= middle or (beside is Side.RIGHT and box.x0 + box.x1 > 2 * middle):
        return Side.RIGHT
    return Side.WHOLE
