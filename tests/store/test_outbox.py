"""P6: record and letter commit together; before DATA a crash repeats the letter, after it nothing does."""

from datetime import datetime, timedelta

import pytest
from support.store_samples import arrived, letter

from store import events, outbox
from store.engine import Store
from store.errors import PermanentStoreError
from store.letter_counts import counts, sendings
from store.letter_row import STEPS, LetterCounts, LetterState, NewLetter, OutgoingLetter, Step

LEASE = timedelta(minutes=10)
ME, OTHER = "host-1/42/a", "host-2/43/b"


def enqueue(store: Store, now: datetime, *letters: NewLetter) -> list[OutgoingLetter]:
    with store.writing() as tx:
        return [outbox.enqueue(tx, one, now) for one in letters]


def claim(store: Store, now: datetime, owner: str = ME, limit: int = 1) -> list[OutgoingLetter]:
    with store.writing() as tx:
        return outbox.claim(tx, now, owner, LEASE, limit)


def state(store: Store, letter_id: int) -> LetterState:
    with store.reading() as conn:
        found = outbox.get(conn, letter_id)
    assert found is not None
    return found.state


def kinds(store: Store, letter_id: int) -> list[str]:
    with store.reading() as conn:
        return [event.kind for event in events.history(conn, letter_id=letter_id)]


def test_a_letter_is_written_once_for_one_key(store: Store, now: datetime) -> None:
    first, again = enqueue(store, now, letter("sha/ack"), letter("sha/ack", mime=b"another"))
    assert (first.new, again.new, again.id) == (True, False, first.id)
    with store.reading() as conn:
        assert outbox.mime(conn, first.id) == b"Subject: x\r\n"
        assert outbox.find(conn, "sha/deficiency") is None
    assert kinds(store, first.id) == ["letter-queued"]


def test_no_letter_is_left_of_a_record_that_was_not_committed(store: Store, now: datetime) -> None:
    def crash() -> None:
        with store.writing() as tx:
            entry = arrived(tx, b"one", now)
            outbox.enqueue(tx, letter(f"{entry.sha256}/ack"), now)
            raise KeyError

    with pytest.raises(KeyError):
        crash()
    assert claim(store, now) == []


def test_a_claimed_letter_is_nobody_elses(store: Store, now: datetime) -> None:
    enqueue(store, now, letter("1"), letter("2"), letter("3", held=True))
    mine = claim(store, now)
    theirs = claim(store, now, OTHER, limit=5)
    assert [one.key for one in (*mine, *theirs)] == ["1", "2"]
    assert claim(store, now) == []
    with store.writing() as tx:
        assert not outbox.data_started(tx, mine[0].id, OTHER, now)
        assert not outbox.sent(tx, mine[0].id, ME, "250 ok", now), "DATA has not begun"
        assert outbox.data_started(tx, mine[0].id, ME, now)
        assert not outbox.data_started(tx, mine[0].id, ME, now), "only once"


def test_a_sent_letter_keeps_when_and_what_the_relay_said(store: Store, now: datetime) -> None:
    [one] = enqueue(store, now, letter("1"))
    claim(store, now)
    with store.writing() as tx:
        outbox.data_started(tx, one.id, ME, now)
    with store.writing() as tx:
        assert outbox.sent(tx, one.id, ME, "250 2.0.0 queued", now + timedelta(seconds=2))
    with store.reading() as conn:
        found = outbox.get(conn, one.id)
    assert found is not None
    assert (found.state, found.reply, found.attempts) == (LetterState.SENT, "250 2.0.0 queued", 1)
    assert found.sent_at == now + timedelta(seconds=2)
    assert kinds(store, one.id) == ["letter-queued", "letter-sent"]


def test_a_crash_before_data_sends_again_and_after_it_does_not(store: Store, now: datetime) -> None:
    before, after, running = enqueue(store, now, letter("1"), letter("2"), letter("3"))
    claim(store, now, limit=2)
    with store.writing() as tx:
        outbox.data_started(tx, after.id, ME, now)
    later = now + LEASE + timedelta(seconds=1)
    claim(store, later, OTHER)
    with store.writing() as tx:
        recovered = outbox.recover(tx, later)
        assert outbox.recover(tx, later) == outbox.Recovered((), ())
    assert recovered == outbox.Recovered((before.id,), (after.id,))
    assert [one.id for one in claim(store, later, limit=9)] == [before.id]
    assert state(store, after.id) is LetterState.UNKNOWN
    assert state(store, running.id) is LetterState.SENDING
    assert kinds(store, after.id) == ["letter-queued", "letter-unknown"]


def test_letters_of_a_process_known_to_be_gone_need_not_wait_for_their_lease(store: Store, now: datetime) -> None:
    gone, running, settled = enqueue(store, now, letter("1"), letter("2"), letter("3"))
    claim(store, now)
    claim(store, now, OTHER, limit=2)
    with store.writing() as tx:
        outbox.permanent_failure(tx, settled.id, OTHER, "550", now)
        assert outbox.owners(tx) == [ME, OTHER]
        outbox.end_lease(tx, ME, now)
        assert outbox.recover(tx, now) == outbox.Recovered((gone.id,), ())
        assert outbox.owners(tx) == [OTHER]
    assert state(store, running.id) is LetterState.SENDING


def test_a_process_that_was_taken_for_dead_must_not_begin(store: Store, now: datetime) -> None:
    [one] = enqueue(store, now, letter("1"))
    claim(store, now)
    late = now + LEASE + timedelta(seconds=1)
    with store.writing() as tx:
        assert not outbox.data_started(tx, one.id, ME, late)
        outbox.recover(tx, late)
    claim(store, late, OTHER)
    with store.writing() as tx:
        assert not outbox.data_started(tx, one.id, ME, late)
        assert outbox.data_started(tx, one.id, OTHER, late)


