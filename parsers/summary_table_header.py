"""Finds the header of a summary table in a grid: one row, or up to three with merged cells (FORMS.md, "Shapes met")."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dossier.campaign import AUTHOR
from parsers.column_values import Told, is_no_part_of_names, is_of_names, settled
from parsers.columns import ColumnNames, Match
from parsers.content import Cell, Grid, Origin
from parsers.wording import holds_value, is_arabic_ordinal, is_ordinal, join_lines

_DEEPEST = 3
_MOST_ROWS = 60
"""By whose cells columns are told."""
_LONGEST_HEADER, _CLEAR = 120, 0.6
_LEAST_LABELS = 4
_MOST_COLUMNS = 60
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
    part: bool = False
    """It is told by the merged header over it alone and shares that with the holder of `like`: both are one text."""

    @property
    def label(self) -> str:
        """The header as written: "Tác giả / Họ và tên"."""
        return " / ".join(self.texts)


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

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(leaf.key for leaf in self.leaves if leaf.key is not None)

    @property
    def strength(self) -> tuple[int, int]:
        """Number of mandatory columns, number of columns."""
        return len(self.mandatory), len(self.keys)


def find_headers(grid: Grid, names: ColumnNames) -> Iterator[Header]:
    """Every row or rows of the grid, from top to bottom, that look like a header; a repeated one is found again."""
    row, any_found = 0, False
    while row < len(grid.rows):
        header = _header_at(grid, row, names)
        if any_found and header is not None and any(holds_value(leaf.label) for leaf in header.leaves):
            header = None  # a row whose cells begin as headers do: "Bắt đầu từ 25/3/2021"
        if header is not None and (_is_telling(header) if any_found else _may_tell(header)):
            header = with_values(header, grid, names)
        if header is not None and _is_telling(header):
            yield header
            any_found = True
            row = header.last
        row += 1


def with_values(header: Header, grid: Grid, names: ColumnNames) -> Header:
    """The same with columns told by what stands in them, where their words tell nothing or another thing."""
    rows = _rows_under(header, grid, names)
    texts = [_texts_under(leaf, rows) for leaf in header.leaves]
    leaves = _parted(header.leaves, texts)
    told = [
        Told(
            leaf.texts[-1] if leaf.texts else "",
            () if leaf.part and leaf.like == AUTHOR else below,
            leaf.key,
            leaf.share,
        )
        for leaf, below in zip(leaves, texts, strict=True)
    ]
    found = settled(told, names)
    leaves = [
        leaf if key == leaf.key else replace(leaf, key=key, like=None, part=False)
        for leaf, key in zip(leaves, found.keys, strict=True)
    ]
    held = {leaf.key for leaf in leaves}
    leaves = [leaf if leaf.like in held else replace(leaf, like=None, part=False) for leaf in leaves]
    return replace(header, leaves=tuple(leaves), mandatory=names.mandatory & held, doubts=found.doubts)


def _rows_under(header: Header, grid: Grid, names: ColumnNames) -> list[Sequence[Cell]]:
    """Rows of its table: another header ends it."""
    rows: list[Sequence[Cell]] = []
    for row in grid.rows[header.last + 1 :][:_MOST_ROWS]:
        own = [cell.text for cell in row[:_MOST_COLUMNS] if cell.origin is Origin.OWN and cell.text.strip()]
        matches = [names.matches(text)[:1] for text in own if len(text) <= _LONGEST_HEADER]
        if len(own) > 2 and sum(bool(found) and found[0].share >= _CLEAR for found in matches) * 2 > len(own):
            break
        if len(own) > 1 and not _is_wide(row):
            rows.append(row)
    return rows


def _texts_under(leaf: Leaf, rows: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    cells = (row[leaf.index] for row in rows if leaf.index < len(row))
    return tuple(cell.text for cell in cells if cell.origin is Origin.OWN and cell.text.strip())


def _parted(leaves: Sequence[Leaf], texts: Sequence[Sequence[str]]) -> list[Leaf]:
    """Under "Tác giả" the names alone are the author; a post, a share beside them are columns of their own."""
    keys = [leaf.key or (leaf.like if leaf.part else None) for leaf in leaves]
    group = [place for place, key in enumerate(keys) if key == AUTHOR]
    named = [place for place in group if is_of_names(texts[place])]
    others = [place for place in group if place not in named]
    if len(named) != 1 or not others or not all(is_no_part_of_names(texts[place]) for place in others):
        return list(leaves)
    parted = list(leaves)
    for place in others:
        parted[place] = replace(leaves[place], key=None, like=None, part=False)
    parted[named[0]] = replace(leaves[named[0]], key=AUTHOR, like=None, part=False, share=1.0)
    return parted


def _is_wide(row: Sequence[Cell]) -> bool:
    """A title, a section: one cell over half of the row."""
    return sum(cell.origin is Origin.LEFT for cell in row) * 2 >= len(row) > 2


def _may_tell(header: Header) -> bool:
    """Whether a row is worded as a header, known words or not: most of its columns have a short label of their own."""
    labels = {leaf.label for leaf in header.leaves if 0 < len(leaf.label) <= _LONGEST_HEADER}
    wide = len(labels) >= _LEAST_LABELS and len(labels) * 4 >= len(header.leaves) * 3
    return len(header.keys) > 1 or (bool(header.keys) and wide)


def _is_telling(header: Header) -> bool:
    mandatory, all_ = header.strength
    return mandatory >= 2 or (mandatory == 1 and all_ >= 3)


def _header_at(grid: Grid, first: int, names: ColumnNames) -> Header | None:
    top = grid.rows[first][:_MOST_COLUMNS]
    if any(cell.origin is Origin.OWN and is_arabic_ordinal(cell.text) for cell in top) or _is_line(grid, first):
        return None
    if all(text[0] == "(" and text[-1] == ")" for cell in top if (text := cell.text.strip())):
        return None  # what is to be filled in: "(ghi tháng, năm)"
    if not any(cell.origin is Origin.OWN and names.matches(cell.text) for cell in top):
        below = grid.rows[first + 1][:_MOST_COLUMNS] if first + 1 < len(grid.rows) else ()
        if not any(cell.origin is Origin.LEFT and cell.text.strip() for cell in top) or _is_uniform(top) or not below:
            return None
    last = first
    while last + 1 < len(grid.rows) and last - first + 1 < _DEEPEST and _goes_on(grid, first, last + 1, names):
        last += 1
    return _header(grid, first, last, names)


def _is_uniform(row: Sequence[Cell]) -> bool:
    """Whether one merged cell fills the row, as a table's title in a sheet does."""
    return sum(cell.origin is not Origin.LEFT for cell in row) == 1


