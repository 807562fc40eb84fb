"""Whatever way a search takes, it finds the rows that a plain look at every row finds, in the same order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from support.store_samples import DEADLINE, assessment, campaign

from dossier.campaign import FIELD, TITLE
from dossier.initiatives import draw
from dossier.model import Row, SummaryTable, Verdict
from dossier.searching import terms_of, words_of
from store import dossiers, lists, narrowing, revisions
from store.engine import Store
from store.narrowing import Asked
from store.paging import Page, Sort
from store.schema.record import dossier_words, initiatives
from store.schema.record import dossiers as dossier_table

VOCABULARY = ("xe", "xe", "xe", "đẩy", "đẩy", "xẻ", "xanh", "bệnh", "viện", "a", "12")
TEXT = st.lists(st.sampled_from(VOCABULARY), max_size=7).map(" ".join)
TERM = st.lists(st.sampled_from(("xe", "day", "xanh", "benh", "vien", "a", "12", "x", "be")), min_size=1, max_size=5)
ASKED = st.lists(
    st.tuples(TERM, st.sampled_from(('"{}"', '"{}"', '"{}"*', "{}"))).map(lambda one: one[1].format(" ".join(one[0]))),
    min_size=1,
    max_size=3,
).map(" ".join)
SORTS = st.sampled_from(("number", "-number", "title", "-title", "union", "-received", "title,-number"))
_HOURS = timedelta(hours=1)
FILTERS = st.sampled_from(
    (
        {},
        {"verdict": Verdict.LATE},
        {"union": "B"},
        {"since": DEADLINE - _HOURS, "until": DEADLINE + _HOURS},
        {"since": DEADLINE + _HOURS, "until": DEADLINE + 2 * _HOURS},
        {"since": DEADLINE - 99 * _HOURS, "until": DEADLINE - _HOURS},
        {"since": DEADLINE - _HOURS},
    )
)
WAYS: tuple[dict[str, float], ...] = (
    {},
    {"FEW": 0, "HITS": 0, "FEW_DOSSIERS": 0, "WALKED": 0, "MOST": 0},
    {"FEW": 0, "HITS": 0, "FEW_DOSSIERS": 0, "MOST": 2},
    {"FEW": 1, "HITS": 1, "WALKED": 9},
    {"FEW": 0, "HITS": 0, "FEW_DOSSIERS": 0, "WALKED": 0, "SPARSE": 2, "SMALL": 0},
    {"SMALL": 0, "FEW_DOSSIERS": 0, "GATHERED": -1},
    {"SMALL": 0, "FEW_DOSSIERS": 0, "GATHERED": 1e9},
)
"""Limits by which a way is chosen: few hits are sorted, few dossiers read, the order is walked, hits are gathered."""
EXAMPLES = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    title: str
    words: list[str]
    union: str
    row: int
    received: object
    dossier: int


def _keep(store: Store, key: str, texts: Sequence[tuple[str, str]]) -> None:
    """Three dossiers of a campaign, and the same rows in another."""
    with store.writing() as tx:
        for place, union in enumerate("CAB"):
            for of in (campaign(key, key), campaign(f"{key}other", f"{key}O")):
                now = DEADLINE - timedelta(days=place % 2)
                dossier = dossiers.lock_or_create(tx, of, union, now)
                rows = [Row({TITLE: title, FIELD: field}, {}) for title, field in texts[place::3]]
                told = assessment(Verdict.LATE if union == "C" else Verdict.ACCEPTED)
                drawn = draw(SummaryTable({TITLE: "Tên"}, tuple(rows)), of.key)
                revisions.add(
                    tx, dossier, revisions.NewRevision(told, revisions.Cause.DECISION, initiatives=drawn), now
                )


def _scanned(store: Store, asked: Asked, sort: str) -> list[int]:
    """What is found by looking at every row of the campaign."""
    with store.reading() as conn:
        every = [
            _Row(row.id, row.title_folded, row.text_folded.split(" "), row.union_code, row.row, row.came_at, row.mine)
            for row in conn.execute(
                select(
                    initiatives, dossier_table.c.union_code, dossier_table.c.came_at, dossier_table.c.id.label("mine")
                )
                .join(dossier_table, dossier_table.c.id == initiatives.c.dossier_id)
                .where(initiatives.c.campaign == asked.campaign)
                .where(True if asked.verdict is None else dossier_table.c.verdict == asked.verdict.value)
                .where(True if asked.union is None else dossier_table.c.union_code == asked.union)
                .where(True if asked.since is None else dossier_table.c.came_at >= asked.since)
                .where(True if asked.until is None else dossier_table.c.came_at <= asked.until)
            )
        ]
    found = [one for one in every if _stands(asked.text, one.words)]
    keys: dict[str, Callable[[_Row], Any]] = {
        "number": lambda one: one.id,
        "title": lambda one: one.title.encode(),
        "union": lambda one: (one.union, one.row),
        "received": lambda one: (one.received, one.dossier, one.row),
    }
    sorts = sort.split(",")
    last_down = sorts[-1].startswith("-")
    found.sort(key=keys["number"], reverse=last_down)
    for each in reversed(sorts):
        found.sort(key=keys[each.lstrip("-")], reverse=each.startswith("-"))
    return [one.id for one in found]


def _stands(asked: str, words: list[str]) -> bool:
    """A beginning of one letter counts as a word."""
    return all(
        any(_same(term.words, words[at : at + len(term.words)], begins=term.prefix) for at in range(len(words)))
        for term in terms_of(asked)
    )


def _same(term: tuple[str, ...], words: list[str], *, begins: bool) -> bool:
    if len(words) < len(term) or list(term[:-1]) != words[:-1]:
        return False
    return words[-1].startswith(term[-1]) if begins and len(term[-1]) > 1 else words[-1] == term[-1]


@given(
    st.lists(st.tuples(TEXT, TEXT), min_size=3, max_size=24),
    ASKED,
    SORTS,
    FILTERS,
    st.integers(1, 5),
    st.sampled_from(WAYS),
)
@example([("xe xe", ""), ("xe xe xe", "a"), ("đẩy xe xe", "xe xanh")], '"xe xe xe"', "title", {}, 1, WAYS[0])
@example(
    [("xe đẩy xanh xe", ""), ("xe đẩy xanh a xe đẩy xanh xe", "a"), ("đẩy xe xe", "xe xanh")] * 2,
    '"xe day xanh xe" "day xanh x"*',
    "-received",
    {"since": DEADLINE - _HOURS, "until": DEADLINE + _HOURS},
    1,
    WAYS[-1],
)
@EXAMPLES
def test_initiatives_are_those_of_a_plain_scan(
    shared: Store,
    texts: list[tuple[str, str]],
    asked: str,
    sort: str,
    filters: dict[str, Any],
    size: int,
    limits: dict[str, float],
) -> None:
    _keep(shared, "sk39", texts)
    sorts = tuple(Sort(one.lstrip("-"), one.startswith("-")) for one in sort.split(","))
    which = Asked("sk39", asked, **filters)
    expected = _scanned(shared, which, sort)
    with pytest.MonkeyPatch.context() as patched:
        for name in limits.keys() - {"MOST"}:
            patched.setattr(narrowing, name, limits[name])
        with shared.reading() as conn:
            assert [one.id for one in lists.list_initiatives(conn, which, Page(sorts))] == expected
            paged: list[int] = []
            while part := list(lists.list_initiatives(conn, which, Page(sorts, paged[-1] if paged else None, size))):
                paged += [one.id for one in part]
    assert paged == expected


@given(
    st.lists(st.tuples(TEXT, TEXT), min_size=3, max_size=12),
    ASKED,
    st.just("") | ASKED,
    st.booleans(),
    st.sampled_from(WAYS),
)
@example([("xe xe a", ""), ("xe xe xe", "a"), ("đẩy xe xe", "xe xanh")], '"xe xe xe"', "", False, WAYS[0])
@example([("xe", "đẩy"), ("xe", "đẩy a"), ("xe", "đẩy"), ("xe", "a")], "xe", "day a", False, WAYS[0])
@EXAMPLES
def test_dossiers_are_those_of_a_plain_scan(
    shared: Store, texts: list[tuple[str, str]], asked: str, field: str, named: bool, limits: dict[str, float]
) -> None:
    _keep(shared, "sk39", texts)
    holds = {
        union
        for place, union in enumerate("CAB")
        if not field or any(_stands(field, words_of(told)) for _, told in texts[place::3])
    }
    names = {"A": words_of("Bệnh viện xanh"), "C": words_of("xe đẩy 12")} if named else {}
    with shared.reading() as conn:
        kept = conn.execute(
            select(dossier_table.c.union_code, dossier_words.c.about, dossier_words.c.text_folded)
            .join(dossier_words, dossier_words.c.dossier_id == dossier_table.c.id)
            .where(dossier_table.c.campaign == "sk39")
            .order_by(dossier_table.c.union_code)
        ).all()
        expected = [
            row.union_code
            for row in kept
            if row.union_code in holds
            and all(
                _stands(f'"{" ".join(term.words)}"{"*" if term.prefix else ""}', words)
                or term.stands_in(list(names.get(row.union_code, ())))
                for term in terms_of(asked)
                for words in [f"{row.about} {row.text_folded}".split(" ")]
            )
        ]
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(narrowing, "FEW", limits.get("FEW", 2000))
            patched.setattr(narrowing, "MOST", limits.get("MOST", 0.5))
            patched.setattr(narrowing, "HITS", limits.get("HITS", 3000))
            which, paged, last = Asked("sk39", asked, field=field), list[str](), None
            found = [one.union for one in lists.list_dossiers(conn, which, Page(), names)]
            while part := list(lists.list_dossiers(conn, which, Page((), last, 1), names)):
                paged, last = [*paged, part[0].union], part[0].id
    assert (found, paged) == (expected, expected)
