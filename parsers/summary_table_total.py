"""What a total says: "Tổng cộng: 05 sáng kiến", in a row of the table or on a line under it."""

import re
from collections.abc import Sequence

from dossier.folding import fold

_TOTAL = re.compile(
    r"(?:tong cong|tong so)\b|tong (?:gia tri|tien|kinh phi|muc)\b|toan (?:don vi|nganh|cong doan)\W*\d|"
    r"(?:tong cac|cong|tong)\b(?=\s*(?:$|[:(=\d–-]|so\b|co\b|la\b|\S+ kien))"
)
_COUNT = re.compile(r"(?<![\d.,/])(\d{1,4})(?![\d.,/]*\d)(?!\s*(?:nghin|ngan|trieu|ty|dong|d|%|vnd)\b)")
_LINE = re.compile(r"\W*(?:(?:tong cong|tong so|cong)\b|(?:danh sach|bang)(?: nay)? (?:co|gom)\b)")
_LONGEST_LINE = 120


def is_total(folded: str) -> bool:
    """Whether a folded cell begins as a total does."""
    return _TOTAL.match(folded) is not None


def stated_total(texts: Sequence[str], nouns: Sequence[str]) -> int | None:
    """The number of initiatives that a total speaks of, not its sums of money. `nouns`: what they are called."""
    noun = "|".join(map(re.escape, nouns))
    named = re.compile(rf"(?<![\d.,/])(\d{{1,4}})\s*(?:\([^()]{{0,30}}\)\s*)?(?:[a-z]+ ){{0,2}}(?:{noun})\b")
    folded_texts = [fold(text) for text in texts]
    for folded in folded_texts:
        if (found := named.search(folded)) is not None:
            return int(found[1])
    for folded in folded_texts:
        found = _COUNT.search(folded)
        if found is not None and (is_total(folded) or _COUNT.fullmatch(folded)):
            return int(found[1])
    return None


def total_on_line(text: str, nouns: Sequence[str]) -> int | None:
    """The number that a line under a table gives: "(Tổng cộng: 05 sáng kiến)", "Danh sách này có 05 sáng kiến"."""
    if len(text) > _LONGEST_LINE or _LINE.match(fold(text)) is None:
        return None
    return stated_total([text], nouns)
