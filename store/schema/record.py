"""Dossiers with their revisions, and what waits for a person (P8)."""

from sqlalchemy import Column, ForeignKey, Index, Table, UniqueConstraint, text

from store.schema.columns import LargeInteger, day, identity, metadata, moment, number, refers, truth, words

_JOINS = text("joins")

dossiers = Table(
    "dossiers",
    metadata,
    identity(),
    words("campaign"),
    words("union_code"),
    words("code", unique=True),
    number("arrival_year"),
    number("arrival_number"),
    moment("created_at"),
    # of the revision in force, so that a list reads one table
    number("revision"),
    words("verdict", nullable=True),
    truth("complete", nullable=True),
    truth("in_time", nullable=True),
    moment("received_at", nullable=True),
    moment("updated_at"),
    moment("came_at"),  # received_at, or created_at where there is none: lists are sorted by it
    UniqueConstraint("campaign", "union_code"),
    UniqueConstraint("arrival_year", "arrival_number"),
    Index("ix_dossiers_verdict", "campaign", "verdict", "union_code"),
    Index("ix_dossiers_came", "campaign", "came_at", "id"),
    sqlite_autoincrement=True,
)

revisions = Table(
    "revisions",
    metadata,
    identity(),
    refers("dossier_id", "dossiers.id"),
    number("number"),
    refers("message_id", "messages.id", nullable=True),
    words("cause"),
    truth("joins"),  # brought its message into the dossier; others only judge again
    truth("supplement"),
    moment("recorded_at"),
    words("verdict"),
    words("reply"),
    truth("complete", nullable=True),
    truth("in_time", nullable=True),
    moment("received_at", nullable=True),
    moment("deadline"),
    words("rules"),
    words("assessment"),
    UniqueConstraint("dossier_id", "number"),
    # the same message never joins twice (P2)
    Index("ix_revisions_joined", "dossier_id", "message_id", unique=True, sqlite_where=_JOINS, postgresql_where=_JOINS),
    Index("ix_revisions_message", "message_id"),
    sqlite_autoincrement=True,
)

documents = Table(
    "documents",
    metadata,
    identity(),
    refers("dossier_id", "dossiers.id"),
    refers("revision_id", "revisions.id", index=True),
    refers("message_id", "messages.id", index=True),
    words("part"),
    words("file"),
    words("sha256", index=True),
    number("size"),
    words("media_type"),
    words("kinds"),
    words("read_by", nullable=True),
    words("problem", nullable=True),
    number("pages", nullable=True),
    words("signatures", nullable=True),
    Index("ix_documents_dossier", "dossier_id", "id"),
    sqlite_autoincrement=True,
)

initiatives = Table(
    "initiatives",
    metadata,
    identity(),
    refers("dossier_id", "dossiers.id"),
    words("campaign"),  # of its dossier, so that a list of a campaign reads no other's rows
    refers("revision_id", "revisions.id", index=True),
    number("row"),
    words("document"),  # "SHA256-of-message/part", as in Assessment.in_force
    words("place"),
    words("author"),
    words("title"),
    words("author_folded"),
    words("title_folded"),
    words("text_folded"),  # dossier.searching.indexed: what the search finds it by
    words("cells"),
    words("extra"),
    # read from the cells, for sums: days on which it may have begun, and whole đồng
    day("applied_first", nullable=True),
    day("applied_last", nullable=True),
    day("applied_until", nullable=True),
    words("benefit_worth", nullable=True),
    number("benefit_low", nullable=True),
    number("benefit_high", nullable=True),
    words("benefit_per", nullable=True),
    truth("benefit_approximate", nullable=True),
    UniqueConstraint("dossier_id", "row"),
    Index("ix_initiatives_campaign", "campaign", "id"),
    Index("ix_initiatives_title", "campaign", "title_folded", "id"),
    sqlite_autoincrement=True,
)

# what a dossier as a whole is found by; the indexes over it and the initiatives are made by migrations 0014 and 0019
dossier_words = Table(
    "dossier_words",
    metadata,
    Column("dossier_id", LargeInteger, ForeignKey("dossiers.id"), primary_key=True, autoincrement=False),
    words("about"),  # of its files and memos, all that came
    words("text_folded"),  # of its initiatives in force
)

# by which initiatives much like one another are found: see dossier.near_duplicates.marks
initiative_marks = Table(
    "initiative_marks",
    metadata,
    Column("dossier_id", LargeInteger, ForeignKey("dossiers.id"), primary_key=True),
    Column("row", LargeInteger, primary_key=True),
    Column("mark", LargeInteger, primary_key=True),
    Index("ix_initiative_marks_mark", "mark", "dossier_id", "row"),
    sqlite_with_rowid=False,
)

findings = Table(
    "findings",
    metadata,
    identity(),
    refers("dossier_id", "dossiers.id", index=True),
    refers("revision_id", "revisions.id", index=True),
    words("code"),
    words("severity"),
    words("document", nullable=True),
    number("row", nullable=True),
    words("detail"),
    words("field_values"),
    Index("ix_findings_code", "code", "revision_id"),
    sqlite_autoincrement=True,
)

waiting = Table(
    "waiting",
    metadata,
    identity(),
    words("campaign"),
    refers("message_id", "messages.id"),
    words("union_code", nullable=True),
    words("address", nullable=True),
    words("reason"),
    words("assessment"),
    moment("since"),
    words("resolution", nullable=True),
    moment("resolved_at", nullable=True),
    UniqueConstraint("message_id", "campaign"),
    Index("ix_waiting_open", "resolution", "campaign", "id"),
    Index("ix_waiting_address", "address", "resolution"),
    sqlite_autoincrement=True,
)
