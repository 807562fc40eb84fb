"""Whose an address is: a person says so once; a stranger adds to nobody's dossier and reaches nobody else."""

from datetime import timedelta

import pytest
from support.dossier_mail import CAMPAIGN, DEADLINE, IN_TIME, OTHER_TWO, files, mail, memo, table, union
from support.office import Office
from support.service import SERVER, parsed, text_of
from support.smtp import Relay

from dossier.model import Verdict
from intake.confirm import Decision, NotConfirmedError, confirm_sender, revoke_sender
from store import dossiers, events, outbox, revisions, waiting
from store.dossiers import Dossier
from store.revisions import Cause

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

_STRANGER = "hoa.cn1988@webmail.example"
_CALLED = Decision(_STRANGER, "Lê Thị Thử", "đã gọi điện cho chủ tịch công đoàn")


def confirms(office: Office, decision: Decision = _CALLED, code: str = "BVDN") -> int:
    done = confirm_sender(office.store, CAMPAIGN, office.desk().judging.own, decision, code, office.now)
    office.judges()
    return done.reopened


def dossier_of(office: Office, code: str) -> Dossier | None:
    with office.store.reading() as conn:
        return dossiers.of_union(conn, CAMPAIGN.key, code)


def texts(office: Office) -> list[str]:
    """Recipient, subject and words of every letter."""
    with office.store.reading() as conn:
        messages = [parsed(outbox.mime(conn, one.id)) for one in outbox.listed(conn)]
    return [f"{one['To']}\n{one['Subject']}\n{text_of(one)}" for one in reversed(messages)]


def test_what_waited_counts_with_its_own_time_of_receipt_once_its_sender_is_confirmed(office: Office) -> None:
    office.receives(mail("BVDN", sender=_STRANGER, at=DEADLINE), DEADLINE)
    office.judges()
    office.now = DEADLINE + timedelta(days=3)
    assert confirms(office) == 1
    assert office.outcomes() == ["joined"]
    dossier = dossier_of(office, "BVDN")
    assert dossier is not None
    assert (dossier.verdict, dossier.received_at) == (Verdict.ACCEPTED, DEADLINE)
    assert [one.kind for one in office.letters()] == ["unverified-acknowledgement", "acknowledgement"]
    assert office.states() == ["superseded", "queued"], "the first had not gone out yet, and says less"
    assert dossier.code in texts(office)[1]
    with office.store.reading() as conn:
        assert [one.cause for one in revisions.every(conn, dossier.id)] == [Cause.CONFIRMED]
        assert waiting.unresolved(conn) == []
        told = {event.kind: event for event in events.history(conn)}
    for kind in ("sender-confirmed", "submission-resolved", "message-reopened"):
        assert (told[kind].by, told[kind].reason) == (_CALLED.by, _CALLED.reason)


def test_confirming_twice_does_nothing_twice(office: Office) -> None:
    office.receives(mail("BVDN", sender=_STRANGER), IN_TIME)
    office.judges()
    assert confirms(office) == 1
    assert confirms(office) == 0
    dossier = dossier_of(office, "BVDN")
    assert dossier is not None
    assert dossier.revision == 1
    assert len(office.letters()) == 2


def test_a_memo_of_another_union_than_the_confirmed_one_still_waits(office: Office) -> None:
    office.receives(mail("BVTN", sender=_STRANGER), IN_TIME)
    office.judges()
    confirms(office, code="BVDN")
    assert office.outcomes() == ["waiting"]
    assert dossier_of(office, "BVDN") is None
    assert dossier_of(office, "BVTN") is None
    assert len(office.letters()) == 1, "the same message is answered once"


def test_a_revoked_address_waits_again_and_what_it_brought_stays(office: Office) -> None:
    confirms(office)
    office.receives(mail("BVDN", sender=_STRANGER), IN_TIME)
    office.judges()
    assert revoke_sender(office.store, CAMPAIGN, Decision(_STRANGER, "Lê Thị Thử", "đã nghỉ việc"), office.now)
    assert not revoke_sender(office.store, CAMPAIGN, Decision(_STRANGER, "Lê Thị Thử", "đã nghỉ việc"), office.now)
    office.receives(mail("BVDN", {"Bang.docx": table("BVDN", OTHER_TWO)}, sender=_STRANGER, name="sau"), IN_TIME)
    office.judges()
    assert office.outcomes() == ["joined", "waiting"]
    dossier = dossier_of(office, "BVDN")
    assert dossier is not None
    assert dossier.revision == 1
    with office.store.reading() as conn:
        kinds = [event.kind for event in events.history(conn) if event.kind.startswith("sender-")]
    assert kinds == ["sender-confirmed", "sender-withdrawn"], "undone by a further event"


@pytest.mark.parametrize(
    ("address", "code", "why"),
    [
        (_STRANGER, "BVDNN", "did you mean BVDN"),
        ("sangkien+x@cdyte-dongnai.example", "BVDN", "an address of this service"),
        (union("BVTN").addresses[0], "BVDN", "stands in the roster as BVTN"),
        ("a@b@c.example", "BVDN", "not an address"),
        ("Hoa <hoa@webmail.example>", "BVDN", "not an address"),
    ],
)
def test_a_confirmation_that_cannot_stand_is_refused(office: Office, address: str, code: str, why: str) -> None:
    with pytest.raises(NotConfirmedError, match=why):
        confirms(office, Decision(address, "Lê Thị Thử", "vì"), code)
    with office.store.reading() as conn:
        assert events.history(conn) == []


def test_an_address_is_not_moved_from_union_to_union_in_passing(office: Office) -> None:
    confirms(office)
    with pytest.raises(NotConfirmedError, match="revoke that first"):
        confirms(office, code="BVTN")


