"""Letters: written in the transaction of the record, sent later, never twice and never lost (P6).

To send: `claim` (commit), talk to the relay, `data_started` (commit) just before DATA, then one of `sent`,
`temporary_failure`, `permanent_failure`, `no_answer` (commit). `recover` first of all, at every start and now and then.
"""

import hashlib
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Integer, bindparam, insert, select, update

from store import events
from store.letter_row import (
    LetterState,
    NewLetter,
    OutgoingLetter,
    Recovered,
    Step,
    letter_of,
)
from store.letter_steps import BY_ID, take_step, tell
from store.schema.columns import new_id
from store.schema.letters import letter_bodies, letters

__all__ = [
    "LetterState",
    "NewLetter",
    "OutgoingLetter",
    "Recovered",
    "claim",
    "data_started",
    "due",
    "end_lease",
    "enqueue",
    "every",
    "find",
    "get",
    "hold",
    "listed",
    "mime",
    "no_answer",
    "owners",
    "permanent_failure",
    "recover",
    "release",
    "sent",
    "supersede",
    "take",
    "temporary_failure",
    "undelivered",
]


_BATCH = 500


# Statements of every message are made once: building one costs more than running it.
_DUE = (
    select(letters)
    .where(
        letters.c.state == LetterState.QUEUED.value,
        letters.c.stranger == bindparam("to_stranger"),
        letters.c.next_attempt_at <= bindparam("at"),
    )
    .order_by(letters.c.next_attempt_at, letters.c.id)
    .limit(bindparam("most", type_=Integer))
)
_IN_HAND = letters.c.state.in_([LetterState.SENDING.value, LetterState.DATA_STARTED.value])
_BY_KEY = select(letters).where(letters.c.key == bindparam("known_key"))
_NEW, _NEW_BODY = insert(letters), insert(letter_bodies)


def enqueue(tx: Connection, letter: NewLetter, now: datetime) -> OutgoingLetter:
    """Write a letter in the transaction of what it tells; the same key gives the letter that is there."""
    known = find(tx, letter.key)
    if known is not None:
        return known
    state = LetterState.HELD if letter.held else LetterState.QUEUED
    mime_sha256 = hashlib.sha256(letter.mime).hexdigest()
    values = {
        "key": letter.key,
        "message_id": letter.message_id,
        "answers": letter.answers,
        "dossier_id": letter.dossier_id,
        "revision": letter.revision,
        "kind": letter.kind,
        "recipient": letter.recipient,
        "sender_key": letter.sender_key or letter.recipient,
        "stranger": letter.stranger,
        "by_hand": False,
        "subject": letter.subject,
        "mime_sha256": mime_sha256,
        "state": state.value,
        "reason": letter.reason,
        "attempts": 0,
        "created_at": now,
        "next_attempt_at": now,
    }
    new = new_id(tx.execute(_NEW, values))
    made = letter_of(tx.execute(BY_ID, {"letter": new}).one(), new=True)
    tx.execute(_NEW_BODY, {"letter_id": new, "mime": letter.mime})
    facts: dict[str, events.Fact] = {"kind": made.kind, "revision": made.revision}
    sealed = {"mime": mime_sha256, "recipient": made.recipient, "message_id": made.message_id}
    tell(tx, made, f"letter-{state.value}", now, facts, sealed=sealed)
    return made


def due(tx: Connection, now: datetime, limit: int = 1) -> list[OutgoingLetter]:
    """Letters that are due: those to unions before those to strangers, then the longest due first."""
    found: list[OutgoingLetter] = []
    for stranger in (False, True):
        if len(found) < limit:
            asked = {"to_stranger": stranger, "at": now, "most": limit - len(found)}
            found += [letter_of(row) for row in tx.execute(_DUE, asked)]
    return found


def take(tx: Connection, ids: Collection[int], now: datetime, owner: str, lease: timedelta) -> list[OutgoingLetter]:
    """Those of these letters that are queued: now this process's alone until the lease ends.

    `owner` is of this process and no other; the lease must be longer than the longest talk with the relay.
    """
    values = {
        "state": LetterState.SENDING.value,
        "owner": owner,
        "lease_until": now + lease,
        "attempts": letters.c.attempts + 1,
    }
    free = update(letters).where(letters.c.id.in_(sorted(ids)), letters.c.state == LetterState.QUEUED.value)
    taken = [letter_of(row) for row in tx.execute(free.values(values).returning(*letters.c))] if ids else []
    return sorted(taken, key=lambda letter: (letter.stranger, letter.next_attempt_at, letter.id))


def claim(tx: Connection, now: datetime, owner: str, lease: timedelta, limit: int = 1) -> list[OutgoingLetter]:
    """Take letters that are due, in the order of `due`; see `take`."""
    return take(tx, [one.id for one in due(tx, now, limit)], now, owner, lease)


def data_started(tx: Connection, letter_id: int, owner: str, now: datetime) -> bool:
    """DATA begins as soon as this is committed. False where the lease was lost: then it must not begin."""
    return take_step(tx, Step.START_DATA, letter_id, now, {"sent_at": now}, owner=owner, told=False) is not None


def sent(tx: Connection, letter_id: int, owner: str, reply: str, now: datetime, *, reason: str = "") -> bool:
    """The relay took it over; False where it is not this process's any more. `reason`: what is special about it."""
    values = {"sent_at": now, "reply": reply, "reason": reason}
    return take_step(tx, Step.SENT, letter_id, now, values, owner=owner) is not None


