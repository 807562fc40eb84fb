"""Personal data in one place, kept as long as it is to be kept, and taken out without a break of the history (P9)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import LargeBinary, select, text
from support.store_samples import DEADLINE, arrived, assessment, judged, letter, submission

from store import erasing, events, ledger, outbox, readings, retention, revisions, senders, waiting
from store.blob_check import check_blobs
from store.engine import Store
from store.events import Head
from store.letter_row import LetterState
from store.personal import PERSONAL, PLAIN
from store.retention import Due, Periods
from store.schema import metadata
from store.schema.columns import Words
from store.verification import Broken, Removed, check_records, verify

NEVER = Periods(None, None, None, None)
PERSON = ("Nguyễn", "yte.example", "To trinh.docx", "Ghi chú", "an.nguyen", "vì ông Lê", "la@x.example")


@pytest.fixture
def head(store: Store, now: datetime) -> Head:
    """A dossier with its letter, a stranger's message with one, thanks, and a confirmed address."""
    with store.writing() as tx:
        for content in (b"dossier", b"stranger", b"thanks"):
            store.blobs.put(content)
        made = judged(tx, b"dossier", now)
        new = letter("1", "cdcs.a@dongnai-yte.example", mime=b"To: yte.example\r\n")
        outbox.enqueue(tx, replace(new, dossier_id=made.dossier_id, answers=made.message_id), now)
        entry = arrived(tx, b"stranger", now, uid=2)
        readings.save(tx, entry.message_id, submission(b"stranger"), now)
        waiting.add(tx, waiting.NewWaiting("sk39", entry.message_id, assessment(), "la@x.example", None, "x"), now)
        ledger.settle(tx, entry.id, ledger.Outcome.WAITING, now)
        thanks = arrived(tx, b"thanks", now, uid=3)
        readings.save(tx, thanks.message_id, submission(b"thanks"), now)
        ledger.settle(tx, thanks.id, ledger.Outcome.CORRESPONDENCE, now)
        senders.confirm(tx, "sk39", "la@x.example", "A", now, by="an.nguyen", reason="vì ông Lê gọi điện")
    with store.reading() as conn:
        return events.head(conn)


def everything(store: Store) -> str:
    """Every value of every table as one text."""
    with store.reading() as conn:
        return "\n".join(str(tuple(row)) for table in metadata.sorted_tables for row in conn.execute(select(table)))


def due(store: Store, periods: Periods, now: datetime) -> Due:
    with store.reading() as conn:
        return retention.due(conn, periods, now, {"sk39": "Asia/Ho_Chi_Minh"})


def removed_and_broken(store: Store, head: Head) -> tuple[int, list[Broken]]:
    with store.reading() as conn:
        assert verify(conn, head).broken is None
        found = list(check_records(conn))
    return len([one for one in found if isinstance(one, Removed)]), [one for one in found if isinstance(one, Broken)]


def test_every_column_of_text_is_known_to_be_personal_or_not() -> None:
    for table in metadata.sorted_tables:
        texts = {column.name for column in table.columns if isinstance(column.type, Words | LargeBinary)}
        personal, plain = PERSONAL.get(table.name, frozenset()), PLAIN.get(table.name, frozenset())
        assert not personal & plain, table.name
        assert texts == personal | plain, (
            f"{table.name}: put its columns into store/personal.py, and erase the personal"
        )


def test_when_all_is_erased_no_personal_text_is_left_and_the_history_is_whole(
    store: Store, head: Head, now: datetime
) -> None:
    assert all(word in everything(store) for word in PERSON)
    told = due(store, Periods(0, 0, 1, 0), now + timedelta(days=400))
    assert (len(told.dossiers), len(told.waiting), len(told.other_mail)) == (1, 1, 1)
    with store.writing() as tx:
        for dossier_id in told.dossiers:
            erasing.erase_dossier(tx, dossier_id, now, by="bình", reason="hết hạn")
        for message_id in (*told.waiting, *told.other_mail):
            erasing.erase_message(tx, message_id, now, by="bình", reason="hết hạn")
        for seq in told.decisions:
            erasing.erase_decision(tx, seq, now, by="bình", reason="hết hạn")
    with store.reading() as conn:
        assert erasing.remove_bytes(conn, store.blobs) == 3
        assert list(check_blobs(conn, store.blobs)) == []
    left = everything(store)
    assert [word for word in PERSON if word in left] == []
    removed, broken = removed_and_broken(store, head)
    assert broken == []
    assert removed >= 6
    assert due(store, Periods(0, 0, 1, 0), now + timedelta(days=400)) == Due(), "nothing is due twice"


def test_nothing_personal_is_left_in_a_column_by_the_lists_own_word(store: Store, head: Head, now: datetime) -> None:
    told = due(store, Periods(0, 0, 1, 0), now + timedelta(days=400))
    with store.writing() as tx:
        for dossier_id in told.dossiers:
            erasing.erase_dossier(tx, dossier_id, now, by="bình", reason="hết hạn")
        rows = tx.execute(text("SELECT recipient, sender_key, subject, reply FROM letters")).all()
        assert [tuple(row) for row in rows] == [("", "", "", None)]
        assert [row.state for row in tx.execute(text("SELECT state FROM letters"))] == [LetterState.SUPERSEDED.value]
        [kept] = revisions.every(tx, told.dossiers[0])
    assert (kept.assessment.verdict, kept.assessment.rules, kept.assessment.in_force) == (assessment().verdict, "7", {})


@pytest.mark.parametrize(
    ("periods", "at", "count"),
    [
        (NEVER, datetime(2200, 1, 1, tzinfo=UTC), 0),
        (Periods(3, None, None, None), datetime(2024, 12, 31, 23, 59, tzinfo=UTC), 0),
        (Periods(3, None, None, None), datetime(2025, 1, 1, tzinfo=UTC), 1),
        (Periods(None, 0, None, None), datetime(2022, 1, 1, tzinfo=UTC), 1),
        (Periods(None, None, 30, None), datetime(2021, 5, 20, 8, 30, 15, tzinfo=UTC), 1),
        (Periods(None, None, 31, None), datetime(2021, 5, 20, tzinfo=UTC), 0),
        (Periods(None, None, None, 1), datetime(2022, 12, 31, tzinfo=UTC), 0),
        (Periods(None, None, None, 1), datetime(2023, 1, 1, tzinfo=UTC), 1),
    ],
)
def test_years_are_counted_from_the_one_in_which_the_work_ended(
    store: Store, head: Head, periods: Periods, at: datetime, count: int
) -> None:
    assert DEADLINE.year == 2021
    assert due(store, periods, at).count == count


def test_what_came_into_a_dossier_or_is_not_settled_is_no_other_mail(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        judged(tx, b"dossier", now)
        arrived(tx, b"pending", now, uid=2)
        failed = arrived(tx, b"failed", now, uid=3)
        ledger.quarantine(tx, failed.id, "x", now)
    assert due(store, Periods(None, None, 1, None), now + timedelta(days=4000)).other_mail == ()


def test_a_salt_that_is_gone_without_a_removal_is_a_break(store: Store, head: Head) -> None:
    with store.writing() as tx:
        tx.execute(text("DELETE FROM event_salts WHERE seq = 3"))
    _, broken = removed_and_broken(store, head)
    assert [one.seq for one in broken] == [3]
    assert "no later event tells of its removal" in broken[0].reason
