"""Initiatives on record that may be like new ones: found by their marks, never by going through all of them."""

from collections import Counter
from collections.abc import Sequence
from itertools import islice

from sqlalchemy import Connection, Select, bindparam, select, union_all

from dossier.initiatives import Drawn
from dossier.near_duplicates import Gist, Sent
from store.json_text import mapping_of
from store.schema.record import dossiers, initiative_marks, initiatives

_AT_ONCE = 28
"""Marks looked up by one statement, which is always the same one."""
_OF_ONE_MARK = 50
"""Initiatives that are taken of one mark: a form of words that thousands share tells nothing."""
_CLOSEST = 5
"""Of each new initiative: those that share the most marks with it are compared."""

Place = tuple[int, int]
"""Number of a dossier, and row."""


def _with_mark(number: int) -> Select[tuple[int, int, int]]:
    table = initiative_marks.c
    found = (
        select(table.mark, table.dossier_id, table.row)
        .where(table.mark == bindparam(f"mark_{number}"), table.dossier_id != bindparam("own"))
        .order_by(table.dossier_id, table.row)
        .limit(_OF_ONE_MARK)
        .subquery(f"few_{number}")
    )
    return select(found.c.mark, found.c.dossier_id, found.c.row)


_MARKED = union_all(*map(_with_mark, range(_AT_ONCE)))


def candidates(conn: Connection, dossier_id: int, drawn: Sequence[Drawn]) -> list[list[Sent]]:
    """For each new initiative of the dossier, those of other dossiers of its campaign that may be like it."""
    marked = _marked(conn, dossier_id, sorted({mark for one in drawn for mark in one.marks}))
    wanted = [_closest(one.marks, marked) for one in drawn]
    sent = _sent(conn, {place for places in wanted for place in places})
    return [[sent[place] for place in places if place in sent] for places in wanted]


def _marked(conn: Connection, own: int, marks: Sequence[int]) -> dict[int, list[Place]]:
    found: dict[int, list[Place]] = {}
    for start in range(0, len(marks), _AT_ONCE):
        part = marks[start : start + _AT_ONCE]
        asked: dict[str, int | None] = {f"mark_{number}": None for number in range(_AT_ONCE)}
        asked |= {f"mark_{number}": mark for number, mark in enumerate(part)} | {"own": own}
        for row in conn.execute(_MARKED, asked):
            found.setdefault(row.mark, []).append((row.dossier_id, row.row))
    return found


def _closest(marks: Sequence[int], marked: dict[int, list[Place]]) -> list[Place]:
    shared = Counter(place for mark in marks for place in marked.get(mark, ()))
    ranked = sorted(shared, key=lambda place: (-shared[place], place))
    return list(islice(ranked, _CLOSEST))


def _sent(conn: Connection, places: set[Place]) -> dict[Place, Sent]:
    if not places:
        return {}
    asked = (
        select(
            initiatives.c.dossier_id,
            initiatives.c.row,
            initiatives.c.title,
            initiatives.c.cells,
            dossiers.c.union_code,
            dossiers.c.code,
        )
        .join(dossiers, dossiers.c.id == initiatives.c.dossier_id)
        .where(
            initiatives.c.dossier_id.in_(sorted({dossier for dossier, _ in places})),
            initiatives.c.row.in_(sorted({row for _, row in places})),
        )
    )
    return {
        (one.dossier_id, one.row): Sent(one.union_code, one.code, one.row, one.title, Gist.of(mapping_of(one.cells)))
        for one in conn.execute(asked)
        if (one.dossier_id, one.row) in places
    }
