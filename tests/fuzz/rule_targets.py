"""The rules on dossiers that are made of bytes: what is promised of every one of them, whatever it holds."""

import hashlib
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from fuzz.choices import Choices
from fuzz.files import campaign
from support.dossiers import OWN_ADDRESS, OWN_NAME, VIETNAM, document, submission

from dossier.assessment import JudgingContext, judge_alone
from dossier.autoreply import OwnIdentity
from dossier.campaign import Campaign
from dossier.composition import DossierState, compose
from dossier.deadline import DeadlineInForce, Extension, Receipt, deadline_in_force, in_time, margin, receipt
from dossier.mail import Hop
from dossier.model import Document, Kind, Memo, Problem, Reply, Row, SummaryTable, Verdict
from dossier.replacement import Contribution, Role

_UNION = "BVP"
_MOST_MESSAGES, _MOST_FILES, _MOST_ROWS = 5, 3, 4
_FILES = ("To trinh.docx", "Bang tong hop.docx", "bang.xlsx", "scan.pdf", "ho so.zip", "")
_WORDS = ("", "Em gửi kèm hồ sơ", "Em cảm ơn", "gửi lại bảng tổng hợp", "75 nghìn sáng kiến", "39/CĐN", "…………")
_CELLS = (
    *("", "-", "…", "Cải tiến quy trình", "Cải tiến quy trình sấy", "Lò hấp mới", "Nguyễn Văn An", "Trần Thị Bình"),
    *("Tháng 3/2021", "Tháng 9/2021", "Quý I/2021", "2019", "đang triển khai", "150 triệu", "x" * 1200),
)
_HEADERS = ("auto-submitted", "precedence", "list-id", "x-auto-response-suppress", "x-hoso-loop")
_VALUES = ("no", "auto-replied", "bulk", "All", "<list.example>", "junk (comment)", "")
_PROBLEMS = (None, None, None, None, None, *Problem)
_DOUBTS: tuple[tuple[str, ...], ...] = ((), (), (), ("a header was read without certainty",))
_ADDRESSES = (OWN_ADDRESS, OWN_ADDRESS, "stranger@elsewhere.example", None, "mailer-daemon@dongnai-yte.example")


def generated() -> tuple[bytes, ...]:
    """Some of each length, the same each time."""
    chance = random.Random("rules")
    return (b"", *(chance.randbytes(length) for length in (8, 16, 32, 64, 64, 128, 128, 256, 256, 512, 512)))


def run(content: bytes) -> None:
    choices = Choices(content)
    here = campaign()
    deadline = _deadline(choices, here)
    _times(choices, deadline.at)
    contributions = [
        _contribution(choices, here, deadline.at, number) for number in range(1 + choices.number(_MOST_MESSAGES - 1))
    ]
    for one in contributions:
        _alone(one, here)
    state = compose(contributions, here, deadline, _UNION)
    again = compose(list(reversed(contributions)), here, deadline, _UNION)
    assert state == again, "the order in which messages are processed decides nothing"
    _keeps_promises(state, contributions, here, deadline)


def _deadline(choices: Choices, here: Campaign) -> DeadlineInForce:
    made = [
        Extension(_moment(choices, here.deadline), "lý do", choices.of((None, _UNION, "BVK")))
        for _ in range(choices.number(2))
    ]
    found = deadline_in_force(here, made, _UNION)
    ours = [one.until for one in made if one.union in (None, _UNION)]
    assert all(in_time(one, found.at) for one in (here.deadline, *ours)), "an extension never shortens"
    return found


def _times(choices: Choices, deadline: datetime) -> None:
    at = _moment(choices, deadline)
    assert in_time(at, deadline) == (margin(at, deadline) >= timedelta(0))
    assert in_time(at, deadline) == in_time(at.astimezone(UTC), deadline.astimezone(VIETNAM))


def _moment(choices: Choices, near: datetime) -> datetime:
    seconds = choices.of((0, 1, -1, 2, 599, 600, 601, 3600, 86400, 86400 * 40))
    sign = choices.of((1, -1))
    zone = choices.of((VIETNAM, UTC))
    return (near + timedelta(seconds=sign * seconds, milliseconds=choices.of((0, 1, 999)))).astimezone(zone)


