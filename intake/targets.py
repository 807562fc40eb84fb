"""How the plan's targets stand, and what staff record of each union for them."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from dossier.breakdown import Breakdown, breakdown
from dossier.campaign import Campaign
from dossier.targets import Mark, Measure, Register, Row, Standing, Target, standings
from store import shortlists, targets
from store.engine import Store


class TargetError(Exception):
    """What was asked cannot be recorded; the text says why."""


@dataclass(frozen=True, slots=True)
class Progress:
    at: datetime
    standings: tuple[Standing, ...]
    breakdown: Breakdown


@dataclass(frozen=True, slots=True)
class Told:
    """What a person says of one union."""

    union: str
    target: str
    met: bool | None
    """None takes back what was recorded."""
    by: str
    reason: str
    on: date | None = None
    """The day from which it holds."""


def standings_now(conn: Connection, campaign: Campaign, now: datetime) -> tuple[Standing, ...]:
    """Every target of the campaign, in the plan's order; none where it names none."""
    if not campaign.targets:
        return ()
    register = Register(
        unions=tuple(one.code for one in campaign.roster.unions),
        dossiers=targets.held(conn, campaign.key),
        marks=targets.standing(conn, campaign.key),
        proposals=_proposals(conn, campaign.key),
    )
    return standings(campaign.targets, register, now.astimezone(ZoneInfo(campaign.zone)).date())


def _proposals(conn: Connection, campaign: str) -> tuple[Row, ...]:
    """Those of the shortlist that is frozen: what the outgoing proposal is written from."""
    frozen = shortlists.in_force(conn, campaign)
    entries = frozen.entries if frozen else ()
    return tuple(Row(f"{one.dossier_code}/{one.row}", one.union) for one in entries)


def progress(store: Store, campaign: Campaign, now: datetime) -> Progress:
    """The targets and the initiatives by field, block and benefit, in one view of the store. Raises StoreError."""
    with store.reading() as conn:
        told = standings_now(conn, campaign, now)
        return Progress(now, told, breakdown(campaign, targets.worded(conn, campaign.key)))


def target_of(campaign: Campaign, key: str) -> Target:
    """Raises TargetError, naming the keys there are."""
    for one in campaign.targets:
        if one.key == key:
            return one
    known = ", ".join(one.key for one in campaign.targets) or "none"
    raise TargetError(f"the campaign has no target {key}: it has {known}")


def record(store: Store, campaign: Campaign, told: Told, now: datetime) -> Mark | None:
    """Record it, as an event; None where exactly that holds already. Raises TargetError, StoreError."""
    target = target_of(campaign, told.target)
    if target.measure is not Measure.RECORDED:
        raise TargetError(f"{target.key} is counted from the register: nobody records it")
    if campaign.roster.by_code(told.union) is None:
        raise TargetError(f"no union of the roster has the code {told.union}")
    if told.on is not None and told.on > now.astimezone(ZoneInfo(campaign.zone)).date():
        raise TargetError(f"{told.on.isoformat()} has not come yet: record what is so, on the day that it is")
    with store.writing() as tx:
        before = targets.standing(tx, campaign.key).get(target.key, {}).get(told.union)
        if before is None and told.met is None:
            raise TargetError(f"nothing is recorded of {told.union} for {target.key}: there is nothing to take back")
        if before is not None and (before.met, before.on) == (told.met, told.on):
            return None
        return targets.record(
            tx, campaign.key, target.key, told.union, told.met, now, by=told.by, reason=told.reason, on=told.on
        )
