"""By which words initiatives and dossiers are found: made when they are recorded, in the same transaction."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile

from sqlalchemy import Connection, bindparam, delete, insert, select

from dossier.campaign import BLOCK, FIELD
from dossier.model import Document
from dossier.searching import cell_words, indexed, scope
from store.schema.record import dossier_words, initiatives

CAMPAIGN, IN_FIELD, IN_BLOCK = "c", "f", "b"
"""Kinds of words that say where a row belongs to, and of those of one column."""
_DAY = "d"
_MOST_DAYS = 62
"""Of a longer span the days are not asked for one by one."""
_MOST, _MOST_ABOUT = 400_000, 100_000
"""Bytes, characters: together they fit into PostgreSQL's tsvector."""
_ABOUT = select(dossier_words.c.about).where(dossier_words.c.dossier_id == bindparam("dossier"))
_IN_FORCE = (
    select(initiatives.c.text_folded)
    .where(initiatives.c.dossier_id == bindparam("dossier"))
    .order_by(initiatives.c.row)
)
_CLEAR = delete(dossier_words).where(dossier_words.c.dossier_id == bindparam("dossier"))
_NEW = insert(dossier_words)


def initiative_text(
    campaign: str, cells: Mapping[str, str], extra: Mapping[str, str], came_at: datetime | None = None
) -> str:
    """`came_at`: of the dossier; None in stores before migration 0019 alone."""
    scopes = [
        *([day_word(came_at.astimezone(UTC).date())] if came_at is not None else []),
        *dossier_scopes(campaign),
        *cell_words(IN_FIELD, cells.get(FIELD, "")),
        *cell_words(IN_BLOCK, cells.get(BLOCK, "")),
    ]
    return indexed([*cells.values(), *extra.values()], scopes)


def day_word(day: date) -> str:
    """Of the day in UTC on which a dossier came: "§d20210302". It is no word of a text, nor of a campaign's."""
    return f"§{_DAY}{day:%Y%m%d}"


def day_words(since: datetime, until: datetime) -> tuple[str, ...]:
    """Those of every day from the one through the other; none where these are many."""
    first, last = since.astimezone(UTC).date(), until.astimezone(UTC).date()
    return tuple(day_word(day) for day in _days(first, last)) if (last - first).days < _MOST_DAYS else ()


def _days(first: date, last: date) -> Iterator[date]:
    for step in range((last - first).days + 1):
        yield first + timedelta(days=step)


def dossier_scopes(campaign: str) -> list[str]:
    return [scope(CAMPAIGN, campaign)]


def about_text(known: Iterable[str], names: Iterable[str]) -> str:
    """What is known already, with the words of further names; a name that is there already adds nothing."""
    found = " ".join(known)
    for name in names:
        new = indexed([name])
        if new and f" {new} " not in f" {found} ":
            found = f"{found} {new}"
    return found[:_MOST_ABOUT]


def keep_words(tx: Connection, dossier_id: int, campaign: str, files: Iterable[Document]) -> None:
    """What a dossier is found by now: these files beside those that came before, and the initiatives in force."""
    known = tx.execute(_ABOUT, {"dossier": dossier_id}).scalar_one_or_none()
    about = about_text([known] if known else dossier_scopes(campaign), _names(files))
    tx.execute(_CLEAR, {"dossier": dossier_id})
    words = indexed_together(tx.execute(_IN_FORCE, {"dossier": dossier_id}).scalars())
    tx.execute(_NEW, {"dossier_id": dossier_id, "about": about, "text_folded": words})


def indexed_together(texts: Iterable[str]) -> str:
    """The words of all initiatives of a dossier, as far as PostgreSQL can index them (400,000 bytes).

    Where they are more, those of the columns come first, so that no initiative is missed by its field.
    """
    every = list(texts)
    if sum(len(text.encode()) + 1 for text in every) > _MOST:
        every = [*dict.fromkeys(_of_columns(text) for text in every), *every]
    return " ".join(every).encode()[:_MOST].decode(errors="ignore")


def _of_columns(text: str) -> str:
    """What every text begins with: its day, its campaign, and the words of its columns."""
    return " ".join(takewhile(lambda word: word.startswith("§"), text.split(" ")))


def _names(files: Iterable[Document]) -> list[str]:
    found = []
    for file in files:
        memo = file.memo
        told = (memo.number, memo.subject, memo.signer, memo.issuer) if memo else ()
        found += [file.file, *(one for one in told if one)]
    return found


def is_search(name: str | None) -> bool:
    """Whether a table, a column or an index is part of what one of the databases searches by."""
    return name is not None and re.search(r"(^|_)search(_|$)", name) is not None
