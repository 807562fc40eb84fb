"""What was stored is found by its words, whatever the marks; both databases find the same (dossier.searching)."""

from datetime import datetime, timedelta
from itertools import count, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from support.older_versions import as_it_was_at
from support.store_samples import DEADLINE, assessment, campaign, judged

from dossier.campaign import AUTHOR, BLOCK, FIELD, TITLE
from dossier.decisions import Way
from dossier.initiatives import draw
from dossier.model import Document, Kind, Memo, Row, SummaryTable, Verdict
from dossier.searching import Term, indexed, scope, terms_of, words_of
from store import dossiers, erasing, lists, narrowing, paper, revisions
from store.engine import Store
from store.initiative_row import Initiative
from store.narrowing import Asked
from store.paging import NoSuchRowError, Page, Sort, UnknownSortError
from store.paper import NewPaper
from store.schema.record import initiatives
from store.search_index import MARKED, OWN
from store.search_words import CAMPAIGN

ROWS = (
    Row(
        {AUTHOR: "Lê Thị Bình", TITLE: "Cải tiến xe đẩy thuốc", FIELD: "An toàn vệ sinh lao động", BLOCK: "Hành chính"}
    ),
    Row({AUTHOR: "Trần An", TITLE: "Phần mềm hẹn khám bệnh viện", FIELD: "Cải cách hành chính", BLOCK: "Doanh nghiệp"}),
    Row({AUTHOR: "Hồ Đức", TITLE: "Bệnh án điện tử, viện phí không tiền mặt"}, {"Ghi chú": "QĐ 12/TTr-CĐCS"}),
)
MEMO = Document(
    "2",
    "Tờ trình số 7.docx",
    "0" * 64,
    10,
    "application/x",
    (Kind.MEMO,),
    "docx",
    Memo(number="7/TTr", signer="Đỗ Văn Ký"),
)


def recorded(store: Store, now: datetime, union: str, rows: tuple[Row, ...] = ROWS, *files: Document) -> int:
    """A dossier with these rows in force; returns its number."""
    with store.writing() as tx:
        dossier = dossiers.lock_or_create(tx, campaign(), union, now)
        drawn = draw(SummaryTable({TITLE: "Tên"}, rows), "sk39")
        new = revisions.NewRevision(assessment(), revisions.Cause.DECISION, documents=files, initiatives=drawn)
        revisions.add(tx, dossier, new, now)
    return dossier.id


def of_one_mark() -> tuple[str, str]:
    """Keys of two campaigns whose words begin alike, so that SQLite's index tells them not apart."""
    seen = dict[str, str]()
    for number in count():
        key = f"chuong-trinh-{number}"
        mark = scope(CAMPAIGN, key)[: len(OWN) + MARKED]
        if mark in seen:
            return seen[mark], key
        seen[mark] = key
    raise AssertionError


def titles(store: Store, asked: str = "", **more: Any) -> list[str]:
    page = more.pop("page", Page())
    with store.reading() as conn:
        return [one.title for one in lists.list_initiatives(conn, Asked("sk39", asked, **more), page)]


FOUND: tuple[tuple[str, set[int]], ...] = (
    ("benh vien", {1, 2}),
    ("BỆNH  viện", {1, 2}),
    ("bệnh viện".encode().decode(), {1, 2}),
    ("be\u0323\u0302nh vie\u0323\u0302n", {1, 2}),
    ('"benh vien"', {1}),
    ('"xe đẩy" thuoc', {0}),
    ("xe khám", set()),
    ("ph*", {1, 2}),
    ('"phan me"*', {1}),
    ("12/ttr", {2}),
    ("ttr-12", set()),
    ("%", set()),
    ("_", set()),
    ('"', set()),
    ("'; DROP TABLE initiatives", set()),
    ("", {0, 1, 2}),
    ("  ", {0, 1, 2}),
    ("hanh chinh", {0, 1}),
)


def test_words_phrases_and_beginnings_are_found(store: Store, now: datetime) -> None:
    recorded(store, now, "A")
    for asked, found in FOUND:
        assert set(titles(store, asked)) == {ROWS[one].cells[TITLE] for one in found}, asked


def test_field_and_block_are_searched_alone(store: Store, now: datetime) -> None:
    recorded(store, now, "A")
    assert titles(store, field="hành chính") == [ROWS[1].cells[TITLE]]
    assert titles(store, block="hanh chinh") == [ROWS[0].cells[TITLE]]
    assert titles(store, "khám", field="cai cach", block='"doanh nghiep"') == [ROWS[1].cells[TITLE]]
    assert titles(store, "khám", field="an toan") == []
    assert titles(store, field="???") == []


