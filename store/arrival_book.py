"""The series of arrival numbers of a year: emails that opened a dossier, and paper copies, in one order (Decree 30)."""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge

from sqlalchemy import Connection, select

from store import dossiers, paper, revisions
from store.dossiers import Dossier
from store.paper import StoredPaper
from store.revisions import Contribution
from store.schema.decisions import paper_copies
from store.schema.record import dossiers as dossier_table

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Arrived:
    """What one number was given to."""

    number: int
    dossier: Dossier
    paper: StoredPaper | None
    """None: the email that opened the dossier."""
    contributions: tuple[Contribution, ...]
    """The messages of the dossier, the first received first; none after they were erased."""


def arrived(conn: Connection, year: int) -> Iterator[Arrived]:
    """Every number of the year, in order; memory does not grow with them."""
    last: tuple[int, bool] | None = None
    for number, is_email, key in merge(_papers(conn, year), _opened(conn, year)):
        if last is not None and last[0] == number:
            continue  # the paper copy opened the dossier: they share the number
        last = number, is_email
        copy = None if is_email else paper.get(conn, key)
        dossier = dossiers.get(conn, key if copy is None else copy.dossier_id)
        if dossier is not None:
            yield Arrived(number, dossier, copy, tuple(revisions.contributions(conn, dossier.id)))


def _opened(conn: Connection, year: int) -> Iterator[tuple[int, bool, int]]:
    table, after = dossier_table, 0
    asked = (
        select(table.c.arrival_number, table.c.id).where(table.c.arrival_year == year).order_by(table.c.arrival_number)
    )
    while part := conn.execute(asked.where(table.c.arrival_number > after).limit(_BATCH)).all():
        yield from ((row.arrival_number, True, row.id) for row in part)
        after = part[-1].arrival_number


def _papers(conn: Connection, year: int) -> Iterator[tuple[int, bool, int]]:
    table, after = paper_copies, 0
    asked = (
        select(table.c.arrival_number, table.c.event)
        .where(table.c.arrival_year == year)
        .order_by(table.c.arrival_number)
    )
    while part := conn.execute(asked.where(table.c.arrival_number > after).limit(_BATCH)).all():
        yield from ((row.arrival_number, False, row.event) for row in part)
        after = part[-1].arrival_number
