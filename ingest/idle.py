"""Waiting for news: IDLE (RFC 2177) in short steps, or questions from time to time where there is no IDLE."""

import select
import threading
import time
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from ingest.session import Session

_STEP = 0.5
"""Seconds after which a wish to stop is seen."""


class WaitResult(StrEnum):
    NEWS = "news"
    """Something came into the folder."""
    QUIET = "quiet"
    """The time is over."""
    STOPPED = "stopped"
    """We are to stop."""


def idle(session: Session, timeout: float, stop: threading.Event) -> WaitResult:
    """Wait in IDLE, begun anew every `idle_renew` seconds. Raises MailboxError where the connection breaks."""
    end = time.monotonic() + timeout
    while (left := end - time.monotonic()) > 0 and not stop.is_set():
        if _has_news(_one_idle(session, min(left, session.account.idle_renew), stop)):
            return WaitResult.NEWS
    return WaitResult.STOPPED if stop.is_set() else WaitResult.QUIET


def poll(session: Session, timeout: float, stop: threading.Event) -> WaitResult:
    """Ask every `poll` seconds, for servers without IDLE. Raises MailboxError where the connection breaks."""
    end = time.monotonic() + timeout
    while (left := end - time.monotonic()) > 0:
        if stop.wait(min(left, session.account.poll)):
            return WaitResult.STOPPED
        with session.step("asking for news"):
            _, responses = session.client.noop()
        session.step_forward()
        if _has_news(responses):
            return WaitResult.NEWS
    return WaitResult.QUIET


def _one_idle(session: Session, timeout: float, stop: threading.Event) -> Sequence[Any]:
    client = session.client
    with session.step("starting IDLE", "Set idle to false for this mailbox.", passing=True):
        client.idle()
    # Whatever comes ends the IDLE: DONE gathers all that was said, also what was read ahead.
    if not client.has_read_ahead():
        _await_bytes(client.socket(), timeout, stop)
    with session.step("ending IDLE", passing=True):
        _, responses = client.idle_done()
    session.step_forward()
    return responses  # type: ignore[no-any-return]  # imapclient ships no types


def _await_bytes(sock: Any, timeout: float, stop: threading.Event) -> None:
    poller = select.poll()
    poller.register(sock, select.POLLIN)
    end = time.monotonic() + timeout
    while (left := end - time.monotonic()) > 0 and not stop.is_set():
        if poller.poll(min(left, _STEP) * 1000):
            return


def _has_news(responses: Sequence[Any]) -> bool:
    return any(isinstance(said, tuple) and len(said) > 1 and said[1] == b"EXISTS" for said in responses)
