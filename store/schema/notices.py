"""What the service writes of its own accord, each once: digests to staff, reminders to unions."""

from sqlalchemy import Table, UniqueConstraint

from store.schema.columns import day, identity, metadata, moment, number, truth, words

digests = Table(
    "digests",
    metadata,
    identity(),
    words("campaign"),
    moment("slot"),  # when it was due; for one asked for by a person, when it was written
    moment("since"),
    moment("until"),  # what came after the one, through the other, is told in it
    truth("scheduled"),
    UniqueConstraint("campaign", "slot"),
    sqlite_autoincrement=True,
)

reminders = Table(
    "reminders",
    metadata,
    identity(),
    words("campaign"),
    words("union_code"),
    day("day"),  # of the campaign's zone: a union is reminded once on one day
    number("days_before"),  # that the settings name
    moment("deadline"),  # in force for the union then
    moment("at"),
    UniqueConstraint("campaign", "union_code", "day"),
    sqlite_autoincrement=True,
)
