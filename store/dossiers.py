"""Dossiers: all that one union sent in a campaign, judged anew as a whole with each revision (P8)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, Select, bindparam, exists, func, insert, select

from dossier.campaign import Campaign
from dossier.model import Verdict
from store import events
from store.schema.columns import new_id
from store.schema.record import dossiers, findings, revisions
from store.series import next_arrival, next_number

_NEW = insert(dossiers)
_BY_ID = select(dossiers).where(dossiers.c.id == bindparam("dossier"))
_BY_CODE = select(dossiers).where(dossiers.c.code == bindparam("known_code"))
_OF_UNION = select(dossiers).where(dossiers.c.campaign == bindparam("key"), dossiers.c.union_code == bindparam("union"))


@dataclass(frozen=True, slots=True)
class Dossier:
    """One row, with what its revision in force says."""

    id: int
    campaign: str
    union: str
    code: str
    """Mã hồ sơ: "SK39-007"."""
    arrival_year: int
    arrival_number: int
    """Số đến, one series a year."""
    created_at: datetime
    revision: int
    """Number of the revision in force; 0 before the first."""
    verdict: Verdict | None
    complete: bool | None
    in_time: bool | None
    received_at: datetime | None
    updated_at: datetime


def lock_or_create(tx: Connection, campaign: Campaign, union: str, now: datetime) -> Dossier:
    """The union's dossier in the campaign; a new one takes the next code and the next arrival number of the year.

    The year is that of `now` in the campaign's zone. Nobody else writes until the transaction ends.
    """
    known = of_union(tx, campaign.key, union)
    if known is not None:
        return known
    year = now.astimezone(ZoneInfo(campaign.zone)).year
    values = {
        "campaign": campaign.key,
        "union_code": union,
        "code": f"{campaign.code_prefix}-{next_number(tx, f'dossier:{campaign.code_prefix}'):03d}",
        "arrival_year": year,
        "arrival_number": next_arrival(tx, year),
        "created_at": now,
        "revision": 0,
        "updated_at": now,
        "came_at": now,
    }
    new = new_id(tx.execute(_NEW, values))
    made = dossier_of(tx.execute(_BY_ID, {"dossier": new}).one())
    facts: dict[str, events.Fact] = {
        "campaign": made.campaign,
        "union": made.union,
        "code": made.code,
        "arrival": f"{made.arrival_number}/{made.arrival_year}",
    }
    events.append(tx, events.Event("dossier-opened", now, dossier_id=made.id, facts=facts))
    return made


def get(conn: Connection, dossier_id: int) -> Dossier | None:
    return _one(conn, _BY_ID, {"dossier": dossier_id})


def several(conn: Connection, dossier_ids: Sequence[int]) -> list[Dossier]:
    """Those of them that are there (at most some hundreds), by number."""
    asked = select(dossiers).where(dossiers.c.id.in_(dossier_ids)).order_by(dossiers.c.id)
    return [dossier_of(row) for row in conn.execute(asked)]


def by_code(conn: Connection, code: str) -> Dossier | None:
    return _one(conn, _BY_CODE, {"known_code": code})


def of_union(conn: Connection, campaign: str, union: str) -> Dossier | None:
    return _one(conn, _OF_UNION, {"key": campaign, "union": union})


def called(conn: Connection, campaign: str, which: str) -> Dossier | None:
    """By its own code, whatever its campaign, or by its union's in this one; as typed: in small letters, too."""
    for code in dict.fromkeys((which, which.upper())):
        if found := by_code(conn, code) or of_union(conn, campaign, code):
            return found
    return None


def listed(
    conn: Connection,
    campaign: str,
    *,
    verdict: Verdict | None = None,
    finding: str | None = None,
    after: str = "",
    limit: int = 1000,
) -> list[Dossier]:
    """Dossiers of a campaign by union code, those after the union `after`; `finding` is a code that stands now."""
    asked = select(dossiers).where(dossiers.c.campaign == campaign, dossiers.c.union_code > after)
    if verdict is not None:
        asked = asked.where(dossiers.c.verdict == verdict.value)
    if finding is not None:
        stands = (
            exists()
            .where(revisions.c.dossier_id == dossiers.c.id, revisions.c.number == dossiers.c.revision)
            .where(findings.c.revision_id == revisions.c.id, findings.c.code == finding)
        )
        asked = asked.where(stands)
    return [dossier_of(row) for row in conn.execute(asked.order_by(dossiers.c.union_code).limit(limit))]


def of_unions(conn: Connection, campaign: str, unions: Sequence[str]) -> dict[str, Dossier]:
    """Union → its dossier, of those that have one; at most some hundreds are asked for."""
    asked = select(dossiers).where(dossiers.c.campaign == campaign, dossiers.c.union_code.in_(unions))
    return {row.union_code: dossier_of(row) for row in conn.execute(asked)}


def in_parts(conn: Connection, campaign: str, size: int = 100) -> Iterator[list[Dossier]]:
    """Every dossier of a campaign by union code, so many at a time: what is asked of them is asked of all at once."""
    after = ""
    while part := listed(conn, campaign, after=after, limit=size):
        yield part
        after = part[-1].union


def verdicts(conn: Connection, campaign: str) -> dict[Verdict, int]:
    """How many dossiers of the campaign stand at each verdict."""
    counted = select(dossiers.c.verdict, func.count()).where(dossiers.c.campaign == campaign)
    rows = conn.execute(counted.group_by(dossiers.c.verdict)).all()
    return {Verdict(verdict): int(count) for verdict, count in rows if verdict is not None}


def _one(conn: Connection, asked: Select[Any], values: Mapping[str, Any]) -> Dossier | None:
    row = conn.execute(asked, values).one_or_none()
    return None if row is None else dossier_of(row)


def dossier_of(row: Row[Any]) -> Dossier:
    return Dossier(
        id=row.id,
        campaign=row.campaign,
        union=row.union_code,
        code=row.code,
        arrival_year=row.arrival_year,
        arrival_number=row.arrival_number,
        created_at=row.created_at,
        revision=row.revision,
        verdict=Verdict(row.verdict) if row.verdict else None,
        complete=row.complete,
        in_time=row.in_time,
        received_at=row.received_at,
        updated_at=row.updated_at,
    )
