"""What the Confederation's portal asks for each initiative (plan 39/CĐN, "Bước 3"), and what of it is missing.

Personal details; the place of work, out of its list of provinces and branches; enterprise or administrative block; the
description in the field, of at most 1,000 characters. Nothing is made up, and nothing is cut.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dossier.breakdown import choice_of
from dossier.campaign import AUTHOR, BLOCK, FIELD, SUMMARY, TITLE, Campaign, Union
from dossier.co_authors import on_one_line

PHONE = "phone"
LIMIT = 1000
"""Characters of a description, where the campaign's column names no limit."""
_BLOCKS = {"administrative": "hành chính sự nghiệp", "enterprise": "doanh nghiệp"}
"""As the roster writes them → as the plan does."""


class Gap(StrEnum):
    """What a person has to find out, or mend, before it can be entered."""

    NAME = "name"
    PHONE = "phone"
    BLOCK = "block"
    FIELD = "field"
    """Nothing, or none of the plan's fields."""
    TITLE = "title"
    DESCRIPTION = "description"
    TOO_LONG = "too-long"


@dataclass(frozen=True, slots=True)
class PortalEntry:
    """One initiative as it is entered."""

    code: str
    """ "SK39-003/2"."""
    union: str
    """Roster code."""
    name: str
    phone: str
    workplace: str
    """Province or branch of the portal's list."""
    subordinate: str
    """The union."""
    block: str
    block_from_roster: bool
    """The table does not say it."""
    field: str
    title: str
    description: str
    """Whole, however long."""
    limit: int
    gaps: tuple[Gap, ...]

    @property
    def characters(self) -> int:
        return len(self.description)


@dataclass(frozen=True, slots=True)
class UnionEntries:
    """How far one union of the roster is."""

    union: str
    name: str
    initiatives: int
    ready: int
    """Nothing is missing, and the description is short enough."""
    too_long: int


def entry(campaign: Campaign, union: str, code: str, cells: Mapping[str, str]) -> PortalEntry:
    """Of the cells of one row."""
    known, column = campaign.roster.by_code(union), campaign.column(SUMMARY)
    said = {key: _text(cells, key) for key in (AUTHOR, PHONE, TITLE, SUMMARY)}
    block, from_roster = _block(campaign, known, cells)
    limit = (column.limit if column else None) or LIMIT
    field = _choice(campaign, FIELD, _text(cells, FIELD))
    found = {
        Gap.NAME: not said[AUTHOR],
        Gap.PHONE: not said[PHONE],
        Gap.BLOCK: not block,
        Gap.FIELD: field is None,
        Gap.TITLE: not said[TITLE],
        Gap.DESCRIPTION: not said[SUMMARY],
        Gap.TOO_LONG: len(said[SUMMARY]) > limit,
    }
    return PortalEntry(
        code=code,
        union=union,
        name=on_one_line(said[AUTHOR]),
        phone=said[PHONE],
        workplace=campaign.place,
        subordinate=known.name if known else union,
        block=block,
        block_from_roster=from_roster,
        field=field or _text(cells, FIELD),
        title=said[TITLE],
        description=said[SUMMARY],
        limit=limit,
        gaps=tuple(gap for gap, missing in found.items() if missing),
    )


def by_union(campaign: Campaign, entries: tuple[PortalEntry, ...]) -> tuple[UnionEntries, ...]:
    """Every union of the roster, those without an initiative too, in its order."""
    found = []
    for union in campaign.roster.unions:
        mine = [one for one in entries if one.union == union.code]
        ready, long = sum(not one.gaps for one in mine), sum(Gap.TOO_LONG in one.gaps for one in mine)
        found.append(UnionEntries(union.code, union.name, len(mine), ready, long))
    return tuple(found)


def _block(campaign: Campaign, union: Union | None, cells: Mapping[str, str]) -> tuple[str, bool]:
    """What the table says, else what the roster knows of the union."""
    said = _choice(campaign, BLOCK, _text(cells, BLOCK))
    if said is not None:
        return said, False
    known = _BLOCKS.get(union.block, union.block) if union else ""
    return known, bool(known)


def _choice(campaign: Campaign, key: str, text: str) -> str | None:
    """The campaign's choice that the cell names; None where it is blank or names none."""
    column = campaign.column(key)
    if column is None or not column.choices:
        return text or None
    return choice_of(text, column.choices) if text else None


def _text(cells: Mapping[str, str], key: str) -> str:
    """Composed (NFC), so that a letter with its marks counts once, as the portal counts it."""
    return unicodedata.normalize("NFC", cells.get(key, "")).strip()
