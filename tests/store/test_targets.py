"""What staff record of each union for the plan's targets: an event each, the last holds, none is overwritten."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text
from support.store_samples import judged

from dossier.breakdown import Worded
from dossier.model import Verdict
from dossier.targets import Held
from store import erasing, events, targets, verification
from store.engine import Store

BY = {"by": "Nguyễn Thị Bình", "reason": "Báo cáo số 5/BC-CĐCS"}


@pytest.fixture
def recorded(store: Store, now: datetime) -> Store:
    with store.writing() as tx:
        targets.record(tx, "sk39", "movement", "A", True, now, on=date(2021, 4, 1), **BY)
        targets.record(tx, "sk39", "movement", "B", False, now + timedelta(hours=1), **BY)
        targets.record(tx, "sk40", "movement", "A", False, now, **BY)
        targets.record(tx, "sk39", "movement", "A", None, now + timedelta(hours=2), by="An", reason="nhầm đơn vị")
        targets.record(tx, "sk39", "signed-plan", "A", True, now + timedelta(hours=3), **BY)
    return store


def test_the_last_word_on_a_union_holds_and_every_one_stays(recorded: Store) -> None:
    with recorded.reading() as conn:
        marks = targets.standing(conn, "sk39")
        told = targets.of_union(conn, "sk39", "movement", "A")
    assert {key: {union: mark.met for union, mark in of.items()} for key, of in marks.items()} == {
        "movement": {"A": None, "B": False},
        "signed-plan": {"A": True},
    }
    assert [(one.met, one.on, one.by, one.event) for one in told] == [
        (True, date(2021, 4, 1), "Nguyễn Thị Bình", 1),
        (None, None, "An", 4),
    ]


def test_each_is_an_event_and_the_record_is_held_to_it(recorded: Store) -> None:
    with recorded.reading() as conn:
        told = [one for one in events.history(conn) if one.kind == targets.RECORDED]
        assert [one.facts["met"] for one in told] == [True, False, False, None, True]
        assert (told[0].facts["on"], told[0].by, told[0].reason) == ("2021-04-01", BY["by"], BY["reason"])
        assert verification.verify(conn).broken is None
        assert list(verification.verify_records(conn)) == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE target_marks SET met = NOT met WHERE event = 2",
        "UPDATE target_marks SET on_day = '2021-04-02' WHERE event = 1",
        "UPDATE target_marks SET union_code = 'C' WHERE event = 2",
        "DELETE FROM target_marks WHERE event = 2",
        "INSERT INTO target_marks SELECT 3, 'sk39', 'm', 'C', met, on_day, recorded_at FROM target_marks LIMIT 1",
    ],
)
def test_a_change_behind_the_back_of_the_history_shows(recorded: Store, change: str) -> None:
    with recorded.writing() as tx:
        if change.startswith("INSERT"):
            tx.execute(text("DELETE FROM target_marks WHERE event = 3"))
        tx.execute(text(change))
    with recorded.reading() as conn:
        assert list(verification.verify_records(conn)) != []


def test_a_removed_decision_leaves_what_was_recorded_without_who_and_why(recorded: Store, now: datetime) -> None:
    with recorded.writing() as tx:
        erasing.erase_decision(tx, 5, now + timedelta(days=4000), by="An", reason="hết hạn lưu")
    with recorded.reading() as conn:
        mark = targets.standing(conn, "sk39")["signed-plan"]["A"]
        assert list(verification.verify_records(conn)) == []
    assert (mark.met, mark.by, mark.reason) == (True, "", "")


def test_the_figures_of_the_register_are_those_in_force(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        judged(tx, b"one", now, union="A", uid=1, verdict=Verdict.DEFICIENT)
        judged(tx, b"two", now, union="A", uid=2)
        judged(tx, b"three", now, union="B", uid=3, verdict=Verdict.REVIEW)
    with store.reading() as conn:
        assert targets.held(conn, "sk39") == (Held("SK39-001", "A", 2, True), Held("SK39-002", "B", 2))
        assert targets.held(conn, "other") == ()
        words = list(targets.worded(conn, "sk39"))
    assert [one.union for one in words] == ["A", "A", "B", "B"]
    assert isinstance(words[0], Worded)
