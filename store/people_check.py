"""Do confirmed addresses and extensions say what their events said? (P9)

These rows are not numbered by their events: they are found by the moment of the decision.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, select

from store.events import moment_text
from store.schema.history import event_salts, events
from store.schema.people import confirmed_senders, extensions
from store.seals import seal

_BATCH = 200


def people_told(conn: Connection) -> Iterator[tuple[int, str]]:
    """(Number of the event, what is wrong)."""
    yield from _table(conn, confirmed_senders, "sender-confirmed", "sender-withdrawn", "confirmed_at", "confirmed_by")
    yield from _table(conn, extensions, "deadline-extended", "extension-withdrawn", "decided_at", "decided_by")


def _table(conn: Connection, table: Table, made: str, ended: str, at: str, by: str) -> Iterator[tuple[int, str]]:
    last, every = 0, select(table).order_by(table.c.id).limit(_BATCH)
    while rows := [row._asdict() for row in conn.execute(every.where(table.c.id > last))]:
        last = rows[-1]["id"]
        moments = {row[at] for row in rows} | {row["withdrawn_at"] for row in rows} - {None}
        asked = select(events).where(events.c.kind.in_((made, ended)), events.c.at.in_(moments)).order_by(events.c.seq)
        found = [row._asdict() for row in conn.execute(asked)]
        salts = _salts(conn, [event["seq"] for event in found])
        for row in rows:
            yield from _row(table, row, found, salts, (made, at, by))
            if row["withdrawn_at"] is not None:
                yield from _row(table, row, found, salts, (ended, "withdrawn_at", ""))


def _row(
    table: Table,
    row: Mapping[str, Any],
    found: Sequence[Mapping[str, Any]],
    salts: Mapping[int, bytes],
    how: tuple[str, str, str],
) -> Iterator[tuple[int, str]]:
    """One of the events of that moment must say what the row says."""
    kind, at, by = how
    told = [event for event in found if event["kind"] == kind and event["at"] == row[at]]
    if not any(_says(event, row, salts.get(event["seq"]), by) for event in told):
        seq = told[0]["seq"] if told else 0
        yield seq, f"{table.name} {row['id']} is not what any event ({kind}) of {row[at].isoformat()} says"


def _says(event: Mapping[str, Any], row: Mapping[str, Any], salt: bytes | None, by: str) -> bool:
    facts, digests = json.loads(event["facts"]), json.loads(event["digests"])
    until = {"until": moment_text(row["until"])} if "until" in row else {}
    said = {"campaign": row["campaign"], "union": row["union_code"], **until}
    if any(facts.get(name) != value for name, value in said.items()):
        return False
    if salt is None:  # removed on purpose, or that is told where salts are looked at
        return True
    texts = {"by": row[by], "reason": row["reason"]} if by else {}
    if row.get("address"):
        texts["address"] = row["address"]
    return all(name not in digests or seal(salt, name, text) == digests[name] for name, text in texts.items())


def _salts(conn: Connection, seqs: Sequence[int]) -> dict[int, bytes]:
    asked = select(event_salts).where(event_salts.c.seq.in_(seqs))
    return {row.seq: bytes(row.salt) for row in conn.execute(asked)} if seqs else {}
