"""One step of one letter: the update that only the right state allows, and its event (P6, P9)."""

from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Update, bindparam, select, update

from store import events
from store.letter_row import STEPS, OutgoingLetter, Step, letter_of
from store.schema.letters import letters


def _taking(step: Step) -> Update:
    """The update that takes a step from the states from which it may be taken, and from no other."""
    asked = update(letters).where(
        letters.c.id == bindparam("letter"), letters.c.state.in_([one.value for one in STEPS[step][0]])
    )
    return asked.where(letters.c.lease_until >= bindparam("at")) if step is Step.START_DATA else asked


_TAKE = MappingProxyType({step: _taking(step) for step in Step})
BY_ID = select(letters).where(letters.c.id == bindparam("letter"))


def take_step(
    tx: Connection,
    step: Step,
    letter_id: int,
    now: datetime,
    values: dict[str, Any],
    *,
    owner: str | None = None,
    by: str = "",
    why: str = "",
    told: bool = True,
) -> OutgoingLetter | None:
    """The letter after the step; None where it is in no state (or no hand) from which the step may be taken."""
    target = STEPS[step][1]
    asked = _TAKE[step] if owner is None else _TAKE[step].where(letters.c.owner == bindparam("claimed_by"))
    known = {"letter": letter_id, "claimed_by": owner, "at": now, "state": target.value}
    if tx.execute(asked, values | known).rowcount != 1:
        return None
    moved = letter_of(tx.execute(BY_ID, {"letter": letter_id}).one())
    if told:
        facts: dict[str, events.Fact] = {"step": step.value, "attempts": moved.attempts}
        tell(tx, moved, f"letter-{target.value}", now, facts, by=by, why=why)
    return moved


def tell(
    tx: Connection,
    letter: OutgoingLetter,
    kind: str,
    now: datetime,
    facts: dict[str, events.Fact],
    *,
    sealed: dict[str, str] | None = None,
    by: str = "",
    why: str = "",
) -> None:
    happened = events.Event(
        kind,
        now,
        message_id=letter.answers,
        dossier_id=letter.dossier_id,
        letter_id=letter.id,
        facts=facts,
        sealed=sealed or {},
        by=by,
        reason=why,
    )
    events.append(tx, happened)
