"""The server's time decides, to the second, in every zone (promise P3)."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.dossiers import DEADLINE, VIETNAM, campaign

from dossier.deadline import Extension, deadline_in_force, in_time, margin, receipt, whole_second
from dossier.mail import Hop

ZONES = ("Asia/Ho_Chi_Minh", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/St_Johns", "UTC")
SECOND = timedelta(seconds=1)
TEN = timedelta(minutes=10)
MX = "mail.cdyte-dongnai.example"


@given(
    local=st.datetimes(datetime(2019, 1, 1), datetime(2023, 1, 1)),  # noqa: DTZ001 - the zone is drawn beside it
    zone=st.sampled_from(ZONES),
    fold=st.integers(0, 1),
    server=st.sampled_from(ZONES),
)
def test_the_second_of_the_deadline_is_in_time_in_any_pair_of_zones(
    local: datetime, zone: str, fold: int, server: str
) -> None:
    deadline = local.replace(tzinfo=ZoneInfo(zone), fold=fold, microsecond=0)
    instant = deadline.astimezone(UTC)
    for offset, timely in ((-SECOND, True), (timedelta(0), True), (SECOND, False)):
        at = (instant + offset).astimezone(ZoneInfo(server))
        assert in_time(at, deadline) is timely
        assert margin(at, deadline) == -offset


def test_an_ambiguous_hour_counts_as_the_one_that_is_meant() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    first = datetime(2021, 10, 31, 2, 30, tzinfo=berlin, fold=0)
    second = datetime(2021, 10, 31, 2, 30, tzinfo=berlin, fold=1)
    assert in_time(first, second)
    assert not in_time(second, first)
    assert margin(first, second) == timedelta(hours=1)


def test_a_missing_hour_is_read_as_if_the_clock_had_not_been_moved() -> None:
    missing = datetime(2021, 3, 28, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    assert whole_second(missing) == datetime(2021, 3, 28, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("micros", [0, 1, 999_999])
def test_a_fraction_of_the_last_second_is_in_time(micros: int) -> None:
    assert in_time(DEADLINE.replace(microsecond=micros), DEADLINE)


def test_a_naive_time_decides_nothing() -> None:
    with pytest.raises(ValueError, match="time zone"):
        receipt(datetime(2021, 4, 20, 12, 0), ())  # noqa: DTZ001 - that is what is refused


def test_internal_date_decides_and_the_header_is_kept_beside_it() -> None:
    got = receipt(DEADLINE, (Hop(MX.upper(), DEADLINE - SECOND),), (MX,))
    assert (got.at, got.header_time, got.apart) == (DEADLINE, DEADLINE - SECOND, False)
    assert got.at is not None
    assert got.at.utcoffset() == timedelta(0)
    assert not got.disputed(DEADLINE)


@pytest.mark.parametrize(
    ("apart", "disputed"), [(TEN, False), (TEN + SECOND, True), (-TEN, False), (-TEN - SECOND, True)]
)
def test_more_than_ten_minutes_between_the_two_times_is_disputed(apart: timedelta, disputed: bool) -> None:
    server = DEADLINE - timedelta(days=2)
    got = receipt(server, (Hop(MX, server + apart),), (MX,))
    assert got.disputed(DEADLINE) is disputed


def test_two_times_on_both_sides_of_the_deadline_are_disputed_however_close() -> None:
    got = receipt(DEADLINE, (Hop(MX, DEADLINE + SECOND),), (MX,))
    assert not got.apart
    assert got.disputed(DEADLINE)
    assert not got.disputed(DEADLINE + timedelta(hours=1))


def test_only_our_own_hosts_are_believed() -> None:
    forged = (Hop("relay.evil.test", DEADLINE - timedelta(days=9)), Hop(MX, DEADLINE))
    assert receipt(DEADLINE, forged, (MX,)).header_time == DEADLINE
    assert receipt(DEADLINE, forged, ()).header_time is None
    assert not receipt(DEADLINE, forged, ()).disputed(DEADLINE)


def test_a_message_from_a_file_counts_by_its_topmost_received_alone() -> None:
    hops = (Hop(MX, None), Hop("relay.example", DEADLINE))
    assert receipt(None, hops).unknown
    assert receipt(None, hops[1:]).at == DEADLINE
    assert receipt(None, ()).unknown


def test_an_extension_counts_for_its_union_alone_and_never_shortens() -> None:
    ours = campaign()
    later, earlier = DEADLINE + timedelta(days=2), DEADLINE - timedelta(days=2)
    for_all = Extension(DEADLINE + timedelta(days=1), "cho tất cả")
    for_one = Extension(later, "bão lụt", "BVP")
    assert deadline_in_force(ours).at == DEADLINE
    assert deadline_in_force(ours, (for_all, for_one), "BVP").at == later
    assert deadline_in_force(ours, (for_all, for_one), "BVDL").at == for_all.until
    assert deadline_in_force(ours, (for_all, for_one)).reason == "cho tất cả"
    assert deadline_in_force(ours, (for_one,), "BVP").extended_from == DEADLINE
    assert deadline_in_force(ours, (Extension(earlier, "nhầm"),)).at == DEADLINE


def test_an_extension_by_an_hour_within_the_doubled_hour_counts() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    deadline = datetime(2021, 10, 31, 2, 59, 59, tzinfo=berlin, fold=0)
    until = datetime(2021, 10, 31, 2, 30, tzinfo=berlin, fold=1)
    assert deadline_in_force(campaign(deadline=deadline), (Extension(until, "x"),)).at == until


def test_the_margin_is_negative_after_the_deadline() -> None:
    at = datetime(2021, 4, 21, 0, 0, 0, tzinfo=VIETNAM).astimezone(timezone(timedelta(hours=-4)))
    assert margin(at, DEADLINE) == -SECOND
