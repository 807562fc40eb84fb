"""Headers in two languages: what of each is Vietnamese, and what only says it again in English.

Told by spelling: a piece behind a stroke, in brackets, on a line or in a row of its own, most of whose words
Vietnamese cannot spell. Headers hold borrowed words ("Tên kaizen"), so it counts only where most columns have one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from dossier.campaign import APPLIED, AUTHOR, BENEFIT, FIELD, NO, POSITION, SUMMARY, TITLE
from parsers.syllables import is_syllable
from parsers.wording import join_lines

_PIECE = re.compile(r"(?:[^\n/()\[\]|;:,–—-]|(?<=\S)-(?=\S))+")
"""What stands between the signs at which another language may begin."""
_VOWELS = frozenset("aeiouy")
_WORD = re.compile(r"[^\W\d_]+")
_LEFT_OVER = re.compile(r"\(\s*s?\s*\)|\[\s*\]")
"""Brackets around what was taken out, and the plural of "Author(s)"."""
_OTHER_SCRIPT = re.compile(
    r"[\u1100-\u11ff\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af]+(?:\s+(?=[\u3005-\u9fff\uac00-\ud7af]))?"
)
_BETWEEN = " \n\t/|;:,–—-"
_SIGNS = " \n\t/|;:,–—-([."
_LEAST, _LEAST_ALONE = 2, 3
_NUMBER = "no"
"""The one English header that is a Vietnamese syllable as well."""
_BEHIND = frozenset(("of", "for", "in", "by", "on"))
"""What the noun before it is about follows."""
_DATES = frozenset(("date", "time", "day", "month", "period", "when", "since", "from"))
_USES = frozenset((
    "application", "applied", "apply", "implementation", "implemented", "use", "used", "deployment", "deployed",
    "operation", "launch", "launched", "live", "started", "start", "practice", "effective",
))  # fmt: skip
_NOUNS: Mapping[str, frozenset[str]] = MappingProxyType({
    NO: frozenset((_NUMBER, "number", "item")),
    AUTHOR: frozenset((
        "author", "authors", "inventor", "inventors", "name", "proposer", "proposers", "employee", "worker", "owner",
    )),
    POSITION: frozenset((
        "position", "post", "department", "dept", "unit", "workplace", "job", "occupation", "section", "line", "team",
        "division", "workshop",
    )),
    TITLE: frozenset((
        "title", "initiative", "initiatives", "solution", "theme", "kaizen", "idea", "suggestion", "topic",
        "improvement",
    )),
    FIELD: frozenset(("field", "category", "area")),
    SUMMARY: frozenset(("summary", "description", "content", "contents", "abstract", "details", "method")),
    BENEFIT: frozenset((
        "benefit", "benefits", "effect", "effects", "effectiveness", "result", "results", "saving", "savings", "gain",
        "gains",
    )),
})  # fmt: skip
"""Column key → English nouns that head its name."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One column's header, its rows from top to bottom."""

    texts: tuple[str, ...]
    """In Vietnamese; as written where only one language stands there."""
    gloss: str = ""
    """The same in English; '' where there is none."""
    english: bool = False
    """The whole table is headed in English alone."""


def is_foreign(text: str) -> bool:
    """Whether most words of a text, and none of them with a mark, are such as Vietnamese cannot spell."""
    words = _WORD.findall(text)
    if not words or not all(map(str.isascii, words)):
        return False
    if [word.lower() for word in words] == [_NUMBER]:
        return True
    strange = [word for word in words if not is_syllable(word) and not _is_abbreviation(word)]
    return len(strange) * 2 >= len(words)


def spoken(columns: Sequence[Sequence[str]]) -> list[Spoken]:
    """The headers of a table, each with its rows and their lines as they stand, without signs of other scripts."""
    columns = [[_in_latin(text) for text in rows] for rows in columns]
    parted = [_parted(rows) for rows in columns]
    labelled = sum(any(map(str.strip, rows)) for rows in columns)
    both = sum(bool(one.gloss) for one in parted)
    if both >= _LEAST and both * 2 >= labelled:
        return parted
    told = [Spoken(tuple(map(join_lines, rows))) for rows in columns]
    english = in_english([" ".join(one.texts) for one in told])
    return (
        [replace(one, gloss=" ".join(one.texts), english=_is_english(one.texts)) for one in told] if english else told
    )


