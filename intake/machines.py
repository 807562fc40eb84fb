"""Mail of machines: reports on our own letters, and our own letters that come back (FAULTS.md 3 and 7)."""

from datetime import datetime

import structlog
from sqlalchemy import Connection

from dossier.autoreply import LOOPS
from dossier.model import Assessment, Submission
from intake.answer import message_id_of
from intake.policy import WritingPolicy
from notifier.envelope import bounced_token
from store import events, outbox

_log = structlog.stdlib.get_logger(__name__)
LOOP_ALARM = "loop-alarm"
"""The event; and how `hoso messages` tells it."""
_NOT_ARRIVED = frozenset({"failed", ""})
"""Actions of a report (RFC 3464, 2.3.3): what is delayed, relayed or delivered says so; one that cannot be read may be
a failure, and is shown."""


def mark_undelivered(tx: Connection, submission: Submission, writing: WritingPolicy, now: datetime) -> None:
    """A delivery report marks the letter that it returns or that its address names."""
    report = submission.report
    if report is None or report.action.casefold() not in _NOT_ARRIVED:
        return
    tokens = (bounced_token(writing.bounces, address) for address in submission.recipients)
    named = [*report.original_ids, *(message_id_of(token, writing) for token in tokens if token)]
    told = f"{report.status} {report.action}".strip() or "a report that cannot be read"
    for letter in outbox.undelivered(tx, named, told, now):
        _log.warning("letter undelivered", letter=letter, status=report.status)


def sound_alarm(tx: Connection, message_id: int, alone: Assessment, now: datetime) -> str:
    """Our own mail that came back: an event and a line in the log. Returns what the ledger says of it, '' for none."""
    signs = sorted(LOOPS & set(alone.automatic))
    if not signs:
        return ""
    happened = events.Event(LOOP_ALARM, now, message_id=message_id, facts={"signs": "; ".join(signs)})
    events.append(tx, happened)
    _log.error("LOOP ALARM: our own mail came back; it is not answered", number=message_id, signs=signs)
    return f"{LOOP_ALARM}: {'; '.join(signs)}"
