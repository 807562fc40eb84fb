"""Letterheads and signatures of memos that came with the fourth set of words; see memo_layouts."""

import random

from corpus.generator.memo import Facts
from corpus.generator.memo_layouts import Layout, bodies, cells, day, nation, number, recipients, signing
from corpus.generator.page import Align, Block, Cell, Paragraph, Table

_CENTRE = Align.CENTRE
_WIDTHS = (7.0, 9.5)


def ruled(rng: random.Random, facts: Facts) -> list[Block]:
    """The letterhead's table was left with its lines."""
    left, right = [*bodies(rng, facts), number(facts)], [*nation(rng), day(facts)]
    return [Table((cells(left, right),), _WIDTHS)]


def numbered_under_the_name(rng: random.Random, facts: Facts) -> list[Block]:
    """As companies do: the number stands under the type name, over the abstract."""
    return [
        Table((cells(bodies(rng, facts), [*nation(rng), day(facts)]),), _WIDTHS, ruled=False),
        Paragraph(facts.type_name, _CENTRE, bold=True, size=15),
        Paragraph(facts.number, _CENTRE, italic=True),
        *(Paragraph(line, _CENTRE, bold=True) for line in facts.abstract),
    ]


def with_emblem(rng: random.Random, facts: Facts) -> list[Block]:
    """A column for the union's emblem before the bodies; telephone and address under them."""
    emblem = [Paragraph("[LOGO]", _CENTRE, size=9)]
    address = [
        Paragraph(line, _CENTRE, italic=True, size=9) for line in ("Địa chỉ: đường số 2", "Điện thoại: 0251 000 111")
    ]
    left = [*bodies(rng, facts), *address, number(facts)]
    return [Table((cells(emblem, left, [*nation(rng), day(facts)]),), (2.0, 6.0, 8.5), ruled=False)]


def without_nation(rng: random.Random, facts: Facts) -> list[Block]:
    """Neither title nor motto: the body, its number, and the day to the right of both."""
    return [Table((cells([*bodies(rng, facts), number(facts)], [day(facts)]),), _WIDTHS, ruled=False)]


def mirrored(rng: random.Random, facts: Facts) -> list[Block]:
    """The signature on the left, who gets copies on the right."""
    return [Table((cells(signing(rng, facts), recipients(facts)),), (8.5, 8.0), ruled=False)]


def electronic(rng: random.Random, facts: Facts) -> list[Block]:
    """What a program for signing prints stands between position and name."""
    lines = ("Ký bởi: CÔNG ĐOÀN CƠ SỞ", "Cơ quan: Công đoàn ngành Y tế", "Thời gian ký: 12/04/2021 08:15:22 +07:00")
    right = [
        *(Paragraph(line, _CENTRE, bold=True) for line in (*facts.authority, facts.title)),
        *(Paragraph(line, size=8) for line in lines),
        *([Paragraph(facts.signer, _CENTRE, bold=True)] if facts.signer else []),
    ]
    return [Table((cells(recipients(facts), right),), (8.0, 8.5), ruled=False)]


def in_one_paragraph(rng: random.Random, facts: Facts) -> list[Block]:
    """All of it in one cell of one paragraph, line breaks between."""
    lines = [*facts.authority, facts.title, "", "", "", *([facts.signer] if facts.signer else [])]
    left = Cell(tuple(recipients(facts)))
    right = Cell((Paragraph("\n".join(lines), _CENTRE, bold=True),))
    return [Table(((left, right),), (8.0, 8.5), ruled=False)]


SECTORS_LETTERHEADS: dict[str, Layout] = {
    "ruled": ruled,
    "whole, number under the name": numbered_under_the_name,
    "emblem": with_emblem,
    "without nation": without_nation,
}
SECTORS_SIGNATURES: dict[str, Layout] = {
    "mirrored": mirrored,
    "electronic": electronic,
    "one paragraph": in_one_paragraph,
}
