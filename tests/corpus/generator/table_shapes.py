"""Which shape a summary table takes: one is chosen for each dossier, by name, so that accuracy can be told by it."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from corpus.generator.initiatives import Initiative
from corpus.generator.lexicon import Lexicon, person
from corpus.generator.page import Align, Block, PageBreak, Paragraph, Table, cell
from corpus.generator.table import (
    Sheet,
    closing_row,
    contacts,
    continued,
    drawn_table,
    fitted,
    header,
    index_row,
    lettered_row,
    merged_down,
    rows,
    sheet,
    total_row,
    unfilled_row,
    wide_row,
    with_sections,
)
from corpus.generator.table_forms import forms, forms_in_pairs, side_by_side


@dataclass(frozen=True, slots=True)
class Drawing:
    """A summary table drawn."""

    shape: str
    blocks: list[Block]
    rows: list[dict[str, str]]
    portrait: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """What a shape is drawn from."""

    rng: random.Random
    words: Lexicon
    one: Sheet
    page: float
    fixed: bool
    """Times of application stay as they are."""


def plain(order: Order) -> list[Block]:
    """The header and a row for each initiative."""
    head = header(order.rng, order.one)
    drawn = rows(order.rng, order.one)
    tall = any(len(one.summary) > _TALL for one in order.one.initiatives)
    breaks = tall or order.rng.random() < 0.5
    return [drawn_table(order.one, [*head, *drawn], 1, page=order.page, breaks=breaks)]


def _two_row_header(order: Order) -> list[Block]:
    head = header(order.rng, order.one, grouped=True)
    return [drawn_table(order.one, [*head, *rows(order.rng, order.one)], len(head), page=order.page)]


def _numbered_columns(order: Order) -> list[Block]:
    head = [*header(order.rng, order.one, grouped=order.rng.random() < 0.4), index_row(order.rng, order.one)]
    return [drawn_table(order.one, [*head, *rows(order.rng, order.one)], page=order.page)]


def _sections(order: Order) -> list[Block]:
    head = header(order.rng, order.one)
    drawn = with_sections(order.rng, order.words, order.one, rows(order.rng, order.one))
    return [drawn_table(order.one, [*head, *drawn], 1, page=order.page)]


def _total(order: Order) -> list[Block]:
    count = len(order.one.initiatives)
    drawn = [*rows(order.rng, order.one), total_row(order.rng, order.one, count)]
    return [drawn_table(order.one, [*header(order.rng, order.one), *drawn], page=order.page)]


def _unfilled(order: Order) -> list[Block]:
    """Rows of the blank form that nobody needed."""
    drawn = [*rows(order.rng, order.one), *(unfilled_row(order.rng, order.one) for _ in range(order.rng.randint(1, 3)))]
    return [drawn_table(order.one, [*header(order.rng, order.one), *drawn], page=order.page)]


def _side_by_side(order: Order) -> list[Block]:
    order.one.columns = [column for column in order.one.columns if column.key != "no"]
    return side_by_side(order.one, order.rng)


def _merged(order: Order) -> list[Block]:
    """One author has two initiatives: cells merged downwards."""
    one, start = order.one, order.rng.randrange(max(1, len(order.one.initiatives) - 1))
    if len(one.initiatives) > 1:
        first, second = one.initiatives[start : start + 2]
        one.initiatives[start + 1] = replace(second, author=first.author, position=first.position)
        keys = order.rng.choice((("author",), ("author", "position")))
        drawn = merged_down(one, rows(order.rng, one), keys, start, 2)
    else:
        drawn = rows(order.rng, one)
    return [drawn_table(one, [*header(order.rng, one), *drawn], page=order.page)]


def _form(order: Order) -> list[Block]:
    order.one.columns = [column for column in order.one.columns if column.key != "no"]
    return forms(order.rng, order.one, order.words)


def _after_contacts(order: Order) -> list[Block]:
    names = contacts(order.rng, order.words, lambda: person(order.rng, order.words))
    return [*names, *plain(order)]


def _cut(order: Order) -> list[Block]:
    head = header(order.rng, order.one)
    return continued(order.one, head, rows(order.rng, order.one), repeated=order.rng.random() < 0.5)


def _several(order: Order) -> list[Block]:
    """One table for each section, each with its header: together they are one."""
    head, drawn = header(order.rng, order.one), rows(order.rng, order.one)
    half = max(1, len(drawn) // 2)
    names = order.rng.sample(order.words.sections, 2)
    blocks: list[Block] = []
    between: Block = PageBreak() if order.rng.random() < 0.4 else Paragraph("")
    for numeral, name, part in (("I", names[0], drawn[:half]), ("II", names[1], drawn[half:])):
        if part:
            blocks += [Paragraph(f"{numeral}. {name}", bold=True), drawn_table(order.one, [*head, *part]), between]
    return blocks[:-1]


def _mixed(order: Order) -> list[Block]:
    """Several of these at once: groups, numbers, sections, cells merged downwards, a total."""
    rng, one = order.rng, order.one
    count = len(one.initiatives)
    head = header(rng, one, grouped=rng.random() < 0.5)
    if rng.random() < 0.4:
        head.append(index_row(rng, one))
    run, start = min(count, rng.choice((2, 2, 3))), 0
    merges = rng.random() < 0.5 and run > 1
    if merges:
        start = rng.randint(0, count - run)
        keys = [key for key in rng.sample(_MERGED_DOWN, rng.randint(1, 3)) if key != "applied" or not order.fixed]
        first = one.initiatives[start]
        for place in range(start + 1, start + run):
            same = {key: first.cell(key) for key in keys}
            one.initiatives[place] = replace(one.initiatives[place], **same)
            for key in keys:
                one.blanks.pop((place, key), None)
    drawn = rows(rng, one)
    if merges:
        drawn = merged_down(one, drawn, keys, start, run)
    if rng.random() < 0.5:
        drawn = with_sections(rng, order.words, one, drawn)
    if rng.random() < 0.4:
        drawn.append(total_row(rng, one, count))
    return [drawn_table(one, [*head, *drawn], rng.choice((0, len(head))), page=order.page)]


def _titled_inside(order: Order) -> list[Block]:
    """The title is the first row of the table itself."""
    title = order.words.table_titles[0][0]
    width = len(order.one.columns)
    first = wide_row(title, width, size=12, align=Align.CENTRE)
    return [
        drawn_table(order.one, [first, *header(order.rng, order.one), *rows(order.rng, order.one)], page=order.page)
    ]


def _forms_of_three(order: Order) -> list[Block]:
    """Forms with a column for the label's number and a heading of their own."""
    blocks: list[Block] = []
    asked = [column for column in order.one.columns if column.key not in ("no", "")]
    order.one.columns = asked
    for row in range(len(order.one.initiatives)):
        head = tuple(cell(text, bold=True, size=11) for text in ("TT", "Nội dung", "Thông tin"))
        texts = [(str(n), one.header, order.one.text(row, one, order.rng)) for n, one in enumerate(asked, 1)]
        pairs = [tuple(cell(text, size=11) for text in line) for line in texts]
        blocks += [Table((head, *pairs), (1.2, 5.0, 10.0)), Paragraph("")]
    return blocks


