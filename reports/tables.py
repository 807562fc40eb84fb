"""Lists as CSV and XLSX that a spreadsheet opens as text: what was received is never a formula (FAULTS.md, 39).

Row by row: memory does not grow with them.
"""

import codecs
import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.writer.excel import ExcelWriter

Cell = str | int | datetime | None
"""A moment is told by the clock, without a zone: spreadsheets know none."""

_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_FORMULA = re.compile(r"\s*[=+\-@|%\uff1d\uff0b\uff0d\uff20]")
"""What spreadsheets take for the beginning of a formula or a command, full-width forms included."""
_MOST = 32_767
"""Characters that an XLSX cell holds, those beyond the first 65,536 of Unicode counted twice."""
_CUT = "[…]"
_ROWS = 1_048_575
"""Of a sheet, beside its header."""
_MEASURED, _WIDEST = 200, 60
"""Rows by which the width of a column is told, and the most characters."""


@dataclass(frozen=True, slots=True)
class _Encoded:
    """What the writer of CSV needs of a file; io.TextIOWrapper would close one that fails a second time."""

    out: BinaryIO

    def write(self, text: str) -> int:
        return self.out.write(text.encode("utf-8"))


def write_csv(out: BinaryIO, columns: Sequence[str], rows: Iterable[Sequence[Cell]], separator: str = ",") -> None:
    """RFC 4180 in UTF-8 with its mark, so that spreadsheets tell the encoding; an apostrophe goes before a formula."""
    out.write(codecs.BOM_UTF8)
    writer = csv.writer(_Encoded(out), delimiter=separator)
    writer.writerow(columns)
    writer.writerows([_apart(value) for value in row] for row in rows)


def write_xlsx(out: BinaryIO, title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """The header is fixed; texts are cells of text, also where they look like a formula. Title: at most 28 characters.

    A further sheet begins where one is full (1,048,576 rows).
    """
    book = Workbook(write_only=True)
    every, number = iter(rows), 1
    first = list(islice(every, _MEASURED))
    widths = [_width(texts) for texts in zip(columns, *first, strict=True)]
    every = chain(first, every)
    while True:
        sheet = _sheet(book, title if number == 1 else f"{title} {number}", columns, widths)
        count = 0
        for row in islice(every, _ROWS):
            sheet.append([_cell(sheet, value) for value in row])
            count += 1
        if count < _ROWS:
            break
        number += 1
    _save(book, out)


def _save(book: Workbook, out: BinaryIO) -> None:
    """As `book.save`; where the disk is full, the archive does not try once more when it is thrown away."""
    archive = ZipFile(out, "w", ZIP_DEFLATED, allowZip64=True)
    try:
        ExcelWriter(book, archive).save()
    except OSError:
        archive.fp = None
        raise


def _sheet(book: Workbook, title: str, columns: Sequence[str], widths: Sequence[int]) -> Any:
    sheet: Any = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    header = [WriteOnlyCell(sheet, value=column) for column in columns]
    for cell in header:
        cell.font = Font(bold=True)
    sheet.append(header)
    return sheet


def _width(texts: Iterable[Cell]) -> int:
    """In characters, as wide as what is written in the first rows, within limits."""
    return min(_WIDEST, 2 + max(19 if isinstance(text, datetime) else len(str(text or "")) for text in texts))


def _cell(sheet: WriteOnlyWorksheet, value: Cell) -> Any:
    if isinstance(value, str):
        return _text_cell(sheet, value)
    if isinstance(value, datetime):
        cell = WriteOnlyCell(sheet, value=value)
        cell.number_format = "dd/mm/yyyy hh:mm:ss"
        return cell
    return value


def _text_cell(sheet: WriteOnlyWorksheet, value: str) -> Any:
    cell = WriteOnlyCell(sheet, value="")
    cell.value = cell_text(value)
    cell.data_type = "s"  # "f" was guessed where it begins with =
    cell.alignment = Alignment(vertical="top")
    return cell


def _apart(value: Cell) -> Cell:
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if not isinstance(value, str):
        return value
    text = _clean(value)
    return f"'{text}" if _FORMULA.match(text) else text


def cell_text(text: str) -> str:
    """As a cell of XLSX holds it: no control or direction marks; one that is longer than it may be ends in […]."""
    cleaned = _clean(text)
    if len(cleaned) <= _MOST // 2 or _units(cleaned) <= _MOST:
        return cleaned
    kept = cleaned[: _MOST - len(_CUT)]
    while _units(kept) > _MOST - len(_CUT):
        kept = kept[: -max(1, (_units(kept) - _MOST + len(_CUT)) // 2)]
    return kept + _CUT


def _units(text: str) -> int:
    """Of UTF-16, by which spreadsheets count."""
    return len(text.encode("utf-16-le")) // 2


def _clean(text: str) -> str:
    return _UNWRITABLE.sub(" ", text)
