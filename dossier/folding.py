"""Vietnamese text made comparable (FORMS.md, "Text").

`nfc` is what is stored and shown; `fold` is what is compared: it must never be shown to anyone.
"""

import unicodedata

_PLAIN = str.maketrans({"đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "\u00a0": " "})  # ð/Ð: look-alikes typed for đ/Đ


def nfc(text: str) -> str:
    """Canonical composition: 40 of 466 accented cells of a real list were not NFC."""
    return unicodedata.normalize("NFC", text)


def squeeze(text: str) -> str:
    """NFC with every run of white space, line ends included, as one space, and none at the ends."""
    return " ".join(nfc(text).split())


def fold(text: str) -> str:
    """Marks stripped, đ as d, lower case, white space collapsed: "Tờ  TRÌNH" becomes "to trinh"."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.casefold().translate(_PLAIN).split())
