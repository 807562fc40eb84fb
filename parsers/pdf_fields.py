"""What is written on a page beside its drawing: the values of form fields, free text, stamps (ISO 32000-1, 12.5-12.7).

pdfminer draws none of it. The value itself is read and not its appearance, which many programs leave to the viewer.
"""

import math
from collections.abc import Iterator
from itertools import pairwise

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import decode_text

from parsers.content import Box
from parsers.pdf_page import Glyph, PageParts

_UNSEEN = 0x02 | 0x20
"""Flags: Hidden, NoView."""
_MOST = 2_000
"""Fields of one page that are read."""
_MOST_LETTERS = 10_000
"""Of one field."""
_MOST_PARENTS = 10
_FONT = "Field"
_LARGEST, _SMALLEST = 11.0, 2.0
"""Points."""
_WIDTH, _LEADING, _RISE, _FALL = 0.5, 1.25, 0.8, 0.2
"""Of the letters' size: width, distance of lines, and what is above and below the baseline."""
_STAMP = "Stamp"
_BAND, _MOST_BANDS = 10.0, 100
"""Points; a field is lower than so many of them."""


def values_of(parts: PageParts, page: PDFPage) -> list[Glyph]:
    """The values where their fields are, as letters of the page; pictures put on as stamps are added to its pictures.

    A value of several lines, or longer than its field is wide, is broken as a program would. One that the page's own
    text has at that place is left out.
    """
    written: list[Glyph] = []
    bands = _bands(parts.glyphs)
    notes = resolve1(page.annots) if page.annots else None
    for each in notes[:_MOST] if isinstance(notes, list) else []:
        note = resolve1(each)
        if not isinstance(note, dict) or _number(note.get("F")) & _UNSEEN:
            continue
        box = _place(note.get("Rect"), page)
        if box is None:
            continue
        kind = _name(note.get("Subtype"))
        if kind == _STAMP:
            parts.pictures.append(box)
            continue
        value = _value(note, kind)
        if value and "".join(value.split()) not in _text_at(box, bands):
            written += _written(value, box)
    return written


def _bands(glyphs: list[Glyph]) -> dict[int, list[Glyph]]:
    """The page's own letters by their height on it."""
    bands: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        bands.setdefault(int(glyph.baseline / _BAND), []).append(glyph)
    return bands


def _text_at(box: Box, bands: dict[int, list[Glyph]]) -> str:
    numbers = range(int(max(box.top, 0.0) / _BAND), int(max(box.bottom, 0.0) / _BAND) + 1)
    within = (glyph for number in numbers[:_MOST_BANDS] for glyph in bands.get(number, ()))
    return "".join(glyph.text for glyph in within if box.x0 <= (glyph.x0 + glyph.x1) / 2 <= box.x1).replace(" ", "")


def _value(note: dict[object, object], kind: str) -> str:
    if kind == "FreeText":
        return _text(note.get("Contents"))
    if kind != "Widget" or _name(_inherited(note, "FT")) not in ("Tx", "Ch"):
        return ""
    value = resolve1(_inherited(note, "V"))
    chosen = value if isinstance(value, list) else [value]
    return "; ".join(filter(None, map(_text, chosen)))


def _inherited(note: dict[object, object], key: str) -> object:
    """An entry of a field, or of the field that it is a part of."""
    for _ in range(_MOST_PARENTS):
        if key in note:
            return note[key]
        parent = resolve1(note.get("Parent"))
        if not isinstance(parent, dict):
            break
        note = parent
    return None


def _text(value: object) -> str:
    value = resolve1(value)
    raw = value.get_data() if isinstance(value, PDFStream) else value
    if isinstance(raw, bytes):
        is_utf8 = raw.startswith(b"\xef\xbb\xbf")
        raw = raw[3:].decode("utf-8", "replace") if is_utf8 else decode_text(raw)
    return raw[:_MOST_LETTERS].strip() if isinstance(raw, str) else ""


def _name(value: object) -> str:
    value = resolve1(value)
    return str(value.name) if isinstance(value, PSLiteral) else ""


def _number(value: object) -> int:
    value = resolve1(value)
    return value if isinstance(value, int) else 0


def _place(rect: object, page: PDFPage) -> Box | None:
    """In points from the top left corner of the page as it is shown."""
    sides = resolve1(rect)
    numbers = [resolve1(side) for side in sides] if isinstance(sides, list) else []
    if len(numbers) != 4 or not all(isinstance(number, int | float) for number in numbers):
        return None
    left, bottom, right, top = page.mediabox
    x0, x1 = sorted((numbers[0], numbers[2]))
    y0, y1 = sorted((numbers[1], numbers[3]))
    places = {
        0: Box(x0 - left, top - y1, x1 - left, top - y0),
        90: Box(y0 - bottom, x0 - left, y1 - bottom, x1 - left),
        180: Box(right - x1, y0 - bottom, right - x0, y1 - bottom),
        270: Box(top - y1, right - x1, top - y0, right - x0),
    }
    return places.get(page.rotate)


def _written(text: str, box: Box) -> Iterator[Glyph]:
    wide, high = box.x1 - box.x0, box.bottom - box.top
    if not text or min(wide, high) <= 0:
        return
    lines = [line.split() for line in text.splitlines()]
    room = math.sqrt(wide * high / (_WIDTH * _LEADING * len(text)))
    size = max(_SMALLEST, min(_LARGEST, high * _RISE, room * _RISE))
    rows = [row for words in lines for row in _broken(words, max(1, int(wide / (size * _WIDTH))))]
    leading = min(size * _LEADING, high / max(len(rows), 1))
    first = box.top + (high - leading * len(rows)) / 2
    for number, row in enumerate(rows):
        base = first + number * leading + min(size * _RISE, leading * _RISE)
        step = min(size * _WIDTH, wide / len(row))
        for place, letter in enumerate(row):
            x0 = box.x0 + place * step
            top, bottom = base - size * _RISE, base + size * _FALL
            yield Glyph(letter, x0, top, x0 + step, bottom, base, bottom - top, _FONT)


def _broken(words: list[str], width: int) -> Iterator[str]:
    """Lines of whole words; a word that is longer stands alone."""
    starts = [0]
    length = -1
    for place, word in enumerate(words):
        if length >= 0 and length + 1 + len(word) > width:
            starts.append(place)
            length = -1
        length += 1 + len(word)
    for start, end in pairwise([*starts, len(words)]):
        if words[start:end]:
            yield " ".join(words[start:end])
