"""Cells over the answers of forms side by side that only number the initiatives: "SK 1", "Sáng kiến thứ 2"."""

from parsers.columns import ColumnNames
from parsers.wording import words_of

_LONGEST = 40
_COUNTING = frozenset(("so", "thu", "no"))


def numbers_initiative(text: str, names: ColumnNames) -> bool:
    """Whether a text is what an initiative is called, or its initials, with a number: no answer to any question."""
    words = words_of(text) if len(text) <= _LONGEST else ()
    digits = [word for word in words if word.isdigit()]
    called = tuple(word for word in words if not word.isdigit() and word not in _COUNTING)
    if len(digits) != 1 or not called:
        return False
    initials = {("".join(word[0] for word in noun),) for noun in names.nouns}
    return called in names.nouns or called in initials
