"""Lists of dossiers and of initiatives: filtered, searched, sorted, page by page; memory does not grow with them.

SQLite keeps no statistics by which it could choose between walking in the order asked and collecting the few rows that
a filter leaves: here it is told, after looking whether they are few (docs/decisions/0066-search-at-a-million.md).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, false, func, or_, select

from dossier.model import Verdict
from dossier.searching import Term, in_cell, terms_of
from store import search
from store.contents import Initiative, initiative_of, select_initiatives
from store.dossiers import Dossier, dossier_of
from store.paging import Order, Page, Sort, order_of, pages
from store.schema.decisions import paper_copies
from store.schema.record import dossiers, findings, initiatives, revisions
from store.search_words import IN_BLOCK, IN_FIELD
from store.ways import Way, of_campaign, ways_of

FEW = 1000
"""Rows that are collected and sorted; where more are left, the order asked is walked."""
SMALL = 2000
"""Initiatives of a campaign of which PostgreSQL reads the texts where beginnings are asked for."""
FEW_DOSSIERS = 200
"""Dossiers whose initiatives' texts are all looked at."""
MOST = 0.5
"""Share of dossiers from which on they are looked at one by one, not gathered."""
WALKED = 2500
"""Rows whose texts are looked at on the way, where so many are hits that a page is full before."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows of a campaign; what is None or empty asks nothing."""

    campaign: str
    text: str = ""
    """As a person types it: `dossier.searching.terms_of`."""
    union: str | None = None
    verdict: Verdict | None = None
    finding: str | None = None
    """A code that stands now."""
    since: datetime | None = None
    until: datetime | None = None
    """Received (or, where that is not known, opened) from the one through the other."""
    field: str = ""
    """Words of that column of the table; so `block`."""
    block: str = ""
    paper: bool | None = None
    """Whether a complete paper copy was recorded and not withdrawn."""
    among: Select[Any] | Sequence[int] | None = None
    """Keys of dossiers: only these."""


_FIRST, _LAST = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)
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
_BOTH = initiatives.join(dossiers, dossiers.c.id == initiatives.c.dossier_id)


def list_dossiers(
    conn: Connection, asked: Asked, page: Page, names: Mapping[str, Sequence[str]] | None = None
) -> Iterator[Dossier]:
    """By union unless said otherwise. `names`: union code → words of its names, which are searched, too.

    Read while it is walked: the connection has to stay open. Raises UnknownSortError, NoSuchRowError.
    """
    order = order_of(page.sort or (Sort("union"),), DOSSIER_SORTS, dossiers.c.id)
    ways = ways_of(asked.text, asked.campaign, names or {})
    hits = _some(conn, ways[0].keys(conn, asked.campaign)) if ways and conn.dialect.name == "sqlite" else []
    few = _few_dossiers(conn, asked, None if len(hits) > FEW else ways, hits)
    found = select(dossiers).where(_of(dossiers.c.campaign, asked, walked=few is None), *_plain(asked))
    if few is not None:
        found = found.where(dossiers.c.id.in_(few))
    if ways is not None:
        dense = _share(hits) > MOST
        found = found.where(or_(false(), *(way.condition(conn, dense=dense) for way in ways)))
    return (dossier_of(row) for row in pages(conn, found, order, page, dossiers, dossiers.c.id))


def list_initiatives(conn: Connection, asked: Asked, page: Page) -> Iterator[Initiative]:
    """By union and row; where words are searched for, by number, unless said otherwise. As `list_dossiers`."""
    terms = _initiative_terms(asked)
    order = order_of(page.sort or (Sort("union" if terms is None else "number"),), INITIATIVE_SORTS, initiatives.c.id)
    found, campaign = select_initiatives().where(*_plain(asked)), _led_by(order[0][0])
    if terms is not None:
        return (initiative_of(row) for row in _searched(conn, found, order, asked, terms, page))
    if (few := _few_dossiers(conn, asked, None)) is not None:
        found = found.where(dossiers.c.id.in_(few), _of(campaign, asked, walked=False))
    else:
        found = found.where(campaign == asked.campaign)
    return (initiative_of(row) for row in pages(conn, found, order, page, _BOTH, initiatives.c.id))


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


# --- which rows ------------------------------------------------------------------------------------------------


def _plain(asked: Asked) -> Iterator[ColumnElement[bool]]:
    """What is told of the dossier's row, and of its findings."""
    if asked.union is not None:
        yield dossiers.c.union_code == asked.union
    if asked.verdict is not None:
        yield dossiers.c.verdict == asked.verdict.value
    if asked.since is not None:
        yield dossiers.c.came_at >= asked.since
    if asked.until is not None:
        yield dossiers.c.came_at <= asked.until
    if asked.paper is not None:
        came = exists().where(
            paper_copies.c.dossier_id == dossiers.c.id, paper_copies.c.ended_event.is_(None), paper_copies.c.complete
        )
        yield came if asked.paper else ~came
    if asked.among is not None:
        yield dossiers.c.id.in_(asked.among)
    if asked.finding is not None:
        stands = exists().where(revisions.c.dossier_id == dossiers.c.id, revisions.c.number == dossiers.c.revision)
        yield stands.where(findings.c.revision_id == revisions.c.id, findings.c.code == asked.finding)


def _initiative_terms(asked: Asked) -> list[Term] | None:
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


