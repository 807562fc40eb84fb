"""Numbers of sections, which are mostly Roman, as Tesseract reads them."""

import pytest

from parsers.scan_numbers import roman_section


@pytest.mark.parametrize(
    ("read", "meant"),
    [("H", "II"), ("IH", "III"), ("HI", "III"), ("l", "I"), ("Il.", "II."), ("1V", "IV"), ("T", "I"), ("V|", "VI")],
)
def test_a_roman_number_is_put_right(read: str, meant: str) -> None:
    assert roman_section(read) == meant


@pytest.mark.parametrize("text", ["1", "1.", "11", "A", "2", "IV", "", "XXX", "Khối"])
def test_what_is_right_or_something_else_stays(text: str) -> None:
    assert roman_section(text) == text