def test_a_tag_or_a_dot_more_is_another_address(office: Office) -> None:
    confirms(office)
    for number, address in enumerate(("hoa.cn1988+x@webmail.example", "hoacn1988@webmail.example")):
        office.receives(mail("BVDN", sender=address, name=f"thu-{number}"), IN_TIME)
    office.judges()
    assert office.outcomes() == ["waiting", "waiting"]


# --- FAULTS.md 21-24 ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hosts", [(), (SERVER,)], ids=["no server of ours", "a server of ours"])
def test_fault_21_forged_authentication_results_make_nobody_known_and_nobody_unknown(
    office: Office, hosts: tuple[str, ...]
) -> None:
    office.authentication_hosts = hosts
    forged = {"Authentication-Results": "mx.evil.test; dmarc=pass header.from=webmail.example"}
    office.receives(mail("BVDN", sender=_STRANGER, headers=forged), IN_TIME)
    forged = {"Authentication-Results": "mx.evil.test; dmarc=fail header.from=dongnai-yte.example"}
    office.receives(mail("BVTN", headers=forged), IN_TIME)
    office.judges()
    assert office.outcomes() == ["waiting", "joined"]


@pytest.mark.parametrize(
    "said", ["spf=pass smtp.mailfrom=evil.test", "dkim=pass header.d=evil.test", "dmarc=fail header.from=x.example"]
)
def test_fault_22_a_check_passed_for_another_domain_is_no_proof(office: Office, said: str) -> None:
    """A known union's From, and our own server says that it was not that domain: it waits, and learns nothing."""
    office.authentication_hosts = (SERVER,)
    office.receives(mail("BVDN"), IN_TIME)
    office.judges()
    headers = {"Authentication-Results": f"{SERVER}; {said}"}
    office.receives(mail("BVDN", files("BVDN", OTHER_TWO), name="gia", headers=headers), IN_TIME)
    office.judges()
    assert office.outcomes() == ["joined", "waiting"]
    dossier = dossier_of(office, "BVDN")
    assert dossier is not None
    assert dossier.revision == 1
    assert dossier.code not in texts(office)[1]


def test_fault_22_no_letter_goes_to_a_third_party_in_whose_name_somebody_writes(office: Office) -> None:
    office.authentication_hosts = (SERVER,)
    headers = {"Authentication-Results": f"{SERVER}; spf=fail smtp.mailfrom=webmail.example"}
    office.receives(mail("BVDN", sender="nguoi.khac@webmail.example", headers=headers), IN_TIME)
    office.judges()
    assert [(one.state.value, one.reason) for one in office.letters()] == [("held", "sender-not-authentic")]
    with Relay() as relay:
        office.passes(timedelta(days=3))
        assert office.sends(relay.port) == 0


@pytest.mark.parametrize(
    "sender",
    [
        f"{union('BVDN').addresses[0]})ke.gian@evil.test",
        f"{union('BVDN').addresses[0]}@evil.test",
        f'"{union("BVDN").addresses[0]}" <ke.gian@evil.test>',
        f"{union('BVDN').addresses[0]} <ke.gian@evil.test>",
        f"<{union('BVDN').addresses[0]}>, ke.gian@evil.test",
        f"=?utf-8?q?{union('BVDN').addresses[0]}?= <ke.gian@evil.test>",
        f"ke.gian@evil.test ({union('BVDN').addresses[0]})",
    ],
)
def test_fault_23_no_trick_of_the_address_makes_a_sender_a_union(office: Office, sender: str) -> None:
    whole = mail("BVDN", sender="thay@evil.test").replace(b"From: thay@evil.test", f"From: {sender}".encode())
    office.receives(whole, IN_TIME)
    office.judges()
    assert office.outcomes() == ["waiting"]
    assert dossier_of(office, "BVDN") is None
    assert {one.recipient for one in office.letters()} <= {"ke.gian@evil.test"}


def test_fault_24_a_reference_to_anothers_dossier_joins_nothing_and_learns_nothing(office: Office) -> None:
    office.receives(mail("BVDN"), IN_TIME)
    office.judges()
    (first,) = office.letters()
    office.receives(
        mail(
            "BVDN",
            {"Bang.docx": table("BVDN", OTHER_TWO), "To trinh.docx": memo("BVDN")},
            name="la",
            sender=_STRANGER,
            subject="Re: Thông báo tiếp nhận hồ sơ SK39-001",
            words="Bổ sung hồ sơ SK39-001, xem file đính kèm.",
            headers={"In-Reply-To": first.message_id, "References": first.message_id, "Reply-To": "ba@evil.test"},
        ),
        IN_TIME,
    )
    office.judges()
    assert office.outcomes() == ["joined", "waiting"]
    dossier = dossier_of(office, "BVDN")
    assert dossier is not None
    assert dossier.revision == 1
    _, answer = texts(office)
    assert answer.startswith(_STRANGER), "to the sender alone, never to Reply-To"
    assert not any(word in answer for word in ("SK39-", union("BVDN").name, "Số đến", "Mạc Thị Thí Dụ", "evil"))


def test_fault_24_one_union_adds_nothing_to_the_dossier_of_another(office: Office) -> None:
    office.receives(mail("BVDN"), IN_TIME)
    office.judges()
    brought = {"Bang.docx": table("BVDN", OTHER_TWO), "To trinh.docx": memo("BVDN")}
    sender = union("BVTN").addresses[0]
    office.receives(mail("BVDN", brought, name="nham", sender=sender, subject="SK39-001"), IN_TIME)
    office.judges()
    assert office.outcomes() == ["joined", "waiting"]
    dossier = dossier_of(office, "BVDN")
    assert dossier is not None
    assert dossier.revision == 1
