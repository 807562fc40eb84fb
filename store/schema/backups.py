"""What became of each backup: read by the alarms, and by the service, which makes the next one when it is due."""

from sqlalchemy import Table

from store.schema.columns import identity, metadata, moment, number, truth, words

backup_runs = Table(
    "backup_runs",
    metadata,
    identity(),
    moment("started_at"),
    moment("ended_at"),
    words("name"),  # of its folder
    truth("sound"),
    words("problem"),  # '' where it is sound
    number("head_seq", nullable=True),
    words("head_hash", nullable=True),
    number("bytes", nullable=True),
    sqlite_autoincrement=True,
)
