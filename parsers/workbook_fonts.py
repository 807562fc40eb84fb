"""Which cells of a workbook are set in legacy fonts (ECMA-376, part 1, 18.8; [MS-XLS] 2.4.122 and 2.4.353).

Looked up only where the file names such a font. calamine gives values without fonts.
"""

import io
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import olefile
from lxml import etree

from parsers.legacy_fonts import LegacyFont, legacy_font, legacy_font_in
from parsers.legacy_text import Converter
from parsers.ooxml import Package, parse_xml
from parsers.workbook_xml import WorkbookXml, styled_cells

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STYLES, _STRINGS = "xl/styles.xml", "xl/sharedstrings.xml"
_RECORD = struct.Struct("<HH")
_FONT, _XF, _SHEET, _BOF, _EOF = 0x31, 0xE0, 0x85, 0x809, 0x0A
_CELLS = frozenset({0xFD, 0x204, 0xD6})
"""LabelSst, Label, RString: cells with text."""
_BIFF8 = 0x0600
_MOST_RECORDS = 3_000_000

Place = tuple[int, int]
"""Row and column of a cell, both from 0."""
Runs = tuple[tuple[str, LegacyFont | None], ...]
"""The pieces of a text, each with its own font; None for a font of Unicode."""


@dataclass(frozen=True, slots=True)
class WorkbookFonts:
    """Name of a sheet → cells in legacy fonts; text of a cell → its runs, where some are in one."""

    cells: Mapping[str, Mapping[Place, LegacyFont]] = field(default_factory=dict)
    texts: Mapping[str, Runs] = field(default_factory=dict)

    def drawn(self, sheet: str, place: Place, text: str, converter: Converter) -> str:
        """What a cell shows whose value is `text`."""
        runs = self.texts.get(text)
        if runs is not None:
            return "".join(converter.drawn(piece, font, text) if font else piece for piece, font in runs)
        font = self.cells.get(sheet, {}).get(place)
        return converter.drawn(text, font) if font else text


def fonts_of_xlsx(package: Package) -> WorkbookFonts:
    """Empty where no legacy font is named. Raises UnreadableError as reading a part does."""
    strings = package.read(_STRINGS) if _STRINGS in package else b""
    styles = package.read(_STYLES) if _STYLES in package else b""
    by_style = _fonts_by_style(styles) if legacy_font_in(styles) else {}
    cells, texts = {}, dict(_rich_texts(strings, "si"))
    for name, part in WorkbookXml(package).sheets():
        sheet = package.read(part)
        cells[name] = dict(styled_cells(sheet, by_style)) if by_style else {}
        texts |= _rich_texts(sheet, "is")
    return WorkbookFonts(cells, texts)


def _fonts_by_style(styles: bytes) -> dict[int, LegacyFont]:
    """Number of a cell's format → its legacy font."""
    root = parse_xml(styles, _STYLES)
    names = [_font_of(font, "name") for font in root.iterfind(f"{_MAIN}fonts/{_MAIN}font")]
    found = {}
    for place, style in enumerate(root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")):
        number = style.get("fontId", "0")
        font = names[int(number)] if number.isdecimal() and int(number) < len(names) else None
        if font is not None:
            found[place] = font
    return found


def _font_of(properties: "etree._Element | None", tag: str) -> LegacyFont | None:
    name = None if properties is None else properties.find(f"{_MAIN}{tag}")
    return None if name is None else legacy_font(name.get("val", ""))


def _rich_texts(part: bytes, tag: str) -> Iterator[tuple[str, Runs]]:
    """The texts of a part that are made of runs, some in a legacy font: shared strings are "si", a sheet's own "is"."""
    for item in parse_xml(part, _STRINGS).iter(f"{_MAIN}{tag}") if legacy_font_in(part) else ():
        runs = tuple(
            (run.findtext(f"{_MAIN}t") or "", _font_of(run.find(f"{_MAIN}rPr"), "rFont"))
            for run in item.iterfind(f"{_MAIN}r")
        )
        if any(font for _, font in runs):
            yield "".join(text for text, _ in runs), runs


def fonts_of_xls(content: bytes) -> WorkbookFonts:
    """Empty where no legacy font is named, and for a file whose records lie: the text alone decides then."""
    if not legacy_font_in(content):
        return WorkbookFonts()
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as opened:
            stream = next((name for name in ("Workbook", "Book") if opened.exists(name)), None)
            data: bytes = opened.openstream(stream).read() if stream else b""
        return WorkbookFonts(_cells_of_xls(data))
    except (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, struct.error):
        return WorkbookFonts()


def _cells_of_xls(data: bytes) -> dict[str, dict[Place, LegacyFont]]:
    names: list[LegacyFont | None] = []
    formats: list[int] = []
    sheets: list[tuple[str, int]] = []
    wide = struct.unpack_from("<H", data, 4)[0] >= _BIFF8
    for kind, start, _ in _records(data, 0):
        if kind == _FONT:
            names.append(legacy_font(_short_text(data, start + 14, wide=wide)))
        elif kind == _XF:
            formats.append(struct.unpack_from("<H", data, start)[0])
        elif kind == _SHEET:
            sheets.append((_short_text(data, start + 6, wide=wide), struct.unpack_from("<I", data, start)[0]))
    numbered = {place + (place > 3): font for place, font in enumerate(names)}  # there is no font of number 4
    by_style = {place: font for place, number in enumerate(formats) if (font := numbered.get(number)) is not None}
    return {name: dict(_sheet_of_xls(data, start, by_style)) for name, start in sheets}


def _sheet_of_xls(data: bytes, start: int, by_style: Mapping[int, LegacyFont]) -> Iterator[tuple[Place, LegacyFont]]:
    for kind, place, _ in _records(data, start):
        if kind in _CELLS:
            row, column, style = struct.unpack_from("<HHH", data, place)
            if style in by_style:
                yield (row, column), by_style[style]


def _records(data: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and length of the records of one substream, charts within it left out."""
    depth = 0
    for _ in range(_MOST_RECORDS):
        if start + _RECORD.size > len(data):
            return
        kind, length = _RECORD.unpack_from(data, start)
        depth += (kind == _BOF) - (kind == _EOF)
        if kind == _EOF and depth <= 0:
            return
        if depth == 1:
            yield kind, start + _RECORD.size, length
        start += _RECORD.size + length


def _short_text(data: bytes, start: int, *, wide: bool) -> str:
    """A ShortXLUnicodeString ([MS-XLS] 2.5.240), or the plain bytes of Excel 95."""
    length = data[start]
    if not wide:
        return data[start + 1 : start + 1 + length].decode("cp1252", "replace")
    two_bytes = data[start + 1] & 1
    raw = data[start + 2 : start + 2 + length * (1 + two_bytes)]
    return raw.decode("utf-16-le" if two_bytes else "latin-1", "replace")
