"""Lists, searches, the digest and the story of a dossier in stores of few and of very many initiatives.

Each question is asked of both stores in turn, in processor time: a machine that is busy slows neither side alone.
"""

import io
import resource
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import Any

from bench.figures import Spread
from bench.register_store import CAMPAIGN, ROWS, UNIONS, filled, rare_word, words
from sqlalchemy import Connection, Engine, event

from dossier.campaign import Campaign, Roster, Union
from dossier.model import Verdict
from dossier.reminders import Plan
from dossier.searching import words_of
from hoso.campaigns import example_campaign
from hoso.cli import story
from hoso.cli.why import told_of
from intake.digest import digest
from intake.examine import every_examined
from intake.remind import upcoming
from intake.shortlisting import figures_of
from intake.targets import standings_now
from intake.valid import standings
from reports.tables import write_csv
from store import dossiers, lists, paper, revisions
from store.engine import Store
from store.lists import Asked
from store.paging import Page, Sort

PAGE = 50
NOW = datetime(2021, 4, 20, 1, tzinfo=UTC)
NAMES = {f"U{number:05}": words_of(f"Bệnh viện số {number}") for number in range(UNIONS)}
_ROSTER = Roster(tuple(Union(code, f"Bệnh viện {code}") for code in NAMES))

_EXAMINED = replace(example_campaign(), opens_at=CAMPAIGN.opens_at, deadline=NOW + timedelta(days=3))
_REMINDED = Plan((3,), time_of_day(9))

Ask = Callable[[Store, str], int]
"""Asks a store about a campaign; returns how many rows came."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One question."""

    name: str
    milliseconds: tuple[Spread, ...]
    """Processor time in each store, as they were given."""
    rows: tuple[int, ...]
    plan: tuple[str, ...]
    """SQLite's, in the largest store."""

    @property
    def ratio(self) -> float:
        """Of the last store to the first."""
        return self.milliseconds[-1].middle / self.milliseconds[0].middle


@dataclass(frozen=True, slots=True)
class Exported:
    """A list written whole to CSV."""

    rows: int
    seconds: float
    grown: float
    """MiB by which the process grew meanwhile."""


def register(
    folder: Path, sizes: Sequence[int], rounds: int, tell: Callable[[str], None], campaigns: Sequence[str] = ("sk39",)
) -> tuple[list[Answered], list[Exported]]:
    """Median of so many rounds. In the last store the questions are asked of each of the campaigns."""
    tell(f"stores with {' and '.join(f'{size:,}' for size in sizes)} initiatives")
    stores = [filled(folder / f"register{size}.sqlite", size) for size in sizes]
    found = [
        _answered(f"{name}{'' if campaign == 'sk39' else ', half of all'}", ask, stores, campaign, rounds)
        for campaign in campaigns
        for name, ask in QUESTIONS.items()
        if campaign == "sk39" or name not in _OF_A_STORE
    ]
    exported = [_exported(store, campaigns[-1] if store is stores[-1] else "sk39") for store in stores]
    for store in stores:
        store.close()
    return found, exported


def _answered(name: str, ask: Ask, stores: Sequence[Store], campaign: str, rounds: int) -> Answered:
    asked = [(store, campaign if store is stores[-1] else "sk39") for store in stores]
    seen: list[list[float]] = [[] for _ in stores]
    rows = [ask(store, key) for store, key in asked]  # fills the caches
    for _ in range(rounds):
        for place, (store, key) in enumerate(asked):
            began = time.process_time()
            ask(store, key)
            seen[place].append(1000 * (time.process_time() - began))
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
        for statement, parameters in ran:
            for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters):
                yield str(row.detail)


# --- what is asked ---------------------------------------------------------------------------------------------


def _initiatives(text: str = "", *sort: Sort, after: bool = False, **more: Any) -> Ask:
    def ask(store: Store, campaign: str) -> int:
        with store.reading() as conn:
            page = Page(sort, limit=PAGE)
            if after:
                page = replace(page, after=_late_row(conn, campaign))
            return sum(1 for _ in lists.list_initiatives(conn, Asked(campaign, text, **more), page))

    return ask


def _late_row(conn: Connection, campaign: str) -> int:
    """Of the middle of the list."""
    middle = _middle(conn, campaign)
    found = conn.exec_driver_sql("SELECT id FROM initiatives WHERE dossier_id = ? AND row = 3", (middle,))
    return int(found.scalar_one())


def _middle(conn: Connection, campaign: str) -> int:
    """The dossier of the union in the middle."""
    last = conn.exec_driver_sql("SELECT max(union_code) FROM dossiers WHERE campaign = ?", (campaign,)).scalar_one()
    asked = "SELECT id FROM dossiers WHERE campaign = ? AND union_code = ?"
    found = conn.exec_driver_sql(asked, (campaign, f"U{int(last[1:]) // 2:05}"))
    return int(found.scalar_one())


def _dossiers(text: str = "", *sort: Sort, after: bool = False, **more: Any) -> Ask:
    def ask(store: Store, campaign: str) -> int:
        with store.reading() as conn:
            page = Page(sort, _middle(conn, campaign) if after else None, PAGE)
            found = list(lists.list_dossiers(conn, Asked(campaign, text, **more), page, NAMES))
            lists.standing_findings(conn, [one.id for one in found])
            return len(found)

    return ask


