"""Label/value forms, one for each initiative, in place of a table (FORMS.md, "Shapes met").

The labels are the campaign's column names. They stand in cells beside their values (several initiatives may stand side
by side), or begin lines: "Tên sáng kiến: …".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from dossier.campaign import AUTHOR, TITLE
from dossier.model import Row
from parsers.columns import ColumnNames
from parsers.content import Cell, Content, Grid, Line, Origin
from parsers.form_answers import BREAK, Form, Pair, settle_forms, unasked
from parsers.form_headings import numbers_initiative
from parsers.form_labels import (
    LABELLED,
    asked_for,
    columns_of,
    forms_apart,
    is_short,
    known_labels,
    label_columns,
    label_of,
    match_of,
    spoken_whole,
    without_headings,
)
from parsers.form_lines import pairs_of_lines
from parsers.form_mending import with_questions_within, with_whole_labels
from parsers.form_texts import holds_answers
from parsers.lines_beside import grids_of_lines

NOT_ASKED = "no question is known to ask for “{}”, and unknown ones have answers"
_BESIDE = "a form has several answers beside each other, and they were taken for one"
_BETWEEN_PAGES = 6
"""Lines that may stand at the foot of a page and the head of the next, within a form."""


@dataclass(frozen=True, slots=True)
class Forms:
    """What a file's forms hold."""

    columns: Mapping[str, str]
    """Column key → label as written."""
    rows: tuple[Row, ...]
    used: frozenset[int]
    """Places in Content.blocks."""
    doubts: tuple[str, ...] = ()


@dataclass(slots=True)
class Collected:
    """The forms of a file while they are read."""

    names: ColumnNames
    forms: list[Form] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    doubts: list[str] = field(default_factory=list)

    def add(self, pairs: Sequence[Pair], place: str, *, more: bool = False) -> None:
        """Pairs in reading order. `more`: they go on with the last form."""
        form = self.forms[-1] if more and self.forms else None
        if form is not None and pairs and pairs[0].label[:1].islower():
            pairs = [Pair("", pairs[0].value), *pairs[1:]]  # the rest of a label that the page's end cut in two
        parted = False
        for pair in pairs:
            if pair is BREAK:
                parted = True
                continue
            if form is None or form.answers(pair) or (parted and form.asks(pair)):
                form = Form(place)
                self.forms.append(form)
            form.put(pair)
            parted = False

    def forms_found(self) -> Forms | None:
        with_whole_labels(self.forms)
        with_questions_within(self.forms)
        doubts = (*dict.fromkeys(self.doubts), *settle_forms(self.forms, self.names))
        forms = [form for form in self.forms if form.filled]
        columns: dict[str, str] = {}
        for form in self.forms:
            for key, pair in form.labels.items():
                columns.setdefault(key, pair.label)
        if TITLE not in columns and len(columns.keys() & self.names.mandatory) < 2:
            return None
        doubts += unasked(forms, self.names.mandatory & columns.keys())
        if any(text.strip() for form in forms for text in form.extra.values()):
            doubts += tuple(NOT_ASKED.format(key) for key in sorted(self.names.mandatory - columns.keys()))
        return Forms(columns, tuple(form.row(columns) for form in forms), frozenset(self.used), doubts)


def read_forms(content: Content, names: ColumnNames) -> Forms | None:
    """Forms in grids; None where there are none."""
    collected = Collected(names)
    before: tuple[Grid, list[int]] | None = None
    blocks = without_headings(content.blocks, names)
    known = known_labels(blocks, names)
    grids = ((place, block) for place, block in enumerate(blocks) if isinstance(block, Grid) and block.rows)
    for place, block in ((place, part) for place, grid in grids for part in forms_apart(grid, names)):
        if holds_answers(block):
            continue
        columns = label_columns(block, names) or columns_of(block, known) or _begins(block, blocks[place + 1 :], names)
        more = before is not None and not columns and _goes_on(block, *before, names)
        if before is not None and (more or _is_rest(block, columns, before[0], collected, names)):
            columns, more = [column for column in before[1] if column + 1 < len(block.rows[0])] or columns, True
        if columns:
            collected.used.add(place)
            before = block, columns
            where = f"{block.sheet}, dòng {block.first_row}" if block.sheet else _page(block.page, len(collected.used))
            collected.doubts += _answers_beside(block, columns, names)
            for pairs in _initiatives(block, columns, names):
                collected.add(pairs, where, more=more)
    return collected.forms_found() if collected.used else None


