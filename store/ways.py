"""The ways in which a dossier is found by words: all of them stand in it, or its union's name holds the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Connection, Select, and_, any_, cast, select, true

from dossier.searching import Term, in_cell, scope, terms_of
from store import search
from store.schema.record import dossiers
from store.search_index import DOSSIERS
from store.search_words import CAMPAIGN, IN_FIELD

_FEW = 100
"""Unions whose dossiers are looked at one by one."""
_GATHERED = 5000
"""Dossiers that PostgreSQL is asked for before anything else, where it expects no more to hold the words."""


def of_campaign(campaign: str) -> tuple[Term, ...]:
    """The word that every row of a campaign holds."""
    return (Term((scope(CAMPAIGN, campaign),)),)


@dataclass(frozen=True, slots=True)
class Way:
    """Terms that must stand in a dossier, for these unions alone (None: for all): their names hold the other terms."""

    terms: tuple[Term, ...]
    scope: tuple[Term, ...]
    unions: tuple[str, ...] | None = None

    def condition(self, conn: Connection, *, dense: bool) -> ColumnElement[bool]:
        known = true() if self.unions is None else dossiers.c.union_code.in_(self.unions)
        if not self.terms:
            return known
        few = self.unions is not None and len(self.unions) <= _FEW
        terms = [*self.terms, *self.scope]
        if self.unions is None and (met := _gathered(conn, terms)) is not None:
            return dossiers.c.id == any_(cast(met, ARRAY(BigInteger)))
        if dense or few:
            return and_(known, search.stands(conn, DOSSIERS, terms, dossiers.c.id, few=few))
        return and_(known, search.among(conn, DOSSIERS, terms, dossiers.c.id))

    def keys(self, conn: Connection, campaign: str) -> Select[Any]:
        if self.unions is None:
            return search.keys(conn, DOSSIERS, [*self.terms, *self.scope])
        return select(dossiers.c.id).where(dossiers.c.campaign == campaign, self.condition(conn, dense=False))


def _gathered(conn: Connection, terms: Sequence[Term]) -> list[int] | None:
    """PostgreSQL: the dossiers, where few are expected and found; it would join all of the campaign with them."""
    if conn.dialect.name == "sqlite" or search.expected(conn, DOSSIERS, terms) > _GATHERED:
        return None
    with search.by_index(conn):
        met = list(conn.execute(search.keys(conn, DOSSIERS, terms).limit(_GATHERED + 1)).scalars())
    return met if len(met) <= _GATHERED else None


def ways_of(text: str, campaign: str, names: Mapping[str, Sequence[str]], field: str = "") -> list[Way] | None:
    """None where no words are asked for; empty where what was typed holds no word.

    `field`: words of that column, of whichever initiatives of the dossier (`lists.list_dossiers` asks for one of them).
    """
    if not text.strip() and not field.strip():
        return None
    terms, left = terms_of(text), dict[tuple[Term, ...], list[str]]()
    apart = in_cell(IN_FIELD, field)
    if bool(text.strip()) > bool(terms) or bool(field.strip()) > bool(apart):
        return []
    for code, words in names.items():
        rest = tuple(term for term in terms if not term.stands_in(list(words)))
        if len(rest) < len(terms):
            left.setdefault(rest, []).append(code)
    named = [Way((*rest, *apart), of_campaign(campaign), tuple(codes)) for rest, codes in left.items()]
    return [Way((*terms, *apart), of_campaign(campaign)), *named]
