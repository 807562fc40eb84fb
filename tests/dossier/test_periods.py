"""Dates of application as people write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.dossiers import WINDOW

from dossier.campaign import Window
from dossier.foreign_dates import in_numbers
from dossier.periods import Applied, applied, none_inside, parse

INSIDE = """
Tháng 02/2021 | 01/3/2021 | Từ ngày 15/02/2021 | Tháng 4 năm 2021 | từ tháng 2 đến tháng 4/2021 | 15/2/2021 - 30/4/2021
02-2021 | đầu tháng 3/2021 | 2021-02-15 | 2021-02-15 00:00:00 | 2021-02-15T00:00:00 | 2021/03/05 | 15/2-30/4/2021
Tháng 2-4/2021 | 2-4/2021 | Tháng 2, 3/2021 | Tháng 2 và tháng 3/2021 | T3/2021 | t3/21
tháng tư năm 2021 | tháng ba/2021
Từ tháng 02/2021 đến nay | từ 1/2/2021 - nay | 02/15/2021 | ngày 15 tháng 3 năm 2021 | 15 tháng 3/2021 | 1/3/21
01/02/2021 đến 31/05/2021 | Từ 01/02/2021 đến hết tháng 5/2021 | Từ 15/02/2021 đến ngày 15/04 | 15.3.2021 | 03/ 2021.
Bắt đầu áp dụng từ tháng 3/2021 tại khoa Nội | cuối tháng 5/2021 | THÁNG 03 NĂM 2021 | từ tháng 4/2021 đến tháng 8/2021
Nghiên cứu từ 2019, áp dụng 3/2021 | Áp dụng từ 22/02/2021 (nghiên cứu từ 2019) | tháng năm/2021 | Tháng năm năm 2021
Tháng năm, 2021 | Quý I/2021 (tháng 3/2021) | năm 2021 (cụ thể là 15/4/2021)
14-Apr-21 | Mar 5, 2021 | Apr-2021 | May 2021 | 12th April 2021 | 2021年3月15日 | 2021년 4월 | tháng 3 (2021)
Tuần 2 tháng 3/2021 | đợt 2 tháng 3/2021 | Kỳ lương 3/2021 | Từ 1-Feb-21 đến 5-Mar-21
Bắt đầu: 18/02/2021; kết thúc: 31/5/2021 | từ 6/2 năm 2021 | 15/4 năm 2021 | Thử 02/2021, chính thức 4/2021
"""
OUTSIDE = """
Tháng 9/2020 | Tháng 12/2020 | tháng 1/2021 | Tháng 6/2021 | Từ tháng 12/2020 đến nay | Từ ngày 15/01/2021
2019 | năm 2020 | trước tháng 2/2021 | sau tháng 5/2021 | cuối năm 2020 | Quý IV/2020 | quý III năm 2021
31/01/2021 | 01/6/2021 | 2018 - 2019
từ tháng 9 đến tháng 12/2020 | tháng 11 đến tháng 1/2021 | từ 6/2 năm 2020 | Thử 5/2020, chính thức 8/2020
15-Sep-20 | Aug-2020 | Từ Dec 2020 | 2020/11/05
Quí III/2020 | quí 4 năm 2020 | Đầu năm học 2020 (tháng 9/2020) | Năm 2020 (từ tháng 10/2020)
"""
UNCLEAR = """
Quý I/2021 | quý 1-2021 | Q1/2021 | năm 2021 | 6 tháng đầu năm 2021 | đầu năm 2021 | tháng 2 | 15/2 | Đang áp dụng
từ tháng 12/2020 đến tháng 4/2021 | trước 15/3/2021 | đến tháng 4/2021 | 2020 - 2021 | năm học 2020-2021 | 31/02/2021
tháng 13/2021 | tháng … năm 2021 | Dự kiến tháng 5/2021 | Chưa áp dụng, tháng 3/2021
Nghiên cứu từ 2019 và áp dụng 3/2021 | (nghiên cứu) 3/2021, 2019 | tháng năm | Tháng, năm 2021
44242 | 20210215 | QĐ số 12/2021 ngày 5/3/2021 | tháng 5/2021 đến tháng 2/2021 | Quý II/2021
Thử 12/2020, chính thức 3/2021 | 2-8 năm 2021 | Đợt 2/2021 | Đợt 3 năm 2021 | may 2021 | Nhập máy 2021 | kỳ 3/2021
"""


def _cells(block: str) -> list[str]:
    return [cell.strip() for line in block.strip().splitlines() for cell in line.split("|")]


@pytest.mark.parametrize("text", _cells(INSIDE))
def test_a_beginning_within_the_window_is_inside(text: str) -> None:
    assert applied(text, WINDOW) is Applied.INSIDE


@pytest.mark.parametrize("text", _cells(OUTSIDE))
def test_a_beginning_before_or_after_the_window_is_outside(text: str) -> None:
    assert applied(text, WINDOW) is Applied.OUTSIDE


@pytest.mark.parametrize("text", _cells(UNCLEAR))
def test_what_overlaps_in_part_or_cannot_be_read_is_unclear(text: str) -> None:
    assert applied(text, WINDOW) is Applied.UNCLEAR


def test_the_text_is_kept_as_written() -> None:
    period = parse("Từ tháng 2 đến tháng 4/2021")
    assert period is not None
    assert period.text == "Từ tháng 2 đến tháng 4/2021"
    assert (period.first, period.last, period.until) == (date(2021, 2, 1), date(2021, 2, 28), date(2021, 4, 30))


def test_a_range_over_new_year_takes_the_earlier_year_for_its_beginning() -> None:
    period = parse("tháng 12 đến tháng 2/2021")
    assert period is not None
    assert period.first == date(2020, 12, 1)


_DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
_FORMS = st.sampled_from(
    (
        "{d:%d/%m/%Y}",
        "{d:%Y-%m-%d}",
        "{d.day}/{d.month}/{d.year}",
        "ngày {d.day} tháng {d.month} năm {d.year}",
        "từ {d:%d.%m.%Y}",
    )
)


@settings(deadline=None)
@given(day=_DAYS, form=_FORMS)
def test_every_spelling_of_a_day_is_that_day(day: date, form: str) -> None:
    period = parse(form.format(d=day))
    assert period is not None
    assert (period.first, period.last) == (day, day)


@given(day=_DAYS, first=_DAYS, length=st.integers(0, 400))
def test_a_day_is_inside_exactly_where_the_window_holds_it(day: date, first: date, length: int) -> None:
    window = Window(first, first + timedelta(days=length))
    expected = Applied.INSIDE if window.first <= day <= window.last else Applied.OUTSIDE
    assert applied(f"{day:%d/%m/%Y}", window) is expected


@given(
    month=st.integers(1, 12),
    year=st.integers(2000, 2098),
    form=st.sampled_from(("tháng {m}/{y}", "{m:02}-{y}", "T{m}/{y}")),
)
def test_a_month_begins_on_any_of_its_days(month: int, year: int, form: str) -> None:
    period = parse(form.format(m=month, y=year))
    assert period is not None
    assert period.first == date(year, month, 1)
    assert period.last is not None
    assert (period.last + timedelta(days=1)).day == 1


@given(st.text(max_size=600))
def test_no_text_is_too_strange_to_be_judged(text: str) -> None:
    assert applied(text, WINDOW) in Applied


@given(st.text(alphabet="0123456789/.- thangnqui,đến", max_size=80))
def test_no_string_of_digits_and_words_is_too_strange_to_be_judged(text: str) -> None:
    assert applied(text, WINDOW) in Applied


def test_nothing_is_eligible_only_where_every_initiative_is_outside() -> None:
    assert none_inside([Applied.OUTSIDE, Applied.OUTSIDE])
    assert not none_inside([Applied.OUTSIDE, Applied.UNCLEAR])
    assert not none_inside([])


@pytest.mark.parametrize("dash", "–—‒‑−-")
@pytest.mark.parametrize(
    "text",
    [
        "Tháng 2 {} 2021",
        "Tháng 2{}2021",
        "02 {} 2021",
        "T3{}2021",
        "15{}02{}2021",
        "2021{}02{}15",
        "15 tháng 2 {} 2021",
    ],
)
def test_a_dash_of_a_word_processor_is_a_hyphen_within_a_date(text: str, dash: str) -> None:
    assert applied(text.replace("{}", dash), WINDOW) is Applied.INSIDE


@pytest.mark.parametrize(
    "text", ["Tháng 2 – 4/2021", "Tháng 2 – tháng 4/2021", "15/02 – 20/03/2021", "02/2021 — 05/2021"]
)
def test_a_dash_between_two_dates_is_still_a_range(text: str) -> None:
    period = parse(text)
    assert period is not None
    assert (period.first, period.until is not None) != (None, False)
    assert applied(text, WINDOW) is Applied.INSIDE


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_a_text_without_months_of_other_languages_stays_as_it_is(text: str) -> None:
    plain = "".join(char for char in text if not char.isascii() or not char.isalpha()).translate(
        {0x5E74: "", 0xB144: ""}
    )
    assert in_numbers(plain) == plain
    assert isinstance(in_numbers(text), str)


def test_a_week_is_no_day() -> None:
    period = parse("Tuần 2 tháng 3/2021")
    assert period is not None
    assert (period.first, period.last) == (date(2021, 3, 1), date(2021, 3, 31))
