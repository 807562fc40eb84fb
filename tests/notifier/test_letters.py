import html
import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.letters import BROKEN, CAMPAIGN, IN_TIME, LATE_BY_A_SECOND, MEMO, TABLE, facts, found

from dossier.campaign import Contact, Union
from dossier.findings import POLICY, finding, may_be_told
from dossier.folding import fold
from dossier.letter import Attachment, LetterKind
from dossier.model import Kind, Problem, Severity
from notifier.letters import render, wrapped
from notifier.templates import Templates

TEMPLATES = Templates()
LOCALES = ("vi", "en")
FORM = Attachment("Mau bang tong hop.docx", "application/octet-stream", b"x")
FORBIDDEN = ("hợp lệ", "được chấp nhận", "TM. BAN", "TM.BAN", "BAN THƯỜNG VỤ", "accepted", "is valid")
CASES = {
    "accepted": facts(),
    "accepted with warnings": facts("summary-too-long", "count-differs", "applied-unclear", "refused-kind"),
    "deficient": facts("missing-memo", "incomplete-row"),
    "deficient and late": facts("missing-summary-table", received_at=LATE_BY_A_SECOND),
    "late": facts(received_at=LATE_BY_A_SECOND),
    "review": facts("not-read", "copies-differ"),
    "review of what no letter tells": facts("low-confidence", "union-mismatch"),
    "review and deficient": facts("missing-memo", "column-missing"),
    "review and late": facts("replaces-unlike", received_at=LATE_BY_A_SECOND),
    "unverified": facts("unverified-sender", verified=False),
    "unverified and deficient": facts("unverified-sender", "missing-memo", "incomplete-row", verified=False),
    "unverified and late": facts("unverified-sender", received_at=LATE_BY_A_SECOND, verified=False),
}


def flat(text):
    return " ".join(text.split())


def shown(letter):
    """What a reader sees of the HTML."""
    body = re.sub(r"(?s)<head>.*</head>", "", letter.html)
    return flat(html.unescape(re.sub(r"<[^>]+>", " ", body)))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", CASES)
def test_every_letter_of_every_verdict_reads_whole_in_every_language(name, locale):
    letter = render(CASES[name], TEMPLATES, locale, (FORM,))
    both = letter.subject + letter.text + letter.html
    assert not [word for word in FORBIDDEN if word.casefold() in both.casefold()]
    assert "{{" not in both
    assert "{%" not in both
    assert "Undefined" not in both
    assert "None" not in both
    assert ("thư tự động" if locale == "vi" else "automatic letter") in letter.text
    assert CAMPAIGN.contact.email in letter.text
    assert max(map(len, letter.text.splitlines())) <= 72
    assert "\n\n\n" not in letter.text


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", CASES)
def test_the_html_says_all_that_the_text_says(name, locale):
    letter = render(CASES[name], TEMPLATES, locale, (FORM,))
    assert re.findall(r"\w+", fold(shown(letter))) == re.findall(r"\w+", fold(letter.text))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("verified", [True, False])
@pytest.mark.parametrize("code", POLICY)
def test_every_finding_is_either_told_with_how_to_mend_it_or_left_to_staff(code, verified, locale):
    the_facts = facts(code, verified=verified)
    letter = render(the_facts, TEMPLATES, locale)
    plain = render(facts(verified=verified, kind=the_facts.kind), TEMPLATES, locale)
    history = {"replaces-unlike", "near-duplicate"}
    told = may_be_told(found(code)) and (verified or code not in history)
    said = set(letter.text.splitlines()) - set(plain.text.splitlines())
    if told:
        assert len(said) >= 2
    elif POLICY[code].severity is Severity.WARNING:
        assert letter.text == plain.text
    else:
        assert code not in letter.text
        assert ("chờ xem xét" if locale == "vi" else "review") in flat(letter.text)


@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_told_has_words_in_every_language_and_nothing_else_has(locale):
    shipped = Templates()
    folder = shipped.shipped(locale) / "findings"
    told = {code for code, policy in POLICY.items() if policy.in_letter}
    assert {one.name.removesuffix(".txt") for one in folder.iterdir()} == told


