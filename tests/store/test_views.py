"""The views that docs/sql.md promises: on both databases, column by column, and shown by Datasette."""

import json
import re
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import inspect, text
from support.loopback import free_port
from support.store_samples import judged, letter

from dossier.model import Verdict
from store import outbox, views
from store.engine import Store, open_store
from store.errors import PermanentStoreError
from store.schema import metadata

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def filled(store: Store, now: datetime) -> Store:
    return fill(store, now)


def fill(store: Store, now: datetime) -> Store:
    with store.writing() as tx:
        judged(tx, b"1", now, verdict=Verdict.DEFICIENT)
        judged(tx, b"2", now, union="B", uid=2)
        outbox.enqueue(tx, letter("1"), now)
    return store


def rows(store: Store, sql: str) -> list[dict[str, Any]]:
    with store.reading() as conn:
        return [dict(row) for row in conn.execute(text(sql)).mappings()]


def test_the_page_tells_every_column_of_every_view_in_order(filled: Store) -> None:
    sections = re.split(r"^### ", (DOCS / "sql.md").read_text("utf-8"), flags=re.MULTILINE)[1:]
    told = {part.split("\n", 1)[0]: re.findall(r"^\| `(\w+)` \|", part, flags=re.MULTILINE) for part in sections}
    with filled.reading() as conn:
        there = {name: list(conn.execute(text(f"SELECT * FROM {name}")).keys()) for name in views.VIEWS}
    assert told == there


def test_views_tell_what_is_recorded(filled: Store) -> None:
    assert [
        (row["dossier"], row["verdict"], row["initiatives"]) for row in rows(filled, "SELECT * FROM v_dossiers")
    ] == [
        ("SK39-001", "deficient", 2),
        ("SK39-002", "accepted", 2),
    ]
    [first, *_] = rows(filled, "SELECT * FROM v_initiatives ORDER BY dossier, row")
    assert (first["title"], first["field"], first["campaign"]) == ("Cải tiến xe đẩy", None, "sk39")
    [finding] = rows(filled, "SELECT * FROM v_findings WHERE stands")
    assert (finding["dossier"], finding["code"]) == ("SK39-001", "missing-memo")
    assert [row["account"] for row in rows(filled, "SELECT * FROM v_messages")] == ["intake", "intake"]
    assert [row["state"] for row in rows(filled, "SELECT * FROM v_letters")] == ["queued"]
    assert {row["kind"] for row in rows(filled, "SELECT * FROM v_events")} >= {"dossier-opened", "revision-recorded"}
    assert len(rows(filled, "SELECT * FROM v_documents")) == 4
    assert len(rows(filled, "SELECT * FROM v_revisions")) == 2
    assert rows(filled, "SELECT * FROM v_paper UNION ALL SELECT * FROM v_paper") == []
    assert rows(filled, "SELECT * FROM v_objections") == []


@pytest.mark.postgresql
def test_a_role_that_may_read_the_views_reads_nothing_else(postgresql_url: str, tmp_path: Path, now: datetime) -> None:
    store = open_store(postgresql_url, tmp_path / "blobs")
    fill(store, now)
    [granted] = re.findall(r"GRANT SELECT ON .*?;", (DOCS / "sql.md").read_text("utf-8"), flags=re.DOTALL)
    with store.writing() as tx:
        tx.execute(text("CREATE ROLE auditor"))
        tx.execute(text(granted))
    for name in views.VIEWS:
        as_auditor(store, f"SELECT * FROM {name}")
    for name in ("dossiers", "initiatives", "event_salts"):
        with pytest.raises(PermanentStoreError):
            as_auditor(store, f"SELECT * FROM {name}")
    with store.writing() as tx:
        tx.execute(text("DROP OWNED BY auditor"))
        tx.execute(text("DROP ROLE auditor"))
    store.close()


def as_auditor(store: Store, sql: str) -> None:
    with store.reading() as conn:
        conn.execute(text("SET LOCAL ROLE auditor"))
        conn.execute(text(sql)).all()


def test_the_searches_of_the_page_find(filled: Store) -> None:
    told = re.findall(r"^    (SELECT v\.\* .*?;)$", (DOCS / "sql.md").read_text("utf-8"), flags=re.MULTILINE)
    [of_sqlite, of_postgresql] = [one.replace("benh", "hen").replace("vien", "kham") for one in told]
    with filled.reading() as conn:
        asked = of_sqlite if conn.dialect.name == "sqlite" else of_postgresql
        assert {row["title"] for row in conn.exec_driver_sql(asked).mappings()} == {"Phần mềm hẹn khám"}


def test_views_that_are_gone_or_old_are_made_anew(filled: Store) -> None:
    with filled.writing() as tx:
        views.drop(tx)
        tx.execute(text("CREATE VIEW v_dossiers AS SELECT 1 AS old"))
        tx.execute(text("CREATE VIEW my_own AS SELECT 2 AS mine"))
    filled.upgrade()
    assert len(rows(filled, "SELECT * FROM v_dossiers")) == 2
    assert rows(filled, "SELECT * FROM my_own") == [{"mine": 2}]
    with filled.reading() as conn:
        assert set(inspect(conn).get_view_names()) == {*views.VIEWS, "my_own"}


def test_datasette_shows_a_copy_and_writes_nothing(sqlite_template: Path, tmp_path: Path, now: datetime) -> None:
    (tmp_path / "hoso.db").write_bytes(sqlite_template.read_bytes())
    store, copy = open_store(f"sqlite:///{tmp_path}/hoso.db", tmp_path / "blobs"), tmp_path / "database.sqlite"
    fill(store, now).copy_database(copy)
    store.close()
    before, port = copy.read_bytes(), free_port()
    program = [sys.executable, "-m", "datasette", "serve", "--immutable", str(copy)]
    program += ["--metadata", str(DOCS / "datasette.yaml"), "--port", str(port)]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(program, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}/database"
        [about] = [asked(f"{address}.json", process)]
        assert {one["name"] for one in about["views"]} == set(views.VIEWS)
        shown = {one["name"] for one in about["tables"] if not one["hidden"]}
        assert shown == set(), "tables are hidden"
        found = asked(f"{address}/search.json?_shape=array&words=hen+kham", process)
        assert [row["title"] for row in found] == ["Phần mềm hẹn khám"] * 2
        mended = asked(f"{address}/not_mended.json?_shape=array", process)
        assert [row["code"] for row in mended] == ["missing-memo"]
        assert asked(f"{address}/by_field.json?_shape=array", process)[0]["initiatives"] == 4
        assert asked(f"{address}/not_arrived.json?_shape=array", process) == []
        listed = asked(f"{address}/v_dossiers.json?_shape=array&verdict=accepted", process)
        assert [row["union_code"] for row in listed] == ["B"]
        refused = urllib.parse.quote("DELETE FROM dossiers")
        with pytest.raises(urllib.error.HTTPError):
            asked(f"{address}.json?sql={refused}", process)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)
    assert copy.read_bytes() == before


def asked(address: str, process: subprocess.Popen[bytes]) -> Any:
    """JSON from the server, which may need some seconds to come up."""
    until = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:
                return json.load(answer)
        except urllib.error.HTTPError:
            raise
        except (urllib.error.URLError, ConnectionError):
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.2)


def test_the_recipe_hides_every_table() -> None:
    recipe = yaml.safe_load((DOCS / "datasette.yaml").read_text("utf-8"))
    assert set(recipe["databases"]["database"]["tables"]) >= {*metadata.tables, "alembic_version"}, (
        "hide the new table, too"
    )
