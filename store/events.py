"""The history: events chained by hash, appended in the transaction of what they tell (P9).

An event holds ids, plain facts and salted digests. Names, addresses and texts stand in tables that can be erased; the
salt makes it impossible to find out by guessing what an erased text was.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update
from typing_extensions import override

from dossier.history import canonical, next_hash
from dossier.moments import require_zone
from store.schema.history import chain_head, event_notes, event_salts, events
from store.seals import new_salt, seal

Fact = str | int | bool | None
_BATCH = 500
_NEW, _NEW_SALT, _NEW_NOTE = insert(events), insert(event_salts), insert(event_notes)
_HEAD = select(chain_head).where(chain_head.c.id == 1)
_MOVE_HEAD = update(chain_head).where(chain_head.c.id == 1)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened."""

    kind: str
    """ "message-arrived", "revision-recorded", "letter-sent" …"""
    at: datetime
    message_id: int | None = None
    dossier_id: int | None = None
    letter_id: int | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    """Never personal text: codes, numbers, ids."""
    sealed: Mapping[str, str] = field(default_factory=dict)
    """Name → text of which only a salted digest is kept, so that a change of it elsewhere shows."""
    by: str = ""
    """The person who decided; empty for the service. Kept apart, sealed."""
    reason: str = ""

    def __post_init__(self) -> None:
        require_zone(at=self.at)


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: printed, carried out of the machine, and brought back to check against."""

    seq: int
    hash: str

    @override
    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"

    @classmethod
    def parse(cls, text: str) -> "Head":
        """What `str` printed. Raises ValueError."""
        seq, _, digest = text.strip().partition(":")
        if not seq.isdecimal() or len(digest) != 64:
            raise ValueError(f"a head is a number, a colon and 64 hex digits, not {text[:80]!r}")
        return cls(int(seq), digest.lower())


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event as it stands in the chain."""

    seq: int
    at: datetime
    kind: str
    message_id: int | None
    dossier_id: int | None
    letter_id: int | None
    facts: Mapping[str, Fact]
    digests: Mapping[str, str]
    previous: str
    hash: str
    by: str = ""
    reason: str = ""


def head(conn: Connection) -> Head:
    """Where the chain ends now; number 0 with dossier.history.GENESIS where nothing happened yet."""
    row = conn.execute(_HEAD).one()
    return Head(row.seq, row.hash)


def append(tx: Connection, event: Event) -> Recorded:
    return append_many(tx, [event])[0]


def append_many(tx: Connection, happened: Sequence[Event]) -> list[Recorded]:
    """Add to the end of the chain, in order."""
    if not happened:
        return []
    end, made, salts = head(tx), list[Recorded](), dict[int, bytes]()
    for event in happened:
        sealed = dict(event.sealed) | ({"by": event.by, "reason": event.reason} if event.by or event.reason else {})
        if sealed:
            salts[end.seq + 1] = new_salt()
        digests = {name: seal(salts[end.seq + 1], name, text) for name, text in sealed.items()}
        made.append(_chained(event, digests, end))
        end = Head(made[-1].seq, made[-1].hash)
    tx.execute(_NEW, [_columns(event) for event in made])
    if salts:
        tx.execute(_NEW_SALT, [{"seq": seq, "salt": salt} for seq, salt in salts.items()])
    notes = [
        {"seq": done.seq, "by": event.by, "reason": event.reason}
        for done, event in zip(made, happened, strict=True)
        if event.by or event.reason
    ]
    if notes:
        tx.execute(_NEW_NOTE, notes)
    tx.execute(_MOVE_HEAD, {"seq": end.seq, "hash": end.hash})
    return made


def history(
    conn: Connection,
    *,
    dossier_id: int | None = None,
    message_id: int | None = None,
    letter_id: int | None = None,
    after: int = 0,
    limit: int = 1000,
) -> list[Recorded]:
    """What happened, in order, of one dossier, message or letter (or of all), beginning after an event's number."""
    asked = (
        select(events, event_notes.c.by, event_notes.c.reason)
        .outerjoin(event_notes, event_notes.c.seq == events.c.seq)
        .where(events.c.seq > after)
        .order_by(events.c.seq)
        .limit(limit)
    )
    ids = {"dossier_id": dossier_id, "message_id": message_id, "letter_id": letter_id}
    for name, value in ids.items():
        if value is not None:
            asked = asked.where(events.c[name] == value)
    return [_recorded(row) for row in conn.execute(asked)]


def history_of_kind(conn: Connection, kind: str) -> Iterator[Recorded]:
    """Every event of a kind, in order; there is no index for it: for rare questions."""
    asked, last = select(events).where(events.c.kind == kind).order_by(events.c.seq).limit(_BATCH), 0
    while part := conn.execute(asked.where(events.c.seq > last)).all():
        yield from (_recorded(row) for row in part)
        last = part[-1].seq


def moment_text(moment: datetime) -> str:
    """In UTC, to the microsecond: one text for one moment."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def payload(event: Recorded) -> dict[str, Any]:
    """All of an event that is chained: every column of it, so that none can be changed unseen."""
    return {
        "seq": event.seq,
        "at": moment_text(event.at),
        "kind": event.kind,
        "message": event.message_id,
        "dossier": event.dossier_id,
        "letter": event.letter_id,
        "facts": dict(event.facts),
        "digests": dict(event.digests),
    }


def walk(conn: Connection) -> Iterator[Recorded]:
    """Every event in order of its number; memory does not grow with them."""
    asked, last = select(events).order_by(events.c.seq).limit(_BATCH), None
    while part := conn.execute(asked if last is None else asked.where(events.c.seq > last)).all():
        for row in part:
            yield _recorded(row)
        last = part[-1].seq


def _chained(event: Event, digests: Mapping[str, str], end: Head) -> Recorded:
    made = Recorded(
        seq=end.seq + 1,
        at=event.at,
        kind=event.kind,
        message_id=event.message_id,
        dossier_id=event.dossier_id,
        letter_id=event.letter_id,
        facts=dict(event.facts),
        digests=digests,
        previous=end.hash,
        hash="",
        by=event.by,
        reason=event.reason,
    )
    return replace(made, hash=next_hash(end.hash, payload(made)))


def _columns(event: Recorded) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "at": event.at,
        "kind": event.kind,
        "message_id": event.message_id,
        "dossier_id": event.dossier_id,
        "letter_id": event.letter_id,
        "facts": canonical(event.facts).decode(),
        "digests": canonical(event.digests).decode(),
        "previous": event.previous,
        "hash": event.hash,
    }


def _recorded(row: Row[Any]) -> Recorded:
    return Recorded(
        seq=row.seq,
        at=row.at,
        kind=row.kind,
        message_id=row.message_id,
        dossier_id=row.dossier_id,
        letter_id=row.letter_id,
        facts=json.loads(row.facts),
        digests=json.loads(row.digests),
        previous=row.previous,
        hash=row.hash,
        by=getattr(row, "by", None) or "",
        reason=getattr(row, "reason", None) or "",
    )
