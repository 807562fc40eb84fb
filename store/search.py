"""Conditions of search on both databases: FTS5 of SQLite, tsvector of PostgreSQL, over words that the program made.

Both hold each word of a row, and each two and each three neighbours joined by § ("benh§vien§da"), and no places: up to
three in a row are one look into the index; of more, the rows that hold all their threes have their text looked at.
On SQLite each of these ends with a mark of the row's campaign ("benh§vien§da§§1f0c92ab"): whole words are found within
one campaign without going through the list of all its rows. Other campaigns may share a mark: who asks compares them.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
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
    or_,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from dossier.searching import Term
from store.search_index import INITIATIVES, JOINED, LONGEST_RUNS, MARK, MARKED, OWN, RUN, SearchIndex

_SHORTEST = 2
"""Letters of a beginning: of one letter alone it counts as a word, since no index is kept of those."""
_NOWHERE = "§§§"
"""A word that no index holds."""
_TOO_LONG = "§§"
"""Stands in PostgreSQL's index in place of the runs of a text over LONGEST_RUNS."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """Of these terms at least one stands in the row."""

    terms: tuple[Term, ...]


Sought = Term | OneOf


def keys(conn: Connection, index: SearchIndex, terms: Sequence[Sought]) -> Select[Any]:
    """Keys of the rows where every term stands, on SQLite as far as the index tells (`told_by_text`); one term or more.

    In the order of the keys on SQLite.
    """
    if conn.dialect.name == "sqlite":
        return select(table(index.fts, column("rowid")).c.rowid).where(_match(index, terms))
    words = table(index.table, column(index.key)).alias("searched")
    told = _told(conn, index, terms, "searched")
    return select(words.c[index.key]).where(_vector(terms, "searched"), *told)


def expected(conn: Connection, index: SearchIndex, terms: Sequence[Sought]) -> float:
    """How many rows PostgreSQL takes to hold all the terms, by its statistics; it is asked no row."""
    asked = f"EXPLAIN (FORMAT JSON) SELECT FROM {index.table} WHERE search @@ CAST(:asked AS tsquery)"
    [plan] = conn.execute(text(asked), {"asked": _query(terms)}).scalar_one()
    return float(plan["Plan"]["Plan Rows"])


@contextmanager
def by_index(conn: Connection) -> Iterator[None]:
    """Until the end PostgreSQL reads no whole table where an index does.

    Long words lie beside their rows: it takes the table for small, and reads all of them.
    """
    conn.execute(text("SET LOCAL enable_seqscan = off"))
    yield
    conn.execute(text("SET LOCAL enable_seqscan = on"))


def told_by_text(
    conn: Connection, index: SearchIndex, terms: Sequence[Sought], key: ColumnElement[int]
) -> list[ColumnElement[bool]]:
    """Of rows at hand that the index gave: that words stand in a row of which it holds the runs alone."""
    if not index.apart:
        return _told(conn, index, terms, index.table)
    words = table(index.table, column(index.key)).alias("told")
    asked = _told(conn, index, terms, "told")
    return [exists(select(literal_column("1")).select_from(words).where(words.c[index.key] == key, *asked))] * bool(
        asked
    )


