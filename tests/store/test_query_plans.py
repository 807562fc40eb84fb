"""The same speed at a million dossiers as at a thousand: every query of the daily work finds its rows by an index."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event
from support.store_samples import DEADLINE, arrived, assessment, campaign, initiatives, judged, letter, submission

from dossier.deadline import Extension, Receipt
from dossier.decisions import About, RulingKind, Way
from dossier.model import Kind, Verdict
from store import (
    alarms,
    arrival_book,
    backup_runs,
    condition,
    contents,
    corrections,
    deadlines,
    dossiers,
    erasing,
    events,
    ledger,
    letter_counts,
    likenesses,
    lists,
    mailboxes,
    messages,
    objections,
    outbox,
    paper,
    polls,
    readings,
    recent,
    reconciliations,
    reminders,
    revisions,
    rulings,
    scores,
    senders,
    series,
    shortlists,
    snapshots,
    stories,
    targets,
    waiting,
)
from store.engine import Store, open_store
from store.narrowing import Asked
from store.paging import Page, Sort

NOW = datetime(2021, 4, 19, 8, 0, tzinfo=UTC)


def receive(tx: Connection) -> None:
    box = mailboxes.enter(tx, "intake", "INBOX", 7, NOW)
    mailboxes.decide_backlog(tx, box.id, mailboxes.Backlog.ANSWER, 0, NOW)
    mailboxes.generations(tx, "intake", "INBOX")
    arrived(tx, b"one", NOW)
    arrived(tx, b"one", NOW)
    arrived(tx, b"other", NOW)
    mailboxes.known_uids(tx, box.id, [1, 2])
    list(mailboxes.every_uid(tx, box.id))
    mailboxes.advance(tx, box.id, 1)


def judge(tx: Connection) -> None:
    [entry, *_] = ledger.pending(tx, 10)
    ledger.entry(tx, entry.id)
    ledger.entries(tx, message_id=entry.message_id)
    ledger.entries(tx, dossier_id=1)
    readings.save(tx, entry.message_id, submission(b"one"), NOW)
    readings.latest_of(tx, [entry.message_id, 99])
    messages.find_by_content_digest(tx, submission(b"one").content_digest)
    messages.find_by_sha(tx, entry.sha256)
    messages.keep_receipt(tx, entry.message_id, Receipt(NOW))
    revision = judged(tx, b"two", NOW, uid=2, verdict=Verdict.DEFICIENT)
    revisions.latest(tx, revision.dossier_id)
    revisions.every(tx, revision.dossier_id)
    revisions.of_message(tx, entry.message_id)
    revisions.contributions(tx, revision.dossier_id)
    waiting.add(tx, waiting.NewWaiting("sk39", entry.message_id, assessment(), "a@b.example", "A", "x"), NOW)
    senders.confirmed(tx, "sk39", ["a@b.example"])
    deadlines.in_campaign(tx, "sk39")
    ledger.settle(tx, entry.id, ledger.Outcome.WAITING, NOW)
    ledger.requeue(tx, entry.id, NOW)
    ledger.quarantine(tx, entry.id, "error", NOW)
    ledger.unflagged(tx, 1, 10)
    ledger.mark_flagged(tx, [entry.id], NOW)


def send(tx: Connection) -> None:
    for key in ("1", "2", "3"):
        outbox.enqueue(tx, letter(key), NOW)
    first, second, third = outbox.claim(tx, NOW, "me", timedelta(minutes=1), limit=3)
    for claimed in (first, second):
        outbox.mime(tx, claimed.id)
        outbox.data_started(tx, claimed.id, "me", NOW)
    outbox.sent(tx, first.id, "me", "250", NOW)
    outbox.temporary_failure(tx, third.id, "me", "450", NOW, NOW)
    outbox.owners(tx)
    outbox.end_lease(tx, "me", NOW)
    outbox.recover(tx, NOW + timedelta(hours=1))
    outbox.undelivered(tx, [first.message_id], "5.1.1", NOW)
    outbox.hold(tx, third.id, NOW, reason="limit")
    outbox.release(tx, third.id, NOW, reason="limit")
    outbox.supersede(tx, third.id, NOW, reason="together")
    letter_counts.counts(tx, "a@yte.example", 1, NOW)
    letter_counts.sendings(tx, NOW, 400)
    for filters in ({"state": outbox.LetterState.UNKNOWN}, {"recipient": "a"}, {"dossier_id": 1}, {"answers": 1}, {}):
        outbox.listed(tx, **filters, limit=50)


def look(tx: Connection) -> None:
    dossiers.by_code(tx, "SK39-001")
    dossiers.get(tx, 1)
    dossiers.listed(tx, "sk39", limit=50)
    dossiers.listed(tx, "sk39", verdict=Verdict.DEFICIENT, limit=50)
    dossiers.listed(tx, "sk39", finding="missing-memo", limit=50)
    dossiers.verdicts(tx, "sk39")
    for text in ("", "xe day", "to*"):
        for sort in ("union", "received", "verdict", "arrival"):
            asked = Asked("sk39", text, verdict=Verdict.DEFICIENT, finding="missing-memo", since=NOW)
            list(lists.list_dossiers(tx, asked, Page((Sort(sort),), limit=50), {"A": ["xe"]}))
            list(lists.list_dossiers(tx, Asked("sk39", text, field="an toan"), Page((Sort(sort),), limit=50)))
        for sort in ("union", "received", "number", "title"):
            list(lists.list_initiatives(tx, Asked("sk39", text), Page((Sort(sort, descending=True),), 1, 50)))
            list(lists.list_initiatives(tx, Asked("sk39", text, verdict=Verdict.LATE), Page((Sort(sort),), limit=50)))
    lists.standing_findings(tx, [1])
    contents.documents_of(tx, 1)
    contents.initiatives_of(tx, 1)
    contents.findings_of(tx, 1)
    contents.same_title(tx, "sk39", "Cải tiến xe đẩy")
    list(contents.every_initiative(tx, "sk39"))
    assert likenesses.candidates(tx, 99, initiatives("Cải tiến xe đẩy"))
    ledger.entries(tx, outcome=ledger.Outcome.QUARANTINED, limit=50)
    list(ledger.every(tx, ledger.Outcome.QUARANTINED))
    ledger.entries(tx, newest_first=True, limit=50)
    for ids in ({"dossier_id": 1}, {"message_id": 1}, {"letter_id": 1}, {}):
        events.history(tx, **ids, limit=50)


def decide(tx: Connection) -> None:
    waiting.unresolved(tx, campaign="sk39", limit=50)
    waiting.unresolved(tx, address="a@b.example", limit=50)
    [one] = waiting.unresolved(tx, limit=50)
    waiting.resolve(tx, one.id, waiting.Resolution.JOINED, NOW, by="an", reason="called")
    senders.confirm(tx, "sk39", "a@b.example", "A", NOW, by="an", reason="called")
    senders.of_union(tx, "sk39", "A")
    senders.listed(tx, "sk39")
    senders.withdraw(tx, "sk39", "a@b.example", NOW, by="an", reason="left")
    deadlines.extend(tx, "sk39", Extension(DEADLINE + timedelta(days=1), "flood"), NOW, by="an")
    dossiers.lock_or_create(tx, campaign(), "B", NOW)
    series.next_arrival(tx, 2021)
    messages.erase(tx, 1, NOW)


def persons_decided(tx: Connection) -> None:
    """What `hoso valid`, the register, the digest and the lists at the desk ask of one campaign."""
    here = dossiers.lock_or_create(tx, campaign(), "B", NOW)
    held = (Kind.MEMO, Kind.SUMMARY_TABLE)
    copy = paper.record(tx, here, campaign(), paper.NewPaper(Way.HAND, NOW, "an", held, complete=True), NOW, by="an")
    rulings.rule(tx, here, RulingKind.ACCEPT, About.PAPER, NOW, settled=[], by="an", reason="flood")
    assert [story.papers for dossier, story in stories.stories(tx, "sk39") if dossier.id == here.id] == [(copy.paper,)]
    stories.story_of(tx, here)
    for of_campaign in (paper.of_campaign, objections.of_campaign, rulings.of_campaign, snapshots.listed):
        of_campaign(tx, "sk39")
    corrections.of_dossier(tx, here.id)
    targets.record(tx, "sk39", "movement", "B", True, NOW, by="an", reason="told")
    targets.standing(tx, "sk39")
    targets.held(tx, "sk39")
    list(targets.worded(tx, "sk39"))
    scores.of_dossiers(tx, "sk39", [here.id, 99])
    dossiers.several(tx, [here.id, 99])
    scores.examiners(tx, "sk39")
    list(scores.scored_dossiers(tx, "sk39"))
    shortlists.in_force(tx, "sk39")
    shortlists.decisions(tx, "sk39")
    reminders.of_day(tx, "sk39", "B", NOW.date())
    reminders.since(tx, "sk39", NOW.date())
    recent.first_receipts(tx, "sk39")
    list(arrival_book.arrived(tx, 2021))


def be_well(tx: Connection) -> None:
    """What the service asks of itself each minute, and what it forgets."""
    box = mailboxes.find(tx, "intake", "INBOX", 7)
    polls.note(tx, "intake/INBOX", box, NOW)
    polls.latest(tx, "intake/INBOX")
    condition.condition(tx, NOW)
    reconciliations.latest(tx, 1)
    backup_runs.latest(tx)
    backup_runs.latest(tx, sound=True)
    raised = alarms.claim(tx, {"disk blobs": "full", "queue": "long"}, NOW, timedelta(hours=12), 20)
    alarms.take_back(tx, raised[0])
    alarms.claim(tx, {}, NOW, timedelta(hours=12), 20)
    alarms.standing(tx)
    erasing.erase_message(tx, 2, NOW, by="", reason="of no concern")


@contextmanager
def watched() -> Iterator[list[tuple[str, Any]]]:
    ran: list[tuple[str, Any]] = []

    def note(conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        ran.append((statement, parameters[0] if many else parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield ran
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture
def sqlite_store(tmp_path: Path, sqlite_template: Path) -> Iterator[Store]:
    (tmp_path / "hoso.db").write_bytes(sqlite_template.read_bytes())
    store = open_store(f"sqlite:///{tmp_path}/hoso.db", tmp_path / "blobs")
    yield store
    store.close()


def test_no_query_of_the_daily_work_reads_a_whole_table(sqlite_store: Store) -> None:
    acts: list[Callable[[Connection], None]] = [receive, judge, send, look, decide, persons_decided, be_well]
    with watched() as ran:
        for act in acts:
            with sqlite_store.writing() as tx:
                act(tx)
    scans = {f"{step}\n{statement}" for statement, step in plans(sqlite_store, ran) if is_scan(statement, step)}
    assert scans == set()
    assert len(ran) > 150


def plans(store: Store, ran: list[tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    with store.reading() as conn:
        for statement, parameters in ran:
            if statement.startswith(("SELECT", "UPDATE", "DELETE", "INSERT")):
                for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters):
                    yield statement, row.detail


def is_scan(statement: str, step: str) -> bool:
    """A page of the newest (or first) rows of a table, in the order of their numbers, is no scan; nor are the few rows
    that a limited part of a statement gave.
    """
    pages = statement.rstrip().endswith(("LIMIT ? OFFSET ?", "LIMIT ?"))
    by_number = "WHERE" not in statement and pages
    small = ("SCAN alarms", "SCAN backup_runs")  # a row for each cause, and one a day
    few = step.startswith(("SCAN CONSTANT ROW", "SCAN few_", "SCAN (subquery-", *small))
    matched = re.match(r"SCAN \w+_search VIRTUAL TABLE INDEX \d+:=?M\d", step)  # so FTS5 calls a look into its index
    return step.startswith("SCAN") and not few and not matched and not by_number
