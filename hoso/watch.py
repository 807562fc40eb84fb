"""The watch of the running service over itself: judged each minute, told to the administrator, shown to who asks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from hoso.health import condition
from hoso.wiring import Parts, smtp_settings
from intake.alarms import AlarmPolicy, Alarms
from notifier.smtp import Sender

LOOK = 60.0
"""Seconds between two looks."""


@dataclass(frozen=True, slots=True)
class Watch:
    parts: Parts
    clock: Callable[[], datetime]
    running_since: datetime
    alarms: Alarms | None

    def look(self) -> None:
        """Judge, and tell what is to be told. Raises StoreError."""
        now = self.clock()
        found = condition(self.parts, now, self.running_since)
        if self.alarms is not None:
            self.alarms.tell(found.complaints, now)


def watch_of(parts: Parts, clock: Callable[[], datetime]) -> Watch:
    return Watch(parts, clock, clock(), alarms_of(parts))


def alarms_of(parts: Parts) -> Alarms | None:
    """None where nobody is to be told."""
    health, bounces = parts.settings.health, parts.writing.bounces
    if health.alarms_to is None:
        return None
    policy = AlarmPolicy(
        recipient=health.alarms_to,
        identity=bounces,
        domain=parts.writing.message_id_domain,
        locale=health.locale,
        repeat=health.repeat,
        most=health.mails_a_day,
    )
    return Alarms(parts.store, policy, lambda: Sender(smtp_settings(parts.settings.smtp)))
