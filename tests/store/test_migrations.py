"""The way from nothing to the tables."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from store.engine import Store, open_store
from store.errors import PermanentStoreError
from store.schema import metadata
from store.search_words import is_search


def declared(item: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
    """Each database searches by means of its own: tests/store/test_search.py sees that they work."""
    del item, kind, reflected, other
    return not is_search(name)


def test_migrations_from_empty_lead_to_the_tables_of_the_program(store: Store) -> None:
    with store.writing() as tx:
        opts = {"compare_type": True, "target_metadata": metadata, "include_object": declared}
        context = MigrationContext.configure(tx, opts=opts)
        assert compare_metadata(context, metadata) == []
        assert set(metadata.tables) < set(inspect(tx).get_table_names())


def test_an_upgrade_can_be_repeated(store: Store) -> None:
    store.upgrade()
    assert store.version() == store.expected_version()


def test_a_store_that_a_newer_program_has_used_is_refused(store: Store) -> None:
    with store.writing() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(PermanentStoreError, match="newer version of the program"):
        store.upgrade()


def test_asking_for_the_version_makes_no_file(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/absent/hoso.db", tmp_path / "blobs")
    assert store.version() is None
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_was_never_set_up_says_what_to_do(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/hoso.db", tmp_path / "blobs")
    with pytest.raises(PermanentStoreError, match="run the upgrade"), store.reading() as conn:
        conn.execute(text("SELECT 1 FROM messages"))
    store.close()
