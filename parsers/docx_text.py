"""The paragraphs of a Word document as printed (ECMA-376, part 1, 17.3 and 17.16).

What Word prints is told from what it stores: deleted and moved-away text, field instructions, hidden text, placeholders
of controls that nobody filled in and the second copy of a text box are not printed.
"""

from dataclasses import dataclass, field

from lxml import etree

from parsers.docx_pictures import picture_area
from parsers.docx_styles import Styles, W, is_on, legacy_font
from parsers.legacy_fonts import may_be_legacy
from parsers.printed import printed_lines

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"

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
_SOFT_HYPHEN = f"{W}softHyphen"
_SYMBOLS = {"F0FC": "✓", "F0FE": "☑", "F0FB": "✗", "F0FD": "☒", "F0A8": "☐", "F06F": "☐", "F052": "☑"}
"""Ticks and boxes of Wingdings; other pictures of symbol fonts say nothing."""


def chosen(alternate: "etree._Element") -> "etree._Element | None":
    """The one branch of mc:AlternateContent that is read: the others repeat it (ECMA-376, part 3, 7.5)."""
    choice = alternate.find(f"{_MC}Choice")
    return choice if choice is not None else alternate.find(f"{_MC}Fallback")


def is_alternate(tag: object) -> bool:
    return tag == f"{_MC}AlternateContent"


def is_placeholder(control: "etree._Element") -> bool:
    """A w:sdt that still shows its "click here to enter text"."""
    return bool(is_on(control.find(f"{W}sdtPr/{W}showingPlcHdr")))


@dataclass(slots=True)
class Paragraph:
    """One w:p: its printed lines, and the text boxes anchored in it, each to be read as blocks of its own."""

    lines: list[tuple[str, bool]]
    """Text and whether all of it is bold."""
    centred: bool
    boxes: "list[etree._Element]"


@dataclass(slots=True)
class TextReader:
    """Reads paragraphs of one document and remembers the legacy fonts met on the way."""

    styles: Styles
    legacy_fonts: set[str] = field(default_factory=set)
    largest_picture: float = 0.0
    """Its area in square points."""

    def paragraph(self, element: "etree._Element") -> Paragraph:
        if not len(element):
            return Paragraph([], False, [])
        style = _value(element.find(f"{W}pPr/{W}pStyle"))
        alignment = element.find(f"{W}pPr/{W}jc")
        run = _Runs(self.styles, style)
        run.walk(element)
        self.legacy_fonts |= run.legacy_fonts
        self.largest_picture = max(self.largest_picture, run.largest_picture)
        if alignment is not None:
            centred = _value(alignment) == "center"
        else:
            centred = bool(style and run.pieces and self.styles.centred(style))
        return Paragraph(_lines(run.pieces, bool(run.legacy_fonts)), centred, run.boxes)


@dataclass(slots=True)
class _Runs:
    """What one paragraph's runs add up to."""

    styles: Styles
    style: str | None
    pieces: list[tuple[str, bool]] = field(default_factory=list)
    boxes: "list[etree._Element]" = field(default_factory=list)
    legacy_fonts: set[str] = field(default_factory=set)
    fields: list[bool] = field(default_factory=list)
    """Of every field that is open: whether its instruction is over and its result runs."""
    largest_picture: float = 0.0

    def walk(self, parent: "etree._Element") -> None:
        for child in parent:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child)
            elif tag == TEXT_BOX:
                self.boxes.append(child)
            elif is_alternate(tag):
                branch = chosen(child)
                if branch is not None:
                    self.walk(branch)
            elif tag == _MATH_TEXT:
                self.pieces.append((child.text or "", False))
            elif tag not in NOT_PRINTED and not (tag == f"{W}sdt" and is_placeholder(child)):
                self.walk(child)

    def _run(self, run: "etree._Element") -> None:
        properties = run.find(f"{W}rPr")
        if properties is not None and is_on(properties.find(f"{W}vanish")):
            return
        texts: list[str] = []
        for child in run:
            tag = child.tag
            if tag == f"{W}t":
                texts.append(child.text or "")
            elif tag in _SIGNS:
                texts.append(_SIGNS[tag])
            elif tag == _SOFT_HYPHEN:
                texts.append("\u00ad")
            elif tag == f"{W}sym":
                texts.append(_SYMBOLS.get(child.get(f"{W}char", "").upper(), ""))
            elif tag == f"{W}fldChar":
                self._flush(texts, properties)
                self._field(child.get(f"{W}fldCharType"))
            elif len(child) and tag not in NOT_PRINTED:
                self._flush(texts, properties)
                self._inside(child)
        self._flush(texts, properties)

    def _inside(self, child: "etree._Element") -> None:
        """A drawing, a picture or a ruby: no text of its own, text boxes or runs further in."""
        self.largest_picture = max(self.largest_picture, picture_area(child))
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
        if not text or not all(self.fields):
            return
        if may_be_legacy(text):
            self._note_font(properties)
        self.pieces.append((text, self._bold(properties)))

    def _bold(self, properties: "etree._Element | None") -> bool:
        if properties is not None:
            direct = is_on(properties.find(f"{W}b"))
            if direct is not None:
                return direct
            style = _value(properties.find(f"{W}rStyle"))
            if style and self.styles.bold(style):
                return True
        return bool(self.style and self.styles.bold(self.style))

    def _note_font(self, properties: "etree._Element | None") -> None:
        direct = None if properties is None else legacy_font(properties.find(f"{W}rFonts"))
        if direct is None:
            style = None if properties is None else _value(properties.find(f"{W}rStyle"))
            direct = self.styles.legacy_font(style, self.style)
        if direct:
            self.legacy_fonts.add(direct)


def _lines(pieces: list[tuple[str, bool]], legacy: bool) -> list[tuple[str, bool]]:
    """Cut at line breaks; a line is bold where everything printed on it is."""
    rows: list[list[tuple[str, bool]]] = [[]]
    for text, bold in pieces:
        first, *rest = text.split("\n")
        rows[-1].append((first, bold))
        rows.extend([(part, bold)] for part in rest)
    found = []
    for row in rows:
        lines = printed_lines("".join(text for text, _ in row), keep_soft_hyphens=legacy)
        found += [(line, all(bold for text, bold in row if text.strip())) for line in lines]
    return found


def _value(element: "etree._Element | None") -> str | None:
    return None if element is None else element.get(f"{W}val")
