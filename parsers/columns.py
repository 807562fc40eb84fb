"""Which column of the campaign a header names. Column names are the campaign's data (FORMS.md, "The summary table").

Closeness is how many letters of the header a column's synonyms cover. What begins the header counts whole, what
comes later half: in Vietnamese the noun that decides comes first ("Hiệu quả của sáng kiến" is about the effect,
"Tóm tắt nội dung sáng kiến" about the content). Equally close matches are decided by the columns' ranks.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dossier.campaign import TITLE, Campaign
from dossier.folding import fold
from parsers.wording import words_of

_ASIDE = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]?")
_LATER = 0.5
_MOST_WORDS = 24
_HEAD_WITHIN = 3
"""A header says what it is about in its first words; deeper in, the words belong to a sentence."""
_SHORT = 3
"""Letters of a synonym like "tt", which is half of other abbreviations too: it counts in a header of few words."""


@dataclass(frozen=True, slots=True)
class Match:
    """How close a header is to one column."""

    key: str
    score: float
    share: float
    """Part of the header's letters that the synonyms cover, 0 to 1."""


@dataclass(frozen=True, slots=True)
class _Known:
    key: str
    mandatory: bool
    order: int
    synonyms: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ColumnNames:
    """The campaign's columns, made ready to be told by their headers."""

    known: tuple[_Known, ...]

    @classmethod
    def of(cls, campaign: Campaign) -> "ColumnNames":
        ranks = sorted({column.rank for column in campaign.columns})
        return cls(
            tuple(
                _Known(
                    column.key,
                    column.mandatory,
                    ranks.index(column.rank),
                    tuple(words for words in map(words_of, column.synonyms) if words),
                )
                for column in campaign.columns
            )
        )

    @property
    def mandatory(self) -> frozenset[str]:
        return frozenset(known.key for known in self.known if known.mandatory)

    def matches(self, header: str) -> tuple[Match, ...]:
        """Every column that the header may name, closest first. Words in brackets count only where no others do."""
        return self._matches(words_of(_ASIDE.sub(" ", header))) or self._matches(words_of(header))

    def _matches(self, words: tuple[str, ...]) -> tuple[Match, ...]:
        if not words or len(words) > _MOST_WORDS:
            return ()
        found = [(known, _covered(words, known.synonyms)) for known in self.known]
        found = [(known, places) for known, places in found if places]
        head = min((min(places) for _, places in found), default=0)
        if head > _HEAD_WITHIN:
            return ()
        letters = sum(map(len, words))
        matches = []
        for known, places in found:
            covered = sum(len(words[place]) for place in places)
            score = covered * (1 if min(places) == head else _LATER) - known.order / 1000
            matches.append(Match(known.key, score, covered / letters))
        return tuple(sorted(matches, key=lambda match: -match.score))

    def assign(self, headers: Mapping[int, Sequence[str]]) -> dict[int, Match]:
        """Give each key to at most one header; a header may be offered in several wordings, the closest counts.

        The header that would lose most by waiting chooses first, so that "Mô tả hiệu quả" leaves the summary
        to "Mô tả sáng kiến".
        """
        open_ = {place: self._best_by_key(wordings) for place, wordings in headers.items()}
        assigned: dict[int, Match] = {}
        while open_ := {place: by_key for place, by_key in open_.items() if by_key}:
            place = max(open_, key=lambda place: (*_regret(open_[place]), -place))
            match = max(open_.pop(place).values(), key=lambda match: match.score)
            assigned[place] = match
            for by_key in open_.values():
                by_key.pop(match.key, None)
        return assigned

    def _best_by_key(self, wordings: Sequence[str]) -> dict[str, Match]:
        best: dict[str, Match] = {}
        for wording in wordings:
            for match in self.matches(wording):
                if match.key not in best or match.score > best[match.key].score:
                    best[match.key] = match
        return best


def initiative_nouns(campaign: Campaign) -> tuple[str, ...]:
    """What the campaign calls an initiative, folded, longest first: the synonym "ten sang kien" gives "sang kien"."""
    column = campaign.column(TITLE)
    synonyms = () if column is None else map(fold, column.synonyms)
    nouns = {synonym.removeprefix("ten ") for synonym in synonyms if synonym.startswith("ten ")}
    return tuple(sorted(nouns, key=lambda noun: (-len(noun), noun))) or ("sang kien",)


def _regret(by_key: Mapping[str, Match]) -> tuple[float, float]:
    """How much worse the second choice is; of equal losses, the header that the column covers most of."""
    best, *others = sorted(by_key.values(), key=lambda match: -match.score)
    return best.score - (others[0].score if others else 0), best.share


def _covered(words: tuple[str, ...], synonyms: tuple[tuple[str, ...], ...]) -> frozenset[int]:
    """Places of the words that one of the synonyms covers."""
    places: set[int] = set()
    for synonym in synonyms:
        size = len(synonym)
        if sum(map(len, synonym)) <= _SHORT and (words[:size] != synonym or len(words) > size + 2):
            continue
        for start in range(len(words) - size + 1):
            if words[start : start + size] == synonym:
                places.update(range(start, start + size))
    return frozenset(places)
