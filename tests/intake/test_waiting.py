"""What is not clear waits for a person, and its letter promises nothing (P11)."""

from dataclasses import replace

import pytest
from support.dossier_mail import CAMPAIGN, IN_TIME, mail, union
from support.office import Office
from support.service import parsed, text_of

from store import dossiers, outbox, senders, waiting
from store.engine import Store

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

_STRANGER = "hoa.cn1988@webmail.example"


def letter_of(office: Office) -> str:
    """Subject and text of the only letter."""
    (letter,) = office.letters()
    with office.store.reading() as conn:
        message = parsed(outbox.mime(conn, letter.id))
    return f"{message['Subject']}\n{text_of(message)}"


def waits(office: Office) -> list[tuple[str, str | None, str | None]]:
    with office.store.reading() as conn:
        return [(one.reason, one.union, one.address) for one in waiting.unresolved(conn)]


def test_a_stranger_with_a_whole_dossier_is_told_only_that_it_came(office: Office) -> None:
    office.receives(mail("BVDN", sender=_STRANGER), IN_TIME)
    office.judges()
    assert office.outcomes() == ["waiting"]
    assert waits(office) == [("unverified-sender", "BVDN", _STRANGER)]
    letter = letter_of(office)
    assert "đang chờ xem xét" in letter
    assert not any(word in letter for word in ("SK39-", union("BVDN").name, "Mạc Thị Thí Dụ", "Số đến"))
    with office.store.reading() as conn:
        assert dossiers.listed(conn, CAMPAIGN.key) == []


def test_an_address_that_a_person_confirmed_is_the_unions_own(office: Office) -> None:
    with office.store.writing() as tx:
        senders.confirm(tx, CAMPAIGN.key, _STRANGER, "BVDN", office.now, by="Lê Thị Thử", reason="đã gọi điện")
    office.receives(mail("BVDN", sender=_STRANGER), IN_TIME)
    office.judges()
    assert office.outcomes() == ["joined"]
    assert "SK39-001" in letter_of(office)


def test_a_dossier_for_one_of_two_campaigns_waits_and_a_person_answers(store: Store) -> None:
    other = replace(CAMPAIGN, key="khac", name="Chương trình khác", code_prefix="KH")
    office = Office(store, campaigns=(CAMPAIGN, other))
    office.receives(mail("BVDN"), IN_TIME)
    office.judges()
    assert office.outcomes() == ["waiting"]
    assert waits(office)[0][0] == "campaign-unclear"
    assert office.letters() == []


def test_list_mail_with_a_dossier_waits_and_is_not_answered(office: Office) -> None:
    office.receives(mail("BVDN", headers={"List-Id": "<congdoan.dongnai-yte.example>"}), IN_TIME)
    office.judges()
    assert (office.outcomes(), office.states()) == (["waiting"], ["held"])
    assert waits(office)[0][0] == "automatic-with-dossier"


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"X-Hoso-Loop": "sangkien@cdyte-dongnai.example"},
    ],
    ids="".join,
)
def test_a_machines_words_are_recorded_and_not_answered(office: Office, headers: dict[str, str]) -> None:
    office.receives(mail("BVDN", {}, headers=headers, words="Hồ sơ: xem file đính kèm."), IN_TIME)
    office.judges()
    assert (office.outcomes(), office.letters()) == (["ignored"], [])


def test_a_message_from_our_own_address_is_not_answered(office: Office) -> None:
    own = "sangkien@cdyte-dongnai.example"
    office.receives(mail("BVDN", sender=own), IN_TIME)
    office.receives(mail("BVTN", {}, sender=own, words="Hồ sơ: xem file đính kèm."), IN_TIME)
    office.judges()
    assert (office.outcomes(), office.letters()) == (["waiting", "ignored"], [])
