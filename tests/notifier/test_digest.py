"""The digest as page and text: what needs a person first, received text never more than text."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from support.digests import NOW, made

from dossier.arrivals import Arrivals, Day
from dossier.digest import Comparison, Entry, Group, Section, Silent
from dossier.findings import POLICY
from notifier.digest import LOCALES, Chart, RenderedDigest, render_digest

_HOSTILE = '<script>alert(1)</script>"><img src=x onerror=y>\r\nBcc: a@b.example\u202e'


@pytest.mark.parametrize("locale", LOCALES)
def test_both_bodies_tell_everything(locale: str) -> None:
    rendered = render_digest(made(), locale)
    for body in (html.fromstring(rendered.html).text_content(), rendered.text):
        for told in ("SK39-007", "Bệnh viện Thống Nhất", "32", "34", "94%", "142", "07:30, 16/04/2021", "Event: 9"):
            assert told in body, told


@pytest.mark.parametrize(("locale", "words"), [("vi", "đã có bản giấy"), ("en", "its paper copy has come")])
def test_a_union_of_which_paper_alone_came_is_told_so(locale: str, words: str) -> None:
    found = replace(made(), silent=(Silent("BVTN", "Bệnh viện Thống Nhất", (), paper=True),))
    assert all(words in body for body in _bodies(render_digest(found, locale)))
    assert not any(words in body for body in _bodies(render_digest(made(), locale)))


def test_what_needs_a_person_stands_before_the_rest() -> None:
    text = render_digest(made(), "vi").text
    titles = [
        "CHƯA RÕ KẾT QUẢ",
        "CHỜ XEM XÉT",
        "THƯ CHƯA ĐỌC ĐƯỢC",
        "NỘP QUÁ HẠN",
        "ĐANG GIỮ LẠI",
        "THEO QUYẾT ĐỊNH (",
        "CẦN BỔ SUNG",
    ]
    places = [text.index(title) for title in titles]
    assert places == sorted(places)
    assert "hợp lệ" not in text


@pytest.mark.parametrize(
    ("locale", "words"),
    [("vi", "Không có gì mới; hệ thống vẫn hoạt động."), ("en", "Nothing new; the service is alive.")],
)
def test_a_day_without_news_says_that_the_service_is_alive(locale: str, words: str) -> None:
    quiet = replace(made(), sections=(), messages=0)
    for body in _bodies(render_digest(quiet, locale)):
        assert words in body
    assert words not in render_digest(made(), locale).text


def test_a_mailbox_that_is_not_accounted_for_stands_out() -> None:
    wrong = replace(made(), comparisons=(Comparison("intake/INBOX", NOW, 142, 141),))
    assert "CẦN KIỂM TRA" in render_digest(wrong, "vi").text
    assert "CẦN KIỂM TRA" not in render_digest(made(), "vi").text


@pytest.mark.parametrize("locale", LOCALES)
def test_received_text_is_text_in_the_page_and_one_line_in_the_plain_body(locale: str) -> None:
    hostile, harmless = render_digest(made(_HOSTILE), locale), render_digest(made("x"), locale)
    assert _tags(hostile) == _tags(harmless)
    assert len(hostile.text.splitlines()) == len(harmless.text.splitlines())
    assert "\u202e" not in hostile.html + hostile.text


_SHAPE: Callable[[], list[str]] = cache(lambda: _tags(render_digest(made("x"), "vi")))


@given(st.text(max_size=400))
@settings(max_examples=15, deadline=None)
def test_no_text_changes_the_shape_of_the_page(text: str) -> None:
    assert _tags(render_digest(made(text), "vi")) == _SHAPE()


def test_the_page_asks_for_nothing_from_outside() -> None:
    page = render_digest(made(), "vi").html
    assert "http" not in page
    assert "<script" not in page


def test_the_last_day_and_the_days_after_are_said_as_such() -> None:
    last, past = (replace(made(), until=made().deadline + timedelta(hours=hours)) for hours in (-2, 2))
    assert "Hôm nay là ngày cuối" in render_digest(last, "vi").text
    assert "Đã hết thời hạn" in render_digest(past, "vi").text


def _bodies(rendered: RenderedDigest) -> tuple[str, str]:
    return rendered.html, rendered.text


def _tags(rendered: RenderedDigest) -> list[str]:
    return [str(one.tag) for one in html.fromstring(rendered.html).iter()]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_finding_has_words(locale: str) -> None:
    named = Section(Group.DOUBTFUL, (Entry("SK39-001", "x", tuple(POLICY), NOW, fresh=True),))
    before = (Section(Group.DOUBTFUL, (Entry("SK39-001", "x", ("zzz",), NOW, fresh=True),)),)
    assert "zzz" in render_digest(replace(made(), sections=before), locale).text
    line = next(
        one for one in render_digest(replace(made(), sections=(named,)), locale).text.splitlines() if "x," in one
    )
    single_words = {"late", "layout", "signature", "seal"}
    assert [code for code in POLICY if code not in single_words and code in line] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_the_page_stays_under_what_gmail_shows_with_the_head_of_the_history_and_counts_what_it_leaves_out(
    locale: str,
) -> None:
    text = "Công đoàn cơ sở Trung tâm Kiểm soát bệnh tật và Phòng chống dịch huyện, cơ sở số hai " * 2
    many = tuple(Section(group, made(text).sections[0].entries * 50) for group in Group)
    rendered = render_digest(replace(made(text), sections=many, silent=made(text).silent * 100), locale)
    assert len(rendered.html.encode()) < 100_000
    for body in _bodies(rendered):
        assert "END HOSO AUDIT HEAD" in body
        assert "250" in body, "all that waits is counted"
        assert "(200)" in body, "and every union that is silent"


def test_the_chart_has_words_for_those_who_cannot_see_it() -> None:
    days = (Day(NOW.date(), 31, 18),)
    shown = replace(made(), arrivals=Arrivals(days, 34, NOW.date()))
    image = html.fromstring(render_digest(shown, "vi", chart=Chart("cid:a@b", 300)).html).xpath("//img")[0]
    assert image.get("src") == "cid:a@b"
    assert "31 trên 34 công đoàn cơ sở đã gửi hồ sơ, 18 đã đủ văn bản" in image.get("alt")
    assert "<img" not in render_digest(shown, "vi").html


@pytest.mark.parametrize(("locale", "words"), [("vi", "hơn 5 việc cần"), ("en", "more than 5 things need")])
def test_where_more_waits_than_is_listed_the_number_says_so(locale: str, words: str) -> None:
    rendered = render_digest(made(), locale)  # of letters held back there are more
    assert words in rendered.text
    assert words in rendered.html
    whole = replace(made(), sections=tuple(replace(one, more=False) for one in made().sections))
    assert words not in render_digest(whole, locale).text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "hơn 5 việc cần người xem, 32/34 đơn vị đã gửi, còn 4 ngày"),
        ({"sections": (), "messages": 0}, "không có gì mới, 32/34 đơn vị đã gửi, còn 4 ngày"),
        ({"sections": ()}, "không có việc gấp, 32/34"),
    ],
)
def test_the_subject_says_what_matters(change: dict[str, object], words: str) -> None:
    assert words in render_digest(replace(made(), **change), "vi").subject  # type: ignore[arg-type]


def test_unions_without_an_address_are_to_be_called() -> None:
    text = render_digest(made(), "vi").text
    assert "Không có địa chỉ thư, xin liên hệ trực tiếp: Bệnh viện Đa khoa Đồng Nai (TTLK)" in text
