"""Is the service well? A judgement of facts by a table of causes; each complaint says what to do, in two languages.

Nothing is looked up here and no clock is asked: `now` is a fact like the others.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from dossier.health_texts import DISKS, TEXTS
from dossier.moments import require_zone


class Cause(StrEnum):
    NO_POLL = "no-poll"
    QUEUE = "queue"
    LETTERS_WAIT = "letters-wait"
    LETTERS_LOST = "letters-lost"
    DISK = "disk"
    CLOCK = "clock"
    BACKUP = "backup"
    RECONCILIATION = "reconciliation"
    STORE = "store"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on each fact is a complaint; all come from the settings."""

    poll: timedelta
    queue_messages: int
    queue_age: timedelta
    letters_age: timedelta
    disk_free: int
    """Bytes."""
    clock: timedelta
    backup_age: timedelta | None
    """None: no backups are asked for."""
    reconciliation_age: timedelta | None
    """None: mailboxes are not compared by night."""


@dataclass(frozen=True, slots=True)
class ClockWindow:
    """What one message tells of the mail server's clock less ours, in seconds: it lies from `low` to `high`.

    A message that came between two looks has its INTERNALDATE (RFC 9051, 2.3.3) by the server's clock; by ours it came
    after the look before (`high`; None where there was none) and before it was fetched (`low`).
    """

    uid: int
    low: float
    high: float | None


@dataclass(frozen=True, slots=True)
class FolderFacts:
    name: str
    """"account/folder"."""
    polled_at: datetime | None
    """The last look that went well; None: there was none."""
    clocks: tuple[ClockWindow, ...] = ()
    """Of the newest messages, the newest last."""
    reconciled_at: datetime | None = None
    missing: int = 0
    """Messages that the ledger lacked at the last comparison."""


