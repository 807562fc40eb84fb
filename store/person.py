"""All that is held on one person: where a name or an address stands in what was read, written and decided."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from dossier.folding import fold
from store.schema.decisions import corrections, objections, paper_copies
from store.schema.examination import scores, shortlist_decisions, shortlist_entries
from store.schema.history import event_notes
from store.schema.letters import letter_bodies, letters
from store.schema.mail import readings
from store.schema.people import confirmed_senders, extensions
from store.schema.record import dossiers, initiatives, waiting

_BATCH = 200


@dataclass(frozen=True, slots=True)
class Person:
    """Who is asked for: each name as a whole, without regard to marks and case; addresses in lower case."""

    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()

    def is_in(self, text: str) -> bool:
        """As whole words, so that An is not found in Anh."""
        folded = f" {_words(text)} "
        return any(f" {_words(one)} " in folded for one in self.names) or self.has_address(text)

    def has_address(self, text: str) -> bool:
        """As a whole address, so that an@ is not found in lan@."""
        parts = text.lower()
        for mark in "<>()[],;:\"'\\":
            parts = parts.replace(mark, " ")
        return not set(self.addresses).isdisjoint(parts.split())


@dataclass(frozen=True, slots=True)
class Found:
    """By number."""

    messages: frozenset[int]
    letters: frozenset[int]
    dossiers: frozenset[int]
    rows: tuple[tuple[str, dict[str, Any]], ...]
    """(Table, row) of every smaller record: initiatives, what waits, decisions."""


def find(conn: Connection, person: Person) -> Found:
    """Reads everything once; memory grows with what is found alone."""
    messages = {row.message_id for row in _readings(conn) if person.is_in(_texts(row.submission))}
    rows = list(_rows(conn, person))
    messages |= {row["message_id"] for _, row in rows if row.get("message_id")}
    written = {
        row.id for row in _letters(conn) if person.is_in(f"{row.recipient} {row.subject}") or row.answers in messages
    }
    of_dossiers = {row["dossier_id"] for _, row in rows if row.get("dossier_id")}
    return Found(frozenset(messages), frozenset(written), frozenset(of_dossiers), tuple(rows))


def _words(text: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in fold(text)).split())


def _texts(document: str) -> str:
    """Every text of a JSON value, a line each."""
    lines: list[str] = []
    waiting_values = [json.loads(document)]
    while waiting_values:
        value = waiting_values.pop()
        if isinstance(value, dict):
            waiting_values += value.values()
        elif isinstance(value, list):
            waiting_values += value
        elif isinstance(value, str):
            lines.append(value)
    return "\n".join(lines)


def _readings(conn: Connection) -> Iterator[Any]:
    asked, last = select(readings.c.id, readings.c.message_id, readings.c.submission).order_by(readings.c.id), 0
    while part := conn.execute(asked.where(readings.c.id > last).limit(_BATCH)).all():
        yield from part
        last = part[-1].id


def _letters(conn: Connection) -> Iterator[Any]:
    asked, last = select(letters.c.id, letters.c.answers, letters.c.recipient, letters.c.subject), 0
    while part := conn.execute(asked.where(letters.c.id > last).order_by(letters.c.id).limit(_BATCH)).all():
        yield from part
        last = part[-1].id


def _rows(conn: Connection, person: Person) -> Iterator[tuple[str, dict[str, Any]]]:
    told = (
        (initiatives, ("author", "cells", "extra")),
        (waiting, ("address",)),
        (confirmed_senders, ("address", "confirmed_by", "reason")),
        (extensions, ("decided_by", "reason")),
        (event_notes, ("by", "reason")),
        (paper_copies, ("received_by", "note")),
        (objections, ("author", "title", "raised_by")),
        (corrections, ("reading", "value")),
        (scores, ("examiner", "author", "note")),
        (shortlist_decisions, ("author",)),
        (shortlist_entries, ("initiative",)),
    )
    for table, columns in told:
        key = next(iter(table.primary_key.columns))
        last = 0
        while part := conn.execute(select(table).where(key > last).order_by(key).limit(_BATCH)).mappings().all():
            for row in part:
                if person.is_in("\n".join(str(row[name] or "") for name in columns)):
                    yield table.name, dict(row)
            last = part[-1][key.name]


def letter_rows(conn: Connection, found: Found) -> Iterator[tuple[dict[str, Any], bytes | None]]:
    """Each letter with its bytes; None where they were removed."""
    asked = select(letters, letter_bodies.c.mime).outerjoin(letter_bodies, letter_bodies.c.letter_id == letters.c.id)
    for number in sorted(found.letters):
        row = dict(conn.execute(asked.where(letters.c.id == number)).mappings().one())
        content = row.pop("mime")
        yield row, None if content is None else bytes(content)


def dossier_rows(conn: Connection, found: Found) -> list[dict[str, Any]]:
    """The dossiers that hold an initiative of the person."""
    asked = select(dossiers).where(dossiers.c.id.in_(sorted(found.dossiers))).order_by(dossiers.c.id)
    return [dict(row) for row in conn.execute(asked).mappings()]
