"""A small SMTP server that goes wrong where the test says, byte by byte: for lies that no library's server can tell.

Every connection begins with STARTTLS and a login, so that each command of a real relay comes by.
"""

import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal

HOST = "127.0.0.1"
COMMANDS = (
    "CONNECT",
    "GREETING",
    "EHLO",
    "STARTTLS",
    "TLS",
    "EHLO-TLS",
    "AUTH",
    "MAIL",
    "RCPT",
    "DATA",
    "CONTENT",
    "QUIT",
    "RSET",
)
"""Where it can go wrong; CONNECT and TLS before a byte of SMTP is said, CONTENT after the final dot."""

Wrong = Literal[
    "drop",  # hangs up before it answers
    "drop-inside",  # hangs up in the middle of its answer
    "hang",  # never answers
    "trickle",  # sends a byte now and then, for ever
    "4xx",
    "421",  # says that it closes, and does
    "5xx",
    "quota",  # 550 5.4.5
    "garbage",  # bytes that are no SMTP
    "lines",  # an answer of several lines that is no SMTP after the first
    "two-codes",  # several lines, each with a code of its own
    "endless",  # an answer of several lines without end
    "long",  # a line without end
    "wrong-code",  # a good answer, to another question
    "no-code",  # a code that is none
    "doubled",  # answers twice, the second time before it is asked
    "echo",  # refuses, and repeats what it was told
]


@dataclass(frozen=True)
class Fault:
    at: str
    wrong: Wrong
    times: int = 1
    """How often; after that all goes well."""


