"""What staff decide, on a real store: each changes what it should, tells the union where the verdict changes, and can
be undone by a further decision alone."""

import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from support.dossier_mail import CAMPAIGN, DEADLINE, IN_TIME, OTHER_TWO, TWO, VIETNAM, files, mail, memo, table, union
from support.office import Office
from support.service import parsed, text_of

from dossier.decisions import About, ObjectionKind, Outcome, RulingKind, Way
from dossier.digest import BY_RULING, Group
from dossier.model import Kind, Verdict
from dossier.validity import Part
from intake.assign import assign_message, dismiss_message, unassign_message
from intake.confirm import Decision, confirm_sender, revoke_sender
from intake.correct import Misread, correct_value, withdraw_correction
from intake.correspond import Words, resend, write
from intake.decisions import NotDecidedError, Who
from intake.digest import digest
from intake.evidence import write as write_evidence
from intake.extend import extend, moved_dossiers, rejudge_moved, withdraw_extension
from intake.objecting import end_objection, raise_objection
from intake.paper import record_paper, withdraw_paper
from intake.register import register_rows
from intake.ruling import rule, rule_on_paper, withdraw_ruling
from intake.valid import standings, take_snapshot
from notifier.digest import digest_words
from reports.evidence import verify as verifier
from reports.register import Heading, register_xlsx
from store import (
    closings,
    contents,
    deadlines,
    dossiers,
    ledger,
    objections,
    outbox,
    readings,
    revisions,
    snapshots,
    waiting,
)
from store.dossiers import Dossier
from store.engine import Store
from store.letter_row import LetterState
from store.paper import NewPaper
from store.revisions import Cause
from store.verification import verify, verify_records

WHO = Who("Lê Thị Thử", "theo biên bản ngày 22/4/2021")
LATE = DEADLINE + timedelta(hours=10)
STRANGER = "hoa.cn1988@webmail.example"
SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
"""What no database does otherwise; what each may do in its own way is tried on both."""


def dossier(office: Office, code: str = "BVDN") -> Dossier:
    with office.store.reading() as conn:
        found = dossiers.of_union(conn, CAMPAIGN.key, code)
    assert found is not None
    return found


def told(office: Office) -> list[str]:
    """Recipient and result of each letter, the oldest first."""
    found = []
    with office.store.reading() as conn:
        for letter in office.letters():
            text = " ".join(text_of(parsed(outbox.mime(conn, letter.id))).split())
            found.append(f"{letter.recipient}: {text.partition('KẾT QUẢ: ')[2].partition(' - ')[0]}")
            assert "hợp lệ" not in text
    return found


def late_dossier(office: Office) -> None:
    office.now = LATE + timedelta(minutes=1)
    office.receives(mail("BVDN", at=LATE), LATE)
    office.judges()
    assert dossier(office).verdict is Verdict.LATE


def evidence_of(office: Office, folder: Path) -> int:
    """The verifier's exit code for the dossier as it stands."""
    out = folder / f"{len(list(folder.iterdir()))}.zip"
    write_evidence(office.store, CAMPAIGN, dossier(office), out, office.now, copies=lambda content: {}, key=None)
    return verifier.main([str(out)])


def valid(office: Office, at: datetime | None = None) -> dict[str, bool | None]:
    with office.store.reading() as conn:
        [one] = [one for one in standings(conn, CAMPAIGN, at or office.now) if one.dossier.union == "BVDN"]
    return {part.part.value: part.holds for part in one.validity.parts} | {"valid": one.validity.valid}


@pytest.fixture(autouse=True)
def whole_history(store: Store) -> object:
    yield
    with store.reading() as conn:
        assert verify(conn).broken is None
        assert list(verify_records(conn)) == []


# --- Rulings ---------------------------------------------------------------------------------------------------------


