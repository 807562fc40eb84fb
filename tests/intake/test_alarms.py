"""The administrator hears of each complaint once, again while it lasts, and of its end; never from two services."""

import email
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import policy
from pathlib import Path

import pytest
from support.smtp import DROP, Relay

from dossier.health import Cause, Complaint
from intake.alarms import AlarmPolicy, Alarms
from notifier.envelope import MailIdentity
from notifier.smtp import Security, Sender, SmtpSettings
from store import alarms, events, outbox
from store.engine import Store, open_store
from store.errors import TemporaryStoreError

NOW = datetime(2021, 4, 19, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SILENT = Complaint(Cause.NO_POLL, "office/INBOX", "Không đọc được hộp thư.", "The mailbox is not read.")
FULL = Complaint(Cause.DISK, "blobs", "Ổ đĩa đầy.", "The disk is full.")


@pytest.fixture
def relay() -> Iterator[Relay]:
    with Relay() as started:
        yield started


def alarms_on(store: Store, relay: Relay, *, most: int = 20) -> Alarms:
    identity = MailIdentity("sangkien@cdyte.example", "Công đoàn ngành Y tế (thư tự động)")
    rule = AlarmPolicy("quantri@xa.example", identity, "cdyte.example", "vi", 12 * HOUR, most)
    settings = SmtpSettings(relay.host, relay.port, Security.NONE, None, None)
    return Alarms(store, rule, lambda: Sender(settings))


def subjects(relay: Relay) -> list[str]:
    return [str(email.message_from_bytes(one.content, policy=policy.default)["Subject"]) for one in relay.received]


def test_one_mail_for_each_complaint_again_after_its_hours_and_one_when_all_is_clear(
    store: Store, relay: Relay
) -> None:
    told = alarms_on(store, relay)
    assert told.tell([SILENT, FULL], NOW) == 2
    assert told.tell([SILENT, FULL], NOW + HOUR) == 0
    assert told.tell([SILENT, FULL], NOW + 12 * HOUR) == 2
    assert told.tell([], NOW + 13 * HOUR) == 1
    assert told.tell([], NOW + 14 * HOUR) == 0
    silent, full = "[Hoso] Cảnh báo: no-poll office/INBOX", "[Hoso] Cảnh báo: disk blobs"
    clear = "[Hoso] Đã trở lại bình thường: disk blobs, no-poll office/INBOX"
    assert subjects(relay) == [silent, full, silent, full, clear]


def test_the_mail_says_that_a_machine_wrote_it_and_what_to_do(store: Store, relay: Relay) -> None:
    alarms_on(store, relay).tell([SILENT], NOW)
    (taken,) = relay.received
    assert (taken.sender, taken.recipient) == ("sangkien@cdyte.example", "quantri@xa.example")
    mail = email.message_from_bytes(taken.content, policy=policy.default)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Hoso-Loop"] == "sangkien@cdyte.example"
    assert SILENT.vi in mail.get_content()
    with store.reading() as conn:
        assert outbox.listed(conn) == []


def test_what_comes_and_goes_is_told_once_in_its_hours(store: Store, relay: Relay) -> None:
    told = alarms_on(store, relay)
    for minutes in range(0, 600, 20):
        told.tell([SILENT] if minutes % 40 == 0 else [], NOW + timedelta(minutes=minutes))
    assert len(relay.received) == 2  # the first alarm and its end


def test_no_more_than_so_many_mails_go_out_in_a_day(store: Store, relay: Relay) -> None:
    many = [Complaint(Cause.NO_POLL, f"office/{number}", "vi", "en") for number in range(9)]
    told = alarms_on(store, relay, most=4)
    assert told.tell(many, NOW) == 4
    assert told.tell(many, NOW + 13 * HOUR) == 0
    assert told.tell(many, NOW + 25 * HOUR) == 4


@pytest.mark.parametrize(("answer", "told_later"), [("451 4.3.0 later", 1), (DROP, 1), ("550 5.1.1 nobody", 0)])
def test_a_mail_that_surely_did_not_go_out_is_told_at_the_next_look(
    store: Store, relay: Relay, answer: str, told_later: int
) -> None:
    relay.script.at("RCPT", answer)
    told = alarms_on(store, relay)
    assert told.tell([SILENT], NOW) == 0
    assert told.tell([SILENT], NOW + timedelta(minutes=1)) == told_later
    assert len(relay.received) == told_later


def test_a_mail_of_unknown_outcome_is_not_repeated(store: Store, relay: Relay) -> None:
    relay.script.at("content", DROP)
    told = alarms_on(store, relay)
    told.tell([SILENT], NOW)
    told.tell([SILENT], NOW + timedelta(minutes=1))
    assert relay.script.commands.count("content") == 1


def test_an_end_that_could_not_be_told_is_told_later(store: Store, relay: Relay) -> None:
    told = alarms_on(store, relay)
    told.tell([SILENT], NOW)
    relay.script.at("MAIL", "451 4.3.0 later")
    assert told.tell([], NOW + HOUR) == 0
    assert told.tell([], NOW + 2 * HOUR) == 1
    with store.reading() as conn:
        assert alarms.standing(conn) == []


def test_of_two_services_one_alone_tells(url: str, store: Store, relay: Relay) -> None:
    other = open_store(url, store.blobs.root)
    services = [alarms_on(one, relay) for one in (store, other)]
    together = threading.Barrier(2)

    def tell(one: Alarms) -> None:
        together.wait()
        for minutes in range(3):
            one.tell([SILENT, FULL], NOW + timedelta(minutes=minutes))

    threads = [threading.Thread(target=tell, args=(one,)) for one in services]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    assert sorted(subjects(relay)) == ["[Hoso] Cảnh báo: disk blobs", "[Hoso] Cảnh báo: no-poll office/INBOX"]


def test_a_store_that_cannot_be_written_keeps_no_alarm_back_and_repeats_none(tmp_path: Path, relay: Relay) -> None:
    store = open_store("sqlite:////nowhere/hoso.sqlite", tmp_path)
    told = alarms_on(store, relay)
    assert [told.tell([FULL], NOW + hours * HOUR) for hours in (0, 1, 12)] == [1, 0, 1]
    store.close()


def test_what_was_told_while_nothing_could_be_written_is_not_told_again_and_its_end_is(
    store: Store, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = alarms_on(store, relay)
    told.tell([SILENT], NOW - HOUR)
    with monkeypatch.context() as full:

        def no_room(*arguments: object) -> None:
            raise TemporaryStoreError("the disk is full: free space and try again")

        full.setattr(alarms, "claim", no_room)
        assert told.tell([FULL], NOW) == 1
    assert told.tell([FULL], NOW + HOUR) == 1  # the end of the other
    assert told.tell([], NOW + 2 * HOUR) == 1
    silent, full_disk, clear = "Cảnh báo: no-poll office/INBOX", "Cảnh báo: disk blobs", "Đã trở lại bình thường"
    assert subjects(relay) == [
        f"[Hoso] {silent}",
        f"[Hoso] {full_disk}",
        f"[Hoso] {clear}: no-poll office/INBOX",
        f"[Hoso] {clear}: disk blobs",
    ]


def in_history(store: Store) -> list[tuple[str, object, datetime]]:
    with store.reading() as conn:
        return [(one.kind, one.facts["alarm"], one.at) for one in events.history(conn)]


def test_the_history_tells_each_alarm_once_when_it_is_raised_and_once_when_it_ends(store: Store, relay: Relay) -> None:
    """Whatever the mails do: the end could not be told at first, and one complaint comes back meanwhile."""
    told = alarms_on(store, relay)
    for minutes in (0, 1, 2):
        told.tell([SILENT, FULL], NOW + timedelta(minutes=minutes))
    relay.script.at("MAIL", "451 4.3.0 later", "451 4.3.0 later")
    for hours in (1, 2):
        assert told.tell([], NOW + hours * HOUR) == 0
    assert told.tell([FULL], NOW + 3 * HOUR) == 1, "the end of the other"
    told.tell([], NOW + 4 * HOUR)
    silent, full = SILENT.key, FULL.key
    assert in_history(store) == [
        ("alarm-raised", silent, NOW),
        ("alarm-raised", full, NOW),
        ("alarm-ended", full, NOW + HOUR),
        ("alarm-ended", silent, NOW + HOUR),
        ("alarm-raised", full, NOW + 3 * HOUR),
        ("alarm-ended", full, NOW + 4 * HOUR),
    ]


def test_what_was_told_while_nothing_could_be_written_is_in_the_history_with_its_own_time(
    store: Store, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = alarms_on(store, relay)
    with monkeypatch.context() as full:

        def no_room(*arguments: object) -> None:
            raise TemporaryStoreError("the disk is full: free space and try again")

        full.setattr(alarms, "claim", no_room)
        told.tell([FULL], NOW)
    told.tell([], NOW + HOUR)
    assert in_history(store) == [("alarm-raised", FULL.key, NOW), ("alarm-ended", FULL.key, NOW + HOUR)]
