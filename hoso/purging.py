"""`hoso purge`: what has been kept long enough goes, when a person says so."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from dossier.campaign import Campaign
from hoso.record_settings import Retention
from store import erasing, events, retention
from store.engine import Store
from store.person_erasing import OfPerson, due_of_person
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


def plan_of_person(store: Store, addresses: Collection[str]) -> OfPerson:
    """What can go of one person; changes nothing. Raises StoreError."""
    with store.reading() as conn:
        return due_of_person(conn, addresses)


def purge_person(store: Store, planned: OfPerson, clock: Callable[[], datetime], *, by: str, reason: str) -> Purged:
    """Remove it as `purge` does; a further event says how much went and what stayed, and no address."""
    done = purge(store, planned.due, clock, by=by, reason=reason)
    facts: dict[str, events.Fact] = {
        "messages": len(planned.due.waiting),
        "letters": len(planned.due.unasked),
        "decisions": len(planned.due.decisions),
        "dossiers_kept": len(planned.dossiers),
    }
    with store.writing() as tx:
        events.append(tx, events.Event("person-purged", clock(), facts=facts, by=by, reason=reason))
    return done


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
