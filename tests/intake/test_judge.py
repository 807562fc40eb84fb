"""Every message is judged on its own: one that fails stops no other, and can be tried again (P4)."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from support.dossier_mail import DEADLINE, IN_TIME, mail
from support.office import Here, Office

from dossier.model import Document, Submission, Verdict
from intake.judge import judge_pending
from intake.steps import Step
from parsers.sandbox import MessageUnreadableError, SandboxError
from store import dossiers, ledger, revisions
from store.ledger import Outcome
from store.revisions import Cause


@dataclass
class Failing:
    """Reads every message but those that hold `mark`; there it does what `fault` says."""

    office: Office
    mark: bytes
    fault: Callable[[Submission], Submission]

    def read(self, content: bytes) -> Submission:
        submission = Here(self.office.campaigns).read(content)
        return self.fault(submission) if self.mark in content else submission


def raising(error: Exception) -> Callable[[Submission], Submission]:
    def fault(submission: Submission) -> Submission:
        raise error

    return fault


def with_cell(words: str) -> Callable[[Submission], Submission]:
    """One cell of the table says `words`."""

    def fault(submission: Submission) -> Submission:
        return replace(submission, documents=tuple(map(changed, submission.documents)))

    def changed(document: Document) -> Document:
        if document.table is None:
            return document
        first, *others = document.table.rows
        row = replace(first, cells={**first.cells, "author": words})
        return replace(document, table=replace(document.table, rows=(row, *others)))

    return fault


def three_arrive(office: Office) -> None:
    """The one in the middle is BVTN's."""
    for code in ("BVDN", "BVTN", "BVLK"):
        office.receives(mail(code), IN_TIME)


_BVTN = b"cdcs.bvtn@"
_SOUND = ["joined", "joined", "joined"]
_QUARANTINED = ["joined", "quarantined", "joined"]


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (raising(KeyError("họ tên người gửi")), "KeyError at tests.intake.test_judge:"),
        (raising(MessageUnreadableError("stopped: not read within 30.0 s")), "not read within 30.0 s"),
        (raising(RecursionError()), "RecursionError at "),
    ],
    ids=["a defect of ours", "the sandbox gave up", "nested too deep"],
)
def test_a_message_that_fails_is_quarantined_and_stops_no_other(
    office: Office, fault: Callable[[Submission], Submission], told: str
) -> None:
    three_arrive(office)
    assert office.judges(Failing(office, _BVTN, fault)) == 3
    assert office.outcomes() == _QUARANTINED
    (failed,) = [entry for entry in office.entries() if entry.outcome is Outcome.QUARANTINED]
    assert told in (failed.error or "")
    assert "họ tên" not in (failed.error or ""), "the words of an error may quote the message"
    assert [letter.recipient.partition("@")[0] for letter in office.letters()] == ["cdcs.bvdn", "cdcs.bvlk"]


@pytest.mark.parametrize("words", ["Lê\0Thị Thử", "Lê \ud800 Thử"], ids=["NUL", "half a character"])
def test_a_text_that_databases_do_not_take_stops_no_message(office: Office, words: str) -> None:
    three_arrive(office)
    assert office.judges(Failing(office, _BVTN, with_cell(words))) == 3
    assert office.outcomes() in (_SOUND, _QUARANTINED)


def test_what_the_store_refuses_for_one_message_is_quarantined_with_it(office: Office) -> None:
    """Here: the series of dossier codes was set back, so that a new dossier would get a code that is in use."""
    three_arrive(office)
    office.judges()
    with office.store.writing() as tx:
        tx.execute(text("UPDATE series SET last = 0 WHERE name LIKE 'dossier:%'"))
    office.receives(mail("BVLT"), IN_TIME)
    office.receives(mail("BVDN", name="thu-2"), IN_TIME)
    assert office.judges() == 2
    assert office.outcomes() == [*_SOUND, "quarantined", "joined"]
    assert "the database refused" in (office.entries()[3].error or "")


def test_a_message_that_joined_and_is_opened_again_is_judged_again_in_its_dossier(office: Office) -> None:
    three_arrive(office)
    office.judges()
    letters = len(office.letters())
    for _ in range(2):
        with office.store.writing() as tx:
            assert ledger.requeue(tx, 2, office.now, by="Lê Thị Thử", reason="đọc lại")
        assert office.judges() == 1
    assert office.outcomes() == _SOUND
    assert len(office.letters()) == letters, "the verdict is what it was"
    with office.store.reading() as conn:
        dossier = dossiers.of_union(conn, "plan-39-cdn", "BVTN")
        assert dossier is not None
        revised = revisions.every(conn, dossier.id)
    assert [one.cause for one in revised] == [Cause.MESSAGE, Cause.REREAD, Cause.REREAD]
    assert revised[-1].assessment.received_at == revised[0].assessment.received_at


