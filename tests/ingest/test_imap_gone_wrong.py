"""What a server must do wrong on demand: hang, hang up, answer with nothing or with nonsense."""

import re
import socket
import threading
import time

import pytest
from support.accounts import on_script
from support.loopback import free_port
from support.scripted_imap import Fault, Wrong, scripted_imap

from ingest.account import ImapAccount, Secret, Security, Timeouts
from ingest.checking import check
from ingest.errors import MailboxError, PermanentMailboxError, TemporaryMailboxError
from ingest.fetching import Unfetched, Why
from ingest.idle import WaitResult
from ingest.imap import Mailbox

THREE = {1: b"Subject: a\r\n\r\none\r\n", 2: b"Subject: b\r\n\r\ntwo\r\n", 5: b"Subject: c\r\n\r\nfive\r\n"}
COMMANDS = ["GREETING", "CAPABILITY", "LOGIN", "SELECT", "SEARCH", "FETCH", "IDLE", "DONE"]


def read_all(mailbox: Mailbox) -> dict[int, bytes]:
    return {raw.position.uid: raw.content for raw in mailbox.fetch(mailbox.uids()) if raw.position}


def go_the_whole_way(account: ImapAccount) -> dict[int, bytes]:
    with Mailbox.open(account, "INBOX") as mailbox:
        found = read_all(mailbox)
        mailbox.wait(0.2, threading.Event())
        return found


def test_without_a_fault_the_scripted_server_serves_its_messages() -> None:
    with scripted_imap(THREE) as server:
        assert go_the_whole_way(on_script(server)) == THREE


@pytest.mark.parametrize("at", COMMANDS)
@pytest.mark.parametrize("wrong", ["drop", "bye", "hang", "trickle"])
def test_a_server_that_fails_at_any_command_is_left_in_time(at: str, wrong: Wrong) -> None:
    times = Timeouts(connect=0.3, read=0.3, session=0.6)
    with scripted_imap(THREE, Fault(at, wrong)) as server:
        started = time.monotonic()
        with pytest.raises(TemporaryMailboxError):
            go_the_whole_way(on_script(server, timeouts=times))
        assert time.monotonic() - started < 30


def test_a_trickle_outlives_the_read_timeout_and_the_watchdog_cuts_it() -> None:
    times = Timeouts(connect=5, read=5, session=0.5)
    with (
        scripted_imap(THREE, Fault("FETCH", "trickle")) as server,
        Mailbox.open(on_script(server, timeouts=times), "INBOX") as mailbox,
        pytest.raises(TemporaryMailboxError, match=r"not done within 0\.5 seconds"),
    ):
        read_all(mailbox)


def test_the_watchdog_counts_from_one_step_forward_to_the_next() -> None:
    many = {uid: b"Subject: x\r\n\r\n%d\r\n" % uid for uid in range(1, 8)}
    with scripted_imap(many) as server:
        account = on_script(server, batch_messages=1, timeouts=Timeouts(connect=1, read=1, session=1))
        with Mailbox.open(account, "INBOX") as mailbox:
            found = []
            for raw in mailbox.fetch(mailbox.uids()):
                time.sleep(0.2)  # our own work is not the server's time
                found.append(raw.content)
            assert mailbox.wait(1.2, threading.Event()) is WaitResult.QUIET
    assert found == list(many.values())


def test_what_came_before_the_connection_dropped_in_a_fetch_is_good() -> None:
    found: list[bytes] = []

    def read(mailbox: Mailbox) -> None:
        for raw in mailbox.fetch(mailbox.uids()):
            found.append(raw.content)
            server.faults = (Fault("FETCH", "drop-inside", uid=5),)

    with scripted_imap(THREE) as server:
        account = on_script(server, batch_messages=2)
        with Mailbox.open(account, "INBOX") as mailbox, pytest.raises(TemporaryMailboxError) as caught:
            read(mailbox)
        assert found == [THREE[1], THREE[2]]
        assert caught.value.uids == (5,)
        server.faults = ()
        with Mailbox.open(account, "INBOX") as mailbox:
            assert read_all(mailbox) == THREE


