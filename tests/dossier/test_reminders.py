"""When a union may be reminded, and whether there is something to remind it of."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.store_samples import MISSING_MEMO, assessment

from dossier.findings import LATE, LOW_CONFIDENCE, finding
from dossier.model import Verdict
from dossier.reminders import Need, Plan, Slot, ahead, due, missing, need_of, slots

_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_DEADLINE = datetime(2021, 4, 20, 23, 59, 59, tzinfo=_ZONE)
_OPENS = datetime(2021, 3, 16, tzinfo=_ZONE)
_PLAN = Plan((7, 3, 1), time(8))
_HOUR = timedelta(hours=1)


def _slots(plan: Plan = _PLAN, deadline: datetime = _DEADLINE) -> tuple[Slot, ...]:
    return slots(plan, deadline, _OPENS, _ZONE)


def _at(day: int, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(2021, 4, day, hour, minute, tzinfo=_ZONE)


def test_the_days_are_counted_back_from_the_deadlines_day_in_the_campaigns_zone() -> None:
    assert [(one.day.day, one.days_before, one.at) for one in _slots()] == [
        (13, 7, _at(13)),
        (17, 3, _at(17)),
        (19, 1, _at(19)),
    ]


def test_none_lies_before_the_campaign_opens_or_after_the_deadline() -> None:
    assert [one.days_before for one in _slots(Plan((60, 35, 1), time(8)))] == [35, 1]
    at_noon = _DEADLINE.replace(hour=12)
    assert [one.days_before for one in _slots(Plan((1, 0), time(13)), at_noon)] == [1]
    assert _slots(Plan((), time(8))) == ()


@pytest.mark.parametrize(
    ("now", "days"),
    [
        (_at(13, 7, 59), None),
        (_at(13), 7),
        (_at(14, 7, 59), 7),
        (_at(14), None),
        (_at(17, 15), 3),
        (_at(19), 1),
        (_at(20, 7), 1),
        (_DEADLINE + timedelta(seconds=1), None),
    ],
)
def test_a_reminder_goes_out_at_its_hour_or_within_the_day_after_it(now: datetime, days: int | None) -> None:
    found = due(_slots(), now, _DEADLINE)
    assert (found.days_before if found else None) == days


def test_of_two_that_were_missed_the_later_alone_goes_out_and_none_after_the_deadline() -> None:
    found = _slots(Plan((1, 0), time(8)))
    assert due(found, _at(20), _DEADLINE) == found[-1]
    early = _at(20, 9)
    assert due(_slots(_PLAN, early), early + _HOUR, early) is None


def test_the_day_before_sees_it_coming() -> None:
    assert ahead(_slots(), _at(11, 7, 30), _ZONE) is None
    for now in (_at(12, 7, 30), _at(13, 7, 30)):
        found = ahead(_slots(), now, _ZONE)
        assert found is not None
        assert found.days_before == 7
    assert ahead(_slots(), _at(13), _ZONE) is None
    later = ahead(_slots(), _at(1), _ZONE, days=30)
    assert later is not None
    assert later.days_before == 7


@given(st.integers(-40 * 1440, 2 * 1440))
@settings(max_examples=80, deadline=None)
def test_looked_at_each_half_hour_every_slot_is_due_and_never_out_of_its_time(minutes: int) -> None:
    now = _DEADLINE + timedelta(minutes=minutes)
    found = due(_slots(), now, _DEADLINE)
    assert found is None or (found.at <= now < found.at + timedelta(days=1) and now <= _DEADLINE)
    assert all(due(_slots(), one.at + timedelta(minutes=30), _DEADLINE) == one for one in _slots())


def test_what_is_missing_decides_and_a_complete_dossier_is_never_reminded() -> None:
    deficient = assessment(Verdict.DEFICIENT, MISSING_MEMO)
    assert need_of(None) is Need.SILENT
    assert need_of(deficient) is Need.DEFICIENT
    assert missing(deficient) == (MISSING_MEMO,)
    assert need_of(assessment(Verdict.ACCEPTED)) is None
    assert need_of(replace(deficient, complete=True)) is None
    assert need_of(replace(deficient, verdict=Verdict.ACCEPTED)) is None, "a person ruled so"


def test_what_only_a_person_here_has_to_look_at_is_no_matter_of_the_unions() -> None:
    doubtful = assessment(Verdict.REVIEW, finding(LOW_CONFIDENCE), finding(LATE))
    assert need_of(replace(doubtful, complete=None)) is None
    both = replace(doubtful, complete=False, findings=(*doubtful.findings, MISSING_MEMO))
    assert missing(both) == (MISSING_MEMO,)
