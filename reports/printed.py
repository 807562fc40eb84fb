"""Sheets for print: A4, a title block, the header on every page, texts that are never a formula (FAULTS.md, 39)."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import Cell as XlsxCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reports.tables import cell_text

Value = str | int | float | date | None
_FONT = "Times New Roman"
_THIN = Side(style="thin", color="FF808080")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_SHADE = PatternFill("solid", fgColor="FFEDEFF2")
_DAY = "dd/mm/yyyy"
_LINE_POINTS = 14.5
"""Height of a line of 11 points."""


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    width: float
    """In characters."""
    centred: bool = False
    number: str = ""
    """How numbers are written: "#,##0"."""


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet."""

    name: str
    """At most 31 characters, none of []:*?/\\ ."""
    title: str
    under: tuple[str, ...] = ()
    """Lines under the title."""
    above: tuple[tuple[str, str], ...] = ()
    """Lines over the title: left half, right half."""
    columns: tuple[Column, ...] = ()
    numbered: bool = False
    """A row "(1) (2) (3)" under the header, as the forms of the decree have it."""
    landscape: bool = True
    blank_rows: int = 0
    """Empty ruled rows at the end, to be filled in by hand."""


def workbook(pages: Iterable[tuple[Page, Iterable[Sequence[Value]]]], creator: str = "") -> bytes:
    """An XLSX file; each page with its rows. Memory grows with them: for lists that people read."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = cell_text(creator)
    for page, rows in pages:
        _fill(book.create_sheet(page.name), page, rows)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Worksheet, page: Page, rows: Iterable[Sequence[Value]]) -> None:
    header = _head(sheet, page)
    below = header + (2 if page.numbered else 1)
    for values in rows:
        _body_row(sheet, below, page, values)
        below += 1
    for blank in range(below, below + page.blank_rows):
        _body_row(sheet, blank, page, [None] * len(page.columns))
        sheet.row_dimensions[blank].height = 2 * _LINE_POINTS
    _print_setup(sheet, page, header)


def _head(sheet: Worksheet, page: Page) -> int:
    """Letterhead, title, lines under it, header of the table; returns the header's row."""
    last = len(page.columns)
    half = max(1, last // 2)
    for place, column in enumerate(page.columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    for number, (left, right) in enumerate(page.above, 1):
        _line(sheet, number, 1, half, left, bold=number > 1)
        _line(sheet, number, half + 1, last, right, bold=True)
    title = len(page.above) + (2 if page.above else 1)
    _line(sheet, title, 1, last, page.title, bold=True, size=14)
    for number, text in enumerate(page.under, title + 1):
        _line(sheet, number, 1, last, text, italic=True)
    header = title + len(page.under) + 2
    for place, column in enumerate(page.columns, 1):
        _header_cell(sheet, header, place, column.label)
        if page.numbered:
            _header_cell(sheet, header + 1, place, f"({place})", bold=False)
    tallest = max((_lines(column.label, column.width - 2) for column in page.columns), default=1)
    sheet.row_dimensions[header].height = _LINE_POINTS * tallest + 4
    return header


def _line(
    sheet: Worksheet,
    row: int,
    first: int,
    last: int,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: int = 12,
) -> None:
    cell = sheet.cell(row, first)
    _put(cell, text)
    cell.font = Font(name=_FONT, size=size, bold=bold, italic=italic)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    if last > first:
        sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)
    wide = sum(sheet.column_dimensions[get_column_letter(one)].width or 10 for one in range(first, last + 1))
    tall = _lines(text, wide * 11 / size) * size * 1.35
    sheet.row_dimensions[row].height = max(sheet.row_dimensions[row].height or 0, tall)


def _header_cell(sheet: Worksheet, row: int, place: int, text: str, *, bold: bool = True) -> None:
    cell = sheet.cell(row, place)
    _put(cell, text)
    cell.font = Font(name=_FONT, size=11, bold=bold, italic=not bold)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.fill, cell.border = _SHADE, _GRID


def _body_row(sheet: Worksheet, row: int, page: Page, values: Sequence[Value]) -> None:
    tallest = 1
    for place, (column, value) in enumerate(zip(page.columns, values, strict=True), 1):
        cell = sheet.cell(row, place)
        _put(cell, value)
        if isinstance(value, date):
            cell.number_format = _DAY
        elif column.number and isinstance(value, int | float):
            cell.number_format = column.number
        cell.font, cell.border = Font(name=_FONT, size=11), _GRID
        side = "center" if column.centred else "right" if isinstance(value, int | float) else "left"
        cell.alignment = Alignment(horizontal=side, vertical="top", wrap_text=True)
        tallest = max(tallest, _lines(value, column.width) if isinstance(value, str) else 1)
    sheet.row_dimensions[row].height = min(409.0, _LINE_POINTS * tallest + 3)  # 409 is the most that a row may have


def _lines(text: str, width: float) -> int:
    """Lines that a text takes; letters of this font are narrower than the digits that a width counts in."""
    usable = max(1.0, width * 1.1)
    return sum(max(1, -(-len(line) // int(usable or 1))) for line in text.split("\n"))


def _put(cell: "XlsxCell | object", value: Value) -> None:
    if not isinstance(cell, XlsxCell):
        return
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = cell_text(value) or None
    if cell.value is not None:
        cell.data_type = "s"  # "f" was guessed where it begins with =
        cell.quotePrefix = True  # stays text when somebody edits it


def _print_setup(sheet: Worksheet, page: Page, header: int) -> None:
    sheet.page_setup.orientation = "landscape" if page.landscape else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{header}:{header + (1 if page.numbered else 0)}"
    sheet.freeze_panes = f"A{header + (2 if page.numbered else 1)}"
    margins = sheet.page_margins
    margins.left = margins.right = 0.45
    margins.top, margins.bottom = 0.6, 0.65
    footer = HeaderFooterItem()
    footer.center.text = "Trang &P/&N"
    sheet.HeaderFooter.oddFooter = footer
