"""One message judged alone, made by hand as the readers would make it."""

from datetime import timedelta

import pytest
from support.dossiers import DEADLINE, IN_TIME, campaign, document, memo, received, row, submission, table

from dossier.assessment import JudgingContext, joins_by_itself, judge_alone, reply_of, verdict_of
from dossier.authentication import Authentication
from dossier.autoreply import OwnIdentity
from dossier.deadline import Extension, receipt
from dossier.findings import POLICY, finding
from dossier.mail import Hop, Sender
from dossier.model import Assessment, Document, Finding, Kind, Problem, Reply, Severity, Submission, Verdict
from dossier.perhaps import LIKE_MEMO, LIKE_TABLE, MEMO_IN_BODY, PERHAPS_TABLE, TABLE_IN_BODY


def judged(message: Submission, **context: object) -> Assessment:
    return judge_alone(message, received(), campaign(), JudgingContext(**context))  # type: ignore[arg-type]


def codes(assessment: Assessment) -> list[str]:
    return sorted({one.code for one in assessment.findings})


def unread(problem: Problem, file: str = "scan.pdf", kind: Kind = Kind.UNREADABLE) -> Document:
    return document(file, "9", kind, problem=problem, read_by=None)


def test_a_memo_and_a_table_in_time_are_accepted() -> None:
    got = judged(submission(memo(), table(row())))
    assert (got.verdict, got.reply, got.union, got.complete, got.in_time) == (
        Verdict.ACCEPTED,
        Reply.ACKNOWLEDGEMENT,
        "BVP",
        True,
        True,
    )
    assert got.findings == ()
    assert got.known_sender
    assert joins_by_itself(got)
    assert got.in_force["memo"].endswith("/2")


@pytest.mark.parametrize(("late_by", "verdict"), [(-1, Verdict.ACCEPTED), (0, Verdict.ACCEPTED), (1, Verdict.LATE)])
def test_the_second_of_the_deadline_is_in_time_and_the_next_is_late(late_by: int, verdict: Verdict) -> None:
    at = DEADLINE + timedelta(seconds=late_by)
    got = judge_alone(submission(memo(), table(row())), received(at), campaign(), JudgingContext())
    assert got.verdict is verdict
    assert got.complete
    assert got.in_time is (late_by <= 0)
    assert got.reply is (Reply.DEFICIENCY if late_by > 0 else Reply.ACKNOWLEDGEMENT)


def test_a_memo_alone_lacks_its_table() -> None:
    got = judged(submission(memo()))
    assert (codes(got), got.verdict, got.complete) == (["missing-summary-table"], Verdict.DEFICIENT, False)


def test_a_link_to_a_drive_is_no_attachment() -> None:
    got = judged(submission(drive_links=("https://drive.example/x",), own_words="Hồ sơ ở đây ạ"))
    assert codes(got) == ["linked-not-attached", "missing-memo", "missing-summary-table"]
    assert got.verdict is Verdict.DEFICIENT


def test_an_announced_attachment_that_is_not_there_is_told() -> None:
    got = judged(submission(own_words="CĐCS gửi kèm Tờ trình và Bảng tổng hợp (file đính kèm)."))
    assert codes(got) == ["missing-memo", "missing-summary-table", "nothing-attached"]


def test_thanks_are_correspondence_though_they_quote_an_announcement() -> None:
    got = judged(submission(own_words="Cảm ơn anh chị.", quoted="> gồm Tờ trình đính kèm"))
    assert (got.verdict, got.reply, got.findings) == (Verdict.CORRESPONDENCE, Reply.NONE, ())
    assert (got.complete, got.in_time) == (None, None)
    assert not joins_by_itself(got)


def test_the_picture_of_a_signature_is_no_attachment() -> None:
    logo = document("logo.png", "4", inline=True)
    assert judged(submission(logo, own_words="Cảm ơn.")).verdict is Verdict.CORRESPONDENCE


