"""What the chart of the digest shows: day by day, without gaps, in the campaign's zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.arrivals import Arrivals, Day, arrivals

_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_OPENS = datetime(2021, 3, 16, tzinfo=_ZONE)
_DEADLINE = datetime(2021, 4, 20, 23, 59, 59, tzinfo=_ZONE)


def _made(begun: list[datetime], complete: list[datetime], now: datetime) -> Arrivals:
    return arrivals(begun, complete, asked=34, opens_at=_OPENS, deadline=_DEADLINE, zone=_ZONE, now=now)


def test_days_are_those_of_the_campaigns_zone() -> None:
    late_in_the_evening = datetime(2021, 3, 16, 17, 30, tzinfo=UTC)  # half past midnight of the 17th there
    found = _made([_OPENS, late_in_the_evening], [late_in_the_evening], _OPENS + timedelta(days=2))
    assert found.days == (
        Day(date(2021, 3, 16), 1, 0),
        Day(date(2021, 3, 17), 2, 1),
        Day(date(2021, 3, 18), 2, 1),
    )
    assert (found.asked, found.deadline) == (34, date(2021, 4, 20))


def test_it_begins_with_what_came_too_early_and_ends_when_nothing_happens_any_more() -> None:
    found = _made([_OPENS - timedelta(days=2)], [], _DEADLINE + timedelta(days=900))
    assert found.days[0] == Day(date(2021, 3, 14), 1, 0)
    assert found.days[-1] == Day(date(2021, 5, 4), 1, 0)
    assert _made([], [], _OPENS - timedelta(days=1)).days == ()


@given(st.lists(st.integers(-800, 40), max_size=20), st.integers(0, 800))
@settings(max_examples=60, deadline=None)
def test_no_union_is_lost_and_no_line_falls(moments: list[int], days: int) -> None:
    sent = [_DEADLINE + timedelta(days=one) for one in moments]
    found = _made(sent, sent[::2], _DEADLINE + timedelta(days=days))
    lines = ([one.begun for one in found.days], [one.complete for one in found.days])
    assert all(line == sorted(line) for line in lines)
    in_sight = {one.day for one in found.days}
    later = [one for one in sent if one.astimezone(_ZONE).date() > max(in_sight)]
    assert found.days[-1].begun == len(sent) - len(later)
    assert len(found.days) <= 400
