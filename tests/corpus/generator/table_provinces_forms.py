"""Forms that came with the sixth set of words: numbered lines, and what an online form prints."""

from collections.abc import Callable

from corpus.generator.page import Align, Block, PageBreak, Paragraph
from corpus.generator.table import Column
from corpus.generator.table_shapes import Order

_LETTERS = "abcdđeghik"


def _asked(order: Order, first: str) -> list[Column]:
    """Those of the form, `first` before all others."""
    kept = [column for column in order.one.columns if column.key not in ("no", "")]
    order.one.columns = sorted(kept, key=lambda column: column.key != first)
    return order.one.columns


def _said(order: Order, row: int, column: Column) -> str:
    return " ".join(order.one.text(row, column, order.rng).split())


def _label(column: Column) -> str:
    return " ".join(column.header.split())


def _numbered_lines(order: Order) -> list[Block]:
    """A heading for each initiative, under it "1. Label: value", "2. …"."""
    asked = _asked(order, order.rng.choice(("title", "author")))
    heading = order.rng.choice(("SÁNG KIẾN {}", "{}. Sáng kiến thứ {}", "* Sáng kiến số {}:", "Phiếu số {}"))
    blocks: list[Block] = []
    for row in range(len(order.one.initiatives)):
        blocks.append(Paragraph(heading.format(row + 1, row + 1), bold=True))
        for number, column in enumerate(asked, 1):
            blocks.append(Paragraph(f"{number}. {_label(column)}: {_said(order, row, column)}", Align.BOTH))
        blocks.append(Paragraph(""))
    return blocks


def _lettered_points(order: Order) -> list[Block]:
    """The title stands behind the initiative's own number; the rest in points a), b), c)."""
    asked = _asked(order, "title")
    mark = order.rng.choice(("{})", "{}.", "-", "+"))
    blocks: list[Block] = []
    for row in range(len(order.one.initiatives)):
        blocks.append(Paragraph(f"{row + 1}. {_label(asked[0])}: {_said(order, row, asked[0])}", bold=True))
        for number, column in enumerate(asked[1:]):
            point = mark.format(_LETTERS[number])
            blocks.append(Paragraph(f"{point} {_label(column)}: {_said(order, row, column)}", Align.BOTH, indent=1.0))
    return blocks


def _online(order: Order) -> list[Block]:
    """The print of an online form's answers: a question in bold with its star, under it what was answered."""
    asked = _asked(order, "author")
    blocks: list[Block] = []
    for row in range(len(order.one.initiatives)):
        blocks.append(Paragraph("Phiếu đăng ký sáng kiến năm 2021", size=20))
        blocks.append(Paragraph("Biểu mẫu này tự động thu thập email của người trả lời. * Bắt buộc", size=9))
        for column in asked:
            star = " *" if column.key in ("author", "title", "summary", "applied") else ""
            blocks += [Paragraph(""), Paragraph(f"{_label(column)}{star}", bold=True, size=12)]
            blocks.append(Paragraph(order.one.text(row, column, order.rng), size=11))
        blocks.append(Paragraph("Nội dung này không phải do nhà cung cấp biểu mẫu tạo ra.", italic=True, size=8))
        blocks.append(PageBreak())
    return blocks[:-1]


PROVINCES_FORMS: dict[str, Callable[[Order], list[Block]]] = {
    "numbered lines": _numbered_lines,
    "lettered points": _lettered_points,
    "online form": _online,
}
