"""500 deadlines by seed, each from the mailbox to `hoso why`, against a reckoning by hand (P3, P8; FAULTS.md 13-16)."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from support.by_hand import DAY, HOUR, ZONES, Wall, changes_of, days, utc, wall_of
from support.dossier_mail import CAMPAIGN, mail
from support.office import Here, Office
from support.service import SERVER

from dossier.deadline import Extension
from dossier.mail import Hop
from dossier.model import Submission
from hoso.cli.why import told_of
from store import deadlines, dossiers, revisions
from store.engine import Store

CASES = 500
TOLERANCE = 600
UNION, OTHER = "BVDN", "BVTN"
_STRANGER = "relay.elsewhere.example"
_NEAR = (-1, 0, 1)
_FAR = (-40 * DAY, -DAY, -HOUR, -TOLERANCE - 1, -TOLERANCE, -61, 61, TOLERANCE, TOLERANCE + 1, HOUR, DAY, 40 * DAY)


@dataclass(frozen=True)
class Case:
    """All in seconds since 1970, reckoned by hand, beside what the program is told."""

    number: int
    zone: str
    wall: Wall
    later: bool
    own: int
    """The campaign's deadline."""
    extensions: tuple[tuple[int, str | None], ...]
    """Until when, and for which union."""
    received: int
    server_offset: int
    """Of the mailbox's server, as INTERNALDATE shows it."""
    header: int | None
    by: str
    """Who says the Received header."""
    claimed: int
    machine: int
    """How far this machine's clock is off."""

    @property
    def deadline(self) -> int:
        return max([self.own, *(until for until, union in self.extensions if union in (None, UNION))])

    @property
    def disputed(self) -> bool:
        if self.header is None or self.by != SERVER:
            return False
        apart = abs(self.header - self.received) > TOLERANCE
        return apart or (self.header <= self.deadline) != (self.received <= self.deadline)

    @property
    def verdict(self) -> str:
        if self.disputed:
            return "review"
        return "accepted" if self.received <= self.deadline else "late"


def cases(seed: int) -> Iterator[Case]:
    chance = random.Random(seed)
    for number in range(CASES):
        zone = chance.choice(list(ZONES))
        wall = _wall(chance, zone)
        later = chance.random() < 0.5
        own = utc(wall, zone, later=later)
        extensions = tuple(
            (own + chance.choice([-DAY, 0, 1, HOUR, 3 * DAY]), chance.choice([None, UNION, OTHER]))
            for _ in range(chance.choice([0, 0, 0, 1, 2]))
        )
        case = Case(number, zone, wall, later, own, extensions, 0, 0, None, SERVER, 0, 0)
        received = case.deadline + chance.choice(_NEAR if chance.random() < 0.6 else _FAR)
        header = received + chance.choice([0, 0, 0, 1, -1, TOLERANCE, -TOLERANCE, TOLERANCE + 1, -2 * HOUR, 3 * DAY])
        yield replace(
            case,
            received=received,
            server_offset=chance.choice([0, 7 * HOUR, -8 * HOUR, 5 * HOUR + 2700, 14 * HOUR, -12600]),
            header=chance.choice([None, header, header]),
            by=chance.choice([SERVER, SERVER, _STRANGER]),
            claimed=case.deadline - chance.choice([-DAY, 1, HOUR, 30 * DAY]),
            machine=chance.choice([0, HOUR, -HOUR, 400 * DAY]),
        )


def _wall(chance: random.Random, zone: str) -> Wall:
    """The last second of a day, any second, or one within the hour around a change of clocks."""
    year = chance.randrange(2012, 2030)
    changes = changes_of(zone, year)
    if changes and chance.random() < 0.5:
        change, before, after = chance.choice(changes)
        return wall_of(change + max(before, after) + chance.randrange(-HOUR, HOUR))
    day = wall_of(days(year, 1, 1) * DAY + chance.randrange(365) * DAY)
    if chance.random() < 0.5:
        return replace(day, hour=23, minute=59, second=59)
    return wall_of(day.seconds + chance.randrange(DAY))


@dataclass
class OneReading:
    """The same dossier each time, with the times of the case."""

    brought: Submission
    case: Case

    def read(self, content: bytes) -> Submission:
        case = self.case
        hops = () if case.header is None else (Hop(case.by, moment(case.header)),)
        name = f"case-{case.number}"
        return replace(
            self.brought,
            content_digest=name,
            message_id=f"<{name}@dongnai-yte.example>",
            received=hops,
            date=moment(case.claimed),
            headers=(("x-auto-response-suppress", "All"),),  # no letter: they have tests of their own
        )


def moment(seconds: int, offset: int = 0) -> datetime:
    return datetime.fromtimestamp(seconds, timezone(timedelta(seconds=offset)))


