"""Copies and corrected tables are told from other tables, and hostile ones cost little."""

import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.dossiers import WINDOW, row, table

from dossier.likeness import alike, bare, same_initiatives, same_rows, shared
from dossier.periods import applied

_TITLES = st.lists(st.text("abcd ", min_size=1, max_size=8).map(bare).filter(bool), max_size=6)


@given(_TITLES, st.data())
def test_a_table_shares_all_its_titles_with_itself_in_any_order(titles: list[str], data: st.DataObject) -> None:
    assert shared(titles, data.draw(st.permutations(titles))) == len(titles)


@given(_TITLES, _TITLES)
def test_no_title_finds_two_partners(one: Sequence[str], other: Sequence[str]) -> None:
    assert 0 <= shared(one, other) <= min(len(one), len(other))


def test_a_corrected_title_is_the_same_initiative_and_another_is_not() -> None:
    old, corrected = bare("Cải tiến quy trình rửa tay ngoại khoa"), bare("Cải tiến qui trình rửa tay ngoại khoa.")
    assert shared([old], [corrected]) == 1
    assert shared([old], [bare("Phân loại rác thải y tế tại nguồn")]) == 0


@pytest.mark.parametrize(("kept", "like"), [(4, True), (2, True), (1, False), (0, False)])
def test_half_of_the_shorter_table_makes_it_like(kept: int, like: bool) -> None:
    names = ("rửa tay ngoại khoa", "phân loại rác", "xếp lịch trực đêm", "hẹn khám qua điện thoại")
    others = ("kho thuốc chẵn", "máy thở oxy", "bếp ăn từ thiện", "vườn thuốc nam")
    newer = [row(name) for name in (*names[:kept], *others[kept:])]
    assert same_initiatives(table(*map(row, names)), table(*newer)) is like


def test_texts_are_like_themselves_and_thresholds_are_inclusive() -> None:
    assert alike("", "", 1.0)
    assert alike("abcd", "abce", 0.75)
    assert not alike("abcd", "abce", 0.76)


def test_hostile_tables_are_compared_in_a_moment() -> None:
    anagrams = ["".join(chr(97 + (number * step) % 26) for number in range(3000)) for step in range(1, 400)]
    one = [row(text, author="x") for text in anagrams]
    other = [row(text[::-1], author="x") for text in anagrams]
    begun = time.process_time()
    assert not same_rows(one, other, by_ocr=True)
    assert not same_rows(one[:90], other[:90], by_ocr=True)
    assert time.process_time() - begun < 20


@pytest.mark.parametrize("unit", ["1-", "1/", "thang ", "2021-", "1 den ", "quy i ", "15/2-", "1,", "nam 2021 ", "12 "])
def test_hostile_dates_are_judged_in_a_moment(unit: str) -> None:
    begun = time.process_time()
    for length in (100, 250, 5000):
        applied(unit * length, WINDOW)
    assert time.process_time() - begun < 20
