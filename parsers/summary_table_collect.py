"""Collects the rows of one summary table from the grids that hold it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from dossier.campaign import APPLIED, AUTHOR, NO, SUMMARY
from dossier.model import Row, SummaryTable
from parsers.cell_kinds import is_person, is_time
from parsers.content import Cell, Grid, Origin
from parsers.row_numbers import first_number
from parsers.rows_around import numbered_sections
from parsers.summary_table_grid import Draft, Gathered, GridReader
from parsers.summary_table_header import Header
from parsers.summary_table_rows import view
from parsers.wording import is_arabic_ordinal, number_in

_LEAST_COLUMNS = 3
"""Of a table that may go on without its header."""


@dataclass(slots=True)
class Collector(Gathered):
    """Brings the grids of a table together: which of them go on with it, and what sheets only repeat."""

    ready: list[Row] = field(default_factory=list)
    page: int | None = None
    sheet: str | None = None

    def read(self, grid: Grid, headers: Mapping[int, Header], ends: Collection[int] = ()) -> None:
        """Read a grid. `headers` by their first row; without any the grid goes on under the header before it.

        `ends`: rows that head another table.
        """
        self.grids += 1
        page_turned = self.header is not None and self.sheet == grid.sheet and grid.page != self.page
        before = len(self.drafts)
        GridReader(self, grid, headers, page_turned, ends).run()
        self.page, self.sheet = grid.page, grid.sheet
        if grid.sheet is not None and before:
            self._drop_copies(before)

    def take(self, columns: Mapping[str, str], rows: Sequence[Row]) -> None:
        self.columns.update(columns)
        self.ready.extend(rows)

    def goes_on_in(self, grid: Grid, lines_between: int) -> bool:
        """Whether a grid without a header is more of the table: as wide, beside it or on a later page, counting on.

        On another sheet it must count on.
        """
        if self.header is None or not self._is_as_wide(grid):
            return False
        later_page = (grid.page or 0) > (self.page or grid.page or 0)
        if not later_page and lines_between > 1:
            return False
        last = self._last_number()
        first, before = first_number(self.header, grid)
        if grid.sheet != self.sheet:
            if last is None and first is None and self.drafts:
                return _is_filled_alike(self.header, grid)
            return first == (1 if last is None and not self.drafts else (last or 0) + 1)
        if last is None:
            return later_page or lines_between == 0
        # of a scan the first number may be misread
        return first == last + 1 or (later_page and first in (None, last + 1 + before))

    def pass_over(self, grid: Grid) -> None:
        """Leave a grid aside; one on another sheet or page that looks like more of the table is for a person."""
        later_page = (grid.page or 0) > (self.page or grid.page or 0)
        if self.header is None or not self._is_as_wide(grid):
            return
        if grid.sheet != self.sheet:
            self.doubts.append(f"{grid.sheet}: it is not certain whether these rows are more of the table")
        elif self.drafts and later_page and (first_number(self.header, grid)[0] or 0) > 1:
            self.doubts.append(f"page {grid.page}: it is not certain whether these rows are more of the table")

    def _is_as_wide(self, grid: Grid) -> bool:
        """Whether at least half of the grid's rows have as many cells as the header; on another sheet, one row."""
        leaves = 0 if self.header is None else len(self.header.leaves)
        if leaves < _LEAST_COLUMNS:
            return False
        if grid.sheet != self.sheet:
            return any(sum(bool(cell.text.strip()) for cell in row) * 4 >= leaves * 3 for row in grid.rows)
        return sum(_units(row) == leaves for row in grid.rows) * 2 >= len(grid.rows)

    def table(self, total_below: int | None) -> SummaryTable:
        sections = numbered_sections([draft.cells for draft in self.drafts])
        self.drafts = [draft for place, draft in enumerate(self.drafts) if place not in sections]
        lacking = [draft.place for draft in self.drafts if SUMMARY in self.columns and SUMMARY not in draft.cells]
        self.doubts += [f"{place}: no summary was found under this row, as under others" for place in lacking]
        rows = (*(draft.row() for draft in self.drafts), *self.ready)
        return SummaryTable(self.columns, rows, self.stated if self.stated is not None else total_below)

    def _last_number(self) -> int | None:
        numbers = (draft.cells.get(NO, "") for draft in reversed(self.drafts))
        return next((number_in(number) for number in numbers if is_arabic_ordinal(number)), None)

    def _drop_copies(self, before: int) -> None:
        """What a sheet only repeats of earlier ones brings nothing: "Sheet1 (2)", a department's share of the whole."""
        earlier = {_told(draft) for draft in self.drafts[:before]}
        self.drafts[before:] = [draft for draft in self.drafts[before:] if _told(draft) not in earlier]


def _is_filled_alike(header: Header, grid: Grid) -> bool:
    """Whether names stand under authors and times under times in every full row, and there are such."""
    rows = [view(header, row) for row in grid.rows]
    full = [row for row in rows if len(row.content) * 4 >= len(header.leaves) * 3]
    return bool(full) and all(is_person(row.text(AUTHOR)) and is_time(row.text(APPLIED)) for row in full)


def _told(draft: Draft) -> tuple[tuple[str, str], ...]:
    """All that a row says; each sheet counts for itself."""
    return tuple((key, text) for key, text in draft.cells.items() if key != NO)


def _units(row: Sequence[Cell]) -> int:
    return sum(cell.origin is not Origin.LEFT for cell in row)
