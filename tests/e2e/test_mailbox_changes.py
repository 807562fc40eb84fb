"""UIDVALIDITY changes, messages are copied, the same mail comes over two ways: nothing is lost, nothing is doubled."""

import signal
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from support.dossier_mail import DEADLINE, IN_TIME, mail, memo, over_another_way
from support.service import NewSite, Site, text_of

from dossier.model import Verdict
from intake.steps import Step
from store.ledger import Outcome

pytestmark = pytest.mark.dovecot

_MINUTE = timedelta(minutes=1)


@pytest.fixture
def serving(site: Site) -> Site:
    """A site whose mailbox was empty when the service first looked."""
    site.once()
    return site


@pytest.fixture
def two_folders(new_site: NewSite) -> Iterator[Site]:
    """INBOX is read before Spam."""
    site = new_site(mailbox={"folders": ["INBOX", "Spam"]})
    with site.server.client(site.user) as client:
        client.create_folder("Spam")
    site.once()
    yield site
    site.assert_sound()


def three_arrive(site: Site) -> None:
    for code in ("BVDN", "BVTN", "BVLK"):
        site.deliver(mail(code), IN_TIME)


def recipients(site: Site) -> list[str]:
    return [one.recipient.partition("@")[0] for one in site.relay.received]


def duplicates(site: Site) -> list[int | None]:
    return [entry.duplicate_of for entry in site.entries() if entry.outcome is Outcome.DUPLICATE]


# --- UIDVALIDITY ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("later", [timedelta(), _MINUTE], ids=["in the same second", "later"])
def test_with_a_new_uidvalidity_what_is_known_is_not_answered_again_and_what_is_new_is(
    serving: Site, later: timedelta
) -> None:
    three_arrive(serving)
    serving.once()
    serving.deliver(mail("BVLT"), IN_TIME + later)  # came when nobody looked
    serving.server.renew_uidvalidity(serving.user)
    serving.once()
    assert serving.outcomes() == ["joined"] * 3 + ["duplicate-of"] * 3 + ["joined"]
    assert duplicates(serving) == [1, 2, 3]
    assert [dossier.revision for dossier in serving.dossiers()] == [1] * 4
    assert recipients(serving) == ["cdcs.bvdn", "cdcs.bvtn", "cdcs.bvlk", "cdcs.bvlt"]
    serving.deliver(mail("BVDQ"), IN_TIME)
    serving.once()
    assert recipients(serving)[4:] == ["cdcs.bvdq"]
    serving.assert_sound()


@pytest.mark.parametrize("step", [Step.ARRIVED, Step.DECIDED])
def test_a_crash_after_a_new_uidvalidity_doubles_nothing(serving: Site, step: Step) -> None:
    three_arrive(serving)
    serving.once()
    serving.server.renew_uidvalidity(serving.user)
    assert serving.hoso("run", "--once", crash_at=step).status == -signal.SIGKILL
    serving.once()
    assert serving.outcomes() == ["joined"] * 3 + ["duplicate-of"] * 3
    assert len(serving.relay.received) == 3
    serving.assert_sound()


def test_old_mail_stays_unanswered_over_a_new_uidvalidity(site: Site) -> None:
    three_arrive(site)
    site.once()
    site.server.renew_uidvalidity(site.user)
    site.once()
    assert site.relay.received == []
    site.once("--answer-backlog")
    assert recipients(site) == ["cdcs.bvdn", "cdcs.bvtn", "cdcs.bvlk"]
    assert [dossier.revision for dossier in site.dossiers()] == [1] * 3


def test_another_mailbox_in_the_place_of_ours_is_not_answered(serving: Site) -> None:
    """Its mail is older than what was known, and unknown: held back until a person says so (FAULTS.md 40)."""
    serving.deliver(mail("BVDN"), IN_TIME)
    serving.once()
    with serving.server.client(serving.user, "INBOX") as client:
        client.delete_messages([1])
        client.expunge()
    serving.deliver(mail("BVTN"), IN_TIME - timedelta(days=2))
    serving.server.renew_uidvalidity(serving.user)
    serving.once()
    assert recipients(serving) == ["cdcs.bvdn"]
    assert [(letter.state.value, letter.reason) for letter in serving.letters()][1:] == [("held", "backlog")]