def test_a_near_duplicate_between_unions_is_never_told():
    between = finding("near-duplicate", row=2, detail="Khung tập", values={"scope": "unions", "title": "Khung tập"})
    accepted = facts()
    letter = render(replace(accepted, assessment=replace(accepted.assessment, findings=(between,))), TEMPLATES)
    assert letter == render(accepted, TEMPLATES)


def test_an_acknowledgement_names_code_number_time_to_the_second_and_margin():
    text = flat(render(facts(), TEMPLATES).text)
    assert "Kính gửi: Công đoàn cơ sở Bệnh viện Đa khoa Đồng Nai" in text
    assert "Đã nhận đủ văn bản, đúng hạn (qua thư điện tử)." in text
    assert "Mã hồ sơ: SK39-BVDN" in text
    assert "Số đến: 15/2021" in text
    assert "09 giờ 12 phút 05 giây, ngày 16/4/2021 (trước hạn 4 ngày 14 giờ 47 phút 54 giây)" in text
    assert "Thời hạn nộp: 23 giờ 59 phút 59 giây, ngày 20/4/2021" in text
    assert "1. To trinh BVDN.docx: Tờ trình" in text
    assert "2. Bang tong hop sang kien BVDN.docx: Bảng tổng hợp tóm tắt sáng kiến, 4 sáng kiến" in text


def test_letters_remind_of_the_paper_copy_and_of_the_portal_in_the_plans_own_words():
    text = flat(render(facts(), TEMPLATES).text)
    assert "Gửi bản giấy của hồ sơ bằng đường bưu điện hoặc trực tiếp" in text
    assert f"“{flat(CAMPAIGN.quotes['deadline'])}”" in text
    assert CAMPAIGN.portal.url in text
    assert f"“{flat(CAMPAIGN.quotes['portal'])}”" in text


def test_without_paper_portal_quotes_or_window_a_letter_is_still_whole():
    bare = replace(CAMPAIGN, paper_copy=False, portal=None, quotes={}, window=None, parent_organisation="")
    contact = Contact("Văn phòng", "van-phong@cdn.example", "0251 3000 000", "Số 1, đường A")
    for name, case in CASES.items():
        letter = render(replace(case, campaign=replace(bare, contact=contact)), TEMPLATES)
        assert "bản giấy" not in letter.text, name
        assert "0251 3000 000" in letter.text, name


def test_a_time_received_elsewhere_is_told_in_the_campaigns_zone():
    from_utc = facts(received_at=datetime.fromisoformat("2021-04-20T16:59:59+00:00"))
    text = flat(render(from_utc, TEMPLATES).text)
    assert "23 giờ 59 phút 59 giây, ngày 20/4/2021 (đúng vào giây cuối cùng của thời hạn)" in text
    assert "UTC+7" in text


def test_one_second_late_is_said_with_both_times_and_without_reproach():
    text = flat(render(facts(received_at=LATE_BY_A_SECOND), TEMPLATES).text)
    assert "Đã nhận đủ văn bản, nộp quá hạn (chờ xem xét)." in text
    assert "00 giờ 00 phút 00 giây, ngày 21/4/2021 (quá hạn 1 giây)" in text
    assert "sau thời hạn (23 giờ 59 phút 59 giây, ngày 20/4/2021): quá hạn 1 giây" in text
    assert "Cách bổ sung" not in text


@given(st.integers(-40 * 86400, 40 * 86400))
@settings(max_examples=40, deadline=None)
def test_the_margin_is_exact_to_the_second(seconds):
    received_at = CAMPAIGN.deadline + timedelta(seconds=seconds, microseconds=700_000 if seconds >= 0 else 0)
    letter = render(facts(received_at=received_at), TEMPLATES)
    found_margin = re.search(r"\((trước hạn|quá hạn) ([^)]*)\)", flat(letter.text))
    if seconds == 0:
        assert "đúng vào giây cuối cùng" in flat(letter.text)
        return
    assert found_margin is not None
    units = {"ngày": 86400, "giờ": 3600, "phút": 60, "giây": 1}
    total = sum(int(number) * units[unit] for number, unit in re.findall(r"(\d+) (\w+)", found_margin[2]))
    assert total == abs(seconds)
    assert (found_margin[1] == "quá hạn") == (seconds > 0)


