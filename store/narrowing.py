"""Which rows a list asks for, and how few a filter leaves: by that the way is chosen on which they are found.

SQLite keeps no statistics by which it could choose between walking in the order asked and collecting the few rows that
a filter leaves: here it is told, after looking whether they are few (docs/decisions/0070-runs-of-words.md).
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    any_,
    bindparam,
    cast,
    exists,
    func,
    select,
)

from dossier.model import Verdict
from dossier.searching import Term
from store import search
from store.schema.decisions import paper_copies
from store.schema.record import dossiers, findings, initiatives, revisions
from store.search_index import INITIATIVES
from store.ways import Way, of_campaign

FEW = 1000
"""Rows that are collected and sorted; where more are left, the order asked is walked."""
HITS = 3000
"""Hits of words that are gathered and sorted otherwise than by number: to read a row of them takes a microsecond."""
SMALL = 2000
"""Initiatives of a campaign of which PostgreSQL reads the texts where beginnings are asked for."""
FEW_DOSSIERS = 200
"""Dossiers whose initiatives' texts are all looked at."""
SPARSE = 0.1
"""Share of rows that are hits, up to which all of them are gathered for a filter that leaves few dossiers."""
GATHERED = 1.0
"""PostgreSQL gathers and sorts hits up to so many times as many rows as a walk looks at until a page is full."""
MOST = 0.5
"""Share of dossiers from which on they are looked at one by one, not gathered."""
WALKED = 2500
"""Rows whose texts are looked at on the way, where so many are hits that a page is full before."""
_FIRST, _LAST = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)


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
    """Words of that column of the table, in one initiative; so `block`, which is asked of initiatives alone."""
    block: str = ""
    paper: bool | None = None
    """Whether a complete paper copy was recorded and not withdrawn."""
    among: Select[Any] | Sequence[int] | None = None
    """Keys of dossiers: only these."""


def plain(conn: Connection, asked: Asked) -> Iterator[ColumnElement[bool]]:
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
        yield is_among(conn, dossiers.c.id, asked.among)
    if asked.finding is not None:
        stands = exists().where(revisions.c.dossier_id == dossiers.c.id, revisions.c.number == dossiers.c.revision)
        yield stands.where(findings.c.revision_id == revisions.c.id, findings.c.code == asked.finding)


def led_by(first: ColumnElement[Any]) -> ColumnElement[str]:
    """By which table's column the campaign is asked for: that of the order, so that its index is walked."""
    mine = (initiatives.c.id, initiatives.c.title_folded)
    return initiatives.c.campaign if any(first is one for one in mine) else dossiers.c.campaign


def of_asked(campaign: ColumnElement[str], asked: Asked, *, walked: bool) -> ColumnElement[bool]:
    """Of the campaign that is asked for. Where its rows are not walked, SQLite is kept from an index that begins so."""
    return (campaign if walked else func.coalesce(campaign, "")) == asked.campaign


def is_one_of(key: ColumnElement[int], keys: Sequence[int]) -> ColumnElement[bool]:
    """The same as `in_`, the keys given as one value: each of hundreds would be looked at for what it is."""
    return key.in_(bindparam(None, keys, unique=True, expanding=True))


def is_among(conn: Connection, key: ColumnElement[int], keys: Select[Any] | Sequence[int]) -> ColumnElement[bool]:
    """The same for any number of keys: a statement of PostgreSQL takes 65,535 values, one of SQLite 32,766."""
    if isinstance(keys, Select):
        return key.in_(keys)
    if conn.dialect.name == "sqlite":
        each = func.json_each(json.dumps(list(keys))).table_valued("value")
        return key.in_(select(each.c.value))
    return key == any_(cast(list(keys), ARRAY(BigInteger)))


def are_most(conn: Connection, campaign: str, hits: Sequence[int]) -> bool:
    """Whether hits that are many are more than half of the campaign's dossiers: to walk these in order is soon done."""
    if len(hits) <= FEW_DOSSIERS:
        return False
    mine = select(dossiers.c.id).where(dossiers.c.campaign == campaign).limit(2 * len(hits))
    return len(conn.execute(mine).scalars().all()) < 2 * len(hits)


def holding(conn: Connection, terms: Sequence[Term], campaign: str, *, every: bool = False) -> list[int] | None:
    """The dossiers that hold an initiative with every term, as far as its index tells; None where hits are many.

    `every`: however many they are.
    """
    sought = [*terms, *of_campaign(campaign)]
    keys = search.keys(conn, INITIATIVES, sought)
    if every:
        return list(conn.execute(_dossiers_of(initiatives.c.id.in_(keys))).scalars())
    if conn.dialect.name != "sqlite" and search.expected(conn, INITIATIVES, sought) > HITS:
        return None
    hits = conn.execute(keys.limit(HITS + 1)).scalars().all()
    return None if len(hits) > HITS else list(conn.execute(_dossiers_of(is_one_of(initiatives.c.id, hits))).scalars())


def _dossiers_of(chosen: ColumnElement[bool]) -> Select[Any]:
    return select(initiatives.c.dossier_id).where(chosen).distinct()


def few_dossiers(conn: Connection, asked: Asked, ways: list[Way] | None, hits: Sequence[int] = ()) -> list[int] | None:
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
        rows = some(conn, one)
        if len(rows) > FEW:
            return None
        found.update(dict.fromkeys(rows))
    return list(found) if len(found) <= FEW else None


def some(conn: Connection, asked: Select[Any]) -> Sequence[int]:
    """The first of them: whether they are few is told by how many come."""
    return conn.execute(asked.limit(FEW + 1)).scalars().all()


def density(conn: Connection, asked: Select[Any]) -> float | None:
    """The share of hits among all rows, told from the first HITS of them; None where there are no more than these.

    `asked` gives the hits' keys in their order; none of those between is read.
    """
    last = conn.execute(asked.offset(HITS).limit(1)).scalar_one_or_none()
    if last is None:
        return None
    return share((int(conn.execute(asked.limit(1)).scalar_one()), int(last)), HITS + 1)


def share(keys: Sequence[int], count: int | None = None) -> float:
    """How many of all rows are hits, told from some of them, or of so many from the first and the last."""
    return (count or len(keys)) / (max(keys) - min(keys) + 1) if keys else 0.0
