"""What is found out about the service's health on a real store: looks, clocks, queues, disks; and the alarm of each."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from support.accounts import on_script
from support.dossier_mail import CAMPAIGN, mail
from support.office import Office
from support.scripted_imap import ScriptedImap, scripted_imap

from dossier.health import Cause, Thresholds, judge
from dossier.model import Verdict
from ingest.errors import MailboxError
from ingest.imap import Mailbox
from intake.health import facts, note_look
from intake.receive import receive
from store import condition, dossiers, mailboxes, revisions
from store.engine import Store, open_store

CODE = CAMPAIGN.roster.unions[0].code
OTHER = CAMPAIGN.roster.unions[1].code
FOLDERS = [("office", "INBOX")]
BEFORE_THE_DEADLINE = datetime(2021, 4, 20, 16, 30, tzinfo=UTC)
"""By the mail server's clock, half an hour before it."""
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LIMITS = Thresholds(15 * MINUTE, 500, 30 * MINUTE, HOUR, 1, 5 * MINUTE, None, None)


@dataclass
class Machine:
    """A server with the right time, and this machine, whose clock is off by so much."""

    store: Store
    server: ScriptedImap
    off: timedelta
    true: datetime = BEFORE_THE_DEADLINE

    def clock(self) -> datetime:
        return self.true + self.off

    def delivered(self, content: bytes, at: datetime | None = None) -> None:
        uid = len(self.server.messages) + 1
        moment = (at or self.true).strftime("%d-%b-%Y %H:%M:%S +0000")
        self.server.dates = {**self.server.dates, uid: moment}
        self.server.messages[uid] = content

    def look(self) -> None:
        started = self.clock()
        with Mailbox.open(on_script(self.server), "INBOX", clock=self.clock) as mailbox:
            receive(mailbox, "office", self.store, self.clock)
            note_look(self.store, "office", "INBOX", mailbox.uidvalidity, started)

    def complaints(self) -> list[Cause]:
        return [one.cause for one in judge(facts(self.store, FOLDERS, self.clock()), LIMITS)]


@pytest.fixture
def server() -> Iterator[ScriptedImap]:
    with scripted_imap({}) as started:
        yield started


def verdict(office: Office, code: str) -> tuple[Verdict, datetime | None]:
    with office.store.reading() as conn:
        dossier = dossiers.of_union(conn, CAMPAIGN.key, code)
        assert dossier is not None
        assessment = revisions.every(conn, dossier.id)[-1].assessment
    return assessment.verdict, assessment.received_at


@pytest.mark.parametrize(
    ("off", "alarm"),
    [(timedelta(), []), (HOUR, [Cause.CLOCK]), (-HOUR, [Cause.CLOCK])],
    ids=["right", "ahead", "behind"],
)
def test_fault_19_an_hour_off_changes_no_verdict_and_raises_an_alarm(
    office: Office, server: ScriptedImap, off: timedelta, alarm: list[Cause]
) -> None:
    machine = Machine(office.store, server, off)
    machine.look()
    for code in (CODE, OTHER):
        machine.true += 20 * timedelta(seconds=1)
        machine.delivered(mail(code, at=machine.true))
        machine.true += 20 * timedelta(seconds=1)
        machine.look()
    office.now = machine.clock()
    assert office.judges() == 2
    assert machine.complaints() == alarm
    for number, code in enumerate((CODE, OTHER)):
        received = BEFORE_THE_DEADLINE + timedelta(seconds=20 + 40 * number)
        assert verdict(office, code) == (Verdict.ACCEPTED, received)


def test_fault_19_after_the_clock_is_set_right_the_next_message_ends_the_alarm(
    store: Store, server: ScriptedImap
) -> None:
    machine = Machine(store, server, -HOUR)
    machine.look()
    machine.delivered(b"Subject: a\r\n\r\n1\r\n")
    machine.true += MINUTE
    machine.look()
    assert machine.complaints() == [Cause.CLOCK]
    machine.off = timedelta()
    machine.look()
    machine.delivered(b"Subject: b\r\n\r\n2\r\n")
    machine.true += MINUTE
    machine.look()
    assert Cause.CLOCK not in machine.complaints()


