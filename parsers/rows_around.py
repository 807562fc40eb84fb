"""Rows that are no initiatives and say something of those under them: a section with a number, an author over them."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from dossier.campaign import AUTHOR, NO
from parsers.cell_kinds import is_person
from parsers.header_likeness import speaks_of
from parsers.summary_table_header import Header
from parsers.summary_table_rows import View
from parsers.wording import is_arabic_ordinal, letters_of

_LONGEST_LABEL = 60
_MOST_OF_A_SECTION = 1
"""Cells with text beside its number."""
_PARTS = re.compile(r"\d+")
_LEAST_AGAIN = 3
"""Columns that are headed twice before it is two tables side by side."""


def told_over(row: View, *, before: bool) -> tuple[str, str] | None:
    """Label and author of a row over the whole width: "Tác giả: …", where no column holds authors.

    `before`: such rows have named people before; then whoever this one names takes their place.
    """
    if AUTHOR in row.header.keys or len(row.content) != 1 or row.width * 2 < len(row.header.leaves):
        return None
    label, colon, text = row.content[0].text.partition(":")
    if (
        not colon
        or len(label) > _LONGEST_LABEL
        or not speaks_of(label, AUTHOR)
        or not (before or is_person(text.strip()))
    ):
        return None
    return label.strip(), text.strip()


def numbered_sections(rows: Sequence[Mapping[str, str]]) -> frozenset[int]:
    """Places of rows that are sections: "1 | Khối nghiệp vụ", under which the initiatives count 1.1, 1.2."""
    found = set()
    for place, (row, following) in enumerate(pairwise(rows)):
        number, below = row.get(NO, ""), following.get(NO, "")
        if not (is_arabic_ordinal(number) and is_arabic_ordinal(below)):
            continue
        others = sum(bool(text) for key, text in row.items() if key != NO)
        own, parts = _PARTS.findall(number), _PARTS.findall(below)
        if others <= _MOST_OF_A_SECTION and len(parts) == len(own) + 1 and list(map(int, parts)) == [*map(int, own), 1]:
            found.add(place)
    return frozenset(found)


def is_headed_twice(header: Header) -> bool:
    """Whether the same labels stand twice in one row of headers: two tables side by side."""
    labels = [letters_of(leaf.label) for leaf in header.leaves if leaf.label]
    return len(labels) - len(set(labels)) >= _LEAST_AGAIN
