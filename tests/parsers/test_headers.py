"""Headers of received mail: cleaned, and believed only where they can be."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.mail import Hop
from parsers import headers
from parsers.structure import BoundedMessage, parse


def head(*lines: bytes) -> BoundedMessage:
    return parse(b"\r\n".join(lines) + b"\r\n\r\n")[0]


@pytest.mark.parametrize(
    ("line", "address", "name"),
    [
        (b"cdcs@donvi.example", "cdcs@donvi.example", ""),
        (b"CDCS <CDCS@DonVi.Example>", "cdcs@donvi.example", "CDCS"),
        (b'"cdcs@donvi.example" <cdcs@donvi.example>', "cdcs@donvi.example", ""),
        (b"=?utf-8?B?Tmd1eeG7hW4gVGjhu4sgSMOg?= <ha@donvi.example>", "ha@donvi.example", "Nguyễn Thị Hà"),
        ("Nguyễn Hà <ha@donvi.example>".encode(), "ha@donvi.example", "Nguyễn Hà"),
        (b"ha@donvi.example (Thu Ha)", "ha@donvi.example", "Thu Ha"),
    ],
)
def test_one_plain_address_is_the_sender(line: bytes, address: str, name: str) -> None:
    sender = headers.sender(head(b"From: " + line))
    assert (sender.address, sender.name, sender.doubt) == (address, name, "")


@pytest.mark.parametrize(
    "line",
    [
        b"alice@example.org)bob@evil.example",
        b"a@b@c.example",
        b"<a@b.example> <c@d.example>",
        b"a@b.example, c@d.example",
        b"undisclosed-recipients:;",
        b"postmaster",
        b"x@[127.0.0.1]",
        b'"a b"@c.example',
        b"a@b.example\x00",
        b"a" * 300 + b"@b.example",
    ],
)
def test_fault_23_an_address_that_cannot_be_told_is_nobodys(line: bytes) -> None:
    sender = headers.sender(head(b"From: " + line))
    assert sender.address is None
    assert sender.doubt


@pytest.mark.parametrize(
    "name", [b'"sangkien@cdyte.example"', b"=?utf-8?q?sangkien=40cdyte.example?=", b"sangkien@cdyte.example"]
)
def test_fault_23_a_display_name_that_is_another_address_is_doubted(name: bytes) -> None:
    sender = headers.sender(head(b"From: " + name + b" <x@la.example>"))
    assert sender.address == "x@la.example"
    assert "sangkien@cdyte.example" in sender.doubt


@pytest.mark.parametrize("lines", [(), (b"From:",), (b"From: \0",)])
def test_fault_1_a_message_that_names_nobody_has_no_sender_and_no_doubt(lines: tuple[bytes, ...]) -> None:
    sender = headers.sender(head(b"Subject: x", *lines))
    assert (sender.address, sender.doubt) == (None, "")


@pytest.mark.parametrize("name", [b"=?utf-8?b?Q?=", b"=?utf-8?b?Q8SQQ1MgVHJ1bmMQ=?=", b'"=?utf-8?B?QQ?="'])
def test_a_name_in_base64_that_is_none_leaves_the_address(name: bytes) -> None:
    found = headers.sender(head(b"From: " + name + b" <cdcs@bv.example>"))
    assert (found.address, found.doubt) == ("cdcs@bv.example", "")


def test_several_from_headers_name_nobody() -> None:
    sender = headers.sender(head(b"From: a@b.example", b"From: c@d.example"))
    assert (sender.address, sender.doubt) == (None, "several From headers")


def test_fault_25_no_control_character_of_a_subject_survives() -> None:
    message = head(b"Subject: =?UTF-8?Q?x=0ABcc:_evil=40la.example?=", b"From: a@b.example")
    assert headers.text(message, "subject") == "x Bcc: evil@la.example"


def test_a_subject_of_pieces_is_joined_and_composed() -> None:
    message = head(b"Subject: =?utf-8?b?SOG7kyBzxqE=?=\r\n =?utf-8?b?IHNhzIFuZyBraWXMgsyBbg==?=")
    assert headers.text(message, "subject") == "Hồ sơ sáng kiến"


@pytest.mark.parametrize(
    "raw",
    ["Hồ sơ".encode(), b"H\xf4\xcc s\xf5", b"=?windows-1258?Q?H=F4=CC_s=F5?=", b"=?x-unknown?Q?H=E1=BB=93_s=C6=A1?="],
)
def test_a_subject_in_raw_bytes_or_under_an_unknown_charset_is_read(raw: bytes) -> None:
    assert headers.text(head(b"Subject: " + raw), "subject") == "Hồ sơ"


def test_the_null_sender_is_told_from_no_return_path() -> None:
    assert headers.return_path(head(b"Return-Path: <>")) == ""
    assert headers.return_path(head(b"Return-Path: <Ai@DonVi.example>")) == "ai@donvi.example"
    assert headers.return_path(head(b"From: a@b.example")) is None


def test_every_received_header_is_read_topmost_first_in_utc() -> None:
    message = head(
        b"Received: from a (b [203.0.113.1]) by Mail.Cdyte.Example (Postfix) with ESMTPS id 1",
        b"\t(version=TLS1.3; by=other); Fri, 16 Apr 2021 09:12:05 +0700 (ICT)",
        b"Received: by 10.0.0.1 with SMTP id 2; Fri, 16 Apr 2021 02:12:04 +0000",
        b"Received: nonsense",
        b"Date: Fri, 16 Apr 2021 09:12:01 +0700",
    )
    hops, date = headers.trace(message)
    assert hops == (
        Hop("mail.cdyte.example", datetime(2021, 4, 16, 2, 12, 5, tzinfo=UTC)),
        Hop("10.0.0.1", datetime(2021, 4, 16, 2, 12, 4, tzinfo=UTC)),
        Hop("", None),
    )
    assert date == datetime(2021, 4, 16, 2, 12, 1, tzinfo=UTC)


def test_recipients_are_of_every_header_that_names_them() -> None:
    message = head(
        b"To: Cong doan <A@cdyte.example>, b@cdyte.example",
        b"Cc: c@cdyte.example",
        b"Delivered-To: d@cdyte.example",
        b"Delivered-To: e@cdyte.example",
        b"X-Original-To: a@cdyte.example",
    )
    assert headers.recipients(message) == tuple(f"{name}@cdyte.example" for name in "abcde")


def test_headers_of_machines_are_kept_with_their_repeats() -> None:
    message = head(
        b"Auto-Submitted: auto-replied (vacation)",
        b"Precedence: first-class",
        b"Precedence: Bulk",
        b"List-Unsubscribe: <mailto:x@y.example>",
        b"X-Hoso-Loop: 1",
        b"X-Auto-Response-Suppress: All",
        b"Authentication-Results: mail.cdyte.example;\r\n spf=pass",
        b"X-Spam-Score: 1",
    )
    assert headers.kept(message) == (
        ("auto-submitted", "auto-replied (vacation)"),
        ("precedence", "first-class"),
        ("precedence", "Bulk"),
        ("list-unsubscribe", "<mailto:x@y.example>"),
        ("x-hoso-loop", "1"),
        ("x-auto-response-suppress", "All"),
        ("authentication-results", "mail.cdyte.example; spf=pass"),
    )


def test_message_ids_are_read_and_what_could_break_a_header_is_not() -> None:
    message = head(b"References: <1@a.example> <2@b.example>\r\n <1@a.example> <x y@z> garbage", b"Message-ID: bare@c")
    assert headers.message_ids(message, "references") == ("<1@a.example>", "<2@b.example>")
    assert headers.message_id(message) == "<bare@c>"
    assert headers.message_id(head(b"Message-ID: two words")) is None


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_whatever_stands_in_a_header_comes_out_clean(raw: bytes) -> None:
    value = raw.replace(b"\r", b"").replace(b"\n", b"")
    message = head(
        *(name + b": " + value for name in (b"From", b"To", b"Subject", b"Date", b"Received", b"Message-ID"))
    )
    sender = headers.sender(message)
    headers.trace(message)
    for text in (headers.text(message, "subject"), sender.name, sender.doubt, sender.address or ""):
        assert len(text) <= headers.MAX_TEXT
        assert all(char.isprintable() for char in text if char != "\u00a0"), repr(text)
        text.encode()


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_one_line_is_one_line_and_stays_the_same(text: str) -> None:
    line = headers.one_line(text)
    assert line.splitlines() in ([], [line])
    assert headers.one_line(line) == line