def _goes_on(grid: Grid, before: Grid, columns: list[int], names: ColumnNames) -> bool:
    """Whether a grid that is too short to be told as a form is the end of the one on the page before."""
    if grid.page is None or before.page is None or grid.page <= before.page:
        return False
    if len(grid.rows[0]) != len(before.rows[0]):
        return False
    labels = [row[column].text for row in grid.rows for column in columns]
    return not labels[0].strip() or any(match_of(label, names) for label in labels)


def _begins(grid: Grid, following: Sequence[Line | Grid], names: ColumnNames) -> list[int]:
    """The label columns of a grid that is too short to be told as a form and is finished on the next page."""
    after = next((block for block in following[:_BETWEEN_PAGES] if isinstance(block, Grid) and block.rows), None)
    if after is None or grid.page is None or after.page != grid.page + 1 or len(after.rows[0]) != len(grid.rows[0]):
        return []
    columns = label_columns(after, names) or label_columns(Grid((*grid.rows, *after.rows)), names)
    if not columns:
        return []
    keys, rest = (_keys(one, columns, names) for one in (grid, after))
    return columns if keys and not keys & rest else []


def _keys(grid: Grid, columns: Sequence[int], names: ColumnNames) -> set[str]:
    """Columns that its labels name, without the rest of a label that the page's end cut in two."""
    rows = grid.rows[1:] if label_of(grid.rows[0][columns[0]].text)[:1].islower() else grid.rows
    matches = (match_of(row[column].text, names) for row in rows for column in columns)
    return {match.key for match in matches if match is not None}


def _is_rest(grid: Grid, columns: list[int], before: Grid, collected: Collected, names: ColumnNames) -> bool:
    """Whether the first form on a new page answers only what the form before it left open."""
    if not columns or grid.page is None or before.page is None or grid.page <= before.page:
        return False
    label, *values = (cell.text.strip() for cell in grid.rows[0][columns[0] :])
    if not label and any(values):
        return True  # the rest of an answer
    last = collected.forms[-1]
    asked = {*last.extra, *(pair.label for pair in last.labels.values())}
    first = _first_form(grid, columns, names)
    labels = {label_of(row[column].text) for row in first.rows for column in columns}
    return not _keys(first, columns, names) & last.labels.keys() and labels.isdisjoint(asked - {""})


def _first_form(grid: Grid, columns: Sequence[int], names: ColumnNames) -> Grid:
    """The rows up to the one that parts a form from the next, or that asks once more."""
    asked: set[str] = set()
    for number, row in enumerate(grid.rows):
        keys = {match.key for column in columns if (match := match_of(row[column].text, names)) is not None}
        if number and (keys & asked or all(cell.origin is Origin.LEFT for cell in row[columns[0] + 1 :])):
            return replace(grid, rows=grid.rows[:number])
        asked |= keys
    return grid


def _page(page: int | None, count: int) -> str:
    return f"trang {page}" if page is not None else f"bảng {count}"


def _initiatives(grid: Grid, columns: list[int], names: ColumnNames) -> Iterator[list[Pair]]:
    """The pairs of every initiative: one for each column of values where several stand side by side."""
    values = _value_columns(grid, columns, names)
    groups = [grid.rows] if len(values) == 1 else _groups(grid, columns[0], names)
    for rows, value in product(groups, values):
        pairs: list[Pair] = []
        for row in rows:
            first = row[columns[0]]
            if all(cell.origin is Origin.LEFT for cell in row[columns[0] + 1 :]):
                pairs.append(BREAK)
                continue
            for place, column in enumerate(columns):
                end = columns[place + 1] if place + 1 < len(columns) else len(row)
                cells = [row[value]] if value is not None else row[column + 1 : end]
                text = "\n".join(cell.text for cell in cells if cell.origin is not Origin.LEFT and cell.text.strip())
                if row[column].origin is Origin.LEFT or (place and row[column] == first):
                    continue
                label = "" if row[column].origin is Origin.ABOVE else label_of(row[column].text)
                if label or text:
                    asks = bool(label) and not numbers_initiative(text, names)
                    pairs.append(Pair(label, text, match_of(row[column].text, names) if asks else None))
        yield pairs


