"""What of one person can go before its time: their own mail that came into no dossier, letters to them alone.

What came into a dossier is the union's and goes with it (`store.retention`); what others wrote is theirs; decisions
that stand need the address. All of that is counted, so that a person who asks can be told what stays, and why.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, exists, or_, select

from store.ledger_entry import State
from store.retention import Due
from store.schema.history import events
from store.schema.letters import letters
from store.schema.mail import ledger, messages, readings
from store.schema.people import confirmed_senders
from store.schema.record import dossiers, revisions, waiting

_BATCH = 200


@dataclass(frozen=True, slots=True)
class OfPerson:
    """Nothing has gone yet."""

    due: Due
    """What can go: `waiting` are messages that never came into a dossier, `unasked` letters, `decisions` events."""
    dossiers: tuple[str, ...] = ()
    """Codes of dossiers that mail of the person came into: it goes with them."""
    undecided: int = 0
    """Messages that wait for a person, or are not settled: to be decided first."""
    standing: int = 0
    """Confirmations of the address that stand: to be revoked first."""


def due_of_person(conn: Connection, addresses: Collection[str]) -> OfPerson:
    """`addresses` in lower case: the mail they sent, the letters to them, what was decided on them."""
    sent = tuple(_sent_by(conn, frozenset(addresses)))
    joined = _joined(conn, sent)
    undecided = _undecided(conn, [one for one in sent if one not in joined])
    free = tuple(one for one in sent if one not in joined and one not in undecided)
    ended, standing = _confirmations(conn, addresses)
    return OfPerson(
        due=Due(waiting=free, unasked=_letters(conn, addresses), decisions=ended),
        dossiers=_codes(conn, sorted(set(joined.values()))),
        undecided=len(undecided),
        standing=standing,
    )


def _sent_by(conn: Connection, addresses: frozenset[str]) -> Iterator[int]:
    """Numbers of messages, ascending; memory does not grow with the store."""
    asked, last = select(messages.c.id).where(messages.c.erased_at.is_(None)).order_by(messages.c.id), 0
    while part := conn.execute(asked.where(messages.c.id > last).limit(_BATCH)).scalars().all():
        read = select(readings.c.message_id, readings.c.submission).where(readings.c.message_id.in_(part))
        rows = conn.execute(read.order_by(readings.c.message_id, readings.c.id))
        latest = {row.message_id: row.submission for row in rows}
        yield from (one for one, text in latest.items() if json.loads(text)["sender"]["address"] in addresses)
        last = part[-1]


def _joined(conn: Connection, sent: Collection[int]) -> dict[int, int]:
    """Of these messages those that came into a dossier, or repeat one that did → the dossier."""
    found: dict[int, int] = {}
    for one in sent:
        copies = select(ledger.c.duplicate_of).where(ledger.c.message_id == one, ledger.c.duplicate_of.is_not(None))
        mine = or_(revisions.c.message_id == one, revisions.c.message_id.in_(copies))
        dossier = conn.execute(select(revisions.c.dossier_id).where(mine, revisions.c.joins).limit(1)).scalar()
        if dossier is not None:
            found[one] = dossier
    return found


def _undecided(conn: Connection, sent: Collection[int]) -> set[int]:
    waits = select(waiting.c.message_id).where(waiting.c.resolution.is_(None))
    pending = select(ledger.c.message_id).where(ledger.c.state != State.SETTLED.value)
    return {
        one
        for one in sent
        for asked in (waits.where(waiting.c.message_id == one), pending.where(ledger.c.message_id == one))
        if conn.execute(asked.limit(1)).scalar() is not None
    }


def _letters(conn: Connection, addresses: Collection[str]) -> tuple[int, ...]:
    """That belong to no message and no dossier; those that answer a message go with it."""
    told = exists().where(events.c.letter_id == letters.c.id, events.c.kind == "letter-erased")
    alone = letters.c.dossier_id.is_(None) & letters.c.answers.is_(None)
    asked = select(letters.c.id).where(letters.c.recipient.in_(sorted(addresses)), alone, ~told)
    return tuple(conn.execute(asked.order_by(letters.c.id)).scalars())


def _confirmations(conn: Connection, addresses: Collection[str]) -> tuple[tuple[int, ...], int]:
    """Events of confirmations that were revoked, and how many stand."""
    mine = select(confirmed_senders).where(confirmed_senders.c.address.in_(sorted(addresses)))
    seqs, standing = set[int](), 0
    for row in conn.execute(mine):
        if row.withdrawn_at is None:
            standing += 1
            continue
        asked = select(events.c.seq, events.c.facts).where(
            events.c.kind == "sender-confirmed", events.c.at == row.confirmed_at
        )
        said = {"campaign": row.campaign, "union": row.union_code}
        seqs |= {event.seq for event in conn.execute(asked) if json.loads(event.facts) == said}
    return tuple(sorted(seqs)), standing


def _codes(conn: Connection, numbers: Collection[int]) -> tuple[str, ...]:
    asked = select(dossiers.c.code).where(dossiers.c.id.in_(numbers)).order_by(dossiers.c.code)
    return tuple(conn.execute(asked).scalars())