def test_a_vacation_answer_is_ignored() -> None:
    got = judged(submission(headers=(("auto-submitted", "auto-replied"),), own_words="Tôi nghỉ đến 25/4."))
    assert (got.verdict, got.reply, got.findings) == (Verdict.IGNORED, Reply.NONE, ())


def test_list_mail_with_a_dossier_goes_to_a_person_and_is_not_answered() -> None:
    got = judged(submission(memo(), table(row()), headers=(("list-id", "<x.example>"),)))
    assert (codes(got), got.verdict, got.reply) == (["automatic-with-dossier"], Verdict.REVIEW, Reply.NONE)
    assert got.union == "BVP"
    assert not joins_by_itself(got)


def test_a_bounce_that_returns_our_blank_form_is_ignored() -> None:
    got = judged(submission(table(), content_type="multipart/report; report-type=delivery-status"))
    assert got.verdict is Verdict.IGNORED


def test_a_newsletter_with_a_brochure_is_ignored() -> None:
    brochure = document("brochure.pdf", "2")
    got = judged(submission(brochure, sender="news@shop.example", headers=(("precedence", "bulk"),)))
    assert got.verdict is Verdict.IGNORED


def test_unread_files_of_a_union_by_a_mailing_list_go_to_a_person() -> None:
    got = judged(submission(unread(Problem.NOT_READ), headers=(("precedence", "list"),)))
    assert got.verdict is Verdict.REVIEW
    assert got.reply is Reply.NONE


def test_a_suppressed_answer_changes_no_verdict() -> None:
    got = judged(submission(memo(), table(row()), headers=(("x-auto-response-suppress", "DR, OOF, AutoReply"),)))
    assert (got.verdict, got.reply, got.automatic) == (Verdict.ACCEPTED, Reply.NONE, ())


def test_a_strangers_dossier_is_answered_and_waits() -> None:
    got = judged(submission(memo("CĐCS Trung tâm Y tế huyện Tân Phú"), table(row()), sender="thuha@webmail.example"))
    assert (codes(got), got.union, got.verdict) == (["unverified-sender"], "TTTP", Verdict.REVIEW)
    assert (got.reply, got.known_sender, got.complete) == (Reply.ACKNOWLEDGEMENT, False, True)
    assert not joins_by_itself(got)


def test_a_strangers_incomplete_dossier_is_told_what_is_missing() -> None:
    got = judged(submission(memo("CĐCS TTYT Tân Phú"), sender="thuha@webmail.example"))
    assert (got.verdict, got.reply, got.complete) == (Verdict.REVIEW, Reply.DEFICIENCY, False)


def test_a_stranger_with_an_invoice_goes_to_a_person_and_gets_no_letter() -> None:
    got = judged(submission(document("invoice.pdf", "2"), sender="shop@shop.example", own_words="Please pay."))
    assert (got.verdict, got.reply, got.union) == (Verdict.REVIEW, Reply.NONE, None)


def test_failed_authentication_is_an_unverified_sender() -> None:
    got = judged(submission(memo(), table(row())), authentication=Authentication.FAIL)
    assert (codes(got), got.union, got.known_sender) == (["unverified-sender"], "BVP", False)


def test_a_corrupt_file_is_a_deficiency_and_beside_a_whole_dossier_a_warning() -> None:
    assert codes(judged(submission(memo(), unread(Problem.CORRUPT)))) == [
        "missing-summary-table",
        "unreadable-attachment",
    ]
    beside = judged(submission(memo(), table(row()), unread(Problem.CORRUPT)))
    assert beside.verdict is Verdict.ACCEPTED
    assert [one.severity for one in beside.findings] == [Severity.WARNING]


def test_what_we_could_not_read_is_never_put_on_the_sender() -> None:
    got = judged(submission(memo(), unread(Problem.NOT_READ)))
    assert (codes(got), got.verdict, got.reply) == (["not-read"], Verdict.REVIEW, Reply.ACKNOWLEDGEMENT)
    assert got.complete is None


