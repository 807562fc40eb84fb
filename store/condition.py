"""How much waits, and since when: counted for the judgement of the service's health."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from shutil import disk_usage

from sqlalchemy import Connection, func, select

from dossier.health import Disk
from store.ledger_entry import Outcome, State
from store.letter_row import LetterState
from store.schema.letters import letters
from store.schema.mail import ledger

_LOST_FOR = timedelta(days=3)
"""A letter that did not arrive is a complaint for so long; it stays in `hoso letters`."""
_OFTEN = 3


@dataclass(frozen=True, slots=True)
class Condition:
    """See dossier.health.Facts."""

    pending: int
    pending_since: datetime | None
    waiting: int
    overdue_since: datetime | None
    put_off_since: datetime | None
    unknown: int
    undelivered: int
    quarantined: int


def condition(conn: Connection, now: datetime) -> Condition:
    open_rows = select(func.count(), func.min(ledger.c.arrived_at)).where(ledger.c.state == State.RECEIVED.value)
    pending, pending_since = conn.execute(open_rows).one()
    failed = select(func.count()).where(ledger.c.outcome == Outcome.QUARANTINED.value)
    queued = letters.c.state == LetterState.QUEUED.value
    waiting = select(func.count(), func.min(letters.c.next_attempt_at)).where(queued)
    count, due = conn.execute(waiting).one()
    put_off = select(func.min(letters.c.created_at)).where(
        queued, letters.c.attempts >= _OFTEN, letters.c.by_hand.is_(False)
    )
    lost = select(letters.c.state, func.count()).where(
        letters.c.state.in_([one.value for one in (LetterState.UNKNOWN, LetterState.UNDELIVERED, LetterState.FAILED)]),
        letters.c.created_at >= now - _LOST_FOR,
    )
    states: Mapping[str, int] = {row[0]: int(row[1]) for row in conn.execute(lost.group_by(letters.c.state))}
    return Condition(
        pending=int(pending),
        pending_since=pending_since,
        waiting=int(count),
        overdue_since=due if due is not None and due <= now else None,
        put_off_since=conn.execute(put_off).scalar_one(),
        unknown=states.get(LetterState.UNKNOWN.value, 0),
        undelivered=states.get(LetterState.UNDELIVERED.value, 0) + states.get(LetterState.FAILED.value, 0),
        quarantined=int(conn.execute(failed).scalar_one()),
    )


def free_space(places: Iterable[tuple[str, Path]]) -> tuple[Disk, ...]:
    """Of each place, or of the folder that it will be made in; where none can be asked, it has no free space."""
    return tuple(Disk(what, _free(path)) for what, path in places)


def _free(path: Path) -> int:
    there = next((one for one in (path, *path.parents) if one.exists()), Path("/"))
    try:
        return disk_usage(there).free
    except OSError:
        return 0
