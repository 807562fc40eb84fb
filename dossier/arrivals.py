"""How the dossiers of a campaign came in, day by day against the deadline: what the chart of the digest shows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dossier.moments import require_zone

_MOST_DAYS = 400
"""Of a campaign that lasts longer the last days are shown."""
_AFTER = timedelta(days=14)
"""So long after the deadline, or after the last change, the picture ends: nothing happens any more."""


@dataclass(frozen=True, slots=True)
class Day:
    """At the end of a day of the campaign's zone; of the last one, as it stands."""

    day: date
    begun: int
    """Unions that had sent something by then."""
    complete: int
    """Unions whose dossier had been complete by then."""


@dataclass(frozen=True, slots=True)
class Arrivals:
    days: tuple[Day, ...]
    """Without gaps, from the campaign's first day through today, or until nothing happens any more; empty before it."""
    asked: int
    """Unions of the roster."""
    deadline: date
    """The day of the deadline in force for all."""


def arrivals(
    begun: Iterable[datetime],
    complete: Iterable[datetime],
    *,
    asked: int,
    opens_at: datetime,
    deadline: datetime,
    zone: ZoneInfo,
    now: datetime,
) -> Arrivals:
    """`begun` and `complete` hold one time of receipt for each union that has sent something, that is complete."""
    require_zone(opens_at=opens_at, deadline=deadline, now=now)
    started, ready = _by_day(begun, zone), _by_day(complete, zone)
    due = deadline.astimezone(zone).date()
    today = min(now.astimezone(zone).date(), max([due, *started, *ready]) + _AFTER)
    first = max(min([opens_at.astimezone(zone).date(), *started]), today - timedelta(days=_MOST_DAYS - 1))
    so_far = sum(count for day, count in started.items() if day < first)
    so_ready = sum(count for day, count in ready.items() if day < first)
    days = []
    for offset in range((today - first).days + 1):
        day = first + timedelta(days=offset)
        so_far += started[day]
        so_ready += ready[day]
        days.append(Day(day, so_far, so_ready))
    return Arrivals(tuple(days), asked, due)


def _by_day(moments: Iterable[datetime], zone: ZoneInfo) -> Counter[date]:
    return Counter(moment.astimezone(zone).date() for moment in moments)
