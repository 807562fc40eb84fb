"""Scans and photos as lines and tables: what was read on a page in reading order, with what is doubtful about it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import inf

from dossier.selection import OCR
from parsers.content import Box, Content, Grid, Line
from parsers.pace import Pace
from parsers.picture import Colour, frames
from parsers.scan_columns import has_number_column, with_columns
from parsers.scan_lines import FEW_LETTERS, letters_in, lines_of, sure_letters
from parsers.scan_page import A4_LONG, PagePicture, PageWords, read_as_block, read_page
from parsers.scan_signature import with_second_look

_POOR = 0.7
"""Mean confidence of a page below which what it says is doubtful."""
_LEAST_LETTERS = 14.0
"""Pixels: height of words, marks included, in the picture as it came, below which single letters are guessed. Of tables
scanned at 150 dots an inch it is 17 and more; made smaller to 13 pixels, 6 of 100 mandatory cells were misread, to 11
pixels 9 of 100, and rows were lost; of what came larger 3, nearly all of them single marks."""
_MANY_UNSURE, _UNSURE = 0.05, 0.6
_MANY_WORDS = 60
"""Share of the words of a page's tables that are hardly sure, and of how many: at 150 dots an inch and more 0.03 at
most, in tables that were read wrong in part 0.04 and more."""
_INKED = 0.004
"""Share of a page that is black from which something stands on it."""
_BESIDE_LETTERS = 2
"""Letters beside a table that are a column without its border; a stroke of a pen is read as fewer."""
_BESIDE_SURE = 0.5


@dataclass(frozen=True, slots=True)
class PageRead:
    """One page, read from its picture."""

    number: int
    blocks: tuple[Line | Grid, ...]
    doubts: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def read_picture(content: bytes, pace: Pace) -> Content:
    """A picture file, every frame a page. Raises UnreadableError."""
    pages = ((number, frame, A4_LONG) for number, frame in enumerate(frames(content), start=1))
    return content_of(read_in_time(pages, pace))


def read_in_time(pages: Iterable[tuple[int, Colour, float]], pace: Pace) -> Iterator[PageRead]:
    """Each page (number, picture, longer side in points) read; the first for which the time is too short is told."""
    for number, picture, long_side in pages:
        begun = pace.begin()
        if begun is None:
            yield PageRead(number, (), unread=(f"from page {number} on pictures were not read: the time was used up",))
            return
        read = interpreted(read_page(picture, number, long_side))
        pace.done(begun)
        yield read


def content_of(pages: Iterable[PageRead]) -> Content:
    """Pages put together to one file."""
    read = tuple(pages)
    return Content(
        tuple(block for page in read for block in page.blocks),
        read_by=OCR,
        pages=len(read),
        doubts=tuple(doubt for page in read for doubt in page.doubts),
        unread="; ".join(part for page in read for part in page.unread),
    )


def interpreted(read: PageWords) -> PageRead:
    """The lines and tables of a page; what is too poor to be read is told."""
    number, page = read.page.number, read.page
    boxes = [_in_points(table.box, page) for table in read.tables]
    lines = lines_of(read.words, number, page.scale, [table.box for table in read.tables])
    if not read.is_plausible:
        nothing = sure_letters(read.all_words) < FEW_LETTERS and (page.grey < 128).mean() < _INKED
        if nothing and (read.letters or inf) >= _LEAST_LETTERS:
            return PageRead(number, lines)
        return PageRead(number, lines, unread=(f"page {number} is a picture in which too little can be read",))
    lines = with_second_look(page, lines)
    doubts = list(_page_doubts(read))
    blocks: tuple[Line | Grid, ...] = lines
    if read.tables:
        if any(_is_beside(line, box) for line in lines for box in boxes):
            doubts.append("has text beside a table, as of a column without its border")
        blocks = _in_order(lines, [(box, table.grid) for box, table in zip(boxes, read.tables, strict=True)])
    else:
        words = read_as_block(page) if has_number_column(read.words) else read.words
        blocks, told = with_columns(lines, words, number, page.scale)
        if told:
            doubts.append("has a table without lines, told from its columns")
    return PageRead(number, blocks, tuple(f"page {number} {doubt}" for doubt in doubts))


def _page_doubts(read: PageWords) -> Iterator[str]:
    if read.confidence < _POOR:
        yield "was read with low confidence"
    if read.loose_rules:
        yield "has ruling lines that make no table"
    letters = read.letter_pixels
    if letters is not None and letters < _LEAST_LETTERS:
        yield f"has letters of {round(letters)} pixels, too small to be read for certain"
    in_tables = [word.confidence for table in read.tables for word in table.words if letters_in(word) > 1]
    if len(in_tables) >= _MANY_WORDS:
        unsure = sum(confidence < _UNSURE for confidence in in_tables) / len(in_tables)
        if unsure >= _MANY_UNSURE:
            yield f"has a table of which {unsure:.0%} of the words were read with low confidence"


def _in_points(box: Box, page: PagePicture) -> Box:
    return Box(*(side / page.scale for side in (box.x0, box.top, box.x1, box.bottom)))


def _is_beside(line: Line, table: Box) -> bool:
    """Whether a line stands between a table's top and bottom, in none of its cells."""
    if line.box is None or line.confidence < _BESIDE_SURE or sum(map(str.isalnum, line.text)) < _BESIDE_LETTERS:
        return False
    return table.top < (line.box.top + line.box.bottom) / 2 < table.bottom


def _in_order(lines: Sequence[Line], tables: Sequence[tuple[Box, Grid]]) -> tuple[Line | Grid, ...]:
    """Each table before the first line that stands below its upper edge."""
    blocks: list[Line | Grid] = []
    left = list(tables)
    for line in lines:
        while left and line.box is not None and (line.box.top + line.box.bottom) / 2 > left[0][0].top:
            blocks.append(left.pop(0)[1])
        blocks.append(line)
    return (*blocks, *(grid for _, grid in left))
