"""What templates see of LetterFacts: times in the campaign's zone, received text cleaned and capped, nothing else.

In a letter to an address that is not known no text of the message appears, not even the name of a file.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dossier.campaign import Campaign, Contact, Portal, Window
from dossier.findings import LATE
from dossier.folding import fold
from dossier.letter import LetterFacts, LetterKind
from dossier.model import Document, Finding, Kind, Severity
from dossier.signatures import Signature
from notifier.cleaning import answered_subject, one_line
from notifier.points import NAME_LIMIT, SHOWN, Point, points_of

UNVERIFIED = frozenset({LetterKind.UNVERIFIED_ACKNOWLEDGEMENT, LetterKind.UNVERIFIED_DEFICIENCY})
_TIME_IN_DOUBT = frozenset({"receipt-time-disputed", "receipt-time-unknown"})


@dataclass(frozen=True, slots=True)
class Margin:
    """Between a time of receipt and the deadline, to the second; `past` where it is after the deadline."""

    past: bool
    days: int
    hours: int
    minutes: int
    seconds: int

    @classmethod
    def of(cls, received_at: datetime, deadline: datetime) -> "Margin":
        whole = _whole(deadline) - _whole(received_at)
        total = abs(int(whole.total_seconds()))
        minutes, seconds = divmod(total, 60)
        hours, minutes = divmod(minutes, 60)
        days, hours = divmod(hours, 24)
        return cls(whole < timedelta(0), days, hours, minutes, seconds)

    @property
    def nothing(self) -> bool:
        return not (self.days or self.hours or self.minutes or self.seconds)


def _whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class FileView:
    """A file and what it was read as."""

    name: str
    labels: tuple[str, ...]
    """Of the required documents that it holds."""
    initiatives: int | None
    problem: str
    """'', or a `dossier.model.Problem`."""
    container: str
    """The archive it came in, or ''."""
    signatures: tuple["SignatureView", ...] = ()


@dataclass(frozen=True, slots=True)
class SignatureView:
    """A digital signature on a file."""

    signer: str
    """'' where its certificate names nobody, or could not be read."""
    signed_at: datetime | None
    since: str
    """A `dossier.signatures.SinceSigning`."""
    trusted: bool | None


@dataclass(frozen=True, slots=True)
class LetterView:
    """All that a template can ask for, as `letter`."""

    kind: str
    status: str
    """received | review | incomplete | late | incomplete-late | supplement | ruled (by a person)."""
    known: bool
    awaiting: bool
    """Something waits for a person."""
    time_in_doubt: bool
    complete: bool
    campaign: Campaign
    contact: Contact
    portal: Portal | None
    window: Window | None
    quotes: Mapping[str, str]
    union: str
    union_is_named: bool
    """The name itself says that it is a union."""
    code: str
    arrival_number: str
    revision: int | None
    original_subject: str
    written_at: datetime
    received_at: datetime
    margin: Margin
    begun_at: datetime | None
    """Of the dossier's first message, where that came in time and the last came late."""
    completed_at: datetime | None
    completed_margin: Margin | None
    deadline: datetime
    zone: str
    """As people write it: UTC+7, or the zone's own letters."""
    extended: bool
    paper_received: bool
    open: bool
    """The deadline is not past as the letter is written."""
    files: tuple[FileView, ...]
    more_files: int
    in_force: tuple[FileView, ...]
    """What counts for the dossier, where that is not just this message's files."""
    deficiencies: tuple[Point, ...]
    reviews: tuple[Point, ...]
    warnings: tuple[Point, ...]
    form: str
    """Name of the blank form that goes along, or ''."""

    @property
    def missing_documents(self) -> bool:
        return any(point.code.startswith("missing-") for point in self.deficiencies)


