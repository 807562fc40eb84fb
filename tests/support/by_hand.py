"""Zones reckoned by hand in whole seconds since 1970, without the library that the program uses: a second opinion.

Rules of 2010-2030 only (IANA time zone database, files asia, australasia, europe, northamerica).
"""

from collections.abc import Callable
from dataclasses import dataclass

HOUR, DAY = 3600, 86400
_MINUTE = 60


@dataclass(frozen=True)
class Wall:
    """What a clock on the wall shows."""

    year: int
    month: int
    day: int
    hour: int = 0
    minute: int = 0
    second: int = 0

    @property
    def seconds(self) -> int:
        """As if the wall were in Greenwich."""
        return days(self.year, self.month, self.day) * DAY + self.hour * HOUR + self.minute * 60 + self.second


def days(year: int, month: int, day: int) -> int:
    """From the first of January 1970 (the civil calendar counted from March)."""
    shifted = year - (month <= 2)
    era_year = shifted % 400
    of_year = (153 * (month - 3 if month > 2 else month + 9) + 2) // 5 + day - 1
    return shifted // 400 * 146097 + era_year * 365 + era_year // 4 - era_year // 100 + of_year - 719468


def wall_of(seconds: int) -> Wall:
    """The other way round."""
    number, rest = divmod(seconds, DAY)
    shifted = number + 719468
    era, of_era = divmod(shifted, 146097)
    year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    index = (5 * of_year + 2) // 153
    month = index + 3 if index < 10 else index - 9
    return Wall(
        year + era * 400 + (month <= 2),
        month,
        of_year - (153 * index + 2) // 5 + 1,
        rest // HOUR,
        rest % HOUR // 60,
        rest % 60,
    )


def _sunday(year: int, month: int, number: int) -> int:
    """Day number of the first (1), second … or last (0) Sunday of a month; the first of January 1970 was a Thursday."""
    if number == 0:
        last = days(year + month // 12, month % 12 + 1, 1) - 1
        return last - (last + 4) % 7
    first = days(year, month, 1)
    return first + (-(first + 4)) % 7 + 7 * (number - 1)


Changes = Callable[[int], tuple[tuple[int, int, int], ...]]
"""Year → (second of the change, offset before, offset after)."""


def _none(year: int) -> tuple[tuple[int, int, int], ...]:
    return ()


def _europe(year: int) -> tuple[tuple[int, int, int], ...]:
    return (
        (_sunday(year, 3, 0) * DAY + HOUR, HOUR, 2 * HOUR),
        (_sunday(year, 10, 0) * DAY + HOUR, 2 * HOUR, HOUR),
    )


def _america(standard: int) -> Changes:
    def changes(year: int) -> tuple[tuple[int, int, int], ...]:
        summer = standard + HOUR
        return (
            (_sunday(year, 3, 2) * DAY + 2 * HOUR - standard, standard, summer),
            (_sunday(year, 11, 1) * DAY + 2 * HOUR - summer, summer, standard),
        )

    return changes


def _lord_howe(year: int) -> tuple[tuple[int, int, int], ...]:
    """Half an hour of summer time, and the year's first change ends it."""
    standard, summer = 10 * HOUR + HOUR // 2, 11 * HOUR
    return (
        (_sunday(year, 4, 1) * DAY + 2 * HOUR - summer, summer, standard),
        (_sunday(year, 10, 1) * DAY + 2 * HOUR - standard, standard, summer),
    )


ZONES: dict[str, tuple[int, Changes]] = {
    "Asia/Ho_Chi_Minh": (7 * HOUR, _none),
    "Asia/Kathmandu": (5 * HOUR + 45 * _MINUTE, _none),
    "UTC": (0, _none),
    "Europe/Berlin": (HOUR, _europe),
    "America/New_York": (-5 * HOUR, _america(-5 * HOUR)),
    "America/St_Johns": (-3 * HOUR - 30 * _MINUTE, _america(-3 * HOUR - 30 * _MINUTE)),
    "Australia/Lord_Howe": (11 * HOUR, _lord_howe),
}
"""Name → its offset on the first of January, and its changes."""


def changes_of(zone: str, year: int) -> tuple[tuple[int, int, int], ...]:
    return ZONES[zone][1](year)


def utc(wall: Wall, zone: str, *, later: bool = False) -> int:
    """The second that a wall's time means there.

    Where the time comes twice the earlier, or the later; where clocks skip it, as if they had not been moved yet, or
    already (PEP 495).
    """
    for change, before, after in changes_of(zone, wall.year):
        if abs(wall.seconds - change - before) < DAY // 2:
            fits_before, fits_after = wall.seconds - before < change, wall.seconds - after >= change
            if fits_before != fits_after:
                return wall.seconds - (before if fits_before else after)
            return wall.seconds - (after if later else before)
    return wall.seconds - _offset(wall, zone)


def _offset(wall: Wall, zone: str) -> int:
    offset = ZONES[zone][0]
    for change, _, after in changes_of(zone, wall.year):
        if wall.seconds - after >= change:
            offset = after
    return offset
