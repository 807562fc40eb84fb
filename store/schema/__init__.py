"""The tables. `metadata` is what the migrations must lead to; a test compares the two."""

from store.schema import history, letters, mail, operations, people, record
from store.schema.columns import metadata

__all__ = ["history", "letters", "mail", "metadata", "operations", "people", "record"]
