"""What is drawn from one row of a summary table beside its text: when it began, what it is worth, what it is like."""

from collections.abc import Mapping
from dataclasses import dataclass

from dossier import money, periods
from dossier.campaign import APPLIED, BENEFIT
from dossier.model import Row, SummaryTable
from dossier.money import Benefit
from dossier.near_duplicates import Gist, marks
from dossier.periods import Period


@dataclass(frozen=True, slots=True)
class Drawn:
    """One initiative, with what can be counted, summed and looked up by."""

    row: Row
    gist: Gist
    marks: tuple[int, ...]
    """By which initiatives of the campaign that may be like it are looked up."""
    applied: Period | None
    """None where no date can be read."""
    benefit: Benefit


def draw(table: SummaryTable, campaign: str) -> tuple[Drawn, ...]:
    """Of every row, in order; `campaign` is its key. Raises nothing."""
    return tuple(draw_row(row, campaign, table.columns) for row in table.rows)


def draw_row(row: Row, campaign: str, headers: Mapping[str, str]) -> Drawn:
    """`headers`: column key → header as written; a header may say what bare numbers count in."""
    gist = Gist.of(row.cells)
    unit = money.unit_of(headers.get(BENEFIT, ""))
    return Drawn(
        row=row,
        gist=gist,
        marks=marks(campaign, gist),
        applied=periods.parse(row.cells.get(APPLIED, "")),
        benefit=money.parse(row.cells.get(BENEFIT, ""), unit),
    )
