"""A store as an older version of the program left it, with what the newer one recorded as far as the older could."""

from alembic import command
from sqlalchemy import Connection, MetaData, inspect, select, text

from store.engine import Store
from store.migration import config
from store.search_words import is_search


def as_it_was_at(store: Store, revision: str) -> None:
    """The tables of that revision take the place of today's; rows keep the columns that there were."""
    now, then = MetaData(), MetaData()
    with store.writing() as tx:
        _without_search_and_views(tx)
        now.reflect(tx)
        rows = {table.name: tx.execute(table.select()).mappings().all() for table in now.sorted_tables}
        now.drop_all(tx)
        if tx.dialect.name == "postgresql":
            tx.execute(text("DROP FUNCTION IF EXISTS events_append_only()"))
        made = config()
        made.attributes["connection"] = tx
        command.upgrade(made, revision)
        then.reflect(tx)
        for table in then.sorted_tables:
            if table.name == "alembic_version" or is_search(table.name):
                continue
            if tx.execute(select(table)).first():
                tx.execute(table.delete())  # what a migration put there
            for row in rows.get(table.name, ()):
                kept = {column.name: row[column.name] for column in table.columns if not is_search(column.name)}
                tx.execute(table.insert(), kept)


def _without_search_and_views(tx: Connection) -> None:
    """What is no table of the program's: it is made anew by the migrations, or not at all."""
    for view in inspect(tx).get_view_names():
        tx.execute(text(f'DROP VIEW "{view}"'))
    if tx.dialect.name == "sqlite":
        names = inspect(tx).get_table_names()
        for index in ("initiative_search", "dossier_search"):
            if index in names:
                tx.execute(text(f"DROP TABLE {index}"))
        return
    for table in ("initiatives", "dossier_words"):
        tx.execute(text(f"ALTER TABLE IF EXISTS {table} DROP COLUMN IF EXISTS search"))
    for name in ("hoso_words", "hoso_pairs", "hoso_runs"):
        tx.execute(text(f"DROP FUNCTION IF EXISTS {name}(text)"))
