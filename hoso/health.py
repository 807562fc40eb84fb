"""The health of one installation: its facts by its settings, judged."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dossier.health import Complaint, Facts, Thresholds, judge
from hoso.settings import Settings
from hoso.wiring import Parts
from intake.health import facts


@dataclass(frozen=True, slots=True)
class Condition:
    facts: Facts
    complaints: tuple[Complaint, ...]

    @property
    def is_well(self) -> bool:
        return not self.complaints

    def report(self) -> dict[str, object]:
        """For programs: names, numbers and sentences, nothing of anybody's mail."""
        return {
            "status": "ok" if self.is_well else "ill",
            "at": self.facts.now.isoformat(),
            "complaints": [
                {"cause": one.cause.value, "about": one.about, "vi": one.vi, "en": one.en} for one in self.complaints
            ],
        }


def condition(parts: Parts, now: datetime, running_since: datetime | None = None) -> Condition:
    """`running_since`: of the service that asks; what it had no time for yet is no complaint."""
    folders = [(mailbox.name, folder) for mailbox in parts.settings.mailboxes for folder in mailbox.folders]
    found = replace(facts(parts.store, folders, now, running_since), zone=parts.campaigns[0].zone)
    return Condition(found, judge(found, thresholds(parts.settings)))


def thresholds(settings: Settings) -> Thresholds:
    health = settings.health
    backups = settings.backup.folder is not None
    compares = settings.schedule.reconcile_hour is not None
    return Thresholds(
        poll=timedelta(minutes=health.poll_minutes),
        queue_messages=health.queue_messages,
        queue_age=timedelta(minutes=health.queue_minutes),
        letters_age=timedelta(minutes=health.letters_minutes),
        disk_free=health.disk_free_mb << 20,
        clock=timedelta(minutes=settings.receipt.clock_tolerance_minutes),
        backup_age=timedelta(hours=health.backup_hours) if backups else None,
        reconciliation_age=timedelta(hours=health.reconcile_hours) if compares else None,
    )
