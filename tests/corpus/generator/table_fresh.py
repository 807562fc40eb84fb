"""Shapes of tables that came with the third set of words; see table_shapes."""

from collections.abc import Callable
from dataclasses import replace

from corpus.generator.page import Align, Block, Cell, Merged, PageBreak, Paragraph, Table, cell
from corpus.generator.table import Column, drawn_table, header, index_row, rows, wide_row
from corpus.generator.table_shapes import HELD_OUT_SHAPES, Order, plain

_EXPLAINED = {
    "author": "(ghi đầy đủ họ tên)",
    "position": "(ghi rõ khoa, phòng)",
    "title": "(ghi ngắn gọn)",
    "summary": "(không quá 1000 ký tự)",
    "applied": "(ghi tháng, năm)",
    "benefit": "(bằng tiền nếu có)",
    "field": "(1 trong 5 lĩnh vực)",
}
_UNITS = {
    "applied": "(tháng/năm)",
    "benefit": "(ĐVT: đồng)",
    "summary": "(tối đa 1000 ký tự)",
    "position": "(khoa/phòng)",
}


def _headed(order: Order) -> list[Block]:
    """Under a letterhead of its own, as a document that goes out by itself."""
    left = Cell((Paragraph("CÔNG ĐOÀN NGÀNH Y TẾ", Align.CENTRE, size=12), Paragraph("CÔNG ĐOÀN CƠ SỞ", Align.CENTRE)))
    right = Cell(
        (
            Paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Align.CENTRE, bold=True, size=12),
            Paragraph("Độc lập - Tự do - Hạnh phúc", Align.CENTRE, bold=True),
        )
    )
    head = Table(((left, right),), (order.page * 0.4, order.page * 0.6), ruled=False)
    return [head, Paragraph("BẢNG TỔNG HỢP SÁNG KIẾN", Align.CENTRE, bold=True, size=14), *plain(order)]


def _explained(order: Order) -> list[Block]:
    """What is to be filled in stands under each header, in brackets."""
    head = header(order.rng, order.one)
    told = tuple(cell(_EXPLAINED.get(column.key, ""), size=9) for column in order.one.columns)
    return [drawn_table(order.one, [*head, told, *rows(order.rng, order.one)], page=order.page)]


def _units(order: Order) -> list[Block]:
    """Headers that end with their unit in a line of its own."""
    for place, column in enumerate(order.one.columns):
        unit = _UNITS.get(column.key)
        if unit is not None and "(" not in column.header:
            order.one.columns[place] = replace(column, header=f"{column.header}\n{unit}")
    return plain(order)


def _shares(order: Order) -> list[Block]:
    """What each author has done of it, in a column beside the authors under a header of both."""
    columns = order.one.columns
    place = next((at for at, column in enumerate(columns) if column.key == "author"), None)
    if place is None:
        return plain(order)
    columns[place + 1 : place + 1] = [Column("", "Tỷ lệ đóng góp (%)", ("100", "60", "50"))]
    head = [column.header for column in columns]
    upper = [cell(text, bold=True, size=10) for text in head]
    first: list[Cell | Merged] = [*upper]
    first[place], first[place + 1] = cell("Tác giả", bold=True, size=10), Merged.LEFT
    second = [upper[at] if at in (place, place + 1) else Merged.ABOVE for at in range(len(head))]
    drawn = [tuple(first), tuple(second), *rows(order.rng, order.one)]
    return [drawn_table(order.one, drawn, 2, page=order.page)]


def _three_row_header(order: Order) -> list[Block]:
    """Groups, their columns, and the columns' numbers; a title of all of it over them."""
    whole = header(order.rng, order.one, grouped=True)
    width = len(order.one.columns)
    title = wide_row("THÔNG TIN SÁNG KIẾN", width)
    drawn = [title, *whole, index_row(order.rng, order.one), *rows(order.rng, order.one)]
    return [drawn_table(order.one, drawn, page=order.page)]


def _lines(order: Order) -> list[Block]:
    """No table at all: numbered lines under a heading for each initiative."""
    asked = [column for column in order.one.columns if column.key not in ("no", "")]
    order.one.columns = asked
    blocks: list[Block] = []
    for row in range(len(order.one.initiatives)):
        blocks.append(Paragraph(f"Sáng kiến {row + 1}", bold=True))
        for number, column in enumerate(asked, 1):
            text = " ".join(order.one.text(row, column, order.rng).split())
            blocks.append(Paragraph(f"{number}. {' '.join(column.header.split())}: {text}"))
    return blocks


def _applications(order: Order) -> list[Block]:
    """An application for each, as Circular 18/2013 has it: who in a table, the rest in rows of one column's width."""
    asked = [column for column in order.one.columns if column.key not in ("no", "")]
    order.one.columns = asked
    blocks: list[Block] = []
    for row in range(len(order.one.initiatives)):
        blocks.append(Paragraph(f"Sáng kiến thứ {row + 1}", bold=True))
        pairs = [
            (cell(f"- {column.header}:", bold=True, size=12), cell(order.one.text(row, column, order.rng), size=12))
            for column in asked
        ]
        blocks += [Table(tuple(pairs), (6.0, 10.5), ruled=False), PageBreak()]
    return blocks[:-1]


FRESH_SHAPES: dict[str, Callable[[Order], list[Block]]] = {
    **HELD_OUT_SHAPES,
    "headed": _headed,
    "explained": _explained,
    "units": _units,
    "shares": _shares,
    "lines": _lines,
    "applications": _applications,
    "three-row header": _three_row_header,
}
ON_PAPER_ONLY = ("lines",)
"""No sheet has them."""
