"""The digest by mail: each slot once, whatever happens, and nothing that came is left out."""

import io
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from email.message import EmailMessage

import pytest
from openpyxl import load_workbook
from PIL import Image
from support.office import ADDRESS, IDENTITY, Office
from support.service import parsed
from support.smtp import Relay
from support.store_samples import judged

from dossier.campaign import Campaign, Roster, Union
from dossier.deadline import Extension
from dossier.limits import DailyLimits
from dossier.model import Verdict
from dossier.reminders import Plan
from hoso.campaigns import example_campaign
from intake.digest import Beside
from intake.policy import WritingPolicy
from intake.send_digest import DigestPolicy, slot_due, write_due, write_now
from notifier.templates import Templates
from store import deadlines, digests, events, outbox
from store.digests import NewDigest
from store.engine import Store
from store.errors import PermanentStoreError
from store.outbox import LetterState, OutgoingLetter
from store.verification import verify, verify_records

_HALF_PAST_SEVEN = datetime(2021, 4, 16, 0, 30, tzinfo=UTC)
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_WHOLE = DigestPolicy(("canbo@cdyte.example", "truong@cdyte.example"), time(7, 30), "vi")
_POLICY = replace(_WHOLE, register_attached=False)
"""Most tests need no register: to write one takes longest."""
_BESIDE = Beside("-----BEGIN HOSO AUDIT HEAD-----\nEvent: 9\n-----END HOSO AUDIT HEAD-----\n", (), Plan((3,), time(8)))


def _campaign() -> Campaign:
    unions = tuple(Union(code, f"Đơn vị {code}", addresses=(f"{code.lower()}@yte.example",)) for code in "ABC")
    return replace(example_campaign(), key="sk39", roster=Roster(unions))


def _writing() -> WritingPolicy:
    return WritingPolicy(IDENTITY, IDENTITY, Templates(None), ADDRESS.partition("@")[2])


def _write(store: Store, now: datetime, policy: DigestPolicy = _POLICY) -> list[OutgoingLetter]:
    return write_due(store, _campaign(), policy, _writing(), now, _BESIDE)


def _texts(store: Store, written: list[OutgoingLetter]) -> list[str]:
    with store.reading() as conn:
        mails = [parsed(outbox.mime(conn, one.id)) for one in written]
    return [part.get_content() for mail in mails if (part := mail.get_body(("plain",))) is not None]


def test_each_slot_is_written_once_to_everybody(store: Store) -> None:
    assert [one.recipient for one in _write(store, _HALF_PAST_SEVEN + _MINUTE)] == list(_POLICY.recipients)
    for later in (2 * _MINUTE, timedelta(hours=10), _DAY - _MINUTE):
        assert _write(store, _HALF_PAST_SEVEN + later) == []
    assert len(_write(store, _HALF_PAST_SEVEN + _DAY)) == 2
    with store.reading() as conn:
        assert [one.slot for one in digests.listed(conn, "sk39")] == [_HALF_PAST_SEVEN + _DAY, _HALF_PAST_SEVEN]
        assert [one.kind for one in events.history(conn)].count("digest-written") == 2
        assert verify(conn).broken is None
        assert list(verify_records(conn)) == []


def test_nobody_to_read_it_nothing_is_written(store: Store) -> None:
    nobody = replace(_POLICY, recipients=())
    assert slot_due(store, _campaign(), nobody, _HALF_PAST_SEVEN) is None
    assert _write(store, _HALF_PAST_SEVEN, nobody) == []


def test_after_days_without_the_service_one_digest_tells_all_of_them(store: Store) -> None:
    _write(store, _HALF_PAST_SEVEN)
    with store.writing() as tx:
        judged(tx, b"1", _HALF_PAST_SEVEN + timedelta(hours=30), union="B")
    written = _write(store, _HALF_PAST_SEVEN + timedelta(hours=79))
    assert len(written) == 2
    assert "SK39-001 Đơn vị B" in _texts(store, written)[0]
    assert "Từ 07:29, 16/04/2021 đến 14:30, 19/04/2021: 1 thư đến" in _texts(store, written)[0]
    assert _write(store, _HALF_PAST_SEVEN + timedelta(hours=80)) == []


def test_what_was_recorded_while_the_last_was_gathered_is_told_in_the_next(store: Store) -> None:
    _write(store, _HALF_PAST_SEVEN)
    with store.writing() as tx:
        judged(tx, b"1", _HALF_PAST_SEVEN - timedelta(seconds=5), union="B")
    assert "SK39-001" in _texts(store, _write(store, _HALF_PAST_SEVEN + _DAY))[0]


