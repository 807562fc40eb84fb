"""One dossier's search for near-duplicates in stores of few and of very many initiatives.

The rows are written straight into SQLite. One in two hundred shares a mark with the dossier that is checked, so that
the larger store has more to compare with, too.
"""

import random
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bench.figures import Spread
from sqlalchemy.dialects import sqlite
from support.store_samples import DEADLINE, assessment, campaign

from dossier.campaign import BENEFIT, SUMMARY, TITLE
from dossier.initiatives import Drawn, draw
from dossier.model import Row, SummaryTable
from dossier.near_duplicates import sent_before
from store import dossiers, likenesses, revisions
from store.engine import Store, open_store
from store.revisions import Cause, NewRevision
from store.schema import metadata

_ROWS = 20
"""Initiatives of a dossier."""
_SHARING = 200
_MARKS = 7
_WORDS = """cải tiến quy trình tiếp nhận người bệnh ngoại trú bằng mã vạch giá treo dịch truyền hộp đựng kim an toàn xe
đẩy thuốc phân loại rác thải y tế bảng theo dõi nhiệt độ tủ
vắc xin phần mềm nhắc lịch tái khám bồn ngâm chân thảo dược"""


@dataclass(frozen=True, slots=True)
class Checked:
    """One dossier's check against a store of so many initiatives."""

    stored: int
    milliseconds: Spread
    compared: int
    """Initiatives on record that were compared with those of the dossier."""
    plan: tuple[str, ...]
    """How SQLite looks up one mark."""


def near_duplicates(folder: Path, sizes: Sequence[int], rounds: int, tell: Callable[[str], None]) -> list[Checked]:
    """The sizes are measured in turn in each round: a machine that slows down slows all of them."""
    stores = {size: _filled(folder / f"{size}.sqlite", size, tell) for size in sizes}
    seen: dict[int, list[tuple[float, int]]] = {size: [] for size in sizes}
    for _ in range(rounds + 1):  # the first one fills the caches
        for size, store in stores.items():
            seen[size].append(_check(store))
    found = []
    for size in sizes:
        spread = Spread.of([seconds for seconds, _ in seen[size][1:]]).times(1000)
        found.append(Checked(size, spread, seen[size][0][1], _plan(folder / f"{size}.sqlite")))
    for store in stores.values():
        store.close()
    return found


def _initiatives() -> tuple[Drawn, ...]:
    chance, words = random.Random(7), _WORDS.split()
    rows = [
        Row({TITLE: " ".join(chance.choices(words, k=12)), SUMMARY: " ".join(chance.choices(words, k=60))})
        for _ in range(_ROWS)
    ]
    return draw(SummaryTable({BENEFIT: ""}, tuple(rows)), "sk39")


def _check(store: Store) -> tuple[float, int]:
    """Draws the marks of a table, looks them up, compares: the seconds that a message pays, and how many it met."""
    began = time.perf_counter()
    drawn = _initiatives()
    with store.reading() as conn:
        others = likenesses.candidates(conn, 0, drawn)
        for row, (one, sent) in enumerate(zip(drawn, others, strict=True), start=1):
            sent_before("Bang.docx", row, one.gist, sent)
    return time.perf_counter() - began, sum(map(len, others))


def _filled(path: Path, size: int, tell: Callable[[str], None]) -> Store:
    tell(f"a store with {size:,} initiatives")
    store = open_store(f"sqlite:///{path}", path.with_suffix(".blobs"))
    store.upgrade()
    with store.writing() as tx:
        first = dossiers.lock_or_create(tx, campaign(), "A", DEADLINE - timedelta(days=2))
        revision = NewRevision(assessment(), Cause.DECISION, initiatives=_initiatives())
        revisions.add(tx, first, revision, DEADLINE - timedelta(days=2))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        _fill(connection, size)
    return store


def _fill(connection: sqlite3.Connection, size: int) -> None:
    connection.execute("PRAGMA synchronous = OFF")
    (index,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'ix_initiative_marks_mark'").fetchone()
    connection.execute("BEGIN")
    connection.execute("DROP TRIGGER initiative_search_insert")  # nothing is searched for by words here
    connection.execute("DROP INDEX ix_initiative_marks_mark")  # built once at the end: the same, and sooner
    dossier = {"id": "1 + n", "union_code": "'U' || n", "code": "'X-' || n", "arrival_number": "1000 + n"}
    connection.execute(_copying("dossiers", dossier, "id = 1"), {"count": size // _ROWS})
    initiative = {"id": "1000 + n", "dossier_id": f"2 + (n - 1) / {_ROWS}", "row": f"1 + (n - 1) % {_ROWS}"}
    connection.execute(_copying("initiatives", initiative, "id = 1"), {"count": size})
    connection.executemany("INSERT INTO initiative_marks (dossier_id, row, mark) VALUES (?, ?, ?)", _marks(size))
    connection.execute(index)
    connection.execute("COMMIT")
    connection.execute("ANALYZE")


def _copying(table: str, changed: dict[str, str], which: str) -> str:
    names = [column.name for column in metadata.tables[table].columns]
    values = ", ".join(changed.get(name, f'"{name}"') for name in names)
    counting = "WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < :count)"
    quoted = ", ".join(f'"{name}"' for name in names)
    return (
        f'{counting} INSERT INTO "{table}" ({quoted}) SELECT {values} FROM counted, "{table}" WHERE "{table}".{which}'
    )


def _marks(size: int) -> Iterator[tuple[int, int, int]]:
    """Of every initiative seven as they are drawn: digests behind the two bytes of their campaign."""
    chance = random.Random(9)
    real = [mark for one in _initiatives() for mark in one.marks]
    prefix = real[0] >> 48 << 48
    for number in range(size):
        dossier, row = 2 + number // _ROWS, 1 + number % _ROWS
        if number % _SHARING == 0:
            yield dossier, row, chance.choice(real)
        for _ in range(_MARKS - (number % _SHARING == 0)):
            yield dossier, row, prefix | chance.getrandbits(48)


def _plan(path: Path) -> tuple[str, ...]:
    statement = str(likenesses.MARKED.compile(dialect=sqlite.dialect()))
    with closing(sqlite3.connect(path)) as connection:
        steps = [
            str(row[3]) for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", [1] * statement.count("?"))
        ]
    return tuple(dict.fromkeys(step for step in steps if step.startswith(("SEARCH", "SCAN init", "USE TEMP"))))
