"""Messages that are made to harm, or that lost what makes a message (FAULTS.md 26-28)."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.attachments import attachment
from support.raw_mail import HEAD, file_part, multipart, part, text_part, with_files

from parsers.message import open_message
from parsers.structure import MAX_PARTS

DOCX = attachment("d15")


def _nested(levels: int) -> bytes:
    opening = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (level, level) for level in range(levels)
    )
    return HEAD + opening + b"Content-Type: text/plain\r\n\r\nx\r\n"


def test_fault_26_3000_nested_multiparts_are_opened_as_far_as_allowed_and_said() -> None:
    opened = open_message(_nested(3000))
    assert any("nested" in problem for problem in opened.submission.problems)
    assert [one.unopened for one in opened.attachments] == ["nested too deep to be opened"]
    assert opened.submission.sender.address == "cdcs.thu@donvi.example"


def test_fault_26_3000_nested_messages_are_opened_as_far_as_allowed_and_said() -> None:
    opened = open_message(HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 3000)
    assert [bool(one.unopened) for one in opened.attachments] == [True]


def test_fault_26_10000_parts_are_counted_and_the_rest_is_said() -> None:
    opened = open_message(multipart([text_part("Em gửi"), *(file_part(b"a.txt", b"x") for _ in range(9_999))]))
    assert len(opened.attachments) == MAX_PARTS
    assert opened.attachments[-1].unopened == "9700 parts too many"
    assert any("parts" in problem for problem in opened.submission.problems)
    assert opened.submission.own_words == "Em gửi"


@pytest.mark.parametrize("bulk", [b"X-Bulk: " + b"x" * 70 + b"\r\n", b"X-Bulk: x\r\n " + b"x" * 2000 + b"\r\n"])
def test_fault_26_50_mebibytes_of_headers_are_cut_and_said(bulk: bytes) -> None:
    content = HEAD + bulk * ((50 << 20) // len(bulk)) + b"\r\nEm"
    submission = open_message(content).submission
    assert any("headers" in problem for problem in submission.problems)
    assert submission.sender.address == "cdcs.thu@donvi.example"
    assert submission.own_words == "Em"


def test_fault_27_nul_bytes_reach_nothing() -> None:
    content = HEAD.replace(b"thu-1", b"thu-\0") + b"Subject: a\0b\r\nContent-Type: text/plain\r\n\r\nx\0y"
    submission = open_message(content).submission
    assert "\0" not in repr(submission).replace("\\x00", "\0")


@pytest.mark.parametrize("before", [b"\r\n", b"\n\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf \r\n\r\n"])
def test_fault_28_what_stands_before_the_first_header_hides_none_of_the_message(before: bytes) -> None:
    whole = with_files(("Tờ trình.docx", DOCX))
    opened, plain = open_message(before + whole), open_message(whole)
    assert opened.submission.sender.address == plain.submission.sender.address == "cdcs.thu@donvi.example"
    assert [one.content for one in opened.attachments] == [one.content for one in plain.attachments] == [DOCX]
    assert opened.submission.content_digest == plain.submission.content_digest
    assert opened.submission.sha256 != plain.submission.sha256
    assert open_message(before + b"no header at all").submission.sender.address is None


@pytest.mark.parametrize(
    "content", [b"", b"\r\n", b"\0", b"no header at all", b"From:", b":\r\n\r\n", b"\xff\xfe" * 100]
)
def test_fault_28_a_message_without_anything_is_still_a_message(content: bytes) -> None:
    submission = open_message(content).submission
    assert submission.sender.address is None
    assert (submission.message_id, submission.date, submission.received) == (None, None, ())
    assert len(submission.content_digest) == 64


def test_a_multipart_in_which_no_part_is_found_is_said() -> None:
    content = HEAD + b'Content-Type: multipart/mixed; boundary="x"\r\n\r\nEm gui'
    submission = open_message(content).submission
    assert submission.own_words == "Em gui"
    assert submission.problems


def test_a_message_that_was_cut_off_is_said() -> None:
    assert open_message(with_files(("a.docx", DOCX))[:-5000]).submission.problems


PIECES = st.sampled_from(
    [
        b"\r\n",
        b"\r\n\r\n",
        b"\n",
        b"--b1\r\n",
        b"--b1--\r\n",
        b"\x00",
        b"\xff\xfe",
        b"=?utf-8?B?",
        b"?=",
        b'"',
        b";",
        b"(",
        b">",
        b'Content-Type: multipart/mixed; boundary="b1"\r\n',
        b"Content-Type: message/rfc822\r\n",
        b"Received: by x; ",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b1\r\n",
        b"Date: ",
        b"From: ",
        b"Subject: ",
        b"Content-Type: message/delivery-status\r\n",
        b"Content-Transfer-Encoding: base64\r\n",
        b"Content-ID: \xff\r\n",
        b"Content-Type: text/html; charset=\x00\xe9\r\n",
        b"Content-Disposition: \xe9; filename*0*=utf-8''%",
        b"Message-ID: \xff<",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.binary(max_size=8)), max_size=40))
@example([b"Content-Type: text/plain; charset=\0\r\n", b"\r\n", b"\xe9"])
@example([b"Subject: =?utf-8?B?abcde?=\r\n", b"\r\n"])
def test_fault_27_whatever_is_put_together_is_opened_and_clean(pieces: list[bytes]) -> None:
    submission = open_message(b"".join(pieces)).submission
    shown = (
        submission.subject,
        submission.own_words,
        submission.quoted,
        submission.sender.name,
        *submission.recipients,
    )
    for text in (*shown, *(value for header in submission.headers for value in header)):
        text.encode()
        assert "\0" not in text


@pytest.mark.parametrize("status", [b"", b"\0\xff", b"Action failed", b"\r\n\r\n\r\n", b"Action: failed\r\n" * 5000])
def test_fault_27_a_malformed_delivery_status_raises_nothing(status: bytes) -> None:
    block = part(b"Content-Type: message/delivery-status", status)
    report = open_message(multipart([text_part("x"), block], b"report; report-type=delivery-status")).submission.report
    assert report is not None
    assert report.status == ""
