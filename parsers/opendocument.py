"""Sheets of an OpenDocument file (OASIS ODF 1.3, part 3, 9): the text that cells show, with their merges.

calamine reads the values of these files, and neither their merged cells nor how they show a number.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from dossier.model import Problem
from parsers.ooxml import Package
from parsers.problem import UnreadableError

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_ROW, _CELL, _COVERED = f"{_TABLE}table-row", f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"
_BLANKS = {f"{_TEXT}s": " ", f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """One visible sheet: (row, column), both from 0 → text of a cell; merges as (first, last) cells."""

    name: str
    cells: dict[tuple[int, int], str]
    merges: tuple[tuple[tuple[int, int], tuple[int, int]], ...]


def open_sheets(package: Package, most_cells: int) -> Iterator[OpenSheet]:
    """Raises UnreadableError: PASSWORD for an encrypted file, CORRUPT for broken XML, NOT_READ above `most_cells`."""
    if "meta-inf/manifest.xml" in package and b"encryption-data" in package.read("meta-inf/manifest.xml"):
        raise UnreadableError(Problem.PASSWORD, "encrypted with a password")
    root = package.xml("content.xml")
    hidden = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        if any(each.get(f"{_TABLE}display") == "false" for each in style.iterfind(f"{_STYLE}table-properties"))
    }
    for table in root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table"):
        if table.get(f"{_TABLE}style-name") not in hidden:
            yield _sheet(table, most_cells)


def _sheet(table: "etree._Element", most_cells: int) -> OpenSheet:
    cells: dict[tuple[int, int], str] = {}
    merges = []
    row = 0
    for element in table.iter(_ROW):
        repeated = _number(element, "number-rows-repeated")
        found = list(_cells(element, most_cells))
        for copy in range(repeated if any(text for _, text, _ in found) else 0):
            for column, text, (rows, columns) in found:
                if text:
                    cells[row + copy, column] = text
                if rows * columns > 1:
                    merges.append(((row, column), (row + rows - 1, column + columns - 1)))
            if len(cells) > most_cells:
                raise UnreadableError(Problem.NOT_READ, f"a sheet of more than {most_cells} cells")
        row += repeated
    return OpenSheet(table.get(f"{_TABLE}name", ""), cells, tuple(merges))


def _cells(row: "etree._Element", most_cells: int) -> Iterator[tuple[int, str, tuple[int, int]]]:
    """Column, text, and how many rows and columns the cell covers."""
    column = 0
    for cell in row:
        if cell.tag not in (_CELL, _COVERED):
            continue
        repeated = _number(cell, "number-columns-repeated")
        text = "" if cell.tag == _COVERED else "\n".join(_printed(each) for each in cell.iterfind(f"{_TEXT}p"))
        if text and repeated > most_cells:
            raise UnreadableError(Problem.NOT_READ, f"a cell repeated {repeated} times")
        for copy in range(repeated if text else 0):
            spans = _number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned")
            yield column + copy, text, spans
        column += repeated


def _printed(paragraph: "etree._Element") -> str:
    parts = [paragraph.text or ""]
    for child in paragraph:
        if child.tag in _BLANKS:
            count = child.get(f"{_TEXT}c", "1")
            parts.append(_BLANKS[child.tag] * (min(int(count), 100) if count.isdecimal() else 1))
        elif not child.tag.startswith(_OFFICE):  # a comment
            parts.append(_printed(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _number(element: "etree._Element", name: str) -> int:
    text = element.get(f"{_TABLE}{name}", "1")
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 9 else 1
