"""One dossier from several messages, in whatever order they are processed."""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.dossiers import DEADLINE, IN_TIME, campaign, document, memo, received, row, submission, table

from dossier.assessment import JudgingContext, judge_alone
from dossier.composition import DossierState, compose
from dossier.deadline import DeadlineInForce, Extension, receipt
from dossier.mail import Hop
from dossier.model import Document, Kind, Problem, Reply, Severity, Verdict
from dossier.replacement import Contribution, Role

FIVE = tuple(
    row(f"Sáng kiến {name}") for name in ("rửa tay", "xếp lịch trực", "phân loại rác", "khám nhanh", "hẹn giờ")
)
OTHERS = tuple(row(f"Giải pháp khác hẳn {name}") for name in ("kho thuốc", "máy thở", "bếp ăn"))
NEXT = IN_TIME + timedelta(hours=1)
LATE = DEADLINE + timedelta(hours=8)


def sent(*documents: Document, at: datetime = IN_TIME, name: str = "one", **changes: object) -> Contribution:
    accepted = bool(changes.pop("accepted", False))
    return Contribution(submission(*documents, name=name, **changes), received(at), accepted=accepted)


def dossier(*contributions: Contribution, deadline: datetime = DEADLINE) -> DossierState:
    return compose(contributions, campaign(), DeadlineInForce(deadline), "BVP")


def codes(state: DossierState) -> list[str]:
    return sorted({one.code for one in state.assessment.findings})


def roles(state: DossierState, contributions: Sequence[Contribution]) -> list[Role]:
    return [state.roles[one.message] for one in contributions]


def unread(problem: Problem, file: str = "scan.pdf", kind: Kind = Kind.UNREADABLE) -> Document:
    return document(file, "9", kind, problem=problem, read_by=None)


def test_a_memo_then_the_table_from_another_address_then_a_corrected_table_are_one_dossier() -> None:
    three = (
        sent(memo(), name="a"),
        sent(
            table(*FIVE, file="bang.xlsx"),
            at=IN_TIME + timedelta(days=1),
            name="b",
            sender="congdoan.bvp@webmail.example",
        ),
        sent(table(*FIVE[:4], row("Sáng kiến mới"), file="bang sua.xlsx"), at=IN_TIME + timedelta(days=2), name="c"),
    )
    first, second, third = (dossier(*three[:count]) for count in (1, 2, 3))
    assert codes(first) == ["missing-summary-table"]
    assert (codes(second), second.completed_at) == ([], three[1].receipt.at)
    assert (codes(third), third.completed_at) == ([], three[1].receipt.at)
    assert roles(third, three) == [Role.ADDED, Role.ADDED, Role.REPLACED]
    assert third.in_force[Kind.SUMMARY_TABLE].document.file == "bang sua.xlsx"
    assert third.assessment.verdict is Verdict.ACCEPTED
    assert third.assessment.in_force["memo"] == f"{three[0].message}/2"


def test_a_worse_table_after_the_deadline_changes_nothing() -> None:
    whole = sent(memo(), table(*FIVE), name="a")
    worse = sent(table(row("Sáng kiến rửa tay", author="")), at=LATE, name="b")
    before, after = dossier(whole), dossier(whole, worse)
    assert after.assessment == before.assessment
    assert after.in_force == before.in_force
    assert after.late_supplements == (worse.message,)
    assert after.roles[worse.message] is Role.LATE_SUPPLEMENT


def test_a_worse_table_before_the_deadline_replaces_the_better_one() -> None:
    state = dossier(
        sent(memo(), table(*FIVE), name="a"),
        sent(table(row("Sáng kiến rửa tay", author="")), at=NEXT, name="b"),
    )
    assert codes(state) == ["incomplete-row"]
    assert state.completed_at is None


EXTENDED = DeadlineInForce(
    DEADLINE + timedelta(days=5),
    DEADLINE,
    "mưa lũ",
    (Extension(DEADLINE + timedelta(days=5), "mưa lũ", decided_at=DEADLINE + timedelta(days=2)),),
)
"""Decided two days after the deadline."""


@pytest.mark.parametrize(
    "faulty",
    [(table(row("Sáng kiến rửa tay", author="")),), (table(*OTHERS),), (unread(Problem.NOT_READ),)],
    ids=["a worse table", "another table", "a file that we cannot read"],
)
def test_an_extension_takes_nothing_from_a_dossier_that_was_complete_before_it(faulty: tuple[Document, ...]) -> None:
    whole = sent(memo(), table(*FIVE), name="a")
    worse = sent(*faulty, at=LATE, name="b")
    state = compose((whole, worse), campaign(), EXTENDED, "BVP")
    assert (state.assessment.verdict, codes(state)) == (Verdict.ACCEPTED, [])
    assert state.late_supplements == (worse.message,)
    assert state.in_force[Kind.SUMMARY_TABLE].contribution is whole


