"""Held letters on old mail go out when a person says so, all of them, and none twice (P7)."""

from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs
from support.dossier_mail import DEADLINE, IN_TIME, files, mail, over_another_way
from support.office import Office
from support.service import SERVER
from support.smtp import Relay
from support.store_samples import letter

from dossier.model import Position
from intake.answer import BACKLOG, DAILY_LIMIT, NOT_AUTHENTIC, SUPPRESSED
from intake.backlog import answer_backlog
from store import events, mailboxes, outbox
from store.engine import Store
from store.mailboxes import Backlog
from store.outbox import LetterState, NewLetter

_NOW = datetime(2021, 4, 16, 3, tzinfo=UTC)


def held(number: int, reason: str) -> NewLetter:
    one = letter(f"{reason}-{number}", held=True)
    return NewLetter(one.key, one.message_id, one.kind, one.recipient, one.subject, one.mime, held=True, reason=reason)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_every_letter_of_the_backlog_is_released_and_no_other(store: Store) -> None:
    with store.writing() as tx:
        for number in range(1203):
            outbox.enqueue(tx, held(number, BACKLOG), _NOW)
        outbox.enqueue(tx, held(1, DAILY_LIMIT), _NOW)
    assert answer_backlog(store, _NOW) == 1203
    assert answer_backlog(store, _NOW) == 0
    with store.reading() as conn:
        assert [one.reason for one in outbox.every(conn, LetterState.HELD)] == [DAILY_LIMIT]
        assert len(list(outbox.every(conn, LetterState.QUEUED))) == 1203


def test_what_was_there_at_the_first_poll_may_be_answered_from_then_on(store: Store) -> None:
    with store.writing() as tx:
        for folder, decision in (("INBOX", Backlog.RECORD), ("Spam", Backlog.ANSWER)):
            box = mailboxes.enter(tx, "office", folder, 1, _NOW)
            mailboxes.decide_backlog(tx, box.id, decision, 9, _NOW)
    answer_backlog(store, _NOW)
    with store.reading() as conn:
        boxes = [mailboxes.find(conn, "office", folder, 1) for folder in ("INBOX", "Spam")]
        assert [(box.backlog, box.backlog_through) for box in boxes if box] == [(Backlog.ANSWER, 9)] * 2
        told = [event for event in events.history(conn) if event.kind == "backlog-decided"]
    assert [event.facts["mailbox"] for event in told] == [1, 2, 1], "the decision is an event, and only where it is new"


# --- Letters that are written while a backlog is held ----------------------------------------------------------------


def old_folder(office: Office, folder: str, through: int) -> None:
    """A folder of whose mail so much was there at the first look."""
    with office.store.writing() as tx:
        box = mailboxes.enter(tx, "office", folder, 1, office.now)
        mailboxes.decide_backlog(tx, box.id, Backlog.RECORD, through, office.now)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_an_old_copy_that_changes_a_verdict_is_told_only_when_a_person_says_so(office: Office) -> None:
    late, in_time = DEADLINE + timedelta(hours=1), DEADLINE - timedelta(hours=1)
    content = mail("BVDN", at=late)
    office.receives(content, late)
    office.judges()
    old_folder(office, "Spam", 1)
    office.receives(over_another_way(content, in_time), in_time, Position("office", "Spam", 1, 1))
    office.judges()
    assert office.outcomes() == ["joined", "duplicate-of"]
    assert [(one.state.value, one.reason) for one in office.letters()] == [("queued", ""), ("held", BACKLOG)]
    assert answer_backlog(office.store, office.now) == 1


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_an_old_message_does_not_lock_up_the_answer_to_a_new_one(office: Office) -> None:
    """The new one's letter waits for the next day; the old one's, for a person."""
    attached = files("BVDN")
    with Relay() as relay:
        for number in range(4):
            office.passes(timedelta(minutes=1))
            office.receives(mail("BVDN", attached, office.now, name=f"moi-{number}"))
            office.judges()
            office.sends(relay.port)
    old_folder(office, "Spam", 1)
    office.receives(mail("BVDN", attached, IN_TIME, name="cu"), IN_TIME, Position("office", "Spam", 1, 1))
    office.judges()
    held = [letter.reason for letter in office.letters(LetterState.HELD)]
    assert held == [DAILY_LIMIT, BACKLOG]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_an_address_that_cannot_be_written_to_is_told_in_the_log(office: Office) -> None:
    with capture_logs() as logs:
        office.receives(mail("BVDN", sender='"cdcs bvdn"@dongnai-yte.example'), IN_TIME)
        office.judges()
    assert office.outcomes() == ["waiting"]
    assert office.letters() == []
    assert [log["message"] for log in logs if log["event"] == "no address that an answer can go to"]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_the_word_on_the_backlog_lets_out_nothing_that_waits_for_a_person(office: Office) -> None:
    """A letter that would go to a third party, and one whose message asks for no answer, are old mail as well."""
    office.authentication_hosts = (SERVER,)
    old_folder(office, "INBOX", 9)
    forged = {"Authentication-Results": f"{SERVER}; spf=fail smtp.mailfrom=webmail.example"}
    for number, content in enumerate(
        (
            mail("BVDN", sender="nguoi.khac@webmail.example", headers=forged),
            mail("BVTN", headers={"X-Auto-Response-Suppress": "All"}),
            mail("BVLK"),
        ),
        start=1,
    ):
        office.receives(content, IN_TIME, Position("office", "INBOX", 1, number))
    office.judges()
    assert [one.reason for one in office.letters()] == [NOT_AUTHENTIC, SUPPRESSED, BACKLOG]
    assert answer_backlog(office.store, office.now) == 1
    assert [one.reason for one in office.letters(LetterState.HELD)] == [NOT_AUTHENTIC, SUPPRESSED]
