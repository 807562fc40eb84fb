"""`hoso initiatives`: searched without marks, and written to files that are not there yet."""

import csv
import io
import json
from datetime import datetime
from pathlib import Path

from openpyxl import load_workbook
from sqlalchemy import update
from support.desk_only import installation

from store.schema.record import dossiers


def test_initiatives_are_searched_and_exported(tmp_path: Path, now: datetime) -> None:
    here = installation(tmp_path / "hoso", now)
    with here.store.writing() as tx:
        tx.execute(update(dossiers).values(campaign="plan-39-cdn"))
    here.store.close()
    told = [json.loads(line) for line in here.hoso("initiatives", "--text", "hen kham", "--json").out.splitlines()]
    assert [(one["union"], one["cells"]["title"]) for one in told] == [
        ("A", "Phần mềm hẹn khám"),
        ("B", "Phần mềm hẹn khám"),
    ]
    ended = here.hoso("initiatives", "--union", "B", "--csv", "b.csv", "--xlsx", "b.xlsx")
    assert (ended.status, ended.out) == (0, ""), ended.err
    rows = list(csv.reader(io.StringIO((here.folder / "b.csv").read_text("utf-8-sig"), newline="")))
    sheet = load_workbook(here.folder / "b.xlsx").worksheets[0]
    assert len(rows) == sheet.max_row == 3
    assert "Cải tiến xe đẩy" in rows[1]
    assert here.hoso("initiatives", "--csv", "b.csv").status == 1, "no file is overwritten"