def test_after_an_extension_a_good_table_that_came_late_at_first_counts() -> None:
    whole = sent(memo(), table(*FIVE), name="a")
    better = sent(table(*FIVE, row("Sáng kiến thứ sáu")), at=LATE, name="b")
    state = compose((whole, better), campaign(), EXTENDED, "BVP")
    assert (state.assessment.verdict, state.late_supplements) == (Verdict.ACCEPTED, ())
    assert state.in_force[Kind.SUMMARY_TABLE].contribution is better


def test_once_an_extension_is_known_the_newest_table_counts_as_before_any_deadline() -> None:
    whole = sent(memo(), table(*FIVE), name="a")
    worse = sent(table(row("Sáng kiến rửa tay", author="")), at=DEADLINE + timedelta(days=3), name="b")
    state = compose((whole, worse), campaign(), EXTENDED, "BVP")
    assert (state.assessment.verdict, codes(state)) == (Verdict.DEFICIENT, ["incomplete-row"])


def test_begun_in_time_and_completed_late_is_late_with_both_times() -> None:
    state = dossier(sent(memo(), name="a"), sent(table(*FIVE), at=LATE, name="b"))
    assert state.assessment.verdict is Verdict.LATE
    assert (state.assessment.complete, state.assessment.in_time) == (True, False)
    assert state.begun_at == IN_TIME
    assert state.completed_at == LATE
    (late,) = state.assessment.findings
    assert late.values["begun_at"] == state.begun_at.isoformat()


def test_begun_in_time_and_still_incomplete_is_not_late() -> None:
    state = dossier(sent(memo(), name="a"))
    assert (state.assessment.verdict, state.assessment.in_time) == (Verdict.DEFICIENT, True)


@pytest.mark.parametrize(
    "afterwards",
    [(memo(),), (memo(), table(*FIVE)), (document("anh.jpg", "2"),), ()],
    ids=["a soft copy", "everything again", "another file", "words alone"],
)
def test_a_file_in_time_that_only_we_cannot_read_never_makes_its_union_late(afterwards: tuple[Document, ...]) -> None:
    scan = sent(unread(Problem.NOT_READ), table(*FIVE), name="a")
    after = sent(*afterwards, at=LATE, name="b", own_words="gửi kèm")
    state = dossier(scan, after)
    assert state.assessment == dossier(scan).assessment
    assert (state.assessment.verdict, codes(state)) == (Verdict.REVIEW, ["not-read"])
    assert state.late_supplements == (after.message,)


def test_a_file_in_time_that_its_sender_has_to_mend_is_mended_late() -> None:
    state = dossier(
        sent(unread(Problem.PASSWORD), table(*FIVE), name="a"),
        sent(memo(), at=LATE, name="b"),
    )
    assert (state.assessment.verdict, codes(state)) == (Verdict.LATE, ["late"])


def test_a_gap_in_time_beside_a_file_that_we_cannot_read_is_mended_late() -> None:
    state = dossier(
        sent(unread(Problem.NOT_READ), table(row(author="")), name="a"),
        sent(table(row()), at=LATE, name="b"),
    )
    assert (state.assessment.verdict, codes(state)) == (Verdict.REVIEW, ["late", "not-read"])


def test_a_late_copy_of_what_came_at_an_unknown_time_is_for_a_person() -> None:
    files = (memo(), table(*FIVE))
    timeless = Contribution(submission(*files, name="a"), receipt(None, ()))
    state = dossier(timeless, sent(*files, at=LATE, name="b"))
    assert (state.assessment.verdict, codes(state)) == (Verdict.REVIEW, ["receipt-time-unknown"])


def test_a_dossier_completed_late_may_still_be_corrected() -> None:
    state = dossier(
        sent(memo(), name="a"),
        sent(table(*FIVE), at=LATE, name="b"),
        sent(table(*FIVE, row("Thêm một")), at=LATE + timedelta(hours=1), name="c"),
    )
    assert len(state.in_force[Kind.SUMMARY_TABLE].document.table.rows) == 6  # type: ignore[union-attr]
    assert state.late_supplements == ()


