"""Answer the backlog: letters on mail that was there before the service was go out when a person says so (P7)."""

from datetime import datetime

from intake.answer import BACKLOG
from store import mailboxes, outbox
from store.engine import Store
from store.outbox import LetterState


def answer_backlog(store: Store, now: datetime) -> int:
    """Release every letter that is held for this reason, and let what is not judged yet be answered; returns how many
    letters were released.
    """
    with store.writing() as tx:
        mailboxes.answer_backlog(tx, now)
        held = [one for one in outbox.every(tx, LetterState.HELD) if one.reason == BACKLOG]
        return sum(outbox.release(tx, letter.id, now, reason="the backlog is to be answered") for letter in held)
