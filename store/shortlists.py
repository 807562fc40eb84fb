"""The shortlist: what people put in and took out, and the lists that were frozen. Each row is of one event."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from dossier.history import canonical
from dossier.same_initiative import Known
from store import events
from store.schema.examination import shortlist_decisions, shortlist_entries, shortlists
from store.schema.history import event_notes
from store.schema.history import events as event_table

DECIDED, FROZEN, ENTERED, REOPENED = (
    "shortlist-decided",
    "shortlist-frozen",
    "shortlist-entry-frozen",
    "shortlist-reopened",
)


class Choice(StrEnum):
    IN = "in"
    OUT = "out"
    UNDONE = "undone"
    """What a person decided before holds no longer; the average decides again."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided on one initiative."""

    seq: int
    dossier_id: int
    initiative: Known
    """As it stood then."""
    choice: Choice
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One initiative of a frozen shortlist, as it stood that day."""

    place: int
    """From 1."""
    dossier_id: int
    dossier_code: str
    union: str
    row: int
    average: str | None
    """To two places, with a dot."""
    examiners: int
    decision: str
    """`in` where a person put it in, else ''."""
    cells: Mapping[str, str]
    benefit: tuple[int | None, int | None] | None
    """Đồng, from and to; None where none was read. No cells either once the dossier was erased."""
    per: str = ""
    """As dossier.money.Benefit.per."""
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Frozen:
    seq: int
    campaign: str
    at: datetime
    valid_at: datetime
    figures: Mapping[str, int]
    entries: tuple[Entry, ...]
    by: str
    reason: str


def decide(
    tx: Connection,
    campaign: str,
    dossier_id: int,
    known: Known,
    choice: Choice,
    now: datetime,
    *,
    by: str,
    reason: str,
) -> int:
    """Append; returns the number of its event."""
    facts: dict[str, events.Fact] = {"campaign": campaign, "row": known.row, "decision": choice.value}
    sealed = {"title": known.title, "author": known.author, "content": known.content}
    seq = events.append(tx, events.Event(DECIDED, now, None, dossier_id, None, facts, sealed, by, reason)).seq
    values = {"seq": seq, "campaign": campaign, "dossier_id": dossier_id, "row": known.row, "decision": choice.value}
    tx.execute(insert(shortlist_decisions).values(values | sealed))
    return seq


def decisions(conn: Connection, campaign: str) -> list[Decision]:
    """All of them, in order."""
    asked = _noted(shortlist_decisions).where(shortlist_decisions.c.campaign == campaign)
    return [
        Decision(
            row.seq,
            row.dossier_id,
            Known(row.row, row.title, row.author, row.content),
            Choice(row.decision),
            row.at,
            row.by or "",
            row.reason or "",
        )
        for row in conn.execute(asked.order_by(shortlist_decisions.c.seq))
    ]


def freeze(
    tx: Connection,
    campaign: str,
    valid_at: datetime,
    figures: Mapping[str, int],
    entries: Sequence[Entry],
    now: datetime,
    *,
    by: str,
    reason: str,
) -> int:
    """Keep the list as it stands; returns the number of its event."""
    text = canonical(figures).decode()
    facts: dict[str, events.Fact] = {"campaign": campaign, "entries": len(entries), "frozen": True}
    facts["valid_at"] = events.moment_text(valid_at)
    told = events.Event(FROZEN, now, facts=facts, sealed={"figures": text}, by=by, reason=reason)
    seq = events.append(tx, told).seq
    row = {"seq": seq, "campaign": campaign, "frozen": True, "valid_at": valid_at, "figures": text}
    tx.execute(insert(shortlists).values(row))
    values = [_entry_row(seq, entry) for entry in entries]
    made = events.append_many(tx, [_entered(value, campaign, now) for value in values])
    if values:
        rows = [value | {"seq": event.seq} for value, event in zip(values, made, strict=True)]
        tx.execute(insert(shortlist_entries), rows)
    return seq


def reopen(tx: Connection, campaign: str, now: datetime, *, by: str, reason: str) -> int:
    """The frozen list stays on record and holds no longer."""
    told = events.Event(REOPENED, now, facts={"campaign": campaign, "frozen": False}, by=by, reason=reason)
    seq = events.append(tx, told).seq
    row = {"seq": seq, "campaign": campaign, "frozen": False, "valid_at": None, "figures": "{}"}
    tx.execute(insert(shortlists).values(row))
    return seq


def in_force(conn: Connection, campaign: str) -> Frozen | None:
    """The list that was frozen last; None where there is none, or it was reopened."""
    asked = _noted(shortlists).where(shortlists.c.campaign == campaign).order_by(shortlists.c.seq.desc()).limit(1)
    row = conn.execute(asked).one_or_none()
    if row is None or not row.frozen:
        return None
    mine = select(shortlist_entries).where(shortlist_entries.c.shortlist == row.seq).order_by(shortlist_entries.c.place)
    entries = tuple(_entry(one) for one in conn.execute(mine))
    figures = {str(key): int(value) for key, value in json.loads(row.figures).items()}
    return Frozen(row.seq, campaign, row.at, row.valid_at, figures, entries, row.by or "", row.reason or "")


def _noted(table: Any) -> Any:
    """Rows of the table with the time of their event, and who decided and why."""
    return (
        select(table, event_table.c.at, event_notes.c.by, event_notes.c.reason)
        .join(event_table, event_table.c.seq == table.c.seq)
        .outerjoin(event_notes, event_notes.c.seq == table.c.seq)
    )


def _entry_row(seq: int, entry: Entry) -> dict[str, Any]:
    benefit = None if entry.benefit is None else list(entry.benefit)
    held = {"cells": dict(entry.cells), "benefit": benefit, "per": entry.per, "approximate": entry.approximate}
    return {
        "shortlist": seq,
        "place": entry.place,
        "dossier_id": entry.dossier_id,
        "dossier_code": entry.dossier_code,
        "union_code": entry.union,
        "row": entry.row,
        "average": entry.average,
        "examiners": entry.examiners,
        "decision": entry.decision,
        "initiative": canonical(held).decode(),
    }


def _entered(value: Mapping[str, Any], campaign: str, now: datetime) -> events.Event:
    facts: dict[str, events.Fact] = {
        "campaign": campaign,
        "shortlist": value["shortlist"],
        "place": value["place"],
        "dossier": value["dossier_code"],
        "union": value["union_code"],
        "row": value["row"],
        "average": value["average"],
        "examiners": value["examiners"],
        "decision": value["decision"],
    }
    sealed = {"initiative": str(value["initiative"])}
    return events.Event(ENTERED, now, dossier_id=value["dossier_id"], facts=facts, sealed=sealed)


def _entry(row: Row[Any]) -> Entry:
    held = (
        json.loads(row.initiative)
        if row.initiative
        else {"cells": {}, "benefit": None, "per": "", "approximate": False}
    )
    return Entry(
        place=row.place,
        dossier_id=row.dossier_id,
        dossier_code=row.dossier_code,
        union=row.union_code,
        row=row.row,
        average=row.average,
        examiners=row.examiners,
        decision=row.decision,
        cells=held["cells"],
        benefit=None if held["benefit"] is None else (held["benefit"][0], held["benefit"][1]),
        per=held["per"],
        approximate=held["approximate"],
    )
