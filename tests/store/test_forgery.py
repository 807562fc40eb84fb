"""P9: a thousand random edits, deletions, reorders, insertions, cuts and rewritings; each is found, its place named.

`make test` tries a hundred; `make torture` all, on PostgreSQL, too. The seeds are the numbers: a finding is repeated by
its number.
"""

from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from support.forgery import tamper
from support.store_samples import judged, letter

from store import events, outbox
from store.engine import Store
from store.events import Event, Head
from store.verification import verify


class _UndoneError(Exception):
    """Takes the tampering back."""


@pytest.fixture
def heads(store: Store, now: datetime) -> list[Head]:
    """Of a history of four dozen events; carried out at its middle and at its end."""
    carried = []
    with store.writing() as tx:
        for number in range(6):
            judged(tx, b"%d" % number, now + timedelta(seconds=number), union="AB"[number % 2], uid=number + 1)
            outbox.enqueue(tx, letter(str(number)), now)
            events.append(tx, Event("decision", now, by="an", reason="because", facts={"n": number}))
            if number in (2, 5):
                carried.append(events.head(tx))
    return carried


def try_one(store: Store, heads: list[Head], seed: int) -> str:
    """Tamper, look, take back. Returns the kind of what was done."""
    kind = ""
    with suppress(_UndoneError), store.writing() as tx:
        done = tamper(tx, seed, heads[-1].seq)
        kind = done.kind
        found, alone = verify(tx, heads).broken, verify(tx).broken
        where = f"seed {seed}: {done}, found {found}, without a head {alone}"
        assert found is not None, where
        assert (found.since or found.seq) <= done.last, where
        assert found.seq >= done.first, where
        assert (alone is None) == done.needs_head, where
        if alone is not None:
            assert done.first <= alone.seq <= done.last, where
        else:
            assert (found.seq <= heads[0].seq) == (done.first <= heads[0].seq), f"the nearer head names it: {where}"
        raise _UndoneError
    assert kind, "the tampering itself failed"
    return kind


def test_a_hundred_forgeries_are_found_and_their_place_named(store: Store, heads: list[Head]) -> None:
    with store.reading() as conn:
        assert verify(conn, heads).broken is None
    kinds = Counter(try_one(store, heads, seed) for seed in range(100))
    assert len(kinds) >= 12, f"of every kind: {kinds}"
    with store.reading() as conn:
        assert verify(conn, heads).broken is None, "all of it was taken back"


@pytest.mark.torture
def test_a_thousand_forgeries_are_found_and_their_place_named(store: Store, heads: list[Head]) -> None:
    kinds = Counter(try_one(store, heads, seed) for seed in range(1000))
    print("\n".join(f"{count:5} {kind}" for kind, count in sorted(kinds.items())))  # noqa: T201 - figures of the run
    assert sum(kinds.values()) == 1000
