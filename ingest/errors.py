"""Errors of a mailbox, split by who can mend them: time (try again later) or a person (see what the text says)."""

import re
import socket
import ssl
from collections.abc import Callable


class MailboxError(Exception):
    """The text is for the administrator: what was tried, what came back, what to do. It holds no secret.

    `uids` names the messages that were being fetched, so that the next try can take them one at a time: a server
    may fall over one of them again and again, and it must not keep the others waiting (P4).
    """

    def __init__(self, text: str, uids: tuple[int, ...] = ()) -> None:
        super().__init__(text)
        self.uids = uids


class TemporaryMailboxError(MailboxError):
    """The connection was lost, the server is busy or hangs: the same may work later."""


class NoSuchHostError(TemporaryMailboxError):
    """No server by this name: misspelt, or this machine's network is down."""


class PermanentMailboxError(MailboxError):
    """The login is refused, a folder is not there: it fails until a person changes something."""


# What imapclient and imaplib raise where an answer is not IMAP: the connection cannot be trusted any further.
GARBLED = (ValueError, LookupError, TypeError, AttributeError, RecursionError)

# RFC 5530 and RFC 9051, 7.1: response codes that tell a passing trouble from one that stays.
_PASSING_CODES = frozenset({"UNAVAILABLE", "INUSE", "LIMIT", "OVERQUOTA", "SERVERBUG", "THROTTLED"})
_LASTING_CODES = frozenset(
    {
        "AUTHENTICATIONFAILED",
        "AUTHORIZATIONFAILED",
        "EXPIRED",
        "PRIVACYREQUIRED",
        "CONTACTADMIN",
        "NOPERM",
        "NONEXISTENT",
        "TRYCREATE",
        "CANNOT",
        "CLIENTBUG",
    }
)
# Large providers say these without a code.
_PASSING_WORDS = re.compile(
    r"too many|try again|temporar|unavailable|bandwidth|throttl|timed? ?out|server error|internal error|in use",
    re.IGNORECASE,
)
_CODE = re.compile(r"\[([A-Z-]+)[ \]]")

# Login refused: what to do, by the server's name.
_LOGIN_ADVICE = (
    (
        re.compile(r"(^|\.)(gmail|googlemail)\.com$"),
        (
            "Gmail takes no account password here: turn on 2-step verification, create an app password "
            "(Google account, Security, App passwords) and use its 16 letters as the password."
        ),
    ),
    (
        re.compile(r"(^|\.)(outlook|office365|hotmail|live)\.com$"),
        "Microsoft no longer takes passwords over IMAP here: forward the account's mail to a mailbox that does.",
    ),
    (
        re.compile(r"(^|\.)(yahoo|aol)\.com$"),
        "Yahoo takes no account password here: create an app password in the account's security page.",
    ),
)


def login_advice(host: str) -> str:
    """What to do where the login is refused."""
    for pattern, advice in _LOGIN_ADVICE:
        if pattern.search(host.lower()):
            return advice
    return "Check user and password, and that the account may use IMAP."


def is_passing(answer: str, *, otherwise: bool) -> bool:
    """Whether a NO or BAD is likely to be gone later; `otherwise` where the server does not tell."""
    codes = set(_CODE.findall(answer.upper()))
    if codes & _PASSING_CODES:
        return True
    if codes & _LASTING_CODES:
        return False
    return bool(_PASSING_WORDS.search(answer)) or otherwise


def refused(doing: str, answer: str, advice: str, *, passing: bool) -> MailboxError:
    """The error for a NO or BAD. The server's own words are shown cleaned and capped."""
    if is_passing(answer, otherwise=passing):
        return TemporaryMailboxError(f"{doing}: the server says {shown(answer)!r}; it will be tried again.")
    return PermanentMailboxError(f"{doing}: the server refused ({shown(answer)}). {advice}".rstrip())


def broken(doing: str, answer: str) -> MailboxError:
    """The error for a server that says BYE, hangs up or answers with something that is not IMAP."""
    return TemporaryMailboxError(
        f"{doing}: the server broke off or its answer is not IMAP ({shown(answer)}); it will be tried again."
    )


def shown(text: str, limit: int = 200) -> str:
    """Received text without control characters, capped: it may end in a log or on a terminal."""
    clean = "".join(char if char.isprintable() else " " for char in text)
    return clean if len(clean) <= limit else clean[:limit] + "…"


def lost(doing: str, error: BaseException) -> MailboxError:
    """The error for a connection that failed or broke."""
    for kind, make in _CONNECTION_ERRORS:
        if isinstance(error, kind):
            return make(doing, error)
    if isinstance(error, ssl.SSLError) and error.reason in _NO_COMMON_TLS:
        return _not_tls(doing, error)
    return TemporaryMailboxError(f"{doing}: the connection was lost ({_reason(error)}); it will be tried again.")


def _certificate(doing: str, error: BaseException) -> MailboxError:
    return PermanentMailboxError(
        f"{doing}: the server's certificate is not trusted ({_reason(error)}). Check the host name; for "
        "a server with a certificate of its own authority give that authority's file as ca_file."
    )


def _not_tls(doing: str, error: BaseException) -> MailboxError:
    return PermanentMailboxError(
        f"{doing}: no TLS could be agreed on ({_reason(error)}). "
        "Check port and security: 993 with tls, 143 with starttls."
    )


def _no_host(doing: str, error: BaseException) -> MailboxError:
    return NoSuchHostError(
        f"{doing}: the host name is not found ({_reason(error)}). Check its spelling and this machine's network; "
        "it will be tried again."
    )


def _slow(doing: str, error: BaseException) -> MailboxError:
    return TemporaryMailboxError(f"{doing}: the server did not answer in time; it will be tried again.")


def _nobody(doing: str, error: BaseException) -> MailboxError:
    return TemporaryMailboxError(f"{doing}: nothing listens at that host and port; it will be tried again.")


def _reason(error: BaseException) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return shown(error.verify_message)
    if isinstance(error, OSError):
        return shown(error.strerror or str(error) or type(error).__name__)
    return shown(str(error) or type(error).__name__)


_CONNECTION_ERRORS: tuple[tuple[type[BaseException], Callable[[str, BaseException], MailboxError]], ...] = (
    (ssl.SSLCertVerificationError, _certificate),
    (TimeoutError, _slow),
    (socket.gaierror, _no_host),
    (ConnectionRefusedError, _nobody),
)
# The other side does not speak TLS, or none that is still safe.
_NO_COMMON_TLS = frozenset(
    {"WRONG_VERSION_NUMBER", "UNSUPPORTED_PROTOCOL", "RECORD_LAYER_FAILURE", "TLSV1_ALERT_PROTOCOL_VERSION"}
)
