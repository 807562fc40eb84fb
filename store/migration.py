"""Alembic, driven from the program: the migrations lie in the package itself."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine, text

from store import views
from store.errors import PermanentStoreError

_LOCK = 3920210420  # any number that only this program takes


def config() -> Config:
    made = Config()
    made.set_main_option("script_location", "store:migrations")
    made.set_main_option("path_separator", "os")
    return made


def newest() -> str:
    """The version that the program needs."""
    head = ScriptDirectory.from_config(config()).get_current_head()
    if head is None:
        raise PermanentStoreError("the program came without its migrations: install it again")
    return head


def version(engine: Engine) -> str | None:
    """The version of the tables; None where there are none."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(writer: Engine) -> None:
    """All migrations that are missing, in one transaction. Raises PermanentStoreError for a version not known here."""
    with writer.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        made = config()
        made.attributes["connection"] = connection
        ready = MigrationContext.configure(connection).get_current_revision() == newest() and views.there(connection)
        if not ready:
            views.drop(connection)
        try:
            command.upgrade(made, "head")
        except CommandError as error:
            raise PermanentStoreError(
                f"the store was used by a newer version of the program: install that one ({error})"
            ) from error
        if not ready:
            views.create(connection)
