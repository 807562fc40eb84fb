"""Which column numbers the rows, where its header does not say so: by cells that count on; a grid's first number."""

import re
from collections.abc import Sequence
from dataclasses import replace

from dossier.campaign import NO
from parsers.content import Grid
from parsers.summary_table_header import Header
from parsers.summary_table_rows import View, marks_example, view
from parsers.wording import is_arabic_ordinal, is_ordinal, number_in

_COUNTING = 4
"""One of so many cells of a column of numbers may hold something else: a section's letter, a total."""
_CODE = re.compile(r"([^\W\d_]{1,4}\.?|#)[ ./-]?(\d{1,3})")
_LONGEST_NUMBER = 12


def with_numbers(header: Header, grid: Grid) -> Header:
    """A column without a name, or with one nobody knows, whose cells count the rows is the number's."""
    if NO in header.keys:
        return header
    rows = [row for cells in grid.rows[header.last + 1 :] if not _numbers_columns(row := view(header, cells))]
    for place, leaf in enumerate(header.leaves[:2]):
        cells = (row.cells[place].text for row in rows if len(row.content) > 1)
        texts = [text for text in cells if _may_number(text) and text != leaf.label]  # it may head every part
        counting = max(sum(map(is_arabic_ordinal, texts)), _coded(texts))
        if leaf.key is None and counting and counting * _COUNTING >= len(texts) * (_COUNTING - 1):
            leaves = [*header.leaves]
            leaves[place] = replace(leaf, key=NO, like=None)
            return replace(header, leaves=tuple(leaves))
    return header


def _numbers_columns(row: View) -> bool:
    """ "(1) | (2) | (3)" under a header: all of its cells are numbers."""
    return len(row.content) > 1 and all(is_arabic_ordinal(cell.text) for cell in row.cells if cell.text)


def _may_number(text: str) -> bool:
    """Short, and neither the dots of a blank form, nor a section's letter, nor the mark of its example."""
    roman = is_ordinal(text) and not is_arabic_ordinal(text)
    return len(text) <= _LONGEST_NUMBER and any(map(str.isalnum, text)) and not roman and not marks_example(text)


def _coded(texts: Sequence[str]) -> int:
    """How many of the texts are codes that count on, all with the same letters: "SK01", "SK02"."""
    found = [code for text in texts if (code := _CODE.fullmatch(text.strip())) is not None]
    counted = [int(code[2]) for code in found]
    same = len({code[1] for code in found}) == 1
    return len(found) if same and counted == list(range(counted[0], counted[0] + len(counted))) else 0


def first_number(header: Header, grid: Grid) -> tuple[int | None, int]:
    """The first number of the grid's rows, and how many rows of many cells stand over it."""
    before = 0
    for row in (view(header, cells) for cells in grid.rows):
        if is_arabic_ordinal(row.number):
            return number_in(row.number), before
        before += len(row.content) * 2 >= len(header.leaves)
    return None, before
