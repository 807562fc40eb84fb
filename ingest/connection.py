"""The way to the server: TCP, TLS, greeting; the watchdog is there from the first byte on."""

import imaplib
import re
import socket
import ssl
from io import BufferedReader
from typing import Any, cast

from imapclient import IMAPClient, SocketTimeout
from typing_extensions import override

from ingest.account import ImapAccount, Security
from ingest.errors import GARBLED, MailboxError, PermanentMailboxError, broken, lost
from ingest.watchdog import Watchdog

_LINES_LIMIT = 200_000
"""In the answer to one command: we ask for some hundred messages at a time, and all else is told in passing."""
_LITERAL_LIMIT = 1 << 30
"""Bytes; what is larger than a batch is asked for in parts."""
_LITERAL8 = re.compile(rb" ~\{\d+\}$")


class _OverSocket(imaplib.IMAP4):
    """imaplib over a connection that stands already."""

    def __init__(self, host: str, sock: socket.socket) -> None:
        self._standing = sock
        self._lines = 0
        super().__init__(host)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        del timeout
        return self._standing

    def _new_tag(self) -> bytes:
        self._lines = 0
        tag: bytes = super()._new_tag()  # type: ignore[misc]  # typeshed leaves it out
        return tag

    @override
    def read(self, size: int) -> bytes:
        if size > _LITERAL_LIMIT:  # the buffer for it would be made before the first byte came
            raise self.abort(f"the server announces {size} bytes at once")
        return super().read(size)

    def _get_line(self) -> bytes:
        self._lines += 1
        if self._lines > _LINES_LIMIT:
            raise self.abort("the server answers without end")
        # literal8 (RFC 3516): imaplib reads it, and imapclient would take its marker for the content.
        line: bytes = super()._get_line()  # type: ignore[misc]  # typeshed leaves it out
        return line[: line.rindex(b"~{")] + line[line.rindex(b"{") :] if _LITERAL8.search(line) else line

    def has_read_ahead(self) -> bool:
        """Whether bytes of the server lie in a buffer, where poll() on the socket cannot see them."""
        own_buffer = vars(self).get("_readbuf")  # Python 3.14 and later; before, it reads through a file
        if own_buffer is not None:
            return bool(own_buffer) or (isinstance(self.sock, ssl.SSLSocket) and self.sock.pending() > 0)
        timeout = self.sock.gettimeout()
        self.sock.setblocking(False)
        try:
            return bool(cast(BufferedReader, self.file).peek(1))
        except OSError:  # ssl.SSLWantReadError: nothing there. What else it may be, the next command meets too.
            return False
        finally:
            self.sock.settimeout(timeout)


class _Client(IMAPClient):  # type: ignore[misc]  # imapclient ships no types
    def __init__(self, account: ImapAccount, sock: socket.socket) -> None:
        self._standing = sock
        timeout = SocketTimeout(connect=account.timeouts.connect, read=account.timeouts.read)
        super().__init__(account.host, account.port, ssl=account.security == Security.TLS, timeout=timeout)

    def _create_IMAP4(self) -> imaplib.IMAP4:  # noqa: N802 - named by imapclient
        return _OverSocket(self.host, self._standing)

    def has_read_ahead(self) -> bool:
        return bool(self._imap.has_read_ahead())

    def forget_news(self) -> None:
        """From here on `was_told_of_news` counts."""
        self._imap.untagged_responses.pop("EXISTS", None)

    def was_told_of_news(self) -> bool:
        """Whether EXISTS came with the answer to some other command: servers tell it once."""
        return "EXISTS" in self._imap.untagged_responses


def connect(account: ImapAccount) -> tuple[Any, Watchdog]:
    """An imapclient that has read the greeting, and the watchdog over its connection.

    Raises TemporaryMailboxError (not reachable, too slow), PermanentMailboxError (certificate, no TLS there).
    """
    doing = f"connecting to {account.host}:{account.port}"
    try:
        sock = socket.create_connection((account.host, account.port), timeout=account.timeouts.connect)
    except (OSError, UnicodeError) as error:
        raise lost(doing, error) from None
    # Commands go out in small pieces: without this each would wait for the server's delayed acknowledgement.
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    watchdog = Watchdog(sock, account.timeouts.session)
    try:
        with watchdog.watch():
            if account.security == Security.TLS:
                sock = trust(account).wrap_socket(sock, server_hostname=account.host)
            client = _Client(account, sock)
    except (imaplib.IMAP4.error, OSError, MailboxError, *GARBLED) as error:
        sock.close()
        watchdog.close()
        raise _told(doing, error) from None
    client.normalise_times = False
    return client, watchdog


def _told(doing: str, error: Exception) -> MailboxError:
    if isinstance(error, MailboxError):
        return error
    return lost(doing, error) if isinstance(error, OSError) else broken(doing, str(error))


def trust(account: ImapAccount) -> ssl.SSLContext:
    """The system's authorities, and the account's own where it names one; host names are checked."""
    context = ssl.create_default_context()
    if account.ca_file is not None:
        try:
            context.load_verify_locations(account.ca_file)
        except OSError as error:
            raise PermanentMailboxError(f"ca_file {account.ca_file} cannot be used: {error}") from None
    return context
