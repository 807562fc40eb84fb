"""Each letter is known to be sent, not sent, or of unknown outcome; none goes out twice (P6, FAULTS.md 12)."""

import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest
from support.dossier_mail import mail, union
from support.office import Office
from support.smtp import DROP, Relay, free_port

from intake.send import LEASE, send_due, take_back
from intake.steps import Step
from store import outbox
from store.outbox import LetterState

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

_MINUTE = timedelta(minutes=1)


@pytest.fixture
def relay() -> Iterator[Relay]:
    with Relay() as running:
        yield running


@pytest.fixture
def three_letters(office: Office) -> Office:
    for code in ("BVDN", "BVTN", "BVLK"):
        office.receives(mail(code))
    office.judges()
    assert office.states() == ["queued"] * 3
    return office


def test_what_the_relay_takes_is_sent_in_the_order_of_writing(three_letters: Office, relay: Relay) -> None:
    assert three_letters.sends(relay.port) == 3
    assert three_letters.states() == ["sent"] * 3
    assert [one.recipient for one in relay.received] == [union(code).addresses[0] for code in ("BVDN", "BVTN", "BVLK")]
    assert three_letters.letters()[0].reply == "content: 250 2.0.0 Ok: queued"
    assert three_letters.sends(relay.port) == 0
    assert len(relay.received) == 3


def test_the_relay_gets_the_bytes_that_were_recorded(three_letters: Office, relay: Relay) -> None:
    three_letters.sends(relay.port)
    with three_letters.store.reading() as conn:
        kept = [outbox.mime(conn, letter.id) for letter in three_letters.letters()]
    assert [one.content for one in relay.received] == kept


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA", "content"])
def test_a_letter_that_the_relay_puts_off_waits_and_holds_up_no_other(
    three_letters: Office, relay: Relay, command: str
) -> None:
    relay.script.at(command, "451 4.7.1 try again later")
    assert three_letters.sends(relay.port) == 2
    assert three_letters.states() == ["queued", "sent", "sent"]
    assert three_letters.sends(relay.port) == 0, "not before its time"
    three_letters.passes(2 * _MINUTE)
    assert three_letters.sends(relay.port) == 1
    assert three_letters.states() == ["sent"] * 3
    assert len({one.recipient for one in relay.received}) == len(relay.received) == 3


@pytest.mark.parametrize("command", ["RCPT", "content"])
def test_a_letter_that_the_relay_refuses_for_good_is_shown_and_holds_up_no_other(
    three_letters: Office, relay: Relay, command: str
) -> None:
    relay.script.at(command, "550 5.1.1 no such mailbox")
    three_letters.sends(relay.port)
    three_letters.passes(timedelta(days=30))
    three_letters.sends(relay.port)
    assert three_letters.states() == ["failed", "sent", "sent"]
    assert "550 5.1.1 no such mailbox" in (three_letters.letters()[0].reply or "")


def test_a_quota_that_is_used_up_is_waited_for(three_letters: Office, relay: Relay) -> None:
    relay.script.at("MAIL", *["550 5.4.5 Daily user sending quota exceeded"] * 3)
    assert three_letters.sends(relay.port) == 0
    assert three_letters.states() == ["queued"] * 3
    three_letters.passes(30 * _MINUTE)
    assert three_letters.sends(relay.port) == 0, "hours, not minutes"
    three_letters.passes(timedelta(hours=1))
    assert three_letters.sends(relay.port) == 3


def test_where_the_relay_is_away_no_letter_but_the_first_is_tried(three_letters: Office, relay: Relay) -> None:
    with free_port() as port:
        assert three_letters.sends(port) == 0
    assert [letter.attempts for letter in three_letters.letters()] == [1, 0, 0]
    assert three_letters.states() == ["queued"] * 3
    three_letters.passes(2 * _MINUTE)
    assert three_letters.sends(relay.port) == 3


def test_a_letter_is_given_up_after_five_days_and_shown(three_letters: Office, relay: Relay) -> None:
    relay.script.at("RCPT", *["451 4.3.0 later"] * 300)
    for _ in range(40):
        three_letters.sends(relay.port)
        three_letters.passes(timedelta(hours=4))
    assert three_letters.states() == ["failed"] * 3
    assert relay.received == []