def temporary_failure(
    tx: Connection, letter_id: int, owner: str, reply: str, next_attempt_at: datetime, now: datetime
) -> bool:
    """The relay surely has not got it: it waits for its next try."""
    values = {"reply": reply, "next_attempt_at": next_attempt_at, "sent_at": None, "lease_until": None}
    return take_step(tx, Step.TRY_LATER, letter_id, now, values, owner=owner) is not None


def permanent_failure(tx: Connection, letter_id: int, owner: str, reply: str, now: datetime) -> bool:
    """Refused for good: shown to a person."""
    values = {"reply": reply, "sent_at": None}
    return take_step(tx, Step.REFUSED, letter_id, now, values, owner=owner) is not None


def no_answer(tx: Connection, letter_id: int, owner: str, reply: str, now: datetime) -> bool:
    """The content was under way and no answer came: perhaps delivered, so a person decides."""
    return take_step(tx, Step.NO_ANSWER, letter_id, now, {"reply": reply}, owner=owner) is not None


def recover(tx: Connection, now: datetime) -> Recovered:
    """Take back what processes that are gone had claimed: sent again before DATA, unknown after it."""
    requeued, unknown = [], []
    for state in (LetterState.SENDING, LetterState.DATA_STARTED):
        expired = select(letters.c.id).where(letters.c.state == state.value, letters.c.lease_until < now)
        for letter_id in tx.execute(expired.order_by(letters.c.lease_until)).scalars().all():
            if state is LetterState.SENDING:
                take_step(tx, Step.TRY_LATER, letter_id, now, {"lease_until": None})
                requeued.append(letter_id)
            else:
                take_step(tx, Step.NO_ANSWER, letter_id, now, {})
                unknown.append(letter_id)
    return Recovered(tuple(requeued), tuple(unknown))


def owners(conn: Connection) -> list[str]:
    """Processes that have a letter in hand, or had when they ended."""
    asked = select(letters.c.owner).where(_IN_HAND, letters.c.owner.is_not(None)).distinct()
    return sorted(conn.execute(asked).scalars())


def end_lease(tx: Connection, owner: str, now: datetime) -> None:
    """The process is known to be gone: `recover` need not wait for the end of its leases."""
    ended = now - timedelta(seconds=1)
    mine = update(letters).where(_IN_HAND, letters.c.lease_until > ended, letters.c.owner == owner)
    tx.execute(mine.values(lease_until=ended))


def undelivered(tx: Connection, message_ids: Collection[str], detail: str, now: datetime) -> list[int]:
    """A delivery report names these Message-IDs; returns the numbers of the letters of ours that did not arrive."""
    ids = tx.execute(select(letters.c.id).where(letters.c.message_id.in_(sorted(message_ids)))).scalars().all()
    moved = [take_step(tx, Step.BOUNCED, letter_id, now, {"reason": detail}) for letter_id in ids]
    return [letter.id for letter in moved if letter is not None]


def hold(tx: Connection, letter_id: int, now: datetime, *, reason: str, by: str = "") -> bool:
    """Keep a queued letter back."""
    return take_step(tx, Step.HOLD, letter_id, now, {"reason": reason}, by=by, why=reason) is not None


def release(tx: Connection, letter_id: int, now: datetime, *, reason: str, by: str = "") -> bool:
    """Send a letter that was held, refused, unknown or undelivered: of the last three only a person may say so."""
    values: dict[str, Any] = {"reason": reason, "next_attempt_at": now, "sent_at": None, "owner": None}
    values["lease_until"] = None
    values["by_hand"] = bool(by)  # a person may go beyond the limits
    return take_step(tx, Step.RELEASE, letter_id, now, values, by=by, why=reason) is not None


def supersede(tx: Connection, letter_id: int, now: datetime, *, reason: str, superseded_by: int | None = None) -> bool:
    """Do not send a letter that waits: another one says it too."""
    values = {"reason": reason, "superseded_by": superseded_by}
    return take_step(tx, Step.SUPERSEDE, letter_id, now, values) is not None


def get(conn: Connection, letter_id: int) -> OutgoingLetter | None:
    row = conn.execute(BY_ID, {"letter": letter_id}).one_or_none()
    return None if row is None else letter_of(row)


def find(conn: Connection, key: str) -> OutgoingLetter | None:
    row = conn.execute(_BY_KEY, {"known_key": key}).one_or_none()
    return None if row is None else letter_of(row)


def mime(conn: Connection, letter_id: int) -> bytes:
    """The whole message. Raises sqlalchemy.exc.NoResultFound (a PermanentStoreError outside) for a number not known."""
    body = conn.execute(select(letter_bodies.c.mime).where(letter_bodies.c.letter_id == letter_id)).scalar_one()
    return bytes(body)


def listed(
    conn: Connection,
    *,
    state: LetterState | None = None,
    recipient: str | None = None,
    dossier_id: int | None = None,
    answers: int | None = None,
    before: int = 0,
    limit: int = 1000,
) -> list[OutgoingLetter]:
    """The newest first, from those before the number `before` where it is not 0."""
    asked = select(letters)
    filters = {"state": state, "recipient": recipient, "dossier_id": dossier_id, "answers": answers}
    for name, value in filters.items():
        if value is not None:
            asked = asked.where(letters.c[name] == (value.value if isinstance(value, LetterState) else value))
    asked = asked.where(letters.c.id < before) if before else asked
    return [letter_of(row) for row in conn.execute(asked.order_by(letters.c.id.desc()).limit(limit))]


def every(conn: Connection, state: LetterState) -> Iterator[OutgoingLetter]:
    """All letters in this state, the newest first; memory does not grow with them. Their state may change meanwhile."""
    before = 0
    while part := listed(conn, state=state, before=before, limit=_BATCH):
        yield from part
        before = part[-1].id