def _in_latin(text: str) -> str:
    """Without Chinese, Japanese and Korean signs: "序号 STT", "Bộ phận (부서)"; alone they stay."""
    if text.isascii() or not _OTHER_SCRIPT.search(text):
        return text
    latin = _OTHER_SCRIPT.sub(" ", text)
    while latin != (latin := _LEFT_OVER.sub(" ", latin)):
        pass
    whole = latin.strip(_BETWEEN)
    whole = whole[1:-1] if whole[:1] + whole[-1:] == "()" else whole
    return whole if _WORD.search(whole) else text


def in_english(labels: Sequence[str]) -> bool:
    """Whether most headers of a table, three at the least, are in English: the form of a foreign firm."""
    foreign = sum(_is_english((label,)) for label in labels)
    return foreign >= _LEAST_ALONE and foreign * 2 > sum(bool(label.strip()) for label in labels)


def _is_english(texts: Sequence[str]) -> bool:
    return bool(texts) and is_foreign(" ".join(texts))


def key_of(gloss: str) -> str | None:
    """The column that an English header names, if any."""
    return next((key for key in (APPLIED, *_NOUNS) if glosses(gloss, key)), None)


def is_row_again(above: Sequence[str], row: Sequence[str]) -> bool:
    """Whether a row says again in English what the one above says in Vietnamese: "Author | Title | Summary"."""
    filled = [text for text in row if text.strip()]
    if len(filled) < _LEAST or not all(map(is_foreign, filled)):
        return False
    under = sum(bool(one.strip()) for one, other in zip(above, row, strict=True) if other.strip())
    native = sum(not is_foreign(text) for text in above if text.strip())
    return under == len(filled) and native * 2 >= len(filled)


def glosses(gloss: str, key: str) -> bool:
    """Whether an English header names a column: "Title of initiative", "Date of application", "Job title"."""
    words = [word.lower() for word in _WORD.findall(_LEFT_OVER.sub(" ", gloss).partition("(")[0] or gloss)]
    head = next((words[:place] for place, word in enumerate(words) if place and word in _BEHIND), words)
    if not words or not head:
        return False
    if key == APPLIED:
        return not _DATES.isdisjoint((words[0], words[-1])) and not _USES.isdisjoint(words)
    if head[-1] == "name" and len(words) > len(head):
        return key == _first_key(words[-1])
    if head[-1] == "name" and (about := _first_key(head[-2]) if len(head) > 1 else None):
        return key == about
    return key == (POSITION if not _NOUNS[POSITION].isdisjoint(head) else _first_key(head[-1]))


def _first_key(noun: str) -> str | None:
    return next((key for key, nouns in _NOUNS.items() if noun in nouns), None)


def _is_abbreviation(word: str) -> bool:
    """ "STT", "HCSN": without a vowel that could be spoken."""
    return len(word) > 1 and _VOWELS.isdisjoint(word.lower())


def _parted(rows: Sequence[str]) -> Spoken:
    native, gloss = [], []
    for text in rows:
        mine, other = _parts(text)
        native += [joined] if (joined := join_lines(mine)) else []
        gloss += [other] if other else []
    return Spoken(tuple(native), " ".join(gloss)) if native else Spoken(tuple(map(join_lines, rows)))


def _parts(text: str) -> tuple[str, str]:
    """(what is Vietnamese, what is English) of one cell."""
    foreign = [found.span() for found in _PIECE.finditer(text) if is_foreign(found[0])] or _at_its_end(text)
    native, gloss = text, " ".join(" ".join(text[start:end] for start, end in foreign).split())
    for start, end in reversed(foreign):
        native = f"{native[:start]} {native[end:]}"
    while native != (native := _LEFT_OVER.sub(" ", native)):
        pass
    whole = native.strip(_SIGNS)
    return (whole if _WORD.search(whole) else ""), gloss


def _at_its_end(text: str) -> list[tuple[int, int]]:
    """Without any sign between: "Họ và tên Full name"."""
    starts = (found.start() for found in _WORD.finditer(text) if found.start() and not is_syllable(found[0]))
    return next(([(start, len(text))] for start in starts if is_foreign(text[start:])), [])
