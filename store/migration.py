"""Alembic, driven from the program: the migrations lie in the package itself."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

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


def knows(version: str) -> bool:
    """Whether it is the version of this program or of an older one."""
    return any(one.revision == version for one in ScriptDirectory.from_config(config()).walk_revisions())


def newer(version: str) -> PermanentStoreError:
    """What to say of a version that is not known here."""
    return PermanentStoreError(
        f"the store is of version {version}, the program of {newest()}: a newer version of the program has used it; "
        "install that one"
    )


def upgrade(writer: Engine) -> None:
    """All migrations that are missing, in one transaction. Raises PermanentStoreError for a version not known here,
    and for a database that cannot hold every letter.
    """
    with writer.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            _require_every_letter(connection)
        made = config()
        made.attributes["connection"] = connection
        version = MigrationContext.configure(connection).get_current_revision()
        if version is not None and not knows(version):
            raise newer(version)
        ready = version == newest() and views.there(connection)
        if not ready:
            views.drop(connection)
        command.upgrade(made, "head")
        if not ready:
            views.create(connection)


def _require_every_letter(connection: Connection) -> None:
    encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
    if encoding != "UTF8":
        raise PermanentStoreError(
            f"the database is encoded in {encoding}, which cannot hold every letter: create it with ENCODING 'UTF8' "
            "TEMPLATE template0"
        )
