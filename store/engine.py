"""The store as a whole: one database by URL, one folder of blobs."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection

from store import databases, migration
from store.blobs import Blobs
from store.errors import PermanentStoreError
from store.failures import translated


class Store:
    """Opened lazily: nothing is touched before the first use. Safe for many threads; each process opens its own."""

    def __init__(self, url: URL, blobs: Path) -> None:
        self.blobs = Blobs(blobs)
        self._url = url
        self._engine = databases.make_engine(url)
        self._writer = databases.writer(self._engine)
        self._reader = databases.reader(self._engine)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: durable when the block ends, nothing of it where the block raises.

        One at a time over all processes and machines, so keep it short: read and judge before it.
        Raises TemporaryStoreError, PermanentStoreError.
        """
        with translated(), self._writer.begin() as tx:
            databases.take_turn(tx)
            yield tx

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A view of one state of the store, that waits for no writer. Raises as `writing`."""
        with translated(), self._reader.connect() as conn, conn.begin():
            yield conn

    def upgrade(self) -> None:
        """Bring the tables to this version of the program; repeating it, also from two processes at once, is harmless.

        Raises PermanentStoreError where a newer version of the program has used the store.
        """
        file = databases.sqlite_file(self._url)
        with translated():
            if file is not None:
                _make_folder(file.parent)
            migration.upgrade(self._writer)

    def version(self) -> str | None:
        """Of the tables, None where there are none; changes nothing. `expected_version` is what the program needs."""
        file = databases.sqlite_file(self._url)
        if file is not None and not file.is_file():
            return None
        with translated():
            return migration.version(self._engine)

    def expected_version(self) -> str:
        return migration.newest()

    def close(self) -> None:
        """Give every connection back; the store can be used again afterwards."""
        self._engine.dispose()


def open_store(url: str, blobs: Path) -> Store:
    """`sqlite:///PATH` or `postgresql://USER@HOST/NAME`, and the folder of blobs. Raises PermanentStoreError."""
    return Store(databases.parse_url(url), blobs)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise PermanentStoreError(f"the folder {folder} cannot be made: check its owner ({error})") from error
