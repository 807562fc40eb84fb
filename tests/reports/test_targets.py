"""The workbook and the charts of the targets: they open, they print, and nothing in them is a formula."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from openpyxl import load_workbook
from PIL import Image
from support.converting import pdf_text

from dossier.breakdown import Breakdown, Worded, breakdown
from dossier.money import parse
from dossier.targets import Held, Register, Row, Standing, standings
from hoso.campaigns import example_campaign
from reports.target_charts import benefit_chart, split_chart, targets_chart, union_block_chart
from reports.targets import targets_workbook

CAMPAIGN = example_campaign()
AT = datetime(2021, 4, 21, 1, tzinfo=UTC)
PARTS = breakdown(
    CAMPAIGN,
    [
        Worded("BVDN", {"field": "Vì cộng đồng", "block": "x"}, parse("150 triệu/năm")),
        Worded("BVTN", {"field": ""}, parse("trên 1,2 tỷ")),
        Worded("BVTN", {}, parse("giảm chờ")),
    ],
)


def told() -> tuple[Standing, ...]:
    unions = tuple(one.code for one in CAMPAIGN.roster.unions)
    register = Register(unions, tuple(Held(f"SK39-{n:03d}", union, n) for n, union in enumerate(unions[:9], 1)))
    return standings(CAMPAIGN.targets, replace(register, proposals=(Row("=1+1", "BVDN"),)), AT.date())


def test_the_workbook_is_printed_with_its_figures_and_their_rows(tmp_path: Path) -> None:
    content = targets_workbook(CAMPAIGN, told(), PARTS, AT)
    book = load_workbook(io.BytesIO(content))
    first, rows, split, worth = book.worksheets
    assert (first.page_setup.orientation, first.page_setup.paperSize, first.print_title_rows) == (
        "landscape",
        9,
        "$8:$8",
    )
    written = [[cell.value for cell in row] for row in first.iter_rows(min_row=9)]
    assert [row[5] for row in written[1:2]] == ["9/34 (26%)"]
    assert written[6][3:6] == ["trên 100", "31/12/2021", "45 (trong hồ sơ đủ, đúng hạn: 0)"]
    formulas = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas == []
    assert any(cell.value == "=1+1" for row in rows.iter_rows() for cell in row)
    assert [row[2].value for row in split.iter_rows(min_row=9, max_row=15)] == [0, 0, 0, 0, 1, 0, 2]
    assert worth.cell(9, 3).value == 1_200_000_000
    (tmp_path / "t.xlsx").write_bytes(content)
    page = pdf_text(tmp_path / "t.xlsx")
    assert "TÌNH HÌNH THỰC HIỆN CÁC CHỈ TIÊU" in page
    assert page.count("Mã đơn vị") > 1, "the header is on every page"


def test_charts_are_pictures_whatever_there_is_to_show() -> None:
    nothing = Breakdown(0, None, None, {})
    assert PARTS.by_field is not None
    drawn = [targets_chart(told()), split_chart(PARTS.by_field), benefit_chart(PARTS), union_block_chart(PARTS)]
    for one in (*drawn, targets_chart(()), benefit_chart(nothing), union_block_chart(nothing)):
        with Image.open(io.BytesIO(one.png)) as picture:
            assert abs(picture.width - one.width) + abs(picture.height - one.height) <= 1, "but for rounding"
    assert targets_chart(told()).png == drawn[0].png
