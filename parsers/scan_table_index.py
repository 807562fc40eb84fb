"""Numbers that count: what Tesseract reads worst, a digit that stands alone, is what can be told best.

The row of a table that numbers its columns, "(1) (2) (3) …": where most of its cells say their own number, the others
say theirs. The column that numbers its rows: between two numbers that count on, or behind one, no other can stand.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from parsers.ruling_grid import Span
from parsers.scan_table_ink import CellText

_FEWEST = 3
_SHARE = 0.4
"""Of the row's cells that have to say their own number."""
_LONGEST = 4
_INFERRED = 0.5
_SURE = 0.75
_SURE_ROWS = 2
_SHORTEST = 3
_ROW_NUMBER = re.compile(r"0?(\d{1,3})\.?")
_NUMBERED = re.compile(r"(\W*)(\d{1,2})(\W*)")
_OPENED, _CLOSED = "([{", ")]}1Il|J!"
"""A bracket on its closing side is read as a stroke: "[11", "(2l"."""


def with_row_numbers(texts: Mapping[Span, CellText]) -> dict[Span, CellText]:
    """The texts, numbers of rows put right in the first column where its sure ones leave no choice."""
    column = sorted((cell for cell in texts if cell.column == 0 and cell.columns == 1), key=lambda cell: cell.row)
    sure = {place: number for place, cell in enumerate(column) if (number := _sure_number(texts[cell])) is not None}
    better = dict(texts)
    if len(sure) < _SURE_ROWS:
        return better
    for before, after in pairwise(sorted(sure)):
        if sure[after] - sure[before] == after - before:
            better.update(_counted(column[before + 1 : after], sure[before] + 1, texts))
    last = max(sure)
    better.update(_counted(column[last + 1 : last + 2], sure[last] + 1, texts))
    return better


def _sure_number(text: CellText) -> int | None:
    found = _ROW_NUMBER.fullmatch(text.text)
    return int(found[1]) if found is not None and text.confidence >= _SURE else None


def _counted(cells: Sequence[Span], first: int, texts: Mapping[Span, CellText]) -> dict[Span, CellText]:
    """Cells without a sure number, counted on from `first`; all of them short, or none."""
    found = [texts[cell] for cell in cells]
    if not all(each.confidence < _SURE and len(each.text) <= _SHORTEST for each in found):
        return {}
    if any(not each.text and each.confidence > 0 for each in found):
        return {}
    numbered = zip(cells, found, range(first, first + len(cells)), strict=True)
    return {cell: replace(each, text=str(number), confidence=_INFERRED) for cell, each, number in numbered}


def with_column_numbers(texts: Mapping[Span, CellText]) -> dict[Span, CellText]:
    """The texts, rows that number the columns put right; what was not read so has low confidence."""
    rows: dict[int, list[Span]] = {}
    for cell in texts:
        rows.setdefault(cell.row, []).append(cell)
    better = dict(texts)
    for cells in rows.values():
        better.update(_put_right(sorted(cells, key=lambda cell: cell.column), texts))
    return better


def _put_right(cells: Sequence[Span], texts: Mapping[Span, CellText]) -> dict[Span, CellText]:
    found = [texts[cell] for cell in cells]
    if not all(each.text and len(each.text) <= _LONGEST for each in found):
        return {}
    matches = [_says(number, each.text) for number, each in enumerate(found, start=1)]
    right = [match for match in matches if match is not None]
    if len(right) < max(_FEWEST, _SHARE * len(cells)):
        return {}
    before, after = (
        "(" if any(match[1].endswith(tuple(_OPENED)) for match in right) else "",
        ")" if any(match[1].endswith(tuple(_OPENED)) or ")" in match[3] for match in right) else "",
    )
    wanted = [f"{before}{number}{after}" for number in range(1, len(cells) + 1)]
    return {
        cell: replace(each, text=text, confidence=min(each.confidence, _INFERRED))
        for cell, each, text in zip(cells, found, wanted, strict=True)
        if each.text != text
    }


def _says(number: int, text: str) -> re.Match[str] | None:
    """The cell's text taken apart, if it says that number."""
    found = _NUMBERED.fullmatch(text)
    if found is not None and int(found[2]) == number:
        return found
    return re.fullmatch(rf"([{re.escape(_OPENED)}])({number})([{re.escape(_CLOSED)}])", text)
