"""What `make bench` asks of the register: lists, searches, the story of a dossier, the digest, and what a desk asks."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from typing import Any

from bench.register_store import CAMPAIGN, ROWS, UNIONS, rare_word, words
from sqlalchemy import Connection, text

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
from store import dossiers, lists, paper, revisions
from store.engine import Store
from store.narrowing import Asked
from store.paging import Page, Sort

PAGE = 50
NOW = datetime(2021, 4, 20, 1, tzinfo=UTC)
NAMES = {f"U{number:05}": words_of(f"Bệnh viện số {number}") for number in range(UNIONS)}
_ROSTER = Roster(tuple(Union(code, f"Bệnh viện {code}") for code in NAMES))

_EXAMINED = replace(example_campaign(), opens_at=CAMPAIGN.opens_at, deadline=NOW + timedelta(days=3))
_REMINDED = Plan((3,), time_of_day(9))

Ask = Callable[[Store, str], int]
"""Asks a store about a campaign; returns how many rows came."""


def _initiatives(words: str = "", *sort: Sort, after: bool = False, **more: Any) -> Ask:
    def ask(store: Store, campaign: str) -> int:
        with store.reading() as conn:
            page = Page(sort, limit=PAGE)
            if after:
                page = replace(page, after=_late_row(conn, campaign))
            return sum(1 for _ in lists.list_initiatives(conn, Asked(campaign, words, **more), page))

    return ask


def _late_row(conn: Connection, campaign: str) -> int:
    """Of the middle of the list."""
    middle = _middle(conn, campaign)
    found = conn.execute(
        text("SELECT id FROM initiatives WHERE dossier_id = :dossier AND row = 3"), {"dossier": middle}
    )
    return int(found.scalar_one())


def _middle(conn: Connection, campaign: str) -> int:
    """The dossier of the union in the middle."""
    last = conn.execute(
        text("SELECT max(union_code) FROM dossiers WHERE campaign = :key"), {"key": campaign}
    ).scalar_one()
    asked = text("SELECT id FROM dossiers WHERE campaign = :key AND union_code = :union")
    return int(conn.execute(asked, {"key": campaign, "union": f"U{int(last[1:]) // 2:05}"}).scalar_one())


def _dossiers(words: str = "", *sort: Sort, after: bool = False, **more: Any) -> Ask:
    def ask(store: Store, campaign: str) -> int:
        with store.reading() as conn:
            page = Page(sort, _middle(conn, campaign) if after else None, PAGE)
            found = list(lists.list_dossiers(conn, Asked(campaign, words, **more), page, NAMES))
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


_COMMON, _MIDDLING = words()[:6], words()[200:202]
_DAY = datetime(2021, 3, 2, tzinfo=UTC)
QUESTIONS: dict[str, Ask] = {
    "dossiers": _dossiers(),
    "dossiers, a page in the middle": _dossiers(after=True),
    "dossiers, latest first": _dossiers("", Sort("received", descending=True)),
    "dossiers, late": _dossiers(verdict=Verdict.LATE),
    "dossiers, a common finding": _dossiers(finding="incomplete-row"),
    "dossiers, a rare finding": _dossiers(finding="garbled-text"),
    "dossiers of one day": _dossiers(since=_DAY, until=_DAY + timedelta(days=1)),
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
    "dossiers, words of the field": _dossiers(field="hành chính"),
    "dossiers, words never in one field": _dossiers(field="hành môi"),
    "dossiers, words of the field and a common word, latest first": _dossiers(
        _COMMON[0], Sort("received", descending=True), field="hành chính"
    ),
    "initiatives, a common word, by title": _initiatives(_COMMON[0], Sort("title")),
    "initiatives, a common word, latest first": _initiatives(_COMMON[0], Sort("received", descending=True)),
    "initiatives, a rare word, by title": _initiatives(_rare(), Sort("title")),
    "initiatives, a common word, of one union": _initiatives(_COMMON[0], union="U00020"),
    "initiatives, a common word, of late dossiers": _initiatives(_COMMON[0], verdict=Verdict.LATE),
    "initiatives, three common words that seldom stand so": _initiatives(f'"{" ".join(_COMMON[:3])}"'),
    "initiatives, three common words in a row, by title": _initiatives(f'"{" ".join(_COMMON[:3])}"', Sort("title")),
    "initiatives, words never in a row": _initiatives(f'"{" ".join(_COMMON[1:5])}"'),
    "initiatives, two middling words": _initiatives(" ".join(_MIDDLING)),
    "initiatives, a middling word, by title": _initiatives(_MIDDLING[0], Sort("title")),
    "initiatives, a middling word, by union": _initiatives(_MIDDLING[0], Sort("union")),
    "initiatives, a beginning of three letters, by title": _initiatives("thu*", Sort("title")),
    "initiatives, a beginning of four letters, latest first": _initiatives("thuo*", Sort("received", descending=True)),
    "initiatives, a middling word, of one day": _initiatives(_MIDDLING[0], since=_DAY, until=_DAY + timedelta(days=1)),
    "dossiers, three common words that seldom stand so": _dossiers(f'"{" ".join(_COMMON[:3])}"'),
    "dossiers, two middling words, latest first": _dossiers(" ".join(_MIDDLING), Sort("received", descending=True)),
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
OF_A_STORE = frozenset(list(QUESTIONS)[list(QUESTIONS).index("show") :])
"""Asked of the ordinary campaign alone: a dossier is as long in a large one, the others tell of a whole campaign."""
