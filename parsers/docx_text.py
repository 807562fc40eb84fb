"""The paragraphs of a Word document as printed (ECMA-376, part 1, 17.3 and 17.16).

What Word prints is told from what it stores: deleted and moved-away text, field instructions, hidden text, placeholders
of controls that nobody filled in and the second copy of a text box are not printed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from lxml import etree

from parsers.docx_fonts import RunFonts
from parsers.docx_pictures import picture_area, picture_relation
from parsers.docx_styles import Styles, W, is_on
from parsers.legacy_fonts import LegacyFont, may_be_legacy
from parsers.legacy_text import Converter
from parsers.printed import printed_lines

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"

TEXT_BOX = f"{W}txbxContent"
_PROPERTIES = ("pPr", "rPr", "tblPr", "trPr", "tcPr", "tblGrid", "sdtPr", "sdtEndPr", "sectPr", "rubyPr")
_GONE = ("del", "moveFrom", "instrText", "delText", "rt", "annotationRef")
NOT_PRINTED = frozenset(f"{W}{name}" for name in (*_PROPERTIES, *_GONE))

_SIGNS = {
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}noBreakHyphen": "-",
}
_SOFT_HYPHEN, _SOFT_HYPHEN_SIGN = f"{W}softHyphen", "\u00ad"
_RUN, _TEXT, _SYMBOL, _FIELD, _CONTROL = f"{W}r", f"{W}t", f"{W}sym", f"{W}fldChar", f"{W}sdt"
_OF_PARAGRAPH, _STYLE, _ALIGNMENT = f"{W}pPr", f"{W}pStyle", f"{W}jc"
_OF_RUN, _HIDDEN, _BOLD, _RUN_STYLE = f"{W}rPr", f"{W}vanish", f"{W}b", f"{W}rStyle"
ALTERNATE = f"{_MC}AlternateContent"
_SYMBOLS = {"F0FC": "✓", "F0FE": "☑", "F0FB": "✗", "F0FD": "☒", "F0A8": "☐", "F06F": "☐", "F052": "☑"}
"""Ticks and boxes of Wingdings; other pictures of symbol fonts say nothing."""


def chosen(alternate: "etree._Element") -> "etree._Element | None":
    """The one branch of mc:AlternateContent that is read: the others repeat it (ECMA-376, part 3, 7.5)."""
    choice = alternate.find(f"{_MC}Choice")
    return choice if choice is not None else alternate.find(f"{_MC}Fallback")


def is_alternate(tag: object) -> bool:
    return tag == ALTERNATE


def is_placeholder(control: "etree._Element") -> bool:
    """A w:sdt that still shows its "click here to enter text"."""
    return bool(is_on(control.find(f"{W}sdtPr/{W}showingPlcHdr")))


class PrintedLine(NamedTuple):
    text: str
    bold: bool
    """All of it."""
    original: str = ""
    """As it is stored, where that is in the codes of a legacy font."""


class _Piece(NamedTuple):
    """The text of a run or of a part of it."""

    text: str
    bold: bool
    properties: "etree._Element | None" = None
    original: str = ""


@dataclass(slots=True)
class Paragraph:
    """One w:p: its printed lines, and the text boxes anchored in it, each to be read as blocks of its own."""

    lines: list[PrintedLine]
    centred: bool
    boxes: "list[etree._Element]"


@dataclass(slots=True)
class TextReader:
    """Reads paragraphs of one document."""

    styles: Styles
    fonts: RunFonts | None = None
    """None where nothing in the document speaks of legacy fonts."""
    converter: Converter = field(default_factory=Converter)
    pictures: list[tuple[float, str]] = field(default_factory=list)
    """Area in square points and relationship of each, in order."""

    def paragraph(self, element: "etree._Element") -> Paragraph:
        if not len(element):
            return Paragraph([], False, [])
        properties = _child(element, _OF_PARAGRAPH)
        style = None if properties is None else _value(_child(properties, _STYLE))
        alignment = None if properties is None else _child(properties, _ALIGNMENT)
        run = _Runs(self.styles, style)
        run.walk(element)
        self.pictures += run.pictures
        if alignment is not None:
            centred = _value(alignment) == "center"
        else:
            centred = bool(style and run.pieces and self.styles.centred(style))
        pieces = run.pieces if self.fonts is None else self._drawn(run.pieces, self.fonts, style)
        return Paragraph(_lines(pieces), centred, run.boxes)

    def _drawn(self, pieces: list[_Piece], fonts: RunFonts, style: str | None) -> list[_Piece]:
        """Pieces of one font and weight as one, since VNI may part a letter from its mark, and converted."""
        found = [(piece, fonts.of(piece.properties, style)) for piece in pieces]
        around: dict[LegacyFont | None, str] = {}
        for piece, font in found:
            around[font] = f"{around.get(font, '')}{piece.text} "
        joined = []
        for (font, bold), group in groupby(found, key=lambda each: (each[1], each[0].bold)):
            text = "".join(piece.text for piece, _ in group)
            drawn = text if font is None else self.converter.drawn(text, font, around[font])
            joined.append(_Piece(drawn, bold, original="" if drawn == text else text))
        return joined


@dataclass(slots=True)
class _Runs:
    """What one paragraph's runs add up to."""

    styles: Styles
    style: str | None
    pieces: list[_Piece] = field(default_factory=list)
    boxes: "list[etree._Element]" = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)
    """Of every field that is open: whether its instruction is over and its result runs."""
    pictures: list[tuple[float, str]] = field(default_factory=list)

    def walk(self, parent: "etree._Element") -> None:
        for child in parent:
            tag = child.tag
            if tag == _RUN:
                self._run(child)
            elif tag == TEXT_BOX:
                self.boxes.append(child)
            elif is_alternate(tag):
                branch = chosen(child)
                if branch is not None:
                    self.walk(branch)
            elif tag == MATH_TEXT:
                self.pieces.append(_Piece(child.text or "", bold=False))
            elif tag not in NOT_PRINTED and not (tag == _CONTROL and is_placeholder(child)):
                self.walk(child)

    def _run(self, run: "etree._Element") -> None:
        properties = _child(run, _OF_RUN)
        if properties is not None and is_on(_child(properties, _HIDDEN)):
            return
        texts: list[str] = []
        for child in run:
            tag = child.tag
            if tag == _TEXT:
                texts.append(child.text or "")
            elif tag in _SIGNS:
                texts.append(_SIGNS[tag])
            elif tag == _SOFT_HYPHEN:
                texts.append(_SOFT_HYPHEN_SIGN)
            elif tag == _SYMBOL:
                texts.append(_SYMBOLS.get(child.get(f"{W}char", "").upper(), ""))
            elif tag == _FIELD:
                self._flush(texts, properties)
                self._field(child.get(f"{W}fldCharType"))
            elif len(child) and tag not in NOT_PRINTED:
                self._flush(texts, properties)
                self._inside(child)
        self._flush(texts, properties)

    def _inside(self, child: "etree._Element") -> None:
        """A drawing, a picture or a ruby: no text of its own, text boxes or runs further in."""
        area = picture_area(child)
        if area:
            self.pictures.append((area, picture_relation(child)))
        if is_alternate(child.tag):
            branch = chosen(child)
            if branch is not None:
                self.walk(branch)
        else:
            self.walk(child)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields.append(False)
        elif kind == "separate" and self.fields:
            self.fields[-1] = True
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _flush(self, texts: list[str], properties: "etree._Element | None") -> None:
        text = "".join(texts)
        texts.clear()
        if not text or (self.fields and not all(self.fields)):
            return
        self.pieces.append(_Piece(text, self._bold(properties), properties))

    def _bold(self, properties: "etree._Element | None") -> bool:
        if properties is not None:
            direct = is_on(_child(properties, _BOLD))
            if direct is not None:
                return direct
            style = _value(_child(properties, _RUN_STYLE))
            if style and self.styles.bold(style):
                return True
        return bool(self.style and self.styles.bold(self.style))


