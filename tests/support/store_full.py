"""A small store in which every table that an event tells of has rows, ended and standing ones."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import Connection

from dossier.deadline import Extension, Receipt
from dossier.decisions import About, ObjectionKind, Outcome, RulingKind, Way
from dossier.model import Kind, Verdict
from dossier.same_initiative import Known
from store import (
    assignments,
    closings,
    contents,
    corrections,
    deadlines,
    digests,
    dossiers,
    ledger,
    messages,
    objections,
    outbox,
    paper,
    readings,
    reconciliations,
    reminders,
    revisions,
    rulings,
    scores,
    senders,
    shortlists,
    snapshots,
    targets,
    waiting,
)
from support.store_samples import (
    DEADLINE,
    MISSING_MEMO,
    arrived,
    assessment,
    campaign,
    initiatives,
    judged,
    letter,
    submission,
)

KEY = "sk39"


def fill(tx: Connection, now: datetime) -> None:
    first = judged(tx, b"one", now, verdict=Verdict.DEFICIENT)
    judged(tx, b"two", now + timedelta(seconds=1), uid=2, union="B")
    dossier = dossiers.of_union(tx, KEY, "A")
    assert dossier is not None
    again = revisions.NewRevision(
        assessment(Verdict.DEFICIENT, MISSING_MEMO),
        revisions.Cause.DECISION,
        initiatives=initiatives("Cải tiến xe đẩy"),
        by="an",
        reason="vì",
    )
    revisions.add(tx, dossier, again, now)
    _mail(tx, first, now)
    _letters(tx, first, now)
    _people(tx, now)
    dossier = dossiers.of_union(tx, KEY, "A")
    assert dossier is not None
    _decisions(tx, dossier, first, now)
    _selection(tx, dossier, now)


def _mail(tx: Connection, first: revisions.Revision, now: datetime) -> None:
    for uid, (content, resolution) in enumerate([(b"three", None), (b"four", waiting.Resolution.SET_ASIDE)], start=3):
        entry = arrived(tx, content, now, uid=uid)
        readings.save(tx, entry.message_id, submission(content), now)
        messages.keep_receipt(tx, entry.message_id, Receipt(now, server_time=now, header_time=now))
        new = waiting.NewWaiting(KEY, entry.message_id, assessment(), "la@x.example", "A", "unverified-sender")
        made = waiting.add(tx, new, now)
        ledger.settle(tx, entry.id, ledger.Outcome.WAITING, now, detail="vì lạ")
        if resolution is not None:
            waiting.resolve(tx, made.id, resolution, now, by="an", reason="vì")
    failed = arrived(tx, b"five", now, uid=5)
    ledger.quarantine(tx, failed.id, "ValueError", now, under="1")
    arrived(tx, b"six", now, uid=6)
    box = reconciliations.places(tx, 1)
    reconciliations.mark(tx, [next(box)], now, gone=True)


def _letters(tx: Connection, first: revisions.Revision, now: datetime) -> None:
    for number in range(1, 4):
        new = letter(str(number), "cdcs.a@yte.example", held=number == 3)
        outbox.enqueue(tx, replace(new, dossier_id=first.dossier_id, answers=first.message_id, revision=1), now)
    [mine, *_] = outbox.claim(tx, now, "here", timedelta(minutes=5))
    outbox.data_started(tx, mine.id, "here", now)
    outbox.sent(tx, mine.id, "here", "250 ok", now)


def _people(tx: Connection, now: datetime) -> None:
    senders.confirm(tx, KEY, "la@x.example", "A", now, by="an", reason="vì")
    senders.confirm(tx, KEY, "le@x.example", "B", now + timedelta(seconds=1), by="an", reason="vì")
    senders.withdraw(tx, KEY, "le@x.example", now + timedelta(seconds=2), by="an", reason="vì")
    deadlines.extend(tx, KEY, Extension(DEADLINE + timedelta(days=1), "bão"), now, by="an")
    deadlines.extend(tx, KEY, Extension(DEADLINE + timedelta(days=2), "bão", "A"), now + timedelta(seconds=1), by="an")
    deadlines.withdraw(tx, KEY, 2, now + timedelta(seconds=2), by="an", reason="nhầm")


def _decisions(tx: Connection, dossier: dossiers.Dossier, first: revisions.Revision, now: datetime) -> None:
    who = {"by": "an", "reason": "vì"}
    new = paper.NewPaper(Way.POST, now, "bình", (Kind.MEMO,), True, date(2021, 4, 18), "dấu mờ")
    paper.record(tx, dossier, campaign(), new, now, **who)
    wrong = paper.record(tx, dossier, campaign(), new, now, **who)
    paper.withdraw(tx, wrong.decided.number, now, **who)
    [initiative, *_] = contents.initiatives_of(tx, dossier.id)
    raised = objections.add(
        tx, initiative, ObjectionKind.CONTENT, date(2021, 5, 1), now, raised_by="chi", by="an", reason="vì"
    )
    objections.end(tx, raised.decided.number, Outcome.DISMISSED, now, **who)
    objections.reopen(tx, raised.decided.number, now, **who)
    rulings.rule(tx, dossier, RulingKind.ACCEPT, About.DOSSIER, now, settled=["0" * 64], **who)
    rulings.rule(tx, dossier, RulingKind.REFUSE, About.DOSSIER, now, **who)
    assert first.message_id is not None
    assignments.assign(tx, first.message_id, KEY, "A", now, **who)
    assignments.withdraw(tx, first.message_id, KEY, now, **who)
    assignments.assign(tx, first.message_id, KEY, "B", now, **who)
    for value in ("Tên một", "Tên hai"):
        one = corrections.NewCorrection(f"{'0' * 64}/3", "title", "Tên", value, 1, 2, "neo")
        corrections.correct(tx, dossier.id, one, now, **who)
    closings.close(tx, KEY, now, **who)
    closings.reopen(tx, KEY, now, **who)
    closings.close(tx, KEY, now, **who)
    rows = [snapshots.SnapshotRow(dossier.id, "A", True, 1, ({"part": "paper", "holds": True},))]
    snapshots.keep(tx, KEY, now, rows, now, **who)


def _selection(tx: Connection, dossier: dossiers.Dossier, now: datetime) -> None:
    who = {"by": "an", "reason": "vì"}
    known = Known(1, "Cải tiến xe đẩy", "An", "0" * 64)
    scores.add(tx, scores.NewScore(KEY, dossier.id, known, "bình", {"new": Decimal(7)}, "hay"), now, **who)
    shortlists.decide(tx, KEY, dossier.id, known, shortlists.Choice.IN, now, **who)
    entry = shortlists.Entry(1, dossier.id, dossier.code, "A", 1, "7.00", 1, "in", {"title": "Cải tiến"}, None)
    shortlists.freeze(tx, KEY, now, {"entries": 1}, [entry], now, **who)
    shortlists.reopen(tx, KEY, now, **who)
    targets.record(tx, KEY, "propagated", "A", True, now, on=date(2021, 4, 1), **who)
    digests.record(tx, digests.NewDigest(KEY, now, now - timedelta(days=1), now, True), 1)
    new = reminders.NewReminder(KEY, "A", date(2021, 4, 19), 1, datetime(2021, 4, 20, tzinfo=UTC))
    reminders.record(tx, new, now, letters=1, dossier_id=dossier.id)
