"""Valid (hợp lệ) as of a moment, from the history alone: properties that hold whatever was recorded."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from support.dossier_mail import CAMPAIGN, DEADLINE

from dossier.assessment import verdict_of
from dossier.campaign import PaperDue
from dossier.deadline import Extension, deadline_in_force
from dossier.decisions import (
    About,
    Extended,
    Objection,
    ObjectionKind,
    Outcome,
    PaperCopy,
    Ruling,
    RulingKind,
    Span,
    Way,
    initiative_key,
)
from dossier.findings import LATE, LOW_CONFIDENCE, MISSING_MEMO, RECEIPT_TIME_DISPUTED, finding
from dossier.model import Assessment, Finding, Kind, Reply
from dossier.rulings import as_told, finding_key, ruled, still_open, to_settle
from dossier.validity import Judged, Part, Story, paper_in_time, validity

START = datetime.fromisoformat("2021-03-20T00:00:00+00:00")
HOUR = timedelta(hours=1)
BOTH = (Kind.MEMO, Kind.SUMMARY_TABLE)

FOUND: tuple[tuple[Finding, ...], ...] = (
    (),
    (finding(MISSING_MEMO),),
    (finding(LATE, values={"received_at": "2021-04-21T02:00:00+00:00"}),),
    (finding(LOW_CONFIDENCE, document="a.docx", detail="blurred"),),
    (finding(RECEIPT_TIME_DISPUTED),),
    (finding(LATE, values={"received_at": "2021-04-21T02:00:00+00:00"}), finding(LOW_CONFIDENCE, detail="?")),
)


def assessment(found: tuple[Finding, ...]) -> Assessment:
    codes = {one.code for one in found}
    return Assessment(
        verdict=verdict_of(found),
        reply=Reply.ACKNOWLEDGEMENT,
        union="BVDN",
        complete=MISSING_MEMO not in codes,
        in_time=LATE not in codes,
        findings=found,
        received_at=DEADLINE,
        deadline=DEADLINE,
        rules="3",
    )


def at(hours: int) -> datetime:
    return START + hours * HOUR


hours = st.integers(0, 40)
spans = st.tuples(hours, st.none() | st.integers(1, 20)).map(
    lambda told: Span(at(told[0]), None if told[1] is None else at(told[0] + told[1]))
)
numbers = st.integers(1, 10**6)
papers = st.builds(
    PaperCopy,
    number=numbers,
    span=spans,
    way=st.sampled_from(Way),
    arrived_at=st.sampled_from([START, DEADLINE, DEADLINE + HOUR]),
    postmarked_on=st.none() | st.sampled_from([date(2021, 4, 20), date(2021, 4, 21)]),
    holds=st.just(BOTH),
    complete=st.booleans(),
)
objections = st.builds(
    Objection,
    number=numbers,
    span=spans,
    kind=st.sampled_from(ObjectionKind),
    initiative=st.just("a" * 64),
    outcome=st.none() | st.sampled_from(Outcome),
).map(lambda one: one if one.span.end else replace(one, outcome=None))
rulings = st.builds(Ruling, number=numbers, span=spans, kind=st.sampled_from(RulingKind), about=st.sampled_from(About))
extensions = st.builds(
    Extended, st.builds(Extension, st.sampled_from([DEADLINE + HOUR, DEADLINE + 3 * HOUR]), st.just("")), spans
)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    moments = sorted(draw(st.lists(hours, max_size=4)))
    judged = []
    for number, moment in enumerate(moments, 1):
        told = assessment(draw(st.sampled_from(FOUND)))
        if draw(st.booleans()):
            settled = frozenset(finding_key(one) for one in to_settle(told.findings))
            told = ruled(told, Ruling(7, Span(START), RulingKind.ACCEPT, About.DOSSIER, settled))
        judged.append(Judged(number, at(moment), told))
    return Story(
        "BVDN",
        tuple(judged),
        tuple(draw(st.lists(papers, max_size=2))),
        tuple(draw(st.lists(objections, max_size=3))),
        tuple(draw(st.lists(rulings, max_size=2))),
        tuple(draw(st.lists(extensions, max_size=2))),
    )


def moments_of(story: Story) -> list[datetime]:
    held = [one.span for one in story.papers] + [one.span for one in story.objections]
    held += [one.span for one in story.rulings] + [one.span for one in story.extensions]
    return sorted({moment for span in held for moment in span.moments} | {one.recorded_at for one in story.judged})


@settings(max_examples=60)
@given(stories(), hours)
def test_valid_is_what_its_parts_say_and_each_part_says_why(story: Story, hour: int) -> None:
    found = validity(story, CAMPAIGN, at(hour))
    holds = [one.holds for one in found.parts]
    assert [one.part for one in found.parts] == list(Part)
    assert found.valid is (False if False in holds else None if None in holds else True)
    assert all(one.evidence for one in found.parts if one.holds is not True)
    assert {one.number for one in found.objections} == {one.number for one in story.objections if one.stands(at(hour))}


@settings(max_examples=60)
@given(stories(), hours)
def test_since_is_when_the_part_came_to_be_so(story: Story, hour: int) -> None:
    """It holds the same at every moment from then on, and was otherwise just before it, where anything was."""
    known = [one for one in moments_of(story) if one <= at(hour)]
    for part in validity(story, CAMPAIGN, at(hour)).parts:
        if part.since is None:
            assert known == []
            continue
        for moment in known:
            same = validity(story, CAMPAIGN, moment).part(part.part).holds is part.holds
            assert same or moment < part.since
        if part.since > known[0]:
            before = part.since - timedelta(microseconds=1)
            assert validity(story, CAMPAIGN, before).part(part.part).holds is not part.holds


@settings(max_examples=60)
@given(stories(), stories(), hours)
def test_what_is_recorded_later_changes_nothing_of_a_day(story: Story, more: Story, hour: int) -> None:
    """A snapshot of a day may be computed on that day or years later: it is the same (P9)."""
    day = at(hour)
    later = timedelta(hours=100)
    moved = Story(
        "BVDN",
        tuple(Judged(one.number + 10, one.recorded_at + later, one.assessment) for one in more.judged),
        tuple(replace(one, span=shifted(one.span, later)) for one in more.papers),
        tuple(replace(one, span=shifted(one.span, later)) for one in more.objections),
        tuple(replace(one, span=shifted(one.span, later)) for one in more.rulings),
        tuple(replace(one, span=shifted(one.span, later)) for one in more.extensions),
    )
    grown = Story(
        "BVDN",
        story.judged + moved.judged,
        story.papers + moved.papers,
        story.objections + moved.objections,
        story.rulings + moved.rulings,
        story.extensions + moved.extensions,
    )
    assert validity(grown, CAMPAIGN, day) == validity(story, CAMPAIGN, day)


def shifted(span: Span, by: timedelta) -> Span:
    return Span(span.start + by, None if span.end is None else span.end + by)


@settings(max_examples=40)
@given(stories(), spans, st.sampled_from(ObjectionKind))
def test_an_objection_takes_one_part_away_while_it_stands_and_no_other(
    story: Story, span: Span, kind: ObjectionKind
) -> None:
    raised = Objection(99, span, kind, "b" * 64)
    grown = replace(story, objections=(*story.objections, raised))
    part = Part.NO_DISPUTE if kind is ObjectionKind.AUTHORSHIP else Part.NO_COMPLAINT
    for hour in (0, 10, 30, 60):
        before, after = validity(story, CAMPAIGN, at(hour)), validity(grown, CAMPAIGN, at(hour))
        for one in Part:
            expected = False if one is part and span.covers(at(hour)) else before.part(one).holds
            assert after.part(one).holds is expected


def test_an_objection_that_was_upheld_goes_on_to_stand() -> None:
    span = Span(at(1), at(2))
    for outcome in Outcome:
        story = Story("BVDN", objections=(Objection(1, span, ObjectionKind.RESULT, "a" * 64, outcome),))
        found = validity(story, CAMPAIGN, at(3)).part(Part.NO_COMPLAINT).holds
        assert found is (outcome is not Outcome.UPHELD), outcome


def test_paper_is_due_by_its_arrival_or_by_its_postmark_as_the_campaign_says() -> None:
    copy = PaperCopy(1, Span(START), Way.POST, DEADLINE + HOUR, date(2021, 4, 20), BOTH, True)
    by_post = replace(CAMPAIGN, paper_due=PaperDue.POSTMARK)
    due = deadline_in_force(CAMPAIGN)
    assert not paper_in_time(copy, due, CAMPAIGN)
    assert paper_in_time(copy, due, by_post)
    assert not paper_in_time(replace(copy, postmarked_on=date(2021, 4, 21)), due, by_post)
    assert not paper_in_time(replace(copy, postmarked_on=None), due, by_post), "no stamp that can be read: its arrival"
    assert paper_in_time(replace(copy, arrived_at=DEADLINE), due, CAMPAIGN), "the second of the deadline is in time"


def test_paper_that_was_late_is_in_time_by_an_extension_and_where_none_is_asked_for_nothing_is_missing() -> None:
    copy = PaperCopy(1, Span(at(0)), Way.HAND, DEADLINE + HOUR, None, BOTH, True)
    moved = Extended(Extension(DEADLINE + 2 * HOUR, "lũ lụt"), Span(at(5), at(9)))
    story = Story("BVDN", papers=(copy,), extensions=(moved,))
    told = [validity(story, CAMPAIGN, at(hour)).part(Part.PAPER).holds for hour in (4, 5, 8, 9)]
    assert told == [False, True, True, False], "until the extension was withdrawn"
    other = replace(story, extensions=(replace(moved, extension=replace(moved.extension, union="BVTN")),))
    assert validity(other, CAMPAIGN, at(6)).part(Part.PAPER).holds is False
    without = replace(CAMPAIGN, paper_copy=False)
    assert validity(Story("BVDN"), without, at(1)).part(Part.PAPER).holds is True


@given(st.sampled_from(FOUND), st.sampled_from(FOUND))
def test_a_ruling_settles_what_it_saw_and_what_has_to_be_mended_still_has_to_be(
    seen: tuple[Finding, ...], now: tuple[Finding, ...]
) -> None:
    settled = frozenset(finding_key(one) for one in to_settle(seen))
    ruling = Ruling(7, Span(START), RulingKind.ACCEPT, About.DOSSIER, settled)
    told = ruled(assessment(now), ruling)
    left = [one for one in now if one not in to_settle(seen)]
    assert told.verdict is verdict_of(left)
    assert told.findings == now, "all that was found stays"
    assert (told.by_rules is None) == (told.ruling is None) == (not told.settled)
    assert still_open(told) == to_settle(left)
    assert list(as_told(told).findings) == left
    refused = replace(ruling, kind=RulingKind.REFUSE)
    assert ruled(assessment(now), refused) == assessment(now)


def test_an_initiative_is_known_by_author_and_title_whatever_the_marks() -> None:
    one = initiative_key({"author": "Nguyễn Văn A", "title": "Xe đẩy – cải tiến"})
    assert one == initiative_key({"author": "NGUYEN VAN  A", "title": "Xe đẩy: Cải tiến", "summary": "khác"})
    assert one != initiative_key({"author": "Nguyễn Văn B", "title": "Xe đẩy cải tiến"})
    assert one != initiative_key({"author": "Nguyễn Văn A Xe", "title": "đẩy cải tiến"})
