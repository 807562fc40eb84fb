"""Shapes of tables that came with the sixth set of words; see table_shapes."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.generator.lexicon import person
from corpus.generator.page import Align, Block, Cell, Merged, Paragraph, Table, cell
from corpus.generator.table import (
    SIZE,
    Column,
    Row,
    drawn_table,
    fitted,
    header,
    merged_down,
    rows,
    wide_row,
    widths,
)
from corpus.generator.table_provinces_forms import PROVINCES_FORMS
from corpus.generator.table_provinces_sheets import PROVINCES_SHEETS
from corpus.generator.table_shapes import Order, plain

_CENTRE = Align.CENTRE
_HINTS = {
    "no": "",
    "author": "(ghi rõ họ tên)",
    "position": "(chức vụ, nơi công tác)",
    "title": "(ghi đầy đủ)",
    "field": "(1 trong 5 nhóm)",
    "block": "(HCSN/DN)",
    "summary": "(không quá 1.000 ký tự)",
    "applied": "(tháng/năm)",
    "benefit": "(đồng/năm)",
}
_EXAMPLE = {
    "no": "VD",
    "author": "Nguyễn Văn A",
    "position": "Điều dưỡng, Khoa X",
    "title": "Cải tiến quy trình ...",
    "field": "Quản lý, điều hành",
    "block": "Doanh nghiệp",
    "summary": "Nêu ngắn gọn cách làm cũ, cách làm mới",
    "applied": "03/2021",
    "benefit": "10.000.000đ",
}
_KINDS = ("Quản lý", "Kỹ thuật", "Chuyên môn")


def _head(text: str) -> Cell:
    return cell(text, bold=True, size=SIZE, align=_CENTRE)


def _by_department(order: Order) -> list[Block]:
    """Where they work comes first and is merged down over its initiatives, numbered anew for each."""
    rng, one = order.rng, order.one
    if not any(column.key == "position" for column in one.columns):
        one.columns.append(Column("position", rng.choice(order.words.headers["position"])))
    half = max(1, (len(one.initiatives) + 1) // 2)
    names = rng.sample(order.words.departments, 2)
    one.initiatives = [
        replace(each, position=names[0 if place < half else 1]) for place, each in enumerate(one.initiatives)
    ]
    one.numbers = [str(place + 1 if place < half else place - half + 1) for place in range(len(one.initiatives))]
    one.columns.sort(key=lambda column: ("position", "no").index(column.key) if column.key in ("position", "no") else 2)
    drawn = merged_down(one, rows(rng, one), ("position",), 0, half)
    drawn = merged_down(one, drawn, ("position",), half, len(drawn) - half)
    return [drawn_table(one, [*header(rng, one), *drawn], 1, page=order.page)]


def _three_deep(order: Order) -> list[Block]:
    """Groups I and II, places 1 and 2 under them, initiatives 1.1, 1.2, 2.1."""
    rng, one = order.rng, order.one
    if one.columns[0].key != "no":
        one.columns.insert(0, Column("no", "TT"))
    half = max(1, (len(one.initiatives) + 1) // 2)
    one.numbers = [
        f"1.{place + 1}" if place < half else f"2.{place - half + 1}" for place in range(len(one.initiatives))
    ]
    drawn, width = rows(rng, one), len(one.columns)
    groups, places = rng.sample(order.words.sections, 2), rng.sample(order.words.departments, 2)
    blank = [cell("", size=SIZE)] * (width - 2)
    result: list[Row] = []
    for number, part in enumerate((drawn[:half], drawn[half:])):
        if part:
            result.append((_head("I" * (number + 1)), _head(groups[number].upper()), *blank))
            result.append((cell(str(number + 1), italic=True), cell(places[number], italic=True), *blank))
            result += part
    return [drawn_table(one, [*header(rng, one), *result], 1, page=order.page)]


def _example_left(order: Order) -> list[Block]:
    """The blank form's example was left over the initiatives."""
    one = order.one
    if one.columns[0].key != "no":
        one.columns.insert(0, Column("no", "STT"))
    example = tuple(cell(_EXAMPLE.get(column.key, ""), italic=True, size=SIZE) for column in one.columns)
    return [drawn_table(one, [*header(order.rng, one), example, *rows(order.rng, one)], 1, page=order.page)]


