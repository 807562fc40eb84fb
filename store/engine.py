"""The store as a whole: one database by URL, one folder of blobs."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, update

from store import databases, migration
from store.blobs import Blobs
from store.copying import copy_records
from store.errors import PermanentStoreError
from store.failures import translated
from store.schema.history import chain_head
from store.search_index import FTS_TABLES


class Store:
    """Opened lazily: nothing is touched before the first use. Safe for many threads; each process opens its own."""

    def __init__(self, url: URL, blobs: Path) -> None:
        self.blobs = Blobs(blobs)
        self._file = databases.sqlite_file(url)
        self._engine = databases.make_engine(url)
        self._writer = databases.writer(self._engine)
        self._reader = databases.reader(self._engine)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: durable when the block ends, nothing of it where the block raises.

        One at a time over all processes and machines, so keep it short: read and judge before it.
        Raises TemporaryStoreError, PermanentStoreError.
        """
        with translated(self._file), self._writer.begin() as tx:
            databases.take_turn(tx)
            yield tx

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A view of one state of the store, that waits for no writer. Raises as `writing`."""
        with translated(self._file), self._reader.connect() as conn, conn.begin():
            yield conn

    def upgrade(self) -> None:
        """Bring the tables to this version of the program; repeating it, also from two processes at once, is harmless.

        Raises PermanentStoreError where a newer version of the program has used the store.
        """
        with translated(self._file):
            if self._file is not None:
                _make_folder(self._file.parent)
            migration.upgrade(self._writer)

    def copy_database(self, target: Path) -> None:
        """All records as they stand now, in a new SQLite file; writers go on meanwhile.

        Raises StoreError; what is left of the file then is the caller's to remove.
        """
        if self._engine.dialect.name == "sqlite":
            with translated(self._file), self._engine.connect() as conn:
                conn.exec_driver_sql("COMMIT")  # of the BEGIN of every connection: VACUUM makes its own
                conn.exec_driver_sql("VACUUM INTO ?", (str(target),))  # not page by page: what was erased is in none
            return
        with self.reading() as conn:
            copy = open_store(f"sqlite:///{target}", target.parent)
            try:
                copy.upgrade()
                with copy.writing() as tx:
                    copy_records(conn, tx)
            finally:
                copy.close()

    def forget_deleted(self) -> None:
        """After erasing: SQLite's indexes of words are merged and its log is emptied, so that no file holds what went.

        Raises StoreError.
        """
        if self._engine.dialect.name == "sqlite":
            with translated(self._file), self._engine.connect() as conn:
                conn.exec_driver_sql("COMMIT")
                conn.exec_driver_sql("PRAGMA secure_delete = ON")
                for index in FTS_TABLES:  # until its parts are merged, an index keeps words of rows that are gone
                    conn.exec_driver_sql(f"INSERT INTO {index} ({index}) VALUES ('optimize')")  # noqa: S608 - our own
                conn.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def fill_from(self, file: Path) -> None:
        """The records of an SQLite file into this store, which is set up and empty. Raises PermanentStoreError."""
        with reading_file(file) as conn, self.writing() as tx:
            copy_records(conn, tx)

    def version(self) -> str | None:
        """Of the tables, None where there are none; changes nothing. `expected_version` is what the program needs."""
        if self._file is not None and not self._file.exists():
            return None
        with translated(self._file):
            return migration.version(self._engine)

    def expected_version(self) -> str:
        return migration.newest()

    def is_up_to_date(self) -> bool:
        """Whether the tables are there and of this program; False where `upgrade` has to make or mend them.

        Raises PermanentStoreError where a newer version of the program has used the store.
        """
        version = self.version()
        if version is not None and not migration.knows(version):
            raise migration.newer(version)
        return version == migration.newest()

    def try_writing(self) -> None:
        """Write what is there already, and take it back. Raises StoreError where nothing can be written."""
        with self.writing() as tx, tx.begin_nested() as tried:
            tx.execute(update(chain_head).values(seq=chain_head.c.seq))
            tried.rollback()

    def places(self) -> tuple[tuple[str, Path], ...]:
        """What of the store lies on this machine's disks, and where."""
        database = (("database", self._file),) if self._file is not None else ()
        return (*database, ("blobs", self.blobs.root))

    def close(self) -> None:
        """Give every connection back; the store can be used again afterwards."""
        self._engine.dispose()


def open_store(url: str, blobs: Path) -> Store:
    """`sqlite:///PATH` or `postgresql://USER@HOST/NAME`, and the folder of blobs. Raises PermanentStoreError."""
    return Store(databases.parse_url(url), blobs)


@contextmanager
def reading_file(file: Path) -> Iterator[Connection]:
    """The records of a copy that nobody writes to; nothing of it changes. Raises StoreError."""
    engine = databases.read_only_engine(file)
    try:
        with translated(file), engine.connect() as conn, conn.begin():
            yield conn
    finally:
        engine.dispose()


def version_of_file(file: Path) -> str | None:
    """Of the tables of such a copy."""
    engine = databases.read_only_engine(file)
    try:
        with translated(file):
            return migration.version(engine)
    finally:
        engine.dispose()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise PermanentStoreError(f"the folder {folder} cannot be made: check its owner ({error})") from error
