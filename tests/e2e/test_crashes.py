"""kill -9 at every step of the way, and started again: no message lost, no revision or letter doubled (P1, P2, P6)."""

import signal
from collections import Counter

import pytest
from support.dossier_mail import IN_TIME, mail, memo, table, union
from support.service import NewSite, Site

from intake.steps import Step
from store.outbox import LetterState

pytestmark = pytest.mark.dovecot

_ONCE_A_ROUND = {Step.FETCHED, Step.BLOBS_WRITTEN, Step.ARRIVED, Step.FLAGGED}
_UNKNOWN = {Step.DATA_STARTED: 0, Step.LETTER_DELIVERED: 1}
"""Killed here nobody can tell whether the relay has the letter (0 times, or once): it is `unknown`, and is never
repeated blindly (P6)."""
_POINTS = [f"{step}:{n}" for step in Step for n in (1, 2) if n == 1 or step not in _ONCE_A_ROUND]
_ON_POSTGRESQL = [f"{step}:1" for step in (Step.ARRIVED, Step.DECIDED, Step.COMMITTED, *sorted(_UNKNOWN))]


@pytest.fixture
def flagging(new_site: NewSite) -> Site:
    return new_site(mailbox={"after": {"action": "flag"}})


def fill(site: Site) -> None:
    """A whole dossier, a memo, and the table to it from the union's other address: three letters."""
    site.deliver(mail("BVDN"), IN_TIME)
    site.deliver(mail("BVTN", {"To trinh.docx": memo("BVTN")}), IN_TIME)
    other = union("BVTN").addresses[1]
    site.deliver(mail("BVTN", {"Bang.docx": table("BVTN")}, name="thu-2", sender=other), IN_TIME)


def until_quiet(site: Site) -> None:
    """Start again until a round changes nothing."""
    for _ in range(5):
        before = (site.entries(), site.letters())
        site.once("--answer-backlog")
        if (site.entries(), site.letters()) == before:
            return
    raise AssertionError("it does not come to rest")


def assert_nothing_lost_nothing_doubled(site: Site) -> None:
    in_mailbox = site.server.contents(site.user)
    kept = {entry.position.uid: site.store.blobs.get(entry.sha256) for entry in site.entries() if entry.position}
    assert kept == in_mailbox
    assert site.outcomes() == ["joined"] * 3
    assert [one.message_id for one in site.revisions("BVDN")] == [1]
    assert [one.message_id for one in site.revisions("BVTN")] == [2, 3]
    assert {dossier.code for dossier in site.dossiers()} == {"SK39-001", "SK39-002"}
    assert Counter(letter.answers for letter in site.letters()) == {1: 1, 2: 1, 3: 1}
    site.assert_sound()


def crash_and_start_again(site: Site, point: str) -> None:
    fill(site)
    assert site.hoso("run", "--once", "--answer-backlog", crash_at=point).status == -signal.SIGKILL
    until_quiet(site)
    assert_nothing_lost_nothing_doubled(site)
    assert_each_letter_is_accounted_for(site, Step(point.partition(":")[0]))


def assert_each_letter_is_accounted_for(site: Site, step: Step) -> None:
    gone = Counter(letter["Message-ID"] for letter in site.delivered())
    sent = [letter for letter in site.letters() if letter.state is LetterState.SENT]
    unknown = [letter for letter in site.letters() if letter.state is LetterState.UNKNOWN]
    assert len(sent) + len(unknown) == 3
    assert [gone[letter.message_id] for letter in sent] == [1] * len(sent)
    assert [gone[letter.message_id] for letter in unknown] == ([_UNKNOWN[step]] if step in _UNKNOWN else [])


@pytest.mark.parametrize("point", _POINTS)
def test_killed_at_a_step_and_started_again_nothing_is_lost_or_doubled(flagging: Site, point: str) -> None:
    crash_and_start_again(flagging, point)
    assert set(map(frozenset, flagging.server.flags(flagging.user).values())) == {frozenset({"\\Flagged"})}


@pytest.mark.postgresql
@pytest.mark.parametrize("point", _ON_POSTGRESQL)
def test_the_same_holds_on_postgresql(new_site: NewSite, postgresql_url: str, point: str) -> None:
    crash_and_start_again(new_site(postgresql_url), point)


def test_a_letter_of_unknown_outcome_goes_out_again_when_a_person_says_so(flagging: Site) -> None:
    fill(flagging)
    flagging.hoso("run", "--once", "--answer-backlog", crash_at=Step.DATA_STARTED)
    until_quiet(flagging)
    (unknown,) = [letter for letter in flagging.letters() if letter.state is LetterState.UNKNOWN]
    told = flagging.hoso("resend", str(unknown.id), "--by", "Lê Thị Thử", "--reason", "không thấy thư")
    assert told.status == 0, told.err
    flagging.once()
    assert {letter.state for letter in flagging.letters()} == {LetterState.SENT}
    assert len(flagging.relay.received) == 3
    flagging.assert_sound()


def test_killed_between_two_starts_of_the_same_way_it_still_comes_to_rest(flagging: Site) -> None:
    fill(flagging)
    for point in ("fetched", "blobs-written", "arrived", "message-read", "decided", "committed", "letter-claimed"):
        assert flagging.hoso("run", "--once", "--answer-backlog", crash_at=point).status == -signal.SIGKILL
    until_quiet(flagging)
    assert_nothing_lost_nothing_doubled(flagging)
    assert_each_letter_is_accounted_for(flagging, Step.LETTER_CLAIMED)
