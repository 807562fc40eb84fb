"""What became of each line and cell: shown to people, so it must name the right ones."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from support.attachments import attachment
from support.contents import HEADER, ROWS, content, grid

from dossier.model import Document, Memo, Row, Spot, SummaryTable
from hoso.campaigns import example_campaign
from parsers.content import Box, Cell, Content, Grid, Line
from parsers.document import interpret
from parsers.pdf import read_pdf
from parsers.traces import Piece, Use, traced

CAMPAIGN = example_campaign()


def document(read: Content) -> Document:
    meaning = interpret(read, CAMPAIGN)
    return Document("2", "x", "0" * 64, 1, "application/x", meaning.kinds, memo=meaning.memo, table=meaning.table)


def by_use(pieces: tuple[Piece, ...]) -> dict[Use, str]:
    return {use: " ".join(piece.text.split()) for piece in pieces for use in piece.uses}


def test_every_cell_of_a_table_is_traced_to_its_row_and_column() -> None:
    read = content("BẢNG TỔNG HỢP TÓM TẮT SÁNG KIẾN", grid(HEADER, *ROWS))
    told = by_use(traced(read, document(read)))
    assert told[Use(1, "title")] == "Xe đẩy thuốc hai tầng"
    assert told[Use(2, "author")] == "Tạ Quang Hiển"
    assert told[Use(2, "applied")] == "01/3/2021"
    assert told[Use(0, "summary")] == "Tóm tắt nội dung sáng kiến"
    assert len([use for use in told if use.row]) == 16


def test_cells_with_the_same_text_are_told_apart_by_their_rows() -> None:
    same = tuple(
        (str(number), "Lâm Thị Hân", "", f"Sáng kiến về {name}", "", "Như trên", "Tháng 3/2021", "")
        for number, name in enumerate(("máy", "thuốc", "giường"), start=1)
    )
    read = content("BẢNG TỔNG HỢP TÓM TẮT SÁNG KIẾN", grid(HEADER, *same))
    pieces = traced(read, document(read))
    dates = [piece.uses for piece in pieces if piece.text == "Tháng 3/2021"]
    assert dates == [(Use(1, "applied"),), (Use(2, "applied"),), (Use(3, "applied"),)]


def test_a_row_that_goes_on_over_the_page_is_traced_in_both_parts() -> None:
    first = (*ROWS[0][:5], "Hàn thêm tầng dưới", *ROWS[0][6:])
    rest = ("", "", "", "", "", "cho xe đẩy thuốc cũ.", "", "")
    read = content("BẢNG TỔNG HỢP TÓM TẮT SÁNG KIẾN", grid(HEADER, first, page=1), grid(rest, ROWS[1], page=2))
    pieces = traced(read, document(read))
    parts = [piece.text for piece in pieces if Use(1, "summary") in piece.uses]
    assert parts == ["Hàn thêm tầng dưới", "cho xe đẩy thuốc cũ."]
    assert by_use(pieces)[Use(2, "title")] == ROWS[1][3]


def test_the_fields_of_a_memo_are_found_in_a_pdf_with_their_places() -> None:
    read = read_pdf(attachment("d02"))
    pieces = traced(read, document(read))
    told = by_use(pieces)
    assert told[Use(0, "number", memo=True)] == "Số: 07/TTr-CĐCS"
    assert told[Use(0, "signer", memo=True)] == "Hoàng Minh Đức"
    assert "ngày 15 tháng 04 năm 2021" in told[Use(0, "date", memo=True)]
    assert all(piece.box is not None and piece.page == 1 for piece in pieces)


def test_every_cell_of_a_ruled_pdf_table_has_its_place() -> None:
    read = read_pdf(attachment("d02", 1))
    boxes = [piece.box for piece in traced(read, document(read)) if piece.row is not None]
    assert len(boxes) > 40
    assert all(box is not None and box.x0 < box.x1 and box.top < box.bottom for box in boxes)


def test_a_place_that_was_kept_with_the_value_comes_first() -> None:
    lines = tuple(Line(text, 1, Box(10, top, 200, top + 12)) for top, text in ((10, "Trần An"), (500, "Trần An")))
    memo = Memo(signer="Trần An", spots={"signer": Spot(1, 5, 5, 300, 30)})
    rows = (Row({"title": "x"}, spots={"title": Spot(2, 0, 0, 50, 50)}),)
    grid_there = Grid(((Cell("misread", box=Box(10, 10, 40, 40)),),), page=2)
    told = Document("2", "x", "0" * 64, 1, "x", memo=memo, table=SummaryTable({}, rows))
    first, second, cell = traced(Content((*lines, grid_there), "ocr"), told)
    assert (first.uses, second.uses) == ((Use(0, "signer", memo=True),), ())
    assert cell.uses == (Use(1, "title"),)


@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=4), max_size=6), st.text(max_size=20))
def test_any_text_is_traced_or_left(rows: list[list[str]], value: str) -> None:
    blocks = (Line(value), grid(*rows)) if rows else (Line(value),)
    memo = Memo(issuer=value, signer=value[::-1], subject=value * 2)
    table = SummaryTable({"title": value}, (Row({"title": value, "summary": value * 3}),))
    read = Content(blocks, "docx")
    told = replace(document(read), memo=memo, table=table)
    pieces = traced(read, told)
    assert [piece.text for piece in pieces][:1] == [value]
    assert all(use.row in (0, 1) for piece in pieces for use in piece.uses)