def _contribution(choices: Choices, here: Campaign, deadline: datetime, number: int) -> Contribution:
    name = choices.of((f"message {number}", f"message {number}", "message 0"))
    documents = tuple(_document(choices, str(part)) for part in range(2, 2 + choices.number(_MOST_FILES)))
    came = submission(
        *documents,
        sender=choices.of(_ADDRESSES),
        name=name,
        subject=choices.text(_WORDS),
        own_words=choices.text(_WORDS),
        drive_links=choices.of(((), (), ("https://drive.google.com/file/d/1",))),
        problems=choices.of(((), (), ("too many parts",))),
        headers=tuple((choices.of(_HEADERS), choices.text(_VALUES)) for _ in range(choices.number(2))),
    )
    # the same mail over another way has another digest of its bytes
    sha256 = hashlib.sha256(f"{name}/{number}".encode()).hexdigest()
    return Contribution(
        replace(came, sha256=sha256), _receipt(choices, deadline), number, accepted=not choices.number(5)
    )


def _receipt(choices: Choices, deadline: datetime) -> Receipt:
    at, hop = _moment(choices, deadline), _moment(choices, deadline)
    server = choices.of((at, at, at, None))
    hops = choices.of(((), (Hop("mail.cdyte-dongnai.example", hop),), (Hop("elsewhere.example", hop),)))
    return receipt(server, hops, ("mail.cdyte-dongnai.example",))


def _document(choices: Choices, part: str) -> Document:
    kinds = choices.of(((Kind.MEMO,), (Kind.SUMMARY_TABLE,), (Kind.MEMO, Kind.SUMMARY_TABLE), (Kind.OTHER,)))
    problem = choices.of(_PROBLEMS)
    if problem is not None:
        return document(choices.of(_FILES), part, read_by=None, problem=problem)
    issuer = choices.of((OWN_NAME, OWN_NAME, None, "CĐCS Bệnh viện đa khoa Thống Nhất"))
    memo = Memo(issuer=issuer, number=choices.of(("12/TTr-CĐCS", None)), stated_count=choices.of((None, 1, 2)))
    return document(
        choices.of(_FILES),
        part,
        *kinds,
        memo=memo if Kind.MEMO in kinds else None,
        table=_table(choices) if Kind.SUMMARY_TABLE in kinds else None,
        doubts=choices.of(_DOUBTS),
        inline=not choices.number(7),
        read_by=choices.of(("docx", "docx", "ocr", "spreadsheet")),
    )


def _table(choices: Choices) -> SummaryTable:
    keys = [column.key for column in campaign().columns]
    present = [key for key in keys if choices.number(15)]
    rows = tuple(Row({key: choices.text(_CELLS) for key in present}) for _ in range(choices.number(_MOST_ROWS)))
    return SummaryTable({key: key for key in present}, rows, stated_total=choices.of((None, None, 1, 2)))


def _alone(one: Contribution, here: Campaign) -> None:
    own = OwnIdentity((here.contact.email,), "cdyte-dongnai.example")
    found = judge_alone(one.submission, one.receipt, here, JudgingContext(own))
    assert not found.automatic or found.reply is Reply.NONE, "no answer to a machine (P7)"
    assert found.verdict is not Verdict.ACCEPTED or (found.complete and found.in_time)
    assert found.verdict is not Verdict.ACCEPTED or found.known_sender, "a stranger is never accepted unseen (P11)"


def _keeps_promises(
    state: DossierState, contributions: list[Contribution], here: Campaign, deadline: DeadlineInForce
) -> None:
    told = state.assessment
    assert told.verdict is not Verdict.ACCEPTED or (told.complete and told.in_time)
    assert set(state.roles) <= {one.message for one in contributions}
    assert all(state.roles[message] is Role.LATE_SUPPLEMENT for message in state.late_supplements)
    if state.completed_at is None or not in_time(state.completed_at, deadline.at):
        return
    late = {one.submission.content_digest for one in contributions if one.message in state.late_supplements}
    early = [one for one in contributions if one.submission.content_digest not in late]
    without = compose(early, here, deadline, _UNION)
    assert without.in_force == state.in_force, "after the deadline nothing replaces what was complete in time"
    assert without.assessment == told
