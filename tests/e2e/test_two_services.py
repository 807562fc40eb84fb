"""Two services on one mailbox and one database: one record and one letter for each message."""

from collections import Counter

import pytest
from support.dossier_mail import IN_TIME, mail
from support.service import NewSite, Site
from support.waiting import wait_until

from dossier.model import Verdict
from store.outbox import LetterState

pytestmark = pytest.mark.dovecot

_UNIONS = ("BVDN", "BVTN", "BVLK", "BVLT", "BVDQ", "BVND", "BVP", "BVDL")


def assert_one_record_and_one_letter_each(site: Site) -> None:
    assert site.outcomes() == ["joined"] * len(_UNIONS)
    assert {dossier.union: (dossier.revision, dossier.verdict) for dossier in site.dossiers()} == dict.fromkeys(
        _UNIONS, (1, Verdict.ACCEPTED)
    )
    assert sorted(dossier.code for dossier in site.dossiers()) == [f"SK39-{n:03d}" for n in range(1, len(_UNIONS) + 1)]
    assert [letter.state for letter in site.letters()] == [LetterState.SENT] * len(_UNIONS)
    assert set(Counter(one.recipient for one in site.relay.received).values()) == {1}
    assert len(site.relay.received) == len(_UNIONS)
    site.assert_sound()


def two_rounds_at_once(site: Site) -> None:
    site.server.deliver_all(site.user, [(mail(code), IN_TIME) for code in _UNIONS])
    both = [site.start("run", "--once", "--answer-backlog") for _ in range(2)]
    ended = [one.wait() for one in both]
    assert [one.status for one in ended] == [0, 0], "\n".join(one.err for one in ended)
    site.once()  # what one had in hand when the other was done
    assert_one_record_and_one_letter_each(site)


def test_two_rounds_at_once_on_sqlite(site: Site) -> None:
    two_rounds_at_once(site)


@pytest.mark.postgresql
def test_two_rounds_at_once_on_postgresql(new_site: NewSite, postgresql_url: str) -> None:
    two_rounds_at_once(new_site(postgresql_url))


def test_two_services_that_stay_up_share_what_comes_in(site: Site) -> None:
    site.once()
    both = [site.start("run") for _ in range(2)]
    for code in _UNIONS:
        site.deliver(mail(code), IN_TIME)
    wait_until(lambda: len(site.relay.received) == len(_UNIONS))
    for one in both:
        one.terminate()
    ended = [one.wait() for one in both]
    assert [one.status for one in ended] == [0, 0], "\n".join(one.err for one in ended)
    assert_one_record_and_one_letter_each(site)
