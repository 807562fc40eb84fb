"""What is known of a message before it is judged: a copy of another, mail from before, backlog (P2, P7)."""

from sqlalchemy import Connection

from dossier.model import Submission
from intake.policy import JudgingPolicy
from store import ledger, mailboxes, messages
from store.ledger import LedgerEntry, Outcome, State
from store.mailboxes import Backlog


def needs_no_reading(conn: Connection, entry: LedgerEntry, judging: JudgingPolicy) -> bool:
    """A copy of a message that is settled, or mail from before every campaign: known without opening it."""
    return is_older_mail(conn, entry, judging) or settled_copy(conn, entry) is not None


def is_older_mail(conn: Connection, entry: LedgerEntry, judging: JudgingPolicy) -> bool:
    """From before every campaign, and there at the first look: years of mail that nobody has to open (FAULTS.md 41).

    What is put into the mailbox later with so old an INTERNALDATE is read: it may be a copy that came otherwise.
    """
    first = min(campaign.opens_at for campaign in judging.campaigns)
    if entry.internal_date is None or entry.internal_date >= first:
        return False
    at, box = entry.position, _box_of(conn, entry)
    return at is not None and box is not None and at.uid <= box.backlog_through


def settled_copy(conn: Connection, entry: LedgerEntry) -> LedgerEntry | None:
    """The same bytes at another place, with an outcome of their own (P2)."""
    return next((one for one in ledger.places(conn, entry.message_id) if one.id != entry.id and _counts(one)), None)


def _counts(entry: LedgerEntry) -> bool:
    return entry.state is State.SETTLED and entry.outcome is not Outcome.DUPLICATE


def twin_of(conn: Connection, entry: LedgerEntry, submission: Submission) -> int | None:
    """Number of the message with the same content that came over another way (P2)."""
    for message in messages.find_by_content_digest(conn, submission.content_digest):
        if message.id != entry.message_id and any(map(_counts, ledger.places(conn, message.id))):
            return message.id
    return None


def is_backlog(conn: Connection, entry: LedgerEntry) -> bool:
    """Whether the message was there before the service was: recorded, and answered only when told to (P7)."""
    at, box = entry.position, _box_of(conn, entry)
    if at is None or box is None or box.backlog is not Backlog.RECORD or at.uid > box.backlog_through:
        return False
    # After a change of UIDVALIDITY all mail of the folder is there at the first look. What came no earlier than the
    # newest that was known before is new mail, and is answered; what is older and unknown is not the mailbox we knew.
    former = [one.id for one in mailboxes.generations(conn, at.account, at.folder) if one.id < box.id]
    newest = max(filter(None, (mailboxes.latest_receipt(conn, one) for one in former)), default=None)
    return newest is None or entry.internal_date is None or entry.internal_date < newest


def _box_of(conn: Connection, entry: LedgerEntry) -> mailboxes.Mailbox | None:
    at = entry.position
    return mailboxes.find(conn, at.account, at.folder, at.uidvalidity) if at else None
