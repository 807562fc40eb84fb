"""A short run of `make fuzz`, and every input that a long one found (named TARGET_what.bin)."""

from pathlib import Path

import pytest
from fuzz.rounds import batch, made
from fuzz.targets import TARGETS

_FOUND = sorted((Path(__file__).parent / "found").glob("*.bin"))


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_fault_27_nothing_but_what_is_announced_is_raised_for_damaged_input(target: str, tmp_path: Path) -> None:
    assert batch(target, 0, 12, tmp_path)["found"] == []


@pytest.mark.parametrize("path", _FOUND, ids=lambda path: path.stem)
def test_what_was_found_once_is_read_or_told(path: Path) -> None:
    TARGETS[path.stem.partition("_")[0]].run(path.read_bytes())


def test_the_same_seed_makes_the_same_input() -> None:
    assert made("message", 3, 4) == made("message", 3, 4)
    assert made("message", 3, 4) != made("message", 3, 5)
