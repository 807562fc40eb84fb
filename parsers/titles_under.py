"""Columns of titles whose header names no title: what is improved stands under "Chủ đề cải tiến"."""

from collections.abc import Mapping, Sequence

from dossier.campaign import BENEFIT, FIELD, POSITION, TITLE
from parsers.column_holders import FITS, Told
from parsers.header_likeness import names_one

_USUAL = (10, 250)
"""Letters of a usual title."""


def with_title(
    told: Sequence[Told], keys: Sequence[str | None], fits: Sequence[Mapping[str, float]]
) -> list[str | None]:
    """The keys with the title's where one header alone names what is improved: it asks for no field then."""
    if TITLE in keys:
        return list(keys)
    named = [
        place
        for place, one in enumerate(told)
        if keys[place] in (None, FIELD) and names_one(one.label) and are_titles(one, fits[place])
    ]
    return [TITLE if [place] == named else key for place, key in enumerate(keys)]


def are_titles(one: Told, fits: Mapping[str, float]) -> bool:
    """Whether a column's texts are of a usual title's length and of no other kind."""
    if not one.texts or any(fit >= FITS for key, fit in fits.items() if key not in (POSITION, BENEFIT)):
        return False
    usual = sum(map(len, one.texts)) / len(one.texts)
    return _USUAL[0] <= usual <= _USUAL[1]
