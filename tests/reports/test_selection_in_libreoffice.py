"""What selection writes is opened by LibreOffice: pages, repeated headers, totals that it counts itself."""

import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from dossier.campaign import AUTHOR, BENEFIT, SUMMARY, TITLE
from dossier.examination import Criterion, Examination
from dossier.money import parse
from dossier.portal import by_union, entry
from dossier.proposal import Figures, Proposal, Proposed
from dossier.score_sheet import Sheet, SheetRow
from hoso.campaigns import example_campaign
from parsers.conversion import PageKind
from parsers.office import Office
from reports.portal import portal_file
from reports.proposal import proposal
from reports.score_sheet import score_sheet

CAMPAIGN = example_campaign()
Pages = Callable[[PageKind, bytes], list[str]]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    """Texts of the pages of a document."""
    folder = tmp_path_factory.mktemp("pages")
    with Office() as office:
        if not all(one.held for one in office.describe()):
            pytest.skip("LibreOffice is not installed: apt-get install libreoffice-writer-nogui libreoffice-calc-nogui")

        def read(kind: PageKind, content: bytes) -> list[str]:
            (folder / "made.pdf").write_bytes(office.convert(kind, content).content)
            command = ["pdftotext", "-layout", folder / "made.pdf", "-"]
            return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\f")[:-1]

        yield read


def proposed(place: int) -> Proposed:
    cells = {AUTHOR: "Nguyễn Thị Hoa", TITLE: "Xe đẩy thuốc", SUMMARY: "Mô tả. " * 140, BENEFIT: "150 triệu/năm"}
    return Proposed(place, "BVDN", "Bệnh viện", cells, Decimal(99 - place), parse("150 triệu/năm"))


def test_a_long_table_repeats_its_header_and_the_memo_is_numbered_from_page_two(pages: Pages) -> None:
    moment = datetime(2021, 5, 4, 16, 59, 59, tzinfo=UTC)
    rows = tuple(map(proposed, range(1, 15)))
    written = proposal(Proposal(CAMPAIGN, rows, Figures(34, 31, 28, 112, 103, 98), moment, date(2021, 5, 5)))
    table = pages(PageKind.DOCX, written.table)
    assert len(table) > 2
    assert all("STT" in page for page in table[:-1]), "the header stands on every page of the table"
    assert "Tổng cộng: 14 sáng kiến" in "".join(table)
    memo = pages(PageKind.DOCX, written.memo)
    signed = next(page for page in memo if "TM. BAN THƯỜNG VỤ" in page)
    assert "quyết định./." in signed, "the signature stands on no page alone"
    assert memo[1].strip().startswith("2")


def test_the_examiners_sheet_counts_its_totals(pages: Pages) -> None:
    criteria = (Criterion("new", "Tính mới", Decimal(40)), Criterion("use", "Hiệu quả", Decimal(60), Decimal("0.5")))
    points = {"new": Decimal("12.5"), "use": Decimal(20)}
    row = SheetRow("SK39-003/2", "Bệnh viện", "An", "=Xe đẩy", "tóm tắt", "", "ab", points, "")
    sheet = Sheet("sk39", "Chương trình", "Trần Thị Bình", Examination(criteria), (row,))
    said = "".join(pages(PageKind.XLSX, score_sheet(sheet, "vi")))
    assert "22,5" in said or "22.5" in said
    assert "PHIẾU CHẤM ĐIỂM SÁNG KIẾN" in said
    assert "=Xe đẩy" in said


def test_the_portals_file_counts_the_characters(pages: Pages) -> None:
    made = (entry(CAMPAIGN, "BVDN", "SK39-002/1", {TITLE: "Xe đẩy", SUMMARY: "Mô tả. " * 33}),)
    said = "".join(pages(PageKind.XLSX, portal_file(CAMPAIGN, made, by_union(CAMPAIGN, made), "vi")))
    assert "230" in said
    assert "CẬP NHẬT VÀO PHẦN MỀM" in said
