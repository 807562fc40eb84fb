"""Which mail is a machine's, and which may not be answered (FAULTS.md 1-9)."""

import pytest
from support.dossiers import submission

from dossier.autoreply import Answerability, OwnIdentity, answerability
from dossier.mail import DeliveryReport, Sender
from dossier.model import Submission

OURS = OwnIdentity(
    addresses=("sangkien@cdyte.example", "hoso@cdyte.example"),
    message_id_domain="cdyte.example",
    message_id_prefix="hoso.",
    loop_mark="sangkien@cdyte.example",
)


def asked(message: Submission) -> Answerability:
    return answerability(message, OURS)


def with_headers(*headers: tuple[str, str]) -> Submission:
    return submission(headers=headers)


def test_a_persons_plain_mail_may_be_answered() -> None:
    assert asked(submission()) == Answerability()
    assert asked(submission()).may_answer


AUTOMATIC = [
    (("auto-submitted", "auto-replied"), "Auto-Submitted"),
    (("Auto-Submitted", "AUTO-GENERATED (by cron)"), "Auto-Submitted"),
    (("auto-submitted", "(a (nested) comment) auto-notified; owner-email=x@y.example"), "Auto-Submitted"),
    (("auto-submitted", ""), "Auto-Submitted"),
    (("list-id", "<x.example>"), "List header"),
    (("list-unsubscribe", "<mailto:x@y.example>"), "List header"),
    (("List-Post", "NO"), "List header"),
    (("precedence", "bulk"), "Precedence"),
    (("Precedence", " Junk "), "Precedence"),
    (("precedence", "list (really)"), "Precedence"),
    (("x-autoreply", "yes"), "automatic answer header"),
    (("x-hoso-loop", "SangKien@cdyte.example"), "our own loop header"),
]


@pytest.mark.parametrize(("header", "reason"), AUTOMATIC)
def test_a_header_of_a_machine_is_told(header: tuple[str, str], reason: str) -> None:
    got = asked(with_headers(header))
    assert got.automatic == (reason,)
    assert not got.may_answer


PERSONS = [
    ("auto-submitted", "no"),
    ("auto-submitted", " NO (a person) ; x=y"),
    ("precedence", "first-class"),
    ("x-hoso-loop", "another@cdyte.example"),
    ("x-autoreply", "no"),
]


@pytest.mark.parametrize("header", PERSONS)
def test_a_persons_header_is_no_reason(header: tuple[str, str]) -> None:
    assert asked(with_headers(header)).may_answer


def test_every_occurrence_of_a_header_is_looked_at() -> None:
    assert asked(with_headers(("auto-submitted", "no"), ("auto-submitted", "auto-replied"))).automatic
    assert asked(with_headers(("precedence", "normal"), ("precedence", "bulk"))).automatic


@pytest.mark.parametrize("value", ["All", "OOF", "AutoReply", "DR, OOF, AutoReply", "rn;oof"])
def test_a_suppressed_answer_proves_no_machine(value: str) -> None:
    got = asked(with_headers(("x-auto-response-suppress", value)))
    assert (got.automatic, got.suppressed) == ((), ("X-Auto-Response-Suppress",))
    assert not got.may_answer


@pytest.mark.parametrize("value", ["None", "DR", "RN, NRN", ""])
def test_other_suppressions_do_not_concern_answers(value: str) -> None:
    assert asked(with_headers(("x-auto-response-suppress", value))).may_answer


@pytest.mark.parametrize("path", ["", "<>", " "])
def test_the_null_return_path_is_a_machines(path: str) -> None:
    assert asked(submission(return_path=path)).automatic == ("null return path",)


def test_no_return_path_header_is_no_reason() -> None:
    assert asked(submission(return_path=None)).may_answer


def test_no_sender_is_a_machines_and_a_doubtful_one_a_persons() -> None:
    assert asked(submission(sender=None)).automatic == ("no sender",)
    doubtful = Submission("0", "0", Sender(None, doubt="two addresses"))
    assert asked(doubtful).automatic == ()


def test_a_delivery_report_is_told_with_and_without_its_header() -> None:
    assert asked(submission(content_type="Multipart/Report; report-type=delivery-status")).automatic == (
        "delivery report",
    )
    report = DeliveryReport("failed", "5.1.1", "x@y.example", ())
    assert "delivery report" in asked(submission(report=report, headers=(("auto-submitted", "no"),))).automatic


@pytest.mark.parametrize("address", ["sangkien@cdyte.example", "HOSO@cdyte.example", "sangkien+b-1@cdyte.example"])
def test_our_own_address_or_an_alias_is_never_answered(address: str) -> None:
    assert "from our own address" in asked(submission(sender=address)).automatic
    assert "from our own address" in asked(submission(reply_to=(address,))).automatic


@pytest.mark.parametrize(
    ("message_id", "loop"),
    [
        ("<hoso.1234@CDYTE.example>", True),
        ("<a-colleague@cdyte.example>", False),
        ("<hoso.1@other.example>", False),
        ("hoso.", False),
    ],
)
def test_our_own_letter_that_comes_back_is_an_alarm(message_id: str, loop: bool) -> None:
    got = asked(submission(message_id=message_id))
    assert got.loop is loop
    assert bool(got.automatic) is loop


def test_an_answer_to_our_letter_is_a_persons() -> None:
    assert asked(submission(in_reply_to=("<hoso.1234@cdyte.example>",))).may_answer


@pytest.mark.parametrize(
    "address",
    [
        "MAILER-DAEMON@x.example",
        "majordomo@x.example",
        "news-request@x.example",
        "owner-news@x.example",
        "a-bounces@x.example",
    ],
)
def test_addresses_of_mail_programs_are_machines(address: str) -> None:
    assert asked(submission(sender=address)).automatic == ("address of a mail program",)
    assert asked(submission(return_path=address)).automatic == ("address of a mail program",)


@pytest.mark.parametrize(
    "address", ["noreply@x.example", "no-reply@x.example", "drive-shares-noreply@x.example", "do-not-reply+1@x.example"]
)
def test_an_address_that_takes_no_answer_gets_none(address: str) -> None:
    got = asked(submission(sender=address))
    assert (got.automatic, got.suppressed) == ((), ("address that takes no answer",))


def test_all_reasons_are_kept() -> None:
    got = asked(submission(return_path="", headers=(("precedence", "bulk"), ("list-id", "<x>"))))
    assert got.automatic == ("null return path", "List header", "Precedence")


def test_without_an_identity_of_ours_nothing_is_ours() -> None:
    got = answerability(submission(sender="sangkien@cdyte.example", message_id="<hoso.1@cdyte.example>"), OwnIdentity())
    assert got.may_answer
