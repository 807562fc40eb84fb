"""What has been kept as long as it was to be kept: years after the one in which the work of its campaign ended.

The work of a campaign ended with its deadline in force or the last time one of its dossiers was judged, whichever is
later. What is to be kept for three years after 2026 is kept through the 31st of December 2029.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, exists, func, select

from dossier.letter import UNASKED
from store.ledger_entry import Outcome, State
from store.schema.history import event_notes, events
from store.schema.letters import letters
from store.schema.mail import ledger, messages
from store.schema.record import dossiers, revisions, waiting

OF_NO_CONCERN = (Outcome.IGNORED, Outcome.CORRESPONDENCE, Outcome.BEFORE_CAMPAIGN, Outcome.RECORDED_ONLY)


@dataclass(frozen=True, slots=True)
class Periods:
    """None keeps a kind for good."""

    dossiers_years: int | None
    waiting_years: int | None
    other_mail_days: int | None
    decisions_years: int | None


@dataclass(frozen=True, slots=True)
class Due:
    """What is to go, by number; nothing of it has gone yet."""

    dossiers: tuple[int, ...] = ()
    waiting: tuple[int, ...] = ()
    """Messages that never came into a dossier."""
    other_mail: tuple[int, ...] = ()
    """Messages of no concern."""
    unasked: tuple[int, ...] = ()
    """Digests, and reminders to unions that had no dossier: letters that belong to no message and no dossier."""
    decisions: tuple[int, ...] = ()
    """Events whose note goes."""

    @property
    def count(self) -> int:
        return sum(map(len, (self.dossiers, self.waiting, self.other_mail, self.unasked, self.decisions)))


def due(conn: Connection, periods: Periods, now: datetime, zones: Mapping[str, str]) -> Due:
    """`zones` says in which zone a campaign counts its years; UTC where it does not."""
    asked = periods.dossiers_years is not None or periods.waiting_years is not None
    ended = _ended(conn, zones) if asked else {}
    return Due(
        dossiers=_dossiers(conn, _over(ended, periods.dossiers_years, now)),
        waiting=_waiting(conn, _over(ended, periods.waiting_years, now)),
        other_mail=_other(conn, periods.other_mail_days, now),
        unasked=_unasked(conn, periods.other_mail_days, now),
        decisions=_decisions(conn, periods.decisions_years, now),
    )


def _ended(conn: Connection, zones: Mapping[str, str]) -> dict[str, int]:
    """Campaign → the year in which its work ended."""
    judged = select(dossiers.c.campaign, func.max(revisions.c.deadline), func.max(revisions.c.recorded_at))
    rows = [tuple(row) for row in conn.execute(judged.join(revisions).group_by(dossiers.c.campaign))]
    waited = select(waiting.c.campaign, func.max(waiting.c.since), func.max(waiting.c.resolved_at))
    rows += [tuple(row) for row in conn.execute(waited.group_by(waiting.c.campaign))]
    years: dict[str, int] = {}
    for campaign, *moments in rows:
        zone = ZoneInfo(zones.get(campaign, "UTC"))
        latest = max(moment.astimezone(zone).year for moment in moments if moment is not None)
        years[campaign] = max(latest, years.get(campaign, latest))
    return years


def _over(ended: Mapping[str, int], years: int | None, now: datetime) -> list[str]:
    """Campaigns whose years are over. The day begins in UTC: some hours too late, never too early, west of it aside."""
    return [key for key, year in sorted(ended.items()) if years is not None and now.astimezone(UTC).year > year + years]


def _dossiers(conn: Connection, campaigns: list[str]) -> tuple[int, ...]:
    told = exists().where(events.c.dossier_id == dossiers.c.id, events.c.kind == "dossier-erased")
    asked = select(dossiers.c.id).where(dossiers.c.campaign.in_(campaigns), ~told).order_by(dossiers.c.id)
    return tuple(conn.execute(asked).scalars())


def _waiting(conn: Connection, campaigns: list[str]) -> tuple[int, ...]:
    """A message that waits in another campaign, too, or came into a dossier, goes with that."""
    elsewhere = waiting.alias()
    other = exists().where(elsewhere.c.message_id == waiting.c.message_id, elsewhere.c.campaign.not_in(campaigns))
    joined = exists().where(revisions.c.message_id == waiting.c.message_id, revisions.c.joins)
    asked = (
        select(waiting.c.message_id)
        .join(messages, messages.c.id == waiting.c.message_id)
        .where(waiting.c.campaign.in_(campaigns), messages.c.erased_at.is_(None), ~other, ~joined)
    )
    return tuple(conn.execute(asked.distinct().order_by(waiting.c.message_id)).scalars())


def _other(conn: Connection, days: int | None, now: datetime) -> tuple[int, ...]:
    """Only where every place of the message has such an outcome, and its last coming is long enough ago.

    A place where it lay once more (a copy, a new UIDVALIDITY) is like the first; so is another message that repeats it.
    """
    if days is None:
        return ()
    recent = ledger.c.arrived_at > now - timedelta(days=days)
    plain = ledger.c.outcome.in_([one.value for one in OF_NO_CONCERN])
    again = (ledger.c.outcome == Outcome.DUPLICATE.value) & (ledger.c.duplicate_of == messages.c.id)
    unlike = (ledger.c.state != State.SETTLED.value) | ~(plain | again) | recent
    concern = exists().where(ledger.c.message_id == messages.c.id, unlike)
    repeated = select(ledger.c.duplicate_of).where(ledger.c.outcome == Outcome.DUPLICATE.value, recent)
    waits = exists().where(waiting.c.message_id == messages.c.id)
    joined = exists().where(revisions.c.message_id == messages.c.id)
    # found by the outcomes, which are few, not by looking at every message there is
    somewhere = messages.c.id.in_(select(ledger.c.message_id).where(plain))
    asked = select(messages.c.id).where(messages.c.erased_at.is_(None), somewhere, ~concern, ~waits, ~joined)
    return tuple(conn.execute(asked.where(messages.c.id.not_in(repeated)).order_by(messages.c.id)).scalars())


def _unasked(conn: Connection, days: int | None, now: datetime) -> tuple[int, ...]:
    """Whoever got them has them; here they would go on naming people."""
    if days is None:
        return ()
    told = exists().where(events.c.letter_id == letters.c.id, events.c.kind == "letter-erased")
    asked = select(letters.c.id).where(
        letters.c.kind.in_(sorted(one.value for one in UNASKED)),
        letters.c.dossier_id.is_(None),
        letters.c.created_at <= now - timedelta(days=days),
        ~told,
    )
    return tuple(conn.execute(asked.order_by(letters.c.id)).scalars())


def _decisions(conn: Connection, years: int | None, now: datetime) -> tuple[int, ...]:
    """By the year of the decision; those that tell of a removal stay, since they say who removed what, and why."""
    if years is None:
        return ()
    asked = select(events.c.seq, events.c.at).join(event_notes, event_notes.c.seq == events.c.seq)
    rows = conn.execute(asked.where(events.c.kind.not_like("%-erased")).order_by(events.c.seq))
    return tuple(row.seq for row in rows if now.astimezone(UTC).year > row.at.year + years)
