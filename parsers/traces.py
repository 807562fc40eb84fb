"""What became of each piece of text in a file: the other way round from reading, for a person who looks at it.

A value is looked for where it must have come from, by its letters; nothing decides on what is found here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dossier.model import Document, Memo, Row, Spot, SummaryTable
from parsers.content import Box, Content, Line, Origin
from parsers.wording import letters_of

MEMO_FIELDS = ("parent", "issuer", "number", "place", "date", "subject", "addressee", "signer_title", "signer")
_FROM_THE_END = frozenset({"signer_title", "signer"})
"""Looked for from the end: the signer may be named in the body as well."""
_REACH = 4
"""Rows of the table that a row of a grid may belong to, behind the last one that was found."""
_LEAST, _LEAST_PART = 3, 6
"""Letters by which a value is told within a piece, and a piece within a value."""
_MOST = 20_000
"""Pieces of one file that are looked at."""


@dataclass(frozen=True, slots=True)
class Use:
    """What a piece of text was read as."""

    row: int
    """Of the summary table, from 1; 0 for its header and for the memo."""
    key: str
    """Of the column, or the name of the memo's field."""
    memo: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, or a cell with a text of its own."""

    block: int
    """Its place in Content.blocks."""
    row: int | None
    column: int | None
    text: str
    page: int | None
    box: Box | None
    confidence: float
    uses: tuple[Use, ...] = ()

    @property
    def place(self) -> tuple[int, int | None, int | None]:
        return self.block, self.row, self.column


def traced(content: Content, document: Document) -> tuple[Piece, ...]:
    """Every piece of a file, in order, with what it was read as."""
    pieces = tuple(_pieces(content))[:_MOST]
    letters = [letters_of(piece.text) for piece in pieces]
    uses: dict[int, list[Use]] = {}
    if document.memo is not None:
        _trace_memo(document.memo, pieces, letters, uses)
    if document.table is not None:
        _trace_header(document.table.columns, pieces, letters, uses)
        _trace_rows(document.table.rows, pieces, letters, uses)
    return tuple(
        replace(piece, uses=tuple(dict.fromkeys(uses[number]))) if number in uses else piece
        for number, piece in enumerate(pieces)
    )


def traced_rows(content: Content, table: SummaryTable) -> tuple[tuple[Piece, ...], Mapping[int, int]]:
    """The pieces of a file with what they are in the table, and by a piece's place the row that its grid's row is."""
    pieces = tuple(_pieces(content))[:_MOST]
    letters = [letters_of(piece.text) for piece in pieces]
    uses: dict[int, list[Use]] = {}
    _trace_header(table.columns, pieces, letters, uses)
    _trace_rows(table.rows, pieces, letters, uses)
    told = tuple(replace(piece, uses=tuple(uses.get(number, ()))) for number, piece in enumerate(pieces))
    rows: dict[int, int] = {}
    for group in _rows_of_grids(pieces):
        found = [use.row for number in group for use in uses.get(number, ()) if use.row]
        rows.update(dict.fromkeys(group, found[0]) if found else {})
    return told, rows


def _pieces(content: Content) -> Iterator[Piece]:
    for place, block in enumerate(content.blocks):
        if isinstance(block, Line):
            yield Piece(place, None, None, block.text, block.page, block.box, block.confidence)
            continue
        for row, cells in enumerate(block.rows):
            for column, cell in enumerate(cells):
                if cell.origin is Origin.OWN:
                    yield Piece(place, row, column, cell.text, block.page, cell.box, cell.confidence)


# --- The memo -----------------------------------------------------------------------------------------------------


def _trace_memo(memo: Memo, pieces: Sequence[Piece], letters: Sequence[str], uses: dict[int, list[Use]]) -> None:
    for name in MEMO_FIELDS:
        spot = memo.spots.get(name)
        found = _at(spot, pieces) if spot is not None else _saying(_text(memo, name), letters, name in _FROM_THE_END)
        for number in found:
            uses.setdefault(number, []).append(Use(0, name, memo=True))


def _text(memo: Memo, name: str) -> str:
    if name == "date":
        return f"ngày {memo.date.day:02} tháng {memo.date.month:02} năm {memo.date.year}" if memo.date else ""
    return str(getattr(memo, name) or "")


def _at(spot: Spot, pieces: Sequence[Piece]) -> list[int]:
    """Pieces whose middle lies in the place."""
    return [
        number
        for number, piece in enumerate(pieces)
        if piece.page == spot.page and piece.box is not None and _is_in(piece.box, spot)
    ]


def _is_in(box: Box, spot: Spot) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return spot.x0 <= x <= spot.x1 and spot.top <= y <= spot.bottom


def _saying(text: str, letters: Sequence[str], backwards: bool) -> list[int]:
    """The piece that holds a text whole; else those that are parts of it."""
    wanted = letters_of(text)
    if len(wanted) < _LEAST:
        return []
    order = range(len(letters) - 1, -1, -1) if backwards else range(len(letters))
    whole = next((number for number in order if wanted in letters[number]), None)
    if whole is not None:
        return [whole]
    return [number for number in order if len(letters[number]) >= _LEAST_PART and letters[number] in wanted]


# --- The table ----------------------------------------------------------------------------------------------------


def _trace_header(
    columns: Mapping[str, str], pieces: Sequence[Piece], letters: Sequence[str], uses: dict[int, list[Use]]
) -> None:
    wanted = {letters_of(header): key for key, header in columns.items()}
    for number, piece in enumerate(pieces):
        key = wanted.get(letters[number])
        if key is not None and letters[number] and piece.row is not None:
            uses.setdefault(number, []).append(Use(0, key))


def _trace_rows(
    rows: Sequence[Row], pieces: Sequence[Piece], letters: Sequence[str], uses: dict[int, list[Use]]
) -> None:
    """Each row of each grid belongs to one row of the table; they come in the same order."""
    for place, row in enumerate(rows, start=1):
        for key, spot in row.spots.items():
            for number in _at(spot, pieces):
                uses.setdefault(number, []).append(Use(place, key))
    told = [{key: letters_of(text) for key, text in row.cells.items()} for row in rows]
    last = 0
    for group in _rows_of_grids(pieces):
        if any(use.row == 0 and not use.memo for number in group for use in uses.get(number, ())):
            continue
        best = _best_row(told, last, [letters[number] for number in group])
        if best is None:
            continue
        last = best
        for number in group:
            for key in _keys(told[best], letters[number]):
                uses.setdefault(number, []).append(Use(best + 1, key))


def _rows_of_grids(pieces: Sequence[Piece]) -> Iterator[list[int]]:
    group: list[int] = []
    here: tuple[int, int | None] | None = None
    for number, piece in enumerate(pieces):
        place = (piece.block, piece.row)
        if group and place != here:
            yield group
            group = []
        if piece.row is not None:
            group.append(number)
        here = place
    if group:
        yield group


def _best_row(told: Sequence[Mapping[str, str]], last: int, letters: Sequence[str]) -> int | None:
    """The one that shares the most letters with the row of the grid."""
    best, most = None, 0
    for place in range(last, min(len(told), last + _REACH)):
        shared = sum(len(each) for each in letters if _keys(told[place], each))
        if shared > most:
            best, most = place, shared
    return best


def _keys(cells: Mapping[str, str], letters: str) -> list[str]:
    """The column whose cell is that text; else the one that the text is a part of."""
    if not letters:
        return []
    same = [key for key, text in cells.items() if text == letters]
    if same:
        return same[:1]
    if len(letters) < _LEAST_PART:
        return []
    return [key for key, text in cells.items() if letters in text][:1]
