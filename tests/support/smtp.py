"""A real SMTP server on a free loopback port that can be told to answer, hang or hang up at any command."""

import asyncio
import socket
import ssl
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from types import TracebackType
from typing import Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DROP = "drop"
"""Hang up without a word."""
HANG = "hang"
"""Never answer."""
TRICKLE = "trickle"
"""Answer one byte at a time, without end."""


@dataclass(frozen=True)
class Received:
    """One letter as the relay took it."""

    sender: str
    recipient: str
    content: bytes


@dataclass
class Script:
    """What to do at which command ("connect", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "content", "RSET"):
    a whole reply, or DROP, HANG, TRICKLE. Each is used up once; what is not named is done as a relay does it."""

    actions: dict[str, list[str]] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    connections: int = 0

    def at(self, command: str, *actions: str) -> "Script":
        self.actions.setdefault(command, []).extend(actions)
        return self

    def next(self, command: str) -> str | None:
        waiting = self.actions.get(command)
        return waiting.pop(0) if waiting else None


class _Server(SMTP):
    def __init__(self, script: Script, **options: object) -> None:
        super().__init__(_Handler(script), hostname="relay.example", ident="relay", **options)
        self.script = script
        for command, method in list(self._smtp_methods.items()):
            self._smtp_methods[command] = self._scripted(command, method)

    def _scripted(self, command: str, method: Callable[[str], Awaitable[None]]) -> Callable[[str], Awaitable[None]]:
        async def act(arg: str) -> None:
            if not await self.acted(command):
                await method(arg)

        return act

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        sock = transport.get_extra_info("socket")
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if transport.get_extra_info("sslcontext") is None or self.transport is None:
            self.script.connections += 1
        super().connection_made(transport)

    async def push(self, status: str | bytes) -> None:
        if isinstance(status, str) and status.startswith("220 relay.example") and await self.acted("connect"):
            return
        await super().push(status)

    async def acted(self, command: str) -> bool:
        self.script.commands.append(command)
        action = self.script.next(command)
        if action is None:
            return False
        if action == DROP:
            self.transport.abort()
        elif action == HANG:
            await asyncio.sleep(60)
        elif action == TRICKLE:
            await self._trickle()
        else:
            await super().push(action)
            if action.startswith("421"):
                self.transport.close()
        return True

    async def _trickle(self) -> None:
        for _ in range(1200):
            self._writer.write(b"2")
            await self._writer.drain()
            await asyncio.sleep(0.05)


class _Handler:
    def __init__(self, script: Script) -> None:
        self.script = script

    async def handle_DATA(  # noqa: N802 - the library's name
        self, server: _Server, session: Session, envelope: Envelope
    ) -> str:
        answer = self.script.next("content")
        self.script.commands.append("content")
        if answer == DROP:
            server.transport.abort()
            return "250 nobody hears this"
        if answer == HANG:
            await asyncio.sleep(60)
        if answer is not None:
            return answer
        content = envelope.original_content or b""
        self.script.received.append(Received(envelope.mail_from or "", envelope.rcpt_tos[0], content))
        return "250 2.0.0 Ok: queued"


def _authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
    if isinstance(data, LoginPassword) and (data.login, data.password) == (b"ho-so", b"mat-khau"):
        return AuthResult(success=True)
    return AuthResult(success=False, handled=False)


@dataclass(frozen=True)
class Certificate:
    """A throw-away certificate for 127.0.0.1 and localhost that signs itself."""

    cert: Path
    key: Path

    def server_context(self) -> ssl.SSLContext:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.cert, self.key)
        return context


def make_certificate(folder: Path, host: str = "") -> Certificate:
    """For this machine, or for `host` alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    own = [x509.DNSName("localhost"), x509.IPAddress(IPv4Address("127.0.0.1"))]
    alternatives = x509.SubjectAlternativeName([x509.DNSName(host)] if host else own)
    cert = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(alternatives, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    made = Certificate(folder / "cert.pem", folder / "key.pem")
    made.cert.write_bytes(cert.public_bytes(serialization.Encoding.PEM))
    made.key.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return made


class Relay:
    """An SMTP server in a thread of its own: `with Relay(script) as relay: … relay.port`."""

    def __init__(
        self,
        script: Script | None = None,
        *,
        tls: Certificate | None = None,
        starttls: Certificate | None = None,
        auth: bool = False,
    ) -> None:
        self.script = script or Script()
        self.host = "127.0.0.1"
        self.port = 0
        self._tls = tls
        self._options: dict[str, object] = {
            "tls_context": starttls.server_context() if starttls else None,
            "require_starttls": starttls is not None,
            "auth_require_tls": False,
            "authenticator": _authenticate if auth else None,
        }
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    @property
    def received(self) -> list[Received]:
        return self.script.received

    def _run(self) -> None:
        self._loop.run_until_complete(self._serve())
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        made: list[_Server] = []

        def protocol() -> _Server:
            made.append(_Server(self.script, loop=self._loop, **self._options))
            return made[-1]

        context = self._tls.server_context() if self._tls else None
        server = await self._loop.create_server(protocol, self.host, 0, ssl=context)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        for one in made:
            if one.transport is not None:
                one.transport.abort()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)


@contextmanager
def free_port() -> Iterator[int]:
    """A port of this machine that nobody listens on while the context lasts."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        yield sock.getsockname()[1]
