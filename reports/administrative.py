"""The layout of administrative documents: Decree 30/2020/NĐ-CP, appendix I, as unions use it, by python-docx.

A4, margins of 20 mm above and below, 30 mm left, 15 mm right; Times New Roman 13-14; letterhead in two columns; the
page's number above the text in the middle, not on the first page.
"""

import io
import zipfile
from collections.abc import Sequence

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

FONT = "Times New Roman"
PORTRAIT, LANDSCAPE = (Mm(210), Mm(297)), (Mm(297), Mm(210))
_TOP, _BOTTOM, _LEFT, _RIGHT = Mm(20), Mm(20), Mm(30), Mm(15)
_ROOMY = Mm(200)
_LETTER, _CAPITAL = 2.2, 2.5
"""Millimetres that a letter takes on average, at 13 and at 12 points: lines are as long as a part of their text."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_INDENT = Mm(10)


def new_document(size: tuple[Length, Length] = PORTRAIT) -> DocumentType:
    """Blank, with page, font and the number of the page set."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if size[0] > size[1] else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = size
    section.top_margin, section.bottom_margin = _TOP, _BOTTOM
    section.left_margin, section.right_margin = (_LEFT, _RIGHT) if size[0] < size[1] else (Mm(20), Mm(15))
    section.header_distance = Mm(10)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        style.element.rPr.rFonts.set(qn(name), FONT)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    return document


def width_of(document: DocumentType) -> Length:
    """Between the margins."""
    section = document.sections[0]
    page, left, right = section.page_width, section.left_margin, section.right_margin
    if page is None or left is None or right is None:
        raise ValueError("the page has no width")
    return Length(page - left - right)


def write(
    paragraph: Paragraph,
    text: str,
    *,
    size: float = 14,
    bold: bool = False,
    italic: bool = False,
    centred: bool = False,
) -> Paragraph:
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def letterhead(
    document: DocumentType, parent: str, issuer: str, country: str, motto: str, number: str, place_date: str
) -> None:
    """Parent over issuing body, number under them; country over motto, place and date under them. Lines under both."""
    whole = width_of(document)
    tight = whole < _ROOMY
    left = Length(int(whole * (0.465 if tight else 0.44)))
    table = _bare_table(document, 2, (left, Length(whole - left)))
    issued, nation = table.rows[0].cells
    first = issued.paragraphs[0]
    if parent:
        _condense(write(first, parent.upper(), size=12, centred=True), tight)
        first = issued.add_paragraph()
    _condense(write(first, issuer.upper(), size=12, bold=True, centred=True), tight)
    _line(issued.add_paragraph(), left, Mm(_CAPITAL * len(issuer) * 0.4))
    _condense(write(nation.paragraphs[0], country, size=12, bold=True, centred=True), tight, -6)
    write(nation.add_paragraph(), motto, size=13, bold=True, centred=True)
    _line(nation.add_paragraph(), Length(whole - left), Mm(_LETTER * len(motto)))
    numbered, dated = table.rows[1].cells
    write(numbered.paragraphs[0], number, size=13, centred=True)
    write(dated.paragraphs[0], place_date, size=13, italic=True, centred=True)
    for cell in (numbered, dated):
        cell.paragraphs[0].paragraph_format.space_before = Pt(3)


def title(document: DocumentType, kind: str, abstract: Sequence[str], *, line: bool = True) -> None:
    """The kind of document, its abstract under it, and a line under that, a third of it long."""
    head = write(document.add_paragraph(), kind, size=14, bold=True, centred=True)
    head.paragraph_format.space_before = Pt(18)
    for text in abstract:
        write(document.add_paragraph(), text, size=14, bold=True, centred=True)
    if line:
        longest = max(map(len, (kind, *abstract)))
        _line(document.add_paragraph(), width_of(document), Mm(_LETTER * longest / 3))


