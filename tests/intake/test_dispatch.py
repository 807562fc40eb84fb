"""What goes out next: limits of all letters, facts out of date, test mode (DESIGN.md, "Letters are limited")."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.header import decode_header, make_header

import pytest
from support.dossier_mail import CAMPAIGN, TWO, files, mail, memo, table, union
from support.office import Office
from support.service import parsed, text_of
from support.smtp import Relay

from dossier.campaign import Roster
from dossier.limits import DailyLimits
from store import outbox
from store.errors import TemporaryStoreError
from store.outbox import LetterState

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1, minutes=1)


@pytest.fixture
def relay() -> Iterator[Relay]:
    with Relay() as running:
        yield running


def strangers_write(office: Office, *names: str) -> None:
    for name in names:
        office.receives(mail("BVDN", {"To trinh.docx": memo("BVDN")}, office.now, name=name, sender=name), office.now)
    office.judges()


def recipients(relay: Relay) -> list[str]:
    return [one.recipient for one in relay.received]


def test_letters_to_unions_go_before_those_to_strangers(office: Office, relay: Relay) -> None:
    strangers_write(office, "mot@webmail.example", "hai@webmail.example")
    office.receives(mail("BVTN"), office.now)
    office.judges()
    office.sends(relay.port)
    assert recipients(relay) == [union("BVTN").addresses[0], "mot@webmail.example", "hai@webmail.example"]


def test_all_strangers_together_have_a_limit_and_no_letter_is_lost(office: Office, relay: Relay) -> None:
    office.limits = DailyLimits(strangers=2)
    names = [f"nguoi{number}@webmail.example" for number in range(5)]
    strangers_write(office, *names)
    office.receives(mail("BVTN"), office.now)
    office.judges()
    office.sends(relay.port)
    assert Counter(office.states()) == {"sent": 3, "held": 3}
    assert {one.reason for one in office.letters(LetterState.HELD)} == {"strangers-limit"}
    for _ in range(2):
        office.passes(_DAY)
        office.sends(relay.port)
    assert sorted(recipients(relay)) == sorted([*names, union("BVTN").addresses[0]])
    assert set(office.states()) == {"sent"}


def test_all_letters_together_have_a_limit_and_unions_come_first(office: Office, relay: Relay) -> None:
    office.limits = DailyLimits(all=2)
    strangers_write(office, "mot@webmail.example")
    for code in ("BVDN", "BVTN", "BVLK"):
        office.receives(mail(code), office.now)
    office.judges()
    office.sends(relay.port)
    assert recipients(relay) == [union(code).addresses[0] for code in ("BVDN", "BVTN")]
    assert [one.reason for one in office.letters(LetterState.HELD)] == ["total-limit"] * 2
    office.passes(_DAY)
    office.sends(relay.port)
    assert recipients(relay)[2:] == [union("BVLK").addresses[0], "mot@webmail.example"]


def test_a_person_may_send_a_letter_that_a_limit_holds(office: Office, relay: Relay) -> None:
    office.limits = DailyLimits(all=1)
    for code in ("BVDN", "BVTN"):
        office.receives(mail(code), office.now)
    office.judges()
    office.sends(relay.port)
    (held,) = office.letters(LetterState.HELD)
    with office.store.writing() as tx:
        outbox.release(tx, held.id, office.now, reason="gấp", by="Lê Thị Thử")
    assert office.sends(relay.port) == 1


def test_one_dossier_has_a_limit_over_all_its_addresses(office: Office, relay: Relay) -> None:
    office.limits = DailyLimits(dossier=2)
    own = replace(union("BVDN"), addresses=("mot@y.example", "hai@y.example", "ba@y.example"))
    office.campaigns = (replace(CAMPAIGN, roster=Roster((own,))),)
    for address in own.addresses:
        office.receives(mail("BVDN", sender=address, name=address), office.now)
    office.judges()
    office.sends(relay.port)
    assert recipients(relay) == ["mot@y.example", "hai@y.example"]
    assert [one.reason for one in office.letters(LetterState.HELD)] == ["dossier-limit"]
    office.passes(_DAY)
    assert office.sends(relay.port) == 1


def test_a_tag_and_letter_case_make_no_other_sender(office: Office, relay: Relay) -> None:
    for number in range(5):
        office.passes(_MINUTE)
        strangers_write(office, f"Ke.Phien+{number}@WebMail.example")
        office.sends(relay.port)
    assert len(relay.received) == 3
    assert {one.reason for one in office.letters(LetterState.HELD)} == {"daily-limit"}


def test_fault_10_where_the_rates_cannot_be_read_the_letter_waits(
    office: Office, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.receives(mail("BVDN"), office.now)
    office.judges()

    def unreadable(*arguments: object) -> None:
        raise TemporaryStoreError("the disk failed to read")

    with monkeypatch.context() as broken:
        broken.setattr("store.letter_counts.sendings", unreadable)
        with pytest.raises(TemporaryStoreError):
            office.sends(relay.port)
        broken.setattr("store.letter_counts.counts", unreadable)
        office.receives(mail("BVTN"), office.now)
        with pytest.raises(TemporaryStoreError):
            office.judges()
        assert office.outcomes() == ["joined", "pending"]
    assert (relay.received, office.states()) == ([], ["queued"])
    office.judges()
    assert office.sends(relay.port) == 2


# --- Facts that are out of date -------------------------------------------------------------------------------------


def memo_then_table(office: Office, relay: Relay, second_sender: str = "") -> None:
    """The answer to the memo is put off by the relay; meanwhile the table comes, and its answer goes out."""
    office.receives(mail("BVDN", {"To trinh.docx": memo("BVDN")}, name="mot"), office.now)
    office.judges()
    relay.script.at("RCPT", "451 4.7.1 later")
    assert office.sends(relay.port) == 0
    office.receives(mail("BVDN", {"Bang.docx": table("BVDN", TWO)}, name="hai", sender=second_sender), office.now)
    office.judges()
    assert office.sends(relay.port) == 1
    office.passes(10 * _MINUTE)
    office.sends(relay.port)


def test_a_letter_that_was_put_off_does_not_follow_a_newer_one(office: Office, relay: Relay) -> None:
    memo_then_table(office, relay)
    assert office.states() == ["superseded", "sent"]
    assert (office.letters()[0].superseded_by, len(relay.received)) == (office.letters()[1].id, 1)
    assert "newer letter" in office.letters()[0].reason


def test_a_letter_to_another_address_of_the_dossier_is_written_anew_with_what_is_true_now(
    office: Office, relay: Relay
) -> None:
    own = replace(union("BVDN"), addresses=(union("BVDN").addresses[0], "hai@y.example"))
    office.campaigns = (replace(CAMPAIGN, roster=Roster((own,))),)
    memo_then_table(office, relay, second_sender="hai@y.example")
    assert office.states() == ["superseded", "sent", "sent"]
    assert recipients(relay) == ["hai@y.example", own.addresses[0]]
    last = parsed(relay.received[1].content)
    assert "Lần tiếp nhận: 2" in text_of(last)
    assert "Bảng tổng hợp tóm tắt sáng kiến, 2 sáng kiến" in text_of(last)
    assert last["In-Reply-To"] == "<mot.bvdn@dongnai-yte.example>"


def test_a_letter_that_was_put_off_and_is_still_true_goes_out(office: Office, relay: Relay) -> None:
    office.receives(mail("BVDN"), office.now)
    office.judges()
    relay.script.at("RCPT", "451 4.7.1 later")
    office.sends(relay.port)
    office.passes(10 * _MINUTE)
    assert office.sends(relay.port) == 1
    assert office.states() == ["sent"]


# --- Test mode ------------------------------------------------------------------------------------------------------


def test_in_test_mode_every_letter_says_for_whom_it_was_and_none_goes_to_a_union(office: Office, relay: Relay) -> None:
    office.receives(mail("BVDN", {"To trinh.docx": memo("BVDN")}), office.now)
    strangers_write(office, "mot@webmail.example")
    office.sends(relay.port, redirect_to="thu@cdyte-dongnai.example")
    assert recipients(relay) == ["thu@cdyte-dongnai.example"] * 2
    for one, meant in zip(relay.received, (union("BVDN").addresses[0], "mot@webmail.example"), strict=True):
        message = message_from_bytes(one.content)
        assert message["To"] == "thu@cdyte-dongnai.example"
        assert message["X-Hoso-Original-To"] == meant
        assert str(make_header(decode_header(message["Subject"]))).startswith(f"[CHẠY THỬ → {meant}] ")
        view = parsed(one.content)
        plain, html = (view.get_body((kind,)) for kind in ("plain", "html"))
        assert plain is not None
        assert html is not None
        assert meant in plain.get_content().splitlines()[0]
        assert meant in html.get_content()
        assert (message["Auto-Submitted"], bool(message["X-Hoso-Loop"])) == ("auto-replied", True)
        assert all(len(line) <= 998 for line in one.content.split(b"\r\n"))
    assert all("test mode" in letter.reason for letter in office.letters())
    office.passes(2 * _DAY)
    assert office.sends(relay.port) == 0, "what was tried is not sent to unions afterwards"


def test_without_test_mode_the_letter_carries_no_mark_of_it(office: Office, relay: Relay) -> None:
    office.receives(mail("BVDN", files("BVDN")), office.now)
    office.judges()
    office.sends(relay.port)
    assert b"X-Hoso-Original-To" not in relay.received[0].content
