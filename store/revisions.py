"""Revisions of a dossier: what was judged, by which rules and deadline, from what (P8). None is overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, insert, select, update

from dossier.deadline import Receipt
from dossier.initiatives import Drawn
from dossier.model import Assessment, Document, Kind, Submission
from store import events, readings
from store.contents import keep_documents, keep_findings, replace_initiatives
from store.dossiers import Dossier
from store.json_text import assessment_of, assessment_text
from store.messages import receipt_of
from store.schema.columns import new_id
from store.schema.mail import messages
from store.schema.record import dossiers, revisions
from store.search_words import keep_words


class Cause(StrEnum):
    """Why the dossier was judged."""

    MESSAGE = "message"
    """One of its union's known addresses sent something."""
    CONFIRMED = "confirmed"
    """A person confirmed the sender of a message that waited."""
    ASSIGNED = "assigned"
    """A person assigned a message that waited to the union."""
    EXTENSION = "extension"
    """The deadline was moved."""
    REREAD = "reread"
    """One of its messages was read again."""
    DECISION = "decision"
    """A person decided."""


JOINING = {Cause.MESSAGE, Cause.CONFIRMED, Cause.ASSIGNED}
_STAND = update(dossiers).where(dossiers.c.id == bindparam("dossier"))
_NEW = insert(revisions)
_DEADLINE = select(revisions.c.deadline).where(
    revisions.c.dossier_id == bindparam("dossier"), revisions.c.number == bindparam("revision")
)
_JOINED = (
    select(revisions.c.number, revisions.c.supplement, messages)
    .join(messages, messages.c.id == revisions.c.message_id)
    .where(revisions.c.dossier_id == bindparam("dossier"), revisions.c.joins)
)


@dataclass(frozen=True, slots=True)
class NewRevision:
    assessment: Assessment
    """Of the dossier as a whole."""
    cause: Cause
    message_id: int | None = None
    """The message that joins, or was read again."""
    documents: tuple[Document, ...] = ()
    """The files of that message."""
    initiatives: tuple[Drawn, ...] = ()
    """Those in force for the dossier now."""
    supplement: bool = False
    """Came too late to change anything: kept for staff."""
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    id: int
    dossier_id: int
    number: int
    message_id: int | None
    cause: Cause
    supplement: bool
    recorded_at: datetime
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Contribution:
    """One message of a dossier, as it was last read."""

    message_id: int
    revision: int
    """With which it joined."""
    receipt: Receipt
    supplement: bool
    submission: Submission


def add(tx: Connection, dossier: Dossier, new: NewRevision, now: datetime) -> Revision:
    """Record how the dossier stands now, with its documents, initiatives, findings and the event.

    `dossier` is what `lock_or_create` gave in this transaction. Raises PermanentStoreError (when the transaction ends)
    where the message has joined the dossier before.
    """
    assessment, text = new.assessment, assessment_text(new.assessment)
    number = dossier.revision + 1
    judged = {
        "verdict": assessment.verdict.value,
        "complete": assessment.complete,
        "in_time": assessment.in_time,
        "received_at": assessment.received_at,
    }
    values = judged | {
        "dossier_id": dossier.id,
        "number": number,
        "message_id": new.message_id,
        "cause": new.cause.value,
        "joins": new.cause in JOINING,
        "supplement": new.supplement,
        "recorded_at": now,
        "reply": assessment.reply.value,
        "deadline": assessment.deadline,
        "rules": assessment.rules,
        "assessment": text,
    }
    made = new_id(tx.execute(_NEW, values))
    came_at = assessment.received_at or dossier.created_at
    tx.execute(_STAND, judged | {"dossier": dossier.id, "revision": number, "updated_at": now, "came_at": came_at})
    sealed = {"assessment": text}
    if new.message_id is not None:
        sealed["documents"] = keep_documents(tx, dossier.id, made, new.message_id, new.documents)
    in_force = assessment.in_force.get(Kind.SUMMARY_TABLE.value, "")
    sealed["initiatives"] = replace_initiatives(
        tx, dossier.id, made, in_force, new.initiatives, campaign=dossier.campaign, came_at=came_at
    )
    keep_words(tx, dossier.id, dossier.campaign, new.documents)
    keep_findings(tx, dossier.id, made, assessment.findings)
    events.append(tx, _event(dossier, number, new, sealed, now))
    return Revision(made, dossier.id, number, new.message_id, new.cause, new.supplement, now, assessment)