# --- Copies --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seen_between", [True, False], ids=["after it was judged", "before it was judged"])
def test_a_message_copied_within_the_folder_makes_one_revision(serving: Site, seen_between: bool) -> None:
    uid = serving.deliver(mail("BVDN"), IN_TIME)
    if seen_between:
        serving.once()
    with serving.server.client(serving.user, "INBOX") as client:
        client.copy([uid], "INBOX")
        client.copy([uid], "INBOX")
    serving.once()
    assert serving.outcomes() == ["joined", "duplicate-of", "duplicate-of"]
    assert duplicates(serving) == [1, 1]
    assert len(serving.revisions("BVDN")) == 1
    assert len(serving.letters()) == len(serving.relay.received) == 1


def test_the_same_mail_over_another_way_makes_one_revision_and_the_earliest_receipt_counts(serving: Site) -> None:
    earlier = IN_TIME - 3 * _MINUTE
    content = mail("BVDN", at=IN_TIME)
    serving.deliver(content, IN_TIME)
    serving.deliver(over_another_way(content, earlier), earlier)
    serving.once()
    assert sorted(map(str, serving.outcomes())) == ["duplicate-of", "joined"]
    assert [revision.assessment.received_at for revision in serving.revisions("BVDN")] == [earlier]
    assert len(serving.relay.received) == 1


def test_a_copy_that_came_earlier_and_is_seen_later_makes_a_late_dossier_one_in_time(two_folders: Site) -> None:
    in_time = DEADLINE - _MINUTE
    late = DEADLINE + _MINUTE
    content = mail("BVDN", at=late)
    two_folders.deliver(content, late)
    two_folders.once()
    two_folders.server.deliver(two_folders.user, over_another_way(content, in_time), in_time, folder="Spam")
    two_folders.once()
    first, second = two_folders.revisions("BVDN")
    assert (first.assessment.verdict, second.assessment.verdict) == (Verdict.LATE, Verdict.ACCEPTED)
    assert (second.cause.value, second.assessment.received_at) == ("reread", in_time)
    assert two_folders.outcomes() == ["joined", "duplicate-of"]
    told = [text_of(letter) for letter in two_folders.delivered()]
    assert len(told) == 2
    assert "nộp quá hạn" in told[0]
    assert "Đã nhận đủ văn bản, đúng hạn" in told[1]


def test_a_copy_that_came_later_changes_nothing(two_folders: Site) -> None:
    content, later = mail("BVDN", at=IN_TIME), DEADLINE + _MINUTE
    two_folders.deliver(content, IN_TIME)
    two_folders.once()
    two_folders.server.deliver(two_folders.user, over_another_way(content, later), later, folder="Spam")
    two_folders.once()
    assert [revision.assessment.verdict for revision in two_folders.revisions("BVDN")] == [Verdict.ACCEPTED]
    assert len(two_folders.relay.received) == 1


def test_two_messages_under_one_message_id_are_both_kept(serving: Site) -> None:
    serving.deliver(mail("BVDN", {"To trinh.docx": memo("BVDN")}), IN_TIME)
    serving.deliver(mail("BVDN"), IN_TIME + _MINUTE)
    serving.once()
    assert serving.outcomes() == ["joined", "joined"]
    assert [revision.assessment.verdict for revision in serving.revisions("BVDN")] == [
        Verdict.DEFICIENT,
        Verdict.ACCEPTED,
    ]
    assert len(serving.relay.received) == 2


# --- Times that do not agree ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "internal_date", [IN_TIME, datetime(2020, 1, 5, tzinfo=IN_TIME.tzinfo)], ids=["in time", "before the campaign"]
)
def test_a_message_put_in_with_an_older_time_than_our_server_wrote_goes_to_a_person(
    serving: Site, internal_date: datetime
) -> None:
    late = DEADLINE + timedelta(hours=3)
    serving.deliver(mail("BVDN", at=internal_date, received_at=late), internal_date)
    serving.once()
    (revision,) = serving.revisions("BVDN")
    assert revision.assessment.verdict is Verdict.REVIEW
    assert "receipt-time-disputed" in {finding.code for finding in revision.assessment.findings}


def test_what_is_put_in_later_and_is_older_than_the_campaign_belongs_to_none(serving: Site) -> None:
    before = datetime(2021, 3, 15, 23, 59, 59, tzinfo=IN_TIME.tzinfo)
    serving.deliver(mail("BVDN", at=before), before)
    serving.once()
    assert serving.outcomes() == ["before-campaign"]
    assert serving.letters() == []
