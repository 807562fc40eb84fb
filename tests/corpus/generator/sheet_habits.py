"""What clerks do to a sheet: numbers by formula, filters, hidden columns, remarks (Table.habits)."""

import io
import re
import zipfile
from datetime import date

from corpus.generator.page import Table
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

_LISTS = (
    ("Lĩnh vực", "Khối"),
    ("Quản lý, điều hành", "Hành chính sự nghiệp"),
    ("Chuyên môn", "Doanh nghiệp"),
    ("Kỹ thuật", ""),
)
_WORDED = re.compile(r"Tháng (0[1-9]|1[0-2])/(2\d{3})")
_COUNTED = re.compile(r'<c r="([A-Z]+)(\d+)"([^>]*)><f>([A-Z]+\d+)\+1</f><v ?/?>(?:</v>)?</c>')
_NUMBER = re.compile(r'<c r="([A-Z]+\d+)"[^>]*><v>(\d+)</v></c>')


def put(page: Worksheet, table: Table, top: int) -> None:
    """Do to the table that begins in row `top` what its habits say."""
    last = top + len(table.rows) - 1
    for habit in sorted(table.habits):
        what, _, which = habit.partition(" ")
        if what == "hidden":
            page.column_dimensions[get_column_letter(int(which) + 1)].hidden = True
        elif habit == "formulas":
            _count(page, top, last)
        elif habit == "filter":
            page.auto_filter.ref = f"A{top}:{get_column_letter(len(table.widths))}{last}"
        elif habit == "remarks":
            page.cell(top, 2).comment = Comment("Ghi đúng tên theo quyết định của đơn vị", "Văn thư")
            page.cell(last, 3).comment = Comment("Chị kiểm tra lại giúp em", "Tổ CĐ 2")
        elif habit == "choices":
            _choices(page, len(table.widths), top + 1, last)
        elif habit == "print area":
            page.print_area = f"A1:{get_column_letter(len(table.widths))}{last}"
        elif habit == "worded months":
            _word_months(page, top, last)
    for down, (left, right) in enumerate(table.feet, last + 2):
        page.cell(down, 2, left or None)
        page.cell(down, max(3, len(table.widths) - 1), right or None)


def _count(page: Worksheet, top: int, last: int) -> None:
    for row in range(top + 1, last + 1):
        above, here = page.cell(row - 1, 1), page.cell(row, 1)
        if isinstance(above.value, int | str) and isinstance(here.value, int) and here.value > 1:
            here.value = f"=A{row - 1}+1"


def _choices(page: Worksheet, column: int, first: int, last: int) -> None:
    """The list stands on a sheet of its own behind all others."""
    assert page.parent is not None
    lists = page.parent.create_sheet("DANH MỤC")
    for row in _LISTS:
        lists.append(list(row))
    rule = DataValidation(type="list", formula1="'DANH MỤC'!$A$2:$A$4", allow_blank=True)
    rule.showErrorMessage = False
    rule.add(f"{get_column_letter(column)}{first}:{get_column_letter(column)}{last + 20}")
    page.add_data_validation(rule)


def _word_months(page: Worksheet, top: int, last: int) -> None:
    """Months as dates whose format has the word in it."""
    for row in page.iter_rows(top, last):
        for here in row:
            found = _WORDED.fullmatch(here.value) if isinstance(here.value, str) else None
            if found is not None:
                here.value = date(int(found[2]), int(found[1]), 1)
                here.number_format = '"Tháng "mm/yyyy'


def with_values(content: bytes) -> bytes:
    """The workbook with the last value of each counting formula, as a program that had calculated it saves it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename.startswith("xl/worksheets/sheet"):
                data = _counted(data.decode()).encode()
            new.writestr(info, data)
    return out.getvalue()


def _counted(xml: str) -> str:
    known = {where: int(value) for where, value in _NUMBER.findall(xml)}

    def value(found: re.Match[str]) -> str:
        column, row, rest, above = found.groups()
        known[f"{column}{row}"] = known[above] + 1
        return f'<c r="{column}{row}"{rest}><f>{above}+1</f><v>{known[f"{column}{row}"]}</v></c>'

    return _COUNTED.sub(value, xml)
