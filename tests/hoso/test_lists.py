"""`hoso dossiers`, `messages`, `letters`: to be read in a terminal of any width, and piped on."""

import csv
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import update
from support.desk_only import Installation, installation

from hoso.cli import output
from store.schema.record import dossiers

COLUMNS = ("dossier", "arrival", "union", "verdict", "complete", "in time", "received", "findings")
ROW = ("SK39-008", "118/2026", "BVYDCT", "deficient", True, True, "15/04/2021 08:30:00", "missing-memo, incomplete-row")


def printed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int, row: Sequence[object] = ROW
) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(width))
    output.print_table("Dossiers", COLUMNS, [row], "None.")
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("width", [30, 40, 60, 78])
def test_in_a_terminal_too_narrow_for_codes_nothing_is_cut_off_no_heading_either(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    lines = printed(capsys, monkeypatch, width)[1:]
    ruled = next(place for place, line in enumerate(lines) if set(line) == {"─"})
    for wanted, told in ((COLUMNS, lines[:ruled]), (map(output.shown, ROW), lines[ruled + 1 :])):
        letters = sorted("".join("".join(told).split()))
        assert letters == sorted("".join("".join(wanted).split()))


@pytest.mark.parametrize("width", [80, 100, 150])
def test_codes_and_verdicts_are_never_broken(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    lines = printed(capsys, monkeypatch, width)
    assert max(map(len, lines)) <= width
    first = next(line for line in lines if "SK39-008" in line)
    assert first.split()[:7] == ["SK39-008", "118/2026", "BVYDCT", "deficient", "yes", "yes", "15/04/2021"]
    assert "incomplete-row" in "".join(line[60:].strip() for line in lines).replace(" ", "")


@pytest.fixture
def here(tmp_path: Path, now: datetime) -> Installation:
    """With dossiers of a hospital, of an enterprise, and of two unions that left the roster."""
    made = installation(tmp_path / "hoso", now)
    for uid, union in enumerate(("BVDN", "DUOC"), 20):
        made.judged(b"of " + union.encode(), now, union=union, uid=uid)
    with made.store.writing() as tx:
        tx.execute(update(dossiers).values(campaign="plan-39-cdn"))
    made.store.close()
    return made


def test_a_list_is_printed_as_csv_and_nothing_else(here: Installation) -> None:
    ended = here.hoso("dossiers", "--csv", "-", "--separator", ";")
    head, *rows = csv.reader(ended.out.removeprefix("\ufeff").splitlines(), delimiter=";")
    assert (ended.status, ended.err, head[0], len(rows)) == (0, "", "Mã hồ sơ", 4)
    assert not (here.folder / "-").exists()
    refused = here.hoso("dossiers", "--xlsx", "-")
    assert (refused.status, "name a file" in refused.err) == (2, True)


def test_dossiers_are_listed_by_the_block_of_their_union(here: Installation) -> None:
    def unions(*asked: str) -> list[str]:
        return [json.loads(line)["union"] for line in here.hoso("dossiers", *asked, "--json").out.splitlines()]

    assert unions("--block", "enterprise") == unions("--block", "doanh nghiep", "--not-valid") == ["DUOC"]
    assert unions("--block", "Hành chính") == ["BVDN"]
    assert unions("--block", "enterprise", "--valid") == unions("--block", "nowhere") == []
    assert unions("--not-valid") == ["A", "B", "BVDN", "DUOC"]
