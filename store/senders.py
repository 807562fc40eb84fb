"""Addresses that a person confirmed as a union's own, beside those of the roster. Each decision stays on record."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, insert, select, update

from store import events
from store.schema.people import confirmed_senders

_BATCH = 500
_CONFIRMED = select(confirmed_senders.c.address, confirmed_senders.c.union_code).where(
    confirmed_senders.c.campaign == bindparam("key"),
    confirmed_senders.c.address.in_(bindparam("addresses", expanding=True)),
    confirmed_senders.c.withdrawn_at.is_(None),
)


@dataclass(frozen=True, slots=True)
class ConfirmedSender:
    campaign: str
    address: str
    union: str
    confirmed_by: str
    reason: str
    confirmed_at: datetime
    withdrawn_at: datetime | None


def confirm(tx: Connection, campaign: str, address: str, union: str, now: datetime, *, by: str, reason: str) -> bool:
    """From now on the address (lower case) is the union's own; an address is of one union at a time.

    False where that was so before.
    """
    known = confirmed(tx, campaign, [address]).get(address)
    if known == union:
        return False
    if known is not None:
        withdraw(tx, campaign, address, now, by=by, reason=reason)
    values = {
        "campaign": campaign,
        "address": address,
        "union_code": union,
        "confirmed_by": by,
        "reason": reason,
        "confirmed_at": now,
    }
    tx.execute(insert(confirmed_senders).values(values))
    _happened(tx, "sender-confirmed", campaign, address, union, now, by=by, reason=reason)
    return True


def withdraw(tx: Connection, campaign: str, address: str, now: datetime, *, by: str, reason: str) -> bool:
    """The address is nobody's own any more; what it brought before stays. False where it was not confirmed."""
    union = confirmed(tx, campaign, [address]).get(address)
    if union is None:
        return False
    mine = (confirmed_senders.c.campaign == campaign) & (confirmed_senders.c.address == address)
    tx.execute(
        update(confirmed_senders).where(mine, confirmed_senders.c.withdrawn_at.is_(None)).values(withdrawn_at=now)
    )
    _happened(tx, "sender-withdrawn", campaign, address, union, now, by=by, reason=reason)
    return True


def confirmed(conn: Connection, campaign: str, addresses: Collection[str]) -> Mapping[str, str]:
    """Which of these addresses (lower case) are confirmed, and for which union."""
    found: dict[str, str] = {}
    wanted = sorted(set(addresses))
    for start in range(0, len(wanted), _BATCH):
        part = wanted[start : start + _BATCH]
        rows = conn.execute(_CONFIRMED, {"key": campaign, "addresses": part})
        found.update({row.address: row.union_code for row in rows})
    return found


def of_union(conn: Connection, campaign: str, union: str) -> list[ConfirmedSender]:
    """Every decision on addresses of the union, withdrawn ones too."""
    return of_unions(conn, campaign, [union])


def of_unions(conn: Connection, campaign: str, unions: Sequence[str]) -> list[ConfirmedSender]:
    """As `of_union`, of several (at most some hundreds), in order."""
    return _all(conn, select(confirmed_senders).where(confirmed_senders.c.union_code.in_(unions)), campaign)


def listed(conn: Connection, campaign: str) -> list[ConfirmedSender]:
    """Every decision of the campaign, in order."""
    return _all(conn, select(confirmed_senders), campaign)


def _all(conn: Connection, asked: Select[Any], campaign: str) -> list[ConfirmedSender]:
    mine = asked.where(confirmed_senders.c.campaign == campaign).order_by(confirmed_senders.c.id)
    return [_sender(row) for row in conn.execute(mine)]


def _happened(
    tx: Connection, kind: str, campaign: str, address: str, union: str, now: datetime, *, by: str, reason: str
) -> None:
    facts: dict[str, events.Fact] = {"campaign": campaign, "union": union}
    events.append(tx, events.Event(kind, now, facts=facts, sealed={"address": address}, by=by, reason=reason))


def _sender(row: Row[Any]) -> ConfirmedSender:
    return ConfirmedSender(
        campaign=row.campaign,
        address=row.address,
        union=row.union_code,
        confirmed_by=row.confirmed_by,
        reason=row.reason,
        confirmed_at=row.confirmed_at,
        withdrawn_at=row.withdrawn_at,
    )
