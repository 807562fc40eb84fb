"""What is said of time stamps (RFC 3161). `hoso.timestamp_tokens`, slow to load, gets and reads them."""

from dataclasses import dataclass
from datetime import datetime


class TimestampError(Exception):
    """No stamp could be had, or it does not hold; the text says why."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp that fits its text and whose signature holds."""

    at: datetime
    """The authority's time."""
    authority: str
    trusted: bool | None
    """Whether its certificate led to one of the roots; None where there are no roots."""
