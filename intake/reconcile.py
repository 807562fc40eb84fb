"""Reconcile: is every message of the folder in the ledger, and what left the folder since? (P5)"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from ingest.imap import Mailbox
from intake.receive import Clock, fetch, receive
from intake.steps import Steps, no_steps
from store import mailboxes, reconciliations
from store.engine import Store
from store.reconciliations import Counted, Place


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A folder that was compared; `earlier` are the UIDVALIDITYs it had before, whose rows stay on record."""

    folder: str
    uidvalidity: int
    counted: Counted
    earlier: tuple[int, ...] = ()


def reconcile(
    mailbox: Mailbox,
    account: str,
    store: Store,
    clock: Clock,
    *,
    moves: bool = False,
    steps: Steps = no_steps,
    arrived: Callable[[int], None] = lambda count: None,
) -> Reconciled:
    """Compare the server's UIDs with the ledger, fetch what is missing there, record the run.

    `moves`: settled messages leave the folder by our own hand, so their absence tells nothing. Mail that came since the
    last look is received first and is not missing; `arrived` hears of it as of what was fetched. Raises MailboxError
    and StoreError.
    """
    receive(mailbox, account, store, clock, steps=steps, arrived=arrived)
    with store.reading() as conn:
        box = mailboxes.find(conn, account, mailbox.folder, mailbox.uidvalidity)
        former = mailboxes.generations(conn, account, mailbox.folder)
        before = {one.uid: one for one in reconciliations.places(conn, box.id)} if box else {}
    if box is None:
        raise AssertionError("receive has entered the mailbox")
    there = frozenset(mailbox.uids())
    absent = sorted(there - before.keys())
    unfetched = fetch(mailbox, absent, store, steps, arrived).missing if absent else ()
    with store.writing() as tx:
        now = clock()
        held = {one.uid: one for one in reconciliations.places(tx, box.id)}
        gone = [one for one in held.values() if one.uid not in there and not one.gone and not _is_ours(one, moves)]
        returned = [one for one in held.values() if one.uid in there and one.gone]
        reconciliations.mark(tx, gone, now, gone=True)
        reconciliations.mark(tx, returned, now, gone=False)
        counted = Counted(
            messages=len(there),
            accounted=len(there & held.keys()),
            unsettled=sum(not one.settled for one in held.values() if one.uid in there),
            missing=tuple(uid for uid in absent if uid <= box.highest_uid),
            unfetched=tuple(one.uid for one in unfetched),
            gone=tuple(one.uid for one in gone),
            returned=tuple(one.uid for one in returned),
        )
        reconciliations.keep(tx, box.id, counted, now)
    earlier = tuple(one.uidvalidity for one in former if one.id != box.id)
    return Reconciled(mailbox.folder, mailbox.uidvalidity, counted, earlier)


def _is_ours(place: Place, moves: bool) -> bool:
    return moves and place.flagged


def is_due(store: Store, account: str, folder: str, hour: int, zone: ZoneInfo, now: datetime) -> bool:
    """Once a day, at the first look after that hour in the zone; a night that the machine slept through is made up."""
    local = now.astimezone(zone)
    last_hour = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    if last_hour > local:
        last_hour -= timedelta(days=1)
    with store.reading() as conn:
        boxes = mailboxes.generations(conn, account, folder)
        runs = [reconciliations.latest(conn, box.id) for box in boxes]
    return bool(boxes) and not any(run is not None and run.at >= last_hour for run in runs)
