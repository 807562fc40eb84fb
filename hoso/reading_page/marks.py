"""Files as they are shown: pages with marks where something was read, or their text where they have no pages."""

from collections.abc import Sequence
from dataclasses import replace

from dossier.model import Document
from hoso.reading_page.model import BlockShown, CellShown, Mark, PageShown
from parsers.content import Cell, Content, Grid, Line, Origin
from parsers.evidence import evidenced
from parsers.traces import Piece, Use, traced
from parsers.views import PageImage, View

SURE, FAIR = 0.9, 0.7
_MOST_ROWS = 300
_MOST_LINES = 2_000
_LONGEST_TIP = 600
_MOST_OF = 0.8
_AROUND = 1.2
"""Points."""


def level_of(confidence: float) -> str:
    return "sure" if confidence >= SURE else "fair" if confidence >= FAIR else "poor"


def use_key(anchor: str, use: Use) -> str:
    """The same for a value and for the places that it was read from."""
    return f"{anchor}-memo-{use.key}" if use.memo else f"{anchor}-{use.row}-{use.key}"


def pages_shown(view: View, document: Document, anchor: str) -> tuple[PageShown, ...]:
    pieces = _on_pages(view, document)
    by_page: dict[int | None, list[Piece]] = {}
    for piece in pieces:
        by_page.setdefault(piece.page, []).append(piece)
    return tuple(_page(image, by_page.get(image.number, ()), anchor) for image in view.pages)


def shows_all(view: View, document: Document) -> bool:
    """Whether the pages show what was read: a sheet that is wider than paper is cut off when it is laid out."""
    if view.printed is None or view.content is None:
        return True
    found, wanted = (
        {use for piece in pieces for use in piece.uses}
        for pieces in (_on_pages(view, document), traced(view.content, document))
    )
    return len(found) >= _MOST_OF * len(wanted)


def _on_pages(view: View, document: Document) -> tuple[Piece, ...]:
    if view.printed is None:
        return traced(view.content, document) if view.content is not None else ()
    if document.memo is not None:
        document = replace(document, memo=evidenced(document.memo, view.printed))
    return traced(view.printed, document)


def _page(image: PageImage, pieces: Sequence[Piece], anchor: str) -> PageShown:
    placed = [_mark(piece, anchor) for piece in pieces if piece.box is not None]
    marks = sorted(
        placed, key=lambda mark: -mark.width * mark.height
    )  # the smaller on top, so that each can be reached
    return PageShown(image.number, image.width, image.height, image.as_read, image.webp, tuple(marks))


def _mark(piece: Piece, anchor: str) -> Mark:
    box = piece.box
    left, top, right, bottom = (box.x0, box.top, box.x1, box.bottom) if box is not None else (0.0, 0.0, 0.0, 0.0)
    if piece.row is None:  # letters reach below the box that their font gives them
        left, right, bottom = left - _AROUND, right + _AROUND, bottom + 2 * _AROUND
    return Mark(
        x=round(left, 1),
        y=round(top, 1),
        width=round(max(right - left, 1.0), 1),
        height=round(max(bottom - top, 1.0), 1),
        level=level_of(piece.confidence),
        uses=tuple(use_key(anchor, use) for use in piece.uses),
        text=piece.text[:_LONGEST_TIP],
        percent=round(100 * piece.confidence),
    )


def blocks_shown(content: Content | None, document: Document, anchor: str) -> tuple[BlockShown, ...]:
    """The text of a file that has no pages of its own, as it stands."""
    if content is None:
        return ()
    pieces = {piece.place: piece for piece in traced(content, document)}
    shown = []
    for place, block in enumerate(content.blocks[:_MOST_LINES]):
        if isinstance(block, Line):
            if block.text.strip():
                shown.append(BlockShown(line=_cell(pieces.get((place, None, None)), block.text, anchor)))
        else:
            shown.append(_grid(block, place, pieces, anchor))
    return tuple(shown)


def _grid(grid: Grid, place: int, pieces: dict[tuple[int, int | None, int | None], Piece], anchor: str) -> BlockShown:
    rows = []
    for row, cells in enumerate(grid.rows[:_MOST_ROWS]):
        shown = []
        for column in _begun(cells):
            piece = pieces.get((place, row, column))
            shown.append(_cell(piece, cells[column].text, anchor, _across(cells, column), _down(grid, row, column)))
        rows.append(tuple(shown))
    return BlockShown(rows=tuple(rows), sheet=grid.sheet or "", more=max(0, len(grid.rows) - _MOST_ROWS))


def _begun(cells: Sequence[Cell]) -> list[int]:
    """Columns at which a cell is drawn; a title in a sheet runs on over the empty cells behind it."""
    own = [column for column, cell in enumerate(cells) if cell.origin is Origin.OWN]
    alone = [column for column in own if cells[column].text]
    return own if len(alone) != 1 or len(own) < len(cells) else own[: alone[0] + 1]


def _across(cells: Sequence[Cell], column: int) -> int:
    if column == _begun(cells)[-1] and all(cell.origin is Origin.OWN for cell in cells):
        return len(cells) - column
    end = column + 1
    while end < len(cells) and cells[end].origin is Origin.LEFT:
        end += 1
    return end - column


def _down(grid: Grid, row: int, column: int) -> int:
    end = row + 1
    while end < len(grid.rows) and grid.rows[end][column].origin is Origin.ABOVE:
        end += 1
    return end - row


def _cell(piece: Piece | None, text: str, anchor: str, across: int = 1, down: int = 1) -> CellShown:
    uses = tuple(use_key(anchor, use) for use in piece.uses) if piece is not None else ()
    level = level_of(piece.confidence) if piece is not None else "sure"
    return CellShown(text, level, uses, across, down)