@pytest.mark.parametrize("wrong", ["empty", "no-content", "garbage"])
def test_an_answer_without_content_is_not_done(wrong: Wrong) -> None:
    with (
        scripted_imap(THREE, Fault("FETCH", wrong, uid=2)) as server,
        Mailbox.open(on_script(server), "INBOX") as mailbox,
    ):
        assert read_all(mailbox) == {1: THREE[1], 5: THREE[5]}
        [unfetched] = mailbox.unfetched
        assert unfetched.uid == 2
        assert unfetched.why in {Why.EMPTY, Why.REFUSED}


def test_an_answer_without_content_is_asked_for_again() -> None:
    # once for the sizes, once for the batch: the third time it comes
    with (
        scripted_imap(THREE, Fault("FETCH", "no-content", uid=2, times=2)) as server,
        Mailbox.open(on_script(server), "INBOX") as mailbox,
    ):
        assert read_all(mailbox) == THREE
        assert mailbox.unfetched == ()


def test_a_message_that_the_server_refuses_does_not_hold_up_the_others() -> None:
    refusal = Fault("FETCH", "no", uid=2, text="cannot convert the message")
    with scripted_imap(THREE, refusal) as server, Mailbox.open(on_script(server), "INBOX") as mailbox:
        assert read_all(mailbox) == {1: THREE[1], 5: THREE[5]}
        [unfetched] = mailbox.unfetched
        assert (unfetched.uid, unfetched.why) == (2, Why.REFUSED)
        assert "cannot convert" in unfetched.detail


def test_a_server_that_is_busy_is_no_fault_of_the_message() -> None:
    busy = Fault("FETCH", "no", text="[UNAVAILABLE] back in a minute")
    with (
        scripted_imap(THREE, busy) as server,
        Mailbox.open(on_script(server), "INBOX") as mailbox,
        pytest.raises(TemporaryMailboxError, match="back in a minute"),
    ):
        read_all(mailbox)


def test_a_message_that_is_really_empty_is_a_message() -> None:
    with scripted_imap({1: b""}) as server, Mailbox.open(on_script(server), "INBOX") as mailbox:
        assert read_all(mailbox) == {1: b""}


def test_a_message_that_is_not_there_is_gone() -> None:
    with scripted_imap(THREE) as server, Mailbox.open(on_script(server), "INBOX") as mailbox:
        assert [raw.content for raw in mailbox.fetch([1, 3])] == [THREE[1]]
        assert mailbox.unfetched == (Unfetched(3, Why.GONE),)


@pytest.mark.parametrize("wrong", ["unasked", "literal8"])
def test_unasked_answers_and_literals_of_eight_bits_do_no_harm(wrong: Wrong) -> None:
    with scripted_imap(THREE, Fault("FETCH", wrong)) as server:
        assert go_the_whole_way(on_script(server)) == THREE


def test_a_huge_message_whose_parts_end_early_is_not_taken_for_whole() -> None:
    huge = {1: b"x" * 1000}
    server_fault = Fault("FETCH", "no-content", uid=1)
    with scripted_imap(huge) as server, Mailbox.open(on_script(server, batch_bytes=300), "INBOX") as mailbox:
        assert read_all(mailbox) == huge
        asked = [command for command in server.commands if "BODY.PEEK[]<" in command]
        assert len(asked) == 4
        server.faults = (server_fault,)
        server.messages[1] = b"y" * 1000
        assert list(mailbox.fetch([1])) == []


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("20-Apr-2021 23:59:59 +0700", "2021-04-20T23:59:59+07:00"),
        (" 1-Apr-2021 00:00:00 -0330", "2021-04-01T00:00:00-03:30"),
        ("31-Feb-2021 00:00:00 +0000", None),
        ("20-Apr-2021 00:00:00 +9959", None),
        ("yesterday", None),
    ],
)
def test_a_time_that_cannot_be_read_is_told_as_unknown_and_the_message_is_kept(date: str, expected: str | None) -> None:
    with (
        scripted_imap({1: THREE[1]}, dates={1: date}) as server,
        Mailbox.open(on_script(server), "INBOX") as mailbox,
    ):
        [raw] = mailbox.fetch([1])
    assert raw.content == THREE[1]
    assert (raw.internal_date.isoformat() if raw.internal_date else None) == expected


