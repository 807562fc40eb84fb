"""Objecting: a complaint or a dispute over authorship is recorded against one initiative, and ends with an outcome."""

from datetime import date, datetime

from sqlalchemy import Connection

from dossier.campaign import Campaign
from dossier.decisions import ObjectionKind, Outcome
from intake.decisions import NotDecidedError, Who, dossier_of
from store import contents, dossiers, objections
from store.engine import Store
from store.objections import StoredObjection


def raise_objection(
    store: Store,
    campaign: Campaign,
    which: str,
    row: int,
    kind: ObjectionKind,
    who: Who,
    now: datetime,
    *,
    raised_by: str,
    raised_on: date,
) -> StoredObjection:
    """Against the initiative in this row of the table in force. Raises NotDecidedError, StoreError."""
    with store.writing() as tx:
        dossier = dossier_of(tx, campaign, which)
        held = contents.initiatives_of(tx, dossier.id)
        initiative = next((one for one in held if one.row == row), None)
        if initiative is None:
            rows = f"rows 1 to {len(held)}" if held else "no initiatives"
            raise NotDecidedError(f"{dossier.code} holds {rows}: see `hoso show {dossier.code}`")
        return objections.add(tx, initiative, kind, raised_on, now, raised_by=raised_by, by=who.by, reason=who.reason)


def end_objection(store: Store, campaign: Campaign, number: int, outcome: Outcome, who: Who, now: datetime) -> None:
    """It is over. Raises NotDecidedError, StoreError."""
    with store.writing() as tx:
        _known(tx, campaign, number)
        if not objections.end(tx, number, outcome, now, by=who.by, reason=who.reason):
            raise NotDecidedError(f"objection {number} has ended: `hoso objection reopen` takes it up again")


def reopen_objection(store: Store, campaign: Campaign, number: int, who: Who, now: datetime) -> StoredObjection:
    """Its end is undone by a further objection. Raises NotDecidedError, StoreError."""
    with store.writing() as tx:
        _known(tx, campaign, number)
        made = objections.reopen(tx, number, now, by=who.by, reason=who.reason)
        if made is None:
            raise NotDecidedError(f"objection {number} stands, or was taken up again already")
    return made


def _known(tx: Connection, campaign: Campaign, number: int) -> None:
    one = objections.get(tx, number)
    dossier = dossiers.get(tx, one.dossier_id) if one else None
    if dossier is None or dossier.campaign != campaign.key:
        raise NotDecidedError(f"there is no objection {number}: see `hoso objection list`")
