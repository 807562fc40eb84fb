"""What Tesseract misreads in every memo, put right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.ocr_wording import mended
from parsers.wording import letters_of


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("CHỦ TICH", "CHỦ TỊCH"),
        ("PHÓ CHỦ TÍCH", "PHÓ CHỦ TỊCH"),
        ("HỦ TỊCH", "CHỦ TỊCH"),
        ("CHỦTỊCH", "CHỦ TỊCH"),
        ("_ RƯỞNG BAN", "TRƯỞNG BAN"),
        ("Kinh gưi: Công đoàn ngành", "Kính gửi: Công đoàn ngành"),
        ("Số: 11/TIr-CĐ", "Số: 11/TTr-CĐ"),
        ("Số: 25/TTr-CĐĐ", "Số: 25/TTr-CĐ"),
        ("Số: 25/TTr-CĐĐCS", "Số: 25/TTr-CĐCS"),
        ("BS.CKH Hồ Đức Lộc", "BS.CKII Hồ Đức Lộc"),
        ("BS.CKTHI Lê Ngọc Giàu", "BS.CKII Lê Ngọc Giàu"),
        ("TỜƠ TRÌNH", "TỜ TRÌNH"),
        ("TỜ TRÌN", "TỜ TRÌNH"),
        ("_ CĐC§", "CĐCS"),
        ("CĐbS", "CĐCS"),
        ("Kính gửủi: - BCH Công đoàn", "Kính gửi: - BCH Công đoàn"),
        (". TRUNG TÂM Y TẾ _", "TRUNG TÂM Y TẾ"),
        ("BCH CÔNG ĐOÀN CƠ SỞ.", "BCH CÔNG ĐOÀN CƠ SỞ"),
        ("CÔNGĐOÀNCOSỞ", "CÔNG ĐOÀN CƠ SỞ"),
        ("CÔNG ĐOÀNCƠSỞ", "CÔNG ĐOÀN CƠ SỞ"),
        ("CÔNGĐOÀNTRUNG TÂM Y TẾ", "CÔNG ĐOÀN TRUNG TÂM Y TẾ"),
        ("CĐCSBỆNHVIỆN ĐA KHOA", "CĐCS BỆNH VIỆN ĐA KHOA"),
        ("_CĐCS TRUNG TÂM Y TẾ", "CĐCS TRUNG TÂM Y TẾ"),
        ("VIv giới thiệu sáng kiến", "V/v giới thiệu sáng kiến"),
        ("VWw giới thiệu sáng kiến", "V/v giới thiệu sáng kiến"),
        ("V/ đề nghị xét", "V/v đề nghị xét"),
        ("„,CĐCS TRUNG TÂM KIỂM NGHIỆM", "CĐCS TRUNG TÂM KIỂM NGHIỆM"),
        ("TRUNG TÂM YTẾHUYỆN", "TRUNG TÂM Y TẾ HUYỆN"),
    ],
)
def test_what_can_mean_one_thing_alone_is_put_right(read: str, meant: str) -> None:
    assert mended(read) == meant


@pytest.mark.parametrize(
    "text",
    [
        "BS.CKI Lê Ngọc Giàu",
        "Số: 11/TTr-CĐCS",
        "từ đó mỗi công đoạn, bà Chu Tích",
        "số 39/CĐN",
        "TRUONG BANH",
        "CDC",
        "CĐN",
        "TM. BAN CHẤP HÀNH",
        "- BAN CHẤP HÀNH",
        "I. KHỐI LÂM SÀNG",
        "Kính mong: quan tâm",
        "Tờ trình",
        "T1r",
        "Số: ____/TTr-CĐCS",
        "Công đoàncơ sở",
        "Vi Văn Ái",
        "TTr-CĐCS",
        "",
    ],
)
def test_what_is_right_or_something_else_stays(text: str) -> None:
    assert mended(text) == text


@given(st.text(alphabet="chủ TỊCHđồng nai/-BS.K1Il", max_size=40))
def test_nothing_but_marks_changes_in_a_phrase(text: str) -> None:
    if "/" not in text and "BS" not in text and mended(text) not in ("CĐCS", "TỜ TRÌNH"):
        assert letters_of(mended(text)) == letters_of(text)
    assert mended(mended(text)) == mended(text)
