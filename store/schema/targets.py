"""What staff record of each union for the plan's own targets."""

from sqlalchemy import Column, ForeignKey, Index, Table

from store.schema.columns import LargeInteger, day, metadata, moment, truth, words

target_marks = Table(
    "target_marks",
    metadata,
    # number of the event that made it, where who and why stand (event_notes); a later row takes the place of an earlier
    Column("event", LargeInteger, ForeignKey("events.seq"), primary_key=True, autoincrement=False),
    words("campaign"),
    words("target"),
    words("union_code"),
    truth("met", nullable=True),  # none: what was recorded is taken back
    day("on_day", nullable=True),  # from which it holds, as staff said
    moment("recorded_at"),
    Index("ix_target_marks_campaign", "campaign", "target", "union_code", "event"),
)
