"""How many initiatives a memo speaks of: "gồm 05 sáng kiến", "03 (ba) sáng kiến", "mười hai sáng kiến" (FORMS.md)."""

import re
from dataclasses import dataclass

from dossier.campaign import Campaign
from dossier.folding import squeeze
from parsers.columns import initiative_nouns
from parsers.wording import plain

_UNITS = {
    "một": 1,
    "mốt": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
_TEN = frozenset({"mười", "mươi"})
_WORD = "|".join((*_UNITS, *_TEN))
"""With their marks: without them "từ" (from) would be "tư" (four), and "sau" (after) "sáu" (six)."""
_DIGITS = re.compile(r"(?<![\w.,/-])(\d{1,3})(?![.,]\d)(?:\s*\([^()]{1,30}\))?$")
_WORDS = re.compile(rf"(?<!\w)((?:{_WORD})(?:\s(?:{_WORD})){{0,2}})(?:\s*\(\s*\d{{1,3}}\s*\))?$")
_BETWEEN = re.compile(r"(?:(?:^|\s)(?:ho so|ban|noi dung|de tai|y tuong|giai phap|cac)\s*,?)+$")
_QUOTED = re.compile(r"[“\"«][^“”\"«»]{0,300}[”\"»]")
_CHOSEN = re.compile(
    r"\b(?:xet chon|lua chon|chon|gioi thieu|de nghi|trinh|gui|dang ky|de xuat|tong hop|bao gom|gom|tong so|tong cong|"
    r"danh sach)\b"
)
_NOT_THESE = re.compile(
    r"\b(?:it nhat|toi thieu|toi da|tren|hon|duoi|khoang|binh quan|moi|moi nam|phan dau|chi tieu|khong qua|nam truoc)"
    r"\s*(?:la |co )?$"
)
_PART = re.compile(r"\b(?:trong do|trong so do|bao gom ca|thuoc|linh vuc)\b[^.;:]*$")
_SO_FAR = 100
"""Characters before an initiative that tell how many there are."""
_LISTED = 2
_LONGEST_BODY = 50_000


@dataclass(frozen=True, slots=True)
class _Candidate:
    count: int
    weight: int
    place: int


def stated_count(body: str, campaign: Campaign) -> int | None:
    """The number that the body gives for the initiatives it brings; None where it gives none.

    Numbers of the programme's name, of targets ("ít nhất 01 sáng kiến") and of parts ("trong đó 02 …") do not count.
    """
    text = _QUOTED.sub(" ", squeeze(body[:_LONGEST_BODY]).lower())
    nouns = "|".join(map(re.escape, initiative_nouns(campaign)))
    folded = plain(text)
    counted = [_counted(text, folded, found.start()) for found in re.finditer(rf"\b(?:{nouns})\b", folded)]
    listed = [
        _Candidate(int(found[1]), _LISTED, found.start())
        for found in re.finditer(
            rf"\bso (?:luong )?(?:{nouns})\b[^.;\d]{{0,40}}?(?::|\bla\b)\s*(\d{{1,3}})\b(?![.,/]\d)", folded
        )
    ]
    candidates = [candidate for candidate in (*counted, *listed) if candidate is not None and candidate.count]
    best = min(candidates, key=lambda candidate: (-candidate.weight, candidate.place), default=None)
    return None if best is None else best.count


def _counted(text: str, folded: str, noun: int) -> _Candidate | None:
    """What is counted by the number before a noun; None where no number stands there."""
    start = max(0, noun - _SO_FAR)
    end = noun - len(folded[start:noun]) + len(folded[start:noun].rstrip())
    between = _BETWEEN.search(folded[start:end])
    if between is not None:
        end = start + len(folded[start : start + between.start()].rstrip())
    digits, words = _DIGITS.search(folded[start:end]), _WORDS.search(text[start:end])
    found = digits or words
    if found is None:
        return None
    count = int(found[1]) if digits is not None else _from_words(found[1])
    before = folded[start : start + found.start()].rstrip("( ")
    if _NOT_THESE.search(before):
        return None
    chosen = _CHOSEN.search(before) is not None
    if words is not None and digits is None and count == 1 and not chosen:
        return None  # "một sáng kiến hay": an article, and no count
    return _Candidate(count, chosen - (_PART.search(before) is not None) * _LISTED, start + found.start())


def _from_words(words: str) -> int:
    """2 for "hai", 12 for "mười hai", 21 for "hai mươi mốt"."""
    total = 0
    for word in words.split():
        total = (total or 1) * 10 if word in _TEN else total + _UNITS[word]
    return total
