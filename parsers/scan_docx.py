"""Word files whose pages or tables are pictures: photos of a memo set into a document, a table pasted as a picture."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dossier.selection import OCR
from parsers.content import Content, Grid, Line
from parsers.ooxml import Package
from parsers.pace import Pace
from parsers.picture import Colour, frames
from parsers.problem import UnreadableError
from parsers.scan import read_in_time
from parsers.scan_page import A4_LONG

MAX_PICTURES = 40
"""Of one file; those behind them are told."""


def with_pictures_read(content: Content, file: bytes, pace: Pace) -> Content:
    """The same file with its large pictures read as pages, behind its own text.

    A picture that cannot be decoded, and one in which too little can be read, leaves the file `unread` as it was.
    """
    try:
        read = list(read_in_time(_pages(file, content.pictures[:MAX_PICTURES]), pace))
    except UnreadableError as error:
        return replace(content, unread=f"{content.unread}: {error.detail}")
    unread = [part for page in read for part in page.unread]
    if len(content.pictures) > MAX_PICTURES:
        unread.append(f"more than {MAX_PICTURES} pictures")
    found = tuple(block for page in read for block in page.blocks)
    mostly = _letters(found) > _letters(content.blocks)
    return replace(
        content,
        blocks=(*content.blocks, *found),
        read_by=OCR if mostly else content.read_by,
        pages=len(read),
        doubts=(*content.doubts, *(doubt for page in read for doubt in page.doubts)),
        unread="; ".join(unread),
        unread_pages=tuple((page.number, "is a picture") for page in read),
    )


def _pages(file: bytes, parts: Sequence[str]) -> Iterator[tuple[int, Colour, float]]:
    """Each picture once, its first page alone: Word shows no other."""
    package = Package(file)
    for number, part in enumerate(dict.fromkeys(parts), start=1):
        yield number, next(frames(package.read(part))), A4_LONG


def _letters(blocks: Sequence[Line | Grid]) -> int:
    texts = [block.text for block in blocks if isinstance(block, Line)]
    texts += [cell.text for block in blocks if isinstance(block, Grid) for row in block.rows for cell in row]
    return sum(map(str.isalnum, "".join(texts)))