def stands(
    conn: Connection, index: SearchIndex, terms: Sequence[Sought], key: ColumnElement[int], *, few: bool = False
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
    if not index.apart:  # the row at hand is the one that the words are kept in
        begun = [term for term in terms if few and isinstance(term, Term) and _open(term)]
        whole = [term for term in terms if term not in begun]
        read = [_stands_in(index, index.table, conn, term) for term in begun]
        indexed = [_vector(whole, index.table)] if whole else []
        return and_(*indexed, *_told(conn, index, whole, index.table), *read)
    if few:  # a list of keys would be gathered whole first, whatever else is asked
        words = table(index.table, column(index.key)).alias("searched")
        asked = [_vector(terms, "searched"), *_told(conn, index, terms, "searched")]
        return select(and_(*asked)).where(words.c[index.key] == key).scalar_subquery()
    return key.in_(keys(conn, index, terms))


def in_one_of(conn: Connection, terms: Sequence[Term], dossier: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether one initiative of the dossier at hand holds every term; their texts are read."""
    words = table(INITIATIVES.table, column("dossier_id")).alias("held")
    asked = [_stands_in(INITIATIVES, "held", conn, term) for term in terms]
    return exists(select(literal_column("1")).select_from(words).where(words.c.dossier_id == dossier, *asked))


def among(
    conn: Connection, index: SearchIndex, terms: Sequence[Sought], key: ColumnElement[int]
) -> ColumnElement[bool]:
    """The same where SQLite gathers all hits first: for rows of which most are none."""
    if conn.dialect.name == "sqlite" and terms:
        gathered = literal_column(f"+{key}").in_(keys(conn, index, terms))
        return and_(gathered, *told_by_text(conn, index, terms, key))
    return stands(conn, index, terms, key)


def first_of_all(
    conn: Connection, found: Select[Any], index: SearchIndex, terms: Sequence[Sought], key: ColumnElement[int]
) -> tuple[Select[Any], ColumnElement[int]]:
    """The same where the index is asked first, whatever else is, and gives the rows one by one.

    Returns the row's number, too, in whose order it gives them on SQLite.
    """
    if conn.dialect.name != "sqlite":
        return found.where(stands(conn, index, terms, key)), key
    fts = table(index.fts, column("rowid"))
    # the plus keeps SQLite from walking the rows and asking the index of each
    joined = found.join(fts, key == literal_column(f"+{index.fts}.rowid")).where(_match(index, terms))
    return joined.where(*told_by_text(conn, index, terms, key)), fts.c.rowid


def in_texts(terms: Sequence[Sought]) -> Callable[[str], bool]:
    """The same as the indexes find, for the words of a row at hand, parted by spaces."""
    wanted = [_rows_of(term) for term in terms]

    def stand(words: str) -> bool:
        padded = f" {words} "
        return all(any(one in padded for one in ways) for ways in wanted)

    return stand


def _match(index: SearchIndex, terms: Sequence[Sought]) -> ColumnElement[bool]:
    # words hold letters, digits and § alone, so the quotation marks are ours
    mark = _mark_of(terms)
    if any(isinstance(term, Term) and _open(term) for term in terms):
        both = _last_of_all(terms, mark)
    else:
        both = " AND ".join(_asked(term, mark) for term in terms if not _of_campaign(term) or len(terms) == 1)
    return literal_column(index.fts).op("MATCH", is_comparison=True)(bindparam(None, both, unique=True))


def _last_of_all(terms: Sequence[Sought], mark: str) -> str:
    """Beginnings are those of all campaigns: the campaign's own word is asked for, too.

    Words that seldom meet are found first: a list as long as a campaign would be asked at every step of each.
    """
    scopes = [term for term in terms if isinstance(term, Term) and term.words[0].startswith(JOINED)]
    asked = [_asked(term, mark) for term in terms if term not in scopes]
    if len(asked) > 1 or (asked and " AND " in asked[0]):
        asked = [f'(({" AND ".join(asked)}) OR "{_NOWHERE}")']
    return " AND ".join([*asked, *(_asked(term, mark) for term in scopes)])


def _of_campaign(term: Sought) -> bool:
    return isinstance(term, Term) and term.words[0].startswith(OWN)


def _mark_of(terms: Sequence[Sought]) -> str:
    """Of the campaign whose word is asked for, alone or behind each of some days."""
    known = (term.terms[0] if isinstance(term, OneOf) else term for term in terms)
    [own, *_] = [term.words[-1] for term in known if term.words[-1].startswith(OWN)]
    return MARK + own[len(OWN) :][:MARKED]


def _asked(term: Sought, mark: str) -> str:
    if isinstance(term, OneOf):
        return f"({' OR '.join(_asked(one, mark) for one in term.terms)})"
    return " AND ".join(f'"{token}" *' if begins else f'"{token}{mark}"' for token, begins in _tokens(term))


def _vector(terms: Sequence[Sought], name: str) -> ColumnElement[bool]:
    words: ColumnElement[Any] = literal_column(f"{name}.search")
    return words.op("@@", is_comparison=True)(cast(bindparam(None, _query(terms), unique=True), TSQUERY))


def _query(terms: Sequence[Sought]) -> str:
    return " & ".join(_of_runs(term) for term in terms)


def _of_runs(term: Sought) -> str:
    if isinstance(term, OneOf):
        return f"({' | '.join(_of_runs(one) for one in term.terms)})"
    tokens = " & ".join(f"'{token}'{':*' if begins else ''}" for token, begins in _tokens(term))
    if len(term.words) == 1:
        return tokens
    return f"({tokens} | '{_TOO_LONG}' & {' & '.join(_lexemes(term))})"


def _tokens(term: Term) -> list[tuple[str, bool]]:
    """What of a term is in the index, and whether it is a beginning."""
    size = min(RUN, len(term.words))
    runs = [JOINED.join(term.words[at : at + size]) for at in range(len(term.words) - size + 1)]
    return [*((run, False) for run in runs[:-1]), (runs[-1], _open(term))]


def _lexemes(term: Term) -> list[str]:
    found = [f"'{word}'" for word in term.words]
    if _open(term):
        found[-1] += ":*"
    return found


def _told(conn: Connection, index: SearchIndex, terms: Sequence[Sought], name: str) -> list[ColumnElement[bool]]:
    """What the index leaves open of the row that goes by this name."""
    rows = [term for term in terms if isinstance(term, Term) and len(term.words) > 1]
    found = [_stands_in(index, name, conn, term) for term in rows if len(term.words) > RUN]
    short = [_stands_in(index, name, conn, term) for term in rows if len(term.words) <= RUN]
    if short and conn.dialect.name != "sqlite":
        size: ColumnElement[int] = literal_column(" + 1 + ".join(f"octet_length({name}.{one})" for one in index.texts))
        found.append(or_(size <= LONGEST_RUNS, and_(*short)))
    return found


def _stands_in(index: SearchIndex, name: str, conn: Connection, term: Sought) -> ColumnElement[bool]:
    """By the text of the row that goes by this name."""
    place = func.instr if conn.dialect.name == "sqlite" else func.strpos
    padded: ColumnElement[str] = literal_column(f"(' ' || {index.text_of(name)} || ' ')")
    return or_(*(place(padded, bindparam(None, one, String, unique=True)) > 0 for one in _rows_of(term)))


def _rows_of(term: Sought) -> list[str]:
    if isinstance(term, OneOf):
        return [row for one in term.terms for row in _rows_of(one)]
    return [f" {' '.join(term.words)}{'' if _open(term) else ' '}"]


def _open(term: Term) -> bool:
    return term.prefix and len(term.words[-1]) >= _SHORTEST
