"""Letterheads and signatures of memos that came with the sixth set of words; see memo_layouts."""

import random

from corpus.generator.memo import Facts
from corpus.generator.memo_layouts import Layout, bodies, cells, day, nation, number, recipients, signing
from corpus.generator.page import Align, Block, Cell, Merged, PageBreak, Paragraph, Table

_CENTRE = Align.CENTRE
_WIDTHS = (7.0, 9.5)


def with_picture(rng: random.Random, facts: Facts) -> list[Block]:
    """The union's emblem as a picture over the bodies."""
    left = [Paragraph("", _CENTRE, picture=True), *bodies(rng, facts), number(facts)]
    return [Table((cells(left, [*nation(rng), day(facts)]),), _WIDTHS, ruled=False)]


def arrived(rng: random.Random, facts: Facts) -> list[Block]:
    """Printed from a program for records: the stamp of another office's arrivals over the letterhead."""
    lines = ("CÔNG VĂN ĐẾN", f"Số: {rng.randint(100, 900)}", "Ngày: 12/4/2021", "Chuyển: ............")
    stamp = Table(((cell_of(lines),),), (4.5,))
    rows = (cells(bodies(rng, facts), nation(rng)), cells([number(facts)], [day(facts)]))
    return [stamp, Paragraph(""), Table(rows, _WIDTHS, ruled=False)]


def cell_of(lines: tuple[str, ...]) -> Cell:
    return Cell(tuple(Paragraph(line, _CENTRE, size=10) for line in lines))


def with_address(rng: random.Random, facts: Facts) -> list[Block]:
    """As firms do: address, telephone, mail and site under the body, no body over it."""
    address = ("ĐC: Ấp 3, xã Sông Nhạn", "ĐT: 0251.3.000.111 - Fax: 0251.3.000.112", "Email: cdcs@congty.example")
    left = [
        *(Paragraph(line, _CENTRE, bold=True, size=12) for line in facts.issuer),
        *(Paragraph(line, _CENTRE, size=8) for line in address),
        Paragraph("––––––", _CENTRE),
        number(facts),
    ]
    return [Table((cells(left, [*nation(rng), day(facts)]),), _WIDTHS, ruled=False)]


def dated_over_both(rng: random.Random, facts: Facts) -> list[Block]:
    """Number under the bodies; the day in a row of its own over both columns."""
    rows: tuple[tuple[Cell | Merged, ...], ...] = (
        cells([*bodies(rng, facts), number(facts)], nation(rng)),
        (Cell((Paragraph(facts.place_and_date, Align.RIGHT, italic=True),)), Merged.LEFT),
    )
    return [Table(rows, _WIDTHS, ruled=False)]


def form_number_above(rng: random.Random, facts: Facts) -> list[Block]:
    """The regulation's form number and its name over everything, the number of the letter beside the day."""
    form = rng.choice(("Mẫu 1.4", "Biểu mẫu 01/SK-CĐ", "Mẫu số 03"))
    both = cells([number(facts)], [day(facts)])
    return [
        Paragraph(form, Align.RIGHT, bold=True, size=11),
        Paragraph("(Ban hành kèm theo Hướng dẫn của Công đoàn cấp trên)", Align.RIGHT, italic=True, size=10),
        Table((cells(bodies(rng, facts), nation(rng)), both), _WIDTHS, ruled=False),
    ]


def head_on_the_right(rng: random.Random, facts: Facts) -> list[Block]:
    """The union signs on the left; the head of the unit confirms it on the right."""
    texts = ("XÁC NHẬN CỦA THỦ TRƯỞNG ĐƠN VỊ", "GIÁM ĐỐC", "", "", "", facts.other_signer)
    head = [Paragraph(text, _CENTRE, bold=True) for text in texts]
    return [Table((cells(signing(rng, facts), head),), (8.5, 8.0), ruled=False), Paragraph(""), *recipients(facts)]


def on_the_next_page(rng: random.Random, facts: Facts) -> list[Block]:
    """All of it on a page of its own."""
    return [PageBreak(), Table((cells(recipients(facts), signing(rng, facts)),), (8.0, 8.5), ruled=False)]


def drawn_up_below(rng: random.Random, facts: Facts) -> list[Block]:
    """Under the signature, small: who drew it up, how many copies, which file."""
    small = (f"Người soạn: {facts.clerk} (ĐT 0251.000.222)", "In 04 bản. Tệp: ttr_sk_2021.docx")
    table = Table((cells(recipients(facts), signing(rng, facts)),), (8.0, 8.5), ruled=False)
    return [table, Paragraph(""), *(Paragraph(line, italic=True, size=8) for line in small)]


def ruled_signature(rng: random.Random, facts: Facts) -> list[Block]:
    """The table for the signature was left with its lines."""
    return [Table((cells(recipients(facts), signing(rng, facts)),), (8.0, 8.5))]


PROVINCES_LETTERHEADS: dict[str, Layout] = {
    "emblem as a picture": with_picture,
    "arrived": arrived,
    "address": with_address,
    "dated over both": dated_over_both,
    "form number": form_number_above,
}
PROVINCES_SIGNATURES: dict[str, Layout] = {
    "head on the right": head_on_the_right,
    "next page": on_the_next_page,
    "drawn up below": drawn_up_below,
    "ruled": ruled_signature,
}
