"""One folder of a mailbox, as the service looks into it and waits at it."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog

from hoso.wiring import Parts, accounts_of, utc_now
from ingest.account import ImapAccount
from ingest.errors import MailboxError, TemporaryMailboxError
from ingest.idle import WaitResult
from ingest.imap import Mailbox
from intake.flag import flag_settled
from intake.health import note_look
from intake.receive import receive
from intake.steps import Steps, no_steps

_log = structlog.stdlib.get_logger(__name__)
_NOTE_EVERY = timedelta(seconds=20)
"""Looks that found nothing are put on record no more often: each record is a write to the disk."""
_PAUSES = (5.0, 15.0, 60.0)
"""Seconds before a broken watch is begun again."""


class Folder:
    """One folder of one account, looked into again and again."""

    def __init__(self, account: ImapAccount, folder: str, parts: Parts, steps: Steps, *, answer_backlog: bool) -> None:
        self.account = account
        self.folder = folder
        self.name = f"{account.name}/{folder}"
        self._store = parts.store
        self._steps = steps
        self._answer_backlog = answer_backlog
        self._careful: frozenset[int] = frozenset()
        self._noted = datetime.min.replace(tzinfo=UTC)

    def look(self, arrived: Callable[[int], None] = lambda count: None) -> None:
        """Receive what is new, then flag what is settled. Raises MailboxError, StoreError."""
        started = utc_now()
        try:
            with Mailbox.open(self.account, self.folder) as mailbox:
                received = receive(
                    mailbox,
                    self.account.name,
                    self._store,
                    utc_now,
                    answer_backlog=self._answer_backlog,
                    careful=self._careful,
                    steps=self._steps,
                    arrived=arrived,
                )
                if self.account.after.action != "nothing":
                    flag_settled(mailbox, self.account.name, self._store, utc_now(), self._steps)
                if received.new or not timedelta() <= started - self._noted < _NOTE_EVERY:
                    note_look(self._store, self.account.name, self.folder, mailbox.uidvalidity, started)
                    self._noted = started
        except TemporaryMailboxError as error:
            self._careful |= frozenset(error.uids)
            raise
        if received.new or received.missing:
            _log.info("mailbox", folder=self.name, new=received.new, missing=len(received.missing))

    def watch(self, nudge: Callable[[], None], stop: threading.Event) -> None:
        """Tell of news at once, as long as the server does (IDLE); polling goes on beside it."""
        failures = 0
        while not stop.is_set():
            try:
                with Mailbox.open(self.account, self.folder) as mailbox:
                    if "IDLE" not in mailbox.capabilities:
                        return
                    nudge()  # for what came before this connection stood
                    failures = 0
                    while (seen := mailbox.wait(self.account.poll, stop)) is not WaitResult.STOPPED:
                        if seen is WaitResult.NEWS:
                            nudge()
            except MailboxError as error:
                _log.warning("watch", folder=self.name, error=str(error))
                stop.wait(_PAUSES[min(failures, len(_PAUSES) - 1)])
                failures += 1


def folders_of(parts: Parts, steps: Steps = no_steps, *, answer_backlog: bool = False) -> tuple[Folder, ...]:
    return tuple(
        Folder(account, folder, parts, steps, answer_backlog=answer_backlog)
        for account in accounts_of(parts.settings)
        for folder in account.folders
    )
