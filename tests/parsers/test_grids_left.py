"""Tables beside the summary table that were not read and may hold more of it are for a person; others are let be."""

from collections.abc import Sequence

import pytest
from support.contents import HEADER, LETTERHEAD, ROWS, SIGNATURE, TITLE_LINE, content, grid

from dossier.model import Kind
from hoso.campaigns import example_campaign
from parsers.content import Grid
from parsers.document import interpret

THIRD = (
    "3",
    "Vũ Thị Lan",
    "Dược sĩ kho lẻ",
    "Kho lạnh di động",
    "Sản xuất có giá trị làm lợi cao",
    "Giữ lạnh bằng đá khô.",
    "Tháng 4/2021",
    "Giảm hao hụt một nửa",
)
MORE = "rows in another table may be more of the summary table"
LISTED = "another table names initiatives that the summary table does not hold"


def doubts(*blocks: Grid | str) -> tuple[str, ...]:
    found = interpret(content(TITLE_LINE, *blocks), example_campaign())
    assert Kind.SUMMARY_TABLE in found.kinds
    assert found.table is not None
    assert len(found.table.rows) == len(ROWS)
    return found.doubts


@pytest.mark.parametrize(
    "row",
    [THIRD[:7], (*THIRD, "đã nghiệm thu"), ("", *THIRD[1:7])],
    ids=["narrower", "wider", "narrower, without a number"],
)
def test_a_part_of_another_width_that_goes_on_is_told(row: Sequence[str]) -> None:
    assert doubts(grid(HEADER, *ROWS), grid(row)) == (MORE,)


def test_a_part_behind_paragraphs_is_told() -> None:
    assert doubts(grid(HEADER, *ROWS), "Phần tiếp theo", "của bảng", "tổng hợp", grid(THIRD)) == (MORE,)


def test_a_list_that_names_what_the_table_does_not_is_told() -> None:
    named = ("STT", "Họ và tên", "Tên sáng kiến", "Đề nghị")
    rows = [(row[0], row[1], row[3], "Giấy khen") for row in (*ROWS, ("5", *THIRD[1:]))]
    assert doubts(grid(named, *rows), "Bảng tổng hợp", grid(HEADER, *ROWS)) == (LISTED,)
    assert doubts(grid(named, *rows[:2]), "Bảng tổng hợp", grid(HEADER, *ROWS)) == ()


def test_letterheads_signatures_and_contacts_are_let_be() -> None:
    contacts = grid(("STT", "Họ và tên", "Số điện thoại"), ("1", "Cao Thị Mến", "0900123456"))
    assert doubts(LETTERHEAD, contacts, "Danh sách", grid(HEADER, *ROWS), SIGNATURE) == ()


def test_what_only_repeats_the_table_is_let_be() -> None:
    short = [(row[0], row[1], row[3], row[6]) for row in ROWS]
    assert doubts(grid(HEADER, *ROWS), "Trích", "từ bảng", "trên", grid(*short)) == ()
