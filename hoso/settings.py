"""The settings of one installation: read once, frozen, handed to whoever needs a part of them.

The file is `settings.yaml`; `settings.example.yaml` holds every key with a comment. Paths are
relative to the file's folder.
"""

import ipaddress
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from hoso.digest_settings import Digest, Reminders
from hoso.health_settings import Health
from hoso.record_settings import Audit, Backup, Retention
from hoso.secret import Login, Secret
from hoso.setting_types import Address, InFolder, Text, in_folder
from hoso.store_settings import Store
from hoso.strict_yaml import Strict, read_model

EXAMPLE_CAMPAIGN = "example"
"""Stands in the list of campaigns for the one that ships with the program."""


Port = Annotated[int, Field(ge=1, le=65535)]
Seconds = Annotated[float, Field(gt=0, le=86400)]
Security = Literal["tls", "starttls", "plain"]


class Server(Login):
    """Where a server is and how it is spoken to."""

    host: Text
    """Name of the server: imap.gmail.com, smtp.gmail.com."""
    port: Port
    """The usual ones: 993 for IMAP with tls, 587 for SMTP with starttls."""
    security: Security
    """`tls` from the first byte, `starttls` to change over, `plain` on this machine alone."""
    ca_file: InFolder | None = None
    """Certificate of the authority that signed the server's own, where it is not one that the system trusts."""

    @field_validator("security")
    @classmethod
    def never_in_the_clear(cls, security: Security, info: ValidationInfo) -> Security:
        if security == "plain" and not _is_this_machine(info.data.get("host", "localhost")):
            raise PydanticCustomError("plain", "plain would send mail and password readable: use tls or starttls")
        return security


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Timeouts(Strict):
    """How long a server may keep the service waiting, in seconds."""

    connect: Seconds = 20
    """Until the connection stands, TLS included."""
    read: Seconds = 60
    """For one answer."""
    session: Seconds = 900
    """For everything that one connection does; a watchdog then cuts it."""


class After(Strict):
    """What happens to a message on the server once its record is durable."""

    action: Literal["nothing", "flag", "move"] = "nothing"
    """`nothing`, `flag` (set a flag), `move` (into another folder)."""
    flag: Text = r"\Flagged"
    """Set by `flag`: a system flag such as `\\Flagged`, or a keyword where the server has keywords."""
    folder: Text = "Hoso"
    """Target of `move`; it must exist."""


