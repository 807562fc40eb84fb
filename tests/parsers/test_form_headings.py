"""A row that only numbers the initiatives over forms side by side answers nothing."""

import pytest
from support.contents import TITLE_LINE, content, grid

from hoso.campaigns import example_campaign
from parsers.columns import ColumnNames
from parsers.document import interpret
from parsers.form_headings import numbers_initiative

LABELS = ("Người có sáng kiến", "Mô hình, cách làm", "Thời gian áp dụng", "Thực trạng và cách làm")
ANSWERS = ("Lữ Văn Ba", "Xe đẩy thuốc hai tầng", "Tháng 3/2021", "Hàn thêm tầng dưới cho xe đẩy thuốc cũ để đi buồng.")
OTHERS = ("Vũ Thị Lan", "Sổ bàn giao điện tử", "Tháng 4/2021", "Ghi bàn giao trên máy thay cho sổ tay, in khi cần.")


@pytest.mark.parametrize("text", ["SK 1", "Sáng kiến 2", "Sáng kiến thứ 3", "SÁNG KIẾN SỐ 04", "Đề tài 1"])
def test_what_an_initiative_is_called_with_a_number_is_a_heading(text: str) -> None:
    assert numbers_initiative(text, ColumnNames.of(example_campaign()))


@pytest.mark.parametrize("text", ["Sáng kiến", "Xe đẩy thuốc 2", "Sáng kiến 5S cho kho 1", "3/2021", "", "12"])
def test_a_name_a_time_and_a_number_are_none(text: str) -> None:
    assert not numbers_initiative(text, ColumnNames.of(example_campaign()))


@pytest.mark.parametrize("corner", ["Nội dung", "Sáng kiến/Nội dung"])
def test_the_row_of_numbers_over_forms_side_by_side_is_neither_title_nor_summary(corner: str) -> None:
    rows = [(corner, "SK 1", "SK 2"), *zip(LABELS, ANSWERS, OTHERS, strict=True)]
    found = interpret(content(TITLE_LINE, grid(*rows)), example_campaign())
    assert found.table is not None
    assert [row.cells["author"] for row in found.table.rows] == ["Lữ Văn Ba", "Vũ Thị Lan"]
    assert not any("SK" in text for row in found.table.rows for text in row.cells.values())
