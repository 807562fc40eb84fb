"""Shapes that only a workbook has, of the seventh set of words; see table_shapes."""

from collections.abc import Callable
from dataclasses import replace

from corpus.generator.page import Align, Block, PageBreak, Paragraph, Table, cell
from corpus.generator.table import SIZE, Column, Row, drawn_table, header, rows, wide_row, widths
from corpus.generator.table_shapes import Order, plain

_LEGEND = ("S: An toàn", "Q: Chất lượng", "C: Chi phí", "D: Giao hàng")
_LINES = 3
"""Rows that a summary takes at most."""


def _summary_over_rows(order: Order) -> list[Block]:
    """Who typed it pressed Enter after each sentence: the summary goes on in rows whose other cells are empty."""
    rng, one = order.rng, order.one
    if one.columns[0].key != "no":
        one.columns.insert(0, Column("no", "STT"))
    place = next((at for at, column in enumerate(one.columns) if column.key == "summary"), None)
    if place is None:
        return plain(order)
    drawn: list[Row] = []
    for row, told in enumerate(rows(rng, one)):
        pieces = _sentences(one.text(row, one.columns[place], rng))
        blank = cell("", size=SIZE)
        drawn.append((*told[:place], cell(pieces[0], size=SIZE), *told[place + 1 :]))
        drawn += [
            tuple(cell(piece, size=SIZE) if at == place else blank for at in range(len(told))) for piece in pieces[1:]
        ]
    return [drawn_table(one, [*header(rng, one), *drawn], page=order.page)]


def _sentences(text: str) -> list[str]:
    parts = [f"{part}." for part in text.rstrip(".").split(". ")]
    if not text.endswith("."):
        parts[-1] = parts[-1].removesuffix(".")
    return [*parts[: _LINES - 1], *([" ".join(parts[_LINES - 1 :])] if parts[_LINES - 1 :] else [])]


def _sheet_each(order: Order) -> list[Block]:
    """A sheet for every initiative, a form of labels and answers on it."""
    rng, one = order.rng, order.one
    one.columns = [column for column in one.columns if column.key not in ("no", "")]
    blocks: list[Block] = []
    for row in range(len(one.initiatives)):
        pairs = [
            (cell(" ".join(column.header.split()), bold=True, size=SIZE), cell(one.text(row, column, rng), size=SIZE))
            for column in one.columns
        ]
        blocks += [Paragraph(f"PHIẾU CẢI TIẾN SỐ {row + 1}", bold=True), Table(tuple(pairs), (5.0, 16.0)), PageBreak()]
    return blocks[:-1]


def _contents_first(order: Order) -> list[Block]:
    """The first sheet lists what the others hold, in a table."""
    lines = (("STT", "Tên trang tính", "Nội dung"), ("1", "Bìa", "Mục lục"), ("2", "DS", "Danh sách sáng kiến"))
    table = Table(tuple(tuple(cell(text, size=SIZE) for text in line) for line in lines), (1.5, 5.0, 8.0))
    return [Paragraph("MỤC LỤC", bold=True), table, PageBreak(), *plain(order)]


def _beside_a_legend(order: Order) -> list[Block]:
    """Some columns right of the table, what the letters mean."""
    rng, one = order.rng, order.one
    blank = cell("", size=SIZE)
    legend = ["Chú giải:", *_LEGEND]
    lines = [*header(rng, one), *rows(rng, one)]
    beside = [cell(legend[at], italic=True, size=SIZE) if at < len(legend) else blank for at in range(len(lines))]
    drawn = tuple((*line, blank, told) for line, told in zip(lines, beside, strict=True))
    return [Table(drawn, (*widths(one, order.page), 1.0, 3.5))]


def _by_shift(order: Order) -> list[Block]:
    """Payroll's habit: whose shift it is in a row over its people, how many they are under them, a date in a corner."""
    rng, one = order.rng, order.one
    width = len(one.columns)
    half = max(1, (len(one.initiatives) + 1) // 2)
    drawn, result = rows(rng, one), list[Row]()
    corner = (*(cell("", size=SIZE) for _ in range(width - 1)), cell("12/04/2021", size=SIZE))
    for name, part in zip(rng.sample(order.words.sections, 2), (drawn[:half], drawn[half:]), strict=True):
        if part:
            result += [wide_row(f"** {name.upper()} **", width), *part]
            result.append(wide_row(f"Cộng {name}: {len(part)} người", width, bold=False, align=Align.RIGHT))
    return [drawn_table(one, [corner, *header(rng, one), *result], page=order.page)]


def _narrowed(order: Order) -> list[Block]:
    """A filter is on, panes are frozen, the columns that nobody asks for hidden between the others."""
    (table,) = (block for block in plain(order) if isinstance(block, Table))
    hidden = [f"hidden {place}" for place, column in enumerate(order.one.columns) if not column.key]
    return [replace(table, frozen=True, habits=frozenset(("filter", *hidden)))]


TRADES_SHEETS: dict[str, Callable[[Order], list[Block]]] = {
    "summary over rows": _summary_over_rows,
    "sheet each": _sheet_each,
    "contents first": _contents_first,
    "beside a legend": _beside_a_legend,
    "by shift": _by_shift,
    "narrowed": _narrowed,
}
