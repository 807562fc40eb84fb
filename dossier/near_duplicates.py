"""An initiative much like another: twice in one table, or sent by another union of the campaign before.

Told by title and summary, whatever their marks, case and order of words. Every finding of it is a warning: two unions
may well have had the same idea, and only a person can tell.
"""

import hashlib
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dossier.campaign import SUMMARY, TITLE
from dossier.findings import BETWEEN_UNIONS, NEAR_DUPLICATE, WITHIN_DOSSIER, finding
from dossier.likeness import SAME_TITLE, alike, bare
from dossier.model import Document, Finding, Kind, Row

MARKS = 7
"""At most so many of one initiative: its title's words, and the bands of title and summary."""

_SAME_TEXT = 0.8
"""Of two summaries: copied, with a word changed here and there."""
_SAME_SUBJECT = 0.4
"""Of the summaries of two initiatives with one title."""
_RELATED = 0.5
_MISREAD, _NEARLY = 0.92, 0.7
"""Of the letters of two titles, and of their words: one was typed or read with faults."""
_SAME_WORDS = 0.9
"""Of two summaries in another order."""
_TELLING_TITLE, _TELLING_SUMMARY = 5, 12
"""Words from which a title or a summary alone tells an initiative."""
_FEW_WORDS = 5
_MOST_TITLE, _MOST_SUMMARY = 60, 400
"""Words that are compared."""
_LONGEST = 4_000
"""Characters of a cell that are looked at."""
_BANDS, _ROWS = 3, 3
_EVERY_PAIR = 400
"""Rows up to which every one is compared with every other; in a longer table only those with the same words."""


@dataclass(frozen=True, slots=True)
class Gist:
    """What an initiative is compared by: folded words."""

    title: tuple[str, ...]
    summary: tuple[str, ...]

    @classmethod
    def of(cls, cells: Mapping[str, str]) -> "Gist":
        """Of the cells of a row, by column key."""
        return cls(
            tuple(bare(cells.get(TITLE, "")[:_LONGEST]).split()[:_MOST_TITLE]),
            tuple(bare(cells.get(SUMMARY, "")[:_LONGEST]).split()[:_MOST_SUMMARY]),
        )


@dataclass(frozen=True, slots=True)
class Sent:
    """An initiative of another union that is on record."""

    union: str
    """Roster code."""
    dossier: str
    """Dossier code."""
    row: int
    title: str
    """As written."""
    gist: Gist


# --- Comparing ----------------------------------------------------------------------------------------------------


def likeness(one: Gist, other: Gist) -> float:
    """0 where they are two initiatives; else how alike they are, up to 1."""
    title = _title_likeness(one.title, other.title)
    summary = _summary_likeness(one.summary, other.summary)
    if summary is None:
        return title if title >= SAME_TITLE else 0.0
    both = (title + summary) / 2
    if title >= SAME_TITLE and summary >= _SAME_SUBJECT:
        return both
    if title == 1 and len(one.title) >= _TELLING_TITLE:
        return both
    copied = summary >= _SAME_TEXT and min(len(one.summary), len(other.summary)) >= _TELLING_SUMMARY
    return both if copied else 0.0


def _title_likeness(one: Sequence[str], other: Sequence[str]) -> float:
    by_words = _shared(one, other)
    if by_words >= SAME_TITLE or by_words < _NEARLY:
        return by_words
    return SAME_TITLE if alike(" ".join(one), " ".join(other), _MISREAD) else by_words


def _summary_likeness(one: Sequence[str], other: Sequence[str]) -> float | None:
    """None where one of them says too little to be compared."""
    if min(len(one), len(other)) < _FEW_WORDS:
        return None
    in_order, by_words = _shared(tuple(pairwise(one)), tuple(pairwise(other))), _shared(one, other)
    return max(in_order, by_words if by_words >= _SAME_WORDS else 0.0)


def _shared(one: Sequence[object], other: Sequence[object]) -> float:
    """Part of both that is the same, repeats counted, in any order (Dice)."""
    if not one or not other:
        return 0.0
    left: dict[object, int] = {}
    for each in one:
        left[each] = left.get(each, 0) + 1
    found = 0
    for each in other:  # a Counter says it in one line, in twice the time: this is most of what a check takes
        if count := left.get(each, 0):
            left[each] = count - 1
            found += 1
    return 2 * found / (len(one) + len(other))


# --- Finding candidates among many --------------------------------------------------------------------------------


