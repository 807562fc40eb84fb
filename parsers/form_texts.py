"""The pieces of a file in which forms ask and are answered, in the order in which they are to be read.

Two questions may stand on one line, parted by a tab, by blanks, by a dotted line or by nothing but the next question's
name; two forms may stand beside each other, on a page or in the columns of a table.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.columns import ColumnNames
from parsers.content import Box, Cell, Content, Grid, Line, Origin
from parsers.dotted_lines import LONG, asked_by_dots
from parsers.form_answers import SHORT_ANSWERS
from parsers.form_labels import LABELLED, NUMBERED, is_short, match_of
from parsers.wording import join_lines, lines_of

_GAP = re.compile(
    rf"(?:\t+|[ \u00a0]{{3,}}|(?:{LONG}|…)[ \t\u00a0]*)(?=(?:\d{{1,2}}[.)]|[-+•*])?\s*[^\W\d_][^:….·_\t?]{{1,80}}:)"
)
_NAMED = 0.6
"""Least part of a question's letters that its column's synonyms cover, where nothing but its name parts it."""
_ASKING = 0.8
"""Of the cells of a grid: others stand over them."""
_COLUMN = 0.85
"""Least part of a sheet's rows that hold one cell."""
_MOST_ROWS = 60
"""By which it is told."""
_BEFORE = " \t;,-–."
_LEAST_ROWS = 3
_NEAR = 3.0
"""Points between left edges of one column."""

Placed = tuple[int, Line]


@dataclass(frozen=True, slots=True)
class FormText:
    place: int
    """In Content.blocks."""
    text: str
    cell: bool
    """It fills a cell: what follows it is another question, or its answer."""
    bold: bool = False
    beside: bool = False
    """Another question stands on its line."""
    whole: str = ""
    """The text of a cell with its lines kept."""


def form_texts(content: Content, names: ColumnNames) -> Iterator[FormText]:
    """Lines, the cells of grids of one column, and those of grids whose cells hold questions with their answers."""
    run: list[Placed] = []
    for place, block in enumerate(content.blocks):
        if isinstance(block, Line):
            if run and run[-1][1].page != block.page:
                yield from _of_lines(run, names)
                run = []
            run.append((place, block))
            continue
        yield from _of_lines(run, names)
        run = []
        if _is_column(block):
            for row in block.rows:
                yield from _of_row(place, row)
        elif holds_answers(block):
            yield from _of_cells(place, block, names)
    yield from _of_lines(run, names)


def holds_answers(grid: Grid) -> bool:
    """Whether nearly all cells of a grid of several columns are questions with their answers behind a colon."""
    rows = grid.rows[:_MOST_ROWS]
    cells = [cell for row in rows for cell in row if cell.origin is Origin.OWN and cell.text.strip()]
    if sum(":" in cell.text for cell in cells) < _ASKING * len(cells):
        return False
    asking = [[_label(line) for line in lines_of(cell.text)] for cell in cells]
    first = sum(bool(labels and labels[0]) for labels in asking) >= _ASKING * len(cells)
    answered = sum(not cell.text.rstrip(" .…_").endswith(":") for cell in cells)
    count = sum(bool(label) for labels in asking for label in labels)
    return first and len(cells) > 1 and count >= _LEAST_ROWS and answered * 2 > len(cells)


def _is_column(grid: Grid) -> bool:
    """Whether its cells stand one under the other; in a sheet a letterhead and signatures may stand around them."""
    if grid.sheet is None:
        return all(bool(row) and all(cell.origin is Origin.LEFT for cell in row[1:]) for row in grid.rows)
    filled = [count for row in grid.rows if (count := sum(map(_is_filled, row)))]
    return sum(count == 1 for count in filled) >= _COLUMN * len(filled)


def _is_filled(cell: Cell) -> bool:
    return cell.origin is not Origin.LEFT and bool(cell.text.strip())


def _of_row(place: int, row: Sequence[Cell]) -> Iterator[FormText]:
    cells = [cell for cell in row if _is_filled(cell)] or row[:1]
    for cell in cells:
        yield FormText(place, join_lines(cell.text), cell=True, whole=cell.text)


def _of_cells(place: int, grid: Grid, names: ColumnNames) -> Iterator[FormText]:
    """Column by column where two columns ask the same, else row by row."""
    columns = [[cell for cell in column if cell.origin is Origin.OWN] for column in zip(*grid.rows, strict=True)]
    asked = [
        {label for cell in column for line in lines_of(cell.text) if (label := _label(line))} for column in columns
    ]
    again = any(one & other for number, one in enumerate(asked) for other in asked[:number])
    rows = [[cell for cell in row if cell.origin is Origin.OWN] for row in grid.rows]
    for cells in columns if again else rows:
        for cell in cells:
            lines = lines_of(cell.text)
            each = all(map(_label, lines))
            for number, line in enumerate(lines):
                for text in questions_on(line, names):
                    yield FormText(place, join_lines(text), cell=False, beside=each or not number)


def _of_lines(run: Sequence[Placed], names: ColumnNames) -> Iterator[FormText]:
    for placed, beside in _ordered(run):
        place, line = placed
        parts = questions_on(line.text, names)
        for text in parts:
            yield FormText(place, join_lines(text), cell=False, bold=line.bold, beside=beside or len(parts) > 1)


