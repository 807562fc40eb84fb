"""Are rows that were tied to their events as wholes (`store.row_seals`) still what they were? (P9, decision 0055)"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from sqlalchemy import Connection, Table, select

from store.events import Recorded
from store.row_seals import END, ROW, end_text, made_text
from store.schema.decisions import assignments, closings, corrections, objections, paper_copies, rulings
from store.seals import seal

SEALED: Mapping[str, Table] = MappingProxyType(
    {
        "paper-recorded": paper_copies,
        "objection-raised": objections,
        "objection-reopened": objections,
        "ruling-made": rulings,
        "message-assigned": assignments,
        "value-corrected": corrections,
        "campaign-closed": closings,
    }
)
"""Kind of an event whose digest `row` is of the row with its number → the table, written by `store.decided.record`."""
ENDED: Mapping[str, Table] = MappingProxyType(
    {
        "paper-withdrawn": paper_copies,
        "objection-ended": objections,
        "ruling-withdrawn": rulings,
        "assignment-withdrawn": assignments,
        "correction-withdrawn": corrections,
        "campaign-reopened": closings,
    }
)
"""Kind of an event whose digest `end` is of what `store.decided.end` wrote → the table."""


def whole_rows(conn: Connection, told: Sequence[Recorded], salts: Mapping[int, bytes]) -> Iterator[tuple[int, str]]:
    """(Number of the event, what is wrong) for these events; `salts` of those that were not removed."""
    for kinds, name, column, text in ((SEALED, ROW, "event", made_text), (ENDED, END, "ended_event", end_text)):
        bound = [event for event in told if event.kind in kinds and name in event.digests and event.seq in salts]
        for table in {kinds[event.kind] for event in bound}:
            mine = [event for event in bound if kinds[event.kind] is table]
            asked = select(table).where(table.c[column].in_([event.seq for event in mine]))
            rows = {getattr(row, column): row._asdict() for row in conn.execute(asked)}
            for event in mine:
                row, of = rows.get(event.seq), f"of event {event.seq} ({event.kind})"
                if row is None:
                    yield event.seq, f"the row of {table.name} {of} is gone"
                elif seal(salts[event.seq], name, text(table, row)) != event.digests[name]:
                    yield event.seq, f"the row of {table.name} {of} was changed"
