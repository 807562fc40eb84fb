"""The legacy fonts of a Word document's runs: their own, those of their styles, the default ones, those of the theme.

(ECMA-376, part 1, 17.3.2.26: a font of the theme goes before one that is named.)
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from parsers.docx_styles import Styles, W
from parsers.legacy_fonts import LegacyFont, legacy_font, legacy_font_in
from parsers.ooxml import parse_xml

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SLOTS = ("hAnsi", "ascii")
"""Which of a run's fonts draw the codes from 80 to FF, and those below."""


@dataclass(slots=True)
class RunFonts:
    """Asked for the font of a run; `theme` gives the bytes of the theme's part and is called at most twice."""

    styles: Styles
    theme: Callable[[], bytes]
    _theme_fonts: dict[str, str] | None = None
    _inherits: bool | None = None
    """Whether styles or theme name a legacy font at all: most often they do not, and are large."""

    def of(self, properties: "etree._Element | None", paragraph_style: str | None) -> LegacyFont | None:
        """None where another font draws the run."""
        for fonts in self._elements(properties, paragraph_style):
            names = [name for name in (self._name(fonts, slot) for slot in _SLOTS) if name]
            if names:
                return next(filter(None, map(legacy_font, names)), None)
        return None

    def _elements(self, properties: "etree._Element | None", paragraph_style: str | None) -> "Iterator[etree._Element]":
        own = style = None
        if properties is not None:
            own, style = properties.find(f"{W}rFonts"), properties.find(f"{W}rStyle")
        if own is not None:
            yield own
        if self._inherits is None:
            self._inherits = bool(legacy_font_in(self.styles.data()) or legacy_font_in(self.theme()))
        if self._inherits:
            yield from self.styles.fonts(None if style is None else style.get(f"{W}val"), paragraph_style)

    def _name(self, fonts: "etree._Element", slot: str) -> str | None:
        theme = fonts.get(f"{W}{slot}Theme")
        return self._of_theme(theme) if theme else fonts.get(f"{W}{slot}")

    def _of_theme(self, name: str) -> str:
        """ "minorHAnsi" and the like; '' where the theme does not say."""
        if self._theme_fonts is None:
            data = self.theme()
            self._theme_fonts = dict(_theme_fonts(parse_xml(data, "theme"))) if data else {}
        return self._theme_fonts.get("major" if name.startswith("major") else "minor", "")


def _theme_fonts(theme: "etree._Element") -> Iterator[tuple[str, str]]:
    for kind in ("major", "minor"):
        latin = theme.find(f".//{_A}{kind}Font/{_A}latin")
        if latin is not None:
            yield kind, latin.get("typeface", "")
