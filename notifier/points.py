"""Findings as a letter says them: of one code about one file said once, with its rows, in words cleaned and capped."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from dossier.campaign import Campaign
from dossier.findings import NEAR_DUPLICATE, POLICY, REPLACES_UNLIKE, may_be_told
from dossier.letter import LetterFacts
from dossier.model import Finding
from notifier.cleaning import one_line

NAME_LIMIT, TEXT_LIMIT = 120, 200
SHOWN = 40
"""Files, points and rows beyond this many are counted and not listed."""

_OF_EARLIER_MESSAGES = frozenset({REPLACES_UNLIKE, NEAR_DUPLICATE})
_NUMBERS = frozenset({"count", "other_count", "stated", "counted", "length", "limit", "shared", "of", "by", "kind"})
"""Values made by the rules and not by the sender: they may stand in a letter to anybody."""


@dataclass(frozen=True, slots=True)
class RowView:
    """Where in the file, and the evidence."""

    row: int | None
    detail: str
    values: Mapping[str, str]
    """Every key of the code's policy; '' where the finding does not say."""


@dataclass(frozen=True, slots=True)
class Point:
    """Findings of one code about one file: said once, its rows listed."""

    code: str
    severity: str
    file: str
    """'' where it is about the message as a whole, or where names may not be said."""
    ordinal: int | None
    """The file's place in the message, from 1, where names may not be said."""
    rows: tuple[RowView, ...]
    more: int
    """Rows beyond those listed."""

    @property
    def first(self) -> RowView:
        return self.rows[0]


def points_of(facts: LetterFacts, known: bool) -> tuple[Point, ...]:
    """What this letter may say of the assessment's findings, in the order of the policy.

    `known`: the letter goes to one of the union's own addresses; else no text of the message appears, and no history.
    """
    told = [one for one in facts.assessment.findings if may_be_told(one)]
    if not known:
        told = [one for one in told if one.code not in _OF_EARLIER_MESSAGES]
    order = {code: place for place, code in enumerate(POLICY)}
    told.sort(key=lambda one: (order[one.code], one.severity, one.document or "", one.row or 0))
    groups = groupby(told, key=lambda one: (one.code, one.severity, one.document or ""))
    return tuple(_point(list(group), facts, known) for _, group in groups)


def _point(group: list[Finding], facts: LetterFacts, known: bool) -> Point:
    name = group[0].document or ""
    names = [one.file for one in facts.documents if not one.inline]
    return Point(
        code=group[0].code,
        severity=group[0].severity.value,
        file=one_line(name, NAME_LIMIT) if known else "",
        ordinal=names.index(name) + 1 if not known and name in names else None,
        rows=tuple(_row(one, facts.campaign, known) for one in group[:SHOWN]),
        more=max(0, len(group) - SHOWN),
    )


def _row(found: Finding, campaign: Campaign, known: bool) -> RowView:
    def shown(key: str) -> str:
        text = one_line(found.values.get(key, ""), TEXT_LIMIT)
        if known or key in _NUMBERS:
            return text
        return _own_labels(text, campaign) if key in ("columns", "label") else ""

    values = {key: shown(key) for key in POLICY[found.code].values}
    return RowView(found.row, one_line(found.detail, TEXT_LIMIT) if known else "", values)


def _own_labels(text: str, campaign: Campaign) -> str:
    """Of a text that names columns or documents only our own labels: a stranger's letter holds no word of his."""
    labels = [*(one.label for one in campaign.columns), *(one.label for one in campaign.required)]
    kept: list[str] = []
    for label in sorted(labels, key=len, reverse=True):
        if label in text:
            text = text.replace(label, "")
            kept.append(label)
    return ", ".join(sorted(kept, key=labels.index))
