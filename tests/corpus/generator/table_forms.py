"""Forms in place of a table: labels beside what answers them."""

import random

from corpus.generator.lexicon import Lexicon
from corpus.generator.page import Block, Cell, Merged, PageBreak, Paragraph, Table, cell
from corpus.generator.table import SIZE, Column, Row, Sheet


def forms(rng: random.Random, one: Sheet, words: Lexicon) -> list[Block]:
    """A label/value form for each initiative, numbered labels or not."""
    numbered = rng.random() < 0.4
    blocks: list[Block] = []
    for row in range(len(one.initiatives)):
        heading = rng.choice((f"SÁNG KIẾN SỐ {row + 1}", f"Sáng kiến thứ {row + 1}", f"{row + 1}."))
        blocks.append(Paragraph(heading, bold=True))
        pairs = []
        for place, column in enumerate(column for column in one.columns if column.key not in ("no", "")):
            label = f"{place + 1}. {column.header}" if numbered else column.header
            pairs.append((cell(label, bold=True, size=11), cell(one.text(row, column, rng), size=11)))
        blocks += [Table(tuple(pairs), (5.0, 11.5)), Paragraph("")]
    return blocks


def side_by_side(one: Sheet, rng: random.Random) -> list[Block]:
    """One form for two or three initiatives, a column each, under a heading of its own."""
    blocks: list[Block] = []
    asked = [column for column in one.columns if column.key not in ("no", "")]
    head = rng.choice(("Nội dung", "Nội dung kê khai", "Tiêu chí"))
    for start in range(0, len(one.initiatives), 3):
        places = range(start, min(start + 3, len(one.initiatives)))
        lines = [(head, *(f"Sáng kiến {place + 1}" for place in places))]
        lines += [(column.header, *(one.text(place, column, rng) for place in places)) for column in asked]
        drawn = [tuple(cell(text, size=SIZE, bold=not place) for place, text in enumerate(line)) for line in lines]
        blocks += [Table(tuple(drawn), (4.0, *(20.0 / len(places) for _ in places))), PageBreak()]
    return blocks[:-1]


def forms_in_pairs(one: Sheet, rng: random.Random) -> list[Block]:
    """A form for each initiative with two short questions on a row; the long ones take a row of their own."""
    blocks: list[Block] = []
    asked = [column for column in one.columns if column.key not in ("no", "")]
    short = [column for column in asked if column.key not in ("title", "summary", "benefit")]
    alone = [column for column in asked if column not in short] + short[len(short) // 2 * 2 :]
    for row in range(len(one.initiatives)):
        pairs = [
            tuple(_asked(one, row, column, rng) for column in two) for two in zip(short[::2], short[1::2], strict=False)
        ]
        drawn: list[Row] = [(*left, *right) for left, right in pairs]
        drawn += [(*_asked(one, row, column, rng), Merged.LEFT, Merged.LEFT) for column in alone]
        blocks += [Table(tuple(drawn), (3.5, 5.0, 3.5, 4.5)), Paragraph("")]
    return blocks


def _asked(one: Sheet, row: int, column: Column, rng: random.Random) -> tuple[Cell, Cell]:
    return cell(column.header, bold=True, size=11), cell(one.text(row, column, rng), size=11)
