"""What two initiatives that are much alike say differently, column by column and word by word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from dossier.likeness import bare

OPEN, CLOSE = "[", "]"
"""Around words that stand on one side alone."""
_MOST_WORDS = 600
"""Of one cell that are compared; longer ones are only told to differ."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One column of both."""

    key: str
    one: str
    other: str
    """As written, words that the other does not have between OPEN and CLOSE."""
    same: bool
    """But for marks, case, spaces and punctuation."""


def differences(one: Mapping[str, str], other: Mapping[str, str], keys: Sequence[str]) -> tuple[Difference, ...]:
    """Of the columns in `keys` that one of them fills in."""
    found = []
    for key in keys:
        left, right = one.get(key, "").strip(), other.get(key, "").strip()
        if left or right:
            same = bare(left) == bare(right)
            found.append(Difference(key, *((left, right) if same else _marked(left, right)), same))
    return tuple(found)


def _marked(one: str, other: str) -> tuple[str, str]:
    left, right = one.split(), other.split()
    if max(len(left), len(right)) > _MOST_WORDS or not left or not right:
        return one, other
    folded = [bare(word) for word in left], [bare(word) for word in right]
    matcher = SequenceMatcher(None, *folded, autojunk=False)
    left_out, right_out = list[str](), list[str]()
    for tag, start, end, from_, to in matcher.get_opcodes():
        left_out += _between(left[start:end], told=tag == "equal")
        right_out += _between(right[from_:to], told=tag == "equal")
    return " ".join(left_out), " ".join(right_out)


def _between(words: list[str], *, told: bool) -> list[str]:
    return words if told or not words else [f"{OPEN}{' '.join(words)}{CLOSE}"]
