"""TCVN3 and VNI, the codes of Vietnamese before Unicode, as tables (FORMS.md, "Text").

TCVN3 is the subset VN3 of TCVN 5712:1993: one code a letter, no capitals with tone marks. VNI writes a letter and its
mark one after the other. Text of both is stored as the Latin-1 signs of the same codes.
"""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum


class Encoding(StrEnum):
    TCVN3 = "TCVN3"
    VNI = "VNI"


def _codes(first: str, letters: str) -> dict[str, str]:
    """Look-alikes from `first` on → letters; "." where the table has none."""
    return {chr(ord(first) + place): letter for place, letter in enumerate(letters) if letter != "."}


_TCVN3 = {
    **_codes("\u00a1", "ĂÂÊÔƠƯĐăâêôơưđ"),
    **_codes("\u00b5", "àảãáạ.ằẳẵắ"),
    **_codes("\u00c6", "ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ"),
}

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_PLAIN_MARKS = {"ø": _GRAVE, "ù": _ACUTE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_ROOF_MARKS = {"â": "", "à": _GRAVE, "á": _ACUTE, "å": _HOOK, "ã": _TILDE, "ä": _DOT}
_BREVE_MARKS = {"ê": "", "è": _GRAVE, "é": _ACUTE, "ú": _HOOK, "ü": _TILDE, "ë": _DOT}
_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni() -> dict[str, str]:
    found = dict(_ALONE)
    for base in "aeouyôö":
        letter = _ALONE.get(base, base)
        found |= {base + mark: letter + tone for mark, tone in _PLAIN_MARKS.items() if base + mark != "yï"}
    for base in "aeo":
        found |= {base + mark: base + "\u0302" + tone for mark, tone in _ROOF_MARKS.items()}
    found |= {"a" + mark: "a\u0306" + tone for mark, tone in _BREVE_MARKS.items()}
    small = {code: unicodedata.normalize("NFC", letter) for code, letter in found.items()}
    upper = {code[0].upper() + code[1:]: letter.upper() for code, letter in small.items()}
    with_upper_marks = {code[0] + code[1:].upper(): letter for code, letter in (small | upper).items()}
    return small | upper | with_upper_marks


_VNI = _vni()
TABLES: Mapping[Encoding, Mapping[str, str]] = {Encoding.TCVN3: _TCVN3, Encoding.VNI: _VNI}
"""What is stored → the letter that is drawn."""

_ANY_VNI = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_ANY_TCVN3 = re.compile(f"[{''.join(_TCVN3)}]")
_WORD = re.compile(r"[^\W\d_]+(?:[̀-ͣ]+[^\W\d_]*)*")
_TWO_CAPITALS = re.compile(r"[A-ZĂÂÊÔƠƯĐ][^\W\d_a-z]*[A-ZĂÂÊÔƠƯĐ]")
_PRIVATE = {code: code - 0xF000 for code in range(0xF020, 0xF100)}
"""Where a font calls itself one of symbols, Word stores its codes so."""
_STAND_INS = str.maketrans({"\u2212": "\u00ad", "\u2219": "\u00b7", "\u03bc": "\u00b5"})
"""What readers of PDF make of three of the codes, by the names of their glyphs."""
_TWO_CASES = frozenset("abcdefghijklmnopqrstuvwxyzăâêôơưđ")
"""Letters of which TCVN3 has both cases; capitals with a tone mark it has none."""
WORDS = re.compile("[A-Za-z¡-ÿ\u0100-\u024f\u0300-\u0323\u03bc\u1ea0-\u1eff\u2212\u2219]+")
"""Of a text that may be in an old encoding, its look-alikes taken for letters."""
_IN_WORD = re.compile("(?<=[A-Za-z¡-ÿ])[\u2212\u2219\u03bc]|[\u2212\u2219\u03bc](?=[A-Za-z¡-ÿ])")


def to_unicode(text: str, encoding: Encoding, *, capitals: bool = False) -> str:
    """What a font of that encoding draws, in NFC. `capitals`: the font draws every letter as a capital (.VnTimeH)."""
    text = unicodedata.normalize("NFC", text.translate(_PRIVATE))
    if encoding is Encoding.VNI:
        return _ANY_VNI.sub(lambda found: _VNI[found[0]], text)
    text = _IN_WORD.sub(lambda found: found[0].translate(_STAND_INS), text)
    drawn = _ANY_TCVN3.sub(lambda found: _TCVN3[found[0]], text)
    return drawn.upper() if capitals else capitals_completed(drawn)


def capitals_completed(text: str) -> str:
    """ "CéNG HßA" is typed for CỘNG HÒA, as TCVN3 has no other way. Words that do not tell follow those beside them."""
    if not _TWO_CAPITALS.search(text):
        return text
    words = list(_WORD.finditer(text))
    certain = [_all_capitals(word[0]) for word in words]
    out, end = [], 0
    for place, word in enumerate(words):
        beside = [found for found in certain[max(0, place - 1) : place + 2] if found is not None]
        raised = certain[place] or (certain[place] is None and True in beside and False not in beside)
        out += [text[end : word.start()], word[0].upper() if raised else word[0]]
        end = word.end()
    return "".join([*out, text[end:]])


def _all_capitals(word: str) -> bool | None:
    """None where the letters that tell are too few: "Tờ", "ở"."""
    telling = [char for char in word if char.lower() in _TWO_CASES]
    if any(char.islower() for char in telling):
        return False
    return True if len(telling) > 1 else None


def words_of(text: str) -> list[str]:
    return WORDS.findall(text)
