"""Reads XML Spreadsheet 2003, which programs export under the name of .xls: every visible sheet is a grid."""

from collections.abc import Iterator

from lxml import etree

from dossier.folding import nfc
from dossier.model import Problem
from parsers.content import Cell, Content, Grid
from parsers.legacy_text import Converter, settled
from parsers.problem import UnreadableError
from parsers.spreadsheet import MAX_CELLS, Merge, Place, grid_of
from parsers.wording import lines_of

MAX_BYTES = 32 << 20
_SHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"


def read_sheet_xml(content: bytes) -> Content:
    """As `read_spreadsheet` gives it. Raises UnreadableError: CORRUPT where it is no whole XML, NOT_READ for limits."""
    if len(content) > MAX_BYTES:
        raise UnreadableError(Problem.NOT_READ, f"more than {MAX_BYTES} bytes of XML")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(content.lstrip(), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError(Problem.CORRUPT, f"workbook: {error}") from error
    if b"<!DOCTYPE" in content:
        raise UnreadableError(Problem.NOT_READ, "workbook: a document type is declared")
    grids: list[Grid] = []
    doubts: list[str] = []
    for sheet in root.iterfind(f"{_SHEET}Worksheet"):
        if sheet.findtext(f"{_EXCEL}WorksheetOptions/{_EXCEL}Visible", "Visible") != "Visible":
            continue
        name = sheet.get(f"{_SHEET}Name", "")
        grids += _grids(name, sheet)
        if any(row.get(f"{_SHEET}Hidden") == "1" for row in sheet.iter(f"{_SHEET}Row")):
            doubts.append(f"{name}: hidden rows were read")
    converter = Converter()
    blocks, legacy = settled(grids, converter)
    return Content(blocks, read_by="spreadsheet", doubts=(*doubts, *legacy), converted=converter.told())


def _grids(name: str, sheet: "etree._Element") -> Iterator[Grid]:
    cells: dict[Place, Cell] = {}
    merges: list[Merge] = []
    for row, column, element in _places(sheet):
        text = _text(element)
        if not text:
            continue
        cells[row, column] = Cell(text)
        across, down = _number(element, "MergeAcross"), _number(element, "MergeDown")
        if across or down:
            merges.append(((row, column), (row + down, column + across)))
    if cells:
        yield grid_of(name, cells, merges)


def _places(sheet: "etree._Element") -> Iterator[tuple[int, int, "etree._Element"]]:
    """Row and column, both from 0, of each cell: rows and cells that are left out are told by the next one's index."""
    row, count = -1, 0
    for line in sheet.iter(f"{_SHEET}Row"):
        row = (_number(line, "Index") or row + 2) - 1
        column = -1
        for element in line.iterfind(f"{_SHEET}Cell"):
            column = (_number(element, "Index") or column + 2) - 1
            count += 1
            if count > MAX_CELLS:
                raise UnreadableError(Problem.NOT_READ, f"sheets of more than {MAX_CELLS} cells together")
            yield row, column, element
            column += _number(element, "MergeAcross")


def _number(element: "etree._Element", name: str) -> int:
    value = element.get(_SHEET + name, "")
    return min(int(value), MAX_CELLS) if value.isascii() and value.isdecimal() else 0


def _text(element: "etree._Element") -> str:
    data = element.find(f"{_SHEET}Data")
    if data is None:
        return ""
    text = "\n".join(lines_of(nfc("".join(map(str, data.itertext())))))
    kind = data.get(f"{_SHEET}Type")
    if kind == "DateTime" and text[10:11] == "T":
        year, month, day = text[:10].split("-") if text.count("-") == 2 else ("", "", "")
        return f"{day}/{month}/{year}" if year and text[11:19] == "00:00:00" else text
    return text.removesuffix(".0") if kind == "Number" else text
