"""Lists of dossiers and of initiatives: filtered, searched, sorted, page by page; memory does not grow with them.

SQLite keeps no statistics by which it could choose between walking in the order asked and collecting the few rows that
a filter leaves: here it is told, after looking whether they are few.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, false, func, or_, select, true

from dossier.model import Verdict
from dossier.searching import Term, in_cell, scope, terms_of
from store import search
from store.contents import Initiative, initiative_of, select_initiatives
from store.dossiers import Dossier, dossier_of
from store.paging import Order, Page, Sort, order_of, pages
from store.schema.decisions import paper_copies
from store.schema.record import dossiers, findings, initiatives, revisions
from store.search_words import CAMPAIGN, IN_BLOCK, IN_FIELD

FEW = 2000
"""Rows that are collected and sorted; where more are left, the order asked is walked."""
FEW_DOSSIERS = 30
"""Dossiers whose initiatives are all looked at, each by the index of words."""


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
_LED_BY: Mapping[str, ColumnElement[str]] = {"number": initiatives.c.campaign, "title": initiatives.c.campaign}
"""By which table's column the campaign is asked for: that of the order, so that its index is walked."""


def list_dossiers(
    conn: Connection, asked: Asked, page: Page, names: Mapping[str, Sequence[str]] | None = None
) -> Iterator[Dossier]:
    """By union unless said otherwise. `names`: union code → words of its names, which are searched, too.

    Read while it is walked: the connection has to stay open. Raises UnknownSortError, NoSuchRowError.
    """
    order = order_of(page.sort or (Sort("union"),), DOSSIER_SORTS, dossiers.c.id)
    ways = _ways(asked, names or {})
    few = _few_dossiers(conn, asked, ways)
    found = select(dossiers).where(_of(dossiers.c.campaign, asked, walked=few is None), *_plain(asked))
    if few is not None:
        found = found.where(dossiers.c.id.in_(few))
    if ways is not None:
        found = found.where(or_(false(), *(way.condition(conn) for way in ways)))
    return (dossier_of(row) for row in pages(conn, found, order, page, dossiers, dossiers.c.id))


def list_initiatives(conn: Connection, asked: Asked, page: Page) -> Iterator[Initiative]:
    """By union and row; where words are searched for, by number, unless said otherwise. As `list_dossiers`."""
    terms = _initiative_terms(asked)
    sort = page.sort or (Sort("union" if terms is None else "number"),)
    order = order_of(sort, INITIATIVE_SORTS, initiatives.c.id)
    found, campaign = select_initiatives().where(*_plain(asked)), _LED_BY.get(sort[0].key, dossiers.c.campaign)
    if terms is not None:
        found, order = _searched(conn, found, order, asked, terms)
    elif (few := _few_dossiers(conn, asked, None)) is not None:
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


def _of_campaign(asked: Asked) -> tuple[Term, ...]:
    return (Term((scope(CAMPAIGN, asked.campaign),)),)


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
    conn: Connection, found: Select[Any], order: Order, asked: Asked, terms: list[Term]
) -> tuple[Select[Any], Order]:
    """The rows where the terms stand, and by what they are sorted now."""
    if not terms:
        return found.where(false()), order
    index, (first, down) = search.INITIATIVES, order[0]
    terms = [*terms, *_of_campaign(asked)]
    few = _few(conn, search.keys(conn, index, terms)) if conn.dialect.name == "sqlite" else None
    if few is not None:
        return found.where(initiatives.c.id.in_(few), _of(initiatives.c.campaign, asked, walked=False)), order
    narrow = _few_dossiers(conn, asked, None)
    if narrow is not None and len(narrow) <= FEW_DOSSIERS:
        found = found.where(dossiers.c.id.in_(narrow), _of(dossiers.c.campaign, asked, walked=False))
        return found.where(search.stands(conn, index, terms, initiatives.c.id)), order
    if conn.dialect.name == "sqlite" and first is initiatives.c.id:
        found, key = search.in_its_order(found, index, terms, initiatives.c.id)
        return found, [(key, down)]
    campaign = _LED_BY.get("title" if first is initiatives.c.title_folded else "", dossiers.c.campaign)
    return found.where(search.stands(conn, index, terms, initiatives.c.id), campaign == asked.campaign), order


def _of(campaign: ColumnElement[str], asked: Asked, *, walked: bool) -> ColumnElement[bool]:
    """Of the campaign that is asked for. Where its rows are not walked, SQLite is kept from an index that begins so."""
    return (campaign if walked else func.coalesce(campaign, "")) == asked.campaign


@dataclass(frozen=True, slots=True)
class _Way:
    """Terms that must stand in a dossier, for these unions alone (None: for all): their names hold the other terms."""

    terms: tuple[Term, ...]
    scope: tuple[Term, ...]
    unions: tuple[str, ...] | None = None

    def condition(self, conn: Connection) -> ColumnElement[bool]:
        known = true() if self.unions is None else dossiers.c.union_code.in_(self.unions)
        if not self.terms:
            return known
        return and_(known, search.stands(conn, search.DOSSIERS, [*self.terms, *self.scope], dossiers.c.id))

    def keys(self, conn: Connection, campaign: str) -> Select[Any]:
        if self.unions is None:
            return search.keys(conn, search.DOSSIERS, [*self.terms, *self.scope])
        return select(dossiers.c.id).where(dossiers.c.campaign == campaign, self.condition(conn))


def _ways(asked: Asked, names: Mapping[str, Sequence[str]]) -> list[_Way] | None:
    """None where no words are asked for; empty where what was typed holds no word."""
    if not asked.text.strip():
        return None
    terms, left = terms_of(asked.text), dict[tuple[Term, ...], list[str]]()
    if not terms:
        return []
    for code, words in names.items():
        rest = tuple(term for term in terms if not term.stands_in(list(words)))
        if len(rest) < len(terms):
            left.setdefault(rest, []).append(code)
    named = [_Way(rest, _of_campaign(asked), tuple(codes)) for rest, codes in left.items()]
    return [_Way(terms, _of_campaign(asked)), *named]


def _few_dossiers(conn: Connection, asked: Asked, ways: list[_Way] | None) -> list[int] | None:
    """The dossiers that one of the filters leaves, where SQLite has to be told and they are few; others still count."""
    if conn.dialect.name != "sqlite":
        return None
    if ways and (few := _few(conn, *(way.keys(conn, asked.campaign) for way in ways))) is not None:
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


def _few(conn: Connection, *asked: Select[Any]) -> list[int] | None:
    found: dict[int, None] = {}
    for one in asked:
        rows = conn.execute(one.limit(FEW + 1)).scalars().all()
        if len(rows) > FEW:
            return None
        found.update(dict.fromkeys(rows))
    return list(found) if len(found) <= FEW else None
