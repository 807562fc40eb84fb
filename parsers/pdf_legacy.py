"""The glyphs of TCVN3 and VNI fonts on a page made letters, font by font.

One code is one letter in TCVN3. In VNI the mark is a glyph of its own, drawn behind its letter: the two become one.
"""

from collections.abc import Iterable, Iterator

from parsers.legacy_fonts import LegacyFont, legacy_font
from parsers.legacy_tables import TABLES, Encoding, to_unicode
from parsers.legacy_text import Converter
from parsers.pdf_page import Glyph


def legible(glyphs: list[Glyph], converter: Converter) -> list[Glyph]:
    """The glyphs with the text that is seen; `stored` holds what was there instead. Their order is that of drawing."""
    fonts = {name: font for name in {glyph.font for glyph in glyphs} if (font := legacy_font(name)) is not None}
    if not fonts:
        return glyphs
    texts = {name: "".join(glyph.text for glyph in glyphs if glyph.font == name) for name in fonts}
    meant = {name: font for name, font in fonts.items() if converter.means(texts[name], font)}
    return list(_letters(glyphs, meant)) if meant else glyphs


def _letters(glyphs: Iterable[Glyph], fonts: dict[str, LegacyFont]) -> Iterator[Glyph]:
    last: Glyph | None = None
    for glyph in glyphs:
        font = fonts.get(glyph.font)
        joined = None if last is None or font is None else _joined(last, glyph, font)
        if joined is not None:
            last = joined
            continue
        if last is not None:
            yield last
        last = glyph if font is None else _drawn(glyph, font)
    if last is not None:
        yield last


def _joined(letter: Glyph, mark: Glyph, font: LegacyFont) -> Glyph | None:
    """A letter of VNI with its mark; None where the two are two letters."""
    stored = (letter.stored or letter.text) + mark.text
    if font.encoding is not Encoding.VNI or letter.font != mark.font or stored not in TABLES[Encoding.VNI]:
        return None
    return letter._replace(text=TABLES[Encoding.VNI][stored], stored=stored, x1=max(letter.x1, mark.x1))


def _drawn(glyph: Glyph, font: LegacyFont) -> Glyph:
    text = to_unicode(glyph.text, font.encoding, capitals=font.capitals)
    return glyph if text == glyph.text else glyph._replace(text=text, stored=glyph.text)
