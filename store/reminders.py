"""Which unions were reminded on which day: each once, in the transaction of the letters (P6)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from dossier.moments import require_zone
from store import events
from store.schema.columns import new_id
from store.schema.notices import reminders


@dataclass(frozen=True, slots=True)
class NewReminder:
    campaign: str
    union: str
    day: date
    """Of the campaign's zone, for which it was planned."""
    days_before: int
    deadline: datetime
    """In force for the union then."""

    def __post_init__(self) -> None:
        require_zone(deadline=self.deadline)


@dataclass(frozen=True, slots=True)
class WrittenReminder:
    id: int
    campaign: str
    union: str
    day: date
    days_before: int
    deadline: datetime
    at: datetime


def record(tx: Connection, new: NewReminder, now: datetime, *, letters: int, dossier_id: int | None) -> int:
    """Its number. Raises PermanentStoreError (when the transaction ends) where the union was reminded on that day."""
    values = {
        "campaign": new.campaign,
        "union_code": new.union,
        "day": new.day,
        "days_before": new.days_before,
        "deadline": new.deadline,
        "at": now,
    }
    made = new_id(tx.execute(insert(reminders), values))
    facts: dict[str, events.Fact] = {
        "reminder": made,
        "campaign": new.campaign,
        "union": new.union,
        "day": new.day.isoformat(),
        "days_before": new.days_before,
        "deadline": events.moment_text(new.deadline),
        "letters": letters,
    }
    events.append(tx, events.Event("union-reminded", now, dossier_id=dossier_id, facts=facts))
    return made


def get(conn: Connection, reminder_id: int) -> WrittenReminder | None:
    row = conn.execute(select(reminders).where(reminders.c.id == reminder_id)).one_or_none()
    return None if row is None else _written(row)


def of_day(conn: Connection, campaign: str, union: str, day: date) -> WrittenReminder | None:
    mine = (reminders.c.campaign == campaign, reminders.c.union_code == union, reminders.c.day == day)
    row = conn.execute(select(reminders).where(*mine)).one_or_none()
    return None if row is None else _written(row)


def of_days(conn: Connection, campaign: str, unions: Sequence[str], days: Collection[date]) -> set[tuple[str, date]]:
    """Which of these unions were reminded on which of these days; at most some hundreds are asked for."""
    mine = (reminders.c.campaign == campaign, reminders.c.union_code.in_(unions), reminders.c.day.in_(days))
    rows = conn.execute(select(reminders.c.union_code, reminders.c.day).where(*mine))
    return {(row.union_code, row.day) for row in rows}


def since(conn: Connection, campaign: str, first: date) -> list[WrittenReminder]:
    """Those for this day and later ones, in order."""
    asked = select(reminders).where(reminders.c.campaign == campaign, reminders.c.day >= first)
    return [_written(row) for row in conn.execute(asked.order_by(reminders.c.day, reminders.c.union_code))]


def _written(row: Row[Any]) -> WrittenReminder:
    return WrittenReminder(row.id, row.campaign, row.union_code, row.day, row.days_before, row.deadline, row.at)