def latest(conn: Connection, dossier_id: int) -> Revision | None:
    """The revision in force."""
    asked = select(revisions).where(revisions.c.dossier_id == dossier_id).order_by(revisions.c.number.desc()).limit(1)
    row = conn.execute(asked).one_or_none()
    return None if row is None else _revision(row)


def latest_of(conn: Connection, dossier_ids: Sequence[int]) -> dict[int, Revision]:
    """Dossier → its revision in force; as `every_of`."""
    mine = and_(dossiers.c.id == revisions.c.dossier_id, dossiers.c.revision == revisions.c.number)
    asked = select(revisions).join(dossiers, mine).where(revisions.c.dossier_id.in_(dossier_ids))
    return {row.dossier_id: _revision(row) for row in conn.execute(asked)}


def deadline_of(conn: Connection, dossier_id: int, number: int) -> datetime | None:
    """By which deadline a revision was judged; None where there is none."""
    return conn.execute(_DEADLINE, {"dossier": dossier_id, "revision": number}).scalar_one_or_none()


def in_force_at(conn: Connection, dossier_id: int, at: datetime) -> Revision | None:
    """The revision that was in force at that moment, by when it was recorded; None before the first."""
    asked = select(revisions).where(revisions.c.dossier_id == dossier_id, revisions.c.recorded_at <= at)
    row = conn.execute(asked.order_by(revisions.c.number.desc()).limit(1)).one_or_none()
    return None if row is None else _revision(row)


def every(conn: Connection, dossier_id: int) -> list[Revision]:
    """All of a dossier, the first first."""
    return every_of(conn, [dossier_id])


def every_of(conn: Connection, dossier_ids: Sequence[int]) -> list[Revision]:
    """All of several dossiers (at most some hundreds), dossier by dossier, of each the first first."""
    asked = select(revisions).where(revisions.c.dossier_id.in_(dossier_ids))
    rows = conn.execute(asked.order_by(revisions.c.dossier_id, revisions.c.number))
    return [_revision(row) for row in rows]


def of_message(conn: Connection, message_id: int) -> list[Revision]:
    """Where a message joined or was read again."""
    asked = select(revisions).where(revisions.c.message_id == message_id).order_by(revisions.c.id)
    return [_revision(row) for row in conn.execute(asked)]


def contributions(conn: Connection, dossier_id: int) -> list[Contribution]:
    """The messages that joined, in the order in which they were received; erased ones are not among them."""
    rows = conn.execute(_JOINED, {"dossier": dossier_id}).all()
    read = readings.latest_of(conn, [row.id for row in rows])
    joined = [
        Contribution(row.id, row.number, receipt_of(row), row.supplement, read[row.id].submission)
        for row in rows
        if row.id in read
    ]
    return sorted(joined, key=_received_first)


def _received_first(one: Contribution) -> tuple[bool, float, int]:
    at = one.receipt.at
    return at is None, at.timestamp() if at else 0.0, one.revision


def _event(dossier: Dossier, number: int, new: NewRevision, sealed: dict[str, str], now: datetime) -> events.Event:
    assessment = new.assessment
    received_at = assessment.received_at
    facts: dict[str, events.Fact] = {
        "revision": number,
        "cause": new.cause.value,
        "supplement": new.supplement,
        "verdict": assessment.verdict.value,
        "complete": assessment.complete,
        "in_time": assessment.in_time,
        "received_at": None if received_at is None else events.moment_text(received_at),
        "deadline": events.moment_text(assessment.deadline),
        "rules": assessment.rules,
    }
    return events.Event(
        "revision-recorded",
        now,
        message_id=new.message_id,
        dossier_id=dossier.id,
        facts=facts,
        sealed=sealed,
        by=new.by,
        reason=new.reason,
    )


def _revision(row: Row[Any]) -> Revision:
    return Revision(
        id=row.id,
        dossier_id=row.dossier_id,
        number=row.number,
        message_id=row.message_id,
        cause=Cause(row.cause),
        supplement=row.supplement,
        recorded_at=row.recorded_at,
        assessment=assessment_of(row.assessment),
    )
