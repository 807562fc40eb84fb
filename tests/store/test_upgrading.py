"""An upgrade that goes through every row tells how far it is, and what it made is found."""

from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs
from support.older_versions import as_it_was_at
from support.store_samples import DEADLINE, judged

from store import lists, narrowing, upgrading
from store.engine import Store
from store.narrowing import Asked
from store.paging import Page

TITLE = "Phần mềm hẹn khám"


@pytest.mark.parametrize("before", ["0013", "0017"])
def test_an_upgraded_store_is_searched_by_rows_of_words_and_by_days(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    with store.writing() as tx:
        judged(tx, b"1", now)
    as_it_was_at(store, before)
    with capture_logs() as told:
        store.upgrade()

    assert told == []  # a small store takes no time
    monkeypatch.setattr(narrowing, "SMALL", 0)  # on PostgreSQL, too, by the words of the days
    hour, came = timedelta(hours=1), DEADLINE - timedelta(days=1)
    for asked, since, found in (
        ('"phan mem hen kham"', came - hour, [TITLE]),
        ('"mem hen kham"', came - hour, [TITLE]),
        ('"phan mem kham"', came - hour, []),
        ('"phan mem hen"', came + 48 * hour, []),
    ):
        which = Asked("sk39", asked, since=since, until=since + 2 * hour)
        with store.reading() as conn:
            assert [one.title for one in lists.list_initiatives(conn, which, Page(limit=5))] == found, asked
            dossiers = list(lists.list_dossiers(conn, Asked("sk39", asked), Page()))
        assert len(dossiers) == (asked != '"phan mem kham"'), asked


def test_a_long_upgrade_tells_how_far_it_is(store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.writing() as tx:
        for number in range(3):
            judged(tx, str(number).encode(), now, union=f"U{number}", uid=number + 1)
    as_it_was_at(store, "0017")
    monkeypatch.setattr(upgrading, "_PART", 1)
    monkeypatch.setattr(upgrading, "_SECONDS", 0.0)

    with capture_logs() as told:
        store.upgrade()

    assert {one["event"] for one in told} == {"upgrading the records"}
    days = [one["done"] for one in told if one["step"] == "the day of each initiative"]
    assert days[0] == "begins"
    shares = [int(one.removesuffix("%")) for one in days[1:]]
    assert shares == sorted(shares)
    assert shares[0] > 0
    assert shares[-1] < 100
    assert any(one["step"] == "the words of initiatives" for one in told)
