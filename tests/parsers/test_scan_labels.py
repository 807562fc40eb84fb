"""Labels of scanned forms that were misread by a letter or two."""

from dataclasses import replace

import pytest
from support.campaigns import forms_campaign

from parsers.content import Cell, Content, Grid
from parsers.document import interpret
from parsers.scan_labels import with_labels_mended

FORM = ("Tác giả", "Chức danh", "Tên sáng kiến", "Tóm tắt nội dung", "Thời gian áp dụng")
ANSWERS = ("Trần Văn An", "Y sĩ", "Sơ đồ kho thuốc", "Kho thuốc có sơ đồ để tìm nhanh", "01/3/2021")


def forms(*misread: tuple[int, str], confidence: float = 0.9) -> Content:
    """Two forms, one under the other, with labels that were misread."""
    labels = [*FORM, *FORM]
    for place, text in misread:
        labels[place] = text
    rows = [
        (Cell(label, confidence=0.97 if label in FORM else confidence), Cell(answer, confidence=0.97))
        for label, answer in zip(labels, ANSWERS * 2, strict=True)
    ]
    return Content((Grid(tuple(rows)),), "ocr")


@pytest.mark.parametrize("place", [0, 5])
def test_a_label_of_a_form_of_which_a_letter_was_misread_asks_what_it_asked(place: int) -> None:
    table = interpret(forms((place, "Tác qiả")), forms_campaign()).table
    assert table is not None
    assert [row.cells["author"] for row in table.rows] == ["Trần Văn An"] * 2


def test_a_label_that_was_read_surely_stays() -> None:
    content = forms((1, "Tác quả"), (6, "Tác qiả"), confidence=0.97)
    assert with_labels_mended(content, forms_campaign()) == content


def test_labels_that_differ_in_a_number_are_two() -> None:
    content = forms((1, "Chức danh 1"), (6, "Chức danh 2"))
    assert with_labels_mended(content, forms_campaign()) == content


def test_a_label_that_only_this_file_knows_is_put_right_by_another_of_its_forms() -> None:
    rows = [*grid(forms())]
    rows[2:2] = [(Cell("Kinh phí đã dùng", confidence=0.97), Cell("2 triệu", confidence=0.9))]
    rows[8:8] = [(Cell("Kinh phí da dùnq", confidence=0.8), Cell("3 triệu", confidence=0.9))]
    mended = with_labels_mended(Content((Grid(tuple(rows)),), "ocr"), forms_campaign())
    assert grid(mended)[8][0].text == "Kinh phí đã dùng"


def test_a_label_that_names_what_is_asked_is_not_put_right_by_one_that_does_not() -> None:
    content = forms((2, "Tên sáng kiênq"), confidence=0.94)
    rows = [
        tuple(replace(cell, confidence=0.9) if cell.text == FORM[2] else cell for cell in row) for row in grid(content)
    ]
    mended = grid(with_labels_mended(Content((Grid(tuple(rows)),), "ocr"), forms_campaign()))
    assert [row[0].text for row in mended] == [*FORM, *FORM]


def grid(content: Content) -> tuple[tuple[Cell, ...], ...]:
    (block,) = content.blocks
    assert isinstance(block, Grid)
    return block.rows
