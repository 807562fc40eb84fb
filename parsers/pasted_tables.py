"""Tables pasted as pictures (FORMS.md, "Shapes met").

That they were not read is said: or the sender would be told that the table is missing.
"""

from collections.abc import Iterable

from parsers.content import Grid, Line

LARGE = 0.2
"""Share of a page from which a picture may hold a table; a stamp with a signature is smaller."""
A4 = 595.0 * 842.0
"""Area in square points, where the page is not known."""


def holds_table(blocks: Iterable[Line | Grid]) -> bool:
    """Whether a table that could be the summary table was read: then pictures are illustrations."""
    grids = (block for block in blocks if isinstance(block, Grid))
    return any(grid.ruled and len(grid.rows) > 1 and len(grid.rows[0]) > 1 for grid in grids)
