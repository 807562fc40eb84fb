"""What tells columns apart: names that are words as well, times in the words of offices, merged headers."""

import pytest

from dossier.campaign import APPLIED, AUTHOR, BENEFIT, POSITION
from hoso.campaigns import example_campaign
from parsers.cell_kinds import is_gain, is_person, is_post
from parsers.co_authors import names_apart
from parsers.column_holders import Told
from parsers.column_values import settled
from parsers.columns import ColumnNames
from parsers.content import Cell, Content, Grid, Origin
from parsers.header_likeness import asks_when, speaks_of
from parsers.summary_table import Found, read_summary_table

NAMES = ("Ông Văn Mỹ", "Ninh Trung Thi Trâm", "Văn Khánh Vân", "Đồng Thị Trung")


def read(*rows: tuple[Cell, ...]) -> Found:
    return read_summary_table(Content((Grid(rows),), "docx"), example_campaign())


def row(*texts: str) -> tuple[Cell, ...]:
    return tuple(map(Cell, texts))


@pytest.mark.parametrize("name", [*NAMES, "Bà Ông Thị Mỹ", "Ông Trung Phụng", "Chủ Thị Văn", "Hồ Công Trường"])
def test_a_name_is_no_post_though_its_words_are_those_of_posts(name: str) -> None:
    assert is_person(name)
    assert not is_post(name)


@pytest.mark.parametrize(
    "post", ["Văn thư", "Trưởng khoa", "Y sĩ trạm", "TRƯỞNG PHÒNG", "Chủ tịch công đoàn", "Khoa Nội"]
)
def test_a_post_stays_one(post: str) -> None:
    assert is_post(post)


@pytest.mark.parametrize("text", ["KS.\nDương\nQuốc\nKỳ", "Ông Võ\nCông\nSang\n(chủ\nbiên)", "H' Khánh\nTriết"])
def test_a_name_that_a_narrow_column_breaks_anywhere_is_one(text: str) -> None:
    assert is_person(text)


@pytest.mark.parametrize("title", ["PHAO KHOANH DẦU GẤP\nGỌN", "VAN XẢ CẶN\nĐẦU TUYẾN", "MÁY PHUN SƯƠNG"])
def test_a_title_in_capitals_is_no_name(title: str) -> None:
    assert not is_person(title)


def test_a_name_in_capitals_begins_with_a_family() -> None:
    assert is_person("NGUYỄN THỊ HOA")


def test_the_surname_ong_is_kept_and_parts_co_authors() -> None:
    assert names_apart("Ông Văn Mỹ\nBà Ông Thị Lan") == "Ông Văn Mỹ\nBà Ông Thị Lan"


def test_an_authors_column_of_such_names_is_no_column_of_posts() -> None:
    told = settled([Told("Người lao động", NAMES)], ColumnNames.of(example_campaign()))
    assert told.keys == (AUTHOR,)


def test_names_on_dotted_lines_are_names() -> None:
    told = settled([Told("Người lao động", tuple(f"{name} ......" for name in NAMES))], columns())
    assert told.keys == (AUTHOR,)


def columns() -> ColumnNames:
    return ColumnNames.of(example_campaign())


@pytest.mark.parametrize(
    "header",
    [
        "Ngày go-live",
        "Ngày launching",
        "Đưa vào chạy thật",
        "Chạy thử từ tháng",
        "Triển khai thực tế từ",
        "Áp dụng từ ngày",
        "Thực hiện từ khi nào",
        "Đi vào hoạt động từ",
        "Thời điểm đi vào vận hành",
        "Đưa vào dùng thực tế",
    ],
)
def test_a_header_asks_when_something_was_put_to_use(header: str) -> None:
    assert asks_when(header)


@pytest.mark.parametrize(
    "header",
    ["Ngày deadline", "Ngày submit", "Ngày công nhận", "Đưa vào kho", "Ngày ký", "Vốn đầu tư", "Ngày sản xuất", ""],
)
def test_a_header_of_another_time_asks_no_such_thing(header: str) -> None:
    assert not asks_when(header)


def test_for_whom_something_was_done_is_not_what_a_header_asks_for() -> None:
    assert not speaks_of("Đóng góp cho đơn vị", POSITION)
    assert columns().matches("Đóng góp cho đơn vị") == ()
    assert speaks_of("Đơn vị", POSITION)


@pytest.mark.parametrize("text", ["Cây xuất vườn sớm 27 ngày", "Đón thêm 53 lượt khách", "Nhanh hơn trước"])
def test_more_and_less_of_something_is_an_effect_wherever_it_is_told(text: str) -> None:
    assert is_gain(text)


def test_an_effect_without_words_of_ours_in_its_header_is_told_by_its_cells() -> None:
    texts = ("Đón thêm 53 lượt khách", "Rút ngắn 32 ngày", "Cây xuất vườn sớm 27 ngày")
    assert settled([Told("Đóng góp cho đơn vị", texts)], columns()).keys == (BENEFIT,)


def test_name_and_post_under_a_header_of_both_is_the_authors_column() -> None:
    texts = ("Cao Trúc\nThẩm tra viên Phòng Thời sự", "Ông Trung Phụng\nThợ may bậc 4")
    told = Told("Tác giả, chức danh, nơi công tác", texts, POSITION, 0.6)
    assert settled([told], columns()).keys == (AUTHOR,)


SUMMARY_TEXT = "Khung làm từ tấm thừa, thử 18 lượt, không phải trèo lên nóc, thao tác từ mặt đất bằng dây kéo."


def test_a_group_over_columns_tells_none_of_them_against_their_cells() -> None:
    left = Cell("Nội dung và kết quả", Origin.LEFT)
    upper = (*row("STT", "Tác giả", "Tên giải pháp", "Nội dung và kết quả"), left, left)
    above = tuple(Cell(text, Origin.ABOVE) for text in ("STT", "Tác giả", "Tên giải pháp"))
    lower = (*above, *row("Sáng kiến gồm những gì", "Thời gian bắt đầu", "Chi phí giảm được"))
    found = read(
        upper,
        lower,
        row("1", "Lê Thị Hoa", "Móc cẩu tự nhả", SUMMARY_TEXT, "03/3/2021", "240 triệu/năm"),
        row("2", "Ông Văn Mỹ", "Đệm va tàu từ lốp", SUMMARY_TEXT, "12/4/2021", "Giảm 20% giấy"),
    )
    assert found.table is not None
    first = found.table.rows[0].cells
    assert (first["summary"], first["benefit"], first[APPLIED]) == (SUMMARY_TEXT, "240 triệu/năm", "03/3/2021")


def test_what_asks_what_it_consists_of_is_no_title_under_a_header_that_names_one() -> None:
    upper = (*row("STT", "Tác giả", "Giải pháp"), Cell("Giải pháp", Origin.LEFT), Cell("Thời gian bắt đầu"))
    above = [Cell(text, Origin.ABOVE) for text in ("STT", "Tác giả", "Thời gian bắt đầu")]
    lower = (*above[:2], *row("Sáng kiến đăng ký", "Sáng kiến gồm những gì"), above[2])
    found = read(upper, lower, row("1", "Lê Thị Hoa", "Móc cẩu tự nhả", SUMMARY_TEXT, "03/3/2021"))
    assert found.table is not None
    assert found.table.rows[0].cells["title"] == "Móc cẩu tự nhả"
    assert found.table.rows[0].cells["summary"] == SUMMARY_TEXT
