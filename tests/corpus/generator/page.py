"""What a document looks like before a writer makes a file of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum, auto


class Align(Enum):
    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`\\n` in the text is a line break, `\\t` a tab."""

    text: str
    align: Align = Align.LEFT
    bold: bool = False
    italic: bool = False
    size: float = 13
    tabs: tuple[float, ...] = ()
    """Centimetres; each is a centred tab stop."""
    indent: float = 0
    """Centimetres from the left."""
    font: str = ""
    """Other than the paper's."""
    picture: bool = False
    """An emblem stands in its place."""


class Merged(Enum):
    ABOVE = auto()
    LEFT = auto()


@dataclass(frozen=True, slots=True)
class Cell:
    paragraphs: tuple[Paragraph, ...]
    turned: bool = False
    """Its text runs upwards."""
    halved: bool = False
    """A line from the upper left corner to the lower right one."""
    inner: "Table | None" = None
    """A table within it, under its paragraphs."""


@dataclass(frozen=True, slots=True)
class Table:
    """Every row has as many cells as there are widths; merged ones stand for their neighbour."""

    rows: tuple[tuple[Cell | Merged, ...], ...]
    widths: tuple[float, ...]
    """Centimetres."""
    ruled: bool = True
    header_rows: int = 0
    """Repeated on every page."""
    rows_may_break: bool = True
    margin: int = 0
    """Columns of a sheet that are left free before it."""
    frozen: bool = False
    """A sheet stays where it is down to the first row under its header."""
    habits: frozenset[str] = frozenset()
    """What clerks do to a sheet; see sheet_habits."""
    feet: tuple[tuple[str, str], ...] = ()
    """Lines under it on the same sheet, a left and a right half each: signatures."""


@dataclass(frozen=True, slots=True)
class TextBox:
    """Floats over the page; places are in centimetres from the upper left corner of the text."""

    paragraphs: tuple[Paragraph, ...]
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


@dataclass(frozen=True, slots=True)
class Turn:
    """What follows stands on a page of the other orientation."""


Block = Paragraph | Table | TextBox | PageBreak | Turn


@dataclass(frozen=True, slots=True)
class Paper:
    """One document."""

    blocks: tuple[Block, ...]
    landscape: bool = False
    """Where it begins."""
    font: str = "Times New Roman"
    header: tuple[Block, ...] = ()
    """At the head of the first page."""
    footer: str = ""
    watermark: str = ""
    """Slanting behind every page."""
    quirks: frozenset[str] = field(default_factory=frozenset)
    """How Word's own XML differs from a library's: see word_xml."""


TURNED = 2_000
"""Twips that a row with a turned cell is high at least: a word has to find room."""


def turned(row: tuple[Cell | Merged, ...]) -> bool:
    return any(isinstance(one, Cell) and one.turned for one in row)


def merges(table: Table) -> Iterator[tuple[int, int, int, int]]:
    """(row, column, last row, last column) of every cell that stands for others too."""
    for top, told in enumerate(table.rows):
        for left, one in enumerate(told):
            if not isinstance(one, Cell):
                continue
            right, below = left, top
            while right + 1 < len(told) and told[right + 1] is Merged.LEFT:
                right += 1
            while below + 1 < len(table.rows) and table.rows[below + 1][left] is Merged.ABOVE:
                below += 1
            if (right, below) != (left, top):
                yield top, left, below, right


def lines(text: str, **look: object) -> tuple[Paragraph, ...]:
    """One paragraph for each line of a text."""
    return tuple(Paragraph(line, **look) for line in text.split("\n"))  # type: ignore[arg-type]


def cell(text: str, **look: object) -> Cell:
    return Cell(lines(text, **look))


def with_paragraphs(paper: Paper, change: Callable[[Paragraph], Paragraph]) -> Paper:
    """The same paper with every paragraph changed, those in tables, boxes and its header too."""

    def block(one: Block) -> Block:
        if isinstance(one, Paragraph):
            return change(one)
        if isinstance(one, TextBox):
            return replace(one, paragraphs=tuple(map(change, one.paragraphs)))
        if isinstance(one, Table):
            return replace(one, rows=tuple(tuple(map(in_cell, row)) for row in one.rows))
        return one

    def in_cell(one: Cell | Merged) -> Cell | Merged:
        if isinstance(one, Merged):
            return one
        inner = one.inner and replace(one.inner, rows=tuple(tuple(map(in_cell, row)) for row in one.inner.rows))
        return replace(one, paragraphs=tuple(map(change, one.paragraphs)), inner=inner)

    return replace(paper, blocks=tuple(map(block, paper.blocks)), header=tuple(map(block, paper.header)))
