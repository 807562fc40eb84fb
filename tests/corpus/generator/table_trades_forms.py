"""Forms that came with the seventh set of words: slips of an improvement box, sheets of a factory; see table_shapes."""

from collections.abc import Callable

from corpus.generator.page import Align, Block, Cell, Merged, PageBreak, Paragraph, Table, cell
from corpus.generator.table import Column, Row
from corpus.generator.table_shapes import Order

_LONG = ("title", "summary", "benefit")


def _asked(order: Order) -> list[Column]:
    order.one.columns = [column for column in order.one.columns if column.key not in ("no", "")]
    return order.one.columns


def _label(column: Column) -> str:
    return " ".join(column.header.split())


def _said(order: Order, row: int, column: Column) -> str:
    return order.one.text(row, column, order.rng)


def _kaizen_sheets(order: Order) -> list[Block]:
    """A boxed sheet each: the title over all, short questions three on a row, what was done under its question."""
    asked = _asked(order)
    short = [column for column in asked if column.key not in _LONG]
    blocks: list[Block] = []
    for row in range(len(order.one.initiatives)):
        drawn: list[Row] = [_wide(order, row, column) for column in asked if column.key == "title"]
        for start in range(0, len(short), 3):
            line: list[Cell | Merged] = []
            for column in short[start : start + 3]:
                line += [cell(_label(column), bold=True, size=10), cell(_said(order, row, column), size=10)]
            drawn.append((*line, *(cell("", size=10) for _ in range(6 - len(line)))))
        for column in asked:
            if column.key in ("summary", "benefit"):
                drawn.append((cell(_label(column), bold=True, size=10, align=Align.CENTRE), *[Merged.LEFT] * 5))
                drawn.append((cell(_said(order, row, column), size=10), *[Merged.LEFT] * 5))
        blocks += [Paragraph(f"KAIZEN SHEET NO. {row + 1}", Align.CENTRE, bold=True)]
        blocks += [Table(tuple(drawn), (2.6, 3.2, 2.2, 3.2, 2.2, 3.2)), PageBreak()]
    return blocks[:-1]


def _wide(order: Order, row: int, column: Column) -> Row:
    label = cell(_label(column), bold=True, size=10)
    return (label, cell(_said(order, row, column), size=10), *[Merged.LEFT] * 4)


def _slips_in_cells(order: Order) -> list[Block]:
    """Slips to be cut out, two side by side: every line of a slip is a paragraph of its one cell."""
    asked = _asked(order)
    slips = []
    for row in range(len(order.one.initiatives)):
        lines = [Paragraph("PHIẾU ĐỀ XUẤT CẢI TIẾN", Align.CENTRE, bold=True, size=11)]
        lines += [Paragraph(f"{_label(column)}: {_flat(order, row, column)}", size=11) for column in asked]
        slips.append(Cell(tuple(lines)))
    if len(slips) % 2:
        slips.append(cell("", size=11))
    pairs = tuple(zip(slips[::2], slips[1::2], strict=True))
    return [Table(pairs, (12.0, 12.0), rows_may_break=False)]


def _flat(order: Order, row: int, column: Column) -> str:
    return " ".join(_said(order, row, column).split())


def _one_paragraph_each(order: Order) -> list[Block]:
    """All that is said of an initiative in one paragraph, label after label with a semicolon between."""
    asked = _asked(order)
    mark = order.rng.choice(("{}/ ", "{}. ", "SK{}: ", "- "))
    blocks: list[Block] = []
    for row in range(len(order.one.initiatives)):
        parts = [f"{_label(column)}: {_flat(order, row, column)}" for column in asked]
        blocks += [Paragraph(f"{mark.format(row + 1)}{'; '.join(parts)}.", Align.BOTH), Paragraph("")]
    return blocks


def _lines_with_dashes(order: Order) -> list[Block]:
    """A heading with the name of who it was, then a dash, a label and an answer on each line; blank lines for more."""
    asked = sorted(_asked(order), key=lambda column: column.key != "author")
    order.one.columns = asked
    blocks: list[Block] = []
    for row in range(len(order.one.initiatives)):
        blocks.append(Paragraph(f"Phiếu ý tưởng {row + 1:02d}/2021", bold=True, size=14))
        blocks += [Paragraph(f"– {_label(column)} : {_flat(order, row, column)}") for column in asked]
        blocks += [Paragraph("– Ý kiến của quản lý: ………………………………"), Paragraph("– Chữ ký: …………………"), PageBreak()]
    return blocks[:-1]


TRADES_FORMS: dict[str, Callable[[Order], list[Block]]] = {
    "kaizen sheets": _kaizen_sheets,
    "slips in cells": _slips_in_cells,
    "one paragraph each": _one_paragraph_each,
    "lines with dashes": _lines_with_dashes,
}
