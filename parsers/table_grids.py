"""The grids of a file as a summary table is read from them: what a page or a sheet has parted is put together."""

from collections.abc import Mapping
from dataclasses import dataclass

from parsers.columns import ColumnNames
from parsers.content import Content, Grid
from parsers.cut_headers import with_whole_headers
from parsers.rows_beneath import beside_their_rows
from parsers.tables_beside import unfolded


@dataclass(frozen=True, slots=True)
class Arranged:
    """By place in Content.blocks."""

    grids: Mapping[int, Grid]
    doubts: tuple[str, ...] = ()


def arranged(content: Content, names: ColumnNames) -> Arranged:
    """Cut headers whole, tables side by side one under the other, texts under rows beside them."""
    grids = {place: block for place, block in enumerate(content.blocks) if isinstance(block, Grid) and block.rows}
    after = unfolded(with_whole_headers(grids, names))
    beside = beside_their_rows(after.grids, names)
    return Arranged(beside.grids, after.doubts + beside.doubts)
