"""Conditions of search on both databases: FTS5 of SQLite, tsvector of PostgreSQL, over words that the program made.

The index of initiatives holds each word of a row, and each two neighbours joined by § ("benh§vien"), and no places: two
words in a row are found by their pair, more of them by all their pairs and a look at the text. That of dossiers holds
words with their places: in so long a text nearly every pair stands somewhere.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    and_,
    bindparam,
    cast,
    column,
    exists,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from dossier.searching import Term

_SHORTEST = 2
"""Letters of a beginning: of one letter alone it counts as a word, since no index is kept of those."""
_PAIRED = "§"
_TOO_LONG = "§§"
"""Stands in PostgreSQL's index of a row whose pairs would not fit into it (1 MiB)."""
TOKENS = (
    "{0} || ' ' || coalesce((SELECT group_concat(value || ' ' || value, '§')"
    """ FROM json_each('["' || replace({0}, ' ', '","') || '"]')), '')"""
)
"""SQLite: the words of a text and their pairs. "a b c" doubled is "a a", "b b", "c c"; joined: "a a§b b§c c".

Words are letters, digits and §, so they need no escaping in JSON.
"""


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """What one table is searched by."""

    fts: str
    """SQLite's table of FTS5; its rowid is the key."""
    table: str
    key: str
    """Of the table that PostgreSQL's column `search` stands in."""
    texts: tuple[str, ...]
    """Columns of that table: what is indexed."""
    paired: bool
    """Holds pairs, and no places."""


INITIATIVES = SearchIndex("initiative_search", "initiatives", "id", ("text_folded",), paired=True)
DOSSIERS = SearchIndex("dossier_search", "dossier_words", "dossier_id", ("about", "text_folded"), paired=False)
FTS_TABLES = (INITIATIVES.fts, DOSSIERS.fts)


def fill() -> str:
    """SQLite's statement that indexes every initiative anew; the index is empty."""
    words = TOKENS.format("text_folded")
    return f"INSERT INTO initiative_search (rowid, words) SELECT id, {words} FROM initiatives ORDER BY id"  # noqa: S608


def keys(conn: Connection, index: SearchIndex, terms: Sequence[Term]) -> Select[Any]:
    """Keys of the rows where every term stands, as far as the index tells (`told_by_text`); at least one term.

    In the order of the keys on SQLite.
    """
    if conn.dialect.name == "sqlite":
        return select(table(index.fts, column("rowid")).c.rowid).where(_match(index, terms))
    words = table(index.table, column(index.key)).alias("searched")
    return select(words.c[index.key]).where(_vector(index, terms, "searched"))


def told_by_text(conn: Connection, index: SearchIndex, terms: Sequence[Term]) -> list[ColumnElement[bool]]:
    """Of rows at hand that the index gave: that words stand in a row of which it holds the pairs alone."""
    told = 2 if conn.dialect.name == "sqlite" else 1
    long = [term for term in terms if len(term.words) > told] if index.paired else []
    return [_stands_in(index, index.table, conn, term) for term in long]


def stands(
    conn: Connection, index: SearchIndex, terms: Sequence[Term], key: ColumnElement[int], *, few: bool = False
) -> ColumnElement[bool]:
    """Whether every term stands in the row with that key; asked of rows that are at hand already.

    On SQLite the row's text is read: a look into the index for one row takes ten times as long. On PostgreSQL where
    `few` rows are at hand beginnings are looked for in their texts: its index gathers all words that begin so.
    """
    if not terms:
        return literal_column("1") == 1
    if conn.dialect.name == "sqlite":
        words = table(index.table, column(index.key)).alias("searched")
        asked = [_stands_in(index, "searched", conn, term) for term in terms]
        return exists(select(literal_column("1")).select_from(words).where(words.c[index.key] == key, *asked))
    if index.paired:  # the row at hand is the one that the words are kept in
        begun = [term for term in terms if few and _open(term)]
        whole = [term for term in terms if term not in begun]
        read = [_stands_in(index, index.table, conn, term) for term in begun]
        indexed = [_vector(index, whole, index.table)] if whole else []
        return and_(*indexed, *told_by_text(conn, index, whole), *read)
    if few:  # a list of keys would be gathered whole first, whatever else is asked
        words = table(index.table, column(index.key)).alias("searched")
        return select(_vector(index, terms, "searched")).where(words.c[index.key] == key).scalar_subquery()
    return key.in_(keys(conn, index, terms))


