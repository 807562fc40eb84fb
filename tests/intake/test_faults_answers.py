"""Whom we never answer, and what our letters carry: FAULTS.md 1-12, each by a whole message from mailbox to outbox."""

import re
from collections import Counter
from datetime import timedelta
from email import message_from_bytes

import pytest
from sqlalchemy import text
from support.dossier_mail import IN_TIME, OTHER_TWO, mail, memo, table, union
from support.office import IDENTITY, Office
from support.service import ADDRESS
from support.smtp import Relay

from dossier.digest import Group
from hoso.demo.bounce import bounce
from intake.assign import dismiss_message
from intake.backlog import answer_backlog
from intake.decisions import Who
from intake.digest import digest
from store import events, outbox
from store.outbox import LetterState

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

_MEMO = {"To trinh.docx": memo("BVDN")}


def answered(office: Office, content: bytes) -> tuple[str, int]:
    """The outcome of one message and how many letters go out on it; its bytes are kept as they came."""
    before = going(office)
    office.receives(content, IN_TIME)
    office.judges()
    entry = office.entries()[-1]
    assert office.store.blobs.get(entry.sha256) == content
    return (entry.outcome.value if entry.outcome else "pending"), going(office) - before


def going(office: Office) -> int:
    return sum(one.state not in (LetterState.HELD, LetterState.SUPERSEDED) for one in office.letters())


def without(content: bytes, header: str) -> bytes:
    return re.sub(rf"(?im)^{header}:.*\r\n(?:[ \t].*\r\n)*".encode(), b"", content, count=1)


def test_a_persons_dossier_is_answered(office: Office) -> None:
    assert answered(office, mail("BVDN")) == ("joined", 1)


@pytest.mark.parametrize("attached", [{}, None], ids=["words", "a dossier"])
def test_fault_01_the_null_return_path_and_no_sender_are_not_answered(
    office: Office, attached: dict[str, bytes] | None
) -> None:
    outcome = "ignored" if attached == {} else "waiting"
    null = re.sub(rb"Return-Path: <[^>]*>", b"Return-Path: <>", mail("BVDN", attached))
    assert answered(office, null) == (outcome, 0)
    nobody = without(without(mail("BVDN", attached, name="khong"), "From"), "Return-Path")
    assert answered(office, nobody) == (outcome, 0)


@pytest.mark.parametrize(
    ("values", "letters"),
    [
        (("auto-replied",), 0),
        (("AUTO-GENERATED",), 0),
        (("auto-notified; owner-email=a@b.example",), 0),
        (("(a vacation) Auto-Replied",), 0),
        (("no", "auto-replied"), 0),
        (("",), 0),
        (("no",), 1),
        (("No (a person)",), 1),
    ],
)
def test_fault_02_auto_submitted_mail_is_not_answered_unless_it_says_no(
    office: Office, values: tuple[str, ...], letters: int
) -> None:
    lines = b"".join(f"Auto-Submitted: {value}\r\n".encode() for value in values)
    assert answered(office, lines + mail("BVDN", _MEMO))[1] == letters


@pytest.mark.parametrize("dropped", ["", "Auto-Submitted"])
def test_fault_03_a_delivery_report_marks_its_letter_and_is_not_answered(office: Office, dropped: str) -> None:
    assert answered(office, mail("BVDN")) == ("joined", 1)
    with Relay() as relay:
        office.sends(relay.port)
        letter = relay.received[0]
    report = bounce(letter.content, letter.sender, letter.recipient, "mx.webmail.example", office.now)
    assert answered(office, without(report, dropped) if dropped else report) == ("delivery-report", 0)
    assert office.states() == ["undelivered"]


def test_fault_03_a_report_whose_status_cannot_be_read_marks_its_letter_too(office: Office) -> None:
    answered(office, mail("BVDN"))
    with Relay() as relay:
        office.sends(relay.port)
        letter = relay.received[0]
    report = bounce(letter.content, letter.sender, letter.recipient, "mx.webmail.example", office.now)
    broken = report.replace(b"Action: failed", b"Acti\0n failed").replace(b"Status: 5.1.1", b"\xff\xfe")
    assert answered(office, broken) == ("delivery-report", 0)
    assert [(one.state, one.reason) for one in office.letters()] == [
        (LetterState.UNDELIVERED, "a report that cannot be read")
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "List-Id: <cdcs.yte.example>",
        "List-Unsubscribe: <mailto:x@y.example>",
        "LIST-POST: NO",
        "Precedence: bulk",
        "Precedence: Junk",
        "Precedence: first-class\r\nPrecedence: list",
    ],
)
def test_fault_04_list_mail_and_bulk_mail_are_not_answered(office: Office, lines: str) -> None:
    assert answered(office, f"{lines}\r\n".encode() + mail("BVDN", {})) == ("ignored", 0)
    assert answered(office, f"{lines}\r\n".encode() + mail("BVDN", name="hai")) == ("waiting", 0)


