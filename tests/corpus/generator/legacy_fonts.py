"""Vietnamese as the fonts of the nineties keep it: TCVN3/ABC (`.VnTime`) and VNI (`VNI-Times`), on a page's model.

Written from the tables of the two standards: TCVN 5712:1993 (VN3) and VNI for Windows.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from corpus.generator.page import Paper, Paragraph, with_paragraphs

_LETTERS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
"""None, grave, hook, tilde, acute, dot: the order of the TCVN table."""
_TCVN3_CODES = (
    "61 B5 B6 B7 B8 B9", "A8 BB BC BD BE C6", "A9 C7 C8 C9 CA CB", "65 CC CE CF D0 D1", "AA D2 D3 D4 D5 D6",
    "69 D7 D8 DC DD DE", "6F DF E1 E2 E3 E4", "AB E5 E6 E7 E8 E9", "AC EA EB EC ED EE", "75 EF F1 F2 F3 F4",
    "AD F5 F6 F7 F8 F9", "79 FA FB FC FD FE",
)  # fmt: skip
_TCVN3_CAPITALS = {"Ă": "\xa1", "Â": "\xa2", "Ê": "\xa3", "Ô": "\xa4", "Ơ": "\xa5", "Ư": "\xa6", "Đ": "\xa7"}
_VNI_TONES = {"": "", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0301": "ù", "\u0323": "ï"}
_VNI_ROUND = {"": "â", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0301": "á", "\u0323": "ä"}
_VNI_SHORT = {"": "ê", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0301": "é", "\u0323": "ë"}
_VNI_I = {"": "i", "\u0300": "ì", "\u0309": "æ", "\u0303": "ó", "\u0301": "í", "\u0323": "ò"}


class Encoding(StrEnum):
    TCVN3 = "tcvn3"
    VNI = "vni"


def _tcvn3() -> dict[str, str]:
    table = {"đ": "\xae", **_TCVN3_CAPITALS}
    for letter, codes in zip(_LETTERS, _TCVN3_CODES, strict=True):
        for tone, code in zip(_TONES, codes.split(), strict=True):
            table[unicodedata.normalize("NFC", letter + tone)] = chr(int(code, 16))
    return table


def _vni() -> dict[str, str]:
    table = {"đ": "ñ", "Đ": "Ñ"}
    for letter in _LETTERS:
        for tone in _TONES:
            code = _vni_letter(letter, tone)
            whole = unicodedata.normalize("NFC", letter + tone)
            table[whole] = code
            table[whole.upper()] = code.upper()
    return table


def _vni_letter(letter: str, tone: str) -> str:
    if letter == "i":
        return _VNI_I[tone]
    if letter == "y" and tone == "\u0323":
        return "î"
    if letter in "âêô":
        return {"â": "a", "ê": "e", "ô": "o"}[letter] + _VNI_ROUND[tone]
    if letter == "ă":
        return "a" + _VNI_SHORT[tone]
    return {"ơ": "ô", "ư": "ö"}.get(letter, letter) + _VNI_TONES[tone]


_TCVN3, _VNI = _tcvn3(), _vni()
_PLAIN = str.maketrans({"“": '"', "”": '"', "–": "-", "…": "...", "≥": ">=", "─": "-"})
"""Signs that these fonts have no place for."""


def encode(text: str, encoding: Encoding) -> str:
    """As the font's codes; TCVN3 has no capitals with tone marks, so that lower case stands for them."""
    plain = unicodedata.normalize("NFC", text).translate(_PLAIN)
    if encoding is Encoding.VNI:
        return "".join(_VNI.get(char, char) for char in plain)
    return "".join(char if char.isascii() else _TCVN3.get(char) or _TCVN3.get(char.lower(), char) for char in plain)


def encoded(paper: Paper, encoding: Encoding, keep: float, roll: Callable[[], float]) -> Paper:
    """The paper in a legacy font; a share of `keep` of its paragraphs stays Unicode. `roll` gives 0 to 1."""

    def change(one: Paragraph) -> Paragraph:
        if not one.text or one.text.isascii() or roll() < keep:
            return one
        font = "VNI-Times"
        if encoding is Encoding.TCVN3:
            font = ".VnTimeH" if one.text.isupper() else ".VnTime"
        return replace(one, text=encode(one.text, encoding), font=font)

    return with_paragraphs(paper, change)


def decomposed(paper: Paper, share: float, roll: Callable[[], float]) -> Paper:
    """The paper with a share of its paragraphs in NFD, as some keyboards and Macs type it."""

    def change(one: Paragraph) -> Paragraph:
        return replace(one, text=unicodedata.normalize("NFD", one.text)) if roll() < share else one

    return with_paragraphs(paper, change)
