"""A short run of `make fuzz`, and every input that a long one found (named TARGET_what.bin)."""

import json
from pathlib import Path

import pytest
from fuzz import text_targets
from fuzz.__main__ import next_turn
from fuzz.rounds import batch, made
from fuzz.targets import TARGETS
from fuzz.turns import cases_in, inputs_of
from support.attachments import attachment
from support.raw_mail import with_files

from dossier.model import Kind, Problem
from hoso.campaigns import example_campaign
from parsers.sandbox import Sandbox

_KILLING = Path(__file__).parent / "found" / "killing"
_FOUND = sorted((Path(__file__).parent / "found").glob("*.bin"))


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_fault_27_nothing_but_what_is_announced_is_raised_for_damaged_input(target: str, tmp_path: Path) -> None:
    assert batch(target, 0, 12, tmp_path)["found"] == []


@pytest.mark.parametrize("path", _FOUND, ids=lambda path: path.stem)
def test_what_was_found_once_is_read_or_told(path: Path) -> None:
    TARGETS[path.stem.partition("_")[0]].run(path.read_bytes())


def test_what_kills_the_reading_process_costs_no_other_file() -> None:
    """calamine asks for more memory than there is, and the process is ended for it: that is our limit (P11)."""
    files = [(path.name, path.read_bytes()) for path in sorted(_KILLING.iterdir())]
    with Sandbox((example_campaign(),)) as sandbox:
        first, *others = sandbox.read(with_files(("To trinh.docx", attachment("d01")), *files)).documents
    assert first.kinds == (Kind.MEMO,)
    assert [other.problem for other in others] == [Problem.NOT_READ] * len(files)


def test_the_same_seed_makes_the_same_input() -> None:
    assert made("message", 3, 4) == made("message", 3, 4)
    assert made("message", 3, 4) != made("message", 3, 5)


def test_the_target_that_had_the_least_time_is_next_with_a_seed_of_its_own(tmp_path: Path) -> None:
    results = tmp_path / "fuzz.jsonl"
    lines = [
        {"target": "message", "seed": 7, "seconds": 90.0, "guided": True},
        {"target": "archive", "seed": 2, "seconds": 60.0, "guided": True},
        {"target": "archive", "seed": 5, "seconds": 900.0},  # blind
    ]
    results.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert next_turn(results, ["message", "archive"], guided=True) == ("archive", 6)
    assert next_turn(results, ["message", "archive"], guided=False) == ("message", 8)


def test_what_a_guided_turn_leaves_is_counted_and_its_cases_named(tmp_path: Path) -> None:
    (tmp_path / "memo-1.bin").write_bytes(b"x")
    (tmp_path / "memo-1.json").write_text(json.dumps({"what": "ValueError at memo.py:1", "file": "memo-1.bin"}))
    (tmp_path / "memo-timeout-9").write_bytes(b"y")
    assert [case["what"] for case in cases_in(tmp_path)] == [
        "ValueError at memo.py:1",
        "hangs or kills: memo-timeout-9",
    ]
    assert inputs_of(b"#2\tINITED cov: 3 ft: 4 corp: 1\n#512\tpulse\nstat::number_of_executed_units: 600\n") == 600
    assert inputs_of(b"#2\tINITED cov: 3\n#512\tpulse cov: 4\n==1== ERROR: libFuzzer: timeout\n") == 512


def test_a_file_written_down_as_text_is_read_as_the_file_was() -> None:
    for text in text_targets.texts()[:6]:
        assert text_targets.written(text_targets.read(text)) == text
