"""What commands say when they are done: one thing or many, what was written, who judged it, in one language."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.health import Cause, Disk, Facts, FolderFacts, Thresholds, judge
from hoso.campaigns import example_campaign
from hoso.cli import output
from hoso.cli.health import _lines
from hoso.cli.ingest import print_recorded
from hoso.cli.listing import nothing
from hoso.cli.valid import _line
from hoso.health import Condition
from hoso.plural import counted

NOW = datetime(2021, 4, 20, 1, 30, tzinfo=UTC)
WELL = Facts(NOW, (FolderFacts("office/INBOX", NOW, reconciled_at=NOW),), (Disk("database", 1 << 40),), backup_at=NOW)
LIMITS = Thresholds(
    poll=timedelta(minutes=10),
    queue_messages=10,
    queue_age=timedelta(minutes=10),
    letters_age=timedelta(hours=1),
    disk_free=1 << 30,
    clock=timedelta(minutes=5),
    backup_age=timedelta(days=2),
    reconciliation_age=timedelta(days=2),
)
ILL = replace(
    WELL,
    folders=(FolderFacts("office/INBOX", None),),
    disks=(Disk("database", 1), Disk("blobs", 1)),
    pending=3,
    pending_since=NOW - timedelta(days=1),
    waiting=2,
    overdue_since=NOW - timedelta(days=1),
    undelivered=1,
    backup_at=None,
)


@settings(max_examples=20)
@given(st.integers(0, 10**6))
def test_one_is_one_and_all_others_are_many(number: int) -> None:
    assert counted(number, "dossier") == (f"{number} dossiers" if number != 1 else "1 dossier")
    assert counted(number, "is", "are").endswith("are") is (number != 1)


@pytest.mark.parametrize("facts", [WELL, ILL], ids=["well", "ill"])
def test_the_service_is_told_of_in_one_language_at_a_time(facts: Facts) -> None:
    found = Condition(facts, judge(facts, LIMITS))
    assert found.is_well is (facts is WELL)
    english = _lines(found, "en", "Asia/Ho_Chi_Minh")
    assert "\n".join(english).isascii(), "no Vietnamese word is in it"
    vietnamese = _lines(found, "vi", "Asia/Ho_Chi_Minh")
    assert len(vietnamese) == len(english)
    said = "\n".join(vietnamese)
    for one in found.complaints:  # their keys are codes, like those of findings
        said = said.replace(one.key, "")
    for word in ("WRONG", "ledger", "waiting", "last backup", "free", "well", "mend", "database", "blobs"):
        assert word not in said, word


def test_a_letter_that_is_lost_is_sent_again_by_the_command_of_that_name() -> None:
    (lost,) = judge(replace(WELL, undelivered=1), LIMITS)
    assert lost.cause is Cause.LETTERS_LOST
    assert all("`hoso resend`" in lost.said(locale) for locale in ("vi", "en"))


def test_what_a_running_service_judged_first_is_not_told_as_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    print_recorded([], 1, as_json=False, nothing="Nothing new.")
    told = capsys.readouterr()
    assert (told.out, "1 message is judged by the service that runs" in told.err) == ("", True)
    print_recorded([], 0, as_json=False, nothing="Nothing new.")
    assert capsys.readouterr().out == "Nothing new.\n"


def test_what_speaks_against_two_parts_of_validity_is_named_once() -> None:
    def part(name: str, holds: bool | None, *evidence: str) -> dict[str, object]:
        return {"part": name, "holds": holds, "evidence": list(evidence)}

    told = (part("in-time", False, "revision 5"), part("complete", None, "revision 5", "copies-differ"))
    assert _line("BVDN", "SK39-001", (False, told))[-1] == "revision 5; copies-differ"


def test_a_slip_of_the_pen_in_a_filter_is_not_taken_for_nothing_found() -> None:
    asked = example_campaign()
    assert nothing(asked, "No dossier found.", "BVDN", "missing-memo") == "No dossier found."
    told = nothing(asked, "No dossier found.", "BVDX", "mising-memo")
    assert told == "No dossier found. The roster has no union BVDX. There is no finding mising-memo: missing-memo?"


def test_an_empty_cell_is_seen_as_one(capsys: pytest.CaptureFixture[str]) -> None:
    output.print_table("Papers", ("paper", "why"), [(7, "")], "None.")
    assert capsys.readouterr().out.splitlines()[-1].split() == ["7", "-"]


def test_whoever_reads_only_the_first_lines_has_caused_no_fault(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(BrokenPipeError):  # which `run_command` ends with status 0
        output.console().on_broken_pipe()
    assert capfd.readouterr().out == ""


def test_complaints_tell_times_by_the_clock_of_the_campaign() -> None:
    found = judge(replace(ILL, zone="Asia/Ho_Chi_Minh"), LIMITS)
    (queue,) = (one for one in found if one.cause is Cause.QUEUE)
    assert all("08:30:00 19/04/2021" in queue.said(locale) for locale in ("vi", "en"))
    (backup,) = (one for one in found if one.cause is Cause.BACKUP)
    assert ("chưa lần nào" in backup.vi, "never" in backup.en) == (True, True)
