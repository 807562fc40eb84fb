"""Which cells of a workbook are set in legacy fonts (ECMA-376, part 1, 18.8).

Looked up only where the file names such a font. calamine gives values without fonts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree

from parsers.legacy_fonts import LegacyFont, legacy_font, legacy_font_in
from parsers.legacy_text import Converter
from parsers.ooxml import Package, parse_xml
from parsers.workbook_xls import XlsStyles
from parsers.workbook_xls_texts import TextRuns
from parsers.workbook_xml import WorkbookXml, styled_cells

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STYLES, _STRINGS = "xl/styles.xml", "xl/sharedstrings.xml"

Place = tuple[int, int]
"""Row and column of a cell, both from 0."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a text with its own font; None for a font of Unicode. `of_cell`: it has none of its own."""

    text: str
    font: LegacyFont | None = None
    of_cell: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class WorkbookFonts:
    """Name of a sheet → cells in legacy fonts; text of a cell → its runs, where some are in one; XLS: runs by cell."""

    cells: Mapping[str, Mapping[Place, LegacyFont]] = field(default_factory=dict)
    texts: Mapping[str, Runs] = field(default_factory=dict)
    placed: Mapping[str, Mapping[Place, Runs]] = field(default_factory=dict)

    def drawn(self, sheet: str, place: Place, text: str, converter: Converter) -> str:
        """What a cell shows whose value is `text`."""
        font = self.cells.get(sheet, {}).get(place)
        runs = self.placed.get(sheet, {}).get(place) or self.texts.get(text)
        if runs is not None and "".join(run.text for run in runs) == text:
            return _drawn_by_run([(run.text, font if run.of_cell else run.font) for run in runs], converter)
        return text if font is None else _drawn_by_line(text, font, converter)


def _drawn_by_run(runs: Sequence[tuple[str, LegacyFont | None]], converter: Converter) -> str:
    """Runs of one font side by side are read as one: a bold letter may part a letter from its mark."""
    joined = [(font, "".join(text for text, _ in same)) for font, same in groupby(runs, key=lambda run: run[1])]
    return "".join(_drawn_by_line(text, font, converter) if font else text for font, text in joined)


def _drawn_by_line(text: str, font: LegacyFont, converter: Converter) -> str:
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
    """The texts of a part that are made of runs, some in a legacy font: shared strings are "si", a sheet's own "is".

    A run without properties has the font of its cell (18.4.7).
    """
    for item in parse_xml(part, _STRINGS).iter(f"{_MAIN}{tag}") if legacy_font_in(part) else ():
        runs = tuple(_run(run) for run in item.iterfind(f"{_MAIN}r"))
        if any(run.font for run in runs):
            yield "".join(run.text for run in runs), runs


def _run(run: "etree._Element") -> Run:
    properties = run.find(f"{_MAIN}rPr")
    of_cell = properties is None or properties.find(f"{_MAIN}rFont") is None
    return Run(run.findtext(f"{_MAIN}t") or "", _font_of(properties, "rFont"), of_cell)


def fonts_of_xls(styles: XlsStyles) -> WorkbookFonts:
    """Empty where no legacy font is named."""
    by_style = {place: font for place, name in styles.fonts.items() if (font := legacy_font(name)) is not None}
    runs = {number: _runs(pieces, styles.names) for number, pieces in styles.rich.items()}
    cells = {name: _of_styles(cells, by_style) for name, cells in styles.cells.items()} if by_style else {}
    return WorkbookFonts(cells, placed={name: _of_texts(texts, runs) for name, texts in styles.texts.items()})


def _runs(pieces: TextRuns, names: Mapping[int, str]) -> Runs:
    return tuple(Run(text, legacy_font(names.get(font or 0, "")), font is None) for text, font in pieces)


def _of_texts(texts: Mapping[Place, int], runs: Mapping[int, Runs]) -> dict[Place, Runs]:
    return {place: runs[number] for place, number in texts.items()}


def _of_styles(cells: Mapping[Place, int], by_style: Mapping[int, LegacyFont]) -> dict[Place, LegacyFont]:
    return {place: by_style[style] for place, style in cells.items() if style in by_style}
