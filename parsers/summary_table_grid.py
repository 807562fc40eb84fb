"""Reads the rows of one grid into the rows of its summary table so far."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from dossier.campaign import AUTHOR, NO, SUMMARY, TITLE
from dossier.model import Row
from parsers.cell_kinds import is_person
from parsers.co_authors import names_apart
from parsers.content import Grid, Origin
from parsers.row_numbers import with_numbers
from parsers.rows_around import is_headed_twice, told_over
from parsers.summary_table_header import Header
from parsers.summary_table_rows import Role, Seen, View, role_of, told_below, view
from parsers.summary_table_total import stated_total
from parsers.ticked import ticked
from parsers.wording import is_arabic_ordinal, join_lines, letters_of


@dataclass(slots=True)
class Draft:
    """An initiative while more of it may still come."""

    cells: dict[str, str]
    extra: dict[str, str]
    place: str

    def add(self, row: View) -> None:
        """Cell by cell, what a continuation has of its own."""
        cells, extra = _texts(row, fresh=True)
        for mine, more in ((self.cells, cells), (self.extra, extra)):
            for key, text in more.items():
                if text:
                    joined = names_apart if key == AUTHOR else join_lines
                    mine[key] = joined(f"{mine[key]}\n{text}") if mine.get(key) else text

    def row(self) -> Row:
        return Row(self.cells, {label: text for label, text in self.extra.items() if text}, self.place)


@dataclass(slots=True)
class Gathered:
    """Rows so far, and what the next one is judged by."""

    nouns: tuple[str, ...]
    """What an initiative is called."""
    columns: dict[str, str] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    numbered: bool = False
    """Initiatives so far have numbers."""
    stated: int | None = None
    header: Header | None = None
    grids: int = 0
    over: str | None = None
    """The author that a row over the next initiatives names; None: no row did."""


@dataclass(slots=True)
class GridReader:
    """One pass over the rows of `grid`; what they say goes `into` what was gathered."""

    into: Gathered
    grid: Grid
    headers: Mapping[int, Header]
    page_turned: bool
    ends: Collection[int] = ()
    """Rows that head another table."""
    after_blank: bool = False
    ended: bool = False
    open_above: frozenset[str] = frozenset()
    """Columns whose cell has been empty since the top of the page: it may be merged with one on the page before."""

    def run(self) -> None:
        skip_through = -1
        under = not self.headers
        for place, row in enumerate(self.grid.rows):
            header = self.headers.get(place)
            under = under and place not in self.ends
            if header is not None:
                self._begin(header)
                skip_through, under = header.last, True
            if under and place > skip_through and self.into.header is not None:
                self._read(view(self.into.header, row), place)

    def _begin(self, header: Header) -> None:
        header = _as_before(self.into.header, with_numbers(header, self.grid))
        self.into.header = header
        self.into.doubts += header.doubts
        if is_headed_twice(header):
            self.into.doubts.append("the same headers stand twice side by side: the second table was not read")
        self.ended = False
        for leaf in header.leaves:
            if leaf.key is not None:
                self.into.columns.setdefault(leaf.key, leaf.label)

    def _read(self, row: View, place: int) -> None:
        if _repeats(row) or self._is_told_around(row):
            return
        drafts = self.into.drafts
        seen = Seen(bool(drafts), self.into.numbered, self.after_blank, self.ended, self.page_turned)
        role = role_of(row, seen)
        if role not in (Role.BLANK, Role.NOTE):
            self.open_above = _still_empty(row, None if self.page_turned else self.open_above)
        self.after_blank = role is Role.BLANK or (self.after_blank and role is Role.NOTE)
        if role is Role.TOTAL:
            self._total(row)
        self.ended = self.ended or role in (Role.TOTAL, Role.END)
        if role in (Role.MORE, Role.DOUBTFULLY_MORE):
            drafts[-1].add(row)
        elif role is Role.INITIATIVE:
            self._start(row, place, numbered=seen.numbered)
        if role in (Role.DOUBTFUL, Role.DOUBTFULLY_MORE):
            self.into.doubts.append(f"{self._place(place)}: it is not certain whether this row is an initiative")
        if role not in (Role.BLANK, Role.NOTE):
            self.page_turned = False

    def _start(self, row: View, place: int, *, numbered: bool) -> None:
        """Begin an initiative. `numbered`: those before it have numbers."""
        draft = Draft(*_texts(row), self._place(place))
        if self.into.over is not None and AUTHOR not in row.header.keys:
            draft.cells[AUTHOR] = self.into.over
        self._merged_over_the_page(draft, row)
        if numbered and not row.number and not row.text(AUTHOR) and AUTHOR in row.header.keys:
            self.into.doubts.append(
                f"{draft.place}: neither number nor author: it may be the author's of the row above"
            )
        if _is_of_several(row):
            self.into.doubts.append(f"{draft.place}: several numbers in one row: it may hold several initiatives")
        self.into.drafts.append(draft)
        self.into.numbered = self.into.numbered or bool(row.number)
        self.ended = False

    def _is_told_around(self, row: View) -> bool:
        """A summary over the whole width under its initiative, then every row should have one; an author over his."""
        if self.into.drafts and (below := told_below(row)) is not None:
            cells = self.into.drafts[-1].cells
            self.into.columns.setdefault(SUMMARY, below[0])
            cells[SUMMARY] = join_lines(f"{cells[SUMMARY]}\n{below[1]}") if cells.get(SUMMARY) else below[1]
            return True
        if (over := told_over(row, before=self.into.over is not None)) is not None:
            self.into.columns.setdefault(AUTHOR, over[0])
            self.into.over = over[1]
            if not is_person(over[1]):
                self.into.doubts.append(f"“{over[1]}”: it is not certain that this row names an author")
            return True
        return False

    def _merged_over_the_page(self, draft: Draft, row: View) -> None:
        """Give it what stands on the page before in a cell that is merged over the end of that page.

        Such a cell is empty on the new page. Where it is merged with the rest of a row from the page before, that is
        certain; where the row itself is the first of its page, a person has to look.
        """
        open_ = self.open_above - {NO, TITLE, SUMMARY}
        if not open_ or not self.into.drafts:
            return
        if self.page_turned and not open_ & row.header.mandatory:
            return
        if self.page_turned:
            self.into.doubts.append(f"{draft.place}: an empty cell may be merged with the one on the page before")
        above = self.into.drafts[-1].cells
        draft.cells.update({key: above.get(key, "") for key in open_})

    def _total(self, row: View) -> None:
        texts = [cell.text for cell in row.cells if cell.text and cell.origin is not Origin.LEFT]
        total = stated_total(texts, self.into.nouns)
        if total is not None:
            self.into.stated = max(total, self.into.stated or 0)

    def _place(self, row: int) -> str:
        if self.grid.sheet is not None:
            number = self.grid.numbers[row] if self.grid.numbers else self.grid.first_row + row
            return f"{self.grid.sheet}, dòng {number}"
        if self.grid.page is not None:
            return f"trang {self.grid.page}"
        return f"bảng {self.into.grids}, dòng {row + 1}"


def _is_of_several(row: View) -> bool:
    """Whether initiatives stand in the lines of one row's cells, as their numbers do."""
    numbers = row.number.split()
    return len(numbers) > 1 and all(map(is_arabic_ordinal, numbers))


