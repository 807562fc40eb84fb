"""Which lines of a table without ruling lines are one row of it.

A row begins where the first column counts on. Where nothing counts: where a column holds text again that the line above
left blank, since the lines of a cell follow each other without a gap; or where lines end although the next word would
have found room.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from parsers.pdf_lines import Row, row_text

_NUMBER = re.compile(r"[(\[]?([^\W\d_]{0,4})[ ./-]?(\d{1,4})\s?[.):/\]-]{0,2}")
_SECTION = re.compile(r"(?:[IVX]{1,5}|[A-H])\s?[.):/-]?")
_LEAST_INDEX = 3
_LEAST_BELOW = 3
"""Lines that only go on with cells above them, in a table that counts nothing: else it may be anything."""
_LEAST_ROWS = 2
_MOST_FIRST = 20
"""Texts that may be the first number."""

Lines = Sequence["TextLine | None"]
"""None: a line over several columns."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a page by the columns of a table."""

    cells: tuple[Row, ...]
    columns: tuple[tuple[float, float], ...]
    """Left and right end of each."""

    @property
    def filled(self) -> frozenset[int]:
        return frozenset(place for place, words in enumerate(self.cells) if words)

    @property
    def is_bold(self) -> bool:
        return all(word.bold for words in self.cells for word in words)

    def ends_early(self, below: "TextLine", place: int) -> bool:
        """Whether the first word of the line below would have found room behind the last one of this."""
        last, first = self.cells[place][-1].box, below.cells[place][0].box
        space = 0.3 * (last.bottom - last.top)
        return last.x1 + space + (first.x1 - first.x0) < self.columns[place][1]


def rows_of_table(lines: Lines) -> list[list[int]]:
    """The numbers of the lines of every row, the header's first; [] where the lines are no table."""
    starts = _counted(lines) or _uncounted(lines)
    if not starts:
        return []
    heads = [number for number in range(starts[0]) if _is_index(lines[number])]
    wide = [number for number, line in enumerate(lines) if line is None or _names_section(line)]
    after = [number + 1 for number in (*wide, *heads)]
    begins = sorted({0, *_below_header(lines[: starts[0]]), *starts, *heads, *wide, *after, len(lines)})
    rows = [[*range(one, other)] for one, other in pairwise(begins) if one < other <= len(lines)]
    return _without_end(lines, [row for row in rows if row[0] <= starts[-1]])


def _names_section(line: TextLine) -> bool:
    """ "II | CĐCS Trung tâm Y tế" amid the rows: a Roman number or a letter with one text."""
    return line.filled == {0, 1} and _SECTION.fullmatch(row_text(line.cells[0])) is not None


def _counted(lines: Lines) -> list[int]:
    """Lines whose first column counts on."""
    numbered: list[tuple[int, tuple[str, int]]] = []
    for number, line in enumerate(lines):
        found = None if line is None or _is_index(line) else _NUMBER.fullmatch(row_text(line.cells[0]))
        if found is not None and int(found[2]):
            numbered.append((number, (found[1], int(found[2]))))
    chains = [_counting(numbered[first:]) for first in range(min(len(numbered), _MOST_FIRST))]
    starts = max(chains, key=len, default=[])
    several = len(starts) >= _LEAST_ROWS
    return starts if several or (starts and _goes_on_below(lines)) else []


def _counting(numbered: Sequence[tuple[int, tuple[str, int]]]) -> list[int]:
    starts: list[int] = []
    wanted = numbered[0][1]
    for number, code in numbered:
        if code == wanted:
            starts.append(number)
            wanted = code[0], code[1] + 1
    return starts


def _below_header(lines: Lines) -> list[int]:
    """Where, under a header repeated on a page, the rest of a row begins that the page before began."""
    bold = [line is not None and line.is_bold for line in lines]
    return [bold.index(False)] if bold[:1] == [True] and False in bold else []


def _uncounted(lines: Lines) -> list[int]:
    if not _goes_on_below(lines):
        return []
    first = next((number for number, line in enumerate(lines) if line is not None and not line.is_bold), 0)
    starts = [first]
    for number in range(first + 1, len(lines)):
        above, line = lines[number - 1], lines[number]
        if line is not None and (above is None or _begins(above, line)):
            starts.append(number)
    return starts


def _begins(above: TextLine, line: TextLine) -> bool:
    if line.filled - above.filled:
        return True
    early = sum(above.ends_early(line, place) for place in line.filled)
    return early * 2 > len(line.filled) and len(line.filled) > 1


def _goes_on_below(lines: Lines) -> bool:
    """Whether lines follow that only go on with cells above them."""
    pairs = [(above, line) for above, line in pairwise(lines) if above is not None and line is not None]
    below = (line.filled <= above.filled and len(line.filled) * 2 <= len(line.cells) for above, line in pairs)
    return sum(below) >= _LEAST_BELOW


def _is_index(line: TextLine | None) -> bool:
    """ "(1) (2) (3)" under the header."""
    if line is None or len(line.filled) < _LEAST_INDEX:
        return False
    return all(_NUMBER.fullmatch(row_text(words)) for words in line.cells if words)


def _without_end(lines: Lines, rows: list[list[int]]) -> list[list[int]]:
    """Without what stands under the table and in none of its cells: a signature."""
    *_, last = rows
    for number in last[1:]:
        above, line = lines[number - 1], lines[number]
        bold = line is not None and line.is_bold and above is not None and not above.is_bold
        if line is None or above is None or bold or not line.filled & above.filled:
            return [*rows[:-1], [one for one in last if one < number]]
    return rows
