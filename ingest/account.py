"""What it takes to read a mailbox, handed in by those who read the settings."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal, NoReturn

from typing_extensions import override


class Security(StrEnum):
    """How the connection is protected."""

    TLS = "tls"
    """From the first byte (RFC 8314)."""
    STARTTLS = "starttls"
    """Changes over before the login; where the server will not, nothing is sent."""
    PLAIN = "plain"
    """Readable on the way: for a server on this machine alone."""


class Secret:
    """A password that shows itself to nobody (P12): not in a log, a traceback or a dump of the account."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    @override
    def __repr__(self) -> str:
        return "<secret>"

    @override
    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret does not leave the process")


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long a server may keep us waiting, in seconds."""

    connect: float = 20.0
    """Until the connection stands, TLS included."""
    read: float = 60.0
    """For the next bytes of an answer."""
    session: float = 900.0
    """For all commands from one step forward to the next (a batch of messages, a wait for news): a server that sends a
    byte now and then outlives `read`, not this."""


@dataclass(frozen=True, slots=True)
class After:
    """What happens to a message on the server once its record is committed."""

    action: Literal["nothing", "flag", "move"] = "nothing"
    flag: str = r"\Flagged"
    """System flag or keyword that `flag` sets."""
    folder: str = ""
    """Where `move` puts it; it must exist."""


@dataclass(frozen=True, slots=True)
class ImapAccount:
    """One account on an IMAP server."""

    name: str
    """Part of every Position: it must not change once messages were read."""
    host: str
    user: str
    password: Secret
    port: int = 993
    security: Security = Security.TLS
    ca_file: Path | None = None
    """Certificate of the authority that signed the server's own, where the system does not know it."""
    folders: tuple[str, ...] = ("INBOX",)
    after: After = After()
    timeouts: Timeouts = Timeouts()
    idle: bool = True
    """Use IDLE where the server has it."""
    idle_renew: float = 540.0
    """Seconds after which IDLE is begun anew: servers drop it after 29 minutes (RFC 2177), and routers forget silent
    connections much earlier."""
    poll: float = 30.0
    """Seconds between questions for news where there is no IDLE."""
    batch_messages: int = 50
    """Most messages in one FETCH."""
    batch_bytes: int = 8 * 1024 * 1024
    """Most bytes in one FETCH; a message that is larger is fetched in parts of this size."""

    def __post_init__(self) -> None:
        if self.batch_messages < 1 or self.batch_bytes < 1:
            raise ValueError(f"account {self.name}: batch_messages and batch_bytes must be at least 1")
