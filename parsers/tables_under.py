"""Another table under the summary table in one grid: contacts under it in a sheet, a second list with other columns.

Its header is told by the column of its numbers, so that no row of an initiative is taken for one.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from dossier.campaign import NO
from parsers.columns import ColumnNames
from parsers.content import Cell, Grid, Origin
from parsers.summary_table_header import Header
from parsers.wording import is_arabic_ordinal, letters_of

_LEAST_LABELS = 3
_WHOLE = 0.9
"""Share of its letters by which a text names the column of numbers, and nothing else."""


def headed_otherwise(grid: Grid, names: ColumnNames, chosen: Collection[Header] = ()) -> frozenset[int]:
    """Rows that head another table than `chosen`, headers of the summary table; without any, than the one before."""
    inside = {row for header in chosen for row in range(header.first, header.last + 1)}
    first = min(inside, default=-1)
    labels = [frozenset(letters_of(text) for leaf in header.leaves for text in leaf.texts) for header in chosen]
    return frozenset(row for row in _heads(grid, names, labels) if row > first and row not in inside)


def left_aside(
    grid: Grid, found: Sequence[Header], chosen: Mapping[int, Header], ends: Collection[int]
) -> Iterator[str]:
    """Other tables of a grid that ask for several of the mandatory columns and were not read."""
    for header in found:
        if header.first in ends and header.first not in chosen and len(header.mandatory) > 1:
            place = f"{grid.sheet}, row {grid.first_row + header.first}" if grid.sheet else f"row {header.first + 1}"
            yield f"{place}: it is not certain whether the table under this header is more of the summary table"


def _heads(grid: Grid, names: ColumnNames, labels: Sequence[frozenset[str]]) -> Iterator[int]:
    for number, row in enumerate(grid.rows):
        texts = [cell.text for cell in row if cell.origin is Origin.OWN and cell.text.strip()]
        if len(texts) < _LEAST_LABELS or any(map(is_arabic_ordinal, texts)) or not _is_of_numbers(row, names):
            continue
        letters = {letters_of(text) for text in texts}
        if not any(len(letters & known) * 5 >= len(letters) * 4 for known in labels):
            yield number


def _is_of_numbers(row: Sequence[Cell], names: ColumnNames) -> bool:
    first = next(cell.text for cell in row if cell.text.strip())
    matches = names.matches(first)
    return bool(matches) and matches[0].key == NO and matches[0].share >= _WHOLE
