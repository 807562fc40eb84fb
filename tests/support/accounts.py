"""Accounts on the servers of the tests, with times that a test can wait for."""

from dataclasses import replace

from ingest.account import ImapAccount, Secret, Security, Timeouts
from support import dovecot
from support.scripted_imap import ScriptedImap

_SHORT = Timeouts(connect=5, read=5, session=10)


def on_dovecot(server: dovecot.Dovecot, user: str, **changes: object) -> ImapAccount:
    """Without TLS; `changes` are fields of ImapAccount."""
    password = Secret(dovecot.PASSWORD)
    plain = ImapAccount("office", dovecot.HOST, user, password, server.port, Security.PLAIN)
    return replace(plain, **changes)  # type: ignore[arg-type]


def on_script(server: ScriptedImap, **changes: object) -> ImapAccount:
    """Without TLS, and little patience."""
    account = ImapAccount(
        "office", "127.0.0.1", "hoso", Secret("throw-away"), server.port, Security.PLAIN, timeouts=_SHORT
    )
    return replace(account, **changes)  # type: ignore[arg-type]
