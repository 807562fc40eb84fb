"""Digest and letters as Outlook draws them: Word knows tables and inline styles, and next to nothing of the rest."""

import re
from dataclasses import replace
from functools import cache

import pytest
from lxml import html
from support.digests import made
from support.letters import CASES

from dossier.arrivals import Arrivals, Day
from notifier.digest import Chart, render_digest
from notifier.letters import render
from notifier.templates import Templates

_LAYOUT = re.compile(
    r"flex|grid|float|position|background-image|url\(|var\(|calc\(|linear-gradient|transform|columns|object-fit|rem\b"
)
_ASIDE = re.compile(r"<!--\[if mso\]>.*?<!\[endif\]-->", re.DOTALL)
_PAGES = [f"letter {name}" for name in CASES] + ["digest"]


@cache
def page(name: str, locale: str) -> str:
    if name != "digest":
        return render(CASES[name.removeprefix("letter ")], Templates(), locale).html
    drawn = Arrivals((Day(made().until.date(), 31, 18),), 34, made().until.date())
    return render_digest(replace(made(), arrivals=drawn), locale, chart=Chart("cid:a@b", 300)).html


@pytest.fixture(params=[(name, locale) for name in _PAGES for locale in ("vi", "en")], ids=str)
def mail(request: pytest.FixtureRequest) -> str:
    return page(*request.param)


def test_nothing_that_word_cannot_draw_shapes_the_page(mail: str) -> None:
    tree = html.fromstring(_ASIDE.sub("", mail))
    assert [style for style in tree.xpath("//@style") if _LAYOUT.search(style)] == []
    assert tree.xpath("//script | //link | //iframe | //form | //svg | //@background | //@onload") == []
    for one in tree.xpath("//div"):  # the line that lists of mail show, hidden in Word's own way
        assert "mso-hide:all" in one.get("style")


def test_the_sheet_of_styles_only_adds_what_a_page_can_do_without(mail: str) -> None:
    """Dark colours and narrow screens: whoever drops it still has the whole page."""
    [sheet] = html.fromstring(_ASIDE.sub("", mail)).xpath("//style/text()")
    outside = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", sheet)
    assert outside.replace(":root{color-scheme:light dark}", "").strip() == ""
    classes = set(re.findall(r"\.([a-z]+)", re.sub(r"\{[^{}]*\}", "", sheet)))
    tree = html.fromstring(mail)
    for name in classes & {"page", "card", "sheet", "banner", "rest"}:
        for one in tree.xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]"):
            assert "background" in one.get("style"), f"{name} has a colour without the sheet"
            assert one.tag == "body" or one.get("bgcolor"), f"{name} has one for programs that know no styles"


def test_every_table_is_for_layout_and_says_its_measures_as_attributes(mail: str) -> None:
    for table in html.fromstring(mail).xpath("//table"):
        assert {name: table.get(name) for name in ("role", "cellpadding", "cellspacing", "border")} == {
            "role": "presentation",
            "cellpadding": "0",
            "cellspacing": "0",
            "border": "0",
        }
        assert table.get("width")
        assert "margin" not in (table.get("style") or ""), "Word knows no margin of a table"


def test_where_only_a_style_keeps_the_page_narrow_word_has_a_table_of_that_width(mail: str) -> None:
    [narrow] = [one for one in html.fromstring(mail).xpath("//table[@style]") if "max-width" in one.get("style")]
    width = re.search(r"max-width:(\d+)px", narrow.get("style"))
    assert width is not None
    opened, closed = _ASIDE.findall(mail)[-2:]
    assert f'<table role="presentation" width="{width[1]}" ' in opened
    assert closed == "<!--[if mso]></td></tr></table><![endif]-->"


def test_every_picture_has_its_measures_and_words(mail: str) -> None:
    for one in html.fromstring(mail).xpath("//img"):
        assert int(one.get("width")) > 0
        assert int(one.get("height")) > 0
        assert one.get("alt")


def test_a_line_as_low_as_a_bar_is_not_made_higher_by_word(mail: str) -> None:
    for one in html.fromstring(mail).xpath("//td[@height]"):
        assert "mso-line-height-rule:exactly" in one.get("style")
        assert f"line-height:{one.get('height')}px" in one.get("style")
