"""What the Confederation's portal asks for, as XLSX: one row an initiative, and how far each union is."""

import io
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from dossier.campaign import Campaign
from dossier.portal import LIMIT, Gap, PortalEntry, UnionEntries
from reports.cells import LINE_POINTS, SHADE, TALLEST, lines_of, put, style
from reports.texts import Texts

_COLUMNS = {
    "place": 5,
    "code": 13,
    "name": 22,
    "phone": 14,
    "workplace": 14,
    "subordinate": 26,
    "block": 20,
    "field": 26,
    "title": 30,
    "description": 70,
    "characters": 9,
    "gaps": 28,
}
_UNION_COLUMNS = {"place": 5, "union": 44, "initiatives": 12, "ready": 12, "lacking": 14, "too_long": 12, "note": 34}
_HEADER = 4
_RED = PatternFill("solid", bgColor="FFFFC7CE")
_MOST = 32_767
"""Characters that an XLSX cell holds."""


def portal_file(
    campaign: Campaign,
    entries: Sequence[PortalEntry],
    unions: Sequence[UnionEntries],
    locale: str,
    override: Path | None = None,
) -> bytes:
    """Two sheets. Raises ReportTextError."""
    texts, book = Texts("portal", locale, override), Workbook()
    _entries(book.worksheets[0], campaign, entries, texts)
    _unions(book.create_sheet(), campaign, unions, texts)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _entries(page: Worksheet, campaign: Campaign, entries: Sequence[PortalEntry], texts: Texts) -> None:
    page.title = texts.line("sheet_entries")[:31]
    limit = entries[0].limit if entries else LIMIT
    _head(
        page, texts.line("title"), campaign, texts.line("where", portal=campaign.portal, limit=limit), texts, _COLUMNS
    )
    for place, one in enumerate(entries, start=1):
        _entry(page, _HEADER + place, place, one, texts)
    if entries:
        column, last = get_column_letter(list(_COLUMNS).index("description") + 1), _HEADER + len(entries)
        first = _HEADER + 1
        rule = Rule(type="expression", dxf=DifferentialStyle(fill=_RED), formula=[f"LEN({column}{first})>{limit}"])
        page.conditional_formatting.add(f"{column}{first}:{column}{last}", rule)


def _entry(page: Worksheet, at: int, place: int, one: PortalEntry, texts: Texts) -> None:
    block = texts.line("from_roster", block=one.block) if one.block_from_roster else one.block
    said = {
        "place": str(place),
        "code": one.code,
        "name": one.name,
        "phone": one.phone,
        "workplace": one.workplace,
        "subordinate": one.subordinate,
        "block": block,
        "field": one.field,
        "title": one.title,
        "description": one.description,
        "characters": "",
        "gaps": "; ".join(_gaps(one, texts)),
    }
    for column, text in enumerate(said.values(), start=1):
        put(page, at, column, text)
    counted = list(said).index("characters") + 1
    page.cell(at, 1).value = place
    # counted by the program, so that it goes on counting while a person shortens the text
    page.cell(at, counted).value = f"=LEN({get_column_letter(counted - 1)}{at})"
    style(page, at, counted, centred=True, bold=Gap.TOO_LONG in one.gaps)
    lines = max(lines_of(text, _COLUMNS[key]) for key, text in said.items())
    page.row_dimensions[at].height = min(TALLEST, LINE_POINTS * lines + 2)


def _gaps(one: PortalEntry, texts: Texts) -> list[str]:
    over = one.characters - one.limit
    said = [texts.line(f"gap_{gap.value.replace('-', '_')}", over=over) for gap in one.gaps]
    return said + ([texts.line("gap_cut", most=_MOST)] if one.characters > _MOST else [])


def _unions(page: Worksheet, campaign: Campaign, unions: Sequence[UnionEntries], texts: Texts) -> None:
    page.title = texts.line("sheet_unions")[:31]
    _head(page, texts.line("unions_title"), campaign, "", texts, _UNION_COLUMNS)
    for place, one in enumerate(unions, start=1):
        at, numbers = _HEADER + place, (one.initiatives, one.ready, one.initiatives - one.ready, one.too_long)
        put(page, at, 1, str(place))
        page.cell(at, 1).value = place
        put(page, at, 2, one.name)
        for column, value in enumerate(numbers, start=3):
            page.cell(at, column, value)
            style(page, at, column, centred=True)
        put(page, at, 7, "" if one.initiatives else texts.line("none_yet"))


def _head(page: Worksheet, title: str, campaign: Campaign, under: str, texts: Texts, columns: dict[str, int]) -> None:
    put(page, 1, 1, title, bold=True, size=14, grid=False)
    put(page, 2, 1, campaign.name, grid=False)
    put(page, 3, 1, under, grid=False)
    for column, (key, width) in enumerate(columns.items(), start=1):
        put(page, _HEADER, column, texts.line(f"head_{key}"), bold=True, centred=True)
        page.cell(_HEADER, column).fill = SHADE
        page.column_dimensions[get_column_letter(column)].width = width
    page.row_dimensions[_HEADER].height = 2 * LINE_POINTS + 4
    page.freeze_panes = f"C{_HEADER + 1}"
    page.print_title_rows = f"{_HEADER}:{_HEADER}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
