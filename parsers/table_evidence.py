"""Where in a picture each cell of a summary table was read, how sure it is, and what decides and is not (P11).

Whether a mandatory cell is empty decides: ink that was not read is no empty cell, and a sign that nobody is sure of
does not fill one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from dossier.campaign import NO, Campaign
from dossier.model import Row, Spot, SummaryTable
from parsers.content import Content, Grid
from parsers.traces import Piece, traced_rows
from parsers.wording import is_arabic_ordinal, letters_of, number_in

_UNREAD = 0.3
"""Confidence of an empty cell below which ink in it was not read."""
_UNSURE = 0.5
"""Confidence below which a few letters may be dirt or a stroke of a pen."""
_FEW = 4
"""Letters; more of them are not made of dirt."""
_COLUMNS, _ROWS = 4, 2
"""Of a grid that may well be the summary table, its header misread."""


def evidenced_table(table: SummaryTable, content: Content) -> SummaryTable:
    """The table with `confidence` and `spots` of its rows' cells that were read in a picture."""
    pieces, _ = traced_rows(content, table)
    found: dict[tuple[int, str], list[Piece]] = {}
    for piece in pieces:
        for use in piece.uses:
            if use.row and piece.box is not None and piece.page is not None:
                found.setdefault((use.row, use.key), []).append(piece)
    by_text = _by_text(pieces)
    rows = (_evidenced(row, number, found, by_text) for number, row in enumerate(table.rows, start=1))
    return replace(table, rows=tuple(rows))


def _by_text(pieces: Sequence[Piece]) -> dict[str, list[Piece]]:
    """Pieces by their letters, the least sure of those that say the same: rows that cannot be traced have a text."""
    found: dict[str, list[Piece]] = {}
    for piece in pieces:
        letters = letters_of(piece.text) if piece.box is not None and piece.page is not None else ""
        if letters and (letters not in found or piece.confidence < found[letters][0].confidence):
            found[letters] = [piece]
    return found


def _evidenced(
    row: Row,
    number: int,
    found: Mapping[tuple[int, str], Sequence[Piece]],
    by_text: Mapping[str, Sequence[Piece]],
) -> Row:
    told = {key: found.get((number, key)) or by_text.get(letters_of(text), ()) for key, text in row.cells.items()}
    own = {key: pieces for key, pieces in told.items() if pieces}
    confidence = {key: min(piece.confidence for piece in pieces) for key, pieces in own.items()}
    return replace(row, confidence=confidence, spots={key: _spot(pieces) for key, pieces in own.items()})


def _spot(pieces: Sequence[Piece]) -> Spot:
    """Around the pieces of the page that the first of them stands on."""
    page = pieces[0].page or 1
    boxes = [piece.box for piece in pieces if piece.page == page and piece.box is not None]
    return Spot(
        page,
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )


def table_doubts(table: SummaryTable, content: Content, campaign: Campaign) -> Iterator[str]:
    """`table` with its evidence. In English, for staff, with page and row, so that they find the place."""
    pieces, rows = traced_rows(content, table)
    unread: dict[int, Piece] = {}
    for place, piece in enumerate(pieces):
        if place in rows and not piece.text.strip() and piece.confidence < _UNREAD:
            unread.setdefault(rows[place], piece)
    in_grids = frozenset(rows.values())
    for number, row in enumerate(table.rows, start=1):
        empty = [each for each in campaign.mandatory if each.key in table.columns and not _letters(row, each.key)]
        if empty and number in unread:
            yield f"page {unread[number].page}, row {number}: a cell with ink in which nothing could be read"
        elif empty and number not in in_grids:  # no rules say that nothing stands there
            yield f"row {number}: what it lacks may have been read as the answer to another question"
        for column in campaign.mandatory:
            if 0 < _letters(row, column.key) < _FEW and row.confidence.get(column.key, 1.0) < _UNSURE:
                yield f"page {row.spots[column.key].page}, row {number}: it is not certain what stands in {column.key}"
    if not _counts_on(table.rows):
        yield "the rows do not count on: one may be missing, or two read as one"


def _letters(row: Row, key: str) -> int:
    return sum(map(str.isalnum, row.cells.get(key, "")))


def _counts_on(rows: Sequence[Row]) -> bool:
    """Whether no number of a row is left out; sections may count anew, and a table may have no numbers."""
    numbers = [row.cells.get(NO, "") for row in rows]
    if not all(map(is_arabic_ordinal, numbers)):
        return not any(len(number.split()) > 1 for number in numbers)
    counted = [number_in(number) for number in numbers]
    return all(here in (before + 1, before, 1) for before, here in pairwise(counted))


def kind_doubts(content: Content) -> Iterator[str]:
    """Of a picture that was told to be nothing known: a table in it may be one whose header was misread."""
    for block in content.blocks:
        if isinstance(block, Grid) and len(block.rows) >= _ROWS and len(block.rows[0]) >= _COLUMNS:
            yield f"page {block.page} has a table that was not recognised"
            return
