"""What a reader of one file format gives: lines and grids in reading order, before anyone asks what they mean.

Readers (docx, pdf, spreadsheet …) make Content; `memo` and `summary_table` read it and never see the file.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Origin(StrEnum):
    """Whose text stands in a cell of a grid."""

    OWN = "own"
    ABOVE = "above"
    """The cell is merged with the one above: it repeats that text."""
    LEFT = "left"
    """The cell is merged with the one to the left: it repeats that text."""


@dataclass(frozen=True, slots=True)
class Box:
    """On the page, in points from the top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of running text, as printed (PDF: cut at wide gaps; DOCX: a paragraph, cut at its line breaks)."""

    text: str
    page: int | None = None
    box: Box | None = None
    bold: bool = False
    centred: bool = False
    confidence: float = 1.0
    original: str = ""
    """The text as it is stored, where `text` was made from it: the codes of a legacy font."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Text in NFC; lines within the cell are kept, parted by a line feed."""

    text: str
    origin: Origin = Origin.OWN
    confidence: float = 1.0
    original: str = ""
    """As in a Line."""
    box: Box | None = field(default=None, compare=False)
    """Where it stands on the grid's page, for showing; what a cell says does not depend on it."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it stands: every row has the same number of cells, merged cells repeat their text."""

    rows: tuple[tuple[Cell, ...], ...]
    page: int | None = None
    sheet: str | None = None
    """Name of the sheet of a workbook."""
    first_row: int = 1
    """Number of the first row as people count it, in a workbook."""
    ruled: bool = True
    """False for a table without borders: often only the layout of a letterhead."""
    numbers: tuple[int, ...] = ()
    """Of its rows as people count them, where rows were moved; () where they follow `first_row`."""


@dataclass(frozen=True, slots=True)
class Content:
    """One file, read."""

    blocks: tuple[Line | Grid, ...]
    read_by: str
    pages: int | None = None
    doubts: tuple[str, ...] = ()
    """What the reader itself is not sure of: becomes low-confidence."""
    unread: str = ""
    """Not empty: part of the file was not read and why (a page that is a picture …): the document becomes not-read."""
    unread_pages: tuple[tuple[int, str], ...] = ()
    """(number, reason) of the pages in `unread` that may be read from their picture: "page 2 is a picture"."""
    pictures: tuple[str, ...] = ()
    """Parts of a Word file that are pictures and may be pages or tables: `unread` is about them."""
    converted: tuple[str, ...] = ()
    """What was made Unicode out of legacy fonts, and why: "TCVN3 by its font .VnTime"."""
    holds_files: bool = False
    """Other files lie in it, as in an archive."""


def originals(content: Content) -> tuple[tuple[str, str], ...]:
    """(text, text as stored) of every line and cell whose text was made from another one."""
    pieces: list[Line | Cell] = []
    for block in content.blocks:
        pieces += [block] if isinstance(block, Line) else [cell for row in block.rows for cell in row]
    return tuple((piece.text, piece.original) for piece in pieces if piece.original)
