"""What the records of an XLS file tell beyond its values: the styles of its cells ([MS-XLS]; Excel 95 as well).

calamine gives values without fonts and without the codes that numbers are shown by.
"""

import io
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import olefile

from parsers.legacy_fonts import is_legacy_font
from parsers.number_formats import BUILT_IN
from parsers.workbook_xls_texts import TextRuns, rich_texts

_RECORD = struct.Struct("<HH")
_CELL = struct.Struct("<HHH")
_SHARED_CELL = struct.Struct("<HHHI")
_FONT, _XF, _SHEET, _FORMAT, _BOF, _EOF = 0x31, 0xE0, 0x85, 0x41E, 0x809, 0x0A
_TEXTS, _MORE = 0xFC, 0x3C
_SHARED_TEXT = 0xFD
_CELLS = frozenset({0xFD, 0x204, 0xD6, 0x203, 0x27E, 0x06})
"""LabelSst, Label, RString, Number, RK, Formula: row, column and style stand at their beginning."""
_MANY = 0xBD
"""MulRk: numbers side by side (2.4.175)."""
_BIFF8 = 0x0600
_MOST_RECORDS = 3_000_000

Place = tuple[int, int]
"""Row and column of a cell, both from 0."""


@dataclass(frozen=True, slots=True)
class XlsStyles:
    """Empty for a file whose records lie: it is then read without them."""

    fonts: Mapping[int, str] = field(default_factory=dict)
    """Number of a style → name of its font."""
    codes: Mapping[int, str] = field(default_factory=dict)
    """Number of a style → code of its numbers, where that says more than "General"."""
    cells: Mapping[str, Mapping[Place, int]] = field(default_factory=dict)
    """Name of a sheet → number of the style of each cell."""
    names: Mapping[int, str] = field(default_factory=dict)
    """Number of a font → its name."""
    rich: Mapping[int, TextRuns] = field(default_factory=dict)
    """Number of a shared text → its runs; looked up only where the file names a legacy font."""
    texts: Mapping[str, Mapping[Place, int]] = field(default_factory=dict)
    """Name of a sheet → number of the shared text of each cell whose text has runs."""


def styles_of_xls(content: bytes) -> XlsStyles:
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as opened:
            stream = next((name for name in ("Workbook", "Book") if opened.exists(name)), None)
            data: bytes = opened.openstream(stream).read() if stream else b""
        return _styles(data)
    except (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, struct.error):
        return XlsStyles()


def _styles(data: bytes) -> XlsStyles:
    names: list[str] = []
    styles: list[tuple[int, int]] = []
    own: dict[int, str] = {}
    sheets: list[tuple[str, int]] = []
    wide = struct.unpack_from("<H", data, 4)[0] >= _BIFF8
    for kind, start, _ in _records(data, 0):
        if kind == _FONT:
            names.append(_short_text(data, start + 14, wide=wide))
        elif kind == _XF:
            styles.append(struct.unpack_from("<HH", data, start))
        elif kind == _FORMAT:
            own[struct.unpack_from("<H", data, start)[0]] = _code(data, start + 2, wide=wide)
        elif kind == _SHEET:
            sheets.append((_short_text(data, start + 6, wide=wide), struct.unpack_from("<I", data, start)[0]))
    numbered = {place + (place > 3): name for place, name in enumerate(names)}  # there is no font of number 4
    fonts = {place: numbered[font] for place, (font, _) in enumerate(styles) if font in numbered}
    codes = {place: own.get(number) or BUILT_IN.get(number, "") for place, (_, number) in enumerate(styles)}
    telling = {place: code for place, code in codes.items() if code and code.lower() != "general"}
    rich = rich_texts(list(_shared(data))) if any(map(is_legacy_font, names)) else {}
    texts = {name: dict(_rich_cells(data, start, rich)) for name, start in sheets} if rich else {}
    cells = {name: dict(_cells(data, start)) for name, start in sheets}
    return XlsStyles(fonts, telling, cells, numbered, rich, texts)


def _shared(data: bytes) -> Iterator[bytes]:
    """What stands in the record of shared texts and in those right behind it that continue it."""
    before = None
    for kind, start, length in _records(data, 0):
        before = _TEXTS if kind == _TEXTS or (kind == _MORE and before == _TEXTS) else kind
        if before == _TEXTS:
            yield data[start : start + length]


def _rich_cells(data: bytes, start: int, rich: Mapping[int, TextRuns]) -> Iterator[tuple[Place, int]]:
    for kind, place, _ in _records(data, start):
        if kind == _SHARED_TEXT:
            row, column, _, number = _SHARED_CELL.unpack_from(data, place)
            if number in rich:
                yield (row, column), number


def _cells(data: bytes, start: int) -> Iterator[tuple[Place, int]]:
    for kind, place, length in _records(data, start):
        if kind in _CELLS:
            row, column, style = _CELL.unpack_from(data, place)
            yield (row, column), style
        elif kind == _MANY:
            row, first = struct.unpack_from("<HH", data, place)
            for number in range((length - 6) // 6):
                yield (row, first + number), struct.unpack_from("<H", data, place + 4 + 6 * number)[0]


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
    """A ShortXLUnicodeString (2.5.240), or the plain bytes of Excel 95."""
    if not wide:
        return data[start + 1 : start + 1 + data[start]].decode("cp1252", "replace")
    return _characters(data, start + 1, data[start])


def _code(data: bytes, start: int, *, wide: bool) -> str:
    """An XLUnicodeString (2.5.294), or the plain bytes of Excel 95."""
    if not wide:
        return _short_text(data, start, wide=False)
    return _characters(data, start + 2, struct.unpack_from("<H", data, start)[0])


def _characters(data: bytes, start: int, length: int) -> str:
    """Behind a byte that says whether each takes one byte or two."""
    two_bytes = data[start] & 1
    raw = data[start + 1 : start + 1 + length * (1 + two_bytes)]
    return raw.decode("utf-16-le" if two_bytes else "latin-1", "replace")
