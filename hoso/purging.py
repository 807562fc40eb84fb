"""`hoso purge`: what has been kept long enough goes, when a person says so."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from dossier.campaign import Campaign
from hoso.record_settings import Retention
from store import erasing, retention
from store.engine import Store
from store.retention import Due, Periods


@dataclass(frozen=True, slots=True)
class Purged:
    due: Due
    """What went, by number."""
    messages: int
    """How many stored messages lost their bytes."""


def plan(store: Store, settings: Retention, campaigns: tuple[Campaign, ...], now: datetime) -> Due:
    """What is due; changes nothing. Raises StoreError."""
    periods = Periods(
        dossiers_years=settings.dossiers_years,
        waiting_years=settings.waiting_years,
        other_mail_days=settings.other_mail_days,
        decisions_years=settings.decisions_years,
    )
    with store.reading() as conn:
        return retention.due(conn, periods, now, {one.key: one.zone for one in campaigns})


def purge(store: Store, planned: Due, clock: Callable[[], datetime], *, by: str, reason: str) -> Purged:
    """Remove it, each in a transaction of its own, the bytes last: where it is broken off, the next run goes on.

    Raises StoreError.
    """
    for dossier_id in planned.dossiers:
        with store.writing() as tx:
            erasing.erase_dossier(tx, dossier_id, clock(), by=by, reason=reason)
    for message_id in (*planned.waiting, *planned.other_mail):
        with store.writing() as tx:
            erasing.erase_message(tx, message_id, clock(), by=by, reason=reason)
    for letter_id in planned.unasked:
        with store.writing() as tx:
            erasing.erase_letter(tx, letter_id, clock(), by=by, reason=reason)
    for seq in planned.decisions:
        with store.writing() as tx:
            erasing.erase_decision(tx, seq, clock(), by=by, reason=reason)
    with store.reading() as conn:
        removed = erasing.remove_bytes(conn, store.blobs)
    store.forget_deleted()
    return Purged(planned, removed)
