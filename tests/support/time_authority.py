"""A time-stamping authority (RFC 3161) on this machine, whose clock stands still."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

from asn1crypto import tsp

from support import signing

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


class _Authority(BaseHTTPRequestHandler):
    """At /broken it answers what is no stamp, at /busy with status 503."""

    def do_POST(self) -> None:
        asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
        answer = b"no stamp" if self.path == "/broken" else signing.stamper(AT).request_tsa_response(asked).dump()
        self.send_response(503 if self.path == "/busy" else 200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args: object) -> None:
        """Says nothing."""


@contextmanager
def time_authority() -> Iterator[str]:
    """Its address."""
    with HTTPServer(("127.0.0.1", 0), _Authority) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
