"""Which letter answers, how often, and to which campaign a message belongs."""

from dataclasses import replace
from datetime import timedelta

import pytest
from support.dossiers import IN_TIME, campaign, memo, row, submission, table

from dossier.assessment import JudgingContext, judge_alone
from dossier.campaign import Recognition, Roster
from dossier.deadline import receipt
from dossier.findings import POLICY, finding, may_be_told
from dossier.letter import LetterKind
from dossier.limits import DailyLimits, daily_limit, may_send, sender_key
from dossier.model import Assessment, Reply, Severity, Submission
from dossier.recognition import candidates
from dossier.reply import letter_by_hand, letter_kind


def judged(message: Submission) -> Assessment:
    return judge_alone(message, receipt(IN_TIME, ()), campaign(), JudgingContext())


WHOLE = (memo(), table(row()))
STRANGER = "ai.do@webmail.example"


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        (submission(*WHOLE), LetterKind.ACKNOWLEDGEMENT),
        (submission(memo()), LetterKind.DEFICIENCY),
        (submission(*WHOLE, sender=STRANGER), LetterKind.UNVERIFIED_ACKNOWLEDGEMENT),
        (submission(memo(), sender=STRANGER), LetterKind.UNVERIFIED_DEFICIENCY),
        (submission(own_words="Cảm ơn"), None),
        (submission(*WHOLE, headers=(("precedence", "bulk"),)), None),
        (submission(*WHOLE, headers=(("x-auto-response-suppress", "All"),)), None),
    ],
)
def test_the_letter_follows_the_verdict_and_the_sender(message: Submission, kind: LetterKind | None) -> None:
    assert letter_kind(judged(message)) is kind


def test_the_dossier_as_a_whole_decides_what_a_known_sender_is_told() -> None:
    table_alone, whole = judged(submission(table(row()))), judged(submission(*WHOLE))
    assert letter_kind(table_alone, whole) is LetterKind.ACKNOWLEDGEMENT
    assert letter_kind(replace(table_alone, known_sender=False), whole) is LetterKind.UNVERIFIED_DEFICIENCY


def test_no_letter_speaks_for_one_of_two_campaigns_that_could_be_meant() -> None:
    message = submission(memo())
    context = JudgingContext(meant=("Chương trình A", "Chương trình B"))
    unclear = judge_alone(message, receipt(IN_TIME, ()), campaign(), context)
    assert letter_kind(unclear) is None
    assert letter_by_hand(unclear) is None


def test_a_person_may_send_what_was_suppressed_but_nothing_to_what_is_surely_a_machine() -> None:
    suppressed = judged(submission(*WHOLE, headers=(("x-auto-response-suppress", "All"),)))
    assert suppressed.reply is Reply.NONE
    assert letter_by_hand(suppressed) is LetterKind.ACKNOWLEDGEMENT
    passed_on = judged(submission(*WHOLE, headers=(("auto-submitted", "auto-generated"), ("precedence", "bulk"))))
    assert passed_on.reply is Reply.NONE
    assert letter_by_hand(passed_on) is LetterKind.ACKNOWLEDGEMENT
    assert letter_by_hand(judged(submission(*WHOLE, return_path="<>"))) is None
    assert letter_by_hand(judged(submission(*WHOLE, headers=(("x-hoso-loop", "1"),)))) is None
    assert letter_by_hand(judged(submission(own_words="Cảm ơn"))) is None
    assert letter_by_hand(judged(submission(table(row()))), judged(submission(*WHOLE))) is LetterKind.ACKNOWLEDGEMENT


@pytest.mark.parametrize(
    ("known", "files", "limit"), [(True, True, 10), (True, False, 3), (False, True, 3), (False, False, 3)]
)
def test_three_letters_a_day_and_ten_for_new_files_of_known_addresses(known: bool, files: bool, limit: int) -> None:
    assert daily_limit(known, files) == limit
    assert may_send(limit - 1, known, files)
    assert not may_send(limit, known, files)


def test_a_robot_that_answers_every_letter_gets_three_in_a_thousand_rounds() -> None:
    sent = 0
    for _ in range(1000):
        sent += may_send(sent, known=False, brings_new_files=False)
    assert sent == 3


def test_limits_are_settings_and_never_below_one() -> None:
    assert may_send(4, known=True, brings_new_files=False, limits=DailyLimits(ordinary=5))
    with pytest.raises(ValueError, match="at least 1"):
        DailyLimits(ordinary=0)
    with pytest.raises(ValueError, match="cannot"):
        may_send(-1, known=True, brings_new_files=True)


