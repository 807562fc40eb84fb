"""Reminders: to whom something is missing, before its own deadline, once a day, and to nobody else."""

import threading
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from support.office import ADDRESS, IDENTITY, Office
from support.service import parsed, text_of
from support.smtp import Relay
from support.store_samples import judged

from dossier.campaign import Campaign, Roster, Union
from dossier.deadline import Extension
from dossier.decisions import Way
from dossier.limits import DailyLimits
from dossier.model import Kind, Verdict
from dossier.reminders import Need, Plan
from hoso.campaigns import example_campaign
from intake.policy import WritingPolicy
from intake.remind import Reminded, out_of_date, owed_now, remind, upcoming
from notifier.templates import Templates
from store import closings, deadlines, dossiers, events, outbox, paper, senders
from store.engine import Store
from store.outbox import LetterState
from store.paper import NewPaper

_PLAN = Plan((7, 3, 1), time(8))
_AT = datetime(2021, 4, 17, 1, tzinfo=UTC)  # eight o'clock there, three days before
_DAY = timedelta(days=1)


def _campaign() -> Campaign:
    """A is complete, B deficient, C doubtful, D silent; nobody knows how to write to E."""
    names = {"A": ("a@yte.example",), "B": ("b@yte.example", "b2@yte.example"), "C": ("c@yte.example",)}
    names |= {"D": ("d@yte.example",), "E": ()}
    unions = tuple(Union(code, f"Trung tâm Y tế {code}", addresses=addresses) for code, addresses in names.items())
    return replace(example_campaign(), key="sk39", roster=Roster(unions))


def _fill(store: Store) -> None:
    verdicts = {"A": Verdict.ACCEPTED, "B": Verdict.DEFICIENT, "C": Verdict.REVIEW}
    with store.writing() as tx:
        for uid, (union, verdict) in enumerate(verdicts.items(), 1):
            judged(tx, union.encode(), _AT - 5 * _DAY, union=union, uid=uid, verdict=verdict)


def _writing(limits: DailyLimits | None = None) -> WritingPolicy:
    domain = ADDRESS.partition("@")[2]
    return WritingPolicy(IDENTITY, IDENTITY, Templates(None), domain, limits=limits or DailyLimits())


def _remind(store: Store, now: datetime = _AT, campaign: Campaign | None = None, **changes: object) -> list[Reminded]:
    made = replace(_writing(), **changes)  # type: ignore[arg-type]
    return remind(store, [campaign or _campaign()], _PLAN, made, lambda: now)


def _recipients(written: Iterable[Reminded]) -> dict[str, list[str]]:
    return {one.union: [letter.recipient for letter in one.letters] for one in written}


def test_unions_that_sent_nothing_or_have_to_mend_are_reminded_at_all_their_addresses_once_a_day(store: Store) -> None:
    _fill(store)
    assert _recipients(_remind(store)) == {"B": ["b@yte.example", "b2@yte.example"], "D": ["d@yte.example"]}
    assert _remind(store, _AT + timedelta(hours=1)) == []
    assert list(_recipients(_remind(store, _AT + 2 * _DAY))) == ["B", "D"]
    with store.reading() as conn:
        told = [one for one in events.history(conn) if one.kind == "union-reminded"]
        assert [(one.facts["union"], one.facts["letters"]) for one in told] == [("B", 2), ("D", 1)] * 2
        assert told[0].dossier_id is not None


