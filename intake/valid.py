"""Valid: which dossiers are valid (hợp lệ) as of a moment, and the snapshot of a day of selection."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from dossier.campaign import Campaign
from dossier.validity import Validity, validity
from intake.decisions import NotDecidedError, Who
from store import snapshots, stories
from store.dossiers import Dossier
from store.engine import Store
from store.snapshots import Snapshot, SnapshotRow, parts_of


@dataclass(frozen=True, slots=True)
class Standing:
    """A dossier and how it stood."""

    dossier: Dossier
    revision: int
    """In force at that moment; 0 before the first."""
    validity: Validity


def standings(conn: Connection, campaign: Campaign, at: datetime) -> Iterator[Standing]:
    """Of every dossier that was there at `at`, by union code, from what was recorded until then."""
    for dossier, story in stories.stories(conn, campaign.key):
        if dossier.created_at > at:
            continue
        revision = max((one.number for one in story.judged if one.recorded_at <= at), default=0)
        yield Standing(dossier, revision, validity(story, campaign, at))


def take_snapshot(store: Store, campaign: Campaign, as_of: datetime, who: Who, now: datetime) -> Snapshot:
    """Keep how every dossier stood at `as_of`, which is past. Raises NotDecidedError, StoreError."""
    if as_of > now:
        raise NotDecidedError("that moment is not over: what may still be recorded until then is not known")
    with store.writing() as tx:
        rows = [
            SnapshotRow(
                one.dossier.id, one.dossier.union, one.validity.valid, one.revision, tuple(parts_of(one.validity))
            )
            for one in standings(tx, campaign, as_of)
        ]
        return snapshots.keep(tx, campaign.key, as_of, rows, now, by=who.by, reason=who.reason)
