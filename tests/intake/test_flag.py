"""On the server messages are changed last, after their record is committed, and as the settings say."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from support.accounts import on_dovecot
from support.dossier_mail import IN_TIME
from support.dovecot import Dovecot
from support.office import Office

from ingest.account import After, ImapAccount
from ingest.imap import Mailbox
from intake.flag import flag_settled
from intake.receive import receive
from intake.steps import Step

pytestmark = [pytest.mark.dovecot, pytest.mark.parametrize("url", ["sqlite"], indirect=True)]

_NOW = datetime(2021, 4, 16, 3, tzinfo=UTC)


def thanks(number: int) -> bytes:
    text = (
        f"From: a{number}@webmail.example\r\nMessage-ID: <{number}@webmail.example>\r\nSubject: x\r\n\r\nXin chào.\r\n"
    )
    return text.encode()


def account(dovecot: Dovecot, user: str, after: After) -> ImapAccount:
    return on_dovecot(dovecot, user, after=after)


def look(office: Office, account: ImapAccount) -> int:
    """Receive, then do to what is settled what the settings say; returns to how many."""
    with Mailbox.open(account, "INBOX") as mailbox:
        receive(mailbox, account.name, office.store, lambda: office.now)
        return flag_settled(mailbox, account.name, office.store, office.now)


@pytest.fixture
def user(new_user: Callable[[], str], dovecot: Dovecot) -> str:
    name = new_user()
    dovecot.deliver_all(name, [(thanks(number), IN_TIME) for number in range(3)])
    return name


def test_nothing_is_flagged_before_its_record_is_committed(office: Office, dovecot: Dovecot, user: str) -> None:
    flagging = account(dovecot, user, After("flag", r"\Flagged"))
    assert look(office, flagging) == 0
    assert set(map(frozenset, dovecot.flags(user).values())) == {frozenset()}
    office.judges()
    assert look(office, flagging) == 3
    assert set(map(frozenset, dovecot.flags(user).values())) == {frozenset({"\\Flagged"})}
    assert look(office, flagging) == 0


def test_messages_are_moved_unread_to_the_folder_of_the_settings(office: Office, dovecot: Dovecot, user: str) -> None:
    with dovecot.client(user) as client:
        client.create_folder("Hoso")
    moving = account(dovecot, user, After("move", folder="Hoso"))
    look(office, moving)
    office.judges()
    assert look(office, moving) == 3
    assert dovecot.contents(user) == {}
    assert sorted(dovecot.contents(user, "Hoso").values()) == [thanks(number) for number in range(3)]
    assert set(map(frozenset, dovecot.flags(user, "Hoso").values())) == {frozenset()}


def test_what_a_person_deleted_meanwhile_is_passed_over(office: Office, dovecot: Dovecot, user: str) -> None:
    flagging = account(dovecot, user, After("flag", r"\Flagged"))
    look(office, flagging)
    office.judges()
    with dovecot.client(user, "INBOX") as client:
        client.delete_messages([2])
        client.expunge()
    assert look(office, flagging) == 3
    assert dovecot.flags(user) == {1: {"\\Flagged"}, 3: {"\\Flagged"}}


def test_one_look_flags_all_that_is_settled_however_many(office: Office, dovecot: Dovecot, user: str) -> None:
    dovecot.deliver_all(user, [(thanks(number), IN_TIME) for number in range(3, 130)])
    flagging = account(dovecot, user, After("flag", r"\Flagged"))
    look(office, flagging)
    office.judges()
    assert look(office, flagging) == 130


def test_a_crash_before_the_ledger_knows_of_the_flag_only_sets_it_again(
    office: Office, dovecot: Dovecot, user: str
) -> None:
    class KilledError(Exception):
        pass

    def killed(step: Step) -> None:
        assert step is Step.FLAGGED
        raise KilledError

    flagging = account(dovecot, user, After("flag", r"\Flagged"))
    look(office, flagging)
    office.judges()
    with Mailbox.open(flagging, "INBOX") as mailbox, pytest.raises(KilledError):
        flag_settled(mailbox, flagging.name, office.store, office.now, killed)
    assert look(office, flagging) == 3
    assert look(office, flagging) == 0