def test_a_connection_that_is_lost_after_the_content_leaves_the_outcome_unknown(
    three_letters: Office, relay: Relay
) -> None:
    relay.script.at("content", DROP)
    three_letters.sends(relay.port)
    assert three_letters.states() == ["unknown", "sent", "sent"]
    three_letters.passes(timedelta(days=2))
    three_letters.sends(relay.port)
    assert len(relay.received) == 2, "never repeated blindly"
    with three_letters.store.writing() as tx:
        assert outbox.release(tx, 1, three_letters.now, reason="không thấy thư", by="Lê Thị Thử")
    assert three_letters.sends(relay.port) == 1
    assert three_letters.states() == ["sent"] * 3


def test_a_letter_that_another_process_took_over_goes_out_once(three_letters: Office, relay: Relay) -> None:
    """This process slept so long that its lease ran out: the other one sends, this one lets go before DATA."""
    others = iter([True])

    def asleep(step: Step) -> None:
        if step is Step.LETTER_CLAIMED and next(others, False):
            three_letters.passes(LEASE + _MINUTE)
            assert three_letters.sends(relay.port, owner="another") == 3

    assert three_letters.sends(relay.port, steps=asleep) == 0
    assert three_letters.states() == ["sent"] * 3
    assert {letter.owner for letter in three_letters.letters()} == {"another"}
    assert len(relay.received) == 3


def test_an_answer_that_comes_after_the_lease_is_still_the_answer(three_letters: Office, relay: Relay) -> None:
    others = iter([True])

    def slow(step: Step) -> None:
        if step is Step.LETTER_DELIVERED and next(others, False):
            three_letters.passes(LEASE + _MINUTE)
            three_letters.sends(relay.port, owner="another")
            assert three_letters.states() == ["unknown", "sent", "sent"]

    three_letters.sends(relay.port, steps=slow)
    assert three_letters.states() == ["sent"] * 3
    assert len(relay.received) == 3


@pytest.mark.parametrize(("step", "becomes"), [(Step.LETTER_CLAIMED, "queued"), (Step.DATA_STARTED, "unknown")])
def test_what_a_process_that_is_gone_had_in_hand_need_not_wait_for_its_lease(
    three_letters: Office, relay: Relay, step: Step, becomes: str
) -> None:
    class KilledError(Exception):
        pass

    def killed(reached: Step) -> None:
        if reached is step:
            raise KilledError

    with pytest.raises(KilledError):
        three_letters.sends(relay.port, owner="gone", steps=killed)
    with closing(three_letters.post(relay.port).sender):
        post = three_letters.post(relay.port, owner="new")
        take_back(post, lambda owner: False)
        three_letters.passes(_MINUTE)
        with three_letters.store.writing() as tx:
            assert outbox.recover(tx, three_letters.now).requeued == ()
        take_back(post, lambda owner: owner == "gone")
        with three_letters.store.writing() as tx:
            outbox.recover(tx, three_letters.now)
    assert three_letters.states() == [becomes, "queued", "queued"]


def test_it_ends_after_the_letter_in_hand_where_it_is_to_stop(three_letters: Office, relay: Relay) -> None:
    stop = threading.Event()

    def ask(step: Step) -> None:
        if step is Step.DATA_STARTED:
            stop.set()

    post = three_letters.post(relay.port, steps=ask)
    assert send_due(post, stop) == 1
    assert three_letters.states() == ["sent", "queued", "queued"]


def test_in_test_mode_every_letter_goes_to_one_address_alone(three_letters: Office, relay: Relay) -> None:
    three_letters.sends(relay.port, redirect_to="thu@cdyte-dongnai.example")
    assert {one.recipient for one in relay.received} == {"thu@cdyte-dongnai.example"}
    assert f"To: {union('BVDN').addresses[0]}".encode() in relay.received[0].content


def test_a_held_letter_does_not_go_out(three_letters: Office, relay: Relay) -> None:
    with three_letters.store.writing() as tx:
        outbox.hold(tx, 2, three_letters.now, reason="cần xem lại", by="Lê Thị Thử")
    three_letters.sends(relay.port)
    three_letters.passes(timedelta(days=3))
    three_letters.sends(relay.port)
    assert [letter.id for letter in three_letters.letters(LetterState.SENT)] == [1, 3]
