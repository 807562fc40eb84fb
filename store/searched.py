"""Initiatives that are searched for by words: the ways to one page of them, all to the same rows in the same order."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from dossier.searching import Term, in_cell, terms_of
from store import narrowing, search
from store.narrowing import Asked, density, few_dossiers, is_one_of, led_by, of_asked, plain
from store.paging import Order, Page, pages
from store.schema.record import dossiers, initiatives
from store.search import OneOf, Sought
from store.search_index import HITS_BY_TITLE, INITIATIVES
from store.search_words import IN_BLOCK, IN_FIELD, day_words
from store.ways import of_campaign

BOTH = initiatives.join(dossiers, dossiers.c.id == initiatives.c.dossier_id)


def terms_asked(asked: Asked) -> list[Term] | None:
    """None where no words are asked for; none of them where what was typed holds no word: then nothing is found."""
    parts = (
        (asked.text, terms_of(asked.text)),
        (asked.field, in_cell(IN_FIELD, asked.field)),
        (asked.block, in_cell(IN_BLOCK, asked.block)),
    )
    typed = [terms for words, terms in parts if words.strip()]
    if not typed:
        return None
    return [term for terms in typed for term in terms] if all(typed) else []


def searched(
    conn: Connection, found: Select[Any], order: Order, asked: Asked, terms: list[Term], page: Page
) -> Iterator[Row[Any]]:
    """The page of rows where the terms stand."""
    if not terms:
        return iter(())
    index, first = INITIATIVES, order[0][0]
    sought: list[Sought] = [*terms, *_within(asked, joined=conn.dialect.name == "sqlite")]
    walked = found.where(led_by(first) == asked.campaign)
    if conn.dialect.name != "sqlite":
        return _planned(conn, found, order, asked, sought, page)
    if first is initiatives.c.id and not any(True for _ in plain(conn, asked)):
        found, order = _by_number(conn, found, order, asked, sought)
    elif (hits := density(conn, search.keys(conn, index, sought))) is None:
        return _gathered(conn, found, order, asked, sought, page)
    elif (narrow := few_dossiers(conn, asked, None)) is not None and len(narrow) <= narrowing.FEW_DOSSIERS:
        found = found.where(is_one_of(dossiers.c.id, narrow), of_asked(dossiers.c.campaign, asked, walked=False))
        found = found.where(search.stands(conn, index, sought, initiatives.c.id))
    elif narrow is not None and hits < narrowing.SPARSE:
        found = found.where(is_one_of(dossiers.c.id, narrow), of_asked(dossiers.c.campaign, asked, walked=False))
        found = found.where(search.among(conn, index, sought, initiatives.c.id))
    elif first is initiatives.c.id:
        found, order = _by_number(conn, found, order, asked, sought)
    elif (met := _met(conn, walked, order, page, sought, hits)) is not None:
        found = found.where(is_one_of(initiatives.c.id, met), of_asked(initiatives.c.campaign, asked, walked=False))
    else:
        found = walked.where(search.among(conn, index, sought, initiatives.c.id))
    return pages(conn, found, order, page, BOTH, initiatives.c.id)


def _within(asked: Asked, *, joined: bool) -> list[Sought]:
    """The word of the campaign, and those of the days that are asked for, where these are not many.

    Both begin the words of a row, so a day of the campaign is one word, too: on SQLite a long list less to go through.
    The moments themselves are compared besides.
    """
    campaign = of_campaign(asked.campaign)
    days = day_words(asked.since, asked.until) if asked.since is not None and asked.until is not None else ()
    if not days:
        return [*campaign]
    if joined:
        return [OneOf(tuple(Term((day, *campaign[0].words)) for day in days))]
    return [*campaign, OneOf(tuple(Term((day,)) for day in days))]


def _planned(
    conn: Connection, found: Select[Any], order: Order, asked: Asked, terms: list[Sought], page: Page
) -> Iterator[Row[Any]]:
    """PostgreSQL chooses the way itself, but that it is told where a campaign, a filter or the words leave few rows."""
    mine = select(initiatives.c.id).where(initiatives.c.campaign == asked.campaign).limit(narrowing.SMALL + 1)
    small = len(conn.execute(mine).scalars().all()) <= narrowing.SMALL
    filters = list(plain(conn, asked))
    if filters and not small:
        left = (
            select(dossiers.c.id)
            .where(dossiers.c.campaign == asked.campaign, *filters)
            .limit(narrowing.FEW_DOSSIERS + 1)
        )
        narrow = conn.execute(left).scalars().all()
        if len(narrow) <= narrowing.FEW_DOSSIERS:
            found, small = found.where(is_one_of(initiatives.c.dossier_id, narrow)), True
    if not small and page.limit is not None and _seldom(conn, asked, terms, page.limit):
        return _gathered(conn, found, order, asked, terms, page)
    found = found.where(led_by(order[0][0]) == asked.campaign)
    found = found.where(search.stands(conn, INITIATIVES, terms, initiatives.c.id, few=small))
    return pages(conn, found, order, page, BOTH, initiatives.c.id)


def _seldom(conn: Connection, asked: Asked, terms: list[Sought], limit: int) -> bool:
    """Whether PostgreSQL expects so few hits that a walk in the order asked would meet more rows than there are hits.

    In a campaign of N rows with H hits it meets N / H of them for each row of the page.
    """
    hits = search.expected(conn, INITIATIVES, terms)
    rows = search.expected(conn, INITIATIVES, of_campaign(asked.campaign))
    return hits * hits <= narrowing.GATHERED * limit * rows


def _gathered(
    conn: Connection, found: Select[Any], order: Order, asked: Asked, terms: list[Sought], page: Page
) -> Iterator[Row[Any]]:
    """The numbers of all hits are sorted, and the rows of one page read.

    Of how often words stand together PostgreSQL has no notion: it takes what is rare for more frequent than it is and
    walks the order in vain, or the other way round. No index begins with a column that goes through a function.
    """
    hits = select(initiatives.c.id)
    filters = list(plain(conn, asked))
    if filters or any(column.table is dossiers for column, _ in order):
        hits = hits.select_from(BOTH)
    elif {column for column, _ in order} <= {initiatives.c.title_folded, initiatives.c.id}:
        hits = hits.with_hint(initiatives, f"INDEXED BY {HITS_BY_TITLE}", "sqlite")
    hits, _ = search.first_of_all(conn, hits, INITIATIVES, terms, initiatives.c.id)
    hits = hits.where(*filters, of_asked(initiatives.c.campaign, asked, walked=False))
    hidden = [(func.coalesce(column, column), down) for column, down in order]
    met = [number for (number,) in pages(conn, hits, hidden, page, BOTH, initiatives.c.id)]
    rows = {row.id: row for row in conn.execute(found.where(is_one_of(initiatives.c.id, met))).all()}
    return iter([rows[number] for number in met])


def _by_number(
    conn: Connection, found: Select[Any], order: Order, asked: Asked, terms: Sequence[Sought]
) -> tuple[Select[Any], Order]:
    found, key = search.first_of_all(conn, found, INITIATIVES, terms, initiatives.c.id)
    return found.where(of_asked(initiatives.c.campaign, asked, walked=False)), [(key, order[0][1])]


def _met(
    conn: Connection, walked: Select[Any], order: Order, page: Page, terms: Sequence[Sought], share: float
) -> list[int] | None:
    """The rows of the page, where so many are hits that a short walk meets all of them; None where it does not."""
    if page.limit is None or share * narrowing.WALKED < 1.5 * page.limit:
        return None
    stands, met = search.in_texts(terms), list[int]()
    rows = walked.with_only_columns(initiatives.c.id, initiatives.c.text_folded)
    for row in pages(conn, rows, order, replace(page, limit=narrowing.WALKED), BOTH, initiatives.c.id, batch=100):
        if stands(row.text_folded):
            met.append(row.id)
            if len(met) >= page.limit:
                return met
    return None
