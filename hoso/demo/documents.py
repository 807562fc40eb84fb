"""Dossiers as unions make them with Word and Excel: a memo (Tờ trình) and a summary table, made at run time."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.table import _Cell
from openpyxl import Workbook

from dossier.campaign import APPLIED, AUTHOR, BENEFIT, FIELD, POSITION, SUMMARY, TITLE, Campaign, Column, Union
from hoso.demo.initiatives import Initiative

_SHOWN = (AUTHOR, POSITION, TITLE, FIELD, SUMMARY, APPLIED, BENEFIT)


def memo(campaign: Campaign, union: Union, signer: str, count: int, day: date) -> bytes:
    """A Tờ trình as DOCX, for `count` initiatives."""
    document = Document()
    head = document.add_table(rows=2, cols=2)
    _lines(head.cell(0, 0), campaign.organisation.upper(), f"CĐCS {union.name.upper()}")
    _lines(head.cell(0, 1), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    _lines(head.cell(1, 0), f"Số: {count + 3:02d}/TTr-CĐCS")
    _lines(head.cell(1, 1), f"{campaign.place}, ngày {day:%d} tháng {day:%m} năm {day.year}")
    _centred(document, "TỜ TRÌNH", bold=True)
    _centred(document, "Về việc đề nghị xét chọn sáng kiến của đoàn viên, viên chức, người lao động")
    _centred(document, f"Kính gửi: {campaign.contact.name}")
    document.add_paragraph(f"Thực hiện Kế hoạch số {campaign.plan_number} về việc triển khai {campaign.name};")
    document.add_paragraph(
        f"Công đoàn cơ sở {union.name} đã xét chọn {count:02d} sáng kiến (Bảng tổng hợp tóm tắt gửi kèm), kính trình "
        "Ban Thường vụ xem xét./."
    )
    foot = document.add_table(rows=1, cols=2)
    _lines(foot.cell(0, 0), "Nơi nhận:", "- Như trên;", "- Lưu: CĐCS.")
    _lines(foot.cell(0, 1), "TM. BAN CHẤP HÀNH", "CHỦ TỊCH", "", "", signer)
    return _saved(document)


def table(
    campaign: Campaign, union: Union, initiatives: Sequence[Initiative], empty: Mapping[int, str] | None = None
) -> bytes:
    """A Bảng tổng hợp as DOCX; `empty` names a column to be left empty for a row (from 1)."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    _centred(document, "BẢNG TỔNG HỢP TÓM TẮT SÁNG KIẾN", bold=True)
    _centred(document, f"(Kèm theo Tờ trình của CĐCS {union.name})")
    rows = _rows(campaign, initiatives, empty or {})
    grid = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for cells, texts in zip(grid.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            _lines(cell, *text.split("\n"))
    return _saved(document)


def sheet(campaign: Campaign, union: Union, initiatives: Sequence[Initiative]) -> bytes:
    """The same as a workbook, with its title in the first row and the header in the fourth."""
    book = Workbook(write_only=True)
    page = book.create_sheet("Sáng kiến")
    page.append(["BẢNG TỔNG HỢP TÓM TẮT SÁNG KIẾN"])
    page.append([f"CĐCS {union.name}"])
    page.append([])
    for row in _rows(campaign, initiatives, {}):
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive(files: Mapping[str, bytes]) -> bytes:
    """A ZIP with a folder, as a right click makes it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(f"Ho so sang kien/{name}", content)
    return out.getvalue()


def _rows(campaign: Campaign, initiatives: Sequence[Initiative], empty: Mapping[int, str]) -> list[list[str]]:
    columns: list[Column] = [column for column in campaign.columns if column.key in _SHOWN]
    rows = [["STT", *(column.label for column in columns)]]
    for number, initiative in enumerate(initiatives, 1):
        cells = ("" if empty.get(number) == column.key else initiative.cell(column.key) for column in columns)
        rows.append([str(number), *cells])
    return rows


def _lines(cell: _Cell, *texts: str) -> None:
    cell.text = texts[0]
    for text in texts[1:]:
        cell.add_paragraph(text)


def _centred(document: WordDocument, text: str, *, bold: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(text).bold = bold


def _saved(document: WordDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
