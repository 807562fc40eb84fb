"""A store that cannot be used: one sentence that says what to do, the exit code of who can mend it, no password (P12).

What a database refuses amid a message's way stands in tests/intake/test_writes_that_fail.py.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from support.desk_only import Installation
from support.postgresql import GUARDED, PASSWORD, Server
from support.service import Ended
from support.waiting import wait_until

from store.engine import open_store
from store.errors import PermanentStoreError
from store.migration import newest

PAPER = ("paper", "BVDN", "--way", "hand", "--arrived", "2021-04-19", "--by", "Lan")
WRONG_PASSWORD = "Falsch-0815"


@pytest.fixture
def on(tmp_path: Path) -> Iterator[Callable[[str], Installation]]:
    """An installation whose URL of the store comes from the environment."""
    with ExitStack() as stores:

        def made(url: str) -> Installation:
            folder = tmp_path / "hoso"
            folder.mkdir(exist_ok=True)
            store = open_store(url, folder / "var" / "blobs")
            stores.callback(store.close)
            here = Installation(folder, store, {"HOSO_STORE": url})
            here.write_settings(store={"url": "${HOSO_STORE}", "blobs": "var/blobs"})
            return here

        yield made


@pytest.fixture
def here(on: Callable[[str], Installation], url: str) -> Installation:
    return on(url)


def told(ended: Ended, status: int, *words: str) -> None:
    """In one line, but for what `hoso check` lists."""
    assert ended.status == status, ended.err
    assert len(ended.err.splitlines()) <= 1, ended.err
    said = ended.out + ended.err
    assert "Traceback" not in said
    assert PASSWORD not in said
    assert WRONG_PASSWORD not in said
    assert [word for word in words if word not in said] == []


def test_a_store_of_a_newer_program_is_refused_by_who_looks_decides_and_serves(here: Installation) -> None:
    with here.store.writing() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for command in (("dossiers",), PAPER, ("run", "--once")):
        told(here.hoso(*command), 5, f"of version 9999, the program of {newest()}", "install that one")
    told(here.hoso("check"), 1, "WRONG  store: the store is of version 9999", "install that one")


def test_a_store_of_an_older_program_is_not_touched_by_who_only_looks(here: Installation) -> None:
    with here.store.writing() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '0018'"))
    told(here.hoso("dossiers"), 5, "of version 0018", "`hoso run` brings it up to date")
    told(here.hoso("check"), 1, f"note   store: version 0018: the next `hoso run` brings it to {newest()}")


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("url", "status", "words"),
    [
        (f"postgresql://{GUARDED}:{WRONG_PASSWORD}@/postgres?host=FOLDER", 5, ("check name and password in the URL",)),
        (f"postgresql://{GUARDED}@/postgres?host=FOLDER", 5, ("check name and password in the URL",)),
        ("postgresql://nobody_here@/postgres?host=FOLDER", 5, ("check name and password in the URL",)),
        (f"postgresql://{GUARDED}:{PASSWORD}@/absent?host=FOLDER", 5, ("no such database: create it", "absent")),
        (f"postgresql://{GUARDED}:{PASSWORD}@/hoso?host=FOLDER/none", 4, ("see that it runs", "then try again")),
        (f"postgresql://{GUARDED}:{PASSWORD}@127.0.0.1:1/hoso", 4, ("see that it runs", "then try again")),
        (f"postgresql://{GUARDED}:{PASSWORD}@/hoso?host=FOLDER&noise=1", 5, ("after the question mark", "noise")),
    ],
)
def test_a_server_that_is_not_to_be_had_says_why(
    on: Callable[[str], Installation], postgresql: Server, url: str, status: int, words: tuple[str, ...]
) -> None:
    here = on(url.replace("FOLDER", str(postgresql.folder)))
    for command in (("dossiers",), PAPER):
        told(here.hoso(*command), status, *words)


@pytest.mark.postgresql
def test_a_server_that_ends_amid_a_command_is_told_and_nothing_is_half_done(
    on: Callable[[str], Installation], postgresql: Server, postgresql_url: str
) -> None:
    here = on(postgresql_url)
    with (
        psycopg.connect(postgresql_url) as other,
        psycopg.connect(postgresql.url("postgres"), autocommit=True) as admin,
    ):
        other.execute("SELECT seq FROM chain_head FOR UPDATE")
        waiting = (
            "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = %s",
            [other.info.dbname],
        )
        running = here.start(*PAPER)
        wait_until(lambda: admin.execute(*waiting).fetchall(), running)
        admin.execute(f"SELECT pg_terminate_backend(pid) FROM ({waiting[0]}) AS waiting", waiting[1])
        told(running.wait(), 4, "the server is stopping or starting: try again")
    told(here.hoso(*PAPER), 0)
    with here.store.reading() as conn:
        assert conn.execute(text("SELECT count(*) FROM paper_copies")).scalar_one() == 1


def test_a_file_that_may_only_be_read_is_looked_at_and_not_written(
    on: Callable[[str], Installation], tmp_path: Path
) -> None:
    here = replace(on(f"sqlite:///{tmp_path}/hoso/hoso.db"), bare=True)
    here.store.upgrade()
    here.store.close()
    (here.folder / "hoso.db").chmod(0o400)
    told(here.hoso("messages"), 0)
    told(here.hoso(*PAPER), 5, "hoso/hoso.db cannot be written", "check the owner")
    told(here.hoso("check"), 1, "WRONG  store: the database", "cannot be written", "check the owner")
    (here.folder / "hoso.db").chmod(0)
    told(here.hoso("messages"), 5, "hoso/hoso.db cannot be opened", "belongs to this user")


def test_a_folder_in_the_place_of_the_database_is_no_empty_store(
    on: Callable[[str], Installation], tmp_path: Path
) -> None:
    here = on(f"sqlite:///{tmp_path}/hoso/hoso.db")
    (here.folder / "hoso.db").mkdir()
    for command in (("messages",), PAPER):
        told(here.hoso(*command), 5, "hoso/hoso.db cannot be opened")


@pytest.mark.postgresql
def test_a_database_of_another_encoding_or_that_takes_no_writes_is_named(
    on: Callable[[str], Installation], postgresql: Server
) -> None:
    with psycopg.connect(postgresql.url("postgres"), autocommit=True) as admin:
        admin.execute("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
        admin.execute("CREATE DATABASE standby TEMPLATE hoso_template")
        admin.execute("ALTER DATABASE standby SET default_transaction_read_only = on")
    told(on(postgresql.url("latin")).hoso(*PAPER), 5, "encoded in LATIN1", "ENCODING 'UTF8'")
    here = on(postgresql.url("standby"))
    with pytest.raises(PermanentStoreError, match="the server takes no writes"):
        here.store.try_writing()
    here.store.close()
    for name in ("latin", "standby"):
        postgresql.drop(name)
