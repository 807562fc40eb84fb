"""The demo's server with the settings that let the service work on it."""

import secrets
import smtplib
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from dossier.campaign import Campaign
from hoso.demo.installation import PASSWORD, SETTINGS, write_installation
from hoso.demo.mail_server import HOST, LOOPBACK, Account, MailServer
from hoso.demo.samples import UNREACHABLE, Sample
from hoso.settings import Settings, load_settings


def fresh_folder(base: Path, now: datetime) -> Path:
    """A folder of its own for each demo: an earlier one is never overwritten."""
    folder = base / f"{now:%Y-%m-%d-%H%M%S}"
    folder.mkdir(parents=True)
    return folder


class DemoServer:
    """A context manager: the mail server runs from enter to exit, and all of its letters lie in `folder`/letters."""

    def __init__(self, campaign: Campaign, folder: Path) -> None:
        self.folder = folder
        self._account = Account(campaign.contact.email, secrets.token_urlsafe(12))
        codes = {address: union.code for union in campaign.roster.unions for address in union.addresses}
        self._mail = MailServer(self._account, folder / "letters", codes, frozenset({UNREACHABLE}))
        self._from_name = f"{campaign.organisation} (thư tự động)"

    def __enter__(self) -> Self:
        self._mail.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._mail.__exit__(kind, error, trace)

    def install(self, campaign: Campaign) -> Settings:
        """Settings and campaign as files in the folder; the settings, for a service on this server's mailbox."""
        write_installation(self.folder, self._settings(), self._account.password, campaign)
        return load_settings(self.folder / SETTINGS, {})

    def _settings(self) -> dict[str, Any]:
        """As a settings file holds them."""
        here = {"host": LOOPBACK, "security": "plain"}
        mailbox = {
            **here,
            "name": "demo",
            "port": self._mail.imap_port,
            "user": self._account.address,
            "password_file": PASSWORD,
            "addresses": [self._account.address],
            "poll_seconds": 2,
            "received_hosts": [HOST],
        }
        smtp = {
            **here,
            "port": self._mail.smtp_port,
            "from_address": self._account.address,
            "from_name": self._from_name,
        }
        return {
            "mailboxes": [mailbox],
            "smtp": smtp,
            "store": {"url": "sqlite:///hoso.sqlite", "blobs": "blobs"},
            "schedule": {"process_seconds": 1, "send_seconds": 1},
            "reminders": {"days_before": []},  # the deadline is near, and nobody here forgot it
            "logs": {"file": "hoso.log"},
        }

    @property
    def arrived(self) -> int:
        """How many messages came into the mailbox so far, bounces included: so many lines the ledger will have."""
        return self._mail.arrived

    def letters(self) -> tuple[Path, ...]:
        """Files of the letters that the service sent, in the order of their coming."""
        return self._mail.letters()

    def deliver(self, sample: Sample) -> None:
        """Send it by SMTP, as the union's provider would; returns when the server has taken it."""
        with smtplib.SMTP(LOOPBACK, self._mail.smtp_port, local_hostname="mx.webmail.example", timeout=30) as client:
            client.sendmail(sample.sender, [self._account.address], sample.content)


def deliver_on_time(
    deliver: Callable[[Sample], None],
    samples: Sequence[Sample],
    clock: Callable[[], datetime],
    stop: threading.Event,
    shown: Callable[[Sample], None] = lambda sample: None,
) -> bool:
    """Deliver each sample when it is due, and tell of it; False where `stop` came before the last."""
    for sample in samples:
        if stop.wait(max(0.0, (sample.due - clock()).total_seconds())):
            return False
        deliver(sample)
        shown(sample)
    return True