def test_a_late_dossier_is_accepted_with_a_reason_and_the_computed_verdict_stays_beside(office: Office) -> None:
    late_dossier(office)
    done = rule(office.store, CAMPAIGN, "BVDN", RulingKind.ACCEPT, office.desk().writing, WHO, office.now)
    judged = done.revision.assessment
    assert (judged.verdict, judged.by_rules, judged.in_time) == (Verdict.ACCEPTED, Verdict.LATE, False)
    assert (done.revision.cause, done.before, dossier(office).verdict) == (
        Cause.DECISION,
        Verdict.LATE,
        Verdict.ACCEPTED,
    )
    assert told(office)[1] == (
        f"{union('BVDN').addresses[0]}: "
        "Đã nhận đủ văn bản (qua thư điện tử); hồ sơ được tiếp nhận sau khi cán bộ xem xét."
    )
    assert valid(office)[Part.IN_TIME.value] is True
    back = withdraw_ruling(
        office.store, CAMPAIGN, "BVDN", About.DOSSIER, office.desk().writing, WHO, office.now + timedelta(hours=1)
    )
    assert back is not None
    assert back.revision.assessment.verdict is Verdict.LATE
    assert len(office.letters()) == 3
    assert valid(office, office.now + timedelta(hours=2))[Part.IN_TIME.value] is False
    assert valid(office)[Part.IN_TIME.value] is True, "as it stood then"


@SQLITE
def test_a_ruling_settles_what_stood_then_and_not_what_comes_up_later(office: Office) -> None:
    late_dossier(office)
    rule(office.store, CAMPAIGN, "BVDN", RulingKind.ACCEPT, office.desk().writing, WHO, office.now)
    again = LATE + timedelta(hours=2)
    office.now = again
    office.receives(mail("BVDN", {"Bang.docx": table("BVDN", OTHER_TWO)}, at=again, name="thu-2"), again)
    office.judges()
    stood = dossier(office)
    with office.store.reading() as conn:
        last = revisions.latest(conn, stood.id)
    assert last is not None
    assert "replaces-unlike" in {one.code for one in last.assessment.findings}
    assert (last.assessment.verdict, last.assessment.ruling is not None) == (Verdict.REVIEW, True), (
        "a person looks again"
    )
    rule(office.store, CAMPAIGN, "BVDN", RulingKind.ACCEPT, office.desk().writing, WHO, office.now)
    assert dossier(office).verdict is Verdict.ACCEPTED


@SQLITE
def test_a_refusal_leaves_the_verdict_and_writes_no_letter(office: Office) -> None:
    late_dossier(office)
    done = rule(office.store, CAMPAIGN, "BVDN", RulingKind.REFUSE, office.desk().writing, WHO, office.now)
    assert (done.changed, done.letter, dossier(office).verdict) == (False, None, Verdict.LATE)
    assert len(office.letters()) == 1


@SQLITE
def test_what_is_neither_late_nor_doubtful_is_not_ruled_on(office: Office) -> None:
    office.receives(mail("BVDN"), IN_TIME)
    office.receives(mail("BVTN", {"To trinh.docx": memo("BVTN")}), IN_TIME)
    office.judges()
    for code in ("BVDN", "BVTN"):
        with pytest.raises(NotDecidedError, match="neither late nor doubtful"):
            rule(office.store, CAMPAIGN, code, RulingKind.ACCEPT, office.desk().writing, WHO, office.now)
    with pytest.raises(NotDecidedError, match="there is no dossier"):
        rule(office.store, CAMPAIGN, "BVLK", RulingKind.ACCEPT, office.desk().writing, WHO, office.now)


# --- Paper -----------------------------------------------------------------------------------------------------------


def paper_of(at: datetime, **changes: object) -> NewPaper:
    held: dict[str, object] = {"way": Way.POST, "received_by": "Bùi Thị Nhận", "complete": True}
    both = (Kind.MEMO, Kind.SUMMARY_TABLE)
    return NewPaper(**{"arrived_at": at, "holds": both, **held, **changes})  # type: ignore[arg-type]


