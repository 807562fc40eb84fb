"""Runs of the reconciliation, and the alarms that were raised (P5)."""

from sqlalchemy import Column, Index, Table

from store.schema.columns import Words, identity, metadata, moment, number, refers, words

reconciliations = Table(
    "reconciliations",
    metadata,
    identity(),
    refers("mailbox_id", "mailboxes.id"),
    moment("at"),
    number("messages"),
    number("accounted"),
    number("unsettled"),
    # UIDs, with spaces between
    words("missing"),
    words("unfetched"),
    words("gone"),
    words("returned"),
    Index("ix_reconciliations_mailbox", "mailbox_id", "id"),
    sqlite_autoincrement=True,
)

alarms = Table(
    "alarms",
    metadata,
    Column("cause", Words, primary_key=True),
    words("detail"),
    moment("since"),
    moment("told_at", nullable=True),
    moment("cleared_at", nullable=True),
)

polls = Table(
    "polls",
    metadata,
    Column("source", Words, primary_key=True),  # "account/folder"
    moment("polled_at"),  # the beginning of the last look that went well
    words("clocks"),  # what the newest messages tell of the server's clock: store.polls
)

alarm_mails = Table(
    "alarm_mails",
    metadata,
    identity(),
    moment("at"),
    words("causes"),
    Index("ix_alarm_mails_at", "at"),
    sqlite_autoincrement=True,
)
