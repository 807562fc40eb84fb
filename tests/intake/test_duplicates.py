"""Near-duplicates are shown side by side: both texts, whose they are, and what differs."""

from dataclasses import replace
from datetime import datetime

from support.examined import cells, examining, sent
from support.store_samples import assessment

from dossier.campaign import SUMMARY, TITLE, Campaign, Column
from dossier.differences import differences
from dossier.findings import BETWEEN_UNIONS, NEAR_DUPLICATE, WITHIN_DOSSIER, finding
from dossier.initiatives import draw
from dossier.model import Row, SummaryTable, Verdict
from intake.duplicates import pairs, pairs_of
from store import dossiers, revisions
from store.engine import Store
from store.revisions import Cause, NewRevision

TRAY = "Khay đựng dụng cụ có nắp đậy và chỉ thị nhiệt độ tiệt khuẩn cho từng bộ dụng cụ phẫu thuật tại khoa ngoại"
ONE = cells("Khay tiệt khuẩn có chỉ thị nhiệt", summary=TRAY)
OTHER = cells("KHAY TIỆT KHUẨN CÓ CHỈ THỊ NHIỆT", "Đỗ Văn Em", summary=TRAY.replace("khoa ngoại", "phòng mổ"))


def columns_of(campaign: Campaign) -> Campaign:
    return replace(campaign, columns=tuple(Column(key, key, ()) for key in ("no", "author", TITLE, SUMMARY)))


def told(store: Store, of: Campaign, union: str, rows: list[dict[str, str]], scope: str, now: datetime) -> None:
    """A dossier whose judgement found that its first initiative is much like another."""
    with store.writing() as tx:
        dossier = dossiers.lock_or_create(tx, of, union, now)
        table = SummaryTable({}, tuple(map(Row, rows)))
        found = finding(NEAR_DUPLICATE, document="t.docx", row=1, detail="x", values={"scope": scope, "title": "x"})
        new = NewRevision(assessment(Verdict.ACCEPTED, found), Cause.DECISION, initiatives=draw(table, of.key))
        revisions.add(tx, dossier, new, now)


def test_two_unions_with_one_idea_are_shown_side_by_side_once(store: Store, now: datetime) -> None:
    of = columns_of(examining())
    with store.writing() as tx:
        sent(tx, of, "A", [cells("Xe đẩy cấp cứu"), ONE], now)
    told(store, of, "B", [OTHER], BETWEEN_UNIONS, now)
    told(store, of, "C", [cells("Giá treo dịch truyền", summary="Làm bằng ống nước cũ")], BETWEEN_UNIONS, now)
    with store.reading() as conn:
        [pair] = pairs(conn, of)
        assert list(pairs(conn, of, "C")) == []
        assert [one.other.code for one in pairs(conn, of, "B")] == [pair.other.code]
    assert (pair.one.code, pair.other.code, pair.between_unions) == ("SK39-001/2", "SK39-002/1", True)
    assert pair.likeness > 0.8
    by_key = {one.key: one for one in pair.columns}
    assert by_key[TITLE].same
    assert not by_key["author"].same
    assert by_key[SUMMARY].one.endswith("tại [khoa ngoại]")
    assert by_key[SUMMARY].other.endswith("tại [phòng mổ]")


def test_one_idea_twice_in_a_table_is_a_pair_too(store: Store, now: datetime) -> None:
    of = columns_of(examining())
    told(store, of, "A", [ONE, cells("Xe đẩy cấp cứu"), OTHER], WITHIN_DOSSIER, now)
    with store.reading() as conn:
        [pair] = pairs(conn, of)
    assert {pair.one.code, pair.other.code} == {"SK39-001/1", "SK39-001/3"}
    assert not pair.between_unions


def test_a_pair_that_is_not_alike_any_more_is_not_shown(store: Store, now: datetime) -> None:
    of = columns_of(examining())
    with store.writing() as tx:
        sent(tx, of, "A", [ONE], now)
    told(store, of, "B", [OTHER], BETWEEN_UNIONS, now)
    with store.writing() as tx:
        sent(tx, of, "A", [cells("Xe đẩy cấp cứu")], now)
    with store.reading() as conn:
        assert list(pairs(conn, of)) == []


def test_words_that_one_alone_has_stand_in_brackets() -> None:
    [found] = differences({"a": "Một hai ba"}, {"a": "một  HAI bốn năm"}, ["a", "b"])
    assert (found.one, found.other, found.same) == ("Một hai [ba]", "một HAI [bốn năm]", False)
    [same] = differences({"a": "Mot, hai"}, {"a": "Một hai"}, ["a"])
    assert (same.same, same.one) == (True, "Mot, hai")
    [alone] = differences({"a": ""}, {"a": "x"}, ["a"])
    assert (alone.one, alone.other) == ("", "x")


def test_the_older_of_two_knows_its_likeness_too(store: Store, now: datetime) -> None:
    of = columns_of(examining())
    with store.writing() as tx:
        sent(tx, of, "A", [ONE], now)
    told(store, of, "B", [OTHER], BETWEEN_UNIONS, now)
    with store.reading() as conn:
        dossier = dossiers.of_union(conn, of.key, "A")
        assert dossier is not None
        [pair] = pairs_of(conn, of, dossier)
    assert {pair.one.code, pair.other.code} == {"SK39-001/1", "SK39-002/1"}
