"""Every letter that could be written, on an invented dossier, so that `hoso check` finds a broken template early."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from dossier.campaign import Campaign
from dossier.findings import POLICY, finding
from dossier.letter import Letter, LetterFacts, LetterKind
from dossier.model import Assessment, Document, Kind, Reply, SummaryTable, Verdict
from dossier.signatures import Signature, SinceSigning
from intake.policy import WritingPolicy
from notifier.letters import render

_MENDING = frozenset({LetterKind.DEFICIENCY, LetterKind.UNVERIFIED_DEFICIENCY, LetterKind.REMINDER})
_TIMES = frozenset({"received_at", "deadline", "begun_at", "server_time", "header_time"})
_DAYS = frozenset({"first", "last"})
_VERDICTS = {
    LetterKind.ACKNOWLEDGEMENT: (Verdict.ACCEPTED, Verdict.REVIEW),
    LetterKind.DEFICIENCY: (Verdict.DEFICIENT, Verdict.LATE, Verdict.REVIEW),
    LetterKind.REMINDER: (Verdict.DEFICIENT,),
    LetterKind.UNVERIFIED_ACKNOWLEDGEMENT: (Verdict.REVIEW,),
    LetterKind.UNVERIFIED_DEFICIENCY: (Verdict.REVIEW,),
}


def every_letter(campaigns: tuple[Campaign, ...], writing: WritingPolicy, now: datetime) -> Iterator[Letter]:
    """Each kind with each verdict, with every finding that the rules know. Raises LetterTemplateError."""
    for campaign in campaigns:
        for kind, verdicts in _VERDICTS.items():
            for verdict in verdicts:
                facts = _facts(campaign, kind, verdict, now)
                yield render(facts, writing.templates, writing.locale, every_sentence=True)


def _facts(campaign: Campaign, kind: LetterKind, verdict: Verdict, now: datetime) -> LetterFacts:
    known = kind in (LetterKind.ACKNOWLEDGEMENT, LetterKind.DEFICIENCY, LetterKind.REMINDER)
    union = campaign.roster.unions[0] if known and campaign.roster.unions else None
    table = Document(
        part="2",
        file="Bang tong hop.docx",
        sha256="0" * 64,
        size=1,
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        kinds=(Kind.SUMMARY_TABLE,),
        read_by="docx",
        table=SummaryTable(columns={}),
        signatures=tuple(Signature("-", signed_at=campaign.opens_at, since=since) for since in SinceSigning),
    )
    return LetterFacts(
        kind=kind,
        campaign=campaign,
        assessment=_assessment(campaign, kind, verdict, union.code if union else None),
        recipient="cdcs@example.org",
        union=union,
        dossier_code=f"{campaign.code_prefix}-000" if known else None,
        arrival_number="0/2000" if known else None,
        revision=1 if known else None,
        message_received_at=campaign.deadline,
        dossier_received_at=campaign.deadline,
        documents=(table,),
        documents_in_force=(table,),
        late_supplement=False,
        original_message_id=None,
        original_references=(),
        original_subject="",
        written_at=now,
    )


def _assessment(campaign: Campaign, kind: LetterKind, verdict: Verdict, union: str | None) -> Assessment:
    mends = kind in _MENDING
    found = tuple(
        finding(code, document="Bang tong hop.docx", row=1, detail="-", values=_values(campaign, policy.values))
        for code, policy in POLICY.items()
    )
    return Assessment(
        verdict=verdict,
        reply=Reply.DEFICIENCY if mends else Reply.ACKNOWLEDGEMENT,
        union=union,
        complete=not mends,
        in_time=verdict is not Verdict.LATE,
        findings=found if mends else (),
        received_at=campaign.deadline,
        deadline=campaign.deadline,
        rules="0",
        known_sender=union is not None,
    )


def _values(campaign: Campaign, keys: Iterable[str]) -> dict[str, str]:
    """Of the kind that the rules put there: moments and days as ISO 8601, all else as a number."""
    at = campaign.deadline
    written = dict.fromkeys(_TIMES, at.isoformat()) | dict.fromkeys(_DAYS, at.date().isoformat())
    return {key: written.get(key, "1") for key in keys}
