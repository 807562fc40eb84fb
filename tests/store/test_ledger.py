"""P2 and P5: each place once, each message one outcome."""

import hashlib
from datetime import datetime, timedelta

import pytest

from dossier.deadline import Receipt
from dossier.model import Position, RawMessage
from store import events, ledger, mailboxes, messages
from store.engine import Store
from store.ledger import Arrival, LedgerEntry, Outcome, State


def seen(content: bytes, now: datetime, uid: int | None = None, uidvalidity: int = 7, source: str = "INBOX") -> Arrival:
    position = None if uid is None else Position("intake", "INBOX", uidvalidity, uid)
    raw = RawMessage(content, source, now, position, now - timedelta(minutes=5) if uid else None)
    return Arrival.of(raw, hashlib.sha256(content).hexdigest())


def arrive(store: Store, *arrivals: Arrival) -> list[LedgerEntry]:
    with store.writing() as tx:
        return ledger.arrive_many(tx, arrivals)


def kinds(store: Store) -> list[str]:
    with store.reading() as conn:
        return [event.kind for event in events.history(conn)]


def test_a_place_is_recorded_once_however_often_it_is_seen(store: Store, now: datetime) -> None:
    [first] = arrive(store, seen(b"one", now, uid=1))
    again = arrive(store, seen(b"one", now + timedelta(hours=1), uid=1), seen(b"one", now, uid=1))
    assert first.new
    assert [(entry.id, entry.new) for entry in again] == [(first.id, False)] * 2
    assert kinds(store) == ["message-arrived"]
    with store.reading() as conn:
        assert ledger.pending(conn, 10)[0].position == Position("intake", "INBOX", 7, 1)


def test_the_same_bytes_elsewhere_are_another_place_of_the_same_message(store: Store, now: datetime) -> None:
    entries = arrive(
        store,
        seen(b"one", now, uid=1),
        seen(b"one", now, uid=2),
        seen(b"one", now, uid=1, uidvalidity=8),
        seen(b"one", now, source="a.eml"),
    )
    assert len({entry.id for entry in entries}) == 4
    assert len({entry.message_id for entry in entries}) == 1


def test_a_file_read_again_is_the_same_place(store: Store, now: datetime) -> None:
    first, again, other = arrive(
        store, seen(b"one", now, source="a"), seen(b"one", now, source="a"), seen(b"two", now, source="a")
    )
    assert first.id == again.id
    assert other.id != first.id


def test_a_uid_given_to_other_bytes_loses_neither(store: Store, now: datetime) -> None:
    first, second = arrive(store, seen(b"one", now, uid=1), seen(b"two", now, uid=1))
    [again] = arrive(store, seen(b"two", now, uid=1))
    assert first.position is not None
    assert (second.position, second.detail) == (None, "uid-used-again")
    assert again.id == second.id
    with store.reading() as conn:
        assert [entry.sha256 for entry in ledger.pending(conn, 10)] == [first.sha256, second.sha256]


def test_the_oldest_receipt_is_next_whatever_came_first(store: Store, now: datetime) -> None:
    late, early = seen(b"late", now, uid=1), seen(b"early", now - timedelta(days=1), uid=2)
    arrive(store, late, early, seen(b"file", now - timedelta(hours=1), source="f"))
    with store.reading() as conn:
        assert [entry.sha256 for entry in ledger.pending(conn, 2)] == [early.sha256, seen(b"file", now).sha256]


def test_only_the_first_to_settle_gives_the_outcome(store: Store, now: datetime) -> None:
    [entry] = arrive(store, seen(b"one", now, uid=1))
    with store.writing() as tx:
        assert ledger.settle(tx, entry.id, Outcome.CORRESPONDENCE, now)
    with store.writing() as tx:
        assert not ledger.settle(tx, entry.id, Outcome.JOINED, now)
        assert not ledger.quarantine(tx, entry.id, "too late", now)
    with store.reading() as conn:
        settled = ledger.entry(conn, entry.id)
        assert settled is not None
        assert (settled.state, settled.outcome, settled.settled_at) == (State.SETTLED, Outcome.CORRESPONDENCE, now)
        assert ledger.pending(conn, 10) == []
    assert kinds(store) == ["message-arrived", "message-settled"]


def test_a_failed_message_keeps_its_error_and_can_be_tried_again(store: Store, now: datetime) -> None:
    [entry] = arrive(store, seen(b"bad", now, uid=1))
    for attempt in (1, 2):
        with store.writing() as tx:
            assert ledger.quarantine(tx, entry.id, "ValueError: \x00 met", now)
        with store.reading() as conn:
            [failed] = ledger.entries(conn, outcome=Outcome.QUARANTINED)
        assert (failed.error, failed.attempts) == ("ValueError: \ufffd met", attempt)
        with store.writing() as tx:
            assert ledger.requeue(tx, entry.id, now, by="an.nguyen", reason="reader mended")
            assert not ledger.requeue(tx, entry.id, now)
    with store.reading() as conn:
        assert [waiting.id for waiting in ledger.pending(conn, 10)] == [entry.id]
        assert events.history(conn)[-1].reason == "reader mended"


def test_what_duplicates_another_message_names_it(store: Store, now: datetime) -> None:
    first, copy = arrive(store, seen(b"one", now, uid=1), seen(b"one, by another way", now, uid=2))
    with store.writing() as tx:
        ledger.settle(tx, copy.id, Outcome.DUPLICATE, now, duplicate_of=first.message_id)
    with store.reading() as conn:
        assert [entry.duplicate_of for entry in ledger.entries(conn, message_id=copy.message_id)] == [first.message_id]


