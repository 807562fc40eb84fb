"""What holds for every content: nothing raises, nothing is lost, nothing stands twice."""

import string
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from support.campaigns import forms_campaign
from support.contents import BODY, HEADER, LETTERHEAD, SIGNATURE, content, grid

from dossier.model import Kind
from parsers.content import Box, Cell, Content, Grid, Line, Origin
from parsers.document import interpret
from parsers.memo_count import stated_count
from parsers.wording import join_lines, plain

CAMPAIGN = forms_campaign()
PHRASES = (
    *HEADER,
    *BODY,
    "TỜ TRÌNH",
    "BẢNG TỔNG HỢP TÓM TẮT SÁNG KIẾN",
    "Kính gửi:",
    "TM. BAN CHẤP HÀNH",
    "CHỦ TỊCH",
    "Số: …/TTr-CĐCS",
    "ngày 31 tháng 2 năm 2021",
    "CỘNG HÒA XÃ HỘI",
    "CÔNG ĐOÀN NGÀNH Y TẾ",
    "CĐCS BỆNH VIỆN",
    "Tổng cộng: 99999 sáng kiến",
    "I. Khối lâm sàng",
    "(1)",
    "1",
    "²",
    "V/v",
    "Tên sáng kiến: x",
)
TEXTS = st.one_of(
    st.sampled_from(PHRASES), st.text(max_size=30), st.lists(st.sampled_from(PHRASES), max_size=4).map("\n".join)
)
CELLS = st.builds(Cell, TEXTS, st.sampled_from(Origin), st.floats(0, 1))
BOXES = st.builds(Box, *[st.floats(0, 600)] * 4)
LINES = st.builds(Line, TEXTS, st.one_of(st.none(), st.integers(1, 3)), st.one_of(st.none(), BOXES))


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    width = draw(st.integers(0, 9))
    row = st.lists(CELLS, min_size=width, max_size=width).map(tuple)
    rows = tuple(draw(st.lists(row, max_size=6)))
    sheet = draw(st.one_of(st.none(), st.just("Sheet1")))
    return Grid(rows, page=draw(st.one_of(st.none(), st.integers(1, 3))), sheet=sheet)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(LINES, grids()), max_size=12))
def test_no_content_makes_the_interpretation_raise(blocks: list[Line | Grid]) -> None:
    read = interpret(Content(tuple(blocks), "docx"), CAMPAIGN)
    assert (Kind.MEMO in read.kinds) == (read.memo is not None)
    assert (Kind.SUMMARY_TABLE in read.kinds) == (read.table is not None)
    assert read.kinds
    assert interpret(Content(tuple(blocks), "docx"), CAMPAIGN) == read


WORDS = st.text(alphabet=string.ascii_letters + "ăâđêôơưĂÂĐÊÔƠƯáàảãạ ,;%", min_size=3, max_size=25).filter(
    lambda text: len(text.split()) > 0 and sum(map(str.isalpha, text)) > 2
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[tuple[str, ...], list[tuple[str, ...]], int]:
    """Headers in any order with an unknown column, numbered rows with cells that differ, and where the page turns."""
    header = tuple(draw(st.permutations((*HEADER, "Minh chứng"))))
    count = draw(st.integers(1, 5))
    rows = []
    for number in range(1, count + 1):
        texts = draw(st.lists(st.one_of(st.just(""), WORDS), min_size=9, max_size=9))
        marked = [f"{text} {number}x{place}" if text else "" for place, text in enumerate(texts)]
        marked[header.index("Tên sáng kiến")] = f"Xe {number}"
        marked[header.index("STT")] = str(number)
        rows.append(marked)
    turn = draw(st.integers(0, count))
    for name in ("Họ và tên tác giả", "Thời gian áp dụng"):
        if 0 < turn < count:  # empty at the head of a page, they may be merged with the page before
            rows[turn][header.index(name)] = f"AAA {turn + 1}x{name}"
    return header, list(map(tuple, rows)), turn


@settings(max_examples=120, deadline=None)
@given(tables(), st.booleans())
def test_every_cell_of_an_initiative_stands_in_exactly_one_place(made, headed_again: bool) -> None:
    header, rows, turn = made
    first = grid(header, *rows[:turn], page=1)
    behind = [header, *rows[turn:]] if headed_again or not turn else rows[turn:]
    blocks = [first, grid(*behind, page=2)] if behind else [first]
    table = interpret(content(*blocks), CAMPAIGN).table
    assert table is not None
    read = [[*row.cells.values(), *row.extra.values()] for row in table.rows]
    assert [_texts(cells) for cells in read] == [_texts(cells) for cells in rows]


def _texts(cells: Sequence[str]) -> list[str]:
    return sorted(joined for text in cells if (joined := join_lines(text)))


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 99), st.sampled_from(["sáng kiến", "đề tài", "giải pháp"]))
def test_a_count_in_digits_is_read_as_it_is_written(count: int, noun: str) -> None:
    assert stated_count(f"Ban Chấp hành đã xét chọn {count:02d} {noun} (có bảng kèm theo).", CAMPAIGN) == count


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_folding_place_by_place_keeps_every_place(text: str) -> None:
    assert len(plain(text)) == len(text)


NAMES = st.lists(
    st.sampled_from(["Vương", "Thế", "Lữ", "Đỗ", "Ý", "Nhi", "Ánh", "Quách", "Kỳ"]), min_size=2, max_size=5
)


@settings(max_examples=60, deadline=None)
@given(
    NAMES, st.sampled_from(["CHỦ TỊCH", "PHÓ CHỦ TỊCH"]), st.integers(1, 28), st.integers(1, 12), st.integers(1, 999)
)
def test_a_memo_gives_back_what_was_written_into_it(words: list[str], position: str, day, month, number: int) -> None:
    head = grid(
        ("CÔNG ĐOÀN NGÀNH Y TẾ\nCĐCS TRẠM Y TẾ SÔNG PHỐ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (f"Số: {number}/TTr-CĐCS", f"Biên Hòa, ngày {day} tháng {month} năm 2021"),
    )
    signature = grid(("Nơi nhận:\n- Lưu.", f"TM. BAN CHẤP HÀNH\n{position}\n{' '.join(words)}"))
    memo = interpret(
        content(head, "TỜ TRÌNH", "V/v sáng kiến", "Kính gửi: Ban Thường vụ", *BODY, signature), CAMPAIGN
    ).memo
    assert memo is not None
    assert (memo.signer, memo.signer_title, memo.number) == (" ".join(words), position, f"{number}/TTr-CĐCS")
    assert memo.date is not None
    assert (memo.date.day, memo.date.month) == (day, month)
    assert memo.missing == ()


def test_a_long_and_wide_table_is_read_in_moderate_time() -> None:
    header = (*HEADER, *(f"Cột {place}" for place in range(40)))
    rows = [(str(number), *(f"ô {number}.{place}" for place in range(47))) for number in range(1, 1001)]
    table = interpret(content(LETTERHEAD, grid(header, *rows), SIGNATURE), CAMPAIGN).table
    assert table is not None
    assert len(table.rows) == 1000
