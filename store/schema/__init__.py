"""The tables. `metadata` is what the migrations must lead to; a test compares the two."""

from store.schema import (
    backups,
    decisions,
    examination,
    history,
    letters,
    mail,
    notices,
    operations,
    people,
    record,
    targets,
)
from store.schema.columns import metadata

__all__ = [
    "backups",
    "decisions",
    "examination",
    "history",
    "letters",
    "mail",
    "metadata",
    "notices",
    "operations",
    "people",
    "record",
    "targets",
]
