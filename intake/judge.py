"""Judge: every message that is stored and not settled is read, judged and recorded, each on its own (P4)."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import structlog

from dossier.model import Submission
from intake import known, record
from intake.policy import JudgingPolicy, WritingPolicy
from intake.steps import Step, Steps, no_steps
from parsers.sandbox import MessageUnreadableError, SandboxError
from store import ledger
from store.engine import Store
from store.errors import PermanentStoreError, StoreError, TemporaryStoreError
from store.ledger import LedgerEntry, Outcome

_log = structlog.stdlib.get_logger(__name__)
_AT_ONCE = 64
_OLDER_AT_ONCE = 256
"""So many are settled in one transaction; what is new waits for no more than that."""


class Reader(Protocol):
    """Reads a message behind the boundary of promise P10: `parsers.sandbox.Sandbox`."""

    def read(self, content: bytes) -> Submission:
        """Raises MessageUnreadableError where the message itself cannot be read."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where messages are judged: the store, the reader and the rules of the house."""

    store: Store
    reader: Reader
    judging: JudgingPolicy
    writing: WritingPolicy
    clock: Callable[[], datetime]
    workers: int = 1
    """How many messages are read at the same time."""
    steps: Steps = no_steps
    program: str = ""
    """Which program this is, readers and rules included: kept with a message that fails under it."""
    judged: Callable[[record.Recorded], None] = field(default=lambda recorded: None)
    """Hears of every message whose record is committed."""


def judge_pending(desk: Desk, stop: threading.Event) -> int:
    """Judge all that is pending, the oldest receipt first; returns how many were settled.

    Mail from before the campaigns comes last of all, and by batches: what is new does not wait for it.
    One that fails is quarantined and keeps no other waiting; what is read first is recorded first. Ends after the
    messages in hand where `stop` is set. Raises StoreError and SandboxError, which no message is to blame for: what
    is not settled stays pending.
    """
    settled, first = 0, min(campaign.opens_at for campaign in desk.judging.campaigns)
    with ThreadPoolExecutor(desk.workers, thread_name_prefix="read") as pool:
        while not stop.is_set():
            with desk.store.reading() as conn:
                pending = ledger.pending_since(conn, first, _AT_ONCE)
                older = [] if pending else ledger.pending_before(conn, first, _OLDER_AT_ONCE)
            if older:
                settled_together, pending = _settle_together(desk, older)
                settled += settled_together
            elif not pending:
                break
            for entry, reading in _as_read(pool, desk, pending, stop):
                settled += _settle(desk, entry, reading)
    return settled


def _settle_together(desk: Desk, older: list[LedgerEntry]) -> tuple[int, list[LedgerEntry]]:
    """Mail that need not be opened, in one transaction; returns how many that were, and those that are to be read.

    A hundred thousand transactions would keep new mail waiting, and a batch takes as long as some of them (FAULTS 41).
    """
    done, rest = list[record.Recorded](), list[LedgerEntry]()
    with desk.store.writing() as tx:
        for entry in older:
            one = record.record(tx, entry, None, desk.judging, desk.writing, desk.clock())
            if one is None:
                rest.append(entry)
            else:
                done.append(one)
        desk.steps(Step.DECIDED)
    desk.steps(Step.COMMITTED)
    for one in done:
        _log.info("message settled", message=one.entry.sha256, outcome=one.outcome.value, union=one.union)
        desk.judged(one)
    return len(done), rest


def _as_read(
    pool: ThreadPoolExecutor, desk: Desk, pending: list[LedgerEntry], stop: threading.Event
) -> Iterator[tuple[LedgerEntry, "Future[Submission | None]"]]:
    """Each message when it has been read; few at a time, so that a stop has little to wait for."""
    waiting = iter(pending)
    running: dict[Future[Submission | None], LedgerEntry] = {}
    while True:
        while len(running) < desk.workers + 1 and not stop.is_set() and (entry := next(waiting, None)):
            running[pool.submit(_read, desk, entry)] = entry
        if not running:
            return
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for reading in done:
            yield running.pop(reading), reading


def _read(desk: Desk, entry: LedgerEntry) -> Submission | None:
    """What the message brings; None where that need not be known: a copy of one that is settled, or older mail."""
    with desk.store.reading() as conn:
        if known.needs_no_reading(conn, entry, desk.judging):
            return None
    submission = desk.reader.read(desk.store.blobs.get(entry.sha256))
    desk.steps(Step.MESSAGE_READ)
    return submission


def _settle(desk: Desk, entry: LedgerEntry, reading: "Future[Submission | None]") -> bool:
    """Record one message in one transaction. The boundary of one message: whatever fails here stays with it (P4)."""
    try:
        return _commit(desk, entry, reading.result())
    except (TemporaryStoreError, SandboxError):
        raise  # no fault of this message: it stays pending
    except PermanentStoreError as error:  # where it is the store that is at fault, this is refused, too, and raises
        return _quarantine(desk, entry, error)
    except Exception as error:  # noqa: BLE001 - the one broad except: a message that fails must not stop the others
        return _quarantine(desk, entry, error)


def _commit(desk: Desk, entry: LedgerEntry, submission: Submission | None) -> bool:
    with desk.store.writing() as tx:
        recorded = record.record(tx, entry, submission, desk.judging, desk.writing, desk.clock())
        desk.steps(Step.DECIDED)
    if recorded is None:
        return False
    desk.steps(Step.COMMITTED)
    _log.info("message settled", message=entry.sha256, outcome=recorded.outcome.value, union=recorded.union)
    desk.judged(recorded)
    return True


def _quarantine(desk: Desk, entry: LedgerEntry, error: Exception) -> bool:
    # the kind and place of the error, not its words: they may quote the message (P12)
    told = (
        f"{type(error).__name__}: {error}" if isinstance(error, MessageUnreadableError | StoreError) else _where(error)
    )
    with desk.store.writing() as tx:
        settled = ledger.quarantine(tx, entry.id, told, desk.clock(), under=desk.program)
    if settled:
        _log.error("message quarantined", message=entry.sha256, error=told)
        desk.judged(record.Recorded(entry, Outcome.QUARANTINED))
    return settled


def _where(error: Exception) -> str:
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    at = f" at {place.tb_frame.f_globals.get('__name__')}:{place.tb_lineno}" if place else ""
    return f"{type(error).__name__}{at}"
