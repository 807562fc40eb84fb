"""Letterheads and signatures of memos that came with the seventh set of words: unions of firms; see memo_layouts."""

import random

from corpus.generator.memo import Facts
from corpus.generator.memo_layouts import (
    Layout,
    bodies,
    cells,
    day,
    in_two_rows,
    nation,
    number,
    recipients,
    signing,
)
from corpus.generator.page import Align, Block, Cell, Paragraph, Table, cell

_CENTRE = Align.CENTRE
_WIDTHS = (7.0, 9.5)
_SIGNED = (8.0, 8.5)
_FIRMS = (
    ("KWANG JIN VINA CO., LTD", "광진비나 유한회사"),
    ("CÔNG TY TNHH GIÀY HƯNG PHÚ LONG", "興富隆鞋業有限公司"),
    ("NIHON KIDEN (VIETNAM) CO., LTD.", "日本機電ベトナム"),
    ("CÔNG TY CỔ PHẦN VẬN TẢI VÀ CẢNG SÔNG LÁ", "SONG LA PORT & LOGISTICS JSC"),
)


def under_the_firm(rng: random.Random, facts: Facts) -> list[Block]:
    """The firm's own letterhead over that of the union: its names in two scripts, where it sits, its tax code."""
    name, other = rng.choice(_FIRMS)
    small = ("Lô 12, đường số 3, KCN Amata, P. Long Bình", "MST: 3600000001   Tel: (84-251) 3 000 111   Fax: 3 000 112")
    return [
        Paragraph(name, bold=True, size=14),
        Paragraph(other, size=11),
        *(Paragraph(line, size=9) for line in small),
        Paragraph("_" * 60),
        *in_two_rows(rng, facts),
    ]


def controlled(rng: random.Random, facts: Facts) -> list[Block]:
    """The box of a firm whose papers are controlled over the letterhead."""
    right = "Mã số: QT-HC-03/BM02\nLần BH: 03\nNgày BH: 15/6/2019\nTrang: 1/1"
    texts = (rng.choice(_FIRMS)[0], "VĂN BẢN NỘI BỘ", right)
    box = Table((tuple(cell(text, size=10, align=_CENTRE) for text in texts),), (5.5, 6.0, 5.0))
    return [box, Paragraph(""), *in_two_rows(rng, facts)]


def faxed(rng: random.Random, facts: Facts) -> list[Block]:
    """What a fax or a courier wants to know stands over it."""
    lines = ("TO/Kính chuyển: Văn phòng CĐN", "FROM: P. HCNS", "FAX: 0251.3.000.999", "PAGES: 02 (kể cả trang này)")
    head = [Paragraph(line, size=10) for line in lines]
    left = [*bodies(rng, facts), number(facts)]
    return [*head, Paragraph("-" * 70), Table((cells(left, [*nation(rng), day(facts)]),), _WIDTHS, ruled=False)]


def from_a_program(rng: random.Random, facts: Facts) -> list[Block]:
    """A line of the program that keeps the firm's letters: its own number, who made it, when."""
    line = f"eOffice | VB đi #{rng.randint(1_000, 9_000)} | Người tạo: nhanvien05 | 12/04/2021 08:15:22"
    return [Paragraph(line, Align.RIGHT, italic=True, size=8), *in_two_rows(rng, facts)]


def in_two_names(rng: random.Random, facts: Facts) -> list[Block]:
    """What it is in English as well, under the type name."""
    english = rng.choice(("PROPOSAL", "(Letter of proposal)", "PROPOSAL LETTER"))
    return [
        *in_two_rows(rng, facts),
        Paragraph(""),
        Paragraph(facts.type_name, _CENTRE, bold=True, size=15),
        Paragraph(english, _CENTRE, italic=True, size=11),
        *(Paragraph(line, _CENTRE, bold=True) for line in facts.abstract),
    ]


def beside_the_firm(rng: random.Random, facts: Facts) -> list[Block]:
    """Under the nation: the firm on the left, the union with its number on the right."""
    name, other = rng.choice(_FIRMS)
    left = [Paragraph(name, _CENTRE, size=12), Paragraph(other, _CENTRE, size=9)]
    union = [*(Paragraph(line, _CENTRE, bold=True, size=12) for line in facts.issuer), number(facts)]
    both = Table((cells(left, union),), (8.0, 8.5), ruled=False)
    return [*nation(rng), Paragraph(""), both, Paragraph(facts.place_and_date, Align.RIGHT, italic=True)]


def with_director(rng: random.Random, facts: Facts) -> list[Block]:
    """The firm's foreign director agrees on the left, in two languages."""
    head = rng.choice(("TỔNG GIÁM ĐỐC", "P. TỔNG GIÁM ĐỐC"))
    texts = ("Ý KIẾN CÔNG TY", "GENERAL DIRECTOR", head, "(Signed)", "", "KANG TAE HWAN")
    left = [Paragraph(text, _CENTRE, bold=True) for text in texts]
    return [Table((cells(left, signing(rng, facts)),), _SIGNED, ruled=False), Paragraph(""), *recipients(facts)]


def in_boxes(rng: random.Random, facts: Facts) -> list[Block]:
    """Three ruled boxes: who drew it up, who saw it, the union."""
    clerk = [Paragraph(text, _CENTRE) for text in ("Người lập", "", "", facts.clerk)]
    seen = [Paragraph(text, _CENTRE) for text in ("P. Nhân sự xem", "", "", facts.other_signer)]
    table = Table((cells(clerk, seen, signing(rng, facts)),), (4.5, 5.0, 7.0))
    return [Paragraph(""), table, Paragraph(""), *recipients(facts)]


def with_telephone(rng: random.Random, facts: Facts) -> list[Block]:
    """How to reach who signed, under the name."""
    told = rng.choice(("ĐT: 0900.000.123", "DĐ: 0900 000 123 - Zalo", "Mobile: 0900000123"))
    right = [*signing(rng, facts), Paragraph(told, _CENTRE, italic=True, size=10)]
    return [Table((cells(recipients(facts), right),), _SIGNED, ruled=False)]


def named_by_label(rng: random.Random, facts: Facts) -> list[Block]:
    """As forms of firms have it: the name behind a label."""
    right = [
        *(Paragraph(line, _CENTRE, bold=True) for line in (*facts.authority, facts.title)),
        *(Paragraph(line, _CENTRE, italic=True) for line in ("(Ký tên, đóng dấu)", "", "")),
        *([Paragraph(f"Họ và tên: {facts.signer}", _CENTRE)] if facts.signer else []),
    ]
    return [Table((cells(recipients(facts), right),), _SIGNED, ruled=False)]


def with_an_empty_seal(rng: random.Random, facts: Facts) -> list[Block]:
    """A frame for the seal between who gets copies and the signature."""
    seal = Cell((Paragraph("(Dấu)", _CENTRE, italic=True, size=10),))
    row = (*cells(recipients(facts)), seal, *cells(signing(rng, facts)))
    return [Table((row,), (6.0, 3.0, 7.5), ruled=False)]


TRADES_LETTERHEADS: dict[str, Layout] = {
    "under the firm": under_the_firm,
    "controlled": controlled,
    "faxed": faxed,
    "from a program": from_a_program,
    "whole, two names": in_two_names,
    "beside the firm": beside_the_firm,
}
TRADES_SIGNATURES: dict[str, Layout] = {
    "with director": with_director,
    "in boxes": in_boxes,
    "telephone": with_telephone,
    "named by label": named_by_label,
    "empty seal": with_an_empty_seal,
}
