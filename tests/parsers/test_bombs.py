"""Faults 31-37: every bomb through a real reading process, stopped in its time and memory, told as `not-read`."""

import time
from collections.abc import Iterator

import pytest
from support.appetite import appetite
from support.attachments import attachment
from support.bombs import BOMBS
from support.hostile import endless_pdf
from support.raw_mail import with_files

from dossier.model import Kind, Problem
from hoso.campaigns import example_campaign
from parsers.limits import Limits
from parsers.sandbox import Sandbox

SECONDS, MEMORY = 30, 512 << 20
MEMO = attachment("d01")
_PROVEN_BROKEN = {"31 winmail.dat that lies"}
"""Its own lengths contradict one another: no limit of ours is needed to say so."""
_WITHOUT_END = "35 pdf without end"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox((example_campaign(),)) as opened:
        opened.prepare()
        yield opened


def _of(fault: int) -> list[str]:
    return [name for name in BOMBS if name.startswith(str(fault)) and name != _WITHOUT_END]


def _stopped(sandbox: Sandbox, name: str) -> None:
    bomb = BOMBS[name]()
    content = with_files(("To trinh.docx", MEMO), bomb)
    sandbox.prepare()
    with appetite() as eaten:
        began = time.monotonic()
        first, *others = sandbox.read(content).documents
        seconds = time.monotonic() - began
    assert seconds < SECONDS
    assert eaten.peak < MEMORY
    assert first.kinds == (Kind.MEMO,)
    expected = Problem.CORRUPT if name in _PROVEN_BROKEN else Problem.NOT_READ
    assert {document.problem for document in others} == {expected}
    assert not {Kind.MEMO, Kind.SUMMARY_TABLE} & {kind for document in others for kind in document.kinds}


@pytest.mark.parametrize("name", _of(31))
def test_fault_31_archives_that_swell_overlap_lie_or_hold_themselves(sandbox: Sandbox, name: str) -> None:
    _stopped(sandbox, name)


@pytest.mark.parametrize("name", _of(32))
def test_fault_32_a_doctype_is_neither_expanded_nor_followed(sandbox: Sandbox, name: str) -> None:
    _stopped(sandbox, name)


@pytest.mark.parametrize("name", _of(33))
def test_fault_33_a_small_docx_that_takes_gigabytes(sandbox: Sandbox, name: str) -> None:
    _stopped(sandbox, name)


@pytest.mark.parametrize("name", _of(34))
def test_fault_34_a_small_pdf_that_takes_gigabytes(sandbox: Sandbox, name: str) -> None:
    _stopped(sandbox, name)


@pytest.mark.parametrize("name", _of(35))
def test_fault_35_a_pdf_that_leads_back_to_itself(sandbox: Sandbox, name: str) -> None:
    _stopped(sandbox, name)


@pytest.mark.parametrize("name", _of(36))
def test_fault_36_a_picture_of_ten_thousand_million_pixels(sandbox: Sandbox, name: str) -> None:
    _stopped(sandbox, name)


@pytest.mark.parametrize("name", _of(37))
def test_fault_37_a_workbook_that_reaches_to_its_last_cell(sandbox: Sandbox, name: str) -> None:
    _stopped(sandbox, name)


@pytest.mark.torture
def test_fault_35_a_pdf_without_end_is_stopped_within_thirty_seconds(sandbox: Sandbox) -> None:
    _stopped(sandbox, _WITHOUT_END)


@pytest.mark.torture
def test_faults_31_to_37_seven_at_once_keep_the_next_message_a_minute_at_most() -> None:
    worst = endless_pdf(40)
    with Sandbox((example_campaign(),), Limits()) as sandbox, appetite() as eaten:
        sandbox.prepare()
        began = time.monotonic()
        documents = sandbox.read(with_files(("a.docx", MEMO), *((f"{n}.pdf", worst) for n in range(7)))).documents
        (after,) = sandbox.read(with_files(("b.docx", MEMO))).documents
        seconds = time.monotonic() - began
    assert [document.problem for document in documents] == [None, *[Problem.NOT_READ] * 7]
    assert after.kinds == (Kind.MEMO,)
    assert seconds < 60
    assert eaten.peak < MEMORY
