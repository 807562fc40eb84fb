"""Headers of scanned tables of which a letter or two were misread, put right by the names that the campaign knows.

Only beside headers that were read right, only where nobody is sure of the cell, and only for a column that no other
header names: "Thuộc [nh vực" beside "Họ và tên" and "Tên sáng kiến" is "Thuộc lĩnh vực".
"""

from collections.abc import Collection, Iterator
from dataclasses import replace

from dossier.campaign import Campaign
from parsers.columns import ColumnNames
from parsers.content import Cell, Content, Grid, Origin
from parsers.wording import letters_of

_KNOWN = 3
"""Headers of the row that were read right, and at least half of all."""
_SURE = 0.95
_SHORTEST = 6
"""Letters of a synonym: shorter ones are like too many other words."""
_MISREAD = 0.3
"""Share of a synonym's letters; other words that tables are headed by differ in a third and more."""


def with_headers_mended(content: Content, campaign: Campaign) -> Content:
    """The same, what was read from pictures as it was meant."""
    names = ColumnNames.of(campaign)
    return replace(
        content,
        blocks=tuple(_mended(block, names, campaign) if isinstance(block, Grid) else block for block in content.blocks),
    )


def _mended(grid: Grid, names: ColumnNames, campaign: Campaign) -> Grid:
    rows = list(grid.rows)
    for number, row in enumerate(rows):
        found = dict(_readings(row, names, campaign))
        for place, text in found.items():
            rows[number] = _with(rows[number], place, text)
            for below in range(number + 1, len(rows)):
                if rows[below][place].origin is not Origin.ABOVE:
                    break
                rows[below] = _with(rows[below], place, text)
    return replace(grid, rows=tuple(rows))


def _with(row: tuple[Cell, ...], place: int, text: str) -> tuple[Cell, ...]:
    return (*row[:place], replace(row[place], text=text), *row[place + 1 :])


def _readings(row: tuple[Cell, ...], names: ColumnNames, campaign: Campaign) -> Iterator[tuple[int, str]]:
    own = {place: cell for place, cell in enumerate(row) if cell.origin is Origin.OWN and cell.text}
    if not any(cell.confidence < _SURE for cell in own.values()):
        return
    matched = {place: found[0].key for place, cell in own.items() if (found := names.matches(cell.text))}
    if len(matched) < max(_KNOWN, len(own) / 2):
        return
    for place, cell in own.items():
        if place not in matched and cell.confidence < _SURE:
            meant = nearest(letters_of(cell.text), campaign, set(matched.values()))
            if meant is not None:
                yield place, meant


def nearest(letters: str, campaign: Campaign, taken: Collection[str], most: float = _MISREAD) -> str | None:
    """The synonym that is most like a part of the header, if no more than that share of it differs."""
    best: tuple[float, str] | None = None
    for column in campaign.columns:
        for synonym in column.synonyms if column.key not in taken else ():
            wanted = letters_of(synonym)
            if len(wanted) < _SHORTEST or len(wanted) > 2 * len(letters):
                continue
            share = misread(wanted, letters) / len(wanted)
            if share <= most and (best is None or share < best[0]):
                best = share, synonym
    return None if best is None else best[1]


def misread(wanted: str, letters: str) -> int:
    """The fewest letters by which `wanted` differs from any part of `letters` (Sellers, 1980)."""
    row = [0] * (len(letters) + 1)
    for number, letter in enumerate(wanted, start=1):
        before, row = row, [number]
        for place, other in enumerate(letters, start=1):
            row.append(min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != other)))
    return min(row)
