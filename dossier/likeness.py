"""How alike two texts or two tables are: for copies in one message and for a table that would replace another.

Tables come from outside, so the work is bounded: long texts are compared by their beginning, and between very many
rows not every pair is tried, which at worst puts a copy before a person.
"""

import re
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
SAME_NAME = 0.9
"""Two names of one person, one of them retyped."""
_BETWEEN_NAMES = re.compile(r"[\n,;/&]")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_COMPARED = 160
"""Characters that near likeness is told by."""
_COMPARISONS = 1_000
"""Of unequal texts of two tables; copies in the same order need one for each row."""


def bare(text: str) -> str:
    """What is left for comparing: folded letters and digits, words parted by one space."""
    return _BETWEEN_WORDS.sub(" ", fold(text)).strip()


def alike(one: str, other: str, threshold: float) -> bool:
    """Whether two `bare` texts are at least `threshold` (0 to 1) the same."""
    if one == other or threshold >= 1:
        return one == other
    matcher = SequenceMatcher(None, one[:_COMPARED], other[:_COMPARED], autojunk=False)
    return (
        matcher.real_quick_ratio() >= threshold and matcher.quick_ratio() >= threshold and matcher.ratio() >= threshold
    )


def titles(document: Document) -> tuple[str, ...]:
    """The `bare` titles of a table's initiatives, blank ones left out."""
    return _titles(rows_of(document))


def shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many texts of `one` have a like of their own in `other`; equal ones are matched first."""
    return _matched([(text,) for text in one], [(text,) for text in other], SAME_TITLE)


def same_initiatives(older: Document, newer: Document) -> bool:
    """Whether the newer table may stand for the older one: it shares enough initiatives with it."""
    old, new = titles(older), titles(newer)
    if not old:
        return True
    return bool(new) and shared(old, new) >= FEW * min(len(old), len(new))


def tells_of_others(described: Sequence[Row], held: Sequence[Row]) -> bool:
    """Whether what describes initiatives tells of one that no table holds.

    One is known by its title or, where it is the only one, by one of its authors: titles are retyped freely. Several in
    one file may be of one author, so their titles alone count.
    """
    own, told = _titles(described), _titles(held)
    missing = [title for title in own if not any(alike(title, other, SAME_TITLE) for other in told)]
    if len(own) != 1 or not missing:
        return bool(missing)
    known = _names(held)
    return not any(alike(name, other, SAME_NAME) for name in _names(described) for other in known)


def rows_of(*documents: Document) -> tuple[Row, ...]:
    """The initiatives of their tables."""
    return tuple(row for document in documents if document.table for row in document.table.rows)


def _titles(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(title for row in rows if (title := bare(row.cells.get(TITLE, ""))))


def _names(rows: Sequence[Row]) -> list[str]:
    """`bare` names of authors, those of several apart."""
    cells = (part for row in rows for part in _BETWEEN_NAMES.split(row.cells.get(AUTHOR, "")))
    return [name for part in cells if " " in (name := bare(part))]


def same_rows(one: Sequence[Row], other: Sequence[Row], by_ocr: bool) -> bool:
    """Whether two copies hold the same number of initiatives with the same titles and authors, in any order."""
    if len(one) != len(other):
        return False
    threshold = READ_ALIKE if by_ocr else 1.0
    return _matched([_key(row) for row in one], [_key(row) for row in other], threshold) == len(one)


def _key(row: Row) -> tuple[str, ...]:
    return bare(row.cells.get(TITLE, "")), bare(row.cells.get(AUTHOR, ""))


def _matched(one: Sequence[tuple[str, ...]], other: Sequence[tuple[str, ...]], threshold: float) -> int:
    """How many of `one` find a partner of their own in `other`, every text of it alike."""
    equal = Counter(one) & Counter(other)
    rest = list((Counter(one) - equal).elements())
    candidates = list((Counter(other) - equal).elements())
    found = equal.total()
    left = _COMPARISONS if threshold < 1 else 0
    for key in rest:
        for place, other_key in enumerate(candidates[:left]):
            left -= 1
            if _all_alike(key, other_key, threshold):
                del candidates[place]
                found += 1
                break
    return found


def _all_alike(one: tuple[str, ...], other: tuple[str, ...], threshold: float) -> bool:
    return all(alike(text, other_text, threshold) for text, other_text in zip(one, other, strict=True))
