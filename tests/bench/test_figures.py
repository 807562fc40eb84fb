"""The arithmetic behind the tables of the bench."""

import pytest
from bench.figures import Spread, percentile, ratio


def test_a_percentile_is_always_a_measurement_that_was_made() -> None:
    seconds = [0.1 * number for number in range(30, 0, -1)]

    assert percentile(seconds, 0.5) == pytest.approx(1.5)
    assert percentile(seconds, 0.99) == pytest.approx(3.0)
    assert percentile([7.0], 0.99) == percentile([7.0], 0.5) == 7.0


def test_the_99th_percentile_of_two_hundred_leaves_the_two_slowest_out() -> None:
    assert percentile(range(1, 201), 0.99) == 198


def test_no_measurement_has_no_percentile() -> None:
    with pytest.raises(ValueError, match="no measurement"):
        percentile([], 0.5)


def test_ratios_are_taken_round_by_round() -> None:
    # the machine became half as fast in the second round: the ratio must not show it
    assert ratio([50, 25, 60], [100, 50, 100]) == Spread(0.5, 0.5, 0.6)


def test_rounds_that_were_not_measured_on_both_sides_give_no_ratio() -> None:
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        ratio([1, 2], [1])