def _ticked(order: Order) -> list[Block]:
    """The field is ticked in one of three columns under a common header: how that is read is not judged."""
    rng, one = order.rng, order.one
    mark = rng.choice(("x", "X", "☑", "✓"))
    one.columns = [column for column in one.columns if column.key not in ("field", "")]
    place = next(number for number, column in enumerate(one.columns) if column.key == "title") + 1
    ticks = [rng.randrange(3) for _ in one.initiatives]
    labels, width = header(rng, one)[0], len(one.columns)
    upper = [*labels[:place], _head("Lĩnh vực"), Merged.LEFT, Merged.LEFT, *labels[place:]]
    lower = [*[Merged.ABOVE] * place, *map(_head, _KINDS), *[Merged.ABOVE] * (width - place)]
    drawn: list[Row] = []
    for row, told in enumerate(rows(rng, one)):
        marks = [cell(mark if kind == ticks[row] else "", size=SIZE, align=_CENTRE) for kind in range(3)]
        drawn.append((*told[:place], *marks, *told[place:]))
    broad = widths(one, order.page - 4.8)
    lines = (tuple(upper), tuple(lower), *drawn)
    return [Table(lines, (*broad[:place], 1.6, 1.6, 1.6, *broad[place:]), header_rows=2)]


def _header_again(order: Order) -> list[Block]:
    """The header as a row of its own after every second initiative, within one table."""
    rng, one = order.rng, order.one
    head = header(rng, one)
    drawn: list[Row] = []
    for place, row in enumerate(rows(rng, one)):
        drawn += [*(head if place % 2 == 0 else []), row]
    return [drawn_table(one, drawn, page=order.page)]


def _hinted(order: Order) -> list[Block]:
    """Under every header, in a row of its own, how to fill the column."""
    one = order.one
    hints = tuple(cell(_HINTS.get(column.key, ""), italic=True, size=8, align=_CENTRE) for column in one.columns)
    head = header(order.rng, one, grouped=order.rng.random() < 0.3)
    return [drawn_table(one, [*head, hints, *rows(order.rng, one)], page=order.page)]


def _framed(order: Order) -> list[Block]:
    """The table lies within the only cell of another one, which draws a frame round title and table."""
    (inner,) = (block for block in plain(order) if isinstance(block, Table))
    title = (Paragraph("Nội dung đăng ký", _CENTRE, bold=True), Paragraph(""))
    return [Table(((Cell(title, inner=inner),),), (sum(inner.widths) + 0.6,))]


def _for_recognition(order: Order) -> list[Block]:
    """As the regulation's own form: birthdays, schooling and shares of the work beside the author."""
    words, one = order.words, order.one
    known = dict(words.unknown_columns)
    wanted = ("Ngày tháng năm sinh", "Trình độ chuyên môn", "Tỷ lệ (%) đóng góp")
    kept = [column for column in one.columns if column.key]
    place = next(number for number, column in enumerate(kept) if column.key == "author") + 1
    one.columns = [*kept[:place], *(Column("", name, known[name]) for name in wanted), *kept[place:]]
    one.columns = fitted(one, order.page)
    return plain(order)


def _authors_by_row(order: Order) -> list[Block]:
    """Every author in a row of his own; what belongs to the initiative is merged down over them."""
    rng, words, one = order.rng, order.words, order.one
    one.columns = [column for column in one.columns if column.key]
    result: list[Row] = []
    for place, told in enumerate(one.initiatives):
        fixed = {key for row, key in one.blanks if row == place}
        count = 1 if fixed & {"author", "position"} else rng.choice((1, 2, 2, 3))
        names = [told.author, *[person(rng, words) for _ in range(count - 1)]] if count > 1 else [told.author]
        posts = [told.position, *[f"{rng.choice(words.positions)} {rng.choice(words.departments)}" for _ in names[1:]]]
        if count > 1:
            names[0], posts[0] = person(rng, words), posts[0].split("\n")[0]
            one.initiatives[place] = replace(told, author="\n".join(names), position="\n".join(posts))
        parts = {"author": names, "position": posts}
        drawn = rows(rng, replace(one, initiatives=[one.initiatives[place]], numbers=[one.numbers[place]], blanks={
            (0, key): text for (row, key), text in one.blanks.items() if row == place
        }))[0]  # fmt: skip
        for down in range(count):
            line = [
                cell(parts[column.key][down], size=SIZE)
                if column.key in parts and count > 1
                else (drawn[across] if down == 0 else Merged.ABOVE)
                for across, column in enumerate(one.columns)
            ]
            result.append(tuple(line))
    return [drawn_table(one, [*header(rng, one), *result], 1, page=order.page)]


