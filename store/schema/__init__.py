"""The tables. `metadata` is what the migrations must lead to; a test compares the two."""

from store.schema import backups, decisions, history, letters, mail, operations, people, record, targets
from store.schema.columns import metadata

__all__ = [
    "backups",
    "decisions",
    "history",
    "letters",
    "mail",
    "metadata",
    "operations",
    "people",
    "record",
    "targets",
]