def test_entries_can_be_listed_from_both_ends(store: Store, now: datetime) -> None:
    made = [entry.id for entry in arrive(store, *(seen(bytes([n]), now, uid=n + 1) for n in range(5)))]
    with store.reading() as conn:
        assert [entry.id for entry in ledger.entries(conn, after=made[1], limit=2)] == made[2:4]
        assert [entry.id for entry in ledger.entries(conn, newest_first=True, limit=2)] == [made[4], made[3]]
        assert [entry.id for entry in ledger.entries(conn, newest_first=True, after=made[3])] == made[2::-1]


def test_the_flag_is_asked_for_until_it_is_known_to_be_set(store: Store, now: datetime) -> None:
    one, two, three = arrive(store, *(seen(bytes([n]), now, uid=n) for n in (3, 2, 1)))
    with store.writing() as tx:
        mailbox = mailboxes.enter(tx, "intake", "INBOX", 7, now)
        for entry in (one, two):
            ledger.settle(tx, entry.id, Outcome.IGNORED, now)
        assert [entry.id for entry in ledger.unflagged(tx, mailbox.id, 10)] == [two.id, one.id]
        ledger.mark_flagged(tx, [two.id], now)
        ledger.mark_flagged(tx, [], now)
    with store.reading() as conn:
        assert [entry.id for entry in ledger.unflagged(conn, mailbox.id, 10)] == [one.id]
        flagged = ledger.entry(conn, two.id)
        assert flagged is not None
        assert flagged.flagged_at == now
        assert ledger.entry(conn, three.id) is not None
        assert ledger.entry(conn, 999) is None


def test_a_mailbox_is_one_for_each_uidvalidity_and_never_moves_back(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        first = mailboxes.enter(tx, "intake", "INBOX", 7, now)
        assert first.new
        assert not mailboxes.enter(tx, "intake", "INBOX", 7, now).new
        mailboxes.advance(tx, first.id, 20)
        mailboxes.advance(tx, first.id, 10)
        second = mailboxes.enter(tx, "intake", "INBOX", 8, now)
        assert [box.highest_uid for box in mailboxes.generations(tx, "intake", "INBOX")] == [20, 0]
        assert second.id != first.id
        assert mailboxes.find(tx, "intake", "Other", 7) is None


def test_what_to_do_with_old_mail_is_decided_once(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        box = mailboxes.enter(tx, "intake", "INBOX", 7, now)
        assert box.backlog is None
        assert mailboxes.decide_backlog(tx, box.id, mailboxes.Backlog.RECORD, 300, now)
        assert not mailboxes.decide_backlog(tx, box.id, mailboxes.Backlog.ANSWER, 400, now)
        kept = mailboxes.find(tx, "intake", "INBOX", 7)
    assert kept is not None
    assert (kept.backlog, kept.backlog_through) == (mailboxes.Backlog.RECORD, 300)
    assert kinds(store) == ["backlog-decided"]


def test_reconciliation_walks_every_uid_in_order(store: Store, now: datetime) -> None:
    uids = [*range(2, 1204, 2)]
    arrive(store, *(seen(str(uid).encode(), now, uid=uid) for uid in reversed(uids)))
    with store.reading() as conn:
        box = mailboxes.find(conn, "intake", "INBOX", 7)
        assert box is not None
        assert list(mailboxes.every_uid(conn, box.id)) == uids
        assert mailboxes.known_uids(conn, box.id, range(1, 7)) == {2, 4, 6}
        assert mailboxes.known_uids(conn, box.id, []) == frozenset()


def test_the_earliest_trusted_receipt_stays(store: Store, now: datetime) -> None:
    [entry] = arrive(store, seen(b"one", now, uid=1))
    second = timedelta(seconds=1)
    earliest = Receipt(now - second, server_time=now - second, header_time=now - timedelta(hours=1), apart=True)
    with store.writing() as tx:
        assert not messages.keep_receipt(tx, entry.message_id, Receipt(None))
        assert messages.keep_receipt(tx, entry.message_id, Receipt(now, server_time=now))
        assert not messages.keep_receipt(tx, entry.message_id, Receipt(now + second))
        assert messages.keep_receipt(tx, entry.message_id, earliest)
        kept = messages.get(tx, entry.message_id)
    assert kept is not None
    assert kept.receipt == earliest


def test_a_blob_without_a_row_is_harmless(store: Store, now: datetime) -> None:
    orphan = store.blobs.put(b"stored, and then the power failed")
    with store.reading() as conn:
        assert messages.find_by_sha(conn, orphan) is None
        assert ledger.pending(conn, 10) == []
    assert store.blobs.put(b"stored, and then the power failed") == orphan
    [entry] = arrive(store, seen(b"stored, and then the power failed", now, uid=1))
    assert entry.new
    with store.reading() as conn:
        found = messages.find_by_sha(conn, orphan)
        assert found is not None
        assert found.id == entry.message_id


def test_nothing_of_a_step_that_raised_is_kept(store: Store, now: datetime) -> None:
    def crash() -> None:
        with store.writing() as tx:
            ledger.arrive(tx, seen(b"one", now, uid=1))
            raise KeyError("crash")

    with pytest.raises(KeyError):
        crash()
    assert kinds(store) == []
    with store.reading() as conn:
        assert ledger.pending(conn, 10) == []
        assert events.head(conn).seq == 0