def _searched(
    conn: Connection, found: Select[Any], order: Order, asked: Asked, terms: list[Term], page: Page
) -> Iterator[Row[Any]]:
    """The page of rows where the terms stand."""
    if not terms:
        return iter(())
    index, first = search.INITIATIVES, order[0][0]
    terms = [*terms, *of_campaign(asked.campaign)]
    walked = found.where(_led_by(first) == asked.campaign)
    if conn.dialect.name != "sqlite":
        found = _planned(conn, walked, asked, terms)
    elif first is initiatives.c.id and not any(True for _ in _plain(asked)):
        found, order = _by_number(conn, found, order, terms)
    elif len(hits := _some(conn, search.keys(conn, index, terms))) <= FEW:
        found = found.where(initiatives.c.id.in_(hits), _of(initiatives.c.campaign, asked, walked=False))
        found = found.where(*search.told_by_text(conn, index, terms))
    elif (narrow := _few_dossiers(conn, asked, None)) is not None and len(narrow) <= FEW_DOSSIERS:
        found = found.where(dossiers.c.id.in_(narrow), _of(dossiers.c.campaign, asked, walked=False))
        found = found.where(search.stands(conn, index, terms, initiatives.c.id))
    elif first is initiatives.c.id:
        found, order = _by_number(conn, found, order, terms)
    elif (met := _met(conn, walked, order, page, terms, _share(hits))) is not None:
        found = found.where(initiatives.c.id.in_(met), _of(initiatives.c.campaign, asked, walked=False))
    else:
        found = walked.where(search.among(conn, index, terms, initiatives.c.id))
    return pages(conn, found, order, page, _BOTH, initiatives.c.id)


def _planned(conn: Connection, walked: Select[Any], asked: Asked, terms: Sequence[Term]) -> Select[Any]:
    """PostgreSQL chooses the way itself; that a campaign or a filter leaves few rows it is told."""
    mine = select(initiatives.c.id).where(initiatives.c.campaign == asked.campaign).limit(SMALL + 1)
    small = len(conn.execute(mine).scalars().all()) <= SMALL
    filters = list(_plain(asked))
    if filters and not small:
        left = select(dossiers.c.id).where(dossiers.c.campaign == asked.campaign, *filters).limit(FEW_DOSSIERS + 1)
        narrow = conn.execute(left).scalars().all()
        if len(narrow) <= FEW_DOSSIERS:
            walked, small = walked.where(initiatives.c.dossier_id.in_(narrow)), True
    return walked.where(search.stands(conn, search.INITIATIVES, terms, initiatives.c.id, few=small))


def _by_number(conn: Connection, found: Select[Any], order: Order, terms: Sequence[Term]) -> tuple[Select[Any], Order]:
    found, key = search.in_its_order(conn, found, search.INITIATIVES, terms, initiatives.c.id)
    return found, [(key, order[0][1])]


def _met(
    conn: Connection, walked: Select[Any], order: Order, page: Page, terms: Sequence[Term], share: float
) -> list[int] | None:
    """The rows of the page, where so many are hits that a short walk meets all of them; None where it does not."""
    if page.limit is None or share * WALKED < 1.5 * page.limit:
        return None
    stands, met = search.in_texts(terms), list[int]()
    rows = walked.with_only_columns(initiatives.c.id, initiatives.c.text_folded)
    for row in pages(conn, rows, order, replace(page, limit=WALKED), _BOTH, initiatives.c.id, batch=100):
        if stands(row.text_folded):
            met.append(row.id)
            if len(met) >= page.limit:
                return met
    return None


def _led_by(first: ColumnElement[Any]) -> ColumnElement[str]:
    """By which table's column the campaign is asked for: that of the order, so that its index is walked."""
    mine = (initiatives.c.id, initiatives.c.title_folded)
    return initiatives.c.campaign if any(first is one for one in mine) else dossiers.c.campaign


def _of(campaign: ColumnElement[str], asked: Asked, *, walked: bool) -> ColumnElement[bool]:
    """Of the campaign that is asked for. Where its rows are not walked, SQLite is kept from an index that begins so."""
    return (campaign if walked else func.coalesce(campaign, "")) == asked.campaign


def _few_dossiers(conn: Connection, asked: Asked, ways: list[Way] | None, hits: Sequence[int] = ()) -> list[int] | None:
    """The dossiers that one of the filters leaves, where SQLite has to be told and they are few; others still count.

    `hits` are those of the first way.
    """
    if conn.dialect.name != "sqlite":
        return None
    if ways and (few := _few(conn, *(way.keys(conn, asked.campaign) for way in ways[1:]), known=hits)) is not None:
        return few
    mine = select(dossiers.c.id).where(dossiers.c.campaign == asked.campaign)
    if asked.union is not None:
        return _few(conn, mine.where(dossiers.c.union_code == asked.union))
    if asked.verdict is not None:
        few = _few(conn, mine.where(dossiers.c.verdict == asked.verdict.value))
        if few is not None:
            return few
    if asked.finding is not None:
        marked = select(findings.c.dossier_id).where(findings.c.code == asked.finding)
        if (few := _few(conn, marked)) is not None:
            return few
    if asked.since is not None or asked.until is not None:
        began, ended = asked.since or _FIRST, asked.until or _LAST
        span = dossiers.c.came_at.between(began, ended)
        return _few(conn, mine.where(span))
    return None


def _few(conn: Connection, *asked: Select[Any], known: Sequence[int] = ()) -> list[int] | None:
    found = dict.fromkeys(known)
    for one in asked:
        rows = _some(conn, one)
        if len(rows) > FEW:
            return None
        found.update(dict.fromkeys(rows))
    return list(found) if len(found) <= FEW else None


def _some(conn: Connection, asked: Select[Any]) -> Sequence[int]:
    """The first of them: whether they are few is told by how many come."""
    return conn.execute(asked.limit(FEW + 1)).scalars().all()


def _share(keys: Sequence[int]) -> float:
    """How many of all rows are hits, told from the first of them."""
    return len(keys) / (max(keys) - min(keys) + 1) if keys else 0.0
