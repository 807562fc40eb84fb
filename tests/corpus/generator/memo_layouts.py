"""A memo laid out as unions do: a table without lines, tabs, centred lines, text boxes, a page header (FORMS.md)."""

import random
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from corpus.generator.memo import Facts
from corpus.generator.page import Align, Block, Cell, Paragraph, Table, TextBox

_RULES = ("", "", "", "-------", "_______", "────────", "***")
_CENTRE = Align.CENTRE
_WIDTHS = (7.0, 9.5)

Layout = Callable[[random.Random, Facts], list[Block]]


def nation(rng: random.Random) -> list[Paragraph]:
    title = rng.choice(("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
    motto = rng.choice(("Độc lập - Tự do - Hạnh phúc", "Độc lập – Tự do – Hạnh phúc", "Độc lập-Tự do-Hạnh phúc"))
    return [
        Paragraph(title, _CENTRE, bold=True, size=12),
        Paragraph(motto, _CENTRE, bold=True),
        *_rule(rng),
    ]


def _rule(rng: random.Random) -> list[Paragraph]:
    rule = rng.choice(_RULES)
    return [Paragraph(rule, _CENTRE)] if rule else []


def bodies(rng: random.Random, facts: Facts) -> list[Paragraph]:
    return [
        *(Paragraph(line, _CENTRE, size=12) for line in facts.parent),
        *(Paragraph(line, _CENTRE, bold=True, size=12) for line in facts.issuer),
        *_rule(rng),
    ]


def number(facts: Facts) -> Paragraph:
    """With the abstract under it, where a letter's layout is used for the memo."""
    lines = [facts.number, *(facts.abstract if facts.abstract_above else ())]
    return Paragraph("\n".join(lines), _CENTRE)


def day(facts: Facts) -> Paragraph:
    return Paragraph(facts.place_and_date, _CENTRE, italic=True)


def cells(*columns: list[Paragraph]) -> tuple[Cell, ...]:
    return tuple(Cell(tuple(column)) for column in columns)


def in_two_rows(rng: random.Random, facts: Facts) -> list[Block]:
    """A table without lines, number and date in its second row."""
    rows = (cells(bodies(rng, facts), nation(rng)), cells([number(facts)], [day(facts)]))
    return [Table(rows, _WIDTHS, ruled=False)]


def in_one_row(rng: random.Random, facts: Facts) -> list[Block]:
    left = [*bodies(rng, facts), number(facts)]
    return [Table((cells(left, [*nation(rng), day(facts)]),), _WIDTHS, ruled=False)]


def in_three_rows(rng: random.Random, facts: Facts) -> list[Block]:
    """Parent and title, issuer and motto, number and date."""
    title, *rest = nation(rng)
    parents = [Paragraph(line, _CENTRE, size=12) for line in facts.parent]
    issuer = [Paragraph(line, _CENTRE, bold=True, size=12) for line in facts.issuer]
    rows = (cells(parents, [title]), cells(issuer, rest), cells([number(facts)], [day(facts)]))
    return [Table(rows, _WIDTHS, ruled=False)]


def with_tabs(rng: random.Random, facts: Facts) -> list[Block]:
    """Lines of two halves, a tab between them."""
    left = [*facts.parent, *facts.issuer, facts.number]
    told = nation(rng)
    right = [told[0].text, told[1].text, *[""] * (len(left) - 3), facts.place_and_date]
    lines = [
        Paragraph(f"\t{one}\t{other}" if other else f"\t{one}", tabs=(3.6, 12.2), size=12, bold=place < len(left) - 1)
        for place, (one, other) in enumerate(zip(left, right, strict=True))
    ]
    return [*lines, *_abstract_above(facts)]


def _abstract_above(facts: Facts) -> list[Paragraph]:
    return [Paragraph(line, size=12) for line in facts.abstract] if facts.abstract_above else []


def with_spaces(rng: random.Random, facts: Facts) -> list[Block]:
    """The same with nothing but blanks between the halves, as on a typewriter."""
    left = [facts.parent[0], " ".join(facts.issuer), facts.number]
    right = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", facts.place_and_date]
    gap = " " * rng.randint(8, 14)
    lines = [Paragraph(f"{one}{gap}{other}", size=10) for one, other in zip(left, right, strict=True)]
    return [*lines, *_abstract_above(facts)]


def centred(rng: random.Random, facts: Facts) -> list[Block]:
    """Everything in the middle, the nation first."""
    return [*nation(rng), Paragraph(""), *bodies(rng, facts), number(facts), day(facts)]


def stacked(rng: random.Random, facts: Facts) -> list[Block]:
    """The bodies first, then the nation, the date to the right."""
    day = Paragraph(facts.place_and_date, Align.RIGHT, italic=True)
    return [*bodies(rng, facts), number(facts), *nation(rng), day]


def in_boxes(rng: random.Random, facts: Facts) -> list[Block]:
    """Two text boxes side by side."""
    left = TextBox((*bodies(rng, facts), number(facts)), 0, 0, 7.2, 5.4)
    right = TextBox((*nation(rng), day(facts)), 7.4, 0, 9.2, 5.4)
    return [left, right, *[Paragraph("")] * 11]


def in_three_columns(rng: random.Random, facts: Facts) -> list[Block]:
    """An empty column between the two; the number under a row of its own."""
    gap = [Paragraph("")]
    rows = (
        cells(bodies(rng, facts), gap, nation(rng)),
        cells([number(facts)], gap, [day(facts)]),
    )
    return [Table(rows, (7.0, 0.6, 9.0), ruled=False)]


def line_by_line(rng: random.Random, facts: Facts) -> list[Block]:
    """A row of the layout table for each line."""
    left = [*bodies(rng, facts), number(facts)]
    right = [*nation(rng), day(facts)]
    length = max(len(left), len(right))
    sides = ([*side, *[Paragraph("")] * (length - len(side))] for side in (left, right))
    return [Table(tuple(cells([one], [other]) for one, other in zip(*sides, strict=True)), _WIDTHS, ruled=False)]


def dated_below(rng: random.Random, facts: Facts) -> list[Block]:
    """The nation first, bodies and number under it; place and date stand over the signature."""
    return [*nation(rng), *bodies(rng, facts), Paragraph(facts.number)]


def numbered_in_the_middle(rng: random.Random, facts: Facts) -> list[Block]:
    """Parent and issuer in one cell with line breaks, number under the table, the date right of it."""
    left = "\n".join((*facts.parent, *facts.issuer))
    title, motto, *_ = nation(rng)
    right = f"{title.text}\n{motto.text}"
    both = cells([Paragraph(left, _CENTRE, bold=True, size=12)], [Paragraph(right, _CENTRE, bold=True, size=12)])
    below = Paragraph(f"{facts.number}\t{facts.place_and_date}", tabs=(12.0,), size=12)
    return [Table((both,), _WIDTHS, ruled=False), below]


LETTERHEADS: dict[str, Layout] = {
    "two-rows": in_two_rows,
    "one-row": in_one_row,
    "three-rows": in_three_rows,
    "tabs": with_tabs,
    "spaces": with_spaces,
    "centred": centred,
    "stacked": stacked,
    "boxes": in_boxes,
    "page-header": in_two_rows,
}
HELD_OUT_LETTERHEADS: dict[str, Layout] = {"three-columns": in_three_columns, "line-by-line": line_by_line}
FRESH_LETTERHEADS: dict[str, Layout] = {"dated-below": dated_below, "number-below": numbered_in_the_middle}
"""By name; that of `page-header` goes into the header of the page."""


def type_name_and_abstract(rng: random.Random, facts: Facts) -> list[Block]:
    """In paragraphs of their own, or all in one with line breaks."""
    if facts.abstract_above:
        return [Paragraph(facts.type_name, _CENTRE, bold=True, size=15)]
    if facts.type_name == "TỜ TRÌNH" and rng.random() < 0.15:
        return [Paragraph("\n".join((facts.type_name, *facts.abstract)), _CENTRE, bold=True, size=14)]
    name = Paragraph(facts.type_name, _CENTRE, bold=True, size=15)
    if rng.random() < 0.3:
        abstract = [Paragraph("\n".join(facts.abstract), _CENTRE, bold=True)]
    else:
        abstract = [Paragraph(line, _CENTRE, bold=True) for line in facts.abstract]
    return [*([Paragraph("")] if rng.random() < 0.5 else []), name, *abstract, *_rule(rng)]


def addressee_and_body(rng: random.Random, facts: Facts) -> list[Block]:
    align = rng.choice((_CENTRE, Align.LEFT))
    joined = len(facts.addressee) == 2 and not facts.addressee[1].startswith("-") and rng.random() < 0.5
    to = ["\n".join(facts.addressee)] if joined else list(facts.addressee)
    indent = 3.0 if align is Align.LEFT else 0
    lines = [Paragraph(text, align, bold=rng.random() < 0.4, indent=indent) for text in to]
    start = rng.choice(("", "\t"))
    return [*lines, *(Paragraph(start + text, Align.BOTH) for text in facts.body)]


def recipients(facts: Facts) -> list[Paragraph]:
    head = Paragraph("Nơi nhận:", bold=True, italic=True, size=12)
    return [head, *(Paragraph(line, size=11) for line in facts.recipients)]


def signing(rng: random.Random, facts: Facts) -> list[Paragraph]:
    between = rng.choice(
        [["", "", ""], ["", ""], ["", "(Đã ký)", ""], ["", "", "", ""], ["(Ký tên, đóng dấu)", "", ""]]
    )
    return [
        *(Paragraph(line, _CENTRE, bold=True) for line in (*facts.authority, facts.title)),
        *(Paragraph(line, _CENTRE, italic=True) for line in between),
        *([Paragraph(facts.signer, _CENTRE, bold=True)] if facts.signer else []),
    ]


def signed_in_table(rng: random.Random, facts: Facts) -> list[Block]:
    return [Table((cells(recipients(facts), signing(rng, facts)),), (8.0, 8.5), ruled=False)]


def signed_by_two(rng: random.Random, facts: Facts) -> list[Block]:
    """The head of the unit signs on the left, the union on the right; who gets copies under both."""
    head = [
        Paragraph(text, _CENTRE, bold=True) for text in ("XÁC NHẬN CỦA ĐƠN VỊ", "GIÁM ĐỐC", "", "", facts.other_signer)
    ]
    return [Table((cells(head, signing(rng, facts)),), (8.0, 8.5), ruled=False), *recipients(facts)]


def signed_to_the_right(rng: random.Random, facts: Facts) -> list[Block]:
    """The signature pushed to the right; who gets copies under it."""
    right = [Paragraph(one.text, _CENTRE, one.bold, one.italic, indent=8.0) for one in signing(rng, facts)]
    return [*right, *recipients(facts)]


def signed_with_tabs(rng: random.Random, facts: Facts) -> list[Block]:
    left, right = recipients(facts), signing(rng, facts)
    length = max(len(left), len(right))
    halves = ([one.text for one in side] + [""] * (length - len(side)) for side in (left, right))
    return [Paragraph(f"{one}\t{other}" if other else one, tabs=(12.0,)) for one, other in zip(*halves, strict=True)]


def signed_in_box(rng: random.Random, facts: Facts) -> list[Block]:
    return [TextBox(tuple(signing(rng, facts)), 8.2, 0.2, 8.4, 5.4), *recipients(facts), *[Paragraph("")] * 6]


def signed_by_three(rng: random.Random, facts: Facts) -> list[Block]:
    """Who drew it up, the head of the unit, the union."""
    clerk = [Paragraph(text, _CENTRE, bold=True) for text in ("NGƯỜI LẬP", "", "", "", facts.clerk)]
    head = [Paragraph(text, _CENTRE, bold=True) for text in ("THỦ TRƯỞNG ĐƠN VỊ", "", "", "", facts.other_signer)]
    table = Table((cells(clerk, head, signing(rng, facts)),), (4.5, 5.5, 6.5), ruled=False)
    return [table, *recipients(facts)]


def signed_row_by_row(rng: random.Random, facts: Facts) -> list[Block]:
    """Authority, position and name in rows of their own, who gets copies beside them."""
    first, *rest = signing(rng, facts)
    left = recipients(facts)
    rows = [cells(left[:1], [first]), cells(left[1:], rest[:-1]), cells([Paragraph("")], rest[-1:])]
    return [Table(tuple(rows), (8.0, 8.5), ruled=False)]


SIGNATURES: dict[str, Layout] = {
    "table": signed_in_table,
    "two": signed_by_two,
    "right": signed_to_the_right,
    "tabs": signed_with_tabs,
    "box": signed_in_box,
}
HELD_OUT_SIGNATURES: dict[str, Layout] = {"row-by-row": signed_row_by_row}

FRESH_SIGNATURES: dict[str, Layout] = {**HELD_OUT_SIGNATURES, "three": signed_by_three}
_ALL_LETTERHEADS = {**LETTERHEADS, **HELD_OUT_LETTERHEADS, **FRESH_LETTERHEADS}


def memo_blocks(
    rng: random.Random,
    facts: Facts,
    letterhead: str,
    signature: str,
    inside: Sequence[Block] = (),
    more: Mapping[str, Layout] = MappingProxyType({}),
) -> list[Block]:
    """The whole memo, but for a letterhead in the page's header. `inside`: a table between body and signature.

    `more`: letterheads and signatures of other modules; type name and abstract are in one named "whole …".
    """
    return [
        *({**_ALL_LETTERHEADS, **more}[letterhead](rng, facts) if letterhead != "page-header" else []),
        *(type_name_and_abstract(rng, facts) if not letterhead.startswith("whole") else []),
        *addressee_and_body(rng, facts),
        *inside,
        *([Paragraph(facts.place_and_date, Align.RIGHT, italic=True)] if letterhead == "dated-below" else []),
        *{**SIGNATURES, **FRESH_SIGNATURES, **more}[signature](rng, facts),
    ]
