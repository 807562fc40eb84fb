"""Numbers of rows that are not there: a row was lost in reading, or the sender left it out; a person looks (P11).

"2/, 3/, 4/" begins behind its first; "1, 2, 5" lacks two. What begins again at 1, or counts back, is another part.
"""

from dossier.campaign import NO
from dossier.model import SummaryTable
from parsers.wording import is_arabic_ordinal, number_in

_LONGEST = 1_000
"""What is higher is no number of a row."""


def numbers_missing(table: SummaryTable) -> tuple[str, ...]:
    """The first place at which a number is missing, in English."""
    before = 0
    for row in table.rows:
        written = row.cells.get(NO, "")
        number = number_in(written) if is_arabic_ordinal(written) else before + 1
        if before + 1 < number < _LONGEST:
            told = "no row numbered 1 was read" if not before else f"no row was read between {before} and {number}"
            return (f"{row.place or f'row {written}'}: {told}",)
        before = number
    return ()
