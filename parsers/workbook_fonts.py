"""Which cells of a workbook are set in legacy fonts (ECMA-376, part 1, 18.8).

Looked up only where the file names such a font. calamine gives values without fonts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from parsers.legacy_fonts import LegacyFont, legacy_font, legacy_font_in
from parsers.legacy_text import Converter
from parsers.ooxml import Package, parse_xml
from parsers.workbook_xls import XlsStyles
from parsers.workbook_xml import WorkbookXml, styled_cells

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STYLES, _STRINGS = "xl/styles.xml", "xl/sharedstrings.xml"

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
        if font is None:
            return text
        return "\n".join(converter.drawn(line, font, text) for line in text.split("\n"))  # some may be Unicode


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


def fonts_of_xls(styles: XlsStyles) -> WorkbookFonts:
    """Empty where no legacy font is named."""
    by_style = {place: font for place, name in styles.fonts.items() if (font := legacy_font(name)) is not None}
    if not by_style:
        return WorkbookFonts()
    return WorkbookFonts({name: _of_styles(cells, by_style) for name, cells in styles.cells.items()})


def _of_styles(cells: Mapping[Place, int], by_style: Mapping[int, LegacyFont]) -> dict[Place, LegacyFont]:
    return {place: by_style[style] for place, style in cells.items() if style in by_style}