def test_an_answer_that_comes_late_is_still_the_answer(store: Store, now: datetime) -> None:
    [one] = enqueue(store, now, letter("1"))
    claim(store, now)
    with store.writing() as tx:
        outbox.data_started(tx, one.id, ME, now)
    with store.writing() as tx:
        outbox.recover(tx, now + 2 * LEASE)
    with store.writing() as tx:
        assert not outbox.sent(tx, one.id, OTHER, "250", now)
        assert outbox.sent(tx, one.id, ME, "250", now)


def test_a_letter_refused_for_now_waits_for_its_next_try(store: Store, now: datetime) -> None:
    [one] = enqueue(store, now, letter("1"))
    claim(store, now)
    again = now + timedelta(minutes=5)
    with store.writing() as tx:
        outbox.data_started(tx, one.id, ME, now)
        assert outbox.temporary_failure(tx, one.id, ME, "452 4.2.2 full", again, now)
    assert claim(store, again - timedelta(seconds=1)) == []
    [claimed] = claim(store, again)
    assert (claimed.attempts, claimed.reply, claimed.sent_at) == (2, "452 4.2.2 full", None)


def test_refused_and_unanswered_letters_go_out_again_only_by_a_person(store: Store, now: datetime) -> None:
    refused, unanswered = enqueue(store, now, letter("1"), letter("2"))
    claim(store, now, limit=2)
    with store.writing() as tx:
        assert outbox.permanent_failure(tx, refused.id, ME, "550 5.1.1 unknown", now)
        outbox.data_started(tx, unanswered.id, ME, now)
        assert outbox.no_answer(tx, unanswered.id, ME, "connection lost", now)
    assert claim(store, now) == []
    with store.writing() as tx:
        for one in (refused, unanswered):
            assert outbox.release(tx, one.id, now, reason="address mended", by="an")
            assert not outbox.release(tx, one.id, now, reason="again", by="an")
    assert len(claim(store, now, limit=5)) == 2
    with store.reading() as conn:
        [*_, told] = events.history(conn, letter_id=refused.id)
    assert (told.kind, told.by, told.reason) == ("letter-queued", "an", "address mended")


def test_a_delivery_report_marks_the_letter_that_it_is_about(store: Store, now: datetime) -> None:
    one, other = enqueue(store, now, letter("1"), letter("2"))
    claim(store, now, limit=1)
    with store.writing() as tx:
        outbox.data_started(tx, one.id, ME, now)
        outbox.sent(tx, one.id, ME, "250", now)
    with store.writing() as tx:
        reported = ["<1@cdn.example>", "<2@cdn.example>", "<unknown@x.example>"]
        assert outbox.undelivered(tx, reported, "5.1.1 unknown", now) == [one.id]
        assert outbox.undelivered(tx, reported, "5.1.1 unknown", now) == []
    assert state(store, one.id) is LetterState.UNDELIVERED
    assert state(store, other.id) is LetterState.QUEUED


def test_letters_can_be_held_released_and_drawn_together(store: Store, now: datetime) -> None:
    one, two, whole = enqueue(store, now, letter("1"), letter("2", held=True), letter("1+2"))
    with store.writing() as tx:
        assert outbox.hold(tx, one.id, now, reason="limit of the day")
        assert not outbox.hold(tx, one.id, now, reason="limit of the day")
        for each in (one, two):
            assert outbox.supersede(tx, each.id, now, reason="drawn together", superseded_by=whole.id)
        assert not outbox.release(tx, one.id, now, reason="x")
        found = outbox.get(tx, one.id)
    assert found is not None
    assert found.superseded_by == whole.id
    assert [each.id for each in claim(store, now, limit=9)] == [whole.id]


def test_counts_hold_what_went_out_or_may_have(store: Store, now: datetime) -> None:
    letters = enqueue(store, now, *(letter(str(n), "a@x.example") for n in range(5)), letter("b", "b@x.example"))
    enqueue(store, now, letter("held", "a@x.example", held=True))
    day = timedelta(days=1)
    claim(store, now, limit=3)
    with store.writing() as tx:
        for one in letters[:3]:
            outbox.data_started(tx, one.id, ME, now)
        outbox.sent(tx, letters[0].id, ME, "250", now - 2 * day)
        outbox.sent(tx, letters[1].id, ME, "250", now)
    with store.reading() as conn:
        assert counts(conn, "a@x.example", None, now - day) == LetterCounts(sender=4, dossier=0, held=1)
        assert counts(conn, "c@x.example", None, now - day) == LetterCounts(0, 0, 0)
        assert (sendings(conn, now - day, 9).all, sendings(conn, now - day, 1).all) == (2, 1)
        assert [one.key for one in outbox.listed(conn, recipient="b@x.example")] == ["b"]
        assert [one.key for one in outbox.listed(conn, state=LetterState.SENT, before=letters[1].id)] == ["0"]


def test_an_unknown_letter_has_no_bytes(store: Store) -> None:
    with pytest.raises(PermanentStoreError), store.reading() as conn:
        outbox.mime(conn, 999)


def test_every_state_but_the_last_ones_leads_on_and_none_back_into_sending() -> None:
    leaving = {source for sources, _ in STEPS.values() for source in sources}
    assert set(LetterState) - leaving == {LetterState.SUPERSEDED}
    assert LetterState.SENDING not in {target for _, target in STEPS.values()}
    assert {source for source, _ in [STEPS[Step.START_DATA]]} == {frozenset({LetterState.SENDING})}
