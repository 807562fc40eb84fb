"""Which union a written name means: whole names and aliases of the roster, never a place alone (FORMS.md, "Mail").

*Thống Nhất* is a hospital and a district health centre: a name counts only as a whole, and only where one union has it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dossier.campaign import Roster, Union
from dossier.folding import fold
from dossier.likeness import alike

ABBREVIATIONS: Mapping[str, str] = {
    "bv": "benh vien",
    "bvdk": "benh vien da khoa",
    "bvdkkv": "benh vien da khoa khu vuc",
    "bvdkt": "benh vien da khoa tinh",
    "bvqt": "benh vien quoc te",
    "cc": "chi cuc",
    "cdyt": "cao dang y te",
    "cp": "co phan",
    "cty": "cong ty",
    "dh": "dai hoc",
    "dk": "da khoa",
    "dkkv": "da khoa khu vuc",
    "kv": "khu vuc",
    "pk": "phong kham",
    "pkdk": "phong kham da khoa",
    "ql": "quan ly",
    "syt": "so y te",
    "tp": "thanh pho",
    "tt": "trung tam",
    "ttyt": "trung tam y te",
    "tx": "thi xa",
    "vp": "van phong",
    "yduoc": "y duoc",
    "yhct": "y hoc co truyen",
    "ydct": "y duoc co truyen",
    "yt": "y te",
}
"""General abbreviations of the sector, folded; a union's own belong into its aliases."""

_LEVELS = frozenset({"huyen", "tinh", "quan"})
_LEVEL_PAIRS = frozenset({("thanh", "pho"), ("thi", "xa"), ("thi", "tran")})
_ISSUER = re.compile(
    r"(?:ban chap hanh|bch|ban thuong vu|btv|cong doan co so|cong doan|cdcs|cd)(?: thanh vien)?(?= |$)"
)
_GENERIC_PHRASES = (
    "benh vien da khoa khu vuc tu nhan quoc te",
    "trung tam y te",
    "chi cuc van phong so co quan don vi phong kham",
    "cong ty co phan trach nhiem huu han",
    "truong cao dang dai hoc",
)
_GENERIC = frozenset(word for phrase in _GENERIC_PHRASES for word in phrase.split())
"""Words that tell what a body is, not which one."""
_TYPING_SLIP = 0.9
_UBIQUITOUS = 3
"""A place that ends so many names tells nothing."""
_WORDS_WITH_INITIALS = 4
_SHORTEST_IN_TEXT = 3
"""Words of the shortest name that is looked for in running text."""


def words(name: str) -> tuple[str, ...]:
    """A name made comparable: folded, without the union's own prefix, abbreviations written out."""
    text = " ".join("".join(char if char.isalnum() else " " for char in fold(name)).split())
    while match := _ISSUER.match(text):
        text = text[match.end() :].strip()
    return tuple(" ".join(ABBREVIATIONS.get(word, word) for word in text.split()).split())


def without_levels(name: Sequence[str]) -> tuple[str, ...]:
    """Without the words for the level of administration: "trung tâm y tế thành phố Biên Hòa" is "… y tế Biên Hòa"."""
    kept: list[str] = []
    for word in name:
        if kept and (kept[-1], word) in _LEVEL_PAIRS:
            kept.pop()
        elif word not in _LEVELS:
            kept.append(word)
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class NameIndex:
    """The names of a roster, ready to be asked."""

    owners: Mapping[tuple[str, ...], frozenset[str]]
    """Name → codes of the unions that bear it; more than one: it tells nothing."""
    ubiquitous: tuple[str, ...]
    """The place at the end of most names ("đồng nai"), which may be left out or added; () where there is none."""

    def union_of(self, written: str) -> str | None:
        """Roster code of the one union that `written` names as a whole; None where none or several could be meant."""
        for name in _forms(words(written), self.ubiquitous):
            codes = self.owners.get(name, frozenset())
            if codes:
                return next(iter(codes)) if len(codes) == 1 else None
        return None

    def unions_in(self, text: str) -> frozenset[str]:
        """Codes of the unions whose whole name stands in running text; the longest name at a place counts."""
        found: set[str] = set()
        here = without_levels(words(text))
        longest = max((len(name) for name in self.owners), default=0)
        start = 0
        while start < len(here):
            for length in range(min(longest, len(here) - start), _SHORTEST_IN_TEXT - 1, -1):
                codes = self.owners.get(here[start : start + length])
                if codes is not None and len(codes) == 1:
                    found |= codes
                    start += length - 1
                    break
            start += 1
        return frozenset(found)


@lru_cache(maxsize=16)  # a roster is a value and so is its index: asked for with every message, made once
def index_of(roster: Roster) -> NameIndex:
    """Every name and alias of the roster in the forms people write, with those that two unions share told apart."""
    place = _ubiquitous_place(roster.unions)
    owners: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for union in roster.unions:
        for name in (union.name, *union.aliases):
            for form in _forms(words(name), ()):
                owners[form].add(union.code)
    shorter = [(form, union.code) for union in roster.unions for form in _shorter_forms(union, place, owners)]
    for form, code in shorter:
        owners[form].add(code)
    return NameIndex({name: frozenset(codes) for name, codes in owners.items() if name}, place)


def _shorter_forms(
    union: Union, place: tuple[str, ...], owners: Mapping[tuple[str, ...], set[str]]
) -> Iterable[tuple[str, ...]]:
    """The name without the ubiquitous place, where no other union's name begins so; and its initials."""
    full = words(union.name)
    levelled = without_levels(full)
    short = _without_end(levelled, place)
    others = (name for name, codes in owners.items() if codes != {union.code})
    if short != levelled and not any(name[: len(short)] == short for name in others):
        yield short
    for name in {full, levelled}:
        initials = ("".join(word[0] for word in name),)
        if len(name) >= _WORDS_WITH_INITIALS and initials not in owners:
            yield initials


def _forms(name: tuple[str, ...], place: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """As written, without levels, and without the ubiquitous place behind it; each once."""
    shorter = _without_end(without_levels(name), place)
    return tuple(dict.fromkeys(form for form in (name, without_levels(name), shorter) if form))


def _without_end(name: tuple[str, ...], end: tuple[str, ...]) -> tuple[str, ...]:
    return name[: -len(end)] if end and len(name) > len(end) and name[-len(end) :] == end else name


def _ubiquitous_place(unions: Iterable[Union]) -> tuple[str, ...]:
    ends = Counter(words(union.name)[-2:] for union in unions)
    end, times = max(ends.items(), key=lambda item: item[1], default=((), 0))
    return end if times >= _UBIQUITOUS else ()


def resembles(written: str, union: Union) -> bool | None:
    """Whether a name that is nobody's may still be this union's, for a memo from an address known to be the union's.

    True: a slip in typing or reading, a shortened name, or no name at all. False: it names another body. None: unclear.
    """
    here = words(written)
    telling = {word for word in without_levels(here) if word not in _GENERIC}
    if not telling:
        return True
    names = [without_levels(words(name)) for name in (union.name, *union.aliases)]
    if any(alike(" ".join(without_levels(here)), " ".join(name), _TYPING_SLIP) for name in names):
        return True
    own = {word for name in names for word in name}
    if telling <= own:
        return True
    return None if telling & own else False
