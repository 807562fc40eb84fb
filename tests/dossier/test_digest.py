"""When the digest is due, and what its figures say."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.digest import Digest, Entry, Group, Section, Silent, last_slot

_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_DEADLINE = datetime(2021, 4, 20, 23, 59, 59, tzinfo=_ZONE)
_HOUR = time(7, 30)


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2021, 4, day, hour, minute, tzinfo=_ZONE)


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        (_at(12, 7, 29), _at(11, 7, 30)),
        (_at(12, 7, 30), _at(12, 7, 30)),
        (_at(12, 23, 59), _at(12, 7, 30)),
        (_at(20, 1, 29), _at(19, 7, 30)),
        (_at(20, 7, 30), _at(20, 7, 30)),
        (_at(20, 9, 29), _at(20, 7, 30)),
        (_at(20, 23, 30), _at(20, 23, 30)),
        (_at(21, 7, 29), _at(20, 23, 30)),
    ],
)
def test_it_is_due_each_morning_and_every_two_hours_on_the_last_day(now: datetime, slot: datetime) -> None:
    assert last_slot(now.astimezone(UTC), _DEADLINE, _ZONE, _HOUR) == slot


@given(
    st.integers(0, 270 * 24 * 60).map(lambda minutes: datetime(2021, 3, 1, tzinfo=UTC) + timedelta(minutes=minutes)),
    st.sampled_from(["Asia/Ho_Chi_Minh", "Europe/Berlin", "America/New_York"]),
    st.times().map(lambda one: one.replace(second=0, microsecond=0)),
)
@settings(max_examples=100)
def test_a_slot_is_never_to_come_and_at_most_a_day_past(now: datetime, zone: str, hour: time) -> None:
    slot = last_slot(now, _DEADLINE, ZoneInfo(zone), hour)
    assert slot.timestamp() <= now.timestamp()
    assert now - slot.astimezone(UTC) <= timedelta(hours=25), "a day on which clocks are put back has 25 hours"


def _digest(*sections: Section, asked: int = 34, silent: int = 1, messages: int = 0) -> Digest:
    return Digest(
        "Sáng kiến",
        "Công đoàn ngành",
        _ZONE.key,
        _at(12, 7, 30),
        _at(13, 7, 30),
        _DEADLINE,
        sections,
        messages,
        asked,
        tuple(Silent(f"U{n}", f"Đơn vị {n}", ()) for n in range(silent)),
    )


def test_the_share_is_all_only_when_all_have_sent() -> None:
    assert (_digest().sent, _digest().share) == (33, 97)
    assert _digest(asked=1000).share == 99
    assert _digest(silent=0).share == 100
    assert _digest(asked=0, silent=0).share == 0


def test_days_left_are_days_of_the_campaigns_calendar() -> None:
    assert _digest().days_left == 7
    assert _digest().until.astimezone(_ZONE).date() + timedelta(days=7) == date(2021, 4, 20)


def test_what_stands_since_earlier_days_needs_a_person_and_is_no_news() -> None:
    old = Entry("SK39-001", "Đơn vị", ("unclear-union",), _at(10, 8), fresh=False)
    standing = _digest(Section(Group.DOUBTFUL, (old,)))
    assert (standing.urgent, standing.is_quiet) == (1, True)
    assert not _digest(messages=1).is_quiet
