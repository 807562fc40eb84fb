"""A campaign from its first mail to the outgoing proposal, with a clock that moves; figures were worked out by hand.

34 unions and 60 messages (`support.played`), then what staff do: paper copies, an address confirmed, a message given to
its union, an extension, a late dossier accepted, a dispute and a complaint, two days of selection, points, the list.
"""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import docx
import pytest
from support.dossier_mail import CAMPAIGN
from support.office import Office
from support.played import (
    ASSIGNED,
    AT_ONCE,
    EXTENDED,
    IN_TWO,
    LATE,
    MENDED,
    ON_PAPER,
    SILENT,
    STRANGER,
    STRANGERS,
    UNIONS,
    at,
    posted,
)
from support.smtp import Relay

from dossier.decisions import ObjectionKind, Outcome, RulingKind, Way
from dossier.digest import Group
from dossier.model import Kind, Verdict
from dossier.reminders import Plan
from dossier.targets import Measure
from intake.assign import assign_message
from intake.confirm import Decision, confirm_sender
from intake.decisions import Who
from intake.digest import digest
from intake.examine import By, Giving, give
from intake.extend import extend, moved_dossiers
from intake.objecting import end_objection, raise_objection
from intake.paper import record_paper, withdraw_paper
from intake.proposing import Heading, proposal_of
from intake.remind import remind
from intake.ruling import rule
from intake.shortlisting import freeze, shortlist
from intake.targets import progress
from intake.valid import standings, take_snapshot
from reports.proposal import proposal
from store import contents, dossiers, reminders, snapshots, verification, waiting
from store.engine import Store
from store.paper import NewPaper

THU = Who("Nguyễn Thị Thư", "theo dõi hồ sơ kế hoạch 39/CĐN")
REMINDED = Plan((7, 3, 1), time(8))
BOTH = (Kind.MEMO, Kind.SUMMARY_TABLE)
MORNING = time(7, 30)


@dataclass
class Play:
    """The office, day by day."""

    office: Office
    relay: Relay

    def until(self, moment: datetime) -> None:
        """All mail until then is received, judged and answered; unions are reminded each morning at eight."""
        while self.mail and self.mail[0].at <= moment:
            self.morning(self.mail[0].at)
            one = self.mail.pop(0)
            self.office.now = one.at + timedelta(seconds=20)
            self.office.receives(one.content, one.at)
            self.office.judges()
            self.office.sends(self.relay.port)
        self.morning(moment)
        self.office.now = moment

    def morning(self, moment: datetime) -> None:
        while (eight := self.eight) <= moment:
            self.office.now, self.eight = eight, eight + timedelta(days=1)
            remind(self.office.store, (CAMPAIGN,), REMINDED, self.office.desk().writing, lambda: self.office.now)
            self.office.sends(self.relay.port)

    def __post_init__(self) -> None:
        self.mail, self.eight = posted(), at(9, 8)

    @property
    def store(self) -> Store:
        return self.office.store

    def paper(self, code: str, arrived: datetime, way: Way = Way.POST) -> int:
        new = NewPaper(way, arrived, "Nguyễn Thị Thư", BOTH, complete=True)
        _, stored = record_paper(self.store, CAMPAIGN, code, new, THU, self.office.now)
        return stored.decided.number

    def verdicts(self) -> dict[str, Verdict | None]:
        with self.store.reading() as conn:
            return {one.union: one.verdict for one in dossiers.listed(conn, CAMPAIGN.key, limit=100)}

    def invalid(self, moment: datetime) -> dict[str, tuple[str, ...]]:
        """Union → the parts that do not hold."""
        with self.store.reading() as conn:
            return {
                one.dossier.union: tuple(part.part.value for part in one.validity.parts if not part.holds)
                for one in standings(conn, CAMPAIGN, moment)
                if not one.validity.valid
            }


@pytest.fixture
def play(store: Store) -> Iterator[Play]:
    with Relay() as relay:
        yield Play(Office(store), relay)


def test_a_campaign_from_its_first_mail_to_its_proposal(play: Play) -> None:
    before_the_deadline(play)
    the_day_after(play)
    papers_and_late_ones(play)
    disputes_and_days_of_selection(play)
    examined_and_proposed(play)
    in_the_end(play)


def before_the_deadline(play: Play) -> None:
    play.until(at(12, 16))
    by = Decision(STRANGERS, THU.by, "gọi điện xác nhận với chủ tịch CĐCS")
    done = confirm_sender(play.store, CAMPAIGN, play.office.desk().judging.own, by, STRANGER, play.office.now)
    assert (done.new, done.reopened) == (True, 1)
    play.office.judges()
    assert play.verdicts()[STRANGER] is Verdict.ACCEPTED
    play.until(at(19, 14))
    assert Counter(play.verdicts().values()) == {Verdict.ACCEPTED: 20 + 5 + 2 + 1}
    play.paper(ON_PAPER, at(19, 11), Way.HAND)
    moved = Who(THU.by, "đơn vị đang điều trị cách ly")
    assert extend(play.store, CAMPAIGN, at(23, 23, 59, 59), EXTENDED, moved, play.office.now) == (EXTENDED, True)
    assert moved_dossiers(play.store, CAMPAIGN) == []


