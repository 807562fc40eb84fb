"""Letters are limited: what is over is held, and drawn together into one (DESIGN.md, "The rules"; FAULTS.md 8)."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from support.dossier_mail import OTHER_TWO, TWO, files, mail, memo, table, union
from support.office import Office
from support.smtp import Relay

from store.outbox import LetterState

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
_STRANGER = "hoa.cn1988@webmail.example"


@pytest.fixture
def relay() -> Iterator[Relay]:
    with Relay() as running:
        yield running


def send_the_same_again(office: Office, relay: Relay, times: int) -> None:
    """The union sends its dossier again and again, a minute apart, and is answered."""
    attached = files("BVDN")
    for _ in range(times):
        office.passes(_MINUTE)
        office.receives(mail("BVDN", attached, office.now, name=f"thu-{office.now:%j%H%M}"))
        office.judges()
        office.sends(relay.port)


def test_a_sender_gets_three_letters_a_day_and_the_rest_as_one_the_next_day(office: Office, relay: Relay) -> None:
    send_the_same_again(office, relay, times=6)
    # the first message brought files that were new, so it is within both limits
    assert len(relay.received) == 3
    assert Counter(office.states()) == {"sent": 3, "superseded": 2, "held": 1}
    (held,) = office.letters(LetterState.HELD)
    assert (held.reason, held.revision) == ("daily-limit", 6)
    office.passes(_DAY - 10 * _MINUTE)
    assert office.sends(relay.port) == 0
    office.passes(10 * _MINUTE)
    assert office.sends(relay.port) == 1
    assert Counter(office.states()) == {"sent": 4, "superseded": 2}


def test_a_known_address_that_brings_new_files_gets_ten_letters_a_day(office: Office, relay: Relay) -> None:
    for number in range(12):
        office.passes(_MINUTE)
        brought = {f"Bang {number}.docx": table("BVDN", TWO[: number % 2 + 1], {1: "benefit"} if number > 1 else None)}
        brought |= {"To trinh.docx": memo("BVDN", number + 1)}
        office.receives(mail("BVDN", brought, office.now, name=f"thu-{number}"))
        office.judges()
        office.sends(relay.port)
    assert len(relay.received) == 10
    assert Counter(office.states()) == {"sent": 10, "superseded": 1, "held": 1}


def test_a_strangers_new_files_do_not_lift_the_limit(office: Office, relay: Relay) -> None:
    for number in range(5):
        office.passes(_MINUTE)
        brought = {"Bang.docx": table("BVDN", OTHER_TWO[: number % 2 + 1]), "To trinh.docx": memo("BVDN", number)}
        office.receives(mail("BVDN", brought, office.now, name=f"thu-{number}", sender=_STRANGER))
        office.judges()
        office.sends(relay.port)
    assert len(relay.received) == 3
    assert Counter(office.states()) == {"sent": 3, "superseded": 1, "held": 1}


def test_the_limit_is_each_senders_own(office: Office, relay: Relay) -> None:
    send_the_same_again(office, relay, times=4)
    office.receives(mail("BVTN"), office.now)
    office.judges()
    office.sends(relay.port)
    assert Counter(one.recipient for one in relay.received) == {
        union("BVDN").addresses[0]: 3,
        union("BVTN").addresses[0]: 1,
    }


@pytest.mark.parametrize("sender", [union("BVDN").addresses[0], _STRANGER], ids=["a known address", "a stranger"])
@pytest.mark.parametrize("rounds", [60, pytest.param(1000, marks=[pytest.mark.torture, pytest.mark.timeout(900)])])
def test_a_robot_that_answers_every_letter_and_writes_on_by_itself_is_answered_three_times_a_day(
    office: Office, relay: Relay, sender: str, rounds: int
) -> None:
    """A round every two hours, under plain headers, for days or months (FAULTS.md 8)."""
    began: datetime = office.now
    for number in range(rounds):
        office.passes(2 * _HOUR)
        words = f"Hồ sơ đã nhận, xem file đính kèm. Số {number}."
        office.receives(
            mail("BVDN", {}, office.now, name=f"may-{number}", sender=sender, words=words, subject="Re: Hồ sơ")
        )
        office.judges()
        office.sends(relay.port)
    days = (office.now - began) / _DAY
    assert 0 < len(relay.received) <= 3 * (days + 1)
    assert len(office.letters(LetterState.HELD)) <= 1
    gone = [letter.sent_at for letter in office.letters(LetterState.SENT) if letter.sent_at]
    assert all(sum(start <= at < start + _DAY for at in gone) <= 3 for start in gone)
    assert set(office.outcomes()) <= {"joined", "waiting"}


def test_the_letter_of_a_message_that_joins_after_held_ones_says_it_for_all(office: Office, relay: Relay) -> None:
    send_the_same_again(office, relay, times=4)
    assert len(office.letters(LetterState.HELD)) == 1
    office.receives(mail("BVDN", {"Bang moi.docx": table("BVDN", OTHER_TWO)}, office.now, name="moi"), office.now)
    office.judges()
    office.sends(relay.port)
    assert len(relay.received) == 4, "new files of a known address: ten a day"
    assert office.letters(LetterState.HELD) == []
    assert office.letters()[-1].revision == 5
