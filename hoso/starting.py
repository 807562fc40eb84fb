"""A service that cannot begin, since its records cannot be had for now: it waits for them, and tells the administrator.

Ending would leave it to systemd to begin anew every few seconds, with no memory of what was told; and nobody would be.
"""

import os
import threading
from collections.abc import Callable

import structlog

from hoso.health import condition
from hoso.systemd import notify
from hoso.watch import alarms_of
from hoso.wiring import Parts, utc_now
from intake.alarms import Alarms
from store.errors import TemporaryStoreError

_log = structlog.stdlib.get_logger(__name__)
PAUSE = 15.0
"""Seconds between two tries; well below what systemd's watchdog allows."""


def begin_when_possible(
    parts: Parts, serve: Callable[[threading.Event], None], stop: threading.Event, pause: float = PAUSE
) -> None:
    """Run `serve`; where the database is away or the disk is full as it begins, wait and try again until `stop` is set.

    The alarm goes out by mail, once in its hours, as any other, and its end when the service could begin. Raises what
    `serve` raises but TemporaryStoreError.
    """
    alarms, waited = alarms_of(parts), False
    while not stop.is_set():
        try:
            if waited and alarms is not None:
                parts.store.upgrade()
                _tell(alarms, parts)
            serve(stop)
        except TemporaryStoreError as error:
            _log.error("cannot begin, and tries again", error=str(error), seconds=pause)
            notify(f"READY=1\nWATCHDOG=1\nSTATUS=waiting for the records: {error}", os.environ)
            waited = True
            if alarms is not None:
                _tell(alarms, parts)
            stop.wait(pause)
        else:
            return


def _tell(alarms: Alarms, parts: Parts) -> None:
    """What stands now; of folders that this process had no time for yet nothing is said."""
    now = utc_now()
    alarms.tell(condition(parts, now, now).complaints, now)
