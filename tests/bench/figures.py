"""What many measurements of one thing say: the middle, the ends, and ratios of what was measured side by side."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Spread:
    """Least, middle and greatest of some measurements."""

    low: float
    middle: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        return cls(min(values), median(values), max(values))

    def times(self, factor: float) -> "Spread":
        return Spread(self.low * factor, self.middle * factor, self.high * factor)


def percentile(values: Sequence[float], share: float) -> float:
    """The least of `values` that `share` (0 to 1) of them do not exceed: nearest rank, so always one that was seen.

    Raises ValueError where there is none.
    """
    if not values:
        raise ValueError("no measurement")
    return sorted(values)[max(math.ceil(share * len(values)), 1) - 1]


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> Spread:
    """Round by round: a machine that slows down between two rounds slows both sides of a round."""
    return Spread.of([one / other for one, other in zip(ours, theirs, strict=True)])
