"""How alike two texts or two tables are: for copies in one message and for a table that would replace another."""

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from dossier.campaign import AUTHOR, TITLE
from dossier.folding import fold
from dossier.model import Document, Row

READ_ALIKE = 0.8
"""Two readings of one printed text, one of them by OCR."""
SAME_TITLE = 0.85
"""Two titles of one initiative, retyped or corrected."""
FEW = 0.5
"""A table that shares less than this part of the shorter one's initiatives is another table."""


def bare(text: str) -> str:
    """What is left for comparing: folded letters and digits, words parted by one space."""
    return " ".join("".join(char if char.isalnum() else " " for char in fold(text)).split())


def alike(one: str, other: str, threshold: float) -> bool:
    """Whether two `bare` texts are at least `threshold` (0 to 1) the same."""
    if one == other:
        return True
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return (
        matcher.real_quick_ratio() >= threshold and matcher.quick_ratio() >= threshold and matcher.ratio() >= threshold
    )


def titles(document: Document) -> tuple[str, ...]:
    """The `bare` titles of a table's initiatives, blank ones left out."""
    rows = document.table.rows if document.table else ()
    return tuple(title for row in rows if (title := bare(row.cells.get(TITLE, ""))))


def shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many texts of `one` have a like of their own in `other`; equal ones are matched first."""
    exact = Counter(one) & Counter(other)
    rest_one = list((Counter(one) - exact).elements())
    rest_other = list((Counter(other) - exact).elements())
    found = exact.total()
    for text in rest_one:
        match = next((index for index, candidate in enumerate(rest_other) if alike(text, candidate, SAME_TITLE)), None)
        if match is not None:
            del rest_other[match]
            found += 1
    return found


def same_initiatives(older: Document, newer: Document) -> bool:
    """Whether the newer table may stand for the older one: it shares enough initiatives with it."""
    old, new = titles(older), titles(newer)
    if not old:
        return True
    return bool(new) and shared(old, new) >= FEW * min(len(old), len(new))


def same_rows(one: Sequence[Row], other: Sequence[Row], by_ocr: bool) -> bool:
    """Whether two copies hold the same number of initiatives with the same titles and authors, in any order."""
    if len(one) != len(other):
        return False
    rest = [_key(row) for row in other]
    threshold = READ_ALIKE if by_ocr else 1.0
    for title, author in (_key(row) for row in one):
        match = next(
            (i for i, (t, a) in enumerate(rest) if alike(title, t, threshold) and alike(author, a, threshold)), None
        )
        if match is None:
            return False
        del rest[match]
    return True


def _key(row: Row) -> tuple[str, str]:
    return bare(row.cells.get(TITLE, "")), bare(row.cells.get(AUTHOR, ""))
