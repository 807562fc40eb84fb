"""Reads XLSX, XLSB and XLS with calamine, ODS with lxml: every visible sheet that has cells is one grid."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import python_calamine as calamine

from dossier.model import Problem
from parsers import ole
from parsers.content import Cell, Content, Grid, Origin
from parsers.legacy_fonts import may_be_legacy
from parsers.legacy_text import Converter, settled
from parsers.number_formats import Value, shown
from parsers.ooxml import Package
from parsers.opendocument import open_sheets
from parsers.pasted_tables import holds_table
from parsers.printed import printed_lines
from parsers.problem import UnreadableError
from parsers.workbook_fonts import WorkbookFonts, fonts_of_xls, fonts_of_xlsx
from parsers.workbook_xls import XlsStyles, styles_of_xls
from parsers.workbook_xml import Codes, WorkbookXml

MAX_CELLS = 1_000_000
"""Of the used range of a sheet, and of all sheets together."""

Place = tuple[int, int]
"""Row and column of a cell, both from 0."""
Merge = tuple[Place, Place]
"""First and last cell of a merged range."""


def read_spreadsheet(content: bytes) -> Content:
    """One Grid for each visible sheet with cells: its whole used range, titles above the table included.

    Merged cells repeat their text; numbers and dates are as the cell shows them where the file tells how. Raises
    UnreadableError: CORRUPT for a broken file, PASSWORD for an encrypted one, NOT_READ for what is no workbook or is
    larger than our limits.
    """
    if not content:
        raise UnreadableError(Problem.CORRUPT, "an empty file")
    if content.startswith(b"PK"):
        package = Package(content)
        if "content.xml" in package:
            return _with_pictures(_read_open(package), package, "pictures/")
        if not any(name.startswith("xl/workbook.") for name in package.names()):
            raise UnreadableError(Problem.NOT_READ, "not a workbook")
        workbook = WorkbookXml(package)
        workbook.check(MAX_CELLS)
        read = _with_hidden_rows(_read_calamine(content, workbook.codes(), fonts_of_xlsx(package)), workbook)
        return _with_pictures(read, package, "xl/media/")
    if content.startswith(ole.SIGNATURE):
        if ole.is_truncated(content):
            raise UnreadableError(Problem.CORRUPT, "the end of the file is missing")
        if ole.is_encrypted(content):
            raise UnreadableError(Problem.PASSWORD, "encrypted with a password")
        styles = styles_of_xls(content)
        return _read_calamine(content, _codes_of_xls(styles), fonts_of_xls(styles))
    raise UnreadableError(Problem.NOT_READ, "not a workbook")


def _with_hidden_rows(content: Content, workbook: WorkbookXml) -> Content:
    """They are read like the others: whether they count, nobody can tell who sees the sheet as it is shown."""
    hidden = workbook.hidden_rows() if "xl/workbook.xml" in workbook.package else {}
    doubts = []
    for grid in content.blocks:
        if isinstance(grid, Grid) and grid.sheet is not None and grid.sheet in hidden:
            filled = (number for number, row in enumerate(grid.rows, grid.first_row) if any(cell.text for cell in row))
            found = [number for number in filled if number in hidden[grid.sheet]]
            doubts += [f"{grid.sheet}: hidden rows were read ({', '.join(map(str, found[:5]))})"] if found else []
    return replace(content, doubts=(*content.doubts, *doubts))


def _codes_of_xls(styles: XlsStyles) -> Mapping[str, Codes]:
    return {
        name: {place: styles.codes[style] for place, style in cells.items() if style in styles.codes}
        for name, cells in styles.cells.items()
    }


def _with_pictures(content: Content, package: Package, folder: str) -> Content:
    """Told where a workbook has pictures and no table: the table may be one of them."""
    if holds_table(content.blocks) or not any(name.startswith(folder) for name in package.names()):
        return content
    return replace(content, unread="the workbook has pictures and no table")


def _read_open(package: Package) -> Content:
    grids = []
    for sheet in open_sheets(package, MAX_CELLS):
        if sheet.cells:
            cells = {place: Cell(_cell_text(text)) for place, text in sheet.cells.items()}
            filled = {place: cell for place, cell in cells.items() if cell.text}
            grids += [grid_of(sheet.name, filled, sheet.merges)] if filled else []
    return _content(grids, Converter())


def _read_calamine(content: bytes, codes: Mapping[str, Codes], fonts: WorkbookFonts) -> Content:
    grids: list[Grid] = []
    converter = Converter()
    with calamine_errors(), calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
        for number, sheet in enumerate(workbook.sheets_metadata):
            if sheet.visible == calamine.SheetVisibleEnum.Visible and sheet.typ == calamine.SheetTypeEnum.WorkSheet:
                values = workbook.get_sheet_by_index(number)
                shows = _Shown(sheet.name, codes.get(sheet.name, {}), fonts, converter)
                grids += _sheet(values, shows)
    return _content(grids, converter)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the cells of one sheet show."""

    sheet: str
    codes: Codes
    fonts: WorkbookFonts
    converter: Converter

    def cell(self, place: Place, value: Value) -> Cell:
        stored = shown(value, self.codes.get(place, ""))
        drawn = self.fonts.drawn(self.sheet, place, stored, self.converter) if isinstance(value, str) else stored
        return Cell(_cell_text(drawn), original="" if drawn == stored else stored)


