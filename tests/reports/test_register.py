"""The register: one row for each union, texts that are never formulas, opened by LibreOffice as a person opens it."""

import io
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from dossier.model import Verdict
from dossier.register import RegisterRow
from dossier.validity import Part, PartState, Validity
from notifier.digest import LOCALES, digest_words
from reports.register import Heading, register_xlsx

_AT = datetime(2021, 4, 16, 0, 30, tzinfo=UTC)
_HEADING = Heading("Công đoàn ngành Y tế", "75 nghìn sáng kiến", _AT, ZoneInfo("Asia/Ho_Chi_Minh"))
_WORDS = {locale: digest_words(locale) for locale in LOCALES}


def _validity(*, paper: bool | None = False) -> Validity:
    holds = dict.fromkeys(Part, True) | {Part.PAPER: paper}
    return Validity("A", _AT, tuple(PartState(part, held, (), None) for part, held in holds.items()), ())


def _row(name: str = "Bệnh viện Đa khoa Đồng Nai") -> RegisterRow:
    return RegisterRow(
        union="BVDN",
        name=name,
        addresses=("a@yte.example",),
        code="SK39-001",
        arrival="6/2021",
        verdict=Verdict.DEFICIENT,
        received_at=_AT,
        complete=False,
        in_time=True,
        initiatives=3,
        findings=("missing-memo", "incomplete-row"),
        validity=_validity(),
    )


def _cells(content: bytes) -> list[list[object]]:
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_union_has_a_row_also_one_that_sent_nothing(locale: str) -> None:
    silent = RegisterRow("BVTN", "Bệnh viện Thống Nhất", ())
    header, first, last = _cells(register_xlsx((_row(), silent), _HEADING, _WORDS[locale]))[-3:]
    own = _WORDS[locale]["register"]
    told, nothing = dict(zip(header, first, strict=True)), dict(zip(header, last, strict=True))
    columns = own["columns"]
    assert told[columns["code"]] == "SK39-001"
    assert told[columns["received"]] == "07:30:00 16/04/2021"
    assert (told[columns["complete"]], told[columns["in_time"]]) == (own["no"], own["yes"])
    assert (told[columns["paper"]], told[columns["valid"]]) == (own["no"], own["no"])
    assert told[columns["findings"]] == "; ".join(
        _WORDS[locale]["states"][code] for code in ("missing-memo", "incomplete-row")
    )
    assert (nothing[columns["verdict"]], nothing[columns["initiatives"]]) == (own["verdicts"][""], 0)
    assert nothing[columns["valid"]] is None


def test_what_a_person_still_has_to_decide_is_said_as_such() -> None:
    one = RegisterRow("A", "A", (), code="SK39-001", complete=None, in_time=None, validity=_validity(paper=None))
    row = _cells(register_xlsx([one], _HEADING, _WORDS["vi"]))[-1]
    assert row.count("chờ xem xét") == 4  # complete, in time, paper, and so the whole


@given(st.text(max_size=60).map(lambda text: "=" + text) | st.text(max_size=60))
@settings(max_examples=25, deadline=None)
def test_no_name_is_a_formula(name: str) -> None:
    sheet = load_workbook(io.BytesIO(register_xlsx([_row(name)], _HEADING, _WORDS["vi"]))).worksheets[0]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    file = tmp_path / "register.xlsx"
    file.write_bytes(register_xlsx([_row('=HYPERLINK("http://x.example")')], _HEADING, _WORDS["vi"]))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    asked = ["soffice", profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76"]
    subprocess.run([*asked, "--outdir", str(tmp_path), str(file)], check=True, capture_output=True, timeout=100)
    text = (tmp_path / "register.csv").read_text("utf-8")
    assert "SK39-001" in text
    assert "=HYPERLINK" in text
