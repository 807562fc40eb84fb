"""The initiatives of a campaign by field and by block, and what they are worth in đồng where their tables say so.

A cell is counted under a choice of the campaign only where it says that choice alone; what is blank or says something
else is counted as that, never guessed (P11). Amounts a year and amounts once are never added together.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dossier.campaign import BLOCK, FIELD, Campaign
from dossier.folding import fold
from dossier.money import Benefit, Worth

_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Worded:
    """One initiative, as far as the breakdown asks."""

    union: str
    cells: Mapping[str, str]
    benefit: Benefit


@dataclass(frozen=True, slots=True)
class Split:
    """How many initiatives say each choice of a column."""

    label: str
    """Of the column."""
    counts: Mapping[str, int]
    """Choice, as the campaign writes it → how many; every choice is there."""
    other: int = 0
    """They say something that is none of the choices, or several of them."""
    blank: int = 0

    @property
    def total(self) -> int:
        return sum(self.counts.values()) + self.other + self.blank


@dataclass(frozen=True, slots=True)
class Amount:
    """What the tables say for one span: once, a year, a month …"""

    per: str
    """As `Benefit.per`: '' once or not said, year, quarter, month, week, day, else the words."""
    count: int = 0
    low: int = 0
    """Đồng: the sum of every lower end; an open one ("dưới 50 triệu") adds nothing."""
    high: int = 0
    """Đồng: the sum of every upper end, of the lower one where there is none ("trên 100 triệu")."""
    open_up: int = 0
    """How many have no upper end: `high` is then the least that it may be."""
    approximate: int = 0


@dataclass(frozen=True, slots=True)
class Worths:
    """What all of them say of their benefit."""

    amounts: tuple[Amount, ...] = ()
    """Once first, then by the length of the span, then other words."""
    not_in_money: int = 0
    unclear: int = 0
    """Something stands there, and no one amount could be read in it without guessing."""
    blank: int = 0

    @property
    def stated(self) -> int:
        return sum(one.count for one in self.amounts)

    @property
    def silent(self) -> int:
        """State no amount."""
        return self.not_in_money + self.unclear + self.blank


@dataclass(frozen=True, slots=True)
class Breakdown:
    initiatives: int
    by_field: Split | None
    """None where the campaign's table has no such column, or names no choices for it."""
    by_block: Split | None
    by_union_block: Mapping[str, int]
    """Block of the union, as the roster writes it ('' where it does not) → how many: what is known of blank cells."""
    worths: Worths = field(default_factory=Worths)


def breakdown(campaign: Campaign, initiatives: Iterable[Worded]) -> Breakdown:
    """Goes through them once; memory does not grow with their number."""
    fields, blocks, worths = _Splitting(campaign, FIELD), _Splitting(campaign, BLOCK), _Summing()
    of_union = {union.code: union.block for union in campaign.roster.unions}
    unions: Counter[str] = Counter()
    for one in initiatives:
        unions[of_union.get(one.union, "")] += 1
        fields.add(one.cells.get(FIELD, ""))
        blocks.add(one.cells.get(BLOCK, ""))
        worths.add(one.benefit)
    return Breakdown(unions.total(), fields.split, blocks.split, dict(sorted(unions.items())), worths.worths)


def choice_of(text: str, choices: Sequence[str]) -> str | None:
    """The one choice that a cell says, whole or in part ("an toàn vệ sinh lao động"); None where that is not clear.

    Compared in whole words of folded text; a part counts where it tells that choice from the others.
    """
    said = f" {_words(text)} "
    folded = {choice: f" {_words(choice)} " for choice in choices}
    same = [choice for choice, words in folded.items() if words == said]
    whole = [choice for choice, words in folded.items() if words in said]
    part = [choice for choice, words in folded.items() if _is_telling(said, words, folded.values())]
    fitting = same or whole or part
    return fitting[0] if len(fitting) == 1 else None


def _is_telling(said: str, choice: str, choices: Iterable[str]) -> bool:
    """Two words at least, all of the choice and in its order, one of which stands in no other: "vì cộng đồng trong lĩnh
    vực y tế" tells, though a word is left out; "sáng kiến trong" does not."""
    others = {word for other in choices if other != choice for word in other.split()}
    words, of_choice = said.split(), iter(choice.split())
    return len(words) > 1 and not others.issuperset(words) and all(word in of_choice for word in words)


class _Splitting:
    def __init__(self, campaign: Campaign, key: str) -> None:
        self._column = campaign.column(key)
        self._choices = self._column.choices if self._column else ()
        self._counts: Counter[str] = Counter()
        self._other = self._blank = 0

    def add(self, text: str) -> None:
        if not text.strip():
            self._blank += 1
        elif (choice := choice_of(text, self._choices)) is not None:
            self._counts[choice] += 1
        else:
            self._other += 1

    @property
    def split(self) -> Split | None:
        if self._column is None or not self._choices:
            return None
        return Split(self._column.label, {one: self._counts[one] for one in self._choices}, self._other, self._blank)


class _Summing:
    def __init__(self) -> None:
        self._amounts: dict[str, Amount] = {}
        self._not_in_money = self._unclear = self._blank = 0

    def add(self, benefit: Benefit) -> None:
        if benefit.worth is Worth.MONEY and (benefit.low is not None or benefit.high is not None):
            self._amounts[benefit.per] = _more(self._amounts.get(benefit.per, Amount(benefit.per)), benefit)
        elif benefit.worth is Worth.NOT_IN_MONEY:
            self._not_in_money += 1
        elif benefit.text.strip():
            self._unclear += 1
        else:
            self._blank += 1

    @property
    def worths(self) -> Worths:
        known = [self._amounts[per] for per in _SPANS if per in self._amounts]
        others = [self._amounts[per] for per in sorted(self._amounts) if per not in _SPANS]
        return Worths((*known, *others), self._not_in_money, self._unclear, self._blank)


_SPANS = ("", "year", "quarter", "month", "week", "day")


def _more(sum_so_far: Amount, one: Benefit) -> Amount:
    low = one.low or 0
    return Amount(
        per=sum_so_far.per,
        count=sum_so_far.count + 1,
        low=sum_so_far.low + low,
        high=sum_so_far.high + (low if one.high is None else one.high),
        open_up=sum_so_far.open_up + (one.high is None),
        approximate=sum_so_far.approximate + one.approximate,
    )


def _words(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))
