"""A digest with something in each of its parts."""

from datetime import datetime, timedelta

from dossier.digest import Comparison, Digest, Entry, Group, Section, Silent
from dossier.health import Cause, Complaint
from dossier.reminders import Need, Slot, Upcoming
from dossier.targets import Measure, Standing, State, Target

NOW = datetime.fromisoformat("2021-04-16T00:30:00+00:00")


def _upcoming(text: str, need: Need, addresses: tuple[str, ...]) -> Upcoming:
    slot = Slot(NOW.date() + timedelta(days=1), 3, NOW + timedelta(days=1))
    return Upcoming("TTLK", text, need, ("missing-memo", text), addresses, slot)


def _standing(text: str) -> Standing:
    target = Target("sent", text, Measure.TAKING_PART, text, 100, by=NOW.date())
    return Standing(target, 32, 34, State.OPEN, unrecorded=("A", "B"))


def made(text: str = "Bệnh viện Đa khoa Đồng Nai") -> Digest:
    """One entry of each kind; `text` is what was received."""
    groups = tuple(
        Section(group, (Entry("SK39-007", text, (text, "late"), NOW, fresh=True),), more=group is Group.HELD)
        for group in Group
    )
    return Digest(
        campaign="75 nghìn sáng kiến, vượt khó, phát triển",
        organisation="Công đoàn ngành Y tế Đồng Nai",
        zone="Asia/Ho_Chi_Minh",
        since=NOW - timedelta(days=1),
        until=NOW,
        deadline=datetime.fromisoformat("2021-04-20T23:59:59+07:00"),
        sections=groups,
        messages=9,
        asked=34,
        silent=(Silent("TTLK", text, (text,)), Silent("BVTN", "Bệnh viện Thống Nhất", ())),
        comparisons=(Comparison(text, NOW, 142, 142),),
        head="-----BEGIN HOSO AUDIT HEAD-----\nEvent: 9\n-----END HOSO AUDIT HEAD-----\n",
        targets=(_standing(text),),
        upcoming=tuple(_upcoming(text, need, addresses) for need in Need for addresses in ((text,), ())),
        complaints=(Complaint(Cause.NO_POLL, "", text, text),),
    )
