"""What a header says: one row of a grid, or up to three with merged cells (FORMS.md, "Shapes met")."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from dossier.campaign import APPLIED, AUTHOR, SUMMARY, TITLE
from parsers.columns import ColumnNames, Match
from parsers.content import Cell, Grid, Origin
from parsers.header_languages import Spoken, in_english, is_row_again, key_of, spoken
from parsers.header_likeness import asks_when, names_one, speaks_of
from parsers.names_in_two import are_parts
from parsers.wording import holds_value, is_arabic_ordinal, is_ordinal, join_lines, words_of

_DEEPEST = 3
MOST_COLUMNS = 60
_LONGEST_LABEL = 60
_GLOSSED = 0.75
"""How far an English header is believed."""
_SHARE = 0.4
"""Least part of the letters of recognised header cells that synonyms must cover; sentences of data cover less."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One column of the table as its header draws it."""

    index: int
    """Of the grid's column where it begins."""
    texts: tuple[str, ...]
    """Its header cells from top to bottom, each text once."""
    key: str | None = None
    """The campaign's column it holds."""
    like: str | None = None
    """The campaign's column it would hold, had another leaf not been closer."""
    share: float = 0.0
    """Part of its letters that tell the key."""
    lent: bool = False
    """Its key is that of the merged header over it; its own words do not tell it."""
    spoken: Spoken = field(default_factory=lambda: Spoken(()))
    """The same, its English apart where most headers have one."""
    part: bool = False
    """It is told by the merged header over it alone and shares that with the holder of `like`: both are one text."""
    joint: str = "; "
    """Between the holder's text and its own."""

    @property
    def label(self) -> str:
        """The header as written: "Tác giả / Họ và tên"."""
        return " / ".join(self.texts)

    @property
    def asks(self) -> str:
        """What its lowest row asks for, in Vietnamese."""
        return self.spoken.texts[-1] if self.spoken.texts else ""


@dataclass(frozen=True, slots=True)
class Header:
    """Rows `first` to `last` of a grid, both included, name the columns."""

    first: int
    last: int
    leaves: tuple[Leaf, ...]
    mandatory: frozenset[str]
    """The mandatory columns that it has."""
    doubts: tuple[str, ...] = ()
    """Mandatory columns that were told by their cells alone."""
    own_words: bool = False
    """All that is mandatory is asked for, and hardly any of it in the campaign's words."""

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(leaf.key for leaf in self.leaves if leaf.key is not None)

    @property
    def strength(self) -> tuple[int, int]:
        """Number of mandatory columns, number of columns."""
        return len(self.mandatory), len(self.keys)


def header_at(grid: Grid, first: int, names: ColumnNames) -> Header | None:
    """What the rows from `first` on name, should they be a header."""
    top = grid.rows[first][:MOST_COLUMNS]
    if any(cell.origin is Origin.OWN and is_arabic_ordinal(cell.text) for cell in top) or _is_line(grid, first):
        return None
    if all(text[0] == "(" and text[-1] == ")" for cell in top if (text := cell.text.strip())):
        return None  # what is to be filled in: "(ghi tháng, năm)"
    own = [cell.text for cell in top if cell.origin is Origin.OWN]
    if not any(map(names.matches, own)) and not (in_english(own) or asks_for_all(own, names)):
        below = grid.rows[first + 1][:MOST_COLUMNS] if first + 1 < len(grid.rows) else ()
        if not any(cell.origin is Origin.LEFT and cell.text.strip() for cell in top) or _is_uniform(top) or not below:
            return None
    last = first
    while last + 1 < len(grid.rows) and last - first + 1 < _DEEPEST and _goes_on(grid, first, last + 1, names):
        last += 1
    return _header(grid, first, last, names)


def asks_for_all(labels: Sequence[str], names: ColumnNames) -> bool:
    """Whether short labels, each another, ask in the language's own words for all that the campaign must have."""
    short = [label for label in labels if 0 < len(label) <= _LONGEST_LABEL and not holds_value(label)]
    asked = {key: [label for label in short if _asks(label, key)] for key in names.mandatory}
    told = {label for found in asked.values() for label in found}
    return len(asked) > 1 and all(asked.values()) and len(told) >= len(asked)


def _asks(label: str, key: str) -> bool:
    return asks_when(label) if key == APPLIED else speaks_of(label, key) or (key == TITLE and names_one(label))


def _is_uniform(row: Sequence[Cell]) -> bool:
    """Whether one merged cell fills the row, as a table's title in a sheet does."""
    return sum(cell.origin is not Origin.LEFT for cell in row) == 1


