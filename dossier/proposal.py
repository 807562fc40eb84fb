"""The outgoing proposal (Tờ trình kèm Bảng tổng hợp tóm tắt sáng kiến): what is put forward to the body above."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from dossier.breakdown import Worded, Worths, breakdown
from dossier.campaign import Campaign
from dossier.money import Benefit


@dataclass(frozen=True, slots=True)
class Proposed:
    """One initiative that is put forward, as it stood when the shortlist was frozen."""

    place: int
    """From 1, the highest average first."""
    union: str
    """Roster code."""
    union_name: str
    cells: Mapping[str, str]
    average: Decimal | None
    benefit: Benefit


@dataclass(frozen=True, slots=True)
class Figures:
    """Of the whole campaign, as of the day of selection."""

    unions: int
    """Asked to send."""
    dossiers: int
    """Unions that sent something."""
    valid: int
    """Dossiers valid (hợp lệ) as of that day."""
    initiatives: int
    of_valid: int
    """Initiatives of valid dossiers."""
    scored: int

    @property
    def share(self) -> Decimal | None:
        """Unions taking part, in per cent, rounded to one place as a reader would; all but one of very many are never
        all. None without a roster.
        """
        if not self.unions:
            return None
        if self.dossiers >= self.unions:
            return Decimal(100)
        exact = Decimal(100 * self.dossiers) / self.unions
        return min(exact.quantize(Decimal("0.1"), ROUND_HALF_UP), Decimal("99.9"))


@dataclass(frozen=True, slots=True)
class Proposal:
    campaign: Campaign
    proposed: tuple[Proposed, ...]
    figures: Figures
    valid_at: datetime
    """As of when dossiers are valid."""
    written: date
    """Whose year stands in the blank date."""
    number: str = ""
    """Of the document; left blank to be written by hand."""
    dated: date | None = None
    """Of the document; left blank to be written by hand."""
    signer: str = ""
    draft: bool = False
    """The shortlist is not frozen."""

    @property
    def unions(self) -> int:
        """How many put an initiative forward."""
        return len({one.union for one in self.proposed})

    @property
    def averages(self) -> tuple[Decimal, Decimal] | None:
        """Lowest and highest; None where none was given points."""
        known = [one.average for one in self.proposed if one.average is not None]
        return (min(known), max(known)) if known else None

    @property
    def worths(self) -> Worths:
        """What those that are put forward say of their benefit."""
        worded = (Worded(one.union, one.cells, one.benefit) for one in self.proposed)
        return breakdown(self.campaign, worded).worths
