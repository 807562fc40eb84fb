"""Three messages of one union make one dossier; what comes after the deadline changes nothing."""

from datetime import timedelta

import pytest
from support.dossier_mail import DEADLINE, IN_TIME, TWO, mail, memo, table, union
from support.service import Site, text_of

from dossier.campaign import SUMMARY
from dossier.model import Verdict
from store import contents

pytestmark = pytest.mark.dovecot

_HOUR = timedelta(hours=1)
_MISSING_TABLE = "Chưa có Bảng tổng hợp tóm tắt sáng kiến"
_MISSING_MEMO = "Chưa có Tờ trình"


def send_memo(site: Site) -> str:
    site.deliver(mail("BVDN", {"To trinh.docx": memo("BVDN")}, name="thu-1"), IN_TIME)
    return answer(site)


def send_incomplete_table(site: Site) -> str:
    """From the union's other address, with an empty cell in a mandatory column."""
    files = {"Bang tong hop.docx": table("BVDN", TWO, {2: SUMMARY})}
    at = IN_TIME + _HOUR
    site.deliver(mail("BVDN", files, at, name="thu-2", sender=union("BVDN").addresses[1]), at)
    return answer(site)


def send_corrected_table(site: Site) -> str:
    at = IN_TIME + 2 * _HOUR
    site.deliver(mail("BVDN", {"Bang da sua.docx": table("BVDN", TWO)}, at, name="thu-3"), at)
    return answer(site)


def answer(site: Site) -> str:
    """The text of the letter that the newest message got."""
    before = len(site.relay.received)
    site.once()
    assert len(site.relay.received) == before + 1
    return text_of(site.delivered()[-1])


@pytest.fixture
def serving(site: Site) -> Site:
    site.once()
    return site


def test_each_letter_says_what_is_still_missing(serving: Site) -> None:
    first = send_memo(serving)
    assert (_MISSING_TABLE in first, _MISSING_MEMO in first) == (True, False)
    second = send_incomplete_table(serving)
    assert (_MISSING_TABLE in second, _MISSING_MEMO in second) == (False, False)
    assert "Sáng kiến thứ 2" in second
    assert "To trinh.docx" in second, "the memo of the first message is told as what counts"
    third = send_corrected_table(serving)
    assert "Đã nhận đủ văn bản, đúng hạn (qua thư điện tử)" in third
    assert "Sáng kiến thứ 2" not in third
    assert len({letter["Message-ID"] for letter in serving.delivered()}) == 3


def test_three_messages_from_two_addresses_make_one_dossier_of_three_revisions(serving: Site) -> None:
    send_memo(serving)
    send_incomplete_table(serving)
    send_corrected_table(serving)
    (dossier,) = serving.dossiers()
    revisions = serving.revisions("BVDN")
    assert [one.assessment.verdict for one in revisions] == [Verdict.DEFICIENT, Verdict.DEFICIENT, Verdict.ACCEPTED]
    assert [[found.code for found in one.assessment.findings] for one in revisions] == [
        ["missing-summary-table"],
        ["incomplete-row"],
        [],
    ]
    assert (dossier.code, dossier.revision, dossier.received_at) == ("SK39-001", 3, IN_TIME + 2 * _HOUR)
    own, other = union("BVDN").addresses[:2]
    assert [one.recipient for one in serving.relay.received] == [own, other, own]
    told = {text_of(letter).partition("Mã hồ sơ: ")[2].partition(" ")[0] for letter in serving.delivered()}
    assert told == {"SK39-001"}
    serving.assert_sound()


def test_three_messages_found_in_one_look_make_the_same_dossier(serving: Site) -> None:
    """In the order of their receipt, not in that of the mailbox."""
    at = [IN_TIME + hours * _HOUR for hours in range(3)]
    serving.deliver(mail("BVDN", {"Bang da sua.docx": table("BVDN", TWO)}, at[2], name="thu-3"), at[2])
    serving.deliver(mail("BVDN", {"Bang.docx": table("BVDN", TWO, {2: SUMMARY})}, at[1], name="thu-2"), at[1])
    serving.deliver(mail("BVDN", {"To trinh.docx": memo("BVDN")}, at[0], name="thu-1"), at[0])
    serving.once()
    verdicts = [one.assessment.verdict for one in serving.revisions("BVDN")]
    assert verdicts == [Verdict.DEFICIENT, Verdict.DEFICIENT, Verdict.ACCEPTED]
    assert len(serving.relay.received) == 3


def test_a_worse_table_after_the_deadline_changes_nothing_and_the_letter_says_so(serving: Site) -> None:
    send_memo(serving)
    send_corrected_table(serving)
    before, late = serving.dossier("BVDN"), DEADLINE + _HOUR
    assert before is not None
    serving.deliver(mail("BVDN", {"Bang xau.docx": table("BVDN", TWO, {1: SUMMARY})}, late, name="thu-4"), late)
    letter = answer(serving)
    after = serving.dossier("BVDN")
    assert after is not None
    assert (after.verdict, after.complete, after.in_time, after.received_at) == (
        Verdict.ACCEPTED,
        True,
        True,
        before.received_at,
    )
    assert [one.supplement for one in serving.revisions("BVDN")] == [False, False, True]
    with serving.store.reading() as conn:
        kept = contents.initiatives_of(conn, after.id)
    assert [one.cells[SUMMARY] for one in kept] == [one.summary for one in TWO]
    assert "không thay thế văn bản đã nhận" in letter
    assert "kết quả đó được giữ nguyên" in letter
    assert "Sáng kiến thứ 1" not in letter


def test_what_is_completed_after_the_deadline_is_late_and_both_times_are_told(serving: Site) -> None:
    send_memo(serving)
    late = DEADLINE + _HOUR
    serving.deliver(mail("BVDN", {"Bang.docx": table("BVDN", TWO)}, late, name="thu-2"), late)
    letter = answer(serving)
    dossier = serving.dossier("BVDN")
    assert dossier is not None
    assert (dossier.verdict, dossier.complete, dossier.in_time) == (Verdict.LATE, True, False)
    assert "09 giờ 12 phút 05 giây, ngày 16/4/2021" in letter
    assert "00 giờ 59 phút 59 giây, ngày 21/4/2021" in letter


def test_a_strangers_table_with_the_dossiers_code_in_its_subject_joins_nothing(serving: Site) -> None:
    send_memo(serving)
    subject = "Re: [SK39-001] Thông báo đề nghị bổ sung"
    stranger = "hoa.cn1988@webmail.example"
    serving.deliver(
        mail("BVDN", {"Bang.docx": table("BVDN", TWO)}, name="thu-2", sender=stranger, subject=subject), IN_TIME
    )
    letter = answer(serving)
    assert serving.outcomes() == ["joined", "waiting"]
    assert len(serving.revisions("BVDN")) == 1
    assert serving.relay.received[-1].recipient == stranger
    assert "SK39-" not in letter
    assert union("BVDN").name not in letter
    assert "SK39-" not in str(serving.delivered()[-1]["Subject"])
