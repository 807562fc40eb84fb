"""A whole installation in a folder: settings, store, a mailbox on Dovecot, a relay; `hoso` runs on it as a process."""

import email
import os
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import policy
from email.message import EmailMessage
from itertools import count
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import pytest
import yaml

from hoso.crash import VARIABLE
from intake.steps import Step
from store import dossiers, ledger, outbox, revisions, verification
from store.dossiers import Dossier
from store.engine import Store, open_store
from store.ledger import LedgerEntry
from store.outbox import OutgoingLetter
from store.revisions import Revision
from support import dovecot as dovecot_support
from support import hoso_process
from support.dovecot import Dovecot
from support.smtp import Relay

ADDRESS = "sangkien@cdyte-dongnai.example"
CAMPAIGN = "plan-39-cdn"
SERVER = "mail.cdyte-dongnai.example"
"""Our receiving server, as it names itself in Received."""
_SECONDS = 180


@dataclass(frozen=True)
class Ended:
    """A run of `hoso` that is over."""

    status: int
    """Exit status; negative: the signal that ended it."""
    out: str
    err: str


@dataclass
class Running:
    """A run that goes on."""

    process: ForkServerProcess
    out: Path
    err: Path

    def terminate(self) -> None:
        """What systemd sends to stop a service."""
        self.send(signal.SIGTERM)

    def send(self, number: signal.Signals) -> None:
        assert self.process.pid is not None
        os.kill(self.process.pid, number)

    def kill(self) -> None:
        """What a power cut does."""
        self.send(signal.SIGKILL)
        self.process.join()

    def wait(self, seconds: float = _SECONDS) -> Ended:
        self.process.join(seconds)
        status = self.process.exitcode
        if status is None:
            self.process.kill()
            self.process.join()
            raise AssertionError(f"hoso did not end within {seconds} seconds:\n{self.err.read_text()}")
        self.process.close()
        return Ended(status, self.out.read_text("utf-8"), self.err.read_text("utf-8"))


