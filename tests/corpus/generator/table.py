"""A Bảng tổng hợp in all the shapes that FORMS.md tells of, with the rows it must be read as."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.generator.initiatives import Initiative
from corpus.generator.lexicon import Lexicon
from corpus.generator.page import Align, Block, Cell, Merged, PageBreak, Paragraph, Table, cell

JUDGED = ("no", "author", "position", "title", "field", "block", "summary", "applied", "benefit")
_WIDTH = {
    "no": 1.1, "author": 3.0, "position": 2.8, "title": 4.0, "field": 2.8, "block": 2.0, "summary": 6.5, "applied": 2.3,
    "benefit": 3.2,
}  # fmt: skip
_OTHER_WIDTH = 1.9
_LETTER, _PADDING = 0.24, 0.45
"""Centimetres of a wide letter in size 10, and of what a cell keeps free."""
_ORDER = ("author", "position", "title", "field", "block", "summary", "applied", "benefit")
_GROUPS = (
    (("author", "position"), "Tác giả"),
    (("author", "position"), "Người có sáng kiến"),
    (("title", "field"), "Sáng kiến"),
    (("title", "field", "summary"), "Sáng kiến đề nghị xét"),
    (("applied", "benefit"), "Áp dụng"),
    (("summary", "applied", "benefit"), "Thông tin về sáng kiến"),
)
_ROMAN = ("I", "II", "III", "IV", "V")
_HEAD_SIZE, SIZE = 10, 10


@dataclass(frozen=True, slots=True)
class Column:
    """A column of one table: `key` is '' where no campaign asks for it."""

    key: str
    header: str
    fillings: tuple[str, ...] = ()


@dataclass(slots=True)
class Sheet:
    """One table on its way: columns and rows of text, before anyone draws it."""

    columns: list[Column]
    initiatives: list[Initiative]
    numbers: list[str]
    blanks: dict[tuple[int, str], str]
    """(row from 0, key) → what stands there in place of the text."""
    groups: Sequence[tuple[tuple[str, ...], str]] = _GROUPS

    def text(self, row: int, column: Column, rng: random.Random) -> str:
        if column.key == "no":
            return self.numbers[row]
        if not column.key:
            return rng.choice(column.fillings)
        return self.blanks.get((row, column.key), self.initiatives[row].cell(column.key))

    def truth(self) -> list[dict[str, str]]:
        """Lines of a cell are joined with one space (corpus README)."""
        keys = [column.key for column in self.columns if column.key in JUDGED]
        rows = []
        for row, one in enumerate(self.initiatives):
            texts = {key: self.blanks.get((row, key), one.cell(key)) for key in keys if key != "no"}
            numbers = {"no": self.numbers[row]} if "no" in keys else {}
            rows.append({key: " ".join(text.split()) for key, text in {**numbers, **texts}.items()})
        return rows


def columns(rng: random.Random, words: Lexicon, *, without: str = "", most: int = 12) -> list[Column]:
    """Those of one table: the mandatory ones, some others, some unknown ones, mostly in the usual order."""
    keys = ["author", "title", "summary", "applied"]
    keys += [key for key, share in (("position", 0.8), ("field", 0.7), ("block", 0.2)) if rng.random() < share]
    keys += ["benefit"] if rng.random() < 0.85 else []
    keys = sorted((key for key in keys if key != without), key=_ORDER.index)
    if rng.random() < 0.3:
        rng.shuffle(keys)
    made = [Column(key, rng.choice(words.headers[key])) for key in keys]
    for _ in range(rng.choices([0, 1, 2], [65, 25, 10])[0]):
        header, fillings = rng.choice(words.unknown_columns)
        if all(header != column.header for column in made):
            made.insert(rng.randint(1, len(made)), Column("", header, fillings))
    made = made[: most - 1]
    if rng.random() < 0.92:
        made.insert(0, Column("no", rng.choice(words.headers["no"])))
    return made


def numbers(rng: random.Random, words: Lexicon, count: int) -> list[str]:
    form = rng.choice(words.numbers)
    return [form.format(number) for number in range(1, count + 1)]


def sheet(rng: random.Random, words: Lexicon, made: Sequence[Initiative], *, without: str = "") -> Sheet:
    told = columns(rng, words, without=without)
    return Sheet(told, list(made), numbers(rng, words, len(made)), {}, words.groups or _GROUPS)


# --- How it is drawn ----------------------------------------------------------------------------------------------

Row = tuple[Cell | Merged, ...]


def header(rng: random.Random, one: Sheet, *, grouped: bool = False) -> list[Row]:
    """One row, or two with groups over some columns."""
    labels = [_head(column.header) for column in one.columns]
    group = _group(rng, one) if grouped else None
    if group is None:
        return [tuple(labels)]
    name, places = group
    upper = [label if place not in places else Merged.LEFT for place, label in enumerate(labels)]
    upper[places[0]] = _head(name)
    lower = [label if place in places else Merged.ABOVE for place, label in enumerate(labels)]
    return [tuple(upper), tuple(lower)]


def _group(rng: random.Random, one: Sheet) -> tuple[str, range] | None:
    """A group whose columns stand side by side here."""
    keys = [column.key for column in one.columns]
    fitting = []
    for group, name in one.groups:
        start = keys.index(group[0]) if group[0] in keys else -1
        if start >= 0 and tuple(keys[start : start + len(group)]) == group:
            fitting.append((name, range(start, start + len(group))))
    return rng.choice(fitting) if fitting else None


def wide_row(text: str, width: int, *, bold: bool = True, size: float = SIZE, align: Align = Align.LEFT) -> Row:
    """One cell over all `width` columns."""
    return (cell(text, bold=bold, size=size, align=align), *[Merged.LEFT] * (width - 1))


def _head(text: str) -> Cell:
    return cell(text, align=Align.CENTRE, bold=True, size=_HEAD_SIZE)


def index_row(rng: random.Random, one: Sheet) -> Row:
    """Under the header: (1) (2) (3) …"""
    form = rng.choice(("({})", "{}", "[{}]"))
    return tuple(cell(form.format(place), align=Align.CENTRE, size=9) for place in range(1, len(one.columns) + 1))


def rows(rng: random.Random, one: Sheet) -> list[Row]:
    """A row for each initiative."""
    return [
        tuple(cell(one.text(place, column, rng), size=SIZE) for column in one.columns)
        for place in range(len(one.initiatives))
    ]


def merged_down(one: Sheet, drawn: list[Row], keys: Sequence[str], start: int, count: int) -> list[Row]:
    """The same with the cells of `keys` merged over `count` rows from `start`."""
    places = [place for place, column in enumerate(one.columns) if column.key in keys]
    return [
        tuple(
            Merged.ABOVE if start < row < start + count and place in places else told
            for place, told in enumerate(cells)
        )
        for row, cells in enumerate(drawn)
    ]


def with_sections(rng: random.Random, words: Lexicon, one: Sheet, drawn: list[Row]) -> list[Row]:
    """Section rows between the initiatives, each over the whole width or in two cells."""
    whole = [place for place in range(1, len(drawn)) if Merged.ABOVE not in drawn[place]]
    cuts = sorted({0, *rng.sample(whole, k=min(len(whole), rng.randint(0, 2)))})
    names = rng.sample(words.sections, len(cuts))
    wide = rng.random() < 0.6
    result: list[Row] = []
    for place, row in enumerate(drawn):
        if place in cuts:
            result.append(_section(_ROMAN[cuts.index(place)], names[cuts.index(place)], len(one.columns), wide=wide))
        result.append(row)
    return result


def _section(numeral: str, name: str, width: int, *, wide: bool) -> Row:
    if wide:
        return wide_row(f"{numeral}. {name}", width)
    first = (cell(numeral, bold=True, size=SIZE), cell(name, bold=True, size=SIZE))
    return (*first, *[Merged.LEFT] * (width - 2))


def total_row(rng: random.Random, one: Sheet, count: int) -> Row:
    """In the first cell, in the second, or over the whole width."""
    text = rng.choice(
        (f"Tổng cộng: {count:02d} sáng kiến", f"Tổng số: {count} sáng kiến", f"Cộng: {count:02d} sáng kiến")
    )
    width = len(one.columns)
    kind = rng.choice(("wide", "second", "apart"))
    if kind == "wide":
        return wide_row(text, width)
    blank = cell("", size=SIZE)
    if kind == "second":
        return (blank, cell(text, bold=True, size=SIZE), *[blank] * (width - 2))
    return (blank, cell("Tổng cộng", bold=True, size=SIZE), cell(f"{count:02d}", size=SIZE), *[blank] * (width - 3))


def unfilled_row(rng: random.Random, one: Sheet) -> Row:
    """Of the blank form, left as it was under the initiatives."""
    numbered = one.columns[0].key == "no"
    dots = rng.choice(("…", "...", "……", *([""] if numbered else [])))
    first = rng.choice(("…", "...", str(len(one.initiatives) + 1))) if numbered else dots
    return (cell(first, size=SIZE), *(cell(dots, size=SIZE) for _ in one.columns[1:]))


def fitted(one: Sheet, page: float) -> list[Column]:
    """The columns that have room side by side without a word being broken; the mandatory ones always stay."""
    columns = list(one.columns)
    for key in ("", "block", "", "field", "position", "benefit", "no"):
        if sum(_least(one, column) for column in columns) <= page:
            break
        columns = [column for column in columns if column.key != key]
    return columns


def widths(one: Sheet, page: float = 25.0) -> tuple[float, ...]:
    """As wide as the longest word at least, the rest shared out as people do."""
    least = [_least(one, column) for column in one.columns]
    wished = [max(_WIDTH.get(column.key, _OTHER_WIDTH), low) for column, low in zip(one.columns, least, strict=True)]
    spare = max(page - sum(least), 0)
    more = [wish - low for wish, low in zip(wished, least, strict=True)]
    return tuple(low + spare * extra / (sum(more) or 1) for low, extra in zip(least, more, strict=True))


def _least(one: Sheet, column: Column) -> float:
    """Centimetres that the longest word of a column takes."""
    texts = [column.header.upper(), *column.fillings, "(10)"]
    if column.key == "no":
        texts += one.numbers
    elif column.key:
        texts += [initiative.cell(column.key) for initiative in one.initiatives]
    return _LETTER * max(len(word) for text in texts for word in text.split()) + _PADDING


def drawn_table(
    one: Sheet, drawn: Sequence[Row], header_rows: int = 0, *, page: float = 25.0, breaks: bool = True
) -> Table:
    return Table(tuple(drawn), widths(one, page), header_rows=header_rows, rows_may_break=breaks)


# --- Other shapes -------------------------------------------------------------------------------------------------


def lettered_row(one: Sheet) -> Row:
    """Under the header: A B 1 2 3 …, as statistics do."""
    letters = "AB" if len(one.columns) > 2 else "A"
    marks = [*letters, *map(str, range(1, len(one.columns) - len(letters) + 1))]
    return tuple(cell(mark, align=Align.CENTRE, size=9) for mark in marks)


def closing_row(rng: random.Random, one: Sheet) -> Row:
    """Over the whole width, under the last initiative."""
    text = rng.choice(
        ("Danh sách gồm {:02d} sáng kiến./.", "(Ấn định danh sách có {:02d} sáng kiến)", "Tổng: {} sáng kiến")
    )
    return wide_row(text.format(len(one.initiatives)), len(one.columns), bold=False)


def contacts(rng: random.Random, words: Lexicon, name: Callable[[], str]) -> list[Block]:
    """A table that is none of ours, before it: whom to call."""
    head = tuple(_head(text) for text in ("STT", "Họ và tên", "Chức vụ", "Số điện thoại", "Email"))
    drawn = [
        tuple(
            cell(text, size=10) for text in (str(row), name(), rng.choice(words.positions), f"0900.{row}55.{row}22", "")
        )
        for row in range(1, rng.randint(2, 4))
    ]
    table = Table((head, *drawn), (1.2, 4.5, 4.0, 3.5, 3.0))
    return [Paragraph("Đầu mối liên hệ:", bold=True), table, Paragraph("")]


def short_list(rng: random.Random, words: Lexicon, made: Sequence[Initiative]) -> list[Block]:
    """Titles and authors alone, within a memo."""
    one = Sheet([], list(made), [str(number) for number in range(1, len(made) + 1)], {})
    one.columns = [Column(key, rng.choice(words.headers[key])) for key in ("no", "author", "title")]
    return [drawn_table(one, [*header(rng, one), *rows(rng, one)], page=16.0), Paragraph("")]


def continued(one: Sheet, head: list[Row], drawn: list[Row], *, repeated: bool) -> list[Block]:
    """Cut in two by hand, a page break between; the header again or not."""
    half = max(1, len(drawn) // 2)
    again = head if repeated else []
    return [drawn_table(one, [*head, *drawn[:half]]), PageBreak(), drawn_table(one, [*again, *drawn[half:]])]
