"""Does the relay take us? For `hoso check`: greets, encrypts, logs in, says NOOP; names no letter and sends none."""

import socket
from dataclasses import dataclass

from notifier.outcomes import Cause, SmtpReply, Step
from notifier.smtp import RefusedError, Security, SmtpSettings, connect

_MEND = {
    Cause.BUSY: "the relay is busy: try again in a few minutes",
    Cause.QUOTA: "the relay's quota is used up: letters wait until it is back",
    Cause.CONNECTION: "check smtp host and port, the network and the firewall",
}
_MEND_SETTINGS = {
    Step.STARTTLS: "check smtp security (starttls or tls) and host; for a certificate of your own name its ca_file",
    Step.CONNECT: "check smtp port and security (465: tls, 587: starttls); for your own certificate name its ca_file",
    Step.AUTH: "check smtp user and password; Gmail takes an app password, not that of the account",
}


@dataclass(frozen=True, slots=True)
class SmtpCheck:
    """`ok`, and for people what was met and, where it is wrong, how to mend it."""

    ok: bool
    detail: str
    mend: str = ""


def check_smtp(settings: SmtpSettings) -> SmtpCheck:
    """Log in to the relay and leave again."""
    where = f"{settings.host}:{settings.port} ({settings.security})"
    try:
        client = connect(settings)
    except RefusedError as refused:
        outcome = refused.outcome
        cause = getattr(outcome, "cause", Cause.SETTINGS)
        mend = (
            _unknown_host(settings, refused)
            or _MEND.get(cause)
            or _MEND_SETTINGS.get(outcome.reply.step, "check the smtp settings")
        )
        return SmtpCheck(False, f"{where}: {outcome.reply.words()}", mend)
    try:
        with client.within(settings.letter_timeout):
            reply = SmtpReply.of(Step.NOOP, *client.noop())
        client.leave()
    except OSError as error:
        return SmtpCheck(False, f"{where}: {error}", _MEND[Cause.CONNECTION])
    finally:
        client.close()
    if not 200 <= reply.code <= 299:
        return SmtpCheck(False, f"{where}: {reply.words()}", "ask whoever runs the relay")
    return SmtpCheck(True, f"{where}: {_how(settings)}")


def _unknown_host(settings: SmtpSettings, refused: RefusedError) -> str:
    if not isinstance(refused.__cause__, socket.gaierror):
        return ""
    return f"there is no server {settings.host}: correct smtp host, or mend this machine's network"


def _how(settings: SmtpSettings) -> str:
    secured = "not encrypted" if settings.security is Security.NONE else "encrypted, certificate trusted"
    return f"{secured}, {'logged in' if settings.user is not None else 'no login asked for'}"