def test_paper_may_come_first_and_what_the_union_mails_joins_it(office: Office) -> None:
    office.now = IN_TIME
    opened, made = record_paper(office.store, CAMPAIGN, "bvdn", paper_of(IN_TIME - timedelta(hours=1)), WHO, office.now)
    assert (opened.code, opened.revision, made.arrival) == ("SK39-001", 0, "1/2021")
    with pytest.raises(NotDecidedError, match="only paper came"):
        rule(office.store, CAMPAIGN, "BVDN", RulingKind.ACCEPT, office.desk().writing, WHO, office.now)
    assert valid(office) == {
        "in-time": False, "complete": False, "paper": True, "no-complaint": True, "no-dispute": True, "valid": False,
    }  # fmt: skip
    office.passes(timedelta(hours=1))
    office.receives(mail("BVDN"), IN_TIME)
    office.judges()
    assert (dossier(office).code, dossier(office).revision) == ("SK39-001", 1)
    with office.store.reading() as conn:
        letter = text_of(parsed(outbox.mime(conn, office.letters()[0].id)))
    assert "bản giấy" not in letter, "what is there is not asked for"
    assert valid(office)["valid"] is True
    withdraw_paper(office.store, CAMPAIGN, made.decided.number, WHO, office.now + timedelta(minutes=1))
    assert valid(office)["valid"] is True, "as it stood then"
    assert valid(office, office.now + timedelta(minutes=1))["paper"] is False


@SQLITE
def test_late_paper_is_not_valid_until_a_person_accepts_it(office: Office) -> None:
    office.receives(mail("BVDN"), IN_TIME)
    office.judges()
    office.now = LATE
    with pytest.raises(NotDecidedError, match="no paper copy"):
        rule_on_paper(office.store, CAMPAIGN, "BVDN", RulingKind.ACCEPT, WHO, office.now)
    record_paper(office.store, CAMPAIGN, "BVDN", paper_of(LATE, postmarked_on=date(2021, 4, 20)), WHO, office.now)
    assert valid(office)["paper"] is False, "the plan asks for the arrival, not the postmark"
    rule_on_paper(office.store, CAMPAIGN, "SK39-001", RulingKind.ACCEPT, WHO, office.now)
    assert valid(office)["valid"] is True


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"arrived_at": IN_TIME + timedelta(days=9)}, "after this moment"),
        ({"arrived_at": datetime(2021, 1, 1, tzinfo=VIETNAM)}, "before the campaign opened"),
        ({"postmarked_on": date(2021, 4, 19)}, "later than the arrival"),
        ({"way": Way.HAND, "postmarked_on": date(2021, 4, 10)}, "no postmark"),
        ({"holds": (Kind.MEMO,)}, "cannot be complete without"),
    ],
)
@SQLITE
def test_paper_that_cannot_be_as_it_is_told_is_not_recorded(
    office: Office, changes: dict[str, object], why: str
) -> None:
    office.now = IN_TIME
    with pytest.raises(NotDecidedError, match=why):
        record_paper(office.store, CAMPAIGN, "BVDN", paper_of(IN_TIME, **changes), WHO, office.now)
    with office.store.reading() as conn:
        assert dossiers.listed(conn, CAMPAIGN.key) == []


# --- Complaints and disputes -----------------------------------------------------------------------------------------


@SQLITE
def test_a_dispute_stays_with_its_initiative_when_the_table_is_replaced_and_ends_with_an_outcome(
    office: Office,
) -> None:
    office.receives(mail("BVDN"), IN_TIME)
    office.judges()
    office.now = IN_TIME + timedelta(hours=1)
    record_paper(office.store, CAMPAIGN, "BVDN", paper_of(IN_TIME), WHO, office.now)
    with pytest.raises(NotDecidedError, match="rows 1 to 2"):
        raise_objection(
            office.store, CAMPAIGN, "BVDN", 3, ObjectionKind.RESULT, WHO, office.now,
            raised_by="Phạm Văn Gửi", raised_on=date(2021, 4, 17),
        )  # fmt: skip
    raised = raise_objection(
        office.store, CAMPAIGN, "BVDN", 1, ObjectionKind.AUTHORSHIP, WHO, office.now,
        raised_by="Phạm Văn Gửi", raised_on=date(2021, 4, 17),
    )  # fmt: skip
    office.passes(timedelta(minutes=1))
    again = office.now
    office.receives(mail("BVDN", files("BVDN", tuple(reversed(TWO))), at=again, name="thu-2"), again)
    office.judges()
    assert valid(office)["no-dispute"] is False
    with office.store.reading() as conn:
        assert objections.row_now(conn, raised) == 2
    office.passes(timedelta(minutes=1))
    end_objection(office.store, CAMPAIGN, raised.decided.number, Outcome.SETTLED, WHO, office.now)
    with pytest.raises(NotDecidedError, match="has ended"):
        end_objection(office.store, CAMPAIGN, raised.decided.number, Outcome.UPHELD, WHO, office.now)
    assert valid(office)["valid"] is True
    assert valid(office, again)["valid"] is False


