"""What is asked of a whole campaign takes a few statements for all dossiers, not a few for each."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event
from support.examined import cells, examining, score, sent

from dossier.campaign import Campaign
from dossier.reminders import Plan
from intake import shortlisting
from intake.examine import every_examined
from intake.proposing import Heading, proposal_of
from intake.remind import upcoming
from intake.score_sheets import sheet_for
from intake.shortlisting import figures_of, shortlist
from intake.valid import standings
from store import dossiers
from store.engine import Store

ASKED: dict[str, Callable[[Connection, Campaign, datetime], object]] = {
    "scores": lambda conn, of, now: list(every_examined(conn, of, ())),
    "shortlist": shortlist,
    "figures": figures_of,
    "proposal": lambda conn, of, now: proposal_of(conn, of, Heading(), now, draft=True),
    "valid": lambda conn, of, now: list(standings(conn, of, now)),
    "reminders": lambda conn, of, now: upcoming(conn, of, Plan((3,), time(9)), of.deadline - timedelta(days=2)),
    "sheet": lambda conn, of, now: sheet_for(conn, of, "Trần Thị Bình", now),
}


@contextmanager
def counted() -> Iterator[list[str]]:
    ran: list[str] = []

    def note(conn: Any, cursor: Any, statement: str, *more: Any) -> None:
        del conn, cursor, more
        ran.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield ran
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_a_dossier_more_asks_nothing_more(store: Store, now: datetime) -> None:
    of, taken = examining(shortlist=40, quota=2), list[dict[str, int]]()
    for unions in (("A", "B"), tuple(f"U{number}" for number in range(10))):
        for union in unions:
            with store.writing() as tx:
                sent(tx, of, union, [cells(f"Xe đẩy {union}")], now)
            score(store, of, f"{union}/1", "Trần Thị Bình", "30", "40", now)
        taken.append({})
        for name, ask in ASKED.items():
            with store.reading() as conn, counted() as ran:
                ask(conn, of, now)
            taken[-1][name] = len(ran)
    assert taken[0] == taken[1]
    assert max(taken[0].values()) < 30


def test_parts_of_one_dossier_give_the_same_as_all_at_once(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = examining(shortlist=40, quota=2)
    for union in ("B", "A", "D", "C"):
        with store.writing() as tx:
            sent(tx, of, union, [cells(f"Xe đẩy {union}"), cells(f"Tủ thuốc {union}")], now)
        score(store, of, f"{union}/2", "Trần Thị Bình", "30", "40", now)
    with store.reading() as conn:
        whole = [ask(conn, of, now) for ask in ASKED.values()]
        listed = dossiers.in_parts
        monkeypatch.setattr(dossiers, "in_parts", lambda conn, key: listed(conn, key, 1))
        monkeypatch.setattr(shortlisting, "_BATCH", 1)
        assert [ask(conn, of, now) for ask in ASKED.values()] == whole
