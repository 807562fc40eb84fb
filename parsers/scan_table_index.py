"""The row of a table that numbers its columns, "(1) (2) (3) …": what Tesseract reads worst is what can be told best.

Where most of its cells say their own number, the others say theirs.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from parsers.ruling_grid import Span
from parsers.scan_table_ink import CellText

_FEWEST = 3
_SHARE = 0.4
"""Of the row's cells that have to say their own number."""
_LONGEST = 4
_INFERRED = 0.5
_NUMBERED = re.compile(r"(\W*)(\d{1,2})(\W*)")


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
    numbered = [_NUMBERED.fullmatch(each.text) for each in found]
    right = [match for number, match in enumerate(numbered, start=1) if match is not None and int(match[2]) == number]
    if len(right) < max(_FEWEST, _SHARE * len(cells)):
        return {}
    before, after = (
        "(" if any("(" in match[1] for match in right) else "",
        ")" if any(")" in match[3] for match in right) else "",
    )
    wanted = [f"{before}{number}{after}" for number in range(1, len(cells) + 1)]
    return {
        cell: replace(each, text=text, confidence=min(each.confidence, _INFERRED))
        for cell, each, text in zip(cells, found, wanted, strict=True)
        if each.text != text
    }
