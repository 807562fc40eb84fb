"""docs/reliability.md: every fault and every promise has a line, and every test that it names is there."""

import re
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_LINES = (ROOT / "docs" / "reliability.md").read_text("utf-8").splitlines()
_TEST = re.compile(r"`([\w/]+\.py)::(test_\w+)`")


@lru_cache(maxsize=64)
def _names(path: str) -> frozenset[str]:
    return frozenset(re.findall(r"^def (test_\w+)\(", (ROOT / "tests" / path).read_text("utf-8"), re.MULTILINE))


def _lines_of(first: str) -> list[str]:
    return [line for line in _LINES if line.startswith(f"| {first} |")]


def test_each_of_the_41_faults_has_one_line_with_a_test() -> None:
    for fault in range(1, 42):
        (line,) = _lines_of(str(fault))
        assert _TEST.search(line), line


def test_each_fault_has_a_test_whose_name_says_which_it_is_and_none_stands_in_anothers_line() -> None:
    for fault in range(1, 42):
        (line,) = _lines_of(str(fault))
        named = [int(number) for number in re.findall(r"::test_fault_(\d+)_", line)]
        assert set(named) == {fault}, line


def test_whoever_looks_for_a_fault_by_its_number_finds_it() -> None:
    """`pytest -k fault_17`: of every number there is a test in the tree, left out by no marker but torture."""
    files = [path for path in (ROOT / "tests").rglob("test_*.py") if path != Path(__file__)]
    found = {int(one) for path in files for one in re.findall(r"def test_fault_(\d+)_", path.read_text("utf-8"))}
    assert found == set(range(1, 42))


def test_each_of_the_12_promises_has_one_line_with_a_test() -> None:
    for promise in range(1, 13):
        (line,) = _lines_of(f"P{promise}")
        assert _TEST.search(line), line


def test_every_test_that_is_named_is_there() -> None:
    named = [found.groups() for line in _LINES for found in _TEST.finditer(line)]
    assert len(named) > 60
    assert [f"{path}::{name}" for path, name in named if name not in _names(path)] == []
