"""`/healthz` and `/metrics` over HTTP: two answers to GET, nothing else; nothing of a request is kept, shown or opened.

Off unless `health.listen` names an address; best one of this machine alone. It says numbers and names of mailboxes.
"""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from typing_extensions import override

from dossier.health import Cause, clock_difference
from hoso.health import Condition

_FRESH = 5.0
"""Seconds that one judgement serves: whoever asks a thousand times a second costs one look at the records."""
_TIMEOUT = 5.0
"""Seconds that a client may take for one line, or be idle."""
_LONGEST = 20.0
"""Seconds after which a connection is closed, whatever trickles in."""
_AT_ONCE = 16
"""Connections served at the same time; the others wait in the kernel's queue or are turned away there."""


class HealthPage:
    """What is served, as it was judged at most a few seconds ago. Safe for many threads."""

    def __init__(self, judged: Callable[[], Condition]) -> None:
        self._judged = judged
        self._lock = threading.Lock()
        self._last: tuple[float, Condition] | None = None

    def condition(self) -> Condition:
        with self._lock:
            if self._last is None or monotonic() - self._last[0] > _FRESH:
                found = self._judged()
                self._last = (monotonic(), found)
            return self._last[1]

    def answer(self, path: str) -> tuple[HTTPStatus, str, bytes]:
        """Status, content type and body for a path."""
        if path == "/healthz":
            found = self.condition()
            status = HTTPStatus.OK if found.is_well else HTTPStatus.SERVICE_UNAVAILABLE
            return status, "application/json; charset=utf-8", json.dumps(found.report(), ensure_ascii=False).encode()
        if path == "/metrics":
            return HTTPStatus.OK, CONTENT_TYPE_LATEST, metrics(self.condition())
        return HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"not found\n"


def metrics(found: Condition) -> bytes:
    """In the text format of Prometheus, from a registry made for this answer alone."""
    registry, facts = CollectorRegistry(), found.facts

    def gauge(name: str, what: str, *labels: str) -> Gauge:
        return Gauge(f"hoso_{name}", what, labels, registry=registry)

    gauge("up", "1 where the service has no complaint about itself").set(found.is_well)
    complaints = gauge("complaints", "Complaints that stand now, by cause", "cause")
    for cause in Cause:
        complaints.labels(cause.value).set(sum(one.cause is cause for one in found.complaints))
    if not facts.store_problem:
        gauge("messages_pending", "Messages received and not judged").set(facts.pending)
        gauge("messages_quarantined", "Messages that could not be handled").set(facts.quarantined)
        gauge("letters_waiting", "Letters in the queue").set(facts.waiting)
        gauge("letters_unknown", "Letters of the last days whose outcome is unknown").set(facts.unknown)
        gauge("letters_undelivered", "Letters of the last days that did not arrive").set(facts.undelivered)
        oldest = gauge("oldest_pending_seconds", "Age of the oldest message that is not judged")
        oldest.set(_age(found, facts.pending_since) or 0)
    polled = gauge("poll_age_seconds", "Time since the last look into a folder that went well", "folder")
    off = gauge("clock_difference_seconds", "The mail server's clock less this machine's, as far as certain", "folder")
    compared = gauge("reconciliation_age_seconds", "Time since a folder was compared with the ledger", "folder")
    for folder in facts.folders:
        off.labels(folder.name).set(clock_difference(folder.clocks).total_seconds())
        for each, moment in ((polled, folder.polled_at), (compared, folder.reconciled_at)):
            if (age := _age(found, moment)) is not None:
                each.labels(folder.name).set(age)
    free = gauge("disk_free_bytes", "Free space where it lies", "what")
    for disk in facts.disks:
        free.labels(disk.what).set(disk.free)
    if (age := _age(found, facts.backup_at)) is not None:
        gauge("backup_age_seconds", "Time since the last sound backup").set(age)
    return generate_latest(registry)


def _age(found: Condition, moment: Any) -> float | None:
    return None if moment is None else float((found.facts.now - moment).total_seconds())


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # a client that trickles keeps no stop waiting
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], page: HealthPage) -> None:
        self.page = page
        self._places = threading.BoundedSemaphore(_AT_ONCE)
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        super().__init__(address, _Handler)

    @override
    def process_request(self, request: Any, client_address: Any) -> None:
        if not self._places.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    @override
    def process_request_thread(self, request: Any, client_address: Any) -> None:
        last = threading.Timer(_LONGEST, _break, (request,))
        last.daemon = True
        last.start()
        try:
            super().process_request_thread(request, client_address)
        finally:
            last.cancel()
            self._places.release()

    @override
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news; nothing of what it sent reaches the log."""


def _break(request: socket.socket) -> None:
    try:
        request.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


class _Handler(BaseHTTPRequestHandler):
    """GET alone: the base class answers 501 to every other method, 414 and 431 to what is too long."""

    server: _Server
    timeout = _TIMEOUT
    server_version, sys_version = "hoso", ""
    error_message_format = "%(code)d\n"
    error_content_type = "text/plain; charset=utf-8"

    def do_GET(self) -> None:
        status, kind, body = self.server.page.answer(self.path.partition("?")[0])
        self.send_response(status)
        for name, value in (("Content-Type", kind), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")):
            self.send_header(name, value)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(body)

    @override
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: a log that strangers can write to is theirs."""


@contextmanager
def serving(address: tuple[str, int], page: HealthPage) -> Iterator[int]:
    """Answers in threads while the block lasts; gives the port. Raises OSError where it cannot listen there."""
    server = _Server(address, page)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="health page", daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
