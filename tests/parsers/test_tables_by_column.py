"""A table drawn over two pages side by side, whose second part begins with a column amid the first."""

from hoso.campaigns import example_campaign
from parsers.content import Cell, Content, Grid, Line
from parsers.summary_table import Found, read_summary_table
from parsers.tables_by_column import UNSURE

Texts = tuple[str, ...]
FIRST: tuple[Texts, ...] = (
    ("Tác giả", "Tổ, chuyền", "Đề tài cải tiến"),
    ("Lê Thị Hoa", "Tổ may 4", "Thang dây chống trượt"),
    ("Ông Văn Mỹ", "Đội Lai dắt", "Cữ may túi"),
    ("Trần Văn Bình", "Kho", "Phao khoanh dầu"),
)
SECOND: tuple[Texts, ...] = (
    ("Đề tài cải tiến", "Tóm tắt", "Thời gian áp dụng"),
    ("Thang dây\nchống trượt", "Dây bện từ lốp cũ, dài bốn mét, chịu tải một tấn.", "03/3/2021"),
    ("Cữ may túi", "Cữ gắn vào bàn máy bằng nam châm, tháo ra trong mười giây.", "12/4/2021"),
    ("Phao khoanh dầu", "Phao gấp gọn trong thùng, hai người thả trong năm phút.", "20/4/2021"),
)


def page(number: int, *rows: Texts) -> Grid:
    return Grid(tuple(tuple(map(Cell, row)) for row in rows), page=number)


def read(*blocks: Line | Grid) -> Found:
    return read_summary_table(Content(blocks, "pdf"), example_campaign())


def authors(found: Found) -> list[tuple[str, str]]:
    assert found.table is not None
    return [(row.cells.get("author", ""), row.cells.get("applied", "")) for row in found.table.rows]


WHOLE = [("Lê Thị Hoa", "03/3/2021"), ("Ông Văn Mỹ", "12/4/2021"), ("Trần Văn Bình", "20/4/2021")]


def test_the_title_again_lays_both_parts_beside_each_other() -> None:
    found = read(page(1, *FIRST), page(2, *SECOND))
    assert authors(found) == WHOLE
    assert not found.doubts


def test_a_part_may_go_on_over_pages_with_its_header_again_or_without() -> None:
    assert authors(read(page(1, *FIRST), page(2, *SECOND[:3]), page(3, *SECOND[3:]))) == WHOLE
    assert authors(read(page(1, *FIRST), page(2, *SECOND[:3]), page(3, SECOND[0], *SECOND[3:]))) == WHOLE
    assert authors(read(page(1, *FIRST[:3]), page(2, *FIRST[3:]), page(3, *SECOND))) == WHOLE


def test_parts_of_different_length_are_not_laid_together_and_a_person_is_told() -> None:
    found = read(page(1, *FIRST), page(2, *SECOND[:3]))
    assert UNSURE in found.doubts


def test_other_titles_under_the_same_header_are_another_table() -> None:
    other = (SECOND[0], *((f"Sáng kiến khác {number}", *row[1:]) for number, row in enumerate(SECOND[1:])))
    assert UNSURE not in read(page(1, *FIRST), page(2, *other)).doubts


def test_what_adds_to_a_table_that_is_whole_by_the_rows_numbers_goes_to_a_person() -> None:
    whole = tuple(
        (number, *one, *more[1:])
        for number, one, more in zip(("STT", "1", "2", "3"), FIRST, SECOND, strict=True)
    )  # fmt: skip
    gains = (("STT", "Hiệu quả"), ("1", "Giảm 20% giấy"), ("2", "5 triệu đồng"), ("3", "Bớt 3 giờ"))
    found = read(page(1, *whole), page(2, *gains))
    assert found.table is not None
    assert [row.cells.get("benefit") for row in found.table.rows] == ["Giảm 20% giấy", "5 triệu đồng", "Bớt 3 giờ"]
    assert any("the same numbers" in doubt for doubt in found.doubts)


def test_a_list_that_only_counts_alike_adds_nothing() -> None:
    whole = tuple(
        (number, *one, *more[1:])
        for number, one, more in zip(("STT", "1", "2", "3"), FIRST, SECOND, strict=True)
    )  # fmt: skip
    phones = (("STT", "Máy lẻ"), ("1", "101"), ("2", "102"), ("3", "103"))
    found = read(page(1, *whole), page(2, *phones))
    assert authors(found) == WHOLE
    assert not found.doubts
