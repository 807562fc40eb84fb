"""What is found in documents: rows, columns, dates, numbers, copies, layout."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.dossiers import campaign, document, memo, row, submission, table

from dossier.campaign import APPLIED, AUTHOR, SUMMARY, TITLE, Campaign
from dossier.completeness import announcement, content_findings, file_findings, is_blank, may_be
from dossier.model import Document, Finding, Kind, Memo, Problem, Row, Severity, SummaryTable
from dossier.perhaps import LIKE_MEMO, LIKE_TABLE, MEMO_IN_BODY
from dossier.selection import select


def found(*documents: Document, ours: Campaign | None = None) -> tuple[Finding, ...]:
    ours = ours or campaign()
    selection = select(documents)
    return (*selection.findings, *content_findings(selection.in_force, ours))


def codes(*documents: Document, ours: Campaign | None = None) -> list[str]:
    return sorted({one.code for one in found(*documents, ours=ours)})


def test_a_whole_table_has_no_finding() -> None:
    assert found(memo(), table(row(), row("Khác"))) == ()


@pytest.mark.parametrize("cell", ["", "  ", "…", "......", "-", "/ /"])
def test_one_finding_for_a_row_names_all_its_empty_cells(cell: str) -> None:
    (one,) = found(table(row(), row("Hai", author=cell, summary=cell)))
    assert (one.code, one.row, one.document) == ("incomplete-row", 2, "Bang tong hop.docx")
    assert one.values == {"columns": "Họ và tên tác giả; Tóm tắt nội dung", "title": "Hai"}


def test_a_column_that_nobody_needs_may_be_empty() -> None:
    assert codes(table(row(benefit=""))) == []


def test_a_missing_column_is_told_once_and_not_in_every_row() -> None:
    rows = tuple(Row({AUTHOR: "A", TITLE: f"T{number}", SUMMARY: "S"}) for number in range(3))
    read = SummaryTable({key: key for key in (AUTHOR, TITLE, SUMMARY)}, rows)
    got = found(document("b.docx", "3", Kind.SUMMARY_TABLE, table=read))
    assert [(one.code, one.values["column"]) for one in got] == [("column-missing", APPLIED)]


def test_a_table_without_initiatives_is_empty() -> None:
    assert codes(table()) == ["empty-summary-table"]


def test_a_row_outside_the_window_is_a_warning_and_all_of_them_a_deficiency() -> None:
    old = row("Cũ", applied="Tháng 9/2020")
    assert codes(table(old, row())) == ["applied-outside-window"]
    assert codes(table(old)) == ["applied-outside-window", "no-eligible-initiative"]
    assert codes(table(old, row("Rõ", applied="Quý I/2021"))) == ["applied-outside-window", "applied-unclear"]


def test_without_a_window_no_date_is_judged() -> None:
    assert codes(table(row(applied="Tháng 9/2020")), ours=campaign(window=None)) == []


@pytest.mark.parametrize(("length", "told"), [(1000, []), (1001, ["summary-too-long"])])
def test_the_limit_counts_characters_as_people_do(length: int, told: list[str]) -> None:
    decomposed = "ế".encode().decode() * length
    assert codes(table(row(summary=decomposed))) == told
    assert codes(table(row(summary="e\u0302\u0301" * length))) == told


def test_another_number_in_the_memo_or_the_tables_own_total_is_a_warning() -> None:
    spoken = memo(memo=Memo(stated_count=5))
    (one,) = found(spoken, table(row()))
    assert one.values == {"stated": "5", "counted": "1", "by": "memo"}
    total = SummaryTable({key: key for key in (AUTHOR, TITLE, SUMMARY, APPLIED)}, (row(),), stated_total=2)
    assert codes(document("b.docx", "3", Kind.SUMMARY_TABLE, table=total)) == ["count-differs"]
    assert codes(memo(memo=Memo(stated_count=1)), table(row())) == []
    assert codes(spoken, table()) == ["empty-summary-table"]


def test_the_number_in_a_paper_that_came_in_the_memos_place_is_held_against_the_table() -> None:
    report = document("bao-cao.docx", "4", Kind.OTHER, stated_count=3)
    (told,) = content_findings({Kind.SUMMARY_TABLE: table(row())}, campaign(), (report,))
    assert (told.code, told.severity) == ("count-differs", Severity.WARNING)
    assert told.values == {"stated": "3", "counted": "1", "by": "paper"}
    in_force = {Kind.SUMMARY_TABLE: table(row()), Kind.MEMO: memo(memo=Memo())}
    assert content_findings(in_force, campaign(), (report,)) == ()  # a report beside the memo may speak of other years


def test_of_an_archive_that_was_not_read_the_letter_can_say_how_to_send_it_otherwise() -> None:
    packed = document("Ho so.rar", "2", problem=Problem.NOT_READ, media_type="application/vnd.rar")
    (told,) = file_findings(packed, all_there=False)
    assert (told.code, told.values) == ("not-read", {"kind": "archive"})
    assert file_findings(document("a.pdf", "2", problem=Problem.NOT_READ), all_there=False)[0].values == {}


def test_layout_is_told_where_a_decisive_part_is_missing_and_never_of_a_scan() -> None:
    usual = Memo(missing=("number", "date"))
    assert codes(memo(memo=usual)) == []
    bare = Memo(missing=("national-title", "addressee", "signer"))
    assert codes(memo(memo=bare)) == ["layout", "signature"]
    assert codes(memo(memo=bare, read_by="ocr")) == []


def test_a_scan_and_its_soft_copy_are_one_and_the_soft_copy_is_read() -> None:
    scan = table(row("Cải tiến quy trinh khám"), file="scan.pdf", part="9", read_by="ocr")
    soft = table(row("Cải tiến quy trình khám"), file="mem.xlsx")
    selection = select([scan, soft])
    assert selection.in_force == {Kind.SUMMARY_TABLE: soft}
    assert (selection.findings, selection.copies) == ((), ("9",))


@pytest.mark.parametrize(
    "other",
    [(row("Một"),), (row("Một"), row("Ba")), (row("Một"), row("Hai", author="Người khác"))],
)
def test_digital_copies_differ_in_number_titles_or_authors(other: tuple[Row, ...]) -> None:
    (one,) = found(table(row("Một"), row("Hai")), table(*other, file="moi.xlsx", part="4"))
    assert (one.code, one.detail, one.values["other_count"]) == ("copies-differ", "moi.xlsx", str(len(other)))


def test_copies_agree_in_any_order_of_rows_and_with_other_details() -> None:
    again = (row("HAI", author="Tác giả của Hai", applied="01/3/2021"), row("Một.", author="TÁC GIẢ CỦA MỘT"))
    assert codes(table(row("Một"), row("Hai")), table(*again, file="x.xlsx", part="4")) == []


def test_a_blank_form_beside_the_filled_table_is_no_copy() -> None:
    blank = table(file="mau.docx", part="2")
    assert select([blank, table(row())]).in_force[Kind.SUMMARY_TABLE].file == "Bang tong hop.docx"
    assert codes(blank, table(row())) == []


def test_two_digital_memos_with_other_numbers_or_counts_differ() -> None:
    def numbered(number: str | None, count: int | None = None, read_by: str = "docx") -> Document:
        return memo(
            file=f"{number}.docx", part=str(number), memo=Memo(number=number, stated_count=count), read_by=read_by
        )

    assert codes(numbered("12/TTr-CĐCS"), numbered("15/TTr-CĐCS")) == ["copies-differ"]
    assert codes(numbered("12/TTr-CĐCS"), numbered("012 /TTr")) == []
    assert codes(numbered("12/TTr-CĐCS"), numbered("/TTr-CĐCS")) == []
    assert codes(numbered("12/TTr-CĐCS"), numbered("72/TTr-CĐCS", read_by="ocr")) == []
    assert codes(numbered("12/TTr", 3), numbered("12/TTr-CĐCS", 4, "ocr")) == ["copies-differ"]


def test_one_file_may_hold_both_kinds() -> None:
    both = document("ho so.docx", "2", Kind.MEMO, Kind.SUMMARY_TABLE, memo=Memo(), table=table(row()).table)
    assert set(select([both]).in_force) == {Kind.MEMO, Kind.SUMMARY_TABLE}


def test_pictures_of_the_mails_own_body_and_unread_files_are_never_in_force() -> None:
    inline = memo(inline=True)
    unread = memo(problem=Problem.NOT_READ)
    assert select([inline, unread]).in_force == {}


@pytest.mark.parametrize(
    ("file", "memo_too", "table_too"),
    [
        (document("a", "1", problem=Problem.NOT_READ), True, True),
        (document("a", "1", Kind.UNREADABLE, problem=Problem.NOT_READ), True, True),
        (document("a", "1", Kind.MEMO, problem=Problem.NOT_READ), True, False),
        (document("a", "1", doubts=("kind",)), True, True),
        (document("a", "1", doubts=(LIKE_TABLE,)), False, True),
        (document("a", "1", doubts=(MEMO_IN_BODY,)), True, False),
        (document("a", "1", Kind.SUMMARY_TABLE, doubts=(LIKE_MEMO,)), True, False),
        (document("a", "1", Kind.UNREADABLE, problem=Problem.CORRUPT, doubts=(LIKE_MEMO,)), False, False),
        (document("a", "1"), False, False),
        (document("a", "1", Kind.UNREADABLE, problem=Problem.CORRUPT), False, False),
        (document("a", "1", Kind.UNREADABLE, problem=Problem.PASSWORD), False, False),
        (document("a", "1", problem=Problem.NOT_READ, inline=True), False, False),
    ],
)
def test_only_what_we_failed_to_read_may_be_the_missing_document(
    file: Document, memo_too: bool, table_too: bool
) -> None:
    assert (may_be(file, Kind.MEMO), may_be(file, Kind.SUMMARY_TABLE)) == (memo_too, table_too)


@pytest.mark.parametrize(
    "words",
    ["Em gửi kèm Tờ trình", "hồ sơ ĐÍNH KÈM", "theo file này", "kèm theo bảng", "see attached", "Đi\u0301nh kem ạ"],
)
def test_an_announcement_is_told_in_any_spelling(words: str) -> None:
    assert announcement(submission(own_words=f"Kính gửi,\n{words}\nTrân trọng")) == words


@pytest.mark.parametrize("words", ["gửi đính\nkèm hồ sơ của đơn vị", "xin gửi \nkèm  tờ trình"])
def test_an_announcement_broken_over_two_lines_is_one(words: str) -> None:
    assert announcement(submission(own_words=f"Kính gửi,\n\n{words}\n\nTrân trọng"))


def test_words_of_two_paragraphs_announce_nothing_together() -> None:
    assert announcement(submission(own_words="Chúng tôi sẽ gửi\n\nkèm theo lịch họp sau")) == "kèm theo lịch họp sau"
    assert announcement(submission(own_words="Chúng tôi đính\n\nkèm nhau")) == ""


@pytest.mark.parametrize("words", ["Cho tôi hỏi còn nhận hồ sơ không?", "profile", "kem đánh răng", ""])
def test_other_words_announce_nothing(words: str) -> None:
    assert announcement(submission(own_words=words)) == ""


@given(st.text(max_size=40))
def test_a_blank_cell_holds_no_letter_and_no_digit(text: str) -> None:
    assert is_blank(text) == (not any(char.isalnum() for char in text))
