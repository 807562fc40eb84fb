"""Whether a page's text is what people see on it, or the page is a picture (FORMS.md, "The memo" and "Traps")."""

from parsers.pasted_tables import LARGE
from parsers.pdf_page import Glyph, PageParts, covered_together

FULL_PAGE = 0.7
"""Share of the page from which a picture is the page."""
FEW_LETTERS = 25
"""A page number or a scanner's mark are fewer."""
MIN_VIETNAMESE = 0.08
"""Share of letters with marks: some 25 % in Vietnamese, under 8 % in what a scanner's foreign OCR wrote."""
MANY_PICTURES = 20
"""On a page without text: its lines or words are pictures each, or it was cut into stripes or tiles."""
MANY_DRAWINGS = 300
"""Shapes on a page without text: its letters are drawn as outlines."""
_MOST_UNKNOWN = 0.1
_LEAST_TOLD = 0.5
"""Share of signs that are letters or digits: over 90 % in text, few where a font's codes were taken for signs."""
_MANY_LETTERS, _FEW_MARKED, _LEAST_VOWELS = 100, 0.02, 0.22
"""Text without marks that has fewer vowels (40 % in Vietnamese and English) is made of other letters' codes."""
_VOWELS = frozenset("aeiouy")

_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz")
_VIETNAMESE = frozenset("àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ")


def unread_reason(parts: PageParts) -> str:
    """Why the page's text layer is not what stands on it; '' where it is."""
    letters = [char for glyph in parts.glyphs for char in glyph.text.lower() if char.isalpha()]
    picture = covered_together(parts)
    if len(parts.sideways) > len(parts.glyphs):
        return "is printed sideways"
    if parts.upside_down * 2 > len(parts.glyphs):
        return "is printed upside down"
    if _unknown(parts.glyphs) > _MOST_UNKNOWN * len(parts.glyphs) or _is_of_codes(parts.glyphs, letters):
        return "has a font that does not tell its letters"
    if len(letters) < FEW_LETTERS:
        if picture >= LARGE or len(parts.pictures) >= MANY_PICTURES:
            return "is a picture"
        return "has its letters drawn as shapes" if parts.drawings >= MANY_DRAWINGS else ""
    if picture >= FULL_PAGE and _vietnamese(letters) < MIN_VIETNAMESE:
        return "is a picture with a text layer that is not Vietnamese"
    return ""


def _unknown(glyphs: list[Glyph]) -> int:
    """Characters whose meaning the font does not tell: "(cid:12)", private codes."""
    return sum(glyph.text.startswith("(cid:") or "\ue000" <= glyph.text <= "\uf8ff" for glyph in glyphs)


def _is_of_codes(glyphs: list[Glyph], letters: list[str]) -> bool:
    """Whether the characters are codes of a font that has no table of its letters (ToUnicode), taken for letters."""
    told = [char.isalnum() for glyph in glyphs for char in glyph.text if char.isprintable() and char not in " .…_-–="]
    if len(told) >= _MANY_LETTERS and sum(told) < _LEAST_TOLD * len(told):
        return True
    plain = [letter for letter in letters if letter in _PLAIN]
    if len(plain) < _MANY_LETTERS or len(letters) - len(plain) > _FEW_MARKED * len(letters):
        return False
    return sum(letter in _VOWELS for letter in plain) < _LEAST_VOWELS * len(plain)


def _vietnamese(letters: list[str]) -> float:
    marked = sum(letter in _VIETNAMESE for letter in letters)
    return marked / max(marked + sum(letter in _PLAIN for letter in letters), 1)
