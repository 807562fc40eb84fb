"""Which column of the campaign a header names. Column names are the campaign's data (FORMS.md, "The summary table").

Closeness is how many letters of the header a column's synonyms cover. What begins the header counts whole, what
comes later half: in Vietnamese the noun that decides comes first ("Hiệu quả của sáng kiến" is about the effect,
"Tóm tắt nội dung sáng kiến" about the content). Equally close matches are decided by the columns' ranks.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from dossier.campaign import AUTHOR, POSITION, SUMMARY, TITLE, Campaign, Column
from dossier.folding import fold
from parsers.wording import words_of

_ASIDE = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]?")
_LATER = 0.5
_MOST_WORDS = 24
_LONGEST = 400
_HEAD_WITHIN = 3
"""A header says what it is about in its first words; deeper in, the words belong to a sentence."""
_SHORT = (3, 4)
"""Letters of a synonym of several words, and of one, that counts in a header of few words only: "tt", "khoa"."""
_LINKING = frozenset(("cac", "cua", "duoc", "hoac", "nhung", "trong", "ve"))
"""Words between words that say something: "Tên của các sáng kiến" names what "Tên sáng kiến" does."""
_WHOLE, _WELL_TOLD, _HALF, _BETTER = 0.9, 0.6, 0.5, 0.2
_LEADING, _MORE = 1.5, 1.4
"""What begins a header counts for so much more; a name longer by so much is the closer one."""
"""Shares of a header's letters."""
_NAME, _CODE = "ten", "ma"
"""First words of what asks for a name, and for a code: "Mã số đoàn viên" holds no members."""
_JUDGING = frozenset(("xac nhan", "phe duyet", "kiem tra", "tham dinh", "danh gia", "nhan xet"))
_OF = "thuoc"
_FOR = "cho"
"""For whom something is done stands behind it, and is not asked for: "Đóng góp cho đơn vị"."""
_OF_A_DATE = frozenset(("ngay", "thang", "nam"))
"""Several in a row ask for one date: "Ngày, tháng, năm áp dụng" is "Ngày áp dụng"."""


@dataclass(frozen=True, slots=True)
class Match:
    """How close a header is to one column."""

    key: str
    score: float
    share: float
    """Part of the header's letters that the synonyms cover, 0 to 1; linking words are not counted."""
    leads: bool = False
    """It begins the header."""


@dataclass(frozen=True, slots=True)
class _Synonym:
    key: str
    words: tuple[str, ...]

    def stands_at(self, words: tuple[str, ...], start: int) -> bool:
        size = len(self.words)
        if words[start : start + size] != self.words:
            return False
        return sum(map(len, self.words)) > _SHORT[size == 1] or (start == 0 and len(words) <= size + 2)


