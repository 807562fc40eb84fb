"""What persons decide: numbered by its event, ended by a further one, bound to the history, erased with its dossier."""

from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select, text
from support.store_samples import DEADLINE, campaign, judged

from dossier.deadline import Extension
from dossier.decisions import About, ObjectionKind, Outcome, RulingKind, Way
from dossier.model import Kind
from store import (
    assignments,
    closings,
    contents,
    corrections,
    deadlines,
    decided,
    dossiers,
    erasing,
    objections,
    paper,
    person,
    rulings,
    snapshots,
)
from store.corrections import NewCorrection
from store.dossiers import Dossier
from store.engine import Store
from store.paper import NewPaper
from store.schema import metadata
from store.verification import Broken, check_records, verify

BY, WHY = "Trần Thị Thử", "theo biên bản số 3"
SECRET = ("Phạm Văn Gửi", "Bùi Thị Nhận", "rách bìa", "Tháng 3/2021", BY, WHY)


def sound(store: Store) -> list[Broken]:
    with store.reading() as conn:
        assert verify(conn).broken is None
        return [one for one in check_records(conn) if isinstance(one, Broken)]


def new_paper(now: datetime, way: Way = Way.POST) -> NewPaper:
    both = (Kind.MEMO, Kind.SUMMARY_TABLE)
    return NewPaper(way, now, "Bùi Thị Nhận", both, True, date(2021, 4, 17), "rách bìa")


def all_decided(tx: Connection, now: datetime) -> Dossier:
    """One decision of each kind on a dossier that holds two initiatives."""
    revision = judged(tx, b"dossier", now)
    dossier = dossiers.get(tx, revision.dossier_id)
    assert dossier is not None
    paper.record(tx, dossier, campaign(), new_paper(now), now, by=BY, reason=WHY)
    first = contents.initiatives_of(tx, dossier.id)[0]
    objections.add(
        tx, first, ObjectionKind.AUTHORSHIP, date(2021, 4, 18), now, raised_by="Phạm Văn Gửi", by=BY, reason=WHY
    )
    rulings.rule(tx, dossier, RulingKind.ACCEPT, About.DOSSIER, now, settled=["a" * 64], by=BY, reason=WHY)
    assignments.assign(tx, revision.message_id or 0, "sk39", "A", now, by=BY, reason=WHY)
    new = NewCorrection("ab/3", "applied", "Tháng 3/2021", "Thng 3/2O21", 1, 2, "c" * 64)
    corrections.correct(tx, dossier.id, new, now, by=BY, reason=WHY)
    closings.close(tx, "sk39", now, by=BY, reason=WHY)
    row = snapshots.SnapshotRow(dossier.id, "A", None, 1, ({"part": "paper", "holds": None, "evidence": ["paper 9"]},))
    snapshots.keep(tx, "sk39", now, [row], now, by=BY, reason=WHY)
    return dossier


