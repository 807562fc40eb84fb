"""Flag: tell the server, last of all, which messages are recorded. Losing this step only repeats it."""

from datetime import datetime

from ingest.imap import Mailbox
from intake.steps import Step, Steps, no_steps
from store import ledger, mailboxes
from store.engine import Store

_AT_ONCE = 100


def flag_settled(mailbox: Mailbox, account: str, store: Store, now: datetime, steps: Steps = no_steps) -> int:
    """Do to every settled message of the folder what the account's settings say; returns how many.

    Raises MailboxError and StoreError; what was flagged and not recorded is flagged again at the next look.
    """
    with store.reading() as conn:
        box = mailboxes.find(conn, account, mailbox.folder, mailbox.uidvalidity)
    done = 0
    while box is not None:
        with store.reading() as conn:
            entries = ledger.unflagged(conn, box.id, _AT_ONCE)
        if not entries:
            break
        for entry in entries:
            if entry.position is not None:
                mailbox.settle(entry.position.uid)
        steps(Step.FLAGGED)
        with store.writing() as tx:
            ledger.mark_flagged(tx, [entry.id for entry in entries], now)
        done += len(entries)
    return done