def _is_line(grid: Grid, row: int) -> bool:
    """Whether a line of text stands over a header in a sheet and is none of it: alone in the first column."""
    filled = [place for place, cell in enumerate(grid.rows[row][:MOST_COLUMNS]) if cell.text.strip()]
    below = grid.rows[row + 1][:2] if row + 1 < len(grid.rows) else ()
    return filled == [0] and len(below) == 2 and all(cell.origin is Origin.OWN and cell.text.strip() for cell in below)


def _goes_on(grid: Grid, first: int, row: int, names: ColumnNames) -> bool:
    """Whether a row still belongs to the header that begins at `first`."""
    above, cells = grid.rows[row - 1][:MOST_COLUMNS], grid.rows[row][:MOST_COLUMNS]
    own = [place for place, cell in enumerate(cells) if cell.origin is Origin.OWN and cell.text.strip()]
    if not own:
        return any(cell.origin is Origin.ABOVE for cell in cells)
    if any(is_ordinal(join_lines(cells[place].text)) for place in own):
        return False
    if _is_uniform(cells):
        return False
    if is_row_again([cell.text for cell in above], [cell.text if cell.origin is Origin.OWN else "" for cell in cells]):
        return True
    spanned = {place for place, cell in enumerate(above) if cell.origin is Origin.LEFT and cell.text.strip()}
    spanned |= {place - 1 for place in spanned}
    if all(place in spanned for place in own) and (len(own) > 1 or any(cell.origin is Origin.ABOVE for cell in cells)):
        return True
    if any(cell.origin is Origin.ABOVE and cell.text.strip() for cell in cells):
        return True
    blank = [place for place, cell in enumerate(above) if not cell.text.strip()]
    return bool(blank) and _names_more(grid, first, row, own, names)


def _names_more(grid: Grid, first: int, row: int, own: Sequence[int], names: ColumnNames) -> bool:
    """In a sheet without merged cells: every cell of the row names a column, and the rows together name more."""
    named = [names.matches(grid.rows[row][place].text) for place in own]
    if not all(matches and matches[0].share >= _SHARE for matches in named):
        return False
    before, after = _header(grid, first, row - 1, names), _header(grid, first, row, names)
    return after is not None and (before is None or after.keys > before.keys)


def _header(grid: Grid, first: int, last: int, names: ColumnNames) -> Header | None:
    top = first + 1 if last > first and _is_uniform(grid.rows[first][:MOST_COLUMNS]) else first
    leaves = _leaves(grid, top, last)
    assigned = names.assign(
        {place: () if leaf.spoken.english else _wordings(leaf.spoken.texts) for place, leaf in enumerate(leaves)}
    ) | _assigned_in_english(leaves, names)
    own_words = not assigned or _covered_share(assigned, leaves) < _SHARE
    if own_words and not asks_for_all([leaf.asks for leaf in leaves], names):
        return None
    holders = {match.key: leaves[place] for place, match in assigned.items()}
    named = []
    for place, leaf in enumerate(leaves):
        if place in assigned:
            share = _own_share(leaf, assigned[place], names)
            named.append(replace(leaf, key=assigned[place].key, share=share, lent=not share))
        else:
            like = _like(leaf, holders, names)
            named.append(replace(leaf, like=like, part=like is not None and _is_part(leaf, holders[like], names)))
    named = [_of_content(leaf, names) for leaf in _names_in_two(named)]
    held = frozenset(leaf.key for leaf in named if leaf.key is not None)
    return Header(first, last, _parts_from_left(named), held & names.mandatory, own_words=own_words)


def _of_content(leaf: Leaf, names: ColumnNames) -> Leaf:
    """ "Giải pháp mới" under "Nội dung cải tiến" is content and no title, unless it asks for a name."""
    *over, asks = leaf.spoken.texts or ("",)
    group = names.matches(" ".join(over)) if leaf.key == TITLE and over else ()
    content = group and group[0].key == SUMMARY and "ten" not in words_of(asks)
    return replace(leaf, key=None, share=0.0) if content else leaf


def _names_in_two(leaves: Sequence[Leaf]) -> list[Leaf]:
    """The given name's column is part of the one left of it, which asks for the rest of the name."""
    told = list(leaves)
    held = [place for place, leaf in enumerate(leaves) if leaf.key == AUTHOR]
    for place, (left, right) in enumerate(pairwise(leaves)):
        own = not held or held[0] in (place, place + 1)
        group = " ".join(left.spoken.texts[:-1])
        if own and are_parts(left.asks, right.asks) and (not group or speaks_of(group, AUTHOR)):
            told[place] = replace(left, key=AUTHOR, share=1.0, like=None, part=False, lent=False)
            told[place + 1] = replace(right, key=None, share=0.0, like=AUTHOR, part=True, lent=False, joint=" ")
    return told


