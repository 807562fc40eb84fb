"""A connection to an IMAP server that is logged in, and in which every command has its time and its error."""

import imaplib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, Self

from imapclient.exceptions import CapabilityError, LoginError, ProtocolError

from ingest.account import ImapAccount, Security
from ingest.connection import connect, trust
from ingest.errors import (
    GARBLED,
    MailboxError,
    PermanentMailboxError,
    TemporaryMailboxError,
    broken,
    is_passing,
    login_advice,
    lost,
    refused,
    shown,
)
from ingest.watchdog import Watchdog


class Session:
    """imapclient with our timeouts, our watchdog and our errors. Not for several threads at once."""

    def __init__(self, account: ImapAccount, client: Any, watchdog: Watchdog) -> None:
        self.account = account
        self.client = client
        self._watchdog = watchdog

    @classmethod
    def open(cls, account: ImapAccount) -> Self:
        """Connect, protect the connection, log in.

        Raises TemporaryMailboxError (not reachable, too slow, busy), PermanentMailboxError (certificate, login
        refused).
        """
        session = cls(account, *connect(account))
        try:
            session._protect()
            session._log_in()
        except MailboxError:
            session.break_off()
            raise
        return session

    def _protect(self) -> None:
        if self.account.security == Security.STARTTLS:
            with self.step("starting TLS", "If the server offers port 993, use that with tls."):
                self.client.starttls(trust(self.account))

    def _log_in(self) -> None:
        user, password = self.account.user, self.account.password.reveal()
        doing = f"logging in to {self.account.host} as {user}"
        with self.step(doing, login_advice(self.account.host)):
            if self.client.has_capability("LOGINDISABLED"):
                raise PermanentMailboxError(f"{doing}: the server takes no password in the clear: use tls or starttls.")
            if user.isascii() and password.isascii():
                self.client.login(user, password)
            else:
                self.client.plain_login(user, password)  # LOGIN cannot carry it, SASL PLAIN is UTF-8 (RFC 4616)

    def capabilities(self) -> frozenset[str]:
        """In upper case, as told after the login."""
        with self.step("asking what the server can do"):
            return frozenset(name.decode("ascii", "replace").upper() for name in self.client.capabilities())

    @contextmanager
    def step(self, doing: str, advice: str = "", *, passing: bool = False) -> Iterator[None]:
        """Run imapclient's commands in here: what goes wrong leaves as a MailboxError that says what was being done.

        `passing`: a NO that gives no reason is likely to be gone later.
        """
        try:
            with self._watchdog.watch():
                yield
        except (imaplib.IMAP4.error, OSError, *GARBLED) as error:
            raise self._told(doing, error, advice, passing=passing) from None

    def _told(self, doing: str, error: Exception, advice: str, *, passing: bool) -> MailboxError:
        if self._watchdog.has_cut:
            limit = self.account.timeouts.session
            return TemporaryMailboxError(f"{doing}: not done within {limit:g} seconds, so the connection was cut.")
        if isinstance(error, OSError):
            return lost(doing, error)
        answer = str(error).replace(
            self.account.password.reveal() or "\0", "<secret>"
        )  # a server may quote the command
        if isinstance(_origin(error), (imaplib.IMAP4.abort, ProtocolError, *GARBLED)):
            return broken(doing, answer or type(error).__name__)
        if isinstance(error, CapabilityError):
            return PermanentMailboxError(f"{doing}: {answer}. {advice}".rstrip())
        return refused(doing, answer, advice, passing=passing)

    def fetch(
        self, uids: tuple[int, ...], items: tuple[str, ...], doing: str
    ) -> tuple[Mapping[int, Mapping[bytes, Any]], str]:
        """FETCH answers by UID; and why there are none, where the server said NO or its answer is not IMAP.

        Raises TemporaryMailboxError where the connection breaks or the NO is one that passes.
        """
        with self.step(doing, passing=True):
            try:
                return self.client.fetch(uids, items), ""
            except imaplib.IMAP4.abort:
                raise
            except imaplib.IMAP4.error as error:
                if is_passing(str(error), otherwise=False):
                    raise
                return {}, shown(str(error))
            except GARBLED as error:  # imapclient reads the answer when it is complete: the connection is in step
                return {}, f"not IMAP: {shown(str(error))}"

    def step_forward(self) -> None:
        """Something was achieved: the watchdog begins anew."""
        self._watchdog.renew()

    def close(self) -> None:
        """Say goodbye, shortly; a server that does not answer is left."""
        with suppress(imaplib.IMAP4.error, OSError, *GARBLED), self._watchdog.watch():
            self.client.socket().settimeout(min(5.0, self.account.timeouts.read))
            self.client.logout()
        self.break_off()

    def break_off(self) -> None:
        """Close the connection without a word."""
        with suppress(imaplib.IMAP4.error, OSError):
            self.client.shutdown()
        self._watchdog.close()


def _origin(error: Exception) -> BaseException:
    """imapclient turns a connection that breaks in LOGIN into a LoginError: what it was before."""
    return error.__context__ if isinstance(error, LoginError) and error.__context__ else error
