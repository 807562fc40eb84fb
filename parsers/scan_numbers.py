"""Numbers that Tesseract's Vietnamese data reads wrong in a known way, told by how sure it is of them.

It has hardly seen Roman numbers: "Quý I/2021" comes as "Quý 1/2021", and with doubt, while a real 1 comes without any.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from dossier.folding import fold
from parsers.ocr_engine import Word

_QUARTER = "quy"
_STROKES = re.compile(r"([1Il]{1,3})(?=[/.,;–-]|$)")
_REAL_ONE = 0.93
_SECTION = re.compile(r"([IHVXl1|T]{1,4})([.)]?)")
_UPRIGHT_STROKES = str.maketrans("l1|T", "IIII")
_ROMAN = frozenset(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"))
_SLASHES = str.maketrans({"\u2044": "/", "\u2215": "/"})


def with_roman_quarters(words: Sequence[Word]) -> list[Word]:
    """The words of a text, in order, with the number of a quarter as it is written, and every slash a plain one."""
    words = [replace(word, text=word.text.translate(_SLASHES)) if not word.text.isascii() else word for word in words]
    for place in range(1, len(words)):
        if fold(words[place - 1].text) == _QUARTER:
            words[place] = _roman(words[place])
    return words


def roman_section(text: str) -> str:
    """The number of a section as it is written: "H" for "II", "IH" for "III"; every other text as it is."""
    found = _SECTION.fullmatch(text)
    if found is None or found[1].isdigit():
        return text
    number = found[1].translate(_UPRIGHT_STROKES).replace("H", "II")
    return number + found[2] if number in _ROMAN else text


def _roman(word: Word) -> Word:
    found = _STROKES.match(word.text)
    if found is None or (word.text.startswith("1") and word.confidence >= _REAL_ONE):
        return word
    return replace(word, text="I" * len(found[1]) + word.text[found.end() :])
