"""Receive: from the mailbox into the store, durable before anyone reads it (P1, P2, P5, P7)."""

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
    new, missing = 0, list[Unfetched]()
    for group in _groups(wanted, careful):
        for batch in _batches(mailbox.fetch(group)):
            steps(Step.FETCHED)
            new += keep(batch, store, steps)
            arrived(len(batch))
        missing += mailbox.unfetched
    _advance(store, box.id, found, missing)
    return Received(new, tuple(missing))


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
    if plain := [uid for uid in wanted if uid not in careful]:
        yield plain
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


def _advance(store: Store, mailbox_id: int, found: Sequence[int], missing: Collection[Unfetched]) -> None:
    """The next look begins after the last message below which none is still to be fetched."""
    again = [each.uid for each in missing if each.why is not Why.GONE]
    highest = min(again) - 1 if again else max(found, default=0)
    if highest > 0:
        with store.writing() as tx:
            mailboxes.advance(tx, mailbox_id, highest)
