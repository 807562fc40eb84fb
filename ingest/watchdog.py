"""Cuts a connection that takes too long as a whole: a read timeout begins anew with every byte, this does not."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Watchdog:
    """A budget of seconds for everything that waits on one connection."""

    def __init__(self, sock: socket.socket, budget: float) -> None:
        # A descriptor of its own: it outlives the change to TLS, and is never given to another file meanwhile.
        self._sock = sock.dup()
        self._budget = budget
        self._left = budget
        self.has_cut = False

    def renew(self) -> None:
        """A step forward was made: the whole budget again."""
        self._left = self._budget

    @contextmanager
    def watch(self) -> Iterator[None]:
        """Time in here counts; when the budget is used up, whoever reads or writes meets a closed connection."""
        started = time.monotonic()
        timer = threading.Timer(max(self._left, 0.0), self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            self._left -= time.monotonic() - started

    def close(self) -> None:
        self._sock.close()

    def _cut(self) -> None:
        self.has_cut = True
        try:
            self._sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # the connection is gone already
