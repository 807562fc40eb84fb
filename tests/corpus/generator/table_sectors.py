"""Shapes of tables that came with the fourth set of words; see table_shapes."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.generator.page import Align, Block, Cell, Merged, PageBreak, Paragraph, Table, cell
from corpus.generator.table import SIZE, Column, Row, Sheet, drawn_table, header, index_row, rows, wide_row
from corpus.generator.table_fresh import FRESH_SHAPES, ON_PAPER_ONLY
from corpus.generator.table_shapes import Order, plain

_TICKED = ("SXKD", "SP mới", "ATVSLĐ", "CCHC", "Cộng đồng")
_PARTS = (("TÁC GIẢ", ("author", "position")), ("SÁNG KIẾN", ("title", "field", "block", "summary")))
_LAST_PART = "ÁP DỤNG"
_COVER = (
    "CÔNG ĐOÀN CƠ SỞ",
    "HỒ SƠ SÁNG KIẾN",
    "Tham gia Chương trình “75 nghìn sáng kiến”",
    "Đồng Nai, tháng 4/2021",
)
_NOTES = (
    "Ghi chú:",
    "1. Cột tên ghi đúng theo quyết định công nhận.",
    "2. Cột thời gian ghi tháng, năm.",
    "- Mỗi đơn vị gửi 01 bản giấy và 01 bản mềm.",
)


def _asked(order: Order) -> list[Column]:
    order.one.columns = [column for column in order.one.columns if column.key not in ("no", "")]
    return order.one.columns


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _cover(order: Order) -> list[Block]:
    """A page with titles alone before it; in a workbook a sheet of its own."""
    return [*(Paragraph(line, Align.CENTRE, bold=True, size=18) for line in _COVER), PageBreak(), *plain(order)]


def _noted(order: Order) -> list[Block]:
    """How to fill it in, under the table, numbered like initiatives."""
    return [*plain(order), *(Paragraph(note, italic=True, size=11) for note in _NOTES)]


def _nested_sections(order: Order) -> list[Block]:
    """A, B over I, II; some with how many follow."""
    rng, one = order.rng, order.one
    width, drawn = len(one.columns), rows(rng, one)
    names = rng.sample(order.words.sections, 4)
    half = max(1, len(drawn) // 2)
    result = [wide_row(f"A. {names[0].upper()}", width), wide_row(f"I. {names[1]} ({half:02d} sáng kiến)", width)]
    result += drawn[:half]
    if drawn[half:]:
        result += [wide_row(f"B. {names[2].upper()}", width), wide_row(f"I. {names[3]}", width), *drawn[half:]]
    return [drawn_table(one, [*header(rng, one), *result], 1, page=order.page)]


def _subtotals(order: Order) -> list[Block]:
    """What a part sums up to, under it; then all."""
    rng, one = order.rng, order.one
    width, drawn = len(one.columns), rows(rng, one)
    half = max(1, len(drawn) // 2)
    result = [*drawn[:half], wide_row(f"Cộng phần I: {half:02d}", width)]
    if drawn[half:]:
        result += [*drawn[half:], wide_row(f"Cộng phần II: {len(drawn) - half:02d}", width)]
    result.append(wide_row(f"Toàn đơn vị: {len(drawn):02d} sáng kiến", width))
    return [drawn_table(one, [*header(rng, one), *result], page=order.page)]


def _money_total(order: Order) -> list[Block]:
    """The sum of what was gained, under its column; the words before it in one wide cell."""
    rng, one = order.rng, order.one
    at = next((place for place, column in enumerate(one.columns) if column.key == "benefit"), len(one.columns) - 1)
    total: list[Cell | Merged] = [cell("", size=SIZE) for _ in one.columns]
    total[at] = cell(f"{rng.randint(20, 900)} triệu đồng", bold=True, size=SIZE)
    if at:
        total[0] = cell("Tổng giá trị làm lợi", bold=True, size=SIZE)
        total[1:at] = [Merged.LEFT] * (at - 1)
    return [drawn_table(one, [*header(rng, one), *rows(rng, one), tuple(total)], page=order.page)]


def _summary_below(order: Order) -> list[Block]:
    """The summary has no column: it stands under each initiative over the whole width."""
    one = order.one
    told = next((column for column in one.columns if column.key == "summary"), None)
    if told is None:
        return plain(order)
    short = replace(one, columns=[column for column in one.columns if column is not told])
    width = len(short.columns)
    drawn: list[Row] = []
    for place, row in enumerate(rows(order.rng, short)):
        text = f"{_one_line(told.header)}: {one.text(place, told, order.rng)}"
        drawn += [row, wide_row(text, width, bold=False)]
    return [drawn_table(short, [*header(order.rng, short), *drawn], page=order.page)]


def _forms_in_parts(order: Order) -> list[Block]:
    """Forms whose questions stand in parts with a heading over both columns."""
    asked = _asked(order)
    blocks: list[Block] = []
    for row in range(len(order.one.initiatives)):
        drawn: list[Row] = []
        rest = list(asked)
        for name, keys in _PARTS:
            drawn += _part(order, row, name, [column for column in rest if column.key in keys], len(drawn))
            rest = [column for column in rest if column.key not in keys]
        drawn += _part(order, row, _LAST_PART, rest, len(drawn))
        blocks += [Paragraph(f"PHIẾU SỐ {row + 1:02d}", Align.CENTRE, bold=True), Table(tuple(drawn), (5.5, 11.0))]
        blocks.append(Paragraph(""))
    return blocks


def _part(order: Order, row: int, name: str, columns: Sequence[Column], before: int) -> list[Row]:
    numeral = ("I", "II", "III")[0 if not before else 1 if name != _LAST_PART else 2]
    pairs = [
        (cell(column.header, size=11), cell(order.one.text(row, column, order.rng), size=11)) for column in columns
    ]
    return [wide_row(f"{numeral}. {name}", 2), *pairs] if pairs else []


def _stacked_forms(order: Order) -> list[Block]:
    """The answer stands under its question, both over the whole width."""
    asked = _asked(order)
    blocks: list[Block] = []
    for row in range(len(order.one.initiatives)):
        drawn: list[Row] = []
        for number, column in enumerate(asked, 1):
            drawn += [(cell(f"{number}. {_one_line(column.header)}", bold=True, size=11),)]
            drawn += [(cell(order.one.text(row, column, order.rng), size=11),)]
        blocks += [Paragraph(f"Sáng kiến {row + 1:02d}", bold=True), Table(tuple(drawn), (16.5,)), Paragraph("")]
    return blocks


def _cells_of_both(order: Order) -> list[Block]:
    """Question and answer in one cell, a colon between."""
    asked = _asked(order)
    blocks: list[Block] = []
    for row in range(len(order.one.initiatives)):
        texts = [f"{_one_line(column.header)}: {order.one.text(row, column, order.rng)}" for column in asked]
        blocks += [Table(tuple((cell(text, size=11),) for text in texts), (16.5,)), Paragraph("")]
    return blocks


def _bulleted(order: Order) -> list[Block]:
    """No table: the title heads a list of what is said of it."""
    asked = _asked(order)
    title = next(column for column in asked if column.key == "title")
    blocks: list[Block] = []
    for row in range(len(order.one.initiatives)):
        name = _one_line(order.one.text(row, title, order.rng))
        blocks.append(Paragraph(f"{row + 1}. {_one_line(title.header)}: {name}", bold=True))
        for column in asked:
            if column is not title:
                text = _one_line(order.one.text(row, column, order.rng))
                blocks.append(Paragraph(f"- {_one_line(column.header)}: {text}", indent=0.8))
    return blocks


def _authors_in_rows(order: Order) -> list[Block]:
    """Every co-author has a row; the other cells are merged down over them."""
    rng, one = order.rng, order.one
    drawn: list[Row] = []
    for place, row in enumerate(rows(rng, one)):
        names = one.initiatives[place].author.split("\n")
        posts = one.initiatives[place].position.split("\n")
        apart = {"author": names, **({"position": posts} if len(posts) == len(names) else {})}
        for line in range(len(names)):
            cells = [
                cell(apart[column.key][line], size=SIZE) if column.key in apart else None for column in one.columns
            ]
            below = row if line == 0 else [Merged.ABOVE] * len(row)
            drawn.append(tuple(own or told for own, told in zip(cells, below, strict=True)))
    return [drawn_table(one, [*header(rng, one), *drawn], 1, page=order.page)]


def _unruled(order: Order) -> list[Block]:
    """A table without lines."""
    return [replace(block, ruled=False) if isinstance(block, Table) else block for block in plain(order)]


def _on_two_pages(order: Order) -> list[Block]:
    """Too wide for a page: the first columns, then the others with the number again."""
    rng, one = order.rng, order.one
    asked = one.columns
    half = max(2, len(asked) // 2)
    left, right = asked[:half], asked[half:]
    again = [column for column in left if column.key == "no"] or [column for column in left if column.key == "title"]
    parts = (left, [*again, *right])
    drawn: list[Block] = []
    for columns in parts:
        part: Sheet = replace(one, columns=list(columns))
        drawn += [drawn_table(part, [*header(rng, part), *rows(rng, part)], page=order.page), PageBreak()]
    return drawn[:-1]


def _ticked(order: Order) -> list[Block]:
    """A column for each field and a cross in one of them: what is crossed is not judged."""
    rng, one = order.rng, order.one
    one.columns = [column for column in one.columns if column.key not in ("field", "")][:7]
    ticks = [Column("", name, ("",)) for name in _TICKED]
    at = next((place for place, column in enumerate(one.columns) if column.key == "applied"), len(one.columns))
    whole = replace(one, columns=[*one.columns[:at], *ticks, *one.columns[at:]])
    labels = [cell(column.header, bold=True, size=9, align=Align.CENTRE) for column in whole.columns]
    places = range(at, at + len(ticks))
    upper: list[Cell | Merged] = [label if place not in places else Merged.LEFT for place, label in enumerate(labels)]
    upper[at] = cell("Lĩnh vực (đánh dấu x)", bold=True, size=9, align=Align.CENTRE)
    lower = [label if place in places else Merged.ABOVE for place, label in enumerate(labels)]
    drawn = []
    for row in rows(rng, whole):
        crossed = list(row)
        crossed[rng.choice(places)] = cell("x", size=SIZE, align=Align.CENTRE)
        drawn.append(tuple(crossed))
    return [drawn_table(whole, [tuple(upper), tuple(lower), *drawn], 2, page=order.page)]


def _banners(order: Order) -> list[Block]:
    """Form number, whose it is, and the unit of money in rows of the table, over its header."""
    width = len(order.one.columns)
    lines = (("Biểu mẫu số 03/CĐ", Align.RIGHT), ("Đơn vị báo cáo: CĐCS", Align.LEFT), ("ĐVT: triệu đồng", Align.RIGHT))
    head = [wide_row(text, width, bold=False, align=align) for text, align in lines]
    drawn = [*head, *header(order.rng, order.one), index_row(order.rng, order.one), *rows(order.rng, order.one)]
    return [drawn_table(order.one, drawn, page=order.page)]


def _spaced(order: Order) -> list[Block]:
    """Empty rows between the initiatives."""
    empty = tuple(cell("", size=6) for _ in order.one.columns)
    drawn = [each for row in rows(order.rng, order.one) for each in (row, empty)]
    return [drawn_table(order.one, [*header(order.rng, order.one), *drawn], page=order.page)]


def _narrow_heads(order: Order) -> list[Block]:
    """A header broken after every word, in capitals."""
    one = order.one
    told = [replace(column, header="\n".join(column.header.upper().split())) for column in one.columns]
    one.columns = told
    return plain(order)


SECTORS_SHAPES: dict[str, Callable[[Order], list[Block]]] = {
    **{name: shape for name, shape in FRESH_SHAPES.items() if name in ("lines", "applications", "shares", "explained")},
    "cover": _cover,
    "noted": _noted,
    "nested sections": _nested_sections,
    "subtotals": _subtotals,
    "money total": _money_total,
    "summary below": _summary_below,
    "forms in parts": _forms_in_parts,
    "stacked forms": _stacked_forms,
    "cells of both": _cells_of_both,
    "bulleted": _bulleted,
    "authors in rows": _authors_in_rows,
    "unruled": _unruled,
    "on two pages": _on_two_pages,
    "ticked": _ticked,
    "banners": _banners,
    "spaced": _spaced,
    "narrow heads": _narrow_heads,
}
SECTORS_ON_PAPER_ONLY = (*ON_PAPER_ONLY, "bulleted", "cells of both", "stacked forms")
"""No sheet has them."""