def _groups(grid: Grid, column: int, names: ColumnNames) -> list[list[tuple[Cell, ...]]]:
    """The rows of each group of initiatives side by side: one under the other, they ask the same again."""
    groups: list[list[tuple[Cell, ...]]] = [[]]
    asked: set[str] = set()
    for row in grid.rows:
        label = label_of(row[column].text)
        if row[column].origin is Origin.OWN and label in asked:
            groups.append([])
            asked.clear()
        if row[column].origin is Origin.OWN and match_of(label, names) is not None:
            asked.add(label)
        groups[-1].append(row)
    return groups


def _value_columns(grid: Grid, columns: list[int], names: ColumnNames) -> list[int | None]:
    """Columns that each answer for an initiative of its own; [None] where all values are of one."""
    if len(columns) > 1:
        return [None]
    answering: list[int | None] = []
    answered = _answered(grid, range(columns[0] + 1, len(grid.rows[0])))  # titles over the form are in the grid, too
    for column in range(columns[0] + 1, len(grid.rows[0])):
        own = _answered(grid, [column])
        matches = [match for row in own if (match := match_of(row[columns[0]].text, names)) is not None]
        keys = {match.key for match in matches}
        whole = AUTHOR in keys and len(own) * 5 >= len(answered) * 4  # the title may be asked in unknown words
        if (TITLE in keys or whole) and len(matches) >= 2:
            answering.append(column)
    return answering if len(answering) > 1 else [None]


def _answered(grid: Grid, columns: Sequence[int]) -> list[tuple[Cell, ...]]:
    """The rows with a text of their own in one of the columns."""
    return [
        row
        for row in grid.rows
        if any(row[column].origin is not Origin.LEFT and row[column].text.strip() for column in columns)
    ]


def _answers_beside(grid: Grid, columns: list[int], names: ColumnNames) -> list[str]:
    """A doubt where most questions have several answers beside each other, and they are taken for one."""
    if len(columns) > 1 or _value_columns(grid, columns, names) != [None]:
        return []
    beside = range(columns[0] + 1, len(grid.rows[0]))
    most = len(_answered(grid, beside)) / 2
    several = sum(len(_answered(grid, [column])) > most for column in beside)
    return [_BESIDE] if several > 1 else []


def read_line_forms(content: Content, names: ColumnNames) -> Forms | None:
    """Forms in running text, each label at the beginning of a line; None where there are none."""
    collected = Collected(names)
    found = pairs_of_lines(content, names)
    collected.used |= found.used
    labels = [pair.label for pair in found.pairs if pair.label]
    keys = asked_for(labels, names)
    if len(keys & names.mandatory) < min(2, len(names.mandatory)) and not spoken_whole(labels, names):
        return None
    collected.add(found.pairs, "")
    forms = collected.forms_found()
    if forms is None:
        return None
    lacking = sorted(names.mandatory - forms.columns.keys()) if _asks_besides(content, found.used) else ()
    besides = (doubt for key in lacking if (doubt := NOT_ASKED.format(key)) not in forms.doubts)
    return replace(forms, doubts=(*forms.doubts, *found.doubts, *besides))


def _asks_besides(content: Content, used: frozenset[int]) -> bool:
    """Whether a line that is no part of a form has a short label and an answer: what is lacking may stand there."""
    lines = (block.text for place, block in enumerate(content.blocks) if isinstance(block, Line) and place not in used)
    found = (LABELLED.fullmatch(label_of(text)) for text in lines)
    return any(one is not None and is_short(one[1]) and bool(one[2]) for one in found)


def read_forms_beside(content: Content, names: ColumnNames) -> Forms | None:
    """Forms of lines side by side, label and answer; None where there are none."""
    found = grids_of_lines(content)
    if not found:
        return None
    places, grids = list(found), [grid for grid, _ in found.values()]
    forms = read_forms(replace(content, blocks=tuple(grids)), names)
    if forms is None:
        return None
    used = (found[places[number]][1] for number in forms.used)
    return replace(forms, used=frozenset().union(*used))
