"""FAULTS.md 13-18 by whole messages, from the mailbox to the record and the letter: the server's time decides (P3)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import pytest
from support.accounts import on_script
from support.dossier_mail import CAMPAIGN, DEADLINE, IN_TIME, mail, memo, table
from support.hostile import endless_pdf
from support.office import Office
from support.scripted_imap import ScriptedImap, scripted_imap

from dossier.model import Submission, Verdict
from hoso.cli import story
from hoso.cli.why import told_of
from ingest.imap import Mailbox
from intake.decisions import Who
from intake.extend import extend, moved_dossiers, rejudge_moved
from intake.receive import receive
from parsers.limits import Limits, ProcessLimits
from parsers.sandbox import MessageUnreadableError, Sandbox
from store import dossiers, ledger, outbox, revisions
from store.revisions import Revision

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


def stood(office: Office, code: str = "BVDN") -> Revision:
    """The revision in force."""
    with office.store.reading() as conn:
        dossier = dossiers.of_union(conn, CAMPAIGN.key, code)
        assert dossier is not None
        found = revisions.latest(conn, dossier.id)
    assert found is not None
    return found


def letter_text(office: Office, number: int) -> str:
    with office.store.reading() as conn:
        message = message_from_bytes(outbox.mime(conn, number), policy=policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain",))
    assert body is not None
    return " ".join(body.get_content().split())


def finding(revision: Revision, code: str) -> dict[str, str]:
    """What is stored with the finding of that code."""
    (found,) = [one for one in revision.assessment.findings if one.code == code]
    return dict(found.values)


# --- 13, 14: times that somebody else wrote ------------------------------------------------------------------------


@pytest.mark.parametrize("claimed", [IN_TIME, DEADLINE - SECOND, DEADLINE - timedelta(days=300)])
def test_fault_13_a_date_forged_to_before_the_deadline_is_late_and_both_times_are_shown(
    office: Office, claimed: datetime
) -> None:
    late = DEADLINE + 90 * SECOND
    forged = mail("BVDN", at=late)
    honest = f"Date: {format_datetime(IN_TIME)}".encode()
    assert forged.count(honest) == 1
    office.receives(forged.replace(honest, f"Date: {format_datetime(claimed)}".encode()), late)
    office.judges()
    revision = stood(office)
    assert (revision.assessment.verdict, revision.assessment.in_time) == (Verdict.LATE, False)
    assert finding(revision, "late") == {
        "received_at": late.astimezone(UTC).isoformat(),
        "deadline": DEADLINE.isoformat(),
        "begun_at": late.astimezone(UTC).isoformat(),
    }
    text = letter_text(office, 1)
    assert "21/4/2021" in text, "the letter says when it was received"
    assert "1 phút 30 giây" in text, "and how late that is"
    with office.store.reading() as conn:
        dossier = dossiers.of_union(conn, CAMPAIGN.key, "BVDN")
        assert dossier is not None
        (shown,) = story.story_of(conn, dossier, CAMPAIGN.zone)["messages"]
        (why,) = told_of(conn, CAMPAIGN, dossier, revision, office.now)["messages"]
    assert (shown["received_at"], shown["claimed_at"]) == (late, claimed)
    assert (why["received_at"], why["claimed_at"]) == (late, claimed)


@pytest.mark.parametrize("copied", [IN_TIME, DEADLINE, datetime(2020, 1, 5, tzinfo=UTC)])
def test_fault_14_a_message_copied_in_with_an_old_internaldate_goes_to_a_person(
    office: Office, copied: datetime
) -> None:
    late = DEADLINE + 3 * HOUR
    office.receives(mail("BVDN", at=copied, received_at=late), copied)
    office.judges()
    revision = stood(office)
    assert revision.assessment.verdict is Verdict.REVIEW
    assert finding(revision, "receipt-time-disputed") == {
        "server_time": copied.astimezone(UTC).isoformat(),
        "header_time": late.astimezone(UTC).isoformat(),
    }
    text = letter_text(office, 1)
    assert "đang chờ xem xét" in text
    assert "đúng hạn" not in text


def test_fault_14_what_a_server_that_is_not_ours_says_is_not_believed(office: Office) -> None:
    content = mail("BVDN", received_at=DEADLINE + 3 * HOUR).replace(b" by mail.", b" by fake.")
    office.receives(content, IN_TIME)
    office.judges()
    assert stood(office).assessment.verdict is Verdict.ACCEPTED


# --- 15, 16: the second, and the zones ----------------------------------------------------------------------------


@pytest.mark.parametrize(("after", "verdict"), [(-1, Verdict.ACCEPTED), (0, Verdict.ACCEPTED), (1, Verdict.LATE)])
def test_fault_15_the_deadlines_own_second_is_in_time_and_the_next_is_late(
    office: Office, after: int, verdict: Verdict
) -> None:
    at = DEADLINE + after * SECOND
    office.receives(mail("BVDN", at=at), at)
    office.judges()
    judged = stood(office).assessment
    assert (judged.verdict, judged.received_at, judged.deadline) == (verdict, at, DEADLINE)
    assert ("đúng hạn" in letter_text(office, 1)) is (after <= 0)


@pytest.fixture
def server() -> Iterator[ScriptedImap]:
    with scripted_imap({}) as started:
        yield started


@pytest.mark.parametrize("offset", ["+0700", "+0000", "-0800", "+1400", "+0545", "-0330"])
def test_fault_16_whatever_zone_the_mailboxs_server_is_in_its_seconds_count(
    office: Office, server: ScriptedImap, offset: str
) -> None:
    sign, hours, minutes = (-1 if offset[0] == "-" else 1), int(offset[1:3]), int(offset[3:])
    zone = timezone(sign * timedelta(hours=hours, minutes=minutes))
    for uid, (code, after) in enumerate((("BVDN", 0), ("BVTN", 1)), start=1):
        at = (DEADLINE + after * SECOND).astimezone(zone)
        server.messages[uid] = mail(code, at=at)
        server.dates = {**server.dates, uid: at.strftime("%d-%b-%Y %H:%M:%S ") + offset}
    with Mailbox.open(on_script(server), "INBOX") as mailbox:
        receive(mailbox, "office", office.store, lambda: office.now)
    office.judges()
    assert stood(office).assessment.verdict is Verdict.ACCEPTED
    assert stood(office).assessment.received_at == DEADLINE
    assert stood(office, "BVTN").assessment.verdict is Verdict.LATE


@pytest.mark.parametrize("later", [False, True])
def test_fault_16_a_deadline_in_the_hour_that_comes_twice_is_the_one_that_is_meant(office: Office, later: bool) -> None:
    """Berlin, 31 October 2021, 02:30: in summer time 00:30 UTC, an hour later 01:30 UTC."""
    berlin = ZoneInfo("Europe/Berlin")
    deadline = datetime(2021, 10, 31, 2, 30, tzinfo=berlin, fold=int(later))
    office.campaigns = (replace(CAMPAIGN, deadline=deadline, zone=berlin.key),)
    for code, at in (("BVDN", (0, 30, 0)), ("BVTN", (0, 30, 1)), ("BVLK", (1, 30, 0)), ("BVLT", (1, 30, 1))):
        received = datetime(2021, 10, 31, *at, tzinfo=UTC)
        office.receives(mail(code, at=received), received)
    office.judges()
    verdicts = [stood(office, code).assessment.verdict.value for code in ("BVDN", "BVTN", "BVLK", "BVLT")]
    assert verdicts == (["accepted"] * 3 + ["late"] if later else ["accepted"] + ["late"] * 3)


# --- 18: our own failure -------------------------------------------------------------------------------------------


class Crashing:
    def read(self, content: bytes) -> Submission:
        raise MessageUnreadableError("stopped: the reading process ended: signal 9")


def test_fault_18_a_crash_over_a_whole_message_leaves_it_in_time_whenever_it_is_read(office: Office) -> None:
    office.receives(mail("BVDN", at=DEADLINE), DEADLINE)
    office.judges(Crashing())
    assert office.outcomes() == ["quarantined"]
    assert office.letters() == [], "our failure is not put on the sender"
    office.now = DEADLINE + timedelta(days=3)
    with office.store.writing() as tx:
        assert ledger.requeue(tx, 1, office.now, by="Lê Thị Thử", reason="đã sửa lỗi")
    office.judges()
    revision = stood(office)
    assert (revision.assessment.verdict, revision.assessment.received_at) == (Verdict.ACCEPTED, DEADLINE)
    assert revision.recorded_at > DEADLINE
    assert "đúng hạn" in letter_text(office, 1)


def test_fault_18_a_process_killed_over_a_file_that_came_in_time_makes_nobody_late(office: Office) -> None:
    """The memo's PDF kills the process that reads it; a readable one comes after the deadline."""
    limits = Limits(part_seconds=15, message_seconds=40, process=ProcessLimits(cpu_seconds=1))
    killer = {"To trinh.pdf": endless_pdf(40), "Bang tong hop.docx": table("BVDN")}
    with Sandbox(office.campaigns, limits) as sandbox:
        office.receives(mail("BVDN", killer, DEADLINE), DEADLINE)
        office.judges(sandbox)
        first = stood(office).assessment
        after = DEADLINE + HOUR
        office.receives(mail("BVDN", {"To trinh.docx": memo("BVDN")}, after, name="thu-2"), after)
        office.judges(sandbox)
    assert "not-read" in {one.code for one in first.findings}
    assert (first.verdict, first.in_time, first.complete) == (Verdict.REVIEW, True, None)
    second = stood(office)
    assert second.supplement
    assert (second.assessment.verdict, second.assessment.in_time) == (Verdict.REVIEW, True)
    assert second.assessment.received_at == DEADLINE
    assert "nộp quá hạn" not in letter_text(office, 1)