def test_an_extension_makes_a_late_dossier_timely() -> None:
    contributions = (sent(memo(), name="a"), sent(table(*FIVE), at=LATE, name="b"))
    assert dossier(*contributions, deadline=LATE).assessment.verdict is Verdict.ACCEPTED


def test_a_table_of_other_initiatives_is_kept_beside_the_first_for_a_person() -> None:
    first = sent(memo(), table(*FIVE), name="a")
    second = sent(table(*OTHERS, file="them.docx"), at=NEXT, name="b")
    state = dossier(first, second)
    assert (codes(state), state.assessment.verdict) == (["replaces-unlike"], Verdict.REVIEW)
    assert state.in_force[Kind.SUMMARY_TABLE].contribution.message == first.message
    assert [placed.contribution.message for placed in state.unlike] == [second.message]
    assert state.completed_at == IN_TIME


def test_a_table_that_holds_both_settles_the_doubt() -> None:
    state = dossier(
        sent(memo(), table(*FIVE), name="a"),
        sent(table(*OTHERS), at=NEXT, name="b"),
        sent(table(*FIVE, *OTHERS), at=IN_TIME + timedelta(hours=2), name="c"),
    )
    assert codes(state) == []
    assert state.unlike == ()


def test_a_blank_form_does_not_replace_a_filled_one() -> None:
    state = dossier(sent(memo(), table(*FIVE), name="a"), sent(table(file="mau.docx"), at=NEXT, name="b"))
    assert state.in_force[Kind.SUMMARY_TABLE].document.file == "Bang tong hop.docx"
    assert codes(state) == []


def test_a_filled_table_replaces_an_empty_one() -> None:
    state = dossier(sent(memo(), table(), name="a"), sent(table(*FIVE, file="b.docx"), at=NEXT, name="b"))
    assert codes(state) == []


def test_a_later_scan_does_not_replace_the_digital_table() -> None:
    scan = table(*FIVE, file="scan.pdf", read_by="ocr", doubts=("rows",))
    state = dossier(sent(memo(), table(*FIVE), name="a"), sent(scan, at=NEXT, name="b"))
    assert state.in_force[Kind.SUMMARY_TABLE].document.read_by == "docx"
    assert codes(state) == []


@pytest.mark.parametrize("problem", [Problem.CORRUPT, Problem.PASSWORD, Problem.NOT_READ])
def test_a_file_that_could_not_be_read_is_mended_by_the_document_that_was_lacking(problem: Problem) -> None:
    bad = sent(memo(), unread(problem), name="a")
    good = sent(table(*FIVE), at=NEXT, name="b")
    assert codes(dossier(bad)) != []
    assert codes(dossier(bad, good)) == []


def test_a_file_of_the_same_name_mends_the_unread_one() -> None:
    state = dossier(
        sent(memo(), table(*FIVE), unread(Problem.NOT_READ, "Bang 2.pdf"), name="a"),
        sent(table(*FIVE, file="BẢNG 2.pdf"), at=NEXT, name="b"),
    )
    assert codes(state) == []


def test_an_unread_file_beside_a_whole_dossier_stays_for_a_person() -> None:
    state = dossier(
        sent(memo(), table(*FIVE), unread(Problem.NOT_READ), name="a"),
        sent(table(*FIVE, row("Thêm")), at=NEXT, name="b"),
    )
    assert codes(state) == ["not-read"]


def test_a_password_in_a_later_message_does_not_undo_a_whole_dossier() -> None:
    whole = sent(memo(), table(*FIVE), name="a")
    state = dossier(whole, sent(unread(Problem.PASSWORD), at=NEXT, name="b"))
    assert [one.severity for one in state.assessment.findings] == [Severity.WARNING]
    assert (state.assessment.verdict, state.completed_by) == (Verdict.ACCEPTED, whole.message)


def test_a_forgotten_attachment_is_forgiven_once_it_came() -> None:
    forgot = sent(own_words="gửi kèm tờ trình", name="a")
    state = dossier(forgot, sent(memo(), at=NEXT, name="b"))
    assert codes(dossier(forgot)) == ["missing-memo", "missing-summary-table", "nothing-attached"]
    assert codes(state) == ["missing-summary-table"]


def test_copies_that_differ_are_settled_by_a_newer_table() -> None:
    differ = sent(memo(), table(*FIVE), table(*FIVE[:2], file="x.xlsx", part="4"), name="a")
    newer = sent(table(*FIVE, file="cuoi.xlsx"), at=NEXT, name="b")
    assert codes(dossier(differ)) == ["copies-differ"]
    assert codes(dossier(differ, newer)) == []