def _assigned_in_english(leaves: Sequence[Leaf], names: ColumnNames) -> dict[int, Match]:
    """Of a table that is headed in English alone: each column by the noun of its header, the first one that has it."""
    told: dict[int, Match] = {}
    for place, leaf in enumerate(leaves):
        key = key_of(leaf.spoken.gloss) if leaf.spoken.english else None
        if key is not None and key in names.known and key not in {match.key for match in told.values()}:
            told[place] = Match(key, len(leaf.spoken.gloss), _GLOSSED, leads=True)
    return told


def _own_share(leaf: Leaf, told: Match, names: ColumnNames) -> float:
    """How much of a header its key is told by; 0 where only the merged headers over it speak of that.

    "Nội dung và kết quả" over "Chi phí giảm được" tells a summary no more than an effect; "Sáng kiến" over "Tên" does.
    """
    *over, asks = leaf.spoken.texts or ("",)
    own = _of_key(names.matches(asks), told.key)
    if not over or own is not None:
        return own.share if own is not None else told.share
    group = _of_key(names.matches(" ".join(over)), told.key)
    return told.share if group is None or told.score > group.score else 0.0


def _of_key(matches: Sequence[Match], key: str) -> Match | None:
    return next((match for match in matches if match.key == key), None)


def _parts_from_left(leaves: Sequence[Leaf]) -> tuple[Leaf, ...]:
    """Of columns that are one text together, the leftmost holds the key."""
    ordered = list(leaves)
    for place, leaf in enumerate(ordered):
        if leaf.part:
            holder = next(number for number, other in enumerate(ordered) if other.key == leaf.like)
            if place < holder:
                ordered[place] = replace(leaf, key=leaf.like, like=None, part=False)
                ordered[holder] = replace(ordered[holder], key=None, like=leaf.like, part=True)
    return tuple(ordered)


def _like(leaf: Leaf, holders: Mapping[str, Leaf], names: ColumnNames) -> str | None:
    matches = (match for wording in _wordings(leaf.spoken.texts) for match in names.matches(wording))
    return next((match.key for match in matches if match.key in holders), None)


def _is_part(leaf: Leaf, holder: Leaf, names: ColumnNames) -> bool:
    mine, other = leaf.spoken.texts, holder.spoken.texts
    if min(len(mine), len(other)) < 2 or mine[0] != other[0]:
        return False
    return not names.matches(leaf.asks) and not names.matches(holder.asks)


def _wordings(texts: tuple[str, ...]) -> tuple[str, ...]:
    """What a header over several rows may be read as: "Tác giả" over "Đơn vị", "Sáng kiến" over "Tên"."""
    if len(texts) < 2:
        return texts
    return texts[-1], " ".join(texts), " ".join(reversed(texts))


def _covered_share(assigned: Mapping[int, Match], leaves: Sequence[Leaf]) -> float:
    return sum(match.share for match in assigned.values()) / len(assigned)


def _leaves(grid: Grid, first: int, last: int) -> list[Leaf]:
    """The columns that the header draws; one that only continues a merged cell over it is part of its neighbour."""
    rows = [row[:MOST_COLUMNS] for row in grid.rows[first : last + 1]]
    written: dict[int, list[str]] = {}
    for index in range(len(rows[0])):
        if written and all(
            row[index].origin is Origin.LEFT or _hangs_left(rows, depth, index) for depth, row in enumerate(rows)
        ):
            continue
        texts: list[str] = []
        for row in rows:
            text = row[index].text.strip()
            if text and join_lines(text) not in map(join_lines, texts):
                texts.append(text)
        written[index] = _under_span(rows, index, texts)
    said = spoken(list(written.values()))
    pairs = zip(written.items(), said, strict=True)
    return [Leaf(index, tuple(map(join_lines, texts)), spoken=one) for (index, texts), one in pairs]


def _hangs_left(rows: Sequence[Sequence[Cell]], depth: int, index: int) -> bool:
    """A cell merged downwards, under one that is merged to the left."""
    while depth and rows[depth][index].origin is Origin.ABOVE:
        depth -= 1
    return rows[depth][index].origin is Origin.LEFT


def _under_span(rows: Sequence[Sequence[Cell]], index: int, texts: list[str]) -> list[str]:
    """In a sheet without merged cells the upper header stands only over the first of its columns."""
    top = rows[0][index]
    if len(rows) < 2 or top.text.strip() or top.origin is not Origin.OWN or not texts:
        return texts
    for place in range(index - 1, -1, -1):
        parent = rows[0][place].text.strip()
        if parent:
            below = rows[1][place]
            return [parent, *texts] if below.origin is Origin.OWN and below.text.strip() else texts
    return texts
