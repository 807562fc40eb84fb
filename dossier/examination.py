"""Examination (chấm điểm): criteria, points of several examiners, and what they come to. Pure; exact decimals.

A total is the sum of points times weight; an average and a spread are over the examiners of one initiative. Ranks and
ties are told by the average as it is printed, to two places: two that print alike are equal.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from dossier.folding import fold
from dossier.searching import Term, words_of

_PLACES = Decimal("0.01")
_NAME = 2
"""Words of a name at least: one is a given name alone, which many bear."""
_BETWEEN = re.compile(r"[\n;,]")
_NUMBER = re.compile(r"\d{1,6}(?:[.,]\d{1,4})?")


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion (tiêu chí) of the campaign."""

    key: str
    label: str
    points: Decimal
    """The most that an examiner can give; the least is 0."""
    weight: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What the outgoing proposal says of its sender and its addressee, beside the campaign's own names."""

    basis: str = ""
    """What the campaign itself carries out, behind "Thực hiện"."""
    recipient: str = ""
    """Behind "Kính gửi:"; without it the campaign's parent organisation."""
    symbol: str = ""
    """Behind the number: "TTr-CĐN"."""
    authority: str = ""
    """Above the signer's position: "TM. BAN THƯỜNG VỤ"."""
    position: str = ""
    """"CHỦ TỊCH"."""
    copies: tuple[str, ...] = ()
    """Lines under "Nơi nhận:"."""


@dataclass(frozen=True, slots=True)
class Examination:
    """How a campaign examines and selects."""

    criteria: tuple[Criterion, ...]
    step: Decimal = Decimal("0.5")
    """Points are multiples of it."""
    examiners: tuple[str, ...] = ()
    """Who is to examine; where nobody is named, everyone who did."""
    quota: int | None = None
    """How many initiatives one union may put forward; None: any number."""
    quotas: Mapping[str, int] = field(default_factory=dict)
    """Roster code → quota of that union alone."""
    shortlist: int = 10
    """How many initiatives the shortlist holds."""
    outgoing: Outgoing = field(default_factory=Outgoing)

    def quota_of(self, union: str) -> int | None:
        return self.quotas.get(union, self.quota)

    @property
    def maximum(self) -> Decimal:
        """The most that a total can be."""
        return sum((one.points * one.weight for one in self.criteria), Decimal(0))


def points_of(text: str) -> Decimal | None:
    """Points as people write them, with a comma or a dot before decimals; None where that is no number."""
    written = text.strip()
    return Decimal(written.replace(",", ".")) if _NUMBER.fullmatch(written) else None


def wrong_points(criterion: Criterion, points: Decimal, step: Decimal) -> str | None:
    """What is wrong with the points of one criterion, in English; None where nothing is."""
    if not 0 <= points <= criterion.points:
        return f"{plain(points)} is not between 0 and {plain(criterion.points)}, the most for “{criterion.label}”"
    if points % step:
        return f"{plain(points)} is no multiple of {plain(step)}"
    return None


def total(examination: Examination, points: Mapping[str, Decimal]) -> Decimal | None:
    """Points times weight, summed; None where they do not fit the criteria of today: one missing, or over its most."""
    for criterion in examination.criteria:
        given = points.get(criterion.key)
        if given is None or wrong_points(criterion, given, examination.step) is not None:
            return None
    return sum((points[one.key] * one.weight for one in examination.criteria), Decimal(0))


@dataclass(frozen=True, slots=True)
class Result:
    """What the totals of one initiative come to; to two places."""

    average: Decimal | None = None
    """None where nobody gave points."""
    deviation: Decimal | None = None
    """Standard deviation over these examiners (of all of them, not of a sample)."""
    lowest: Decimal | None = None
    highest: Decimal | None = None
    by_criterion: Mapping[str, Decimal] = field(default_factory=dict)
    """Criterion → average of its points."""


def result(examination: Examination, given: Sequence[Mapping[str, Decimal]]) -> Result:
    """Over the points of each examiner; those that do not fit the criteria of today do not count."""
    fitting = [(sum_, points) for points in given if (sum_ := total(examination, points)) is not None]
    if not fitting:
        return Result()
    totals, count = [sum_ for sum_, _ in fitting], len(fitting)
    mean = sum(totals, Decimal(0)) / count
    spread = (sum(((one - mean) ** 2 for one in totals), Decimal(0)) / count).sqrt()
    means = {
        one.key: rounded(sum((points[one.key] for _, points in fitting), Decimal(0)) / count)
        for one in examination.criteria
    }
    return Result(rounded(mean), rounded(spread), rounded(min(totals)), rounded(max(totals)), means)


def missing(expected: Iterable[str], present: Iterable[str]) -> tuple[str, ...]:
    """Examiners who gave no points, names compared without marks, case and spaces."""
    there = {fold(name) for name in present}
    return tuple(name for name in expected if fold(name) not in there)


def bears_name(examiner: str, authors: str) -> bool:
    """Whether the examiner bears the name of one of the authors, titles and marks aside; a name has two words or more.

    It may be another of that name: a person decides.
    """
    name = tuple(words_of(examiner))
    if len(name) < _NAME:
        return False
    if Term(name).stands_in(words_of(authors)):
        return True
    each = (tuple(words_of(one)) for one in _BETWEEN.split(authors))
    return any(len(one) >= _NAME and Term(one).stands_in(list(name)) for one in each)


def rounded(value: Decimal) -> Decimal:
    """To two places, half up, as people round."""
    return value.quantize(_PLACES, ROUND_HALF_UP)


def plain(value: Decimal) -> str:
    """Without an exponent and trailing zeros: "25.5", "30"."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
