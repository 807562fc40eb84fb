"""What staff read in the morning, as data, and when it is due (DESIGN.md, "People")."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from dossier.arrivals import Arrivals
from dossier.health import Complaint
from dossier.moments import require_zone
from dossier.reminders import Upcoming
from dossier.targets import Standing


class Group(StrEnum):
    """In the order in which a person reads them: what needs a person comes first."""

    LETTERS = "letters"
    """Letters of which nobody knows whether they arrived head the digest (P6); that did not arrive, were refused."""
    DOUBTFUL = "doubtful"
    """Dossiers under review, and submissions of strangers or of no clear campaign."""
    QUARANTINED = "quarantined"
    LATE = "late"
    HELD = "held"
    ACCEPTED = "accepted"
    DEFICIENT = "deficient"


URGENT = (Group.LETTERS, Group.DOUBTFUL, Group.QUARANTINED, Group.LATE, Group.HELD)
"""Shown for as long as they stand; the others only where they changed since the last digest."""
BY_RULING = "by-ruling"
"""Among the reasons of an entry: the rules alone would say otherwise, a person decided."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what it is about, and why it stands here."""

    reference: str
    """A dossier code, or the number of a message or letter: what the commands are asked with."""
    who: str
    """The union's name, else an address; received text."""
    why: tuple[str, ...]
    """Codes of findings, a state, an error; received text."""
    at: datetime | None
    fresh: bool
    """It came, or changed, since the last digest."""


@dataclass(frozen=True, slots=True)
class Section:
    group: Group
    entries: tuple[Entry, ...]
    more: bool = False
    """There are more than are listed here."""


@dataclass(frozen=True, slots=True)
class Silent:
    """A union of which no dossier came by email."""

    code: str
    name: str
    addresses: tuple[str, ...]
    """Of the roster, and those that a person confirmed."""
    paper: bool = False
    """Its paper copy came before any email."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The last reconciliation of a folder (P5)."""

    folder: str
    at: datetime
    messages: int
    accounted: int


@dataclass(frozen=True, slots=True)
class Digest:
    """What came from `since` (exclusive) to `until` (inclusive), and how the campaign stands at `until`."""

    campaign: str
    organisation: str
    zone: str
    since: datetime
    until: datetime
    deadline: datetime
    """In force for all; a union's own extension may be later."""
    sections: tuple[Section, ...]
    """Those that hold something, in the order of Group."""
    messages: int
    """Recorded in that time, of whatever kind."""
    asked: int
    """Unions of the roster."""
    silent: tuple[Silent, ...]
    comparisons: tuple[Comparison, ...] = field(default=())
    head: str = ""
    """The block of `hoso audit head` (P9)."""
    targets: tuple[Standing, ...] = ()
    """How the plan's targets stand, in the plan's order."""
    upcoming: tuple[Upcoming, ...] = ()
    """Who is reminded today or tomorrow."""
    complaints: tuple[Complaint, ...] = ()
    """What is wrong with the service itself."""
    arrivals: Arrivals | None = None
    held_back: int = 0
    """Of the messages: machines' and those that asked for no answer; recorded, and nothing was written to them."""

    def __post_init__(self) -> None:
        require_zone(since=self.since, until=self.until, deadline=self.deadline)

    @property
    def sent(self) -> int:
        """Unions of the roster that have sent something, by email or on paper."""
        return self.asked - sum(not one.paper for one in self.silent)

    @property
    def share(self) -> int:
        """Of the unions, in whole per cent, rounded down: 33 of 34 are not all."""
        return 100 * self.sent // self.asked if self.asked else 0

    @property
    def days_left(self) -> int:
        """Nights until the deadline's day in the campaign's zone; negative once that day is over."""
        zone = ZoneInfo(self.zone)
        return (self.deadline.astimezone(zone).date() - self.until.astimezone(zone).date()).days

    @property
    def is_past(self) -> bool:
        return self.until > self.deadline

    @property
    def urgent(self) -> int:
        """How many entries wait for a person."""
        return sum(len(one.entries) for one in self.sections if one.group in URGENT)

    @property
    def urgent_more(self) -> bool:
        """There are more of them than are listed and counted."""
        return any(one.more for one in self.sections if one.group in URGENT)

    @property
    def is_quiet(self) -> bool:
        """Nothing came and nothing changed."""
        return not self.messages and not any(entry.fresh for one in self.sections for entry in one.entries)


def last_slot(now: datetime, deadline: datetime, zone: ZoneInfo, hour: time) -> datetime:
    """When the latest digest was due at or before `now`: daily at `hour` in the zone, every two hours on the last day.

    On the day of the deadline the hours are those of the same parity, so the morning's is among them. An hour that
    clocks skip is taken as the one they show then.
    """
    local = now.astimezone(zone)
    last_day = deadline.astimezone(zone).date()
    for back in range(2):
        day = local.date() - timedelta(days=back)
        hours = range(hour.hour % 2, 24, 2) if day == last_day else (hour.hour,)
        for one in reversed(hours):
            slot = datetime.combine(day, time(one, hour.minute), zone)
            if slot.timestamp() <= now.timestamp():
                return slot
    raise AssertionError("yesterday has a slot")


def due_slot(written: datetime | None, slot: datetime) -> bool:
    """Whether a digest has to be written for the slot, where the last one was written at `written`.

    However many slots were missed meanwhile, one digest tells all: it reaches back to the last.
    """
    return written is None or written < slot


OVERLAP = timedelta(minutes=1)
"""What was being recorded while the last digest was gathered is told in the next: twice rather than not at all."""


def told_since(written: datetime | None, slot: datetime, opens_at: datetime) -> datetime:
    """From when on a digest tells: from the last one; the first from the campaign's beginning."""
    return min(opens_at, slot - timedelta(days=1)) if written is None else written - OVERLAP
