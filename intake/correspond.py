"""Correspond: a person sends a letter once more, or writes one; through the outbox, with its limits (P6)."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from dossier.campaign import Campaign
from dossier.limits import over_its_own, sender_key
from dossier.model import Submission
from intake.answer import message_id_of, token_of
from intake.decisions import NotDecidedError, Who, dossier_of
from intake.dispatch import DAY
from intake.policy import WritingPolicy
from intake.rejudging import own_addresses
from notifier.by_hand import by_hand
from notifier.envelope import AddressError, addr_spec
from notifier.mime import again, compose
from store import events, letter_counts, outbox, revisions
from store.dossiers import Dossier
from store.engine import Store
from store.letter_row import LetterState, NewLetter, OutgoingLetter

_RELEASED = frozenset({LetterState.HELD, LetterState.FAILED, LetterState.UNKNOWN, LetterState.UNDELIVERED})
_UNDER_WAY = frozenset({LetterState.QUEUED, LetterState.SENDING, LetterState.DATA_STARTED})


@dataclass(frozen=True, slots=True)
class Words:
    """What a person writes."""

    subject: str
    text: str
    to: str | None = None
    """One of the union's own addresses; else that of its newest message, or the first of the roster."""


def resend(store: Store, number: int, writing: WritingPolicy, who: Who, now: datetime) -> OutgoingLetter:
    """Send a letter again: one that did not go out is let out, of one that did a copy goes out as a new letter.

    Raises NotDecidedError, StoreError.
    """
    with store.writing() as tx:
        letter = outbox.get(tx, number)
        if letter is None:
            raise NotDecidedError(f"there is no letter {number}: see `hoso letters`")
        if letter.state in _RELEASED:
            outbox.release(tx, number, now, reason=who.reason, by=who.by)
            return outbox.get(tx, number) or letter
        if letter.state in _UNDER_WAY:
            raise NotDecidedError(f"letter {number} is under way: it goes out by itself")
        if letter.state is LetterState.SUPERSEDED:
            raise NotDecidedError(f"letter {number} was replaced by letter {letter.superseded_by or '?'}: resend that")
        return _copy(tx, letter, writing, who, now)


def write(
    store: Store, campaign: Campaign, which: str, words: Words, writing: WritingPolicy, who: Who, now: datetime
) -> OutgoingLetter:
    """A person's letter to a union about its dossier; the same words to the same address are written once.

    Raises NotDecidedError, StoreError.
    """
    if not words.subject.strip() or not words.text.strip():
        raise NotDecidedError("a letter needs a subject and a text")
    with store.writing() as tx:
        dossier = dossier_of(tx, campaign, which)
        recipient, answers, message = _addressee(tx, campaign, dossier, words.to)
        letter = by_hand(
            recipient,
            words.subject,
            words.text,
            message.message_id if message else None,
            message.references if message else (),
        )
        said = hashlib.sha256(f"{recipient}\n{letter.subject}\n{letter.text}".encode()).hexdigest()
        key = f"{dossier.code}/by-hand-{said}"
        before = outbox.find(tx, key)
        if before is not None:
            raise NotDecidedError(f"that was written before, as letter {before.id}: `hoso resend {before.id}`")
        message_id = message_id_of(token_of(key), writing)
        new = NewLetter(
            key=key,
            message_id=message_id,
            kind=letter.kind.value,
            recipient=recipient,
            subject=letter.subject,
            mime=compose(letter, writing.identity, message_id, now),
            answers=answers,
            dossier_id=dossier.id,
            sender_key=sender_key(recipient),
        )
        return _queued(tx, new, "letter-by-hand", {}, writing, who, now)


def _copy(tx: Connection, letter: OutgoingLetter, writing: WritingPolicy, who: Who, now: datetime) -> OutgoingLetter:
    times = 1
    while outbox.find(tx, f"{letter.key}/resent-{times}") is not None:
        times += 1
    key = f"{letter.key}/resent-{times}"
    message_id = message_id_of(token_of(key), writing)
    new = NewLetter(
        key=key,
        message_id=message_id,
        kind=letter.kind,
        recipient=letter.recipient,
        subject=letter.subject,
        mime=again(outbox.mime(tx, letter.id), message_id, now),
        answers=letter.answers,
        dossier_id=letter.dossier_id,
        sender_key=letter.sender_key,
        stranger=letter.stranger,
    )
    return _queued(tx, new, "letter-resent", {"letter": letter.id}, writing, who, now)


def _queued(
    tx: Connection,
    new: NewLetter,
    kind: str,
    facts: dict[str, events.Fact],
    writing: WritingPolicy,
    who: Who,
    now: datetime,
) -> OutgoingLetter:
    """In the outbox, held where a limit is reached: then `hoso resend` lets it out beyond the limit."""
    counts = letter_counts.counts(tx, new.sender_key, new.dossier_id, now - DAY)
    over = over_its_own(counts.sender, counts.dossier, not new.stranger, False, writing.limits)
    held = replace(new, held=True, reason=over.value) if over is not None else new
    made = outbox.enqueue(tx, held, now)
    happened = events.Event(
        kind, now, dossier_id=made.dossier_id, letter_id=made.id, facts=facts, by=who.by, reason=who.reason
    )
    events.append(tx, happened)
    return made


def _addressee(
    tx: Connection, campaign: Campaign, dossier: Dossier, to: str | None
) -> tuple[str, int | None, Submission | None]:
    """The address, and the message that is answered where one came from it. Raises NotDecidedError."""
    own = own_addresses(tx, campaign, dossier.union)
    joined = revisions.contributions(tx, dossier.id)
    newest = {(one.submission.sender.address or "").casefold(): one for one in joined}
    sent = [address for one in reversed(joined) if (address := (one.submission.sender.address or "").casefold()) in own]
    address = to.strip().casefold() if to else next(iter([*sent, *own]), "")
    if not address:
        raise NotDecidedError(f"no address of {dossier.union} is known: put one into the roster, or confirm one")
    if address not in own:
        raise NotDecidedError(f"{address} is no address of {dossier.union}: confirm it first (hoso confirm-sender)")
    try:
        checked = addr_spec(address)
    except AddressError as wrong:
        raise NotDecidedError(str(wrong)) from None
    answered = newest.get(address)
    return checked, answered.message_id if answered else None, answered.submission if answered else None
