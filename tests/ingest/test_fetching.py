"""Batches, and what an answer must hold to count as the message."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from imapclient.fixed_offset import FixedOffset

from ingest.fetching import batches, chunks, date_in, message_in, part_in, size_in

SIZES = st.dictionaries(st.integers(1, 10_000), st.integers(0, 5_000), max_size=60)


@given(SIZES, st.integers(1, 10), st.integers(1, 6_000))
def test_every_message_is_in_one_batch_in_order_and_within_the_limits(
    sizes: dict[int, int], most_messages: int, most_bytes: int
) -> None:
    made = list(batches(sizes, most_messages, most_bytes))
    assert [uid for batch in made for uid in batch] == sorted(sizes)
    for batch in made:
        assert 1 <= len(batch) <= most_messages
        assert len(batch) == 1 or sum(sizes[uid] for uid in batch) <= most_bytes


@given(st.lists(st.integers(1, 500)), st.integers(1, 50))
def test_chunks_hold_every_uid_once(uids: list[int], length: int) -> None:
    made = list(chunks(uids, length))
    assert [uid for chunk in made for uid in chunk] == sorted(set(uids))
    assert all(1 <= len(chunk) <= length for chunk in made)


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {b"RFC822.SIZE": 5},
        {b"BODY[]": None, b"RFC822.SIZE": 5},
        {b"BODY[]": b"", b"RFC822.SIZE": 5},
        {b"BODY[]": b""},
        {b"BODY[]": (b"text", b"plain"), b"RFC822.SIZE": 5},
        {b"FLAGS": (b"\\Seen",)},
    ],
)
def test_an_answer_without_content_is_no_message(answer: dict[bytes, object]) -> None:
    assert message_in(1, answer) is None


def test_a_size_that_the_server_counted_otherwise_does_no_harm() -> None:
    message = message_in(1, {b"BODY[]": b"content", b"RFC822.SIZE": 9})
    assert message is not None
    assert message.content == b"content"


def test_a_time_without_a_zone_is_unknown() -> None:
    naive = datetime(2021, 4, 20, 23, 59, 59)  # noqa: DTZ001 - that is the fault
    assert date_in({b"INTERNALDATE": naive}) is None
    assert date_in({}) is None


@given(st.integers(-23 * 60 - 59, 23 * 60 + 59))
def test_a_time_keeps_its_second_and_its_offset(minutes: int) -> None:
    said = datetime(2021, 4, 20, 23, 59, 59, tzinfo=FixedOffset(minutes))
    kept = date_in({b"INTERNALDATE": said})
    assert kept is not None
    assert kept.isoformat() == said.isoformat()
    assert kept == said


def test_a_part_is_that_of_the_start_that_was_asked_for() -> None:
    answer = {b"BODY[]<100>": b"abc"}
    assert part_in(answer, 100) == b"abc"
    assert part_in(answer, 0) is None


@pytest.mark.parametrize(("told", "size"), [(12, 12), (0, 0), (-1, None), (b"12", None), (None, None)])
def test_a_size_is_a_number_or_unknown(told: object, size: int | None) -> None:
    assert size_in({b"RFC822.SIZE": told}) == size
