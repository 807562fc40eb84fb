"""Letters over SMTP (RFC 5321): one connection, several letters, and it is always known how far one got."""

import base64
import ipaddress
import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from notifier.connection import Connection, NotSmtpError
from notifier.envelope import Envelope
from notifier.outcomes import Cause, Delivery, Permanent, Sent, SmtpReply, Step, Temporary, Unknown, judge

_LINE_ENDS = re.compile(rb"\r\n|\r|\n")
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)


class Security(StrEnum):
    """How the connection is protected."""

    TLS = "tls"
    """From the first byte on, port 465 (RFC 8314)."""
    STARTTLS = "starttls"
    """Port 587 (RFC 3207); without it nothing is sent, there is no falling back."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """The relay. Timeouts in seconds; but for the end of the content they are below those of RFC 5321, 4.5.3.2."""

    host: str
    port: int
    security: Security = Security.STARTTLS
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: Path | None = None
    """PEM of the authority that signed the relay's certificate; None: those that the system trusts."""
    ehlo_name: str = "[127.0.0.1]"
    """A name or address literal (RFC 5321, 4.1.3); never asked of DNS, which can hang."""
    allow_plain: bool = False
    """Lets Security.NONE leave this machine."""
    connect_timeout: float = 20
    step_timeout: float = 60
    content_timeout: float = 600
    """For the answer to the final dot: ten minutes (RFC 5321, 4.5.3.2.6), lest a letter that arrived be sent again."""
    letter_timeout: float = 900
    """For one letter as a whole, against a relay that sends a byte a minute."""

    def __post_init__(self) -> None:
        if self.security is Security.NONE and not self.allow_plain and not _is_loopback(self.host):
            raise ValueError(
                f"SMTP to {self.host} without TLS would send letters and password in the clear: "
                "use starttls or tls, or allow it on purpose"
            )
        if (self.user is None) != (self.password is None):
            raise ValueError("SMTP needs both user and password, or neither")
        if not (self.user or "").isascii() or not (self.password or "").isascii():
            raise ValueError("SMTP user and password must be ASCII: the library sends no other")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False


class RefusedError(Exception):
    """The conversation ended before a letter was named; `outcome` says how and why."""

    def __init__(self, outcome: Temporary | Permanent) -> None:
        super().__init__(outcome.reply.words())
        self.outcome = outcome


def connect(settings: SmtpSettings) -> Connection:
    """A connection that is greeted, encrypted and logged in as the settings say. Raises RefusedError."""
    step = Step.CONNECT
    client: Connection | None = None
    try:
        client = _dial(settings)
        client.settle(settings.step_timeout)
        with client.within(settings.letter_timeout):
            step = Step.EHLO
            _hope(step, client.ehlo())
            if settings.security is Security.STARTTLS:
                step = Step.STARTTLS
                _start_tls(client, settings)
            step = Step.AUTH
            _log_in(client, settings)
    except (OSError, RefusedError) as error:  # smtplib's own errors are OSErrors, ssl's too
        if client is not None:
            client.close()
        raise _refusal(step, error) from error
    return client


def _dial(settings: SmtpSettings) -> Connection:
    return Connection(
        settings.host,
        settings.port,
        settings.ehlo_name,
        tls=_context(settings) if settings.security is Security.TLS else None,
        timeout=settings.connect_timeout,
        limit=settings.letter_timeout,
    )


def _context(settings: SmtpSettings) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=settings.ca_file)


def _log_in(client: Connection, settings: SmtpSettings) -> None:
    """A relay that repeats what it was told does not give the password away (P12)."""
    user, password = settings.user, settings.password
    if user is None or password is None:
        return
    try:
        client.login(user, password)
    except smtplib.SMTPResponseException as error:
        raise smtplib.SMTPResponseException(error.smtp_code, _unsaid(error.smtp_error, user, password)) from None
    except smtplib.SMTPException as error:
        raise type(error)(_unsaid(str(error), user, password)) from None
    except ValueError:  # a challenge that is not Base64
        raise NotSmtpError("the relay asks for a login with what is no SMTP") from None


