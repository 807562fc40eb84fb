"""What a Word document's styles say of bold, centring, fonts and borders (ECMA-376, part 1, 17.7).

The part is often forty times larger than the text it styles (350 KB in a python-docx document), so it is read only when
a style is asked for, and of it only that style: docs/decisions/0011-readers.md has the figures.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from lxml import etree

from parsers.ooxml import parse_xml

_T = TypeVar("_T")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_OFF = frozenset({"0", "false", "off", "none"})
_NO_LINE = frozenset({"none", "nil"})
_EDGES = ("top", "left", "start", "bottom", "right", "end", "insideH", "insideV")
_ALIASES = {"start": "left", "end": "right"}
_MAX_ANCESTORS = 20
_BUILT_IN_GRID = "TableGrid"
"""Word's own "Table Grid" has every border; programs that write tables name it without reading styles."""
_PREFIXED = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def is_on(element: "etree._Element | None") -> bool | None:
    """A toggle such as w:b: None where it is not there, so that the style decides (17.3.2)."""
    return None if element is None else element.get(f"{W}val", "1").lower() not in _OFF


def visible_edges(borders: "etree._Element | None") -> dict[str, bool]:
    """Edge of w:tblBorders or w:tcBorders → whether it draws a line; only the edges that are named."""
    if borders is None:
        return {}
    found = {}
    for edge in _EDGES:
        element = borders.find(f"{W}{edge}")
        if element is not None:
            found[_ALIASES.get(edge, edge)] = element.get(f"{W}val", "none") not in _NO_LINE
    return found


@dataclass(slots=True)
class _Part:
    """styles.xml, or nothing where the document has none."""

    data: bytes
    root: "etree._Element | None" = None

    def style(self, style_id: str) -> "etree._Element | None":
        if not self.data:
            return None
        if _PREFIXED in self.data[:4096] and style_id.isascii() and style_id.isalnum():
            return self._cut(style_id.encode())
        return next((each for each in self.parsed().iter(f"{W}style") if each.get(f"{W}styleId") == style_id), None)

    def parsed(self) -> "etree._Element":
        if self.root is None:
            self.root = parse_xml(self.data, "styles")
        return self.root

    def _cut(self, style_id: bytes) -> "etree._Element | None":
        """One style, cut out of the bytes: parsing all of them costs more than the rest of the document together."""
        named = self.data.find(b'w:styleId="' + style_id + b'"')
        start, end = self.data.rfind(b"<w:style ", 0, named), self.data.find(b"</w:style>", named)
        if named < 0 or start < 0 or end < 0:
            return None
        body = self.data[start : end + len(b"</w:style>")]
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, recover=True
        )  # other prefixes are not declared
        root = etree.fromstring(b"<w:styles " + _PREFIXED + b">" + body + b"</w:styles>", parser)
        return root.find(f"{W}style")


class Styles:
    """Asked by style id; `read` gives the bytes of styles.xml and is called at most once, when first needed."""

    def __init__(self, read: Callable[[], bytes]) -> None:
        self._read = read
        self._part: _Part | None = None
        self._toggles: dict[tuple[str, str], bool] = {}
        self._borders: dict[str, dict[str, bool]] = {}

    def bold(self, style_id: str) -> bool:
        return self._toggle(style_id, "bold", lambda style: is_on(style.find(f"{W}rPr/{W}b")))

    def centred(self, style_id: str) -> bool:
        return self._toggle(style_id, "centred", _style_centred)

    def borders(self, style_id: str) -> dict[str, bool]:
        """Edges that a table style draws; those of its conditional formats (header row …) count too."""
        if style_id == _BUILT_IN_GRID:
            return dict.fromkeys(("top", "left", "bottom", "right", "insideH", "insideV"), True)
        if style_id not in self._borders:
            merged: dict[str, bool] = {}
            for style in reversed(list(self._lineage(style_id))):
                merged.update(visible_edges(style.find(f"{W}tblPr/{W}tblBorders")))
                for cell in style.iterfind(f"{W}tblStylePr/{W}tcPr/{W}tcBorders"):
                    merged.update({edge: True for edge, drawn in visible_edges(cell).items() if drawn})
            self._borders[style_id] = merged
        return self._borders[style_id]

    def data(self) -> bytes:
        return self._styles().data

    def fonts(self, *style_ids: str | None) -> "Iterator[etree._Element]":
        """w:rFonts of these styles and what they are based on, of the default style, of the document; nearest first."""
        for style_id in (*style_ids, self._default_paragraph_style()):
            if style_id:
                found = (style.find(f"{W}rPr/{W}rFonts") for style in self._lineage(style_id))
                yield from (fonts for fonts in found if fonts is not None)
        defaults = self._parsed_defaults()
        if defaults is not None:
            yield defaults

    def _parsed_defaults(self) -> "etree._Element | None":
        part = self._styles()
        return part.parsed().find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts") if part.data else None

    def _default_paragraph_style(self) -> str | None:
        part = self._styles()
        if not part.data:
            return None
        for style in part.parsed().iterfind(f"{W}style"):
            if style.get(f"{W}type") == "paragraph" and (style.get(f"{W}default") or "0").lower() not in _OFF:
                return style.get(f"{W}styleId")
        return None

    def _styles(self) -> _Part:
        if self._part is None:
            self._part = _Part(self._read())
        return self._part

    def _lineage(self, style_id: str) -> "Iterator[etree._Element]":
        """The style and those it is based on, nearest first."""
        wanted: str | None = style_id
        for _ in range(_MAX_ANCESTORS):
            style = self._styles().style(wanted) if wanted else None
            if style is None:
                return
            yield style
            base = style.find(f"{W}basedOn")
            wanted = None if base is None else base.get(f"{W}val")

    def _toggle(self, style_id: str, what: str, of: "Callable[[etree._Element], bool | None]") -> bool:
        if (style_id, what) not in self._toggles:
            self._toggles[style_id, what] = bool(_first(self._lineage(style_id), of))
        return self._toggles[style_id, what]


def _style_centred(style: "etree._Element") -> bool | None:
    alignment = style.find(f"{W}pPr/{W}jc")
    return None if alignment is None else alignment.get(f"{W}val") == "center"


def _first(styles: "Iterator[etree._Element]", of: "Callable[[etree._Element], _T | None]") -> _T | None:
    return next((told for told in map(of, styles) if told is not None), None)
