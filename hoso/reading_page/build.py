"""A message, its assessment and the views of its files become what the page shows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from dossier.campaign import Campaign
from dossier.findings import NOT_READ, finding
from dossier.initiatives import Drawn, draw
from dossier.model import Assessment, Document, Finding, Memo, Reply, Submission, SummaryTable, Verdict
from dossier.money import Benefit, Worth
from dossier.periods import Period
from dossier.signatures import Signature, SinceSigning
from hoso.reading_page import words
from hoso.reading_page.marks import blocks_shown, level_of, pages_shown, shows_all, use_key
from hoso.reading_page.model import (
    DocumentShown,
    FindingShown,
    MessageShown,
    RowShown,
    SignatureShown,
    Value,
)
from hoso.reading_page.words import Both
from parsers.traces import MEMO_FIELDS, Use
from parsers.views import View

_LONGEST_WORDS = 4_000


def message_shown(
    file: str,
    submission: Submission,
    assessment: Assessment,
    views: Sequence[View],
    campaign: Campaign,
    number: int = 1,
) -> MessageShown:
    """`number`: of the message on the page, from 1. Raises nothing."""
    anchor = f"m{number}"
    anchors = {one.part: f"{anchor}d{place}" for place, one in enumerate(submission.documents, start=1)}
    by_file: dict[str, str] = {}
    for one in submission.documents:
        by_file.setdefault(one.file, anchors[one.part])
    found = tuple(_finding(one, by_file.get(one.document or "", "")) for one in assessment.findings)
    by_part = {view.part: view for view in views}
    union = campaign.roster.by_code(assessment.union) if assessment.union else None
    return MessageShown(
        anchor=anchor,
        file=file,
        subject=submission.subject,
        sender=" · ".join(filter(None, (submission.sender.name, submission.sender.address))),
        union=f"{union.name} ({union.code})" if union else assessment.union or "",
        received_at=_moment(assessment.received_at, campaign.zone),
        deadline=_moment(assessment.deadline, campaign.zone),
        verdict=assessment.verdict.value,
        verdict_name=words.VERDICTS[assessment.verdict],
        complete=_truth(assessment.complete),
        in_time=_truth(assessment.in_time),
        reply=words.REPLIES[assessment.reply],
        findings=found,
        documents=tuple(
            _document(one, by_part.get(one.part), found, anchors[one.part], campaign) for one in submission.documents
        ),
        words=submission.own_words[:_LONGEST_WORDS],
        problems=submission.problems,
    )


def unread_shown(file: str, detail: str, campaign: Campaign, number: int = 1) -> MessageShown:
    """A message that could not be read at all."""
    return MessageShown(
        anchor=f"m{number}",
        file=file,
        subject="",
        sender="",
        union="",
        received_at="",
        deadline=_moment(campaign.deadline, campaign.zone),
        verdict=Verdict.REVIEW.value,
        verdict_name=words.VERDICTS[Verdict.REVIEW],
        complete=words.UNKNOWN,
        in_time=words.UNKNOWN,
        reply=words.REPLIES[Reply.NONE],
        findings=(_finding(finding(NOT_READ, detail=detail), ""),),
        documents=(),
        words="",
        problems=(),
    )


def _truth(value: bool | None) -> Both:
    return words.UNKNOWN if value is None else words.YES if value else words.NO


def _finding(found: Finding, anchor: str) -> FindingShown:
    return FindingShown(
        code=found.code,
        severity=found.severity.value,
        severity_name=words.SEVERITIES[found.severity],
        name=words.FINDINGS.get(found.code, Both(found.code, found.code)),
        detail=found.detail,
        row=found.row,
        document=found.document or "",
        anchor=anchor,
    )


def _document(
    document: Document, view: View | None, found: Iterable[FindingShown], anchor: str, campaign: Campaign
) -> DocumentShown:
    own = tuple(one for one in found if one.anchor == anchor)
    pages = pages_shown(view, document, anchor) if view is not None else ()
    shown_whole = view is not None and bool(pages) and shows_all(view, document)
    notes = [document.detail, view.note if view is not None else "", *document.doubts, *document.converted]
    return DocumentShown(
        anchor=anchor,
        file=document.file,
        containers=document.containers,
        kinds=tuple(words.KINDS[kind] for kind in document.kinds),
        read_by=document.read_by or "",
        size=_size(document.size),
        problem=words.PROBLEMS[document.problem] if document.problem is not None else None,
        notes=tuple(dict.fromkeys(filter(None, notes))),
        signatures=tuple(_signature(one, campaign.zone) for one in document.signatures),
        findings=own,
        memo=_memo(document.memo, anchor) if document.memo is not None else (),
        missing=document.memo.missing if document.memo is not None else (),
        rows=_rows(document.table, own, anchor, campaign) if document.table is not None else (),
        pages=pages,
        blocks=blocks_shown(view.content, document, anchor) if view is not None and not shown_whole else (),
        is_open=not document.inline and (bool(pages) or document.memo is not None or document.table is not None),
    )


def _signature(signature: Signature, zone: str) -> SignatureShown:
    good = signature.since in (SinceSigning.UNCHANGED, SinceSigning.EXTENDED) and signature.trusted is not False
    return SignatureShown(
        signer=signature.signer,
        organisation=signature.organisation,
        signed_at=_moment(signature.signed_at, zone),
        since=words.SINCE[signature.since],
        trust=words.TRUST[signature.trusted],
        good=None if signature.since is SinceSigning.UNKNOWN else good,
        doubt=signature.doubt,
    )


# --- Values -------------------------------------------------------------------------------------------------------


def _memo(memo: Memo, anchor: str) -> tuple[Value, ...]:
    shown = []
    for name in (*MEMO_FIELDS, "stated_count"):
        value = getattr(memo, name)
        text = _day(value) if isinstance(value, date) else "" if value is None else str(value)
        confidence = memo.confidence.get(name)
        shown.append(_value(words.MEMO_FIELDS[name], text, use_key(anchor, Use(0, name, memo=True)), confidence))
    return tuple(shown)


def _value(label: Both, text: str, use: str, confidence: float | None, reading: Both | None = None) -> Value:
    told = confidence is not None and confidence < 1
    percent = round(100 * confidence) if confidence is not None and told else None
    return Value(label, text, use, level_of(1.0 if confidence is None else confidence), percent, reading)


def _rows(table: SummaryTable, found: Iterable[FindingShown], anchor: str, campaign: Campaign) -> tuple[RowShown, ...]:
    by_row: dict[int, list[FindingShown]] = {}
    for one in found:
        if one.row is not None:
            by_row.setdefault(one.row, []).append(one)
    return tuple(
        _row(place, drawn, by_row.get(place, ()), anchor, campaign)
        for place, drawn in enumerate(draw(table, campaign.key), start=1)
    )


def _row(place: int, drawn: Drawn, found: Iterable[FindingShown], anchor: str, campaign: Campaign) -> RowShown:
    row = drawn.row
    readings = {"applied": _period(drawn.applied), "benefit": _benefit(drawn.benefit)}
    values = [
        _value(
            _label(key, campaign), text, use_key(anchor, Use(place, key)), row.confidence.get(key), readings.get(key)
        )
        for key, text in row.cells.items()
    ]
    values += [_value(Both(header, header), text, "", None) for header, text in row.extra.items()]
    return RowShown(place, row.cells.get("title", ""), tuple(values), tuple(found))


def _label(key: str, campaign: Campaign) -> Both:
    column = campaign.column(key)
    return Both(column.label if column else key, words.COLUMNS.get(key, key))


def _period(period: Period | None) -> Both | None:
    if period is None:
        return None
    first, last = (_day(day) if day else "…" for day in (period.first, period.last))
    until = f" → {_day(period.until)}" if period.until else ""
    text = f"{first}{until}" if first == last else f"{first} – {last}{until}"
    return Both(text, text)


_UNITS: Mapping[str, Both] = {
    "year": Both("/năm", " a year"),
    "quarter": Both("/quý", " a quarter"),
    "month": Both("/tháng", " a month"),
    "week": Both("/tuần", " a week"),
    "day": Both("/ngày", " a day"),
}


def _benefit(benefit: Benefit) -> Both | None:
    if benefit.worth is Worth.NOT_IN_MONEY:
        return Both("không tính bằng tiền", "not in money")
    if benefit.worth is Worth.UNCLEAR:
        return None
    low, high = (
        f"{amount:,}".replace(",", ".") if amount is not None else "…" for amount in (benefit.low, benefit.high)
    )
    amount = low if low == high else f"{low} – {high}"
    per = _UNITS.get(benefit.per, Both(f"/{benefit.per}", f" / {benefit.per}") if benefit.per else Both("", ""))
    about = "≈ " if benefit.approximate else ""
    return Both(f"{about}{amount} đ{per.vi}", f"{about}{amount} đ{per.en}")


def _day(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"


def _moment(moment: datetime | None, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).strftime("%H:%M:%S %d/%m/%Y") if moment is not None else ""


def _size(size: int) -> str:
    return f"{size / 1024:.0f} KB" if size < 1 << 20 else f"{size / (1 << 20):.1f} MB"
