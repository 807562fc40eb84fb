"""Held letters on old mail go out when a person says so, all of them, and none twice (P7)."""

from datetime import UTC, datetime

import pytest
from support.store_samples import letter

from intake.answer import BACKLOG, DAILY_LIMIT
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
