"""Facts for letters about invented unions and persons."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from dossier.campaign import Campaign, Union
from dossier.findings import POLICY, finding
from dossier.letter import LetterFacts, LetterKind
from dossier.model import (
    Assessment,
    Document,
    Finding,
    Kind,
    Memo,
    Problem,
    Reply,
    Row,
    Severity,
    SummaryTable,
    Verdict,
)
from hoso.campaigns import example_campaign

CAMPAIGN: Campaign = example_campaign()
UNION = Union("BVDN", "Bệnh viện Đa khoa Đồng Nai", addresses=("cdcs.bvdn@dongnai-yte.example",))
IN_TIME = datetime.fromisoformat("2021-04-16T09:12:05+07:00")
LATE_BY_A_SECOND = datetime.fromisoformat("2021-04-21T00:00:00+07:00")
MEMO = Document("2", "To trinh BVDN.docx", "a" * 64, 12000, "application/msword", (Kind.MEMO,), "docx", memo=Memo())
TABLE = Document(
    "3",
    "Bang tong hop sang kien BVDN.docx",
    "b" * 64,
    14000,
    "application/msword",
    (Kind.SUMMARY_TABLE,),
    "docx",
    table=SummaryTable({"title": "Tên sáng kiến"}, tuple(Row({"title": f"Sáng kiến {n}"}) for n in range(1, 5))),
)
BROKEN = Document("4", "Phu luc.pdf", "c" * 64, 900, "application/pdf", (Kind.UNREADABLE,), problem=Problem.CORRUPT)

# What the rules put beside a finding of each code; keys as dossier.findings names them.
VALUES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "missing-memo": ("Tờ trình", {"kind": "memo", "label": "Tờ trình"}),
    "missing-summary-table": (
        "Bảng tổng hợp tóm tắt sáng kiến",
        {"kind": "summary_table", "label": "Bảng tổng hợp tóm tắt sáng kiến"},
    ),
    "incomplete-row": (
        "Tóm tắt nội dung sáng kiến",
        {"columns": "Tóm tắt nội dung sáng kiến", "title": "Máy rửa tay cảm ứng"},
    ),
    "no-eligible-initiative": ("Tháng 9/2020", {"first": "2021-02-01", "last": "2021-05-31", "count": "4"}),
    "unreadable-attachment": ("not a ZIP archive", {}),
    "password-protected": ("encrypted", {}),
    "linked-not-attached": ("https://drive.example/abc", {"link": "https://drive.example/abc"}),
    "nothing-attached": ("xin gửi kèm", {}),
    "late": ("1 giây", {"received_at": LATE_BY_A_SECOND.isoformat(), "deadline": CAMPAIGN.deadline.isoformat()}),
    "column-missing": ("Thời gian bắt đầu áp dụng", {"column": "applied", "label": "Thời gian bắt đầu áp dụng"}),
    "copies-differ": (
        "Ban scan.pdf",
        {"kind": "summary_table", "other": "Ban scan.pdf", "count": "4", "other_count": "3"},
    ),
    "replaces-unlike": ("Bang cu.docx", {"earlier": "Bang cu.docx", "shared": "1", "of": "4"}),
    "applied-outside-window": ("Tháng 9/2020", {"title": "Sơ đồ kho", "first": "2021-02-01", "last": "2021-05-31"}),
    "applied-unclear": ("Quý I/2021", {"title": "Sơ đồ kho", "first": "2021-02-01", "last": "2021-05-31"}),
    "summary-too-long": (
        "1234/1000",
        {
            "column": "summary",
            "label": "Tóm tắt nội dung sáng kiến",
            "length": "1234",
            "limit": "1000",
            "title": "Sơ đồ kho",
        },
    ),
    "count-differs": ("5/4", {"stated": "5", "counted": "4", "by": "memo"}),
    "near-duplicate": ("Khung tập", {"scope": "union", "title": "Khung tập"}),
}
_OF_A_ROW = frozenset(
    {"incomplete-row", "applied-outside-window", "applied-unclear", "summary-too-long", "near-duplicate"}
)
_OF_NO_FILE = frozenset({"missing-memo", "missing-summary-table", "nothing-attached", "linked-not-attached", "late"})


def found(code: str, severity: Severity | None = None) -> Finding:
    """A finding of `code` as the rules make it."""
    detail, values = VALUES.get(code, ("x", {}))
    return finding(
        code,
        document=None if code in _OF_NO_FILE else TABLE.file,
        row=2 if code in _OF_A_ROW else None,
        detail=detail,
        values=values,
        severity=severity,
    )


def verdict_of(findings: tuple[Finding, ...], in_time: bool) -> tuple[Verdict, bool]:
    graves = {one.severity for one in findings if one.code != "late"}
    complete = Severity.DEFICIENCY not in graves
    if Severity.REVIEW in graves:
        return Verdict.REVIEW, complete
    if not complete:
        return Verdict.DEFICIENT, False
    return (Verdict.ACCEPTED if in_time else Verdict.LATE), True


def facts(*codes: str, received_at: datetime = IN_TIME, verified: bool = True, **changes: object) -> LetterFacts:
    """Facts of a letter about a message with findings of `codes`; `changes` are fields of LetterFacts."""
    in_time = received_at <= CAMPAIGN.deadline
    findings = tuple(found(code) for code in codes if code in POLICY)
    if not in_time and "late" not in codes:
        findings += (found("late"),)
    verdict, complete = verdict_of(findings, in_time)
    deficient = any(one.severity is Severity.DEFICIENCY for one in findings)
    assessment = Assessment(
        verdict=verdict,
        reply=Reply.DEFICIENCY if deficient else Reply.ACKNOWLEDGEMENT,
        union="BVDN" if verified else None,
        complete=complete,
        in_time=in_time,
        findings=findings,
        received_at=received_at,
        deadline=CAMPAIGN.deadline,
        rules="1",
        known_sender=verified,
    )
    kinds = {
        (True, True): LetterKind.DEFICIENCY,
        (True, False): LetterKind.ACKNOWLEDGEMENT,
        (False, True): LetterKind.UNVERIFIED_DEFICIENCY,
        (False, False): LetterKind.UNVERIFIED_ACKNOWLEDGEMENT,
    }
    base = LetterFacts(
        kind=kinds[verified, deficient],
        campaign=CAMPAIGN,
        assessment=assessment,
        recipient="cdcs.bvdn@dongnai-yte.example",
        union=UNION if verified else None,
        dossier_code="SK39-BVDN" if verified else None,
        arrival_number="15/2021" if verified else None,
        revision=1 if verified else None,
        message_received_at=received_at,
        dossier_received_at=received_at if complete and verified else None,
        documents=(MEMO, TABLE),
        documents_in_force=(MEMO, TABLE) if verified else (),
        late_supplement=False,
        original_message_id="<1@webmail.example>",
        original_references=("<0@webmail.example>",),
        original_subject="Hồ sơ sáng kiến của CĐCS BV Đa khoa Đồng Nai",
        written_at=received_at + timedelta(minutes=1),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def flat(text: str) -> str:
    """Text without its line ends, as one line."""
    return " ".join(text.split())


CASES: Mapping[str, LetterFacts] = {
    "accepted": facts(),
    "accepted with warnings": facts("summary-too-long", "count-differs", "applied-unclear", "refused-kind"),
    "deficient": facts("missing-memo", "incomplete-row"),
    "deficient and late": facts("missing-summary-table", received_at=LATE_BY_A_SECOND),
    "late": facts(received_at=LATE_BY_A_SECOND),
    "review": facts("not-read", "copies-differ"),
    "review of what no letter tells": facts("low-confidence", "union-mismatch"),
    "review and deficient": facts("missing-memo", "column-missing"),
    "review and late": facts("replaces-unlike", received_at=LATE_BY_A_SECOND),
    "unverified": facts("unverified-sender", verified=False),
    "unverified and deficient": facts("unverified-sender", "missing-memo", "incomplete-row", verified=False),
    "unverified and late": facts("unverified-sender", received_at=LATE_BY_A_SECOND, verified=False),
}
"""Every verdict, to known and unknown addresses."""