def body(document: DocumentType, text: str, *, bold: bool = False) -> Paragraph:
    """A paragraph of the text: set on both sides, its first line indented."""
    paragraph = write(document.add_paragraph(), text, bold=bold)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    layout = paragraph.paragraph_format
    layout.first_line_indent, layout.space_before, layout.line_spacing = _INDENT, Pt(6), 1.15
    layout.keep_with_next, layout.widow_control = bold, True
    return paragraph


def closing(
    document: DocumentType, copies_title: str, copies: Sequence[str], signing: Sequence[str], signer: str
) -> None:
    """Who gets copies on the left; authority, position, room for signature and seal, and the name on the right."""
    whole = width_of(document)
    left = Length(int(whole * 0.5))
    table = _bare_table(document, 1, (left, Length(whole - left)), before=12)
    keep_whole(table.rows[0])  # the name on the page of its authority and seal
    receivers, signers = table.rows[0].cells
    first = receivers.paragraphs[0]
    if copies:
        write(first, copies_title, size=12, bold=True, italic=True)
        for place, text in enumerate(copies, start=1):
            end = "." if place == len(copies) else ";"
            write(receivers.add_paragraph(), f"- {text}{end}", size=11)
    paragraph = signers.paragraphs[0]
    for text in signing:
        write(paragraph, text.upper(), bold=True, centred=True)
        paragraph = signers.add_paragraph()
    for _ in range(4):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph = signers.add_paragraph()
    write(paragraph, signer, bold=True, centred=True)
    for cell in (receivers, signers):
        for one in cell.paragraphs[:-1]:
            one.paragraph_format.keep_with_next = True


def draft_mark(document: DocumentType, text: str) -> None:
    """Above everything, where the document is not to be signed yet."""
    write(document.add_paragraph(), text, size=13, bold=True, italic=True)


def keep_whole(row: object) -> None:
    """Not torn over two pages (ECMA-376, 17.4.6)."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # type: ignore[attr-defined]


def repeat_on_each_page(row: object) -> None:
    """ECMA-376, 17.4.78."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # type: ignore[attr-defined]


def saved(document: DocumentType, name: str, author: str) -> bytes:
    """As DOCX; the same document gives the same bytes."""
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = name[:255], author[:255], author[:255]
    properties.comments, properties.language = "", "vi"
    out, kept = io.BytesIO(), io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as made, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as timeless:
        for part in made.namelist():
            timeless.writestr(zipfile.ZipInfo(part, _EPOCH), made.read(part), zipfile.ZIP_DEFLATED)
    return kept.getvalue()


def _bare_table(document: DocumentType, rows: int, widths: Sequence[Length], before: float = 0) -> Table:
    """Without borders and without room beside the text."""
    if before:
        gap = document.add_paragraph()
        gap.paragraph_format.space_before = Pt(0)
        write(gap, "", size=before / 2)
        gap.paragraph_format.line_spacing = Pt(before)
    table: Table = document.add_table(rows=rows, cols=len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    margins = parse_xml(
        f'<w:tblCellMar {nsdecls("w")}><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
    )
    table._tbl.tblPr.append(margins)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    return table


def _condense(paragraph: Paragraph, tight: bool, twentieths: int = -11) -> None:
    """Letters a little closer (ECMA-376, 17.3.2.35), so that the usual names stand on one line of a narrow page."""
    if tight:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(twentieths))
        paragraph.runs[0]._r.get_or_add_rPr().append(spacing)


def _line(paragraph: Paragraph, width: Length, length: Length) -> None:
    """A line in the middle of the width: the upper border of an almost empty paragraph."""
    side = Length(max(0, int((width - length) / 2)))
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = side
    layout.space_before, layout.line_spacing = Pt(2), Pt(5)
    run = paragraph.add_run("")
    run.font.size = Pt(2)
    border = parse_xml(f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>')
    paragraph._p.get_or_add_pPr().insert_element_before(
        border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        _field(run, kind, text)


def _field(run: Run, kind: str, text: str) -> None:
    if kind:
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
    else:
        mark = OxmlElement("w:instrText")
        mark.set(qn("xml:space"), "preserve")
        mark.text = text
    run._r.append(mark)
