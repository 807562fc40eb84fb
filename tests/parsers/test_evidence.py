"""Where a value was read, and with what confidence."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dossier.model import Memo, Spot
from parsers.content import Box, Content, Line
from parsers.evidence import evidenced


def line(text: str, x: float, top: float, confidence: float = 0.9, page: int = 1) -> Line:
    return Line(text, page=page, box=Box(x, top, x + 6 * len(text), top + 12), confidence=confidence)


PAGE = (
    line("CÔNG ĐOÀN NGÀNH Y TẾ", 60, 60),
    line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 300, 60),
    line("CĐCS BỆNH VIỆN NHI", 60, 80, 0.95),
    line("Độc lập - Tự do - Hạnh phúc", 320, 80),
    line("ĐỒNG NAI", 80, 100, 0.7),
    line("Số: 12/TTr-CĐCS", 60, 120, 0.4),
    line("Biên Hòa, ngày 5 tháng 4 năm", 310, 120),
    line("2021", 350, 140, 0.8),
    line("TỜ TRÌNH", 250, 160),
    line("Kính gửi: Ban Thường vụ Công đoàn ngành", 150, 180),
    line("Y tế Đồng Nai", 150, 200),
    line("Bà Lê Thị Mai trình bày 02 sáng kiến của CĐCS Bệnh viện Nhi Đồng Nai", 60, 240),
    line("CHỦ TỊCH", 400, 300),
    line("Lê Thị Mai", 400, 380, 0.5),
)
MEMO = Memo(
    issuer="CĐCS BỆNH VIỆN NHI ĐỒNG NAI",
    parent="CÔNG ĐOÀN NGÀNH Y TẾ",
    number="12/TTr-CĐCS",
    place="Biên Hòa",
    date=date(2021, 4, 5),
    addressee="Ban Thường vụ Công đoàn ngành Y tế Đồng Nai",
    signer="Lê Thị Mai",
    signer_title="CHỦ TỊCH",
)


def test_each_value_has_its_place_and_the_confidence_of_its_least_certain_line() -> None:
    memo = evidenced(MEMO, Content(PAGE, read_by="ocr"))
    assert memo.confidence == {
        "issuer": 0.7,
        "parent": 0.9,
        "number": 0.4,
        "place": 0.9,
        "date": 0.8,
        "addressee": 0.9,
        "signer": 0.5,
        "signer_title": 0.9,
    }
    assert memo.spots["issuer"] == Spot(1, 60, 80, 168, 112)
    assert memo.spots["parent"].top == 60
    assert memo.spots["signer"].top == 380
    assert memo.spots["date"].bottom == 152
    assert memo.spots["addressee"] == Spot(1, 150, 180, 384, 212)


def test_values_that_are_not_there_have_no_place() -> None:
    memo = evidenced(Memo(issuer="CĐCS khác", date=date(2020, 1, 1)), Content(PAGE, read_by="ocr"))
    assert (memo.confidence, memo.spots) == ({}, {})


def test_a_file_without_pages_has_none_either() -> None:
    assert evidenced(MEMO, Content((Line("CHỦ TỊCH"),), read_by="docx")) is MEMO


@given(st.lists(st.text(alphabet="aBĐ ủ1/", max_size=9), max_size=12), st.text(alphabet="aBĐ ủ1/", max_size=20))
def test_any_text_is_looked_for_and_nothing_raises(texts: list[str], value: str) -> None:
    lines = tuple(line(text, 0, 10 * number) for number, text in enumerate(texts))
    memo = evidenced(Memo(issuer=value, signer=value), Content(lines, read_by="ocr"))
    assert set(memo.confidence) == set(memo.spots) <= {"issuer", "signer"}
