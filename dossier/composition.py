"""One dossier from several messages, judged anew as a whole after each (DESIGN.md, "The rules").

The messages are put in the order of their receipt, so the order in which they are processed does not matter, and the
same messages always give the same dossier.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from dossier.assessment import completeness_of, receipt_findings, reply_of, verdict_of
from dossier.campaign import Campaign
from dossier.completeness import (
    content_findings,
    file_findings,
    limits_met,
    message_findings,
    missing_documents,
)
from dossier.deadline import DeadlineInForce, in_time
from dossier.findings import (
    LATE,
    NOTHING_ATTACHED,
    PASSWORD_PROTECTED,
    RECEIPT_TIME_UNKNOWN,
    RULES_VERSION,
    deficiencies,
    finding,
)
from dossier.identity import issuer_findings
from dossier.mending import Step, documents_of, doubts_matter, is_from, mended, message_unread, sources, step_after
from dossier.model import Assessment, Finding, Kind, Reply, Severity
from dossier.near_duplicates import repeated_initiatives
from dossier.replacement import Contribution, Placed, Role, Standing, unlike_findings
from dossier.selection import attachments


@dataclass(frozen=True, slots=True)
class DossierState:
    """A union's dossier as it stands after the messages given."""

    union: str
    in_force: Mapping[Kind, Placed]
    unlike: tuple[Placed, ...]
    """Tables kept beside the one in force until a person decides."""
    begun_at: datetime | None
    completed_at: datetime | None
    """Of the message that made it complete; None while it is not."""
    completed_by: str | None
    """SHA-256 of that message."""
    assessment: Assessment
    late_supplements: tuple[str, ...]
    """SHA-256 of messages that came after the deadline and change nothing."""
    roles: Mapping[str, Role]
    """SHA-256 of a message → what it did."""


def compose(
    contributions: Iterable[Contribution], campaign: Campaign, deadline: DeadlineInForce, union: str
) -> DossierState:
    """The dossier of `union` (roster code) from its messages. Raises ValueError where there is none.

    After the deadline nothing changes a dossier that was complete in time, nor one that only our own limits keep from
    being called complete: a person decides on what came in time (P11). An extension takes nothing from a dossier that
    was complete before it: of what came late at first, only what leaves it complete takes the place of what was there.
    """
    ordered = _in_order(contributions)
    if not ordered:
        raise ValueError(f"no message adds to a dossier of {union}")
    steps: list[Step] = []
    supplements: list[Contribution] = []
    completed: Contribution | None = None
    closed: bool | None = None
    for contribution in ordered:
        if not _may_be_in_time(contribution, deadline):
            closed = _is_closed(steps, completed, campaign, union) if closed is None else closed
            if closed:
                supplements.append(contribution)
                continue
        before = steps[-1].standing if steps else Standing()
        steps.append(step_after(before, contribution, campaign))
        if completed is not None and _late_at_first(contribution, deadline) and _spoils(steps, campaign, union):
            steps.pop()
            supplements.append(contribution)
            continue
        completed = (completed or contribution) if _is_complete(steps, campaign) else None
    return _state(tuple(steps), tuple(supplements), completed, campaign, deadline, union)


def emptied(campaign: Campaign, deadline: DeadlineInForce, union: str) -> DossierState:
    """The dossier of a union all of whose messages were taken out of it again by a person: everything is missing."""
    found = missing_documents((), (), campaign)
    assessment = Assessment(
        verdict=verdict_of(found),
        reply=Reply.NONE,
        union=union,
        complete=False,
        in_time=None,
        findings=found,
        received_at=None,
        deadline=deadline.at,
        rules=RULES_VERSION,
        known_sender=True,
    )
    return DossierState(union, {}, (), None, None, None, assessment, (), {})


def _in_order(contributions: Iterable[Contribution]) -> tuple[Contribution, ...]:
    """By time of receipt, unknown ones last; one mail that came twice counts by its first receipt (P2)."""
    ordered = sorted(contributions, key=_order)
    first: dict[str, Contribution] = {}
    for one in ordered:
        first.setdefault(one.submission.content_digest or one.message, one)
    return tuple(first.values())


def _order(one: Contribution) -> tuple[bool, float, int, str]:
    at = one.receipt.at
    return at is None, at.timestamp() if at is not None else 0.0, one.arrival, one.message


def _may_be_in_time(one: Contribution, deadline: DeadlineInForce) -> bool:
    """In time by one of the server's two clocks: until a person decides, nothing that came late may take its place."""
    at = one.receipt.at
    return at is not None and (in_time(at, deadline.at) or one.receipt.straddles(deadline.at))


def _late_at_first(one: Contribution, deadline: DeadlineInForce) -> bool:
    """In time only since the deadline was moved: its union was told that it changes nothing."""
    return one.receipt.at is not None and deadline.was_late_at_first(one.receipt.at)


def _spoils(steps: Sequence[Step], campaign: Campaign, union: str) -> bool:
    """The last message leaves more to mend or to look at than there was without it."""
    before, after = (_findings_of_content(part, campaign, union) for part in (steps[:-1], steps))
    return any(_count(after, one) > _count(before, one) for one in (Severity.DEFICIENCY, Severity.REVIEW))


def _count(found: Iterable[Finding], severity: Severity) -> int:
    return sum(1 for one in found if one.severity is severity)


def _is_closed(steps: Sequence[Step], completed: Contribution | None, campaign: Campaign, union: str) -> bool:
    """Whether what came in time is complete, or may be: a file that we cannot read may hold all that is not there."""
    if completed is not None or not steps:
        return completed is not None
    found = _findings_of_content(steps, campaign, union)
    return completeness_of(documents_of(steps[-1].standing), found, campaign) is not False


