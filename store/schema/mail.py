"""Messages, the places where they were seen, and what was read in them (P1, P2, P5)."""

from sqlalchemy import Index, Table, UniqueConstraint, text

from store.schema.columns import identity, metadata, moment, number, refers, truth, words

_FROM_FILE = text("mailbox_id IS NULL")

mailboxes = Table(
    "mailboxes",
    metadata,
    identity(),
    words("account"),
    words("folder"),
    number("uidvalidity"),
    number("highest_uid"),
    moment("first_seen_at"),
    words("backlog", nullable=True),
    number("backlog_through", nullable=True),
    UniqueConstraint("account", "folder", "uidvalidity"),
    sqlite_autoincrement=True,
)

messages = Table(
    "messages",
    metadata,
    identity(),
    words("sha256", unique=True),
    number("size"),
    words("content_digest", nullable=True, index=True),
    moment("first_seen_at"),
    # the receipt of the copy that counts: dossier.deadline.Receipt
    moment("received_at", nullable=True),
    moment("server_time", nullable=True),
    moment("header_time", nullable=True),
    truth("times_apart"),
    moment("erased_at", nullable=True),
    sqlite_autoincrement=True,
)

ledger = Table(
    "ledger",
    metadata,
    identity(),
    refers("message_id", "messages.id", index=True),
    refers("mailbox_id", "mailboxes.id", nullable=True),
    number("uid", nullable=True),
    words("source"),
    moment("internal_date", nullable=True),
    moment("arrived_at"),
    moment("order_at"),
    words("state"),
    words("outcome", nullable=True),
    refers("duplicate_of", "messages.id", nullable=True, index=True),
    refers("dossier_id", "dossiers.id", nullable=True, index=True),
    words("detail"),
    words("error", nullable=True),
    words("failed_under", nullable=True),  # which program it failed under: another one may do better
    number("attempts"),
    moment("settled_at", nullable=True),
    moment("flagged_at", nullable=True),
    moment("gone_at", nullable=True),  # no longer on the server when it was looked for
    UniqueConstraint("mailbox_id", "uid"),  # the first key of P2
    Index("ix_ledger_file", "message_id", "source", unique=True, sqlite_where=_FROM_FILE, postgresql_where=_FROM_FILE),
    Index("ix_ledger_state_order", "state", "order_at", "id"),
    Index("ix_ledger_outcome", "outcome", "id"),
    Index("ix_ledger_to_flag", "mailbox_id", "state", "flagged_at", "uid"),
    sqlite_autoincrement=True,
)

readings = Table(
    "readings",
    metadata,
    identity(),
    refers("message_id", "messages.id"),
    words("reader"),
    moment("read_at"),
    words("submission"),
    Index("ix_readings_message", "message_id", "id"),
    sqlite_autoincrement=True,
)
