"""Paper: staff take in a paper copy, or say that it was recorded wrongly (DESIGN.md, "The rules")."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from dossier.campaign import Campaign
from dossier.decisions import Way
from intake.decisions import NotDecidedError, Who, dossier_of, union_of
from store import dossiers, paper
from store.dossiers import Dossier
from store.engine import Store
from store.paper import NewPaper, StoredPaper


def record_paper(
    store: Store, campaign: Campaign, which: str, new: NewPaper, who: Who, now: datetime
) -> tuple[Dossier, StoredPaper]:
    """Take a paper copy in; it may be the first that comes from its union, and opens the dossier then.

    `which`: a union's code, or that of a dossier. Raises NotDecidedError, StoreError.
    """
    _check(campaign, new, now)
    with store.writing() as tx:
        dossier = _opened(tx, campaign, which, now)
        for one in paper.of_dossier(tx, dossier.id):
            same = (one.paper.way, one.paper.arrived_at) == (new.way, new.arrived_at)
            if same and one.decided.stands:
                raise NotDecidedError(f"paper {one.decided.number} arrived then the same way, and is recorded already")
        return dossier, paper.record(tx, dossier, campaign, new, now, by=who.by, reason=who.reason)


def withdraw_paper(store: Store, campaign: Campaign, number: int, who: Who, now: datetime) -> str:
    """It was recorded wrongly; returns the code of its dossier. Raises NotDecidedError, StoreError."""
    with store.writing() as tx:
        known = paper.get(tx, number)
        dossier = dossiers.get(tx, known.dossier_id) if known else None
        if dossier is None or dossier.campaign != campaign.key:
            raise NotDecidedError(f"there is no paper {number}: see `hoso papers`")
        if not paper.withdraw(tx, number, now, by=who.by, reason=who.reason):
            raise NotDecidedError(f"paper {number} was withdrawn before")
    return dossier.code


def _opened(tx: Connection, campaign: Campaign, which: str, now: datetime) -> Dossier:
    if (dossiers.by_code(tx, which) or dossiers.by_code(tx, which.upper())) is not None:
        return dossier_of(tx, campaign, which)
    return dossiers.lock_or_create(tx, campaign, union_of(campaign, which), now)


def _check(campaign: Campaign, new: NewPaper, now: datetime) -> None:
    arrived_on = new.arrived_at.astimezone(ZoneInfo(campaign.zone)).date()
    if new.arrived_at > now:
        raise NotDecidedError("it cannot have arrived after this moment")
    if new.arrived_at < campaign.opens_at:
        raise NotDecidedError(f"it cannot have arrived before the campaign opened ({campaign.opens_at:%d/%m/%Y})")
    if new.postmarked_on is not None:
        _check_postmark(new.postmarked_on, new.way, arrived_on)
    missing = [one.label for one in campaign.required if one.kind not in new.holds]
    if new.complete and missing:
        raise NotDecidedError(f"it cannot be complete without {', '.join(missing)}: say --incomplete, or what it holds")


def _check_postmark(postmarked_on: date, way: Way, arrived_on: date) -> None:
    if way is Way.HAND:
        raise NotDecidedError("what was brought by hand has no postmark")
    if postmarked_on > arrived_on:
        raise NotDecidedError("the postmark is later than the arrival: one of the two was misread")