# --- Messages that wait ----------------------------------------------------------------------------------------------


def waiting_now(office: Office) -> list[int]:
    with office.store.reading() as conn:
        return [one.message_id for one in waiting.unresolved(conn)]


def test_a_strangers_message_is_assigned_with_its_own_time_and_the_stranger_stays_unknown(office: Office) -> None:
    office.receives(mail("BVDN", {"To trinh.docx": memo("BVDN")}), IN_TIME)
    office.receives(mail("BVDN", {"Bang.docx": table("BVDN")}, name="thu-2", sender=STRANGER), IN_TIME)
    office.judges()
    [message] = waiting_now(office)
    assert dossier(office).verdict is Verdict.DEFICIENT
    office.now = LATE
    with pytest.raises(NotDecidedError, match="did you mean BVDN"):
        assign_message(office.store, CAMPAIGN, message, "BVDNN", WHO, office.now)
    assert assign_message(office.store, CAMPAIGN, message, "BVDN", WHO, office.now) == 1
    with pytest.raises(NotDecidedError, match="assigned already"):
        assign_message(office.store, CAMPAIGN, message, "BVTN", WHO, office.now)
    office.judges()
    stood = dossier(office)
    assert (stood.verdict, stood.received_at, waiting_now(office)) == (Verdict.ACCEPTED, IN_TIME, [])
    assert [line.partition(":")[0] for line in told(office)] == [
        union("BVDN").addresses[0],
        STRANGER,
        union("BVDN").addresses[0],
    ], "the union is told, the stranger is not"
    office.receives(mail("BVDN", name="thu-3", sender=STRANGER), LATE)
    office.judges()
    assert len(waiting_now(office)) == 1, "its sender is not known by that"


def test_an_assignment_is_undone_and_the_message_waits_again(office: Office) -> None:
    office.receives(mail("BVDN", sender=STRANGER), IN_TIME)
    office.judges()
    [message] = waiting_now(office)
    assign_message(office.store, CAMPAIGN, message, "BVTN", WHO, office.now)
    office.judges()
    assert office.outcomes() == ["joined"]
    done = unassign_message(office.store, CAMPAIGN, message, office.desk().writing, WHO, office.now)
    assert done is not None
    assert done.revision.assessment.verdict is Verdict.DEFICIENT, "nothing is left in it"
    assert (office.outcomes(), waiting_now(office)) == (["waiting"], [message])
    with office.store.reading() as conn:
        assert contents.initiatives_of(conn, dossier(office, "BVTN").id) == []
    for code in ("BVDN", "BVTN"):  # to another, and back to the first
        assign_message(office.store, CAMPAIGN, message, code, WHO, office.now)
        office.judges()
        assert dossier(office, code).complete is True
        if code == "BVDN":
            unassign_message(office.store, CAMPAIGN, message, office.desk().writing, WHO, office.now)
    assert dossier(office).complete is False
    with pytest.raises(NotDecidedError, match="does not wait"):
        assign_message(office.store, CAMPAIGN, message, "BVDN", WHO, office.now)


def test_what_was_assigned_undone_and_came_back_with_its_confirmed_sender_counts(office: Office) -> None:
    office.receives(mail("BVDN", sender=STRANGER), IN_TIME)
    office.judges()
    [message] = waiting_now(office)
    assign_message(office.store, CAMPAIGN, message, "BVDN", WHO, office.now)
    office.judges()
    unassign_message(office.store, CAMPAIGN, message, office.desk().writing, WHO, office.now)
    own, decided = office.desk().judging.own, Decision(STRANGER, WHO.by, WHO.reason)
    assert confirm_sender(office.store, CAMPAIGN, own, decided, "BVDN", office.now).reopened == 1
    office.judges()
    assert dossier(office).verdict is Verdict.ACCEPTED
    revoke_sender(office.store, CAMPAIGN, decided, office.now)
    extend(office.store, CAMPAIGN, LATE + timedelta(days=9), None, WHO, office.now)
    moved = moved_dossiers(office.store, CAMPAIGN)
    rejudge_moved(office.store, CAMPAIGN, moved, office.desk().writing, WHO, lambda: office.now, lambda done: None)
    assert dossier(office).verdict is Verdict.ACCEPTED, "what it brought before stays"


