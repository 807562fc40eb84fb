"""A dossier judged by the rules and ruled on by a person: the verdict in force, what the rules alone say beside it.

A ruling settles the findings that stood when it was made, and no others: what comes up later goes to a person again.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from dossier.assessment import reply_of, verdict_of
from dossier.decisions import Ruling, RulingKind
from dossier.findings import LATE, deficiencies
from dossier.model import Assessment, Finding, Severity


def finding_key(found: Finding) -> str:
    """One text for the same finding in two judgements: SHA-256 of its code, place and evidence.

    Of lateness the time of receipt: how late that is changes with the deadline.
    """
    evidence = found.values.get("received_at", "") if found.code == LATE else found.detail
    parts = (found.code, found.document or "", str(found.row or ""), evidence)
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()


def to_settle(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What an acceptance settles: lateness, and all that a person has to look at."""
    return tuple(one for one in findings if one.code == LATE or one.severity is Severity.REVIEW)


def ruled(assessment: Assessment, ruling: Ruling | None) -> Assessment:
    """The assessment with a ruling on the dossier applied; without one, or with a refusal, as it is.

    Where nothing that it settled is found any more it changes nothing. What has to be mended still has to be.
    """
    if ruling is None or ruling.kind is not RulingKind.ACCEPT:
        return assessment
    settled = tuple(sorted({finding_key(one) for one in to_settle(assessment.findings)} & ruling.settled))
    if not settled:
        return assessment
    left = [one for one in assessment.findings if finding_key(one) not in settled]
    return replace(
        assessment,
        verdict=verdict_of(left),
        reply=reply_of(left),
        ruling=ruling.number,
        by_rules=assessment.verdict,
        settled=settled,
    )


def as_told(assessment: Assessment) -> Assessment:
    """The assessment as a letter tells it: without what the ruling settled, which is no matter of the union's now."""
    if assessment.ruling is None:
        return assessment
    left = tuple(one for one in assessment.findings if finding_key(one) not in assessment.settled)
    complete = assessment.complete if deficiencies(left) or still_open(assessment) else True
    return replace(assessment, findings=left, complete=complete)


def still_open(assessment: Assessment) -> tuple[Finding, ...]:
    """Lateness and doubts that no ruling settled."""
    return tuple(one for one in to_settle(assessment.findings) if finding_key(one) not in assessment.settled)
