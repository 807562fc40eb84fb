"""When a message counts as received, and the deadline in force (promise P3).

The server's time decides: INTERNALDATE (RFC 9051, 2.3.3), or for a message read from a file its topmost Received header
(RFC 5321, 4.4). What the sender's Date header says decides nothing.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dossier.campaign import Campaign
from dossier.mail import Hop
from dossier.moments import require_zone

TOLERANCE = timedelta(minutes=10)
"""How far the server's two times may lie apart before a person decides; a setting."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """When a message was received, in UTC and whole seconds, by the two clocks that may be asked."""

    at: datetime | None
    """The time that counts; None where the server left none."""
    server_time: datetime | None = None
    """INTERNALDATE; None for a message read from a file."""
    header_time: datetime | None = None
    """Of the topmost Received header of a host of ours."""
    apart: bool = False
    """The two differ by more than the tolerance."""

    def __post_init__(self) -> None:
        require_zone(at=self.at, server_time=self.server_time, header_time=self.header_time)

    @property
    def unknown(self) -> bool:
        return self.at is None

    def straddles(self, deadline: datetime) -> bool:
        """The two times lie on both sides of the deadline."""
        if self.server_time is None or self.header_time is None:
            return False
        return in_time(self.server_time, deadline) != in_time(self.header_time, deadline)

    def disputed(self, deadline: datetime) -> bool:
        """A person has to decide: the two differ too much, or lie on both sides of the deadline."""
        return self.apart or self.straddles(deadline)


def receipt(
    internal_date: datetime | None,
    received: tuple[Hop, ...],
    trusted_hosts: Collection[str] = (),
    tolerance: timedelta = TOLERANCE,
) -> Receipt:
    """The receipt of one message.

    `received` is topmost first; `trusted_hosts` are our own, as they name themselves after `by`.

    A message read from a file has no INTERNALDATE: its topmost Received counts, and where that has no time none does,
    for those below it were written by others.
    """
    require_zone(internal_date=internal_date)
    if internal_date is None:
        top = received[0].at if received else None
        at = whole_second(top) if top is not None else None
        return Receipt(at=at, header_time=at)
    server_time = whole_second(internal_date)
    header_time = _of_our_hosts(received, trusted_hosts)
    apart = header_time is not None and abs(server_time - header_time) > tolerance
    return Receipt(at=server_time, server_time=server_time, header_time=header_time, apart=apart)


def _of_our_hosts(received: tuple[Hop, ...], trusted_hosts: Collection[str]) -> datetime | None:
    ours = {host.casefold().rstrip(".") for host in trusted_hosts}
    hop = next((hop for hop in received if hop.by.casefold().rstrip(".") in ours), None)
    return whole_second(hop.at) if hop is not None and hop.at is not None else None


def whole_second(moment: datetime) -> datetime:
    """In UTC, fractions cut off: 23:59:59.9 is still 23:59:59."""
    require_zone(moment=moment)
    return moment.astimezone(UTC).replace(microsecond=0)


def in_time(at: datetime, deadline: datetime) -> bool:
    """The second of the deadline itself is in time."""
    return whole_second(at) <= whole_second(deadline)


def margin(at: datetime, deadline: datetime) -> timedelta:
    """How long before the deadline; negative: how long after it."""
    return whole_second(deadline) - whole_second(at)


@dataclass(frozen=True, slots=True)
class Extension:
    """A decision that moves the deadline, for all unions or for one."""

    until: datetime
    reason: str
    union: str | None = None
    """Roster code; None: for all."""
    decided_at: datetime | None = None
    """From when on unions could know of it; None: it was always known."""

    def __post_init__(self) -> None:
        require_zone(until=self.until, decided_at=self.decided_at)


@dataclass(frozen=True, slots=True)
class DeadlineInForce:
    """The deadline that a dossier is judged by, and why it is not the campaign's own."""

    at: datetime
    extended_from: datetime | None = None
    reason: str = ""
    extensions: tuple[Extension, ...] = ()
    """Those that count for the union, which led to this deadline."""

    def __post_init__(self) -> None:
        require_zone(at=self.at, extended_from=self.extended_from)

    def then_known(self, moment: datetime) -> datetime:
        """The deadline as it was known at `moment`, before what was decided only later."""
        known = [one.until for one in self.extensions if one.decided_at is None or one.decided_at <= moment]
        return max([self.extended_from or self.at, *known])

    def was_late_at_first(self, at: datetime) -> bool:
        """In time only by an extension that was decided after it was received."""
        return in_time(at, self.at) and not in_time(at, self.then_known(at))


def deadline_in_force(
    campaign: Campaign, extensions: Iterable[Extension] = (), union: str | None = None
) -> DeadlineInForce:
    """The latest of the campaign's deadline and the extensions for all or this union: an extension never shortens."""
    ours = tuple(one for one in extensions if one.union is None or one.union == union)
    latest = max(ours, key=lambda one: whole_second(one.until), default=None)
    if latest is None or in_time(latest.until, campaign.deadline):
        return DeadlineInForce(campaign.deadline)
    return DeadlineInForce(latest.until, campaign.deadline, latest.reason, ours)
