"""Fault 39: no received text becomes a formula in a spreadsheet, and none is lost."""

import csv
import errno
import gc
import io
import shutil
import subprocess
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from reports import tables
from reports.tables import Cell, write_csv, write_xlsx

_HOSTILE = ("=1+1", "+84 251", "-2", "@SUM(A1)", " =cmd|' /C calc'!A0", "\t=1", "＝1", '=HYPERLINK("http://x.example")')


def csv_table(columns: Sequence[str], rows: Sequence[Sequence[Cell]], separator: str = ",") -> bytes:
    out = io.BytesIO()
    write_csv(out, columns, rows, separator)
    return out.getvalue()


def xlsx_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    out = io.BytesIO()
    write_xlsx(out, title, columns, rows)
    return out.getvalue()


@pytest.mark.parametrize("text", _HOSTILE)
def test_a_formula_is_text(text: str) -> None:
    (_, (told,)) = csv.reader(io.StringIO(csv_table(["A"], [[text]]).decode("utf-8-sig")))
    assert told.startswith("'")
    sheet = load_workbook(io.BytesIO(xlsx_table("T", ["A"], [[text]]))).worksheets[0]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value == text.replace("\t", " ")


@given(st.lists(st.text(max_size=40), min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_any_text_gives_a_file_of_the_same_shape(texts: list[str]) -> None:
    rows = list(csv.reader(io.StringIO(csv_table(["A"] * len(texts), [texts]).decode("utf-8-sig"), newline="")))
    assert [len(row) for row in rows] == [len(texts)] * 2
    sheet = load_workbook(io.BytesIO(xlsx_table("T", ["A"] * len(texts), [texts]))).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


def test_vietnamese_text_and_numbers_are_kept() -> None:
    sheet = load_workbook(io.BytesIO(xlsx_table("T", ["Tên", "Số"], [["Bệnh viện", 3]]))).worksheets[0]
    assert [cell.value for cell in sheet[2]] == ["Bệnh viện", 3]


def test_a_full_sheet_is_followed_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_ROWS", 2)
    book = load_workbook(io.BytesIO(xlsx_table("T", ["A"], [[one] for one in range(5)])))
    assert [[cell.value for cell in sheet["A"]] for sheet in book] == [["A", 0, 1], ["A", 2, 3], ["A", 4]]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a" * 32_767, "a" * 32_767),
        ("a" * 32_768, "a" * 32_764 + "[…]"),
        ("😀" * 16_383, "😀" * 16_383),  # two of UTF-16 each, by which spreadsheets count
        ("😀" * 16_384, "😀" * 16_382 + "[…]"),
        ("a" * 30_000 + "😀" * 3_000, "a" * 30_000 + "😀" * 1_382 + "[…]"),
    ],
)
def test_what_no_cell_can_hold_is_cut_and_says_so(text: str, kept: str) -> None:
    sheet = load_workbook(io.BytesIO(xlsx_table("T", ["A"], [[text]]))).worksheets[0]
    assert sheet["A2"].value == kept
    (_, (told,)) = csv.reader(io.StringIO(csv_table(["A"], [[text]]).decode("utf-8-sig")))
    assert told == text, "CSV knows no such limit"


def test_a_disk_that_is_full_is_told_once(recwarn: pytest.WarningsRecorder) -> None:
    class Full(io.BytesIO):
        def write(self, content: Any) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space"), Full() as out:
        write_xlsx(out, "T", ["A"], [["x"]])
    gc.collect()  # an archive that was not closed would try again here, and warn
    assert not recwarn.list


def test_moments_and_another_separator() -> None:
    at = datetime(2021, 4, 19, 15, 30)  # noqa: DTZ001 - spreadsheets know no zones
    assert csv_table(["A", "B"], [[at, "1;2"]], ";").decode("utf-8-sig") == 'A;B\r\n2021-04-19 15:30:00;"1;2"\r\n'
    assert load_workbook(io.BytesIO(xlsx_table("T", ["A"], [[at]]))).worksheets[0]["A2"].value == at


def test_libreoffice_opens_both_and_shows_every_text_as_it_was(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-calc")
    texts = [
        *(text.strip() for text in _HOSTILE),
        "Bệnh viện Đa khoa Thống Nhất",
        "0012",
        "dòng một\ndòng hai",
        'có "nháy", phẩy',
    ]
    rows: list[list[Cell]] = [[place, text] for place, text in enumerate(texts)]
    with (tmp_path / "sheet.xlsx").open("wb") as file:
        write_xlsx(file, "Hồ sơ", ["Số", "Tên"], rows)
    with (tmp_path / "plain.csv").open("wb") as file:
        write_csv(file, ["Số", "Tên"], rows)
    asked = [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to"]
    asked += ["csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", str(tmp_path / "out")]
    for more in (["sheet.xlsx"], ["--infilter=CSV:44,34,76", "plain.csv"]):  # without a person it looks at no mark
        subprocess.run([*asked, *more], check=True, capture_output=True, timeout=90, cwd=tmp_path)

    def shown(name: str) -> list[str]:
        told = csv.reader(io.StringIO((tmp_path / "out" / name).read_text("utf-8-sig"), newline=""))
        return [row[1] for row in told]

    plain = [text.replace("\n", " ") for text in texts]
    assert shown("sheet.csv") == ["Tên", *plain]
    [head, *found] = shown("plain.csv")
    assert head == "Tên"
    assert [text.removeprefix("'") for text in found if text != "12"] == [text for text in plain if text != "0012"]