def _lines(pieces: Sequence[_Piece]) -> list[PrintedLine]:
    """Cut at line breaks; a line is bold where everything printed on it is."""
    alike = _of_one_kind(pieces)
    return _parted(pieces) if alike is None else [PrintedLine(line, alike[1]) for line in printed_lines(alike[0])]


def _of_one_kind(pieces: Sequence[_Piece]) -> tuple[str, bool] | None:
    """(text, bold) of a paragraph in one weight without legacy codes, as most are: piece by piece takes longer."""
    bold = bool(pieces) and pieces[0].bold
    if any(piece.bold is not bold or piece.original for piece in pieces):
        return None
    text = pieces[0].text if len(pieces) == 1 else "".join(piece.text for piece in pieces)
    return None if _SOFT_HYPHEN_SIGN in text else (text, bold)


def _parted(pieces: Sequence[_Piece]) -> list[PrintedLine]:
    rows: list[list[_Piece]] = [[]]
    for piece in pieces:
        originals = piece.original.split("\n") if piece.original else []
        for place, text in enumerate(piece.text.split("\n")):
            if place:
                rows.append([])
            rows[-1].append(_Piece(text, piece.bold, original=originals[place] if place < len(originals) else ""))
    found = []
    for row in rows:
        text = "".join(piece.text for piece in row)
        bold = all(piece.bold for piece in row if piece.text.strip())
        changed = any(piece.original for piece in row)
        original = "".join(piece.original or piece.text for piece in row).strip() if changed else ""
        lines = printed_lines(text, keep_soft_hyphens=may_be_legacy(text))
        found += [PrintedLine(line, bold, original) for line in lines]
    return found


def _child(parent: "etree._Element", tag: str) -> "etree._Element | None":
    """The first child of that tag; `find` takes four times as long, and every run asks four times."""
    return next(parent.iterchildren(tag), None)


def _value(element: "etree._Element | None") -> str | None:
    return None if element is None else element.get(f"{W}val")