@dataclass
class ScriptedSmtp:
    """One thread a connection; `tls` as the server's side of STARTTLS."""

    tls: ssl.SSLContext
    faults: tuple[Fault, ...] = ()
    accepted: list[bytes] = field(default_factory=list)
    """Every letter that it said yes to, as it came."""
    refused: list[bytes] = field(default_factory=list)
    """Every letter that came whole and that it did not say yes to."""
    commands: list[str] = field(default_factory=list)
    went_wrong: int = 0

    def __post_init__(self) -> None:
        self._listener = socket.create_server((HOST, 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        self._stop = threading.Event()
        self._done: dict[Fault, int] = {}
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._stop.set()
        self._listener.close()
        for sock in self._open:
            with suppress(OSError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)
            sock.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                sock, _ = self._listener.accept()
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=self._serve, args=(sock,), daemon=True).start()

    def _serve(self, sock: socket.socket) -> None:
        self._open.append(sock)
        with suppress(OSError, _HungUp, ValueError):
            self._answer(sock, "CONNECT", b"")
            self._answer(sock, "GREETING", b"220 relay.example ready\r\n")
            sock = self._before_tls(sock)
            self._open.append(sock)
            self._after_tls(sock)
        with suppress(OSError):
            socket.socket.shutdown(sock, socket.SHUT_RDWR)
        sock.close()

    def _before_tls(self, sock: socket.socket) -> ssl.SSLSocket:
        with sock.makefile("rb") as lines:
            for line in lines:
                if line.upper().startswith(b"STARTTLS"):
                    if self._answer(sock, "STARTTLS", b"220 begin\r\n", line).startswith(b"220 begin"):
                        break
                else:
                    self._answer(sock, "EHLO", b"250-relay.example\r\n250 STARTTLS\r\n", line)
        self._answer(sock, "TLS", b"")
        return self.tls.wrap_socket(sock, server_side=True)

    def _after_tls(self, sock: ssl.SSLSocket) -> None:
        answers = {
            b"EHLO": ("EHLO-TLS", b"250-relay.example\r\n250-SIZE 50000000\r\n250 AUTH PLAIN\r\n"),
            b"AUTH": ("AUTH", b"235 2.7.0 welcome\r\n"),
            b"MAIL": ("MAIL", b"250 2.1.0 ok\r\n"),
            b"RCPT": ("RCPT", b"250 2.1.5 ok\r\n"),
            b"RSET": ("RSET", b"250 2.0.0 ok\r\n"),
            b"DATA": ("DATA", b"354 go on\r\n"),
            b"QUIT": ("QUIT", b"221 2.0.0 bye\r\n"),
        }
        with sock.makefile("rb") as lines:
            for line in lines:
                at, answer = answers.get(line[:4].upper(), ("OTHER", b"502 5.5.2 what?\r\n"))
                answered = self._answer(sock, at, answer, line)
                if at == "QUIT":
                    return
                if at == "DATA" and answered.startswith(b"354"):
                    self._content(sock, lines)

    def _content(self, sock: ssl.SSLSocket, lines: Iterator[bytes]) -> None:
        content = []
        for line in lines:
            if line == b".\r\n":
                break
            content.append(line.removeprefix(b"."))
        else:
            return  # not whole: the relay forgets it
        fault = self._fault("CONTENT")
        said_yes = fault is None or fault.wrong == "doubled"
        (self.accepted if said_yes else self.refused).append(b"".join(content))
        self._say(sock, "CONTENT", fault, b"250 2.0.0 queued\r\n")

    def _fault(self, at: str) -> Fault | None:
        for fault in self.faults:
            if fault.at == at and self._done.get(fault, 0) < fault.times:
                self._done[fault] = self._done.get(fault, 0) + 1
                self.went_wrong += 1
                return fault
        return None

    def _answer(self, sock: socket.socket, at: str, answer: bytes, asked: bytes = b"") -> bytes:
        """Say it, or what the script says in its place; returns what was said."""
        return self._say(sock, at, self._fault(at), answer, asked)

    def _say(self, sock: socket.socket, at: str, fault: Fault | None, answer: bytes, asked: bytes = b"") -> bytes:
        self.commands.append(at)
        if fault is None:
            sock.sendall(answer)
            return answer
        if fault.wrong == "hang":
            self._stop.wait()
            raise _HungUp
        if fault.wrong in {"trickle", "endless", "long"}:
            self._without_end(sock, fault.wrong, answer)
        said = self._spoilt(fault.wrong, answer, asked)
        sock.sendall(said)
        if fault.wrong in {"drop", "drop-inside", "421"}:
            raise _HungUp
        return said

    def _without_end(self, sock: socket.socket, wrong: Wrong, answer: bytes) -> None:
        code = answer[:3] or b"220"
        piece = {"trickle": b"2", "endless": b"%b-more\r\n" % code, "long": b"x"}[wrong]
        while not self._stop.wait(0.05 if wrong == "trickle" else 0):
            sock.sendall(piece if wrong == "trickle" else piece * 500)
        raise _HungUp

    def _spoilt(self, wrong: Wrong, answer: bytes, asked: bytes) -> bytes:
        code = answer[:3] or b"220"
        others = {b"220": b"354", b"250": b"354", b"235": b"334", b"354": b"250", b"221": b"354"}
        spoilt: dict[Wrong, bytes] = {
            "drop": b"",
            "drop-inside": answer.rstrip()[: max(3, len(answer) // 2)],
            "4xx": b"451 4.3.0 later\r\n",
            "421": b"421 4.3.2 closing\r\n",
            "5xx": b"554 5.7.1 no\r\n",
            "quota": b"550 5.4.5 Daily user sending quota exceeded\r\n",
            "garbage": b"\x00\xff<html>HTTP/1.1 400 Bad Request\r\n",
            "lines": b"%b-first\r\nand then something else\r\n%b last\r\n" % (code, code),
            "two-codes": b"%b-yes\r\n550 no\r\n" % code,
            "wrong-code": others.get(code, b"354") + b" other\r\n",
            "no-code": b"999 nine\r\n",
            "doubled": answer * 2 or b"220 first\r\n",
            "echo": b"535 5.7.8 cannot do " + re.sub(rb"[\r\n]", b"", asked) + b"\r\n",
        }
        return spoilt[wrong]


class _HungUp(Exception):  # noqa: N818 - no error: the script says so
    """The script hangs up here."""


@contextmanager
def scripted_smtp(tls: ssl.SSLContext, *faults: Fault) -> Iterator[ScriptedSmtp]:
    server = ScriptedSmtp(tls, faults)
    try:
        yield server
    finally:
        server.close()
