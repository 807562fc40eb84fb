"""Vietnamese text made comparable (FORMS.md, "Text").

`nfc` is what is stored and shown; `fold` is what is compared: it must never be shown to anyone.
"""

import unicodedata

_PLAIN = (("đ", "d"), ("Đ", "d"), ("ð", "d"), ("Ð", "d"), ("\u00a0", " "))  # ð/Ð: look-alikes typed for đ/Đ
_VIETNAMESE_MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"


def nfc(text: str) -> str:
    """Canonical composition: 40 of 466 accented cells of a real list were not NFC."""
    return unicodedata.normalize("NFC", text)


def squeeze(text: str) -> str:
    """NFC with every run of white space, line ends included, as one space, and none at the ends."""
    return " ".join(nfc(text).split())


def fold(text: str) -> str:
    """Marks stripped, đ as d, lower case, white space collapsed: "Tờ  TRÌNH" becomes "to trinh"."""
    if text.isascii():
        return " ".join(text.lower().split())
    for written, plain in _PLAIN:
        text = text.replace(written, plain)
    return " ".join(_bare(unicodedata.normalize("NFKD", text)).casefold().split())


def _bare(decomposed: str) -> str:
    """Without marks. Folding is a good part of reading a message, so the common case is done without looking at each
    character: where all that is not ASCII is a mark of Vietnamese, ASCII is what is left."""
    ascii_alone = decomposed.encode("ascii", "ignore")
    marks = sum(map(decomposed.count, _VIETNAMESE_MARKS))
    if len(ascii_alone) + marks == len(decomposed):
        return ascii_alone.decode("ascii")
    return "".join([char for char in decomposed if not unicodedata.combining(char)])
