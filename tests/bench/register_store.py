"""A store with very many initiatives in many campaigns, written straight into SQLite; its indexes are built at the end.

Half of the initiatives are in one campaign, the others in campaigns of a thousand, so that both kinds of list are long.
The text is made of the words of the letters, some of them far more often than others; events form no chain.
"""

import json
import random
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from support.store_samples import DEADLINE, campaign, judged

from dossier.campaign import AUTHOR, FIELD, SUMMARY, TITLE
from dossier.decisions import Way
from dossier.folding import fold
from dossier.model import Kind, Verdict
from dossier.searching import cell_words, words_of
from store import dossiers, paper
from store.engine import Store, open_store
from store.paper import NewPaper
from store.search_index import DOSSIERS, INITIATIVES, fill
from store.search_words import IN_FIELD, day_word, dossier_scopes

ROWS = 20
"""Initiatives of a dossier."""
UNIONS = 50
"""Dossiers of an ordinary campaign."""
RARE = 20
"""Initiatives that a rare word stands in."""
_TEXTS = 4000
_FIELDS = ("An toàn vệ sinh lao động, bảo vệ môi trường", "Cải cách hành chính", "Vì cộng đồng trong lĩnh vực y tế")
_VERDICTS = (*(Verdict.ACCEPTED,) * 60, *(Verdict.DEFICIENT,) * 36, *(Verdict.REVIEW,) * 3, Verdict.LATE)
_COPIED = ("dossiers", "revisions", "documents", "messages", "ledger", "readings", "events", "paper_copies")


@dataclass(frozen=True, slots=True)
class _Text:
    written: str
    words: str


CAMPAIGN = campaign()


def filled(path: Path, size: int, tell: Callable[[str], None] = lambda what: None) -> Store:
    """`size` initiatives: a thousand are the ordinary campaign "sk39" alone; of more, half are one campaign, "big"."""
    store = open_store(f"sqlite:///{path}", path.with_suffix(".blobs"))
    store.upgrade()
    with store.writing() as tx:
        came = DEADLINE - timedelta(days=2)
        revision = judged(tx, b"first", came, union="A", verdict=Verdict.DEFICIENT)
        first = dossiers.get(tx, revision.dossier_id)
        assert first is not None
        brought = NewPaper(Way.HAND, came, "Lan", (Kind.MEMO,), complete=True)
        paper.record(tx, first, CAMPAIGN, brought, came, by="Lan")
    store.close()  # gives its connections back, so that the log can be left out
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        _fill(connection, size, tell)
    return store


def words() -> list[str]:
    """Syllables with their marks, the commonest first."""
    text = files("templates").joinpath("letters", "vi", "sentences.txt").read_text("utf-8")
    return sorted({word.lower() for word in re.findall(r"[^\W\d_]{2,7}", text)}, key=hash_of)


def hash_of(word: str) -> int:
    """The same order on every run."""
    return random.Random(word).getrandbits(32)


def rare_word(number: int) -> str:
    return f"hiem{number}x"


def _fill(connection: sqlite3.Connection, size: int, tell: Callable[[str], None]) -> None:
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -400000")
    dossiers = list(_campaigns(size))
    later = _set_aside(connection)
    connection.execute("BEGIN")
    for table in _COPIED:
        tell(f"{size:,} initiatives: {table}")
        _copy(connection, table, dossiers)
    tell(f"{size:,} initiatives: their rows")
    connection.executemany(_insert("initiatives", _INITIATIVE), _initiatives(dossiers))
    connection.executemany(_insert("findings", _FINDING), _findings(dossiers))
    connection.execute(
        "INSERT INTO dossier_words SELECT d.id, 'to trinh docx', (SELECT group_concat(i.text_folded, ' ')"
        " FROM initiatives i WHERE i.dossier_id = d.id) FROM dossiers d WHERE d.id > 1"
    )
    tell(f"{size:,} initiatives: their words")
    for index, first in ((INITIATIVES, 1000), (DOSSIERS, 2)):  # the first dossier's are in it
        connection.execute(fill(index), {"first": first, "last": 2**62})
    tell(f"{size:,} initiatives: {len(later)} indexes")
    for statement in later:
        connection.execute(statement)
    connection.execute("COMMIT")


def _set_aside(connection: sqlite3.Connection) -> list[str]:
    """Indexes and triggers that are made again at the end: the same, and sooner."""
    made = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('index', 'trigger')"
    ).fetchall()
    aside = [(kind, name, sql) for kind, name, sql in made if not name.startswith("events_no")]
    for kind, name, _ in aside:
        connection.execute(f'DROP {kind} "{name}"')
    return [sql for _, _, sql in aside]


@dataclass(frozen=True, slots=True)
class _Dossier:
    id: int
    campaign: str
    union: str
    verdict: Verdict