def test_fault_19_a_clock_that_jumps_back_is_told_at_once(store: Store, server: ScriptedImap) -> None:
    machine = Machine(store, server, timedelta())
    machine.look()
    machine.off = -HOUR
    machine.true += MINUTE
    assert machine.complaints() == [Cause.CLOCK]


def test_an_old_message_that_a_person_moved_in_is_no_alarm(store: Store, server: ScriptedImap) -> None:
    machine = Machine(store, server, timedelta())
    machine.look()
    for days in (40, 3):
        machine.delivered(b"Subject: %d\r\n\r\n" % days, machine.true - timedelta(days=days))
    machine.true += MINUTE
    machine.look()
    assert machine.complaints() == []


def test_no_look_for_so_many_minutes_is_an_alarm_until_one_goes_well(store: Store, server: ScriptedImap) -> None:
    machine = Machine(store, server, timedelta())
    assert machine.complaints() == [Cause.NO_POLL]
    machine.look()
    assert machine.complaints() == []
    machine.true += 16 * MINUTE
    assert machine.complaints() == [Cause.NO_POLL]
    port, server.port = server.port, 1
    with pytest.raises(MailboxError):
        machine.look()
    assert machine.complaints() == [Cause.NO_POLL]
    server.port = port
    machine.look()
    assert machine.complaints() == []


def test_a_message_that_nobody_judges_is_an_alarm(office: Office, server: ScriptedImap) -> None:
    machine = Machine(office.store, server, timedelta())
    machine.look()
    machine.delivered(mail(CODE, at=machine.true))
    machine.look()
    machine.true += 31 * MINUTE
    machine.look()
    assert machine.complaints() == [Cause.QUEUE]
    office.now = machine.clock()
    office.judges()
    assert machine.complaints() == []
    held = facts(office.store, FOLDERS, machine.clock())
    assert (held.pending, held.pending_since, held.waiting) == (0, None, 1)
    machine.true += 2 * HOUR  # and the letter is not sent
    machine.look()
    assert machine.complaints() == [Cause.LETTERS_WAIT]


def test_a_disk_that_fills_is_an_alarm(store: Store, monkeypatch: pytest.MonkeyPatch, server: ScriptedImap) -> None:
    machine = Machine(store, server, timedelta())
    machine.look()
    asked: list[Path] = []

    def usage(path: Path) -> SimpleNamespace:
        asked.append(path)
        return SimpleNamespace(total=100, used=100, free=0)

    monkeypatch.setattr(condition, "disk_usage", usage)
    assert set(machine.complaints()) == {Cause.DISK}
    assert all(path.exists() for path in asked)


def test_records_that_cannot_be_read_are_told_and_the_disks_all_the_same(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/none/hoso.sqlite", tmp_path / "blobs")
    found = facts(store, FOLDERS, BEFORE_THE_DEADLINE)
    store.close()
    assert [one.cause for one in judge(found, LIMITS)] == [Cause.STORE]
    full = replace(found, disks=tuple(replace(one, free=0) for one in found.disks))
    assert {one.cause for one in judge(full, LIMITS)} == {Cause.STORE, Cause.DISK}


def test_what_was_in_the_mailbox_at_the_first_look_tells_nothing_of_the_clock(
    store: Store, server: ScriptedImap
) -> None:
    machine = Machine(store, server, timedelta())
    for years in (2, 3):
        machine.delivered(b"Subject: old\r\n\r\n%d\r\n" % years, machine.true - timedelta(days=365 * years))
    machine.look()
    machine.look()
    assert machine.complaints() == []
    with store.reading() as conn:
        assert mailboxes.generations(conn, "office", "INBOX")[0].backlog_through == 2