def _forms_in_pairs(order: Order) -> list[Block]:
    order.one.columns = [column for column in order.one.columns if column.key not in ("no", "")]
    return forms_in_pairs(order.one, order.rng)


def _lettered(order: Order) -> list[Block]:
    head = [*header(order.rng, order.one), lettered_row(order.one)]
    return [drawn_table(order.one, [*head, *rows(order.rng, order.one)], page=order.page)]


def _closed(order: Order) -> list[Block]:
    drawn = [*rows(order.rng, order.one), closing_row(order.rng, order.one)]
    return [drawn_table(order.one, [*header(order.rng, order.one), *drawn], page=order.page)]


SHAPES: dict[str, Callable[[Order], list[Block]]] = {
    "plain": plain,
    "two-row header": _two_row_header,
    "numbered columns": _numbered_columns,
    "sections": _sections,
    "total": _total,
    "merged down": _merged,
    "forms": _form,
    "after contacts": _after_contacts,
    "cut in two": _cut,
    "several": _several,
    "mixed": _mixed,
    "unfilled rows": _unfilled,
    "side by side": _side_by_side,
    "titled inside": _titled_inside,
    "forms of three": _forms_of_three,
}
_TALL = 600
"""Characters of a summary that may not find room on one page: its row has to break."""
_PORTRAIT, _LANDSCAPE = 16.0, 25.0
"""Centimetres between the margins."""
HELD_OUT_SHAPES = {"forms in pairs": _forms_in_pairs, "lettered columns": _lettered, "closing row": _closed}
_MERGED_DOWN = ("author", "position", "field", "block", "applied")
WEIGHTS = {"plain": 4, "mixed": 4, "two-row header": 2, "merged down": 2}


def draw(
    rng: random.Random,
    words: Lexicon,
    made: list[Initiative],
    *,
    union: str,
    shape: str = "",
    without: str = "",
    blanks: dict[tuple[int, str], str] | None = None,
    portrait: bool = False,
    more: Mapping[str, Callable[[Order], list[Block]]] = MappingProxyType({}),
    often: float = 1,
    fixed: bool = False,
) -> Drawing:
    """The table with its title and the remark under it.

    `blanks`: cells that are left empty; `without`: a column; `more`: shapes that it may have besides,
    each `often` times as likely as another.
    """
    one = sheet(rng, words, made, without=without)
    page = _PORTRAIT if portrait else _LANDSCAPE
    one.columns = fitted(one, page)
    one.blanks.update(blanks or {})
    shapes = {**SHAPES, **more}
    chosen = shape or rng.choices(list(shapes), [WEIGHTS.get(name, often if name in more else 1) for name in shapes])[0]
    blocks = shapes[chosen](Order(rng, words, one, page, fixed))
    title: list[Block] = []
    if rng.random() < 0.92:
        title += [Paragraph(line, Align.CENTRE, bold=True, size=14) for line in rng.choice(words.table_titles)]
    if rng.random() < 0.7:
        remark = rng.choice(
            (f"(Kèm theo Tờ trình của CĐCS {union})", "(Kèm theo Tờ trình số ... ngày ...)", f"CĐCS {union}")
        )
        title.append(Paragraph(remark, Align.CENTRE, italic=True))
    return Drawing(chosen, [*title, *blocks, *_end(rng, words)], one.truth(), portrait)


def _end(rng: random.Random, words: Lexicon) -> list[Block]:
    """Nothing, or who drew it up."""
    if rng.random() < 0.6:
        return []
    right = ("TM. BAN CHẤP HÀNH", "CHỦ TỊCH", "", "", person(rng, words))
    return [Paragraph(text, Align.CENTRE, bold=True, indent=14) for text in right]