@SQLITE
def test_a_message_of_no_campaign_is_dismissed_and_that_is_undone(office: Office) -> None:
    office.receives(mail("BVDN", sender=STRANGER), IN_TIME)
    office.judges()
    [message] = waiting_now(office)
    dismiss_message(office.store, CAMPAIGN, message, WHO, office.now)
    assert waiting_now(office) == []
    with pytest.raises(NotDecidedError, match="does not wait"):
        dismiss_message(office.store, CAMPAIGN, message, WHO, office.now)
    assert unassign_message(office.store, CAMPAIGN, message, office.desk().writing, WHO, office.now) is None
    assert waiting_now(office) == [message]


@SQLITE
def test_a_person_says_for_which_of_two_campaigns_a_message_is(store: Store) -> None:
    other = replace(CAMPAIGN, key="khac", name="Chương trình khác", code_prefix="KH")
    office = Office(store, campaigns=(CAMPAIGN, other))
    office.receives(mail("BVDN"), IN_TIME)
    office.judges()
    [message] = waiting_now(office)
    assign_message(office.store, other, message, "BVDN", WHO, office.now)
    office.judges()
    with store.reading() as conn:
        assert dossiers.listed(conn, CAMPAIGN.key) == []
        assert [one.code for one in dossiers.listed(conn, "khac")] == ["KH-001"]
    assert (waiting_now(office), [one.kind for one in office.letters()]) == ([], ["acknowledgement"])
    unassign_message(office.store, other, message, office.desk().writing, WHO, office.now)
    assert waiting_now(office) == [message]


# --- Corrections -----------------------------------------------------------------------------------------------------


def test_a_misread_cell_is_corrected_and_the_correction_outlives_another_reading(
    office: Office, tmp_path: Path
) -> None:
    attached = {"To trinh.docx": memo("BVDN"), "Bang.docx": table("BVDN", TWO, {1: "applied"})}
    office.receives(mail("BVDN", attached), IN_TIME)
    office.judges()
    assert dossier(office).verdict is Verdict.DEFICIENT
    misread = Misread("applied", "Tháng 3/2021", row=1)
    made, done = correct_value(office.store, CAMPAIGN, "BVDN", misread, office.desk().writing, WHO, office.now)
    assert (made.reading, made.correction.value) == ("", "Tháng 3/2021")
    assert done is not None
    assert done.revision.assessment.verdict is Verdict.ACCEPTED
    assert "đúng hạn" in told(office)[-1]
    with office.store.writing() as tx:
        assert contents.initiatives_of(tx, dossier(office).id)[0].cells["applied"] == "Tháng 3/2021"
        read = readings.latest(tx, 1)
        assert read is not None
        [held] = [one.table for one in read.submission.documents if one.table]
        assert held.rows[0].cells["applied"] == "", "what was read stays"
        ledger.requeue(tx, 1, office.now, by=WHO.by, reason=WHO.reason)
    office.judges()
    assert dossier(office).verdict is Verdict.ACCEPTED, "read again, and corrected again"
    assert evidence_of(office, tmp_path) == 0
    withdraw_correction(office.store, CAMPAIGN, made.decided.number, office.desk().writing, WHO, office.now)
    assert dossier(office).verdict is Verdict.DEFICIENT


