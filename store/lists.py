"""Lists of dossiers and of initiatives: filtered, searched, sorted, page by page; memory does not grow with them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, false, or_, select

from dossier.searching import in_cell
from store import narrowing, search
from store.dossiers import Dossier, dossier_of
from store.initiative_row import Initiative, initiative_of, select_initiatives
from store.narrowing import (
    Asked,
    are_most,
    few_dossiers,
    holding,
    is_among,
    is_one_of,
    led_by,
    of_asked,
    plain,
    share,
    some,
)
from store.paging import Order, Page, Sort, order_of, pages
from store.schema.record import dossiers, findings, initiatives, revisions
from store.search_words import IN_FIELD
from store.searched import BOTH, searched, terms_asked
from store.ways import ways_of

DOSSIER_SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "union": (dossiers.c.union_code,),
    "received": (dossiers.c.came_at,),
    "verdict": (dossiers.c.verdict, dossiers.c.union_code),
    "arrival": (dossiers.c.arrival_year, dossiers.c.arrival_number),
}
INITIATIVE_SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "union": (dossiers.c.union_code, initiatives.c.row),
    "received": (dossiers.c.came_at, dossiers.c.id, initiatives.c.row),
    "number": (initiatives.c.id,),
    "title": (initiatives.c.title_folded,),
}


def list_dossiers(
    conn: Connection, asked: Asked, page: Page, names: Mapping[str, Sequence[str]] | None = None
) -> Iterator[Dossier]:
    """By union unless said otherwise. `names`: union code → words of its names, which are searched, too.

    `asked.field`: where one initiative at least has these words in that column; `asked.block` is of initiatives alone.
    Read while it is walked: the connection has to stay open. Raises UnknownSortError, NoSuchRowError.
    """
    order = order_of(page.sort or (Sort("union"),), DOSSIER_SORTS, dossiers.c.id)
    ways = ways_of(asked.text, asked.campaign, names or {}, asked.field)
    hits = some(conn, ways[0].keys(conn, asked.campaign)) if ways and conn.dialect.name == "sqlite" else []
    apart = in_cell(IN_FIELD, asked.field)
    several = len(apart) > 1 and bool(ways)  # of one initiative, not of one each: an index of dossiers cannot tell
    few = holding(conn, apart, asked.campaign) if several else None
    if few is None:
        walked = len(hits) > narrowing.FEW or are_most(conn, asked.campaign, hits)
        few = few_dossiers(conn, asked, None if walked else ways, hits)
    found = select(dossiers).where(of_asked(dossiers.c.campaign, asked, walked=few is None), *plain(conn, asked))
    if few is not None:
        found = found.where(is_one_of(dossiers.c.id, few))
    if ways is not None:
        dense = share(hits) > narrowing.MOST
        found = found.where(or_(false(), *(way.condition(conn, dense=dense) for way in ways)))
    if several:
        found = found.where(search.in_one_of(conn, apart, dossiers.c.id))
        if few is None and page.limit is not None and conn.dialect.name != "sqlite":
            return _soon_or_gathered(conn, found, order, page, page.limit, asked)
    return (dossier_of(row) for row in pages(conn, found, order, page, dossiers, dossiers.c.id))


def _soon_or_gathered(
    conn: Connection, found: Select[Any], order: Order, page: Page, limit: int, asked: Asked
) -> Iterator[Dossier]:
    """PostgreSQL takes words that never meet in one initiative for frequent, and would walk the whole order in vain.

    So it walks a short way; where that fills no page, all initiatives with the words are gathered first.
    """
    walked = select(dossiers.c.id).where(dossiers.c.campaign == asked.campaign, *plain(conn, asked))
    way = replace(page, limit=2 * limit)
    near = [row.id for row in pages(conn, walked, order, way, dossiers, dossiers.c.id)]
    met = found.where(is_among(conn, dossiers.c.id, near))
    rows = list(pages(conn, met, order, page, dossiers, dossiers.c.id))
    if len(rows) < limit and len(near) == 2 * limit:
        held = holding(conn, in_cell(IN_FIELD, asked.field), asked.campaign, every=True) or []
        rows = list(pages(conn, found.where(is_among(conn, dossiers.c.id, held)), order, page, dossiers, dossiers.c.id))
    return map(dossier_of, rows)


def list_initiatives(conn: Connection, asked: Asked, page: Page) -> Iterator[Initiative]:
    """By union and row; where words are searched for, by number, unless said otherwise. As `list_dossiers`."""
    terms = terms_asked(asked)
    order = order_of(page.sort or (Sort("union" if terms is None else "number"),), INITIATIVE_SORTS, initiatives.c.id)
    found, campaign = select_initiatives().where(*plain(conn, asked)), led_by(order[0][0])
    if terms is not None:
        return (initiative_of(row) for row in searched(conn, found, order, asked, terms, page))
    if (few := few_dossiers(conn, asked, None)) is not None:
        found = found.where(is_one_of(dossiers.c.id, few), of_asked(campaign, asked, walked=False))
    else:
        found = found.where(campaign == asked.campaign)
    return (initiative_of(row) for row in pages(conn, found, order, page, BOTH, initiatives.c.id))


def standing_findings(conn: Connection, dossier_ids: Sequence[int]) -> dict[int, list[str]]:
    """Codes of the revision in force by dossier, each once, in the order in which they were found."""
    asked = (
        select(revisions.c.dossier_id, findings.c.code)
        .join(dossiers, and_(dossiers.c.id == revisions.c.dossier_id, dossiers.c.revision == revisions.c.number))
        .join(findings, findings.c.revision_id == revisions.c.id)
        .where(revisions.c.dossier_id.in_(dossier_ids))
        .order_by(findings.c.id)
    )
    found: dict[int, dict[str, None]] = {one: {} for one in dossier_ids}
    for row in conn.execute(asked):
        found[row.dossier_id][row.code] = None
    return {one: list(codes) for one, codes in found.items()}
