import email
import email.policy
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dossier.letter import Attachment, Letter, LetterKind
from notifier.envelope import AddressError, MailIdentity
from notifier.mime import compose

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
IDENTITY = MailIdentity("ho-so@cdn.example", "Công đoàn ngành Y tế")
ID = "<letter-1@cdn.example>"
NOW = datetime(2021, 4, 16, 9, 12, 5, tzinfo=timezone(timedelta(hours=7)))
LETTER = Letter(
    LetterKind.ACKNOWLEDGEMENT,
    "cdcs.bvdn@webmail.example",
    "[SK39-BVDN] Thông báo",
    "Kính gửi\n\n.một dòng\nFrom đây\n",
    "<p>Kính gửi</p>\n",
    (),
    "<1@webmail.example>",
    ("<0@webmail.example>",),
)
HOSTILE = st.text(max_size=80) | st.sampled_from(
    [
        "x\nBcc: evil@x.example",
        "x\r\n\r\n<script>",
        "=?UTF-8?Q?x=0ABcc:_evil@x.example?=",
        "\u202egnp.exe",
        "a" * 5000,
        "\ud800",
        "\x00\x0b\x85\u2028x: y",
    ]
)
KNOWN_HEADERS = {
    "content-type",
    "mime-version",
    "date",
    "from",
    "to",
    "reply-to",
    "subject",
    "message-id",
    "in-reply-to",
    "references",
    "auto-submitted",
    "x-auto-response-suppress",
    "x-hoso-loop",
}

WHOLE = b"""\
Content-Type: multipart/alternative;
 boundary="=_6a554ba3ce1a89ff7ae72ff45e456915"
MIME-Version: 1.0
Date: Fri, 16 Apr 2021 09:12:05 +0700
From: =?utf-8?b?Q8O0bmcgxJFvw6BuIG5nw6BuaCBZIHThur8=?= <ho-so@cdn.example>
To: cdcs.bvdn@webmail.example
Reply-To: ho-so@cdn.example
Subject: =?utf-8?b?W1NLMzktQlZETl0gVGjDtG5nIGLDoW8=?=
Message-ID: <letter-1@cdn.example>
In-Reply-To: <1@webmail.example>
References: <0@webmail.example>
 <1@webmail.example>
Auto-Submitted: auto-replied
X-Auto-Response-Suppress: All
X-Hoso-Loop: ho-so@cdn.example

--=_6a554ba3ce1a89ff7ae72ff45e456915
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

K=C3=ADnh g=E1=BB=ADi

.m=E1=BB=99t d=C3=B2ng
From =C4=91=C3=A2y

--=_6a554ba3ce1a89ff7ae72ff45e456915
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<p>K=C3=ADnh g=E1=BB=ADi</p>

--=_6a554ba3ce1a89ff7ae72ff45e456915--
"""


def parsed(content):
    return email.message_from_bytes(content, policy=email.policy.default)


def unfolded(content):
    """(name, value) of the top headers, read without the library's help."""
    head = content.partition(b"\r\n\r\n")[0].decode("ascii")
    lines = re.sub(r"\r\n[ \t]+", " ", head).split("\r\n")
    return [tuple(line.split(": ", 1)) for line in lines]


def test_a_letter_is_this_message_byte_for_byte():
    assert compose(LETTER, IDENTITY, ID, NOW).replace(b"\r\n", b"\n") == WHOLE


def test_the_same_letter_gives_the_same_bytes():
    assert compose(LETTER, IDENTITY, ID, NOW) == compose(LETTER, IDENTITY, ID, NOW)


def test_files_go_along_whole_under_their_vietnamese_names():
    files = (
        Attachment("Mẫu bảng tổng hợp.docx", WORD, bytes(range(256)) * 9),
        Attachment("a.txt", "text/plain", b"\r\n."),
    )
    message = parsed(compose(replace(LETTER, attachments=files), IDENTITY, ID, NOW))
    assert message.get_content_type() == "multipart/mixed"
    got = [
        (part.get_filename(), part.get_content_type(), part.get_payload(decode=True))
        for part in message.iter_attachments()
    ]
    assert got == [(one.file, one.media_type, one.content) for one in files]
    assert message.get_body(("plain",)).get_content() == LETTER.text.replace("\n", "\r\n")
    assert message.get_body(("html",)).get_content() == LETTER.html.replace("\n", "\r\n")


def test_a_letter_says_that_a_machine_wrote_it_and_asks_machines_not_to_answer():
    message = parsed(compose(LETTER, IDENTITY, ID, NOW))
    assert message["Auto-Submitted"] == "auto-replied"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["X-Hoso-Loop"] == "ho-so@cdn.example"
    assert message["Precedence"] is None


def test_a_letter_that_answers_nothing_has_no_thread():
    message = parsed(compose(replace(LETTER, in_reply_to=None, references=()), IDENTITY, ID, NOW))
    assert message["In-Reply-To"] is None
    assert message["References"] is None