def test_what_is_read_otherwise_when_it_is_opened_again_changes_the_dossier_and_is_told(office: Office) -> None:
    three_arrive(office)
    office.judges(Failing(office, _BVTN, with_cell("")))
    assert [letter.kind for letter in office.letters()] == ["acknowledgement", "deficiency", "acknowledgement"]
    with office.store.writing() as tx:
        ledger.requeue(tx, 2, office.now, by="Lê Thị Thử", reason="đã sửa bộ đọc")
    office.judges()
    assert [letter.kind for letter in office.letters()][3:] == ["acknowledgement"]
    with office.store.reading() as conn:
        dossier = dossiers.of_union(conn, "plan-39-cdn", "BVTN")
    assert dossier is not None
    assert (dossier.verdict, dossier.revision) == (Verdict.ACCEPTED, 2)


def test_a_quarantined_message_that_is_tried_again_counts_with_its_own_time_of_receipt(office: Office) -> None:
    office.receives(mail("BVTN", at=DEADLINE), DEADLINE)
    office.judges(Failing(office, _BVTN, raising(ValueError())))
    office.now = DEADLINE + timedelta(days=3)
    with office.store.writing() as tx:
        assert ledger.requeue(tx, 1, office.now, by="Lê Thị Thử", reason="đã sửa lỗi")
    assert office.judges() == 1
    with office.store.reading() as conn:
        dossier = dossiers.of_union(conn, "plan-39-cdn", "BVTN")
    assert dossier is not None
    assert (dossier.verdict, dossier.in_time, dossier.received_at) == (Verdict.ACCEPTED, True, DEADLINE)
    (entry,) = office.entries()
    assert (entry.attempts, entry.error) == (1, None)


@pytest.mark.parametrize("damage", ["gone", "damaged"])
def test_a_stored_message_that_is_gone_or_damaged_stops_no_other(office: Office, tmp_path: Path, damage: str) -> None:
    three_arrive(office)
    sha256 = office.entries()[1].sha256
    if damage == "gone":
        office.store.blobs.remove(sha256)
    else:
        (path,) = (tmp_path / "blobs").rglob(sha256)
        path.chmod(0o600)
        path.write_bytes(b"x")
    assert office.judges() == 3
    assert office.outcomes() == _QUARANTINED
    assert "restore it from a backup" in (office.entries()[1].error or "")


def test_where_no_reading_process_starts_every_message_stays_pending(office: Office) -> None:
    three_arrive(office)
    with pytest.raises(SandboxError):
        office.judges(Failing(office, b"", raising(SandboxError("no memory"))))
    assert office.outcomes() == ["pending"] * 3
    assert office.judges() == 3
    assert office.outcomes() == _SOUND


def test_the_oldest_receipt_is_judged_first(office: Office) -> None:
    for hours, code in ((3, "BVDN"), (1, "BVTN"), (2, "BVLK")):
        office.receives(mail(code), IN_TIME + timedelta(hours=hours))
    office.judges()
    with office.store.reading() as conn:
        codes = {one.union: one.code for one in dossiers.listed(conn, "plan-39-cdn")}
    assert codes == {"BVTN": "SK39-001", "BVLK": "SK39-002", "BVDN": "SK39-003"}


def test_it_ends_after_the_messages_in_hand_where_it_is_to_stop(office: Office) -> None:
    three_arrive(office)
    stop = threading.Event()
    desk = replace(office.desk(), judged=lambda recorded: stop.set())
    assert 1 <= judge_pending(desk, stop) <= 2, "one may have been read already"
    assert "pending" in office.outcomes()
    assert office.judges() >= 1
    assert office.outcomes() == _SOUND


def test_a_message_that_another_process_settles_meanwhile_is_recorded_once(office: Office) -> None:
    office.receives(mail("BVDN"), IN_TIME)
    others = iter([True])

    def meanwhile(step: Step) -> None:
        if step is Step.MESSAGE_READ and next(others, False):
            office.judges()

    assert judge_pending(office.desk(steps=meanwhile), threading.Event()) == 0
    assert office.outcomes() == ["joined"]
    assert len(office.letters()) == 1
    with office.store.reading() as conn:
        assert len(revisions.every(conn, 1)) == 1


def test_a_listener_that_fails_changes_no_record(office: Office) -> None:
    office.receives(mail("BVDN"), IN_TIME)

    def deaf(recorded: object) -> None:
        raise OSError("the terminal is gone")

    judge_pending(replace(office.desk(), judged=deaf), threading.Event())
    assert office.outcomes() == ["joined"]
