"""The process that reads: what it may not do, and that nothing in a message stops the others (promise P10)."""

import os
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.attachments import MESSAGES, attachment
from support.hostile import endless_pdf, greedy_pdf, huge_docx, huge_png, lying_zip
from support.raw_mail import HEAD, plain, with_files
from support.waiting import wait_until
from support.word_documents import needs_office

from dossier.model import Kind, Problem
from hoso.campaigns import example_campaign
from parsers.limits import Limits, ProcessLimits
from parsers.reader import read_message
from parsers.sandbox import MessageUnreadableError, Sandbox, SandboxError

CAMPAIGNS = (example_campaign(),)
MEMO = attachment("d01")
TABLE = attachment("d01", 1)
ENDLESS = endless_pdf(40)
SHORT = Limits(part_seconds=1.5, message_seconds=20)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(CAMPAIGNS, SHORT) as opened:
        opened.prepare()
        yield opened


def _outcome(sandbox: Sandbox, *files: tuple[str, bytes]) -> list[tuple[str, Problem | None, tuple[Kind, ...]]]:
    return [(one.file, one.problem, one.kinds) for one in sandbox.read(with_files(*files)).documents]


def test_what_comes_back_is_what_was_read(sandbox: Sandbox) -> None:
    for case in ("d01", "d05", "d19", "d21", "d26", "d51"):
        (path,) = MESSAGES.glob(f"{case}-*.eml")
        content = path.read_bytes()
        assert sandbox.read(content) == read_message(content, CAMPAIGNS)


@pytest.mark.parametrize(
    ("name", "hostile"),
    [
        ("endless.pdf", ENDLESS),
        ("greedy.pdf", greedy_pdf(1500)),
        ("swelling.docx", huge_docx(150)),
        ("lying.zip", lying_zip(1000)),
        ("huge.png", huge_png(100_000)),
    ],
)
def test_faults_31_to_36_leave_one_part_unread_and_the_others_read(sandbox: Sandbox, name: str, hostile: bytes) -> None:
    assert _outcome(sandbox, ("a.docx", MEMO), (name, hostile), ("b.docx", TABLE)) == [
        ("a.docx", None, (Kind.MEMO,)),
        (name, Problem.NOT_READ, (Kind.UNREADABLE,)),
        ("b.docx", None, (Kind.SUMMARY_TABLE,)),
    ]


def test_a_part_that_hangs_is_stopped_in_its_time_and_says_so(sandbox: Sandbox) -> None:
    began = time.monotonic()
    (document,) = sandbox.read(with_files(("endless.pdf", ENDLESS))).documents
    assert document.detail == "stopped: not read within 1.5 s"
    assert time.monotonic() - began < 60


def test_a_part_that_kills_its_process_says_so() -> None:
    limits = replace(SHORT, part_seconds=15, message_seconds=40, process=ProcessLimits(cpu_seconds=1))
    with Sandbox(CAMPAIGNS, limits) as sandbox:
        first, second = sandbox.read(with_files(("endless.pdf", ENDLESS), ("a.docx", MEMO))).documents
    assert (first.problem, first.detail) == (Problem.NOT_READ, "the reading process ended: signal 24")
    assert second.kinds == (Kind.MEMO,)


def test_seven_hostile_parts_in_one_message_cost_no_more_than_its_budget() -> None:
    files = [("a.docx", MEMO), *((f"{number}.pdf", ENDLESS) for number in range(7))]
    with Sandbox(CAMPAIGNS, Limits(part_seconds=2, message_seconds=5)) as sandbox:
        sandbox.prepare()
        began = time.monotonic()
        found = _outcome(sandbox, *files)
        spent = time.monotonic() - began
        assert _outcome(sandbox, ("b.docx", TABLE)) == [("b.docx", None, (Kind.SUMMARY_TABLE,))]
    assert [problem for _, problem, _ in found] == [None, *[Problem.NOT_READ] * 7]
    assert spent < 5 + 5 + 8, "the budget, the last attempt and the starts of new processes"


def test_a_message_that_is_itself_too_large_is_unreadable_and_the_next_is_read() -> None:
    limits = replace(SHORT, process=ProcessLimits(memory=64 << 20))
    with Sandbox(CAMPAIGNS, limits) as sandbox:
        with pytest.raises(MessageUnreadableError, match=r"out of memory|ended"):
            sandbox.read(HEAD + b"\r\n" + b"x" * (80 << 20))
        assert sandbox.read(plain("Em cảm ơn")).own_words == "Em cảm ơn"


