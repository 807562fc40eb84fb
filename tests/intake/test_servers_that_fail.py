"""An IMAP server that drops, hangs or lies at any command once: the next look has everything, and nothing twice."""

import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from support.accounts import on_script
from support.scripted_imap import Fault, Wrong, scripted_imap

from ingest.account import Timeouts
from ingest.errors import MailboxError
from ingest.imap import Mailbox
from intake.receive import receive
from store import ledger
from store.engine import Store

NOW = datetime(2021, 4, 16, 3, tzinfo=UTC)
THREE = {1: b"Subject: a\r\n\r\none\r\n", 2: b"Subject: b\r\n\r\ntwo\r\n", 5: b"Subject: c\r\n\r\nfive\r\n"}
COMMANDS = ["GREETING", "CAPABILITY", "LOGIN", "SELECT", "SEARCH", "FETCH"]
WRONGS: list[Wrong] = ["drop", "drop-inside", "hang", "trickle", "bye", "no", "garbage", "empty"]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("at", COMMANDS)
@pytest.mark.parametrize("wrong", WRONGS)
def test_fault_40_a_server_that_fails_once_loses_nothing_and_doubles_nothing(
    store: Store, at: str, wrong: Wrong
) -> None:
    times = Timeouts(connect=0.3, read=0.3, session=0.5)
    with scripted_imap(THREE, Fault(at, wrong, times=1, text="[UNAVAILABLE] later")) as server:
        began = time.monotonic()
        for _ in range(3):
            with (
                suppress(MailboxError),
                Mailbox.open(on_script(server, timeouts=times), "INBOX") as mailbox,
            ):
                receive(mailbox, "office", store, lambda: NOW)
        assert time.monotonic() - began < 20, "no step waits for longer than its time"
    with store.reading() as conn:
        assert sorted(one.position.uid for one in ledger.entries(conn) if one.position) == [1, 2, 5]
        assert {one.sha256 for one in ledger.entries(conn)} == set(store.blobs.iterate())
