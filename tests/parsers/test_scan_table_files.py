"""Scanned tables in whole files: among other text, over several pages, turned, without rules."""

import numpy as np
from PIL import Image
from support.campaigns import forms_campaign
from support.drawn import drawn
from support.drawn_tables import DrawnTable
from support.ocr import needs_ocr
from support.scanner import Colour, Condition, as_jpeg, as_pdf, taken

from dossier.model import Kind
from parsers.content import Grid, Line
from parsers.document import interpret
from parsers.pictured import read_any_pdf, read_any_picture

pytestmark = needs_ocr

LEFTS = [12.0, 26.0, 70.0, 112.0, 160.0, 198.0]
HEADER = ("STT", "Ho va ten", "Ten sang kien", "Tom tat noi dung", "Thoi gian ap dung")
ROWS = [
    ("1", "Tran Van An", "So do kho thuoc", "Kho thuoc co so do", "01/3/2021"),
    ("2", "Pham Minh Hoang", "Khung tap di", "Lam khung tap di", "15/02/2021"),
    ("3", "Ngo Gia Bao", "Phieu tra loi", "Tra loi nguoi benh", "22/4/2021"),
    ("4", "Le Thi Binh", "Tu dung thuoc", "Thuoc de theo nhom", "11/3/2021"),
]
PAGE = {"dpi": 200, "size": 3.6}


def sheet(*rows: tuple[str, ...], outside: list[tuple[float, float, str]] | None = None, top: float = 40) -> Colour:
    tops = [top + 14 * number for number in range(len(rows) + 1)]
    texts = {(y, x): text for y, row in enumerate(rows) for x, text in enumerate(row)}
    table = DrawnTable(LEFTS, tops, texts, outside=outside or [], **PAGE)
    return table.sheet(210, 297)


def test_a_table_goes_on_on_the_next_page_with_and_without_its_header() -> None:
    for again in (HEADER,), ():
        pages = [sheet(HEADER, *ROWS[:2]), sheet(*again, *ROWS[2:])]
        content = read_any_pdf(as_pdf(pages, Condition(dpi=200, quality=85)))
        assert [block.page for block in content.blocks if isinstance(block, Grid)] == [1, 2]
        found = interpret(content, forms_campaign())
        assert (found.kinds, found.doubts) == ((Kind.SUMMARY_TABLE,), ())
        assert found.table is not None
        assert [row.cells["no"] for row in found.table.rows] == ["1", "2", "3", "4"]
        assert [row.spots["author"].page for row in found.table.rows] == [1, 1, 2, 2]


def test_the_table_stands_among_the_lines_of_its_page() -> None:
    outside = [(40.0, 14.0, "Kinh gui Cong doan nganh"), (40.0, 120.0, "Noi nhan nhu tren va luu van thu")]
    content = read_any_picture(as_jpeg(sheet(HEADER, *ROWS[:3], outside=outside)))
    assert content.doubts == ()
    assert [type(block) for block in content.blocks] == [Line, Grid, Line]


def test_a_table_on_its_head_is_turned() -> None:
    page = np.ascontiguousarray(np.rot90(sheet(HEADER, *ROWS), 2))
    content = read_any_picture(as_jpeg(page))
    (grid,) = (block for block in content.blocks if isinstance(block, Grid))
    assert [cell.text for cell in grid.rows[1]] == list(ROWS[0])


def test_text_beside_a_table_is_for_a_person() -> None:
    lefts = LEFTS[:-1]
    texts = {(y, x): text for y, row in enumerate((HEADER, *ROWS)) for x, text in enumerate(row[:-1])}
    tops = [40.0 + 14 * number for number in range(6)]
    beside = [(164.0, 42.0 + 14 * y, row[-1]) for y, row in enumerate(ROWS, start=1)]
    table = DrawnTable(lefts, tops, texts, outside=beside, **PAGE)
    content = read_any_picture(as_jpeg(table.sheet(210, 297)))
    assert content.doubts == ("page 1 has text beside a table, as of a column without its border",)