def test_a_dossier_begun_in_time_and_completed_late_shows_both_times():
    late = finding("late", values={"begun_at": IN_TIME.isoformat()})
    base = facts(received_at=LATE_BY_A_SECOND)
    text = flat(render(replace(base, assessment=replace(base.assessment, findings=(late,))), TEMPLATES).text)
    assert "Thời điểm nhận thư đầu tiên: 09 giờ 12 phút 05 giây, ngày 16/4/2021 (trong thời hạn)" in text
    assert "00 giờ 00 phút 00 giây, ngày 21/4/2021" in text


def test_a_late_supplement_leaves_the_dossier_as_it_was_and_says_so():
    base = facts(revision=2, late_supplement=True, message_received_at=LATE_BY_A_SECOND, dossier_received_at=IN_TIME)
    text = flat(render(base, TEMPLATES).text)
    assert "kết quả đó được giữ nguyên" in text
    assert "không thay thế văn bản đã nhận" in text
    assert "Thời điểm đủ văn bản: 09 giờ 12 phút 05 giây, ngày 16/4/2021" in text
    assert "đúng hạn (qua thư điện tử)." not in text


def test_what_is_missing_is_asked_for_until_the_deadline_and_with_the_form():
    text = flat(render(facts("missing-summary-table"), TEMPLATES, attachments=(FORM,)).text)
    assert "Chưa có Bảng tổng hợp tóm tắt sáng kiến." in text
    assert "Thời hạn bổ sung: chậm nhất hết ngày 20/4/2021." in text
    assert FORM.file in text
    assert f"“{flat(CAMPAIGN.quotes['documents'])}”" in text


def test_after_the_deadline_a_letter_promises_nothing_and_asks_for_no_impossible_date():
    late = facts("missing-memo", received_at=LATE_BY_A_SECOND)
    text = flat(render(late, TEMPLATES).text)
    assert "chậm nhất hết ngày" not in text
    assert "thời hạn nộp hồ sơ đã qua (hết ngày 20/4/2021)" in text
    assert "để cán bộ xem xét" in text


def test_a_letter_written_after_the_deadline_about_a_message_in_time_says_that_the_deadline_is_past():
    written = facts("missing-memo", written_at=LATE_BY_A_SECOND)
    text = flat(render(written, TEMPLATES).text)
    assert "thời hạn nộp hồ sơ đã qua" in text
    assert "trước hạn 4 ngày" in text


def test_an_extended_deadline_is_the_one_in_force():
    base = facts("missing-memo")
    later = CAMPAIGN.deadline + timedelta(days=3)
    text = flat(render(replace(base, assessment=replace(base.assessment, deadline=later)), TEMPLATES).text)
    assert "23 giờ 59 phút 59 giây, ngày 23/4/2021 (đã được gia hạn)" in text
    assert "chậm nhất hết ngày 23/4/2021" in text
    assert "trước hạn 7 ngày" in text


def test_a_deadline_within_the_day_is_told_with_its_hour():
    base = facts("missing-memo")
    noon = CAMPAIGN.deadline.replace(hour=17, minute=0, second=0)
    text = flat(render(replace(base, assessment=replace(base.assessment, deadline=noon)), TEMPLATES).text)
    assert "chậm nhất 17 giờ 00 phút, ngày 20/4/2021" in text


def test_a_review_awaits_and_accuses_nobody():
    text = flat(render(facts("not-read"), TEMPLATES).text)
    assert "hồ sơ đang chờ xem xét" in text
    assert "giới hạn của hệ thống, không phải thiếu sót" in text
    assert "Cách bổ sung" not in text