@dataclass
class Site:
    """One installation. `changes` go into settings.yaml: section → key → value, under `mailbox` for its one mailbox."""

    folder: Path
    server: Dovecot
    user: str
    relay: Relay
    url: str = "sqlite:///var/hoso.sqlite"
    changes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    _runs: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.folder.mkdir(exist_ok=True)
        self.write_settings()
        path = self.url.removeprefix("sqlite:///")
        url = f"sqlite:///{self.folder}/{path}" if self.url.startswith("sqlite") else self.url
        self.store: Store = open_store(url, self.folder / "var" / "blobs")

    def write_settings(self, **changes: Mapping[str, Any]) -> None:
        """settings.yaml anew, with these changes beside those of the beginning."""
        mailbox = {
            "name": "office",
            "host": dovecot_support.HOST,
            "port": self.server.port,
            "security": "plain",
            "user": self.user,
            "password": "${HOSO_IMAP_PASSWORD}",
            "addresses": [ADDRESS],
            "received_hosts": [SERVER],
            "poll_seconds": 0.5,
        }
        smtp = {
            "host": self.relay.host,
            "port": self.relay.port,
            "security": "plain",
            "from_address": ADDRESS,
            "from_name": "Công đoàn ngành Y tế Đồng Nai (thư tự động)",
        }
        sections: dict[str, Any] = {
            "mailbox": mailbox,
            "smtp": smtp,
            "store": {"url": self.url, "blobs": "var/blobs"},
            "reading": {"workers": 1},
            "schedule": {"process_seconds": 0.5, "send_seconds": 0.5},
            "logs": {"json_lines": True},
        }
        for section, values in (*self.changes.items(), *changes.items()):
            sections[section] = sections.get(section, {}) | dict(values)
        written = {"mailboxes": [sections.pop("mailbox")], "campaigns": ["example"], **sections}
        (self.folder / "settings.yaml").write_text(yaml.safe_dump(written, allow_unicode=True), "utf-8")

    # --- running -----------------------------------------------------------------------------------------------

    def start(self, *arguments: str, crash_at: str | Step | None = None) -> Running:
        """`hoso ARGUMENTS`; killed at a step, "committed:3" being the third time it comes by."""
        number = next(self._runs)
        out, err = self.folder / f"out{number}", self.folder / f"err{number}"
        for path in (out, err):
            path.touch()
        temporary = self.folder / "tmp"  # what a killed process leaves there goes with the folder
        temporary.mkdir(exist_ok=True)
        environment = {"HOSO_IMAP_PASSWORD": dovecot_support.PASSWORD, "TMPDIR": str(temporary)}
        if crash_at is not None:
            environment[VARIABLE] = str(crash_at)
        return Running(hoso_process.start(list(arguments), self.folder, environment, out, err), out, err)

    def hoso(self, *arguments: str, crash_at: str | Step | None = None) -> Ended:
        """`hoso ARGUMENTS` to its end."""
        return self.start(*arguments, crash_at=crash_at).wait()

    def once(self, *arguments: str) -> Ended:
        """`hoso run --once`, which has to end well."""
        ended = self.hoso("run", "--once", *arguments)
        assert ended.status == 0, ended.err
        return ended

    # --- what came of it ---------------------------------------------------------------------------------------

    def deliver(self, content: bytes, at: datetime) -> int:
        """Into the mailbox, received at that time; returns the UID."""
        return self.server.deliver(self.user, content, at)

    def entries(self) -> list[LedgerEntry]:
        with self.store.reading() as conn:
            return ledger.entries(conn)

    def outcomes(self) -> list[str | None]:
        """Of every row of the ledger, in its order."""
        return [entry.outcome.value if entry.outcome else None for entry in self.entries()]

    def dossier(self, union: str) -> Dossier | None:
        with self.store.reading() as conn:
            return dossiers.of_union(conn, CAMPAIGN, union)

    def dossiers(self) -> list[Dossier]:
        with self.store.reading() as conn:
            return dossiers.listed(conn, CAMPAIGN)

    def revisions(self, union: str) -> list[Revision]:
        """Of the union's dossier, the first first; none where it has none."""
        dossier = self.dossier(union)
        if dossier is None:
            return []
        with self.store.reading() as conn:
            return revisions.every(conn, dossier.id)

    def letters(self) -> list[OutgoingLetter]:
        """The oldest first."""
        with self.store.reading() as conn:
            return outbox.listed(conn)[::-1]

    def delivered(self) -> list[EmailMessage]:
        """What the relay took, in its order."""
        return [parsed(one.content) for one in self.relay.received]

    def assert_sound(self) -> None:
        """The chain is whole, the records are what it saw, every stored message is there."""
        with self.store.reading() as conn:
            assert verification.verify(conn).broken is None
            assert list(verification.verify_records(conn)) == []
        assert list(self.store.blobs.verify(entry.sha256 for entry in self.entries())) == []


def parsed(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def text_of(letter: EmailMessage) -> str:
    """The plain text, in one line: its breaks are those of the page."""
    body = letter.get_body(("plain",))
    assert body is not None
    return " ".join(body.get_content().split())


@contextmanager
def installed(
    folder: Path, server: Dovecot, user: str, url: str = "sqlite:///var/hoso.sqlite", **changes: Mapping[str, Any]
) -> Iterator[Site]:
    """A site with a relay of its own."""
    with Relay() as relay:
        site = Site(folder, server, user, relay, url, changes)
        yield site
        site.store.close()


NewSite = Callable[..., Site]


@pytest.fixture
def new_site(tmp_path: Path, dovecot: Dovecot, new_user: Callable[[], str]) -> Iterator[NewSite]:
    """Makes installations, each with an empty mailbox of its own; `changes` as for Site."""
    with ExitStack() as stack:

        def make(url: str = "sqlite:///var/hoso.sqlite", **changes: Mapping[str, Any]) -> Site:
            user = new_user()
            return stack.enter_context(installed(tmp_path / user, dovecot, user, url, **changes))

        yield make


@pytest.fixture
def site(new_site: NewSite) -> Site:
    return new_site()
