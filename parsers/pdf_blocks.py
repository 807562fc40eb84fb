"""One page of a PDF as lines and grids, with what is doubtful about it."""

from collections.abc import Iterator
from dataclasses import dataclass

from pdfplumber.page import Page

from parsers.content import Box, Grid, Line
from parsers.legacy_text import Converter
from parsers.pasted_tables import LARGE
from parsers.pdf_columns import column_table
from parsers.pdf_contents import drawing_of
from parsers.pdf_fields import values_of
from parsers.pdf_legacy import legible
from parsers.pdf_lines import Row, lines_of, rows_of
from parsers.pdf_overprint import printed_over
from parsers.pdf_page import Glyph, PageParts, covered, covered_together, page_parts, runs_off
from parsers.pdf_pictures import what_is_lost
from parsers.pdf_scans import FULL_PAGE, unread_reason
from parsers.pdf_tables import RuledTable, read_tables, ruled_tables


@dataclass(frozen=True, slots=True)
class PageRead:
    number: int
    characters: int
    blocks: tuple[Line | Grid, ...]
    """From top to bottom; empty where the page is unread."""
    doubts: tuple[str, ...]
    unread: str
    """Why the page is not read; '' where it is."""
    picture: float
    """Share of the page that the largest picture covers."""
    layer: tuple[Box, ...] = ()
    """Where the signs of its text stand, if they may not be what is seen on it."""
    under_pictures: bool = False
    """Pictures cover the page."""


def read_page(page: Page, converter: Converter, *, layered: bool = False) -> PageRead:
    """`converter` makes Unicode of legacy fonts; `layered`: the file has layers that are not shown.

    Raises UnreadableError (NOT_READ) for a page of more than people put on one, and what pdfminer raises.
    """
    drawing = drawing_of(page.page_obj)
    page.page_obj.mediabox = _shown_box(page)
    parts = page_parts(page.layout)
    parts.glyphs = legible(parts.glyphs, converter)
    unseen = layered or drawing.invisible or parts.pale > 0
    signs = _signs(parts) if parts.pictures or unseen else ()
    values = values_of(parts, page.page_obj)
    unread, picture = unread_reason(parts), covered(parts)
    doubts = ["is damaged: part of it may be missing"] if drawing.damaged else []
    together = covered_together(parts)
    if parts.images and (unread or together >= LARGE):
        doubts += what_is_lost(parts.images)
    blocks: tuple[Line | Grid, ...] = ()
    if not unread:
        parts.glyphs += values
        blocks, beside = _blocks(page, parts)
        if runs_off(parts):
            doubts.append("has text that runs off the paper")
        if printed_over(parts.glyphs):
            doubts.append("has letters printed over each other")
        if beside:
            doubts.append("has text beside a table, as of a column without its border")
        if any(isinstance(block, Grid) and not block.ruled for block in blocks):
            doubts.append("has a table without lines, told from its columns")
    told = tuple(f"page {page.page_number} {doubt}" for doubt in doubts)
    layer = signs if blocks and (unseen or together >= FULL_PAGE) else ()
    return PageRead(
        page.page_number, len(parts.glyphs), blocks, told, unread, picture, layer, under_pictures=together >= FULL_PAGE
    )


def _shown_box(page: Page) -> tuple[float, float, float, float]:
    """The part of the page that viewers show (ISO 32000-1, 14.11.2), its corners in order."""
    x0, y0, x1, y1 = _in_order(page.page_obj.mediabox)
    left, bottom, right, top = _in_order(page.page_obj.cropbox)
    shown = max(x0, left), max(y0, bottom), min(x1, right), min(y1, top)
    return shown if shown[0] < shown[2] and shown[1] < shown[3] else (x0, y0, x1, y1)


def _in_order(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = box
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _signs(parts: PageParts) -> tuple[Box, ...]:
    signs = (*parts.glyphs, *(Glyph("", one.x, one.y, one.x, one.y, 0, 0, "") for one in parts.sideways))
    return tuple(Box(sign.x0, sign.top, sign.x1, sign.bottom) for sign in signs if not sign.text.isspace())


def _blocks(page: Page, parts: PageParts) -> tuple[tuple[Line | Grid, ...], bool]:
    """The blocks in reading order, and whether text stands beside a ruled table."""
    number = page.page_number
    tables = ruled_tables(page, parts.edges) if parts.edges else []
    grids, rest = read_tables(tables, parts.glyphs, parts.sideways, number)
    rows = rows_of(rest)
    lefts, rights = [glyph.x0 for glyph in parts.glyphs], [glyph.x1 for glyph in parts.glyphs]
    sides = min(lefts, default=0.0), max(rights, default=0.0)
    lines = lines_of(rows, number, sides) if tables else _unruled(rows, number, sides)
    found: list[tuple[float, Line | Grid]] = [*grids, *lines]
    ordered = tuple(block for _, block in sorted(found, key=lambda each: each[0]))
    return ordered, any(_is_beside(row, table) for table in tables for row in rows)


def _is_beside(row: Row, table: RuledTable) -> bool:
    """Whether the words stand between the table's top and bottom, in none of its cells."""
    middle = (row[0].box.top + row[0].box.bottom) / 2
    return table.top < middle < table.bottom


def _unruled(rows: list[Row], page: int, sides: tuple[float, float]) -> Iterator[tuple[float, Line | Grid]]:
    """The lines of a page without ruled tables, and the table that its columns show."""
    table = column_table(rows, page)
    if table is None:
        yield from lines_of(rows, page, sides)
        return
    start, end, grid = table
    yield from lines_of(rows[:start], page, sides)
    yield min(word.box.top for word in rows[start]), grid
    yield from lines_of(rows[end:], page, sides)
