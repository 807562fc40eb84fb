"""Fonts of TCVN3 and VNI by name: text stored as Latin-1 look-alikes that only its font makes Vietnamese (FORMS.md)."""

import re
from dataclasses import dataclass

from parsers.legacy_tables import Encoding

_SUBSET = re.compile(r"[A-Z]{6}\+")
_STYLE = re.compile(r"[-, ]?(?:bold|italic|oblique|regular|roman|mt)+$", re.IGNORECASE)
_TCVN3 = re.compile(r"\.vn|vn(?:time|arial|helv)(?!s )", re.IGNORECASE)
_VNI = re.compile(r"vni[-_\s]", re.IGNORECASE)
_FONT_IN_BYTES = re.compile(
    rb"\.Vn[A-Z][A-Za-z ]{0,20}|\bVNI[-_ ][A-Z][A-Za-z0-9-]{0,20}|\bVn(?:Time|Arial|Helv)(?!s )[A-Za-z ]{0,20}",
    re.IGNORECASE,
)
_IN_ALL_NAMES = b"vn"
_OF_THEIR_NAMES = (b".vn", b"vni", b"vntime", b"vnarial", b"vnhelv")
"""One of these stands in every such name; to look for them takes a tenth of the pattern's time."""
LOOK_ALIKES = "[¡-¿Ä-ÇËÎÏÑÖ-ØÛÜÞßä-çëîïñö-øûüþÿ]"
"""Latin-1 letters and signs that Unicode Vietnamese does not use, and TCVN3 and VNI cannot do without."""
_LOOK_ALIKES_IN_BYTES = (  # one by one: what begins with a letter is looked for ten times as fast as a choice of two
    re.compile(rb"\xc2[\xa1-\xbf]"),
    re.compile(
        rb"\xc3[\x84-\x87\x8b\x8e\x8f\x91\x96-\x98\x9b\x9c\x9e\x9f\xa4-\xa7\xab\xae\xaf\xb1\xb6-\xb8\xbb\xbc\xbe\xbf]"
    ),
)
_LOOK_ALIKES = re.compile(LOOK_ALIKES)
_UNICODE_VIETNAMESE = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ]")


@dataclass(frozen=True, slots=True)
class LegacyFont:
    name: str
    """Without a PDF's "ABCDEF+" before it."""
    encoding: Encoding
    capitals: bool = False
    """It draws every letter as a capital: TCVN3 has no codes for capitals with tone marks."""


def legacy_font(name: str) -> LegacyFont | None:
    """What the name of a font says of the codes of its text; None for fonts of Unicode."""
    bare = _SUBSET.sub("", name.strip(), count=1)
    if _VNI.match(bare):
        return LegacyFont(bare, Encoding.VNI)
    if not _TCVN3.match(bare):
        return None
    family = _STYLE.sub("", bare)
    return LegacyFont(bare, Encoding.TCVN3, capitals=family.endswith("H") or (family.islower() and family[-1] == "h"))


def is_legacy_font(name: str) -> bool:
    """By the name of the font; a PDF's "ABCDEF+" before it is allowed for."""
    return legacy_font(name) is not None


def has_look_alikes(text: str) -> bool:
    """Whether it holds signs that Vietnamese in Unicode does not use, and TCVN3 and VNI do."""
    return bool(_LOOK_ALIKES.search(text))


def has_unicode_vietnamese(text: str) -> bool:
    """Whether it holds letters that only Unicode has."""
    return bool(_UNICODE_VIETNAMESE.search(text))


def may_be_legacy(text: str) -> bool:
    """Whether the text could be TCVN3 or VNI: what is plain ASCII or Unicode Vietnamese reads the same in any font."""
    return not text.isascii() and not has_unicode_vietnamese(text) and has_look_alikes(text)


def may_need_fonts(xml: bytes) -> bool:
    """Whether a part of XML in UTF-8 names a legacy font or holds look-alikes: else its fonts say nothing."""
    return bool(_font_in(xml) or any(sign.search(xml) for sign in _LOOK_ALIKES_IN_BYTES)) or not xml[:1].isascii()


def legacy_font_in(data: bytes) -> str | None:
    """The first legacy font that a file of fonts and styles names, in one or two bytes a letter; None where none is."""
    found = _font_in(data) or _font_in(data.replace(b"\0", b""))
    return found[0].decode("ascii").strip() if found else None


def _font_in(data: bytes) -> re.Match[bytes] | None:
    lowered = data.lower()
    if _IN_ALL_NAMES not in lowered:
        return None
    return _FONT_IN_BYTES.search(data) if any(part in lowered for part in _OF_THEIR_NAMES) else None
