"""A store as an older version of the program left it, with what the newer one recorded as far as the older could."""

from alembic import command
from sqlalchemy import MetaData, select, text

from store.engine import Store
from store.migration import config


def as_it_was_at(store: Store, revision: str) -> None:
    """The tables of that revision take the place of today's; rows keep the columns that there were."""
    now, then = MetaData(), MetaData()
    with store.writing() as tx:
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
            if table.name == "alembic_version":
                continue
            if tx.execute(select(table)).first():
                tx.execute(table.delete())  # what a migration put there
            for row in rows.get(table.name, ()):
                tx.execute(table.insert(), {column.name: row[column.name] for column in table.columns})