def the_day_after(play: Play) -> None:
    """What staff read on the morning after the deadline."""
    play.until(at(21, 7, 30))
    found = digest(play.store, CAMPAIGN, at(20, 7, 30), at(21, 7, 30))
    assert (found.asked, found.sent, found.days_left, found.is_past) == (34, 29, -1, True)
    assert [one.code for one in found.silent if not one.paper] == [*LATE, EXTENDED, ASSIGNED, SILENT]
    assert [one.code for one in found.silent if one.paper] == [ON_PAPER]  # nothing of it came by email
    assert found.messages == 1  # the stranger's, of the last evening
    doubtful = next(one for one in found.sections if one.group is Group.DOUBTFUL)
    assert len(doubtful.entries) == 1
    with play.store.reading() as conn:
        (waits,) = waiting.unresolved(conn, campaign=CAMPAIGN.key)
    assert assign_message(play.store, CAMPAIGN, waits.message_id, ASSIGNED, THU, play.office.now) == 1
    play.office.judges()
    assert play.verdicts()[ASSIGNED] is Verdict.ACCEPTED  # its own time of receipt counts: 20:00 on the last day


def papers_and_late_ones(play: Play) -> None:
    play.until(at(24, 9))
    verdicts = play.verdicts()
    assert [verdicts[code] for code in LATE] == [Verdict.LATE] * 2
    assert verdicts[EXTENDED] is Verdict.ACCEPTED
    for code in (*AT_ONCE, *IN_TWO, MENDED[0], LATE[0], ASSIGNED):
        play.paper(code, at(20, 15))
    play.paper(MENDED[1], at(22, 9))  # two days late
    play.paper(EXTENDED, at(22, 16), Way.HAND)
    slip = play.paper(AT_ONCE[2], at(20, 16))
    withdraw_paper(play.store, CAMPAIGN, slip, Who(THU.by, "nhập hai lần"), play.office.now)
    why = Who("Trần Văn Chủ", "mất mạng toàn huyện tối 20/4, có xác nhận")
    done = rule(play.store, CAMPAIGN, LATE[0], RulingKind.ACCEPT, play.office.desk().writing, why, play.office.now)
    assert (done.before, done.revision.assessment.verdict) == (Verdict.LATE, Verdict.ACCEPTED)
    assert done.revision.assessment.in_time is False  # what the clock said stays beside it
    play.office.sends(play.relay.port)


def disputes_and_days_of_selection(play: Play) -> None:
    """Valid: 31 accepted, less those without paper in time or with an objection that stands on the day."""
    play.office.now, day = at(25, 10), date(2021, 4, 25)
    raised: dict[ObjectionKind, int] = {}
    for code, row, kind in ((AT_ONCE[0], 1, ObjectionKind.AUTHORSHIP), (AT_ONCE[1], 2, ObjectionKind.CONTENT)):
        one = raise_objection(
            play.store, CAMPAIGN, code, row, kind, THU, play.office.now, raised_by="Phạm Văn Giả", raised_on=day
        )
        raised[kind] = one.decided.number
    play.office.now = at(28, 17)
    take_snapshot(play.store, CAMPAIGN, play.office.now, THU, play.office.now)
    ended = Who(THU.by, "biên bản làm việc ngày 04/5")
    end_objection(play.store, CAMPAIGN, raised[ObjectionKind.AUTHORSHIP], Outcome.DISMISSED, ended, at(4, 9, month=5))
    play.office.now = at(5, 8, month=5)
    last = take_snapshot(play.store, CAMPAIGN, play.office.now, THU, play.office.now)
    lacking = {
        AT_ONCE[1]: ("no-complaint",),
        MENDED[1]: ("paper",),
        LATE[1]: ("in-time", "paper"),
        STRANGER: ("paper",),
        ON_PAPER: ("in-time", "complete"),
    }
    assert play.invalid(at(5, 8, month=5)) == lacking
    assert play.invalid(at(28, 17)) == {AT_ONCE[0]: ("no-dispute",), **lacking}
    with play.store.reading() as conn:
        kept = [snapshots.rows_of(conn, one.number) for one in snapshots.listed(conn, CAMPAIGN.key)]
        assert last.number in {one.number for one in snapshots.listed(conn, CAMPAIGN.key)}
    assert sorted(sum(row.valid is True for row in rows) for rows in kept) == [27, 28]