def _show(store: Store, campaign: str) -> int:
    with store.reading() as conn:
        found = dossiers.get(conn, _middle(conn, campaign))
        assert found is not None
        return len(story.story_of(conn, found, CAMPAIGN.zone)["initiatives"])


def _why(store: Store, campaign: str) -> int:
    with store.reading() as conn:
        found = dossiers.get(conn, _middle(conn, campaign))
        assert found is not None
        stood = revisions.latest(conn, found.id)
        assert stood is not None
        return len(told_of(conn, replace(CAMPAIGN, key=campaign), found, stood, NOW)["evidence"])


def _digest(store: Store, campaign: str) -> int:
    gathered = digest(store, replace(CAMPAIGN, key=campaign, roster=_ROSTER), NOW - timedelta(days=1), NOW)
    return gathered.asked


def _desk(ask: Callable[[Connection, Campaign], Iterable[object]]) -> Ask:
    """What is asked of a whole campaign."""

    def asked(store: Store, campaign: str) -> int:
        with store.reading() as conn:
            return sum(1 for _ in ask(conn, replace(_EXAMINED, key=campaign, roster=_ROSTER)))

    return asked


def _scores(conn: Connection, campaign: Campaign) -> Iterator[object]:
    for one in every_examined(conn, campaign, ("Lan",)):
        yield from one.standings


def _rare(_: str = "") -> str:
    return rare_word((1000 + 25 * ROWS) // 20)


_COMMON = words()[:6]
QUESTIONS: dict[str, Ask] = {
    "dossiers": _dossiers(),
    "dossiers, a page in the middle": _dossiers(after=True),
    "dossiers, latest first": _dossiers("", Sort("received", descending=True)),
    "dossiers, late": _dossiers(verdict=Verdict.LATE),
    "dossiers, a common finding": _dossiers(finding="incomplete-row"),
    "dossiers, a rare finding": _dossiers(finding="garbled-text"),
    "dossiers of one day": _dossiers(since=datetime(2021, 3, 2, tzinfo=UTC), until=datetime(2021, 3, 3, tzinfo=UTC)),
    "dossiers, a common word": _dossiers(_COMMON[0]),
    "dossiers, a word of few and the union's name": _dossiers(f"benh vien {_COMMON[1]}"),
    "initiatives": _initiatives(),
    "initiatives, a page in the middle": _initiatives(after=True),
    "initiatives by title": _initiatives("", Sort("title")),
    "initiatives by title, a page in the middle": _initiatives("", Sort("title"), after=True),
    "initiatives, latest first": _initiatives("", Sort("received", descending=True)),
    "initiatives of late dossiers": _initiatives(verdict=Verdict.LATE),
    "initiatives, a common word": _initiatives(_COMMON[0]),
    "initiatives, a rare word": _initiatives(_rare()),
    "initiatives, a common and a rare word": _initiatives(f"{_COMMON[0]} {_rare()}"),
    "initiatives, six common words": _initiatives(" ".join(_COMMON)),
    "initiatives, two common words in a row": _initiatives(f'"{_COMMON[0]} {_COMMON[1]}"'),
    "initiatives, a beginning of two letters": _initiatives("th*"),
    "initiatives, a beginning of four letters": _initiatives("thuo*"),
    "initiatives, words of the field": _initiatives(field="hành chính"),
    "initiatives, a common word, by title": _initiatives(_COMMON[0], Sort("title")),
    "initiatives, a common word, latest first": _initiatives(_COMMON[0], Sort("received", descending=True)),
    "initiatives, a rare word, by title": _initiatives(_rare(), Sort("title")),
    "initiatives, a common word, of one union": _initiatives(_COMMON[0], union="U00020"),
    "initiatives, a common word, of late dossiers": _initiatives(_COMMON[0], verdict=Verdict.LATE),
    "initiatives, three common words that seldom stand so": _initiatives(f'"{" ".join(_COMMON[:3])}"'),
    "show": _show,
    "why": _why,
    "digest": _digest,
    "valid": _desk(lambda conn, campaign: standings(conn, campaign, NOW)),
    "papers": _desk(lambda conn, campaign: paper.of_campaign(conn, campaign.key)),
    "targets": _desk(lambda conn, campaign: standings_now(conn, campaign, NOW)),
    "scores": _desk(_scores),
    "shortlist's figures": _desk(lambda conn, campaign: figures_of(conn, campaign, NOW)),
    "reminders": _desk(lambda conn, campaign: upcoming(conn, campaign, _REMINDED, NOW)),
}
_OF_A_STORE = frozenset(list(QUESTIONS)[list(QUESTIONS).index("show") :])
"""Asked of the ordinary campaign alone: a dossier is as long in a large one, the others tell of a whole campaign."""


def _exported(store: Store, campaign: str) -> Exported:
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    count = 0

    def rows(conn: Connection) -> Iterator[list[Any]]:
        nonlocal count
        for one in lists.list_initiatives(conn, Asked(campaign), Page()):
            count += 1
            yield [one.id, one.union, one.row, *one.cells.values()]

    with store.reading() as conn:
        write_csv(_Nowhere(), ["number"], rows(conn))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return Exported(count, time.process_time() - began, grown)


class _Nowhere(io.BytesIO):
    def write(self, content: Any) -> int:
        return len(content)