@SQLITE
def test_fields_of_the_memo_and_the_kind_of_a_file_are_corrected(office: Office) -> None:
    office.receives(mail("BVDN"), IN_TIME)
    office.judges()
    writing = office.desk().writing
    for misread in (Misread("number", "17/TTr-CĐCS"), Misread("date", "15/4/2021"), Misread("stated_count", "2")):
        correct_value(office.store, CAMPAIGN, "BVDN", misread, writing, WHO, office.now)
    assert dossier(office).verdict is Verdict.ACCEPTED
    _, done = correct_value(
        office.store, CAMPAIGN, "BVDN", Misread("kind", "other", file="To trinh.docx"), writing, WHO, office.now
    )
    assert done is not None
    assert [one.code for one in done.revision.assessment.findings if one.code.startswith("missing")] == ["missing-memo"]


@pytest.mark.parametrize(
    ("misread", "why"),
    [
        (Misread("applied", "x", row=3), "no row 3"),
        (Misread("salary", "x", row=1), "no column salary"),
        (Misread("colour", "x"), "a memo has no colour"),
        (Misread("date", "31/2/2021"), "is no day"),
        (Misread("stated_count", "two"), "is a number"),
        (Misread("kind", "memo"), "say with --file"),
        (Misread("kind", "unreadable", file="To trinh.docx"), "a document is memo"),
        (Misread("number", "1", file="x.docx"), "no such file"),
    ],
)
@SQLITE
def test_a_correction_of_nothing_is_refused(office: Office, misread: Misread, why: str) -> None:
    office.receives(mail("BVDN"), IN_TIME)
    office.judges()
    with pytest.raises(NotDecidedError, match=why):
        correct_value(office.store, CAMPAIGN, "BVDN", misread, office.desk().writing, WHO, office.now)
    assert dossier(office).revision == 1


# --- The deadline ----------------------------------------------------------------------------------------------------


def test_an_extension_judges_all_again_keeps_the_old_verdicts_and_writes_where_one_changes(office: Office) -> None:
    late_dossier(office)
    office.receives(mail("BVTN", at=IN_TIME), IN_TIME)
    office.judges()
    writing = office.desk().writing
    until = DEADLINE + timedelta(days=3)
    assert extend(office.store, CAMPAIGN, until, None, WHO, office.now) == (None, True)
    wanted = moved_dossiers(office.store, CAMPAIGN)
    assert len(wanted) == 2
    rejudge_moved(office.store, CAMPAIGN, wanted[:1], writing, WHO, lambda: office.now, lambda one: None)  # killed here
    assert extend(office.store, CAMPAIGN, until, None, WHO, office.now) == (None, False), "the same again"
    done: list[str] = []
    rest = moved_dossiers(office.store, CAMPAIGN)
    rejudge_moved(
        office.store, CAMPAIGN, [*wanted, *rest], writing, WHO, lambda: office.now, lambda one: done.append(one.code)
    )
    assert len(done) == 1, "what was judged before the kill is not judged twice"
    assert (dossier(office).verdict, dossier(office, "BVTN").verdict) == (Verdict.ACCEPTED, Verdict.ACCEPTED)
    assert len(office.letters()) == 3, "one more, to the union whose verdict changed"
    with office.store.reading() as conn:
        every = revisions.every(conn, dossier(office).id)
        [one] = deadlines.history(conn, CAMPAIGN.key)
    assert [(one.cause, one.assessment.verdict) for one in every] == [
        (Cause.MESSAGE, Verdict.LATE),
        (Cause.EXTENSION, Verdict.ACCEPTED),
    ]
    withdraw_extension(office.store, CAMPAIGN, one.number, WHO, office.now)
    moved = moved_dossiers(office.store, CAMPAIGN)
    rejudge_moved(office.store, CAMPAIGN, moved, writing, WHO, lambda: office.now, lambda one: None)
    assert dossier(office).verdict is Verdict.LATE
    with pytest.raises(NotDecidedError, match="no extension"):
        withdraw_extension(office.store, CAMPAIGN, 99, WHO, office.now)


@SQLITE
def test_an_extension_for_one_union_moves_no_other_and_none_shortens(office: Office) -> None:
    late_dossier(office)
    office.receives(mail("BVTN", at=LATE), LATE)
    office.judges()
    until = DEADLINE + timedelta(days=3)
    assert extend(office.store, CAMPAIGN, until, "bvdn", WHO, office.now) == ("BVDN", True)
    assert moved_dossiers(office.store, CAMPAIGN) == [dossier(office).id]
    with pytest.raises(NotDecidedError, match="never shortens"):
        extend(office.store, CAMPAIGN, until - timedelta(days=1), "BVDN", WHO, office.now)