def among(conn: Connection, index: SearchIndex, terms: Sequence[Term], key: ColumnElement[int]) -> ColumnElement[bool]:
    """The same where SQLite gathers all hits first: for rows of which most are none."""
    if conn.dialect.name == "sqlite" and terms:
        gathered = literal_column(f"+{key}").in_(keys(conn, index, terms))
        return and_(gathered, *told_by_text(conn, index, terms))
    return stands(conn, index, terms, key)


def in_its_order(
    conn: Connection, found: Select[Any], index: SearchIndex, terms: Sequence[Term], key: ColumnElement[int]
) -> tuple[Select[Any], ColumnElement[int]]:
    """On SQLite: rows joined in the order in which the index gives them, one by one; returns what to sort by, too."""
    fts = table(index.fts, column("rowid"))
    # the plus keeps SQLite from walking the rows and asking the index of each
    joined = found.join(fts, key == literal_column(f"+{index.fts}.rowid")).where(_match(index, terms))
    return joined.where(*told_by_text(conn, index, terms)), fts.c.rowid


def in_texts(terms: Sequence[Term]) -> Callable[[str], bool]:
    """The same as the indexes find, for the words of a row at hand, parted by spaces."""
    wanted = [_row_of(term) for term in terms]

    def stand(text: str) -> bool:
        padded = f" {text} "
        return all(one in padded for one in wanted)

    return stand


def _match(index: SearchIndex, terms: Sequence[Term]) -> ColumnElement[bool]:
    # words hold letters and digits alone, so the quotation marks are ours
    tokens = [one for term in terms for one in (_tokens(term) if index.paired else _phrase(term))]
    asked = " AND ".join(f'"{token}"{" *" if begins else ""}' for token, begins in tokens)
    return literal_column(index.fts).op("MATCH", is_comparison=True)(bindparam(None, asked, unique=True))


def _phrase(term: Term) -> list[tuple[str, bool]]:
    return [(" ".join(term.words), _open(term))]


def _vector(index: SearchIndex, terms: Sequence[Term], name: str) -> ColumnElement[bool]:
    words: ColumnElement[Any] = literal_column(f"{name}.search")
    asked = " & ".join(_of_pairs(term) if index.paired else f"({' <-> '.join(_lexemes(term))})" for term in terms)
    return words.op("@@", is_comparison=True)(cast(bindparam(None, asked, unique=True), TSQUERY))


def _of_pairs(term: Term) -> str:
    tokens = " & ".join(f"'{token}'{':*' if begins else ''}" for token, begins in _tokens(term))
    if len(term.words) == 1:
        return tokens
    return f"({tokens} | '{_TOO_LONG}' & {' & '.join(_lexemes(term))})"


def _tokens(term: Term) -> list[tuple[str, bool]]:
    """What of a term is in the index of pairs, and whether it is a beginning."""
    if len(term.words) == 1:
        return [(term.words[0], _open(term))]
    pairs = [_PAIRED.join(pair) for pair in pairwise(term.words)]
    return [*((pair, False) for pair in pairs[:-1]), (pairs[-1], _open(term))]


def _lexemes(term: Term) -> list[str]:
    found = [f"'{word}'" for word in term.words]
    if _open(term):
        found[-1] += ":*"
    return found


def _stands_in(index: SearchIndex, name: str, conn: Connection, term: Term) -> ColumnElement[bool]:
    """By the text of the row that goes by this name."""
    text = " || ' ' || ".join(f"{name}.{one}" for one in index.texts)
    place = func.instr if conn.dialect.name == "sqlite" else func.strpos
    padded: ColumnElement[str] = literal_column(f"(' ' || {text} || ' ')")
    return place(padded, bindparam(None, _row_of(term), String, unique=True)) > 0


def _row_of(term: Term) -> str:
    return f" {' '.join(term.words)}{'' if _open(term) else ' '}"


def _open(term: Term) -> bool:
    return term.prefix and len(term.words[-1]) >= _SHORTEST
