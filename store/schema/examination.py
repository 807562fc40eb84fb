"""Points of examiners, what people decided on the shortlist, and the shortlists that were frozen.

Each row is of the event with its number and is never changed: a newer row takes the place of an older one.
"""

from sqlalchemy import Column, ForeignKey, Index, Table, UniqueConstraint

from store.schema.columns import LargeInteger, metadata, moment, number, refers, truth, words


def _of_event() -> Column[int]:
    return Column("seq", LargeInteger, ForeignKey("events.seq"), primary_key=True, autoincrement=False)


# the initiative as it stood: dossier.same_initiative.Known
scores = Table(
    "scores",
    metadata,
    _of_event(),
    words("campaign"),
    refers("dossier_id", "dossiers.id"),
    number("row"),
    words("title"),
    words("author"),
    words("content"),
    words("examiner"),
    words("points"),  # criterion → points, as canonical JSON; {} where they were withdrawn
    words("note"),
    Index("ix_scores_dossier", "campaign", "dossier_id", "seq"),
)

shortlist_decisions = Table(
    "shortlist_decisions",
    metadata,
    _of_event(),
    words("campaign"),
    refers("dossier_id", "dossiers.id"),
    number("row"),
    words("title"),
    words("author"),
    words("content"),
    words("decision"),  # in, out; undone: neither
    Index("ix_shortlist_decisions_campaign", "campaign", "seq"),
    Index("ix_shortlist_decisions_dossier", "dossier_id"),
)

shortlists = Table(
    "shortlists",
    metadata,
    _of_event(),
    words("campaign"),
    truth("frozen"),  # else: reopened
    moment("valid_at", nullable=True),  # as of when dossiers were valid
    words("figures"),  # JSON
    Index("ix_shortlists_campaign", "campaign", "seq"),
)

shortlist_entries = Table(
    "shortlist_entries",
    metadata,
    _of_event(),
    refers("shortlist", "shortlists.seq"),
    number("place"),
    refers("dossier_id", "dossiers.id", index=True),
    words("dossier_code"),
    words("union_code"),
    number("row"),
    words("average", nullable=True),
    number("examiners"),
    words("decision"),
    words("initiative"),  # JSON: its cells as they stood
    UniqueConstraint("shortlist", "place"),
)