def test_an_unread_file_told_to_be_the_memo_leaves_the_table_missing() -> None:
    got = judged(submission(unread(Problem.NOT_READ, kind=Kind.MEMO)))
    assert codes(got) == ["missing-summary-table", "not-read"]


def test_a_message_that_was_not_read_to_its_end_goes_to_a_person() -> None:
    got = judged(submission(problems=("nested too deep",)))
    assert (codes(got), got.verdict) == (["not-read"], Verdict.REVIEW)


def test_a_password_is_a_deficiency_and_a_program_a_warning() -> None:
    got = judged(submission(memo(), table(row()), unread(Problem.PASSWORD), unread(Problem.REFUSED, "x.exe")))
    assert codes(got) == ["password-protected", "refused-kind"]
    assert got.verdict is Verdict.DEFICIENT


def test_what_was_read_without_certainty_goes_to_a_person() -> None:
    got = judged(submission(memo(doubts=("issuer: 0.6",)), table(row())))
    assert (codes(got), got.verdict, got.complete) == (["low-confidence"], Verdict.REVIEW, True)


@pytest.mark.parametrize("doubt", sorted(PERHAPS_TABLE))
def test_a_list_within_the_memo_does_not_matter_where_the_table_came_as_a_file(doubt: str) -> None:
    listing = memo(doubts=(doubt,))
    assert judged(submission(listing, table(row()))).verdict is Verdict.ACCEPTED
    alone = judged(submission(listing))
    assert (codes(alone), alone.verdict) == (["low-confidence", "missing-summary-table"], Verdict.REVIEW)


@pytest.mark.parametrize(
    ("doubt", "lacking"),
    [
        (LIKE_TABLE, "missing-summary-table"),
        (TABLE_IN_BODY, "missing-summary-table"),
        (LIKE_MEMO, "missing-memo"),
        (MEMO_IN_BODY, "missing-memo"),
    ],
)
def test_a_file_that_may_be_what_is_lacking_is_for_a_person_and_else_disturbs_nothing(doubt: str, lacking: str) -> None:
    perhaps = document("in.pdf", "7", doubts=(doubt,))
    there, other = (memo(), table(row())) if lacking == "missing-summary-table" else (table(row()), memo())
    assert judged(submission(there, other, perhaps)).verdict is Verdict.ACCEPTED
    alone = judged(submission(there, perhaps))
    assert (codes(alone), alone.verdict, alone.complete) == (["low-confidence"], Verdict.REVIEW, None)
    unneeded = judged(submission(other, perhaps))
    assert lacking not in codes(unneeded)
    assert (len(codes(unneeded)), unneeded.verdict) == (1, Verdict.DEFICIENT)


def test_doubts_in_a_scan_do_not_matter_beside_its_soft_copy() -> None:
    scan = memo(file="scan.pdf", part="5", read_by="ocr", doubts=("issuer",))
    assert judged(submission(scan, memo(), table(row()))).verdict is Verdict.ACCEPTED


def test_a_receipt_that_is_disputed_or_unknown_goes_to_a_person() -> None:
    message = submission(memo(), table(row()))
    ours = (Hop("mail.cdyte-dongnai.example", DEADLINE + timedelta(seconds=1)),)
    disputed = receipt(DEADLINE, ours, ("mail.cdyte-dongnai.example",))
    got = judge_alone(message, disputed, campaign(), JudgingContext())
    assert (codes(got), got.verdict, got.in_time) == (["receipt-time-disputed"], Verdict.REVIEW, True)
    unknown = judge_alone(message, receipt(None, ()), campaign(), JudgingContext())
    assert (codes(unknown), unknown.in_time, unknown.received_at) == (["receipt-time-unknown"], None, None)


