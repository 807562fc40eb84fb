from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.outcomes import Cause
from notifier.retry import GIVE_UP_AFTER, PAUSES, next_try

NOW = datetime(2021, 4, 20, 22, 0, tzinfo=UTC)
CAUSES = st.sampled_from(list(Cause))


@pytest.mark.parametrize("cause", list(Cause))
def test_every_cause_has_pauses_that_grow(cause):
    pauses = PAUSES[cause]
    assert list(pauses) == sorted(set(pauses))
    assert pauses[0] >= timedelta(minutes=1)
    assert pauses[-1] <= timedelta(hours=6)


def test_a_busy_relay_is_asked_again_after_a_minute_and_in_the_end_every_six_hours():
    assert next_try(1, Cause.BUSY, NOW, NOW, 0) == NOW + timedelta(minutes=1)
    assert next_try(2, Cause.BUSY, NOW, NOW, 0) == NOW + timedelta(minutes=5)
    assert next_try(50, Cause.BUSY, NOW, NOW, 0) == NOW + timedelta(hours=6)


@given(CAUSES, st.integers(1, 200), st.floats(0, 1))
def test_chance_lengthens_a_pause_by_at_most_a_fifth_and_never_shortens_it(cause, failed, jitter):
    plain = next_try(failed, cause, NOW, NOW, 0)
    spread = next_try(failed, cause, NOW, NOW, jitter)
    assert plain <= spread <= plain + (plain - NOW) * 0.2 + timedelta(microseconds=1)


@given(st.integers(1, 200), st.floats(0, 1))
def test_a_used_up_quota_waits_an_hour_at_least(failed, jitter):
    assert next_try(failed, Cause.QUOTA, NOW, NOW, jitter) >= NOW + timedelta(hours=1)


@given(CAUSES, st.integers(1, 200), st.floats(0, 1))
def test_no_letter_is_given_up_within_four_days(cause, failed, jitter):
    assert next_try(failed, cause, NOW - timedelta(days=4), NOW, jitter) is not None


def test_a_letter_is_given_up_after_five_days_but_not_for_what_the_administrator_must_mend():
    long_ago = NOW - GIVE_UP_AFTER
    assert next_try(30, Cause.BUSY, long_ago, NOW, 0) is None
    assert next_try(30, Cause.QUOTA, long_ago, NOW, 0) is None
    assert next_try(30, Cause.SETTINGS, long_ago, NOW, 0) is not None


@pytest.mark.parametrize(("failed", "jitter"), [(0, 0.5), (-1, 0.5), (1, 1.1), (1, -0.1)])
def test_a_try_that_was_none_or_a_chance_out_of_range_is_refused(failed, jitter):
    with pytest.raises(ValueError, match="are meant"):
        next_try(failed, Cause.BUSY, NOW, NOW, jitter)
