"""The watch of the running service over itself: judged each minute, told to the administrator, shown to who asks."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime

import structlog

from hoso.health import condition
from hoso.health_page import HealthPage, serving
from hoso.wiring import Parts, smtp_settings
from intake.alarms import AlarmPolicy, Alarms
from notifier.smtp import Sender

_log = structlog.stdlib.get_logger(__name__)

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


@contextmanager
def watching(parts: Parts, clock: Callable[[], datetime]) -> Iterator[Watch]:
    """The watch of a service that starts now; /healthz and /metrics are served while the block lasts, where they are to
    be. A port that is taken stops no mail: it is logged."""
    watch = Watch(parts, clock, clock(), alarms_of(parts))
    with ExitStack() as stack:
        address = parts.settings.health.address
        if address is not None:
            page = HealthPage(lambda: condition(parts, clock(), watch.running_since))
            try:
                port = stack.enter_context(serving(address, page))
                _log.info("health page", host=address[0], port=port)
            except OSError as error:
                _log.error("no health page", listen=parts.settings.health.listen, error=str(error))
        yield watch


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
