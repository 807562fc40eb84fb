"""Fixtures: the same tests on SQLite and on a real PostgreSQL, each with a store of its own, copied from one set up."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from store.engine import Store, open_store
from support.postgresql import Server, postgresql_server

_numbers = count(1)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    with postgresql_server() as server:
        open_and_close(server.create("hoso_template"), Path("unused"))
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    open_and_close(f"sqlite:///{folder}/hoso.db", folder / "blobs")
    return folder / "hoso.db"


def open_and_close(url: str, blobs: Path) -> None:
    store = open_store(url, blobs)
    store.upgrade()
    store.close()


@pytest.fixture
def postgresql_url(postgresql: Server) -> Iterator[str]:
    """Of a store on PostgreSQL that is set up and empty."""
    name = f"hoso_{next(_numbers)}"
    yield postgresql.create(name, "hoso_template")
    postgresql.drop(name)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Of a store that is set up and empty."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgresql_url"))
    shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "hoso.db")
    return f"sqlite:///{tmp_path}/hoso.db"


@pytest.fixture
def store(url: str, tmp_path: Path) -> Iterator[Store]:
    opened = open_store(url, tmp_path / "blobs")
    yield opened
    opened.close()


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for all examples of the properties of a module; set up and empty."""
    folder = tmp_path_factory.mktemp("shared")
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("postgresql")
        url = server.create(f"hoso_{next(_numbers)}", "hoso_template")
    else:
        shutil.copy(request.getfixturevalue("sqlite_template"), folder / "hoso.db")
        url = f"sqlite:///{folder}/hoso.db"
    opened = open_store(url, folder / "blobs")
    yield opened
    opened.close()


@pytest.fixture
def now() -> datetime:
    return datetime(2021, 4, 19, 8, 30, 15, 123456, tzinfo=UTC)
