"""Labels of scanned forms of which a letter or two were misread: other forms of the file ask the same.

A form is told by labels that repeat, so "Tác qiả" in place of "Tác giả" lost its author and where the form begins. A
label is put right by one of the file that was read more surely, else by the campaign's names.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dossier.campaign import Campaign
from parsers.columns import ColumnNames
from parsers.content import Cell, Content, Grid, Line, Origin
from parsers.scan_headers import misread, nearest
from parsers.wording import letters_of

_KNOWN = 3
"""Labels of a column that name what the campaign asks, and at least half of all."""
_SURE = 0.95
_MISREAD = 0.2
"""Share of a label's letters: nothing else tells that it is one."""
_SHORTEST = 5
_COLUMNS = 3
"""From the left, in which labels stand."""

_Place = tuple[int, int, int]
"""Block, row and column."""


@dataclass(frozen=True, slots=True)
class _Label:
    letters: str
    text: str
    confidence: float
    rank: tuple[float, int, float] = (0.0, 0, 0.0)
    """What counts among those that are alike: the share the campaign's names cover, how often it is there, how sure."""


def with_labels_mended(content: Content, campaign: Campaign) -> Content:
    """The same, what was read from pictures as it was meant."""
    names = ColumnNames.of(campaign)
    found = _ranked(dict(_labels(content.blocks, names)), names)
    surest: dict[str, _Label] = {}
    for label in sorted(found.values(), key=lambda each: each.rank):
        surest[label.letters] = label
    meant = {place: text for place, label in found.items() if (text := _meant(label, surest, names, campaign))}
    if not meant:
        return content
    return replace(content, blocks=tuple(_with(block, number, meant) for number, block in enumerate(content.blocks)))


def _ranked(labels: Mapping[_Place, _Label], names: ColumnNames) -> dict[_Place, _Label]:
    often = Counter(label.letters for label in labels.values())
    covered = {
        label.text: max((each.share for each in names.matches(label.text)), default=0.0) for label in labels.values()
    }
    return {
        place: replace(label, rank=(covered[label.text], often[label.letters], label.confidence))
        for place, label in labels.items()
    }


def _labels(blocks: Sequence[Line | Grid], names: ColumnNames) -> Iterator[tuple[_Place, _Label]]:
    """What stands in columns of labels, of every grid that is a form or as wide as one."""
    forms: dict[int, set[int]] = {}
    for block in blocks:
        for column in _columns(block, names, _KNOWN):
            forms.setdefault(len(block.rows[0]) if isinstance(block, Grid) else 0, set()).add(column)
    for number, block in enumerate(blocks):
        for column in _columns(block, names, 1):
            if isinstance(block, Grid) and column in forms.get(len(block.rows[0]), ()):
                for row, cell in _own(block, column):
                    yield (number, row, column), _Label(letters_of(cell.text), cell.text, cell.confidence)


def _columns(block: Line | Grid, names: ColumnNames, least: int) -> Iterator[int]:
    if not isinstance(block, Grid) or not block.rows:
        return
    for column in range(min(_COLUMNS, len(block.rows[0]) - 1)):
        own = _own(block, column)
        known = sum(bool(names.matches(cell.text)) for _, cell in own)
        if known >= max(least, len(own) / 2):
            yield column


def _own(grid: Grid, column: int) -> list[tuple[int, Cell]]:
    cells = ((number, row[column]) for number, row in enumerate(grid.rows))
    return [(number, cell) for number, cell in cells if cell.origin is Origin.OWN and cell.text.strip()]


def _meant(label: _Label, surest: Mapping[str, _Label], names: ColumnNames, campaign: Campaign) -> str | None:
    """What a label says that was not read surely; None where it stays."""
    if label.confidence >= _SURE or len(label.letters) < _SHORTEST:
        return None
    alike = [other for other in surest.values() if other.rank > label.rank and _is_alike(label, other)]
    if alike:
        return max(alike, key=lambda other: other.rank).text
    if surest[label.letters].text != label.text:
        return surest[label.letters].text
    if names.matches(label.text):
        return None
    known = nearest(label.letters, campaign, (), _MISREAD)
    return None if known is None else known.capitalize()


def _is_alike(label: _Label, other: _Label) -> bool:
    """Whether they differ in a few letters and in no number: "Tác giả 1" is not "Tác giả 2"."""
    digits = [[letter for letter in each.letters if letter.isdigit()] for each in (label, other)]
    most = _MISREAD * len(other.letters)
    close = label.letters != other.letters and abs(len(label.letters) - len(other.letters)) <= most
    return close and digits[0] == digits[1] and misread(other.letters, label.letters) <= most


def _with(block: Line | Grid, number: int, meant: Mapping[_Place, str]) -> Line | Grid:
    if not isinstance(block, Grid):
        return block
    rows = [list(row) for row in block.rows]
    for (where, row, column), text in meant.items():
        if where == number:
            rows[row][column] = replace(rows[row][column], text=text)
    return replace(block, rows=tuple(map(tuple, rows)))
