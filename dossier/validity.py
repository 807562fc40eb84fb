"""Valid (hợp lệ) as of a moment: in time, complete, paper received, nothing raised against an initiative.

"Hồ sơ hợp lệ là những hồ sơ nộp đúng hạn, có đầy đủ các văn bản, tài liệu theo quy định; không có khiếu nại về nội
dung, kết quả sáng kiến đã được công nhận, không có tranh chấp về quyền tác giả tại thời điểm xét chọn." (plan 39/CĐN)

Pure, and from the history alone: what was recorded later, whatever day it tells of, was not known on the day.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from dossier.campaign import Campaign, PaperDue
from dossier.deadline import DeadlineInForce, deadline_in_force, in_time
from dossier.decisions import About, Extended, Objection, PaperCopy, Ruling, RulingKind
from dossier.findings import LATE, RECEIPT_TIME_DISPUTED, RECEIPT_TIME_UNKNOWN, deficiencies
from dossier.model import Assessment
from dossier.moments import require_zone
from dossier.rulings import still_open

_OF_TIME = frozenset({RECEIPT_TIME_DISPUTED, RECEIPT_TIME_UNKNOWN})


class Part(StrEnum):
    """What a valid dossier is made of."""

    IN_TIME = "in-time"
    COMPLETE = "complete"
    PAPER = "paper"
    NO_COMPLAINT = "no-complaint"
    """On the content or the result of an initiative."""
    NO_DISPUTE = "no-dispute"
    """Over the authorship of an initiative."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A revision of the dossier."""

    number: int
    recorded_at: datetime
    assessment: Assessment

    def __post_init__(self) -> None:
        require_zone(recorded_at=self.recorded_at)


