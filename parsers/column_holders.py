"""Columns whose header names one of ours and whose cells say that another column is meant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dossier.campaign import APPLIED, AUTHOR, BLOCK, FIELD, POSITION
from parsers.cell_kinds import is_person
from parsers.header_languages import glosses
from parsers.header_likeness import asks_when, begins_with, speaks_of

SURE = 0.75
"""Share of a header's letters from which its own words are believed, whatever stands below."""
FITS, FITS_NOT = 0.6, 0.2
"""Shares of a column's cells."""


@dataclass(frozen=True, slots=True)
class Told:
    """One column: its header, what its cells hold, and what the header's words make it."""

    label: str
    texts: tuple[str, ...]
    key: str | None = None
    share: float = 0.0
    """Part of the header's letters that tell the key."""
    gloss: str = ""
    """The header in English, where it stands beside."""
    lent: bool = False
    """Only a merged header over it tells the key, and it may mean the columns beside it."""

    def asks_when(self) -> bool:
        return asks_when(self.label) or glosses(self.gloss, APPLIED)


def with_names_and_posts(
    told: Sequence[Told], keys: Sequence[str | None], fits: Sequence[Mapping[str, float]]
) -> list[str | None]:
    """ "Tác giả, chức danh, nơi công tác" over names, each with a post under it, is the author's column."""
    held = next((number for number, key in enumerate(keys) if key == POSITION), None)
    if held is None or AUTHOR in keys or not speaks_of(told[held].label, AUTHOR):
        return list(keys)
    first = [is_person(text.strip().split("\n")[0]) for text in told[held].texts]
    begins = bool(first) and begins_with(told[held].label, AUTHOR) and sum(first) >= FITS * len(first)
    if not begins and fits[held].get(AUTHOR, 0.0) < FITS:
        return list(keys)
    return [AUTHOR if number == held else key for number, key in enumerate(keys)]


def without_false_time(
    told: Sequence[Told], keys: Sequence[str | None], fits: Sequence[Mapping[str, float]]
) -> list[str | None]:
    """ "Thời gian hoàn thành" holds dates, and is not asked for where "Mốc áp dụng" stands beside it."""
    held = next((number for number, key in enumerate(keys) if key == APPLIED), None)
    if held is None or not may_ask_another_time(told[held], APPLIED):
        return list(keys)
    asked = [
        number
        for number, one in enumerate(told)
        if (keys[number] is None or one.share < SURE) and one.asks_when() and _is_time_or_free(fits[number])
    ]
    return [
        APPLIED if [number] == asked else None if number == held and asked else key for number, key in enumerate(keys)
    ]


def _is_time_or_free(fits: Mapping[str, float]) -> bool:
    return not fits or fits.get(APPLIED, 0.0) > FITS_NOT


def may_ask_another_time(one: Told, key: str | None) -> bool:
    """Whether a header begins as one of application and goes on otherwise: "Thời gian hoàn thành"."""
    return key == APPLIED and one.share < SURE and not one.asks_when()


def without_false_holder(
    key: str, told: Sequence[Told], keys: Sequence[str | None], fits: Sequence[Mapping[str, float]]
) -> list[str | None]:
    """Posts under "Thông tin về tác giả" are no authors where the column beside them holds names."""
    held = next((number for number, other in enumerate(keys) if other == key), None)
    sure = key not in (FIELD, BLOCK) and held is not None and told[held].share >= SURE
    if held is None or sure or fits[held].get(key, 1.0) >= FITS_NOT:
        return list(keys)
    named = {
        number
        for number, one in enumerate(told)
        if number != held and (one.share < SURE or keys[number] is None) and fits[number].get(key, 0.0) >= FITS
    }
    return [None if named and (number == held or number in named) else one for number, one in enumerate(keys)]
