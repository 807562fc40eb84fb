"""Rulings: a person accepts a late or doubtful dossier (or its paper copy), or refuses to; one holds at a time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, select

from dossier.decisions import About, Ruling, RulingKind
from store import decided, events
from store.decided import Decided
from store.dossiers import Dossier
from store.schema.decisions import rulings
from store.schema.record import dossiers

_STANDING = decided.with_notes(rulings).where(
    rulings.c.dossier_id == bindparam("dossier"), rulings.c.about == bindparam("matter"), rulings.c.ended_at.is_(None)
)


@dataclass(frozen=True, slots=True)
class StoredRuling:
    """A ruling on record, withdrawn ones too."""

    decided: Decided
    dossier_id: int
    revision: int
    """In force when it was made."""
    ruling: Ruling
    """As the rules want it."""


def rule(
    tx: Connection,
    dossier: Dossier,
    kind: RulingKind,
    about: About,
    now: datetime,
    *,
    settled: Collection[str] = (),
    by: str,
    reason: str,
) -> StoredRuling:
    """Record a ruling; one on the same matter that stands is withdrawn by it. `settled`: see dossier.rulings."""
    before = in_force(tx, dossier.id, about)
    if before is not None:
        withdraw(tx, before.decided.number, now, by=by, reason=reason)
    text = " ".join(sorted(settled))
    facts: dict[str, events.Fact] = {"kind": kind.value, "about": about.value, "revision": dossier.revision}
    happened = events.Event(
        "ruling-made", now, dossier_id=dossier.id, facts=facts, sealed={"settled": text}, by=by, reason=reason
    )
    values = {
        "dossier_id": dossier.id,
        "kind": kind.value,
        "about": about.value,
        "revision": dossier.revision,
        "settled": text,
    }
    made = decided.record(tx, rulings, happened, values)
    return _ruling(tx.execute(_all().where(rulings.c.event == made)).one())


def withdraw(tx: Connection, number: int, now: datetime, *, by: str, reason: str) -> bool:
    """It holds no more. False where there is none that stands."""
    row = tx.execute(_all().where(rulings.c.event == number)).one_or_none()
    happened = events.Event(
        "ruling-withdrawn",
        now,
        dossier_id=row.dossier_id if row else None,
        facts={"ruling": number},
        by=by,
        reason=reason,
    )
    return decided.end(tx, rulings, number, happened)


def in_force(conn: Connection, dossier_id: int, about: About = About.DOSSIER) -> StoredRuling | None:
    """The ruling that holds now."""
    row = conn.execute(_STANDING, {"dossier": dossier_id, "matter": about.value}).one_or_none()
    return None if row is None else _ruling(row)


def of_dossier(conn: Connection, dossier_id: int) -> list[StoredRuling]:
    """All of a dossier in order, withdrawn ones too."""
    return of_dossiers(conn, [dossier_id])


def of_dossiers(conn: Connection, dossier_ids: Sequence[int]) -> list[StoredRuling]:
    """As `of_dossier`, of several at once; at most some hundreds."""
    return [_ruling(row) for row in conn.execute(_all().where(rulings.c.dossier_id.in_(dossier_ids)))]


def of_campaign(conn: Connection, campaign: str) -> list[StoredRuling]:
    """All of a campaign in order, withdrawn ones too."""
    mine = rulings.c.dossier_id.in_(select(dossiers.c.id).where(dossiers.c.campaign == campaign))
    return [_ruling(row) for row in conn.execute(_all().where(mine))]


def _all() -> Select[Any]:
    return decided.with_notes(rulings)


def _ruling(row: Row[Any]) -> StoredRuling:
    who = decided.decided(row)
    return StoredRuling(
        decided=who,
        dossier_id=row.dossier_id,
        revision=row.revision,
        ruling=Ruling(
            number=row.event,
            span=who.span,
            kind=RulingKind(row.kind),
            about=About(row.about),
            settled=frozenset(row.settled.split()),
        ),
    )