def test_messages_are_read_at_the_same_time_by_several_threads() -> None:
    content = with_files(("a.docx", MEMO), ("b.docx", TABLE))
    results: list[object] = []
    with Sandbox(CAMPAIGNS, SHORT, workers=2) as sandbox:
        threads = [threading.Thread(target=lambda: results.append(sandbox.read(content))) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert results == [read_message(content, CAMPAIGNS)] * 6


def test_a_process_is_replaced_after_so_many_messages() -> None:
    others = _children()
    with Sandbox(CAMPAIGNS, replace(SHORT, messages_per_process=2)) as sandbox:
        wait_until(lambda: len(_children() - others) == 2)
        before = _children() - others
        for _ in range(5):
            assert sandbox.read(plain("Em cảm ơn")).own_words == "Em cảm ơn"
        wait_until(lambda: len(_children() - others) == 2)  # one at work and one started ahead
        after = _children() - others
    assert not before & after
    assert _children() == others, "none is left when the sandbox is closed"


def test_the_process_has_nothing_of_ours_in_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_SECRET", "mat-khau")
    with Sandbox(CAMPAIGNS, SHORT) as sandbox:
        sandbox.prepare()
        for child in _children():
            environment = Path(f"/proc/{child}/environ").read_bytes()
            assert b"HOSO_SECRET" not in environment
            assert b"HOME=" not in environment


def test_the_limits_that_hold_are_told_and_are_set(sandbox: Sandbox) -> None:
    holds = {hold.name: hold for hold in sandbox.describe()}
    assert {"memory", "processor", "open files", "writing", "network", "processes"} <= holds.keys()
    for name in ("memory", "processor", "open files", "writing"):
        assert holds[name].held, name
    limits = [Path(f"/proc/{child}/limits").read_text() for child in _children()]
    confined = [text for text in limits if "Max file size             0 " in text]
    assert confined
    for text in confined:
        assert "Max address space         unlimited" not in text
        assert "Max open files            64 " in text


@needs_office
def test_old_word_files_are_converted_outside_of_the_process_that_reads() -> None:
    files = (("a.doc", attachment("d07")), ("broken.doc", attachment("d07")[:9000]), ("b.doc", attachment("d07", 1)))
    with Sandbox(CAMPAIGNS) as sandbox:
        found = sandbox.read(with_files(*files)).documents
        assert [hold.held for hold in sandbox.describe() if hold.name == "old Word files"] == [True]
    assert [(one.kinds, one.read_by, one.problem) for one in found] == [
        ((Kind.MEMO,), "doc", None),
        ((Kind.UNREADABLE,), None, Problem.CORRUPT),
        ((Kind.SUMMARY_TABLE,), "doc", None),
    ]


def test_a_conversion_that_takes_too_long_costs_its_own_part_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "program" / "soffice.bin"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\ncase "$*" in *--terminate_after_init*) exit 0;; esac\nexec sleep 60\n')
    program.chmod(0o755)
    (tmp_path / "soffice").symlink_to(program)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    limits = Limits(part_seconds=4, message_seconds=20)
    with Sandbox(CAMPAIGNS, limits) as sandbox:
        first, second = sandbox.read(with_files(("a.doc", attachment("d07")), ("b.docx", MEMO))).documents
    assert (first.problem, first.detail) == (Problem.NOT_READ, "stopped: LibreOffice took too long")
    assert second.kinds == (Kind.MEMO,)


def test_a_sandbox_that_is_not_open_says_so() -> None:
    sandbox = Sandbox(CAMPAIGNS, SHORT)
    with pytest.raises(SandboxError, match="not open"):
        sandbox.read(plain("x"))
    with sandbox:
        sandbox.prepare()
    with pytest.raises(SandboxError, match="not open"):
        sandbox.read(plain("x"))


def _children() -> set[int]:
    """The reading processes of this one; for a moment after its start a process has no command line."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
            command = path.with_name("cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == os.getpid() and b"parsers.worker" in command:
            found.add(int(path.parent.name))
    return found
