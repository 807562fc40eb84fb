"""A store that the bench fills by copying holds what a real one of that size would."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.stored import multiply
from support.store_samples import DEADLINE, judged, letter

from store import outbox
from store.engine import open_store


def test_copies_are_dossiers_of_their_own_and_the_store_can_go_on(tmp_path: Path) -> None:
    database, now = tmp_path / "hoso.sqlite", DEADLINE - timedelta(days=2)
    store = open_store(f"sqlite:///{database}", tmp_path / "blobs")
    store.upgrade()
    with store.writing() as tx:
        judged(tx, b"first", now)
        outbox.enqueue(tx, letter("first"), now)
    store.close()

    multiply(database, 9)

    with closing(sqlite3.connect(database)) as connection:
        for table in ("messages", "ledger", "dossiers", "revisions", "letters"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (10,), table
        assert connection.execute("SELECT count(DISTINCT sha256) FROM messages").fetchone() == (10,)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    with store.writing() as tx:
        assert judged(tx, b"second", datetime(2021, 4, 19, tzinfo=UTC), union="B", uid=2).number == 1
    store.close()