def test_a_table_without_rules_is_told_by_its_columns_and_is_for_a_person() -> None:
    places = (40.0, 75.0, 190.0, 310.0, 450.0)
    words = [
        (x, 100 + 30 * y, text) for y, row in enumerate((HEADER, *ROWS)) for x, text in zip(places, row, strict=True)
    ]
    content = read_any_picture(as_jpeg(drawn(words, dpi=200, size=11)))
    assert any("without lines" in doubt for doubt in content.doubts)
    (grid,) = (block for block in content.blocks if isinstance(block, Grid))
    assert not grid.ruled
    assert [row[1].text for row in grid.rows[1:]] == [row[1] for row in ROWS]
    assert all(0 < cell.confidence <= 1 and cell.box is not None for row in grid.rows for cell in row)


def test_rules_that_make_no_table_are_told() -> None:
    image = Image.fromarray(drawn([(60, 60 + 20 * n, "Cong doan co so de nghi xet chon") for n in range(6)], dpi=150))
    pixels = np.array(image)
    for number in range(4):
        pixels[700 + 60 * number : 703 + 60 * number, 100:500] = 0
        pixels[1100:1500, 700 + 80 * number : 703 + 80 * number] = 0
    content = read_any_picture(as_jpeg(pixels))
    assert content.doubts == ("page 1 has ruling lines that make no table",)


def test_a_memo_and_its_table_on_one_scanned_page_are_both() -> None:
    above = [
        (20.0, 12.0, "CDN Y TE DONG NAI"),
        (112.0, 12.0, "CONG HOA XA HOI CHU NGHIA VIET NAM"),
        (20.0, 19.0, "CDCS BENH VIEN A"),
        (125.0, 19.0, "Doc lap - Tu do - Hanh phuc"),
        (24.0, 27.0, "So: 12/TTr-CDCS"),
        (118.0, 27.0, "Long Khanh, ngay 12 thang 4 nam 2021"),
        (88.0, 40.0, "TO TRINH"),
        (60.0, 48.0, "Ve viec de nghi xet chon sang kien"),
        (50.0, 58.0, "Kinh gui: Cong doan nganh Y te Dong Nai"),
        (20.0, 68.0, "Cong doan co so kinh trinh cac sang kien theo bang sau:"),
    ]
    below = [
        (20.0, 165.0, "Noi nhan:"),
        (20.0, 172.0, "- Nhu tren;"),
        (125.0, 165.0, "TM. BAN CHAP HANH"),
        (135.0, 172.0, "CHU TICH"),
        (130.0, 195.0, "Tran Van Binh"),
    ]
    content = read_any_pdf(
        as_pdf([sheet(HEADER, *ROWS, outside=above + below, top=80)], Condition(dpi=200, quality=80))
    )
    found = interpret(content, forms_campaign())
    assert (found.kinds, content.unread) == ((Kind.MEMO, Kind.SUMMARY_TABLE), "")
    assert found.memo is not None
    assert found.table is not None
    assert found.memo.number == "12/TTr-CDCS"
    assert [row.cells["no"] for row in found.table.rows] == ["1", "2", "3", "4"]
    blocks = [type(block) for block in content.blocks]
    assert 6 <= blocks.index(Grid) < len(blocks) - 3


def test_a_photographed_form_is_an_initiative() -> None:
    labels = ("Ho va ten", "Chuc vu", "Ten sang kien", "Tom tat noi dung", "Thoi gian ap dung", "Hieu qua")
    values = (
        "Tran Van An",
        "Duoc si khoa Duoc",
        "So do kho thuoc",
        "Kho thuoc co so do de tim",
        "01/3/2021",
        "Tim nhanh",
    )
    texts = {(y, x): cells[y] for x, cells in enumerate((labels, values)) for y in range(len(labels))}
    tops = [60.0 + 14 * number for number in range(len(labels) + 1)]
    title = [(70.0, 30.0, "BAN TOM TAT SANG KIEN")]
    page = DrawnTable([20.0, 70.0, 190.0], tops, texts, outside=title, dpi=220, size=4.2).sheet(210, 297)
    condition = Condition(desk=True, perspective=2, shade=0.3, noise=4, blur=0.4)
    content = read_any_picture(as_jpeg(taken(page, condition), 75))
    (grid,) = (block for block in content.blocks if isinstance(block, Grid))
    read = [tuple(cell.text.casefold() for cell in row) for row in grid.rows]
    assert read == [(label.casefold(), value.casefold()) for label, value in zip(labels, values, strict=True)]
    table = interpret(content, forms_campaign()).table
    assert table is not None
    (row,) = table.rows
    assert (row.cells["author"], row.cells["applied"]) == (values[0], values[4])
