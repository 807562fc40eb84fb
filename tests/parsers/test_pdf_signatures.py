"""Digital signatures are told as they are, and never cost a document its reading."""

import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.raw_mail import with_files
from support.signing import (
    AUTHORITY,
    ORGANISATION,
    UNION,
    holder,
    root,
    signed,
    unsigned_pdf,
    with_another_byte,
    with_another_page,
    with_broken_container,
)

from dossier.model import Document, Kind
from dossier.signatures import Signature, SinceSigning
from hoso.campaigns import example_campaign
from parsers.limits import Limits
from parsers.reader import read_message
from parsers.sandbox import Sandbox
from parsers.signatures import is_signed, signatures_of

CAMPAIGNS = (example_campaign(),)
TRUSTED = (root(AUTHORITY).pem,)


def document(content: bytes, trust_roots: tuple[str, ...] = ()) -> Document:
    [found] = read_message(with_files(("To trinh.pdf", content)), CAMPAIGNS, trust_roots=trust_roots).documents
    return found


def only(content: bytes, trust_roots: tuple[str, ...] = TRUSTED) -> Signature:
    [found] = signatures_of(content, trust_roots)
    return found


def test_it_is_said_who_signed_and_when() -> None:
    found = only(signed(unsigned_pdf()))
    assert (found.signer, found.organisation) == (UNION, ORGANISATION)
    assert found.signed_at is not None
    assert abs(found.signed_at - datetime.now(UTC)) < timedelta(minutes=5)
    assert (found.since, found.trusted, found.stamped, found.doubt) == (SinceSigning.UNCHANGED, True, False, "")


def test_a_certificate_that_leads_nowhere_known_is_not_trusted() -> None:
    stranger = signed(unsigned_pdf(), holder("Người lạ", "Tổ chức nào đó"))
    found = only(stranger)
    assert (found.signer, found.since, found.trusted) == ("Người lạ", SinceSigning.UNCHANGED, False)
    assert "not trusted" in found.doubt


def test_a_certificate_that_had_run_out_is_not_trusted() -> None:
    found = only(signed(unsigned_pdf(), holder(ends=datetime(2020, 6, 1, tzinfo=UTC))))
    assert (found.since, found.trusted) == (SinceSigning.UNCHANGED, False)


def test_without_roots_nothing_is_said_of_trust() -> None:
    assert only(signed(unsigned_pdf()), ()).trusted is None


@pytest.mark.parametrize("tamper", [with_another_byte, with_another_page])
def test_a_file_that_was_changed_since_is_told(tamper: object) -> None:
    assert callable(tamper)
    assert only(tamper(signed(unsigned_pdf()))).since is SinceSigning.CHANGED


def test_the_time_of_a_trusted_stamp_counts_and_is_told_as_such() -> None:
    stamped_at = datetime(2021, 4, 15, 9, 30, tzinfo=UTC)
    found = only(signed(unsigned_pdf(), stamped_at=stamped_at))
    assert (found.signed_at, found.stamped) == (stamped_at, True)
    unknown = only(signed(unsigned_pdf(), stamped_at=stamped_at), (root("Ai đó").pem,))
    assert (unknown.signed_at == stamped_at, unknown.stamped) == (False, False)


def test_the_first_of_two_signatures_is_no_change_to_the_file() -> None:
    content = signed(signed(unsigned_pdf()), holder("Chủ tịch"), "Signature2")
    found = signatures_of(content, TRUSTED)
    assert [(one.signer, one.since) for one in found] == [
        (UNION, SinceSigning.EXTENDED),
        ("Chủ tịch", SinceSigning.UNCHANGED),
    ]
    assert [one.since for one in signatures_of(with_another_byte(content), TRUSTED)] == [SinceSigning.CHANGED] * 2


def test_a_broken_container_is_told_beside_a_sound_one_and_the_memo_is_read() -> None:
    content = with_broken_container(signed(signed(unsigned_pdf()), holder("Chủ tịch"), "Signature2"))
    found = document(content)
    assert found.kinds == (Kind.MEMO,)
    assert sorted(one.since.value for one in found.signatures) == ["extended", "unknown"]


def test_a_signed_memo_is_read_as_if_it_were_not_signed() -> None:
    plain, with_signature = document(unsigned_pdf()), document(signed(unsigned_pdf()), TRUSTED)
    assert plain.signatures == ()
    assert (plain.kinds, plain.memo, plain.doubts) == (
        with_signature.kinds,
        with_signature.memo,
        with_signature.doubts,
    )
    assert [one.signer for one in with_signature.signatures] == [UNION]


def test_names_in_a_certificate_are_cleaned() -> None:
    found = only(signed(unsigned_pdf(), holder("Tên\u202e\r\nBcc: x@y.example <b>" + "a" * 20)))
    assert "\n" not in found.signer
    assert "\u202e" not in found.signer


@cache
def signed_once() -> bytes:
    return signed(unsigned_pdf())


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_no_damage_to_a_signed_file_raises(seed: int) -> None:
    damage, content = random.Random(seed), bytearray(signed_once())
    for _ in range(damage.randint(1, 20)):
        content[damage.randrange(len(content))] = damage.randrange(256)
    for one in signatures_of(bytes(content), TRUSTED):
        assert one.since is not SinceSigning.UNCHANGED or one.signer == UNION


def test_mail_without_signatures_does_not_load_the_library() -> None:
    program = (
        "import sys; from parsers.reader import read_message; from hoso.campaigns import example_campaign;"
        "read_message(sys.stdin.buffer.read(), (example_campaign(),)); print('pyhanko' in sys.modules)"
    )
    content = with_files(("To trinh.pdf", unsigned_pdf()))
    done = subprocess.run([sys.executable, "-c", program], input=content, capture_output=True, check=True)
    assert done.stdout.strip() == b"False"
    assert not is_signed(unsigned_pdf())


def test_a_word_file_that_speaks_of_byte_ranges_is_not_taken_for_a_signed_one() -> None:
    assert not is_signed(b"PK\x03\x04 /ByteRange [0 1 2 3]")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(CAMPAIGNS, Limits(part_seconds=20), trust_roots=TRUSTED) as opened:
        yield opened


def test_signatures_are_checked_inside_the_limits_of_the_reading_process(sandbox: Sandbox) -> None:
    [found] = sandbox.read(with_files(("To trinh.pdf", signed(unsigned_pdf())))).documents
    assert [(one.signer, one.trusted, one.since) for one in found.signatures] == [(UNION, True, SinceSigning.UNCHANGED)]


def test_where_the_check_is_left_out_the_document_is_read_and_says_so() -> None:
    content = with_files(("To trinh.pdf", signed(unsigned_pdf())))
    announced: list[str] = []
    [found] = read_message(
        content, CAMPAIGNS, skip={"2#signatures": "stopped: not read within 30.0 s"}, progress=announced.append
    ).documents
    assert (found.kinds, found.problem) == ((Kind.MEMO,), None)
    assert found.signatures == (Signature(doubt="stopped: not read within 30.0 s"),)
    assert announced == ["", "2"]
    [found] = read_message(content, CAMPAIGNS, only=("2",)).documents
    assert found.kinds == (Kind.MEMO,)
    assert "used up" in found.signatures[0].doubt
