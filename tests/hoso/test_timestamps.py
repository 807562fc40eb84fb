"""Time stamps (RFC 3161) of a head, from an authority on this machine."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from asn1crypto import tsp
from support import signing

from hoso.timestamp_tokens import check_stamp, stamped
from hoso.timestamps import TimestampError

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TEXT = b"the head of the history"


class _Authority(BaseHTTPRequestHandler):
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


@pytest.fixture(scope="module")
def authority() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _Authority) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def token(authority: str) -> bytes:
    return stamped(TEXT, authority)


def test_a_stamp_tells_the_authoritys_time_and_whether_it_is_trusted(token: bytes) -> None:
    alone = check_stamp(token, TEXT, ())
    assert (alone.at, alone.trusted) == (AT, None)
    assert "Cấp dấu thời gian" in alone.authority
    assert check_stamp(token, TEXT, [signing.root(signing.AUTHORITY).pem]).trusted is True
    assert check_stamp(token, TEXT, [signing.root("another").pem]).trusted is False


def test_a_stamp_of_another_text_is_refused(token: bytes) -> None:
    with pytest.raises(TimestampError, match="of another text"):
        check_stamp(token, TEXT + b".", ())


def test_a_stamp_that_was_changed_is_refused(token: bytes) -> None:
    year = token.index(b"20261123")
    forged = token[: year + 3] + b"5" + token[year + 4 :]
    with pytest.raises(TimestampError, match="was changed"):
        check_stamp(forged, TEXT, ())


@pytest.mark.parametrize("cut", [0, 1, 100])
def test_what_is_no_stamp_is_told(token: bytes, cut: int) -> None:
    with pytest.raises(TimestampError, match="no time"):
        check_stamp(token[:cut], TEXT, ())


@pytest.mark.parametrize("path", ["/busy", "/broken"])
def test_an_authority_that_gives_none_is_told(authority: str, path: str) -> None:
    with pytest.raises(TimestampError, match="the time-stamping authority"):
        stamped(TEXT, authority + path)


def test_an_authority_that_is_not_there_is_told() -> None:
    with pytest.raises(TimestampError, match="gave no stamp"):
        stamped(TEXT, "http://127.0.0.1:1", seconds=5)
