"""The outgoing Tờ trình and its Bảng tổng hợp tóm tắt sáng kiến as DOCX, from the figures of the register."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from docx.document import Document as DocumentType
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Length, Pt
from docx.table import Table, _Cell, _Row

from dossier.breakdown import Amount
from dossier.campaign import APPLIED, AUTHOR, BENEFIT, FIELD, POSITION, SUMMARY, TITLE
from dossier.co_authors import on_one_line
from dossier.examination import Outgoing, plain
from dossier.proposal import Proposal, Proposed
from reports import administrative as layout
from reports.texts import Texts, one_line

MEMO_NAME, TABLE_NAME = "To trinh", "Bang tong hop tom tat sang kien"
"""Of the files, without their ends: ASCII, so that every program keeps them."""
_COLUMNS: Mapping[str, float] = {
    "place": 1.25,
    "author": 2.7,
    "position": 3.0,
    "title": 3.1,
    "field": 2.6,
    "summary": 7.2,
    "applied": 2.5,
    "benefit": 3.4,
    "average": 1.5,
}
"""Column → its part of the width."""
_KEYS = {"author": AUTHOR, "title": TITLE, "field": FIELD, "summary": SUMMARY, "applied": APPLIED, "benefit": BENEFIT}
_CENTRED = frozenset({"place", "average", "applied"})
_LONG_ROW = 450
"""Characters from which a row may be torn over two pages: whole, it would leave half a page white."""


@dataclass(frozen=True, slots=True)
class Written:
    memo: bytes
    table: bytes


def proposal(found: Proposal, override: Path | None = None) -> Written:
    """Both documents. Pure but for the texts that are read. Raises ReportTextError."""
    texts = Texts("proposal", "vi", override)
    values = _values(found, texts)
    return Written(_memo(found, texts, values), _table(found, texts, values))


def _values(found: Proposal, texts: Texts) -> dict[str, Any]:
    """What the texts may use."""
    campaign, outgoing = found.campaign, _outgoing(found)
    examination, worths = campaign.examination, found.worths
    return {
        "programme": campaign.name,
        "organisation": campaign.organisation,
        "plan_number": campaign.plan_number,
        "plan_date": campaign.plan_date,
        "place": campaign.place,
        "basis": outgoing.basis,
        "recipient": outgoing.recipient or campaign.parent_organisation,
        "symbol": outgoing.symbol or "TTr",
        "number": found.number,
        "dated": found.dated,
        "year": found.written.year,
        "figures": found.figures,
        "share": found.figures.share,
        "valid_on": found.valid_at.astimezone(ZoneInfo(campaign.zone)).date(),
        "proposed": len(found.proposed),
        "unions": found.unions,
        "averages": found.averages,
        "maximum": Decimal(plain(examination.maximum)) if examination else 0,
        "criteria": [
            {"label": one.label, "most": Decimal(plain(one.points * one.weight))} for one in examination.criteria
        ]
        if examination
        else [],
        "stated": worths.stated,
        "amounts": [_amount(texts, one) for one in worths.amounts],
    }


def _amount(texts: Texts, one: Amount) -> str:
    marks = {"open_up": one.open_up > 0, "approximate": one.approximate > 0}
    return texts.line("amount", low=one.low, high=max(one.low, one.high), per=one.per, **marks)


def _outgoing(found: Proposal) -> Outgoing:
    return found.campaign.examination.outgoing if found.campaign.examination else Outgoing()


def _head(document: DocumentType, found: Proposal, texts: Texts, values: Mapping[str, Any], *, numbered: bool) -> None:
    """The table goes along with the Tờ trình and names its number: it has none of its own."""
    if found.draft:
        layout.draft_mark(document, texts.line("draft"))
    layout.letterhead(
        document,
        one_line(found.campaign.parent_organisation),
        one_line(found.campaign.organisation),
        texts.line("country"),
        texts.line("motto"),
        texts.line("number", **values) if numbered else "",
        texts.line("place_date", **values),
    )


def _close(document: DocumentType, found: Proposal, texts: Texts, copies: Sequence[str]) -> None:
    outgoing = _outgoing(found)
    signing = [one for one in (outgoing.authority, outgoing.position) if one]
    layout.closing(document, texts.line("copies_title"), copies, signing, one_line(found.signer))


def _memo(found: Proposal, texts: Texts, values: Mapping[str, Any]) -> bytes:
    document = layout.new_document()
    _head(document, found, texts, values, numbered=True)
    layout.title(document, texts.line("type"), texts.lines("abstract", **values))
    addressee = layout.write(document.add_paragraph(), texts.line("addressee", **values), centred=True)
    addressee.paragraph_format.space_before = addressee.paragraph_format.space_after = Pt(8)
    for part in ("body", "results_title", "results", "request_title", "request"):
        for text in texts.lines(part, **values):
            layout.body(document, text, bold=part.endswith("_title"))
    document.paragraphs[-1].paragraph_format.keep_with_next = True  # no signature alone on a page
    _close(document, found, texts, _outgoing(found).copies)
    return layout.saved(document, texts.line("type"), found.campaign.organisation)


# --- The summary table ----------------------------------------------------------------------------------------------


def _table(found: Proposal, texts: Texts, values: Mapping[str, Any]) -> bytes:
    document = layout.new_document(layout.LANDSCAPE)
    _head(document, found, texts, values, numbered=False)
    subtitle = texts.lines("table_subtitle", **values)
    layout.title(document, texts.line("table_title"), subtitle, line=False)
    reference = texts.line("table_reference", **values)
    under = layout.write(document.add_paragraph(), reference, size=13, italic=True, centred=True)
    under.paragraph_format.space_after = Pt(8)
    _rows(document, found, texts, values)
    _close(document, found, texts, ())
    return layout.saved(document, texts.line("table_title"), found.campaign.organisation)


def _rows(document: DocumentType, found: Proposal, texts: Texts, values: Mapping[str, Any]) -> None:
    shown = tuple(name for name in _COLUMNS if _is_shown(found, name))
    table = document.add_table(rows=2 + len(found.proposed), cols=len(shown))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    rows = tuple(table.rows)
    _widths(table, rows, layout.width_of(document), shown)
    for cell, name in zip(rows[0].cells, shown, strict=True):
        _fill(cell, texts.line(f"head_{name}"), bold=True, centred=True)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    layout.repeat_on_each_page(rows[0])
    layout.keep_whole(rows[0])
    for row, one in zip(rows[1:-1], found.proposed, strict=True):
        _row(row, shown, one, texts)
    _total(rows[-1], shown, texts, values)


def _is_shown(found: Proposal, name: str) -> bool:
    """A column that the campaign does not ask for and nobody filled in is left out."""
    key = _KEYS.get(name)
    return key is None or found.campaign.column(key) is not None or any(one.cells.get(key) for one in found.proposed)


def _widths(table: Table, rows: Sequence[_Row], whole: Length, shown: Sequence[str]) -> None:
    parts = sum(_COLUMNS[name] for name in shown)
    widths = [Length(int(whole * _COLUMNS[name] / parts)) for name in shown]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _row(row: _Row, shown: Sequence[str], one: Proposed, texts: Texts) -> None:
    said = {name: one_line(on_one_line(one.cells.get(key, ""))) for name, key in _KEYS.items()}
    said["place"] = str(one.place)
    said["position"] = "; ".join(text for text in (one_line(one.cells.get(POSITION, "")), one.union_name) if text)
    said["average"] = "" if one.average is None else texts.number(one.average)
    for cell, name in zip(row.cells, shown, strict=True):
        _fill(cell, said[name], centred=name in _CENTRED)
    if max(map(len, said.values())) < _LONG_ROW:
        layout.keep_whole(row)


def _total(row: _Row, shown: Sequence[str], texts: Texts, values: Mapping[str, Any]) -> None:
    """What they come to, over all columns but the last two."""
    cells = row.cells
    benefit = shown.index("benefit") if "benefit" in shown else len(shown) - 1
    _fill(cells[0].merge(cells[benefit - 1]), texts.line("total", **values), bold=True)
    if "benefit" in shown:
        _fill(cells[benefit], texts.line("total_benefit", **values), bold=True)
    layout.keep_whole(row)


def _fill(cell: _Cell, text: str, *, bold: bool = False, centred: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    layout.write(paragraph, text, size=11, bold=bold, centred=centred)
    if not centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
