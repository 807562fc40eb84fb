"""An IMAP server that drops, hangs or lies at any command once: the next look has everything, and nothing twice."""

import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import get_args

import pytest
from support.accounts import on_script
from support.scripted_imap import Fault, ScriptedImap, Wrong, scripted_imap

from ingest.account import After, Security, Timeouts
from ingest.errors import MailboxError
from ingest.imap import Mailbox
from intake.flag import flag_settled
from intake.receive import receive
from store import ledger
from store.engine import Store, open_store
from store.ledger import Outcome

NOW = datetime(2021, 4, 16, 3, tzinfo=UTC)
THREE = {1: b"Subject: a\r\n\r\none\r\n", 2: b"Subject: b\r\n\r\ntwo\r\n", 5: b"Subject: c\r\n\r\nfive\r\n"}
COMMANDS = (
    "GREETING",
    "CAPABILITY",
    "LOGIN",
    "SELECT",
    "SEARCH",
    "FETCH",
    "STORE",
    "MOVE",
    "COPY",
    "EXPUNGE",
    "IDLE",
    "DONE",
    "NOOP",
    "LOGOUT",
)
"""All that we ever say. COPY and EXPUNGE where the server has no MOVE, NOOP where it has no IDLE."""
WRONGS: tuple[Wrong, ...] = get_args(Wrong)
_AFTER = {
    "STORE": After("flag", r"\Flagged", ""),
    "MOVE": After("move", "", "Done"),
    "COPY": After("move", "", "Done"),
    "EXPUNGE": After("move", "", "Done"),
}
_LACKS = {"COPY": " MOVE", "EXPUNGE": " MOVE", "NOOP": " IDLE"}


def patience(wrong: Wrong) -> Timeouts:
    """Little only where the script makes us wait."""
    return Timeouts(1, 1, 1.5) if wrong in ("hang", "trickle") else Timeouts(20, 20, 40)


def one_look(server: ScriptedImap, store: Store, at: str, times: Timeouts) -> None:
    """Receive, settle, flag or move, wait a moment for news, leave."""
    account = on_script(server, timeouts=times, after=_AFTER.get(at, _AFTER["STORE"]), poll=0.05)
    with Mailbox.open(account, "INBOX") as mailbox:
        receive(mailbox, "office", store, lambda: NOW)
        with store.writing() as tx:
            for entry in ledger.pending(tx, 10):
                ledger.settle(tx, entry.id, Outcome.CORRESPONDENCE, NOW)
        flag_settled(mailbox, "office", store, NOW)
        mailbox.wait(0.1, Event())


def what_broke(store: Store, at: str, wrong: Wrong) -> str:
    """Three looks at a server that goes wrong at the first time of a command; empty where all holds."""
    capabilities = "IMAP4rev1 IDLE UIDPLUS MOVE".replace(_LACKS.get(at, "-"), "")
    fault = Fault(at, wrong, times=1, text="[UNAVAILABLE] later")
    with scripted_imap(THREE, fault, capabilities=capabilities) as server:
        took = []
        for _ in range(3):
            began = time.monotonic()
            with suppress(MailboxError):
                one_look(server, store, at, patience(wrong))
            took.append(time.monotonic() - began)
        reached = server.went_wrong
    with store.reading() as conn:
        entries = ledger.entries(conn)
        checks = {
            "the server went wrong once": reached == 1,
            f"no look waits for longer than its time: {took}": max(took) < 60,
            "all is there, once": [one.position.uid for one in entries if one.position] == [1, 2, 5],
            "its bytes": {store.blobs.get(one.sha256) for one in entries} == set(THREE.values()),
            "no other bytes": len(list(store.blobs.iterate())) == 3,
            "all is flagged": all(one.flagged_at for one in entries),
        }
    broken = [name for name, holds in checks.items() if not holds]
    return f"{wrong} at {at}: {broken}" if broken else ""


@pytest.mark.parametrize("at", COMMANDS)
def test_fault_40_a_server_that_fails_once_loses_nothing_and_doubles_nothing(
    sqlite_template: Path, tmp_path: Path, at: str
) -> None:
    """Every way of going wrong, several at the same time, each on a store of its own."""

    def one(wrong: Wrong) -> str:
        shutil.copy(sqlite_template, tmp_path / f"{wrong}.db")
        with closing(open_store(f"sqlite:///{tmp_path}/{wrong}.db", tmp_path / wrong)) as store:
            return what_broke(store, at, wrong)

    with ThreadPoolExecutor(6) as pool:
        assert [told for told in pool.map(one, WRONGS) if told] == []


@pytest.fixture
def with_starttls() -> Iterator[ScriptedImap]:
    with scripted_imap(THREE, capabilities="IMAP4rev1 STARTTLS") as server:
        yield server


@pytest.mark.parametrize("wrong", [one for one in WRONGS if one not in ("unasked", "literal8", "news-with-plus")])
def test_fault_40_a_server_that_fails_at_starttls_is_told_no_password(
    with_starttls: ScriptedImap, wrong: Wrong
) -> None:
    with_starttls.faults = (Fault("STARTTLS", wrong),)
    account = on_script(with_starttls, timeouts=Timeouts(1, 1, 1.5))
    began = time.monotonic()
    with pytest.raises(MailboxError):
        Mailbox.open(replace(account, security=Security.STARTTLS), "INBOX")
    assert time.monotonic() - began < 60
    assert not any("throw-away" in command for command in with_starttls.commands)
