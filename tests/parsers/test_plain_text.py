"""Texts, values and web pages as dossiers: people send them, and programs write them under other names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.content import Content, Grid, Line, Origin
from parsers.identify import Opener, identify
from parsers.plain_text import read_markup, read_text, read_values
from parsers.problem import UnreadableError

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"><style>td {}</style></head>
<body><h3>BẢNG TỔNG HỢP SÁNG KIẾN</h3><div>CĐCS <b>Trạm</b>
 Y tế</div><table><tr><th rowspan=2>TT<th colspan="2">Tác giả<th rowspan=2>Tên sáng kiến</tr>
<tr><th>Họ tên<th>Đơn vị</tr><tr><td>1<td>Lê Văn A<br>Lê B<td rowspan=2>Khoa Nội<td>Kệ thuốc</tr>
<tr><td>2<td>Trần C<td>Xe đẩy</tr></table>cuối</body></html>"""


def lines(content: Content) -> list[str]:
    return [block.text for block in content.blocks if isinstance(block, Line)]


def texts(content: Content) -> list[list[str]]:
    (grid,) = (block for block in content.blocks if isinstance(block, Grid))
    return [[cell.text for cell in row] for row in grid.rows]


def test_a_web_page_keeps_its_lines_and_its_merged_cells() -> None:
    content = read_markup(PAGE.encode())
    assert lines(content) == ["BẢNG TỔNG HỢP SÁNG KIẾN", "CĐCS Trạm Y tế", "cuối"]
    assert texts(content) == [
        ["TT", "Tác giả", "Tác giả", "Tên sáng kiến"],
        ["TT", "Họ tên", "Đơn vị", "Tên sáng kiến"],
        ["1", "Lê Văn A\nLê B", "Khoa Nội", "Kệ thuốc"],
        ["2", "Trần C", "Khoa Nội", "Xe đẩy"],
    ]
    grid = content.blocks[2]
    assert isinstance(grid, Grid)
    assert [cell.origin for cell in grid.rows[0]] == [Origin.OWN, Origin.OWN, Origin.LEFT, Origin.OWN]
    assert [cell.origin for cell in grid.rows[1]] == [Origin.ABOVE, Origin.OWN, Origin.OWN, Origin.ABOVE]
    assert grid.rows[3][2].origin is Origin.ABOVE


def test_a_web_page_is_read_under_the_name_of_a_workbook() -> None:
    for name in ("Bang tong hop.xls", "to trinh.doc", "trang.html", "x"):
        assert identify(PAGE.encode(), name).opener is Opener.MARKUP


def test_a_table_that_lays_out_the_page_is_no_grid() -> None:
    content = read_markup(b"<table><tr><td>a<table><tr><td>1<td>2</table>b</table>")
    assert texts(content) == [["1", "2"]]
    assert lines(content) == ["a", "b"]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_values_are_a_grid_whatever_sign_parts_them(sign: str) -> None:
    rows = [["TT", "Tên sáng kiến", "Tác giả"], ["1", f'"Kệ{sign} hai tầng"', "Lê A"]]
    content = read_values("\r\n".join(map(sign.join, rows)).encode("utf-8-sig"))
    assert texts(content) == [rows[0], ["1", f"Kệ{sign} hai tầng", "Lê A"]] or sign == "\t"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_a_text_is_read_in_its_charset(charset: str) -> None:
    assert lines(read_text("TO TRINH\r\n\r\nKinh g\u1eedi: A".replace("\u1eed", "u").encode(charset))) == [
        "TO TRINH",
        "Kinh gui: A",
    ]


def test_more_than_our_limits_is_told() -> None:
    with pytest.raises(UnreadableError, match="cells"):
        read_markup(b"<table>" + b"<tr><td colspan=100 rowspan=100>x</tr>" * 2_000 + b"</table>")
    with pytest.raises(UnreadableError, match="bytes"):
        read_text(b"x" * 5_000_000)


@given(
    st.binary(max_size=300)
    | st.text(max_size=200).map(lambda text: f"<table><tr><td>{text}".encode("utf-8", "replace"))
)
@settings(max_examples=60)
def test_any_bytes_are_read_or_told(content: bytes) -> None:
    for read in (read_text, read_values, read_markup):
        try:
            found = read(content)
        except UnreadableError:
            continue
        for block in found.blocks:
            if isinstance(block, Grid):
                assert len({len(row) for row in block.rows}) <= 1
