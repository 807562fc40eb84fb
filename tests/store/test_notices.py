"""Digests and reminders are on record, each once, and the history tells of them."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text
from support.store_samples import letter

from store import digests, erasing, events, outbox, reminders, retention
from store.digests import NewDigest
from store.engine import Store
from store.errors import PermanentStoreError
from store.reminders import NewReminder
from store.retention import Periods
from store.verification import verify, verify_records

_DAY = timedelta(days=1)
NEVER = Periods(None, None, None, None)


def _digest(slot: datetime, until: datetime | None = None, *, scheduled: bool = True) -> NewDigest:
    return NewDigest("sk39", slot, slot - _DAY, until or slot, scheduled)


def _reminder(day: date, deadline: datetime, union: str = "A") -> NewReminder:
    return NewReminder("sk39", union, day, 3, deadline)


def test_a_slot_is_written_once_and_a_union_reminded_once_a_day(store: Store, now: datetime) -> None:
    new = _reminder(now.date(), now + 3 * _DAY)
    with store.writing() as tx:
        digests.record(tx, _digest(now), 2)
        reminders.record(tx, new, now, letters=1, dossier_id=None)
        assert digests.has(tx, "sk39", now)
        assert not digests.has(tx, "other", now)
    with pytest.raises(PermanentStoreError), store.writing() as tx:
        digests.record(tx, _digest(now), 2)
    with pytest.raises(PermanentStoreError), store.writing() as tx:
        reminders.record(tx, new, now + timedelta(hours=1), letters=1, dossier_id=None)
    with store.writing() as tx:
        reminders.record(tx, _reminder(new.day + _DAY, new.deadline), now + _DAY, letters=1, dossier_id=None)
    with store.reading() as conn:
        assert [one.day for one in reminders.since(conn, "sk39", new.day + _DAY)] == [new.day + _DAY]
        kept = reminders.of_day(conn, "sk39", "A", new.day)
        assert kept is not None
        assert (kept.deadline, kept.at, kept.days_before) == (new.deadline, now, 3)
        assert reminders.get(conn, kept.id) == kept
        assert reminders.of_day(conn, "sk39", "B", new.day) is None


def test_the_last_digest_is_none_of_a_clock_that_ran_ahead_nor_one_asked_for(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        digests.record(tx, _digest(now), 1)
        digests.record(tx, _digest(now + timedelta(hours=1), scheduled=False), 1, by="Lê Thị Thử")
        digests.record(tx, _digest(now + 365 * _DAY), 1)
    with store.reading() as conn:
        latest = digests.latest(conn, "sk39", now + _DAY)
        assert latest is not None
        assert latest.until == now
        assert digests.latest(conn, "sk39", now - _DAY) is None
        assert [one.scheduled for one in digests.listed(conn, "sk39")] == [True, False, True]


def test_what_is_put_in_taken_out_or_changed_behind_the_programs_back_shows(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        digests.record(tx, _digest(now), 2)
        reminders.record(tx, _reminder(now.date(), now + 3 * _DAY), now, letters=0, dossier_id=None)
    with store.reading() as conn:
        assert [one.kind for one in events.history(conn)] == ["digest-written", "union-reminded"]
        assert verify(conn).broken is None
        assert list(verify_records(conn)) == []
    for change, told in (
        ("UPDATE reminders SET union_code = 'B'", "reminders.union_code"),
        ("DELETE FROM digests", "digests"),
    ):
        with store.writing() as tx:
            tx.execute(text(change))
        with store.reading() as conn:
            assert any(told in one.reason for one in verify_records(conn))


def test_digests_and_reminders_to_unions_without_a_dossier_go_with_other_mail(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        old = outbox.enqueue(tx, replace(letter("digest/1", "canbo@cdyte.example"), kind="digest"), now)
        outbox.enqueue(tx, replace(letter("reminder/2/1", "d@yte.example"), kind="reminder"), now + 300 * _DAY)
    days = Periods(None, None, 365, None)
    with store.reading() as conn:
        assert retention.due(conn, days, now + 366 * _DAY, {}).unasked == (old.id,)
        assert retention.due(conn, NEVER, now + 9999 * _DAY, {}).unasked == ()
    with store.writing() as tx:
        erasing.erase_letter(tx, old.id, now + 366 * _DAY, by="Lê Thị Thử", reason="hết hạn lưu")
    with store.reading() as conn:
        assert retention.due(conn, days, now + 366 * _DAY, {}).unasked == ()
        gone = outbox.get(conn, old.id)
        assert gone is not None
        assert (gone.recipient, gone.subject) == ("", "")
        assert verify(conn).broken is None
        assert list(verify_records(conn)) == []
