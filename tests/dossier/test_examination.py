"""Points, totals, averages and spread: exact, rounded as people round."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.examination import (
    Criterion,
    Examination,
    bears_name,
    missing,
    plain,
    points_of,
    result,
    total,
    wrong_points,
)

NEW, USE = Criterion("new", "Tính mới", Decimal(30)), Criterion("use", "Hiệu quả", Decimal(10), Decimal(2))
RULES = Examination((NEW, USE))


def points(new: str, use: str) -> dict[str, Decimal]:
    return {"new": Decimal(new), "use": Decimal(use)}


def test_a_total_is_points_times_weight() -> None:
    assert RULES.maximum == 50
    assert total(RULES, points("25.5", "7")) == Decimal("39.5")


@pytest.mark.parametrize("given_points", [{"new": Decimal(1)}, points("30.5", "1"), points("1.25", "1")])
def test_points_that_do_not_fit_the_criteria_have_no_total(given_points: dict[str, Decimal]) -> None:
    assert total(RULES, given_points) is None
    assert result(RULES, [given_points]).average is None


def test_average_and_spread_are_over_the_examiners_whose_points_fit() -> None:
    found = result(RULES, [points("20", "5"), points("25", "10"), {"new": Decimal(1)}])
    assert (found.average, found.deviation, found.lowest, found.highest) == (
        Decimal("37.50"),
        Decimal("7.50"),
        Decimal("30.00"),
        Decimal("45.00"),
    )
    assert found.by_criterion == {"new": Decimal("22.50"), "use": Decimal("7.50")}


def test_an_average_is_rounded_half_up() -> None:
    step = Examination((Criterion("new", "Tính mới", Decimal(30)),), step=Decimal("0.01"))
    three = [{"new": Decimal(one)} for one in ("10", "10", "10.01", "10.01", "10.01", "10", "10.01", "10")]
    assert result(step, three).average == Decimal("10.01")


@pytest.mark.parametrize(
    ("text", "value"),
    [("25,5", "25.5"), (" 7 ", "7"), ("0.25", "0.25"), ("-1", None), ("", None), ("1e3", None), ("NaN", None)],
)
def test_points_are_read_with_a_comma_or_a_dot(text: str, value: str | None) -> None:
    assert points_of(text) == (None if value is None else Decimal(value))


def test_what_is_wrong_with_points_is_said() -> None:
    assert wrong_points(NEW, Decimal(30), RULES.step) is None
    assert wrong_points(NEW, Decimal("30.5"), RULES.step) == "30.5 is not between 0 and 30, the most for “Tính mới”"
    assert wrong_points(NEW, Decimal("1.2"), RULES.step) == "1.2 is no multiple of 0.5"


def test_examiners_are_told_apart_by_their_folded_names() -> None:
    assert missing(("Trần Thị Bình", "Lê Văn Cường"), ["tran thi  binh"]) == ("Lê Văn Cường",)


def test_a_union_may_have_a_quota_of_its_own() -> None:
    rules = Examination((NEW,), quota=1, quotas={"BVDN": 3})
    assert (rules.quota_of("BVDN"), rules.quota_of("BVTN"), RULES.quota_of("BVTN")) == (3, 1, None)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), min_size=1, max_size=6))
def test_an_average_lies_between_the_lowest_and_the_highest(halves: list[tuple[int, int]]) -> None:
    found = result(RULES, [points(str(Decimal(new) / 2), str(Decimal(use) / 2)) for new, use in halves])
    assert found.average is not None
    assert found.lowest is not None
    assert found.highest is not None
    assert found.deviation is not None
    assert found.lowest <= found.average <= found.highest
    assert (found.deviation == 0) == (found.lowest == found.highest)


def test_numbers_are_written_without_an_exponent() -> None:
    assert [plain(Decimal(text)) for text in ("30", "25.50", "1E+2", "0.00")] == ["30", "25.5", "100", "0"]


@pytest.mark.parametrize(
    ("examiner", "authors", "told"),
    [
        ("Phan Minh Họa", "Phan Minh Họa; Tạ Thị Thí Điểm", True),
        ("phan minh hoạ", "PHAN MINH HOA\nTạ Thị Thí Điểm", True),
        ("BS.CKII Phan Minh Họa", "Phan Minh Họa, Tạ Thị Thí Điểm", True),
        ("Tạ Thị Thí Điểm", "Nhóm: ThS. Phan Minh Họa và CN. Tạ Thị Thí Điểm", True),
        ("Minh Họa Phan", "Phan Minh Họa", False),
        ("An", "Nguyễn Văn An", False),  # a given name alone
        ("Phan Minh Họa", "Hoa", False),
        ("Phan Minh Họa", "", False),
        ("", "Phan Minh Họa", False),
    ],
)
def test_an_examiner_with_the_name_of_an_author_is_told(examiner: str, authors: str, told: bool) -> None:
    assert bears_name(examiner, authors) is told
