"""An initiative as a list shows it, and the row of the database it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, select

from dossier.campaign import APPLIED, BENEFIT
from dossier.money import Benefit, Worth
from dossier.periods import Period
from store.json_text import mapping_of
from store.schema.record import dossiers, initiatives


@dataclass(frozen=True, slots=True)
class Initiative:
    """One row of the summary table in force of a dossier."""

    id: int
    dossier_id: int
    union: str
    row: int
    """Its place in the table, from 1."""
    document: str
    """"SHA256-of-message/part"."""
    place: str
    author: str
    title: str
    cells: Mapping[str, str]
    extra: Mapping[str, str]
    applied: Period | None
    """None where no date could be read."""
    benefit: Benefit


def select_initiatives() -> Select[Any]:
    """For rows that `initiative_of` reads; without the long text that they are searched by."""
    return select(*_OF_INITIATIVE).join(dossiers, dossiers.c.id == initiatives.c.dossier_id)


_OF_INITIATIVE = (
    *(initiatives.c[name] for name in ("id", "dossier_id", "row", "document", "place", "author", "title")),
    dossiers.c.union_code,
    *(initiatives.c[name] for name in ("cells", "extra", "applied_first", "applied_last", "applied_until")),
    *(initiatives.c[f"benefit_{name}"] for name in ("worth", "low", "high", "per", "approximate")),
)


def initiative_of(row: Row[Any]) -> Initiative:
    values: tuple[Any, ...] = tuple(row)  # asked one by one by its name, each takes half a microsecond
    number, dossier_id, place_in_table, document, place, author, title, union, held, more = values[:10]
    first, last, until, worth, low, high, per, approximate = values[10:]
    cells = mapping_of(held)
    dated = first is not None or last is not None
    return Initiative(
        id=number,
        dossier_id=dossier_id,
        union=union,
        row=place_in_table,
        document=document,
        place=place,
        author=author,
        title=title,
        cells=cells,
        extra=mapping_of(more),
        applied=Period(cells.get(APPLIED, ""), first, last, until) if dated else None,
        benefit=Benefit(
            cells.get(BENEFIT, ""),
            Worth(worth) if worth else Worth.UNCLEAR,
            low,
            high,
            per or "",
            bool(approximate),
        ),
    )
