"""Moments as an administrator writes them, in the zone of a campaign, made unmistakable (FAULTS.md 16)."""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def first_moment(written: str, zone: ZoneInfo) -> datetime:
    """A day means from its first second. Raises ValueError with what to do where the moment is not one."""
    if not _DAY.fullmatch(written):
        return _moment(written, zone)
    return _real(datetime.combine(_day(written), time(0, 0, 0), zone))


def last_moment(written: str, zone: ZoneInfo) -> datetime:
    """A day means through its last second, 23:59:59; where clocks strike that hour twice, the later."""
    if not _DAY.fullmatch(written):
        return _moment(written, zone)
    return _real(datetime.combine(_day(written), time(23, 59, 59), zone).replace(fold=1))


def recorded_by(written: str, zone: ZoneInfo) -> datetime:
    """For what stood then: a second means through its end, as a day does; what is recorded is shown to the second."""
    moment = last_moment(written, zone)
    return moment if moment.microsecond else moment.replace(microsecond=999_999)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise ValueError(f"{written} is no day of the calendar") from None


def _moment(written: str, zone: ZoneInfo) -> datetime:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise ValueError("must be a day or a moment, as in 2021-04-20 or 2021-04-20T17:00:00") from None
    if moment.tzinfo is not None:
        return moment.astimezone(zone)
    local = moment.replace(tzinfo=zone)
    if _real(local).replace(tzinfo=None) != moment:
        raise ValueError(f"{written} does not exist in {zone.key}: clocks are put forward over it; name another hour")
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        first, second = local.isoformat(), local.replace(fold=1).isoformat()
        raise ValueError(f"{written} comes twice in {zone.key}: write {first} or {second}")
    return local


def _real(local: datetime) -> datetime:
    """Through UTC and back: an hour that clocks skip becomes the one they show."""
    return local.astimezone(UTC).astimezone(local.tzinfo)
