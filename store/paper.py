"""Paper copies (bản giấy): each with its own arrival, number and check, beside what came by email (DESIGN.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, Select, bindparam, select

from dossier.campaign import Campaign
from dossier.decisions import PaperCopy, Way
from dossier.model import Kind
from store import decided, events
from store.decided import Decided
from store.dossiers import Dossier
from store.schema.decisions import paper_copies
from store.schema.record import dossiers
from store.series import next_arrival

_COMPLETE = (
    select(paper_copies.c.event)
    .where(
        paper_copies.c.dossier_id == bindparam("dossier"), paper_copies.c.ended_at.is_(None), paper_copies.c.complete
    )
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class NewPaper:
    """What staff saw when they took it in."""

    way: Way
    arrived_at: datetime
    received_by: str
    holds: tuple[Kind, ...]
    complete: bool
    postmarked_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class StoredPaper:
    """A paper copy on record, withdrawn ones too."""

    decided: Decided
    dossier_id: int
    paper: PaperCopy
    """As the rules want it."""
    received_by: str
    note: str
    arrival_year: int
    arrival_number: int
    """Số đến, of the same series as the emails; that of the dossier itself where the paper opened it."""

    @property
    def arrival(self) -> str:
        return f"{self.arrival_number}/{self.arrival_year}"


def record(
    tx: Connection, dossier: Dossier, campaign: Campaign, new: NewPaper, now: datetime, *, by: str, reason: str = ""
) -> StoredPaper:
    """Take a paper copy into the dossier; it gets the next arrival number of the year of `now` in the campaign's zone.

    The copy that opened the dossier has the dossier's own: nothing else came with that number.
    """
    year, number = dossier.arrival_year, dossier.arrival_number
    if dossier.revision or of_dossier(tx, dossier.id):
        year = now.astimezone(ZoneInfo(campaign.zone)).year
        number = next_arrival(tx, year)
    facts: dict[str, events.Fact] = {
        "way": new.way.value,
        "arrived_at": events.moment_text(new.arrived_at),
        "postmarked_on": new.postmarked_on.isoformat() if new.postmarked_on else None,
        "holds": _words(new.holds),
        "complete": new.complete,
        "arrival": f"{number}/{year}",
    }
    sealed = {"received_by": new.received_by, "note": new.note}
    happened = events.Event(
        "paper-recorded", now, dossier_id=dossier.id, facts=facts, sealed=sealed, by=by, reason=reason
    )
    values = {
        "dossier_id": dossier.id,
        "way": new.way.value,
        "arrived_at": new.arrived_at,
        "postmarked_on": new.postmarked_on,
        "received_by": new.received_by,
        "holds": _words(new.holds),
        "complete": new.complete,
        "note": new.note,
        "arrival_year": year,
        "arrival_number": number,
    }
    made = decided.record(tx, paper_copies, happened, values)
    return _paper(tx.execute(_papers().where(paper_copies.c.event == made)).one())


def withdraw(tx: Connection, number: int, now: datetime, *, by: str, reason: str) -> bool:
    """It was recorded wrongly; its arrival number stays used. False where there is none that stands."""
    known = get(tx, number)
    happened = events.Event(
        "paper-withdrawn",
        now,
        dossier_id=known.dossier_id if known else None,
        facts={"paper": number},
        by=by,
        reason=reason,
    )
    return decided.end(tx, paper_copies, number, happened)


def is_received(conn: Connection, dossier_id: int) -> bool:
    """Whether a copy stands that was found complete."""
    return conn.execute(_COMPLETE, {"dossier": dossier_id}).first() is not None


def received_of(conn: Connection, dossier_ids: Sequence[int]) -> frozenset[int]:
    """Those of these dossiers for which a copy stands that was found complete; at most some hundreds."""
    stands = (paper_copies.c.ended_at.is_(None), paper_copies.c.complete)
    asked = select(paper_copies.c.dossier_id).where(paper_copies.c.dossier_id.in_(dossier_ids), *stands)
    return frozenset(conn.execute(asked).scalars())


def get(conn: Connection, number: int) -> StoredPaper | None:
    row = conn.execute(_papers().where(paper_copies.c.event == number)).one_or_none()
    return None if row is None else _paper(row)


def of_dossier(conn: Connection, dossier_id: int) -> list[StoredPaper]:
    """All of a dossier in the order of their recording, withdrawn ones too."""
    return of_dossiers(conn, [dossier_id])


def of_dossiers(conn: Connection, dossier_ids: Sequence[int]) -> list[StoredPaper]:
    """As `of_dossier`, of several at once; at most some hundreds."""
    return [_paper(row) for row in conn.execute(_papers().where(paper_copies.c.dossier_id.in_(dossier_ids)))]


def of_campaign(conn: Connection, campaign: str) -> list[StoredPaper]:
    """All of a campaign in the order of their recording, withdrawn ones too."""
    mine = paper_copies.c.dossier_id.in_(select(dossiers.c.id).where(dossiers.c.campaign == campaign))
    return [_paper(row) for row in conn.execute(_papers().where(mine))]


def _papers() -> Select[Any]:
    return decided.with_notes(paper_copies)


def _words(kinds: tuple[Kind, ...]) -> str:
    return " ".join(kind.value for kind in kinds)


def _paper(row: Row[Any]) -> StoredPaper:
    who = decided.decided(row)
    return StoredPaper(
        decided=who,
        dossier_id=row.dossier_id,
        paper=PaperCopy(
            number=row.event,
            span=who.span,
            way=Way(row.way),
            arrived_at=row.arrived_at,
            postmarked_on=row.postmarked_on,
            holds=tuple(Kind(kind) for kind in row.holds.split()),
            complete=row.complete,
        ),
        received_by=row.received_by,
        note=row.note,
        arrival_year=row.arrival_year,
        arrival_number=row.arrival_number,
    )
