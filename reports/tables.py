"""Lists as CSV and XLSX that a spreadsheet opens as text: what was received is never a formula (FAULTS.md, 39)."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Cell = str | int | None

_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_FORMULA = re.compile(r"\s*[=+\-@|%\uff1d\uff0b\uff0d\uff20]")
"""What spreadsheets take for the beginning of a formula or a command, full-width forms included."""
_MOST = 32_767
"""Characters that an XLSX cell holds."""


def csv_table(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """RFC 4180 in UTF-8 with its mark, so that spreadsheets tell the encoding; an apostrophe goes before a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_apart(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def xlsx_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet, its header fixed; texts are cells of text, also where they look like a formula. Title: at most 31."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    header = [WriteOnlyCell(sheet, value=column) for column in columns]
    for cell in header:
        cell.font = Font(bold=True)
    sheet.append(header)
    for row in rows:
        sheet.append([_text_cell(sheet, value) if isinstance(value, str) else value for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text_cell(sheet: WriteOnlyWorksheet, value: str) -> Any:
    cell = WriteOnlyCell(sheet, value="")
    cell.value = _clean(value)[:_MOST]
    cell.data_type = "s"  # "f" was guessed where it begins with =
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _apart(value: Cell) -> Cell:
    if not isinstance(value, str):
        return value
    text = _clean(value)
    return f"'{text}" if _FORMULA.match(text) else text


def cell_text(text: str) -> str:
    """As a cell of XLSX holds it: no control or direction marks, not longer than it may be."""
    return _clean(text)[:_MOST]


def _clean(text: str) -> str:
    return _UNWRITABLE.sub(" ", text)