def test_the_letter_names_what_is_missing_the_plans_sentence_and_the_time_left(store: Store) -> None:
    _fill(store)
    _remind(store)
    with store.reading() as conn:
        mails = {one.recipient: parsed(outbox.mime(conn, one.id)) for one in outbox.listed(conn)}
    deficient, silent = mails["b@yte.example"], mails["d@yte.example"]
    assert deficient["Subject"] == "[SK39-002] Thông báo nhắc thời hạn nộp hồ sơ (hạn 20/4/2021)"
    assert (deficient["Auto-Submitted"], deficient["In-Reply-To"]) == ("auto-generated", None)
    for told in ("Chưa có Tờ trình", "Mã hồ sơ: SK39-002", "còn 3 ngày, đến hết ngày 20/4/2021", "Trung tâm Y tế B"):
        assert told in text_of(deficient), told
    for told in (
        "chưa nhận được hồ sơ từ địa chỉ thư điện tử đã đăng ký",
        "Chưa có Tờ trình",
        "Chưa có Bảng tổng hợp tóm tắt sáng kiến",
        "từ một địa chỉ thư điện tử khác",
        "chậm nhất đến ngày 20/4/2021 bằng đường bưu điện",
        "Hồ sơ xét chọn bao gồm",
    ):
        assert told in text_of(silent), told
    for mail in mails.values():
        assert "hợp lệ" not in text_of(mail).replace("Hồ sơ hợp lệ là", "")
        html = mail.get_body(("html",))
        assert html is not None
        assert "Thời điểm nhận thư" not in html.get_content()


def test_no_letter_asks_for_paper_that_is_here(store: Store) -> None:
    """B mailed a deficient dossier and brought its paper; of D nothing came but paper."""
    _fill(store)
    whole = NewPaper(Way.HAND, _AT - _DAY, "Bùi Văn Mẫu", (Kind.MEMO, Kind.SUMMARY_TABLE), complete=True)
    with store.writing() as tx:
        for code in ("B", "D"):
            dossier = dossiers.lock_or_create(tx, _campaign(), code, _AT - _DAY)
            paper.record(tx, dossier, _campaign(), whole, _AT - _DAY, by="Bùi Văn Mẫu")
    assert list(_recipients(_remind(store))) == ["B", "D"]
    with store.reading() as conn:
        letters = {one.recipient: text_of(parsed(outbox.mime(conn, one.id))) for one in outbox.listed(conn)}
        [broken] = [one for one in paper.of_campaign(conn, "sk39") if one.dossier_id == dossier.id]
    assert all("bản giấy của hồ sơ" not in text.lower() for text in letters.values())
    with store.writing() as tx:
        paper.withdraw(tx, broken.decided.number, _AT, by="Bùi Văn Mẫu", reason="nhầm đơn vị")
    _remind(store, _AT + 2 * _DAY)
    with store.reading() as conn:
        both = [text_of(parsed(outbox.mime(conn, one.id))) for one in outbox.listed(conn, recipient="d@yte.example")]
    assert sorted("bản giấy của hồ sơ" in text.lower() for text in both) == [False, True]


def test_the_english_letter_says_the_same(store: Store) -> None:
    _fill(store)
    _remind(store, locale="en")
    with store.reading() as conn:
        text = text_of(parsed(outbox.mime(conn, outbox.listed(conn)[0].id)))
    assert "has received no dossier from the registered addresses" in text
    assert "3 days left, until" in text


def test_a_confirmed_address_is_written_to_and_a_withdrawn_one_is_not(store: Store) -> None:
    with store.writing() as tx:
        for address in ("e@webmail.example", "cu@webmail.example"):
            senders.confirm(tx, "sk39", address, "E", _AT - _DAY, by="Lê Thị Thử", reason="gọi điện")
        senders.withdraw(tx, "sk39", "cu@webmail.example", _AT - _DAY, by="Lê Thị Thử", reason="nhầm")
    assert _recipients(_remind(store))["E"] == ["e@webmail.example"]