def _is_complete(steps: Sequence[Step], campaign: Campaign) -> bool:
    """As completeness_of all findings says, only cheaper.

    Once every required document is there, only what is in force and the files that came with it can make it deficient.
    """
    standing = steps[-1].standing
    if steps[-1].lacking:
        return False
    found = (
        *_findings_of_files(steps, campaign, sources(standing)),
        *content_findings(documents_of(standing), campaign),
    )
    return not deficiencies(found)


def _state(
    steps: Sequence[Step],
    supplements: tuple[Contribution, ...],
    completed: Contribution | None,
    campaign: Campaign,
    deadline: DeadlineInForce,
    union: str,
) -> DossierState:
    standing = steps[-1].standing
    counts = completed or steps[-1].contribution
    content = _findings_of_content(steps, campaign, union)
    found = (*_findings_of_time(steps, counts, deadline), *content)
    begun_at = steps[0].contribution.receipt.at
    at = counts.receipt.at
    assessment = Assessment(
        verdict=verdict_of(found),
        reply=reply_of(found),
        union=union,
        complete=completeness_of(documents_of(standing), content, campaign),
        in_time=None if at is None else in_time(at, deadline.at),
        findings=found,
        received_at=at,
        deadline=deadline.at,
        rules=RULES_VERSION,
        known_sender=True,
        in_force={kind.value: placed.key for kind, placed in standing.in_force.items()},
    )
    roles = {step.contribution.message: step.role for step in steps}
    roles |= {one.message: Role.LATE_SUPPLEMENT for one in supplements}
    return DossierState(
        union=union,
        in_force=standing.in_force,
        unlike=standing.unlike,
        begun_at=begun_at,
        completed_at=completed.receipt.at if completed is not None else None,
        completed_by=completed.message if completed is not None else None,
        assessment=assessment,
        late_supplements=tuple(one.message for one in supplements),
        roles=roles,
    )


# --- Time ---------------------------------------------------------------------------------------------------------


def _findings_of_time(steps: Sequence[Step], counts: Contribution, deadline: DeadlineInForce) -> Iterable[Finding]:
    """Late by the message that counts, with both times shown; a dispute over any message that is in force."""
    used = sources(steps[-1].standing)
    begun_at = steps[0].contribution.receipt.at
    timeless = any(_has_no_time(step) for step in steps)
    for step in steps:
        here = step.contribution
        if here.message not in used and here is not counts:
            continue
        for one in receipt_findings(here.receipt, deadline):
            if one.code == RECEIPT_TIME_UNKNOWN or (one.code != LATE and not here.accepted):
                yield one
            elif one.code == LATE and here is counts and timeless:
                yield finding(RECEIPT_TIME_UNKNOWN)
            elif one.code == LATE and here is counts:
                begun = {"begun_at": begun_at.isoformat()} if begun_at is not None else {}
                yield finding(LATE, detail=one.detail, values={**one.values, **begun})


def _has_no_time(step: Step) -> bool:
    """It brought files at a time that nobody knows: they may have been in time."""
    here = step.contribution
    return here.receipt.unknown and not here.accepted and bool(attachments(here.submission.documents))


# --- Content ------------------------------------------------------------------------------------------------------


def _findings_of_content(steps: Sequence[Step], campaign: Campaign, union: str) -> tuple[Finding, ...]:
    """Everything but time: what is in force, and what of earlier files was not mended since."""
    standing = steps[-1].standing
    in_force = documents_of(standing)
    open_files = [
        document
        for number, step in enumerate(steps)
        for document in step.contribution.submission.documents
        if not mended(document, number, steps)
    ]
    unread_message = any(message_unread(step, standing) for step in steps)
    lacking = () if unread_message else missing_documents(in_force, open_files, campaign)
    memo = standing.in_force.get(Kind.MEMO)
    checked = memo is not None and not memo.contribution.accepted
    return (
        *(issuer_findings(memo.document, union, campaign.roster) if memo is not None and checked else ()),
        *_findings_of_messages(steps, bool(lacking)),
        *lacking,
        *_findings_of_files(steps, campaign),
        *unlike_findings(standing),
        *content_findings(in_force, campaign, open_files),
        *repeated_initiatives(in_force),
    )


def _findings_of_messages(steps: Sequence[Step], lacking: bool) -> Iterable[Finding]:
    """A forgotten attachment concerns the newest message alone; a link, as long as something is missing."""
    for number, step in enumerate(steps):
        for one in message_findings(step.contribution.submission, lacking):
            if one.code != NOTHING_ATTACHED or number == len(steps) - 1:
                yield one
        if message_unread(step, steps[-1].standing):
            yield from limits_met(step.contribution.submission)


def _findings_of_files(
    steps: Sequence[Step], campaign: Campaign, messages: frozenset[str] | None = None
) -> Iterable[Finding]:
    """Of the files of all messages, or of those `messages` alone."""
    standing = steps[-1].standing
    there = sources(standing)
    all_there = all(required.kind in standing.in_force for required in campaign.required)
    for number, step in enumerate(steps):
        message = step.contribution.message
        if messages is not None and message not in messages:
            continue
        elsewhere = all_there and message not in there
        for one in step.selection.findings:
            if is_from(standing, Kind(one.values["kind"]), message):
                yield one
        for document in step.contribution.submission.documents:
            if mended(document, number, steps):
                continue
            matter = doubts_matter(document, step, standing)
            for one in file_findings(document, all_there, matter, standing.in_force):
                lighter = elsewhere and one.code == PASSWORD_PROTECTED
                yield replace(one, severity=Severity.WARNING) if lighter else one
