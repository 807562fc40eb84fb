"""Headers that the end of a page cuts in two: the upper lines of their cells on one page, the lower on the next.

Left alone, the lower half is a header of its own, or joins the initiative above it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from parsers.columns import ColumnNames
from parsers.content import Cell, Grid, Origin
from parsers.summary_table_header import Header, header_at
from parsers.wording import is_arabic_ordinal, letters_of

_LEAST_COLUMNS = 3
_AS_CLEAR = 0.9
"""As much of the whole header's letters must name columns as of its upper half's: an initiative's do not."""
_LEAST_ASKED = 2
"""Mandatory columns of a table's header."""


def with_whole_headers(grids: Mapping[int, Grid], names: ColumnNames) -> Mapping[int, Grid]:
    """The grids, a header that is cut put together on the page where it begins; without one as they are."""
    put: dict[int, Grid] = dict(grids)
    headers: list[tuple[str, ...]] = []
    for place, following in pairwise(grids):
        upper, lower = put[place], put[following]
        if upper.page is None or lower.page != upper.page + 1 or len(lower.rows) < 2:
            continue
        headers += [_letters(row) for row in upper.rows[:-1]]
        whole = _whole(upper.rows[-1], lower.rows[0])
        if whole and (_letters(whole) in headers or _is_header(upper, whole, names)):
            put[place] = replace(upper, rows=(*upper.rows[:-1], whole))
            put[following] = replace(lower, rows=lower.rows[1:])
    return put


def _whole(upper: Sequence[Cell], lower: Sequence[Cell]) -> tuple[Cell, ...]:
    """Both rows as one, cell by cell; () where they are no two halves of a header."""
    if len(upper) != len(lower) or len(upper) < _LEAST_COLUMNS:
        return ()
    texts = [cell.text.strip() for cell in (*upper, *lower)]
    filled = [cell for cell in lower if cell.origin is Origin.OWN and cell.text.strip()]
    if any(map(is_arabic_ordinal, texts)) or not filled or any(cell.origin is Origin.LEFT for cell in filled):
        return ()
    if any(below.text.strip() and not above.text.strip() for above, below in zip(upper, lower, strict=True)):
        return ()
    return tuple(
        replace(above, text=f"{above.text}\n{below.text}") if below.text.strip() else above
        for above, below in zip(upper, lower, strict=True)
    )


def _is_header(upper: Grid, whole: tuple[Cell, ...], names: ColumnNames) -> bool:
    """Whether the last row of a page heads a table, and names more of its columns together with the first of the next.

    Nothing is read as a header that was none: what stands over it must head a table by itself.
    """
    last = len(upper.rows) - 1
    half = header_at(upper, last, names)
    if half is None or len(half.mandatory) < _LEAST_ASKED:
        return False
    full = header_at(replace(upper, rows=(*upper.rows[:-1], whole)), last, names)
    if full is None or not full.keys >= half.keys or _told(full) <= _told(half):
        return False
    return _told(full) * _said(half) >= _told(half) * _said(full) * _AS_CLEAR


def _told(header: Header) -> int:
    """Letters of its labels that name columns."""
    return round(sum(leaf.share * len(letters_of(leaf.label)) for leaf in header.leaves if leaf.key is not None))


def _said(header: Header) -> int:
    return sum(len(letters_of(leaf.label)) for leaf in header.leaves)


def _letters(row: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(letters_of(cell.text) for cell in row)
