import html
import re
from dataclasses import replace
from datetime import date

import pytest
from support.letters import BROKEN, CAMPAIGN, CASES, MEMO, TABLE, facts, flat, found

from dossier.campaign import Contact, Union, Window
from dossier.findings import POLICY, finding, may_be_told
from dossier.folding import fold
from dossier.letter import Attachment
from dossier.model import Kind, Problem, Severity
from notifier.letters import render
from notifier.templates import Templates

TEMPLATES = Templates()
LOCALES = ("vi", "en")
FORM = Attachment("Mau bang tong hop.docx", "application/octet-stream", b"x")
FORBIDDEN = ("hợp lệ", "được chấp nhận", "TM. BAN", "TM.BAN", "BAN THƯỜNG VỤ", "accepted", "is valid")


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


def test_how_to_write_a_date_is_shown_by_the_campaigns_own_window():
    window = Window(date(2027, 9, 1), date(2027, 12, 20))
    case = facts("applied-unclear", campaign=replace(CAMPAIGN, window=window))
    assert "ví dụ 12/2027 hoặc 20/12/2027." in flat(render(case, TEMPLATES).text)
    assert "as in 20 December 2027." in flat(render(case, TEMPLATES, "en").text)


def test_a_letter_to_a_known_address_with_anothers_memo_does_not_call_the_address_unknown():
    text = flat(render(facts("union-mismatch", verified=False), TEMPLATES).text)
    assert "chưa xác nhận được thư này là của công đoàn cơ sở nào" in text
    assert "kiểm tra tên công đoàn cơ sở ghi trong văn bản" in text


def test_what_is_missing_is_asked_for_until_the_deadline_and_with_the_form():
    text = flat(render(facts("missing-summary-table"), TEMPLATES, attachments=(FORM,)).text)
    assert "Chưa có Bảng tổng hợp tóm tắt sáng kiến." in text
    assert "Thời hạn bổ sung: chậm nhất hết ngày 20/4/2021." in text
    assert FORM.file in text
    assert f"“{flat(CAMPAIGN.quotes['documents'])}”" in text


def test_a_review_awaits_and_accuses_nobody():
    text = flat(render(facts("not-read"), TEMPLATES).text)
    assert "hồ sơ đang chờ xem xét" in text
    assert "giới hạn của hệ thống, không phải thiếu sót" in text
    assert "Cách bổ sung" not in text


def test_of_an_archive_that_we_cannot_unpack_it_is_said_how_to_send_it_otherwise():
    archive = replace(found("not-read"), values={"kind": "archive"})
    base = facts("not-read")
    text = flat(render(replace(base, assessment=replace(base.assessment, findings=(archive,))), TEMPLATES).text)
    assert "không phải gửi lại" in text
    assert "đề nghị gửi từng tệp bên trong, không nén, hoặc nén lại thành tệp ZIP không đặt mật khẩu" in text


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


def test_the_same_facts_give_the_same_letter():
    assert render(CASES["review"], TEMPLATES) == render(CASES["review"], Templates())


def test_each_of_several_disagreeing_numbers_is_told():
    by_memo = finding("count-differs", document=TABLE.file, values={"stated": "5", "counted": "4", "by": "memo"})
    by_total = finding("count-differs", document=TABLE.file, values={"stated": "6", "counted": "4", "by": "total"})
    base = facts("count-differs")
    both = replace(base, assessment=replace(base.assessment, findings=(by_memo, by_total)))
    text = flat(render(both, TEMPLATES).text)
    assert "Tờ trình nêu 5 sáng kiến; bảng có 4 sáng kiến" in text
    assert "dòng tổng cộng của bảng ghi 6 sáng kiến; bảng có 4 sáng kiến" in text