def test_what_is_not_in_force_is_found_no_more(store: Store, now: datetime) -> None:
    recorded(store, now, "A")
    recorded(store, now, "A", ROWS[:1])
    assert titles(store, "benh") == []
    assert titles(store, "xe") == [ROWS[0].cells[TITLE]]


def test_other_campaigns_are_not_searched(store: Store, now: datetime) -> None:
    recorded(store, now, "A")
    with store.reading() as conn:
        for asked in ("", "benh"):
            assert list(lists.list_initiatives(conn, Asked("other", asked), Page())) == []
            assert list(lists.list_dossiers(conn, Asked("other", asked), Page())) == []


def test_a_dossier_is_found_by_union_memo_file_and_initiatives_together(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        judged(tx, b"1", now, union="B")
    recorded(store, now, "A")
    with store.writing() as tx:
        entry = tx.execute(text("SELECT id FROM messages")).scalar_one()
        dossier = dossiers.lock_or_create(tx, campaign(), "A", now)
        new = revisions.NewRevision(
            assessment(), revisions.Cause.REREAD, entry, (MEMO,), draw(SummaryTable({}, ROWS), "sk39")
        )
        revisions.add(tx, dossier, new, now)
    names = {"A": words_of("Bệnh viện Thống Nhất"), "B": words_of("Trung tâm Y tế Định Quán")}

    def unions(asked: str) -> list[str]:
        with store.reading() as conn:
            return [one.union for one in lists.list_dossiers(conn, Asked("sk39", asked), Page(), names)]

    assert unions("thong nhat") == ["A"]
    assert unions("thong nhat xe day") == ["A"]
    assert unions("dinh quan xe day") == ["B"]
    assert unions("xe đẩy") == ["A", "B"]
    assert unions("do van ky") == ["A"]
    assert unions('"to trinh so 7"') == ["A"]
    assert unions("12/TTr") == ["A", "B"]
    assert unions("dinh quan hen kham") == ["B"]
    assert unions("thong nhat dinh") == []
    assert unions("?") == []
    assert unions("") == ["A", "B"]


def test_erased_words_stand_in_no_index(store: Store, now: datetime, tmp_path: Path) -> None:
    number = recorded(store, now, "A", (Row({TITLE: "Zyxwvut hiếm"}),))
    recorded(store, now, "B")
    with store.writing() as tx:
        erasing.erase_dossier(tx, number, now, by="an", reason="hết hạn")
    store.forget_deleted()
    assert titles(store, "zyxwvut") == []
    with store.reading() as conn:
        assert list(lists.list_dossiers(conn, Asked("sk39", "zyxwvut"), Page())) == []
    assert all(b"zyxwvut" not in file.read_bytes() for file in tmp_path.glob("hoso.db*"))


def test_a_store_of_an_older_version_is_searched_after_the_upgrade(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        judged(tx, b"1", now)
    as_it_was_at(store, "0013")
    store.upgrade()
    assert titles(store, "hen kham") == ["Phần mềm hẹn khám"]
    with store.reading() as conn:
        for asked in ("xe day", "to trinh docx", "12/TTr", ""):
            [found] = lists.list_dossiers(conn, Asked("sk39", asked), Page())
            assert (found.union, found.code) == ("A", "SK39-001")


EXAMPLES = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ANY = st.text(max_size=60) | st.text("abđÂơử \"*'§:&|!()<->\\\x00\u0301\ud800-_1٣", max_size=40)


@given(ANY, ANY)
@EXAMPLES
def test_any_text_can_be_searched_for(shared: Store, asked: str, other: str) -> None:
    assert len(titles(shared, asked, field=other)) <= len(titles(shared))


@given(st.lists(ANY, min_size=1, max_size=3))
@EXAMPLES
def test_what_was_stored_is_found_by_its_own_words(shared: Store, texts: list[str]) -> None:
    rows = tuple(Row({TITLE: "x", FIELD: one}) for one in texts)
    recorded(shared, DEADLINE - timedelta(days=1), "A", rows)
    for one in texts:
        for asked in (one.replace('"', " "), *words_of(one), f'"{one.replace(chr(34), " ")}"'):
            if words_of(asked):
                assert titles(shared, asked)
                assert titles(shared, field=asked)


@given(ANY, ANY)
@EXAMPLES
def test_a_term_stands_in_words_as_the_index_has_it(shared: Store, stored: str, asked: str) -> None:
    recorded(shared, DEADLINE - timedelta(days=1), "A", (Row({TITLE: stored}),))
    terms = [one for one in terms_of(asked) if not (one.prefix and len(one.words[-1]) < 2)]
    if terms:
        typed = " ".join(f'"{" ".join(one.words)}"{"*" if one.prefix else ""}' for one in terms)
        expected = all(one.stands_in(words_of(stored)) for one in terms)
        assert bool(titles(shared, typed)) is expected


def test_words_of_endless_text_fit_into_both_indexes(store: Store, now: datetime) -> None:
    rows = tuple(Row({TITLE: " ".join(f"từ{row}x{one}" for one in range(60_000))}) for row in range(2))
    recorded(store, now, "A", rows)
    assert len(titles(store, "tu1x7")) == 1
    for asked, hits in (('"tu1x7 tu1x8"', 1), ('"tu1x7 tu1x8 tu1x9"', 1), ('"tu1x7 tu1x9"', 0), ('"tu1x7 tu1x"*', 1)):
        assert len(titles(store, asked)) == hits, asked
    assert len(indexed(rows[0].cells.values()).encode()) <= 400_000


def held(store: Store, field: str, asked: str = "", names: dict[str, list[str]] | None = None, **more: Any) -> str:
    """Unions whose dossiers are found by the words of a field."""
    with store.reading() as conn:
        which = Asked("sk39", asked, field=field, **more)
        return "".join(one.union for one in lists.list_dossiers(conn, which, Page(), names))


def test_dossiers_are_found_by_the_field_of_one_of_their_initiatives(store: Store, now: datetime) -> None:
    recorded(store, now, "A")
    recorded(store, now, "B", ROWS[1:])
    recorded(
        store, now, "C", (Row({TITLE: "An toàn", FIELD: "An ninh"}), Row({TITLE: "B", FIELD: "Toàn thể lao động"}))
    )
    assert (held(store, "cải cách"), held(store, "AN TOAN"), held(store, '"ve sinh"')) == ("AB", "A", "A")
    assert (held(store, "lao"), held(store, "la*"), held(store, '"toan the"*', "an ninh")) == ("AC", "AC", "C")
    assert held(store, "an toan", verdict=Verdict.LATE) == held(store, "???") == held(store, "an toan", "???") == ""
    assert held(store, "cai cach", "vien phi") == "AB"
    assert held(store, "cai cach", "thong nhat vien phi", {"B": words_of("Bệnh viện Thống Nhất")}) == "B"
    assert held(store, "an toan", "thong nhat", {"B": words_of("Bệnh viện Thống Nhất")}) == ""


def test_a_dossier_of_endless_initiatives_is_found_by_the_field_of_each(store: Store, now: datetime) -> None:
    row = {TITLE: " ".join(f"từ{one}" for one in range(50_000))}
    recorded(store, now, "A", (Row(row), Row({**row, FIELD: "An toàn"}), Row({**row, FIELD: "Cải cách"})))
    assert held(store, "cải cách") == held(store, '"an toan"') == "A"
    assert held(store, "cai toan") == ""


def test_any_number_of_dossiers_may_be_asked_for_by_their_keys(store: Store, now: datetime) -> None:
    first = recorded(store, now, "A")
    assert held(store, "", among=range(first, first + 300_000)) == "A"
    assert held(store, "", among=range(first + 1, first + 9)) == held(store, "", among=[]) == ""


SORTS = ("union", "number", "title", "received", "-union", "-number", "title,-number", "-received,union")


def test_pages_hold_every_row_once_in_order(store: Store, now: datetime) -> None:
    for place, union in enumerate("CABED"):
        recorded(store, now + timedelta(seconds=place % 2), union)
    for sort in SORTS:
        sorts = tuple(Sort(one.lstrip("-"), one.startswith("-")) for one in sort.split(","))
        for asked in ("", "viện"):
            whole = rows_of(store, asked, Page(sorts))
            paged: list[Initiative] = []
            while part := rows_of(store, asked, Page(sorts, paged[-1].id if paged else None, 4)):
                paged += part
            assert paged == whole, sort
            assert len({one.id for one in whole}) == len(whole) == (10 if asked else 15), sort


def rows_of(store: Store, asked: str, page: Page) -> list[Initiative]:
    with store.reading() as conn:
        return list(lists.list_initiatives(conn, Asked("sk39", asked), page))


def test_many_hits_are_the_same_rows_as_few(store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    for union in "CAB":
        recorded(store, now, union)
    for sort in ((), (Sort("title", descending=True),), (Sort("number", descending=True),)):
        few = rows_of(store, "vien", Page(sort))
        with monkeypatch.context() as patched:
            patched.setattr(narrowing, "HITS", 1)
            assert rows_of(store, "vien", Page(sort)) == few
            assert rows_of(store, "vien", Page(sort, few[1].id)) == few[2:]
    for more in ({"union": "B"}, {"verdict": Verdict.ACCEPTED}, {"verdict": Verdict.LATE}):
        expected = titles(store, "vien", **more)
        with monkeypatch.context() as patched:
            patched.setattr(narrowing, "FEW_DOSSIERS", 0)
            patched.setattr(narrowing, "FEW", 1)
            patched.setattr(narrowing, "HITS", 1)
            assert titles(store, "vien", **more) == expected
        with monkeypatch.context() as patched:
            patched.setattr(narrowing, "HITS", 3)
            assert titles(store, "vien", **more) == expected
    with store.reading() as conn:
        every = [one.union for one in lists.list_dossiers(conn, Asked("sk39", "vien"), Page(), {"A": ["vien"]})]
        monkeypatch.setattr(narrowing, "FEW", 1)
        assert [one.union for one in lists.list_dossiers(conn, Asked("sk39", "vien"), Page(), {"A": ["vien"]})] == every


@pytest.mark.parametrize("few", [0, 1000])
def test_campaigns_whose_words_have_one_mark_are_told_apart(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(narrowing, "FEW", few)
    monkeypatch.setattr(narrowing, "HITS", few)
    keys = of_one_mark()
    for key in keys:
        with store.writing() as tx:
            dossier = dossiers.lock_or_create(tx, campaign(key), "A", now)
            drawn = draw(SummaryTable({TITLE: "Tên"}, (Row({TITLE: f"Xe đẩy thuốc của {key}"}),)), key)
            new = revisions.NewRevision(assessment(), revisions.Cause.DECISION, initiatives=drawn)
            revisions.add(tx, dossier, new, now)

    for key, words, sort in product(keys, ('"day thuoc"', "day thuoc", "thu*"), ("number", "title", "union")):
        with store.reading() as conn:
            found = [one.title for one in lists.list_initiatives(conn, Asked(key, words), Page((Sort(sort),)))]
            sent = [one.campaign for one in lists.list_dossiers(conn, Asked(key, words), Page())]
        assert (found, sent) == ([f"Xe đẩy thuốc của {key}"], [key]), (words, sort)


def test_dossiers_are_filtered_sorted_and_paged(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        for place, union in enumerate("ABC"):
            verdict = Verdict.DEFICIENT if union == "B" else Verdict.ACCEPTED
            judged(tx, union.encode(), now, union=union, uid=place + 1, verdict=verdict)

    def unions(page: Page = Page(), **asked: Any) -> str:  # noqa: B008 - frozen
        with store.reading() as conn:
            return "".join(one.union for one in lists.list_dossiers(conn, Asked("sk39", **asked), page))

    assert unions(Page((Sort("union", descending=True),))) == "CBA"
    assert unions(verdict=Verdict.DEFICIENT) == unions(finding="missing-memo") == unions(union="B") == "B"
    assert unions(since=DEADLINE) == ""
    assert unions(until=DEADLINE) == unions(until=DEADLINE, since=DEADLINE - timedelta(days=2)) == "ABC"
    with store.writing() as tx:
        first = dossiers.of_union(tx, "sk39", "C")
        assert first is not None
        copy = NewPaper(Way.POST, now, "Văn thư", (Kind.MEMO,), complete=True)
        number = paper.record(tx, first, campaign(), copy, now, by="an").decided.number
        dossiers.lock_or_create(tx, campaign(), "D", now)
    assert (unions(paper=True), unions(paper=False)) == ("C", "ABD")
    assert unions(Page((Sort("verdict"),))) == "DACB"
    with store.reading() as conn:
        opened = dossiers.of_union(conn, "sk39", "D")
    assert opened is not None
    assert unions(Page((Sort("verdict"),), opened.id)) == "ACB"
    for sort in ((Sort("verdict"),), (Sort("verdict", descending=True),)):
        whole, paged, last = unions(Page(sort)), "", None
        while part := unions(Page(sort, last, 1)):
            paged += part
            with store.reading() as conn:
                known = dossiers.of_union(conn, "sk39", part)
            last = known.id if known else None
        assert (paged, sorted(whole)) == (whole, ["A", "B", "C", "D"])
    with store.writing() as tx:
        assert paper.withdraw(tx, number, now, by="an", reason="của đơn vị khác")
    assert unions(paper=True) == ""
    assert unions(among=select(initiatives.c.dossier_id).where(initiatives.c.dossier_id > 1)) == "BC"
    assert unions(among=[1]) == "A"
    with pytest.raises(UnknownSortError, match="union, received"):
        unions(Page((Sort("colour"),)))
    with pytest.raises(NoSuchRowError):
        unions(Page((), 99))
    with store.reading() as conn:
        ids = [one.id for one in lists.list_dossiers(conn, Asked("sk39"), Page())][:3]
        assert lists.standing_findings(conn, ids) == {ids[0]: [], ids[1]: ["missing-memo"], ids[2]: []}


def test_terms_are_what_was_typed() -> None:
    assert terms_of('xe "Bệnh viện"* a-b') == (Term(("xe",)), Term(("benh", "vien"), prefix=True), Term(("a", "b")))