def test_after_the_close_mail_is_recorded_and_joins_nothing_without_a_person(office: Office) -> None:
    with office.store.writing() as tx:
        assert closings.close(tx, CAMPAIGN.key, office.now, by=WHO.by, reason=WHO.reason)
        assert not closings.close(tx, CAMPAIGN.key, office.now, by=WHO.by, reason=WHO.reason)
    office.receives(mail("BVDN"), IN_TIME)
    office.judges()
    assert (office.outcomes(), office.letters()) == (["waiting"], [])
    with office.store.reading() as conn:
        [waits] = waiting.unresolved(conn)
        assert (waits.reason, dossiers.listed(conn, CAMPAIGN.key)) == ("campaign-closed", [])
    assign_message(office.store, CAMPAIGN, waits.message_id, "BVDN", WHO, office.now)
    office.judges()
    assert dossier(office).verdict is Verdict.ACCEPTED
    assert [one.kind for one in office.letters()] == ["acknowledgement"], "its own union is answered now"
    with office.store.writing() as tx:
        assert closings.reopen(tx, CAMPAIGN.key, office.now, by=WHO.by, reason=WHO.reason)
    office.receives(mail("BVTN"), IN_TIME)
    office.judges()
    assert office.outcomes() == ["joined", "joined"]


# --- Letters ---------------------------------------------------------------------------------------------------------


@SQLITE
def test_a_person_writes_to_a_union_through_the_outbox_and_once(office: Office) -> None:
    office.receives(mail("BVDN"), IN_TIME)
    office.judges()
    words = Words("Về hồ sơ\r\nBcc: x@y.example", "Kính gửi đơn vị,\n\n<b>Đề nghị</b> gọi lại.\x07")
    letter = write(office.store, CAMPAIGN, "BVDN", words, office.desk().writing, WHO, office.now)
    assert (letter.recipient, letter.state) == (union("BVDN").addresses[0], LetterState.QUEUED)
    with office.store.reading() as conn:
        sent = parsed(outbox.mime(conn, letter.id))
    assert (sent["Bcc"], sent["Auto-Submitted"], sent["In-Reply-To"]) == (
        None,
        "no",
        "<thu-1.bvdn@dongnai-yte.example>",
    )
    assert "&lt;b&gt;Đề nghị&lt;/b&gt; gọi lại." in sent.get_body(("html",)).get_content()  # type: ignore[union-attr]
    with pytest.raises(NotDecidedError, match="written before"):
        write(office.store, CAMPAIGN, "BVDN", words, office.desk().writing, WHO, office.now)
    other = Words("x", "y", STRANGER)
    with pytest.raises(NotDecidedError, match="is no address of BVDN"):
        write(office.store, CAMPAIGN, "BVDN", other, office.desk().writing, WHO, office.now)


@SQLITE
def test_what_a_person_writes_is_within_the_limits_and_a_person_may_let_it_out(office: Office) -> None:
    office.receives(mail("BVDN"), IN_TIME)
    office.judges()
    writing = office.desk().writing
    for number in range(4):
        letter = write(office.store, CAMPAIGN, "BVDN", Words("x", f"Lần {number}"), writing, WHO, office.now)
    assert letter.state is LetterState.HELD
    assert resend(office.store, letter.id, writing, WHO, office.now).state is LetterState.QUEUED


@SQLITE
def test_a_letter_that_went_out_is_sent_again_as_a_letter_of_its_own(office: Office) -> None:
    office.receives(mail("BVDN"), IN_TIME)
    office.judges()
    [first] = office.letters()
    with pytest.raises(NotDecidedError, match="under way"):
        resend(office.store, first.id, office.desk().writing, WHO, office.now)
    with office.store.writing() as tx:
        [claimed] = outbox.claim(tx, office.now, "this", timedelta(minutes=1))
        outbox.data_started(tx, claimed.id, "this", office.now)
        outbox.sent(tx, claimed.id, "this", "250 ok", office.now)
    copy = resend(office.store, first.id, office.desk().writing, WHO, office.now)
    assert (copy.state, copy.recipient, copy.subject) == (LetterState.QUEUED, first.recipient, first.subject)
    with office.store.reading() as conn:
        old, new = parsed(outbox.mime(conn, first.id)), parsed(outbox.mime(conn, copy.id))
    assert new["Message-ID"] != old["Message-ID"]
    assert text_of(new) == text_of(old)


