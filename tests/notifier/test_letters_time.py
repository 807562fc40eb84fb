import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.letters import CAMPAIGN, IN_TIME, LATE_BY_A_SECOND, facts, flat

from dossier.findings import finding
from dossier.model import Verdict
from notifier.letters import render
from notifier.templates import Templates

TEMPLATES = Templates()


def test_a_time_received_elsewhere_is_told_in_the_campaigns_zone():
    from_utc = facts(received_at=datetime.fromisoformat("2021-04-20T16:59:59+00:00"))
    text = flat(render(from_utc, TEMPLATES).text)
    assert "23 giờ 59 phút 59 giây, ngày 20/4/2021 (đúng vào giây cuối cùng của thời hạn)" in text
    assert "UTC+7" in text


def test_one_second_late_is_said_with_both_times_and_without_reproach():
    text = flat(render(facts(received_at=LATE_BY_A_SECOND), TEMPLATES).text)
    assert "Đã nhận đủ văn bản, nộp quá hạn (chờ xem xét)." in text
    assert "00 giờ 00 phút 00 giây, ngày 21/4/2021 (quá hạn 1 giây)" in text
    assert "sau thời hạn (23 giờ 59 phút 59 giây, ngày 20/4/2021): quá hạn 1 giây" in text
    assert "Cách bổ sung" not in text


@given(st.integers(-40 * 86400, 40 * 86400))
@settings(max_examples=40, deadline=None)
def test_the_margin_is_exact_to_the_second(seconds):
    received_at = CAMPAIGN.deadline + timedelta(seconds=seconds, microseconds=700_000 if seconds >= 0 else 0)
    letter = render(facts(received_at=received_at), TEMPLATES)
    found_margin = re.search(r"\((trước hạn|quá hạn) ([^)]*)\)", flat(letter.text))
    if seconds == 0:
        assert "đúng vào giây cuối cùng" in flat(letter.text)
        return
    assert found_margin is not None
    units = {"ngày": 86400, "giờ": 3600, "phút": 60, "giây": 1}
    total = sum(int(number) * units[unit] for number, unit in re.findall(r"(\d+) (\w+)", found_margin[2]))
    assert total == abs(seconds)
    assert (found_margin[1] == "quá hạn") == (seconds > 0)


def test_a_dossier_begun_in_time_and_completed_late_shows_both_times():
    late = finding("late", values={"begun_at": IN_TIME.isoformat()})
    base = facts(received_at=LATE_BY_A_SECOND)
    text = flat(render(replace(base, assessment=replace(base.assessment, findings=(late,))), TEMPLATES).text)
    assert "Thời điểm nhận thư đầu tiên: 09 giờ 12 phút 05 giây, ngày 16/4/2021 (trong thời hạn)" in text
    assert "00 giờ 00 phút 00 giây, ngày 21/4/2021" in text


def test_a_time_of_receipt_that_a_person_decides_on_is_not_called_late():
    base = facts("receipt-time-disputed")
    after = replace(base, message_received_at=LATE_BY_A_SECOND, dossier_received_at=LATE_BY_A_SECOND)
    letter = render(replace(after, assessment=replace(base.assessment, in_time=False)), TEMPLATES)
    text = flat(letter.text)
    assert "hồ sơ đang chờ xem xét" in text
    assert "thời điểm này đang được cán bộ xác nhận" in text
    assert "quá hạn" not in flat(letter.subject + text)


def test_a_late_supplement_leaves_the_dossier_as_it_was_and_says_so():
    base = facts(revision=2, late_supplement=True, message_received_at=LATE_BY_A_SECOND, dossier_received_at=IN_TIME)
    text = flat(render(base, TEMPLATES).text)
    assert "kết quả đó được giữ nguyên" in text
    assert "không thay thế văn bản đã nhận" in text
    assert "Thời điểm đủ văn bản: 09 giờ 12 phút 05 giây, ngày 16/4/2021" in text
    assert "đúng hạn (qua thư điện tử)." not in text


def test_a_late_supplement_to_a_dossier_under_review_is_not_told_that_it_was_complete():
    base = facts("not-read", revision=2, late_supplement=True, message_received_at=LATE_BY_A_SECOND)
    waiting = replace(base.assessment, complete=None, verdict=Verdict.REVIEW)
    text = flat(render(replace(base, assessment=waiting, dossier_received_at=None), TEMPLATES).text)
    assert "gửi trong thời hạn đang chờ xem xét" in text
    assert "đã đủ văn bản" not in text
    assert "không thay thế văn bản đã nhận" in text


def test_after_the_deadline_a_letter_promises_nothing_and_asks_for_no_impossible_date():
    late = facts("missing-memo", received_at=LATE_BY_A_SECOND)
    text = flat(render(late, TEMPLATES).text)
    assert "chậm nhất hết ngày" not in text
    assert "thời hạn nộp hồ sơ đã qua (hết ngày 20/4/2021)" in text
    assert "để cán bộ xem xét" in text


@pytest.mark.parametrize("body", ["text", "html"])
def test_that_the_deadline_is_past_is_said_once_however_many_points_there_are(body: str):
    late = facts("missing-memo", "missing-summary-table", received_at=LATE_BY_A_SECOND)
    said = flat(getattr(render(late, TEMPLATES), body))
    assert said.count("thời hạn nộp hồ sơ đã qua") == 1
    in_time = flat(getattr(render(facts("missing-memo", "missing-summary-table"), TEMPLATES), body))
    assert in_time.count("Thời hạn bổ sung") == 2


def test_a_letter_written_after_the_deadline_about_a_message_in_time_says_that_the_deadline_is_past():
    written = facts("missing-memo", written_at=LATE_BY_A_SECOND)
    text = flat(render(written, TEMPLATES).text)
    assert "thời hạn nộp hồ sơ đã qua" in text
    assert "trước hạn 4 ngày" in text


def test_an_extended_deadline_is_the_one_in_force():
    base = facts("missing-memo")
    later = CAMPAIGN.deadline + timedelta(days=3)
    text = flat(render(replace(base, assessment=replace(base.assessment, deadline=later)), TEMPLATES).text)
    assert "23 giờ 59 phút 59 giây, ngày 23/4/2021 (đã được gia hạn)" in text
    assert "chậm nhất hết ngày 23/4/2021" in text
    assert "trước hạn 7 ngày" in text


def test_a_deadline_within_the_day_is_told_with_its_hour():
    base = facts("missing-memo")
    noon = CAMPAIGN.deadline.replace(hour=17, minute=0, second=0)
    text = flat(render(replace(base, assessment=replace(base.assessment, deadline=noon)), TEMPLATES).text)
    assert "chậm nhất 17 giờ 00 phút, ngày 20/4/2021" in text


@pytest.mark.parametrize("code", ["receipt-time-disputed", "receipt-time-unknown"])
def test_where_the_time_of_receipt_is_in_doubt_no_letter_says_in_time(code):
    text = flat(render(facts(code), TEMPLATES).text)
    assert "đúng hạn" not in text
    assert "trước hạn" not in text
    assert "đang được cán bộ xác nhận" in text
