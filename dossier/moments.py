"""Moments: none without a zone decides anything here (P3)."""

from datetime import datetime


def require_zone(**moments: datetime | None) -> None:
    """Raise ValueError for a datetime without a zone: a naive time decides nothing here."""
    for name, moment in moments.items():
        if moment is not None and moment.tzinfo is None:
            raise ValueError(f"{name} has no time zone: {moment!r}")