def marks(campaign: str, gist: Gist) -> tuple[int, ...]:
    """Signed 64-bit numbers, by which initiatives that may be alike are looked up: like ones share one at least.

    One is of the title's words as a set; the others are bands of a minhash over the title's words and the summary's
    pairs of words. All marks of a campaign (its key) lie close together, so that an index has them close together.
    """
    prefix = hashlib.blake2b(campaign.encode(), digest_size=2).digest()
    kept: list[bytes] = []
    if gist.title:
        kept.append(b"t" + " ".join(sorted(gist.title)).encode())
        kept += _bands(b"b", {word.encode() for word in gist.title})
    if len(gist.summary) >= _TELLING_SUMMARY:
        kept += _bands(b"s", {" ".join(pair).encode() for pair in pairwise(gist.summary)})
    digests = (prefix + hashlib.blake2b(text, digest_size=6).digest() for text in kept)
    return tuple(dict.fromkeys(int.from_bytes(digest, signed=True) for digest in digests))


def _bands(name: bytes, shingles: Iterable[bytes]) -> list[bytes]:
    """The least of each of nine hashes, three to a band; one digest of a shingle gives them all."""
    size = _BANDS * _ROWS
    unpack = struct.Struct(f">{size}I").unpack
    least = [min(column) for column in zip(*(unpack(_hash(shingle, 4 * size)) for shingle in shingles), strict=True)]
    return [
        name + bytes([band]) + struct.pack(f">{_ROWS}I", *least[band * _ROWS : (band + 1) * _ROWS])
        for band in range(_BANDS)
    ]


def _hash(text: bytes, size: int) -> bytes:
    return hashlib.blake2b(text, digest_size=size).digest()


# --- Findings -----------------------------------------------------------------------------------------------------


def repeated_initiatives(in_force: Mapping[Kind, Document]) -> tuple[Finding, ...]:
    """Of the table that counts."""
    document = in_force.get(Kind.SUMMARY_TABLE)
    table = document.table if document is not None else None
    return () if document is None or table is None else twice_in_table(document.file, table.rows)


def twice_in_table(file: str, rows: Sequence[Row]) -> tuple[Finding, ...]:
    """One for each initiative of a table that is much like one above it."""
    gists = [Gist.of(row.cells) for row in rows]
    repeated = ((place, _first_like(gists, place, above)) for place, above in _related_above(gists))
    return tuple(_twice(file, place, first, rows) for place, first in repeated if first is not None)


def _related_above(gists: Sequence[Gist]) -> Iterator[tuple[int, list[int]]]:
    """Each place with those above it whose titles share words; in a long table, those with the same ones."""
    words = [frozenset(gist.title) for gist in gists]
    same: dict[frozenset[str], list[int]] = {}
    for place, here in enumerate(words):
        if len(gists) > _EVERY_PAIR:
            above = same.setdefault(here, [])
            yield place, above[:1]
            above.append(place)
        else:
            yield place, [other for other in range(place) if _related(words[other], here)]


def _related(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether half of the words are the same: within one table copied text alone may be a form of words."""
    return bool(one) and 2 * len(one & other) >= _RELATED * (len(one) + len(other))


def _first_like(gists: Sequence[Gist], place: int, above: Iterable[int]) -> int | None:
    return next((other for other in above if likeness(gists[other], gists[place]) > 0), None)


def _twice(file: str, place: int, first: int, rows: Sequence[Row]) -> Finding:
    title = rows[first].cells.get(TITLE, "")
    values = {"scope": WITHIN_DOSSIER, "title": title, "row": str(first + 1)}
    return finding(NEAR_DUPLICATE, document=file, row=place + 1, detail=title, values=values)


def sent_before(file: str, row: int, gist: Gist, candidates: Iterable[Sent]) -> Finding | None:
    """The finding on the initiative in that row, naming the one of another union that it is most like."""
    scored = [(likeness(gist, one.gist), one) for one in candidates]
    alike_ones = [(score, one) for score, one in scored if score > 0]
    if not alike_ones:
        return None
    _, closest = max(alike_ones, key=lambda each: (each[0], each[1].dossier, -each[1].row))
    values = {
        "scope": BETWEEN_UNIONS,
        "title": closest.title,
        "union": closest.union,
        "dossier": closest.dossier,
        "row": str(closest.row),
    }
    return finding(NEAR_DUPLICATE, document=file, row=row, detail=closest.title, values=values)
