"""The bench of lists fills stores that are searched, and no question of it reads a whole table."""

import re
from pathlib import Path

import pytest
from bench.register import register
from bench.register_questions import QUESTIONS


def test_every_question_finds_its_rows_by_an_index(tmp_path: Path) -> None:
    told: list[str] = []

    [measured] = register(tmp_path, (1_000, 4_000), 1, told.append, postgresql=False)
    answered, exported = measured.answered, measured.exported

    assert told[0] == "a store with 1,000 initiatives"
    assert f"SQLite, question 1 of {len(answered)}: dossiers" in told
    assert {one.name.removesuffix(", half of all") for one in answered} == set(QUESTIONS)
    for one in answered:
        assert (one.rows[0] > 0) is ("never" not in one.name), one.name
        assert one.milliseconds[-1].middle > 0
        assert [step for step in one.plan if scans(step)] == [], one.name
    assert [(one.what, one.rows) for one in exported] == [
        ("few, CSV", 1_002),
        ("few, XLSX", 1_002),
        ("many, CSV", 2_000),
        ("many, XLSX", 2_000),
    ]
    assert all(one.size > 0 for one in exported)


_INDEXED = re.compile(r"VIRTUAL TABLE INDEX \d+:=?M\d|CONSTANT ROW|\(subquery|USING|SCAN (ledger|reconciliations)$")


def scans(step: str) -> bool:
    """FTS5 calls every look into its index a scan; M is a MATCH. Rows of the order asked are walked by an index.

    The digest walks the ledger and the reconciliations backwards by their numbers,
    as far as they are new.
    """
    return step.startswith("SCAN") and not _INDEXED.search(step)


@pytest.mark.parametrize("step", ["SCAN initiatives", "SCAN initiative_search VIRTUAL TABLE INDEX 0:"])
def test_a_scan_is_told_from_a_look_into_the_index(step: str) -> None:
    assert scans(step)
