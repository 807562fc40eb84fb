"""`hoso initiatives` and `hoso dossiers`: searched without marks, paged, and written to files of their own."""

import csv
import io
import json
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import update
from support.desk_only import Installation, installation

from parsers.pasted_words import as_unicode
from store.schema.record import dossiers, initiatives


@pytest.fixture
def here(tmp_path: Path, now: datetime) -> Installation:
    made = installation(tmp_path / "hoso", now)
    with made.store.writing() as tx:
        tx.execute(update(dossiers).values(campaign="plan-39-cdn"))
        tx.execute(update(initiatives).values(campaign="plan-39-cdn"))
    made.store.close()
    return made


def test_initiatives_are_listed_paged_and_exported(here: Installation) -> None:
    told = [json.loads(line) for line in here.hoso("initiatives", "--json").out.splitlines()]
    assert [(one["union"], one["row"], one["cells"]["title"]) for one in told] == [
        (union, row, title)
        for union in "AB"
        for row, title in enumerate(("Cải tiến xe đẩy", "Phần mềm hẹn khám"), start=1)
    ]
    page = here.hoso("initiatives", "--json", "--after", str(told[1]["number"]), "--limit", "1", "--sort", "received")
    assert json.loads(page.out)["number"] == told[2]["number"]
    page = here.hoso("initiatives", "--limit", "3")
    assert f"--after {told[2]['number']}" in page.err
    ended = here.hoso("initiatives", "--union", "B", "--csv", "b.csv", "--separator", ";")
    assert (ended.status, ended.out) == (0, "b.csv: 2 initiatives\n"), ended.err
    rows = list(csv.reader(io.StringIO((here.folder / "b.csv").read_text("utf-8-sig"), newline=""), delimiter=";"))
    assert here.hoso("initiatives", "--union", "B", "--xlsx", "b.xlsx").status == 0
    sheet = load_workbook(here.folder / "b.xlsx").worksheets[0]
    assert len(rows) == sheet.max_row == 3
    assert "Cải tiến xe đẩy" in rows[1]
    assert here.hoso("initiatives", "--csv", "b.csv").status == 1, "no file is overwritten"


def test_dossiers_are_filtered_paged_and_exported(here: Installation) -> None:
    every = [json.loads(line) for line in here.hoso("dossiers", "--json", "--sort", "-union").out.splitlines()]
    assert [one["union"] for one in every] == ["B", "A"]
    next_page = here.hoso("dossiers", "--json", "--sort", "-union", "--after", every[0]["code"])
    assert json.loads(next_page.out)["union"] == "A"
    assert here.hoso("dossiers", "--json", "--to", "2021-04-01").out == ""
    assert len(here.hoso("dossiers", "--json", "--from", "2021-04-01", "--to", "2021-12-31").out.splitlines()) == 2
    assert here.hoso("dossiers", "--verdict", "late", "--json").out == ""
    assert here.hoso("dossiers", "--valid", "--json").out == ""
    assert len(here.hoso("dossiers", "--not-valid", "--no-paper", "--json").out.splitlines()) == 2
    written = here.hoso("dossiers", "--csv", "all.csv", "--json")
    assert json.loads(written.out) == {"file": "all.csv", "rows": 2}
    rows = list(csv.reader(io.StringIO((here.folder / "all.csv").read_text("utf-8-sig"), newline="")))
    assert [row[2] for row in rows] == ["Mã CĐCS", "A", "B"]
    assert here.hoso("dossiers", "--xlsx", "all.xlsx").status == 0
    assert load_workbook(here.folder / "all.xlsx").worksheets[0]["I2"].is_date


@pytest.mark.parametrize(
    "wrong",
    [
        ("dossiers", "--sort", "colour"),
        ("dossiers", "--after", "SK39-999"),
        ("dossiers", "--from", "yesterday"),
        ("dossiers", "--csv", "a", "--xlsx", "b"),
        ("initiatives", "--separator", ",,"),
        ("initiatives", "--after", "999999"),
    ],
)
def test_what_a_list_cannot_do_is_said(here: Installation, wrong: tuple[str, ...]) -> None:
    ended = here.hoso(*wrong)
    assert ended.status == 2
    assert "hoso:" in ended.err
    assert not list(here.folder.glob("[ab]"))


@pytest.mark.parametrize(
    ("pasted", "read"),
    [
        ("BÖnh viÖn", "Bệnh viện"),
        ("Beänh vieän", "Bệnh viện"),
        ("Bệnh viện", "Bệnh viện"),
        ("benh vien", "benh vien"),
        ("số 12", "số 12"),
        ("", ""),
    ],
)
def test_words_pasted_out_of_an_old_font_are_understood(pasted: str, read: str) -> None:
    assert as_unicode(pasted) == read
