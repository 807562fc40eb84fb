"""Text as written, and the same text made comparable word by word or place by place."""

import re

from dossier.folding import fold
from parsers.printed import printed, printed_lines

_EUROPEAN = (*range(0x41, 0x5B), *range(0xA0, 0x250), *range(0x1E00, 0x1F00))
_BLANKS = range(0x2000, 0x200B)
_FOLDED = {code: folded if len(folded := fold(chr(code))) == 1 else " " for code in (*_EUROPEAN, *_BLANKS)}
"""Letters of European alphabets, Vietnamese among them, each to one folded character."""
_MARKS = (0xAD, *range(0x300, 0x370), *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF)
_SIGNS = range(0x2010, 0x2028)
_IN_WORDS = {**_FOLDED, **dict.fromkeys(_MARKS), **dict.fromkeys(_SIGNS, " ")}
"""The same without marks that stand alone and what nobody sees; dashes and quotes part words."""
_HYPHEN_AT_END = re.compile(r"[^\W_][-\u2010\u2011]\Z")
_LONGEST_ORDINAL = 16
_WORD = re.compile(r"[^\W_]+")
_ORDINAL = re.compile(r"[(\[]?\s*(?:\d{1,4}|[ivxlc]{1,6}|[a-z])(?:[.\-]\d{1,3})*\s*[.):/\]-]*")
_ARABIC = re.compile(r"[(\[]?\s*\d{1,4}(?:[.\-]\d{1,3})*\s*[.):/\]-]*")
_VALUE = re.compile(
    r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|\d{1,3}(?:[.,]\d{3})+|\d\s*(?:%|(?:tr|triệu|t[ỷỉ]|đồng|đ)\b)",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^()]*\)")


def lines_of(text: str) -> tuple[str, ...]:
    """The printed lines of a text, each with its white space collapsed; blank ones are left out."""
    return tuple(" ".join(line.split()) for line in printed_lines(text))


def join_lines(text: str) -> str:
    """Lines joined with one space, but without one after a letter or digit and a hyphen: "Covid-" + "19"."""
    joined = ""
    for line in lines_of(text):
        if joined and not _HYPHEN_AT_END.search(joined):
            joined += " "
        joined += line
    return joined


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a text: "Khoa/Phòng" gives ("khoa", "phong")."""
    mapped = text.translate(_IN_WORDS)
    return tuple(_WORD.findall(mapped if mapped.isascii() else fold(printed(text))))


def letters_of(text: str) -> str:
    """Folded letters and digits alone: "T Ờ   T R Ì N H" gives "totrinh"."""
    return "".join(words_of(text))


def is_ordinal(text: str) -> bool:
    """Whether a text is only a number of a row or a section: "1", "02.", "1.2", "IV", "a)"."""
    return len(text) <= _LONGEST_ORDINAL and _ORDINAL.fullmatch(plain(text).strip()) is not None


def is_arabic_ordinal(text: str) -> bool:
    """Whether a text is only a number in digits: initiatives are counted so, sections seldom."""
    return len(text) <= _LONGEST_ORDINAL and _ARABIC.fullmatch(plain(text).strip()) is not None


def number_in(ordinal: str) -> int:
    """The number that an arabic ordinal begins with: 2 for "02."."""
    found = re.search(r"\d+", ordinal)
    return int(found[0]) if found is not None else 0


def plain(text: str) -> str:
    """Folded character by character: what is found in it stands at the same place in `text`, which must be NFC."""
    return text.translate(_FOLDED)


def holds_value(text: str) -> bool:
    """Whether a day, an amount or a share stands in it, what is in brackets aside: cells hold such, headers do not."""
    return _VALUE.search(_ASIDE.sub(" ", text)) is not None
