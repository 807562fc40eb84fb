"""XLSX files: the same drawn tables on sheets, with numbers and dates as Excel keeps them."""

import io
import random
import re
from datetime import date

from corpus.generator import sheet_habits
from corpus.generator.packing import timeless
from corpus.generator.page import Block, Cell, PageBreak, Paragraph, Table, merges, turned
from corpus.generator.sheet_habits import with_values
from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

_DATE = re.compile(r"(\d\d)/(\d\d)/(2\d{3})")
_MONTH = re.compile(r"(0[1-9]|1[0-2])/(2\d{3})")
_THIN = Side(style="thin")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_GUIDE = (
    "Hướng dẫn điền biểu mẫu",
    "1. Mỗi sáng kiến ghi một dòng.",
    "2. Phần tóm tắt ghi ngắn gọn.",
    "3. Gửi về văn phòng Công đoàn ngành.",
)


def workbook(blocks: list[Block], rng: random.Random, font: str) -> bytes:
    """Lines above the table stand in column A; the header comes after some blank rows, so in row 3 to 6."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = rng.choice(("Sheet1", "Sáng kiến", "TH", "Bang TH 2021"))
    if rng.random() < 0.2:
        _guide(page, font)
        page = book.create_sheet("Bảng tổng hợp")
    apart = rng.random() < 0.6
    row, tables = 1, 0
    for block in blocks:
        if isinstance(block, Paragraph) and block.text:
            page.cell(row, 1, block.text).font = Font(name=block.font or font, bold=block.bold)
            row += 1
        elif isinstance(block, Table):
            tables += 1
            row = _table(page, block, row + (rng.randint(0, 2) if tables == 1 else 0), rng, font)
        elif isinstance(block, PageBreak) and apart:
            page, row = book.create_sheet(f"Tiếp {tables}"), 1
        else:
            row += 1
    if rng.random() < 0.3:
        book.create_sheet("Sheet3")
    for each in book.worksheets:
        each.page_setup.orientation, each.page_setup.fitToHeight = "landscape", 0
        each.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    out = io.BytesIO()
    book.save(out)
    counted = any(isinstance(block, Table) and "formulas" in block.habits for block in blocks)
    return timeless(with_values(out.getvalue()) if counted else out.getvalue())


def _guide(page: Worksheet, font: str) -> None:
    for row, line in enumerate(_GUIDE, 1):
        page.cell(row, 1, line).font = Font(name=font)


def _table(page: Worksheet, table: Table, top: int, rng: random.Random, font: str) -> int:
    """Draw it from row `top`; the row under it is returned."""
    for down, told in enumerate(table.rows):
        page.row_dimensions[top + down].height = _height(table, down)
        for across, cell in enumerate(told):
            here = page.cell(top + down, across + 1 + table.margin)
            here.border = _BORDER
            if isinstance(cell, Cell):
                text = "\n".join(paragraph.text for paragraph in cell.paragraphs)
                own = next((paragraph.font for paragraph in cell.paragraphs if paragraph.font), font)
                here.font = Font(name=own, bold=cell.paragraphs[0].bold)
                upwards = {"text_rotation": 90} if cell.turned else {}
                here.alignment = Alignment(wrap_text=True, vertical="top", **upwards)
                _put(here, text, rng)
    start = table.margin + 1
    for above, left, below, right in merges(table):
        page.merge_cells(
            start_row=top + above, start_column=start + left, end_row=top + below, end_column=start + right
        )
    if table.frozen:
        page.freeze_panes = page.cell(top + 1, 1)
    for across, width in enumerate(table.widths, start):
        page.column_dimensions[get_column_letter(across)].width = width * 5
    sheet_habits.put(page, table, top)
    return top + len(table.rows) + (len(table.feet) + 2 if table.feet else 0)


def _height(table: Table, row: int) -> float:
    """Points that the text of a row takes, as Excel keeps them: without it whoever prints the sheet cuts the text."""
    lines = 7 if turned(table.rows[row]) else 1
    for width, cell in zip(table.widths, table.rows[row], strict=True):
        if isinstance(cell, Cell):
            letters = max(4, int(width * 4))
            lines = max(lines, sum(len(paragraph.text) // letters + 1 for paragraph in cell.paragraphs))
    return min(409.0, 16.0 * lines)


def _put(here: SheetCell, text: str, rng: random.Random) -> None:
    """Text, or where Excel would make a number or a date of it, that."""
    day, month = _DATE.fullmatch(text), _MONTH.fullmatch(text)
    if text.isdigit() and len(text) <= 2 and (text[0] != "0" or rng.random() < 0.1):
        here.value = int(text)
        here.number_format = "0" * len(text)
    elif day is not None and rng.random() < 0.6:
        here.value = date(int(day[3]), int(day[2]), int(day[1]))
        here.number_format = "dd/mm/yyyy"
    elif month is not None and rng.random() < 0.6:
        here.value = date(int(month[2]), int(month[1]), 1)
        here.number_format = "mm/yyyy"
    elif text:
        here.value = text