def test_late_is_not_said_while_a_person_has_to_decide_the_time() -> None:
    ours = (Hop("mail.cdyte-dongnai.example", DEADLINE - timedelta(seconds=1)),)
    disputed = receipt(DEADLINE + timedelta(seconds=1), ours, ("mail.cdyte-dongnai.example",))
    got = judge_alone(submission(memo(), table(row())), disputed, campaign(), JudgingContext())
    assert codes(got) == ["receipt-time-disputed"]


def test_two_campaigns_that_could_be_meant_go_to_a_person() -> None:
    got = judged(submission(memo(), table(row())), meant=("Một", "Hai"))
    assert codes(got) == ["campaign-unclear"]
    assert not joins_by_itself(got)


def test_an_extension_for_one_union_is_its_deadline_alone() -> None:
    later = DEADLINE + timedelta(days=3)
    extensions = (Extension(later, "bão lụt", "BVP"),)
    at = received(DEADLINE + timedelta(days=1))
    context = JudgingContext(extensions=extensions)
    ours = judge_alone(submission(memo(), table(row())), at, campaign(), context)
    assert (ours.verdict, ours.deadline) == (Verdict.ACCEPTED, later)
    other = submission(memo("BV Da liễu"), table(row()), sender="cdcs.bvdl@dongnai-yte.example")
    assert judge_alone(other, at, campaign(), context).verdict is Verdict.LATE


def test_our_own_letter_that_comes_back_with_its_form_is_ignored() -> None:
    own = OwnIdentity(("sangkien@cdyte-dongnai.example",), "cdyte-dongnai.example", "hoso.")
    got = judged(submission(table(), message_id="<hoso.1@cdyte-dongnai.example>"), own=own)
    assert got.verdict is Verdict.IGNORED


def test_a_sender_in_doubt_is_not_known() -> None:
    message = submission(memo(), table(row()))
    doubted = Sender("cdcs.bvp@dongnai-yte.example", doubt="two addresses")
    got = judged(submission(memo(), table(row()), name="x")) and judged(
        Submission(**{**{f: getattr(message, f) for f in message.__slots__}, "sender": doubted})
    )
    assert (codes(got), got.known_sender) == (["unverified-sender"], False)


def test_received_at_is_the_servers_second() -> None:
    assert judged(submission(memo(), table(row()))).received_at == IN_TIME


PRECEDENCE = [
    ([], Verdict.ACCEPTED, Reply.ACKNOWLEDGEMENT),
    (["applied-unclear"], Verdict.ACCEPTED, Reply.ACKNOWLEDGEMENT),
    (["late"], Verdict.LATE, Reply.DEFICIENCY),
    (["late", "missing-memo"], Verdict.DEFICIENT, Reply.DEFICIENCY),
    (["missing-memo"], Verdict.DEFICIENT, Reply.DEFICIENCY),
    (["not-read"], Verdict.REVIEW, Reply.ACKNOWLEDGEMENT),
    (["not-read", "late"], Verdict.REVIEW, Reply.DEFICIENCY),
    (["not-read", "missing-memo", "late"], Verdict.REVIEW, Reply.DEFICIENCY),
]


@pytest.mark.parametrize(("held", "verdict", "reply"), PRECEDENCE)
def test_the_verdict_is_drawn_in_the_order_of_precedence(held: list[str], verdict: Verdict, reply: Reply) -> None:
    found: list[Finding] = [finding(code) for code in held]
    assert (verdict_of(found), reply_of(found)) == (verdict, reply)
    assert verdict_of(reversed(found)) is verdict


@pytest.mark.parametrize("code", sorted(POLICY))
def test_every_finding_of_the_policy_leads_to_its_verdict(code: str) -> None:
    usual = {
        Severity.REVIEW: Verdict.REVIEW,
        Severity.DEFICIENCY: Verdict.DEFICIENT,
        Severity.WARNING: Verdict.ACCEPTED,
    }
    assert verdict_of([finding(code)]) is (Verdict.LATE if code == "late" else usual[POLICY[code].severity])
