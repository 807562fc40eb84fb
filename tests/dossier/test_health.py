"""What is wrong is told, once for each cause, with what to do; what is in order is not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.health import (
    Cause,
    ClockWindow,
    Disk,
    Facts,
    FolderFacts,
    Thresholds,
    clock_difference,
    judge,
)

NOW = datetime(2021, 4, 19, 8, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LIMITS = Thresholds(
    poll=15 * MINUTE,
    queue_messages=500,
    queue_age=30 * MINUTE,
    letters_age=HOUR,
    disk_free=1 << 30,
    clock=5 * MINUTE,
    backup_age=36 * HOUR,
    reconciliation_age=36 * HOUR,
)
FOLDER = FolderFacts("office/INBOX", NOW - MINUTE, reconciled_at=NOW - 20 * HOUR)
WELL = Facts(NOW, (FOLDER,), (Disk("blobs", 5 << 30),), backup_at=NOW - 20 * HOUR)


def folder(**changes: object) -> Facts:
    return replace(WELL, folders=(replace(FOLDER, **changes),))


def test_a_service_in_order_has_no_complaint() -> None:
    assert judge(WELL, LIMITS) == ()


@pytest.mark.parametrize(
    ("facts", "cause"),
    [
        (folder(polled_at=NOW - 16 * MINUTE), Cause.NO_POLL),
        (folder(polled_at=None), Cause.NO_POLL),
        (replace(WELL, pending=501, pending_since=NOW), Cause.QUEUE),
        (replace(WELL, pending=1, pending_since=NOW - 31 * MINUTE), Cause.QUEUE),
        (replace(WELL, waiting=2, overdue_since=NOW - 2 * HOUR), Cause.LETTERS_WAIT),
        (replace(WELL, waiting=2, put_off_since=NOW - 2 * HOUR), Cause.LETTERS_WAIT),
        (replace(WELL, unknown=1), Cause.LETTERS_LOST),
        (replace(WELL, undelivered=1), Cause.LETTERS_LOST),
        (replace(WELL, disks=(Disk("blobs", (1 << 30) - 1),)), Cause.DISK),
        (folder(clocks=(ClockWindow(1, 3600, 3700),)), Cause.CLOCK),
        (folder(polled_at=NOW + HOUR), Cause.CLOCK),
        (replace(WELL, backup_at=None), Cause.BACKUP),
        (replace(WELL, backup_at=NOW - 37 * HOUR, backup_problem="no room"), Cause.BACKUP),
        (folder(reconciled_at=NOW - 37 * HOUR), Cause.RECONCILIATION),
        (folder(missing=2), Cause.RECONCILIATION),
        (replace(WELL, store_problem="the disk is full"), Cause.STORE),
    ],
)
def test_what_is_wrong_is_told_in_both_languages_with_what_to_do(facts: Facts, cause: Cause) -> None:
    (found,) = judge(facts, LIMITS)
    assert found.cause is cause
    assert found.vi != found.en
    for said in (found.vi, found.en):
        assert said.endswith(".")
        assert "{" not in said
        assert "  " not in said
    assert found.said("vi") == found.vi
    assert found.said("en") == found.en


def test_what_is_within_its_threshold_is_no_complaint() -> None:
    facts = replace(
        folder(polled_at=NOW - 15 * MINUTE, clocks=(ClockWindow(1, 300, 360),)),
        pending=500,
        pending_since=NOW - 30 * MINUTE,
        waiting=9,
        overdue_since=NOW - HOUR,
        put_off_since=NOW - HOUR,
        backup_at=NOW - 36 * HOUR,
    )
    assert judge(facts, LIMITS) == ()


def test_a_service_that_has_just_started_is_given_its_time() -> None:
    old = NOW - 100 * HOUR
    facts = replace(
        folder(polled_at=old, reconciled_at=None),
        running_since=NOW - 10 * MINUTE,
        pending=1,
        pending_since=old,
        waiting=1,
        overdue_since=old,
        backup_at=None,
    )
    assert judge(facts, LIMITS) == ()
    told = {one.cause for one in judge(replace(facts, running_since=NOW - 40 * HOUR), LIMITS)}
    assert told == {Cause.NO_POLL, Cause.QUEUE, Cause.LETTERS_WAIT, Cause.BACKUP, Cause.RECONCILIATION}


def test_backups_and_comparisons_are_missed_only_where_there_are_to_be_any() -> None:
    facts = replace(folder(reconciled_at=None), backup_at=None)
    assert judge(facts, replace(LIMITS, backup_age=None, reconciliation_age=None)) == ()


def test_two_folders_make_two_complaints_with_keys_of_their_own() -> None:
    silent = FolderFacts("b/INBOX", None, reconciled_at=NOW)
    found = judge(replace(WELL, folders=(replace(silent, name="a/INBOX"), silent)), LIMITS)
    assert [one.key for one in found] == ["no-poll a/INBOX", "no-poll b/INBOX"]


def test_one_old_message_may_have_been_moved_in_and_two_that_agree_show_a_clock_ahead() -> None:
    old, same = ClockWindow(7, -3601, -3541), ClockWindow(8, -3605, -3545)
    other = ClockWindow(8, -90_000, -89_940)
    assert clock_difference([old]) == timedelta()
    assert clock_difference([old, other]) == timedelta()
    assert clock_difference([old, same]) == timedelta(seconds=-3545)
    assert clock_difference([old, same, ClockWindow(9, -1, 59)]) == timedelta()
    assert clock_difference([ClockWindow(7, -3601, None), same]) == timedelta()


@settings(max_examples=60)
@given(
    st.floats(-7200, 7200),
    st.lists(st.tuples(st.floats(0, 900), st.floats(0, 900)), min_size=2, max_size=4),
)
def test_what_is_said_of_the_clock_is_never_more_than_it_is_off(
    off: float, messages: list[tuple[float, float]]
) -> None:
    """Messages that really came between two looks: `since` seconds after the one, `until` before the other."""
    windows = [ClockWindow(uid, off - until, off + since) for uid, (since, until) in enumerate(messages)]
    told = clock_difference(windows).total_seconds()
    assert abs(told) <= abs(off) + 1e-6
    assert told * off >= 0
