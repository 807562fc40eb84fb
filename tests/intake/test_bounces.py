"""A delivery report marks the letter that came back; nobody answers it (FAULTS.md 3 and 11)."""

from datetime import timedelta

import pytest
from support.dossier_mail import mail, union
from support.office import IDENTITY, Office
from support.smtp import Relay

from hoso.demo.bounce import bounce
from store.outbox import LetterState

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

_HOST = "mx.webmail.example"


@pytest.fixture
def answered(office: Office) -> Office:
    """Two letters are sent."""
    for code in ("BVDN", "BVTN"):
        office.receives(mail(code))
    office.judges()
    return office


def sent(office: Office) -> Relay:
    with Relay() as relay:
        assert office.sends(relay.port) == 2
    return relay


def comes_back(office: Office, relay: Relay, *, to: str = "", **replaced: str) -> None:
    """The first letter comes back; `replaced` words of the report stand for others."""
    letter = relay.received[0]
    report = bounce(letter.content, to or letter.sender, letter.recipient, _HOST, office.now)
    for before, after in replaced.items():
        report = report.replace(before.replace("_", "-").encode(), after.encode())
    office.passes(timedelta(minutes=2))
    office.receives(report)
    office.judges()


def test_the_letter_that_came_back_is_undelivered_and_the_report_is_not_answered(answered: Office) -> None:
    relay = sent(answered)
    comes_back(answered, relay)
    assert answered.outcomes()[-1] == "delivery-report"
    assert answered.states() == ["undelivered", "sent"]
    assert "5.1.1" in answered.letters()[0].reason
    assert len(answered.letters()) == 2


def test_the_return_address_names_the_letter_where_the_report_returns_nothing_of_it(answered: Office) -> None:
    comes_back(answered, sent(answered), Message_ID="X-Message-ID")
    assert answered.states() == ["undelivered", "sent"]


def test_the_returned_message_id_names_the_letter_where_the_address_does_not(answered: Office) -> None:
    comes_back(answered, sent(answered), to=IDENTITY.address)
    assert answered.states() == ["undelivered", "sent"]


def test_a_report_on_a_delay_marks_nothing(answered: Office) -> None:
    comes_back(answered, sent(answered), **{"Action: failed": "Action: delayed"})
    assert answered.outcomes()[-1] == "delivery-report"
    assert answered.states() == ["sent", "sent"]


def test_a_report_on_somebody_elses_letter_marks_nothing(answered: Office) -> None:
    sent(answered)
    strange = b"Message-ID: <khac@webmail.example>\r\nFrom: a@webmail.example\r\n\r\n"
    answered.receives(bounce(strange, IDENTITY.address, union("BVDN").addresses[0], _HOST, answered.now))
    answered.judges()
    assert answered.outcomes()[-1] == "delivery-report"
    assert answered.states() == ["sent", "sent"]


def test_a_letter_that_came_back_does_not_go_out_again_by_itself(answered: Office) -> None:
    comes_back(answered, sent(answered))
    with Relay() as relay:
        answered.passes(timedelta(days=2))
        assert answered.sends(relay.port) == 0
    assert answered.letters(LetterState.QUEUED) == []
