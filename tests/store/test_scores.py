"""Points and shortlists: nothing is overwritten, the history sees every edit, and what is personal can be erased."""

from datetime import datetime
from decimal import Decimal

import pytest
from sqlalchemy import text
from support.store_samples import judged

from dossier.same_initiative import Known
from store import erasing, events, scores, shortlists
from store.engine import Store
from store.record_check import Broken, Removed, check_records
from store.scores import NewScore
from store.shortlists import Choice, Entry

KNOWN = Known(1, "Cải tiến xe đẩy", "Nguyễn Văn 0", "ab")


@pytest.fixture
def dossier_id(store: Store, now: datetime) -> int:
    with store.writing() as tx:
        store.blobs.put(b"dossier")
        return judged(tx, b"dossier", now).dossier_id


def scored(store: Store, dossier_id: int, now: datetime, points: str, examiner: str = "Trần Thị Bình") -> int:
    new = NewScore("sk39", dossier_id, KNOWN, examiner, {"novelty": Decimal(points)} if points else {}, "khá")
    with store.writing() as tx:
        return scores.add(tx, new, now, by="thu.ky", reason="phiếu chấm")


def frozen(store: Store, dossier_id: int, now: datetime) -> int:
    entry = Entry(1, dossier_id, "SK39-001", "A", 1, "85.50", 2, "", {"title": "Cải tiến xe đẩy"}, (5, None))
    with store.writing() as tx:
        return shortlists.freeze(tx, "sk39", now, {"initiatives": 2}, [entry], now, by="ban", reason="họp ngày 3/5")


def broken(store: Store) -> list[Broken | Removed]:
    with store.reading() as conn:
        return list(check_records(conn))


def test_points_that_are_given_again_stand_beside_the_older_ones(store: Store, dossier_id: int, now: datetime) -> None:
    first, second, third = (scored(store, dossier_id, now, points) for points in ("25.5", "27", ""))
    with store.reading() as conn:
        kept = scores.of_dossier(conn, "sk39", dossier_id)
        told = [one.kind for one in events.history(conn, dossier_id=dossier_id)]
        assert list(scores.scored_dossiers(conn, "sk39")) == [dossier_id]
        assert scores.examiners(conn, "sk39") == ["Trần Thị Bình"]
        assert scores.of_dossier(conn, "sk40", dossier_id) == []
    assert [(one.seq, dict(one.points)) for one in kept] == [
        (first, {"novelty": Decimal("25.5")}),
        (second, {"novelty": Decimal(27)}),
        (third, {}),
    ]
    assert (kept[0].examiner, kept[0].note, kept[0].by, kept[0].reason, kept[0].at) == (
        "Trần Thị Bình",
        "khá",
        "thu.ky",
        "phiếu chấm",
        now,
    )
    assert kept[0].initiative == KNOWN
    assert told.count("score-recorded") == 3


def test_what_people_decide_on_the_shortlist_stays_in_order(store: Store, dossier_id: int, now: datetime) -> None:
    with store.writing() as tx:
        for choice in (Choice.IN, Choice.UNDONE):
            shortlists.decide(tx, "sk39", dossier_id, KNOWN, choice, now, by="ban", reason=f"vì {choice}")
    with store.reading() as conn:
        found = shortlists.decisions(conn, "sk39")
    assert [(one.choice, one.by, one.reason, one.initiative) for one in found] == [
        (Choice.IN, "ban", "vì in", KNOWN),
        (Choice.UNDONE, "ban", "vì undone", KNOWN),
    ]


def test_a_frozen_shortlist_holds_until_it_is_reopened_and_stays_on_record(
    store: Store, dossier_id: int, now: datetime
) -> None:
    seq = frozen(store, dossier_id, now)
    with store.reading() as conn:
        found = shortlists.in_force(conn, "sk39")
        assert shortlists.in_force(conn, "sk40") is None
    assert found is not None
    assert (found.seq, found.at, found.valid_at, found.by, found.figures) == (seq, now, now, "ban", {"initiatives": 2})
    assert [(one.dossier_code, one.cells["title"], one.benefit) for one in found.entries] == [
        ("SK39-001", "Cải tiến xe đẩy", (5, None))
    ]
    with store.writing() as tx:
        shortlists.reopen(tx, "sk39", now, by="ban", reason="có khiếu nại")
    with store.reading() as conn:
        assert shortlists.in_force(conn, "sk39") is None
    again = frozen(store, dossier_id, now)
    with store.reading() as conn:
        found = shortlists.in_force(conn, "sk39")
    assert found is not None
    assert found.seq == again
    assert broken(store) == []


@pytest.mark.parametrize(
    "edit",
    [
        'UPDATE scores SET points = \'{"novelty":"30"}\'',
        "UPDATE scores SET examiner = 'Lê Văn C'",
        "UPDATE shortlist_entries SET average = '99.00'",
        "UPDATE shortlist_entries SET initiative = '{}'",
        "UPDATE shortlists SET figures = '{}'",
        "UPDATE shortlist_decisions SET decision = 'out'",
        "DELETE FROM shortlist_entries",
        "DELETE FROM scores",
    ],
)
def test_an_edit_of_points_or_of_a_shortlist_is_found(store: Store, dossier_id: int, now: datetime, edit: str) -> None:
    scored(store, dossier_id, now, "25.5")
    with store.writing() as tx:
        shortlists.decide(tx, "sk39", dossier_id, KNOWN, Choice.IN, now, by="ban", reason="x")
    frozen(store, dossier_id, now)
    assert broken(store) == []
    with store.writing() as tx:
        tx.execute(text(edit))
    assert broken(store)


def test_an_erased_dossier_leaves_no_name_in_points_and_shortlists(
    store: Store, dossier_id: int, now: datetime
) -> None:
    scored(store, dossier_id, now, "25.5")
    with store.writing() as tx:
        shortlists.decide(tx, "sk39", dossier_id, KNOWN, Choice.IN, now, by="ban", reason="x")
    frozen(store, dossier_id, now)
    with store.writing() as tx:
        erasing.erase_dossier(tx, dossier_id, now, by="admin", reason="hết hạn lưu")
    with store.reading() as conn:
        [score] = scores.of_dossier(conn, "sk39", dossier_id)
        [decision] = shortlists.decisions(conn, "sk39")
        held = shortlists.in_force(conn, "sk39")
    assert (score.examiner, score.initiative.title, dict(score.points)) == ("", "", {})
    assert decision.initiative.author == ""
    assert held is not None
    assert held.entries[0].cells == {}
    assert [one for one in broken(store) if isinstance(one, Broken)] == []


def test_an_erased_decision_takes_the_examiners_name_along(store: Store, dossier_id: int, now: datetime) -> None:
    seq = scored(store, dossier_id, now, "25.5")
    with store.writing() as tx:
        erasing.erase_decision(tx, seq, now, by="admin", reason="hết hạn lưu")
    with store.reading() as conn:
        [score] = scores.of_dossier(conn, "sk39", dossier_id)
    assert (score.examiner, score.note, score.by, score.reason) == ("", "", "", "")
    assert [one for one in broken(store) if isinstance(one, Broken)] == []
