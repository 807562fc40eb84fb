"""A mail server for the demo and for tests: IMAP (pymap's dict backend) and SMTP (aiosmtpd) on free ports of loopback.

Mail to its own mailbox is put there with the true time of receipt, as INTERNALDATE and in a Received header of its own
on top (RFC 5321, 4.4). Mail to anyone else is kept as a file: these are the letters that the service sends. Nothing
leaves the machine.
"""

import asyncio
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from email.policy import default as modern
from email.utils import format_datetime
from pathlib import Path
from types import TracebackType
from typing import Self
from weakref import WeakSet

from aiosmtpd.smtp import SMTP, Envelope, Session

from dossier.folding import fold
from hoso.demo.bounce import bounce
from hoso.demo.imap_box import ImapBox

LOOPBACK = "127.0.0.1"
HOST = "mail.demo.example"
"""How the server names itself in Received headers."""
_LARGEST = 100 * 2**20


@dataclass(frozen=True, slots=True)
class Account:
    """The one mailbox of the server; mail to address+anything arrives in it too."""

    address: str
    password: str


class MailServer:
    """A context manager: it runs in a thread of its own from enter to exit.

    `letters` is the folder for mail to others, `codes` gives the union of an address for the file's name; mail to one
    of `unreachable` is taken, and comes back as undeliverable (RFC 3464).
    """

    def __init__(
        self,
        account: Account,
        letters: Path,
        codes: Mapping[str, str],
        unreachable: frozenset[str] = frozenset(),
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.imap_port = 0
        self.smtp_port = 0
        self.arrived = 0
        """How many messages were put into the mailbox, bounces included."""
        self._account = account
        self._letters = letters
        self._codes = codes
        self._unreachable = unreachable
        self._clock = clock
        self._running: asyncio.AbstractEventLoop | None = None
        self._stop = asyncio.Event()
        self._ready = threading.Event()
        self._failure: OSError | None = None
        self._thread = threading.Thread(target=self._run, name="demo-mail-server", daemon=True)

    def __enter__(self) -> Self:
        self._letters.mkdir(parents=True, exist_ok=True)
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            raise self._failure
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._running is not None:
            self._running.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def letters(self) -> tuple[Path, ...]:
        """Files of the letters that were taken, in the order of their coming."""
        return tuple(sorted(self._letters.glob("[0-9][0-9][0-9]-*.eml")))

    def append(self, content: bytes, received_at: datetime) -> None:
        """Put a message into the mailbox as it is, with this INTERNALDATE; returns when it is there."""
        if self._running is None:
            raise RuntimeError("the server does not run: use it as a context manager")
        self.arrived += 1
        asyncio.run_coroutine_threadsafe(self._box.append(content, received_at), self._running).result()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Take one message for all its recipients."""
        now = self._clock()
        content = envelope.original_content or b""
        for recipient in envelope.rcpt_tos:
            if self._is_ours(recipient):
                await self._deliver(content, envelope.mail_from or "", session.host_name or "unknown", now)
                continue
            self._keep(content, recipient)
            if recipient.lower() in self._unreachable and envelope.mail_from:
                report = bounce(content, envelope.mail_from, recipient, HOST, now)
                await self._deliver(report, "", HOST, now)
        return "250 2.0.0 kept"

    def _is_ours(self, recipient: str) -> bool:
        local, _, domain = recipient.lower().rpartition("@")
        return f"{local.partition('+')[0]}@{domain}" == self._account.address.lower()

    async def _deliver(self, content: bytes, sender: str, helo: str, now: datetime) -> None:
        self.arrived += 1
        trace = (
            f"Return-Path: <{sender}>\r\n"
            f"Received: from {helo} ([{LOOPBACK}])\r\n\tby {HOST} with ESMTP id demo-{self.arrived}\r\n"
            f"\tfor <{self._account.address}>; {format_datetime(now.replace(microsecond=0))}\r\n"
        )
        await self._box.append(trace.encode("ascii", "replace") + content, now)

    def _keep(self, content: bytes, recipient: str) -> None:
        subject = str(BytesHeaderParser(policy=modern).parsebytes(content)["Subject"] or "")
        words = re.sub(r"[^a-z0-9]+", "-", fold(subject)).strip("-")[:60].strip("-")
        code = re.sub(r"[^A-Za-z0-9]+", "-", self._codes.get(recipient.lower(), "khac"))
        number = len(self.letters()) + 1
        (self._letters / f"{number:03d}-{code}-{words or 'thu'}.eml").write_bytes(content)

    def _run(self) -> None:
        with asyncio.Runner() as runner:
            try:
                runner.run(self._serve())
            except OSError as error:
                self._failure = error
            finally:
                self._ready.set()

    async def _serve(self) -> None:
        self._running = loop = asyncio.get_running_loop()
        self._box = ImapBox(self._account.address, self._account.password)
        imap = await self._box.serve(LOOPBACK)
        clients: WeakSet[SMTP] = WeakSet()

        def smtp_client() -> SMTP:
            client = SMTP(self, hostname=HOST, ident="demo", data_size_limit=_LARGEST, enable_SMTPUTF8=True, loop=loop)
            clients.add(client)
            return client

        smtp = await loop.create_server(smtp_client, LOOPBACK, 0)
        self.imap_port = imap.sockets[0].getsockname()[1]
        self.smtp_port = smtp.sockets[0].getsockname()[1]
        self._ready.set()
        try:
            await self._stop.wait()
        finally:
            # not wait_closed: it waits for clients that may stay for ever; the runner ends their tasks
            imap.close()
            smtp.close()
            for client in clients:
                if client.transport is not None:
                    client.transport.close()
            await asyncio.sleep(0)