# --- Snapshots -------------------------------------------------------------------------------------------------------


def test_a_snapshot_keeps_the_day_whatever_is_recorded_later(office: Office) -> None:
    office.receives(mail("BVDN"), IN_TIME)
    office.judges()
    record_paper(office.store, CAMPAIGN, "BVDN", paper_of(office.now - timedelta(hours=1)), WHO, office.now)
    day = office.now
    with pytest.raises(NotDecidedError, match="not over"):
        take_snapshot(office.store, CAMPAIGN, day + timedelta(days=1), WHO, office.now)
    made = take_snapshot(office.store, CAMPAIGN, day, WHO, office.now)
    office.passes(timedelta(days=1))
    raise_objection(
        office.store, CAMPAIGN, "BVDN", 1, ObjectionKind.CONTENT, WHO, office.now,
        raised_by="Phạm Văn Gửi", raised_on=date(2021, 4, 17),
    )  # fmt: skip
    later = take_snapshot(office.store, CAMPAIGN, office.now, WHO, office.now)
    again = take_snapshot(office.store, CAMPAIGN, day, WHO, office.now)
    with office.store.reading() as conn:
        assert [one.valid for one in snapshots.rows_of(conn, made.number)] == [True]
        assert [one.valid for one in snapshots.rows_of(conn, later.number)] == [False]
        assert again.digest == made.digest, "the same day gives the same rows, whenever it is asked for"
        assert list(snapshots.changed(conn)) == []


@SQLITE
def test_the_digest_shows_what_a_person_refused_no_longer_and_names_messages_as_the_commands_do(office: Office) -> None:
    late_dossier(office)
    office.receives(b"From: x@y.example\r\nSubject: x\r\n\r\nx\r\n", LATE)
    office.receives(mail("BVTN", sender=STRANGER), LATE)
    office.judges()
    told = told_by_digest(office)
    assert told[Group.LATE] == ["SK39-001"]
    [message] = told[Group.DOUBTFUL]
    dismiss_message(office.store, CAMPAIGN, int(message.removeprefix("#")), WHO, office.now)
    rule(office.store, CAMPAIGN, "BVDN", RulingKind.REFUSE, office.desk().writing, WHO, office.now)
    assert told_by_digest(office) == {}


@SQLITE
def test_what_a_person_accepted_is_never_told_as_in_time(office: Office) -> None:
    late_dossier(office)
    rule(office.store, CAMPAIGN, "BVDN", RulingKind.ACCEPT, office.desk().writing, WHO, office.now)
    [section] = digest(office.store, CAMPAIGN, office.now - timedelta(hours=1), office.now).sections
    assert (section.group, section.entries[0].why) == (Group.ACCEPTED, (BY_RULING, "late"))
    with office.store.reading() as conn:
        rows = register_rows(conn, CAMPAIGN, office.now)
    [told] = [one for one in rows if one.union == "BVDN"]
    assert (told.verdict, told.ruled, told.in_time) == (Verdict.ACCEPTED, True, False)
    book = register_xlsx(
        [told], Heading("CĐN", "75 nghìn", office.now, ZoneInfo("Asia/Ho_Chi_Minh")), digest_words("en")
    )
    cells = [cell.value for row in load_workbook(io.BytesIO(book)).worksheets[0].iter_rows() for cell in row]
    assert "Accepted by decision" in cells
    assert "Complete, in time" not in cells


def told_by_digest(office: Office) -> dict[Group, list[str]]:
    """References of what waits for a person, the day after."""
    day = office.now + timedelta(days=1)
    found = digest(office.store, CAMPAIGN, day - timedelta(hours=1), day)
    return {one.group: [entry.reference for entry in one.entries] for one in found.sections}
