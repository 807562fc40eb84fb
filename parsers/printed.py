"""Text as people see it: NFC, without the characters that print nothing and only break comparison."""

import re

from dossier.folding import nfc

_SOFT_HYPHEN = "\u00ad"
_INVISIBLE = re.compile("[\u0000-\u0008\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_LINE_ENDS = re.compile("\r\n?|[\u000b\u000c\u0085\u2028\u2029]")
_BLANKS = re.compile("[ \u00a0\u2000-\u200a\u202f\u205f\u3000]+")


def printed(text: str, *, keep_soft_hyphens: bool = False) -> str:
    """NFC; runs of blanks as one; zero-width, bidirectional and control characters out; tabs and line feeds stay.

    `keep_soft_hyphens`: in a TCVN3 font that code is drawn as the letter ư.
    """
    plain = text.replace("\n", "").replace("\t", "")
    if plain.isprintable() and "  " not in text:  # of what the patterns look for, the blank alone is printable
        return text if text.isascii() else nfc(text)
    if not keep_soft_hyphens:
        text = text.replace(_SOFT_HYPHEN, "")
    return nfc(_BLANKS.sub(" ", _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))))


def printed_lines(text: str, *, keep_soft_hyphens: bool = False) -> list[str]:
    """The lines of a text that have something on them, each without blanks at its ends."""
    if text.isprintable() and "  " not in text:  # one line, as most are
        line = (text if text.isascii() else nfc(text)).strip()
        return [line] if line else []
    lines = printed(text, keep_soft_hyphens=keep_soft_hyphens).split("\n")
    return [line for line in (line.strip() for line in lines) if line]