@dataclass(frozen=True, slots=True)
class Story:
    """All of a dossier that its validity hangs on; what came after the moment that is asked about does no harm."""

    union: str
    judged: tuple[Judged, ...] = ()
    papers: tuple[PaperCopy, ...] = ()
    objections: tuple[Objection, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    extensions: tuple[Extended, ...] = ()


@dataclass(frozen=True, slots=True)
class PartState:
    part: Part
    holds: bool | None
    """None: a person has to decide."""
    evidence: tuple[str, ...]
    """What says so, in codes: "revision 3", "paper 57", "ruling 61", "objection 64", "nothing judged" …"""
    since: datetime | None
    """When it came to be so; None where it was so before anything was recorded."""


@dataclass(frozen=True, slots=True)
class Validity:
    """Of one dossier at one moment."""

    union: str
    at: datetime
    parts: tuple[PartState, ...]
    """All five, in the order of Part."""
    objections: tuple[Objection, ...]
    """Those that stand: which initiatives they are against is for the selection."""

    @property
    def valid(self) -> bool | None:
        """None where a person still has to decide on a part, and no other part is missing."""
        told = [one.holds for one in self.parts]
        if False in told:
            return False
        return None if None in told else True

    def part(self, part: Part) -> PartState:
        return next(one for one in self.parts if one.part is part)


_Found = tuple[bool | None, tuple[str, ...]]
_Rule = Callable[[Story, Campaign, datetime], _Found]


def validity(story: Story, campaign: Campaign, at: datetime) -> Validity:
    """How the dossier stands at `at` by what was recorded until then, that moment included. Raises ValueError."""
    require_zone(at=at)
    moments = [one for one in _moments(story) if one <= at]
    parts = tuple(_state(part, rule, story, campaign, moments, at) for part, rule in _RULES.items())
    return Validity(story.union, at, parts, tuple(one for one in story.objections if one.stands(at)))


def _state(
    part: Part, rule: _Rule, story: Story, campaign: Campaign, moments: list[datetime], at: datetime
) -> PartState:
    holds, evidence = rule(story, campaign, at)
    since = None
    for moment in reversed(moments):
        if rule(story, campaign, moment)[0] is not holds:
            break
        since = moment
    else:
        since = moments[0] if moments else None
    return PartState(part, holds, evidence, since)


def _moments(story: Story) -> list[datetime]:
    """When anything was recorded that a part may hang on, in order."""
    spans = [one.span for one in story.papers] + [one.span for one in story.objections]
    spans += [one.span for one in story.rulings] + [one.span for one in story.extensions]
    return sorted({moment for one in spans for moment in one.moments} | {one.recorded_at for one in story.judged})


# --- The parts ------------------------------------------------------------------------------------------------------


def _in_time(story: Story, campaign: Campaign, at: datetime) -> _Found:
    del campaign
    last = _in_force(story, at)
    if last is None:
        return False, ("nothing judged",)
    revision, told = f"revision {last.number}", last.assessment
    doubts = {one.code for one in still_open(told)}
    if doubts & _OF_TIME:
        return None, (revision, *sorted(doubts & _OF_TIME))
    if told.ruling is not None and told.in_time is not True and LATE not in doubts:
        return True, (revision, f"ruling {told.ruling}")
    return told.in_time, (revision,)


def _complete(story: Story, campaign: Campaign, at: datetime) -> _Found:
    del campaign
    last = _in_force(story, at)
    if last is None:
        return False, ("nothing judged",)
    revision, told = f"revision {last.number}", last.assessment
    if told.complete is False:
        return False, (revision, *sorted({one.code for one in deficiencies(told.findings)}))
    doubts = {one.code for one in still_open(told)} - _OF_TIME - {LATE}
    refused = _ruled(story, RulingKind.REFUSE, About.DOSSIER, at)
    if refused is not None and doubts:
        return False, (revision, f"ruling {refused.number}", *sorted(doubts))
    if doubts or (told.complete is None and told.ruling is None):
        return None, (revision, *sorted(doubts))
    return True, (revision, *(() if told.ruling is None else (f"ruling {told.ruling}",)))


def _paper(story: Story, campaign: Campaign, at: datetime) -> _Found:
    if not campaign.paper_copy:
        return True, ("not asked for",)
    there = [one for one in story.papers if one.span.covers(at)]
    if not there:
        return False, ("no paper",)
    due = deadline_at(story, campaign, at)
    for one in there:
        if one.complete and paper_in_time(one, due, campaign):
            return True, (f"paper {one.number}",)
    accepted = _ruled(story, RulingKind.ACCEPT, About.PAPER, at)
    if accepted is not None:
        return True, (f"paper {there[-1].number}", f"ruling {accepted.number}")
    faults = {"late" for one in there if not paper_in_time(one, due, campaign)}
    faults |= {"incomplete" for one in there if not one.complete}
    return False, (*(f"paper {one.number}" for one in there), *sorted(faults))


def _no_complaint(story: Story, campaign: Campaign, at: datetime) -> _Found:
    del campaign
    return _nothing_raised(story, at, dispute=False)


def _no_dispute(story: Story, campaign: Campaign, at: datetime) -> _Found:
    del campaign
    return _nothing_raised(story, at, dispute=True)


def _nothing_raised(story: Story, at: datetime, *, dispute: bool) -> _Found:
    standing = [one for one in story.objections if one.kind.is_dispute is dispute and one.stands(at)]
    return not standing, tuple(f"objection {one.number}" for one in standing)


_RULES: Mapping[Part, _Rule] = {
    Part.IN_TIME: _in_time,
    Part.COMPLETE: _complete,
    Part.PAPER: _paper,
    Part.NO_COMPLAINT: _no_complaint,
    Part.NO_DISPUTE: _no_dispute,
}


# --- What they rest on ----------------------------------------------------------------------------------------------


def _in_force(story: Story, at: datetime) -> Judged | None:
    return max((one for one in story.judged if one.recorded_at <= at), key=lambda one: one.number, default=None)


def _ruled(story: Story, kind: RulingKind, about: About, at: datetime) -> Ruling | None:
    """The ruling in force, where it is of this kind."""
    ours = [one for one in story.rulings if one.about is about and one.span.covers(at)]
    last = max(ours, key=lambda one: one.number, default=None)
    return last if last is not None and last.kind is kind else None


def deadline_at(story: Story, campaign: Campaign, at: datetime) -> DeadlineInForce:
    """The deadline as it was in force at a moment."""
    held = [one.extension for one in story.extensions if one.span.covers(at)]
    return deadline_in_force(campaign, held, story.union)


def paper_in_time(paper: PaperCopy, due: DeadlineInForce, campaign: Campaign) -> bool:
    """By its arrival; where the campaign says so, by the day of its postmark, that of the deadline included."""
    if campaign.paper_due is PaperDue.POSTMARK and paper.postmarked_on is not None:
        return paper.postmarked_on <= due.at.astimezone(ZoneInfo(campaign.zone)).date()
    return in_time(paper.arrived_at, due.at)