def judged(office: Office, brought: Submission, case: Case) -> dict[str, Any]:
    """One message in a campaign of its own, from the mailbox to what `hoso why --json` tells of it."""
    wall = case.wall
    written = datetime(
        wall.year,
        wall.month,
        wall.day,
        wall.hour,
        wall.minute,
        wall.second,
        tzinfo=ZoneInfo(case.zone),
        fold=int(case.later),
    )
    campaign = replace(
        CAMPAIGN,
        key=f"case-{case.number}",
        zone=case.zone,
        opens_at=written - timedelta(days=60),
        deadline=written,
    )
    office.campaigns = (campaign,)
    office.now = moment(case.received + case.machine + 60)
    with office.store.writing() as tx:
        for until, union in case.extensions:
            extension = Extension(moment(until, case.server_offset), f"vì bão số {case.number}", union)
            deadlines.extend(tx, campaign.key, extension, office.now, by="Lê Thị Thử")
    content = b"Subject: %d\r\n\r\n" % case.number
    office.receives(content, moment(case.received, case.server_offset))
    office.judges(OneReading(brought, case))
    with office.store.reading() as conn:
        dossier = dossiers.of_union(conn, campaign.key, UNION)
        assert dossier is not None
        stood = revisions.latest(conn, dossier.id)
        assert stood is not None
        return told_of(conn, campaign, dossier, stood, office.now)


def wrong(case: Case, told: dict[str, Any]) -> list[str]:
    """What the program says otherwise than the reckoning by hand, or does not explain by what it stored."""
    codes = {one["code"]: one["values"] for one in told["findings"]}
    (message,) = told["messages"]
    late = case.received > case.deadline
    straddles = case.disputed and case.header is not None and (case.header <= case.deadline) == late
    expected = {
        "verdict": (told["verdict"], case.verdict),
        "complete": (told["complete"], True),
        "in time": (told["in_time"], not late),
        "deadline": (seconds(told["deadline"]), case.deadline),
        "received": (seconds(told["received_at"]), case.received),
        "the mailbox's clock": (seconds(message["server_time"]), case.received),
        "our server's header": (seconds(message["header_time"]), case.header if case.by == SERVER else None),
        "the sender's claim": (seconds(message["claimed_at"]), case.claimed),
        "late is told": ("late" in codes, late and not straddles),
        "a dispute is told": ("receipt-time-disputed" in codes, case.disputed),
        "why the deadline moved": (bool(told["moved"]), case.deadline > case.own),
    }
    if "late" in codes:
        both = {name: seconds(datetime.fromisoformat(codes["late"][name])) for name in ("received_at", "deadline")}
        expected["both times of the lateness"] = (both, {"received_at": case.received, "deadline": case.deadline})
    if "receipt-time-disputed" in codes:
        disputed = {seconds(datetime.fromisoformat(one)) for one in codes["receipt-time-disputed"].values()}
        expected["both times of the dispute"] = (disputed, {case.received, case.header})
    for moved in told["moved"]:
        expected["the reason"] = (moved["reason"], f"vì bão số {case.number}")
        expected["until when"] = (seconds(moved["until"]), case.deadline)
    return [f"{name}: {got!r}, by hand {right!r}" for name, (got, right) in expected.items() if got != right]


def seconds(at: datetime | None) -> int | None:
    return None if at is None else int((at.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(seconds=1))


@pytest.mark.timeout(600)  # ten seconds where nothing else runs
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_faults_13_to_16_of_500_deadlines_none_is_wrong_and_each_is_explained_by_what_is_stored(store: Store) -> None:
    office = Office(store)
    brought = Here(office.campaigns).read(mail(UNION))
    drawn = list(cases(seed=20210420))
    found = {case.number: broken for case in drawn if (broken := wrong(case, judged(office, brought, case)))}
    assert found == {}
    assert Counter(case.verdict for case in drawn).keys() == {"accepted", "late", "review"}
    near = [case for case in drawn if abs(case.received - case.deadline) <= 1]
    assert len(near) > CASES / 3
    assert sum(case.deadline > case.own for case in drawn) > CASES / 10
    assert {case.zone for case in near} == set(ZONES)


def test_the_reckoning_by_hand_knows_what_is_in_the_almanac() -> None:
    """Fixed points, so that the second opinion is itself held to something."""
    assert utc(Wall(2021, 4, 20, 23, 59, 59), "Asia/Ho_Chi_Minh") == 1618937999
    assert utc(Wall(2021, 3, 28, 3, 0), "Europe/Berlin") == 1616893200
    assert utc(Wall(2021, 10, 31, 2, 30), "Europe/Berlin") == 1635640200
    assert utc(Wall(2021, 10, 31, 2, 30), "Europe/Berlin", later=True) == 1635643800
    assert utc(Wall(2021, 7, 4, 12, 0), "America/New_York") == 1625414400
    assert utc(Wall(2021, 1, 1), "Australia/Lord_Howe") == 1609419600
    assert wall_of(1618937999) == Wall(2021, 4, 20, 16, 59, 59)
