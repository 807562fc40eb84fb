"""Conditions of search on both databases: FTS5 of SQLite, tsvector of PostgreSQL, over words that the program made."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, cast, column, exists, literal_column, select, table
from sqlalchemy.dialects.postgresql import TSQUERY

from dossier.searching import Term

_SHORTEST = 2
"""Letters of a beginning: of one letter alone it counts as a word, since no index is kept of those."""


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """What one table is searched by."""

    fts: str
    """SQLite's table of FTS5; its rowid is the key."""
    table: str
    key: str
    """Of the table that PostgreSQL's column `search` stands in."""


INITIATIVES = SearchIndex("initiative_search", "initiatives", "id")
DOSSIERS = SearchIndex("dossier_search", "dossier_words", "dossier_id")
FTS_TABLES = (INITIATIVES.fts, DOSSIERS.fts)


def keys(conn: Connection, index: SearchIndex, terms: Sequence[Term]) -> Select[Any]:
    """Keys of the rows where every term stands; there is at least one term. In the order of the keys on SQLite."""
    if conn.dialect.name == "sqlite":
        fts = table(index.fts, column("rowid"))
        return select(fts.c.rowid).where(_match(index, terms))
    words = table(index.table, column(index.key))
    return select(words.c[index.key]).where(_vector(index, terms))


def stands(conn: Connection, index: SearchIndex, terms: Sequence[Term], key: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether every term stands in the row with that key; asked of rows that are at hand already."""
    if not terms:
        return literal_column("1") == 1
    found = keys(conn, index, terms)
    if conn.dialect.name == "sqlite":
        return exists(
            found.where(literal_column(f"{index.fts}.rowid") == key).correlate_except(*found.get_final_froms())
        )
    return key.in_(found)


def in_its_order(
    found: Select[Any], index: SearchIndex, terms: Sequence[Term], key: ColumnElement[int]
) -> tuple[Select[Any], ColumnElement[int]]:
    """On SQLite: rows joined in the order in which the index gives them, one by one; returns what to sort by, too."""
    fts = table(index.fts, column("rowid"))
    # the plus keeps SQLite from walking the rows and asking the index of each
    joined = found.join(fts, key == literal_column(f"+{index.fts}.rowid")).where(_match(index, terms))
    return joined, fts.c.rowid


def _match(index: SearchIndex, terms: Sequence[Term]) -> ColumnElement[bool]:
    # words hold letters and digits alone, so the quotation marks are ours
    asked = " AND ".join(f'"{" ".join(term.words)}"{" *" if _open(term) else ""}' for term in terms)
    return literal_column(index.fts).op("MATCH", is_comparison=True)(bindparam(None, asked, unique=True))


def _vector(index: SearchIndex, terms: Sequence[Term]) -> ColumnElement[bool]:
    asked = " & ".join(f"({' <-> '.join(_lexemes(term))})" for term in terms)
    words: ColumnElement[Any] = literal_column(f"{index.table}.search")
    return words.op("@@", is_comparison=True)(cast(bindparam(None, asked, unique=True), TSQUERY))


def _lexemes(term: Term) -> list[str]:
    found = [f"'{word}'" for word in term.words]
    if _open(term):
        found[-1] += ":*"
    return found


def _open(term: Term) -> bool:
    return term.prefix and len(term.words[-1]) >= _SHORTEST
