"""What initiatives are worth: read as people write it, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.money import Benefit, Worth, parse, unit_of

MILLION = 10**6


@pytest.mark.parametrize(
    ("text", "low", "high", "per"),
    [
        ("150 triệu/năm", 150 * MILLION, 150 * MILLION, "year"),
        ("1,2 tỷ", 1_200 * MILLION, 1_200 * MILLION, ""),
        ("1.5 tỉ đồng một năm", 1_500 * MILLION, 1_500 * MILLION, "year"),
        ("1.200.000 đ", 1_200_000, 1_200_000, ""),
        ("1,200,000 VNĐ", 1_200_000, 1_200_000, ""),
        ("VND 150.000.000", 150 * MILLION, 150 * MILLION, ""),
        ("100 000 000 đồng / năm", 100 * MILLION, 100 * MILLION, "year"),
        ("150trđ", 150 * MILLION, 150 * MILLION, ""),
        ("150 tr.đ/tháng", 150 * MILLION, 150 * MILLION, "month"),
        ("500k/ca", 500_000, 500_000, "ca"),
        ("Làm lợi 20.000đ/xét nghiệm so với trước", 20_000, 20_000, "xet nghiem"),
        ("giảm 200.000 đồng trên mỗi ca", 200_000, 200_000, "ca"),
        ("150 triệu đồng/6 tháng", 150 * MILLION, 150 * MILLION, "6 thang"),
        ("1 tỷ 200 triệu đồng", 1_200 * MILLION, 1_200 * MILLION, ""),
        ("1 tỷ rưỡi", 1_500 * MILLION, 1_500 * MILLION, ""),
        ("1.200 triệu đồng", 1_200 * MILLION, 1_200 * MILLION, ""),
        ("50-70 triệu", 50 * MILLION, 70 * MILLION, ""),
        ("từ 50 đến 70 triệu đồng/năm", 50 * MILLION, 70 * MILLION, "year"),
        ("50 triệu – 70 triệu mỗi quý", 50 * MILLION, 70 * MILLION, "quarter"),
        ("trên 100 triệu", 100 * MILLION, None, ""),
        ("100 triệu trở lên", 100 * MILLION, None, ""),
        ("không quá 50 triệu đồng", None, 50 * MILLION, ""),
        ("Hằng năm tiết kiệm 150 triệu đồng", 150 * MILLION, 150 * MILLION, "year"),
        ("1.200.000 đồng (Một triệu hai trăm nghìn đồng)", 1_200_000, 1_200_000, ""),
        ("200.000.000đ/năm; tức 200 triệu đồng", 200 * MILLION, 200 * MILLION, "year"),
        ("30 triệu tiền thuốc, 20 triệu tiền điện, tổng cộng 50 triệu đồng", 50 * MILLION, 50 * MILLION, ""),
        ("3 triệu lượt khám, tiết kiệm 150 triệu/năm", 150 * MILLION, 150 * MILLION, "year"),
        ("Giảm 20% thời gian chờ, tiết kiệm 5 triệu đồng", 5 * MILLION, 5 * MILLION, ""),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, low: int | None, high: int | None, per: str) -> None:
    read = parse(text)
    assert (read.worth, read.low, read.high, read.per, read.text) == (Worth.MONEY, low, high, per, text)


def test_about_so_much_is_told_from_so_much() -> None:
    assert parse("khoảng 150 triệu").approximate
    assert not parse("150 triệu").approximate


@pytest.mark.parametrize(
    "text",
    [
        "không tính được bằng tiền",
        "Hiệu quả xã hội, chưa quy ra tiền",
        "Không thể quy đổi thành tiền",
        "khó tính thành tiền",
    ],
)
def test_what_cannot_be_told_in_money_is_known_as_such(text: str) -> None:
    assert parse(text) == Benefit(text, Worth.NOT_IN_MONEY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nâng cao chất lượng",
        "giảm 20% thời gian",
        "3 triệu lượt khám",
        "150.000.000",
        "1,200 triệu",
        "1.250 tỷ",
        "1 tỷ 2",
        "2 triệu 5",
        "5.000 USD",
        "5 nghìn USD",
        "giảm từ 50 triệu xuống 30 triệu",
        "tiết kiệm 50 triệu tiền thuốc và 30 triệu tiền điện",
        "70-50 triệu",
        "Kinh phí thực hiện 50 triệu đồng",
        "12,5 đ",
        "99999999999999 tỷ",
    ],
)
def test_what_could_mean_two_things_is_left_to_a_person(text: str) -> None:
    assert parse(text) == Benefit(text, Worth.UNCLEAR)


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Giá trị làm lợi (triệu đồng)", MILLION),
        ("Số tiền làm lợi (nghìn đồng/năm)", 1_000),
        ("Giá trị làm lợi (đồng)", 1),
        ("Số tiền làm lợi", 1),
        ("Hiệu quả mang lại", None),
    ],
)
def test_the_header_says_what_bare_numbers_count_in(header: str, unit: int | None) -> None:
    assert unit_of(header) == unit


def test_a_bare_number_counts_in_what_its_column_says() -> None:
    assert parse("150", MILLION).low == 150 * MILLION
    assert parse("50 - 70", MILLION).high == 70 * MILLION
    assert parse("150.000.000", 1).low == 150 * MILLION
    assert parse("1,2 tỷ", MILLION).low == 1_200 * MILLION
    assert parse("150.000.000", MILLION).worth is Worth.UNCLEAR
    assert parse("năm 2021: 150", MILLION).worth is Worth.UNCLEAR


@given(st.integers(0, 10**13), st.sampled_from(["đ", " đồng", " VNĐ", "₫"]))
def test_every_whole_amount_is_read_back(amount: int, currency: str) -> None:
    assert parse(f"{amount}{currency}").low == amount
    assert parse(f"{amount:,}".replace(",", ".") + currency).low == amount


@given(st.integers(1, 999), st.integers(0, 9), st.sampled_from([("tỷ", 10**9), ("triệu", 10**6), ("nghìn", 10**3)]))
def test_every_amount_with_one_decimal_is_read_back(whole: int, tenth: int, unit: tuple[str, int]) -> None:
    name, magnitude = unit
    assert parse(f"{whole},{tenth} {name} đồng").low == whole * magnitude + tenth * magnitude // 10


_PIECES = st.lists(
    st.sampled_from(
        ["150", "1.200", "1,5", " ", "triệu", "tỷ", "đ", "đồng", "/năm", "-", "từ", "đến", "tổng", "không", "tiền", "."]
    )
    | st.text(max_size=4),
    max_size=12,
).map("".join)


@given(_PIECES, st.sampled_from([None, 1, MILLION]))
def test_any_text_is_read_or_left_and_kept_as_written(text: str, unit: int | None) -> None:
    read = parse(text, unit)
    assert read.text == text
    if read.worth is Worth.MONEY:
        assert (read.low, read.high) != (None, None)
        assert read.low is None or read.high is None or 0 <= read.low <= read.high
    else:
        assert (read.low, read.high, read.per) == (None, None, "")
