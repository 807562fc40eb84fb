"""When a letter that waits is tried again (RFC 5321, 4.5.4.1). Pure: chance and clock are arguments."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from notifier.outcomes import Cause

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
_GROWING = (_MINUTE, 5 * _MINUTE, 15 * _MINUTE, 30 * _MINUTE, _HOUR, 2 * _HOUR, 4 * _HOUR, 6 * _HOUR)

PAUSES: Mapping[Cause, tuple[timedelta, ...]] = MappingProxyType(
    {
        Cause.BUSY: _GROWING,
        Cause.CONNECTION: _GROWING,
        Cause.QUOTA: (_HOUR, 2 * _HOUR, 4 * _HOUR, 6 * _HOUR),  # a daily quota is not back in minutes
        Cause.SETTINGS: (5 * _MINUTE, 15 * _MINUTE, 30 * _MINUTE, _HOUR),  # soon after the administrator has mended it
    }
)
"""The pause after the first, second … try that failed; the last one holds from then on."""

GIVE_UP_AFTER = timedelta(days=5)
"""From the first try (RFC 5321, 4.5.4.1: "generally needs to be at least 4-5 days"); then a person decides."""

_SPREAD = 0.2


def next_try(failed: int, cause: Cause, first_tried_at: datetime, now: datetime, jitter: float) -> datetime | None:
    """When to try again after `failed` tries (1 or more), the last of which ended now with `cause`.

    `jitter` from 0 to 1 lengthens the pause by at most a fifth, so that letters which failed together do not come back
    together; it never shortens one. None where the letter has waited for GIVE_UP_AFTER; what only the administrator
    can mend (SETTINGS) is never given up.
    """
    if failed < 1 or not 0 <= jitter <= 1:
        raise ValueError(f"failed tries from 1 and jitter from 0 to 1 are meant, not {failed} and {jitter}")
    pauses = PAUSES[cause]
    due = now + pauses[min(failed, len(pauses)) - 1] * (1 + _SPREAD * jitter)
    if cause is not Cause.SETTINGS and due - first_tried_at > GIVE_UP_AFTER:
        return None
    return due
