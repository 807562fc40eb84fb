"""By what the rows of persons' decisions are checked against the history (see store.record_check)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import Connection, Table, select

from store import snapshots
from store.schema.decisions import (
    assignments,
    closings,
    corrections,
    objections,
    paper_copies,
    rulings,
)
from store.schema.decisions import snapshots as snapshot_table
from store.schema.history import events

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Bound:
    """A table whose rows are numbered by their events, and which of their columns the event tells."""

    table: Table
    sealed: tuple[str, ...]
    """Names of digests, which are those of the columns."""
    facts: Mapping[str, str]
    """Name of a fact → column that says the same."""
    ends: str = ""
    """Kind of the event that ends a row."""


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


BOUND: Mapping[str, Bound] = MappingProxyType(
    {
        "paper-recorded": Bound(
            paper_copies,
            ("received_by", "note"),
            _same("way", "arrived_at", "postmarked_on", "holds", "complete"),
            "paper-withdrawn",
        ),
        "objection-raised": Bound(
            objections,
            ("initiative", "author", "title", "raised_by"),
            _same("kind", "row", "reopens", "raised_on"),
            "objection-ended",
        ),
        "ruling-made": Bound(rulings, ("settled",), _same("kind", "about", "revision"), "ruling-withdrawn"),
        "message-assigned": Bound(
            assignments, (), {"campaign": "campaign", "union": "union_code"}, "assignment-withdrawn"
        ),
        "value-corrected": Bound(
            corrections,
            ("document", "anchor", "reading", "value"),
            _same("field", "row"),
            "correction-withdrawn",
        ),
        "campaign-closed": Bound(closings, (), _same("campaign"), "campaign-reopened"),
        "snapshot-taken": Bound(snapshot_table, (), {"campaign": "campaign", "as_of": "as_of", "rows": "digest"}),
    }
)
"""Kind of the event that makes a row → the table."""


def broken(conn: Connection) -> Iterator[tuple[int, str]]:
    """(Number of the event, what is wrong): ends that no event tells, or not so; snapshots that were changed."""
    kinds = [bound.ends for bound in BOUND.values() if bound.ends]
    every = conn.execute(select(events.c.seq, events.c.at, events.c.kind).where(events.c.kind.in_(kinds))).all()
    for bound in BOUND.values():
        if bound.ends:
            yield from _ends(conn, bound, {row.seq: row.at for row in every if row.kind == bound.ends})
    for number in snapshots.changed(conn):
        yield number, f"the rows of snapshot {number} were changed"


def _ends(conn: Connection, bound: Bound, told: dict[int, datetime]) -> Iterator[tuple[int, str]]:
    """`told`: number of each event that ended a row of the table → when."""
    table, name, last = bound.table, bound.table.name, 0
    asked = select(table.c.event, table.c.ended_event, table.c.ended_at).order_by(table.c.event)
    while part := conn.execute(asked.where(table.c.event > last).limit(_BATCH)).all():
        for row in part:
            if row.ended_event is None and row.ended_at is None:
                continue
            end = told.pop(row.ended_event, None)
            if end is None or end != row.ended_at:
                yield row.event, f"{name} {row.event} is said to have ended, and no event tells of it"
        last = part[-1].event
    for seq in sorted(told):
        yield seq, f"event {seq} ({bound.ends}) ended a row of {name} that is said to stand"
