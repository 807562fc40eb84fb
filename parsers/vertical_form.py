"""Label/value forms, one for each initiative, in place of a table (FORMS.md, "Shapes met").

The labels are the campaign's column names. They stand in cells beside their values (several initiatives may stand side
by side), or begin lines: "Tên sáng kiến: …".
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dossier.campaign import NO, TITLE
from dossier.model import Row
from parsers.columns import ColumnNames
from parsers.content import Content, Grid, Line, Origin
from parsers.wording import is_ordinal, join_lines

_SHARE = 0.5
"""Least part of a label's letters that its column's synonyms cover."""
_LABEL_ALONE = 60
_NUMBERED = re.compile(r"\s*(?:[-+*•]|(?:\d{1,2}|[IVXa-zA-Z])(?:\.\d{1,2})*\s*[.)/])\s*")
_LABELLED = re.compile(r"([^:]{2,80}?)\s*:\s*(.*)")


@dataclass(frozen=True, slots=True)
class Forms:
    """What a file's forms hold."""

    columns: Mapping[str, str]
    """Column key → label as written."""
    rows: tuple[Row, ...]
    used: frozenset[int]
    """Places in Content.blocks."""


@dataclass(frozen=True, slots=True)
class _Pair:
    label: str
    key: str | None
    value: str


@dataclass(slots=True)
class _Form:
    place: str
    cells: dict[str, str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)

    def row(self, columns: Mapping[str, str]) -> Row:
        cells = {key: join_lines(self.cells.get(key, "")) for key in columns}
        extra = {label: joined for label, text in self.extra.items() if (joined := join_lines(text))}
        return Row(cells, extra, self.place)

    @property
    def filled(self) -> bool:
        return any(text.strip() for key, text in self.cells.items() if key != NO)


@dataclass(slots=True)
class _Collected:
    names: ColumnNames
    columns: dict[str, str] = field(default_factory=dict)
    forms: list[_Form] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    def add(self, pairs: Sequence[_Pair], place: str) -> None:
        """Pairs in reading order; a label that was answered before begins another initiative."""
        form = _Form(place)
        self.forms.append(form)
        first: str | None = None
        for pair in pairs:
            if pair.key is None:
                form.extra[pair.label] = "\n".join(
                    part for part in (form.extra.get(pair.label, ""), pair.value) if part
                )
                continue
            if pair.key in form.cells and pair.key == first:
                form = _Form(place)
                self.forms.append(form)
            first = first or pair.key
            self.columns.setdefault(pair.key, pair.label)
            if form.cells.get(pair.key, "").strip():
                form.extra[_unused(pair.label, form.extra)] = pair.value
            else:
                form.cells[pair.key] = pair.value

    def forms_found(self) -> Forms | None:
        if TITLE not in self.columns and len(self.columns.keys() & self.names.mandatory) < 2:
            return None
        rows = tuple(form.row(self.columns) for form in self.forms if form.filled)
        return Forms(self.columns, rows, frozenset(self.used))


def read_forms(content: Content, names: ColumnNames) -> Forms | None:
    """Forms in grids; None where there are none."""
    collected = _Collected(names)
    for place, block in enumerate(content.blocks):
        if isinstance(block, Grid) and (label_column := _label_column(block, names)) is not None:
            collected.used.add(place)
            where = f"{block.sheet}, dòng {block.first_row}" if block.sheet else _page(block.page, len(collected.used))
            for pairs in _initiatives(block, label_column, names):
                collected.add(pairs, where)
    return collected.forms_found() if collected.used else None


def _page(page: int | None, count: int) -> str:
    return f"trang {page}" if page is not None else f"bảng {count}"


def _label_column(grid: Grid, names: ColumnNames) -> int | None:
    """The grid's column that holds labels: at least three, of which two are of mandatory columns."""
    best: tuple[int, int] | None = None
    for column in range(min(3, len(grid.rows[0]) - 1 if grid.rows else 0)):
        keys = {key for row in grid.rows if (key := _label_key(row[column].text, names)) is not None}
        if len(keys - {NO}) >= 3 and len(keys & names.mandatory) >= 2 and (best is None or len(keys) > best[0]):
            best = (len(keys), column)
    return None if best is None else best[1]


def _label_key(text: str, names: ColumnNames) -> str | None:
    label = _label(text)
    matches = names.matches(label) if label and len(label) <= 2 * _LABEL_ALONE else ()
    return matches[0].key if matches and matches[0].share >= _SHARE else None


def _label(text: str) -> str:
    return _NUMBERED.sub("", join_lines(text), count=1).rstrip(" :.…")


def _initiatives(grid: Grid, label_column: int, names: ColumnNames) -> Iterator[list[_Pair]]:
    """The pairs of every initiative: one for each column of values, most often a single one."""
    width = len(grid.rows[0])
    for column in _value_columns(grid, label_column, names):
        pairs: list[_Pair] = []
        for row in grid.rows:
            label, value = row[label_column], row[column]
            text = _label(label.text)
            merged = all(cell.origin is Origin.LEFT for cell in row[label_column + 1 :])
            if not text or (merged and width > 1) or label.origin is Origin.LEFT:
                continue
            if label.origin is Origin.ABOVE and pairs:
                last = pairs.pop()
                pairs.append(_Pair(last.label, last.key, f"{last.value}\n{value.text}"))
            else:
                pairs.append(_Pair(text, _label_key(label.text, names), value.text))
        yield pairs


def _value_columns(grid: Grid, label_column: int, names: ColumnNames) -> list[int]:
    """Columns right of the labels that hold answers of their own to "title", or the next one."""
    columns = []
    for column in range(label_column + 1, len(grid.rows[0])):
        own = [row for row in grid.rows if row[column].origin is not Origin.LEFT and row[column].text.strip()]
        answered = {_label_key(row[label_column].text, names) for row in own}
        if TITLE in answered and len(answered - {None}) * 2 >= 3:
            columns.append(column)
    return columns or [label_column + 1]


def read_line_forms(content: Content, names: ColumnNames) -> Forms | None:
    """Forms in running text, each label at the beginning of a line; None where there are none."""
    collected = _Collected(names)
    pairs: list[_Pair] = []
    for place, block in enumerate(content.blocks):
        if not isinstance(block, Line):
            continue
        text = join_lines(block.text)
        pair = _labelled(text, names)
        if pair is not None:
            pairs.append(pair)
            collected.used.add(place)
        elif pairs and pairs[-1].key is not None and not _is_new_part(text):
            last = pairs.pop()
            pairs.append(_Pair(last.label, last.key, f"{last.value}\n{text}"))
            collected.used.add(place)
    keys = {pair.key for pair in pairs}
    if len(keys & names.mandatory) < min(3, len(names.mandatory)):
        return None
    collected.add(pairs, "")
    return collected.forms_found()


def _labelled(text: str, names: ColumnNames) -> _Pair | None:
    found = _LABELLED.fullmatch(_NUMBERED.sub("", text, count=1))
    if found is None:
        return None
    key = _label_key(found[1], names)
    return None if key is None else _Pair(found[1], key, found[2])


def _is_new_part(text: str) -> bool:
    """A heading between two forms, or what follows the last one."""
    return text.isupper() or (is_ordinal(text.rsplit(" ", 1)[-1]) and len(text) <= _LABEL_ALONE)


def _unused(label: str, extra: Mapping[str, str]) -> str:
    count = 1
    while (name := label if count == 1 else f"{label} ({count})") in extra:
        count += 1
    return name
