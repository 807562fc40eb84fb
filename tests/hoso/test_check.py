"""`hoso check`: every check is made, whatever another one finds; nothing is changed."""

import pytest
from support.service import Site

from hoso import checkup
from hoso.cli.exits import Exit

pytestmark = pytest.mark.dovecot


def test_a_site_in_order_has_nothing_to_mend_and_is_not_changed(site: Site) -> None:
    ended = site.hoso("check")
    assert ended.status == Exit.OK, ended.out + ended.err
    assert "ok     letters: " in ended.out
    assert "ok     reports: " in ended.out
    assert "Everything is in place." in ended.out
    assert not (site.folder / "var").exists()


def test_a_server_that_is_not_there_hides_no_other_check(site: Site) -> None:
    site.write_settings(mailbox={"port": 9}, smtp={"port": 9})
    ended = site.hoso("check")
    assert ended.status == Exit.FOUND, ended.out + ended.err
    for line in ("WRONG  mailbox office", "WRONG  relay", "ok     letters", "ok     reading", "2 things to mend."):
        assert line in ended.out


def test_a_broken_text_of_an_outgoing_document_is_told_with_its_part(site: Site) -> None:
    own = site.folder / "texts" / "reports" / "vi" / "proposal.txt"
    own.parent.mkdir(parents=True)
    own.write_text("== country\n{{ nobody }}\n", "utf-8")
    site.write_settings(letters={"templates": "texts"})
    ended = site.hoso("check")
    assert ended.status == Exit.FOUND
    assert "WRONG  reports: the text reports/vi/proposal.txt" in ended.out


def test_a_campaign_whose_deadline_is_past_is_told_of(site: Site) -> None:
    assert "note   campaign plan-39-cdn: its deadline is past" in site.hoso("check").out


def test_where_tesseract_has_no_vietnamese_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parsers.ocr_engine._FOLDERS", ())
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    found = checkup._pictures()
    assert found.level is checkup.Level.NOTE
    assert "tesseract-ocr-vie" in found.mend