@pytest.mark.parametrize("code", ["receipt-time-disputed", "receipt-time-unknown"])
def test_where_the_time_of_receipt_is_in_doubt_no_letter_says_in_time(code):
    text = flat(render(facts(code), TEMPLATES).text)
    assert "đúng hạn" not in text
    assert "trước hạn" not in text
    assert "đang được cán bộ xác nhận" in text


def test_a_dossier_of_several_messages_lists_what_counts_now():
    second = facts("missing-memo", documents=(TABLE,), documents_in_force=(TABLE, replace(MEMO, sha256="d" * 64)))
    text = flat(render(second, TEMPLATES).text)
    assert "VĂN BẢN HIỆN ĐƯỢC TÍNH CHO HỒ SƠ 1. Bang tong hop" in text
    assert "VĂN BẢN HIỆN ĐƯỢC TÍNH" not in render(facts(), TEMPLATES).text


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (BROKEN, "không mở được (tệp hỏng"),
        (replace(BROKEN, problem=Problem.PASSWORD), "có mật khẩu, không mở được"),
        (replace(BROKEN, problem=Problem.REFUSED), "không được mở vì lý do an toàn"),
        (replace(BROKEN, problem=Problem.NOT_READ), "cán bộ sẽ đọc trực tiếp"),
        (replace(MEMO, kinds=(Kind.OTHER,)), "To trinh BVDN.docx: văn bản khác"),
        (
            replace(TABLE, kinds=(Kind.MEMO, Kind.SUMMARY_TABLE)),
            "Tờ trình và Bảng tổng hợp tóm tắt sáng kiến, 4 sáng kiến",
        ),
        (replace(MEMO, containers=("Ho so.zip",)), "Tờ trình (trong “Ho so.zip”)"),
    ],
)
def test_each_file_is_named_with_what_it_was_read_as(document, words):
    assert words in flat(render(facts(documents=(document,)), TEMPLATES).text)


def test_pictures_of_a_signature_are_no_files_and_a_message_may_have_none():
    text = render(
        facts("nothing-attached", documents=(replace(MEMO, inline=True),), documents_in_force=()), TEMPLATES
    ).text
    assert MEMO.file not in text
    assert "Thư này không có tệp đính kèm." in text


def test_many_findings_of_one_kind_are_said_once_with_their_rows():
    rows = tuple(replace(found("incomplete-row"), row=number) for number in range(1, 101))
    base = facts("incomplete-row")
    letter = render(replace(base, assessment=replace(base.assessment, findings=rows)), TEMPLATES)
    assert flat(letter.text).count("còn để trống nội dung bắt buộc") == 1
    assert flat(letter.text).count("Cách bổ sung") == 1
    assert len(re.findall(r"Sáng kiến thứ \d+", flat(letter.text))) == 40
    assert "(+60)" in letter.text


def test_a_union_whose_name_says_that_it_is_one_is_not_called_so_twice():
    text = render(facts(union=Union("X", "Công đoàn cơ sở Trung tâm Y tế A")), TEMPLATES).text
    assert "Kính gửi: Công đoàn cơ sở Trung tâm Y tế A\n" in text


def test_a_letter_answers_in_the_same_thread_under_a_subject_of_its_own():
    letter = render(facts(original_subject="Fwd: Re: Hồ sơ\r\nBcc: x@y.example\u202e"), TEMPLATES)
    assert letter.subject == "Re: [SK39-BVDN] Thông báo tiếp nhận hồ sơ – Hồ sơ Bcc: x@y.example"
    assert letter.in_reply_to == "<1@webmail.example>"
    assert letter.references == ("<0@webmail.example>", "<1@webmail.example>")


def test_a_message_without_subject_or_message_id_is_answered_without_a_thread():
    letter = render(facts(original_subject="", original_message_id=None, original_references=()), TEMPLATES)
    assert letter.subject == "Re: [SK39-BVDN] Thông báo tiếp nhận hồ sơ"
    assert letter.in_reply_to is None
    assert letter.references == ()


