"""Text as written, and the same text made comparable word by word or place by place."""

import re
import unicodedata

from dossier.folding import fold
from parsers.printed import printed, printed_lines

_HYPHEN_AT_END = re.compile(r"[^\W_][-\u2010\u2011]\Z")
_WORD = re.compile(r"[^\W_]+")
_ORDINAL = re.compile(r"[(\[]?\s*(?:\d{1,4}|[ivxlc]{1,6}|[a-z])(?:[.\-]\d{1,3})*\s*[.):/\]-]*")
_ARABIC = re.compile(r"[(\[]?\s*\d{1,4}(?:[.\-]\d{1,3})*\s*[.):/\]-]*")


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
    return tuple(_WORD.findall(fold(printed(text))))


def letters_of(text: str) -> str:
    """Folded letters and digits alone: "T Ờ   T R Ì N H" gives "totrinh"."""
    return "".join(words_of(text))


def is_ordinal(text: str) -> bool:
    """Whether a text is only a number of a row or a section: "1", "02.", "1.2", "IV", "a)"."""
    return _ORDINAL.fullmatch(fold(text)) is not None


def is_arabic_ordinal(text: str) -> bool:
    """Whether a text is only a number in digits: initiatives are counted so, sections seldom."""
    return _ARABIC.fullmatch(fold(text)) is not None


def plain(text: str) -> str:
    """Folded character by character: what is found in it stands at the same place in `text`, which must be NFC."""
    return "".join(_plain_character(char) for char in text)


def _plain_character(char: str) -> str:
    if char.isascii():
        return char.lower()
    folded = fold(char)
    if len(folded) == 1:
        return folded
    return " " if char.isspace() else (unicodedata.normalize("NFKD", char)[:1].lower() or char)[:1]