@pytest.mark.parametrize("value", ["All", "OOF", "DR, AutoReply"])
def test_fault_05_a_suppressed_answer_is_held_back_and_the_dossier_counts(office: Office, value: str) -> None:
    assert answered(office, mail("BVDN", headers={"X-Auto-Response-Suppress": value})) == ("joined", 0)


def test_fault_05_automatic_mail_that_carries_a_dossier_goes_before_a_person(office: Office) -> None:
    assert answered(office, mail("BVDN", headers={"Auto-Submitted": "auto-generated"})) == ("waiting", 0)


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Auto-Response-Suppress": "All"},
        {"Auto-Submitted": "auto-generated"},
        {"Precedence": "bulk"},
        {"List-Id": "<cdcs.yte.example>"},
        {"X-Autoreply": "yes", "X-Auto-Response-Suppress": "OOF"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_fault_05_a_suppressed_answer_lies_ready_and_goes_out_when_a_person_says_so(
    office: Office, headers: dict[str, str]
) -> None:
    """No limit that ends and no word on the backlog lets it out, but a person, as `hoso resend` does."""
    answered(office, mail("BVDN", headers=headers))
    (letter,) = office.letters()
    assert (letter.state, letter.reason) == (LetterState.HELD, "answer-suppressed")
    found = digest(office.store, office.campaigns[0], office.now - timedelta(days=1), office.now)
    (shown,) = [one.entries for one in found.sections if one.group is Group.HELD]
    assert [(one.reference, one.why) for one in shown] == [(f"#{letter.id}", ("held", "answer-suppressed"))]
    with Relay() as relay:
        office.passes(timedelta(days=3))
        answer_backlog(office.store, office.now)
        assert office.sends(relay.port) == 0
        with office.store.writing() as tx:
            assert outbox.release(tx, letter.id, office.now, reason="do một quy tắc chuyển tiếp", by="Nguyễn Thị Lan")
        assert office.sends(relay.port) == 1
    assert [(one.recipient, one.content.count(b"Auto-Submitted: auto-replied")) for one in relay.received] == [
        (union("BVDN").addresses[0], 1)
    ]


@pytest.mark.parametrize("headers", [{}, {"X-Auto-Response-Suppress": "All"}])
def test_fault_05_what_is_surely_a_machine_gets_no_letter_that_a_person_could_send(
    office: Office, headers: dict[str, str]
) -> None:
    null = re.sub(rb"Return-Path: <[^>]*>", b"Return-Path: <>", mail("BVDN", headers=headers))
    own = mail("BVTN", headers={**headers, "X-Hoso-Loop": IDENTITY.loop_mark})
    assert [answered(office, one) for one in (null, own)] == [("waiting", 0), ("waiting", 0)]
    assert office.letters() == []


def test_fault_05_many_suppressed_answers_to_one_sender_are_one_and_a_later_letter_says_it_all(office: Office) -> None:
    for number in range(4):
        answered(office, mail("BVDN", name=f"m{number}", headers={"X-Auto-Response-Suppress": "All"}))
    assert len(office.letters(LetterState.HELD)) == 1
    assert answered(office, mail("BVDN", name="nguoi")) == ("joined", 1)
    assert office.letters(LetterState.HELD) == []


def test_fault_05_who_sets_the_message_aside_sets_its_letter_aside(office: Office) -> None:
    answered(office, mail("BVDN", headers={"Auto-Submitted": "auto-generated"}))
    number = office.entries()[0].message_id
    who = Who("Nguyễn Thị Lan", "quảng cáo")
    dismiss_message(office.store, office.campaigns[0], number, who, office.now)
    assert office.states() == ["superseded"]


@pytest.mark.parametrize("own", [ADDRESS, ADDRESS.upper(), ADDRESS.replace("@", "+b-1@")])
def test_fault_06_mail_from_our_own_address_is_not_answered(office: Office, own: str) -> None:
    assert answered(office, mail("BVDN", sender=own))[1] == 0
    assert answered(office, mail("BVTN", headers={"Reply-To": own}))[1] == 0


@pytest.mark.parametrize("sign", ["message-id", "loop header"])
@pytest.mark.parametrize("attached", [{}, None], ids=["words", "a dossier"])
def test_fault_07_our_own_letter_that_comes_back_is_a_loop_alarm(
    office: Office, sign: str, attached: dict[str, bytes] | None
) -> None:
    if sign == "message-id":
        back = without(mail("BVDN", attached), "Message-ID")
        back = b"Message-ID: <hoso-0123456789abcdef@cdyte-dongnai.example>\r\n" + back
    else:
        back = mail("BVDN", attached, headers={"X-Hoso-Loop": IDENTITY.loop_mark})
    assert answered(office, back)[1] == 0
    assert "loop-alarm" in office.entries()[0].detail
    with office.store.reading() as conn:
        assert [event.kind for event in events.history(conn)].count("loop-alarm") == 1


def test_fault_07_a_whole_letter_of_ours_that_a_server_sends_back_is_a_loop_alarm(office: Office) -> None:
    answered(office, mail("BVDN", _MEMO))
    with Relay() as relay:
        office.sends(relay.port)
    assert answered(office, relay.received[0].content) == ("ignored", 0)
    assert "loop-alarm" in office.entries()[1].detail


def plain(letter: bytes, name: str) -> bytes:
    """A letter as a gateway passes it on that strips all that marks it as automatic."""
    kept = letter
    for header in ("Auto-Submitted", "X-Auto-Response-Suppress", "X-Hoso-Loop", "Message-ID"):
        kept = without(kept, header)
    return f"Message-ID: <{name}@gateway.example>\r\n".encode() + kept


@pytest.mark.parametrize("rounds", [40, pytest.param(1000, marks=[pytest.mark.torture, pytest.mark.timeout(900)])])
def test_fault_08_a_robot_that_answers_every_letter_gets_three_a_day(office: Office, rounds: int) -> None:
    """At once, under plain headers, and by itself every quarter of an hour."""
    began = office.now
    with Relay() as relay:
        for number in range(rounds):
            office.passes(timedelta(minutes=15))
            words = f"Đã nhận hồ sơ, xem file đính kèm. Số {number}."
            office.receives(mail("BVDN", {}, office.now, name=f"r{number}", sender="may@robot.example", words=words))
            office.judges()
            office.sends(relay.port)
    days = (office.now - began) / timedelta(days=1)
    assert 0 < len(relay.received) <= 3 * (days + 1)
    assert len(office.letters(LetterState.HELD)) <= 1


@pytest.mark.parametrize("rounds", [30, pytest.param(1000, marks=[pytest.mark.torture, pytest.mark.timeout(900)])])
@pytest.mark.parametrize("strips", [False, True], ids=["as sent", "a gateway strips the marks"])
def test_fault_08_two_services_that_write_to_each_other_fall_silent(office: Office, strips: bool, rounds: int) -> None:
    """The letters come back from the other one's address, each an answer to ours."""
    other = "tiepnhan@khac.example"
    answered(office, mail("BVDN", {}, sender=other, words="Hồ sơ: xem file đính kèm."))
    passed = 0
    with Relay() as relay:
        for number in range(rounds):
            office.passes(timedelta(minutes=5))
            office.sends(relay.port)
            for letter in relay.received[passed:]:
                back = letter.content.replace(ADDRESS.encode(), b"\0").replace(other.encode(), ADDRESS.encode())
                back = back.replace(b"\0", other.encode())
                office.receives(plain(back, f"g{number}") if strips else back, office.now)
            passed = len(relay.received)
            office.judges()
    days = rounds * timedelta(minutes=5) / timedelta(days=1)
    assert len(relay.received) <= 3 * (days + 1)
    assert Counter(office.outcomes())["joined"] == 0


@pytest.mark.parametrize(
    "sender",
    ["MAILER-DAEMON@mx.example", "majordomo@yte.example", "cdcs-request@yte.example", "owner-cdcs@yte.example"],
)
def test_fault_09_mail_programs_are_not_answered(office: Office, sender: str) -> None:
    assert answered(office, mail("BVDN", sender=sender)) == ("waiting", 0)
    assert answered(office, mail("BVDN", {}, sender=sender, name="hai")) == ("ignored", 0)


def test_fault_11_letters_carry_what_keeps_machines_from_answering_and_brings_bounces_back(office: Office) -> None:
    answered(office, mail("BVDN", _MEMO, headers={"References": "<dau.tien@dongnai-yte.example>"}))
    with Relay() as relay:
        office.sends(relay.port)
    message = message_from_bytes(relay.received[0].content)
    assert message["Auto-Submitted"] == "auto-replied"
    assert message["In-Reply-To"] == "<thu-1.bvdn@dongnai-yte.example>"
    assert message["References"].split() == ["<dau.tien@dongnai-yte.example>", message["In-Reply-To"]]
    local, _, domain = ADDRESS.partition("@")
    assert re.fullmatch(rf"{local}\+b-[0-9a-f]{{32}}@{re.escape(domain)}", relay.received[0].sender)
    assert relay.received[0].sender.partition("+b-")[2].partition("@")[0] in message["Message-ID"]


@pytest.mark.parametrize(
    ("step", "said"), [("MAIL", "550 5.4.5 Daily user sending quota exceeded"), ("RCPT", "451 4.7.1")]
)
def test_fault_12_a_quota_or_a_refusal_for_now_is_waited_for(office: Office, step: str, said: str) -> None:
    answered(office, mail("BVDN"))
    with Relay() as relay:
        relay.script.at(step, *[said] * 5)
        for _ in range(12):
            office.sends(relay.port)
            assert office.states() in (["queued"], ["sent"]), "never given up at once"
            office.passes(timedelta(hours=3))
    assert office.states() == ["sent"]
    assert len(relay.received) == 1


# --- FAULTS.md 25, 28-30, 39 ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("header", ["Subject", "Message-ID", "References", "In-Reply-To"])
def test_fault_25_no_received_text_makes_a_header_of_a_letter(office: Office, header: str) -> None:
    evil = "=?UTF-8?Q?x=0D=0ABcc:_evil@evil.test=0D=0A=0D=0Abody?="
    value = f"<{evil}@x.example>" if header != "Subject" else evil
    answered(office, f"{header}: {value}\r\n".encode() + without(mail("BVDN"), header))
    with Relay() as relay:
        office.sends(relay.port)
    message = message_from_bytes(relay.received[0].content)
    assert message["Bcc"] is None
    assert [one.recipient for one in relay.received] == [union("BVDN").addresses[0]]
    assert all(len(value) < 2000 and "\n" not in value.replace("\n ", "") for value in message.values())


@pytest.mark.parametrize("missing", ["From", "Date", "Message-ID", "Subject", "To"])
def test_fault_28_a_message_without_a_usual_header_is_recorded(office: Office, missing: str) -> None:
    outcome, _ = answered(office, without(mail("BVDN"), missing))
    assert outcome in ("joined", "waiting")


@pytest.mark.parametrize("content", [b"\r\n", b"\0\0\0", b"From: \r\n\r\n", b"x" * 2000])
def test_fault_28_an_empty_or_senseless_message_is_recorded_and_holds_up_no_other(
    office: Office, content: bytes
) -> None:
    outcome, letters = answered(office, content)
    assert (outcome in ("ignored", "quarantined", "waiting", "correspondence"), letters) == (True, 0)
    assert answered(office, mail("BVDN")) == ("joined", 1)


def test_fault_29_another_message_under_a_used_message_id_counts_and_the_same_bytes_do_not(office: Office) -> None:
    assert answered(office, mail("BVDN", _MEMO)) == ("joined", 1)
    assert answered(office, mail("BVDN", {"Bang.docx": table("BVDN")})) == ("joined", 1)
    assert answered(office, mail("BVDN", _MEMO)) == ("duplicate-of", 0)
    with office.store.reading() as conn:
        assert conn.execute(text("SELECT max(number) FROM revisions")).scalar_one() == 2


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.docx", "a\u202excod.docx", "\u200b.htaccess", "x" * 4096 + ".docx", "a\0b.docx", "C:\\a.docx"],
)
def test_fault_30_a_files_name_is_shown_cleaned_and_is_never_a_path(office: Office, name: str) -> None:
    attached = {name.replace("\0", ""): memo("BVDN")}
    content = mail("BVDN", attached)
    assert answered(office, content.replace(b"a\\0b", b"a\0b")) == ("joined", 1)
    with office.store.reading() as conn:
        file = conn.execute(text("SELECT file FROM documents")).scalar_one()
        letter = outbox.mime(conn, 1)
    assert not set(file) & set("/\\\0\u202e\u200b")
    assert len(file) <= 300
    assert b"../.." not in letter


def test_fault_39_what_a_cell_or_a_name_says_is_escaped_in_a_letter(office: Office) -> None:
    evil = "<img src=x onerror=alert(1)>&\"'</td>"
    content = mail("BVDN", {f"{evil}.docx": table("BVDN", OTHER_TWO)}, subject=evil)
    assert answered(office, content) == ("joined", 1)
    with office.store.reading() as conn:
        message = message_from_bytes(outbox.mime(conn, 1))
    html = next(part for part in message.walk() if part.get_content_type() == "text/html").get_payload(decode=True)
    assert isinstance(html, bytes)
    assert b"<img src=x" not in html
