"""`hoso export-person`: one ZIP with all that is held on one person, as JSON beside the originals."""

import json
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from reports.whole_file import whole_file
from store import events, messages, person, readings
from store.engine import Store
from store.errors import StoreError
from store.person import Found, Person


@dataclass(frozen=True, slots=True)
class Exported:
    messages: int
    letters: int
    rows: int


def export(store: Store, who: Person, out: Path, now: datetime, *, by: str, reason: str) -> Exported:
    """Into the new file `out`; that it was done is an event. Raises OSError where it is there, StoreError."""
    with store.reading() as conn, whole_file(out, mode=0o600) as file:
        found = person.find(conn, who)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            _write(archive, store, conn, found)
            told = {"asked_at": now, "names": who.names, "addresses": who.addresses, "messages": len(found.messages)}
            _json(archive, "index.json", told | {"letters": len(found.letters), "records": len(found.rows)})
    facts: dict[str, events.Fact] = {"messages": len(found.messages), "letters": len(found.letters)}
    sealed = {"asked": "\n".join((*who.names, *who.addresses))}
    with store.writing() as tx:
        events.append(tx, events.Event("person-exported", now, facts=facts, sealed=sealed, by=by, reason=reason))
    return Exported(len(found.messages), len(found.letters), len(found.rows))


def _write(archive: zipfile.ZipFile, store: Store, conn: Connection, found: Found) -> None:
    for number in sorted(found.messages):
        message = messages.get(conn, number)
        if message is None:
            continue
        name = f"messages/{message.sha256}"
        reading = readings.latest(conn, number)
        happened = [_event(one) for one in events.history(conn, message_id=number, limit=100_000)]
        told = {"message": _plain(message), "events": happened}
        _json(archive, f"{name}.json", told | {"read": readings.text_of(reading) if reading else None})
        try:
            archive.writestr(f"{name}.eml", store.blobs.get(message.sha256))
        except StoreError as error:
            archive.writestr(f"{name}.gone.txt", str(error))
    for row, content in person.letter_rows(conn, found):
        _json(archive, f"letters/{row['id']}.json", row)
        if content is not None:
            archive.writestr(f"letters/{row['id']}.eml", content)
    for table in sorted({table for table, _ in found.rows}):
        _json(archive, f"{table}.json", [row for name, row in found.rows if name == table])
    _json(archive, "dossiers.json", person.dossier_rows(conn, found))


def _event(one: events.Recorded) -> dict[str, Any]:
    return events.payload(one) | {"by": one.by, "reason": one.reason, "hash": one.hash}


def _plain(message: messages.Message) -> dict[str, Any]:
    return {"sha256": message.sha256, "size": message.size, "first_seen_at": message.first_seen_at}


def _json(archive: zipfile.ZipFile, name: str, value: object) -> None:
    archive.writestr(name, json.dumps(value, ensure_ascii=False, indent=1, default=_text))


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
