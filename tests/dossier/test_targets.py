"""Each target of the plan, counted from the register in whole numbers."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.targets import Held, Mark, Measure, Register, Row, Standing, State, Target, standings

NOW = datetime(2021, 4, 21, tzinfo=UTC)
UNIONS = tuple(f"U{n}" for n in range(1, 35))
EVERY = Target("taking-part", "Hưởng ứng", Measure.TAKING_PART, "100% tổ chức CĐCS", 100)
AVERAGE = Target("per-union", "Bình quân", Measure.INITIATIVES_PER_UNION, "ít nhất 01 sáng kiến", 1)
HUNDRED = Target("all", "Cả ngành", Measure.INITIATIVES, "trên 100", 100, exceed=True, by=date(2021, 12, 31))
PROPOSED = Target("proposals", "Đề nghị", Measure.PROPOSALS, "01-02 đề tài", 1, most=2)
SIGNED = Target("signed-plan", "Ký kết", Measure.RECORDED, "ký kết Kế hoạch", 100)
GOALS = Target("plan-goals", "Mục tiêu", Measure.RECORDED, "100% kế hoạch", 100, of="signed-plan")


def held(*counts: int, accepted: int = 0) -> tuple[Held, ...]:
    return tuple(Held(f"SK39-{n:03d}", f"U{n}", count, n <= accepted) for n, count in enumerate(counts, 1))


def marks(**said: bool | None) -> dict[str, Mark]:
    return {union: Mark(union, met, event, NOW) for event, (union, met) in enumerate(said.items(), 7)}


def one(target: Target, register: Register, today: date = date(2021, 4, 21)) -> Standing:
    (standing,) = standings((target,), register, today)
    return standing


def test_every_union_is_asked_and_33_of_34_are_not_all() -> None:
    told = one(EVERY, Register(UNIONS, held(*[1] * 33)))
    assert (told.value, told.base, told.per_cent, told.state) == (33, 34, 97, State.OPEN)
    assert (told.lacking, told.rows[0]) == (("U34",), Row("SK39-001", "U1"))
    assert one(EVERY, Register(UNIONS, held(*[0] * 34))).state is State.REACHED, "a dossier without a table is one"


def test_a_dossier_of_a_union_that_left_the_roster_is_no_union_that_takes_part() -> None:
    told = one(EVERY, Register(("U2",), held(3, 1)))
    assert (told.value, told.base, told.state) == (1, 1, State.REACHED)


def test_the_average_is_over_all_unions_of_the_roster() -> None:
    told = one(AVERAGE, Register(UNIONS, held(30, 0, 3)))
    assert (told.value, told.base, told.hundredths, told.state) == (33, 34, 97, State.OPEN)
    assert [row.count for row in told.rows] == [30, 3]
    assert len(told.lacking) == 32
    assert one(AVERAGE, Register(UNIONS, held(34))).state is State.REACHED


def test_over_a_hundred_means_more_than_a_hundred_and_misses_only_after_its_last_day() -> None:
    hundred = Register(UNIONS, held(60, 40, accepted=1))
    last_day = one(HUNDRED, hundred, date(2021, 12, 31))
    assert (last_day.state, last_day.accepted, last_day.base) == (State.OPEN, 60, None)
    assert one(HUNDRED, hundred, date(2022, 1, 1)).state is State.MISSED
    assert one(HUNDRED, Register(UNIONS, held(60, 41)), date(2022, 1, 1)).state is State.REACHED


@pytest.mark.parametrize(("count", "state"), [(0, State.OPEN), (1, "reached"), (2, "reached"), (3, State.BEYOND)])
def test_one_or_two_proposals_are_a_range(count: int, state: State) -> None:
    told = one(PROPOSED, Register(UNIONS, proposals=tuple(Row(f"3/{n}", "U1") for n in range(count))))
    assert (told.value, told.state) == (count, state)


def test_what_staff_recorded_names_its_decision_and_what_nobody_said_stays_open() -> None:
    register = Register(("U1", "U2", "U3", "U4"), marks={"signed-plan": marks(U1=True, U2=False, U3=None, U9=True)})
    told = one(SIGNED, register)
    assert (told.value, told.base, told.per_cent, told.state) == (1, 4, 25, State.OPEN)
    assert (told.rows, told.lacking, told.unrecorded) == ((Row("7", "U1"),), ("U2",), ("U3", "U4"))


def test_of_the_plans_only_those_that_were_signed_are_the_whole() -> None:
    register = Register(
        UNIONS[:3], marks={"signed-plan": marks(U1=True, U2=False), "plan-goals": marks(U1=True, U2=True)}
    )
    told = one(GOALS, register)
    assert (told.value, told.base, told.state) == (1, 1, State.REACHED)
    none = one(GOALS, replace(register, marks={}))
    assert (none.value, none.base, none.per_cent, none.state) == (0, 0, 0, State.OPEN), "none of none is not all"


@settings(max_examples=50)
@given(st.lists(st.integers(0, 9), max_size=40), st.integers(1, 100), st.integers(1, 5))
def test_a_target_is_reached_exactly_where_the_plain_sum_says_so(counts: list[int], least: int, average: int) -> None:
    register = Register(UNIONS, held(*counts[:34]))
    share = one(replace(EVERY, least=least), register)
    assert (share.state is State.REACHED) == (len(counts[:34]) / 34 >= least / 100)
    mean = one(replace(AVERAGE, least=average), register)
    assert (mean.state is State.REACHED) == (sum(counts[:34]) >= average * 34)
    assert mean.value == sum(row.count for row in mean.rows)
