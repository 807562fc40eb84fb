"""What became of one attempt to hand a letter to the relay (RFC 5321, 4.2; RFC 3463)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from notifier.cleaning import one_line

_ENHANCED = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})(?=\s|$)")
_QUOTA_WORDS = re.compile(r"quota|(?:sending|rate|hourly|daily) limit|too many (?:mails|messages)", re.IGNORECASE)
_TEXT_LIMIT = 500


class Step(StrEnum):
    """Where in the conversation the answer came, or was missed."""

    CONNECT = "connect"
    EHLO = "EHLO"
    STARTTLS = "STARTTLS"
    AUTH = "AUTH"
    NOOP = "NOOP"
    RSET = "RSET"
    MAIL = "MAIL FROM"
    RCPT = "RCPT TO"
    DATA = "DATA"
    CONTENT = "content"
    """After 354: the letter itself, up to the relay's answer to its final dot."""


@dataclass(frozen=True, slots=True)
class SmtpReply:
    """The relay's own words, cleaned; `code` is 0 where there was no answer and `text` says what happened instead."""

    step: Step
    code: int
    text: str
    enhanced: str | None = None
    """Enhanced status code (RFC 3463), where the relay gives one."""

    @classmethod
    def of(cls, step: Step, code: int, text: bytes | str) -> "SmtpReply":
        words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
        status = _ENHANCED.match(words)
        return cls(step, code, one_line(words, _TEXT_LIMIT), status[1] if status else None)

    def words(self) -> str:
        """For people and the log."""
        return f"{self.step}: {self.code} {self.text}" if self.code else f"{self.step}: {self.text}"


class Cause(StrEnum):
    """Why a letter waits; pauses differ by it, and so does whom to tell."""

    BUSY = "busy"
    """4xx: the relay asks for another try."""
    QUOTA = "quota"
    """A quota of the relay or of the recipient's mailbox is used up: hours, not minutes."""
    CONNECTION = "connection"
    """No connection, or it was lost before the letter was on its way."""
    SETTINGS = "settings"
    """Login refused, no TLS, certificate not trusted: only the administrator can mend it, and no letter is to blame."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The relay has taken the letter over (RFC 5321, 4.2.5)."""

    reply: SmtpReply


@dataclass(frozen=True, slots=True)
class Temporary:
    """The relay has not got the letter: safe to send again."""

    reply: SmtpReply
    cause: Cause


@dataclass(frozen=True, slots=True)
class Permanent:
    """Refused for good: recorded and shown, tried again only when a person says so."""

    reply: SmtpReply


@dataclass(frozen=True, slots=True)
class Unknown:
    """The content was under way and no answer came: perhaps delivered, so never repeated blindly (P6)."""

    reply: SmtpReply


Delivery = Sent | Temporary | Permanent | Unknown


def _by_status(code: int, *statuses: str) -> Callable[[SmtpReply], bool]:
    return lambda reply: reply.code == code and reply.enhanced in statuses


_BEFORE_ANY_LETTER = frozenset({Step.CONNECT, Step.EHLO, Step.STARTTLS, Step.AUTH, Step.NOOP, Step.RSET})

# Read from the top, the first that fits decides. Codes of 4xx that fit nothing are BUSY, of 5xx permanent.
_RULES: tuple[tuple[Callable[[SmtpReply], bool], Cause | None], ...] = (
    # No answer, or one that is not SMTP.
    (lambda reply: not 400 <= reply.code <= 599, Cause.CONNECTION),
    # RFC 4954, 6: authentication required, mechanism too weak, credentials refused, encryption required.
    (lambda reply: reply.code in {530, 534, 535, 538}, Cause.SETTINGS),
    # Before a letter is named no refusal can be about it (RFC 5321, 3.1: 554 as greeting). A refusal to log in for
    # the moment (454, RFC 4954) stays what any 4xx is.
    (lambda reply: reply.code >= 500 and reply.step in _BEFORE_ANY_LETTER, Cause.SETTINGS),
    # 552 was "too many recipients", to be taken for 452 (RFC 5321, 4.5.3.1.10), and is "mailbox full" (RFC 3463,
    # x.2.2): both pass. A message too large (x.2.3, x.3.4) or content refused (x.6.0, x.7.0) does not.
    (_by_status(552, "5.2.3", "5.3.4", "5.6.0", "5.7.0"), None),
    (lambda reply: reply.code in {452, 552}, Cause.QUOTA),
    # Google's "550 5.4.5 Daily user sending limit exceeded"; x.4.5 is "mail system congestion" (RFC 3463, 3.5).
    (lambda reply: reply.enhanced in {"4.4.5", "5.4.5", "4.2.2", "5.2.2"}, Cause.QUOTA),
    (lambda reply: _QUOTA_WORDS.search(reply.text) is not None, Cause.QUOTA),
    (lambda reply: reply.code < 500, Cause.BUSY),
)


def judge(reply: SmtpReply) -> Temporary | Permanent:
    """What a refusal means; `reply` is any answer but the one that was hoped for."""
    cause = next((cause for fits, cause in _RULES if fits(reply)), None)
    return Permanent(reply) if cause is None else Temporary(reply, cause)
