"""The blank form (mẫu) of the summary table: a DOCX of the campaign's columns, to go along with a deficiency letter.

What a union fills in comes back to the parsers, so the form keeps to what they read best: one header row, one row for
each initiative, nothing written into the empty rows, not even a number.
"""

import io
import zipfile

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Mm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from dossier.campaign import APPLIED, AUTHOR, BENEFIT, BLOCK, FIELD, NO, POSITION, SUMMARY, TITLE, Campaign, Column
from dossier.model import Kind

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILE_NAME = "Mau bang tong hop sang kien.docx"
"""ASCII, so that every mail program keeps it."""

_ROWS = 6
_FONT = "Times New Roman"
_WIDTH, _HEIGHT, _MARGIN = Mm(297), Mm(210), Mm(12)
_SHARES = {
    NO: 1.35,
    AUTHOR: 2.6,
    POSITION: 2.3,
    TITLE: 3.0,
    FIELD: 2.4,
    BLOCK: 2.2,
    SUMMARY: 4.6,
    APPLIED: 2.3,
    BENEFIT: 2.7,
}
_SHARE = 1.7
"""Of the width, for the columns that a campaign adds of its own."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def blank_form(campaign: Campaign) -> bytes:
    """A DOCX: landscape A4, title, "(Mẫu)", header row with hints, mandatory columns marked, empty rows, choices.

    Pure: the same campaign gives the same bytes.
    """
    document = Document()
    _page(document)
    _title(document, campaign)
    _table(document, campaign)
    _notes(document, campaign)
    _signature(document, campaign)
    _properties(document, campaign)
    out = io.BytesIO()
    document.save(out)
    return _timeless(out.getvalue())


def _page(document: DocumentType) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = _WIDTH, _HEIGHT
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(11)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after = Pt(0)


def _line(
    paragraph: Paragraph, text: str, *, size: float = 11, bold: bool = False, italic: bool = False, grey: bool = False
) -> Paragraph:
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    if grey:
        run.font.color.rgb = RGBColor(0x55, 0x55, 0x55)
    return paragraph


def _title(document: DocumentType, campaign: Campaign) -> None:
    _line(document.add_paragraph(), campaign.organisation.upper(), size=11)
    _line(document.add_paragraph(), "CÔNG ĐOÀN CƠ SỞ: ……………………………………………", bold=True)
    for text, size, bold, italic in (
        (_label(campaign).upper(), 14, True, False),
        (f"{campaign.name}", 12, False, False),
        ("(Mẫu)", 11, False, True),
    ):
        paragraph = _line(document.add_paragraph(), text, size=size, bold=bold, italic=italic)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Pt(6 if bold else 0)
    document.paragraphs[-1].paragraph_format.space_after = Pt(8)


def _label(campaign: Campaign) -> str:
    labels = (one.label for one in campaign.required if one.kind is Kind.SUMMARY_TABLE)
    return next(labels, "Bảng tổng hợp tóm tắt sáng kiến")


def _table(document: DocumentType, campaign: Campaign) -> None:
    table = document.add_table(rows=1 + _ROWS, cols=len(campaign.columns))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    widths = _widths(campaign.columns)
    _grid(table, widths)
    for number, row in enumerate(table.rows):
        row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
        row.height = Cm(1.1)
        _keep_whole(row, repeat=number == 0)
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    for cell, column in zip(table.rows[0].cells, campaign.columns, strict=True):
        _head(cell, column)


def _widths(columns: tuple[Column, ...]) -> tuple[Length, ...]:
    shares = [_SHARES.get(column.key, _SHARE) for column in columns]
    whole = _WIDTH - 2 * _MARGIN
    return tuple(Length(int(whole * share / sum(shares))) for share in shares)


def _grid(table: Table, widths: tuple[Length, ...]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width


def _keep_whole(row: _Row, *, repeat: bool) -> None:
    """Not torn over two pages; the header again on each (ECMA-376, 17.4.6 and 17.4.78)."""
    properties = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", *(("w:tblHeader",) if repeat else ())):
        properties.append(OxmlElement(name))


def _head(cell: _Cell, column: Column) -> None:
    """Label, the mark of a mandatory column, and under it the hint."""
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    label = cell.paragraphs[0]
    label.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _line(label, f"{column.label} (*)" if column.mandatory else column.label, size=10, bold=True)
    if column.hint:
        hint = _line(cell.add_paragraph(), column.hint, size=8, italic=True, grey=True)
        hint.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _notes(document: DocumentType, campaign: Campaign) -> None:
    first = _line(document.add_paragraph(), "Ghi chú: ", size=10, bold=True)
    first.paragraph_format.space_before = Pt(8)
    _line(first, "cột có dấu (*) bắt buộc phải ghi; mỗi sáng kiến một dòng, thêm dòng nếu cần.", size=10)
    if campaign.window is not None and "window" in campaign.quotes:
        _line(document.add_paragraph(), f"- Kế hoạch nêu: “{' '.join(campaign.quotes['window'].split())}”", size=10)
    for column in campaign.columns:
        if column.choices:
            text = f"- {column.label}: ghi một trong các nội dung sau: {'; '.join(column.choices)}."
            _line(document.add_paragraph(), text, size=10)


def _signature(document: DocumentType, campaign: Campaign) -> None:
    lines = (
        (f"{campaign.place}, ngày …… tháng …… năm ………", False, True),
        ("TM. BAN CHẤP HÀNH", True, False),
        ("CHỦ TỊCH", True, False),
        ("(Ký tên, đóng dấu)", False, True),
    )
    for number, (text, bold, italic) in enumerate(lines):
        paragraph = _line(document.add_paragraph(), text, bold=bold, italic=italic)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.left_indent = Cm(16)
        paragraph.paragraph_format.keep_with_next = number < len(lines) - 1
        paragraph.paragraph_format.space_before = Pt(8 if number == 0 else 0)


def _properties(document: DocumentType, campaign: Campaign) -> None:
    properties = document.core_properties
    properties.title = f"{_label(campaign)} (mẫu)"
    properties.author = properties.last_modified_by = campaign.organisation
    properties.subject, properties.comments, properties.language = campaign.name, "", "vi"


def _timeless(docx: bytes) -> bytes:
    """The same package without the time of day at which it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            kept.writestr(zipfile.ZipInfo(name, _EPOCH), made.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
