"""How many letters went out: what their limits look at (FAULTS.md 8)."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Integer, Select, bindparam, func, select

from store.letter_row import GONE, LetterCounts, LetterState, Sendings
from store.schema.letters import letters


def _count(*states: LetterState, dossier: bool = False) -> Select[Any]:
    """How many letters to one sender (or about one dossier) are in these states."""
    whose = letters.c.dossier_id == bindparam("about") if dossier else letters.c.sender_key == bindparam("of_sender")
    counted = select(func.count()).select_from(letters).where(whose)
    return counted.where(letters.c.state.in_([state.value for state in sorted(states)]))


def _sendings(strangers: tuple[bool, ...]) -> Any:
    """Those of the last day, no more than the limit asks for: a count never takes longer than the limit is high."""
    gone = letters.c.state.in_([state.value for state in sorted(GONE)])
    part = select(letters.c.id).where(gone, letters.c.sent_at >= bindparam("since"), letters.c.stranger.in_(strangers))
    few = part.limit(bindparam("most", type_=Integer)).subquery(f"few_{'strangers' if strangers == (True,) else 'all'}")
    return select(func.count()).select_from(few).scalar_subquery()


# Statements of every message are made once: building one costs more than running it.
_UNDERWAY = (LetterState.QUEUED, LetterState.SENDING)
_COUNTS = select(
    _count(*GONE).where(letters.c.sent_at >= bindparam("since")).scalar_subquery().label("gone"),
    _count(*_UNDERWAY).scalar_subquery().label("underway"),
    _count(*GONE, dossier=True).where(letters.c.sent_at >= bindparam("since")).scalar_subquery().label("about_gone"),
    _count(*_UNDERWAY, dossier=True).scalar_subquery().label("about_underway"),
    _count(LetterState.HELD).scalar_subquery().label("held"),
)
_SENDINGS = select(_sendings((False, True)).label("all"), _sendings((True,)).label("strangers"))


def counts(conn: Connection, sender_key: str, dossier_id: int | None, since: datetime) -> LetterCounts:
    """What the limits of one sender and one dossier look at (FAULTS 8)."""
    row = conn.execute(_COUNTS, {"of_sender": sender_key, "about": dossier_id, "since": since}).one()
    return LetterCounts(int(row.gone + row.underway), int(row.about_gone + row.about_underway), int(row.held))


def sendings(conn: Connection, since: datetime, most: int) -> Sendings:
    """What the limits of all letters look at; each is counted up to `most`."""
    row = conn.execute(_SENDINGS, {"since": since, "most": most}).one()
    return Sendings(int(row.all), int(row.strangers))
