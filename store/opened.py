"""What an event sealed, as it stands in the records now: with the salt, whoever gets it can check the seal elsewhere.

What stands nowhere any more has no text here: initiatives that a later table replaced, the outcome of a message before
it was tried again.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Table, select

from store.contents import documents_text, initiatives_text
from store.events import Recorded
from store.record_sources import FURTHER, NOTES, SOURCES
from store.row_check import ENDED, SEALED
from store.row_seals import END, ROW, end_text, made_text
from store.schema.mail import ledger, readings
from store.schema.people import confirmed_senders
from store.schema.record import documents, dossiers, initiatives, revisions

_Texts = dict[str, str | None]
_SENDERS: Mapping[str, str] = MappingProxyType({"sender-confirmed": "confirmed_at", "sender-withdrawn": "withdrawn_at"})
"""Kind of an event → the column of its moment."""


def texts_of(conn: Connection, event: Recorded) -> dict[str, str]:
    """Name of a digest → the text that stands in the records now; what has no place of its own is left out."""
    found: _Texts = {}
    if event.digests:
        for part in _PARTS:
            found |= part(conn, event)
    return {name: text for name, text in found.items() if text is not None and name in event.digests}


def _by_columns(conn: Connection, event: Recorded) -> _Texts:
    found: _Texts = {}
    for source in (NOTES, SOURCES.get(event.kind), FURTHER.get(event.kind)):
        if source is None:
            continue
        mine = (source.table.c[name] == value for name, value in zip(source.key, source.of(event), strict=True))
        row = conn.execute(select(source.table).where(*mine)).mappings().one_or_none()
        if row is not None:
            found |= {name: row[column] for name, column in source.sealed.items()}
    return found


def _whole_row(conn: Connection, event: Recorded) -> _Texts:
    """A decision's row, as it was made or as it ended, and what is sealed of its columns."""
    found: _Texts = {}
    if (table := SEALED.get(event.kind)) is not None and (row := _row(conn, table, "event", event)) is not None:
        found |= {name: row[name] for name in event.digests if name in table.c}
        found[ROW] = made_text(table, row)
    if (table := ENDED.get(event.kind)) is not None and (row := _row(conn, table, "ended_event", event)) is not None:
        found[END] = end_text(table, row)
    return found


def _row(conn: Connection, table: Table, column: str, event: Recorded) -> Mapping[str, Any] | None:
    row = conn.execute(select(table).where(table.c[column] == event.seq)).one_or_none()
    return None if row is None else row._asdict()


def _contents(conn: Connection, event: Recorded) -> _Texts:
    """The documents that came with a revision, and the initiatives of the one in force."""
    if event.kind != "revision-recorded":
        return {}
    asked = select(revisions.c.id, revisions.c.number, dossiers.c.revision.label("in_force"))
    joined = asked.join(dossiers, dossiers.c.id == revisions.c.dossier_id)
    mine = (revisions.c.dossier_id == event.dossier_id, revisions.c.number == event.facts.get("revision"))
    row = conn.execute(joined.where(*mine)).one_or_none()
    if row is None:
        return {}
    held = initiatives_text(_of_revision(conn, initiatives, row.id)) if row.number == row.in_force else None
    return {"documents": documents_text(_of_revision(conn, documents, row.id)), "initiatives": held}


def _of_revision(conn: Connection, table: Table, number: int) -> Iterable[Mapping[str, Any]]:
    return [row._asdict() for row in conn.execute(select(table).where(table.c.revision_id == number))]


def _settled(conn: Connection, event: Recorded) -> _Texts:
    """What was read in a message, and its outcome where no later one took its place."""
    if event.kind != "message-settled":
        return {}
    read = conn.execute(select(readings.c.submission).where(readings.c.id == event.facts.get("reading")))
    held = (ledger.c.id == event.facts.get("entry"), ledger.c.state == "settled", ledger.c.settled_at == event.at)
    row = conn.execute(select(ledger.c.detail, ledger.c.error).where(*held)).one_or_none()
    said: _Texts = {} if row is None else {"detail": row.detail or "", "error": row.error or ""}
    return said | {"reading": read.scalar_one_or_none()}


def _sender(conn: Connection, event: Recorded) -> _Texts:
    """These rows are found by the moment of the decision; of several at that moment none is told."""
    column = _SENDERS.get(event.kind)
    if column is None:
        return {}
    table = confirmed_senders
    mine = (table.c.campaign == event.facts.get("campaign"), table.c.union_code == event.facts.get("union"))
    rows = conn.execute(select(table.c.address).where(table.c[column] == event.at, *mine)).scalars().all()
    return {"address": rows[0]} if len(rows) == 1 else {}


_PARTS: tuple[Callable[[Connection, Recorded], _Texts], ...] = (_by_columns, _whole_row, _contents, _settled, _sender)
