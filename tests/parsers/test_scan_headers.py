"""Headers of scanned tables that were misread by a letter or two."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.campaigns import forms_campaign

from parsers.content import Cell, Content, Grid, Origin
from parsers.document import interpret
from parsers.scan_headers import with_headers_mended

HEADER = ("STT", "Họ và tên", "Tên sáng kiến", "Tóm tắt nội dung", "Thời gian áp dụng")
DATA = ("1", "Trần Văn An", "Sơ đồ kho thuốc", "Kho thuốc có sơ đồ để tìm nhanh", "01/3/2021")


def scanned(*header: str, confidence: float = 0.8, read_by: str = "ocr") -> Content:
    cells = tuple(Cell(text, confidence=confidence if text not in HEADER else 0.97) for text in header)
    return Content(
        (Grid((cells, tuple(Cell(text, confidence=0.97) for text in (*DATA, "Y tế")[: len(header)]))),), read_by
    )


def keys_of(content: Content) -> set[str]:
    table = interpret(content, forms_campaign()).table
    assert table is not None
    return {key for key, text in table.rows[0].cells.items() if text}


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ((*HEADER, "Thuộc\n[nh vực"), "field"),
        (("STT", "Hq và lên", *HEADER[2:]), "author"),
        ((*HEADER[:3], "Tom lắt nôi đung", HEADER[4]), "summary"),
        ((*HEADER[:4], "Ihời gían ap dụnq"), "applied"),
    ],
)
def test_a_header_of_which_a_letter_or_two_were_misread_names_its_column(header: tuple[str, ...], key: str) -> None:
    assert key in keys_of(scanned(*header))


def test_what_was_read_surely_and_what_a_digital_file_says_stays_as_it_is() -> None:
    for content in (
        scanned(*HEADER, "Thuộc [nh vực", confidence=0.97),
        scanned(*HEADER, "Trình độ"),
        scanned(*HEADER, "Minh chứng"),
        scanned(*HEADER, "Ghi nhận"),
    ):
        assert with_headers_mended(content, forms_campaign()) == content
    assert "field" not in keys_of(scanned(*HEADER, "Thuộc [nh vực", read_by="docx"))


def test_a_header_that_is_merged_downwards_is_mended_in_both_rows() -> None:
    top = (*(Cell(text, confidence=0.97) for text in HEADER), Cell("lĩnb vựe", confidence=0.7))
    below = tuple(Cell(cell.text, Origin.ABOVE, cell.confidence) for cell in top)
    (grid,) = with_headers_mended(Content((Grid((top, below)),), "ocr"), forms_campaign()).blocks
    assert isinstance(grid, Grid)
    assert grid.rows[0][5].text == grid.rows[1][5].text != "lĩnb vựe"


@settings(max_examples=40)
@given(st.lists(st.lists(st.text(max_size=12), min_size=4, max_size=4), min_size=1, max_size=4))
def test_any_grid_keeps_its_shape(rows: list[list[str]]) -> None:
    grid = Grid(tuple(tuple(Cell(text, confidence=0.5) for text in row) for row in rows))
    (found,) = with_headers_mended(Content((grid,), "ocr"), forms_campaign()).blocks
    assert isinstance(found, Grid)
    assert [len(row) for row in found.rows] == [4] * len(rows)