def view_of(facts: LetterFacts, form: str = "") -> LetterView:
    """`form`: name of the attached blank form."""
    zone, assessment, campaign = ZoneInfo(facts.campaign.zone), facts.assessment, facts.campaign
    known = facts.kind not in UNVERIFIED
    deadline = assessment.deadline.astimezone(zone)
    received_at = facts.message_received_at.astimezone(zone)
    completed_at = facts.dossier_received_at.astimezone(zone) if known and facts.dossier_received_at else None
    points = points_of(facts, known)
    files = tuple(_file(one, campaign, zone) for one in facts.documents if not one.inline) if known else ()
    codes = {one.code for one in assessment.findings}
    awaiting = not known or any(one.severity is Severity.REVIEW for one in assessment.findings)
    return LetterView(
        kind=facts.kind.value,
        status=_status(facts, awaiting),
        known=known,
        awaiting=awaiting,
        time_in_doubt=bool(codes & _TIME_IN_DOUBT),
        complete=assessment.complete is True,
        campaign=campaign,
        contact=campaign.contact,
        portal=campaign.portal,
        window=campaign.window,
        quotes={key: " ".join(text.split()) for key, text in campaign.quotes.items()},
        union=facts.union.name if known and facts.union else "",
        union_is_named=facts.union is not None and fold(facts.union.name).startswith(("cong doan", "cdcs")),
        code=(facts.dossier_code or "") if known else "",
        arrival_number=(facts.arrival_number or "") if known else "",
        revision=facts.revision if known else None,
        original_subject=answered_subject(facts.original_subject) if known else "",
        written_at=facts.written_at.astimezone(zone),
        received_at=received_at,
        margin=Margin.of(received_at, deadline),
        begun_at=_begun_at(assessment.findings, deadline) if known else None,
        completed_at=completed_at,
        completed_margin=Margin.of(completed_at, deadline) if completed_at else None,
        deadline=deadline,
        zone=_zone_name(deadline),
        extended=assessment.deadline != campaign.deadline,
        paper_received=facts.paper_received,
        open=facts.written_at <= assessment.deadline,
        files=files[:SHOWN],
        more_files=max(0, len(files) - SHOWN),
        in_force=_in_force(facts) if known else (),
        deficiencies=tuple(one for one in points if one.severity == Severity.DEFICIENCY),
        reviews=tuple(one for one in points if one.severity == Severity.REVIEW),
        warnings=tuple(one for one in points if one.severity == Severity.WARNING),
        form=form,
    )


def _zone_name(moment: datetime) -> str:
    """`+07` of the time zone database is UTC+7 to people; CET or EST they know as it is."""
    name = moment.strftime("%Z")
    if name[:1] not in "+-":
        return name
    hours, minutes = name[1:3].lstrip("0") or "0", name[3:]
    return f"UTC{name[0]}{hours}" + (f":{minutes}" if minutes else "")


def _status(facts: LetterFacts, awaiting: bool) -> str:
    """Complete and in time are two facts; what waits for a person is never called received in full and in time.

    Late is what the rules say is late: a time of receipt that a person has to decide on is not (P3).
    """
    assessment = facts.assessment
    if facts.late_supplement:
        return "supplement"
    in_time = all(one.code != LATE for one in assessment.findings)
    if assessment.complete is False:
        return "incomplete" if in_time else "incomplete-late"
    if not in_time:
        return "late"
    if assessment.ruling is not None and not awaiting:
        return "ruled"
    return "review" if awaiting or assessment.complete is None or assessment.in_time is None else "received"


def _begun_at(findings: Iterable[Finding], deadline: datetime) -> datetime | None:
    for found in findings:
        written = found.values.get("begun_at", "") if found.code == LATE else ""
        if written:
            begun = datetime.fromisoformat(written)
            return begun.astimezone(deadline.tzinfo) if begun.tzinfo is not None and begun <= deadline else None
    return None


def _in_force(facts: LetterFacts) -> tuple[FileView, ...]:
    """Empty where every document that counts came with this very message: then it is said already."""
    here = {(one.part, one.sha256) for one in facts.documents}
    if all((one.part, one.sha256) in here for one in facts.documents_in_force):
        return ()
    zone = ZoneInfo(facts.campaign.zone)
    return tuple(_file(one, facts.campaign, zone) for one in facts.documents_in_force)[:SHOWN]


def _file(document: Document, campaign: Campaign, zone: ZoneInfo) -> FileView:
    labels = tuple(one.label for one in campaign.required if one.kind in document.kinds)
    has_rows = document.table is not None and Kind.SUMMARY_TABLE in document.kinds
    return FileView(
        name=one_line(document.file, NAME_LIMIT),
        labels=labels,
        initiatives=len(document.table.rows) if document.table is not None and has_rows else None,
        problem=document.problem.value if document.problem is not None else "",
        container=one_line(document.containers[-1], NAME_LIMIT) if document.containers else "",
        signatures=tuple(_signature(one, zone) for one in document.signatures[:SHOWN]),
    )


def _signature(signature: Signature, zone: ZoneInfo) -> SignatureView:
    at = signature.signed_at
    return SignatureView(
        signer=one_line(signature.signer or signature.organisation, NAME_LIMIT),
        signed_at=at.astimezone(zone) if at is not None else None,
        since=signature.since.value,
        trusted=signature.trusted,
    )
