"""Initiatives like new ones are looked up by marks; figures are stored beside the text they were read from."""

from datetime import date, datetime

from sqlalchemy import func, select
from support.older_versions import as_it_was_at
from support.store_samples import assessment, campaign

from dossier.campaign import APPLIED, BENEFIT, SUMMARY, TITLE
from dossier.initiatives import Drawn, draw
from dossier.model import Row, SummaryTable
from dossier.money import Worth
from store import contents, dossiers, likenesses, revisions
from store.engine import Store
from store.revisions import Cause, NewRevision
from store.schema.record import initiatives

TITLE_A = "Cải tiến quy trình tiếp nhận người bệnh ngoại trú bằng mã vạch"


def drawn(*cells: dict[str, str], key: str = "sk39", header: str = "") -> tuple[Drawn, ...]:
    return draw(SummaryTable({BENEFIT: header}, tuple(map(Row, cells))), key)


def recorded(
    store: Store, now: datetime, union: str, these: tuple[Drawn, ...], key: str = "sk39", prefix: str = "SK39"
) -> dossiers.Dossier:
    with store.writing() as tx:
        dossier = dossiers.lock_or_create(tx, campaign(key, prefix), union, now)
        revisions.add(tx, dossier, NewRevision(assessment(), Cause.DECISION, initiatives=these), now)
    return dossier


def test_an_initiative_of_another_union_is_found_however_it_is_written(store: Store, now: datetime) -> None:
    first = recorded(store, now, "A", drawn({TITLE: "Giá treo dịch truyền"}, {TITLE: TITLE_A}))
    second = recorded(store, now, "B", new := drawn({TITLE: TITLE_A.upper()}, {TITLE: "Hộp đựng kim"}))
    with store.reading() as conn:
        found = likenesses.candidates(conn, second.id, new)
    assert [[(one.union, one.dossier, one.row, one.title) for one in each] for each in found] == [
        [("A", first.code, 2, TITLE_A)],
        [],
    ]


def test_the_dossiers_own_initiatives_and_those_of_another_campaign_are_no_candidates(
    store: Store, now: datetime
) -> None:
    mine = recorded(store, now, "A", new := drawn({TITLE: TITLE_A}))
    recorded(store, now, "A", drawn({TITLE: TITLE_A}, key="sk40"), "sk40", "SK40")
    with store.reading() as conn:
        assert likenesses.candidates(conn, mine.id, new) == [[]]


def test_what_a_dossier_no_longer_holds_is_no_candidate(store: Store, now: datetime) -> None:
    recorded(store, now, "A", drawn({TITLE: TITLE_A}))
    recorded(store, now, "A", drawn({TITLE: "Giá treo dịch truyền"}))
    with store.reading() as conn:
        assert likenesses.candidates(conn, 99, drawn({TITLE: TITLE_A})) == [[]]
        assert likenesses.candidates(conn, 99, drawn({TITLE: "GIÁ TREO DỊCH TRUYỀN"}))[0]


def test_of_a_title_that_hundreds_share_only_some_are_compared(store: Store, now: datetime) -> None:
    title = {TITLE: "Cải tiến quy trình"}
    recorded(store, now, "A", drawn(*[title] * 300))
    with store.reading() as conn:
        assert len(likenesses.candidates(conn, 99, drawn(title))[0]) == 5


def test_many_initiatives_are_looked_up_at_once(store: Store, now: datetime) -> None:
    titles = [{TITLE: f"Sáng kiến về {name} {number}"} for number in range(40) for name in ("máy", "thuốc")]
    recorded(store, now, "A", drawn(*titles))
    with store.reading() as conn:
        found = likenesses.candidates(conn, 99, drawn(*titles))
    assert all(any(one.title == cells[TITLE] for one in each) for each, cells in zip(found, titles, strict=True))


def test_dates_and_money_are_stored_as_figures_beside_their_text(store: Store, now: datetime) -> None:
    dossier = recorded(
        store,
        now,
        "A",
        drawn(
            {TITLE: "a", APPLIED: "Từ tháng 2 đến tháng 4/2021", BENEFIT: "150 triệu/năm"},
            {TITLE: "b", APPLIED: "01/3/2021", BENEFIT: "khoảng 50-70 triệu"},
            {TITLE: "c", APPLIED: "đang áp dụng", BENEFIT: "không tính được bằng tiền"},
        ),
    )
    with store.reading() as conn:
        one, two, three = contents.initiatives_of(conn, dossier.id)
        total = conn.execute(select(func.sum(initiatives.c.benefit_low))).scalar_one()
    assert one.applied is not None
    assert (one.applied.first, one.applied.last, one.applied.until) == (
        date(2021, 2, 1),
        date(2021, 2, 28),
        date(2021, 4, 30),
    )
    assert (one.benefit.low, one.benefit.per, one.benefit.text) == (150_000_000, "year", "150 triệu/năm")
    assert (two.benefit.low, two.benefit.high, two.benefit.approximate) == (50_000_000, 70_000_000, True)
    assert (three.applied, three.benefit.worth) == (None, Worth.NOT_IN_MONEY)
    assert total == 200_000_000


def test_bare_numbers_count_in_what_their_header_says(store: Store, now: datetime) -> None:
    these = drawn({TITLE: "a", BENEFIT: "150"}, header="Giá trị làm lợi (triệu đồng)")
    dossier = recorded(store, now, "A", these)
    with store.reading() as conn:
        [one] = contents.initiatives_of(conn, dossier.id)
    assert one.benefit.low == 150_000_000


def test_what_an_older_version_recorded_is_drawn_by_the_upgrade(store: Store, now: datetime) -> None:
    cells = {TITLE: TITLE_A, SUMMARY: "", APPLIED: "Tháng 3/2021", BENEFIT: "1,2 tỷ"}
    dossier = recorded(store, now, "A", drawn(cells))
    as_it_was_at(store, "0005")
    store.upgrade()
    with store.reading() as conn:
        [one] = contents.initiatives_of(conn, dossier.id)
        assert likenesses.candidates(conn, 99, drawn(cells))[0][0].title == TITLE_A
    assert one.benefit.low == 1_200_000_000
    assert one.applied is not None
    assert one.applied.first == date(2021, 3, 1)
