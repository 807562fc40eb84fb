"""Shapes that only a workbook has, of the sixth set of words; see table_shapes and sheet_habits."""

from collections.abc import Callable
from dataclasses import replace

from corpus.generator.page import Align, Block, PageBreak, Table, cell
from corpus.generator.table import SIZE, Column, drawn_table, header, rows, wide_row
from corpus.generator.table_shapes import Order, plain

_FEET = (
    ("Người lập biểu", "TM. BAN CHẤP HÀNH"),
    ("(Ký, họ tên)", "CHỦ TỊCH"),
    ("", ""),
    ("Bàn Thị Mẩy", "Lương Văn Thịnh"),
)
_STAMPS = ("12/04/2021 08:15:22", "12/04/2021 21:40:05", "13/04/2021 07:02:51", "14/04/2021 10:33:18")


def _table_of(order: Order) -> Table:
    (table,) = (block for block in plain(order) if isinstance(block, Table))
    return table


def _counted_by_formula(order: Order) -> list[Block]:
    """Numbers by formula on the one above, a filter over the header, panes frozen."""
    if order.one.columns[0].key != "no":
        order.one.columns.insert(0, Column("no", "STT"))
    order.one.numbers = [str(number) for number in range(1, len(order.one.initiatives) + 1)]
    habits = frozenset(("formulas", "filter"))
    return [replace(_table_of(order), frozen=True, habits=habits)]


def _by_a_clerk(order: Order) -> list[Block]:
    """Remarks, lists to choose from, a print area, months as dates with words in their format, signatures below."""
    chosen = order.rng.sample(("remarks", "choices", "print area", "worded months"), 3)
    return [replace(_table_of(order), habits=frozenset(chosen), feet=_FEET)]


def _with_hidden_columns(order: Order) -> list[Block]:
    """Columns that nobody asks for are hidden, among them one before all others."""
    one = order.one
    codes = Column("", "Mã hồ sơ", ("HS-0117", "HS-0242", "HS-0305"))
    one.columns = [codes, *one.columns, Column("", "Người nhập liệu", ("vanthu1", "vanthu2"))]
    places = frozenset(f"hidden {place}" for place, column in enumerate(one.columns) if not column.key)
    return [replace(_table_of(order), habits=places)]


def _answers(order: Order) -> list[Block]:
    """What an online form collects: the hour of each answer first, whole questions for headers, no numbers."""
    one = order.one
    stamps = Column("", "Dấu thời gian", _STAMPS)
    kept = [column for column in one.columns if column.key not in ("no", "")]
    one.columns = [stamps, *(replace(column, header=f"{' '.join(column.header.split())} *") for column in kept)]
    return [_table_of(order)]


def _sheet_per_field(order: Order) -> list[Block]:
    """A sheet for each half of the initiatives, each with its title and header, numbered anew."""
    rng, one = order.rng, order.one
    half = max(1, (len(one.initiatives) + 1) // 2)
    one.numbers = [str(place + 1 if place < half else place - half + 1) for place in range(len(one.initiatives))]
    names = rng.sample(order.words.sections, 2)
    head, drawn, width = header(rng, one), rows(rng, one), len(one.columns)
    blocks: list[Block] = []
    for name, part in zip(names, (drawn[:half], drawn[half:]), strict=True):
        if part:
            title = wide_row(f"SÁNG KIẾN: {name.upper()}", width, align=Align.CENTRE)
            blocks += [drawn_table(one, [title, *head, *part], page=order.page), PageBreak()]
    return blocks[:-1]


def _columns_on_two_sheets(order: Order) -> list[Block]:
    """Too wide for one: who and what on the first sheet, how and when on the second, told together by the number."""
    one = order.one
    if one.columns[0].key != "no":
        one.columns.insert(0, Column("no", "STT"))
    number = one.columns[0]
    first = [column for column in one.columns if column.key in ("author", "position", "title", "field", "block")]
    second = [column for column in one.columns if column.key in ("summary", "applied", "benefit")]
    one.columns = [number, *first, *second]
    blocks: list[Block] = []
    for part in (first, second):
        half = replace(one, columns=[number, *part])
        blocks += [drawn_table(half, [*header(order.rng, half), *rows(order.rng, half)], page=order.page), PageBreak()]
    return blocks[:-1]


def _under_merged_titles(order: Order) -> list[Block]:
    """Five rows over the header, each merged over another number of columns, and the day beside them."""
    one = order.one
    width = len(one.columns)
    half = max(1, width // 2)
    left = ("CÔNG ĐOÀN NGÀNH Y TẾ", "CÔNG ĐOÀN CƠ SỞ", "")
    right = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Đồng Nai, ngày 12 tháng 4 năm 2021")
    above = [
        (*wide_row(a, half, align=Align.CENTRE), *wide_row(b, width - half, align=Align.CENTRE))
        for a, b in zip(left, right, strict=True)
    ]
    above.append(wide_row(order.words.table_titles[0][0], width, align=Align.CENTRE))
    above.append(tuple(cell("", size=SIZE) for _ in one.columns))
    return [drawn_table(one, [*above, *header(order.rng, one), *rows(order.rng, one)], page=order.page)]


PROVINCES_SHEETS: dict[str, Callable[[Order], list[Block]]] = {
    "counted by formula": _counted_by_formula,
    "by a clerk": _by_a_clerk,
    "hidden columns": _with_hidden_columns,
    "answers": _answers,
    "sheet per field": _sheet_per_field,
    "columns on two sheets": _columns_on_two_sheets,
    "under merged titles": _under_merged_titles,
}
