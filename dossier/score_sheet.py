"""The sheet that an examiner fills in, and what a filled one says: every mistake named by its cell, nothing guessed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dossier.examination import Criterion, Examination, points_of, wrong_points

MARK = "hoso-score-sheet"
"""In the first cell of the row that tells the columns; that row is hidden."""
CODE, CHECK, NOTE = "code", "check", "note"
"""Keys of columns in that row, beside those of the criteria behind POINTS; whose sheet it is stands behind EXAMINER."""
POINTS, EXAMINER = "points:", "examiner:"
_PLACE = re.compile(r"(?P<dossier>[^/\s]{1,60})/(?P<row>[1-9]\d{0,6})")
_LEAST = Decimal("0.0001")

Value = str | float | None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One initiative of a blank sheet."""

    code: str
    """ "SK39-003/2"."""
    union: str
    author: str
    title: str
    summary: str
    benefit: str
    check: str
    """Digest of its cells: whether it is still what the examiner saw."""
    points: Mapping[str, Decimal]
    """What the examiner gave before, to be changed."""
    note: str


@dataclass(frozen=True, slots=True)
class Sheet:
    campaign: str
    """Its key."""
    programme: str
    examiner: str
    examination: Examination
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True)
class FilledRow:
    cell: str
    """Of the code, for errors: "B9"."""
    dossier: str
    row: int
    check: str
    points: Mapping[str, Decimal]
    note: str


@dataclass(frozen=True, slots=True)
class Filled:
    examiner: str
    rows: tuple[FilledRow, ...]
    """Those with points."""


class SheetError(Exception):
    """A filled sheet that is not taken; for whoever filled it in. `problems`: one sentence each, with the cell."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


def mark(campaign: str) -> str:
    """What stands in the first cell of the hidden row."""
    return f"{MARK} 1 {campaign}"


def filled(cells: Sequence[Sequence[Value]], campaign: str, examination: Examination) -> Filled:
    """What a sheet of the campaign says. Raises SheetError with all that is wrong."""
    start, columns = _hidden_row(cells, campaign)
    examiner = next((one.removeprefix(EXAMINER).strip() for one in columns if one.startswith(EXAMINER)), "")
    criteria = {one.key: columns.get(f"{POINTS}{one.key}") for one in examination.criteria}
    known = {f"{POINTS}{one.key}" for one in examination.criteria}
    if None in criteria.values() or {key for key in columns if key.startswith(POINTS)} != known:
        raise SheetError(["the criteria were changed since the sheet was written: write a new one"])
    problems: list[str] = []
    rows: list[FilledRow] = []
    seen: dict[str, str] = {}
    for place in range(start + 2, len(cells)):
        if (row := _row(cells, place, columns, examination, problems)) is None:
            continue
        code = f"{row.dossier}/{row.row}"
        if code in seen:
            problems.append(f"{row.cell}: {code} stands in {seen[code]} too: keep one row")
        seen[code] = row.cell
        rows.append(row)
    if problems:
        raise SheetError(problems)
    return Filled(examiner, tuple(rows))


def cell_name(row: int, column: int) -> str:
    """ "B9" for row 8 and column 1, both from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def _hidden_row(cells: Sequence[Sequence[Value]], campaign: str) -> tuple[int, dict[str, int]]:
    """Its place, and the columns by key."""
    for place, row in enumerate(cells[:20]):
        first = row[0] if row else None
        if isinstance(first, str) and first.startswith(MARK):
            if first != mark(campaign):
                raise SheetError([f"A{place + 1}: the sheet is of another campaign than {campaign}"])
            columns = {value: column for column, value in enumerate(row) if isinstance(value, str)}
            if not {CODE, CHECK, NOTE} <= set(columns):
                break
            return place, columns
    raise SheetError(["it is no sheet that `hoso score-sheet` wrote, or its hidden row was removed: write a new one"])


def _row(
    cells: Sequence[Sequence[Value]],
    place: int,
    columns: Mapping[str, int],
    examination: Examination,
    problems: list[str],
) -> FilledRow | None:
    """None where nothing is filled in, or something is wrong with it."""
    note = _text(cells, place, columns[NOTE])
    held = {one: columns[f"{POINTS}{one.key}"] for one in examination.criteria}
    blank = [one for one, column in held.items() if _value(cells, place, column) is None]
    if len(blank) == len(held):
        if note:
            problems.append(f"{cell_name(place, columns[NOTE])}: a note without points: give points, or empty it")
        return None
    before = len(problems)
    problems += (
        f"{cell_name(place, held[one])}: no points for “{one.label}”: fill it in, or empty the whole row"
        for one in blank
    )
    points = dict(_points(cells, place, held, examination.step, problems))
    cell, code = cell_name(place, columns[CODE]), _text(cells, place, columns[CODE])
    told = _PLACE.fullmatch(code)
    if told is None:
        problems.append(f"{cell}: {code or 'an empty cell'} is no code of an initiative: write a new sheet")
    if told is None or len(problems) > before:
        return None
    check = _text(cells, place, columns[CHECK])
    return FilledRow(cell, told["dossier"], int(told["row"]), check, points, note)


def _points(
    cells: Sequence[Sequence[Value]],
    place: int,
    held: Mapping[Criterion, int],
    step: Decimal,
    problems: list[str],
) -> Iterator[tuple[str, Decimal]]:
    for criterion, column in held.items():
        value, cell = _value(cells, place, column), cell_name(place, column)
        if value is None:
            continue
        given = _decimal(value)
        if given is None:
            problems.append(f"{cell}: {str(value)[:40]} is no number from 0 on")
        elif (problem := wrong_points(criterion, given, step)) is not None:
            problems.append(f"{cell}: {problem}")
        else:
            yield criterion.key, given


def _decimal(value: str | float) -> Decimal | None:
    """Of a number as a spreadsheet holds it: 0.1 + 0.2 is meant as 0.3."""
    if isinstance(value, str):
        return points_of(value)
    if not -1e6 < value < 1e6:
        return None
    return Decimal(repr(value)).quantize(_LEAST).normalize()


def _value(cells: Sequence[Sequence[Value]], row: int, column: int) -> Value:
    value = cells[row][column] if column < len(cells[row]) else None
    return None if isinstance(value, str) and not value.strip() else value


def _text(cells: Sequence[Sequence[Value]], row: int, column: int) -> str:
    value = _value(cells, row, column)
    return "" if value is None else str(value).strip()
