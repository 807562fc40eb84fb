"""What Tesseract misreads in every memo, put right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.ocr_wording import mended
from parsers.wording import plain


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
        "T1r",
        "",
    ],
)
def test_what_is_right_or_something_else_stays(text: str) -> None:
    assert mended(text) == text


@given(st.text(alphabet="chủ TỊCHđồng nai/-BS.K1Il", max_size=40))
def test_nothing_but_marks_changes_in_a_phrase(text: str) -> None:
    if "/" not in text and "BS" not in text:
        assert plain(mended(text)) == plain(text)
    assert mended(mended(text)) == mended(text)
