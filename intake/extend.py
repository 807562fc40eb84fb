"""Extend: the deadline is moved for all or for one union, and all that it concerns is judged again (FAULTS.md 20).

The decision is one transaction; each dossier then is judged in one of its own, so that mail goes on meanwhile. What a
kill left over is found by its deadline, which is not the one in force: the same command again goes on from there.
"""

from collections.abc import Callable
from datetime import datetime

from dossier.campaign import Campaign
from dossier.deadline import Extension, in_time, whole_second
from intake.composing import deadline_of
from intake.decisions import NotDecidedError, Who, union_of
from intake.policy import WritingPolicy
from intake.rejudging import Rejudged, rejudge
from store import deadlines, dossiers, revisions
from store.engine import Store
from store.revisions import Cause

_BATCH = 500


def extend(
    store: Store, campaign: Campaign, until: datetime, union: str | None, who: Who, now: datetime
) -> tuple[str | None, bool]:
    """Record the extension; returns the union's code, and whether it is new. Raises NotDecidedError, StoreError.

    The same extension again changes nothing: `rejudge_moved` goes on with what is left.
    """
    code = union_of(campaign, union) if union else None
    with store.writing() as tx:
        moved = Extension(until, who.reason, code)
        known = deadlines.in_campaign(tx, campaign.key)
        if any((one.union, whole_second(one.until)) == (code, whole_second(until)) for one in known):
            return code, False
        if in_time(until, deadline_of(tx, campaign, code or "").at):
            raise NotDecidedError("an extension never shortens: the deadline in force is as late or later")
        deadlines.extend(tx, campaign.key, moved, now, by=who.by)
    return code, True


def withdraw_extension(store: Store, campaign: Campaign, number: int, who: Who, now: datetime) -> bool:
    """The deadline before counts again; False where it was withdrawn before, so that a repeated call goes on.

    Raises NotDecidedError, StoreError.
    """
    with store.writing() as tx:
        if number not in {one.number for one in deadlines.history(tx, campaign.key)}:
            raise NotDecidedError(f"there is no extension {number} in {campaign.key}: see `hoso extensions`")
        return deadlines.withdraw(tx, campaign.key, number, now, by=who.by, reason=who.reason)


def moved_dossiers(store: Store, campaign: Campaign) -> list[int]:
    """Numbers of the dossiers that were judged by another deadline than that in force for their union now."""
    moved: list[int] = []
    with store.reading() as conn:
        after = ""
        while part := dossiers.listed(conn, campaign.key, after=after, limit=_BATCH):
            for one in part:
                judged_by = revisions.deadline_of(conn, one.id, one.revision)
                if judged_by is not None and judged_by != deadline_of(conn, campaign, one.union).at:
                    moved.append(one.id)
            after = part[-1].union
    return moved


def rejudge_moved(
    store: Store,
    campaign: Campaign,
    wanted: list[int],
    writing: WritingPolicy,
    who: Who,
    clock: Callable[[], datetime],
    done: Callable[[Rejudged], None],
) -> None:
    """Judge each of these dossiers by the deadline in force, unless that was done meanwhile. Raises StoreError."""
    for number in wanted:
        with store.writing() as tx:
            dossier = dossiers.get(tx, number)
            if dossier is None:
                continue
            judged_by = revisions.deadline_of(tx, dossier.id, dossier.revision)
            if judged_by == deadline_of(tx, campaign, dossier.union).at:
                continue
            one = rejudge(tx, dossier, campaign, Cause.EXTENSION, writing, clock(), by=who.by, reason=who.reason)
        if one is not None:
            done(one)