# --- 20: extended afterwards ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("for_one", [False, True], ids=["for all", "for one union"])
def test_fault_20_an_extension_judges_again_and_the_earlier_verdict_stays_with_the_rule_of_its_day(
    office: Office, for_one: bool
) -> None:
    """Two come the day after the deadline, one later; on the third day the deadline is moved by two."""
    for code, after in (("BVDN", 20 * HOUR), ("BVTN", 30 * HOUR), ("BVLK", 60 * HOUR)):
        office.receives(mail(code, at=DEADLINE + after), DEADLINE + after)
    office.now = DEADLINE + 70 * HOUR
    office.judges()
    before = {code: stood(office, code) for code in ("BVDN", "BVTN", "BVLK")}
    assert {one.assessment.verdict for one in before.values()} == {Verdict.LATE}
    office.passes(HOUR)
    until, who = DEADLINE + 48 * HOUR, Who("Lê Thị Thử", "mưa lũ")
    extend(office.store, CAMPAIGN, until, "BVDN" if for_one else None, who, office.now)
    office.passes(HOUR)
    for _ in range(2):  # the same again changes nothing
        moved = moved_dossiers(office.store, CAMPAIGN)
        rejudge_moved(office.store, CAMPAIGN, moved, office.desk().writing, who, lambda: office.now, lambda one: None)
    after = {code: stood(office, code) for code in before}
    timely = ("BVDN",) if for_one else ("BVDN", "BVTN")
    for code, first in before.items():
        now = after[code].assessment
        assert now.verdict is (Verdict.ACCEPTED if code in timely else Verdict.LATE)
        assert now.received_at == first.assessment.received_at
        assert now.deadline == (until if code == "BVDN" or not for_one else DEADLINE)
        with office.store.reading() as conn:
            assert revisions.every(conn, first.dossier_id)[0] == first, "nothing of it was overwritten"
            dossier = dossiers.of_union(conn, CAMPAIGN.key, code)
            assert dossier is not None
            then = revisions.in_force_at(conn, dossier.id, office.now - 90 * timedelta(minutes=1))
            assert then is not None
            told_then = told_of(conn, CAMPAIGN, dossier, then, office.now)
            told_now = told_of(conn, CAMPAIGN, dossier, after[code], office.now)
        assert (told_then["verdict"], told_then["deadline"], told_then["moved"]) == ("late", DEADLINE, [])
        assert told_then["rules"] == first.assessment.rules
        reasons = [(one["by"], one["reason"]) for one in told_now["moved"]]
        assert reasons == ([("Lê Thị Thử", "mưa lũ")] if now.deadline == until else [])
    letters = [letter.recipient.partition("@")[0] for letter in office.letters()]
    told = [f"cdcs.{code.lower()}" for code in timely]
    assert letters == ["cdcs.bvdn", "cdcs.bvtn", "cdcs.bvlk", *told], "a letter only where the verdict changes"
