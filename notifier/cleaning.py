"""Received text made fit for a header or a line of a letter (FAULTS.md 25, 30, 39).

A decoded header can hold a line feed (`=?UTF-8?Q?x=0ABcc:…?=`), a file name a right-to-left mark: nothing from outside
reaches a header, a subject or a plain text letter without passing here.
"""

import re
import unicodedata
from collections.abc import Iterable

from dossier.folding import nfc

_MESSAGE_ID = re.compile(r"<[!-;=?-~]+@[!-;=?-~]+>")  # printable ASCII but < and >, as RFC 5322 3.6.4 means it
_MESSAGE_ID_LIMIT = 250
"""Longer ones are dropped: a header line must stay under 998 characters (RFC 5322, 2.1.1) whatever comes in."""
_REFERENCES_LIMIT = 10
_ANSWER_PREFIX = re.compile(r"^(?:(?:re|fwd?|tr|aw|sv|trả lời|chuyển tiếp)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)

_ELLIPSIS = "…"
# Other, format, surrogate, private and unassigned characters: invisible, or able to turn the line around.
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SPACES = frozenset({"Zl", "Zp", "Zs"})


def _char(char: str) -> str:
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category in _SPACES:
        return " "
    return "" if category in _DROPPED else char


def one_line(text: str, limit: int = 300) -> str:
    """`text` in NFC on one line: no control, format or unassigned character, white space collapsed, at most `limit`
    characters, the last of them an ellipsis where something was cut."""
    cut_early = text[: limit * 8 + 64]  # nobody makes us normalise a megabyte of a hostile name
    cleaned = " ".join("".join(map(_char, nfc("".join(map(_char, cut_early))))).split())
    if len(cleaned) <= limit and len(cut_early) == len(text):
        return cleaned
    return cleaned[: limit - 1].rstrip() + _ELLIPSIS


def answered_subject(subject: str, limit: int = 60) -> str:
    """The subject that is answered, cleaned, without its own "Re:", "Fwd:", "Trả lời:"."""
    return _ANSWER_PREFIX.sub("", one_line(subject, limit))


def message_id(value: str | None) -> str | None:
    """A received Message-ID as it may stand in In-Reply-To, or None where it is not shaped like one."""
    if value is None:
        return None
    found = value.strip()
    return found if len(found) <= _MESSAGE_ID_LIMIT and _MESSAGE_ID.fullmatch(found) else None


def references(earlier: Iterable[str], answered: str | None) -> tuple[str, ...]:
    """References of the answer (RFC 5322, 3.6.4): the earlier ones and the answered one, each once; of a long thread
    the first and the last nine, since the first names the thread and the last the place in it."""
    kept = [found for value in earlier if (found := message_id(value)) is not None and found != answered]
    chain = list(dict.fromkeys(kept)) + ([answered] if answered is not None else [])
    return tuple(chain if len(chain) <= _REFERENCES_LIMIT else chain[:1] + chain[1 - _REFERENCES_LIMIT :])