class Mailbox(Server):
    """One account that dossiers arrive in."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$")]
    """Short name, part of every message's position: do not change it once messages were read."""
    user: Text
    password: Secret
    port: Port = 993
    security: Security = "tls"
    folders: Annotated[tuple[Text, ...], Field(min_length=1)] = ("INBOX",)
    """Folders to read. On Gmail `[Gmail]/Spam` may be worth adding."""
    addresses: Annotated[tuple[Address, ...], Field(min_length=1)]
    """Every address that arrives here: mail *from* one of them is our own and is never answered."""
    after: After = After()
    idle: bool = True
    """Let the server tell of new mail at once (IDLE), where it can; polling goes on beside it."""
    poll_seconds: Seconds = 60
    """How often to look for new mail."""
    batch: Annotated[int, Field(ge=1, le=1000)] = 50
    """How many messages to fetch at a time."""
    timeouts: Timeouts = Timeouts()
    received_hosts: tuple[Text, ...] = ()
    """Our receiving servers as they name themselves after `by` in Received headers: only theirs are believed."""
    authentication_hosts: tuple[Text, ...] = ()
    """Our servers as they name themselves in Authentication-Results (RFC 8601); none: authentication is unknown."""

    @field_validator("received_hosts", "authentication_hosts")
    @classmethod
    def lower_case(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(host.lower().rstrip(".") for host in hosts)


class Smtp(Server):
    """The server that takes our letters."""

    port: Port = 587
    security: Security = "starttls"
    from_address: Address
    """From of every letter; answers to it should arrive in one of the mailboxes."""
    from_name: Text
    """Name beside it, as in "Công đoàn ngành Y tế Đồng Nai (thư tự động)"."""
    envelope_sender: Address | None = None
    """Where bounces go (MAIL FROM); `from_address` where none is given. It must arrive in one of the mailboxes."""
    plus_addressing: bool = True
    """Bounces to `name+b-….@host`, so that each finds its letter; Gmail and most servers deliver those to `name`."""
    redirect_to: Address | None = None
    """Test mode: every letter goes to this address alone, and says for whom it was."""
    timeouts: Timeouts = Timeouts()


class Letters(Strict):
    """How we write."""

    locale: Literal["vi", "en"] = "vi"
    """Language of the letters."""
    templates: InFolder | None = None
    """Folder whose files take the place of the shipped ones of the same name (letters/NAME/body.txt …)."""
    daily_limit: Annotated[int, Field(ge=1)] = 3
    """Letters a sender gets in a day; what is over is drawn together into one."""
    daily_limit_known: Annotated[int, Field(ge=1)] = 10
    """The same for a union's own addresses that bring new files."""
    daily_limit_dossier: Annotated[int, Field(ge=1)] = 15
    """Letters about one dossier in a day, to all addresses of its union together."""
    daily_limit_strangers: Annotated[int, Field(ge=1)] = 50
    """Letters in a day to all addresses together that are not known; they go out after those to unions."""
    daily_limit_all: Annotated[int, Field(ge=1)] | None = None
    """Letters in a day to everybody; none: what the limits above allow for the unions of the roster, and strangers."""


class Reading(Strict):
    """Limits of the process that reads attachments; what goes over them is put before a person as `not-read`."""

    workers: Annotated[int, Field(ge=1, le=64)] = 2
    """Processes that read at the same time; one a core."""
    memory_mb: Annotated[int, Field(ge=128, le=65536)] = 512
    """Memory of each."""
    seconds: Annotated[float, Field(gt=0, le=600)] = 30
    """For one file."""
    message_seconds: Annotated[float, Field(gt=0, le=600)] = 50
    """For one message with all its files: the next message waits no longer than that."""
    trust_roots: tuple[InFolder, ...] = ()
    """Certificates (PEM or DER files, or folders of them) that those of digital signatures should lead to."""


class Receipt(Strict):
    """When a message counts as received (by INTERNALDATE), and when a person has to decide."""

    tolerance_minutes: Annotated[float, Field(gt=0, le=1440)] = 10
    """How far INTERNALDATE and our server's Received header may lie apart."""
    clock_tolerance_minutes: Annotated[float, Field(gt=0, le=1440)] = 5
    """How far this machine's clock may be from the mail server's before there is an alarm."""


class Schedule(Strict):
    """How often the service does its work, in seconds; looking for mail is set at each mailbox."""

    process_seconds: Seconds = 5
    """Judge what was received, and try again what is due."""
    send_seconds: Seconds = 5
    """Send the letters that are due."""
    reconcile_hour: Annotated[int, Field(ge=0, le=23)] | None = 3
    """The hour of the day, in the first campaign's zone, at which mailbox and ledger are compared; null: never."""


class Logs(Strict):
    """What the service says of itself; never secrets, never addresses."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    """The least important line that is written."""
    json_lines: bool = False
    """One JSON object a line, for machines."""
    file: InFolder | None = None
    """Written here instead of to the terminal; kept short by logrotate or the like."""


class Settings(Strict):
    """Everything that one installation may set."""

    mailboxes: Annotated[tuple[Mailbox, ...], Field(min_length=1)]
    """The accounts that dossiers arrive in."""
    smtp: Smtp
    campaigns: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Campaign files; `example` is the one that ships with the program."""
    store: Store = Field(default_factory=dict, validate_default=True)
    letters: Letters = Letters()
    reading: Reading = Reading()
    receipt: Receipt = Receipt()
    schedule: Schedule = Schedule()
    logs: Logs = Logs()
    audit: Audit = Audit()
    backup: Backup = Backup()
    retention: Retention = Retention()
    health: Health = Health()
    digest: Digest = Digest()
    reminders: Reminders = Reminders()

    @field_validator("campaigns")
    @classmethod
    def beside_the_settings(cls, campaigns: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        return tuple(name if name == EXAMPLE_CAMPAIGN else str(in_folder(Path(name), info)) for name in campaigns)

    @model_validator(mode="after")
    def names_are_unique(self) -> Self:
        names = [mailbox.name for mailbox in self.mailboxes]
        if len(set(names)) < len(names):
            raise PydanticCustomError("names", "two mailboxes have the same name: give each its own")
        return self

    @model_validator(mode="after")
    def digest_goes_elsewhere(self) -> Self:
        if self.own_addresses & set(self.digest.recipients):
            raise PydanticCustomError("digest", "a digest to an address of our own would come back as mail of ours")
        return self

    @property
    def own_addresses(self) -> frozenset[str]:
        """Mail from one of these is our own and is never answered (FAULTS.md 6)."""
        sending = {self.smtp.from_address, self.smtp.envelope_sender or self.smtp.from_address}
        return frozenset(sending.union(*(mailbox.addresses for mailbox in self.mailboxes)))


def load_settings(path: Path, environ: Mapping[str, str], *, logins: bool = True) -> Settings:
    """Read the settings file; without `logins` the passwords of the servers need not be there.

    Raises ConfigError, which says everything that is wrong with it and how to mend it."""
    return read_model(path, Settings, environ, without_logins=not logins)