@contextmanager
def calamine_errors() -> Iterator[None]:
    try:
        yield
    except calamine.PasswordError as error:
        raise UnreadableError(Problem.PASSWORD, "encrypted with a password") from error
    except (calamine.XmlError, calamine.ZipError) as error:
        raise UnreadableError(Problem.CORRUPT, f"workbook: {error}") from error
    except calamine.CalamineError as error:
        raise UnreadableError(Problem.NOT_READ, f"workbook: {error}") from error
    except BaseException as error:  # a panic of the Rust library is no Exception, and its class cannot be imported
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableError(Problem.NOT_READ, f"workbook: the reader failed: {error}") from error


def _sheet(sheet: calamine.CalamineSheet, shows: _Shown) -> list[Grid]:
    if sheet.start is None:
        return []
    if sheet.height * sheet.width > MAX_CELLS:
        raise UnreadableError(Problem.NOT_READ, f"a sheet of {sheet.height} rows and {sheet.width} columns")
    top, left = sheet.start
    cells = {}
    for row, values in enumerate(sheet.to_python(), top):
        for column, value in enumerate(values, left):
            cell = shows.cell((row, column), value) if value != "" else None
            if cell is not None and cell.text:
                cells[row, column] = cell
    return [grid_of(sheet.name, cells, sheet.merged_cell_ranges or ())] if cells else []


def _cell_text(text: str) -> str:
    return "\n".join(printed_lines(text, keep_soft_hyphens=may_be_legacy(text)))


def grid_of(name: str, found: Mapping[Place, Cell], merges: Iterable[Merge]) -> Grid:
    """The range from the first to the last row and column with text, merged cells filled."""
    rows, columns = [row for row, _ in found], [column for _, column in found]
    top, bottom, left, right = min(rows), max(rows), min(columns), max(columns)
    if (bottom - top + 1) * (right - left + 1) > MAX_CELLS:
        raise UnreadableError(Problem.NOT_READ, f"a sheet of {bottom - top + 1} rows and {right - left + 1} columns")
    merges = [merge for merge in merges if merge[0] in found]
    empty = Cell("")
    cells = [[empty] * (right - left + 1) for _ in range(bottom - top + 1)]
    for (row, column), cell in found.items():
        cells[row - top][column - left] = cell
    _fill(cells, [((a - top, b - left), (c - top, d - left)) for (a, b), (c, d) in merges])
    return Grid(tuple(map(tuple, cells)), sheet=name, first_row=top + 1)


def _fill(cells: list[list[Cell]], merges: Sequence[Merge]) -> None:
    """Merged cells repeat the text of their first one: those below it ABOVE, those beside it LEFT."""
    left_to_fill = 2 * MAX_CELLS
    for (top, left), (bottom, right) in merges:
        text = cells[top][left].text
        for row in range(top, min(bottom + 1, len(cells))):
            for column in range(left, min(right + 1, len(cells[row]))):
                if (row, column) != (top, left) and not cells[row][column].text:
                    cells[row][column] = Cell(text, Origin.ABOVE if column == left else Origin.LEFT)
                left_to_fill -= 1
        if left_to_fill < 0:
            raise UnreadableError(Problem.NOT_READ, "merged cells that overlap")


def _content(grids: list[Grid], converter: Converter) -> Content:
    if sum(len(grid.rows) * len(grid.rows[0]) for grid in grids) > MAX_CELLS:
        raise UnreadableError(Problem.NOT_READ, f"sheets of more than {MAX_CELLS} cells together")
    blocks, doubts = settled(grids, converter)
    return Content(blocks, read_by="spreadsheet", doubts=doubts, converted=converter.told())
