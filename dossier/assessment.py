"""One message judged alone: what `hoso inspect` prints, and what decides whether it may add to a dossier.

Every rule runs before the verdict is drawn; the reasons are kept with it (P8).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dossier.authentication import Authentication
from dossier.autoreply import LOOPS, Answerability, OwnIdentity, answerability
from dossier.campaign import Campaign
from dossier.completeness import (
    content_findings,
    file_findings,
    is_correspondence,
    limits_met,
    message_findings,
    missing_documents,
)
from dossier.deadline import DeadlineInForce, Extension, Receipt, deadline_in_force, in_time, margin
from dossier.findings import (
    AUTOMATIC_WITH_DOSSIER,
    CAMPAIGN_UNCLEAR,
    LATE,
    RECEIPT_TIME_DISPUTED,
    RECEIPT_TIME_UNKNOWN,
    RULES_VERSION,
    deficiencies,
    finding,
)
from dossier.identity import Identity, identify
from dossier.model import Assessment, Document, Finding, Kind, Reply, Severity, Submission, Verdict
from dossier.near_duplicates import repeated_initiatives
from dossier.recognition import carries_unread_files, is_dossier_like
from dossier.selection import Selection, attachments, select


@dataclass(frozen=True, slots=True)
class JudgingContext:
    """What the rules need to know besides the message and the campaign."""

    own: OwnIdentity = field(default_factory=OwnIdentity)
    confirmed: Mapping[str, str] = field(default_factory=dict)
    """Address in lower case → roster code, where a person confirmed it."""
    authentication: Authentication = Authentication.UNKNOWN
    extensions: tuple[Extension, ...] = ()
    """Decisions that move the deadline, for all unions or one."""
    meant: tuple[str, ...] = ()
    """Names of the campaigns that could be meant (recognition.candidates); more than one is unclear."""


def judge_alone(submission: Submission, receipt: Receipt, campaign: Campaign, context: JudgingContext) -> Assessment:
    """The assessment of one message as if nothing else had come from its union."""
    manner = answerability(submission, context.own)
    identity = identify(submission, campaign.roster, confirmed=context.confirmed, authentication=context.authentication)
    deadline = deadline_in_force(campaign, context.extensions, identity.union)
    if manner.automatic and not _automatic_brings(submission, campaign, manner, identity):
        return _aside(Verdict.IGNORED, receipt, deadline, identity, manner)
    if not manner.automatic and is_correspondence(submission):
        return _aside(Verdict.CORRESPONDENCE, receipt, deadline, identity, manner)
    selection = select(submission.documents)
    lacking = _missing(submission, selection, campaign)
    found = (
        *identity.findings,
        *_doubts_on_message(manner, context),
        *receipt_findings(receipt, deadline),
        *message_findings(submission, bool(lacking)),
        *lacking,
        *limits_met(submission),
        *document_findings(submission.documents, selection, campaign),
        *content_findings(selection.in_force, campaign, submission.documents),
        *repeated_initiatives(selection.in_force),
    )
    return Assessment(
        verdict=verdict_of(found),
        reply=_reply(found, submission, campaign, manner, identity),
        union=identity.union,
        complete=completeness_of(selection.in_force, found, campaign),
        in_time=None if receipt.at is None else in_time(receipt.at, deadline.at),
        findings=found,
        received_at=receipt.at,
        deadline=deadline.at,
        rules=RULES_VERSION,
        known_sender=identity.known_sender,
        automatic=manner.automatic,
        in_force={kind.value: f"{submission.sha256}/{one.part}" for kind, one in selection.in_force.items()},
    )


def _automatic_brings(submission: Submission, campaign: Campaign, manner: Answerability, identity: Identity) -> bool:
    """Whether a machine's mail carries something dossier-like: files, for its words are a template's."""
    files = attachments(submission.documents)
    returned = bool(LOOPS & set(manner.automatic)) or "delivery report" in manner.automatic
    if returned:
        return is_dossier_like(submission, campaign, blank_forms=False)
    known_files = bool(identity.by_address) and carries_unread_files(submission)
    return bool(files) and (known_files or is_dossier_like(submission, campaign))


def _aside(
    verdict: Verdict, receipt: Receipt, deadline: DeadlineInForce, identity: Identity, manner: Answerability
) -> Assessment:
    """Makes no dossier and no reply."""
    return Assessment(
        verdict=verdict,
        reply=Reply.NONE,
        union=identity.by_address[0] if len(identity.by_address) == 1 else None,
        complete=None,
        in_time=None,
        findings=(),
        received_at=receipt.at,
        deadline=deadline.at,
        rules=RULES_VERSION,
        known_sender=identity.known_sender,
        automatic=manner.automatic,
    )


def _missing(submission: Submission, selection: Selection, campaign: Campaign) -> tuple[Finding, ...]:
    """Nothing is said to be missing from a message that was not read to its end."""
    return () if submission.problems else missing_documents(selection.in_force, submission.documents, campaign)


def _doubts_on_message(manner: Answerability, context: JudgingContext) -> Iterable[Finding]:
    if manner.automatic:
        reasons = "; ".join(manner.automatic)
        yield finding(AUTOMATIC_WITH_DOSSIER, detail=reasons, values={"reasons": reasons})
    if len(context.meant) > 1:
        names = "; ".join(context.meant)
        yield finding(CAMPAIGN_UNCLEAR, detail=names, values={"campaigns": names})


def receipt_findings(receipt: Receipt, deadline: DeadlineInForce) -> Iterable[Finding]:
    """Late, or a time of receipt that a person has to decide on; what is decided by that is not said to be late."""
    if receipt.at is None:
        yield finding(RECEIPT_TIME_UNKNOWN)
        return
    if receipt.disputed(deadline.at) and receipt.server_time is not None and receipt.header_time is not None:
        values = {"server_time": receipt.server_time.isoformat(), "header_time": receipt.header_time.isoformat()}
        yield finding(RECEIPT_TIME_DISPUTED, detail=" / ".join(values.values()), values=values)
    if not in_time(receipt.at, deadline.at) and not receipt.straddles(deadline.at):
        values = {"received_at": receipt.at.isoformat(), "deadline": deadline.at.isoformat()}
        yield finding(LATE, detail=str(-margin(receipt.at, deadline.at)), values=values)


def document_findings(documents: Iterable[Document], selection: Selection, campaign: Campaign) -> tuple[Finding, ...]:
    """Of every file of one message, and of copies that disagree."""
    in_force = {document.part for document in selection.in_force.values()}
    all_there = all(required.kind in selection.in_force for required in campaign.required)
    extra = {document.part for document in documents if document.description and all_there}
    repeated = {*selection.copies, *extra} - in_force
    found = list(selection.findings)
    for document in documents:
        found += file_findings(document, all_there, document.part not in repeated, selection.in_force)
    return tuple(found)


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """The sum of the findings (corpus/README.md, "Verdict and reply"), in this order of precedence."""
    found = tuple(findings)
    if any(one.severity is Severity.REVIEW for one in found):
        return Verdict.REVIEW
    if deficiencies(found):
        return Verdict.DEFICIENT
    return Verdict.LATE if any(one.code == LATE for one in found) else Verdict.ACCEPTED


def reply_of(findings: Iterable[Finding]) -> Reply:
    """Which letter says it, where one may go out at all."""
    mend = any(one.severity is Severity.DEFICIENCY for one in findings)
    return Reply.DEFICIENCY if mend else Reply.ACKNOWLEDGEMENT


def completeness_of(in_force: Mapping[Kind, Document], findings: Iterable[Finding], campaign: Campaign) -> bool | None:
    """False where something has to be mended; None where an unread file may be the document that is not there."""
    if deficiencies(findings):
        return False
    return True if all(required.kind in in_force for required in campaign.required) else None


def _reply(
    findings: Iterable[Finding], submission: Submission, campaign: Campaign, manner: Answerability, identity: Identity
) -> Reply:
    stranger = not identity.by_address
    if not manner.may_answer or (stranger and not is_dossier_like(submission, campaign)):
        return Reply.NONE
    return reply_of(findings)


def joins_by_itself(assessment: Assessment) -> bool:
    """Whether a message adds to its union's dossier without a person: known address, no machine, one campaign."""
    if assessment.verdict in (Verdict.CORRESPONDENCE, Verdict.IGNORED):
        return False
    waits = any(one.code == CAMPAIGN_UNCLEAR for one in assessment.findings)
    return assessment.known_sender and assessment.union is not None and not assessment.automatic and not waits
