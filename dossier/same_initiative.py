"""Which row of a table is the initiative that a person spoke of, after the table was sent anew or a reading corrected.

Points and decisions are on an initiative, not on a row: rows move, titles are mended. Where nothing is surely the same
the answer is None, and a person looks (P11).
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dossier.likeness import SAME_TITLE, alike, bare


@dataclass(frozen=True, slots=True)
class Known:
    """An initiative as it stood when it was spoken of."""

    row: int
    """Its place in the table, from 1."""
    title: str
    author: str
    content: str
    """`content_digest` of its cells."""


@dataclass(frozen=True, slots=True)
class Match:
    row: int
    changed: bool
    """Something in its cells is other than it was."""


def content_digest(cells: Mapping[str, str]) -> str:
    """Of all cells of a row; marks and case count, where lines end does not."""
    text = "\x1f".join(f"{key}\x1e{' '.join(cells[key].split())}" for key in sorted(cells) if cells[key])
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def locate(wanted: Known, among: Sequence[Known]) -> Match | None:
    """The same title and author, in its row before another one; else the title mended by a letter or two."""
    title, author = bare(wanted.title), bare(wanted.author)
    same = [one for one in among if (bare(one.title), bare(one.author)) == (title, author)]
    if not same:
        like = [one for one in among if alike(bare(one.title), title, SAME_TITLE)]
        same = [one for one in like if one.row == wanted.row]
        if not same:
            same = [one for one in like if bare(one.author) == author]
    found = same[0] if len(same) == 1 else next((one for one in same if one.row == wanted.row), None)
    if found is None:
        return None
    return Match(found.row, found.content != wanted.content)
