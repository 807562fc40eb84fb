"""Grids put together before a table is read in them: headers that a page cuts, tables side by side, more sheets."""

from collections.abc import Sequence

import pytest
from support.contents import ABOVE, HEADER, LEFT, ROWS, TITLE_LINE, content, grid

from dossier.model import Kind, SummaryTable
from hoso.campaigns import example_campaign
from parsers.columns import ColumnNames
from parsers.content import Grid
from parsers.cut_headers import with_whole_headers
from parsers.document import Interpretation, interpret
from parsers.tables_beside import unfolded
from parsers.tables_by_column import may_be_beside

UPPER = ("STT", "Họ và tên", "Chức vụ,", "Tên", "Lĩnh vực", "Tóm tắt nội", "Thời gian", "Hiệu quả, giá")
LOWER = ("", "tác giả", "đơn vị công tác", "sáng kiến", "", "dung sáng kiến", "áp dụng", "trị làm lợi")
TITLES = [row[3] for row in ROWS]
MORE = [(str(number), *row[1:]) for number, row in enumerate(ROWS, start=3)]


def read(*blocks: Grid | str, by: str = "pdf") -> Interpretation:
    return interpret(content(TITLE_LINE, *blocks, read_by=by), example_campaign())


def table_of(found: Interpretation) -> SummaryTable:
    assert found.kinds == (Kind.SUMMARY_TABLE,)
    assert found.doubts == ()
    assert found.table is not None
    return found.table


def told(found: Interpretation) -> list[str]:
    return [row.cells["title"] for row in table_of(found).rows]


def names() -> ColumnNames:
    return ColumnNames.of(example_campaign())


def test_a_header_that_a_page_cuts_is_one() -> None:
    table = table_of(read(grid(UPPER, page=1), grid(LOWER, *ROWS, page=2)))
    assert table.columns["title"] == "Tên sáng kiến"
    assert [row.cells["field"] for row in table.rows] == [row[4] for row in ROWS]


@pytest.mark.parametrize(
    "rest", [LOWER, ("", "tác giả", "đơn vị công tác", "", "", "", "", "")], ids=["whole", "short"]
)
def test_a_repeated_header_that_a_page_cuts_joins_no_initiative(rest: Sequence[str]) -> None:
    first = tuple(
        text if text in (HEADER[0], HEADER[4]) or more else whole
        for text, more, whole in zip(UPPER, rest, HEADER, strict=True)
    )
    found = read(grid(HEADER, *ROWS, first, page=1), grid(rest, *MORE, page=2))
    assert told(found) == TITLES * 2
    assert [row.cells["author"] for row in table_of(found).rows] == [row[1] for row in ROWS] * 2


def test_the_rest_of_an_initiative_on_the_next_page_is_no_header() -> None:
    rest = ("", "", "", "", "", "rồi ghi vào sổ theo dõi.", "", "")
    grids = {0: grid(HEADER, *ROWS, page=1), 1: grid(rest, *MORE, page=2)}
    assert with_whole_headers(grids, names()) == grids


def test_an_initiative_without_a_number_under_a_header_at_a_pages_end_is_no_header() -> None:
    grids = {0: grid(HEADER, page=1), 1: grid(("", *ROWS[0][1:]), ("", *ROWS[1][1:]), page=2)}
    assert with_whole_headers(grids, names()) == grids


BESIDE = ("STT", "Họ và tên tác giả", "Tên sáng kiến", "Thời gian áp dụng", "Tóm tắt nội dung")


def short(number: int | str) -> tuple[str, ...]:
    return (str(number), "Lê Văn Bình", f"Máy rửa tay kiểu {number}", "Tháng 2/2021", "Dùng cảm biến mở nước chảy.")


@pytest.mark.parametrize("gap", [(), ("",)], ids=["touching", "apart"])
def test_a_table_beside_another_is_read_behind_it_with_its_own_places(gap: tuple[str, ...]) -> None:
    rows = (short(1) + gap + short(3), short(2) + gap + short(4))
    table = table_of(read(grid(("Danh sách",), BESIDE + gap + BESIDE, *rows, sheet="TH"), by="xlsx"))
    assert [row.cells["no"] for row in table.rows] == ["1", "2", "3", "4"]
    assert [row.place for row in table.rows] == ["TH, dòng 3", "TH, dòng 4", "TH, dòng 3", "TH, dòng 4"]


def test_a_shorter_table_beside_another_leaves_no_empty_rows() -> None:
    rows = (short("SK-1") + short("SK-3"), short("SK-2"))
    assert told(read(grid(BESIDE + BESIDE, *rows, sheet="TH"), by="xlsx")) == [
        "Máy rửa tay kiểu SK-1",
        "Máy rửa tay kiểu SK-2",
        "Máy rửa tay kiểu SK-3",
    ]


def test_tables_side_by_side_that_do_not_count_on_are_for_a_person() -> None:
    found = read(grid(BESIDE + BESIDE, short(1) + short(7), sheet="TH"), by="xlsx")
    assert found.table is not None
    assert len(found.table.rows) == 2
    assert any("side by side" in doubt for doubt in found.doubts)


def test_a_header_with_one_label_twice_is_no_two_tables() -> None:
    header = (*HEADER, "Ghi chú", "Ghi chú")
    grids = {0: grid(header, *((*row, "", "") for row in ROWS))}
    assert unfolded(grids).grids == grids


def test_a_sheet_without_header_and_numbers_goes_on_where_names_and_times_stand_in_their_columns() -> None:
    first = grid(HEADER[1:], *(row[1:] for row in ROWS), sheet="Tổng hợp")
    more = [(*row[1:3], f"{row[3]} kiểu mới", *row[4:]) for row in ROWS]
    second = grid(*more, ("TM. BAN CHẤP HÀNH",), sheet="Tiếp 1")
    assert told(read(first, second, by="ods")) == [*TITLES, *(row[2] for row in more)]
    other = grid(*(("Khoa Nội", *row[2:]) for row in MORE), sheet="Tiếp 1")
    assert read(first, other, by="ods").doubts


def test_a_table_that_lacks_a_column_is_no_forms() -> None:
    header = ("Người có sáng kiến", LEFT, "Tên sáng kiến", "Thuộc lĩnh vực", "Thời gian bắt đầu áp dụng", "Hiệu quả")
    lower = ("Đồng tác giả", "Nơi công tác", *[ABOVE] * 4)
    rows = [(row[1], row[2], row[3], row[4], row[6], row[7]) for row in (*ROWS, *MORE)]
    found = interpret(content(TITLE_LINE, grid(header, lower, *rows, sheet="TH"), read_by="xlsx"), example_campaign())
    assert found.table is not None
    assert [row.cells["author"] for row in found.table.rows] == [row[1] for row in ROWS] * 2
    assert "summary" not in found.table.columns


def test_contacts_on_the_page_before_are_not_beside_a_table_whose_last_row_a_page_cuts() -> None:
    contacts = grid(("STT", "Họ và tên", "Số điện thoại"), ("1", "Cao Thị Mến", "0900"), ("2", "Vũ Lữ", "0901"), page=1)
    table = grid(BESIDE, short(1), short(2), page=1)
    assert not may_be_beside({0: contacts, 1: table, 2: grid(BESIDE, ("", "", "", "", "rồi lau khô."), page=2)})


def test_forms_of_one_column_lie_beside_nothing() -> None:
    forms = [
        grid(("1. Tác giả",), ("Lê Bình",), ("2. Tên",), (title,), page=page) for page, title in ((1, "A"), (2, "B"))
    ]
    assert not may_be_beside(dict(enumerate(forms)))