SECRETS = ("bi-mat-1", "bi-mat-2", "bi-mat-3", "bi-mat-4", "bi-mat-5")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("code", POLICY)
@pytest.mark.parametrize("kind", [LetterKind.UNVERIFIED_ACKNOWLEDGEMENT, LetterKind.UNVERIFIED_DEFICIENCY])
def test_a_letter_to_an_unverified_sender_holds_no_text_of_the_message_and_no_history(kind, code, locale):
    ours = {"count", "other_count", "stated", "counted", "length", "limit", "shared", "of", "by", "kind"}
    values = {key: "7" if key in ours else SECRETS[0] for key in POLICY[code].values}
    if code == "late":
        values["begun_at"] = IN_TIME.isoformat()
    own = finding(code, document=SECRETS[1], row=2, detail=SECRETS[2], values=values)
    base = facts(verified=False, kind=kind)
    whole = replace(
        base,
        assessment=replace(base.assessment, findings=(own,)),
        documents=(replace(MEMO, file=SECRETS[1], containers=(SECRETS[3],)),),
        original_subject=SECRETS[4],
        union=Union("BVDN", "Bệnh viện Đa khoa Đồng Nai"),
        dossier_code="SK39-BVDN",
        arrival_number="15/2021",
        revision=7,
        dossier_received_at=IN_TIME - timedelta(days=2),
        documents_in_force=(TABLE,),
    )
    letter = render(whole, TEMPLATES, locale)
    both = letter.subject + letter.text + letter.html
    for secret in (*SECRETS, "BVDN", "Bệnh viện", "15/2021", TABLE.file, "14/4/2021", "14 April"):
        assert secret not in both


def test_to_an_unverified_sender_a_file_is_told_by_its_place_in_the_message():
    text = flat(render(CASES["unverified and deficient"], TEMPLATES).text)
    assert "Bảng tổng hợp trong văn bản thứ 2 của thư còn để trống nội dung bắt buộc" in text
    assert "Sáng kiến thứ 2: cột Tóm tắt nội dung sáng kiến" in text


HOSTILE = st.text(max_size=60) | st.sampled_from(
    [
        "<script>alert(1)</script>",
        "a\nKết quả: hồ sơ tốt",
        '"><img src=x>',
        "{{ 7*7 }}",
        "\u202excod.exe",
        "&lt;b&gt;",
        "x" * 5000,
    ]
)


@given(HOSTILE, HOSTILE, HOSTILE)
@settings(max_examples=60, deadline=None)
def test_names_and_cells_can_neither_break_the_html_nor_add_a_line(file, title, subject):
    document = replace(TABLE, file=file)
    point = finding("incomplete-row", document=file, row=2, detail=title, values={"columns": "Tên", "title": title})
    base = facts("incomplete-row", documents=(document,), documents_in_force=(document,), original_subject=subject)
    letter = render(replace(base, assessment=replace(base.assessment, findings=(point,))), TEMPLATES)
    tags = {tag.lower() for tag in re.findall(r"<\s*/?\s*([A-Za-z!][\w-]*)", letter.html)}
    assert tags <= {
        "!doctype",
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "table",
        "tr",
        "td",
        "p",
        "h1",
        "h2",
        "ul",
        "li",
        "br",
        "strong",
        "span",
    }
    assert not any(line.startswith("Kết quả: hồ sơ tốt") for line in letter.text.splitlines())
    assert "49" not in letter.subject
    assert "\n" not in letter.subject
    assert all(char.isprintable() or char == "\n" for char in letter.text)


@given(st.text(alphabet="ab -1.•\nđ", max_size=400))
def test_wrapping_loses_no_word_and_exceeds_no_line(text):
    result = wrapped(text)
    assert result.split() == text.split()
    assert all(len(line) <= 72 or " " not in line.strip() for line in result.splitlines())


def test_the_same_facts_give_the_same_letter():
    assert render(CASES["review"], TEMPLATES) == render(CASES["review"], Templates())
