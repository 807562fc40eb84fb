"""Letterheads and signatures of memos that came with the fifth set of words; see memo_layouts."""

import random

from corpus.generator.memo import Facts
from corpus.generator.memo_layouts import Layout, bodies, cells, day, nation, number, recipients, signing
from corpus.generator.page import Align, Block, Cell, Merged, Paragraph, Table

_CENTRE = Align.CENTRE
_WIDTHS = (7.0, 9.5)


def swapped(rng: random.Random, facts: Facts) -> list[Block]:
    """The nation on the left, the bodies on the right."""
    rows = (cells(nation(rng), bodies(rng, facts)), cells([day(facts)], [number(facts)]))
    return [Table(rows, (9.5, 7.0), ruled=False)]


def dated_on_the_left(rng: random.Random, facts: Facts) -> list[Block]:
    """Number and day one under the other, below the bodies."""
    left = [*bodies(rng, facts), number(facts), day(facts)]
    return [Table((cells(left, nation(rng)),), _WIDTHS, ruled=False)]


def nation_over_two(rng: random.Random, facts: Facts) -> list[Block]:
    """The nation over the whole width, under it the bodies beside number and day."""
    right = [number(facts), day(facts)]
    return [*nation(rng), Paragraph(""), Table((cells(bodies(rng, facts), right),), _WIDTHS, ruled=False)]


def all_in_one_table(rng: random.Random, facts: Facts) -> list[Block]:
    """Type name and abstract stand in the letterhead's own table, over both columns."""
    name = Paragraph(facts.type_name, _CENTRE, bold=True, size=15)
    abstract = [Paragraph(line, _CENTRE, bold=True) for line in facts.abstract]
    rows: tuple[tuple[Cell | Merged, ...], ...] = (
        cells(bodies(rng, facts), nation(rng)),
        cells([number(facts)], [day(facts)]),
        (Cell((name, *abstract)), Merged.LEFT),
    )
    return [Table(rows, _WIDTHS, ruled=False)]


def in_two_languages(rng: random.Random, facts: Facts) -> list[Block]:
    """What the body is called abroad stands under its own name."""
    english = Paragraph("GRASSROOTS TRADE UNION", _CENTRE, italic=True, size=9)
    left = [*bodies(rng, facts), english, number(facts)]
    return [Table((cells(left, [*nation(rng), day(facts)]),), _WIDTHS, ruled=False)]


def classified(rng: random.Random, facts: Facts) -> list[Block]:
    """A mark of urgency over the letterhead, the number of the form under it."""
    rows = (cells(bodies(rng, facts), nation(rng)), cells([number(facts)], [day(facts)]))
    return [
        Paragraph("HỎA TỐC", Align.LEFT, bold=True),
        Table(rows, _WIDTHS, ruled=False),
        Paragraph("Mẫu CĐ-05", Align.RIGHT, italic=True, size=10),
    ]


def in_the_middle(rng: random.Random, facts: Facts) -> list[Block]:
    """Who gets copies first, the signature in the middle of the page under it."""
    return [
        *recipients(facts),
        Paragraph(""),
        *(Paragraph(one.text, _CENTRE, one.bold, one.italic) for one in signing(rng, facts)),
    ]


def dated_above(rng: random.Random, facts: Facts) -> list[Block]:
    """Place and day again over the authority."""
    right = [Paragraph(facts.place_and_date, _CENTRE, italic=True), *signing(rng, facts)]
    return [Table((cells(recipients(facts), right),), (8.0, 8.5), ruled=False)]


def dotted(rng: random.Random, facts: Facts) -> list[Block]:
    """How to sign under the post, a dotted line to sign on, the name under that."""
    right = [
        *(Paragraph(line, _CENTRE, bold=True) for line in (*facts.authority, facts.title)),
        Paragraph("(Ký, ghi rõ họ tên)", _CENTRE, italic=True, size=11),
        Paragraph("", _CENTRE),
        Paragraph("..............................", _CENTRE),
        *([Paragraph(facts.signer, _CENTRE, bold=True)] if facts.signer else []),
    ]
    return [Table((cells(recipients(facts), right),), (8.0, 8.5), ruled=False)]


def with_head_below(rng: random.Random, facts: Facts) -> list[Block]:
    """The union signs to the right; the head of the unit confirms it under that, over the whole width."""
    confirmed = [
        Paragraph(text, _CENTRE, bold=True)
        for text in ("Ý KIẾN CỦA THỦ TRƯỞNG ĐƠN VỊ", "Nhất trí", "GIÁM ĐỐC", "", facts.other_signer)
    ]
    return [Table((cells(recipients(facts), signing(rng, facts)),), (8.0, 8.5), ruled=False), Paragraph(""), *confirmed]


BRANCHES_LETTERHEADS: dict[str, Layout] = {
    "swapped": swapped,
    "dated on the left": dated_on_the_left,
    "nation over two": nation_over_two,
    "whole, in one table": all_in_one_table,
    "two languages": in_two_languages,
    "classified": classified,
}
BRANCHES_SIGNATURES: dict[str, Layout] = {
    "in the middle": in_the_middle,
    "dated above": dated_above,
    "dotted": dotted,
    "head below": with_head_below,
}
