"""The files of a message as they are, unpacked within the limits and not read."""

import hashlib
from collections.abc import Iterator

import pytest
from support.attachments import MESSAGES, attachment
from support.hostile import huge_png, lying_zip
from support.raw_mail import with_files

from hoso.campaigns import example_campaign
from parsers.limits import Limits
from parsers.sandbox import Sandbox

CAMPAIGNS = (example_campaign(),)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(CAMPAIGNS, Limits(part_seconds=5, message_seconds=20)) as opened:
        yield opened


@pytest.mark.parametrize("case", ["d01", "d05", "d19", "d26", "d51"])
def test_every_file_that_is_recorded_can_be_had_by_its_content(sandbox: Sandbox, case: str) -> None:
    (path,) = MESSAGES.glob(f"{case}-*.eml")
    content = path.read_bytes()
    copies = {one.sha256: one.bytes for one in sandbox.copies(content)}
    assert all(hashlib.sha256(file).hexdigest() == sha256 for sha256, file in copies.items())
    recorded = {one.sha256 for one in sandbox.read(content).documents if not one.detail}
    assert recorded <= set(copies)


def test_a_hostile_file_beside_it_does_not_keep_a_file_back(sandbox: Sandbox) -> None:
    memo = attachment("d01")
    copies = sandbox.copies(
        with_files(("lying.zip", lying_zip(1000)), ("huge.png", huge_png(100_000)), ("a.docx", memo))
    )
    assert hashlib.sha256(memo).hexdigest() in {one.sha256 for one in copies}
