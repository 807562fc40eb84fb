"""Run by Alembic itself, on the connection that `store.migration` hands over."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from store.schema import metadata
from store.schema.columns import Moment, Words
from store.search_words import is_search


def _plain(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """A new migration names plain types, so that it means the same when the program's own types have changed."""
    del autogen
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Words):
        return "sa.Text()"
    return False


def _declared(item: Any, name: str | None, kind: str, reflected: bool, other: Any) -> bool:
    """What search is made of differs from database to database; migration 0014 makes it."""
    del item, kind, reflected, other
    return not is_search(name)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_item=_plain,
    include_object=_declared,
    render_as_batch=True,  # SQLite changes a table by copying it
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