def test_a_memo_of_another_union_goes_to_a_person_unless_a_person_took_it() -> None:
    other = (memo("CĐCS Bệnh viện Da liễu Đồng Nai"), table(*FIVE))
    assert codes(dossier(sent(*other))) == ["union-mismatch"]
    assert codes(dossier(sent(*other, accepted=True))) == []


def test_a_message_that_was_not_read_to_its_end_is_mended_by_what_was_lacking() -> None:
    unfinished = sent(memo(), problems=("too many parts",), name="a")
    assert codes(dossier(unfinished)) == ["not-read"]
    assert codes(dossier(unfinished, sent(table(*FIVE), at=LATE - timedelta(days=2), name="b"))) == []


def test_a_dossier_of_no_message_is_an_error() -> None:
    with pytest.raises(ValueError, match="no message adds"):
        dossier()


def test_a_mail_program_that_repeats_itself_costs_little() -> None:
    flood = [
        sent(memo(), table(*FIVE), unread(Problem.NOT_READ), at=IN_TIME + timedelta(minutes=number), name=str(number))
        for number in range(300)
    ]
    begun = time.process_time()
    state = dossier(*flood)
    assert time.process_time() - begun < 10
    assert state.completed_by == flood[0].message


_KINDS_OF_FILE = st.sampled_from(
    (
        memo(),
        memo(file="Tờ trình mới.docx", doubts=("issuer",)),
        table(*FIVE),
        table(*FIVE[:3], file="ba.xlsx"),
        table(*OTHERS, file="khac.xlsx"),
        table(file="mau.docx"),
        table(row("Sáng kiến rửa tay", author="", applied="Quý I/2021"), file="thieu.docx"),
        unread(Problem.CORRUPT),
        unread(Problem.PASSWORD, "khoa.xlsx"),
        unread(Problem.NOT_READ, "anh.jpg"),
        unread(Problem.NOT_READ, "tt.pdf", Kind.MEMO),
        document("thu.pdf", "8", doubts=("kind",)),
    )
)
_MESSAGES = st.lists(
    st.tuples(st.lists(_KINDS_OF_FILE, max_size=3), st.integers(-3, 3), st.integers(0, 2)), min_size=1, max_size=5
)


def _contributions(drawn: list[tuple[list[Document], int, int]]) -> list[Contribution]:
    made = []
    for number, (files, hours, arrival) in enumerate(drawn):
        placed = [document_at(file, str(place)) for place, file in enumerate(files)]
        message = submission(*placed, name=f"m{number}", own_words="gửi kèm" if not files else "")
        made.append(Contribution(message, received(DEADLINE + timedelta(hours=hours)), arrival))
    return made


def document_at(file: Document, part: str) -> Document:
    return Document(**{name: getattr(file, name) for name in file.__slots__} | {"part": part})


@settings(max_examples=60, deadline=None)
@given(drawn=_MESSAGES, data=st.data())
def test_the_order_of_processing_and_repetition_change_nothing(
    drawn: list[tuple[list[Document], int, int]], data: st.DataObject
) -> None:
    contributions = _contributions(drawn)
    shuffled = data.draw(st.permutations(contributions))
    once = dossier(*contributions)
    assert dossier(*shuffled) == once
    assert dossier(*shuffled, *contributions) == once


@settings(max_examples=60, deadline=None)
@given(drawn=_MESSAGES)
def test_nothing_after_the_deadline_changes_a_dossier_complete_in_time(
    drawn: list[tuple[list[Document], int, int]],
) -> None:
    contributions = _contributions(drawn)
    timely = [one for one in contributions if one.receipt.at and one.receipt.at <= DEADLINE]
    if not timely:
        return
    before = dossier(*timely)
    if before.completed_at is None:
        return
    after = dossier(*contributions)
    assert after.assessment == before.assessment
    assert after.in_force == before.in_force


@settings(max_examples=80, deadline=None)
@given(drawn=_MESSAGES)
def test_a_dossier_of_one_message_is_judged_as_the_message_alone(drawn: list[tuple[list[Document], int, int]]) -> None:
    one = _contributions(drawn)[0]
    alone = judge_alone(one.submission, one.receipt, campaign(), JudgingContext())
    whole = dossier(one).assessment
    assert (whole.verdict, whole.complete, whole.in_time) == (alone.verdict, alone.complete, alone.in_time)
    assert whole.in_force == alone.in_force
    key = lambda found: (found.code, found.document or "", found.row or 0, found.detail, found.severity)  # noqa: E731
    assert sorted(map(key, whole.findings)) == sorted(map(key, alone.findings))


