"""What stands in each cell of a scanned table: words dealt out by place, doubtful cells read again."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np

from parsers.content import Box
from parsers.ocr_engine import Word
from parsers.ruling_grid import Span
from parsers.scan_lines import box_of, is_stray, letters_in, sure_letters
from parsers.scan_numbers import roman_section, with_roman_quarters
from parsers.scan_table_again import ReadWords, improved
from parsers.scan_table_index import with_column_numbers, with_row_numbers
from parsers.scan_table_ink import CellText, Reading, inks
from parsers.scan_table_names import manners, read_in, with_names_agreed
from parsers.scan_table_paper import TablePicture

_STRADDLE = 0.3
"""Share of a word that lies in another cell, where it is two words run together."""
_SAME_LINE = 0.5
_UPRIGHT = 0.3
"""Share of the letters that Tesseract is sure of; on a page that stands on its head it is less."""


def read_cells(table: TablePicture, read_words: ReadWords) -> dict[Span, CellText]:
    """The text of every cell. Raises what `read_words` raises."""
    words = [word for word in read_in(manners(table)[0], table.picture, read_words) if not is_stray(word)]
    dealt, inked = _dealt_out(table, words), dict(inks(table))
    readings = {cell: Reading.of(dealt.get(cell, []), ink) for cell, ink in inked.items()}
    if sure_letters(words) >= _UPRIGHT * sum(map(letters_in, words)):  # a page on its head is not looked at twice
        readings = improved(table.picture, inked, readings, read_words)
        readings = with_names_agreed(table, inked, readings, read_words)
    texts = {
        cell: CellText(_text(each.words), round(each.confidence, 3), each.words) for cell, each in readings.items()
    }
    return _with_sections(with_row_numbers(with_column_numbers(texts)), len(table.lefts) - 1)


def _with_sections(texts: dict[Span, CellText], columns: int) -> dict[Span, CellText]:
    """The number before a name that takes the rest of its row is a section's, and mostly Roman."""
    whole = {cell.row for cell in texts if cell.column == 1 and cell.columns == columns - 1 > 1}
    return {
        cell: replace(text, text=roman_section(text.text)) if cell.column == 0 and cell.row in whole else text
        for cell, text in texts.items()
    }


def _dealt_out(table: TablePicture, words: Iterable[Word]) -> dict[Span, list[Word]]:
    """The words of each cell. One that lies in two was read over a wall: nobody is sure of it."""
    owners = {
        (row, column): cell
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }
    dealt: dict[Span, list[Word]] = {}
    for word in words:
        row, width = _field(table.tops, _middle(word.box)), word.box.x1 - word.box.x0
        sides = (word.box.x0 + _STRADDLE * width, word.box.x1 - _STRADDLE * width)
        first, last = (owners[row, _field(table.lefts, side)] for side in sides)
        dealt.setdefault(first, []).append(word if first == last else replace(word, confidence=0.0))
    return dealt


def _field(lines: Sequence[int], place: float) -> int:
    return min(max(int(np.searchsorted(lines, place)) - 1, 0), len(lines) - 2)


def _text(words: Sequence[Word]) -> str:
    """Line by line, from the top; words of one line as Tesseract has them, and those that stand beside them."""
    by_line: dict[int, list[Word]] = {}
    for word in words:
        by_line.setdefault(word.line, []).append(word)
    lines: list[list[Word]] = []
    for piece in sorted(by_line.values(), key=lambda each: _middle(box_of(each))):
        if lines and _beside(box_of(lines[-1]), box_of(piece)):
            lines[-1].extend(piece)
        else:
            lines.append(piece)
    ordered = [sorted(line, key=lambda word: word.box.x0) for line in lines]
    right = iter(with_roman_quarters([word for line in ordered for word in line]))
    return "\n".join(" ".join(word.text for word in islice(right, len(line))) for line in ordered)


def _middle(box: Box) -> float:
    return (box.top + box.bottom) / 2


def _beside(one: Box, other: Box) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > _SAME_LINE * min(one.bottom - one.top, other.bottom - other.top)