def test_news_in_one_segment_with_the_begin_of_idle_are_seen_at_once() -> None:
    with (
        scripted_imap(THREE, Fault("IDLE", "news-with-plus")) as server,
        Mailbox.open(on_script(server), "INBOX") as mailbox,
    ):
        started = time.monotonic()
        assert mailbox.wait(600, threading.Event()) is WaitResult.NEWS
        assert time.monotonic() - started < 60


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("[AUTHENTICATIONFAILED] Invalid credentials", PermanentMailboxError),
        ("LOGIN failed.", PermanentMailboxError),
        ("[UNAVAILABLE] Temporary authentication failure.", TemporaryMailboxError),
        ("[ALERT] Too many simultaneous connections. (Failure)", TemporaryMailboxError),
        ("[LIMIT] later", TemporaryMailboxError),
    ],
)
def test_a_refused_login_is_told_apart_from_a_busy_server(text: str, error: type[MailboxError]) -> None:
    with scripted_imap(THREE, Fault("LOGIN", "no", text=text)) as server, pytest.raises(error):
        Mailbox.open(on_script(server), "INBOX")


def test_a_server_that_repeats_the_command_does_not_give_the_password_away() -> None:
    with (
        scripted_imap(THREE, Fault("LOGIN", "echo")) as server,
        pytest.raises(PermanentMailboxError, match="<secret>") as caught,
    ):
        Mailbox.open(on_script(server, password=Secret("s3cr3t")), "INBOX")
    assert "s3cr3t" not in str(caught.value)


def test_a_server_that_takes_no_password_in_the_clear_is_sent_none() -> None:
    with (
        scripted_imap(THREE, capabilities="IMAP4rev1 LOGINDISABLED") as server,
        pytest.raises(PermanentMailboxError, match="use tls or starttls"),
    ):
        Mailbox.open(on_script(server), "INBOX")
    assert not any("throw-away" in command for command in server.commands)


def test_without_starttls_no_password_is_sent() -> None:
    with scripted_imap(THREE) as server, pytest.raises(PermanentMailboxError):
        Mailbox.open(on_script(server, security=Security.STARTTLS), "INBOX")
    assert not any("throw-away" in command for command in server.commands)


def test_without_move_a_message_is_copied_marked_and_expunged_alone() -> None:
    with (
        scripted_imap(THREE, capabilities="IMAP4rev1 UIDPLUS") as server,
        Mailbox.open(on_script(server), "INBOX") as mailbox,
    ):
        mailbox.move(2, "Done")
    changes = [command for command in server.commands if re.match("UID (COPY|STORE|EXPUNGE)", command)]
    assert changes == ['UID COPY 2 "Done"', "UID STORE 2 +FLAGS.SILENT (\\Deleted)", "UID EXPUNGE 2"]


def test_a_folder_without_uidvalidity_cannot_be_used() -> None:
    with (
        scripted_imap(THREE, uidvalidity=0) as server,
        pytest.raises(PermanentMailboxError, match="no UIDVALIDITY"),
    ):
        Mailbox.open(on_script(server), "INBOX")


def test_a_folder_of_many_thousands_is_searched_in_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.imap._SEARCH_WINDOW", 4)
    many = dict.fromkeys(range(10, 40, 3), b"x")
    with scripted_imap(many) as server, Mailbox.open(on_script(server), "INBOX") as mailbox:
        assert mailbox.uids() == tuple(many)
        assert mailbox.uids_after(22) == tuple(uid for uid in many if uid > 22)
        windows = [command.split()[2] for command in server.commands if command.startswith("UID SEARCH")]
    assert windows[:3] == ["7:*", "3:6", "1:2"]


def test_nobody_at_the_port_and_no_such_host_are_passing_troubles() -> None:
    with scripted_imap(THREE) as server:
        account = on_script(server, port=free_port())
        with pytest.raises(TemporaryMailboxError, match="nothing listens"):
            Mailbox.open(account, "INBOX")
        with pytest.raises(TemporaryMailboxError, match="connecting to"):
            check(on_script(server, port=free_port()))


def test_a_port_that_accepts_and_says_nothing_is_left_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, scripted_imap({}) as server:
        account = on_script(server, port=silent.getsockname()[1], timeouts=Timeouts(connect=0.3, read=0.3, session=0.6))
        started = time.monotonic()
        with pytest.raises(TemporaryMailboxError, match="did not answer in time"):
            Mailbox.open(account, "INBOX")
        assert time.monotonic() - started < 30
