"""A relay that drops, hangs, refuses or lies at any command: no letter is lost or goes out twice (P6, FAULTS.md 40)."""

import base64
import shutil
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest
from support.office import Office
from support.scripted_smtp import COMMANDS, Fault, ScriptedSmtp, Wrong, scripted_smtp
from support.smtp import Certificate, make_certificate

from notifier.smtp import Security, Sender, SmtpSettings
from store import events, outbox
from store.engine import Store, open_store
from store.outbox import NewLetter, OutgoingLetter

_PASSWORD = "mat-khau-that"
_AS_SENT = base64.b64encode(f"\0ho-so\0{_PASSWORD}".encode()).decode()
_SLOW = ("hang", "trickle")
_BEFORE_ANY_LETTER = COMMANDS[: COMMANDS.index("MAIL")]
_WRONGS: tuple[Wrong, ...] = get_args(Wrong)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("relay"))


def write_three(office: Office, told: str) -> list[int]:
    """Into the outbox; returns their numbers."""
    made = []
    with office.store.writing() as tx:
        for number in (1, 2, 3):
            key, to = f"{told}-{number}", f"cdcs{number}@yte.example"
            content = f"Subject: {key}\r\n\r\n.dau cham\r\n".encode()
            new = NewLetter(key, f"<hoso-{key.lower()}@cdn.example>", "acknowledgement", to, "x", content)
            made.append(outbox.enqueue(tx, new, office.now).id)
    return made


def settings(relay: ScriptedSmtp, certificate: Certificate, wrong: str) -> SmtpSettings:
    """Little patience only where the script makes us wait."""
    seconds = 1.5 if wrong in _SLOW else 10.0
    return SmtpSettings(
        "127.0.0.1",
        relay.port,
        Security.STARTTLS,
        user="ho-so",
        password=_PASSWORD,
        ca_file=certificate.cert,
        connect_timeout=seconds,
        step_timeout=seconds,
        content_timeout=seconds,
        letter_timeout=2 * seconds,
    )


def sends(office: Office, relay: ScriptedSmtp, certificate: Certificate, wrong: str = "") -> int:
    return office.sends(relay.port, sender=Sender(settings(relay, certificate, wrong)))


def first_letter_after(at: str, wrong: Wrong) -> str:
    """What the state of the first letter has to be when the relay went wrong once: the whole of P6 in a table."""
    if at in ("QUIT", "RSET") or (at, wrong) == ("CONTENT", "doubled"):
        return "sent"
    if at in _BEFORE_ANY_LETTER or wrong in ("4xx", "421", "quota", "echo"):
        return "queued"
    if wrong == "5xx":
        return "failed"
    return "unknown" if at == "CONTENT" else "queued"


def what_broke(office: Office, certificate: Certificate, at: str, wrong: Wrong) -> str:
    """Three letters to a relay that goes wrong once and is well three hours later; empty where all holds."""
    mine = write_three(office, f"{at}-{wrong}")
    with scripted_smtp(certificate.server_context(), Fault(at, wrong)) as relay:
        began = time.monotonic()
        sends(office, relay, certificate, wrong)
        took = time.monotonic() - began
        met, (first, *others) = relay.went_wrong, states(office, mine)
        office.passes(timedelta(hours=3))
        sends(office, relay, certificate)
    ended = first if first in ("failed", "unknown") else "sent"
    arrived = (2, 3) if ended != "sent" else (1, 2, 3)
    came = Counter(content.splitlines()[0].decode() for content in relay.accepted)
    checks = {
        "left in time": took < 60,
        "the relay went wrong once": met == 1,
        f"the first letter is {first}": first == first_letter_after(at, wrong),
        "the fault of one letter is no other's": set(others) <= {"sent", "queued"},
        "every letter that may be sent is": states(office, mine) == [ended, "sent", "sent"],
        f"none twice, none lost: {came}": came == Counter(f"Subject: {at}-{wrong}-{number}" for number in arrived),
        "one event for each step": told_once(office, mine, ended),
        "no password is kept": not {_PASSWORD, _AS_SENT} & {word for one in of(office, mine) for word in words(one)},
    }
    broken = [name for name, holds in checks.items() if not holds]
    return f"{wrong} at {at}: {broken}" if broken else ""


def of(office: Office, mine: list[int]) -> list[OutgoingLetter]:
    with office.store.reading() as conn:
        return [letter for number in mine if (letter := outbox.get(conn, number))]


def words(letter: OutgoingLetter) -> list[str]:
    return (letter.reply or "").split()


def states(office: Office, mine: list[int]) -> list[str]:
    return [letter.state.value for letter in of(office, mine)]


def told_once(office: Office, mine: list[int], ended: str) -> bool:
    """Written, put off as often as it was, and one end."""
    for letter, end in zip(of(office, mine), (ended, "sent", "sent"), strict=True):
        with office.store.reading() as conn:
            told = [one.kind.removeprefix("letter-") for one in events.history(conn, letter_id=letter.id)]
        if told != ["queued"] * letter.attempts + [end]:
            return False
    return True


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("at", COMMANDS)
def test_fault_40_a_relay_that_goes_wrong_at_any_command_loses_and_doubles_no_letter(
    store: Store, certificate: Certificate, at: str
) -> None:
    office = Office(store)
    quick = [wrong for wrong in _WRONGS if wrong not in _SLOW]
    assert [told for wrong in quick if (told := what_broke(office, certificate, at, wrong))] == []


@pytest.mark.parametrize("wrong", _SLOW)
def test_fault_40_a_relay_that_hangs_at_any_command_is_left_in_time(
    sqlite_template: Path, tmp_path: Path, certificate: Certificate, wrong: Wrong
) -> None:
    """All commands at the same time, each with letters of its own."""

    def one(at: str) -> str:
        shutil.copy(sqlite_template, tmp_path / f"{at}.db")
        with closing(open_store(f"sqlite:///{tmp_path}/{at}.db", tmp_path / at)) as store:
            return what_broke(Office(store), certificate, at, wrong)

    with ThreadPoolExecutor(len(COMMANDS)) as pool:
        assert [told for told in pool.map(one, COMMANDS) if told] == []
