"""A workbook for an examiner: filled in and taken whole, or refused with the cells that are wrong."""

import io
from datetime import datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from support.examined import BY, CUONG, cells, examining, filled, points, sent

from dossier.campaign import Campaign
from dossier.score_sheet import SheetError, cell_name
from intake.examine import Done, NotExaminedError, examined, expected
from intake.score_sheets import sheet_for, take_sheet
from parsers.filled_sheet import read_cells
from parsers.problem import UnreadableError
from reports.score_sheet import score_sheet
from store import dossiers, events
from store.engine import Store

DUNG = "Hoàng Văn Dũng"


def blank(store: Store, of: Campaign, examiner: str = DUNG) -> bytes:
    with store.reading() as conn:
        return score_sheet(sheet_for(conn, of, examiner), "vi")


def edited(content: bytes, values: dict[str, object]) -> bytes:
    book = load_workbook(io.BytesIO(content))
    for name, value in values.items():
        book.worksheets[0][name] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def page(content: bytes) -> Worksheet:
    return load_workbook(io.BytesIO(content)).worksheets[0]


def refused(store: Store, of: Campaign, content: bytes, now: datetime) -> tuple[str, ...]:
    with store.reading() as conn:
        before = events.head(conn)
    with pytest.raises(SheetError) as caught:
        take_sheet(store, of, read_cells(content), BY, now)
    with store.reading() as conn:
        assert events.head(conn) == before, "all of it or nothing"
    return caught.value.problems


def test_a_filled_sheet_is_recorded_whole_and_again_changes_nothing(store: Store, now: datetime) -> None:
    of = filled(store, now)
    content = edited(blank(store, of), {"H7": 35, "I7": 52.5, "K7": "rất tốt", "H9": "30,5", "I9": "40"})
    assert take_sheet(store, of, read_cells(content), BY, now) == Done(new=2)
    assert take_sheet(store, of, read_cells(content), BY, now) == Done(same=2)
    with store.reading() as conn:
        dossier = dossiers.of_union(conn, of.key, "A")
        assert dossier is not None
        first, second = examined(conn, of, dossier, expected(conn, of)).standings
    mine = next(one.score for one in first.given if one.score.examiner == DUNG)
    assert (dict(mine.points), mine.note, mine.by) == (points("35", "52.5"), "rất tốt", BY.name)
    assert DUNG in second.missing


def test_what_was_given_before_stands_in_the_sheet_and_can_be_changed(store: Store, now: datetime) -> None:
    of = filled(store, now)
    content = blank(store, of, CUONG)
    sheet = page(content)
    assert [sheet["B7"].value, sheet["H7"].value, sheet["I7"].value] == ["SK39-001/1", 40, 52]
    changed = edited(content, {"H7": 39})
    assert take_sheet(store, of, read_cells(changed), BY, now) == Done(changed=1, same=2)


def test_every_mistake_is_named_by_its_cell(store: Store, now: datetime) -> None:
    of = filled(store, now)
    wrong = {"H7": 41, "I7": 10, "H8": 20, "H9": "nhiều", "I9": 1.3, "K10": "chưa chấm", "H11": -1, "I11": 5}
    assert refused(store, of, edited(blank(store, of), wrong), now) == (
        "H7: 41 is not between 0 and 40, the most for “Tính mới”",
        "I8: no points for “Hiệu quả”: fill it in, or empty the whole row",
        "H9: nhiều is no number from 0 on",
        "I9: 1.3 is no multiple of 0.5",
        "K10: a note without points: give points, or empty it",
        "H11: -1 is not between 0 and 40, the most for “Tính mới”",
    )


def test_an_initiative_that_was_changed_meanwhile_is_not_scored_unseen(store: Store, now: datetime) -> None:
    of = filled(store, now)
    content = edited(blank(store, of), {"H7": 35, "I7": 52, "H10": 20, "I10": 30})
    with store.writing() as tx:
        sent(tx, of, "A", [cells("Xe đẩy cấp cứu", note="khác")], now)
        sent(tx, of, "C", [], now)
    [changed, gone] = refused(store, of, content, now)
    assert changed == "B7: SK39-001/1 was changed since the sheet was written: write a new sheet"
    assert gone.startswith("B10: SK39-003 has no initiative 1")