def examined_and_proposed(play: Play) -> None:
    """The best belongs to a dossier with a complaint; of AT_ONCE[2] the quota lets one through."""
    given = {
        (AT_ONCE[0], 1): ((28, 36, 17, 9), (30, 34, 18, 8)),  # 90, 90
        (AT_ONCE[1], 1): ((30, 38, 19, 8), (30, 38, 19, 8)),  # 95, 95: not valid
        (AT_ONCE[2], 1): ((28, 34, 17, 8), (29, 34, 18, 8)),  # 87, 89
        (AT_ONCE[2], 2): ((28, 35, 18, 8), (28, 35, 18, 8)),  # 89, 89
        (AT_ONCE[3], 1): ((20, 30, 12, 8), (20, 30, 13, 7)),  # 70, 70
    }
    entered, at_five = By(THU.by, "phiếu chấm ngày 05/5"), at(5, 16, month=5)
    keys = [one.key for one in CAMPAIGN.examination.criteria] if CAMPAIGN.examination else []
    for place, examiner in enumerate(("Trần Thị Bình", "Lê Văn Cường")):
        givings = [
            Giving(code, row, dict(zip(keys, map(Decimal, points[place]), strict=True)))
            for (code, row), points in given.items()
        ]
        give(play.store, CAMPAIGN, examiner, givings, entered, at_five)
    with play.store.reading() as conn:
        chosen = shortlist(conn, CAMPAIGN, at(5, 8, month=5)).chosen
    assert [(one.standing.dossier.union, one.standing.initiative.row) for one in chosen] == [
        (AT_ONCE[0], 1),
        (AT_ONCE[2], 2),
    ]
    assert [one.standing.result.average for one in chosen] == [Decimal(90), Decimal(89)]
    freeze(play.store, CAMPAIGN, at(5, 8, month=5), entered, at_five)
    with play.store.reading() as conn:
        found = proposal_of(conn, CAMPAIGN, Heading("15"), at(6, 8, month=5))
    told = "\n".join(line.text for line in docx.Document(io.BytesIO(proposal(found).memo)).paragraphs)
    # of 63 not: of the dossier with the complaint 3; of the late paper, the late one and the stranger 2 each
    for line in (
        "Số công đoàn cơ sở gửi hồ sơ: 33/34 đơn vị, đạt 97,1%.",
        "Số hồ sơ hợp lệ tính đến ngày 05/5/2021: 28 hồ sơ.",
        "63 sáng kiến, trong đó 54 sáng kiến thuộc hồ sơ hợp lệ; 05 sáng kiến đã được chấm điểm.",
        "02 sáng kiến của 02 công đoàn cơ sở, điểm bình quân từ 89,00 đến 90,00 điểm.",
    ):
        assert line in told, told
    written = docx.Document(io.BytesIO(proposal(found).table))
    cells = {cell.text for table in written.tables for row in table.rows for cell in row.cells}
    for one in chosen:
        assert one.standing.initiative.title in cells


def in_the_end(play: Play) -> None:
    outcomes = Counter(play.office.outcomes())
    assert outcomes == {"joined": 47, "correspondence": 5, "ignored": 5, "duplicate-of": 3}
    verdicts = Counter(play.verdicts().values())
    assert verdicts == {Verdict.ACCEPTED: 31, Verdict.LATE: 1, None: 1}
    told = {one.target.key: one for one in progress(play.store, CAMPAIGN, at(6, 8, month=5)).standings}
    assert {key: (one.value, one.base) for key, one in told.items() if one.target.measure is not Measure.RECORDED} == {
        "taking-part": (33, 34),
        "per-union": (63, 34),
        "initiatives": (63, None),
        "proposals": (2, None),
    }
    with play.store.reading() as conn:
        every = list(contents.every_initiative(conn, CAMPAIGN.key))
        assert len(every) == 20 * 2 + 5 + 5 * 1 + 2 * 2 + 2 * 2 + 1 + 2 + 2
        assert sum(one.benefit.low or 0 for one in every) == 32 * 10_000_000
        arrivals = [one.arrival_number for one in dossiers.listed(conn, CAMPAIGN.key, limit=100)]
        assert (len(arrivals), len(set(arrivals))) == (33, 33)
        reminded = Counter(one.day for one in reminders.since(conn, CAMPAIGN.key, date(2021, 4, 1)))
        assert reminded == {
            date(2021, 4, 13): 13,
            date(2021, 4, 17): 8,
            date(2021, 4, 19): 8,
            date(2021, 4, 20): 1,
            date(2021, 4, 22): 1,
        }
        assert verification.verify(conn).broken is None
        assert list(verification.verify_records(conn)) == []
    assert set(play.office.states()) == {"sent"}
    assert len(play.relay.received) == len(play.office.letters())
    assert Counter(one.kind for one in play.office.letters()) == {
        # whole ones and new tables, tables behind memos, mended, extended, confirmed, assigned, ruled on, late tables
        "acknowledgement": 20 + 5 + 5 + 2 + 1 + 1 + 1 + 1 + 3,
        "deficiency": 5 + 2 + 2,  # memos alone, tables with an empty cell, too late
        "unverified-acknowledgement": 2,
        "reminder": 2 * 31,  # each union has two addresses
    }
    assert {len(one.addresses) for one in CAMPAIGN.roster.unions} == {2}
    assert len(UNIONS) == 34
