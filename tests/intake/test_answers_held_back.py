"""The digest counts the answers that were held back (FAULTS.md 1-9), and says so in both languages."""

import re
from datetime import timedelta

import pytest
from support.dossier_mail import IN_TIME, mail
from support.office import Office

from intake.digest import digest
from notifier.digest import render_digest


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_faults_01_to_09_the_digest_counts_the_answers_that_were_held_back(office: Office) -> None:
    """A machine's, a dossier of a machine that waits, one that asked for no answer; and one that was answered."""
    for content in (
        re.sub(rb"Return-Path: <[^>]*>", b"Return-Path: <>", mail("BVDN", {})),
        mail("BVTN", headers={"Auto-Submitted": "auto-generated"}),
        mail("BVLK", headers={"X-Auto-Response-Suppress": "All"}),
        mail("BVDN", name="nguoi"),
    ):
        office.receives(content, IN_TIME)
    office.judges()
    assert sorted(office.states()) == ["held", "held", "queued"]
    found = digest(office.store, office.campaigns[0], office.now - timedelta(days=1), office.now)
    assert (found.messages, found.held_back) == (4, 3)
    later = digest(office.store, office.campaigns[0], office.now, office.now + timedelta(days=1))
    assert (later.messages, later.held_back) == (0, 0)
    for locale, said in (("vi", "3 thư tự động hoặc không nhận trả lời"), ("en", "3 of machines, or that asked for")):
        shown = render_digest(found, locale)
        assert said in shown.text
        assert said in shown.html
        assert said[2:] not in render_digest(later, locale).text
