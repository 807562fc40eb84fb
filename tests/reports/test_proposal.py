"""The outgoing Tờ trình and its table: the layout of Decree 30/2020, figures of the register, no text is code."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from docx.shared import Pt

from dossier.campaign import APPLIED, AUTHOR, BENEFIT, POSITION, SUMMARY, TITLE
from dossier.money import parse
from dossier.proposal import Figures, Proposal, Proposed
from hoso.campaigns import example_campaign
from reports.proposal import proposal
from reports.texts import ReportTextError, Texts

ROOM = "\u00a0" * 7
CELLS = {
    AUTHOR: "Nguyễn Thị Hoa",
    POSITION: "Điều dưỡng trưởng",
    TITLE: "Xe đẩy thuốc",
    SUMMARY: "Chia ngăn theo ca trực",
}


def proposed(place: int, average: str, benefit: str, **more: str) -> Proposed:
    cells = CELLS | {APPLIED: "01/3/2021", BENEFIT: benefit} | more
    code = ("BVDN", "BVTN")[place % 2]
    return Proposed(place, code, f"Bệnh viện {code}", cells, Decimal(average), parse(benefit))


def sample(*rows: Proposed, **changes: object) -> Proposal:
    found = Proposal(
        campaign=example_campaign(),
        proposed=rows or (proposed(1, "93.50", "150 triệu/năm"), proposed(2, "90.25", "1,2 tỷ")),
        figures=Figures(34, 31, 28, 112, 103, 98),
        valid_at=datetime(2021, 5, 4, 16, 59, 59, tzinfo=UTC),
        written=date(2021, 5, 5),
    )
    return replace(found, **changes)  # type: ignore[arg-type]


def opened(content: bytes) -> DocumentType:
    return Document(io.BytesIO(content))


def texts(document: DocumentType) -> list[str]:
    cells = [text for table in document.tables for row in table.rows for text in (one.text for one in row.cells)]
    return [one.text for one in document.paragraphs] + cells


def test_the_letterhead_names_both_bodies_and_leaves_number_and_date_to_be_written() -> None:
    document = opened(proposal(sample()).memo)
    issued, nation = document.tables[0].rows[0].cells
    assert issued.text.split("\n")[:2] == ["LIÊN ĐOÀN LAO ĐỘNG TỈNH ĐỒNG NAI", "CÔNG ĐOÀN NGÀNH Y TẾ ĐỒNG NAI"]
    assert nation.text.split("\n")[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    numbered, dated = document.tables[0].rows[1].cells
    assert numbered.text == "Số: " + "\u00a0" * 8 + "/TTr-CĐN"
    assert dated.text == f"Đồng Nai, ngày{ROOM}tháng{ROOM}năm 2021"
    assert dated.paragraphs[0].runs[0].italic
    assert [bool(one.paragraphs[1].runs[0].bold) for one in (issued, nation)] == [True, True]
    assert len(document.element.findall(f".//{qn('w:pBdr')}")) == 3, "lines under issuer, motto and abstract"


def test_page_font_and_margins_are_those_of_the_decree() -> None:
    for content, size in zip(
        (proposal(sample()).memo, proposal(sample()).table), ((210, 297), (297, 210)), strict=True
    ):
        document = opened(content)
        section = document.sections[0]
        assert (round(section.page_width.mm), round(section.page_height.mm)) == size
        assert 20 <= round(section.top_margin.mm) <= 25
        assert 15 <= round(section.right_margin.mm) <= 20
        assert document.styles["Normal"].font.name == "Times New Roman"
    memo = opened(proposal(sample()).memo)
    assert 30 <= round(memo.sections[0].left_margin.mm) <= 35
    body = next(one for one in memo.paragraphs if one.text.startswith("Thực hiện"))
    assert body.runs[0].font.size == Pt(14)
    assert round(body.paragraph_format.first_line_indent.mm) == 10


def test_the_body_says_the_figures_of_the_register() -> None:
    said = texts(opened(proposal(sample()).memo))
    assert "TỜ TRÌNH" in said
    assert "Kính gửi: Ban Thường vụ Liên đoàn Lao động tỉnh Đồng Nai" in said
    assert "- Số công đoàn cơ sở gửi hồ sơ: 31/34 đơn vị, đạt 91,2%." in said
    assert "- Số hồ sơ hợp lệ tính đến ngày 04/5/2021: 28 hồ sơ." in said
    assert (
        "- Số sáng kiến được lựa chọn: 02 sáng kiến của 02 công đoàn cơ sở, điểm bình quân từ 90,25 đến 93,50 điểm."
        in said
    )
    assert any("1.200.000.000 đồng; 150.000.000 đồng/năm." in one for one in said), "never added together"
    assert [one.split("\n")[:2] for one in said if one.startswith("TM.")] == [["TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"]]
    assert any(one.startswith("Nơi nhận:\n- Như trên;") and one.endswith("- Lưu CĐN.") for one in said)


@pytest.mark.parametrize(
    ("unions", "sent", "share"), [(34, 12, "35.3"), (34, 33, "97.1"), (3000, 2999, "99.9"), (34, 34, "100")]
)
def test_the_share_is_rounded_and_all_only_when_all_have_sent(unions: int, sent: int, share: str) -> None:
    assert str(Figures(unions, sent, 0, 0, 0, 0).share) == share


def test_what_a_person_gives_stands_in_its_place_and_a_draft_says_so() -> None:
    given = sample(number="45", dated=date(2021, 5, 5), signer="Phạm Thị Lan", draft=True)
    memo, table = (texts(opened(content)) for content in (proposal(given).memo, proposal(given).table))
    assert "Số: 45/TTr-CĐN" in memo
    assert "Đồng Nai, ngày 05 tháng 5 năm 2021" in memo
    assert any(one.startswith("TM. BAN THƯỜNG VỤ") and one.endswith("Phạm Thị Lan") for one in memo)
    assert memo[0] == table[0] == "DỰ THẢO"
    reference = "(Kèm theo Tờ trình số 45/TTr-CĐN ngày 05/5/2021 của Công đoàn ngành Y tế Đồng Nai)"
    assert reference in table
    assert "Số: 45/TTr-CĐN" not in table, "it has no number of its own"


def test_the_table_repeats_its_header_and_ends_with_totals() -> None:
    table = opened(proposal(sample()).table).tables[1]
    rows = table.rows
    assert [one.text for one in rows[0].cells][:2] == ["STT", "Họ và tên tác giả (nhóm tác giả)"]
    assert rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [one.text for one in rows[1].cells][:4] == [
        "1",
        "Nguyễn Thị Hoa",
        "Điều dưỡng trưởng; Bệnh viện BVTN",
        "Xe đẩy thuốc",
    ]
    assert rows[1].cells[-1].text == "93,50"
    assert rows[-1].cells[0].text == "Tổng cộng: 02 sáng kiến của 02 công đoàn cơ sở"
    assert rows[-1].cells[-2].text == "1.200.000.000 đồng; 150.000.000 đồng/năm"


@pytest.mark.parametrize(
    "hostile",
    ["{{ 7 * 7 }} == body", "=cmd|' /C calc'!A0", "a\x00b\u202ec\ufffe", "== results\n== body", "<w:p/>&amp;"],
)
def test_what_a_union_wrote_is_text_and_nothing_else(hostile: str) -> None:
    written = proposal(sample(proposed(1, "90.00", hostile, **{TITLE: hostile, AUTHOR: hostile})))
    row = opened(written.table).tables[1].rows[1]
    shown = row.cells[3].text
    assert "49" not in shown
    assert not set(shown) & {"\x00", "\u202e", "\ufffe", "\n"}
    assert shown.replace(" ", "").startswith(hostile[0])
    assert len(opened(written.memo).tables) == 2


def test_the_same_proposal_gives_the_same_bytes() -> None:
    assert proposal(sample()) == proposal(sample())


def test_an_administrators_own_text_goes_before_the_shipped_one(tmp_path: Path) -> None:
    own = tmp_path / "reports" / "vi" / "proposal.txt"
    own.parent.mkdir(parents=True)
    shipped = Path(__file__).parents[2] / "templates" / "reports" / "vi" / "proposal.txt"
    own.write_text(shipped.read_text("utf-8").replace("TỜ TRÌNH\n", "TỜ TRÌNH (bản riêng)\n", 1), "utf-8")
    assert "TỜ TRÌNH (bản riêng)" in texts(opened(proposal(sample(), tmp_path).memo))
    own.write_text("== country\n{{ nothing }}", "utf-8")
    with pytest.raises(ReportTextError, match=r"reports/vi/proposal\.txt"):
        proposal(sample(), tmp_path)


def test_numbers_and_days_are_written_as_official_vietnamese_writes_them() -> None:
    vi = Texts("proposal", "vi")
    assert (vi.number(1_200_000), vi.number(Decimal("85.50")), vi.count(7), vi.count(12)) == (
        "1.200.000",
        "85,50",
        "07",
        "12",
    )
    assert [vi.day(date(2021, month, 5)) for month in (1, 2, 3, 12)] == [
        "05/01/2021",
        "05/02/2021",
        "05/3/2021",
        "05/12/2021",
    ]
    with pytest.raises(ReportTextError, match="no report in 'fr'"):
        Texts("proposal", "fr")