def _ordered(run: Sequence[Placed]) -> Iterator[tuple[Placed, bool]]:
    """Lines of one page, form by form and question by question, and whether another question stands beside each."""
    rows = list(_rows(run))
    edge = _second_form(rows)
    if edge is None:
        yield from _in_columns(rows)
        return
    first = next(number for number, row in enumerate(rows) if _asks_twice(row))
    yield from _in_columns(rows[:first])
    for right in (False, True):
        column = [[each for each in row if (_left(each[1]) >= edge) is right] for row in rows[first:]]
        yield from _in_columns([row for row in column if row])


def _rows(run: Sequence[Placed]) -> Iterator[list[Placed]]:
    row: list[Placed] = []
    for placed in run:
        if row and not _is_beside(row[-1][1].box, placed[1].box):
            yield row
            row = []
        row.append(placed)
    if row:
        yield row


def _is_beside(one: Box | None, other: Box | None) -> bool:
    if one is None or other is None:
        return False
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared * 2 > min(one.bottom - one.top, other.bottom - other.top)


def _left(line: Line) -> float:
    return 0.0 if line.box is None else line.box.x0


def _asks_twice(row: Sequence[Placed]) -> bool:
    labels = [_label(line.text) for _, line in row]
    return len(labels) == 2 and bool(labels[0]) and labels[0] == labels[1]


def _second_form(rows: Sequence[Sequence[Placed]]) -> float | None:
    """The left edge of a form beside another one: lines side by side ask the same again and again."""
    edges = [_left(row[1][1]) for row in rows if _asks_twice(row)]
    if len(edges) < _LEAST_ROWS:
        return None
    edge, count = Counter(map(round, edges)).most_common(1)[0]
    return edge - _NEAR if count >= _LEAST_ROWS else None


def _in_columns(rows: Sequence[Sequence[Placed]]) -> Iterator[tuple[Placed, bool]]:
    """Under questions side by side, what goes on with the answer of each stands under that one."""
    columns: list[list[Placed]] = []
    for row in rows:
        labels = [_label(line.text) for _, line in row]
        if len(row) > 1 and all(labels):
            yield from _emptied(columns)
            columns = [[placed] for placed in row]
        elif columns and not any(labels) and all(_goes_on(columns[0][0][1], line) for _, line in row):
            for placed in row:
                under = [column for column in columns if _left(column[0][1]) <= _left(placed[1]) + _NEAR]
                under[-1].append(placed)
        else:
            yield from _emptied(columns)
            columns = []
            yield from ((placed, False) for placed in row)
    yield from _emptied(columns)


def _emptied(columns: Sequence[Sequence[Placed]]) -> Iterator[tuple[Placed, bool]]:
    for first, *rest in columns:
        yield first, True
        yield from ((placed, False) for placed in rest)


def _goes_on(above: Line, line: Line) -> bool:
    """Whether a line may go on with what stands over it: it is no heading."""
    heading = line.centred or line.text.isupper() or line.bold != above.bold
    return not heading and line.box is not None and _left(above) <= _left(line) + _NEAR


def _label(text: str) -> str:
    """The short question that a line begins with; '' where it does not."""
    found = LABELLED.fullmatch(NUMBERED.sub("", join_lines(text), count=1))
    return found[1] if found is not None and is_short(found[1]) else ""


def questions_on(line: str, names: ColumnNames) -> Sequence[str]:
    """The questions that one line asks, each with its answer; else the line."""
    parts = _GAP.sub("\n", line).split("\n") if "\n" not in line else [line]
    parts = [part.strip() for part in parts if part.strip()]
    if not (len(parts) > 1 and all(map(_label, parts))):
        parts = [line]
    return [_with_colon(text, names) for part in parts for text in _by_name(part, names)]


def _by_name(text: str, names: ColumnNames) -> list[str]:
    """ "Ngày áp dụng: 3/2021 Lĩnh vực: Y tế" cut where the second question begins; the first's answer is short."""
    parts, seen = [], set()
    while (label := _label(text)) and (match := match_of(label, names)) is not None and match.key in SHORT_ANSWERS:
        seen.add(match.key)
        cut = _next_name(text, text.index(":") + 1, names, seen)
        if not cut:
            break
        parts.append(text[:cut].rstrip(_BEFORE))
        text = text[cut:]
    return [*parts, text]


def _next_name(text: str, start: int, names: ColumnNames, seen: set[str]) -> int:
    """Where the next question begins that the campaign knows by its whole name, and that was not asked yet; 0: none."""
    end = text.find(":", start)
    if end < 0:
        return 0
    for found in re.finditer(r"(?:(?<=\s)|(?<=[.…_;,]))[^\W\d_]", text[start:end]):
        at = start + found.start()
        match = match_of(text[at:end], names) if text[at].isupper() else None
        if match is not None and match.leads and match.share >= _NAMED:
            return at if match.key not in seen and text[start:at].strip(_BEFORE) else 0
    return 0


def _with_colon(text: str, names: ColumnNames) -> str:
    """With a colon where dots stand for it, behind a question that the campaign knows."""
    found = asked_by_dots(text) if ":" not in text else None
    match = match_of(found[0], names) if found is not None and is_short(found[0]) else None
    return f"{found[0]}: {found[1]}" if found is not None and match is not None and match.leads else text