def _campaigns(size: int) -> Iterator[_Dossier]:
    chance, count = random.Random(5), size // ROWS
    big = count // 2 if count > UNIONS else 0
    for number in range(count):
        ordinary = number - big
        key = "big" if number < big else "sk39" if ordinary < UNIONS else f"c{ordinary // UNIONS}"
        union = number if number < big else ordinary % UNIONS
        yield _Dossier(2 + number, key, f"U{union:05}", chance.choice(_VERDICTS))


def _copy(connection: sqlite3.Connection, table: str, dossiers: Sequence[_Dossier]) -> None:
    """Of each row of the first dossier one for every other, under other keys."""
    connection.row_factory = sqlite3.Row
    for row in connection.execute(f"SELECT * FROM {table}").fetchall():
        names = list(row.keys())
        rows = (_moved(dict(row), table, one) for one in dossiers)
        connection.executemany(_insert(table, names), (tuple(one[name] for name in names) for one in rows))
    connection.row_factory = None


def _moved(row: dict[str, Any], table: str, one: _Dossier) -> dict[str, Any]:
    step = (one.id - 1) * 10
    own = {"events": "seq", "paper_copies": "event"}.get(table, "id")
    row[own] += one.id - 1 if table in {"dossiers", "revisions", "messages", "ledger", "readings"} else step
    for name in ("dossier_id", "revision_id", "message_id"):
        if row.get(name) is not None:
            row[name] += one.id - 1
    changed: dict[str, Any] = {
        "campaign": one.campaign,
        "union_code": one.union,
        "code": f"X-{one.id}",
        "arrival_number": one.id + 1,  # the first two are those of the first dossier and of its paper
        "verdict": one.verdict.value,
        "uid": one.id,
        "hash": f"{row.get('hash')}{one.id}",
        "sha256": f"{row['sha256'][:50]}{one.id:014}" if table == "messages" else row.get("sha256"),
        "content_digest": f"c{one.id}",
        "came_at": f"{_day(one)} 08:{one.id % 60:02}:00.{one.id % 1000:03}000",
    }
    return row | {name: value for name, value in changed.items() if name in row}


def _day(one: _Dossier) -> date:
    return date(2021, 1 + one.id % 4, 1 + one.id // 4 % 28)


_INITIATIVE = (
    *("id", "dossier_id", "campaign", "revision_id", "row", "document", "place", "author", "title", "author_folded"),
    *("title_folded", "text_folded", "cells", "extra", "benefit_worth", "benefit_approximate"),
)
_FINDING = ("dossier_id", "revision_id", "code", "severity", "detail", "field_values")


def _texts(length: int, seed: int) -> list[_Text]:
    vocabulary, chance = words(), random.Random(seed)
    weights = [1 / (place + 4) for place in range(len(vocabulary))]
    made = (" ".join(chance.choices(vocabulary, weights, k=length)) for _ in range(_TEXTS))
    return [_Text(text, " ".join(words_of(text))) for text in made]


def _initiatives(dossiers: Sequence[_Dossier]) -> Iterator[tuple[Any, ...]]:
    titles, summaries = _texts(10, 1), _texts(45, 2)
    fields = [_Text(text, " ".join(cell_words(IN_FIELD, text))) for text in _FIELDS]
    scopes: dict[str, str] = {}
    number = 1000
    for one in dossiers:
        scope = scopes.setdefault(one.campaign, " ".join(dossier_scopes(one.campaign)))
        for row in range(1, ROWS + 1):
            title, summary = titles[number * 7 % _TEXTS], summaries[number * 13 // 11 % _TEXTS]
            field, rare = fields[number % 3], rare_word(number // RARE)
            cells = {AUTHOR: f"Nguyễn Văn {row}", TITLE: title.written, FIELD: field.written, SUMMARY: summary.written}
            found = f"{day_word(_day(one))} {scope} {field.words} nguyen van {row} {title.words} {summary.words} {rare}"
            yield (
                *(number, one.id, one.campaign, one.id, row, "ab/3", "trang 1", cells[AUTHOR], title.written),
                *(f"nguyen van {row}", title.words, found, json.dumps(cells, ensure_ascii=False), "{}", "unclear", 0),
            )
            number += 1


def _findings(dossiers: Sequence[_Dossier]) -> Iterator[tuple[Any, ...]]:
    for one in dossiers:
        if one.verdict is not Verdict.ACCEPTED:
            yield one.id, one.id, "incomplete-row", "deficiency", fold("Ô trống"), "{}"
        if one.id % 500 == 7:
            yield one.id, one.id, "garbled-text", "review", "", "{}"


def _insert(table: str, names: Sequence[str]) -> str:
    quoted = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table} ({quoted}) VALUES ({', '.join('?' * len(names))})"