def test_every_decision_is_bound_to_the_history_and_ended_by_a_further_event(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        dossier = all_decided(tx, now)
    assert sound(store) == []
    later = now + timedelta(hours=1)
    with store.writing() as tx:
        [copy] = paper.of_dossier(tx, dossier.id)
        assert (copy.decided.by, copy.decided.reason, copy.decided.stands) == (BY, WHY, True)
        assert paper.withdraw(tx, copy.decided.number, later, by="B", reason="nhầm hồ sơ")
        assert not paper.withdraw(tx, copy.decided.number, later, by="B", reason="lần nữa")
        [raised] = objections.of_dossier(tx, dossier.id)
        assert objections.end(tx, raised.decided.number, Outcome.SETTLED, later, by="B", reason="đã thỏa thuận")
        assert assignments.withdraw(tx, 1, "sk39", later, by="B", reason="nhầm")
        [correction] = corrections.of_dossier(tx, dossier.id)
        assert corrections.withdraw(tx, correction.decided.number, later, by="B", reason="đọc đúng")
        assert closings.reopen(tx, "sk39", later, by="B", reason="còn thư")
        ruling = rulings.in_force(tx, dossier.id)
        assert ruling is not None
        assert rulings.withdraw(tx, ruling.decided.number, later, by="B", reason="nhầm")
    assert sound(store) == []
    with store.reading() as conn:
        [copy] = paper.of_dossier(conn, dossier.id)
        assert (copy.decided.ended_by, copy.decided.ended_at, copy.decided.stands) == ("B", later, False)
        assert copy.paper.span.covers(now), "it stood until then"
        assert rulings.in_force(conn, dossier.id) is None
        assert corrections.in_force(conn, dossier.id) == ()
        assert assignments.of_messages(conn, [1, 2], "sk39") == {1: None}
        assert not closings.is_closed(conn, "sk39")


FORGERIES = (
    "UPDATE paper_copies SET received_by = 'ai đó'",
    "UPDATE paper_copies SET postmarked_on = '2021-04-01'",
    "UPDATE paper_copies SET complete = false",
    "UPDATE paper_copies SET ended_event = 1, ended_at = recorded_at",
    "UPDATE objections SET title = 'khác'",
    "UPDATE objections SET kind = 'content'",
    "DELETE FROM objections",
    "UPDATE rulings SET kind = 'refuse'",
    "UPDATE rulings SET settled = ''",
    "UPDATE assignments SET union_code = 'B'",
    "UPDATE corrections SET value = '2020'",
    "UPDATE corrections SET reading = ''",
    "UPDATE closings SET campaign = 'x'",
    "UPDATE snapshots SET digest = 'x'",
    "UPDATE snapshot_rows SET valid = true",
    "DELETE FROM snapshot_rows",
)


def test_a_decision_that_was_changed_behind_the_program_shows(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        all_decided(tx, now)
        for forgery in FORGERIES:
            before = tx.begin_nested()
            tx.execute(text(forgery))
            assert any(isinstance(one, Broken) for one in check_records(tx)), forgery
            before.rollback()
    assert sound(store) == []


def test_an_end_that_was_taken_back_behind_the_program_shows(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        dossier = all_decided(tx, now)
        [raised] = objections.of_dossier(tx, dossier.id)
        objections.end(tx, raised.decided.number, Outcome.DISMISSED, now, by=BY, reason=WHY)
        tx.execute(text("UPDATE objections SET ended_event = NULL, ended_at = NULL"))
    assert any("objection-ended" in one.reason for one in sound(store))


def test_paper_and_email_share_one_series_of_arrival_numbers(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        opened = dossiers.lock_or_create(tx, campaign(), "B", now)
        first = paper.record(tx, opened, campaign(), new_paper(now), now, by=BY)
        assert (opened.revision, first.arrival) == (0, f"{opened.arrival_number}/2021"), "the paper opened it"
        judged(tx, b"dossier", now)
        second = paper.record(tx, opened, campaign(), new_paper(now, Way.HAND), now, by=BY)
        email = dossiers.of_union(tx, "sk39", "A")
        assert email is not None
        assert [first.arrival_number, email.arrival_number, second.arrival_number] == [1, 2, 3]
        paper.withdraw(tx, second.decided.number, now, by=BY, reason=WHY)
        third = paper.record(tx, email, campaign(), new_paper(now), now, by=BY)
        assert third.arrival_number == 4, "a number that was given is never given again"
        assert [one.arrival_number for one in paper.of_campaign(tx, "sk39")] == [1, 3, 4]


def test_the_year_of_an_arrival_is_that_of_the_campaigns_zone(store: Store) -> None:
    eve = datetime.fromisoformat("2021-12-31T18:00:00+00:00")  # 01:00 of the new year in Việt Nam
    with store.writing() as tx:
        opened = dossiers.lock_or_create(tx, campaign(), "B", eve - timedelta(days=1))
        paper.record(tx, opened, campaign(), new_paper(eve), eve - timedelta(days=1), by=BY)
        assert paper.record(tx, opened, campaign(), new_paper(eve), eve, by=BY).arrival == "1/2022"


def test_an_objection_follows_its_initiative_and_is_taken_up_again_by_a_further_one(
    store: Store, now: datetime
) -> None:
    with store.writing() as tx:
        dossier = all_decided(tx, now)
        [raised] = objections.of_dossier(tx, dossier.id)
        assert objections.row_now(tx, raised) == 1
        tx.execute(text("UPDATE initiatives SET row = 9 WHERE row = 1"))
        assert objections.row_now(tx, raised) == 9, "by author and title, not by its place"
        assert objections.reopen(tx, raised.decided.number, now, by=BY, reason=WHY) is None, "it stands"
        objections.end(tx, raised.decided.number, Outcome.DISMISSED, now, by=BY, reason=WHY)
        again = objections.reopen(tx, raised.decided.number, now, by=BY, reason="chứng cứ mới")
        assert again is not None
        assert (again.reopens, again.objection.initiative) == (raised.decided.number, raised.objection.initiative)
        assert objections.reopen(tx, raised.decided.number, now, by=BY, reason=WHY) is None, "only once"
        tx.execute(text("UPDATE initiatives SET title = 'khác' WHERE row = 9"))
        assert objections.row_now(tx, again) is None
    assert [one.reason for one in sound(store)] == ["initiatives of event 3 (revision-recorded) were changed"]


def test_one_ruling_on_a_matter_and_one_correction_of_a_value_hold_at_a_time(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        dossier = all_decided(tx, now)
        rulings.rule(tx, dossier, RulingKind.REFUSE, About.DOSSIER, now, by=BY, reason=WHY)
        rulings.rule(tx, dossier, RulingKind.ACCEPT, About.PAPER, now, by=BY, reason=WHY)
        held = [(one.ruling.kind, one.decided.stands) for one in rulings.of_dossier(tx, dossier.id)]
        assert held == [(RulingKind.ACCEPT, False), (RulingKind.REFUSE, True), (RulingKind.ACCEPT, True)]
        corrections.correct(
            tx, dossier.id, NewCorrection("ab/3", "applied", "Tháng 4/2021", "?", 1, 2), now, by=BY, reason=WHY
        )
        assert [one.value for one in corrections.in_force(tx, dossier.id)] == ["Tháng 4/2021"]
    assert sound(store) == []


def test_an_extension_that_was_withdrawn_holds_no_more_and_stays_on_record(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        deadlines.extend(tx, "sk39", Extension(DEADLINE + timedelta(days=5), WHY), now, by=BY)
        [one] = deadlines.history(tx, "sk39")
        assert not deadlines.withdraw(tx, "other", one.number, now, by=BY, reason=WHY)
        assert deadlines.withdraw(tx, "sk39", one.number, now + timedelta(hours=1), by=BY, reason="nhầm ngày")
        assert not deadlines.withdraw(tx, "sk39", one.number, now, by=BY, reason=WHY)
        assert deadlines.in_campaign(tx, "sk39") == ()
        [kept] = deadlines.history(tx, "sk39")
        assert kept.extended.span.end == now + timedelta(hours=1)
    assert sound(store) == []


def test_with_its_dossier_the_words_of_every_decision_go_and_the_history_is_whole(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        dossier = all_decided(tx, now)
        found = person.find(tx, person.Person(names=("Phạm Văn Gửi", "Bùi Thị Nhận")))
        assert {table for table, _ in found.rows} == {"objections", "paper_copies"}
        erasing.erase_dossier(tx, dossier.id, now, by="C", reason="hết thời hạn lưu")
        for table in (decided.corrections, decided.objections, decided.paper_copies, decided.rulings):
            told = "\n".join(str(tuple(row)) for row in tx.execute(select(table)))
            assert not any(word in told for word in SECRET), table.name
        assert dossier.id not in {row.dossier_id for row in tx.execute(select(metadata.tables["initiatives"]))}
    assert sound(store) == []


def test_who_decided_and_what_they_wrote_goes_alone_and_the_history_is_whole(store: Store, now: datetime) -> None:
    with store.writing() as tx:
        dossier = all_decided(tx, now)
        [copy] = paper.of_dossier(tx, dossier.id)
        [raised] = objections.of_dossier(tx, dossier.id)
        for number in (copy.decided.number, raised.decided.number):
            erasing.erase_decision(tx, number, now, by="C", reason="hết thời hạn lưu")
        [copy] = paper.of_dossier(tx, dossier.id)
        [raised] = objections.of_dossier(tx, dossier.id)
        assert (copy.received_by, copy.note, copy.decided.by, copy.arrival) == ("", "", "", "2/2021")
        assert (raised.title, raised.raised_by, raised.decided.reason, raised.decided.stands) == ("", "", "", True)
    assert sound(store) == []