@settings(max_examples=60, deadline=None)
@given(drawn=_MESSAGES)
def test_a_complete_dossier_holds_every_document_and_no_deficiency(
    drawn: list[tuple[list[Document], int, int]],
) -> None:
    state = dossier(*_contributions(drawn))
    mend = any(one.severity is Severity.DEFICIENCY for one in state.assessment.findings)
    assert (state.assessment.reply is Reply.DEFICIENCY) == mend
    assert (state.completed_at is not None) == (state.assessment.complete is True)
    if state.assessment.complete:
        assert set(state.in_force) == {Kind.MEMO, Kind.SUMMARY_TABLE}


def test_what_comes_late_takes_no_place_of_documents_whose_time_a_person_has_to_decide_on() -> None:
    """By one of the server's clocks they were in time; a table that surely is late is kept beside them."""
    hop = Hop("mail.cdyte-dongnai.example", DEADLINE - timedelta(minutes=3))
    disputed = receipt(DEADLINE + timedelta(minutes=3), (hop,), (hop.by,))
    first = Contribution(submission(memo(), table(*FIVE), name="a"), disputed)
    later = sent(table(*FIVE[:4], file="bang sua.xlsx"), at=LATE, name="b")
    state = dossier(first, later)
    assert roles(state, (later,)) == [Role.LATE_SUPPLEMENT]
    assert state.in_force[Kind.SUMMARY_TABLE].document.file == "Bang tong hop.docx"
    assert "receipt-time-disputed" in codes(state)


def test_a_description_of_one_initiative_beside_a_table_changes_nothing_in_whatever_order_they_come() -> None:
    described = table(FIVE[0], file="Ban mo ta.docx", part="4", description=True, doubts=("told by one column",))
    together = dossier(sent(memo(), table(*FIVE), described))
    assert (codes(together), together.assessment.verdict) == ([], Verdict.ACCEPTED)
    whole, extra = sent(memo(), table(*FIVE), name="a"), sent(described, at=NEXT, name="b")
    after = dossier(whole, extra)
    assert (codes(after), roles(after, (extra,))) == ([], [Role.NOTHING_NEW])
    first, then = sent(memo(), described, name="a"), sent(table(*FIVE), at=NEXT, name="b")
    before = dossier(first, then)
    assert (codes(before), roles(before, (then,))) == ([], [Role.REPLACED])
    alone = judge_alone(whole.submission, whole.receipt, campaign(), JudgingContext())
    assert alone.verdict is Verdict.ACCEPTED


def test_descriptions_of_several_initiatives_that_the_table_does_not_hold_are_for_a_person() -> None:
    both = table(*FIVE[3:], file="Phieu.docx", part="4", description=True)
    assert codes(dossier(sent(memo(), table(*FIVE), both))) == []
    assert codes(dossier(sent(memo(), table(*FIVE[:4]), both))) == ["copies-differ"]


def test_a_description_of_an_initiative_that_the_table_does_not_hold_is_for_a_person() -> None:
    """By neither its title nor its author."""
    known = row("Quy trình rửa tay sáu bước cho khoa Nội", author="Trần Văn Mẫu; Lê Thị Ví Dụ")
    whole = table(row("Sáng kiến phân loại rác", author="Lê Thị Vi Dụ"), *FIVE[3:])
    for described, found in ((known, []), (row(known.cells["title"], author="Phan Minh Họa"), ["copies-differ"])):
        one = table(described, file="Don.docx", part="4", description=True)
        assert codes(dossier(sent(memo(), whole, one))) == found
        later = sent(one, at=NEXT, name="b")
        after = dossier(sent(memo(), whole, name="a"), later)
        assert roles(after, (later,)) == [Role.UNLIKE if found else Role.NOTHING_NEW]
        first, then = sent(memo(), one, name="a"), sent(whole, at=NEXT, name="b")
        assert roles(dossier(first, then), (then,)) == [Role.UNLIKE if found else Role.REPLACED]


def test_a_description_counts_where_there_is_no_table() -> None:
    described = table(FIVE[0], file="Ban mo ta.docx", description=True, doubts=("told by one column",))
    assert codes(dossier(sent(memo(), described))) == ["low-confidence"], "what is doubtful in it matters then"