@dataclass(frozen=True, slots=True)
class Disk:
    what: str
    free: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The state of one installation at `now`."""

    now: datetime
    folders: tuple[FolderFacts, ...]
    disks: tuple[Disk, ...]
    running_since: datetime | None = None
    """Of the service that asks: what it had no time for yet is no complaint. None: another program asks."""
    pending: int = 0
    """Messages received and not judged."""
    pending_since: datetime | None = None
    """When the oldest of them was fetched."""
    waiting: int = 0
    """Letters in the queue."""
    overdue_since: datetime | None = None
    """Since when the longest due of them is due."""
    put_off_since: datetime | None = None
    """When the oldest letter was written that the relay put off three times and more."""
    unknown: int = 0
    """Letters of the last days of which nobody knows whether they arrived,"""
    undelivered: int = 0
    """and of which it is known that they did not."""
    quarantined: int = 0
    backup_at: datetime | None = None
    """The last one that was made and checked."""
    backup_problem: str = ""
    """Why the latest failed."""
    zone: str = "UTC"
    """In which times are told."""
    store_problem: str = ""
    """Why the records cannot be read; then nothing else of them is known."""

    def __post_init__(self) -> None:
        require_zone(now=self.now, running_since=self.running_since, backup_at=self.backup_at)


@dataclass(frozen=True, slots=True)
class Complaint:
    cause: Cause
    about: str
    """Which folder or disk, where a cause has several; else ''."""
    vi: str
    en: str

    @property
    def key(self) -> str:
        """One alarm each: "no-poll office/INBOX"."""
        return f"{self.cause} {self.about}".rstrip()

    def said(self, locale: str) -> str:
        return self.vi if locale == "vi" else self.en


def judge(facts: Facts, thresholds: Thresholds) -> tuple[Complaint, ...]:
    """Every complaint, in the order of the causes; none: the service is well."""
    if facts.store_problem:
        return (*_store(facts, thresholds), *_disk(facts, thresholds))
    return tuple(one for rule in _RULES.values() for one in rule(facts, thresholds))


def clock_difference(windows: Sequence[ClockWindow]) -> timedelta:
    """The server's clock less ours, as far as it is certain; 0 where the messages fit clocks that agree.

    Ahead: one message with a time that is still to come proves it. Behind: a message with an old time may have been
    moved into the folder, so the newest two have to agree on it.
    """
    if not windows:
        return timedelta()
    newest = windows[-1]
    if newest.low > 0:
        return timedelta(seconds=newest.low)
    if len(windows) < 2 or any(one.high is None or one.high >= 0 for one in windows[-2:]):
        return timedelta()
    low, high = max(one.low for one in windows[-2:]), min(one.high or 0.0 for one in windows[-2:])
    return timedelta(seconds=high) if low <= high else timedelta()


def _no_poll(facts: Facts, thresholds: Thresholds) -> Iterator[Complaint]:
    for folder in facts.folders:
        if not _is_young(facts, folder.polled_at, thresholds.poll):
            yield _complaint(Cause.NO_POLL, "no-poll", folder.name, last=_when(facts, folder.polled_at))


def _queue(facts: Facts, thresholds: Thresholds) -> Iterator[Complaint]:
    since = facts.pending_since
    old = since is not None and not _is_young(facts, since, thresholds.queue_age)
    if facts.pending and (old or facts.pending > thresholds.queue_messages):
        yield _complaint(Cause.QUEUE, "queue", count=facts.pending, since=_when(facts, since))


def _letters_wait(facts: Facts, thresholds: Thresholds) -> Iterator[Complaint]:
    limit = thresholds.letters_age
    overdue = facts.overdue_since is not None and not _is_young(facts, facts.overdue_since, limit)
    put_off = facts.put_off_since is not None and facts.now - facts.put_off_since > limit
    if overdue or put_off:
        since = min(one for one in (facts.overdue_since, facts.put_off_since) if one is not None)
        yield _complaint(Cause.LETTERS_WAIT, "letters-wait", count=facts.waiting, since=_when(facts, since))


def _letters_lost(facts: Facts, thresholds: Thresholds) -> Iterator[Complaint]:
    del thresholds
    if facts.unknown or facts.undelivered:
        lost, unknown = facts.undelivered, facts.unknown
        yield _complaint(Cause.LETTERS_LOST, "letters-lost", undelivered=lost, unknown=unknown)


def _disk(facts: Facts, thresholds: Thresholds) -> Iterator[Complaint]:
    for disk in facts.disks:
        if disk.free < thresholds.disk_free:
            yield _complaint(Cause.DISK, "disk", disk.what, free=disk.free >> 20)


def _clock(facts: Facts, thresholds: Thresholds) -> Iterator[Complaint]:
    for folder in facts.folders:
        off = clock_difference(folder.clocks)
        back = timedelta() if folder.polled_at is None else folder.polled_at - facts.now
        if abs(off) > thresholds.clock:
            text = "clock-behind" if off > timedelta() else "clock-ahead"
            yield _complaint(Cause.CLOCK, text, folder.name, minutes=_minutes(abs(off)))
        elif back > thresholds.clock:
            yield _complaint(Cause.CLOCK, "clock-back", folder.name, minutes=_minutes(back))


def _backup(facts: Facts, thresholds: Thresholds) -> Iterator[Complaint]:
    age = thresholds.backup_age
    if age is not None and not _is_young(facts, facts.backup_at, age):
        yield _complaint(Cause.BACKUP, "backup", last=_when(facts, facts.backup_at), problem=facts.backup_problem)


def _reconciliation(facts: Facts, thresholds: Thresholds) -> Iterator[Complaint]:
    age = thresholds.reconciliation_age
    for folder in facts.folders if age is not None else ():
        if age is not None and not _is_young(facts, folder.reconciled_at, age):
            last = _when(facts, folder.reconciled_at)
            yield _complaint(Cause.RECONCILIATION, "reconciliation", folder.name, last=last)
        elif folder.missing:
            yield _complaint(Cause.RECONCILIATION, "missing", folder.name, count=folder.missing)


def _store(facts: Facts, thresholds: Thresholds) -> Iterator[Complaint]:
    del thresholds
    if facts.store_problem:
        yield _complaint(Cause.STORE, "store", problem=facts.store_problem)


def _complaint(cause: Cause, text: str, about: str = "", **said: str | int | tuple[str, str]) -> Complaint:
    """What is said in two ways stands in Vietnamese first, then in English."""
    both = [DISKS.get(about, (about, about)), *(one if isinstance(one, tuple) else (one, one) for one in said.values())]
    names = ("about", *said)
    told = (dict(zip(names, (one[at] for one in both), strict=True)) for at in (0, 1))
    vi, en = (" ".join(one.format(**values).split()) for one, values in zip(TEXTS[text], told, strict=True))
    return Complaint(cause, about, vi, en)


def _is_young(facts: Facts, moment: datetime | None, age: timedelta) -> bool:
    """Within that age, or the service has not run for so long yet."""
    known = [one for one in (moment, facts.running_since) if one is not None]
    return bool(known) and facts.now - max(known) <= age


def _minutes(span: timedelta) -> int:
    return round(span / timedelta(minutes=1))


def _when(facts: Facts, moment: datetime | None) -> tuple[str, str]:
    if moment is None:
        return "chưa lần nào", "never"
    told = moment.astimezone(ZoneInfo(facts.zone)).strftime("%H:%M:%S %d/%m/%Y")
    return told, told


Rule = Callable[[Facts, Thresholds], Iterator[Complaint]]
_RULES: MappingProxyType[Cause, Rule] = MappingProxyType(
    {
        Cause.NO_POLL: _no_poll,
        Cause.QUEUE: _queue,
        Cause.LETTERS_WAIT: _letters_wait,
        Cause.LETTERS_LOST: _letters_lost,
        Cause.DISK: _disk,
        Cause.CLOCK: _clock,
        Cause.BACKUP: _backup,
        Cause.RECONCILIATION: _reconciliation,
        Cause.STORE: _store,
    }
)
