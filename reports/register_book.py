"""Sổ đăng ký văn bản đến (Decree 30/2020/NĐ-CP) as a workbook to print: the book, and all that is known of each line.

"Ngày chuyển" and "Ký nhận" are written by hand, and so is whatever could not be read.
"""

from collections.abc import Iterator, Sequence

from dossier.campaign import Campaign
from dossier.incoming import Incoming
from dossier.model import Kind
from reports.printed import Column, Page, Value, workbook

_BOOK = (
    Column("Ngày đến", 11.5, centred=True),
    Column("Số đến", 7, centred=True),
    Column("Tác giả", 24),
    Column("Số, ký hiệu", 14, centred=True),
    Column("Ngày tháng", 11.5, centred=True),
    Column("Tên loại và trích yếu nội dung văn bản", 46),
    Column("Đơn vị hoặc người nhận", 18),
    Column("Ngày chuyển", 10, centred=True),
    Column("Ký nhận", 11, centred=True),
    Column("Ghi chú", 22),
)
_DATA = (
    Column("Số đến", 7, centred=True),
    Column("Ngày đến", 11.5, centred=True),
    Column("Mã hồ sơ", 12, centred=True),
    Column("Tên loại văn bản", 18),
    Column("Số", 7, centred=True),
    Column("Ký hiệu", 13, centred=True),
    Column("Ngày văn bản", 11.5, centred=True),
    Column("Cơ quan ban hành", 24),
    Column("Trích yếu nội dung", 36),
    Column("Số trang", 7, centred=True),
    Column("Người ký", 18),
    Column("Chức vụ người ký", 14),
    Column("Hạn giải quyết", 11.5, centred=True),
    Column("Hình thức nhận", 14, centred=True),
)
_WAYS = {"post": "bưu điện", "hand": "trực tiếp"}
_BLANK_ROWS = 4
"""At the end of the book, for what comes otherwise than through this program."""


def register_workbook(campaign: Campaign, lines: Sequence[Incoming], year: int) -> bytes:
    """XLSX of two sheets; `campaign` names the organisation whose book it is."""
    above = ((campaign.parent_organisation.upper(), ""), (campaign.organisation.upper(), ""))
    first, last = (lines[0].number, lines[-1].number) if lines else ("……", "……")
    numbers = f"Từ số {first} đến số {last}. Quyển số: ……"
    decree = "(Theo Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư)"
    book = Page(
        "Sổ văn bản đến",
        "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN",
        (f"Năm {year}", decree, numbers),
        above,
        _BOOK,
        numbered=True,
        blank_rows=_BLANK_ROWS,
    )
    data = Page("Thông tin văn bản", "THÔNG TIN VĂN BẢN ĐẾN", (f"Năm {year}", numbers), above, _DATA, numbered=True)
    named = {one.kind: one.label for one in campaign.required}
    pages = ((book, _book_rows(lines, named)), (data, _data_rows(lines, named)))
    return workbook(pages, campaign.organisation)


def _book_rows(lines: Sequence[Incoming], named: dict[Kind, str]) -> Iterator[Sequence[Value]]:
    for one in lines:
        written = f"{one.written_number}/{one.symbol}" if one.symbol else one.written_number
        yield (
            one.arrived_on,
            one.number,
            one.issuer,
            written,
            one.written_on,
            _abstract(one, named),
            one.recipient,
            None,
            None,
            f"{_way(one)}; hồ sơ {one.dossier}",
        )


def _data_rows(lines: Sequence[Incoming], named: dict[Kind, str]) -> Iterator[Sequence[Value]]:
    for one in lines:
        yield (
            one.number,
            one.arrived_on,
            one.dossier,
            _types(one, named),
            one.written_number,
            one.symbol,
            one.written_on,
            one.issuer,
            one.subject,
            one.pages,
            one.signer,
            one.signer_title,
            None,
            _way(one),
        )


def _types(one: Incoming, named: dict[Kind, str]) -> str:
    return "; ".join(named.get(kind, kind.value) for kind in one.kinds)


def _abstract(one: Incoming, named: dict[Kind, str]) -> str:
    """ "Tờ trình về việc …; kèm Bảng tổng hợp tóm tắt sáng kiến"."""
    labels = [named.get(kind, kind.value) for kind in one.kinds]
    first = " ".join(filter(None, (labels[0] if labels else "", one.subject)))
    return f"{first}; kèm {'; '.join(labels[1:])}" if len(labels) > 1 else first


def _way(one: Incoming) -> str:
    if one.paper is None:
        return "Thư điện tử"
    stamped = f", dấu bưu điện {one.paper.postmarked_on:%d/%m/%Y}" if one.paper.postmarked_on else ""
    gone = " (ghi nhầm, đã hủy)" if one.paper.withdrawn else ""
    return f"Bản giấy, {_WAYS.get(one.paper.way, one.paper.way)}{stamped}{gone}"
