"""What people decided about senders and deadlines."""

from sqlalchemy import Index, Table

from store.schema.columns import identity, metadata, moment, words

confirmed_senders = Table(
    "confirmed_senders",
    metadata,
    identity(),
    words("campaign"),
    words("address"),
    words("union_code"),
    words("confirmed_by"),
    words("reason"),
    moment("confirmed_at"),
    moment("withdrawn_at", nullable=True),
    Index("ix_confirmed_senders_address", "campaign", "address"),
    sqlite_autoincrement=True,
)

extensions = Table(
    "extensions",
    metadata,
    identity(),
    words("campaign"),
    words("union_code", nullable=True),  # none: for all unions
    moment("until"),
    words("decided_by"),
    words("reason"),
    moment("decided_at"),
    moment("withdrawn_at", nullable=True),
    Index("ix_extensions_campaign", "campaign", "union_code", "id"),
    sqlite_autoincrement=True,
)
