"""The outbox (P6)."""

from sqlalchemy import Column, ForeignKey, Index, Table

from store.schema.columns import LargeInteger, identity, metadata, moment, number, octets, refers, truth, words

letters = Table(
    "letters",
    metadata,
    identity(),
    words("key", unique=True),  # what must not be written twice: "SHA256-of-message/kind"
    words("message_id", unique=True),  # RFC 5322, 3.6.4; bounces are tied to a letter by it
    refers("answers", "messages.id", nullable=True, index=True),
    refers("dossier_id", "dossiers.id", nullable=True, index=True),
    number("revision", nullable=True),
    words("kind"),
    words("recipient"),
    words("sender_key"),  # whom it counts for: dossier.limits.sender_key of the recipient
    truth("stranger"),  # to an address that is not known: goes after those to unions
    truth("by_hand"),  # a person sent it off: no limit holds it
    words("subject"),
    words("mime_sha256"),
    words("state"),
    words("reason"),  # why it is held, superseded, failed …
    number("attempts"),
    moment("created_at"),
    moment("next_attempt_at"),
    words("owner", nullable=True),
    moment("lease_until", nullable=True),
    words("reply", nullable=True),
    moment("sent_at", nullable=True),
    refers("superseded_by", "letters.id", nullable=True),
    Index("ix_letters_state_next", "state", "stranger", "next_attempt_at", "id"),
    Index("ix_letters_state_id", "state", "id"),
    Index("ix_letters_state_lease", "state", "lease_until"),
    Index("ix_letters_sender", "sender_key", "state", "sent_at"),
    Index("ix_letters_recipient", "recipient", "id"),
    Index("ix_letters_dossier_state", "dossier_id", "state", "sent_at"),
    Index("ix_letters_state_sent", "state", "sent_at", "stranger"),
    sqlite_autoincrement=True,
)

letter_bodies = Table(
    "letter_bodies",
    metadata,
    Column("letter_id", LargeInteger, ForeignKey("letters.id"), primary_key=True, autoincrement=False),
    octets("mime"),
)
