"""DOCX files written with python-docx."""

import io
from datetime import UTC, datetime

from corpus.generator.decoration import emblem, put_behind
from corpus.generator.packing import timeless
from corpus.generator.page import (
    TURNED,
    Align,
    Block,
    Cell,
    PageBreak,
    Paper,
    Paragraph,
    Table,
    Turn,
    merges,
    turned,
)
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, Twips
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

_ALIGN = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    Align.BOTH: WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_LONG, _SHORT = Cm(29.7), Cm(21.0)


def word_file(paper: Paper) -> bytes:
    """The bytes of a DOCX; text boxes are not this writer's."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = paper.font, Pt(13)
    style.element.rPr.rFonts.set(qn("w:cs"), paper.font)
    style.paragraph_format.space_after = Pt(0)
    _turn(document, landscape=paper.landscape)
    if paper.header:
        section = document.sections[0]
        section.different_first_page_header_footer = True
        _write(document, paper.header, section.first_page_header)
    _write(document, paper.blocks, document, landscape=paper.landscape)
    if paper.watermark:
        put_behind(document.sections[0].header.paragraphs[0], paper.watermark)
    if paper.footer:
        document.sections[-1].footer.paragraphs[0].text = paper.footer
    document.core_properties.created = document.core_properties.modified = datetime(2021, 4, 1, tzinfo=UTC)
    out = io.BytesIO()
    document.save(out)
    return timeless(out.getvalue())


def _turn(document: WordDocument, *, landscape: bool) -> None:
    section = document.sections[-1]
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    section.left_margin, section.right_margin = Cm(2.4), Cm(2.0)
    section.top_margin = section.bottom_margin = Cm(1.8)


def _write(document: WordDocument, blocks: tuple[Block, ...], story: object, *, landscape: bool = False) -> None:
    """`story`: the document's body or a header."""
    for block in blocks:
        if isinstance(block, Paragraph):
            _fill(story.add_paragraph(), block)  # type: ignore[attr-defined]
        elif isinstance(block, Table):
            _table(story, block)
        elif isinstance(block, PageBreak):
            document.add_page_break()
        elif isinstance(block, Turn):
            landscape = not landscape
            document.add_section(WD_SECTION.NEW_PAGE)
            _turn(document, landscape=landscape)


def _fill(into: WordParagraph, block: Paragraph) -> None:
    into.alignment = _ALIGN[block.align]
    if block.indent:
        into.paragraph_format.left_indent = Cm(block.indent)
    for stop in block.tabs:
        into.paragraph_format.tab_stops.add_tab_stop(Cm(stop), WD_TAB_ALIGNMENT.CENTER)
    if block.picture:
        into.add_run().add_picture(io.BytesIO(emblem()), width=Cm(1.6))
    if block.text:
        run = into.add_run(block.text)
        run.bold, run.italic, run.font.size = block.bold, block.italic, Pt(block.size)
        if block.font:
            run.font.name = block.font
            run._element.rPr.rFonts.set(qn("w:cs"), block.font)


def _table(story: object, block: Table) -> None:
    width = Cm(sum(block.widths))
    arguments = (len(block.rows), len(block.widths))
    header = not hasattr(story, "core_properties") and not isinstance(story, _Cell)
    table: WordTable = story.add_table(*arguments, width) if header else story.add_table(*arguments)  # type: ignore[attr-defined]
    if block.ruled:
        table.style = "Table Grid" if "Table Grid" in [style.name for style in table.part.document.styles] else None
    table.autofit = False
    for column, centimetres in zip(table.columns, block.widths, strict=True):
        column.width = Cm(centimetres)
    cells = [list(row.cells) for row in table.rows]
    for row, told in enumerate(block.rows):
        for column, told_cell in enumerate(told):
            cells[row][column].width = Cm(block.widths[column])
            if isinstance(told_cell, Cell):
                _cell(cells[row][column], told_cell)
                if told_cell.turned:
                    _turn_text(cells[row][column])
                if told_cell.halved:
                    _halve(cells[row][column])
    for top, left, below, right in merges(block):
        cells[top][left].merge(cells[below][right])  # the empty paragraphs of those that it stands for are not kept
    _rows(table, block)


def _rows(table: WordTable, block: Table) -> None:
    """What holds for whole rows."""
    for number, row_ in enumerate(table.rows):
        names = ["w:tblHeader"] if number < block.header_rows else []
        names += [] if block.rows_may_break else ["w:cantSplit"]
        if turned(block.rows[number]):
            row_.height = Twips(TURNED)
        for name in names:
            row_._tr.get_or_add_trPr().append(OxmlElement(name))


def _turn_text(one: _Cell) -> None:
    direction = OxmlElement("w:textDirection")
    direction.set(qn("w:val"), "btLr")
    one._tc.get_or_add_tcPr().append(direction)


def _halve(one: _Cell) -> None:
    borders, line = OxmlElement("w:tcBorders"), OxmlElement("w:tl2br")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    one._tc.get_or_add_tcPr().append(borders)


def _cell(into: _Cell, told: Cell) -> None:
    for number, paragraph in enumerate(told.paragraphs):
        _fill(into.paragraphs[0] if number == 0 else into.add_paragraph(), paragraph)
    if told.inner is not None:
        _table(into, told.inner)