def test_two_services_at_once_write_one(store: Store) -> None:
    written: list[OutgoingLetter] = []
    work: Callable[[], None] = lambda: written.extend(_write(store, _HALF_PAST_SEVEN + _MINUTE))  # noqa: E731
    threads = [threading.Thread(target=work) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert [one.recipient for one in written] == list(_POLICY.recipients)


def test_a_crash_before_the_commit_leaves_nothing_and_the_slot_is_still_due(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*arguments: object, **more: object) -> None:
        raise PermanentStoreError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr("intake.send_digest.outbox.enqueue", fails)
        with pytest.raises(PermanentStoreError):
            _write(store, _HALF_PAST_SEVEN)
    with store.reading() as conn:
        assert digests.listed(conn, "sk39") == []
    assert len(_write(store, _HALF_PAST_SEVEN + _MINUTE)) == 2


def test_on_the_last_day_there_is_one_every_two_hours_also_where_the_deadline_was_moved(store: Store) -> None:
    moved = _campaign().deadline + 3 * _DAY
    with store.writing() as tx:
        deadlines.extend(tx, "sk39", Extension(moved, "mưa bão"), _HALF_PAST_SEVEN, by="Lê Thị Thử")
    midnight, written = (moved - _DAY).replace(hour=0, minute=0, second=0), []
    for hour in (6, 7, 8, *range(24, 48)):
        now = midnight + timedelta(hours=hour, minutes=30)
        slot = slot_due(store, _campaign(), _POLICY, now)
        if slot is not None:
            written.append(hour)
            with store.writing() as tx:
                digests.record(tx, NewDigest("sk39", slot, slot - _DAY, now), 1)
    assert written == [6, 7, *range(25, 48, 2)]  # at the first look the slot of the day before is due


def test_one_asked_for_by_hand_takes_the_place_of_none_and_tells_since_the_last(store: Store) -> None:
    _write(store, _HALF_PAST_SEVEN)
    with store.writing() as tx:
        judged(tx, b"1", _HALF_PAST_SEVEN + timedelta(hours=2), union="C", verdict=Verdict.DEFICIENT)
    by_hand = write_now(store, _campaign(), _POLICY, _writing(), _HALF_PAST_SEVEN + timedelta(hours=3), _BESIDE)
    assert "SK39-001 Đơn vị C" in _texts(store, by_hand)[0]
    assert "SK39-001 Đơn vị C" in _texts(store, _write(store, _HALF_PAST_SEVEN + _DAY))[0]


def test_a_clock_that_ran_ahead_for_a_while_keeps_no_digest_back(store: Store) -> None:
    _write(store, _HALF_PAST_SEVEN + 300 * _DAY)
    assert len(_write(store, _HALF_PAST_SEVEN)) == 2


@pytest.fixture
def mail(store: Store) -> EmailMessage:
    """With all that goes along."""
    with store.writing() as tx:
        judged(tx, b"1", _HALF_PAST_SEVEN - timedelta(hours=1), union="B", verdict=Verdict.REVIEW)
    written = _write(store, _HALF_PAST_SEVEN, _WHOLE)
    with store.reading() as conn:
        return parsed(outbox.mime(conn, written[0].id))


def test_the_mail_is_built_as_outlook_and_telephones_want_it(mail: EmailMessage) -> None:
    kinds = [part.get_content_type() for part in mail.walk()]
    assert kinds == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]
    related, page, picture, sheet = (list(mail.walk())[place] for place in (3, 4, 5, 6))
    assert related.get_param("type") == "text/html"
    assert picture.get_content_disposition() == "inline"
    assert f'src="cid:{str(picture["Content-ID"])[1:-1]}"' in page.get_content()
    with Image.open(io.BytesIO(picture.get_content())) as image:
        assert image.format == "PNG"
    assert sheet.get_filename() == "So theo doi ho so.xlsx"
    assert load_workbook(io.BytesIO(sheet.get_content())).active is not None
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Subject"] == "[SK39] Bản tin 16/04/2021: 1 việc cần người xem, 1/3 đơn vị đã gửi, còn 4 ngày"


def test_it_tells_all_that_staff_need(mail: EmailMessage) -> None:
    body = mail.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    for told in (
        "1/3 công đoàn cơ sở đã gửi hồ sơ (33%)",
        "CHỜ XEM XÉT (1)",
        "Đơn vị A (A): a@yte.example",
        "2 công đoàn cơ sở chưa gửi hồ sơ nêu trên, 08:00, 17/04/2021 (trước hạn 3 ngày): A, C",
        "Số sáng kiến trong toàn ngành: 2 (chỉ tiêu trên 100, đến 31/12/2021): chưa đạt",
        "Event: 9",
    ):
        assert told in text, told


def test_without_the_register_there_is_no_mixed_around_it(store: Store) -> None:
    written = _write(store, _HALF_PAST_SEVEN)
    with store.reading() as conn:
        message = parsed(outbox.mime(conn, written[0].id))
    assert message.get_content_type() == "multipart/alternative"
    assert not [part for part in message.walk() if part.get_filename("").endswith(".xlsx")]


def test_it_goes_out_though_the_days_letters_are_used_up_and_to_the_test_address_in_test_mode(office: Office) -> None:
    office.campaigns, office.now = (_campaign(),), _HALF_PAST_SEVEN
    written = _write(office.store, office.now)
    with Relay() as relay:
        office.sends(relay.port, limits=DailyLimits(all=1))
        assert [one.recipient for one in relay.received] == list(_POLICY.recipients)
        office.passes(_DAY)
        _write(office.store, office.now)
        office.sends(relay.port, redirect_to="thu@cdyte.example")
        test = parsed(relay.received[-1].content)
    assert test["To"] == "thu@cdyte.example"
    assert "CHẠY THỬ" in test["Subject"]
    assert [part.get_content_type() for part in test.walk()][-1] == "image/png"
    assert {one.state for one in office.letters()} == {LetterState.SENT}
    assert len(office.letters()) == 2 * len(written)
