"""The chain of events, what of it can be erased, and the number series (P9)."""

from sqlalchemy import Column, ForeignKey, Index, Table

from store.schema.columns import LargeInteger, Words, metadata, moment, number, octets, words

chain_head = Table(
    "chain_head",
    metadata,
    Column("id", LargeInteger, primary_key=True, autoincrement=False),  # one row, number 1
    number("seq"),
    words("hash"),
)

events = Table(
    "events",
    metadata,
    Column("seq", LargeInteger, primary_key=True, autoincrement=False),
    moment("at"),
    words("kind"),
    # No foreign keys: an event outlives what it speaks of.
    number("message_id", nullable=True),
    number("dossier_id", nullable=True),
    number("letter_id", nullable=True),
    words("facts"),
    words("digests"),
    words("previous"),
    words("hash", unique=True),
    Index("ix_events_dossier", "dossier_id", "seq"),
    Index("ix_events_message", "message_id", "seq"),
    Index("ix_events_letter", "letter_id", "seq"),
)

event_salts = Table(
    "event_salts",
    metadata,
    Column("seq", LargeInteger, ForeignKey("events.seq"), primary_key=True, autoincrement=False),
    octets("salt"),
)

event_notes = Table(
    "event_notes",
    metadata,
    Column("seq", LargeInteger, ForeignKey("events.seq"), primary_key=True, autoincrement=False),
    words("by"),
    words("reason"),
)

series = Table(
    "series",
    metadata,
    Column("name", Words, primary_key=True),
    number("last"),
)
