"""Receive: from the mailbox into the store, durable before anyone reads it (P1, P2, P5, P7)."""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from dossier.model import RawMessage
from ingest.fetching import Unfetched, Why
from ingest.imap import Mailbox
from intake.steps import Step, Steps, no_steps
from store import ledger, mailboxes
from store.engine import Store
from store.mailboxes import Backlog

Clock = Callable[[], datetime]
BATCH_MESSAGES, BATCH_BYTES = 50, 8 * 1024 * 1024
_STRETCH = 500
"""Messages that are fetched before it is asked again what is new."""


@dataclass(frozen=True, slots=True)
class Received:
    """What one look into a folder brought."""

    new: int = 0
    """Rows that were not in the ledger before."""
    missing: tuple[Unfetched, ...] = ()
    """Asked for and not come: asked for again at the next look, unless they are gone."""


def receive(
    mailbox: Mailbox,
    account: str,
    store: Store,
    clock: Clock,
    *,
    answer_backlog: bool = False,
    careful: Collection[int] = (),
    steps: Steps = no_steps,
    arrived: Callable[[int], None] = lambda count: None,
) -> Received:
    """Store every message of the folder that the ledger does not know; `arrived` hears of every batch that is durable.

    `careful` names UIDs that broke the connection before: they come last and one at a time, so that they keep no other
    waiting. Raises MailboxError and StoreError; what was received before stays.
    """
    with store.writing() as tx:
        box = mailboxes.enter(tx, account, mailbox.folder, mailbox.uidvalidity, clock())
    found = mailbox.uids_after(box.highest_uid)
    if box.backlog is None:
        _decide_backlog(store, box, found, clock(), answer_backlog=answer_backlog)
    with store.reading() as conn:
        known = mailboxes.known_uids(conn, box.id, found)
    wanted = [uid for uid in found if uid not in known]
    seen, new, missing = max(found, default=0), 0, list[Unfetched]()
    groups = deque(_groups(wanted, careful))
    while groups:
        got = fetch(mailbox, groups.popleft(), store, steps, arrived)
        new, missing = new + got.new, [*missing, *got.missing]
        if groups and (newer := mailbox.uids_after(seen)):  # what came meanwhile goes first
            seen = newer[-1]
            groups.appendleft(list(newer))
    _advance(store, box.id, seen, missing)
    return Received(new, tuple(missing))


def fetch(
    mailbox: Mailbox,
    uids: Iterable[int],
    store: Store,
    steps: Steps = no_steps,
    arrived: Callable[[int], None] = lambda count: None,
) -> Received:
    """These messages of the folder into the store, batch by batch. Raises MailboxError and StoreError."""
    new = 0
    for batch in _batches(mailbox.fetch(uids)):
        steps(Step.FETCHED)
        new += keep(batch, store, steps)
        arrived(len(batch))
    return Received(new, mailbox.unfetched)


def keep(batch: Sequence[RawMessage], store: Store, steps: Steps = no_steps) -> int:
    """Make messages durable: first their bytes, then the ledger's rows; returns how many rows are new."""
    digests = store.blobs.put_many([raw.content for raw in batch])
    steps(Step.BLOBS_WRITTEN)
    arrivals = [ledger.Arrival.of(raw, sha256) for raw, sha256 in zip(batch, digests, strict=True)]
    with store.writing() as tx:
        entries = ledger.arrive_many(tx, arrivals)
    steps(Step.ARRIVED)
    return sum(entry.new for entry in entries)


def keep_all(messages: Iterable[RawMessage], store: Store, steps: Steps = no_steps) -> int:
    """`keep` for messages from files, batch by batch: memory stays flat in their number."""
    return sum(keep(batch, store, steps) for batch in _batches(messages))


def _decide_backlog(
    store: Store, box: mailboxes.Mailbox, found: Sequence[int], now: datetime, *, answer_backlog: bool
) -> None:
    """What is there at the first look is recorded and not answered, unless the administrator says so (P7)."""
    decision = Backlog.ANSWER if answer_backlog or not found else Backlog.RECORD
    with store.writing() as tx:
        mailboxes.decide_backlog(tx, box.id, decision, max(found, default=0), now)


def _groups(wanted: Sequence[int], careful: Collection[int]) -> Iterator[list[int]]:
    """Stretches in the order of their UIDs, the newest stretch first: years of old mail hold up nothing that is new."""
    plain = [uid for uid in wanted if uid not in careful]
    for end in range(len(plain), 0, -_STRETCH):
        yield plain[max(end - _STRETCH, 0) : end]
    for uid in wanted:
        if uid in careful:
            yield [uid]


def _batches(messages: Iterable[RawMessage]) -> Iterator[list[RawMessage]]:
    """As many as one durable write should hold: neither a fsync for each nor more in memory than is good."""
    batch, size = list[RawMessage](), 0
    for message in messages:
        batch.append(message)
        size += len(message.content)
        if len(batch) >= BATCH_MESSAGES or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _advance(store: Store, mailbox_id: int, seen: int, missing: Collection[Unfetched]) -> None:
    """The next look begins after the last message below which none is still to be fetched."""
    again = [each.uid for each in missing if each.why is not Why.GONE]
    highest = min(again) - 1 if again else seen
    if highest > 0:
        with store.writing() as tx:
            mailboxes.advance(tx, mailbox_id, highest)
