"""Scans and photos as running text: what was read on a page made lines, with what is doubtful about it."""

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np

from dossier.selection import OCR
from parsers.content import Content, Grid, Line
from parsers.picture import frames
from parsers.scan_lines import lines_of
from parsers.scan_page import FEW_LETTERS, PagePicture, PageWords, read_page, sure_letters
from parsers.scan_signature import with_second_look

_POOR = 0.7
"""Mean confidence of a page below which what it says is doubtful."""
_INKED = 0.004
"""Share of a page that is black from which something stands on it."""
_DARK = 160
_RULE_ACROSS, _RULE_DOWN = 60.0, 20.0
"""Points: longer than the strokes of letters, run together by noise."""
_RULES = 3


@dataclass(frozen=True, slots=True)
class PageRead:
    """One page, read from its picture."""

    number: int
    blocks: tuple[Line | Grid, ...]
    doubts: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def read_picture(content: bytes) -> Content:
    """A picture file, every frame a page. Raises UnreadableError."""
    return content_of(interpreted(read_page(frame, number)) for number, frame in enumerate(frames(content), start=1))


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
    """The lines of a page; what is too poor to be read is told."""
    number = read.page.number
    if has_rules(read.page):
        return PageRead(number, (), unread=(f"page {number} has a table that is a picture",))
    blocks = with_second_look(read.page, lines_of(read.words, number, read.page.scale))
    if read.is_plausible:
        doubts = (f"page {number} was read with low confidence",) if read.confidence < _POOR else ()
        return PageRead(number, blocks, doubts)
    if sure_letters(read.words) < FEW_LETTERS and (read.page.grey < 128).mean() < _INKED:
        return PageRead(number, blocks)
    return PageRead(number, blocks, unread=(f"page {number} is a picture in which too little can be read",))


def has_rules(page: PagePicture) -> bool:
    """Whether lines are drawn across the page and down it, as of a table."""
    ink = np.asarray((page.grey < _DARK) * 255, dtype=np.uint8)
    across, down = round(_RULE_ACROSS * page.scale), round(_RULE_DOWN * page.scale)
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, across), np.uint8))
    upright = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((down, 1), np.uint8))
    return all(cv2.connectedComponents(np.asarray(each, dtype=np.uint8))[0] > _RULES for each in (level, upright))
