"""One connection to the relay: it believes nothing that is no SMTP, and it is cut off where it takes too long.

smtplib alone reads an answer without end into memory, takes half a line for a whole one and an answer that came too
early for the next one, and waits for ever for a relay that sends a byte now and then.
"""

import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from typing_extensions import override

_REPLY_LINE = re.compile(rb"([2-5][0-9]{2})(?:([ -])([^\r\n]*))?\r?\n")
"""RFC 5321, 4.2: three digits, then a space, or a hyphen where another line follows."""
_LINE_LIMIT = 8192
"""Octets; RFC 5321, 4.5.3.1.5 allows 512, and real relays go beyond it."""
_LINES_LIMIT = 200
_GOODBYE = 5.0
"""Seconds for the answer to QUIT: nothing hangs on it."""


class NotSmtpError(smtplib.SMTPServerDisconnected):
    """The relay says what is no answer, or answers what was not asked: from here on its answers mean nothing."""


class Connection(smtplib.SMTP):
    """Connected and greeted once it is made; `tls` where encryption begins with the first byte. Raises OSError."""

    def __init__(
        self, host: str, port: int, ehlo_name: str, *, tls: ssl.SSLContext | None, timeout: float, limit: float
    ) -> None:
        """`timeout` in seconds for each step, `limit` for all that it takes to be greeted."""
        self._tls = tls
        self._wire: socket.socket | None = None
        self._is_cut = False
        with ExitStack() as undo:
            undo.callback(self.close)
            with self.within(limit):
                super().__init__(host, port, local_hostname=ehlo_name, timeout=timeout)
            undo.pop_all()

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        """smtplib's own hook; the wire is the same connection under another descriptor, whoever wraps the first."""
        sock = socket.create_connection((host, port), timeout)
        self._wire = sock.dup()
        if self._is_cut:
            sock.close()
            raise TimeoutError("no connection within the time for it")
        return sock if self._tls is None else self._tls.wrap_socket(sock, server_hostname=host)

    @override
    def close(self) -> None:
        wire, self._wire = self._wire, None
        super().close()
        if wire is not None:
            wire.close()

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Break the connection after so long, whatever trickles in meanwhile; who reads then gets an OSError."""
        timer = threading.Timer(seconds, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _cut(self) -> None:
        self._is_cut = True
        wire = self._wire  # whoever closes meanwhile takes it away
        if wire is not None:
            with suppress(OSError):
                wire.shutdown(socket.SHUT_RDWR)

    def settle(self, seconds: float) -> None:
        """For each step from here on."""
        if self.sock is not None:
            self.sock.settimeout(seconds)

    def leave(self) -> None:
        """Say QUIT where somebody listens, and hang up. What was sent is sent, whatever the answer."""
        patience = min(_GOODBYE, (self.sock and self.sock.gettimeout()) or _GOODBYE)
        with suppress(OSError), self.within(patience):
            self.docmd("QUIT")
        self.close()

    @override
    def docmd(self, cmd: str, args: str = "") -> tuple[int, bytes]:
        answer = super().docmd(cmd, args)
        if cmd == "STARTTLS":  # smtplib begins the encryption at once; what came before it came from anybody
            self.check_silence()
        return answer

    @override
    def putcmd(self, cmd: str, args: str = "") -> None:
        self.check_silence()
        super().putcmd(cmd, args)

    def check_silence(self) -> None:
        """Nothing was said since the last answer: else each answer would be taken for that to the next question.

        Raises NotSmtpError.
        """
        if self.sock is None or self.file is None:
            return
        before = self.sock.gettimeout()
        self.sock.settimeout(0)
        try:
            said = self.file.peek(1)
        except (BlockingIOError, ssl.SSLWantReadError):
            said = b""
        finally:
            self.sock.settimeout(before)
        if said:
            raise self._nonsense(b"answers what was not asked", said)

    @override
    def getreply(self) -> tuple[int, bytes]:
        """One answer, its lines joined by line feeds. Raises smtplib.SMTPServerDisconnected, NotSmtpError."""
        codes, lines = set[bytes](), list[bytes]()
        while len(lines) < _LINES_LIMIT:
            line = self._reply_line()
            told = _REPLY_LINE.fullmatch(line)
            if told is None:
                raise self._nonsense(b"says what is no SMTP", line)
            codes.add(told[1])
            if len(codes) > 1:  # RFC 5321, 4.2.1: the code on each line must be the same
                raise self._nonsense(b"gives two codes in one answer", line)
            lines.append((told[3] or b"").strip())
            if told[2] != b"-":
                return int(told[1]), b"\n".join(lines)
        raise self._nonsense(b"answers without end", lines[-1])

    def _reply_line(self) -> bytes:
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("the connection is closed")
        if self.file is None:
            self.file = self.sock.makefile("rb")
        try:
            line: bytes = self.file.readline(_LINE_LIMIT)
        except OSError as error:
            self.close()
            raise smtplib.SMTPServerDisconnected(f"the connection was lost: {error}") from error
        if not line.endswith(b"\n") and len(line) < _LINE_LIMIT:  # half an answer is none
            self.close()
            raise smtplib.SMTPServerDisconnected("the relay hung up")
        return line

    def _nonsense(self, what: bytes, said: bytes) -> NotSmtpError:
        self.close()
        return NotSmtpError((b"the relay " + what + b": " + said[:200]).decode("utf-8", "replace"))
