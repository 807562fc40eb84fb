"""P9: history is append-only, and any edit, deletion, reorder or cut of it is found."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, text
from support.store_samples import assessment, judged, letter

from dossier.history import next_hash
from store import events, messages, outbox, waiting
from store.engine import Store
from store.errors import PermanentStoreError
from store.events import Event, Head
from store.verification import Broken, verify, verify_records


@pytest.fixture
def head(store: Store, now: datetime) -> Head:
    """Of a history of a dozen events of every table that seals something."""
    with store.writing() as tx:
        first = judged(tx, b"one", now)
        judged(tx, b"two", now + timedelta(seconds=1), uid=2)
        outbox.enqueue(tx, letter("1"), now)
        assert first.message_id is not None
        waiting.add(tx, waiting.NewWaiting("sk39", first.message_id, assessment(), None, None, "x"), now)
        events.append(tx, Event("decision", now, by="an", reason="because", facts={"n": 1, "yes": True}))
    with store.reading() as conn:
        return events.head(conn)


def unguarded(tx: Connection) -> Connection:
    """As someone with the rights of the owner would begin."""
    if tx.dialect.name == "sqlite":
        tx.execute(text("DROP TRIGGER events_no_update"))
        tx.execute(text("DROP TRIGGER events_no_delete"))
    else:
        tx.execute(text("DROP TRIGGER events_append_only ON events"))
    return tx


def tampered(store: Store, *statements: str) -> None:
    with store.writing() as tx:
        unguarded(tx)
        if tx.dialect.name == "sqlite":
            tx.execute(text("PRAGMA defer_foreign_keys = ON"))
        tx.execute(text("DELETE FROM event_notes"))
        tx.execute(text("DELETE FROM event_salts"))
        for statement in statements:
            tx.execute(text(statement))


def broken(store: Store, carried: Head | None = None) -> Broken | None:
    with store.reading() as conn:
        return verify(conn, carried).broken


def test_an_untouched_history_is_whole(store: Store, head: Head) -> None:
    with store.reading() as conn:
        found = verify(conn, head)
        assert (found.broken, found.events, found.head) == (None, head.seq, head)
        assert list(verify_records(conn)) == []
    assert head.seq >= 9
    assert Head.parse(f" {head}\n") == head


def test_an_empty_history_is_whole(store: Store) -> None:
    assert broken(store) is None


@pytest.mark.parametrize("statement", ["UPDATE events SET kind = 'x'", "DELETE FROM events"])
def test_the_database_itself_refuses_to_change_the_past(store: Store, head: Head, statement: str) -> None:
    with pytest.raises(PermanentStoreError, match="append-only"), store.writing() as tx:
        tx.execute(text(statement))
    assert broken(store, head) is None


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'dossier-accepted'",
        'facts = \'{"outcome":"ignored"}\'',
        "digests = '{}'",
        "at = '2021-04-01 00:00:00.000000'",
        "message_id = 99",
        "dossier_id = 99",
        "letter_id = 99",
    ],
)
def test_an_edit_of_any_column_is_found(store: Store, head: Head, change: str) -> None:
    tampered(store, f"UPDATE events SET {change} WHERE seq = 3")
    assert broken(store) == Broken(3, "event 3 was changed")


def test_an_edit_with_its_own_hash_mended_breaks_the_next_event(store: Store, head: Head) -> None:
    def mend(tx: Connection) -> None:
        [event] = [one for one in events.walk(tx) if one.seq == 2]
        forged = replace(event, kind="forged")
        digest = next_hash(event.previous, events.payload(forged))
        tx.execute(text("UPDATE events SET kind = 'forged', hash = :hash WHERE seq = 2"), {"hash": digest})

    with store.writing() as tx:
        mend(unguarded(tx))
    assert broken(store) == Broken(3, "event 3 does not follow the one before it")


def test_a_deleted_event_is_found(store: Store, head: Head) -> None:
    tampered(store, "DELETE FROM events WHERE seq = 4")
    assert broken(store) == Broken(4, "event 4 is missing: the next is 5")


def test_swapped_events_are_found(store: Store, head: Head) -> None:
    tampered(
        store,
        "UPDATE events SET seq = 1000 WHERE seq = 4",
        "UPDATE events SET seq = 4 WHERE seq = 5",
        "UPDATE events SET seq = 5 WHERE seq = 1000",
    )
    assert broken(store) == Broken(4, "event 4 does not follow the one before it")


def test_a_deleted_event_whose_followers_moved_up_is_found(store: Store, head: Head) -> None:
    moved = [f"UPDATE events SET seq = {seq} - 1 WHERE seq = {seq}" for seq in range(5, head.seq + 1)]
    tampered(store, "DELETE FROM events WHERE seq = 4", *moved)
    assert broken(store) == Broken(4, "event 4 does not follow the one before it")


def test_text_that_was_never_written_there_is_a_break_and_no_crash(store: Store, head: Head) -> None:
    tampered(store, "UPDATE events SET facts = 'not JSON' WHERE seq = 5")
    assert broken(store) == Broken(5, "cannot be read: JSONDecodeError")


def test_a_cut_end_is_found_even_without_a_head(store: Store, head: Head) -> None:
    tampered(store, f"DELETE FROM events WHERE seq = {head.seq}")
    found = broken(store)
    assert found is not None
    assert found.seq == head.seq
    assert "was cut" in found.reason


def test_a_cut_end_with_its_head_mended_is_found_by_the_head_carried_out(store: Store, head: Head) -> None:
    tampered(
        store,
        f"DELETE FROM events WHERE seq = {head.seq}",
        f"UPDATE chain_head SET seq = {head.seq - 1}, hash = (SELECT hash FROM events WHERE seq = {head.seq - 1})",
    )
    assert broken(store) is None
    found = broken(store, head)
    assert found is not None
    assert "the head carried out is at" in found.reason


def test_a_history_rewritten_as_a_whole_is_found_by_the_head_carried_out(
    store: Store, head: Head, now: datetime
) -> None:
    tampered(store, "DELETE FROM events", f"UPDATE chain_head SET seq = 0, hash = '{'0' * 64}'")
    with store.writing() as tx:
        events.append_many(tx, [Event("forged", now)] * (head.seq + 3))
    assert broken(store) is None
    found = broken(store, head)
    told = f"the history up to event {head.seq} was rewritten after its head was carried out"
    assert found == Broken(head.seq, told, since=1)


def test_a_head_carried_out_earlier_holds_for_a_history_that_grew(store: Store, head: Head, now: datetime) -> None:
    with store.writing() as tx:
        events.append(tx, Event("more", now))
    assert broken(store, head) is None


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        (
            "UPDATE messages SET sha256 = 'other' WHERE id = 1",
            "messages.sha256 of event 1 (message-arrived) was changed",
        ),
        ("UPDATE revisions SET assessment = '{}' WHERE number = 1", "revisions.assessment of event 3"),
        ("DELETE FROM letter_bodies; DELETE FROM letters", "letters.message_id of event 8 (letter-queued) is gone"),
        ("UPDATE letters SET recipient = 'x@y.example'", "letters.recipient of event 8 (letter-queued) was changed"),
        ("UPDATE event_notes SET reason = 'no'", "event_notes.reason of event 10 (decision) was changed"),
        ("UPDATE waiting SET assessment = '{}'", "waiting.assessment of event 9 (submission-waits) was changed"),
    ],
)
def test_a_record_changed_behind_the_history_is_found(store: Store, head: Head, statement: str, reason: str) -> None:
    with store.writing() as tx:
        for part in statement.split("; "):
            tx.execute(text(part))
    assert broken(store, head) is None, "the chain itself is whole"
    with store.reading() as conn:
        assert reason in next(verify_records(conn)).reason


def test_erasing_personal_data_leaves_the_history_whole(store: Store, head: Head, now: datetime) -> None:
    with store.writing() as tx:
        messages.erase(tx, 1, now, reason="asked for")
    with store.reading() as conn:
        assert verify(conn, head).broken is None
        assert list(verify_records(conn)) == []


def test_an_event_holds_no_personal_text(store: Store, head: Head) -> None:
    with store.reading() as conn:
        rows = conn.execute(text("SELECT kind, facts, digests FROM events")).all()
    told = " ".join(" ".join(row) for row in rows)
    for personal in ("a@yte.example", "Nguyễn", "because", "an.nguyen", "cdn.example", "INBOX"):
        assert personal not in told


def test_the_same_text_is_sealed_differently_each_time(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        one, two = events.append_many(tx, [Event("x", now, sealed={"address": "a@b.example"})] * 2)
    assert one.digests["address"] != two.digests["address"]


@pytest.mark.parametrize("wrong", ["", "12", "x:" + "0" * 64, "1:abc"])
def test_a_head_mistyped_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="a head is"):
        Head.parse(wrong)


def test_events_are_read_from_where_one_left_off(store: Store, head: Head) -> None:
    with store.reading() as conn:
        first = events.history(conn, limit=4)
        rest = events.history(conn, after=first[-1].seq)
    assert [event.seq for event in (*first, *rest)] == list(range(1, head.seq + 1))