@dataclass(frozen=True, slots=True)
class ColumnNames:
    """The campaign's columns, made ready to be told by their headers."""

    mandatory: frozenset[str]
    known: frozenset[str]
    """Keys of all the campaign's columns."""
    choices: Mapping[str, frozenset[str]]
    """By key, what may stand in the column: letters alone, folded."""
    vocabulary: Mapping[str, frozenset[str]]
    """By key, the words that its synonyms alone have, of all the columns'."""
    nouns: tuple[tuple[str, ...], ...]
    """What an initiative is called, in words, longest first."""
    _order: Mapping[str, int]
    """By key: place among the ranks."""
    _by_first_word: Mapping[str, tuple[_Synonym, ...]]

    @classmethod
    def of(cls, campaign: Campaign) -> "ColumnNames":
        return _column_names(campaign.columns)

    def matches(self, header: str) -> tuple[Match, ...]:
        """Every column that the header may name, closest first. Words in brackets count only where no others do."""
        if len(header) > _LONGEST:
            return ()
        words = telling_words(header)
        if "(" not in header and "[" not in header:
            return self._matches_of(words)
        found = self._matches_of(telling_words(_ASIDE.sub(" ", header)))
        if not found or found[0].share < _WELL_TOLD:
            found = self._explained(header) or found
        return found or self._matches_of(words)

    def _explained(self, header: str) -> tuple[Match, ...]:
        """What a header says in brackets that it asks for: "Nội dung đăng ký (tên sáng kiến)"."""
        for aside in _ASIDE.findall(header):
            words = telling_words(aside)
            if words[:1] == (_NAME,) and (found := self._matches_of(words)) and found[0].leads:
                return found if found[0].share >= _WHOLE else ()
        return ()

    def _matches_of(self, words: tuple[str, ...]) -> tuple[Match, ...]:
        """As they stand, or without an initiative's name amid them where that tells more of the header."""
        found, bare = self._matches(words), self._bare(words)
        if bare == words or (found and found[0].share >= _WELL_TOLD):
            return found
        others = self._matches(bare)
        better = others and others[0].leads and (not found or others[0].share > found[0].share + _BETTER)
        return others if better else found

    def _bare(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """ "Ngày sáng kiến được áp dụng lần đầu" says what "Ngày áp dụng lần đầu" does."""
        for noun in self.nouns:
            for start in range(1, len(words) - len(noun)):
                if words[start : start + len(noun)] == noun:
                    return words[:start] + words[start + len(noun) :]
        return words

    def _matches(self, words: tuple[str, ...]) -> tuple[Match, ...]:
        if not words or len(words) > _MOST_WORDS:
            return ()
        found: dict[str, set[int]] = {}
        end = words.index(_FOR, 1) if _FOR in words[1:] else len(words)
        for start, word in enumerate(words[:end]):
            for synonym in self._by_first_word.get(word, ()):
                if synonym.stands_at(words, start):
                    found.setdefault(synonym.key, set()).update(range(start, start + len(synonym.words)))
        head = min(map(min, found.values()), default=0)
        if not found or head > _HEAD_WITHIN:
            return ()
        letters = sum(map(len, words))
        matches = []
        for key, places in found.items():
            if _is_name_of_another(words, key, places) or words[0] == _CODE:
                continue
            covered = sum(len(words[place]) for place in places)
            score = covered * (1 if min(places) == head else _LATER) - self._order[key] / 1000
            matches.append(Match(key, score, covered / letters, leads=0 in places))
        return tuple(sorted(matches, key=lambda match: -match.score))

    def named_in(self, text: str) -> frozenset[str]:
        """Keys of the columns that a text names with several words, wherever they stand in it."""
        words, found, end = telling_words(text), set(), 0
        for start, word in enumerate(words):
            fitting = [
                synonym
                for synonym in self._by_first_word.get(word, ())
                if start >= end and len(synonym.words) > 1 and synonym.stands_at(words, start)
            ]
            if fitting:
                closest = max(fitting, key=lambda synonym: len(synonym.words))
                found.add(closest.key)
                end = start + len(closest.words)
        return frozenset(found)

    def assign(self, headers: Mapping[int, Sequence[str]]) -> dict[int, Match]:
        """Give each key to at most one header; a header may be offered in several wordings, the closest counts.

        The header that would lose most by waiting chooses first, so that "Mô tả hiệu quả" leaves the summary
        to "Mô tả sáng kiến".
        """
        open_ = {place: self._best_by_key(wordings) for place, wordings in headers.items()}
        assigned: dict[int, Match] = {}
        while open_ := {place: by_key for place, by_key in open_.items() if by_key}:
            place = max(open_, key=lambda place: (*_regret(open_[place]), -place))
            match = max(open_[place].values(), key=lambda match: match.score)
            if _is_closer_elsewhere(match, place, open_):
                del open_[place][match.key]
                continue
            del open_[place]
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


def _is_name_of_another(words: tuple[str, ...], key: str, places: set[int]) -> bool:
    """ "Tên biện pháp" asks for a name, and no summary for one; what begins with the name is told so by itself.

    "Thuộc nội dung" asks to which of several it belongs, "Phòng ban xác nhận" who confirmed it.
    """
    if words[0] == _OF and key in (TITLE, SUMMARY):
        return True
    if key == POSITION and not _JUDGING.isdisjoint(f"{one} {other}" for one, other in pairwise(words)):
        return True
    return words[0] == _NAME and key not in (TITLE, AUTHOR) and 0 not in places


def telling_words(text: str) -> tuple[str, ...]:
    """The folded words of a header that tell what it asks for: "Ngày, tháng được áp dụng" gives "ngay ap dung"."""
    telling: list[str] = []
    for word in words_of(text):
        if word in _LINKING or (word in _OF_A_DATE and telling and telling[-1] in _OF_A_DATE):
            continue
        telling.append(word)
    return tuple(telling)


def initiative_nouns(campaign: Campaign) -> tuple[str, ...]:
    """What the campaign calls an initiative, folded, longest first: the synonym "ten sang kien" gives "sang kien"."""
    column = campaign.column(TITLE)
    synonyms = () if column is None else map(fold, column.synonyms)
    nouns = {synonym.removeprefix("ten ") for synonym in synonyms if synonym.startswith("ten ")}
    return tuple(sorted(nouns, key=lambda noun: (-len(noun), noun))) or ("sang kien",)


def _nouns(columns: Sequence[Column]) -> tuple[tuple[str, ...], ...]:
    synonyms = [telling_words(text) for column in columns if column.key == TITLE for text in column.synonyms]
    nouns = {words[1:] for words in synonyms if words[:1] == ("ten",) and len(words) > 1}
    return tuple(sorted(nouns, key=lambda noun: (-len(noun), noun)))


def _is_closer_elsewhere(match: Match, place: int, open_: Mapping[int, Mapping[str, Match]]) -> bool:
    """Whether another header begins with what this one only speaks of, or says more of it.

    "Tên sáng kiến" beside "Điểm chính của sáng kiến"; "Tính hiệu quả" beside "Kết quả chấm của Hội đồng".
    """
    others = [by_key[match.key] for other, by_key in open_.items() if other != place and match.key in by_key]
    leading = [other for other in others if other.leads and not match.leads]
    if any(other.share * _LEADING >= match.share or other.score >= match.score for other in leading):
        return True
    better = (other.share >= match.share + _BETTER or other.score >= match.score * _MORE for other in others)
    return match.share < _HALF and any(better)


def _regret(by_key: Mapping[str, Match]) -> tuple[float, float]:
    """How much worse the second choice is; of equal losses, the header that the column covers most of."""
    best, *others = sorted(by_key.values(), key=lambda match: -match.score)
    return best.score - (others[0].score if others else 0), best.share


@lru_cache(maxsize=16)
def _column_names(columns: tuple[Column, ...]) -> ColumnNames:
    """Made once for each campaign: every message asks for it."""
    ranks = sorted({column.rank for column in columns})
    by_first_word: dict[str, list[_Synonym]] = {}
    for column in columns:
        for words in filter(None, map(telling_words, column.synonyms)):
            by_first_word.setdefault(words[0], []).append(_Synonym(column.key, words))
    nouns = _nouns(columns)
    common = {word for noun in nouns for word in noun}
    vocabulary = {column.key: {word for text in column.synonyms for word in telling_words(text)} for column in columns}
    return ColumnNames(
        frozenset(column.key for column in columns if column.mandatory),
        frozenset(column.key for column in columns),
        {
            column.key: frozenset("".join(words_of(one)) for one in column.choices)
            for column in columns
            if column.choices
        },
        {
            key: frozenset(words - common).difference(*(other for name, other in vocabulary.items() if name != key))
            for key, words in vocabulary.items()
        },
        nouns,
        {column.key: ranks.index(column.rank) for column in columns},
        {word: tuple(synonyms) for word, synonyms in by_first_word.items()},
    )
