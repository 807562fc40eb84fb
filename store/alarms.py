"""Which complaints stand, and who was told of them when: each mail is claimed here before it goes out.

A claim is a transaction, so of two services one alone tells. A mail that surely did not go out is taken back; one that
a crash left behind counts as told, and the next is due when the complaint is repeated.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, update

from store import events
from store.schema.columns import new_id
from store.schema.operations import alarm_mails, alarms

_DAY = timedelta(days=1)
_ENDED = "ended, and nobody could be told yet"
"""Stands in `detail` between the end of a complaint and the mail that tells it, where that did not go out at once."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """One mail that this process alone sends now."""

    id: int
    keys: tuple[str, ...]
    """One complaint; or all that ended, in the mail that says so."""
    over: bool
    """They ended."""
    told_before: datetime | None = None


def claim(
    tx: Connection, standing: Mapping[str, str], now: datetime, repeat: timedelta, most: int
) -> tuple[Claimed, ...]:
    """What is to be told of the complaints that stand now (key → detail), at most `most` mails in a day.

    A complaint is told when it begins and each time that `repeat` has gone by since it was told last, also where it
    ended between; its end is told where its beginning was.
    """
    known = {row.cause: row for row in tx.execute(select(alarms).order_by(alarms.c.cause))}
    room = most - _told_since(tx, now - _DAY)
    claimed: list[Claimed] = []
    for key, detail in standing.items():
        row = known.get(key)
        _keep(
            tx,
            key,
            detail,
            now,
            is_new=row is None,
            begins=row is None or row.cleared_at is not None or row.detail == _ENDED,
        )
        told = None if row is None else row.told_at
        if room > len(claimed) and (told is None or abs(now - told) >= repeat):
            tx.execute(update(alarms).where(alarms.c.cause == key).values(told_at=now))
            claimed.append(Claimed(_mail(tx, (key,), now), (key,), over=False, told_before=told))
    ended = [row for key, row in known.items() if row.cleared_at is None and key not in standing]
    for row in ended:
        tx.execute(update(alarms).where(alarms.c.cause == row.cause).values(cleared_at=now))
        if row.detail != _ENDED:
            _told_in_history(tx, "alarm-ended", row.cause, now)
    told_of = tuple(row.cause for row in ended if row.told_at is not None and row.told_at >= row.since)
    if told_of and room > len(claimed):
        claimed.append(Claimed(_mail(tx, told_of, now), told_of, over=True))
    return tuple(claimed)


def told_meanwhile(tx: Connection, told: Mapping[str, datetime]) -> None:
    """Enter what was told (key → when) while nothing could be written: it is not told twice, and its end is."""
    if not told:
        return
    open_now = {key for key, _, _ in standing(tx)}
    known = set(tx.execute(select(alarms.c.cause)).scalars())
    for key, at in told.items():
        _keep(tx, key, "", at, is_new=key not in known, begins=key not in open_now)
        tx.execute(update(alarms).where(alarms.c.cause == key).values(told_at=at))


def take_back(tx: Connection, mail: Claimed) -> None:
    """It surely did not go out: the next look tells it."""
    tx.execute(delete(alarm_mails).where(alarm_mails.c.id == mail.id))
    values = {"cleared_at": None, "detail": _ENDED} if mail.over else {"told_at": mail.told_before}
    tx.execute(update(alarms).where(alarms.c.cause.in_(mail.keys)).values(values))


def standing(conn: Connection) -> list[tuple[str, datetime, datetime | None]]:
    """Complaints that stand, the oldest first: key, since when, and when they were told last."""
    asked = select(alarms).where(alarms.c.cleared_at.is_(None)).order_by(alarms.c.since, alarms.c.cause)
    return [(row.cause, row.since, row.told_at) for row in conn.execute(asked)]


def _told_since(conn: Connection, since: datetime) -> int:
    return int(conn.execute(select(func.count()).where(alarm_mails.c.at > since)).scalar_one())


def _keep(tx: Connection, key: str, detail: str, now: datetime, *, is_new: bool, begins: bool) -> None:
    values: dict[str, object] = {"detail": detail}
    if begins:
        values |= {"since": now, "cleared_at": None}
        _told_in_history(tx, "alarm-raised", key, now)
    if is_new:
        tx.execute(insert(alarms), {"cause": key, "told_at": None, **values})
    else:
        tx.execute(update(alarms).where(alarms.c.cause == key).values(values))


def _told_in_history(tx: Connection, kind: str, key: str, now: datetime) -> None:
    """By `Complaint.key`: names of mailboxes and places, nothing of anybody's mail."""
    events.append(tx, events.Event(kind, now, facts={"alarm": key}))


def _mail(tx: Connection, keys: Collection[str], now: datetime) -> int:
    return new_id(tx.execute(insert(alarm_mails), {"at": now, "causes": "\n".join(keys)}))
