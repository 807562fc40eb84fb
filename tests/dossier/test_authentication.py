"""Only our own server's Authentication-Results are believed (RFC 8601; FAULTS.md 21 and 22)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.authentication import Authentication, aligned, authentication, parse

OURS = ("mx.cdyte.example",)
SENDER = "cdcs.bvp@dongnai-yte.example"


def said(*values: str, servers: tuple[str, ...] = OURS, sender: str | None = SENDER) -> str:
    return authentication([("authentication-results", value) for value in values], servers, sender).value


CASES = [
    ("mx.cdyte.example; dmarc=pass header.from=dongnai-yte.example", "pass"),
    ("MX.cdyte.example. 1; DMARC=Pass (p=none) header.from=DongNai-YTe.example", "pass"),
    ("mx.cdyte.example; dmarc=pass", "pass"),
    ("mx.cdyte.example; dmarc=pass header.from=evil.test", "fail"),
    ("mx.cdyte.example; dmarc=fail; dkim=pass header.d=dongnai-yte.example", "fail"),
    ("mx.cdyte.example; dkim=pass header.d=dongnai-yte.example", "pass"),
    ("mx.cdyte.example; dkim=pass header.i=@mail.dongnai-yte.example", "pass"),
    ("mx.cdyte.example; dkim=pass header.d=evil.test", "fail"),
    ("mx.cdyte.example; spf=pass smtp.mailfrom=cdcs.bvp@dongnai-yte.example", "pass"),
    ("mx.cdyte.example; spf=pass smtp.mailfrom=evil.test", "fail"),
    ("mx.cdyte.example; spf=pass smtp.mailfrom=evil.test; dkim=pass header.d=dongnai-yte.example", "pass"),
    ("mx.cdyte.example; spf=softfail smtp.mailfrom=dongnai-yte.example; dkim=none", "fail"),
    ("mx.cdyte.example; dkim=fail header.d=dongnai-yte.example", "fail"),
    ("mx.cdyte.example; spf=none; dkim=none; dmarc=none", "unknown"),
    ("mx.cdyte.example; spf=temperror", "unknown"),
    ("mx.cdyte.example; none", "unknown"),
    ("mx.evil.test; dmarc=pass header.from=dongnai-yte.example", "unknown"),
    ("mx.evil.test (mx.cdyte.example); dmarc=pass", "unknown"),
    ('"mx.evil.test; mx.cdyte.example"; dmarc=pass', "unknown"),
    ("", "unknown"),
]


@pytest.mark.parametrize(("value", "result"), CASES)
def test_what_our_server_says_decides(value: str, result: str) -> None:
    assert said(value) == result


def test_without_a_server_of_ours_nothing_is_known() -> None:
    assert said("mx.cdyte.example; dmarc=pass", servers=()) == "unknown"
    assert said("mx.cdyte.example; dmarc=pass", sender=None) == "unknown"


def test_a_forged_header_below_our_own_changes_nothing() -> None:
    assert said("mx.cdyte.example; dmarc=fail", "mx.cdyte.example; dmarc=pass") == "fail"
    assert said("mx.cdyte.example; dmarc=pass", "mx.cdyte.example; dmarc=fail") == "pass"


def test_one_header_for_each_method_is_read_as_one() -> None:
    split = (
        "mx.cdyte.example; spf=pass smtp.mailfrom=evil.test",
        "mx.cdyte.example; dkim=pass header.d=dongnai-yte.example",
    )
    assert said(*split) == "pass"


def test_other_headers_are_not_looked_at() -> None:
    forged = [("arc-authentication-results", "mx.cdyte.example; dmarc=pass")]
    assert authentication(forged, OURS, SENDER) is Authentication.UNKNOWN


def test_a_comment_and_a_quoted_text_are_no_result() -> None:
    assert said("mx.cdyte.example; spf=none (dmarc=pass (nested; dkim=pass))") == "unknown"
    assert said('mx.cdyte.example; spf=none reason="a; dmarc=pass"') == "unknown"


def test_several_signatures_are_all_read() -> None:
    server, results = parse("mx.cdyte.example; dkim=fail header.d=a.example; dkim=pass header.d=b.example")
    assert server == "mx.cdyte.example"
    assert [(one.result, one.domains("header.d")) for one in results] == [
        ("fail", ("a.example",)),
        ("pass", ("b.example",)),
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a.example", "a.example", True),
        ("mail.a.example", "a.example", True),
        ("a.example", "mail.a.example", True),
        ("ba.example", "a.example", False),
        ("example", "a.example", False),
        ("", "a.example", False),
    ],
)
def test_alignment_is_relaxed_but_not_loose(one: str, other: str, same: bool) -> None:
    assert aligned(one, other) is same


@given(st.text(max_size=300))
def test_no_value_is_too_strange_to_be_read(value: str) -> None:
    assert said(value) in ("unknown", "pass", "fail")
