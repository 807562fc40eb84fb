"""Assign: a person says whose a message is that waits, or that it is no campaign's; and undoes either (P11)."""

from datetime import datetime

from sqlalchemy import Connection

from dossier.campaign import Campaign
from intake.decisions import NotDecidedError, Who, union_of
from intake.policy import WritingPolicy
from intake.rejudging import Rejudged, rejudge
from store import assignments, dossiers, ledger, outbox, waiting
from store.engine import Store
from store.ledger import Outcome
from store.letter_row import LetterState
from store.revisions import Cause
from store.waiting import Resolution, Waiting


def assign_message(store: Store, campaign: Campaign, message_id: int, union: str, who: Who, now: datetime) -> int:
    """The message is the union's, with its own time of receipt; its sender does not become known.

    `campaign` may be another than the one that it waits in: which is meant may be what was not clear.
    Returns how many places of it are open again, to be judged next. Raises NotDecidedError, StoreError.
    """
    code = union_of(campaign, union)
    with store.writing() as tx:
        _waits(tx, message_id)
        if not assignments.assign(tx, message_id, campaign.key, code, now, by=who.by, reason=who.reason):
            raise NotDecidedError(f"message {message_id} is assigned already: `hoso unassign {message_id}` undoes that")
        return _reopened(tx, message_id, who, now)


def dismiss_message(store: Store, campaign: Campaign, message_id: int, who: Who, now: datetime) -> None:
    """The message is for no campaign: it waits no more, and stays on record. Raises NotDecidedError, StoreError."""
    with store.writing() as tx:
        held = _waits(tx, message_id)
        if assignments.in_force(tx, message_id, campaign.key) is not None:
            raise NotDecidedError(f"message {message_id} is assigned: `hoso unassign {message_id}` undoes that")
        for one in held:
            waiting.resolve(tx, one.id, Resolution.SET_ASIDE, now, by=who.by, reason=who.reason)
        for letter in outbox.listed(tx, state=LetterState.HELD, answers=message_id):
            outbox.supersede(tx, letter.id, now, reason="the message was set aside")


def unassign_message(
    store: Store, campaign: Campaign, message_id: int, writing: WritingPolicy, who: Who, now: datetime
) -> Rejudged | None:
    """Undo an assignment or a dismissal: the message waits again, its dossier is judged without it.

    None where no dossier changes by it. Raises NotDecidedError, StoreError.
    """
    with store.writing() as tx:
        standing = assignments.in_force(tx, message_id, campaign.key)
        held = waiting.every_of_message(tx, message_id)
        if standing is None and not any(one.resolution is Resolution.SET_ASIDE for one in held):
            raise NotDecidedError(f"message {message_id} was neither assigned nor dismissed: see `hoso messages`")
        for one in held:
            waiting.reopen(tx, one.id, now, by=who.by, reason=who.reason)
        if standing is None:
            return None
        assignments.withdraw(tx, message_id, campaign.key, now, by=who.by, reason=who.reason)
        for entry in ledger.places(tx, message_id):
            if entry.outcome is Outcome.JOINED:
                ledger.requeue(tx, entry.id, now, by=who.by, reason=who.reason)
                ledger.settle(tx, entry.id, Outcome.WAITING, now)
        dossier = dossiers.of_union(tx, campaign.key, standing.union)
        if dossier is None or not dossier.revision:
            return None
        return rejudge(tx, dossier, campaign, Cause.DECISION, writing, now, by=who.by, reason=who.reason)


def _waits(tx: Connection, message_id: int) -> list[Waiting]:
    held = [one for one in waiting.every_of_message(tx, message_id) if one.resolution is None]
    if not held:
        raise NotDecidedError(f"message {message_id} does not wait: see `hoso waiting` for those that do")
    return held


def _reopened(tx: Connection, message_id: int, who: Who, now: datetime) -> int:
    places = [one for one in ledger.places(tx, message_id) if one.outcome is Outcome.WAITING]
    return sum(ledger.requeue(tx, one.id, now, by=who.by, reason=who.reason) for one in places)
