"""Initiatives on record that may be like new ones: found by their marks, never by going through all of them."""

from collections import Counter
from collections.abc import Sequence
from heapq import nsmallest

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, or_, select, union_all

from dossier.initiatives import Drawn
from dossier.near_duplicates import Gist, Sent
from store.json_text import mapping_of
from store.schema.record import dossiers, initiative_marks, initiatives

_AT_ONCE = 14
"""Marks looked up by one statement, which is always the same one."""
_PLACES_AT_ONCE = 25
"""Initiatives fetched by one statement, likewise."""
_OF_ONE_MARK = 50
"""Initiatives that are taken of one mark, half on each side: a form of words that thousands share tells nothing."""
_CLOSEST = 5
"""Of each new initiative: those that share the most marks with it are compared."""

Place = tuple[int, int]
"""Number of a dossier, and row."""


def _with_mark(number: int, side: str) -> Select[tuple[int, int, int]]:
    """Of other dossiers, on one side of the own: with `<>` SQLite sorts all that have the mark."""
    table = initiative_marks.c
    other = table.dossier_id < bindparam("own") if side == "before" else table.dossier_id > bindparam("own")
    found = (
        select(table.mark, table.dossier_id, table.row)
        .where(table.mark == bindparam(f"mark_{number}"), other)
        .order_by(table.dossier_id, table.row)
        .limit(_OF_ONE_MARK // 2)
        .subquery(f"few_{side}_{number}")
    )
    return select(found.c.mark, found.c.dossier_id, found.c.row)


def _at_place(number: int) -> ColumnElement[bool]:
    table = initiatives.c
    return and_(table.dossier_id == bindparam(f"dossier_{number}"), table.row == bindparam(f"row_{number}"))


MARKED = union_all(*(_with_mark(number, side) for number in range(_AT_ONCE) for side in ("before", "after")))
"""Public for the bench, which asks for its plan."""
_PLACED = (
    select(
        initiatives.c.dossier_id,
        initiatives.c.row,
        initiatives.c.title,
        initiatives.c.cells,
        dossiers.c.union_code,
        dossiers.c.code,
    )
    .join(dossiers, dossiers.c.id == initiatives.c.dossier_id)
    .where(or_(*map(_at_place, range(_PLACES_AT_ONCE))))
)


def candidates(conn: Connection, dossier_id: int, drawn: Sequence[Drawn]) -> list[list[Sent]]:
    """For each new initiative of the dossier, those of other dossiers of its campaign that may be like it."""
    marked = _marked(conn, dossier_id, sorted({mark for one in drawn for mark in one.marks}))
    wanted = [_closest(one.marks, marked) for one in drawn]
    sent = _sent(conn, sorted({place for places in wanted for place in places}))
    return [[sent[place] for place in places if place in sent] for places in wanted]


def _marked(conn: Connection, own: int, marks: Sequence[int]) -> dict[int, list[Place]]:
    found: dict[int, list[Place]] = {}
    for start in range(0, len(marks), _AT_ONCE):
        part = marks[start : start + _AT_ONCE]
        asked: dict[str, int | None] = {f"mark_{number}": None for number in range(_AT_ONCE)}
        asked |= {f"mark_{number}": mark for number, mark in enumerate(part)} | {"own": own}
        for row in conn.execute(MARKED, asked).all():
            found.setdefault(row.mark, []).append((row.dossier_id, row.row))
    return found


def _closest(marks: Sequence[int], marked: dict[int, list[Place]]) -> list[Place]:
    shared = Counter(place for mark in marks for place in marked.get(mark, ()))
    return nsmallest(_CLOSEST, shared, key=lambda place: (-shared[place], place))


def _sent(conn: Connection, places: Sequence[Place]) -> dict[Place, Sent]:
    found: dict[Place, Sent] = {}
    for start in range(0, len(places), _PLACES_AT_ONCE):
        asked: dict[str, int | None] = {}
        for number in range(_PLACES_AT_ONCE):
            known = start + number < len(places)
            asked[f"dossier_{number}"], asked[f"row_{number}"] = places[start + number] if known else (None, None)
        for one in conn.execute(_PLACED, asked):
            gist = Gist.of(mapping_of(one.cells))
            found[one.dossier_id, one.row] = Sent(one.union_code, one.code, one.row, one.title, gist)
    return found
