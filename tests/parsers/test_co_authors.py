"""Co-authors on lines of their own in one cell."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.contents import HEADER, ROWS, TITLE_LINE, grid
from support.interpreting import read, row, table_of

from parsers.co_authors import names_apart
from parsers.wording import join_lines


@pytest.mark.parametrize(
    "names",
    [
        "Lâm Thị Hân\nTrần Văn Bình",
        "1. Lâm Thị Hân\n2. Đèo Bình",
        "- Lâm Thị Hân (60%)\n- Quàng Văn Bình (40%)",
        "BS.CKII Lâm Thị Hân\nThS. Nguyễn Bình\nCN Cầm Thị Kim Yên",
        "Lâm Thị Hân,\nTrần Văn Bình",
        "Lâm Thị Hân - Điều dưỡng trưởng\nTrần Văn Bình - Kỹ thuật viên",
        "Lê Hân\nTrần Bình",
    ],
)
def test_names_on_lines_of_their_own_stay_apart(names) -> None:
    assert names_apart(names) == names


@pytest.mark.parametrize(
    "name",
    [
        "Lâm Thị\nHân",
        "Lâm\nThị Hân",
        "Lâm Thị\nThanh Hân",
        "Tôn Nữ Thị\nNguyễn",
        "BS.CKII\nLâm Thị Hân",
        "Lâm Thị Hân và\ncác cộng sự",
        "Khoa Nội\nKhoa Cấp cứu",
        "Tổ công đoàn\nphòng Điều dưỡng",
    ],
)
def test_a_name_broken_by_a_narrow_cell_is_one(name) -> None:
    assert names_apart(name) == join_lines(name)


def test_of_two_names_one_may_be_broken() -> None:
    assert names_apart("Lâm Thị\nHân\nTrần Văn\nBình") == "Lâm Thị Hân\nTrần Văn Bình"


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_no_word_is_lost_or_made(text: str) -> None:
    assert names_apart(text).split() == join_lines(text).split()


def test_co_authors_of_a_table_and_of_a_form_stay_apart() -> None:
    both = "Lâm Thị Hân\nTrần Văn Bình"
    (in_table,) = table_of(read(grid(HEADER, row("1", c1=both, c3="Xe đẩy thuốc\nhai tầng")))).rows
    (in_form,) = table_of(read(TITLE_LINE, grid(*zip(HEADER[1:], (both, *ROWS[0][2:]), strict=True)))).rows
    assert in_table.cells["author"] == in_form.cells["author"] == both
    assert in_table.cells["title"] == "Xe đẩy thuốc hai tầng"
