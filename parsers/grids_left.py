"""Grids of a file with a summary table that were not read as part of it, and may hold more of its initiatives (P11).

A part of the table that is wider or narrower, or stands behind a paragraph; a list that names what the table does not.
Contacts, letterheads and what only repeats the table are no such grids.
"""

from collections.abc import Collection, Iterator, Sequence

from dossier.campaign import NO, TITLE
from dossier.model import SummaryTable
from parsers.cell_kinds import is_person, is_time
from parsers.content import Cell, Content, Grid, Origin
from parsers.wording import is_arabic_ordinal, is_ordinal, letters_of, number_in

_LEAST_TEXTS = 3
"""Beside a number, or of an initiative without one."""
_LEAST_TITLE = 8
"""Letters."""
_LONGEST_TIME = 40
_MOST_ROWS = 200
_MORE = "rows in another table may be more of the summary table"
_LISTED = "another table names initiatives that the summary table does not hold"


def left_aside_in(content: Content, used: Collection[int], table: SummaryTable) -> tuple[str, ...]:
    """In English, with the place. `used`: places in the content's blocks that were read."""
    left = [block for place, block in enumerate(content.blocks) if place not in used and isinstance(block, Grid)]
    if not left:
        return ()
    values = frozenset(letters_of(text) for row in table.rows for text in (*row.cells.values(), *row.extra.values()))
    last = max((number_in(row.cells[NO]) for row in table.rows if is_arabic_ordinal(row.cells.get(NO, ""))), default=0)
    title = letters_of(table.columns.get(TITLE, ""))
    doubts: list[str] = []
    for block in left:
        rows = [texts for row in block.rows[:_MOST_ROWS] if (texts := _texts(row))]
        if any(_is_more(texts, last, values) for texts in rows):
            doubts.append(f"{_place(block)}{_MORE}")
        elif title and any(letters_of(text) not in values for text in _titles(block, title)):
            doubts.append(f"{_place(block)}{_LISTED}")
    return tuple(dict.fromkeys(doubts))


def _texts(row: Sequence[Cell]) -> list[str]:
    return [cell.text for cell in row if cell.origin is Origin.OWN and any(map(str.isalnum, cell.text))]


def _is_more(texts: Sequence[str], last: int, values: Collection[str]) -> bool:
    """Whether a row counts on from the table's last, or names a person and a time, and is not in the table."""
    told = [text for text in texts if not is_ordinal(text)]
    if len(told) < _LEAST_TEXTS or sum(letters_of(text) in values for text in told) * 2 > len(told):
        return False
    if last and is_arabic_ordinal(texts[0]) and number_in(texts[0]) == last + 1:
        return True
    return any(map(is_person, told)) and any(len(text) <= _LONGEST_TIME and is_time(text) for text in told)


def _titles(grid: Grid, title: str) -> Iterator[str]:
    """What stands under a header that is the table's own for titles; titles of one list alone, not of a form."""
    for number, row in enumerate(grid.rows[:_MOST_ROWS]):
        column = next((place for place, cell in enumerate(row) if letters_of(cell.text) == title), None)
        if column is not None and len(_texts(row)) >= _LEAST_TEXTS:
            below = (other[column] for other in grid.rows[number + 1 :])
            texts = (cell.text for cell in below if cell.origin is Origin.OWN)
            yield from (text for text in texts if len(letters_of(text)) >= _LEAST_TITLE)
            return


def _place(grid: Grid) -> str:
    return f"{grid.sheet}: " if grid.sheet is not None else f"page {grid.page}: " if grid.page is not None else ""