def _unsaid(said: bytes | str, user: str, password: str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    for secret in (f"\0{user}\0{password}", password):
        text = text.replace(base64.b64encode(secret.encode()).decode(), "<secret>")
    return text.replace(password, "<secret>")


def _start_tls(client: Connection, settings: SmtpSettings) -> None:
    if not client.has_extn("starttls"):
        reply = SmtpReply.of(Step.STARTTLS, 0, "the relay does not offer STARTTLS; nothing is sent in the clear")
        raise RefusedError(Temporary(reply, Cause.SETTINGS))
    _hope(Step.STARTTLS, client.starttls(context=_context(settings)))
    _hope(Step.EHLO, client.ehlo())  # what was said before the encryption is forgotten (RFC 3207, 4.2)


def _hope(step: Step, answer: tuple[int, bytes]) -> None:
    if not 200 <= answer[0] <= 299:
        raise RefusedError(judge(SmtpReply.of(step, *answer)))


def _refusal(step: Step, error: OSError | RefusedError) -> RefusedError:
    """Split by who can mend it: an answer is judged by its code, a broken certificate is the administrator's."""
    if isinstance(error, RefusedError):
        return error
    if isinstance(error, smtplib.SMTPResponseException):
        return RefusedError(judge(SmtpReply.of(step, error.smtp_code, error.smtp_error)))
    cause = Cause.SETTINGS if _is_mendable(error) else Cause.CONNECTION
    return RefusedError(Temporary(SmtpReply.of(step, 0, _words(error)), cause))


def _is_mendable(error: OSError) -> bool:
    """Certificate, TLS version, no way to log in that both know, ca_file: trying again changes nothing of these."""
    if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError | smtplib.SMTPServerDisconnected):
        return False
    return isinstance(error, ssl.SSLError | smtplib.SMTPException | FileNotFoundError | PermissionError)


def _words(error: OSError) -> str:
    return str(error) or type(error).__name__


class Sender:
    """Hands letters to the relay over one connection, opened when it is needed. Not for two threads at once."""

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._client: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Say QUIT where somebody listens, and hang up."""
        client, self._client = self._client, None
        if client is not None:
            client.leave()

    def deliver(self, content: bytes, envelope: Envelope, before_data: Callable[[], None]) -> Delivery:
        """Hand over one letter and say what became of it.

        `before_data` runs when the relay has agreed to sender and recipient, just before DATA: it makes "data-started"
        durable (P6). What it raises is passed on, the connection is dropped and the letter has not gone out. It does
        not run where the letter is refused earlier, and it may run for a letter that ends as Temporary or Permanent.
        """
        try:
            client = self._ready()
        except RefusedError as refused:
            return refused.outcome
        with client.within(self._settings.letter_timeout):
            return self._named(client, content, envelope) or self._data(client, content, before_data)

    def _ready(self) -> Connection:
        """The connection that is open where it still answers (RSET: RFC 5321, 4.1.1.5), else a new one."""
        if self._client is not None:
            with suppress(OSError), self._client.within(self._settings.step_timeout):
                if self._client.rset()[0] == 250:
                    return self._client
            self._drop()
        self._client = connect(self._settings)
        return self._client

    def _named(self, client: Connection, content: bytes, envelope: Envelope) -> Temporary | Permanent | None:
        """Sender and recipient; None where the relay agrees to both."""
        size = [f"SIZE={len(content)}"] if client.has_extn("size") else []  # RFC 1870
        step = Step.MAIL
        try:
            answer = client.mail(envelope.sender, size)
            if 200 <= answer[0] <= 299:
                step = Step.RCPT
                answer = client.rcpt(envelope.recipient)
        except OSError as error:
            return self._lost(step, error)
        return None if 200 <= answer[0] <= 299 else self._refused(SmtpReply.of(step, *answer))

    def _data(self, client: Connection, content: bytes, before_data: Callable[[], None]) -> Delivery:
        started = False
        try:
            before_data()
            started = True
        finally:
            if not started:
                self._drop()
        try:
            answer = client.docmd("DATA")
            client.check_silence()
        except OSError as error:  # not one byte of the letter was sent yet
            return self._lost(Step.DATA, error)
        if answer[0] != 354:
            return self._refused(SmtpReply.of(Step.DATA, *answer))
        return self._content(client, content)

    def _content(self, client: Connection, content: bytes) -> Delivery:
        """From here on only an answer tells whether the relay has the letter (RFC 5321, 4.1.1.4)."""
        try:
            client.send(_dotted(content))
            client.settle(self._settings.content_timeout)
            reply = SmtpReply.of(Step.CONTENT, *client.getreply())
            client.settle(self._settings.step_timeout)
        except OSError as error:
            self._drop()
            return Unknown(SmtpReply.of(Step.CONTENT, 0, _words(error)))
        if 200 <= reply.code <= 299:
            return Sent(reply)
        if 400 <= reply.code <= 599:
            return self._refused(reply)
        self._drop()
        return Unknown(reply)

    def _refused(self, reply: SmtpReply) -> Temporary | Permanent:
        """Refused with an answer; after 421 or something that is not SMTP the relay hangs up (RFC 5321, 3.8)."""
        if reply.code == 421 or not 400 <= reply.code <= 599:
            self._drop()
        return judge(reply)

    def _lost(self, step: Step, error: OSError) -> Temporary | Permanent:
        self._drop()
        return _refusal(step, error).outcome

    def _drop(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.close()


def _dotted(content: bytes) -> bytes:
    """CRLF line ends alone (RFC 5321, 2.3.8), leading dots doubled (4.5.2), and the final dot."""
    lines = _LEADING_DOT.sub(b"..", _LINE_ENDS.sub(b"\r\n", content))
    return lines + (b"" if lines.endswith(b"\r\n") else b"\r\n") + b".\r\n"
