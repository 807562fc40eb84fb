"""From points to the proposal by command line, on one store; what cannot be done says why, with its exit code."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support.desk_only import Installation
from support.examined import cells, sent, sent_incomplete

from hoso.campaigns import load_campaign
from hoso.cli.app import run_command
from store.engine import open_store

EXAMPLE = Path(__file__).parents[2] / "hoso" / "examples" / "plan_39_cdn"
NOW = datetime(2021, 4, 19, 8, 30, tzinfo=UTC)
BY = ("--by", "Nguyễn Thị Thư", "--reason", "biên bản ngày 04/5/2021")
POINTS = ("--points", "novelty=25,5", "--points", "benefit=30", "--points", "practice=15", "--points", "meaning=8")


@dataclass(frozen=True)
class Here:
    """The commands within this process: a new one for each would take most of the test's time."""

    folder: Path
    capture: pytest.CaptureFixture[str]

    def hoso(self, *arguments: str) -> tuple[int, str]:
        status = run_command(list(arguments))
        said = self.capture.readouterr()
        return status, said.out + said.err


@pytest.fixture
def here(prepared: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Here:
    monkeypatch.chdir(prepared)
    monkeypatch.setenv("HOSO_IMAP_PASSWORD", "imap-geheim")
    monkeypatch.delenv("HOSO_SETTINGS", raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    return Here(prepared, capsys)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Plan 39/CĐN without paper copies; three dossiers, one of them incomplete."""
    folder = tmp_path_factory.mktemp("selection") / "hoso"
    shutil.copytree(EXAMPLE, folder / "campaign")
    path = folder / "campaign" / "campaign.yaml"
    path.write_text(path.read_text("utf-8").replace("paper_copy: true", "paper_copy: false"), "utf-8")
    made = Installation(folder, open_store(f"sqlite:///{folder}/var/hoso.sqlite", folder / "var" / "blobs"))
    made.store.upgrade()
    made.write_settings(campaigns=["campaign/campaign.yaml"])  # type: ignore[arg-type]
    campaign = load_campaign(path)
    with made.store.writing() as tx:
        sent(tx, campaign, "BVDN", [cells("Xe đẩy cấp cứu"), cells("=Hộp đựng kim tiêm")], NOW)
        sent(tx, campaign, "BVTN", [cells("Phần mềm hẹn khám")], NOW)
        sent_incomplete(tx, campaign, "BVLK", [cells("Tủ sấy dụng cụ")], NOW)
    made.store.close()
    return folder


def done(here: Here, *arguments: str) -> str:
    status, said = here.hoso(*arguments)
    assert status == 0, said
    return said


def refused(here: Here, expected: int, *arguments: str) -> str:
    status, said = here.hoso(*arguments)
    assert status == expected, said
    return " ".join(said.split())


def test_the_whole_way_from_points_to_the_proposal(here: Here) -> None:
    assert "are recorded" in done(here, "score", "SK39-001/1", "--examiner", "Trần Thị Bình", *POINTS, *BY)
    assert "nothing was recorded" in done(here, "score", "BVDN/1", "--examiner", "tran thi binh", *POINTS, *BY)
    done(here, "score-sheet", "--out", "cuong.xlsx", "--examiner", "Lê Văn Cường", "--valid")
    book = load_workbook(here.folder / "cuong.xlsx")
    for row, benefit in ((7, 40), (8, 20), (9, 35)):
        for column, points in zip("HIJK", (20, benefit, 10, 5), strict=True):
            book.worksheets[0][f"{column}{row}"] = points
    book.save(here.folder / "filled.xlsx")
    assert "3 new, 0 changed" in done(here, "score-import", "filled.xlsx", *BY)
    told = [json.loads(line) for line in done(here, "scores", "--json").splitlines()]
    assert [(one["dossier"], one["row"], one["average"], one["missing"]) for one in told] == [
        ("SK39-001", 1, "76.75", []),
        ("SK39-001", 2, "55.00", ["Trần Thị Bình"]),
        ("SK39-003", 1, None, ["Lê Văn Cường", "Trần Thị Bình"]),
        ("SK39-002", 1, "70.00", ["Trần Thị Bình"]),
    ]
    assert "phiếu" not in done(here, "scores", "SK39-001/1")
    listed = [json.loads(line) for line in done(here, "shortlist", "--json").splitlines()]
    assert [(one["union"], one["row"], one["state"]) for one in listed] == [
        ("BVDN", 1, "proposed"),
        ("BVTN", 1, "proposed"),
        ("BVDN", 2, "over-quota"),
    ]
    assert "is not frozen" in refused(here, 1, "proposal", "--out", "out")
    done(here, "proposal", "--out", "draft", "--draft", "--no-pdf")
    assert "is taken out" in done(here, "shortlist-out", "BVTN/1", *BY)
    assert "is open again" in done(here, "shortlist-undo", "BVTN/1", *BY)
    assert "frozen with 2 initiatives" in done(here, "shortlist-freeze", "--as-of", "2021-05-04", *BY)
    assert "frozen" in refused(here, 1, "shortlist-in", "BVDN/2", *BY)
    written = done(here, "proposal", "--out", "out", "--number", "45", "--date", "2021-05-05")
    names = [
        "Bang tong hop tom tat sang kien.docx",
        "Bang tong hop tom tat sang kien.pdf",
        "To trinh.docx",
        "To trinh.pdf",
    ]
    if shutil.which("soffice"):
        assert sorted(one.name for one in (here.folder / "out").iterdir()) == names
        pdf = subprocess.run(["pdftotext", here.folder / "out" / names[3], "-"], capture_output=True, text=True).stdout
        assert "Số: 45/TTr-CĐN" in pdf
        assert "03/34 đơn vị" in pdf
    assert "To trinh.docx" in written
    assert "holds To trinh.docx" in refused(here, 1, "proposal", "--out", "out", "--no-pdf")
    assert "open again" in done(here, "shortlist-reopen", *BY)


def test_points_of_an_author_are_told_and_no_author_is_expected_to_give_any(here: Here) -> None:
    """As an auditor asks: who gave points to work of their own?"""
    done(here, "score", "BVDN/1", "--examiner", "Trần Thị Bình", *POINTS, *BY)
    told = done(here, "score", "BVDN/1", "--examiner", "BS. Phạm Thị Dung", *POINTS, "--json", *BY)
    assert "BS. Phạm Thị Dung bears the name of an author of BVDN/1" in told
    assert json.loads(told.splitlines()[0])["author"] is True
    standing = next(json.loads(line) for line in done(here, "scores", "--json").splitlines())
    assert (standing["authors"], standing["missing"]) == (["BS. Phạm Thị Dung"], [])
    for command in ("scores", "shortlist"):
        assert "points of BS. Phạm Thị Dung, the name of an author" in " ".join(done(here, command).split())
    assert "SK39-001/1 has points of BS. Phạm Thị Dung" in done(here, "shortlist-freeze", *BY)
    done(here, "shortlist-reopen", *BY)
    done(here, "score", "BVDN/1", "--examiner", "BS. Phạm Thị Dung", "--withdraw", *BY)


def test_what_is_recorded_and_written_is_told_to_programs_too(here: Here) -> None:
    def told(*arguments: str) -> dict[str, object]:
        status = run_command([*arguments, "--json"])
        said = here.capture.readouterr()
        assert status == 0, said.err
        [row] = [json.loads(line) for line in said.out.splitlines()]
        assert isinstance(row, dict)
        return row

    done(here, "score", "BVDN/1", "--examiner", "Trần Thị Bình", *POINTS, *BY)
    assert told("score-sheet", "--out", "j.xlsx", "--examiner", "Lê Văn Cường")["initiatives"] == 4
    assert set(told("score-import", "j.xlsx", *BY)) == {"new", "changed", "same"}
    assert told("shortlist-in", "BVTN/1", *BY) == {"initiative": "BVTN/1", "choice": "in"}
    assert told("shortlist-undo", "BVTN/1", *BY)["choice"] == "undone"
    assert "SK39-001/1" in str(told("shortlist-freeze", *BY)["initiatives"])
    assert told("shortlist-reopen", *BY)["frozen"] is False
    assert told("portal", "--out", "j-portal.xlsx")["initiatives"] == 4
    assert told("register-book", "--year", "2021", "--out", "j-book.xlsx")["year"] == 2021
    assert told("close", *BY) == {"campaign": "plan-39-cdn", "closed": True, "changed": True}
    assert told("reopen", *BY)["closed"] is False
    assert told("target", "BVDN", "movement", "--yes", *BY)["met"] is True


def test_without_libreoffice_the_documents_are_whole_and_the_command_says_what_to_install(
    here: Here, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    done(here, "score", "BVTN/1", "--examiner", "Trần Thị Bình", *POINTS, *BY)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "No PDF was made: LibreOffice is missing: install" in refused(
        here, 1, "proposal", "--out", "bare", "--draft"
    )
    assert sorted(one.suffix for one in (here.folder / "bare").iterdir()) == [".docx", ".docx"]


def test_what_is_wrong_on_the_command_line_is_told(here: Here) -> None:
    score = ("score", "SK39-001/1", "--examiner", "Trần Thị Bình")
    assert "code/row" in refused(here, 2, "score", "SK39-001", "--examiner", "B", *POINTS, *BY)
    assert "code/row" in refused(here, 2, "score", "../../etc/1x", "--examiner", "B", *POINTS, *BY)
    assert "once for each criterion" in refused(here, 2, *score, "--points", "novelty=viele", *BY)
    assert "and not both" in refused(here, 2, *score, *BY)
    assert "for a reason" in refused(here, 2, *score, *POINTS, "--by", " ", "--reason", "x")
    assert "are missing" in refused(here, 1, *score, "--points", "novelty=1", *BY)
    assert "no dossier NOBODY" in refused(here, 1, "score", "NOBODY/1", "--examiner", "B", *POINTS, *BY)
    assert "is not valid (complete)" in refused(here, 1, "shortlist-in", "BVLK/1", *BY)
    assert "--as-of" in refused(here, 2, "shortlist", "--as-of", "soon")
    assert "is no day" in refused(here, 2, "proposal", "--out", "x", "--date", "5/5")
    assert "no union NOBODY" in refused(here, 2, "portal", "--out", "x.xlsx", "--union", "NOBODY")
    (here.folder / "no.xlsx").write_bytes(b"PK no")
    assert "no.xlsx cannot be read" in refused(here, 1, "score-import", "no.xlsx", *BY)


def test_the_portals_file_and_the_duplicates_are_written(here: Here) -> None:
    assert "4 initiatives, 0 with all that is asked; 31 unions have none" in done(here, "portal", "--out", "all.xlsx")
    page = load_workbook(here.folder / "all.xlsx").worksheets[0]
    assert (page["I6"].data_type, page["I6"].value) == ("s", "=Hộp đựng kim tiêm")
    done(here, "portal", "--out", "one.xlsx", "--union", "BVTN")
    assert load_workbook(here.folder / "one.xlsx").worksheets[0].max_row == 5
    assert refused(here, 1, "portal", "--out", "one.xlsx"), "no file is overwritten"
    assert "No two initiatives are much alike" in done(here, "duplicates")