def _is_line(grid: Grid, row: int) -> bool:
    """Whether a line of text stands over a header in a sheet and is none of it: alone in the first column."""
    filled = [place for place, cell in enumerate(grid.rows[row][:_MOST_COLUMNS]) if cell.text.strip()]
    below = grid.rows[row + 1][:2] if row + 1 < len(grid.rows) else ()
    return filled == [0] and len(below) == 2 and all(cell.origin is Origin.OWN and cell.text.strip() for cell in below)


def _goes_on(grid: Grid, first: int, row: int, names: ColumnNames) -> bool:
    """Whether a row still belongs to the header that begins at `first`."""
    above, cells = grid.rows[row - 1][:_MOST_COLUMNS], grid.rows[row][:_MOST_COLUMNS]
    own = [place for place, cell in enumerate(cells) if cell.origin is Origin.OWN and cell.text.strip()]
    if not own:
        return any(cell.origin is Origin.ABOVE for cell in cells)
    if any(is_ordinal(join_lines(cells[place].text)) for place in own):
        return False
    if _is_uniform(cells):
        return False
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
    top = first + 1 if last > first and _is_uniform(grid.rows[first][:_MOST_COLUMNS]) else first
    leaves = _leaves(grid, top, last)
    assigned = names.assign({place: _wordings(leaf.texts) for place, leaf in enumerate(leaves)})
    if not assigned or _covered_share(assigned, leaves) < _SHARE:
        return None
    holders = {match.key: leaves[place] for place, match in assigned.items()}
    named = []
    for place, leaf in enumerate(leaves):
        if place in assigned:
            named.append(replace(leaf, key=assigned[place].key, share=assigned[place].share))
        else:
            like = _like(leaf, holders, names)
            named.append(replace(leaf, like=like, part=like is not None and _is_part(leaf, holders[like], names)))
    return Header(first, last, _parts_from_left(named), frozenset(holders) & names.mandatory)


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
    matches = (match for wording in _wordings(leaf.texts) for match in names.matches(wording))
    return next((match.key for match in matches if match.key in holders), None)


def _is_part(leaf: Leaf, holder: Leaf, names: ColumnNames) -> bool:
    if min(len(leaf.texts), len(holder.texts)) < 2 or leaf.texts[0] != holder.texts[0]:
        return False
    return not names.matches(leaf.texts[-1]) and not names.matches(holder.texts[-1])


def _wordings(texts: tuple[str, ...]) -> tuple[str, ...]:
    """What a header over several rows may be read as: "Tác giả" over "Đơn vị", "Sáng kiến" over "Tên"."""
    if len(texts) < 2:
        return texts
    return texts[-1], " ".join(texts), " ".join(reversed(texts))


def _covered_share(assigned: Mapping[int, Match], leaves: Sequence[Leaf]) -> float:
    return sum(match.share for match in assigned.values()) / len(assigned)


def _leaves(grid: Grid, first: int, last: int) -> list[Leaf]:
    """The columns that the header draws; one that only continues a merged cell over it is part of its neighbour."""
    rows = [row[:_MOST_COLUMNS] for row in grid.rows[first : last + 1]]
    leaves: list[Leaf] = []
    for index in range(len(rows[0])):
        if leaves and all(
            row[index].origin is Origin.LEFT or _hangs_left(rows, depth, index) for depth, row in enumerate(rows)
        ):
            continue
        texts: list[str] = []
        for row in rows:
            text = join_lines(row[index].text)
            if text and text not in texts:
                texts.append(text)
        leaves.append(Leaf(index, tuple(_under_span(rows, index, texts))))
    return leaves


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
        parent = join_lines(rows[0][place].text)
        if parent:
            below = rows[1][place]
            return [parent, *texts] if below.origin is Origin.OWN and below.text.strip() else texts
    return texts
