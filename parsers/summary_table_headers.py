"""Finds the headers of a summary table in a grid: told by their words, and by what stands in the cells under them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dossier.campaign import APPLIED, AUTHOR
from parsers.cell_kinds import is_time
from parsers.column_holders import Told
from parsers.column_values import is_no_part_of_names, is_of_names, settled
from parsers.columns import ColumnNames
from parsers.content import Cell, Grid, Origin
from parsers.header_languages import glosses
from parsers.header_likeness import asks_when, speaks_of
from parsers.summary_table_header import MOST_COLUMNS, Header, Leaf, header_at
from parsers.wording import holds_value, words_of

_MOST_ROWS = 60
"""By whose cells columns are told."""
_LONGEST_HEADER, _CLEAR = 120, 0.6
_LEAST_LABELS = 4
_LONG = 40
"""Letters of a usual cell that may well be a summary or a title."""


def find_headers(grid: Grid, names: ColumnNames, below: Grid | None = None) -> Iterator[Header]:
    """Every row or rows of the grid, from top to bottom, that look like a header; a repeated one is found again.

    `below`: the grid that follows, by whose cells the columns are told where the header was left without rows.
    """
    row, any_found = 0, False
    while row < len(grid.rows):
        header = header_at(grid, row, names)
        if header is not None and _is_row(header, names):
            header = None  # of a page that goes on without a header
        if any_found and header is not None and any(holds_value(leaf.label) for leaf in header.leaves):
            header = None  # a row whose cells begin as headers do: "Bắt đầu từ 25/3/2021"
        if header is not None and (header.own_words or (_is_telling(header) if any_found else _may_tell(header))):
            header = with_values(header, grid, names, below)
        if header is not None and _is_telling(header):
            yield header
            any_found = True
            row = header.last
        row += 1


def _is_row(header: Header, names: ColumnNames) -> bool:
    """Whether one cell is a time or one of the campaign's choices: headers may be several of them, to be ticked."""
    labels = [leaf.label for leaf in header.leaves if leaf.label]
    choices = sum("".join(words_of(label)) in told for label in labels for told in names.choices.values())
    weak = len(header.mandatory) * 2 <= len(names.mandatory)
    return weak and len(labels) > 2 and (choices == 1 or sum(map(is_time, labels)) == 1)


def with_values(header: Header, grid: Grid, names: ColumnNames, below: Grid | None) -> Header:
    """The same with columns told by what stands in them, where their words tell nothing or another thing."""
    rows = _rows_under(header, grid.rows[header.last + 1 :], names)
    if header.last + 1 == len(grid.rows) and below is not None and is_as_wide(header, below.rows):
        rows = _rows_under(header, below.rows, names)
    texts = [_texts_under(leaf, rows) for leaf in header.leaves]
    leaves = _parted(header.leaves, texts)
    told = [
        Told(
            leaf.asks,
            () if leaf.part and leaf.like == AUTHOR else below,
            leaf.key,
            leaf.share,
            leaf.spoken.gloss,
            lent=leaf.lent and not any(other.part and other.like == leaf.key for other in leaves),
        )
        for leaf, below in zip(leaves, texts, strict=True)
    ]
    found = settled(told, names)
    lent = [
        f"the column “{leaf.label}” was told by the header over it alone"
        for leaf, one, key in zip(leaves, told, found.keys, strict=True)
        if key in names.mandatory and _is_only_lent(one, key, parts=_parts_beside(leaf, leaves))
    ]
    leaves = [
        leaf if key == leaf.key else replace(leaf, key=key, like=None, part=False)
        for leaf, key in zip(leaves, found.keys, strict=True)
    ]
    held = {leaf.key for leaf in leaves}
    leaves = [
        leaf if leaf.like in held and not _is_of_another_time(leaf) else replace(leaf, like=None, part=False)
        for leaf in leaves
    ]
    return replace(header, leaves=tuple(leaves), mandatory=names.mandatory & held, doubts=(*found.doubts, *lent))


def _parts_beside(leaf: Leaf, leaves: Sequence[Leaf]) -> bool:
    return any(other.part and other.like == leaf.key for other in leaves)


def _is_only_lent(one: Told, key: str, *, parts: bool) -> bool:
    """Whether neither its own words nor the cells under it say what the merged header over a column does.

    `parts`: columns beside it are told by that header alone, too, and are one text with it: "Trước", "Sau".
    """
    if not (one.lent or parts) or key != one.key or not one.texts:
        return False
    said = asks_when(one.label) if key == APPLIED else speaks_of(one.label, key)
    if said or glosses(one.gloss, key):
        return False
    if key == AUTHOR:
        return not is_of_names(one.texts)
    if key == APPLIED:
        return not all(map(is_time, one.texts))
    return sum(map(len, one.texts)) < _LONG * len(one.texts)


def _is_of_another_time(leaf: Leaf) -> bool:
    """ "Thời gian hoàn thành" fills no empty cell of the time of application beside it."""
    return leaf.like == APPLIED and not leaf.part and bool(leaf.texts) and not asks_when(leaf.asks)


def _rows_under(header: Header, below: Sequence[Sequence[Cell]], names: ColumnNames) -> list[Sequence[Cell]]:
    """Rows of its table: another header ends it."""
    rows: list[Sequence[Cell]] = []
    for row in below[:_MOST_ROWS]:
        own = [cell.text for cell in row[:MOST_COLUMNS] if cell.origin is Origin.OWN and cell.text.strip()]
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


def is_as_wide(header: Header, rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether at least half of the rows have as many cells as the header has columns."""
    leaves = len(header.leaves)
    return sum(sum(cell.origin is not Origin.LEFT for cell in row) == leaves for row in rows) * 2 >= len(rows) > 0
