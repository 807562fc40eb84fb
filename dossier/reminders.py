"""Who is reminded of the deadline, and when: decided anew from how each dossier stands, never to one that is complete.

A reminder that could not go out at its hour goes out within the day after it, later it does not: the next one says it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from dossier.deadline import in_time
from dossier.findings import deficiencies
from dossier.model import Assessment, Finding, Verdict
from dossier.moments import require_zone

_CATCH_UP = timedelta(days=1)


class Need(StrEnum):
    """Why a union is reminded."""

    SILENT = "silent"
    """Nothing came from an address that is known as its own."""
    DEFICIENT = "deficient"
    """Something has to be mended."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The settings."""

    days_before: tuple[int, ...]
    """The day of the deadline; none: nobody is reminded."""
    hour: time
    """In the campaign's zone."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One day on which a union may be reminded."""

    day: date
    """Of the campaign's zone."""
    days_before: int
    at: datetime

    def __post_init__(self) -> None:
        require_zone(at=self.at)


@dataclass(frozen=True, slots=True)
class Upcoming:
    """Who will get what, by how things stand now: for the digest."""

    union: str
    """Roster code."""
    name: str
    need: Need
    findings: tuple[str, ...]
    """Codes of what is missing."""
    addresses: tuple[str, ...]
    """None: nobody can be written to, staff have to call."""
    slot: Slot


def slots(plan: Plan, deadline: datetime, opens_at: datetime, zone: ZoneInfo) -> tuple[Slot, ...]:
    """All of them, the first first: none before the campaign opens, none after the deadline."""
    last = deadline.astimezone(zone).date()
    found = []
    for days in sorted(set(plan.days_before), reverse=True):
        day = last - timedelta(days=days)
        at = datetime.combine(day, plan.hour, zone)
        if opens_at.timestamp() <= at.timestamp() and in_time(at, deadline):
            found.append(Slot(day, days, at))
    return tuple(found)


def due(found: Iterable[Slot], now: datetime, deadline: datetime) -> Slot | None:
    """The latest that was reached less than a day ago; None after the deadline."""
    if not in_time(now, deadline):
        return None
    reached = [one for one in found if timedelta() <= now - one.at < _CATCH_UP]
    return max(reached, key=lambda one: one.at, default=None)


def ahead(found: Iterable[Slot], now: datetime, zone: ZoneInfo, days: int = 1) -> Slot | None:
    """The next, where its day is today or within `days`: the digest of the day before tells of it."""
    last = now.astimezone(zone).date() + timedelta(days=days)
    return min((one for one in found if one.at > now and one.day <= last), key=lambda one: one.at, default=None)


def need_of(assessment: Assessment | None) -> Need | None:
    """Of a dossier as it stands; None where its union has nothing to do. Without a dossier it is silent."""
    if assessment is None:
        return Need.SILENT
    return Need.DEFICIENT if missing(assessment) else None


def missing(assessment: Assessment) -> tuple[Finding, ...]:
    """What the union has to mend; nothing where the dossier is complete, or stands as accepted by a person's ruling.

    What only a person here has to look at is no matter of the union's.
    """
    if assessment.complete is True or assessment.verdict is Verdict.ACCEPTED:
        return ()
    return deficiencies(assessment.findings)
