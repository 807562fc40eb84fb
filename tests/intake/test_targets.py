"""The targets of the example campaign, counted from a real store; what staff record of a union."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update
from support.store_samples import judged

from dossier.model import Verdict
from dossier.targets import State
from hoso.campaigns import example_campaign
from intake.targets import TargetError, Told, progress, record
from store import shortlists, targets
from store.engine import Store
from store.schema.record import dossiers

CAMPAIGN = example_campaign()
TOLD = Told("BVDN", "movement", True, "Lan", "Báo cáo số 5", date(2021, 4, 1))


def filled(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        for uid, union in enumerate(("BVDN", "BVTN", "BVP"), 1):
            verdict = Verdict.ACCEPTED if uid < 3 else Verdict.LATE
            judged(tx, b"%d" % uid, now, union=union, uid=uid, verdict=verdict)
        tx.execute(update(dossiers).values(campaign=CAMPAIGN.key))


def test_figures_come_with_the_dossiers_and_decisions_that_they_were_counted_from(store: Store, now: datetime) -> None:
    filled(store, now)
    record(store, CAMPAIGN, TOLD, now)
    record(store, CAMPAIGN, replace(TOLD, target="signed-plan"), now)
    told = {one.target.key: one for one in progress(store, CAMPAIGN, now).standings}
    assert [(key, one.value, one.base) for key, one in told.items()] == [
        ("propagated", 0, 34),
        ("taking-part", 3, 34),
        ("movement", 1, 34),
        ("signed-plan", 1, 34),
        ("plan-goals", 0, 1),
        ("per-union", 6, 34),
        ("initiatives", 6, None),
        ("proposals", 0, None),
    ]
    assert [(row.reference, row.union, row.count) for row in told["initiatives"].rows] == [
        ("SK39-001", "BVDN", 2),
        ("SK39-003", "BVP", 2),
        ("SK39-002", "BVTN", 2),
    ]
    assert (told["initiatives"].accepted, told["initiatives"].state) == (4, State.OPEN)
    with store.reading() as conn:
        (mark,) = targets.of_union(conn, CAMPAIGN.key, "movement", "BVDN")
    assert told["movement"].rows[0].reference == str(mark.event)


def test_the_last_day_is_of_the_campaigns_zone(store: Store) -> None:
    last = datetime.fromisoformat("2021-12-31T23:59:59+07:00")
    states = [
        {one.target.key: one.state for one in progress(store, CAMPAIGN, at).standings}["initiatives"]
        for at in (last, last + timedelta(seconds=1))
    ]
    assert states == [State.OPEN, State.MISSED]


def test_the_same_word_twice_is_one_event_and_is_taken_back_by_another(store: Store, now: datetime) -> None:
    assert record(store, CAMPAIGN, TOLD, now) is not None
    assert record(store, CAMPAIGN, replace(TOLD, reason="lần nữa"), now) is None
    assert record(store, CAMPAIGN, replace(TOLD, met=None, on=None), now) is not None
    with store.reading() as conn:
        assert [one.met for one in targets.of_union(conn, CAMPAIGN.key, "movement", "BVDN")] == [True, None]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (replace(TOLD, target="per-union"), "counted from the register"),
        (replace(TOLD, target="hopes"), "it has propagated, taking-part"),
        (replace(TOLD, union="XX"), "no union of the roster"),
        (replace(TOLD, on=date(2021, 4, 21)), "has not come yet"),
        (replace(TOLD, met=None, on=None), "nothing to take back"),
    ],
)
def test_what_cannot_be_recorded_is_refused_with_why(store: Store, now: datetime, wrong: Told, said: str) -> None:
    with pytest.raises(TargetError, match=said):
        record(store, CAMPAIGN, wrong, now)
    with store.reading() as conn:
        assert targets.standing(conn, CAMPAIGN.key) == {}


def test_proposals_are_those_of_the_shortlist_that_is_frozen(store: Store, now: datetime) -> None:
    filled(store, now)
    entry = shortlists.Entry(1, 1, "SK39-001", "BVDN", 2, "90.00", 3, "", {}, None)
    with store.writing() as tx:
        entries = [entry, replace(entry, place=2, row=1)]
        shortlists.freeze(tx, CAMPAIGN.key, now, {}, entries, now, by="Lan", reason="họp")
    told = {one.target.key: one for one in progress(store, CAMPAIGN, now).standings}["proposals"]
    assert ([row.reference for row in told.rows], told.state) == (["SK39-001/2", "SK39-001/1"], State.REACHED)
    with store.writing() as tx:
        shortlists.reopen(tx, CAMPAIGN.key, now, by="Lan", reason="xem lại")
    again = {one.target.key: one for one in progress(store, CAMPAIGN, now).standings}["proposals"]
    assert (again.value, again.state) == (0, State.OPEN)