def _texts(row: View, *, fresh: bool = False) -> tuple[dict[str, str], dict[str, str]]:
    """Texts by column key, and by header for columns that the campaign does not know; each cell stands in one place.

    `fresh`: without what is merged with the row above.
    """
    cells = {leaf.key: "" for leaf in row.header.leaves if leaf.key is not None}
    extra: dict[str, str] = {}
    for leaf, cell in sorted(zip(row.header.leaves, row.cells, strict=True), key=lambda pair: pair[0].key is None):
        text = "" if fresh and cell.origin is Origin.ABOVE else cell.text
        if leaf.key is not None:
            cells[leaf.key] = text
        elif not text or (cell.origin is Origin.LEFT and not leaf.texts):
            continue
        elif leaf.like is not None and (leaf.part or not cells[leaf.like]):
            cells[leaf.like] = leaf.joint.join(part for part in (cells[leaf.like], text) if part)
        else:
            extra[_unused(leaf.label or f"({leaf.index + 1})", extra)] = text
    return {**cells, **ticked(row)}, extra


def _still_empty(row: View, open_above: frozenset[str] | None) -> frozenset[str]:
    """Columns that are empty in this row; None: it is the first of its page, else merged with the above."""
    pairs = zip(row.header.leaves, row.cells, strict=True)
    empty = {leaf.key: cell for leaf, cell in pairs if leaf.key is not None and not cell.text}
    if open_above is None:
        return frozenset(empty)
    return frozenset(key for key, cell in empty.items() if key in open_above and cell.origin is Origin.ABOVE)


def _unused(label: str, extra: Mapping[str, str]) -> str:
    count = 1
    while (name := label if count == 1 else f"{label} ({count})") in extra:
        count += 1
    return name


def _repeats(row: View) -> bool:
    """Whether a row is the header again, as on every page, in full or its lowest row alone."""
    if is_arabic_ordinal(row.number):
        return False
    pairs = [(cell.text, leaf.texts) for cell, leaf in zip(row.cells, row.header.leaves, strict=True)]
    same = sum(letters_of(text) in map(letters_of, texts) for text, texts in pairs if text and texts)
    filled = sum(bool(text) for text, _ in pairs)
    return filled >= 2 and same * 10 >= filled * 8


def _as_before(before: Header | None, header: Header) -> Header:
    """A header that repeats one names the same columns, whatever stands in the few cells under it."""
    if before is None or [leaf.label for leaf in before.leaves] != [leaf.label for leaf in header.leaves]:
        return header
    if before.keys == header.keys and not before.doubts:
        return header
    pairs = zip(header.leaves, before.leaves, strict=True)
    leaves = tuple(replace(leaf, key=first.key, like=first.like, part=first.part) for leaf, first in pairs)
    return replace(header, leaves=leaves, mandatory=before.mandatory, doubts=())