def test_a_sheet_of_another_campaign_or_other_criteria_or_no_sheet_is_refused(store: Store, now: datetime) -> None:
    of = filled(store, now)
    content = edited(blank(store, of), {"H7": 35, "I7": 52})
    assert "of another campaign" in refused(store, examining("sk40"), content, now)[0]
    assert of.examination is not None
    fewer = examining(criteria=of.examination.criteria[:1])
    assert "criteria were changed" in refused(store, fewer, content, now)[0]
    assert "hidden row was removed" in refused(store, of, edited(content, {"A5": "x"}), now)[0]
    twice = edited(content, {"B8": "SK39-001/1", "H8": 1, "I8": 1})
    assert refused(store, of, twice, now) == ("B8: SK39-001/1 stands in B7 too: keep one row",)
    assert refused(store, of, edited(content, {"B7": "../x"}), now)[0].startswith("B7: ../x is no code")


def test_nothing_is_written_where_nothing_can_be_examined(store: Store, now: datetime) -> None:
    with store.reading() as conn, pytest.raises(NotExaminedError, match="no initiative"):
        sheet_for(conn, examining(), DUNG)


def test_only_initiatives_of_valid_dossiers_stand_in_the_sheet_where_that_is_asked(store: Store, now: datetime) -> None:
    of = filled(store, now)
    with store.reading() as conn:
        codes = [one.code for one in sheet_for(conn, of, DUNG, now).rows]
    assert codes == ["SK39-001/1", "SK39-001/2", "SK39-002/1", "SK39-003/1"]


def test_points_and_notes_are_open_and_everything_else_is_locked(store: Store, now: datetime) -> None:
    of = filled(store, now)
    sheet = page(blank(store, of))
    assert sheet.protection.sheet
    unlocked = {cell.column_letter for row in sheet.iter_rows(min_row=7) for cell in row if not cell.protection.locked}
    assert unlocked == {"H", "I", "K"}
    assert sheet["J7"].value == '=IF(COUNT(H7:I7)=2,H7*1+I7*1,"")'
    assert sheet.row_dimensions[5].hidden
    ranges = {str(rule.sqref): (rule.formula1, rule.formula2) for rule in sheet.data_validations.dataValidation}
    assert ranges == {"H7:H11": ("0", "40"), "I7:I11": ("0", "60")}


def test_what_a_union_wrote_is_no_formula(store: Store, now: datetime) -> None:
    of = examining()
    with store.writing() as tx:
        sent(tx, of, "A", [cells("=HYPERLINK(1)", "+1+1", summary="@SUM(A1)\x07")], now)
    sheet = page(blank(store, of))
    shown = [sheet[name] for name in ("D7", "E7", "F7")]
    assert [(cell.data_type, cell.value) for cell in shown] == [
        ("s", "+1+1"),
        ("s", "=HYPERLINK(1)"),
        ("s", "@SUM(A1) "),
    ]


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 no", b"points", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512]
)
def test_what_is_no_workbook_is_told_as_that(content: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_cells(content)


def test_cells_are_named_as_spreadsheets_name_them() -> None:
    assert [cell_name(0, 0), cell_name(8, 25), cell_name(9, 26), cell_name(0, 701), cell_name(0, 702)] == [
        "A1",
        "Z9",
        "AA10",
        "ZZ1",
        "AAA1",
    ]


def test_a_number_of_a_spreadsheet_is_meant_as_it_is_shown(store: Store, now: datetime) -> None:
    of = examining(step=Decimal("0.1"))
    filled(store, now, of)
    content = edited(blank(store, of), {"H7": 0.1 + 0.2, "I7": 1})
    assert take_sheet(store, of, read_cells(content), BY, now) == Done(new=1)
