"""Headers in two languages, in one cell or in two rows; borrowed words amid Vietnamese ones."""

import pytest

from hoso.campaigns import example_campaign
from parsers.columns import ColumnNames
from parsers.content import Cell, Content, Grid
from parsers.header_languages import glosses, is_foreign, spoken
from parsers.summary_table import Found, read_summary_table
from parsers.summary_table_headers import find_headers

VIETNAMESE = ("STT", "Tác giả", "Khoa, phòng", "Tên mô hình", "Tóm tắt", "Ngày áp dụng", "Lợi ích")
ENGLISH = ("No.", "Full name", "Department", "Name of initiative", "Description", "Application date", "Effects")
ROWS = (
    ("1", "Ông Văn Mỹ", "Điều dưỡng khoa Nhi", "Giỏ đựng dây", "Dây treo gọn theo giường.", "03/3/2021", "Bớt 5 phút"),
    ("2", "Lê Thị Hoa", "Khoa Dược", "Sổ thuốc điện tử", "Quét mã, máy tự trừ kho.", "12/4/2021", "Giảm 20% giấy"),
)  # fmt: skip
KEYS = ("no", "author", "position", "title", "summary", "applied", "benefit")


def grid(*rows: tuple[str, ...]) -> Grid:
    return Grid(tuple(tuple(map(Cell, row)) for row in rows), sheet="Sheet1")


def read(*rows: tuple[str, ...]) -> Found:
    return read_summary_table(Content((grid(*rows),), "spreadsheet"), example_campaign())


def columns(*rows: tuple[str, ...]) -> tuple[str | None, ...]:
    (header,) = find_headers(grid(*rows), ColumnNames.of(example_campaign()))
    return tuple(leaf.key for leaf in header.leaves)


@pytest.mark.parametrize("form", ["{} / {}", "{}\n{}", "{} ({})", "{}\n({})", "{} - {}", "{} {}"])
def test_the_english_beside_a_vietnamese_header_does_not_hide_it(form: str) -> None:
    header = tuple(form.format(*pair) for pair in zip(VIETNAMESE, ENGLISH, strict=True))
    assert columns(header, *ROWS) == KEYS


def test_an_english_row_under_the_vietnamese_one_is_no_initiative() -> None:
    found = read(VIETNAMESE, ENGLISH, *ROWS)
    assert found.table is not None
    assert [row.cells["author"] for row in found.table.rows] == ["Ông Văn Mỹ", "Lê Thị Hoa"]
    assert not found.doubts


def test_an_english_row_over_the_vietnamese_one_is_no_initiative_either() -> None:
    found = read(ENGLISH, VIETNAMESE, *ROWS)
    assert found.table is not None
    assert len(found.table.rows) == 2


def test_the_header_is_shown_as_it_was_written() -> None:
    found = read(tuple(f"{one} / {other}" for one, other in zip(VIETNAMESE, ENGLISH, strict=True)), *ROWS)
    assert found.table is not None
    assert found.table.columns["title"] == "Tên mô hình / Name of initiative"


def test_english_tells_a_column_whose_vietnamese_nobody_knows() -> None:
    header = [f"{one} / {other}" for one, other in zip(VIETNAMESE, ENGLISH, strict=True)]
    header[5] = "Mốc / Application date"
    found = read(tuple(header), *ROWS)
    assert found.table is not None
    assert found.table.rows[0].cells["applied"] == "03/3/2021"
    assert not found.doubts


def test_a_borrowed_word_in_one_header_is_no_second_language() -> None:
    told = spoken([["STT"], ["Tác giả"], ["Tên kaizen"], ["Nội dung"], ["Khối (HCSN/SXKD)"]])
    assert [one.gloss for one in told] == [""] * 5
    assert told[2].texts == ("Tên kaizen",)


@pytest.mark.parametrize("text", ["Title of initiative", "Author(s)", "No.", "DATE OF APPLICATION", "Summary"])
def test_english_is_told_by_how_it_is_spelt(text: str) -> None:
    assert is_foreign(text)


@pytest.mark.parametrize("text", ["Ten sang kien", "Tác giả", "Ghi chu", "STT", "HCSN", "", "Ho va ten", "12/2020"])
def test_vietnamese_without_marks_and_abbreviations_are_not_english(text: str) -> None:
    assert not is_foreign(text)


@pytest.mark.parametrize(
    ("gloss", "key"),
    [
        ("Title of initiative", "title"),
        ("Initiative", "title"),
        ("Job title", "position"),
        ("Full name", "author"),
        ("In use since", "applied"),
        ("Date of implementation", "applied"),
    ],
)
def test_an_english_header_names_the_column_that_its_head_noun_does(gloss: str, key: str) -> None:
    assert glosses(gloss, key)


@pytest.mark.parametrize("gloss", ["Date of birth", "Date", "Date of decision", "Start of the project by", ""])
def test_an_english_date_of_something_else_is_no_time_of_application(gloss: str) -> None:
    assert not glosses(gloss, "applied")
