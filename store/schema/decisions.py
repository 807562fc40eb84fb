"""What persons decide: each row is numbered by the event that made it, where who and why stand (event_notes).

A decision is undone by a further event alone, whose number and time the row takes; nothing else of it changes.
"""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, Table

from store.schema.columns import LargeInteger, day, metadata, moment, number, refers, truth, words


def _event() -> Column[int]:
    return Column("event", LargeInteger, ForeignKey("events.seq"), primary_key=True, autoincrement=False)


def _ended() -> tuple[Column[int], Column[datetime]]:
    return refers("ended_event", "events.seq", nullable=True), moment("ended_at", nullable=True)


paper_copies = Table(
    "paper_copies",
    metadata,
    _event(),
    refers("dossier_id", "dossiers.id", index=True),
    words("way"),
    moment("arrived_at"),
    day("postmarked_on", nullable=True),
    words("received_by"),
    words("holds"),  # kinds of documents, with spaces between
    truth("complete"),
    words("note"),
    number("arrival_year"),
    number("arrival_number"),
    moment("recorded_at"),
    *_ended(),
    Index("uq_paper_copies_arrival", "arrival_year", "arrival_number", unique=True),
)

objections = Table(
    "objections",
    metadata,
    _event(),
    refers("dossier_id", "dossiers.id", index=True),
    words("kind"),
    words("initiative"),  # dossier.decisions.initiative_key
    words("author"),
    words("title"),
    number("row"),  # where it stood in the table then
    words("raised_by"),
    day("raised_on"),
    moment("recorded_at"),
    number("reopens", nullable=True),  # an objection that ended
    *_ended(),
    words("outcome", nullable=True),
)

rulings = Table(
    "rulings",
    metadata,
    _event(),
    refers("dossier_id", "dossiers.id", index=True),
    words("kind"),
    words("about"),
    number("revision"),  # in force when it was made
    words("settled"),  # digests of findings, with spaces between
    moment("recorded_at"),
    *_ended(),
)

assignments = Table(
    "assignments",
    metadata,
    _event(),
    refers("message_id", "messages.id", index=True),
    words("campaign"),
    words("union_code"),
    moment("recorded_at"),
    *_ended(),
)

corrections = Table(
    "corrections",
    metadata,
    _event(),
    refers("dossier_id", "dossiers.id", index=True),
    words("document"),  # "SHA256-of-message/part"
    number("row", nullable=True),
    number("rows", nullable=True),  # how many the table had then
    words("anchor"),  # dossier.decisions.initiative_key of the row as it was read
    words("field"),
    words("reading"),
    words("value"),
    moment("recorded_at"),
    *_ended(),
)

closings = Table(
    "closings",
    metadata,
    _event(),
    words("campaign", index=True),
    moment("recorded_at"),
    *_ended(),
)

snapshots = Table(
    "snapshots",
    metadata,
    _event(),
    words("campaign", index=True),
    moment("as_of"),
    moment("recorded_at"),
    words("digest"),  # SHA-256 of its rows
)

snapshot_rows = Table(
    "snapshot_rows",
    metadata,
    Column("snapshot", LargeInteger, ForeignKey("snapshots.event"), primary_key=True, autoincrement=False),
    Column("dossier_id", LargeInteger, ForeignKey("dossiers.id"), primary_key=True, autoincrement=False),
    words("union_code"),
    truth("valid", nullable=True),
    number("revision"),
    words("parts"),
)
