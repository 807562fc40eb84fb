"""Examine and select: points of several examiners, ties and quotas, valid dossiers alone, a list that is frozen."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from support.examined import BINH, BY, CUONG, cells, examining, filled, points, score, sent, sent_incomplete

from dossier.campaign import Campaign
from dossier.shortlist import State
from intake.examine import Examined, Giving, NotExaminedError, examined, expected, find, give
from intake.proposing import Heading, proposal_of
from intake.shortlisting import decide, draft, freeze, reopen, shortlist
from store import dossiers, erasing, events, scores
from store.engine import Store
from store.record_check import check_records
from store.shortlists import Choice


def standing_of(store: Store, of: Campaign, union: str) -> Examined:
    with store.reading() as conn:
        dossier = dossiers.of_union(conn, of.key, union)
        assert dossier is not None
        return examined(conn, of, dossier, expected(conn, of))


def states(store: Store, of: Campaign, at: datetime) -> dict[str, State]:
    with store.reading() as conn:
        rows = shortlist(conn, of, at).rows
    return {f"{one.standing.dossier.union}/{one.standing.initiative.row}": one.placed.state for one in rows}


def refused(store: Store, of: Campaign, which: str, choice: Choice, now: datetime) -> str:
    union, _, row = which.partition("/")
    with pytest.raises(NotExaminedError) as caught:
        decide(store, of, union, int(row), choice, BY, now, now)
    return str(caught.value)


def test_average_spread_and_missing_examiners_are_told(store: Store, now: datetime) -> None:
    of = filled(store, now)
    first, second = standing_of(store, of, "A").standings
    assert (first.result.average, first.result.deviation) == (Decimal("90.00"), Decimal("2.00"))
    assert (first.result.lowest, first.result.highest, first.missing) == (Decimal("88.00"), Decimal("92.00"), ())
    assert (second.result.average, second.missing) == (Decimal("80.00"), (CUONG,))


def test_points_given_anew_count_and_the_older_ones_stay(store: Store, now: datetime) -> None:
    of = filled(store, now)
    done = give(store, of, "le van  cuong", [Giving("SK39-001", 1, points("20", "30"), "chấm lại")], BY, now)
    assert (done.new, done.changed, done.same) == (0, 1, 0)
    again = give(store, of, CUONG, [Giving("A", 1, points("20", "30"), "chấm lại")], BY, now)
    assert (again.new, again.changed, again.same) == (0, 0, 1)
    first = standing_of(store, of, "A").standings[0]
    assert [one.score.examiner for one in first.given] == [CUONG, BINH]
    assert first.result.average == Decimal("69.00")
    with store.reading() as conn:
        kept = [one for one in scores.of_dossier(conn, of.key, first.dossier.id) if one.examiner == CUONG]
    assert [dict(one.points) for one in kept] == [points("40", "52"), points("20", "30")]


def test_points_that_were_withdrawn_count_no_more(store: Store, now: datetime) -> None:
    of = filled(store, now)
    give(store, of, CUONG, [Giving("A", 1, {})], BY, now)
    first = standing_of(store, of, "A").standings[0]
    assert (first.result.average, first.missing) == (Decimal("88.00"), (CUONG,))
    with pytest.raises(NotExaminedError, match="nothing to withdraw"):
        give(store, of, CUONG, [Giving("A", 1, {})], BY, now)


@pytest.mark.parametrize(
    ("giving", "said"),
    [
        (Giving("A", 3, points("1", "1")), "initiatives are 1 to 2"),
        (Giving("X", 1, points("1", "1")), "no dossier X"),
        (Giving("A", 1, points("41", "1")), "41 is not between 0 and 40"),
        (Giving("A", 1, points("1.2", "1")), "no multiple of 0.5"),
        (Giving("A", 1, {"new": Decimal(1)}), "points for use .* are missing"),
        (Giving("A", 1, points("1", "1") | {"nwe": Decimal(1)}), "nwe is no criterion"),
    ],
)
def test_wrong_points_are_refused_and_nothing_is_recorded(
    store: Store, now: datetime, giving: Giving, said: str
) -> None:
    of = filled(store, now)
    with store.reading() as conn:
        before = events.head(conn)
    with pytest.raises(NotExaminedError, match=said):
        give(store, of, BINH, [Giving("B", 1, points("1", "1")), giving], BY, now)
    with store.reading() as conn:
        assert events.head(conn) == before


def test_only_examiners_whom_the_campaign_names_may_give_points(store: Store, now: datetime) -> None:
    of = examining(examiners=(BINH, CUONG))
    filled(store, now, of)
    with pytest.raises(NotExaminedError, match=f"did you mean {BINH}"):
        give(store, of, "Trần Thị Bích", [Giving("A", 1, points("1", "1"))], BY, now)


def test_points_follow_an_initiative_when_its_table_is_sent_anew(store: Store, now: datetime) -> None:
    of = filled(store, now)
    with store.writing() as tx:
        sent(tx, of, "A", [cells("Đèn soi ven"), cells("Xe đẩy cấp cứu", note="mới")], now)
    here = standing_of(store, of, "A")
    lamp, trolley = here.standings
    assert (lamp.given, lamp.missing) == ((), (CUONG, BINH))
    assert trolley.result.average == Decimal("90.00")
    assert all(one.changed for one in trolley.given)
    assert [(one.examiner, one.initiative.title) for one in here.lost] == [(BINH, "Hộp đựng kim tiêm")]


def test_points_from_before_the_criteria_changed_do_not_count(store: Store, now: datetime) -> None:
    of = filled(store, now)
    assert of.examination is not None
    changed = examining(criteria=of.examination.criteria[:1])
    first = standing_of(store, changed, "A").standings[0]
    assert first.result.average == Decimal("39.00"), "the criterion that is left counts alone"
    stricter = examining(criteria=(replace(of.examination.criteria[0], points=Decimal(39)),))
    first = standing_of(store, stricter, "A").standings[0]
    assert (first.result.average, first.missing) == (Decimal("38.00"), (CUONG,)), "40 is over the most now"


def test_the_shortlist_takes_the_best_within_quotas_from_valid_dossiers(store: Store, now: datetime) -> None:
    of = filled(store, now)
    assert states(store, of, now) == {
        "D/1": State.NOT_VALID,
        "A/1": State.PROPOSED,
        "B/1": State.PROPOSED,
        "A/2": State.OVER_QUOTA,
        "C/1": State.BELOW,
    }


def test_validity_is_asked_as_of_a_moment(store: Store, now: datetime) -> None:
    of = filled(store, now)
    with store.writing() as tx:
        sent(tx, of, "D", [cells("Tủ sấy dụng cụ")], now + timedelta(hours=1))
    assert states(store, of, now + timedelta(minutes=30))["D/1"] is State.NOT_VALID
    assert states(store, of, now + timedelta(hours=2))["D/1"] is State.PROPOSED


def test_people_put_in_take_out_and_undo_with_a_reason(store: Store, now: datetime) -> None:
    of = filled(store, now)
    decide(store, of, "C", 1, Choice.IN, BY, now, now)
    assert states(store, of, now)["C/1"] is State.PUT_IN
    assert states(store, of, now)["B/1"] is State.BELOW
    decide(store, of, "A", 1, Choice.OUT, BY, now, now)
    assert states(store, of, now)["A/1"] is State.TAKEN_OUT
    assert states(store, of, now)["B/1"] is State.PROPOSED
    decide(store, of, "C", 1, Choice.UNDONE, BY, now, now)
    assert states(store, of, now)["C/1"] is State.BELOW
    with store.reading() as conn:
        dossier, _ = find(conn, of, "C", 1)
        told = [one for one in events.history(conn, dossier_id=dossier.id) if one.kind == "shortlist-decided"]
    assert [(one.facts["decision"], one.by, one.reason) for one in told] == [
        ("in", BY.name, BY.reason),
        ("undone", BY.name, BY.reason),
    ]


def test_decisions_that_cannot_stand_are_refused(store: Store, now: datetime) -> None:
    of = filled(store, now)
    assert "not valid (complete)" in refused(store, of, "D/1", Choice.IN, now)
    assert "nothing to undo" in refused(store, of, "C/1", Choice.UNDONE, now)
    decide(store, of, "C", 1, Choice.IN, BY, now, now)
    assert f"before, by {BY.name}" in refused(store, of, "C/1", Choice.IN, now)


def test_a_tie_is_shown_and_has_to_be_decided_before_the_list_is_frozen(store: Store, now: datetime) -> None:
    of = filled(store, now)
    score(store, of, "C/1", BINH, "35", "50", now)
    score(store, of, "C/1", CUONG, "35", "50", now)
    found = states(store, of, now)
    assert (found["A/1"], found["B/1"], found["C/1"]) == (State.PROPOSED, State.TIED, State.TIED)
    with pytest.raises(NotExaminedError, match="a tie is open"):
        freeze(store, of, now, BY, now)
    decide(store, of, "C", 1, Choice.IN, BY, now, now)
    frozen = freeze(store, of, now, BY, now)
    assert [(one.union, one.row, one.average, one.decision) for one in frozen.entries] == [
        ("A", 1, "90.00", ""),
        ("C", 1, "85.00", "in"),
    ]


def test_a_frozen_list_holds_its_figures_and_nothing_moves_until_it_is_reopened(store: Store, now: datetime) -> None:
    of = filled(store, now)
    frozen = freeze(store, of, now, BY, now)
    assert frozen.figures == {
        "unions": 4,
        "dossiers": 4,
        "valid": 3,
        "initiatives": 5,
        "of_valid": 4,
        "scored": 5,
    }
    assert [(one.dossier_code, one.cells["title"], one.benefit, one.per) for one in frozen.entries] == [
        ("SK39-001", "Xe đẩy cấp cứu", (150_000_000, 150_000_000), "year"),
        ("SK39-002", "Phần mềm hẹn khám", (150_000_000, 150_000_000), "year"),
    ]
    assert "frozen" in refused(store, of, "C/1", Choice.IN, now)
    with pytest.raises(NotExaminedError, match="frozen"):
        score(store, of, "C/1", BINH, "35", "50", now)
    with pytest.raises(NotExaminedError, match="frozen"):
        freeze(store, of, now, BY, now)
    reopen(store, of, BY, now)
    decide(store, of, "C", 1, Choice.IN, BY, now, now)
    with pytest.raises(NotExaminedError, match="not frozen"):
        reopen(store, of, BY, now)
    with store.reading() as conn:
        assert list(check_records(conn)) == []


def test_a_draft_is_what_would_be_frozen(store: Store, now: datetime) -> None:
    of = filled(store, now)
    with store.reading() as conn:
        found = draft(conn, of, now, now)
    frozen = freeze(store, of, now, BY, now)
    assert (found.entries, found.figures) == (frozen.entries, frozen.figures)


def test_what_was_put_in_and_is_not_valid_any_more_stops_the_freezing(store: Store, now: datetime) -> None:
    of = filled(store, now)
    decide(store, of, "C", 1, Choice.IN, BY, now, now)
    with store.writing() as tx:
        sent_incomplete(tx, of, "C", [cells("Giá treo dịch truyền")], now)
    with pytest.raises(NotExaminedError, match="not valid any more: SK39-003/1"):
        freeze(store, of, now + timedelta(seconds=1), BY, now + timedelta(seconds=1))


def test_a_decision_on_what_is_in_no_table_any_more_is_told(store: Store, now: datetime) -> None:
    of = filled(store, now)
    decide(store, of, "C", 1, Choice.IN, BY, now, now)
    with store.writing() as tx:
        sent(tx, of, "C", [cells("Đèn soi ven")], now)
    with store.reading() as conn:
        found = shortlist(conn, of, now)
    assert [one.initiative.title for one in found.lost_decisions] == ["Giá treo dịch truyền"]
    assert {one.initiative.title for one in found.lost} == {"Giá treo dịch truyền"}


def test_a_campaign_without_criteria_says_so(store: Store, now: datetime) -> None:
    of = replace(examining(), examination=None)
    with pytest.raises(NotExaminedError, match="names no criteria"):
        give(store, of, BINH, [], BY, now)


def test_an_empty_list_is_no_proposal(store: Store, now: datetime) -> None:
    of = examining()
    with store.writing() as tx:
        sent(tx, of, "A", [cells("Xe đẩy cấp cứu")], now)
    with store.reading() as conn, pytest.raises(NotExaminedError, match="nothing is on the shortlist"):
        proposal_of(conn, of, Heading(), now, draft=True)


def test_an_erased_dossier_cannot_be_proposed_again(store: Store, now: datetime) -> None:
    of = filled(store, now)
    frozen = freeze(store, of, now, BY, now)
    with store.reading() as conn:
        assert [one.benefit.per for one in proposal_of(conn, of, Heading(), now).proposed] == ["year", "year"]
    with store.writing() as tx:
        erasing.erase_dossier(tx, frozen.entries[0].dossier_id, now, by="admin", reason="hết hạn lưu")
    with store.reading() as conn, pytest.raises(NotExaminedError, match="was erased"):
        proposal_of(conn, of, Heading(), now)
