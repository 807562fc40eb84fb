"""Every folder of the settings compared with the ledger: each night by the service, and on demand."""

import threading
from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

import structlog

from hoso.wiring import Parts, accounts_of, utc_now
from ingest.account import ImapAccount
from ingest.errors import MailboxError
from ingest.imap import Mailbox
from intake import reconcile as comparing
from intake.reconcile import Reconciled

_log = structlog.stdlib.get_logger(__name__)


def reconcile_all(parts: Parts) -> Iterator[tuple[ImapAccount, str, Reconciled | MailboxError]]:
    """Each folder as it is done; one that cannot be read keeps no other from its turn. Raises StoreError."""
    for account in accounts_of(parts.settings):
        for folder in account.folders:
            yield account, folder, _reconciled(parts, account, folder)


def reconcile_due(parts: Parts, stop: threading.Event, arrived: Callable[[int], None]) -> None:
    """The nightly run: each folder whose turn it is; `arrived` hears of what came with it. Raises StoreError."""
    hour, zone = parts.settings.schedule.reconcile_hour, ZoneInfo(parts.campaigns[0].zone)
    for account in accounts_of(parts.settings):
        for folder in account.folders:
            if hour is None or stop.is_set():
                return
            if comparing.is_due(parts.store, account.name, folder, hour, zone, utc_now()):
                _reconciled(parts, account, folder, arrived)


def _reconciled(
    parts: Parts, account: ImapAccount, folder: str, arrived: Callable[[int], None] = lambda count: None
) -> Reconciled | MailboxError:
    try:
        with Mailbox.open(account, folder) as mailbox:
            moves = account.after.action == "move"
            done = comparing.reconcile(mailbox, account.name, parts.store, utc_now, moves=moves, arrived=arrived)
    except MailboxError as error:
        _log.error("not reconciled", folder=f"{account.name}/{folder}", error=str(error))
        return error
    counted = done.counted
    tell = _log.info if counted.is_sound else _log.error
    tell(
        "reconciled",
        folder=f"{account.name}/{folder}",
        messages=counted.messages,
        accounted=counted.accounted,
        missing=list(counted.missing),
        gone=len(counted.gone),
    )
    return done
