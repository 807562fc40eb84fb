"""The sheet that an examiner fills in, as XLSX: points and notes open, everything else locked, no text a formula."""

import io
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from dossier.examination import Criterion, plain
from dossier.score_sheet import CHECK, CODE, EXAMINER, NOTE, POINTS, Sheet, SheetRow, mark
from reports.cells import LINE_POINTS, SHADE, TALLEST, lines_of, put, style
from reports.texts import Texts

_BEFORE = ("place", CODE, "union", "author", "title", "summary", "benefit")
_WIDTHS = {"place": 5, CODE: 13, "union": 22, "author": 20, "title": 30, "summary": 60, "benefit": 24}
_POINTS_WIDTH, _NOTE_WIDTH = 14, 40
_FIRST = len(_BEFORE) + 1
"""Column of the first criterion, from 1."""
_HIDDEN, _HEADER = 5, 6
"""Rows: what the import goes by, and the header."""
_OPEN = PatternFill("solid", fgColor="FFFFF7CC")


def score_sheet(sheet: Sheet, locale: str, override: Path | None = None) -> bytes:
    """One row an initiative. Raises ReportTextError."""
    texts = Texts("score_sheet", locale, override)
    book = Workbook()
    page = book.worksheets[0]
    page.title = texts.line("sheet")[:31]
    _head(page, sheet, texts)
    for place, row in enumerate(sheet.rows, start=1):
        _row(page, _HEADER + place, place, row, sheet)
    _validate(page, sheet, texts)
    _set_up(page, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _keys(sheet: Sheet) -> tuple[str, ...]:
    """Of the columns, in order."""
    return (*_BEFORE, *(f"{POINTS}{one.key}" for one in sheet.examination.criteria), "total", NOTE, CHECK)


def _head(page: Worksheet, sheet: Sheet, texts: Texts) -> None:
    examination = sheet.examination
    put(page, 1, 1, texts.line("title"), bold=True, size=14, grid=False)
    put(page, 2, 1, sheet.programme, grid=False)
    put(page, 3, 1, f"{texts.line('examiner')} {sheet.examiner}", bold=True, grid=False)
    maximum = texts.line("how", step=examination.step, maximum=examination.maximum)
    put(page, 4, 1, maximum, grid=False)
    style(page, 4, 1, grid=False, wrapped=True)
    page.merge_cells(start_row=4, start_column=1, end_row=4, end_column=len(_BEFORE))
    page.row_dimensions[4].height = 34
    keys = (mark(sheet.campaign), *_keys(sheet)[1:], f"{EXAMINER}{sheet.examiner}")
    for column, key in enumerate(keys, start=1):
        put(page, _HIDDEN, column, key, grid=False)
    page.row_dimensions[_HIDDEN].hidden = True
    heads = [texts.line(f"head_{name}") for name in _BEFORE]
    heads += [_criterion(texts, one) for one in examination.criteria]
    heads += [texts.line("head_total"), texts.line("head_note"), ""]
    for column, text in enumerate(heads, start=1):
        put(page, _HEADER, column, text, bold=True, centred=True)
        page.cell(_HEADER, column).fill = SHADE
    page.row_dimensions[_HEADER].height = LINE_POINTS * max(lines_of(text, _POINTS_WIDTH) for text in heads) + 2


def _criterion(texts: Texts, one: Criterion) -> str:
    return texts.line("head_criterion", label=one.label, most=one.points, weight=one.weight)


def _row(page: Worksheet, at: int, place: int, row: SheetRow, sheet: Sheet) -> None:
    page.cell(at, 1, place)
    style(page, at, 1, centred=True)
    for column, text in enumerate((row.code, row.union, row.author, row.title, row.summary, row.benefit), start=2):
        put(page, at, column, text)
    first, criteria = _FIRST, sheet.examination.criteria
    for column, criterion in enumerate(criteria, start=first):
        given = row.points.get(criterion.key)
        page.cell(at, column, None if given is None else float(given))
        style(page, at, column, centred=True)
        _open(page, at, column)
    total = first + len(criteria)
    page.cell(at, total, _total(first, at, criteria))
    style(page, at, total, centred=True, bold=True)
    put(page, at, total + 1, row.note)
    _open(page, at, total + 1)
    put(page, at, total + 2, row.check)
    texts = {"union": row.union, "author": row.author, "title": row.title, "summary": row.summary}
    lines = max(lines_of(text, _WIDTHS[key]) for key, text in (texts | {"benefit": row.benefit}).items())
    page.row_dimensions[at].height = min(TALLEST, LINE_POINTS * max(lines, lines_of(row.note, _NOTE_WIDTH)) + 2)


def _total(first: int, at: int, criteria: Sequence[Criterion]) -> str:
    """Blank until all points are there."""
    letters = [get_column_letter(first + place) for place in range(len(criteria))]
    weighted = "+".join(f"{name}{at}*{plain(one.weight)}" for name, one in zip(letters, criteria, strict=True))
    return f'=IF(COUNT({letters[0]}{at}:{letters[-1]}{at})={len(criteria)},{weighted},"")'


def _open(page: Worksheet, row: int, column: int) -> None:
    cell = page.cell(row, column)
    cell.protection = Protection(locked=False)
    cell.fill = _OPEN


def _validate(page: Worksheet, sheet: Sheet, texts: Texts) -> None:
    """Programs refuse points out of range as they are typed; the import checks them again."""
    last = _HEADER + max(1, len(sheet.rows))
    for column, criterion in enumerate(sheet.examination.criteria, start=_FIRST):
        letter = get_column_letter(column)
        rule = DataValidation(
            type="decimal", operator="between", formula1="0", formula2=plain(criterion.points), allow_blank=True
        )
        rule.error = texts.line("wrong", most=criterion.points, step=sheet.examination.step)[:250]
        rule.showErrorMessage = True
        rule.add(f"{letter}{_HEADER + 1}:{letter}{last}")
        page.add_data_validation(rule)


def _set_up(page: Worksheet, sheet: Sheet) -> None:
    keys = _keys(sheet)
    for column, key in enumerate(keys, start=1):
        width = _NOTE_WIDTH if key == NOTE else _WIDTHS.get(key, _POINTS_WIDTH)
        page.column_dimensions[get_column_letter(column)].width = width
    for hidden in (len(keys), len(keys) + 1):
        page.column_dimensions[get_column_letter(hidden)].hidden = True
    page.freeze_panes = f"C{_HEADER + 1}"
    page.print_title_rows = f"{_HEADER}:{_HEADER}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = False