def test_each_union_goes_by_its_own_deadline(store: Store) -> None:
    with store.writing() as tx:
        longer = Extension(_campaign().deadline + 4 * _DAY, "mưa bão", "D")
        deadlines.extend(tx, "sk39", longer, _AT - _DAY, by="Lê Thị Thử")
        now = _AT + 4 * _DAY  # the others' deadline has passed; three days before D's
        found = owed_now(tx, _campaign(), _PLAN, now)
        assert [(one.union.code, one.slot.days_before) for one in found] == [("D", 3)]
        today = {one.union.code: one.slot.days_before for one in owed_now(tx, _campaign(), _PLAN, _AT)}
        assert today == {"A": 3, "B": 3, "C": 3, "D": 7, "E": 3}
        assert owed_now(tx, _campaign(), _PLAN, now + 4 * _DAY) == []


def test_a_campaign_that_was_closed_reminds_nobody(store: Store) -> None:
    with store.writing() as tx:
        closings.close(tx, "sk39", _AT - _DAY, by="Lê Thị Thử", reason="xong")
    assert _remind(store) == []


def test_the_preview_tells_who_gets_what_and_who_cannot_be_written_to(store: Store) -> None:
    _fill(store)
    with store.reading() as conn:
        found = upcoming(conn, _campaign(), _PLAN, _AT - _DAY)
        assert [(one.union, one.need, one.addresses) for one in found] == [
            ("B", Need.DEFICIENT, ("b@yte.example", "b2@yte.example")),
            ("D", Need.SILENT, ("d@yte.example",)),
            ("E", Need.SILENT, ()),
        ]
        assert found[0].findings == ("missing-memo",)
        assert upcoming(conn, _campaign(), _PLAN, _AT - 2 * _DAY) == ()


def test_two_services_at_once_remind_each_union_once(store: Store) -> None:
    _fill(store)
    written: list[Reminded] = []
    threads = [threading.Thread(target=lambda: written.extend(_remind(store))) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(_recipients(written)) == ["B", "D"]
    assert len(written) == 2


def test_reminders_count_in_the_limits_and_what_is_over_one_is_held(store: Store) -> None:
    _remind(store)
    again = remind(store, [_campaign()], Plan((2,), time(7)), _writing(DailyLimits(ordinary=1)), _early)
    assert again
    assert {letter.state for one in again for letter in one.letters} == {LetterState.HELD}
    assert {letter.reason for one in again for letter in one.letters} == {"daily-limit"}


def _early() -> datetime:
    """Less than a day after the first."""
    return _AT + timedelta(hours=23)


@pytest.fixture
def mended(office: Office) -> Office:
    office.campaigns = (_campaign(),)
    office.now = _AT
    _fill(office.store)
    _remind(office.store)
    return office


def test_a_reminder_that_waited_does_not_go_to_one_whose_dossier_is_complete_meanwhile(mended: Office) -> None:
    with mended.store.writing() as tx:
        judged(tx, b"mended", _AT, union="B", uid=9)
    with Relay() as relay:
        mended.sends(relay.port, out_of_date=lambda tx, letter, now: out_of_date(tx, letter, mended.campaigns, now))
        assert [one.recipient for one in relay.received] == ["d@yte.example"]
    stopped = mended.letters(LetterState.SUPERSEDED)
    assert [(one.recipient, one.reason) for one in stopped] == [
        ("b@yte.example", "nothing is missing any more"),
        ("b2@yte.example", "nothing is missing any more"),
    ]


def test_no_reminder_goes_out_after_the_deadline_or_beside_a_newer_one(mended: Office) -> None:
    with mended.store.reading() as conn:
        [first] = outbox.listed(conn, recipient="d@yte.example")
        assert out_of_date(conn, first, mended.campaigns, _AT) == ""
        assert out_of_date(conn, first, mended.campaigns, _AT + 10 * _DAY) == "the deadline has passed"
        assert out_of_date(conn, first, (), _AT)
    _remind(mended.store, _AT + 2 * _DAY)
    with mended.store.reading() as conn:
        assert out_of_date(conn, first, mended.campaigns, _AT + 2 * _DAY) == "a newer reminder says it too"
        assert dossiers.of_union(conn, "sk39", "D") is None
