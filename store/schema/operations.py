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
