"""Private mail of no concern is kept as a digest alone after the days that the settings say (FAULTS.md 41).

The one thing that the service removes of its own accord; everything else goes when a person says so (`hoso purge`).
"""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from hoso.reconciling import reconcile_due
from hoso.wiring import Parts, utc_now
from store import erasing, retention
from store.engine import Store
from store.retention import Periods

_log = structlog.stdlib.get_logger(__name__)
_EVERY = timedelta(hours=6)


class Forgetting:
    """The service's own turn at it: at its start, then every six hours, whatever the clock does meanwhile."""

    def __init__(self, parts: Parts, clock: Callable[[], datetime]) -> None:
        self._parts = parts
        self._clock = clock
        self._last: datetime | None = None

    def look(self, stop: threading.Event) -> None:
        """Where the turn has come. Raises StoreError."""
        now = self._clock()
        if self._last is not None and abs(now - self._last) < _EVERY:
            return
        forget_other_mail(self._parts.store, self._parts.settings.retention.other_mail_days, self._clock, stop)
        self._last = now


def at_night(parts: Parts, stop: threading.Event, arrived: Callable[[], None]) -> Callable[[], None]:
    """What nobody waits for: folders are compared with the ledger, private mail of no concern is forgotten.

    `arrived` hears of it where mail came with a comparison.
    """
    forgetting = Forgetting(parts, utc_now)

    def look() -> None:
        reconcile_due(parts, stop, lambda count: arrived())
        forgetting.look(stop)

    return look


def forget_other_mail(store: Store, days: int | None, clock: Callable[[], datetime], stop: threading.Event) -> int:
    """Remove what was read in such mail, then its bytes; its SHA-256, outcome and times stay. Returns how many.

    Each in a transaction of its own, so that mail goes on meanwhile; ends after the one in hand where `stop` is set.
    What a kill or a second copy of the same mail left lying is removed as well. None of `days` keeps it for good.
    Raises StoreError.
    """
    if days is None:
        return 0
    with store.reading() as conn:
        due = retention.due(conn, Periods(None, None, days, None), clock(), {}).other_mail
    reason = f"of no concern, and kept for the {days} days of the settings"
    forgotten = 0
    for message_id in due:
        if stop.is_set():
            break
        with store.writing() as tx:
            erasing.erase_message(tx, message_id, clock(), by="", reason=reason)
        forgotten += 1
    with store.reading() as conn:
        bytes_removed = erasing.remove_bytes(conn, store.blobs)
    if forgotten or bytes_removed:
        store.forget_deleted()
        _log.info("other mail forgotten", messages=forgotten, bytes_of=bytes_removed)
    return forgotten
