"""Reads a workbook of our own that a person filled in: values by cell, with the limits that files from outside have."""

import io

import python_calamine as calamine

from dossier.model import Problem
from parsers.ooxml import Package
from parsers.problem import UnreadableError
from parsers.spreadsheet import calamine_errors
from parsers.workbook_xml import WorkbookXml

Value = str | float | None
"""Of a cell: text, a number (what a formula came to), or nothing."""
_MAX_CELLS = 200_000
MAX_BYTES = 16 << 20


def read_cells(content: bytes) -> tuple[tuple[Value, ...], ...]:
    """The first sheet of an XLSX file from its cell A1 on, row by row.

    Raises UnreadableError: CORRUPT for a broken file, PASSWORD for an encrypted one, NOT_READ for what is no such
    workbook or is over our limits.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableError(Problem.NOT_READ, f"larger than {MAX_BYTES >> 20} MB")
    if not content:
        raise UnreadableError(Problem.CORRUPT, "an empty file")
    package = Package(content)
    if not any(name.startswith("xl/workbook.") for name in package.names()):
        raise UnreadableError(Problem.NOT_READ, "not a workbook of XLSX: save it as an Excel workbook (.xlsx)")
    WorkbookXml(package).check(_MAX_CELLS)
    with calamine_errors(), calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
        rows = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    return tuple(tuple(_value(value) for value in row) for row in rows)


def _value(value: object) -> Value:
    if isinstance(value, bool) or not isinstance(value, int | float):
        text = str(value).strip()
        return text or None
    return float(value)
