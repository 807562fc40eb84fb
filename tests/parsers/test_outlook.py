"""Outlook messages in a file (`.msg`), written by another program: aspose-email-foss 26.3 (MIT)."""

import re
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.attachments import attachment
from support.raw_mail import with_files

from dossier.model import Kind, Problem
from hoso.campaigns import example_campaign
from parsers.archive import read_archive
from parsers.limits import ArchiveLimits
from parsers.problem import UnreadableError
from parsers.reader import read_message

SAMPLES = Path(__file__).parent / "samples"
"""ho-so.msg: the memo of d01, and a message with its table; tham-chieu.msg, in 8 bits: a file, and another whose method
(PidTagAttachMethod) was set to "by reference"; khong-tep.msg: words alone."""
WHOLE = (SAMPLES / "ho-so.msg").read_bytes()
CAMPAIGN = example_campaign()


def test_the_files_of_a_message_and_of_one_within_it_are_read_as_attached() -> None:
    assert [entry.content for entry in read_archive(WHOLE)] == [attachment("d01"), attachment("d01", 1)]
    documents = read_message(with_files(("Ho so.msg", WHOLE)), (CAMPAIGN,)).documents
    assert [(document.kinds, document.containers) for document in documents] == [
        ((Kind.MEMO,), ("Ho so.msg",)),
        ((Kind.SUMMARY_TABLE,), ("Ho so.msg",)),
    ]
    assert documents[1].file == "Bang tong hop sang kien BVDN.docx"


def test_a_logo_that_the_text_shows_is_no_file() -> None:
    assert [entry.name for entry in read_archive((SAMPLES / "co-logo.msg").read_bytes())] == ["ghi chu.txt"]


def test_a_file_that_the_message_only_refers_to_is_for_a_person() -> None:
    note, elsewhere = read_archive((SAMPLES / "tham-chieu.msg").read_bytes())
    assert (note.name, note.content.decode(), note.problem) == ("Ghi chu.txt", "Gửi bản giấy sau.", None)
    assert (elsewhere.name, elsewhere.problem) == ("o dia chung.docx", Problem.NOT_READ)


def test_the_text_of_a_message_without_files_is_read_as_a_file() -> None:
    (text,) = read_archive((SAMPLES / "khong-tep.msg").read_bytes())
    assert (text.name, text.content.decode()) == ("Nội dung thư.txt", "Em gửi sau ạ.")


@pytest.mark.parametrize("limits", [ArchiveLimits(entries=2), ArchiveLimits(total=40_000)])
def test_above_the_limits_nothing_of_it_is_read(limits: ArchiveLimits) -> None:
    with pytest.raises(UnreadableError) as raised:
        read_archive(WHOLE, limits)
    assert raised.value.problem is Problem.NOT_READ


@pytest.mark.parametrize("kept", [600, 20_000, 80_000])
def test_a_message_that_was_cut_off_is_corrupt(kept: int) -> None:
    (document,) = read_message(with_files(("Ho so.msg", WHOLE[:kept])), (CAMPAIGN,)).documents
    assert document.problem is Problem.CORRUPT


def test_fewer_files_than_the_message_tells_of_are_for_a_person() -> None:
    (place,) = (found.start() for found in re.finditer(struct.pack("<5I", 0, 1, 2, 1, 2), WHOLE))
    counted = place + 16
    entries = read_archive(WHOLE[:counted] + struct.pack("<I", 3) + WHOLE[counted + 4 :])
    assert [entry.problem for entry in entries] == [None, None, Problem.NOT_READ]


@given(st.integers(512, len(WHOLE) - 64), st.binary(min_size=1, max_size=64))
@settings(max_examples=25, deadline=None)
def test_a_message_whose_directory_lies_is_read_or_refused(place: int, noise: bytes) -> None:
    damaged = WHOLE[:place] + noise + WHOLE[place + len(noise) :]
    told = read_message(with_files(("Ho so.msg", damaged)), (CAMPAIGN,))
    assert told.documents
    assert all(document.size <= len(WHOLE) for document in told.documents)