def test_a_long_thread_keeps_its_first_and_its_last_places():
    many = tuple(f"<{number}@webmail.example>" for number in range(500))
    message = parsed(compose(replace(LETTER, references=many, in_reply_to="<500@webmail.example>"), IDENTITY, ID, NOW))
    kept = message["References"].split()
    assert kept == ["<0@webmail.example>", *[f"<{number}@webmail.example>" for number in range(492, 501)]]


@pytest.mark.parametrize(
    "bad", ["no-brackets@x", "<a@b>\r\nBcc: c@d.example", "<a b@c>", "<ă@b>", "<" + "a" * 400 + "@b>", "<>", ""]
)
def test_what_is_no_message_id_is_left_out_of_the_thread(bad):
    message = parsed(compose(replace(LETTER, in_reply_to=bad, references=(bad,)), IDENTITY, ID, NOW))
    assert message["In-Reply-To"] is None
    assert message["References"] is None
    assert message["Bcc"] is None


def test_answers_go_where_the_identity_says():
    other = replace(IDENTITY, reply_to="van-phong@cdn.example", loop="hoso-1")
    message = parsed(compose(LETTER, other, ID, NOW))
    assert message["Reply-To"] == "van-phong@cdn.example"
    assert message["X-Hoso-Loop"] == "hoso-1"


@pytest.mark.parametrize("name", ['Văn "phòng", CĐN', 'Office "A", \\ B', "=?utf-8?q?x?=", "", "Công đoàn " * 30])
def test_a_display_name_never_becomes_an_address(name):
    message = parsed(compose(LETTER, replace(IDENTITY, name=name), ID, NOW))
    assert [one.addr_spec for one in message["From"].addresses] == ["ho-so@cdn.example"]


def test_a_recipient_that_is_no_plain_address_is_refused():
    with pytest.raises(AddressError):
        compose(replace(LETTER, recipient="a@b.example, c@d.example"), IDENTITY, ID, NOW)


def test_a_letter_without_a_proper_message_id_or_zone_is_refused():
    with pytest.raises(ValueError, match="Message-ID"):
        compose(LETTER, IDENTITY, "letter-1", NOW)
    with pytest.raises(ValueError, match="time zone"):
        compose(LETTER, IDENTITY, ID, NOW.replace(tzinfo=None))


@given(HOSTILE, HOSTILE, HOSTILE, st.lists(HOSTILE, max_size=4), HOSTILE)
@example("x\nBcc: evil@x.example", "<a@b>\nX: y", "x\r\ny", ["<\n@>"], "b\r\nContent-Type: text/html")
def test_no_received_text_makes_a_header(subject, answered, name, thread, file):
    letter = replace(
        LETTER,
        subject=subject,
        in_reply_to=answered,
        references=tuple(thread),
        attachments=(Attachment(file, "text/plain", b"x"),),
    )
    content = compose(letter, replace(IDENTITY, name=name, loop=name), ID, NOW)
    headers = unfolded(content)
    names = [header[0].lower() for header in headers]
    assert set(names) <= KNOWN_HEADERS
    assert len(names) == len(set(names))
    message = parsed(content)
    assert [one.addr_spec for one in message["From"].addresses] == ["ho-so@cdn.example"]
    assert [one.addr_spec for one in message["To"].addresses] == [LETTER.recipient]
    assert len(list(message.iter_attachments())) == 1


@given(st.text(max_size=3000), st.text(max_size=300), HOSTILE)
def test_a_message_is_seven_bit_clean_with_short_lines_whatever_it_holds(text, html, subject):
    printable = text.encode("utf-8", "replace").decode()
    content = compose(
        replace(LETTER, text=printable, html=html.encode("utf-8", "replace").decode(), subject=subject),
        IDENTITY,
        ID,
        NOW,
    )
    assert content.isascii()
    assert re.search(rb"(?<!\r)\n|\r(?!\n)", content) is None
    assert max(map(len, content.split(b"\r\n"))) <= 998


@given(st.text(st.sampled_from("aĐệ =.\t\n<>_-?"), max_size=400))
def test_a_text_comes_through_as_written_but_for_spaces_at_the_end_of_lines(text):
    message = parsed(compose(replace(LETTER, text=f"{text}."), IDENTITY, ID, NOW))
    part = next(one for one in message.walk() if one.get_content_type() == "text/plain")
    assert part.get_content().splitlines() == [line.rstrip() for line in f"{text}.".splitlines()]
    assert max(map(len, part.as_bytes().splitlines())) <= 76


@given(
    st.text(
        alphabet=st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs")),
        min_size=1,
        max_size=90,
    )
)
def test_words_of_a_subject_come_through_as_written(text):
    message = parsed(compose(replace(LETTER, subject=f"A {text} B"), IDENTITY, ID, NOW.astimezone(UTC)))
    assert message["Subject"] == unicodedata.normalize("NFC", f"A {text} B")