def _subtotals(order: Order) -> list[Block]:
    """Two sections with a sum under each, and the sum of both under all."""
    rng, one = order.rng, order.one
    width, drawn = len(one.columns), rows(rng, one)
    half = max(1, (len(drawn) + 1) // 2)
    names = rng.sample(order.words.sections, 2)
    result: list[Row] = []
    for number, part in enumerate((drawn[:half], drawn[half:])):
        if part:
            numeral = "I" * (number + 1)
            result += [wide_row(f"{numeral}. {names[number]}", width), *part]
            result.append(wide_row(f"Cộng {numeral}: {len(part):02d} sáng kiến", width, bold=False, align=_CENTRE))
    result.append(wide_row(f"TỔNG CỘNG (I + II): {len(drawn):02d} sáng kiến", width, align=_CENTRE))
    return [drawn_table(one, [*header(rng, one), *result], 1, page=order.page)]


def _summary_beneath(order: Order) -> list[Block]:
    """Two rows for each: the short cells, and under them the summary over the whole width; the header likewise."""
    rng, one = order.rng, order.one
    if one.columns[0].key != "no":
        one.columns.insert(0, Column("no", "STT"))
    wide = next((column for column in one.columns if column.key == "summary"), None)
    if wide is None:
        return plain(order)
    short = replace(one, columns=[column for column in one.columns if column is not wide])
    span = [Merged.LEFT] * (len(short.columns) - 2)
    drawn: list[Row] = [header(rng, short)[0], (Merged.ABOVE, _head(wide.header), *span)]
    for place, row in enumerate(rows(rng, short)):
        drawn += [row, (Merged.ABOVE, cell(one.text(place, wide, rng), size=SIZE), *span)]
    return [drawn_table(short, drawn, page=order.page)]


def _crossed(order: Order) -> list[Block]:
    """The initiatives side by side; the corner cell is halved by a line and names both directions."""
    rng, one = order.rng, order.one
    asked = [column for column in one.columns if column.key not in ("no", "")]
    one.columns = asked
    blocks: list[Block] = []
    for start in range(0, len(one.initiatives), 3):
        places = range(start, min(start + 3, len(one.initiatives)))
        corner = replace(cell("          Sáng kiến\nNội dung", size=SIZE), halved=True)
        drawn: list[Row] = [(corner, *(_head(f"SK {place + 1}") for place in places))]
        for column in asked:
            texts = (cell(one.text(place, column, rng), size=SIZE) for place in places)
            drawn.append((cell(column.header, bold=True, size=SIZE), *texts))
        blocks += [Table(tuple(drawn), (4.5, *(order.page * 0.8 / len(places) for _ in places))), Paragraph("")]
    return blocks


PROVINCES_SHAPES: dict[str, Callable[[Order], list[Block]]] = {
    "by department": _by_department,
    "three deep": _three_deep,
    "example left": _example_left,
    "ticked": _ticked,
    "header again": _header_again,
    "hinted": _hinted,
    "framed": _framed,
    "for recognition": _for_recognition,
    "authors by row": _authors_by_row,
    "subtotals": _subtotals,
    "summary beneath": _summary_beneath,
    "crossed": _crossed,
    **PROVINCES_FORMS,
    **PROVINCES_SHEETS,
}
PROVINCES_ON_PAPER_ONLY: Sequence[str] = ("framed", *PROVINCES_FORMS)
"""No sheet has them."""
