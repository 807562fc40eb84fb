"""Corrections laid over what was read: they change what they name and nothing else, and outlive another reading."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.dossier_mail import CAMPAIGN
from support.store_samples import rows, submission

from dossier.corrections import (
    Correction,
    NoSuchValueError,
    anchor_of,
    check,
    corrected,
    day_of,
    kinds_of,
    reading_of,
    rests,
)
from dossier.decisions import Span
from dossier.model import Document, Kind, Memo, Problem, Row, Submission, SummaryTable

START = Span(datetime.fromisoformat("2021-04-16T00:00:00+00:00"))
TITLES = ("Xe đẩy", "Bảng màu", "Đồng hồ", "Giá treo")


def read(titles: tuple[str, ...]) -> Submission:
    return submission(b"x", titles)


def table_of(told: Submission) -> tuple[Row, ...]:
    [found] = [one.table for one in told.documents if one.table is not None]
    return found.rows


def correction(told: Submission, row: int, field: str, value: str) -> Correction:
    document = told.documents[1]
    anchor, count = anchor_of(document, row)
    return Correction(1, START, f"{told.sha256}/{document.part}", field, value, row, count, anchor)


@settings(max_examples=40)
@given(st.integers(1, 4), st.sampled_from(["author", "title", "applied"]), st.text(min_size=1, max_size=20))
def test_a_correction_changes_its_cell_alone(row: int, field: str, value: str) -> None:
    told = read(TITLES)
    done = corrected(told, [correction(told, row, field, value)])
    for place, (before, after) in enumerate(zip(table_of(told), table_of(done), strict=True), 1):
        if place == row:
            assert after.cells == {**before.cells, field: " ".join(after.cells[field].split())}
        else:
            assert after == before
    assert reading_of(told.documents[1], row, field) == table_of(told)[row - 1].cells.get(field, "")
    assert done.documents[0] == told.documents[0]


@settings(max_examples=40)
@given(st.permutations(TITLES), st.integers(1, 4))
def test_it_follows_its_row_when_another_reading_puts_the_rows_otherwise(order: list[str], row: int) -> None:
    """Rows are told by author and title; both are read the same, only their places are others."""
    told = read(TITLES)
    one = correction(told, row, "applied", "Tháng 3/2021")
    by_title = {cells.cells["title"]: cells for cells in table_of(told)}
    moved = tuple(by_title[title] for title in order)
    again = replace(
        told,
        documents=(told.documents[0], replace(told.documents[1], table=SummaryTable({"title": "Tên"}, moved))),
    )
    done = table_of(corrected(again, [one]))
    assert [cells.cells.get("applied") for cells in done] == [
        "Tháng 3/2021" if title == TITLES[row - 1] else None for title in order
    ]


def test_a_row_read_otherwise_is_found_by_its_place_and_rests_where_rows_came_or_went() -> None:
    told = read(TITLES)
    one = correction(told, 2, "applied", "Tháng 3/2021")
    better = read(("Xe đẩy", "Bảng mầu", "Đồng hồ", "Giá treo"))
    assert table_of(corrected(replace(better, sha256=told.sha256), [one]))[1].cells["applied"] == "Tháng 3/2021"
    fewer = read(("Xe đẩy", "Đồng hồ", "Giá treo"))
    assert table_of(corrected(fewer, [one])) == table_of(fewer)
    assert rests(fewer.documents[1], one)
    assert not rests(told.documents[1], one)


def test_author_and_title_corrected_one_after_the_other_stay_one_row() -> None:
    told = read(TITLES)
    both = [correction(told, 3, "author", "Lê Thị B"), correction(told, 3, "title", "Đồng hồ oxy")]
    assert table_of(corrected(told, both))[2].cells["author"] == "Lê Thị B"
    assert table_of(corrected(told, both))[2].cells["title"] == "Đồng hồ oxy"


def test_another_message_is_not_touched() -> None:
    told = read(TITLES)
    elsewhere = replace(correction(told, 1, "title", "x"), document="0" * 64 + "/3")
    assert corrected(told, [elsewhere]) is told


def of_memo(field: str, value: str) -> Correction:
    told = read(TITLES)
    return Correction(1, START, f"{told.sha256}/2", field, value)


def memo_of(told: Submission) -> Memo | None:
    return told.documents[0].memo


def test_fields_of_a_memo_are_corrected_and_are_no_longer_missing() -> None:
    told = read(TITLES)
    poor = replace(told.documents[0], memo=Memo(missing=("number", "date"), confidence={"number": 0.4, "place": 0.9}))
    told = replace(told, documents=(poor, told.documents[1]))
    done = memo_of(corrected(told, [of_memo("number", " 17/TTr ")]))
    assert done is not None
    assert (done.number, done.missing, dict(done.confidence)) == ("17/TTr", ("date",), {"place": 0.9})
    dated = memo_of(corrected(told, [of_memo("date", "5/4/2021"), of_memo("stated_count", "4")]))
    assert dated is not None
    assert (dated.date, dated.stated_count) == (day_of("2021-04-05"), 4)
    assert memo_of(corrected(told, [of_memo("number", "")])) == replace(poor.memo or Memo(), confidence={"place": 0.9})


def test_a_file_of_another_kind_is_seen_by_a_person_and_doubted_no_more() -> None:
    told = read(TITLES)
    unread = Document("2", "scan.pdf", "0" * 64, 9, "application/pdf", (Kind.OTHER,), problem=Problem.NOT_READ)
    told = replace(told, documents=(replace(unread, doubts=("blurred",)), told.documents[1]))
    done = corrected(told, [of_memo("kind", "memo")]).documents[0]
    assert (done.kinds, done.problem, done.doubts, done.memo) == ((Kind.MEMO,), None, (), Memo())
    both = corrected(told, [of_memo("kind", "memo summary_table")]).documents[0]
    assert both.table == SummaryTable({})


def test_what_is_no_value_is_refused() -> None:
    document = Document("3", "Bang.docx", "1" * 64, 9, "x", (Kind.SUMMARY_TABLE,), table=SummaryTable({}, rows("a")))
    for row, name, value in ((2, "title", "x"), (1, "salary", "x"), (None, "colour", "x"), (None, "kind", "")):
        with pytest.raises(NoSuchValueError):
            check(document, CAMPAIGN, row, name, value)
    for kinds in ("unreadable", "memo other", "letter"):
        with pytest.raises(NoSuchValueError):
            kinds_of(kinds)
    for day in ("31/2/2021", "tháng 4", "2021-13-01"):
        with pytest.raises(NoSuchValueError):
            day_of(day)
