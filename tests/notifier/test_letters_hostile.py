import re
from dataclasses import replace
from datetime import timedelta
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.letters import IN_TIME, MEMO, TABLE, facts, flat

from dossier.campaign import Union
from dossier.findings import POLICY, finding
from dossier.letter import LetterKind
from notifier.letters import render, wrapped
from notifier.templates import Templates

TEMPLATES = Templates()
LOCALES = ("vi", "en")


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
    text = flat(render(facts("unverified-sender", "missing-memo", "incomplete-row", verified=False), TEMPLATES).text)
    assert "Bảng tổng hợp trong văn bản thứ 2 của thư còn để trống nội dung bắt buộc" in text
    assert "Sáng kiến thứ 2: cột Tóm tắt nội dung sáng kiến" in text


HOSTILE = st.text(max_size=60) | st.sampled_from(
    [
        "<script>alert(1)</script>",
        "<!--[if mso]><p>x</p><![endif]-->",
        "a\nKết quả: hồ sơ tốt",
        '"><img src=x>',
        "{{ 7*7 }}",
        "\u202excod.exe",
        "&lt;b&gt;",
        "x" * 5000,
    ]
)


def _template(name):
    return files("templates").joinpath("letters", "_parts", name).read_text("utf-8")


@given(HOSTILE, HOSTILE, HOSTILE)
@settings(max_examples=60, deadline=None)
def test_names_and_cells_can_neither_break_the_html_nor_add_a_line(file, title, subject):
    document = replace(TABLE, file=file)
    point = finding("incomplete-row", document=file, row=2, detail=title, values={"columns": "Tên", "title": title})
    base = facts("incomplete-row", documents=(document,), documents_in_force=(document,), original_subject=subject)
    letter = render(replace(base, assessment=replace(base.assessment, findings=(point,))), TEMPLATES)
    ours = set(re.findall(r"<!--.*?-->", "".join(map(_template, ("frame.html", "shapes.html"))), re.DOTALL))
    assert set(re.findall(r"<!--.*?-->", letter.html, re.DOTALL)) <= ours, "Outlook's own lines, and no others"
    without = re.sub(r"<!--.*?-->", "", letter.html, flags=re.DOTALL)
    tags = {tag.lower() for tag in re.findall(r"<\s*/?\s*([A-Za-z!][\w-]*)", without)}
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
