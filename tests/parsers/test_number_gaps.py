"""Numbers of rows that are not there put a table before a person: a row may have been lost in reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.campaign import NO, TITLE
from dossier.model import Row, SummaryTable
from parsers.number_gaps import numbers_missing


def table(*numbers: str) -> SummaryTable:
    rows = tuple(Row({NO: number, TITLE: f"Sáng kiến {place}"}) for place, number in enumerate(numbers))
    return SummaryTable({NO: "STT", TITLE: "Tên"}, rows)


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        (("2/", "3/", "4/"), "no row numbered 1 was read"),
        (("1", "2", "5"), "no row was read between 2 and 5"),
        (("1", "", "4"), "no row was read between 2 and 4"),
        (("I.1", "01", "02", "04."), "no row was read between 2 and 4"),
    ],
)
def test_a_number_that_is_missing_is_told(numbers: tuple[str, ...], told: str) -> None:
    [doubt] = numbers_missing(table(*numbers))
    assert told in doubt


@pytest.mark.parametrize(
    "numbers",
    [
        ("1", "2", "3"),
        ("1", "1", "2", "2"),
        ("1", "2", "1", "2", "3"),
        ("", "2", "3"),
        ("1", "", "3"),
        ("", "", ""),
        ("a)", "b)", "c)"),
        ("I", "1", "2", "II", "3"),
        ("2021", "2022"),
    ],
)
def test_what_counts_on_begins_again_or_is_no_number_is_not_told(numbers: tuple[str, ...]) -> None:
    assert numbers_missing(table(*numbers)) == ()


@given(st.integers(2, 30), st.data())
def test_whichever_row_but_the_last_is_lost_it_is_told(count: int, data: st.DataObject) -> None:
    numbers = [str(number) for number in range(1, count + 1)]
    assert numbers_missing(table(*numbers)) == ()
    del numbers[data.draw(st.integers(0, count - 2))]
    assert len(numbers_missing(table(*numbers))) == 1
