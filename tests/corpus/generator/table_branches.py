"""Shapes of tables that came with the fifth set of words; see table_shapes."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.generator.page import Align, Block, Cell, Merged, PageBreak, Paragraph, Table, cell
from corpus.generator.table import SIZE, Column, Row, Sheet, drawn_table, header, merged_down, rows, wide_row
from corpus.generator.table_branches_forms import BRANCHES_FORMS
from corpus.generator.table_shapes import Order, plain

_ENGLISH = {
    "no": "No.", "author": "Author(s)", "position": "Position", "title": "Title of initiative", "field": "Field",
    "block": "Sector", "summary": "Summary", "applied": "Date of application", "benefit": "Benefit",
}  # fmt: skip
_NOTES = {
    "author": "Ghi đủ các đồng tác giả, người đại diện đứng trước.",
    "title": "Viết đúng tên trong quyết định của đơn vị.",
    "summary": "Không quá 1.000 ký tự.",
    "applied": "Trong khoảng từ tháng 2 đến tháng 5/2021.",
    "benefit": "Nếu không tính được bằng tiền thì ghi bằng lời.",
}
_SUPERSCRIPTS = ("¹", "²", "³", "⁴", "⁵")
_FEW = ("no", "author", "title", "summary", "applied")


def _header_per_section(order: Order) -> list[Block]:
    """One table; every section begins with the header again."""
    rng, one = order.rng, order.one
    head, drawn = header(rng, one), rows(rng, one)
    half = max(1, len(drawn) // 2)
    names = rng.sample(order.words.sections, 2)
    result = [wide_row(f"I. {names[0]}", len(one.columns), size=SIZE), *head, *drawn[:half]]
    if drawn[half:]:
        result += [wide_row(f"II. {names[1]}", len(one.columns), size=SIZE), *head, *drawn[half:]]
    return [drawn_table(one, result, page=order.page)]


def _author_first(order: Order) -> list[Block]:
    """The author in the first column, over several initiatives; their number, if any, behind it."""
    one = order.one
    first = [column for column in one.columns if column.key == "author"]
    one.columns = [*first, *(column for column in one.columns if column.key != "author")]
    count = min(len(one.initiatives), order.rng.choice((2, 2, 3)))
    for place in range(1, count):
        if (place, "author") not in one.blanks and (0, "author") not in one.blanks:
            same = one.initiatives[0]
            one.initiatives[place] = replace(one.initiatives[place], author=same.author, position=same.position)
    drawn = merged_down(one, rows(order.rng, one), ("author",), 0, count)
    return [drawn_table(one, [*header(order.rng, one), *drawn], page=order.page)]


def _under_its_author(order: Order) -> list[Block]:
    """No column for the author: who it was stands in a row over his initiatives."""
    one = order.one
    told = next((column for column in one.columns if column.key == "author"), None)
    if told is None:
        return plain(order)
    short = replace(one, columns=[column for column in one.columns if column is not told])
    drawn: list[Row] = []
    for place, row in enumerate(rows(order.rng, short)):
        name = " ".join(one.text(place, told, order.rng).split())
        drawn += [wide_row(f"{' '.join(told.header.split())}: {name}", len(short.columns), size=SIZE), row]
    return [drawn_table(short, [*header(order.rng, short), *drawn], page=order.page)]


def _bilingual(order: Order) -> list[Block]:
    """Every header in English under the Vietnamese, or behind a stroke."""
    between = order.rng.choice(("\n", " / ", "\n("))
    close = ")" if between.endswith("(") else ""
    order.one.columns = [
        replace(one, header=f"{one.header}{between}{_ENGLISH[one.key]}{close}") if one.key else one
        for one in order.one.columns
    ]
    return plain(order)


def _three_levels(order: Order) -> list[Block]:
    """Groups of groups: the upper two rows name nothing but groups."""
    rng, one = order.rng, order.one
    width, first = len(one.columns), 1 if one.columns[0].key == "no" else 0
    half = (first + width) // 2
    labels = [cell(column.header, bold=True, size=SIZE, align=Align.CENTRE) for column in one.columns]
    top: list[Cell | Merged] = [*labels[:first], *[Merged.LEFT] * (width - first)]
    top[first] = cell(rng.choice(("Nội dung kê khai", "THÔNG TIN CHUNG")), bold=True, size=SIZE, align=Align.CENTRE)
    middle: list[Cell | Merged] = [*[Merged.ABOVE] * first, *[Merged.LEFT] * (width - first)]
    middle[first] = cell("Phần A", bold=True, size=SIZE, align=Align.CENTRE)
    middle[half] = cell("Phần B", bold=True, size=SIZE, align=Align.CENTRE)
    lower: list[Cell | Merged] = [*[Merged.ABOVE] * first, *labels[first:]]
    return [drawn_table(one, [tuple(top), tuple(middle), tuple(lower), *rows(rng, one)], 3, page=order.page)]


def _in_millions(order: Order) -> list[Block]:
    """The unit of money stands in the header, bare numbers under it."""
    one = order.one
    unit = order.rng.choice(("(triệu đồng)", "(đơn vị tính: triệu đồng)", "(1.000 đồng)", "(VNĐ)"))
    scale = {"(VNĐ)": 1_000_000, "(1.000 đồng)": 1_000}.get(unit, 1)
    one.columns = [
        replace(column, header=f"{column.header} {unit}") if column.key == "benefit" else column
        for column in one.columns
    ]
    for place, told in enumerate(one.initiatives):
        amount = f"{order.rng.choice((4, 12, 35, 90, 145, 260, 1_050)) * scale:,}".replace(",", ".")
        one.initiatives[place] = replace(told, benefit=amount)
    return plain(order)


def _titled_at_length(order: Order) -> list[Block]:
    """Rows over the header: whose it is, a title, what it belongs to, an empty one."""
    width = len(order.one.columns)
    lines = ("CÔNG ĐOÀN CƠ SỞ", order.words.table_titles[3][0], "(Ban hành kèm theo tờ trình)", "")
    above = [wide_row(text, width, size=SIZE, align=Align.CENTRE) for text in lines]
    return [
        drawn_table(order.one, [*above, *header(order.rng, order.one), *rows(order.rng, order.one)], page=order.page)
    ]


def _footnoted(order: Order) -> list[Block]:
    """Marks behind the headers, what they mean under the table."""
    form = order.rng.choice(("({})", "{}", "*"))
    notes: list[Block] = []
    told = []
    for column in order.one.columns:
        if column.key not in _NOTES or (form == "*" and notes):
            told.append(column)
            continue
        place = len(notes)
        mark = {"({})": f" ({place + 1})", "{}": _SUPERSCRIPTS[place], "*": "*"}[form]
        told.append(replace(column, header=f"{column.header}{mark}"))
        notes.append(Paragraph(f"{mark.strip()} {_NOTES[column.key]}", italic=True, size=11))
    order.one.columns = told
    return [*plain(order), *notes]


def _turned(order: Order) -> list[Block]:
    """Some headers run upwards, to save width."""
    head = header(order.rng, order.one)
    keys = order.rng.sample(("no", "position", "field", "block", "applied"), 3)
    turned = tuple(
        replace(told, turned=True) if isinstance(told, Cell) and column.key in keys else told
        for told, column in zip(head[0], order.one.columns, strict=True)
    )
    return [drawn_table(order.one, [turned, *rows(order.rng, order.one)], 1, page=order.page)]


def _header_left_behind(order: Order) -> list[Block]:
    """The header at the foot of one page, all of its rows on the next."""
    head, drawn = header(order.rng, order.one), rows(order.rng, order.one)
    return [
        drawn_table(order.one, head, page=order.page),
        PageBreak(),
        drawn_table(order.one, drawn, page=order.page),
    ]


def _to_be_continued(order: Order) -> list[Block]:
    """Cut in two; each part says that it goes on, and that it went before."""
    head, drawn = header(order.rng, order.one), rows(order.rng, order.one)
    half = max(1, len(drawn) // 2)
    if not drawn[half:]:
        return plain(order)
    said = [Paragraph("(Xem tiếp trang sau)", Align.RIGHT, italic=True), PageBreak()]
    again = Paragraph("(Tiếp theo trang trước)", Align.LEFT, italic=True)
    first, second = (drawn_table(order.one, [*head, *part], page=order.page) for part in (drawn[:half], drawn[half:]))
    return [first, *said, again, second]


def _one_table_each(order: Order) -> list[Block]:
    """Every initiative is a table of one row, its header over it, a line of text before it."""
    head = header(order.rng, order.one)
    blocks: list[Block] = []
    for number, row in enumerate(rows(order.rng, order.one), 1):
        blocks += [Paragraph(f"{number}/ Giải pháp thứ {number}", bold=True)]
        blocks += [drawn_table(order.one, [*head, row], page=order.page), Paragraph("")]
    return blocks


def _section_beside(order: Order) -> list[Block]:
    """The section has a column of its own before all others, merged down over its rows, written upwards."""
    rng, one = order.rng, order.one
    names = rng.sample(order.words.sections, 2)
    drawn = rows(rng, one)
    half = max(1, len(drawn) // 2)
    whole = replace(one, columns=[Column("", "Nhóm", ("",)), *one.columns])
    result: list[Row] = [(cell("Nhóm", bold=True, size=SIZE), *header(rng, one)[0])]
    for place, row in enumerate(drawn):
        starts = place in (0, half)
        name = replace(cell(names[min(place // half, 1)], bold=True, size=SIZE), turned=True)
        result.append((name if starts else Merged.ABOVE, *row))
    return [drawn_table(whole, result, 1, page=order.page)]


def _numbered_twice(order: Order) -> list[Block]:
    """Sections 1 and 2, initiatives 1.1, 1.2, 2.1 …"""
    rng, one = order.rng, order.one
    half = max(1, len(one.initiatives) // 2)
    one.numbers = [
        f"1.{place + 1}" if place < half else f"2.{place - half + 1}" for place in range(len(one.initiatives))
    ]
    names = rng.sample(order.words.sections, 2)
    drawn = rows(rng, one)
    blank = [cell("", size=SIZE)] * (len(one.columns) - 2)
    result = []
    for number, part in ((1, drawn[:half]), (2, drawn[half:])):
        if part:
            numbered = (cell(str(number), bold=True, size=SIZE), cell(names[number - 1], bold=True, size=SIZE))
            result += [(*numbered, *blank), *part]
    return [drawn_table(one, [*header(rng, one), *result], 1, page=order.page)]


def _signed_inside(order: Order) -> list[Block]:
    """Who drew it up and who answers for it, in the table's own last rows."""
    rng, one = order.rng, order.one
    width = len(one.columns)
    half = max(1, width // 2)
    people = [("NGƯỜI LẬP BIỂU", "TM. BAN CHẤP HÀNH"), ("Phan Thanh Kỳ", "Mai Thị Hồng Liễu")]
    signed = [
        (
            *(cell(left, bold=True, size=SIZE), *[Merged.LEFT] * (half - 1)),
            *(cell(right, bold=True, size=SIZE), *[Merged.LEFT] * (width - half - 1)),
        )
        for left, right in people
    ]
    return [drawn_table(one, [*header(rng, one), *rows(rng, one), *signed], page=order.page)]


def _author_with_post(order: Order) -> list[Block]:
    """Name and post of the author in one cell under a header of both."""
    one = order.one
    one.columns = [
        replace(column, header=order.rng.choice(("Họ tên, chức vụ", "Tác giả, chức danh, nơi công tác")))
        if column.key == "author"
        else column
        for column in one.columns
        if column.key != "position"
    ]
    one.initiatives = [replace(each, author=f"{each.author}\n{each.position}") for each in one.initiatives]
    return plain(order)


# --- Sheets alone -------------------------------------------------------------------------------------------------


def _with_margin(order: Order) -> list[Block]:
    """Columns left free before the table, the rows down to its header frozen."""
    (table,) = (block for block in plain(order) if isinstance(block, Table))
    return [replace(table, margin=order.rng.choice((1, 2)), frozen=True)]


def _two_beside(order: Order) -> list[Block]:
    """The first half of the initiatives left, the others right of them, each under the same header."""
    rng, one = order.rng, order.one
    one.columns = [column for column in one.columns if column.key in _FEW]
    head, drawn = header(rng, one)[0], rows(rng, one)
    half = (len(drawn) + 1) // 2
    if half == len(drawn):
        return plain(order)
    empty = tuple(cell("", size=SIZE) for _ in one.columns)
    gap = cell("", size=SIZE)
    right = [*drawn[half:], *[empty] * (2 * half - len(drawn))]
    both: Sheet = replace(one, columns=[*one.columns, Column("", "", ("",)), *one.columns])
    lines: Sequence[Row] = [(*head, gap, *head), *((*a, gap, *b) for a, b in zip(drawn[:half], right, strict=True))]
    return [Table(tuple(lines), tuple(3.0 for _ in both.columns))]


BRANCHES_ON_SHEETS_ONLY = {"with margin": _with_margin, "two beside": _two_beside}
BRANCHES_SHAPES: dict[str, Callable[[Order], list[Block]]] = {
    "header per section": _header_per_section,
    "author first": _author_first,
    "under its author": _under_its_author,
    "bilingual": _bilingual,
    "three levels": _three_levels,
    "in millions": _in_millions,
    "titled at length": _titled_at_length,
    "footnoted": _footnoted,
    "turned": _turned,
    "header left behind": _header_left_behind,
    "to be continued": _to_be_continued,
    "one table each": _one_table_each,
    "section beside": _section_beside,
    "numbered twice": _numbered_twice,
    "signed inside": _signed_inside,
    "author with post": _author_with_post,
    **BRANCHES_FORMS,
    **BRANCHES_ON_SHEETS_ONLY,
}
