"""TCVN3 and VNI: text stored as Latin-1 look-alikes that only its font makes Vietnamese (FORMS.md, "Text").

Not converted here: told, so that a person looks instead of a rule misreading "Tê tr×nh".
"""

import re
from collections.abc import Iterable, Iterator

from parsers.content import Grid, Line, Origin

_FONT = re.compile(r"(?:[A-Z]{6}\+)?(?:\.vn|vn(?:time|arial|helv)|vni[-\s])", re.IGNORECASE)
_FONT_IN_BYTES = re.compile(rb"\.Vn[A-Z][A-Za-z ]{0,20}|VNI-[A-Z][A-Za-z0-9-]{0,20}", re.IGNORECASE)
_LOOK_ALIKES = re.compile("[¡-¿ÄÅ-ÇËÏÑÖ-ØÛ-ßäåæçëïñö-øûü-ÿ]")
"""Latin-1 letters and signs that Unicode Vietnamese does not use, and TCVN3 and VNI cannot do without."""
_UNICODE_VIETNAMESE = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ]")

_IN_WORDS = re.compile(f"(?<=[A-Za-z]){_LOOK_ALIKES.pattern}|{_LOOK_ALIKES.pattern}(?=[a-z])")
_FEW = 10
_SHARE = 0.08
"""Of the letters: some 25 % of a TCVN3 text are look-alikes, 18 % of a VNI one, 2-5 % of a German one."""


def is_legacy_font(name: str) -> bool:
    """By the name of the font; a PDF's "ABCDEF+" before it is allowed for."""
    return bool(_FONT.match(name))


def may_be_legacy(text: str) -> bool:
    """Whether the text could be TCVN3 or VNI: what is plain ASCII or Unicode Vietnamese reads the same in any font."""
    return bool(_LOOK_ALIKES.search(text)) and not _UNICODE_VIETNAMESE.search(text)


def legacy_font_in(data: bytes) -> str | None:
    """The first legacy font that a file of fonts and styles names, in one or two bytes a letter; None where none is."""
    found = _FONT_IN_BYTES.search(data) or _FONT_IN_BYTES.search(data.replace(b"\0", b""))
    return found[0].decode("ascii").strip() if found else None


def legacy_doubt(fonts: set[str], blocks: Iterable[Line | Grid]) -> tuple[str, ...]:
    """The doubt that a document is handed on with: legacy fonts by name, or a text that cannot be anything else.

    A program that lacks the font puts another one into the PDF it writes, and leaves the look-alikes.
    """
    if fonts:
        return (f"legacy font {', '.join(sorted(fonts))}: not converted",)
    text = "".join(_texts(blocks))
    suspect = len(_IN_WORDS.findall(text))
    if suspect < _FEW or suspect < _SHARE * sum(map(str.isalpha, text)):
        return ()
    told = len(_UNICODE_VIETNAMESE.findall(text))
    return () if told * 2 > suspect else ("text of a legacy font: not converted",)


def _texts(blocks: Iterable[Line | Grid]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Line):
            yield block.text
        else:
            yield from (cell.text for row in block.rows for cell in row if cell.origin is Origin.OWN)
