"""`hoso targets`, `hoso target`, `hoso register-book` and `hoso evidence`, as a person calls them."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import update
from support.desk_only import Installation, installation

from dossier.decisions import ObjectionKind, Outcome, Way
from dossier.model import Kind
from hoso.campaigns import example_campaign
from store import contents, objections, paper
from store import dossiers as dossier_rows
from store.schema.record import dossiers


@pytest.fixture
def here(tmp_path: Path, now: datetime) -> Iterator[Installation]:
    made = installation(tmp_path / "hoso", now)
    with made.store.writing() as tx:
        for union in ("A", "B"):
            code = {"A": "BVDN", "B": "BVTN"}[union]
            tx.execute(
                update(dossiers).where(dossiers.c.union_code == union).values(campaign="plan-39-cdn", union_code=code)
            )
    yield made
    made.store.close()


def test_targets_are_recorded_told_and_written(here: Installation) -> None:
    who = ("--by", "Lan", "--reason", "Báo cáo số 5")
    assert here.hoso("target", "BVDN", "movement", "--no", *who).status == 0
    assert here.hoso("target", "BVDN", "per-union", "--yes", *who).status == 1
    assert here.hoso("target", "BVDN", "movement", *who).status == 2
    rows = [json.loads(line) for line in here.hoso("targets", "--json").out.splitlines()]
    told = {row["target"]: row for row in rows[:-1]}
    assert (told["taking-part"]["value"], told["taking-part"]["base"], told["movement"]["lacking"]) == (2, 34, ["BVDN"])
    assert rows[-1]["initiatives"] == told["initiatives"]["value"] == 4
    ended = here.hoso("targets", "movement", "--xlsx", "t.xlsx", "--charts", "charts")
    assert ended.status == 0, ended.err
    assert "BVDN" in ended.out
    assert "Báo cáo số 5" in ended.out
    assert ended.out.startswith("t.xlsx: 8 targets\ncharts/benefit.png: a chart\n")
    assert load_workbook(here.folder / "t.xlsx").sheetnames == [
        "Chỉ tiêu",
        "Căn cứ",
        "Lĩnh vực, khối",
        "Giá trị làm lợi",
    ]
    drawn = sorted(one.name for one in (here.folder / "charts").iterdir())
    assert drawn == ["benefit.png", "blocks.png", "fields.png", "targets.png", "union-blocks.png"]
    listed = here.hoso("targets").out
    assert "2/34 (5%)" in listed
    assert "no union yet" in listed, "nobody signed a plan, so there are no goals to be counted"
    assert "0/0" not in listed


def test_the_register_of_a_year_is_written(here: Installation) -> None:
    ended = here.hoso("register-book", "--year", "2021", "--out", "book.xlsx")
    assert (ended.status, ended.out) == (0, "book.xlsx: 2 lines of 2021\n"), ended.err
    assert load_workbook(here.folder / "book.xlsx").worksheets[0]["B11"].value == 1


def test_evidence_is_written_and_checks_itself(here: Installation) -> None:
    here.write_settings(audit={"signing_key": "var/key.pem"})
    assert here.hoso("audit", "keygen").status == 0
    ended = here.hoso("evidence", "BVDN", "--out", "e.zip", "--json")
    assert ended.status == 0, ended.err
    told = json.loads(ended.out)
    assert (told["dossier"], told["messages"], told["signed"]) == ("SK39-001", 2, True)
    with zipfile.ZipFile(here.folder / "e.zip") as archive:
        archive.extractall(here.folder / "out")
    asked = [sys.executable, "-I", "-S", "out/verify.py", "--head", told["head"], "--public-key", "var/key.pem.pub"]
    checked = subprocess.run(
        asked, cwd=here.folder, env={"PYTHONUTF8": "1"}, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 1, "the samples' codes of unions were changed behind the back of the history"
    assert "the history knows no such dossier" in checked.stdout
    assert here.hoso("evidence", "BVDN", "--out", "e.zip").status == 1, "no file is overwritten"


def test_the_whole_story_of_a_dossier_is_shown(here: Installation, now: datetime) -> None:
    came = paper.NewPaper(
        Way.POST, now, "Tư", (Kind.MEMO,), complete=False, postmarked_on=now.date(), note="thiếu bảng"
    )
    with here.store.writing() as tx:
        found = dossier_rows.of_union(tx, "plan-39-cdn", "BVDN")
        assert found is not None
        paper.record(tx, found, example_campaign(), came, now, by="Lan", reason="bưu tá đưa")
        first = contents.initiatives_of(tx, found.id)[0]
        told = {"raised_by": "Ông Ba", "by": "Lan", "reason": "đơn ngày 20/4"}
        raised = objections.add(tx, first, ObjectionKind.AUTHORSHIP, now.date(), now, **told)
        objections.end(tx, raised.decided.number, Outcome.DISMISSED, now, by="Bình", reason="không có căn cứ")
    (shown,) = [json.loads(line) for line in here.hoso("show", "BVDN", "--json").out.splitlines()]
    assert (shown["valid"], shown["validity"][0]["part"]) == (False, "in-time")
    assert [(one["way"], one["complete"], one["by"]) for one in shown["papers"]] == [("post", False, "Lan")]
    assert [(one["kind"], one["outcome"], one["ended_by"]) for one in shown["objections"]] == [
        ("authorship", "dismissed", "Bình")
    ]
    lines = here.hoso("show", "SK39-001").out
    for words in (
        "Valid: no",
        "postmark 19/04/2021; not complete, taken in by Tư",
        "dismissed; event",
        "by Lan: bưu tá đưa",
    ):
        assert words in lines
