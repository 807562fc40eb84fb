"""Forms that came with the fifth set of words: dotted lines, boxes to tick, annexes, questions; see table_shapes."""

from collections.abc import Callable
from dataclasses import replace

from corpus.generator.page import Align, Block, PageBreak, Paragraph, Table, cell
from corpus.generator.table import Column
from corpus.generator.table_shapes import Order

_QUESTIONS = {
    "author": "Ai là tác giả của sáng kiến?",
    "position": "Tác giả làm việc gì, ở đâu?",
    "title": "Sáng kiến có tên là gì?",
    "field": "Sáng kiến thuộc lĩnh vực nào?",
    "block": "Đơn vị thuộc khối nào?",
    "summary": "Nội dung sáng kiến như thế nào?",
    "applied": "Sáng kiến được áp dụng từ khi nào?",
    "benefit": "Sáng kiến mang lại hiệu quả gì?",
}
_BLOCKS = ("Hành chính sự nghiệp", "Doanh nghiệp")
_HALF_A_LINE = 45
"""Letters."""


def _asked(order: Order) -> list[Column]:
    order.one.columns = [column for column in order.one.columns if column.key not in ("no", "")]
    return order.one.columns


def _said(order: Order, row: int, column: Column) -> str:
    return " ".join(order.one.text(row, column, order.rng).split())


def _heading(text: str, size: float = 13) -> Paragraph:
    return Paragraph(text, Align.CENTRE, bold=True, size=size)


def _dotted(order: Order) -> list[Block]:
    """Lines of a printed form: the answer was typed over the dots, some of which were left."""
    dots = order.rng.choice(("......", "……", "………………"))
    asked = _asked(order)
    blocks: list[Block] = []
    for row in range(len(order.one.initiatives)):
        blocks += [_heading("PHIẾU ĐĂNG KÝ SÁNG KIẾN", 14), _heading(f"Số thứ tự phiếu: {row + 1:02d}", 11)]
        for column in asked:
            label = " ".join(column.header.split())
            blocks.append(Paragraph(f"{label}: {_said(order, row, column)} {dots}"))
        blocks.append(PageBreak())
    return blocks[:-1]


def _two_on_a_line(order: Order) -> list[Block]:
    """The same, with a tab between two short questions of one line."""
    asked = _asked(order)
    blocks: list[Block] = []
    for row in range(len(order.one.initiatives)):
        told = [f"{' '.join(column.header.split())}: {_said(order, row, column)}" for column in asked]
        blocks.append(_heading(f"ĐƠN ĐĂNG KÝ SÁNG KIẾN SỐ {row + 1}"))
        short = [text for text in told if len(text) <= _HALF_A_LINE]
        pairs = [short[place : place + 2] for place in range(0, len(short), 2)]
        blocks += [Paragraph("\t".join(pair), tabs=(16.0,)) for pair in pairs]
        blocks += [Paragraph(f"- {text}") for text in told if text not in short]
        blocks.append(Paragraph(""))
    return blocks


def _boxes(order: Order) -> list[Block]:
    """Forms whose field and block are told by a ticked box among others: how that is read is not judged."""
    asked = _asked(order)
    fields = [topic.field for topic in order.words.topics]
    blocks: list[Block] = []
    for row in range(len(order.one.initiatives)):
        drawn = []
        for column in asked:
            text = order.one.text(row, column, order.rng)
            choices = {"field": fields, "block": _BLOCKS}.get(column.key, ())
            if choices:
                text = "\n".join(f"{'☒' if one == text else '☐'} {one}" for one in dict.fromkeys(choices))
            drawn.append((cell(column.header, bold=True, size=11), cell(text, size=11)))
        blocks += [_heading(f"Phiếu {row + 1}"), Table(tuple(drawn), (5.5, 11.0)), Paragraph("")]
    order.one.columns = [column for column in asked if column.key not in ("field", "block")]
    return blocks


def _annexes(order: Order) -> list[Block]:
    """An annex for each initiative on a page of its own, with headings and a table without lines."""
    asked = _asked(order)
    blocks: list[Block] = []
    for row in range(len(order.one.initiatives)):
        blocks += [_heading(f"Phụ lục {row + 1}"), _heading("MÔ TẢ SÁNG KIẾN", 14)]
        blocks.append(Paragraph("(Kèm theo Tờ trình của Công đoàn cơ sở)", Align.CENTRE, italic=True))
        pairs = [(cell(column.header, size=12), cell(_text(order, row, column), size=12)) for column in asked]
        blocks += [Table(tuple(pairs), (5.0, 11.5), ruled=False), PageBreak()]
    return blocks[:-1]


def _text(order: Order, row: int, column: Column) -> str:
    return order.one.text(row, column, order.rng)


def _questions(order: Order) -> list[Block]:
    """Questions in whole sentences, as an online form prints what was answered."""
    order.one.columns = [replace(column, header=_QUESTIONS[column.key]) for column in _asked(order)]
    blocks: list[Block] = []
    for row in range(len(order.one.initiatives)):
        head = (cell("Câu hỏi", bold=True, size=11), cell("Trả lời", bold=True, size=11))
        pairs = [
            (cell(column.header, size=11), cell(_text(order, row, column), size=11)) for column in order.one.columns
        ]
        blocks += [Paragraph(f"Lượt trả lời {row + 1}", bold=True), Table((head, *pairs), (6.0, 10.5)), Paragraph("")]
    return blocks


BRANCHES_FORMS: dict[str, Callable[[Order], list[Block]]] = {
    "dotted lines": _dotted,
    "two on a line": _two_on_a_line,
    "boxes to tick": _boxes,
    "annexes": _annexes,
    "questions": _questions,
}
BRANCHES_ON_PAPER_ONLY = ("dotted lines", "two on a line")
"""No sheet has them."""
