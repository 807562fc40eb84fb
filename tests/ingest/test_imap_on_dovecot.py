"""Reading a mailbox, on the Dovecot of the distribution."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from support.accounts import on_dovecot
from support.dovecot import Dovecot

from ingest.account import After, Secret, Security
from ingest.checking import check
from ingest.errors import PermanentMailboxError, TemporaryMailboxError
from ingest.fetching import Unfetched, Why
from ingest.idle import WaitResult
from ingest.imap import Mailbox

pytestmark = pytest.mark.dovecot

NewUser = Callable[[], str]
HANOI = timezone(timedelta(hours=7))


def message(number: int, size: int = 0) -> bytes:
    """A small message; `size` adds lines of that many bytes in all."""
    head = f"From: a{number}@union.example\r\nSubject: Hồ sơ {number}\r\n\r\n".encode()
    return head + b"0123456789abcdef0123456789abcd\r\n" * (size // 32) + f"{number}\r\n".encode()


def test_the_bytes_come_as_they_were_delivered(dovecot: Dovecot, new_user: NewUser) -> None:
    user = new_user()
    contents = [message(1), b"no header at all\r\n", b"\xff\xfe\x00 raw\r\n\r\nTo: tr\xecnh\r\n", message(4, 100_000)]
    uids = dovecot.deliver_all(user, [(each, None) for each in contents])
    with Mailbox.open(on_dovecot(dovecot, user), "INBOX") as mailbox:
        fetched = list(mailbox.fetch(mailbox.uids()))
        assert mailbox.unfetched == ()
    # Dovecot itself turns NUL into 0x80 when it stores: what counts is what it holds
    assert [raw.content for raw in fetched] == list(dovecot.contents(user).values())
    assert [raw.content for raw in (fetched[0], fetched[1], fetched[3])] == [contents[0], contents[1], contents[3]]
    assert [raw.position.uid for raw in fetched if raw.position] == uids
    assert {raw.source for raw in fetched} == {"office/INBOX"}


def test_reading_never_marks_a_message_as_seen(dovecot: Dovecot, new_user: NewUser) -> None:
    user = new_user()
    dovecot.deliver_all(user, [(message(n, 50_000), None) for n in range(3)])
    account = on_dovecot(dovecot, user, batch_bytes=20_000)
    with Mailbox.open(account, "INBOX") as mailbox:
        assert len(list(mailbox.fetch(mailbox.uids()))) == 3
        mailbox.wait(0.1, threading.Event())
    check(account)
    assert dovecot.flags(user) == {1: set(), 2: set(), 3: set()}


@pytest.mark.parametrize("zone", [UTC, HANOI, timezone(-timedelta(hours=9, minutes=30)), timezone(timedelta(hours=14))])
def test_the_servers_time_is_kept_to_the_second_and_is_aware(
    dovecot: Dovecot, new_user: NewUser, zone: timezone
) -> None:
    user = new_user()
    received = [datetime(2021, 4, 20, 23, 59, 59, tzinfo=zone), datetime(2021, 4, 21, 0, 0, 0, tzinfo=zone)]
    dovecot.deliver_all(user, [(message(1), at) for at in received])
    now = datetime(2021, 4, 21, 8, tzinfo=UTC)
    with Mailbox.open(on_dovecot(dovecot, user), "INBOX", clock=lambda: now) as mailbox:
        fetched = list(mailbox.fetch(mailbox.uids()))
    assert [raw.internal_date for raw in fetched] == received
    assert [raw.fetched_at for raw in fetched] == [now, now]


def test_messages_come_in_batches_in_the_order_of_arrival(dovecot: Dovecot, new_user: NewUser) -> None:
    user = new_user()
    contents = [message(n, 3_000 if n % 7 == 0 else 0) for n in range(230)]
    dovecot.deliver_all(user, [(each, None) for each in contents])
    with Mailbox.open(on_dovecot(dovecot, user, batch_messages=11, batch_bytes=4_000), "INBOX") as mailbox:
        uids = mailbox.uids()
        fetched = [raw.content for raw in mailbox.fetch(reversed(uids))]
    assert fetched == contents


def test_a_huge_message_comes_in_parts_and_whole(dovecot: Dovecot, new_user: NewUser) -> None:
    user = new_user()
    contents = [message(1, 64_000), message(2), message(3, 40_000)[:40_000]]
    dovecot.deliver_all(user, [(each, datetime(2021, 4, 20, 8, tzinfo=HANOI)) for each in contents])
    with Mailbox.open(on_dovecot(dovecot, user, batch_bytes=10_000), "INBOX") as mailbox:
        fetched = list(mailbox.fetch(mailbox.uids()))
    assert [raw.content for raw in fetched] == contents
    assert {raw.internal_date for raw in fetched} == {datetime(2021, 4, 20, 8, tzinfo=HANOI)}


def test_a_message_that_a_person_has_read_is_new_all_the_same(dovecot: Dovecot, new_user: NewUser) -> None:
    user = new_user()
    account = on_dovecot(dovecot, user)
    first = dovecot.deliver(user, message(1))
    with Mailbox.open(account, "INBOX") as mailbox:
        assert mailbox.uids_after(0) == (first,)
        assert mailbox.uids_after(first) == (), "n:* names the last message also where nothing is new"
    second = dovecot.deliver(user, message(2), flags=("\\Seen", "\\Flagged"))
    with Mailbox.open(account, "INBOX") as mailbox:
        assert mailbox.uids_after(first) == (second,)
        assert [raw.content for raw in mailbox.fetch([second])] == [message(2)]


def test_an_empty_folder_has_nothing_new(dovecot: Dovecot, new_user: NewUser) -> None:
    with Mailbox.open(on_dovecot(dovecot, new_user()), "INBOX") as mailbox:
        assert mailbox.uids() == ()
        assert list(mailbox.fetch([])) == []
        assert (mailbox.exists, mailbox.uidnext) == (0, 1)
        assert mailbox.uidvalidity > 0


def test_messages_that_a_person_moves_or_deletes_meanwhile_are_gone(dovecot: Dovecot, new_user: NewUser) -> None:
    user = new_user()
    dovecot.deliver_all(user, [(message(n), None) for n in range(1, 6)])
    with Mailbox.open(on_dovecot(dovecot, user), "INBOX") as mailbox:
        uids = mailbox.uids()
        with dovecot.client(user, "INBOX") as person:
            person.create_folder("Private")
            person.move([2], "Private")
            person.add_flags([4], ["\\Deleted"])
            person.expunge([4])
        fetched = [raw.position.uid for raw in mailbox.fetch(uids) if raw.position]
        assert fetched == [1, 3, 5]
        assert mailbox.unfetched == (Unfetched(2, Why.GONE), Unfetched(4, Why.GONE))


def test_a_new_uidvalidity_is_noticed(dovecot: Dovecot, new_user: NewUser) -> None:
    user = new_user()
    account = on_dovecot(dovecot, user)
    dovecot.deliver_all(user, [(message(n), datetime(2021, 4, n, tzinfo=UTC)) for n in (1, 2)])
    with Mailbox.open(account, "INBOX") as mailbox:
        before = {raw.content: raw for raw in mailbox.fetch(mailbox.uids())}
    renewed = dovecot.renew_uidvalidity(user)
    with Mailbox.open(account, "INBOX") as mailbox:
        after = {raw.content: raw for raw in mailbox.fetch(mailbox.uids())}
        assert mailbox.uidvalidity == renewed
    assert before.keys() == after.keys()
    for content, raw in after.items():
        assert raw.position != before[content].position
        assert raw.internal_date == before[content].internal_date


def test_idle_wakes_at_the_delivery(dovecot: Dovecot, new_user: NewUser) -> None:
    user = new_user()
    woken: list[tuple[WaitResult, float]] = []
    with Mailbox.open(on_dovecot(dovecot, user), "INBOX") as mailbox:

        def wait() -> None:
            woken.append((mailbox.wait(600, threading.Event()), time.monotonic()))

        waiting = threading.Thread(target=wait)
        waiting.start()
        time.sleep(0.3)
        uid = dovecot.deliver(user, message(1))
        delivered = time.monotonic()
        waiting.join()
        assert mailbox.uids_after(uid - 1) == (uid,)
    [(result, at)] = woken
    assert result is WaitResult.NEWS
    assert at - delivered < 60


def test_what_came_between_the_search_and_the_wait_is_news_at_once(dovecot: Dovecot, new_user: NewUser) -> None:
    user = new_user()
    first = dovecot.deliver(user, message(1))
    with Mailbox.open(on_dovecot(dovecot, user), "INBOX") as mailbox:
        assert mailbox.uids_after(0) == (first,)
        dovecot.deliver(user, message(2))
        # its answer tells of the new message, which IDLE will not tell again
        assert len(list(mailbox.fetch([first]))) == 1
        assert mailbox.wait(60, threading.Event()) is WaitResult.NEWS


def test_idle_is_begun_anew_and_ends_when_the_time_is_over(dovecot: Dovecot, new_user: NewUser) -> None:
    user = new_user()
    with Mailbox.open(on_dovecot(dovecot, user, idle_renew=0.1), "INBOX") as mailbox:
        started = time.monotonic()
        assert mailbox.wait(0.5, threading.Event()) is WaitResult.QUIET
        assert 0.4 < time.monotonic() - started < 60
        dovecot.deliver(user, message(1))
        assert mailbox.wait(60, threading.Event()) is WaitResult.NEWS


@pytest.mark.parametrize("idle", [True, False])
def test_a_wish_to_stop_ends_the_wait(dovecot: Dovecot, new_user: NewUser, idle: bool) -> None:
    stop = threading.Event()
    with Mailbox.open(on_dovecot(dovecot, new_user(), idle=idle), "INBOX") as mailbox:
        threading.Timer(0.2, stop.set).start()
        started = time.monotonic()
        assert mailbox.wait(600, stop) is WaitResult.STOPPED
        assert time.monotonic() - started < 60
        assert mailbox.wait(600, stop) is WaitResult.STOPPED


def test_without_idle_the_server_is_asked_from_time_to_time(dovecot: Dovecot, new_user: NewUser) -> None:
    user = new_user()
    with Mailbox.open(on_dovecot(dovecot, user, idle=False, poll=0.1), "INBOX") as mailbox:
        assert mailbox.wait(0.3, threading.Event()) is WaitResult.QUIET
        timer = threading.Timer(0.2, lambda: dovecot.deliver(user, message(1)))
        timer.start()
        assert mailbox.wait(60, threading.Event()) is WaitResult.NEWS
        timer.join()


@pytest.mark.parametrize("flag", ["\\Flagged", "HosoDone"])
def test_after_the_commit_a_message_is_flagged(dovecot: Dovecot, new_user: NewUser, flag: str) -> None:
    user = new_user()
    dovecot.deliver_all(user, [(message(n), None) for n in (1, 2)])
    account = on_dovecot(dovecot, user, after=After("flag", flag=flag))
    with Mailbox.open(account, "INBOX") as mailbox:
        mailbox.settle(2)
        mailbox.settle(99)
        assert [raw.content for raw in mailbox.fetch([1, 2])] == [message(1), message(2)]
    assert dovecot.flags(user) == {1: set(), 2: {flag}}


def test_after_the_commit_a_message_is_moved(dovecot: Dovecot, new_user: NewUser) -> None:
    user = new_user()
    folder = "Đã nhận/2021 & sau"
    dovecot.deliver_all(user, [(message(n), None) for n in (1, 2)])
    dovecot.deliver(user, message(3), folder=folder)
    with Mailbox.open(on_dovecot(dovecot, user, after=After("move", folder=folder)), "INBOX") as mailbox:
        mailbox.settle(1)
        mailbox.settle(1)
    assert dovecot.contents(user) == {2: message(2)}
    assert list(dovecot.contents(user, folder).values()) == [message(3), message(1)]
    assert set(map(frozenset, dovecot.flags(user, folder).values())) == {frozenset()}


def test_nothing_is_done_to_a_message_unless_the_settings_say_so(dovecot: Dovecot, new_user: NewUser) -> None:
    user = new_user()
    dovecot.deliver(user, message(1))
    with Mailbox.open(on_dovecot(dovecot, user), "INBOX") as mailbox:
        mailbox.settle(1)
    assert dovecot.flags(user) == {1: set()}


def test_a_move_into_a_folder_that_is_not_there_says_what_to_do(dovecot: Dovecot, new_user: NewUser) -> None:
    user = new_user()
    dovecot.deliver(user, message(1))
    account = on_dovecot(dovecot, user, after=After("move", folder="Nowhere"))
    with (
        Mailbox.open(account, "INBOX") as mailbox,
        pytest.raises(PermanentMailboxError, match="Create the folder Nowhere"),
    ):
        mailbox.settle(1)
    assert any("Nowhere" in problem for problem in check(account).problems)
    assert len(dovecot.contents(user)) == 1


def test_nothing_is_flagged_under_another_uidvalidity(dovecot: Dovecot, new_user: NewUser) -> None:
    user = new_user()
    dovecot.deliver(user, message(1), folder="In")
    with Mailbox.open(on_dovecot(dovecot, user), "In") as mailbox:
        with dovecot.client(user) as person:
            person.delete_folder("In")
        while int(time.time()) <= mailbox.uidvalidity:
            time.sleep(0.05)  # Dovecot numbers a folder by the second it was made in
        dovecot.deliver(user, message(2), folder="In")
        with pytest.raises(TemporaryMailboxError):
            mailbox.flag(1)
    assert dovecot.flags(user, "In") == {1: set()}


@pytest.mark.parametrize("folder", ["Hồ sơ", "Hồ sơ & thư/Đợt 1", 'a "quoted" \\ name', "日本語"])
def test_folders_may_have_any_name(dovecot: Dovecot, new_user: NewUser, folder: str) -> None:
    user = new_user()
    dovecot.deliver(user, message(1), folder=folder)
    account = on_dovecot(dovecot, user, folders=(folder,))
    with Mailbox.open(account, folder) as mailbox:
        [raw] = mailbox.fetch(mailbox.uids())
    assert raw.position is not None
    assert (raw.position.folder, raw.content) == (folder, message(1))
    report = check(account)
    assert folder in report.folders
    assert [(count.name, count.messages) for count in report.counts] == [(folder, 1)]


def test_a_folder_that_is_not_there_says_what_to_do(dovecot: Dovecot, new_user: NewUser) -> None:
    account = on_dovecot(dovecot, new_user(), folders=("INBOX", "Inbóx"))
    with pytest.raises(PermanentMailboxError, match="Check the folder's name"):
        Mailbox.open(account, "Inbóx")
    report = check(account)
    assert [count.name for count in report.counts] == ["INBOX"]
    assert len(report.problems) == 1
    assert "The folders there: INBOX" in report.problems[0]


def test_a_refused_login_is_permanent_and_shows_no_password(dovecot: Dovecot, new_user: NewUser) -> None:
    account = on_dovecot(dovecot, new_user(), password=Secret("wrong-7f3a"))
    with pytest.raises(PermanentMailboxError, match="Check user and password") as caught:
        Mailbox.open(account, "INBOX")
    assert "wrong-7f3a" not in f"{caught.value} {account!r}"


def test_a_password_in_vietnamese_is_sent_as_it_is_and_refused_as_any_other(
    dovecot: Dovecot, new_user: NewUser
) -> None:
    account = on_dovecot(dovecot, new_user(), password=Secret("mật khẩu"))
    with pytest.raises(PermanentMailboxError, match="Check user and password"):
        Mailbox.open(account, "INBOX")


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_tls_is_spoken_with_a_server_whose_certificate_is_trusted(
    dovecot: Dovecot, new_user: NewUser, security: Security
) -> None:
    user = new_user()
    port = dovecot.tls_port if security is Security.TLS else dovecot.port
    account = on_dovecot(dovecot, user, port=port, security=security, ca_file=dovecot.certificate)
    dovecot.deliver(user, message(1, 200_000))
    with Mailbox.open(account, "INBOX") as mailbox:
        assert [raw.content for raw in mailbox.fetch(mailbox.uids())] == [message(1, 200_000)]
        assert mailbox.wait(0.2, threading.Event()) is WaitResult.QUIET
        threading.Timer(0.2, lambda: dovecot.deliver(user, message(2))).start()
        assert mailbox.wait(60, threading.Event()) is WaitResult.NEWS


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_certificate_that_nobody_vouches_for_is_refused(
    dovecot: Dovecot, new_user: NewUser, security: Security
) -> None:
    port = dovecot.tls_port if security is Security.TLS else dovecot.port
    with pytest.raises(PermanentMailboxError, match="ca_file"):
        Mailbox.open(on_dovecot(dovecot, new_user(), port=port, security=security), "INBOX")


def test_tls_to_a_port_without_it_says_so(dovecot: Dovecot, new_user: NewUser) -> None:
    with pytest.raises(PermanentMailboxError, match="Check port and security"):
        Mailbox.open(on_dovecot(dovecot, new_user(), security=Security.TLS), "INBOX")


def test_a_server_that_goes_down_and_comes_back_is_a_passing_trouble(new_user: NewUser, dovecot: Dovecot) -> None:
    user = new_user()
    account = on_dovecot(dovecot, user)
    dovecot.deliver(user, message(1))
    with Mailbox.open(account, "INBOX") as mailbox:
        dovecot.stop()
        try:
            with pytest.raises(TemporaryMailboxError):
                mailbox.uids()
            with pytest.raises(TemporaryMailboxError, match="nothing listens"):
                Mailbox.open(account, "INBOX")
        finally:
            dovecot.start()
    with Mailbox.open(account, "INBOX") as mailbox:
        assert len(list(mailbox.fetch(mailbox.uids()))) == 1


def test_the_check_tells_what_is_there(dovecot: Dovecot, new_user: NewUser) -> None:
    user = new_user()
    dovecot.deliver(user, message(1), flags=("\\Seen",))
    dovecot.deliver(user, message(2))
    report = check(on_dovecot(dovecot, user))
    assert report.has_idle
    assert report.has_move
    assert "Dovecot" in report.greeting
    [count] = report.counts
    assert (count.name, count.messages, count.unseen) == ("INBOX", 2, 1)
    assert report.problems == ()
