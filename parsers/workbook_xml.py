"""What an XLSX file tells beyond its values: how far a sheet reaches, and how its cells show numbers.

The first is asked before calamine lays the sheet out in memory: one cell in XFD1048576 is a few hundred bytes and 17
thousand million cells (FAULTS.md 37).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from dossier.model import Problem
from parsers.number_formats import BUILT_IN
from parsers.ooxml import Package
from parsers.problem import UnreadableError

_T = TypeVar("_T")

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WORKBOOK, _STYLES = "xl/workbook.xml", "xl/styles.xml"
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*)>")
_PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
_STYLE = re.compile(rb"\bs=[\"']([0-9]{1,6})[\"']")

_ROW = re.compile(rb"<(?:\w+:)?row\s([^>]*)>")
_NUMBER = re.compile(rb"\br=[\"']([0-9]{1,7})[\"']")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")

Codes = Mapping[tuple[int, int], str]
"""(row, column), both from 0 → format code, for cells whose code says more than "General"."""


@dataclass(frozen=True, slots=True)
class WorkbookXml:
    """The parts of an XLSX file that are looked at before calamine reads it."""

    package: Package

    def check(self, most_cells: int) -> None:
        """Raise UnreadableError (NOT_READ) where a sheet's used range holds more cells, or a part is hostile."""
        for name in self.package.names():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                rows, columns = _reach(self.package.checked(name))
                if rows * columns > most_cells:
                    raise UnreadableError(Problem.NOT_READ, f"{name} reaches over {rows} rows and {columns} columns")
            elif name in {_STYLES, _WORKBOOK, "xl/sharedstrings.xml"}:
                self.package.checked(name)

    def codes(self) -> Mapping[str, Codes]:
        """Name of a sheet → codes of its cells."""
        styles = self._codes_of_styles()
        if not styles:
            return {}
        return {name: dict(styled_cells(self.package.read(part), styles)) for name, part in self.sheets()}

    def sheets(self) -> Iterator[tuple[str, str]]:
        """Name of each sheet, and the part that holds it."""
        targets = self.package.related(_WORKBOOK)
        for sheet in self.package.xml(_WORKBOOK).iterfind(f"{_MAIN}sheets/{_MAIN}sheet"):
            part = targets.get(sheet.get(_RELATIONSHIP, ""), ("", ""))[1]
            if part in self.package:
                yield sheet.get("name", ""), part

    def hidden_rows(self) -> Mapping[str, frozenset[int]]:
        """Name of a sheet → numbers of the rows that its user hid or a filter left out, from 1."""
        found = {name: frozenset(_hidden(self.package.read(part))) for name, part in self.sheets()}
        return {name: rows for name, rows in found.items() if rows}

    def _codes_of_styles(self) -> dict[int, str]:
        if _STYLES not in self.package or _WORKBOOK not in self.package:
            return {}
        root = self.package.xml(_STYLES)
        own = {
            number.get("numFmtId"): number.get("formatCode", "")
            for number in root.iterfind(f"{_MAIN}numFmts/{_MAIN}numFmt")
        }
        codes = {}
        for place, style in enumerate(root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")):
            number = style.get("numFmtId", "0")
            code = own.get(number) or (BUILT_IN.get(int(number), "") if number.isdecimal() else "")
            if code and code.lower() != "general":
                codes[place] = code
        return codes


def _reach(sheet: bytes) -> tuple[int, int]:
    """Rows and columns of the smallest range that holds every cell with a value."""
    rows, columns = [], set()
    for cell in _CELL.finditer(sheet):
        place = None if cell[1].endswith(b"/") else _PLACE.search(cell[1])
        if place:
            rows.append(int(place[2]))
            columns.add(place[1])
    if not rows:
        return 0, 0
    numbers = [_column(letters) for letters in columns]
    return max(rows) - min(rows) + 1, max(numbers) - min(numbers) + 1


def _hidden(sheet: bytes) -> Iterator[int]:
    for row in _ROW.finditer(sheet):
        number = _NUMBER.search(row[1])
        if number is not None and _HIDDEN.search(row[1]) and not row[1].endswith(b"/"):
            yield int(number[1])


def styled_cells(sheet: bytes, styles: Mapping[int, _T]) -> Iterator[tuple[tuple[int, int], _T]]:
    """The cells whose format is one of `styles`, by its number."""
    for cell in _CELL.finditer(sheet):
        style, place = _STYLE.search(cell[1]), _PLACE.search(cell[1])
        if style and place and int(style[1]) in styles:
            yield (int(place[2]) - 1, _column(place[1])), styles[int(style[1])]


def _column(letters: bytes) -> int:
    """ "A" is 0, "AA" is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