def other_campaign(**recognition: tuple[str, ...]):  # type: ignore[no-untyped-def]
    return campaign(key="other", name="Lao động giỏi", recognition=Recognition(**recognition))


def test_a_message_for_the_one_campaign_there_is_needs_no_words() -> None:
    assert candidates(submission(subject=""), (campaign(),)) == (campaign(),)


def test_the_address_written_to_tells_the_campaign_and_then_the_words() -> None:
    ours = campaign()
    theirs = other_campaign(recipients=("laodong@cdyte.example",), phrases=("lao dong gioi",))
    assert candidates(submission(), (ours, theirs)) == (ours,)
    assert candidates(submission(recipients=("LaoDong@cdyte.example",)), (ours, theirs)) == (theirs,)
    neither = submission(recipients=("x@y.example",), subject="Hồ sơ LAO ĐỘNG GIỎI")
    assert candidates(neither, (ours, theirs)) == (theirs,)


def test_two_campaigns_at_one_address_are_told_apart_by_words_or_not_at_all() -> None:
    ours = campaign()
    theirs = other_campaign(recipients=("sangkien@cdyte-dongnai.example",), phrases=("lao dong gioi",))
    assert candidates(submission(own_words="theo Kế hoạch số 39/CĐN"), (ours, theirs)) == (ours,)
    assert candidates(submission(own_words="gửi hồ sơ"), (ours, theirs)) == (ours, theirs)
    assert candidates(submission(own_words="39/CĐN, lao động giỏi"), (ours, theirs)) == (ours, theirs)


def test_a_union_of_one_campaign_alone_means_that_one() -> None:
    ours, theirs = campaign(roster=Roster(())), other_campaign(recipients=("sangkien@cdyte-dongnai.example",))
    silent = {"own_words": "gửi danh sách", "subject": ""}
    assert candidates(submission(**silent), (ours, theirs)) == (theirs,)
    assert candidates(submission(**silent, sender="x@y.example"), (ours, theirs)) == (ours, theirs)
    assert candidates(submission(own_words="theo Kế hoạch số 39/CĐN"), (ours, theirs)) == (ours,)


def test_only_what_the_policy_allows_is_told_in_a_letter() -> None:
    told = {code for code, policy in POLICY.items() if policy.in_letter}
    assert {code for code in POLICY if POLICY[code].severity is Severity.DEFICIENCY} <= told
    assert not told & {"unverified-sender", "union-mismatch", "receipt-time-disputed", "low-confidence", "seal"}
    assert may_be_told(finding("near-duplicate", values={"scope": "union"}))
    assert not may_be_told(finding("near-duplicate", values={"scope": "unions"}))


def test_a_finding_that_the_policy_does_not_know_is_an_error() -> None:
    with pytest.raises(ValueError, match="no finding is called"):
        finding("missing-everything")
    with pytest.raises(ValueError, match="holds no colour"):
        finding("late", values={"colour": "red"})


def test_a_campaign_long_past_is_meant_only_where_it_is_named() -> None:
    old = campaign(key="old", recognition=Recognition(phrases=("39/cdn",)))
    new = campaign(
        key="new",
        name="Đợt hai",
        opens_at=old.deadline + timedelta(days=300),
        deadline=old.deadline + timedelta(days=330),
    )
    new = replace(new, recognition=Recognition(phrases=("dot hai",)))
    now = old.deadline + timedelta(days=310)
    both = (old, new)
    assert candidates(submission(own_words="gửi hồ sơ", subject=""), both, now) == (new,)
    assert candidates(submission(own_words="theo Kế hoạch số 39/CĐN", subject=""), both, now) == (old,)
    assert candidates(submission(own_words="gửi hồ sơ", subject=""), (old,), now) == (old,), "there is no other"
    before = old.deadline + timedelta(days=100)
    assert candidates(submission(own_words="gửi hồ sơ", subject=""), both, before) == both, "no other runs yet"


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("A.B@Webmail.example", "a.b@webmail.example"),
        ("a.b+tag@webmail.example", "a.b@webmail.example"),
        ("a.b+1@gmail.com", "ab@gmail.com"),
        ("AB@googlemail.com", "ab@gmail.com"),
        ("+x@webmail.example", "+x@webmail.example"),
        ("nobody", "nobody"),
    ],
)
def test_whom_a_letter_counts_for(address: str, key: str) -> None:
    assert sender_key(address) == key
    assert sender_key(key) == key
