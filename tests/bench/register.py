"""Lists, searches, the digest and the story of a dossier in stores of few and of very many initiatives.

Each question is asked of both stores in turn, in processor time (on PostgreSQL with that of the server): a machine that
is busy slows neither side alone.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.exporting import Exported, exported
from bench.figures import Spread
from bench.register_postgresql import copied, processor
from bench.register_questions import OF_A_STORE, QUESTIONS, Ask
from bench.register_store import filled
from sqlalchemy import Engine, event
from support.postgresql import postgresql_server

from store.engine import Store

Tell = Callable[[str], None]
FEW, HALF = "sk39", "big"
"""The campaign of a thousand initiatives, and the one that holds half of all in a large store."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One question."""

    name: str
    milliseconds: tuple[Spread, ...]
    """Processor time in each store, as they were given."""
    rows: tuple[int, ...]
    plan: tuple[str, ...]
    """The database's, in the largest store."""

    @property
    def ratio(self) -> float:
        """Of the last store to the first."""
        return self.milliseconds[-1].middle / self.milliseconds[0].middle


@dataclass(frozen=True, slots=True)
class Measured:
    """All questions on one kind of database."""

    database: str
    answered: tuple[Answered, ...]
    exported: tuple[Exported, ...]


def register(
    folder: Path,
    sizes: Sequence[int],
    rounds: int,
    tell: Tell,
    campaigns: Sequence[str] = (FEW, HALF),
    *,
    postgresql: bool = True,
) -> list[Measured]:
    """Median of so many rounds. In the last store the questions are asked of each of the campaigns."""
    files = [folder / f"register{size}.sqlite" for size in sizes]
    stores = []
    for file, size in zip(files, sizes, strict=True):
        tell(f"a store with {size:,} initiatives")
        stores.append(filled(file, size, tell))
    found = [_measured("SQLite", stores, [f"sqlite:///{file}" for file in files], campaigns, rounds, tell)]
    if postgresql:
        with postgresql_server() as server:
            names = [f"register{size}" for size in sizes]
            stores = []
            for file, name in zip(files, names, strict=True):
                tell(f"PostgreSQL: {name}")
                stores.append(copied(server, file, name, tell))
            urls = [server.url(name) for name in names]
            found.append(_measured("PostgreSQL", stores, urls, campaigns, rounds, tell))
    return found


def _measured(
    database: str, stores: Sequence[Store], urls: Sequence[str], campaigns: Sequence[str], rounds: int, tell: Tell
) -> Measured:
    asked = [
        (f"{name}{'' if campaign == FEW else ', half of all'}", ask, campaign)
        for campaign in campaigns
        for name, ask in QUESTIONS.items()
        if campaign == FEW or name not in OF_A_STORE
    ]
    found = []
    for place, (name, ask, campaign) in enumerate(asked, start=1):
        tell(f"{database}, question {place} of {len(asked)}: {name}")
        found.append(_answered(name, ask, stores, campaign, rounds))
    for store in stores:
        store.close()
    written = []
    for what, url, campaign in (("few", urls[0], FEW), ("many", urls[-1], campaigns[-1])):
        for kind in ("csv", "xlsx"):
            tell(f"{database}, {what} written to {kind.upper()}")
            written.append(exported(what, url, campaign, kind))
    return Measured(database, tuple(found), tuple(written))


def _answered(name: str, ask: Ask, stores: Sequence[Store], campaign: str, rounds: int) -> Answered:
    asked = [(store, campaign if store is stores[-1] else FEW) for store in stores]
    seen: list[list[float]] = [[] for _ in stores]
    rows = [ask(store, key) for store, key in asked]  # fills the caches
    clocks = [processor(store) for store in stores]
    for _ in range(rounds):
        for place, (store, key) in enumerate(asked):
            began, server = time.process_time(), clocks[place]()
            ask(store, key)
            seen[place].append(1000 * (time.process_time() - began + clocks[place]() - server))
    with _watched() as ran:
        ask(*asked[-1])
    spreads = tuple(Spread.of(times) for times in seen)
    return Answered(name, spreads, tuple(rows), tuple(dict.fromkeys(_plans(stores[-1], ran))))


@contextmanager
def _watched() -> Iterator[list[tuple[str, Any]]]:
    ran: list[tuple[str, Any]] = []

    def note(conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        del conn, cursor, context
        if statement.startswith("SELECT"):
            ran.append((statement, parameters[0] if many else parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield ran
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def _plans(store: Store, ran: Iterable[tuple[str, Any]]) -> Iterator[str]:
    with store.reading() as conn:
        sqlite = conn.dialect.name == "sqlite"
        explain = "EXPLAIN QUERY PLAN" if sqlite else "EXPLAIN (COSTS OFF)"
        for statement, parameters in ran:
            for row in conn.exec_driver_sql(f"{explain} {statement}", parameters):
                yield str(row.detail if sqlite else row[0])
