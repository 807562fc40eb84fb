"""The first look into a mailbox that is not empty answers nothing, until a person says so (P7, FAULTS.md 41)."""

import signal
from datetime import datetime, timedelta

import pytest
from support.dossier_mail import IN_TIME, mail, memo, table
from support.service import NewSite, Site

from intake.steps import Step
from store.outbox import LetterState

pytestmark = pytest.mark.dovecot

_YEARS_AGO = datetime(2019, 5, 2, 8, tzinfo=IN_TIME.tzinfo)


def fill(site: Site) -> None:
    """Mail of years ago, a dossier, another's dossier in two messages, thanks."""
    site.deliver(mail("BVDN", name="cu", at=_YEARS_AGO), _YEARS_AGO)
    site.deliver(mail("BVDN"), IN_TIME)
    site.deliver(mail("BVTN", {"To trinh.docx": memo("BVTN")}), IN_TIME)
    site.deliver(mail("BVTN", {"Bang.docx": table("BVTN")}, name="thu-2"), IN_TIME)
    site.deliver(mail("BVLK", {}, words="Xin cảm ơn Công đoàn ngành."), IN_TIME)


_OUTCOMES = ["before-campaign", "joined", "joined", "joined", "correspondence"]


def recipients(site: Site) -> list[str]:
    return [one.recipient.partition("@")[0] for one in site.relay.received]


def test_an_old_mailbox_is_recorded_and_answered_once_when_a_person_says_so(site: Site) -> None:
    fill(site)
    site.once()
    site.once()
    assert site.outcomes() == _OUTCOMES
    assert site.relay.received == []
    assert {letter.state for letter in site.letters()} <= {LetterState.HELD, LetterState.SUPERSEDED}

    site.once("--answer-backlog")
    assert sorted(recipients(site)) == ["cdcs.bvdn", "cdcs.bvtn"]
    assert [letter.kind for letter in site.letters() if letter.state is LetterState.SENT] == ["acknowledgement"] * 2
    site.once("--answer-backlog")
    assert len(site.relay.received) == 2
    site.assert_sound()


def test_what_comes_after_the_first_look_is_answered_at_once(site: Site) -> None:
    fill(site)
    site.once()
    site.deliver(mail("BVLT"), IN_TIME)
    site.once()
    assert recipients(site) == ["cdcs.bvlt"]


def test_a_new_message_to_an_old_dossier_gets_one_letter_for_the_whole(site: Site) -> None:
    fill(site)
    site.once()
    site.deliver(mail("BVTN", {"Bang moi.docx": table("BVTN")}, name="thu-3"), IN_TIME + timedelta(hours=1))
    site.once()
    assert recipients(site) == ["cdcs.bvtn"]
    site.once("--answer-backlog")
    assert recipients(site) == ["cdcs.bvtn", "cdcs.bvdn"]


@pytest.mark.parametrize("step", [Step.ARRIVED, Step.MESSAGE_READ, Step.COMMITTED])
def test_old_mail_that_a_crash_left_unjudged_is_answered_when_a_person_says_so(site: Site, step: Step) -> None:
    fill(site)
    assert site.hoso("run", "--once", crash_at=step).status == -signal.SIGKILL
    site.once("--answer-backlog")
    assert site.outcomes() == _OUTCOMES
    assert {letter.state for letter in site.letters()} <= {LetterState.SENT, LetterState.SUPERSEDED}
    assert set(recipients(site)) == {"cdcs.bvdn", "cdcs.bvtn"}


def test_with_the_word_given_at_the_first_look_each_message_is_answered(site: Site) -> None:
    fill(site)
    site.once("--answer-backlog")
    assert site.outcomes() == _OUTCOMES
    assert recipients(site) == ["cdcs.bvdn", "cdcs.bvtn", "cdcs.bvtn"]


def test_a_folder_that_is_added_later_has_an_old_mailbox_of_its_own(new_site: NewSite) -> None:
    site = new_site()
    site.once()
    site.server.deliver(site.user, mail("BVDN"), IN_TIME, folder="Spam")
    site.write_settings(mailbox={"folders": ["INBOX", "Spam"]})
    site.once()
    assert site.outcomes() == ["joined"]
    assert site.relay.received == []
