"""Whether all that stands in the grids of a summary table went into it (promise P11): a check apart from the reading.

It knows no rule of the reading. What was read is laid beside what stands there: a row of which a part is nowhere, and a
row of several texts of which nothing is anywhere, are for a person. Titles, sections, totals, numbers of columns, hints
in brackets, the blank form's example and signatures are no initiatives and belong nowhere.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from dossier.campaign import NO
from dossier.folding import fold
from dossier.model import SummaryTable
from parsers.content import Box, Cell, Content, Grid, Line, Origin
from parsers.summary_table_rows import marks_example
from parsers.summary_table_total import is_total
from parsers.wording import is_arabic_ordinal, is_ordinal

_LEAST_OF_A_ROW = 3
"""Texts beside each other that are more than a title or a signature."""
_SHORT = 4
"""Characters from which on a piece is told within a longer text; shorter ones must be words of it."""
_NOTHING, _PART = "a row of which nothing was read", "a cell of this row is in no column"
_SIGNS = " .,;:()"
_MOST = 5
"""Doubts of one file."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What was read, without any white space: how lines were joined makes no difference."""

    values: frozenset[str]
    together: str
    words: frozenset[str]
    labels: frozenset[str]
    headers: str
    columns: int
    """How many the campaign knows."""
    numbered: str
    """The header of the rows' numbers."""

    @classmethod
    def of(cls, table: SummaryTable) -> "_Told":
        texts = [text for row in table.rows for text in (*row.cells.values(), *row.extra.values())]
        values = frozenset(map(_bare, texts))
        labels = {*table.columns.values()} | {label for row in table.rows for label in row.extra}
        return cls(
            values,
            "\n".join(values),
            frozenset(word.strip(_SIGNS) for text in texts for word in text.split()),
            frozenset(_bare(part) for label in labels for part in label.split(" / ")),
            "\n".join(map(_bare, labels)),
            len(table.columns),
            _bare(table.columns.get(NO, "")),
        )

    def has(self, text: str) -> bool:
        if text in self.values:
            return True
        return text in self.together if len(text) >= _SHORT else text.strip(_SIGNS) in self.words

    def heads(self, text: str) -> bool:
        return text in self.labels or (len(text) >= _SHORT and text in self.headers)

    def is_of_another(self, texts: Sequence[str]) -> bool:
        """Whether a row heads another table: it numbers rows, and asks for other things."""
        return texts[:1] == [self.numbered] and sum(map(self.heads, texts)) * 2 < self.columns


def lost_in(grids: Sequence[Grid], table: SummaryTable) -> tuple[str, ...]:
    """What stands in the grids that `table` was read from and is not in it, in English, with its place."""
    told = _Told.of(table)
    doubts: list[str] = []
    for grid in grids:
        begun, other = grid is not grids[0], False
        for number, row in enumerate(grid.rows):
            own = _texts(row, Origin.OWN)
            lost = [text for text in own if not told.has(text)] if len(own) >= _LEAST_OF_A_ROW else []
            if not lost:
                continue
            texts = _texts(row, Origin.OWN, Origin.ABOVE)
            heads = sum(map(told.heads, texts))
            whole = heads * 2 >= told.columns
            begun, other = begun or whole, not whole and (other or told.is_of_another(texts))
            if heads * 2 <= len(texts) and not other and (begun or _counts(row)) and not _is_aside(row):
                doubts.append(f"{_place(grid, number)}: {_NOTHING if len(lost) == len(own) else _PART}")
            if len(doubts) >= _MOST:
                return tuple(doubts[:_MOST])
    return tuple(doubts)


def lines_within(content: Content, used: Collection[int]) -> tuple[str, ...]:
    """Lines printed amid the cells of the grids at the places `used`, which are in none of them."""
    grids = [block for place, block in enumerate(content.blocks) if place in used and isinstance(block, Grid)]
    hulls = [(grid.page, hull) for grid in grids if (hull := _hull(grid)) is not None]
    lines = [block for block in content.blocks if isinstance(block, Line) and block.box is not None]
    pages = {line.page for line in lines if any(page == line.page and _is_in(line, hull) for page, hull in hulls)}
    return tuple(
        f"page {page}: text amid the table stands in none of its cells" for page in sorted(filter(None, pages))
    )


def _hull(grid: Grid) -> Box | None:
    boxes = [cell.box for row in grid.rows for cell in row if cell.box is not None]
    if not boxes:
        return None
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )


def _is_in(line: Line, hull: Box) -> bool:
    """Whether its middle is, and it says something."""
    if line.box is None or not any(map(str.isalnum, line.text)):
        return False
    x, y = (line.box.x0 + line.box.x1) / 2, (line.box.top + line.box.bottom) / 2
    return hull.x0 < x < hull.x1 and hull.top < y < hull.bottom


def _texts(row: Sequence[Cell], *origins: Origin) -> list[str]:
    """Numbers and dots aside."""
    texts = (cell.text for cell in row if cell.origin in origins)
    return [_bare(text) for text in texts if any(map(str.isalnum, text)) and not is_ordinal(text)]


def _counts(row: Sequence[Cell]) -> bool:
    """Whether it begins with a number: over a header stand titles, and no such rows but those of another table."""
    return bool(row) and is_arabic_ordinal(row[0].text)


def _is_aside(row: Sequence[Cell]) -> bool:
    texts = [cell.text.strip() for cell in row if cell.origin is Origin.OWN and cell.text.strip()]
    hints = all(text[0] == "(" and text[-1] == ")" for text in texts)
    return hints or any(is_total(fold(text)) for text in texts) or any(map(marks_example, texts[:1]))


def _bare(text: str) -> str:
    return "".join(text.split())


def _place(grid: Grid, number: int) -> str:
    if grid.sheet is not None:
        return f"{grid.sheet}, row {grid.first_row + number}"
    return f"row {number + 1}" if grid.page is None else f"page {grid.page}, row {number + 1} of its table"
