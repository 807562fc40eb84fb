"""Bytes → text where the label is missing or wrong, as Vietnamese mail has it."""

import codecs
import re
import unicodedata

from dossier.folding import nfc

_NOT_CHARSETS = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem"})
"""Codecs of Python that are no charset of mail; punycode costs the square of its input."""
_WEAK = frozenset({"ascii", "iso8859-1", "iso8859-15", "cp1252"})
"""What programs write when they do not know: UTF-8 inside is believed before them."""
_LETTERS = frozenset(
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
    "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
)
_TYPOGRAPHY = frozenset("“”‘’–—…•₫°²³\u00a0§×")
_SURROGATES = re.compile("[\ud800-\udfff]")


def unlabelled(data: bytes) -> str:
    """Text of bytes without a charset: UTF-8, else Windows-1258 where that makes Vietnamese, else Windows-1252."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        vietnamese = windows_1258(data)
    return data.decode("cp1252", "replace") if vietnamese is None else vietnamese


def windows_1258(data: bytes) -> str | None:
    """The text where every letter beyond ASCII comes out as one of Vietnamese; None where one does not."""
    try:
        text = nfc(data.decode("cp1258"))
    except UnicodeDecodeError:
        return None
    return text if all(char < "\x80" or char in _LETTERS or char in _TYPOGRAPHY for char in text) else None


def labelled(data: bytes, charset: str | None) -> str:
    """Text of bytes that a header says are in `charset`; a charset unknown, wrong or of no text is not believed."""
    name = _known(charset)
    if name is None or (name in _WEAK and not data.isascii()):
        return unlabelled(data)
    try:
        return _SURROGATES.sub("\ufffd", data.decode(name))
    except UnicodeDecodeError:
        return unlabelled(data) if name in ("utf-8", "ascii") else data.decode(name, "replace")
    except (LookupError, ValueError):  # rot13, hex and the like are codecs, not charsets
        return unlabelled(data)


def raw_header(value: str) -> str:
    """A header as the parser stores it (8-bit bytes as surrogates, PEP 383) as text."""
    if value.isascii():
        return value
    return unlabelled(value.encode("utf-8", "surrogateescape"))


def printable(char: str) -> bool:
    """No control, format (bidirectional marks, zero width), surrogate or unassigned character."""
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Cn", "Co")


def _known(charset: str | None) -> str | None:
    try:
        found = codecs.lookup((charset or "").strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    return None if found.name in _NOT_CHARSETS else found.name
